//! The permission matrix over HTTP (S1): everybody × every address × own, a colleague's and another
//! office's family. An address without a row here fails the test.

use super::{
    office::TestOffice,
    papers::{case, edited, made, making, morning, task, today, visit},
    web::{Seen, Web, nothing, password_hash},
};
use crate::{
    domain::{
        access::Role,
        change::Change,
        documents::{RecordKind, papers::course},
        form::Answers,
        ids::{FamilyId, Rev},
        procedure::{Life, Paper},
        record::Refusal,
    },
    server::{
        db::{
            Db,
            testing::{count, fresh, on_each},
            users,
        },
        http::{ROUTES, Target},
    },
    sync::protocol::{Base64, ParcelReceipt, RequestEnvelope, Taken, Verdict},
};
use axum::http::StatusCode;
use serde_json::{Value, json, value::to_raw_value};
use std::collections::BTreeSet;

/// Everybody: Ala has R01 with the social worker Wera, Ola has R02, Zoja has nobody.
const PEOPLE: &[(&str, Role)] = &[
    ("Ala", Role::Assistant),
    ("Ola", Role::Assistant),
    ("Wera", Role::SocialWorker),
    ("Zoja", Role::SocialWorker),
    ("Admin", Role::SysAdmin),
    ("Iod", Role::Dpo),
];

struct World {
    here: TestOffice,
    elsewhere: TestOffice,
    web: Web,
}

impl World {
    async fn new(db: Db) -> Self {
        let hash = password_hash().await;
        let mut here = TestOffice::with_password(db.clone(), hash).await;
        for (name, role) in PEOPLE {
            here = here.with_person(name, *role).await;
        }
        let here = here.with_family_of_worker("R01", "Ala", Some("Wera")).await.with_family("R02", "Ola").await;
        let elsewhere = TestOffice::with_password(db.clone(), hash).await.with_assistant("Ewa").await;
        let elsewhere = elsewhere.with_family("X77", "Ewa").await;
        let web = Web::serving(&db, morning()).await;
        Self { here, elsewhere, web }
    }

    /// Asks for papers about Ala's own work.
    fn own_work(&self) -> Value {
        json!({ "person": self.here.user("Ala") })
    }

    /// Cookies of everybody, under the names of the tables below.
    async fn everybody(&self) -> Vec<(&'static str, String)> {
        let mut cookies = vec![("nobody", String::new()), ("Kira", self.web.sign_in(&self.here, "Kira").await)];
        for (name, _) in PEOPLE {
            cookies.push((name, self.web.sign_in(&self.here, name).await));
        }
        cookies.push(("Ewa", self.web.sign_in(&self.elsewhere, "Ewa").await));
        cookies.push(("KiraElsewhere", self.web.sign_in(&self.elsewhere, "Kira").await));
        cookies
    }
}

/// What a door shows to a person: codes of families, or the status of the refusal.
#[derive(Debug, PartialEq, Eq)]
enum Shows {
    Families(Vec<String>),
    Ok,
    Refuses(u16),
}

fn shown(seen: &Seen) -> Shows {
    if !seen.status.is_success() {
        return Shows::Refuses(seen.status.as_u16());
    }
    match seen.json().get("families") {
        Some(Value::Array(lines)) => {
            Shows::Families(lines.iter().map(|line| line["code"].as_str().unwrap().to_owned()).collect())
        }
        _ => Shows::Ok,
    }
}

fn families(codes: &[&str]) -> Shows {
    Shows::Families(codes.iter().map(|code| (*code).to_owned()).collect())
}

