//! The family's card in the office: who may correct it, how two corrections meet, what a paper brings to it; and beside
//! it the opinion of the social worker and the list of institutions.

use super::{
    office::TestOffice,
    papers::{edited, edited_fields, made, making, morning, today},
    phone::Phone,
    web::{Web, password_hash},
};
use crate::{
    api::settings::Publishing,
    domain::{
        access::Role,
        caseload::family_line,
        change::{Action, Change, Edit, Intent, edits_between},
        codes::{ChildPlace, FamilyRole},
        deadlines::{Code, Term},
        documents::{
            RecordKind, family_card,
            papers::{
                consultation,
                course::{CASE, HANDED_IN_ON, LIFE, PAPER},
                family_card as nr_4, plan, testing,
            },
        },
        form::{Answers, Cell as _},
        ids::{ChangeId, Rev, UserId},
        office::Institution,
        procedure::{Life, Paper},
        record::{Mark, Record, Refusal},
    },
    server::{
        db::{
            Db,
            testing::{fresh, on_each},
        },
        directory,
    },
    sync::protocol::Verdict,
};
use serde_json::json;

async fn office(db: Db) -> TestOffice {
    let office = TestOffice::new(db).await.with_assistant("Ala").await.with_assistant("Ola").await;
    let office = office.with_person("Wera", Role::SocialWorker).await.with_person("Zoja", Role::SocialWorker).await;
    office.with_family_of_worker("R01", "Ala", Some("Wera")).await.with_family("R02", "Ola").await
}

async fn phone(office: &TestOffice, name: &str) -> Phone {
    let mut phone = office.phone(name);
    phone.sync_all(office).await;
    phone
}

fn card(phone: &Phone) -> Record {
    phone.replica.records().find(|record| record.kind == RecordKind::Family).unwrap().clone()
}

/// What somebody with a device writes into the card that it shows.
fn correction(phone: &Phone, correct: impl FnOnce(&mut Answers)) -> Intent {
    let card = card(phone);
    let mut after = card.answers.clone();
    correct(&mut after);
    let action = Action::Write(edits_between(&card.answers, &after));
    Intent { record: card.id, kind: card.kind, family: card.family, form: card.form, action }
}

/// The same, as a desk sends it that has read this version.
fn at_desk(author: UserId, seen: &Record, fields: &[(&str, &str, &str)]) -> Change {
    let stands = Change { record: seen.id, ..made(author, making(seen.kind, seen.family, &Answers::default())) };
    edited_fields(&stands, seen.rev, fields)
}

async fn sent(office: &TestOffice, name: &str, change: &Change) -> Verdict {
    office.push(name, std::slice::from_ref(change)).await.pop().unwrap().verdict
}

