//! Correcting a finished entry: it reaches the office whole, makes nothing twice, meets others field by
//! field, and ends with its month. What is refused stays with its author (P1, P3; spec/domain.md 3.8).

use super::{
    office::TestOffice,
    papers::{making, task, today, visit},
    phone::Phone,
};
use crate::{
    domain::{
        change::{Action, Change, Intent, Pen, edits_between},
        codes::{DueKind, EffectScore, TaskStatus},
        documents::{
            RecordKind, family_task,
            visit_card::{self, Surroundings},
        },
        form::{Answers, Problem, Value},
        ids::RecordId,
        office::OfficeBook,
        record::{Record, Refusal},
        visit_draft::{self, Entry, Forms, NEW_TASKS, TASK_CHECKS},
    },
    server::db::{
        Db,
        testing::{fresh, on_each, texts},
    },
    sync::protocol::Verdict,
};
use chrono::Duration;
use std::sync::LazyLock;

async fn office(db: Db) -> TestOffice {
    TestOffice::new(db).await.with_assistant("Ala").await.with_family("R01", "Ala").await
}

/// Nothing is laid over the forms.
fn declared() -> Forms<'static> {
    static NOTHING: LazyLock<OfficeBook> = LazyLock::new(OfficeBook::default);
    Forms { entry: &visit_card::FORM, book: &NOTHING }
}

/// What writing this over the entry as it stands on the phone means.
fn intents(phone: &Phone, draft: &Answers, entry: Entry<'_>, tasks: &[&Record]) -> Vec<Intent> {
    let random = || fresh().as_bytes()[..10].try_into().unwrap();
    let pen = Pen { author: phone.replica.me, now: phone.now, offset: 60, random: &random };
    visit_draft::finish(draft, entry, &Surroundings::default(), tasks, &pen).unwrap()
}

/// The first writing of an entry, with a new task and a checked one.
fn first_writing(office: &TestOffice, phone: &mut Phone) -> RecordId {
    let family = office.family("R01");
    let earlier =
        phone.write(vec![making(RecordKind::Task, family, &task("Zapisać dziecko do przedszkola"))]).remove(0);
    let earlier = phone.replica.record(earlier.record).unwrap().clone();
    let mut draft = visit(today());
    let new = Answers::default()
        .with(family_task::TASK, "Umówić wizytę".into())
        .with(family_task::BY_ASSISTANT, true)
        .with(family_task::DUE_KIND, DueKind::NextMeeting);
    draft.put_row(NEW_TASKS, "r1", new);
    let check = Answers::default()
        .with(family_task::STATUS, TaskStatus::Done)
        .with(family_task::EFFECT, "Zapisane.".into())
        .with(family_task::EFFECT_SCORE, EffectScore::Lasting);
    draft.put_row(TASK_CHECKS, &earlier.id.to_string(), check);
    let entry = Entry { record: RecordId(fresh()), family, before: None, forms: declared() };
    let intents = intents(phone, &draft, entry, &[&earlier]);
    phone.write(intents);
    entry.record
}

/// Corrects one text of the entry, as the phone's form does.
fn correct(phone: &mut Phone, entry: RecordId, field: &str, text: &str) -> Vec<Change> {
    let standing = phone.replica.record(entry).unwrap().clone();
    let mut draft = standing.answers.clone();
    draft.set_raw(field, Some(Value::Text(text.to_owned())));
    let of = Entry { record: entry, family: standing.family, before: Some(&standing.answers), forms: declared() };
    let intents = intents(phone, &draft, of, &[]);
    phone.write(intents)
}

fn text<'a>(record: &'a Record, field: &str) -> &'a str {
    record.answers.raw(field).and_then(Value::text).unwrap_or_default()
}

const FIRST: &str = "Rozmowa o stałych porach snu dzieci.";
const SECOND: &str = "Rozmowa o stałych porach posiłków dzieci.";

#[tokio::test]
async fn a_correction_made_offline_arrives_once_and_the_first_version_stays_in_the_history() {
    on_each(async |db| {
        let office = office(db).await;
        let mut phone = office.phone("Ala");
        phone.sync_all(&office).await;
        // Both writings happen before the phone meets a network again.
        let entry = first_writing(&office, &mut phone);
        let made = correct(&mut phone, entry, "actions", SECOND);
        assert_eq!(made.len(), 1, "the correction makes no task again");
        assert!(made[0].after.is_some());
        phone.sync_all(&office).await;
        assert_eq!((phone.replica.waiting(), phone.replica.troubles().count()), (0, 0));

        let mut other = office.phone("Ala");
        other.sync_all(&office).await;
        let record = other.replica.record(entry).unwrap();
        assert_eq!(text(record, "actions"), SECOND);
        assert!(record.is_changed() && record.marks.is_empty());
        assert_eq!(record.writer_of("actions").change, made[0].id);
        assert_eq!(record.writer_of("areas").change, record.made.change);
        assert_eq!(record, phone.replica.record(entry).unwrap());
        let records = |kind| other.replica.records().filter(|record| record.kind == kind).count();
        assert_eq!((records(RecordKind::Visit), records(RecordKind::Task)), (1, 2));
        let history = texts(&office.db, "select body from changes where rev is not null").await;
        for words in [FIRST, SECOND] {
            let after = format!("\"after\":\"{words}\"");
            assert_eq!(history.iter().filter(|body| body.contains(&after)).count(), 1, "{words}");
        }
    })
    .await;
}

