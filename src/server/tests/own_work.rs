//! Papers about an assistant's own work: written offline, on every device of theirs, decided by the manager, and
//! met by nobody else. A report that was handed in closes its month (spec/domain.md 3.14).

use super::{
    office::TestOffice,
    papers::{made, making, morning, today, visit},
    phone::Phone,
    web::{Web, password_hash},
};
use crate::{
    api::desk::{DeskStaff, OwnWork},
    domain::{
        access::{Role, own_file},
        change::{Action, Change, Intent, edits_between},
        documents::{
            RecordKind,
            papers::{
                begin::hand_in,
                course::{LIFE, PAPER, REMARKS},
                form_of,
                month::{month_of, paper_of},
            },
            visit_card,
        },
        form::{Answers, Value},
        ids::RecordId,
        procedure::{Life, Paper},
        record::{Record, Refusal},
    },
    server::db::{
        Db, families,
        testing::{count, fresh, on_each},
        users,
    },
    sync::protocol::Verdict,
};
use axum::http::StatusCode;
use chrono::Duration;
use serde_json::json;
use uuid::Uuid;

async fn office(db: Db) -> TestOffice {
    let office = TestOffice::new(db).await.with_assistant("Ala").await.with_assistant("Beata").await;
    let office = office.with_person("Wanda", Role::SocialWorker).await;
    office.with_family_of_worker("R01", "Ala", Some("Wanda")).await.with_family("R02", "Beata").await
}

/// Writes an entry and nr 14 of its month without a network; gives both.
fn report_offline(office: &TestOffice, phone: &mut Phone) -> (RecordId, RecordId) {
    let entry = phone.write(vec![making(RecordKind::Visit, office.family("R01"), &visit(today()))]).remove(0).record;
    phone.now += Duration::minutes(5);
    let report = RecordId(fresh());
    let answers = whole_report(phone);
    let action = Action::Write(edits_between(&Answers::default(), &answers));
    phone.write(vec![Intent {
        record: report,
        kind: RecordKind::Paper,
        family: own_file(phone.replica.me),
        form: 1,
        action,
    }]);
    (entry, report)
}

/// Nr 14 as the phone's form hands it in.
fn whole_report(phone: &Phone) -> Answers {
    let (paper, me) = (Paper::MonthlyReport, phone.replica.me);
    let month = month_of(me, today(), phone.replica.records(), today());
    let mut answers = month.open(paper, Some("Przykładowo".into()), today());
    let text = |text: &str| Some(Value::Text(text.to_owned()));
    for (field, words) in [
        ("contract", "SERVICE"),
        ("signatures/a/role", "ASSISTANT"),
        ("signatures/a/name", "Ala Próbna"),
        ("signatures/a/method", "PAPER"),
    ] {
        answers.set_raw(field, text(words));
    }
    hand_in(form_of(paper).unwrap(), &answers, today())
}

fn life(phone: &Phone, report: RecordId) -> Option<Life> {
    phone.replica.record(report).and_then(|record| record.answers.get(LIFE))
}

