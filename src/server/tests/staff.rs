//! Papers that the manager writes about people: authorisations, which open and close accounts (DP1), and substitutions
//! for all families of somebody. They stand in the file of whom they are about, and nobody else writes there.

use super::{
    office::TestOffice,
    papers::{made, making, morning, today},
    web::{Web, password_hash},
};
use crate::{
    api::desk::{DeskInbox, DeskStaff, FamilyFile},
    domain::{
        access::{Role, own_file},
        change::{Action, Change, edits_between},
        documents::{
            RecordKind,
            papers::{
                authorisation::{Authorisation, Validity},
                course::{LIFE, PAPER},
                early_end, form_of,
                substitution::{self, Scope},
                testing,
            },
        },
        form::{Answers, Key},
        ids::{ChangeId, Rev, UserId},
        procedure::{Life, Paper},
        record::Refusal,
    },
    server::db::{
        Db,
        testing::{fresh, on_each},
        users::{self, Standing},
    },
    sync::protocol::Verdict,
};
use chrono::NaiveDate;
use serde_json::json;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

async fn office(db: Db) -> TestOffice {
    let office = TestOffice::with_password(db, password_hash().await).await;
    let office = office.with_assistant("Ala").await.with_assistant("Ola").await.with_family("R01", "Ala").await;
    office.with_person("Wanda", Role::SocialWorker).await
}

/// A whole authorisation of this person.
fn authorisation(user: UserId, until: Option<&str>) -> Answers {
    let (form, user) = (form_of(Paper::Authorisation).unwrap(), user.to_string());
    let mut pairs = vec![
        ("place", "Przykładowo"),
        ("doc_date", "2026-11-20"),
        ("user", user.as_str()),
        ("purpose", "ASSISTANCE"),
        ("authorised_on", "2026-11-20"),
        ("authorisation_scan/1/media", "application/pdf"),
        ("authorisation_scan/1/bytes", "2048"),
        ("authorisation_scan/1/hash", "ab12"),
        ("secrecy_on", "2026-11-20"),
        ("secrecy_scan/1/media", "application/pdf"),
        ("secrecy_scan/1/bytes", "2048"),
        ("secrecy_scan/1/hash", "cd34"),
        ("secrecy_signature/1/role", "ASSISTANT"),
        ("secrecy_signature/1/name", "Ala Próbna"),
        ("secrecy_signature/1/method", "PAPER"),
    ];
    pairs.extend(until.map(|until| ("valid_to", until)));
    let mut answers = testing::answers(form, &pairs);
    testing::sign(form, &mut answers, &["MANAGER"]);
    answers.with(PAPER, Paper::Authorisation).with(LIFE, Life::Signed)
}

/// A whole card: somebody stands in with all families from 23 to 27 November.
fn card(absent: UserId, substitute: UserId) -> Answers {
    let (form, absent, substitute) =
        (form_of(Paper::Substitution).unwrap(), absent.to_string(), substitute.to_string());
    let pairs = [
        ("place", "Przykładowo"),
        ("doc_date", "2026-11-20"),
        ("absent", absent.as_str()),
        ("substitute", substitute.as_str()),
        ("starts_on", "2026-11-23"),
        ("ends_on", "2026-11-27"),
        ("scope", "ALL"),
    ];
    let mut answers = testing::answers(form, &pairs);
    testing::sign(form, &mut answers, &["ASSISTANT"]);
    answers.with(PAPER, Paper::Substitution).with(LIFE, Life::Signed)
}

async fn say(office: &TestOffice, name: &str, change: &Change) -> Verdict {
    office.push(name, std::slice::from_ref(change)).await.remove(0).verdict
}

/// The manager begins a paper in the file of a person; what it is and where it stands.
async fn begun(office: &TestOffice, of: UserId, answers: &Answers) -> (Change, Rev) {
    let change = made(office.user("Kira"), making(RecordKind::Paper, own_file(of), answers));
    let Verdict::Accepted { rev } = say(office, "Kira", &change).await else { panic!("not begun") };
    (change, rev)
}