/// What a door should show to a person. `code` is the family that is asked for.
fn expected(door: &str, who: &str, code: &str) -> Shows {
    if who == "nobody" {
        // "Who is signed in?" has the answer "nobody".
        // Signatures and not sessions say whose a sealed change is; this parcel holds none.
        return if matches!(door, "me" | "sealed") { Shows::Ok } else { Shows::Refuses(401) };
    }
    match door {
        "sealed" | "devices" => Shows::Ok,
        // Whose devices and changes people decide about is told in `sealed`: here are none.
        "revoke-device" => Shows::Refuses(404),
        "judge-late" => match who {
            "Kira" | "KiraElsewhere" => Shows::Ok,
            _ => Shows::Refuses(404),
        },
        "me" | "pulse" | "exchange" | "write" | "keep-file" | "sign-out" => Shows::Ok,
        "inbox" | "colleagues" => match who {
            "Admin" | "Iod" => Shows::Refuses(404),
            _ => Shows::Ok,
        },
        "overview" => match who {
            "Admin" | "Iod" => Shows::Refuses(404),
            // All families are silent since the beginning of October.
            _ => readable(who),
        },
        // The office's settings are its manager's alone.
        "office-settings" | "publish-book" | "office-forms" | "publish-form" => match who {
            "Kira" | "KiraElsewhere" => Shows::Ok,
            _ => Shows::Refuses(404),
        },
        "directory" | "publish-directory" => match who {
            "Kira" | "KiraElsewhere" | "Wera" | "Zoja" => Shows::Ok,
            _ => Shows::Refuses(404),
        },
        "families" => match who {
            "Admin" | "Iod" => Shows::Refuses(404),
            _ => readable(who),
        },
        // What files people may read is told in `files`: this one is nobody's.
        "file" => Shows::Refuses(404),
        // Whose versions people may read is told in `history`: this record is nobody's.
        "history" => Shows::Refuses(404),
        // Ala's: hers and the manager's. It names no family yet.
        "own-work" => match who {
            "Ala" | "Kira" => Shows::Ok,
            _ => Shows::Refuses(404),
        },
        // As in the files that they read.
        "book" => match who {
            "Admin" | "Iod" => Shows::Refuses(404),
            _ => Shows::Ok,
        },
        // Those who see families; what the address then shows is told in `calendar`.
        "calendar" | "calendar-new" | "calendar-off" => match who {
            "Admin" | "Iod" => Shows::Refuses(404),
            _ => Shows::Ok,
        },
        "staff" => match who {
            "Kira" | "KiraElsewhere" => Shows::Ok,
            _ => Shows::Refuses(404),
        },
        "family" => match readable(who) {
            Shows::Families(codes) if codes.iter().any(|readable| readable == code) => Shows::Ok,
            _ => Shows::Refuses(404),
        },
        other => panic!("the door {other} has no row in the matrix"),
    }
}

/// A file that is not there.
fn stray_file() -> Value {
    json!({ "record": fresh(), "file": fresh() })
}

/// A file whose record is not there: it is answered that nobody knows it.
fn unknown_file() -> Value {
    json!({ "record": fresh(), "file": fresh(), "bytes": "AAAA" })
}

/// Settings that change nothing: they have no name for the office, and are refused to whoever may set some.
fn no_settings() -> Value {
    json!({ "expected": 0, "parameters": {}, "letterhead": {} })
}

fn no_form() -> Value {
    json!({ "form": "visit", "expected": 0, "draft": {} })
}

/// The list of institutions as it stands: none.
fn no_directory() -> Value {
    json!({ "expected": 0, "list": [] })
}

fn no_parcel() -> Value {
    json!({ "parcel": { "device": fresh() } })
}

fn no_device() -> Value {
    json!({ "user": fresh(), "device": fresh(), "reason": "zgubiony" })
}

/// Families that a person may read.
fn readable(who: &str) -> Shows {
    match who {
        "Kira" => families(&["R01", "R02"]),
        "Ala" | "Wera" => families(&["R01"]),
        "Ola" => families(&["R02"]),
        "Ewa" | "KiraElsewhere" => families(&["X77"]),
        _ => families(&[]),
    }
}

