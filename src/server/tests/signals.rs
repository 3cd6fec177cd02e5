//! Signals that become work in the office: an urgent entry somebody must know of, the decisions of a meeting, and the
//! news of a change that ends D10 (spec/domain.md 2.3, 3.8, 3.16).

use super::{
    office::TestOffice,
    papers::{made, making, today, visit},
};
use crate::{
    domain::{
        access::Role,
        change::{Action, Change, Intent, Pen},
        codes::{ChangeSignal, Risk, TaskOrigin, TaskStatus, ToldBy},
        deadlines::{Code, Settings, terms_of_family},
        documents::{
            RecordKind,
            case_card::{self, DUTIES, Stage},
            family_task,
            papers::{
                course::{CASE, LIFE, PAPER},
                form_of,
                testing::{self, MEMBER},
            },
            visit_card::{self, Surroundings},
        },
        duties::{done, open_duties, settled_by},
        form::Answers,
        ids::{ChangeId, DeviceId, FamilyId, Rev, UserId},
        office::OfficeBook,
        procedure::{Duty, Life, Paper},
        record::Record,
        signals::{alarm, notice},
        visit_draft,
    },
    server::{
        db::{
            Db,
            families::{self, Scope},
            records,
            testing::{fresh, on_each},
        },
        exchange::Taken,
        writing,
    },
    sync::protocol::Verdict,
};
use chrono::Days;

async fn office(db: Db) -> TestOffice {
    let office = TestOffice::new(db).await.with_assistant("Ala").await.with_person("Wanda", Role::SocialWorker).await;
    office.with_family_of_worker("R01", "Ala", Some("Wanda")).await
}

async fn file(office: &TestOffice, family: FamilyId) -> Vec<Record> {
    let mut link = office.db.read().await.unwrap();
    let raw = records::newer(&mut link, office.office, family, Rev::NONE, usize::MAX).await.unwrap();
    raw.iter().map(|raw| records::read(&raw.body).unwrap()).collect()
}

fn urgent() -> Answers {
    let mut card = visit(today())
        .with(visit_card::RISK, Risk::Urgent)
        .with(visit_card::URGENT_STEPS, ["POLICE_112".to_owned()].into())
        .with(visit_card::URGENT_NOTE, "Dziecko było samo w mieszkaniu.".into());
    let at = Answers::default().with(visit_card::URGENT_AT, "14:20:00".parse().unwrap());
    card.put_row(visit_card::URGENT_LOG, "POLICE_112", at);
    card
}

async fn write(office: &TestOffice, who: &str, change: Change) -> Taken {
    writing::take(&office.db, office.who(who), (DeviceId(fresh()), &[change]), office.now).await.unwrap()
}

/// Ticks the duty of this row off, as this person at the desk.
async fn tick(office: &TestOffice, who: &str, row: &str) -> Taken {
    let records = file(office, office.family("R01")).await;
    let case = records.iter().find(|record| record.id == office.case("R01")).unwrap();
    let intent = Intent {
        record: case.id,
        kind: RecordKind::Case,
        family: case.family,
        form: case.form,
        action: Action::Write(done(row, "", today(), "")),
    };
    write(office, who, Change { base: case.rev, ..made(office.user(who), intent) }).await
}

#[tokio::test]
async fn an_urgent_entry_waits_until_somebody_says_that_they_know() {
    on_each(async |db| {
        let office = office(db).await;
        let (family, mut phone) = (office.family("R01"), office.phone("Ala"));
        phone.sync_all(&office).await;
        let entry = phone.write(vec![making(RecordKind::Visit, family, &urgent())]).remove(0);
        phone.sync(&office).await;
        let case = phone.replica.record(office.case("R01")).unwrap();
        let waiting = open_duties([case]);
        assert_eq!(waiting.len(), 1, "the phone is told with the same answer");
        assert_eq!(waiting[0].owed.from, Some(entry.record));
        // A correction of the same entry asks for nothing more.
        let words = super::papers::edited(
            &entry,
            phone.replica.record(entry.record).unwrap().rev,
            "actions",
            "Rozmowa o stałych porach snu dzieci.",
            "Rozmowa i telefon na Policję.",
        );
        office.push("Ala", &[words]).await;
        let records = file(&office, family).await;
        assert_eq!(open_duties(records.iter().filter(|record| record.kind == RecordKind::Case)).len(), 1);

        let row = alarm::duty_row(entry.record);
        assert!(tick(&office, "Ala", &row).await.is_refused(), "the assistant raised it");
        assert!(!tick(&office, "Wanda", &row).await.is_refused());
        let records = file(&office, family).await;
        let case = records.iter().find(|record| record.id == office.case("R01")).unwrap();
        let known = crate::domain::duties::read(&case.answers, &row).unwrap();
        assert_eq!(settled_by(case, &known).unwrap().by, office.user("Wanda"), "who and when stay with it");
    })
    .await;
}