/// The manager writes on, over what stands as `before`.
async fn onward(office: &TestOffice, (made, base): &(Change, Rev), before: &Answers, after: &Answers) -> Verdict {
    let action = Action::Write(edits_between(before, after));
    say(office, "Kira", &Change { id: ChangeId(fresh()), base: *base, action, ..made.clone() }).await
}

async fn standing(office: &TestOffice, name: &str) -> Standing {
    let mut link = office.db.read().await.unwrap();
    users::by_login(&mut link, &office.login(name)).await.unwrap().unwrap().standing
}

fn ended(answers: &Answers) -> Answers {
    answers.clone().with(early_end::LAST_DAY, today()).with(early_end::REASON, "Koniec pracy.".into())
}

#[tokio::test]
async fn an_authorisation_that_was_handed_in_opens_the_account_until_its_last_day() {
    on_each(async |db| {
        let office = office(db).await;
        let ala = office.user("Ala");
        let whole = authorisation(ala, Some("2026-12-31"));
        let draft = whole.clone().with(LIFE, Life::Draft);
        let paper = begun(&office, ala, &draft).await;
        assert_eq!(standing(&office, "Ala").await.authorised_until, None, "a draft gives nothing");
        let said = onward(&office, &paper, &draft, &whole).await;
        let Verdict::Accepted { rev } = said else { panic!("{said:?}") };
        let now = standing(&office, "Ala").await;
        assert_eq!(now.authorised_until, Some(day("2026-12-31")));
        assert_eq!(now.authorised_on, Some(day("2026-01-02")), "who worked here before did so rightly");
        assert!(now.holds_on(day("2026-12-31")) && !now.holds_on(day("2027-01-01")));

        // A later one takes its place; an end of the earlier one then changes nothing, one of the later one does.
        let later = authorisation(ala, None);
        let renewed = begun(&office, ala, &later).await;
        let said = onward(&office, &(paper.0, rev), &whole, &ended(&whole)).await;
        assert!(matches!(said, Verdict::Accepted { .. }), "{said:?}");
        assert_eq!(standing(&office, "Ala").await.authorised_until, None);
        let said = onward(&office, &renewed, &later, &ended(&later)).await;
        assert!(matches!(said, Verdict::Accepted { .. }), "{said:?}");
        let now = standing(&office, "Ala").await;
        assert!(now.holds_on(today()) && !now.holds_on(today().succ_opt().unwrap()));
        assert_eq!(standing(&office, "Ola").await.authorised_until, None, "a colleague's stays as it was");
    })
    .await;
}

#[tokio::test]
async fn s01_only_the_manager_writes_about_people_and_only_into_their_own_file() {
    on_each(async |db| {
        let office = office(db.clone()).await;
        let elsewhere = TestOffice::new(db).await.with_assistant("Ewa").await;
        let of = |name: &str| office.user(name);
        let draft = |user| authorisation(user, None).with(LIFE, Life::Draft);
        let begins = |absent: UserId, scope| {
            let answers = Answers::default().with(PAPER, Paper::Substitution).with(LIFE, Life::Draft);
            answers.with(substitution::ABSENT, absent).with(substitution::SCOPE, scope)
        };
        let note = Answers::default().with(PAPER, Paper::Note).with(LIFE, Life::Draft);
        let own = |name: &str| own_file(of(name));
        let (ala, ola, ewa) = (of("Ala"), of("Ola"), elsewhere.user("Ewa"));
        for (who, file, answers, taken) in [
            ("Kira", own("Ala"), draft(ala), true),
            ("Kira", own("Wanda"), draft(of("Wanda")), true),
            ("Kira", own("Kira"), draft(of("Kira")), true),
            ("Kira", own("Ola"), draft(ala), false),
            ("Kira", office.family("R01"), draft(ala), false),
            ("Kira", own_file(ewa), draft(ewa), false),
            ("Ala", own("Ala"), draft(ala), false),
            ("Ola", own("Ala"), draft(ala), false),
            ("Wanda", own("Wanda"), draft(of("Wanda")), false),
            ("Kira", own("Ala"), begins(ala, Scope::All), true),
            ("Kira", office.family("R01"), begins(ala, Scope::All), true),
            ("Kira", own("Ala"), begins(ala, Scope::This), false),
            ("Kira", own("Ala"), begins(ola, Scope::All), false),
            ("Ala", own("Ala"), begins(ala, Scope::All), false),
            ("Kira", own("Ala"), note.clone(), false),
            ("Wanda", own("Wanda"), note.clone(), false),
        ] {
            let said = say(&office, who, &made(of(who), making(RecordKind::Paper, file, &answers))).await;
            assert_eq!(!matches!(said, Verdict::Refused(_)), taken, "{who} {:?}: {said:?}", answers.get(PAPER));
        }
        // It does not go over to somebody else either.
        let paper = begun(&office, ala, &draft(ala)).await;
        let moved = onward(&office, &paper, &draft(ala), &draft(ola)).await;
        assert_eq!(moved, Verdict::Refused(Refusal::NotAllowed));
    })
    .await;
}