#[tokio::test]
async fn a_report_written_offline_reaches_the_persons_devices_and_the_manager_and_nobody_else() {
    on_each(async |db| {
        let office = office(db).await;
        let mut phone = office.phone("Ala");
        phone.sync_all(&office).await;
        let (_, report) = report_offline(&office, &mut phone);
        phone.sync_all(&office).await;
        assert_eq!((phone.replica.waiting(), phone.replica.troubles().count()), (0, 0));

        let mut tablet = office.phone("Ala");
        tablet.sync_all(&office).await;
        assert_eq!(life(&tablet, report), Some(Life::Signed));
        assert_eq!(tablet.replica.record(report), phone.replica.record(report));
        let held = tablet.replica.record(report).unwrap();
        assert_eq!(held.answers.raw(&format!("rows/{}/visits_held", office.family("R01"))), Some(&Value::Number(1)));
        assert_eq!(tablet.replica.families(today()).len(), 1, "it is no family");

        // The manager sends it back; then approves what comes again.
        let standing = held.clone();
        let returned = decided(&office, &standing, |answers| {
            answers.put(LIFE, Life::Returned);
            answers.put(REMARKS, "Dopisz plan na grudzień.".into());
        });
        let verdict = office.push("Kira", &[returned]).await.remove(0).verdict;
        assert!(matches!(verdict, Verdict::Accepted { .. }), "{verdict:?}");
        phone.sync_all(&office).await;
        assert_eq!(life(&phone, report), Some(Life::Returned));
        let before = phone.replica.record(report).unwrap().answers.clone();
        let again = hand_in(form_of(Paper::MonthlyReport).unwrap(), &before, today());
        rewrite(&mut phone, report, |answers| *answers = again);
        phone.sync_all(&office).await;
        assert_eq!(phone.replica.troubles().count(), 0);
        let approved = decided(&office, phone.replica.record(report).unwrap(), |answers| {
            answers.put(LIFE, Life::Approved);
            for (field, words) in [("decision", "APPROVED"), ("decided_on", "2026-11-20")] {
                answers.set_raw(field, Some(Value::Text(words.to_owned())));
            }
        });
        let verdict = office.push("Kira", &[approved]).await.remove(0).verdict;
        assert!(matches!(verdict, Verdict::Accepted { .. }), "{verdict:?}");
        tablet.sync_all(&office).await;
        assert_eq!(life(&tablet, report), Some(Life::Approved));
        let found = paper_of(tablet.replica.records(), tablet.replica.me, Paper::MonthlyReport, today());
        assert_eq!(found.map(|record| record.id), Some(report));
    })
    .await;
}