fn meeting(office: &TestOffice, by: UserId) -> Change {
    let person = by.to_string();
    let pairs = [
        ("place", "Zbąszynek"),
        ("doc_date", "2026-11-20"),
        ("held_on", "2026-11-19"),
        ("start", "13:00"),
        ("mode", "IN_PERSON"),
        ("where", "Szkoła Podstawowa, sala 12"),
        ("called_by", person.as_str()),
        ("aim", "Nieobecności dzieci w szkole."),
        ("people/1/name", "Żaneta Wymyślona"),
        ("people/1/institution", "SCHOOL"),
        ("people/1/role", "wychowawca"),
        ("people/1/present", "tak"),
        ("people/1/external", "nie"),
        ("people/2/name", "Łucja Przykładna"),
        ("people/2/institution", "OPS_WORKER"),
        ("people/2/role", "pracownik socjalny"),
        ("people/2/present", "tak"),
        ("people/2/external", "nie"),
        ("family_present", "ADULTS"),
        ("disclosed", "A11"),
        ("minutes", "Szkoła przedstawiła frekwencję."),
        ("decisions/1/what", "Odprowadzać syna do szkoły"),
        ("decisions/1/by", "MEMBER"),
        ("decisions/1/members", MEMBER),
        ("decisions/1/due", "2026-12-01"),
        ("decisions/1/status", "SET"),
        ("decisions/2/what", "wniosek o zasiłek celowy"),
        ("decisions/2/by", "SOCIAL_WORKER"),
        ("decisions/2/who", "Łucja Przykładna"),
        ("decisions/2/due", "2026-11-27"),
        ("decisions/2/status", "SET"),
    ];
    let form = form_of(Paper::Meeting).unwrap();
    let mut answers = testing::answers(form, &pairs);
    testing::sign(form, &mut answers, &["ASSISTANT", "OTHER"]);
    answers = answers.with(PAPER, Paper::Meeting).with(CASE, office.case("R01")).with(LIFE, Life::Signed);
    made(by, making(RecordKind::Paper, office.family("R01"), &answers))
}

#[tokio::test]
async fn a_meetings_decisions_become_work_with_the_paper_and_only_once() {
    on_each(async |db| {
        let office = office(db).await;
        let (family, held) = (office.family("R01"), meeting(&office, office.user("Ala")));
        for _ in 0..2 {
            let receipts = office.push("Ala", std::slice::from_ref(&held)).await;
            assert!(matches!(receipts[0].verdict, Verdict::Accepted { .. } | Verdict::Merged { .. }), "{receipts:?}");
        }
        let records = file(&office, family).await;
        let tasks: Vec<&Record> = records.iter().filter(|record| record.kind == RecordKind::Task).collect();
        assert_eq!(tasks.len(), 1);
        let task = &tasks[0].answers;
        assert_eq!(task.text(family_task::TASK), "Odprowadzać syna do szkoły");
        assert_eq!(task.text(family_task::MEETING), held.record.to_string(), "traced back to the meeting");
        assert_eq!(task.get(family_task::ORIGIN), Some(TaskOrigin::Meeting));
        let cases: Vec<&Record> = records.iter().filter(|record| record.kind == RecordKind::Case).collect();
        let open = open_duties(cases);
        let owed: Vec<_> = open.iter().map(|duty| (duty.owed.title(), duty.owed.who, duty.owed.due)).collect();
        let due = "2026-11-27".parse().ok();
        assert_eq!(owed, [("Wniosek o zasiłek celowy".to_owned(), Role::SocialWorker, due)]);

        // A correction of the paper brings nothing again, and the duty is the social worker's alone.
        let cells = [("on", "2026-11-20"), ("what", "sala 13"), ("reason", "pomyłka")];
        let correction: Vec<(String, &str)> =
            cells.iter().map(|(cell, text)| (["corrections/1/", cell].concat(), *text)).collect();
        let fields: Vec<(&str, &str, &str)> =
            correction.iter().map(|(field, text)| (field.as_str(), "", *text)).collect();
        let rev = records.iter().find(|record| record.id == held.record).unwrap().rev;
        let corrected = super::papers::edited_fields(&held, rev, &fields);
        assert!(!write(&office, "Ala", corrected).await.is_refused());
        assert_eq!(file(&office, family).await.iter().filter(|record| record.kind == RecordKind::Task).count(), 1);
        let row = &open[0].owed.row;
        assert!(tick(&office, "Ala", row).await.is_refused());
        assert!(!tick(&office, "Wanda", row).await.is_refused());
    })
    .await;
}