#[tokio::test]
async fn s01_every_door_for_everybody() {
    on_each(async |db| {
        let world = World::new(db).await;
        let doors: BTreeSet<&str> =
            server_fn::axum::server_fn_paths().map(|(path, _)| path.rsplit('/').next().unwrap()).collect();
        assert!(doors.len() >= 8, "{doors:?}");
        let mut cells = 0;
        for (who, cookie) in world.everybody().await {
            for door in doors.iter().filter(|door| !matches!(**door, "sign-in" | "sign-out")) {
                for code in ["R01", "R02", "X77", "R99", "", "R01' or '1'='1", "R\0"] {
                    let seen = match *door {
                        "exchange" => world.web.exchange(&cookie, &nothing()).await.0,
                        "write" => world.web.post(door, &cookie, json!({ "device": fresh(), "changes": [] })).await,
                        "family" => world.web.post(door, &cookie, json!({ "code": code })).await,
                        "file" => world.web.packed::<Base64>(door, &cookie, stray_file()).await.0,
                        "keep-file" => world.web.packed::<Taken>(door, &cookie, unknown_file()).await.0,
                        "history" => world.web.post(door, &cookie, json!({ "record": fresh() })).await,
                        "own-work" => world.web.post(door, &cookie, world.own_work()).await,
                        "sealed" => world.web.packed::<ParcelReceipt>(door, &cookie, no_parcel()).await.0,
                        "revoke-device" => world.web.post(door, &cookie, no_device()).await,
                        "judge-late" => world.web.post(door, &cookie, json!({ "late": [] })).await,
                        "publish-book" => world.web.post(door, &cookie, no_settings()).await,
                        "publish-form" => world.web.post(door, &cookie, no_form()).await,
                        "publish-directory" => world.web.post(door, &cookie, no_directory()).await,
                        _ => world.web.post(door, &cookie, json!({})).await,
                    };
                    assert_eq!(shown(&seen), expected(door, who, code), "{who} {door} {code}");
                    cells += 1;
                }
            }
            let out = world.web.post("sign-out", &cookie, json!({})).await;
            assert_eq!(shown(&out), expected("sign-out", who, ""), "{who}");
            assert_eq!(world.web.post("pulse", &cookie, json!({})).await.status, StatusCode::UNAUTHORIZED);
        }
        assert!(cells > 400);
    })
    .await;
}

#[tokio::test]
async fn s01_a_refusal_says_nothing_about_existence() {
    on_each(async |db| {
        let world = World::new(db).await;
        let cookie = world.web.sign_in(&world.here, "Ala").await;
        let ask = async |code: &str| {
            let mut seen = world.web.post("family", &cookie, json!({ "code": code })).await;
            seen.headers.remove("date");
            (seen.status, seen.headers, seen.body)
        };
        let unknown = ask("R99").await;
        for code in ["R02", "X77"] {
            assert_eq!(ask(code).await, unknown, "{code}");
        }
    })
    .await;
}

#[tokio::test]
async fn s01_every_address_is_public_or_a_door() {
    on_each(async |db| {
        let world = World::new(db).await;
        for (path, target) in ROUTES {
            // Everybody may ask for these, and they hold nothing of anybody.
            let is_public = match target {
                Target::Health
                | Target::Package
                | Target::Worker
                | Target::Shell
                | Target::Help
                | Target::Accessibility
                | Target::Page => true,
                // Whoever knows a secret address reads what it shows; nobody made this one.
                Target::Door | Target::NoDoor | Target::Calendar => false,
            };
            let asked = path.replace("{*file}", "boot.1.js").replace("{*path}", "rodziny").replace(['{', '}', '*'], "");
            let seen = world.web.get(&asked).await;
            assert_eq!(seen.status == StatusCode::OK, is_public, "{path}");
            let said = seen.text();
            assert!(!said.contains("Nowak") && !said.contains("R01") && !said.contains("Ala"), "{path}");
        }
    })
    .await;
}

/// What may be written: person, kind of record, whose family → is it taken?
fn may_write(who: &str, kind: RecordKind, family: &str) -> bool {
    use RecordKind::*;
    match (who, family, kind) {
        ("Ala", "R01", Visit | Task | Paper) | ("Ola", "R02", Visit | Task | Paper) => true,
        ("Wera", "R01", Case | Paper) => true,
        ("Kira", _, Case | Paper) => true,
        // Whoever opens a case, the manager too, brings the family's card.
        ("Kira", "unknown" | "X77", Family) | ("KiraElsewhere", "unknown" | "R01" | "R02", Family) => true,
        // Families of another office are unknown here: what is written goes into one's own office.
        ("KiraElsewhere", _, Case | Paper) => true,
        ("Ewa", "X77", Visit | Task | Paper) => true,
        _ => false,
    }
}