#[tokio::test]
async fn nobody_else_meets_the_file_of_somebodys_work() {
    on_each(async |db| {
        let office = office(db).await;
        let mut phone = office.phone("Ala");
        phone.sync_all(&office).await;
        let (_, report) = report_offline(&office, &mut phone);
        phone.sync_all(&office).await;
        let standing = phone.replica.record(report).unwrap().clone();

        let mut other = office.phone("Beata");
        other.sync_all(&office).await;
        assert!(other.replica.records().all(|record| record.family == office.family("R02")));
        // Whoever knows the ids gets no further.
        for name in ["Beata", "Wanda"] {
            let edit = Change {
                author: office.user(name),
                ..decided(&office, &standing, |answers| {
                    answers.set_raw("needs", Some(Value::Text("Nie moje.".into())));
                })
            };
            let verdict = office.push(name, &[edit]).await.remove(0).verdict;
            assert_eq!(verdict, Verdict::Refused(Refusal::NotAllowed), "{name}");
            let planted = making(RecordKind::Paper, own_file(office.user("Ala")), &whole_report(&phone));
            let verdict = office.push(name, &[made(office.user(name), planted)]).await.remove(0).verdict;
            assert_eq!(verdict, Verdict::Refused(Refusal::NotAllowed), "{name}");
        }

        let mut link = office.db.snapshot().await.unwrap();
        let lines = families::lines(&mut link, office.office, families::Scope::Office, today()).await.unwrap();
        let codes: Vec<&str> = lines.iter().map(|line| line.code.as_str()).collect();
        assert_eq!(codes, ["R01", "R02"]);
        let cases = families::open_cases(&mut link, office.office, families::Scope::Office).await.unwrap();
        assert_eq!(cases.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn s01_the_manager_reads_somebodys_own_work_and_it_is_logged() {
    on_each(async |db| {
        let office = TestOffice::with_password(db.clone(), password_hash().await).await;
        let office = office.with_assistant("Ala").await.with_assistant("Beata").await;
        let office = office.with_person("Wanda", Role::SocialWorker).await.with_person("Iod", Role::Dpo).await;
        let office = office.with_family_of_worker("R01", "Ala", Some("Wanda")).await;
        let elsewhere = TestOffice::with_password(db.clone(), password_hash().await).await;
        let mut phone = office.phone("Ala");
        phone.sync_all(&office).await;
        let (_, report) = report_offline(&office, &mut phone);
        phone.sync_all(&office).await;
        let web = Web::serving(&db, morning()).await;
        let ask = async |of: &TestOffice, who: &str, person: Uuid| {
            let cookie = web.sign_in(of, who).await;
            web.post("own-work", &cookie, json!({ "person": person })).await
        };
        let ala = office.user("Ala").0;
        let lines = "select count(*) from audit where detail = 'desk'";
        let before = count(&office.db, lines).await;
        for who in ["Beata", "Wanda", "Iod"] {
            assert_eq!(ask(&office, who, ala).await.status, StatusCode::NOT_FOUND, "{who}");
        }
        assert_eq!(ask(&elsewhere, "Kira", ala).await.status, StatusCode::NOT_FOUND);
        // The id of a family opens nothing by this door.
        assert_eq!(ask(&office, "Kira", office.family("R01").0).await.status, StatusCode::NOT_FOUND);
        assert_eq!(count(&office.db, lines).await, before);
        // Of whom nothing was written yet the file is empty.
        let empty = ask(&office, "Kira", office.user("Beata").0).await;
        let empty: OwnWork = serde_json::from_str(&empty.text()).unwrap();
        assert_eq!((empty.records.len(), empty.people.len()), (0, 1));
        // Who works with families reads what is written about themselves; who does not reads nobody's.
        for (who, status) in [("Wanda", StatusCode::OK), ("Kira", StatusCode::OK), ("Iod", StatusCode::NOT_FOUND)] {
            assert_eq!(ask(&office, who, office.user(who).0).await.status, status, "{who}");
        }
        let seen = ask(&office, "Kira", ala).await;
        let read: OwnWork = serde_json::from_str(&seen.text()).unwrap();
        assert_eq!(read.records.iter().map(|record| record.id).collect::<Vec<_>>(), [report]);
        assert_eq!(read.families[&office.family("R01")], ("R01".to_owned(), "Nowak".to_owned()));
        assert_eq!(read.people[&office.user("Ala")], "Ala");
        assert_eq!(count(&office.db, lines).await, before + 4);
    })
    .await;
}

#[tokio::test]
async fn the_manager_sees_the_assistants_their_load_and_their_reports() {
    on_each(async |db| {
        let office = TestOffice::with_password(db.clone(), password_hash().await).await;
        let office = office.with_assistant("Beata").await.with_assistant("Ala").await.with_assistant("Cela").await;
        let office = office.with_person("Wanda", Role::SocialWorker).await;
        let office = office.with_family_of_worker("R01", "Ala", Some("Wanda")).await.with_family("R02", "Beata").await;
        let office = office.with_family("R03", "Ala").await;
        let elsewhere = TestOffice::with_password(db.clone(), password_hash().await).await.with_assistant("Ewa").await;
        let mut phone = office.phone("Ala");
        phone.sync_all(&office).await;
        let (_, report) = report_offline(&office, &mut phone);
        phone.sync_all(&office).await;
        let mut link = office.db.begin().await.unwrap();
        users::set_active(&mut link, office.user("Cela"), false).await.unwrap();
        link.commit().await.unwrap();

        let web = Web::serving(&db, morning()).await;
        let ask = async |of: &TestOffice| {
            let cookie = web.sign_in(of, "Kira").await;
            let seen = web.post("staff", &cookie, json!({})).await;
            serde_json::from_str::<DeskStaff>(&seen.text()).unwrap()
        };
        let staff = ask(&office).await;
        let loads: Vec<_> = staff.assistants.iter().map(|line| (line.name.as_str(), line.load.working)).collect();
        assert_eq!(loads, [("Ala", 2), ("Beata", 1)], "by name, and nobody who has left");
        let lives = |line: usize| staff.assistants[line].reports.iter().map(|report| report.life).collect::<Vec<_>>();
        assert_eq!(lives(0), [Some(Life::Signed), None, None]);
        assert_eq!(staff.assistants[0].reports[0].record, Some(report));
        assert_eq!(lives(1), [None, None, None], "a colleague's report is not theirs");
        let others = ask(&elsewhere).await;
        assert_eq!(others.assistants.iter().map(|line| line.name.as_str()).collect::<Vec<_>>(), ["Ewa"]);
    })
    .await;
}

#[tokio::test]
async fn each_paper_stands_in_the_file_that_it_is_about() {
    on_each(async |db| {
        let office = office(db).await;
        let phone = office.phone("Ala");
        let (ala, family) = (office.user("Ala"), office.family("R01"));
        let draft = |paper: Paper| Answers::default().with(PAPER, paper).with(LIFE, Life::Draft);
        for (kind, file, answers, taken) in [
            (RecordKind::Paper, family, whole_report(&phone), false),
            (RecordKind::Paper, own_file(ala), draft(Paper::Note), false),
            (RecordKind::Visit, own_file(ala), visit(today()), false),
            (RecordKind::Family, own_file(ala), super::papers::card("R99", "Nowak"), false),
            (RecordKind::Paper, own_file(ala), draft(Paper::Timesheet), true),
            (RecordKind::Paper, own_file(ala), draft(Paper::Mileage), true),
            (RecordKind::Paper, own_file(ala), draft(Paper::Training), true),
        ] {
            let change = made(ala, making(kind, file, &answers));
            let verdict = office.push("Ala", &[change]).await.remove(0).verdict;
            let was_taken = matches!(verdict, Verdict::Accepted { .. });
            assert_eq!(was_taken, taken, "{kind:?} {:?}: {verdict:?}", answers.get(PAPER));
        }
    })
    .await;
}

#[tokio::test]
async fn p01_a_correction_after_the_report_waits_to_be_explained_and_one_written_before_is_taken() {
    on_each(async |db| {
        let mut office = office(db).await;
        let (mut phone, mut tablet) = (office.phone("Ala"), office.phone("Ala"));
        phone.sync_all(&office).await;
        let entry =
            phone.write(vec![making(RecordKind::Visit, office.family("R01"), &visit(today()))]).remove(0).record;
        phone.sync_all(&office).await;
        tablet.sync_all(&office).await;
        // The tablet lies without a network in a bag.
        rewrite(&mut tablet, entry, |answers| answers.put(visit_card::OBSERVATIONS, "Porządek w kuchni.".into()));
        let (_, report) = report_offline(&office, &mut phone);
        phone.sync_all(&office).await;
        tablet.sync_all(&office).await;
        assert_eq!(tablet.replica.troubles().count(), 0, "it was written before the report");

        phone.sync_all(&office).await;
        phone.now += Duration::minutes(5);
        rewrite(&mut phone, entry, |answers| answers.put(visit_card::OBSERVATIONS, "Inaczej.".into()));
        office.now += Duration::hours(1);
        phone.sync_all(&office).await;
        let trouble = phone.replica.troubles().next().unwrap();
        let Verdict::Refused(Refusal::Invalid(problems)) = &trouble.receipt.verdict else { panic!("{trouble:?}") };
        assert!(problems[0].text.contains("Raport za listopad 2026"), "{}", problems[0].text);
        // A new entry of late is never lost; and what the manager returns is open again.
        phone.write(vec![making(RecordKind::Visit, office.family("R01"), &visit(today()))]);
        let returned = decided(&office, phone.replica.record(report).unwrap(), |answers| {
            answers.put(LIFE, Life::Returned);
            answers.put(REMARKS, "Popraw wizytę.".into());
        });
        office.push("Kira", &[returned]).await;
        phone.sync_all(&office).await;
        rewrite(&mut phone, entry, |answers| answers.put(visit_card::OBSERVATIONS, "Inaczej.".into()));
        phone.sync_all(&office).await;
        assert_eq!(phone.replica.troubles().count(), 1, "only the one from before");
        let text = phone.replica.record(entry).unwrap().answers.text(visit_card::OBSERVATIONS).to_owned();
        assert_eq!(text, "Inaczej.");
    })
    .await;
}

/// What the manager's desk would send about this paper.
fn decided(office: &TestOffice, standing: &Record, alter: impl FnOnce(&mut Answers)) -> Change {
    let mut answers = standing.answers.clone();
    alter(&mut answers);
    let action = Action::Write(edits_between(&standing.answers, &answers));
    let intent =
        Intent { record: standing.id, kind: standing.kind, family: standing.family, form: standing.form, action };
    Change { base: standing.rev, ..made(office.user("Kira"), intent) }
}

/// Writes over a record on the phone without asking whether it may be.
fn rewrite(phone: &mut Phone, record: RecordId, alter: impl FnOnce(&mut Answers)) {
    let standing = phone.replica.record(record).unwrap().clone();
    let mut answers = standing.answers.clone();
    alter(&mut answers);
    let action = Action::Write(edits_between(&standing.answers, &answers));
    phone.write(vec![Intent { record, kind: standing.kind, family: standing.family, form: standing.form, action }]);
}