#[tokio::test]
async fn corrections_on_two_devices_meet_field_by_field() {
    on_each(async |db| {
        let office = office(db).await;
        let (mut one, mut other) = (office.phone("Ala"), office.phone("Ala"));
        let entry = first_writing(&office, &mut one);
        one.sync_all(&office).await;
        other.sync_all(&office).await;
        let first = correct(&mut one, entry, "actions", SECOND).remove(0);
        correct(&mut one, entry, "observations", "Porządek w kuchni.");
        other.now += Duration::hours(1);
        let second = correct(&mut other, entry, "actions", "Rozmowa o zabawie z dziećmi.").remove(0);
        correct(&mut other, entry, "place_note", "W kuchni.");
        one.sync_all(&office).await;
        other.sync_all(&office).await;
        one.sync_all(&office).await;
        let record = one.replica.record(entry).unwrap();
        assert_eq!(record, other.replica.record(entry).unwrap());
        assert_eq!(text(record, "observations"), "Porządek w kuchni.");
        let (standing, waiting) = (record.writer_of("actions"), &record.disputes[0].stamp);
        assert_eq!((standing.change, standing.at), (first.id, first.at));
        assert_eq!((waiting.change, waiting.at), (second.id, second.at));
    })
    .await;
}

#[tokio::test]
async fn p01_a_correction_after_the_month_was_closed_waits_to_be_explained() {
    on_each(async |db| {
        let mut office = office(db).await;
        let mut phone = office.phone("Ala");
        let entry = first_writing(&office, &mut phone);
        phone.sync_all(&office).await;
        // On the last day it is still in time, however late it is sent.
        phone.now += Duration::days(15);
        correct(&mut phone, entry, "actions", SECOND);
        office.now += Duration::days(30);
        phone.now = office.now;
        phone.sync_all(&office).await;
        assert_eq!(phone.replica.troubles().count(), 0);

        // The phone's form says no; a phone that does not gets no further.
        write_unchecked(&mut phone, entry, |answers| answers.put(visit_card::ACTIONS, FIRST.to_owned()));
        let problems = refused(&mut phone, &office).await;
        assert_eq!(problems[0].field, visit_card::DATE.name());
        assert!(problems[0].text.contains("do 5 grudnia 2026"), "{}", problems[0].text);
        let trouble = phone.replica.troubles().next().unwrap();
        assert!(serde_json::to_string(&trouble.change).unwrap().contains(FIRST), "the whole content stays");
        assert_eq!(text(phone.replica.record(entry).unwrap(), "actions"), SECOND);
    })
    .await;
}

#[tokio::test]
async fn p01_a_correction_that_leaves_the_entry_worse_waits_to_be_explained() {
    on_each(async |db| {
        let office = office(db).await;
        let mut phone = office.phone("Ala");
        let entry = first_writing(&office, &mut phone);
        phone.sync_all(&office).await;
        write_unchecked(&mut phone, entry, |answers| answers.set_raw("actions", None));
        let problems = refused(&mut phone, &office).await;
        assert_eq!(problems.iter().map(|problem| problem.field.as_str()).collect::<Vec<_>>(), ["actions"]);
        assert_eq!(text(phone.replica.record(entry).unwrap(), "actions"), FIRST);
        // What follows is not held up by it.
        correct(&mut phone, entry, "actions", SECOND);
        phone.sync_all(&office).await;
        assert_eq!((phone.replica.waiting(), phone.replica.troubles().count()), (0, 1));
        assert_eq!(text(phone.replica.record(entry).unwrap(), "actions"), SECOND);
    })
    .await;
}

/// Writes over the entry without asking whether it may be.
fn write_unchecked(phone: &mut Phone, entry: RecordId, alter: impl FnOnce(&mut Answers)) {
    let standing = phone.replica.record(entry).unwrap().clone();
    let mut answers = standing.answers.clone();
    alter(&mut answers);
    let action = Action::Write(edits_between(&standing.answers, &answers));
    phone.write(vec![Intent {
        record: entry,
        kind: standing.kind,
        family: standing.family,
        form: standing.form,
        action,
    }]);
}

/// Sends what waits, and reads why it was refused.
async fn refused(phone: &mut Phone, office: &TestOffice) -> Vec<Problem> {
    phone.sync_all(office).await;
    assert_eq!(phone.replica.waiting(), 0);
    match &phone.replica.troubles().next().unwrap().receipt.verdict {
        Verdict::Refused(Refusal::Invalid(problems)) => problems.clone(),
        other => panic!("{other:?}"),
    }
}