#[tokio::test]
async fn people_carry_their_own_authorisation_and_the_manager_sees_everybodys() {
    on_each(async |db| {
        let office = office(db.clone()).await.with_person("Adam", Role::SysAdmin).await;
        let (ala, ola) = (office.user("Ala"), office.user("Ola"));
        let (given, _) = begun(&office, ala, &authorisation(ala, Some("2026-12-10"))).await;
        let (draft, _) = begun(&office, ola, &authorisation(ola, None).with(LIFE, Life::Draft)).await;
        let (mut own, mut other) = (office.phone("Ala"), office.phone("Ola"));
        own.sync_all(&office).await;
        other.sync_all(&office).await;
        let held = own.replica.record(given.record).and_then(Authorisation::of);
        assert_eq!(held.map(|given| given.user), Some(ala));
        assert_eq!(own.replica.families(today()).len(), 1, "it is no family");
        assert!(other.replica.record(given.record).is_none());

        let signed = card(ala, ola);
        let mut approved = signed.clone().with(LIFE, Life::Approved);
        approved.put(Key::<NaiveDate>::new("decided_on"), today());
        let (paper, rev) = begun(&office, ala, &signed).await;
        let said = onward(&office, &(paper.clone(), rev), &signed, &approved).await;
        let Verdict::Accepted { rev } = said else { panic!("{said:?}") };
        let shorter = ended(&approved).with(early_end::LAST_DAY, day("2026-11-25"));
        let said = onward(&office, &(paper, rev), &approved, &shorter).await;
        assert!(matches!(said, Verdict::Accepted { .. }), "{said:?}");
        let web = Web::serving(&db, morning()).await;
        let cookie = web.sign_in(&office, "Kira").await;
        let staff: DeskStaff = serde_json::from_str(&web.post("staff", &cookie, json!({})).await.text()).unwrap();
        let seen: Vec<_> = staff.authorised.iter().map(|who| (who.name.as_str(), who.validity, who.paper)).collect();
        let soon = Validity::EndsSoon(day("2026-12-10"));
        let open = |name| (name, Validity::Open, None);
        assert_eq!(seen, [open("Adam"), ("Ala", soon, Some(given.record)), open("Kira"), open("Ola"), open("Wanda")]);
        let [line] = staff.stand_ins.as_slice() else { panic!("{:?}", staff.stand_ins) };
        assert_eq!((line.absent, line.substitute, line.all, &line.file), (ala, ola, true, &None));
        assert_eq!((line.from, line.until), (day("2026-11-23"), day("2026-11-25")));
        assert_eq!((line.ended.as_deref(), staff.people[&ola].as_str()), (Some("Koniec pracy."), "Ola"));
        let file = web.post("family", &cookie, json!({ "code": "R01" })).await;
        let file: FamilyFile = serde_json::from_str(&file.text()).unwrap();
        assert_eq!(file.stand_ins.iter().map(|card| card.id).collect::<Vec<_>>(), [line.card]);
        assert_eq!(file.people[&ola], "Ola");
        // Whoever began a draft about somebody finds it again in that person's file.
        let inbox: DeskInbox = serde_json::from_str(&web.post("inbox", &cookie, json!({})).await.text()).unwrap();
        let own: Vec<_> = inbox.own.iter().map(|paper| (paper.record, paper.person)).collect();
        assert_eq!((own, inbox.people[&ola].as_str()), (vec![(draft.record, Some(ola))], "Ola"));
    })
    .await;
}