fn paper(kind: RecordKind, world: &World) -> Answers {
    match kind {
        RecordKind::Visit => visit(today()),
        RecordKind::Task => task("Umówić wizytę"),
        RecordKind::Case => case(world.here.user("Ala"), Some(world.here.user("Wera"))),
        RecordKind::Family => super::papers::card("R55", "Obca"),
        // A note: everybody of the case team writes one.
        RecordKind::Paper => Answers::default().with(course::PAPER, Paper::Note).with(course::LIFE, Life::Draft),
    }
}

#[tokio::test]
async fn s01_every_kind_of_paper_by_everybody_into_every_family() {
    on_each(async |db| {
        let world = World::new(db).await;
        let mut cells = 0;
        for (who, cookie) in world.everybody().await.into_iter().filter(|(who, _)| *who != "nobody") {
            let office = if matches!(who, "Ewa" | "KiraElsewhere") { &world.elsewhere } else { &world.here };
            let author = office.user(if who == "KiraElsewhere" { "Kira" } else { who });
            for (code, family) in [
                ("R01", world.here.family("R01")),
                ("R02", world.here.family("R02")),
                ("X77", world.elsewhere.family("X77")),
                ("unknown", FamilyId(fresh())),
            ] {
                // Cases of R01 and R02 are not moved: the cells after this one need them.
                for kind in RecordKind::ALL.iter().copied() {
                    if kind == RecordKind::Case || kind == RecordKind::Family && may_have_card(who, code) {
                        continue;
                    }
                    let change = made(author, making(kind, family, &paper(kind, &world)));
                    let taken = push(&world, &cookie, &change).await;
                    assert_eq!(taken, may_write(who, kind, code), "{who} {kind:?} {code}");
                    cells += 1;
                }
            }
        }
        assert!(cells > 120);
        let stray = "select count(*) from records r join offices o on o.id = r.office where not exists \
                     (select 1 from users u where u.id = r.author and u.office = r.office)";
        assert_eq!(count(&world.here.db, stray).await, 0, "nobody wrote into another office");
    })
    .await;
}

/// The card of one's own family may be written by its assistant and social worker.
fn may_have_card(who: &str, code: &str) -> bool {
    matches!((who, code), ("Ala" | "Wera", "R01") | ("Ola", "R02") | ("Ewa", "X77"))
}