#[tokio::test]
async fn a_change_written_offline_brings_its_task_and_ticking_it_off_ends_the_term() {
    on_each(async |db| {
        let office = office(db).await;
        let (family, mut phone) = (office.family("R01"), office.phone("Ala"));
        phone.sync_all(&office).await;
        let draft = visit(today() - Days::new(2))
            .with(visit_card::CHANGE_SIGNAL, ChangeSignal::Residence)
            .with(visit_card::CHANGE_NOTE, "przeprowadzka do babci".into());
        let record = crate::domain::ids::RecordId(fresh());
        let random = || fresh().as_bytes()[..10].try_into().unwrap();
        let pen = Pen { author: office.user("Ala"), now: office.now, offset: 60, random: &random };
        let book = OfficeBook::default();
        let forms = visit_draft::Forms { entry: &visit_card::FORM, book: &book };
        let entry = visit_draft::Entry { record, family, before: None, forms };
        let intents = visit_draft::finish(&draft, entry, &Surroundings::default(), &[], &pen).unwrap();
        phone.write(intents);
        let term = |records: &[Record]| {
            let terms = terms_of_family(records, &Settings::default(), today());
            terms.into_iter().find(|term| term.code == Code::D10)
        };
        let own: Vec<Record> = phone.replica.records().filter(|record| record.family == family).cloned().collect();
        assert_eq!(term(&own).map(|term| term.due), Some(today() + Days::new(5)), "counted before it was sent");
        phone.sync_all(&office).await;
        let task = phone.replica.record(notice::task_of(record)).unwrap().clone();
        let closed = task
            .answers
            .clone()
            .with(family_task::STATUS, TaskStatus::Done)
            .with(family_task::CHECKED_ON, today())
            .with(family_task::TOLD, ToldBy::Assistant);
        let action = Action::Write(crate::domain::change::edits_between(&task.answers, &closed));
        phone.write(vec![Intent { record: task.id, kind: RecordKind::Task, family, form: task.form, action }]);
        phone.sync_all(&office).await;
        assert_eq!(phone.replica.troubles().count(), 0);
        assert_eq!(term(&file(&office, family).await), None);
    })
    .await;
}

#[tokio::test]
async fn what_is_owed_after_the_end_of_a_case_is_still_found() {
    on_each(async |db| {
        let office = office(db).await;
        let found = async || {
            let mut link = office.db.read().await.unwrap();
            families::ended_cases_with_duties(&mut link, office.office, Scope::Office).await.unwrap()
        };
        assert!(found().await.is_empty(), "an open case is found otherwise");
        let mut answers = super::papers::case(office.user("Ala"), None).with(case_card::STAGE, Stage::Closed);
        office.lay("Kira", making(RecordKind::Case, FamilyId(fresh()), &answers)).await;
        assert!(found().await.is_empty(), "nobody owes anything");
        let duty = Answers::default()
            .with(case_card::DUTY_WHAT, Duty::NotifyCourt)
            .with(case_card::DUTY_SINCE, "2026-11-10".parse().unwrap());
        answers.put_row(DUTIES, "001-NOTIFY_COURT", duty);
        let laid = office.lay("Kira", making(RecordKind::Case, FamilyId(fresh()), &answers)).await;
        assert_eq!(found().await, [laid.record]);
        let done = Action::Write(done("001-NOTIFY_COURT", "", today(), ""));
        let tick = Change { id: ChangeId(fresh()), base: Rev(1), action: done, ..laid };
        let verdict = office.push("Kira", &[tick]).await.remove(0).verdict;
        assert!(!matches!(verdict, Verdict::Refused(_)), "{verdict:?}");
        assert!(found().await.is_empty(), "it was settled");
    })
    .await;
}