#[tokio::test]
async fn the_card_is_corrected_by_whoever_has_the_family() {
    on_each(async |db| {
        let office = office(db).await;
        let seen = card(&phone(&office, "Ala").await);
        for (name, may) in [("Ola", false), ("Zoja", false), ("Kira", false), ("Ala", true), ("Wera", true)] {
            let change = at_desk(office.user(name), &seen, &[("access_hint", "", "Wejście od podwórza")]);
            let verdict = sent(&office, name, &change).await;
            assert_eq!(verdict != Verdict::Refused(Refusal::NotAllowed), may, "{name}: {verdict:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_baby_and_a_number_from_the_phone_meet_an_address_from_the_desk() {
    on_each(async |db| {
        let office = office(db).await;
        let mut ala = phone(&office, "Ala").await;
        ala.write(vec![correction(&ala, |card| {
            card.set_raw("phones/p/number", Some("600 000 001".to_owned().write()))
        })]);
        ala.sync_all(&office).await;
        let seen = card(&ala);
        ala.write(vec![correction(&ala, |card| {
            let baby = Answers::default()
                .with(family_card::FIRST_NAME, "Jaś".into())
                .with(family_card::ROLE, FamilyRole::Child)
                .with(family_card::BORN, "2026-11-18".parse().unwrap());
            card.put_row(family_card::MEMBERS, "m3", baby);
            card.set_raw("phones/p/number", Some("600 000 009".to_owned().write()));
        })]);
        let address = at_desk(office.user("Wera"), &seen, &[("address", "", "ul. Szkolna 3")]);
        assert!(matches!(sent(&office, "Wera", &address).await, Verdict::Accepted { .. }));
        let answer = ala.sync(&office).await;
        assert!(matches!(answer.receipts[0].verdict, Verdict::Merged { .. }), "{:?}", answer.receipts);
        ala.sync_all(&office).await;
        let card = card(&ala);
        assert_eq!(card.answers.text(family_card::ADDRESS), "ul. Szkolna 3");
        assert_eq!(card.answers.raw("phones/p/number"), Some(&"600 000 009".to_owned().write()));
        assert_eq!(family_card::members(&card.answers).len(), 3);
        assert!(card.marks.contains(&Mark::Parallel) && card.disputes.is_empty());
        let line = family_line(ala.replica.records(), today()).unwrap();
        assert_eq!((line.adults, line.children), (1, 2));
    })
    .await;
}

#[tokio::test]
async fn two_numbers_are_two_versions_until_the_assistant_chooses() {
    on_each(async |db| {
        let office = office(db).await;
        let mut ala = phone(&office, "Ala").await;
        ala.write(vec![correction(&ala, |card| {
            card.set_raw("phones/p/number", Some("600 000 001".to_owned().write()))
        })]);
        ala.sync_all(&office).await;
        let seen = card(&ala);
        let of_desk = at_desk(office.user("Wera"), &seen, &[("phones/p/number", "600 000 001", "600 000 002")]);
        assert!(matches!(sent(&office, "Wera", &of_desk).await, Verdict::Accepted { .. }));
        ala.write(vec![correction(&ala, |card| {
            card.set_raw("phones/p/number", Some("600 000 003".to_owned().write()))
        })]);
        ala.sync_all(&office).await;
        let disputed = card(&ala);
        assert_eq!(disputed.disputes.len(), 1);
        let edit = Edit {
            before: disputed.answers.raw("phones/p/number").cloned(),
            after: disputed.disputes[0].value.clone(),
        };
        let action = Action::Settle { field: "phones/p/number".into(), of: disputed.disputes[0].stamp.change, edit };
        let (record, kind, family, form) = (disputed.id, disputed.kind, disputed.family, disputed.form);
        ala.write(vec![Intent { record, kind, family, form, action }]);
        ala.sync_all(&office).await;
        let settled = card(&ala);
        assert!(settled.disputes.is_empty());
        assert_eq!(settled.answers.raw("phones/p/number"), Some(&"600 000 003".to_owned().write()));
    })
    .await;
}

#[tokio::test]
async fn nobody_is_taken_off_the_card_and_nobody_gives_it_another_code() {
    on_each(async |db| {
        let office = office(db).await;
        let mut ala = phone(&office, "Ala").await;
        let refused = async |ala: &mut Phone, correct: fn(&mut Answers)| {
            ala.write(vec![correction(ala, correct)]);
            ala.sync(&office).await.receipts.pop().unwrap().verdict
        };
        for correct in [
            (|card: &mut Answers| card.drop_row(family_card::MEMBERS, "m2")) as fn(&mut Answers),
            |card| card.put(family_card::CODE, "R77".into()),
            |card| card.set_raw("members/m2/born", Some("2027-03-01".to_owned().write())),
        ] {
            let verdict = refused(&mut ala, correct).await;
            assert!(matches!(verdict, Verdict::Refused(Refusal::Invalid(_))), "{verdict:?}");
        }
        let left = refused(&mut ala, |card| {
            card.put_row(family_card::MEMBERS, "m2", Answers::default().with(family_card::LEFT_ON, today()));
            card.set_raw("members/m2/left_why", Some("MOVED".to_owned().write()));
        });
        assert!(matches!(left.await, Verdict::Accepted { .. }));
        let card = card(&ala);
        assert_eq!((family_card::members(&card.answers).len(), family_card::everyone(&card.answers).len()), (1, 2));
    })
    .await;
}

#[tokio::test]
async fn what_nr_4_says_of_the_children_goes_to_the_card() {
    on_each(async |db| {
        let office = office(db).await;
        let mut ala = phone(&office, "Ala").await;
        let paper = testing::answers(
            &nr_4::FORM,
            &[
                ("place", "Przykładowo"),
                ("doc_date", "2026-11-20"),
                ("since", "2026-10-01"),
                ("basis", "DIFFICULTIES"),
                ("children/m2/place", "RELATIVES"),
                ("children/m2/since", "2026-11-01"),
                ("parental_authority/1/child", testing::CHILD),
                ("parental_authority/1/parent", testing::MEMBER),
                ("parental_authority/1/authority", "FULL"),
                ("strengths", "Babcia mieszka obok."),
                ("signatures/a/role", "ASSISTANT"),
                ("signatures/a/name", "Ala Próbna"),
                ("signatures/a/method", "PAPER"),
            ],
        );
        let paper = paper
            .with(PAPER, Paper::FamilyCard)
            .with(CASE, office.case("R01"))
            .with(LIFE, Life::Signed)
            .with(HANDED_IN_ON, today());
        let brought = correction(&ala, |card| {
            for (path, edit) in nr_4::to_card(&paper, card) {
                card.set_raw(&path, edit.after);
            }
        });
        ala.write(vec![making(RecordKind::Paper, office.family("R01"), &paper), brought]);
        let answer = ala.sync(&office).await;
        assert!(
            answer.receipts.iter().all(|receipt| matches!(receipt.verdict, Verdict::Accepted { .. })),
            "{:?}",
            answer.receipts
        );
        let stays =
            family_card::members(&card(&ala).answers).into_iter().find(|member| member.id == "m2").unwrap().stays;
        assert_eq!(stays, Some(ChildPlace::Relatives));
    })
    .await;
}

/// A plan of R01 that the assistant has handed in.
fn handed_in_plan(office: &TestOffice) -> Answers {
    let pairs = [
        ("place", "Przykładowo"),
        ("doc_date", "2026-11-20"),
        ("kind", "ORDINARY"),
        ("valid_from", "2026-11-20"),
        ("valid_to", "2027-05-20"),
        ("main_goal", "Chcemy, żeby dzieci chodziły do szkoły."),
        ("goals/01900000-0000-7000-8000-000000000004/no", "1"),
        ("goals/01900000-0000-7000-8000-000000000004/area", "A11"),
        ("goals/01900000-0000-7000-8000-000000000004/goal", "Dzieci są w szkole codziennie."),
        ("goals/01900000-0000-7000-8000-000000000004/indicator", "Najwyżej dwa dni nieobecności."),
        ("goals/01900000-0000-7000-8000-000000000004/due", "2027-02-28"),
        ("goals/01900000-0000-7000-8000-000000000004/status", "IN_PROGRESS"),
        ("actions/1/goal", testing::GOAL),
        ("actions/1/action", "Wspólne ułożenie porannego planu dnia"),
        ("actions/1/responsible", "ASSISTANT"),
        ("actions/1/due_kind", "RECURRING"),
        ("actions/1/rhythm", "co tydzień"),
        ("actions/1/expected_effect", "Dzieci wychodzą przed ósmą."),
        ("actions/1/status", "NOT_BEGUN"),
        ("visit_frequency", "2"),
        ("resources", "Babcia mieszka obok i pomaga."),
        ("next_review", "2027-05-20"),
        ("signatures/a/role", "MEMBER"),
        ("signatures/a/name", "Anna Próbna"),
        ("signatures/a/method", "PAPER"),
        ("signatures/b/role", "ASSISTANT"),
        ("signatures/b/name", "Ala Próbna"),
        ("signatures/b/method", "PAPER"),
        ("signatures/c/role", "SOCIAL_WORKER"),
        ("signatures/c/name", "Wera Próbna"),
        ("signatures/c/method", "PAPER"),
    ];
    testing::answers(&plan::FORM, &pairs)
        .with(PAPER, Paper::Plan)
        .with(CASE, office.case("R01"))
        .with(LIFE, Life::Signed)
        .with(HANDED_IN_ON, today())
}

/// An opinion that this person writes in the name of another, or in their own.
fn opinion(paper: &Change, rev: Rev, standing: &Answers, (by, signed): (UserId, UserId)) -> Change {
    let after = consultation::given(standing, "Popieram plan.", signed, today());
    let action = Action::Write(edits_between(standing, &after));
    Change { id: ChangeId(fresh()), base: rev, author: by, action, ..paper.clone() }
}

#[tokio::test]
async fn the_social_worker_of_the_family_gives_the_opinion_themselves() {
    on_each(async |db| {
        let mut office = TestOffice::with_password(db.clone(), password_hash().await).await.with_assistant("Ala").await;
        for name in ["Wera", "Zoja"] {
            office = office.with_person(name, Role::SocialWorker).await;
        }
        let office = office.with_family_of_worker("R01", "Ala", Some("Wera")).await;
        let web = Web::serving(&db, morning()).await;
        let waits = async |name: &str| {
            let cookie = web.sign_in(&office, name).await;
            web.post("inbox", &cookie, json!({})).await.json()["consult"].as_array().unwrap().len()
        };
        let standing = handed_in_plan(&office);
        let paper = office.accept("Ala", making(RecordKind::Paper, office.family("R01"), &standing)).await;
        let rev = phone(&office, "Ala").await.replica.record(paper.record).unwrap().rev;
        assert_eq!((waits("Wera").await, waits("Zoja").await, waits("Kira").await), (1, 0, 0));
        let user = |name: &str| office.user(name);
        for name in ["Ala", "Kira", "Zoja"] {
            let change = opinion(&paper, rev, &standing, (user(name), user(name)));
            assert_eq!(sent(&office, name, &change).await, Verdict::Refused(Refusal::NotAllowed), "{name}");
        }
        let of_another = opinion(&paper, rev, &standing, (user("Wera"), user("Zoja")));
        assert!(matches!(sent(&office, "Wera", &of_another).await, Verdict::Refused(Refusal::Invalid(_))));
        let goal = edited(&paper, rev, "main_goal", "Chcemy, żeby dzieci chodziły do szkoły.", "Inny cel");
        let goal = Change { author: user("Wera"), ..goal };
        assert!(matches!(sent(&office, "Wera", &goal).await, Verdict::Refused(_)), "nothing else is theirs to write");
        let own = opinion(&paper, rev, &standing, (user("Wera"), user("Wera")));
        assert!(matches!(sent(&office, "Wera", &own).await, Verdict::Accepted { .. }));
        assert_eq!(waits("Wera").await, 0);
        let plan = phone(&office, "Ala").await.replica.record(paper.record).unwrap().clone();
        assert_eq!(plan.answers.get(plan::WORKER_OPINION_BY), Some(user("Wera")));
        assert_eq!(plan.answers.get(LIFE), Some(Life::Signed), "the course is as it was");
    })
    .await;
}

#[tokio::test]
async fn the_list_of_institutions_is_written_at_the_desk_and_read_on_the_phone() {
    on_each(async |db| {
        let office = office(db).await;
        let school = |name: &str| Institution {
            id: fresh().to_string(),
            kind: "SCHOOL".into(),
            name: name.into(),
            phone: "68 300 00 02".into(),
            ..Institution::default()
        };
        let publish = async |name: &str, expected: Rev, list: Vec<Institution>| {
            directory::publish(&office.db, &office.who(name).actor, expected, &list, office.now).await
        };
        assert!(publish("Ala", Rev::NONE, vec![school("Szkoła nr 2")]).await.is_err());
        let nameless = publish("Wera", Rev::NONE, vec![school("")]).await.unwrap();
        assert!(matches!(nameless, Publishing::Refused(_)));
        assert_eq!(publish("Wera", Rev::NONE, vec![school("Szkoła nr 2")]).await.unwrap(), Publishing::Published);
        let late = publish("Kira", Rev::NONE, vec![school("Szkoła nr 3")]).await.unwrap();
        assert!(matches!(late, Publishing::Meanwhile { by, .. } if by == "Wera"));
        let ala = phone(&office, "Ala").await;
        let names: Vec<&str> = ala.replica.book().directory.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["Szkoła nr 2"]);
        // Settings that are published afterwards leave it as it is.
        let read = directory::read(&office.db, &office.who("Kira").actor).await.unwrap();
        let own = super::book::terms(Code::D11, Term::Days(10));
        assert_eq!(office.publish("Kira", read.tag, own).await, Publishing::Published);
        let after = directory::read(&office.db, &office.who("Wera").actor).await.unwrap();
        assert_eq!(after.list.len(), 1);
        assert!(after.tag > read.tag);
    })
    .await;
}