async fn push(world: &World, cookie: &str, change: &Change) -> bool {
    let request = RequestEnvelope { changes: vec![to_raw_value(change).unwrap()], ..nothing() };
    let (seen, answer) = world.web.exchange(cookie, &request).await;
    assert_eq!(seen.status, StatusCode::OK);
    let verdict = answer.unwrap().receipts.remove(0).verdict;
    match verdict {
        Verdict::Accepted { .. } | Verdict::NeedsDecision { .. } => true,
        Verdict::Refused(Refusal::NotAllowed | Refusal::AlreadyThere) => false,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn s01_cases_are_decided_by_the_manager_and_prepared_by_the_social_worker() {
    on_each(async |db| {
        let world = World::new(db).await;
        for (who, expected) in [("Ala", false), ("Ola", false), ("Zoja", false), ("Admin", false), ("Iod", false)] {
            assert_eq!(give_away(&world, who).await, expected, "{who}");
        }
        assert!(give_away(&world, "Wera").await && give_away(&world, "Kira").await);
    })
    .await;
}

/// Writes into the case of R01.
async fn give_away(world: &World, who: &str) -> bool {
    let cookie = world.web.sign_in(&world.here, who).await;
    let author = world.here.user(who);
    let standing = made(author, making(RecordKind::Case, world.here.family("R01"), &paper(RecordKind::Case, world)));
    let standing = Change { record: world.here.case("R01"), ..standing };
    let rev = Rev(count(&world.here.db, "select max(rev) from records where kind = 'case' and id in (select case_record from families where code = 'R01')").await);
    push(world, &cookie, &edited(&standing, rev, "summary", "", who)).await
}

#[tokio::test]
async fn s01_cursors_of_others_open_nothing() {
    on_each(async |db| {
        let world = World::new(db).await;
        for (who, cookie) in world.everybody().await.into_iter().filter(|(who, _)| *who != "nobody") {
            let mut request = nothing();
            for family in [world.here.family("R01"), world.here.family("R02"), world.elsewhere.family("X77")] {
                request.cursors.insert(family, Rev::NONE);
            }
            let answer = world.web.exchange(&cookie, &request).await.1.unwrap();
            let got: BTreeSet<FamilyId> = answer.records.iter().map(|record| record.family).collect();
            let own = match who {
                "Ala" => Some(world.here.family("R01")),
                "Ola" => Some(world.here.family("R02")),
                "Ewa" => Some(world.elsewhere.family("X77")),
                _ => None,
            };
            assert_eq!(got, own.into_iter().collect(), "{who}");
            assert_eq!(answer.forget.len(), 3 - got.len(), "{who}");
        }
    })
    .await;
}

#[tokio::test]
async fn s01_a_disabled_account_opens_no_door() {
    on_each(async |db| {
        let world = World::new(db).await;
        let cookie = world.web.sign_in(&world.here, "Ala").await;
        let mut link = world.here.db.begin().await.unwrap();
        users::set_active(&mut link, world.here.user("Ala"), false).await.unwrap();
        link.commit().await.unwrap();
        for (path, _) in server_fn::axum::server_fn_paths() {
            let door = path.rsplit('/').next().unwrap();
            let status = match door {
                "sign-in" | "sign-out" => continue,
                "exchange" => world.web.exchange(&cookie, &nothing()).await.0.status,
                "write" => world.web.post(door, &cookie, json!({ "device": fresh(), "changes": [] })).await.status,
                "family" => world.web.post(door, &cookie, json!({ "code": "R01" })).await.status,
                "file" => world.web.packed::<Base64>(door, &cookie, stray_file()).await.0.status,
                "keep-file" => world.web.packed::<Taken>(door, &cookie, unknown_file()).await.0.status,
                "history" => world.web.post(door, &cookie, json!({ "record": fresh() })).await.status,
                "own-work" => world.web.post(door, &cookie, world.own_work()).await.status,
                // It asks for no session.
                "sealed" => continue,
                "revoke-device" => world.web.post(door, &cookie, no_device()).await.status,
                "judge-late" => world.web.post(door, &cookie, json!({ "late": [] })).await.status,
                "publish-book" => world.web.post(door, &cookie, no_settings()).await.status,
                "publish-form" => world.web.post(door, &cookie, no_form()).await.status,
                "publish-directory" => world.web.post(door, &cookie, no_directory()).await.status,
                _ => world.web.post(door, &cookie, json!({})).await.status,
            };
            assert_eq!(status, StatusCode::FORBIDDEN, "{door}");
        }
    })
    .await;
}

#[tokio::test]
async fn s11_a_push_sets_neither_author_nor_revision_nor_office() {
    on_each(async |db| {
        let world = World::new(db).await;
        let cookie = world.web.sign_in(&world.here, "Ala").await;
        let change = made(world.here.user("Ala"), making(RecordKind::Visit, world.here.family("R01"), &visit(today())));
        let mut raw = serde_json::to_value(&change).unwrap();
        for (field, value) in
            [("rev", json!(999)), ("office", json!(fresh())), ("marks", json!(["PARALLEL"])), ("received_at", json!(0))]
        {
            raw[field] = value;
        }
        let request = RequestEnvelope { changes: vec![to_raw_value(&raw).unwrap()], ..nothing() };
        world.web.exchange(&cookie, &request).await;
        let answer = world.web.exchange(&cookie, &nothing()).await.1.unwrap();
        let record = answer.records.iter().find(|record| record.id == change.record).unwrap();
        assert_eq!(record.made.by, world.here.user("Ala"));
        assert!(record.rev.0 < 99 && record.marks.is_empty());
        let mut forged =
            made(world.here.user("Ola"), making(RecordKind::Visit, world.here.family("R01"), &visit(today())));
        forged.at = morning();
        let request = RequestEnvelope { changes: vec![to_raw_value(&forged).unwrap()], ..nothing() };
        let answer = world.web.exchange(&cookie, &request).await.1.unwrap();
        assert_eq!(answer.receipts[0].verdict, Verdict::Refused(Refusal::OtherAuthor));
    })
    .await;
}
