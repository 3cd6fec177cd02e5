//! Papers as people fill them in, and changes as their devices make them.

use crate::domain::{
    change::{Action, Change, Edit, Intent, edits_between},
    codes::{Area, DueKind, EntryKind, FamilyRole, Outcome, Place, StatutoryTask, TaskStatus},
    documents::{
        RecordKind,
        case_card::{self, Stage},
        family_card, family_task, visit_card,
    },
    form::{Answers, Value},
    ids::{ChangeId, FamilyId, RecordId, Rev, UserId},
    procedure::{Given, Transition},
};
use crate::server::db::testing::fresh;
use chrono::{DateTime, NaiveDate, Utc};
use std::sync::atomic::{AtomicU64, Ordering};
use uuid::Uuid;

/// The day on which the stories begin.
pub fn today() -> NaiveDate {
    "2026-11-20".parse().unwrap()
}

/// A moment of that day.
pub fn morning() -> DateTime<Utc> {
    "2026-11-20T08:00:00Z".parse().unwrap()
}

pub fn card(code: &str, surname: &str) -> Answers {
    let mut card = Answers::default()
        .with(family_card::CODE, code.into())
        .with(family_card::SURNAME, surname.into())
        .with(family_card::LOCALITY, "Przykładowo".into());
    let mother = Answers::default()
        .with(family_card::FIRST_NAME, "Anna".into())
        .with(family_card::ROLE, FamilyRole::Mother)
        .with(family_card::CO_RESIDENT, true);
    let child = Answers::default()
        .with(family_card::FIRST_NAME, "Ola".into())
        .with(family_card::ROLE, FamilyRole::Child)
        .with(family_card::CO_RESIDENT, true);
    card.put_row(family_card::MEMBERS, "m1", mother);
    card.put_row(family_card::MEMBERS, "m2", child);
    card
}

pub fn case(assistant: UserId, worker: Option<UserId>) -> Answers {
    let mut case = Answers::default()
        .with(case_card::STAGE, Stage::Cooperation)
        .with(case_card::BASIS, [crate::domain::codes::Basis::ALL[0].code().to_owned()].into())
        .with(case_card::ASSISTANT, assistant)
        .with(case_card::CONSENT_ON, "2026-10-01".parse().unwrap());
    if let Some(worker) = worker {
        case.put(case_card::WORKER, worker);
    }
    case
}

pub fn visit(day: NaiveDate) -> Answers {
    Answers::default()
        .with(visit_card::KIND, EntryKind::Visit)
        .with(visit_card::OUTCOME, Outcome::Held)
        .with(visit_card::DATE, day)
        .with(visit_card::DURATION, 50)
        .with(visit_card::PLACE, Place::Home)
        .with(visit_card::PRESENT_OTHERS, "babcia".into())
        .with(visit_card::TASKS, [StatutoryTask::Parenting.code().to_owned()].into())
        .with(visit_card::AREAS, [Area::A10.code().to_owned()].into())
        .with(visit_card::ACTIONS, "Rozmowa o stałych porach snu dzieci.".into())
}

pub fn task(text: &str) -> Answers {
    Answers::default()
        .with(family_task::GIVEN_ON, "2026-11-10".parse().unwrap())
        .with(family_task::TASK, text.into())
        .with(family_task::BY_ASSISTANT, true)
        .with(family_task::AREA, Area::A04)
        .with(family_task::DUE_KIND, DueKind::Date)
        .with(family_task::DUE, "2026-11-15".parse().unwrap())
        .with(family_task::STATUS, TaskStatus::Set)
}

/// Ids of records are born in the order of time, as on devices: which of two papers is the newer, they say.
fn next_record() -> RecordId {
    static BORN: AtomicU64 = AtomicU64::new(0x0190_0000_0000_0000);
    let (_, random) = fresh().as_u64_pair();
    RecordId(Uuid::from_u64_pair(BORN.fetch_add(1, Ordering::Relaxed), random))
}

/// What a person wants: a new record with these answers.
pub fn making(kind: RecordKind, family: FamilyId, answers: &Answers) -> Intent {
    let action = Action::Write(edits_between(&Answers::default(), answers));
    Intent { record: next_record(), kind, family, form: 1, action }
}

/// A change that makes a record, as a device would send it.
pub fn made(author: UserId, intent: Intent) -> Change {
    Change {
        id: ChangeId(fresh()),
        record: intent.record,
        kind: intent.kind,
        family: intent.family,
        base: Rev::NONE,
        after: None,
        action: intent.action,
        author,
        at: morning(),
        offset: 60,
        form: intent.kind.form().version,
    }
}

/// A step of the procedure, as a person at the desk takes it.
pub fn step(author: UserId, case: RecordId, family: FamilyId, (step, given): (Transition, Given)) -> Change {
    let action = Action::Take { step, given };
    made(author, Intent { record: case, kind: RecordKind::Case, family, form: 1, action })
}

/// A further change of one text field.
pub fn edited(earlier: &Change, base: Rev, field: &str, before: &str, after: &str) -> Change {
    edited_fields(earlier, base, &[(field, before, after)])
}

/// A further change of several text fields: name, what stood there, what shall stand.
pub fn edited_fields(earlier: &Change, base: Rev, fields: &[(&str, &str, &str)]) -> Change {
    let text = |text: &str| (!text.is_empty()).then(|| Value::Text(text.to_owned()));
    let edits = fields.iter().map(|(field, before, after)| {
        let edit = Edit { before: text(before), after: text(after) };
        ((*field).to_owned(), edit)
    });
    let action = Action::Write(edits.collect());
    Change { id: ChangeId(fresh()), base, after: None, action, ..earlier.clone() }
}
