//! A visit while it is being written: the answers of the card, a row for each new family task and a
//! row for each earlier task that was checked. Finishing it makes all the records at once: the same
//! fact is never typed twice. A finished entry is corrected in the same way, against what stood.

use super::{
    change::{Action, Intent, Pen, edits_between},
    codes::{DueKind, EntryKind, Outcome, Place, TaskStatus},
    correction::{after_report, too_late},
    documents::{
        RecordKind, family_task,
        visit_card::{self, Surroundings},
    },
    form::{Answers, Form, Key, Problem, Value, stops},
    ids::{FamilyId, RecordId},
    office::OfficeBook,
    record::Record,
    signals::notice,
};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Rows of new tasks; the cells are those of [`family_task`].
pub const NEW_TASKS: &str = visit_card::NEW_TASKS.name();
/// Rows of checked tasks, one per task record id; the cells are those of [`family_task`].
pub const TASK_CHECKS: &str = visit_card::TASK_CHECKS.name();

/// The answers that a new visit begins with.
pub fn begin(kind: EntryKind, pen: &Pen<'_>) -> Answers {
    let place = match kind {
        EntryKind::PhoneFamily => Place::Phone,
        EntryKind::Institution | EntryKind::Accompany | EntryKind::ChildHearing => Place::Institution,
        EntryKind::Team | EntryKind::Documentation => Place::Office,
        EntryKind::MeetingOut | EntryKind::ContactSupervised => Place::Chosen,
        EntryKind::Visit | EntryKind::Intervention => Place::Home,
    };
    let mut answers = Answers::default()
        .with(visit_card::KIND, kind)
        .with(visit_card::DATE, pen.today())
        .with(visit_card::PLACE, place);
    if kind == EntryKind::Visit {
        answers.put(visit_card::OUTCOME, Outcome::Held);
    }
    answers
}

/// What can be said again from the last entry of the same kind ("jak ostatnio"): who was there,
/// where, which tasks, areas and goals, and the way there. Never what was seen or said.
pub fn like_last_time(answers: &Answers, last: &Answers) -> Answers {
    const SAME: &[&str] = &[
        visit_card::PLACE.name(),
        visit_card::PLACE_NOTE.name(),
        visit_card::PRESENT.name(),
        visit_card::TASKS.name(),
        visit_card::AREAS.name(),
        visit_card::GOALS.name(),
        visit_card::INSTITUTION.name(),
        visit_card::PERSON.name(),
        visit_card::CHANNEL.name(),
        visit_card::TRAVEL.name(),
        visit_card::TRAVEL_FROM.name(),
        visit_card::TRAVEL_TO.name(),
        visit_card::TRAVEL_KM.name(),
        visit_card::TRAVEL_MINUTES.name(),
    ];
    let mut filled = answers.clone();
    for field in SAME {
        if let Some(value) = last.raw(field) {
            filled.set_raw(field, Some(value.clone()));
        }
    }
    filled
}

/// Everything that is wrong or unusual with the draft; rows included (`new_tasks/<row>/due`). The month of an entry
/// that is corrected must be open.
pub fn check(
    draft: &Answers,
    entry: Entry<'_>,
    today: NaiveDate,
    around: &Surroundings,
    tasks: &[&Record],
) -> Vec<Problem> {
    let forms = entry.forms;
    let mut problems = visit_card::check(forms.entry, draft, today, around);
    problems.extend(
        entry.before.and_then(|before| {
            too_late(before, draft, today).or_else(|| after_report(before, draft, &around.reported))
        }),
    );
    let given_on = draft.get(visit_card::DATE).unwrap_or(today);
    for row in draft.rows(NEW_TASKS) {
        let task = new_task(draft, &row, given_on, forms);
        problems.extend(in_row(NEW_TASKS, &row, family_task::check(forms.new_task(), &task)));
    }
    for row in draft.rows(TASK_CHECKS) {
        let Some(task) = tasks.iter().find(|task| task.id.to_string() == row) else { continue };
        let checked = checked_task(draft, task, given_on, None, forms);
        let known =
            |problem: &Problem| draft.row(TASK_CHECKS, &row).0.contains_key("status") || problem.field == "status";
        problems
            .extend(in_row(TASK_CHECKS, &row, family_task::check(forms.book.form_of(task), &checked)).filter(known));
    }
    problems
}

fn in_row(field: &str, row: &str, problems: Vec<Problem>) -> impl Iterator<Item = Problem> {
    let path = format!("{field}/{row}/");
    problems.into_iter().map(move |problem| Problem { field: format!("{path}{}", problem.field), ..problem })
}

/// A new task as it will stand: the row's cells and what follows from the visit.
fn new_task(draft: &Answers, row: &str, given_on: NaiveDate, forms: Forms<'_>) -> Answers {
    let mut task =
        draft.row(NEW_TASKS, row).with(family_task::GIVEN_ON, given_on).with(family_task::STATUS, TaskStatus::Set);
    if !task.filled(family_task::DUE_KIND.name()) {
        task.put(family_task::DUE_KIND, DueKind::NextMeeting);
    }
    if !task.filled(family_task::AREA.name())
        && let Some(area) = draft.get(visit_card::AREAS).and_then(|areas| areas.into_iter().next())
    {
        task.set_raw(family_task::AREA.name(), Some(Value::Text(area)));
    }
    without_hidden(task, forms.new_task())
}

/// A checked task as it will stand.
fn checked_task(
    draft: &Answers,
    task: &Record,
    checked_on: NaiveDate,
    visit: Option<RecordId>,
    forms: Forms<'_>,
) -> Answers {
    let mut answers = task.answers.clone();
    for (cell, value) in draft.row(TASK_CHECKS, &task.id.to_string()).0 {
        answers.set_raw(&cell, Some(value));
    }
    let status = answers.get(family_task::STATUS);
    if status.is_some_and(TaskStatus::is_closed) {
        answers.put(family_task::CHECKED_ON, checked_on);
        if let Some(visit) = visit {
            answers.put(family_task::CHECKED_AT, visit.to_string());
        }
    }
    without_hidden(answers, forms.book.form_of(task))
}

/// Answers to fields that are not there under these answers are not kept.
fn without_hidden(mut answers: Answers, form: &Form) -> Answers {
    let hidden: Vec<&str> = form.hidden(&answers).map(|field| field.key).collect();
    for key in hidden {
        answers.set_raw(key, None);
        for row in answers.rows(key) {
            answers.drop_row(key, &row);
        }
    }
    answers
}

/// By which forms an entry and its tasks are written.
#[derive(Clone, Copy, Debug)]
pub struct Forms<'a> {
    /// The entry's: the version that it was begun with.
    pub entry: &'static Form,
    /// The tasks': a new one begins with the newest version, one that stands keeps its own.
    pub book: &'a OfficeBook,
}

impl Forms<'_> {
    fn new_task(self) -> &'static Form {
        self.book.newest_of(RecordKind::Task)
    }
}

/// What is being written.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// The record that it becomes, or is.
    pub record: RecordId,
    /// The family.
    pub family: FamilyId,
    /// The entry as its author saw it, when they correct one.
    pub before: Option<&'a Answers>,
    /// By which forms.
    pub forms: Forms<'a>,
}

/// Ends the writing: the entry, each new task and each checked task, as intents of one moment. Of a
/// corrected entry only what differs is written; the tasks of its first writing stay as they are.
///
/// # Errors
/// All problems, when something stops the entry.
pub fn finish(
    draft: &Answers,
    entry: Entry<'_>,
    around: &Surroundings,
    tasks: &[&Record],
    pen: &Pen<'_>,
) -> Result<Vec<Intent>, Vec<Problem>> {
    let problems = check(draft, entry, pen.today(), around, tasks);
    if stops(&problems) {
        return Err(problems);
    }
    let Entry { record: visit, family, before, forms } = entry;
    let given_on = draft.get(visit_card::DATE).unwrap_or_else(|| pen.today());
    let mut intents = Vec::new();
    let mut given = BTreeSet::new();
    for row in draft.rows(NEW_TASKS) {
        let record = RecordId(pen.id());
        given.insert(record.to_string());
        let task = new_task(draft, &row, given_on, forms).with(family_task::VISIT, visit.to_string());
        let form = forms.new_task().version;
        intents.push(Intent { record, kind: RecordKind::Task, family, form, action: write(None, &task) });
    }
    if let Some(task) = notice::asked_by(visit, draft, given_on, around) {
        let record = notice::task_of(visit);
        given.insert(record.to_string());
        let form = forms.new_task().version;
        intents.push(Intent { record, kind: RecordKind::Task, family, form, action: write(None, &task) });
    }
    if let Some((task, answers)) = notice::withdrawn(draft, around, pen.today()) {
        let action = write(Some(&task.answers), &answers);
        intents.push(Intent { record: task.id, kind: RecordKind::Task, family, form: task.form, action });
    }
    let mut checked = BTreeSet::new();
    for task in tasks {
        if !draft.rows(TASK_CHECKS).contains(&task.id.to_string()) {
            continue;
        }
        let answers = checked_task(draft, task, given_on, Some(visit), forms);
        if answers != task.answers {
            checked.insert(task.id.to_string());
            let action = write(Some(&task.answers), &answers);
            intents.push(Intent { record: task.id, kind: RecordKind::Task, family, form: task.form, action });
        }
    }
    let card = card(draft, given, checked, forms.entry);
    if before != Some(&card) {
        let (form, action) = (forms.entry.version, write(before, &card));
        intents.insert(0, Intent { record: visit, kind: RecordKind::Visit, family, form, action });
    }
    Ok(intents)
}

/// Writes answers: anew, or what differs from those before.
fn write(before: Option<&Answers>, after: &Answers) -> Action {
    Action::Write(edits_between(before.unwrap_or(&Answers::default()), after))
}

/// A correction that was begun on an earlier version, brought onto the one that stands: what was not
/// corrected shows what stands now; what was keeps what its author saw, so that two versions meet as
/// such. Gives what the author has seen and what they have written.
pub fn brought_onto(standing: &Answers, before: &Answers, draft: &Answers) -> (Answers, Answers) {
    let (mut seen, mut written) = (standing.clone(), standing.clone());
    for (field, edit) in edits_between(before, draft) {
        seen.set_raw(&field, edit.before);
        written.set_raw(&field, edit.after);
    }
    (seen, written)
}

/// The card's own answers: without the rows of tasks, with references to the tasks instead, beside those
/// that it holds already.
fn card(draft: &Answers, given: BTreeSet<String>, checked: BTreeSet<String>, form: &Form) -> Answers {
    let mut card = without_hidden(draft.clone(), form);
    let is_own = |key: &str| key.split_once('/').is_none_or(|(rows, _)| ![NEW_TASKS, TASK_CHECKS].contains(&rows));
    card.0.retain(|key, value| is_own(key) && !value.is_blank());
    let put = |card: &mut Answers, key: Key<BTreeSet<String>>, ids: BTreeSet<String>| {
        if !ids.is_empty() {
            let mut all = card.get(key).unwrap_or_default();
            all.extend(ids);
            card.put(key, all);
        }
    };
    put(&mut card, visit_card::NEW_TASKS, given);
    put(&mut card, visit_card::TASK_CHECKS, checked);
    card
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::form::{Cell as _, Weight};
    use crate::domain::{
        codes::{ChangeSignal, EffectScore},
        ids::{ChangeId, Rev, UserId},
        office::Subject,
        record::Stamp,
    };
    use chrono::DateTime;
    use proptest::prelude::*;
    use std::{cell::Cell, sync::LazyLock};
    use uuid::Uuid;

    fn with_pen<T>(work: impl FnOnce(&Pen<'_>) -> T) -> T {
        let count = Cell::new(0u8);
        let random = || {
            count.set(count.get() + 1);
            [count.get(); 10]
        };
        let now = "2026-11-22T14:00:00Z".parse().unwrap();
        work(&Pen { author: UserId(Uuid::nil()), now, offset: 60, random: &random })
    }

    fn standing_task() -> Record {
        let stamp = Stamp { by: UserId(Uuid::nil()), at: DateTime::UNIX_EPOCH, change: ChangeId(Uuid::nil()) };
        Record {
            id: RecordId(Uuid::from_u128(77)),
            kind: RecordKind::Task,
            family: FamilyId(Uuid::from_u128(5)),
            rev: Rev(3),
            made: stamp.clone(),
            changed: stamp,
            form: 1,
            answers: Answers::default()
                .with(family_task::GIVEN_ON, "2026-11-10".parse().unwrap())
                .with(family_task::TASK, "Zapisać dziecko do przedszkola".into())
                .with(family_task::BY_ASSISTANT, true)
                .with(family_task::AREA, crate::domain::codes::Area::A11)
                .with(family_task::DUE_KIND, DueKind::NextMeeting)
                .with(family_task::STATUS, TaskStatus::Set),
            rewrites: vec![],
            disputes: vec![],
            marks: BTreeSet::new(),
        }
    }

    fn written(pen: &Pen<'_>) -> Answers {
        let mut draft = begin(EntryKind::Visit, pen)
            .with(visit_card::DURATION, 50)
            .with(visit_card::PRESENT_OTHERS, "babcia".into())
            .with(visit_card::TASKS, ["T06_PARENTING".to_owned()].into())
            .with(visit_card::AREAS, ["A10".to_owned()].into())
            .with(visit_card::ACTIONS, "Rozmowa o granicach i porach snu.".into())
            .with(visit_card::INSTITUTION, "SCHOOL".into());
        draft.put_row(
            NEW_TASKS,
            "r1",
            Answers::default()
                .with(family_task::TASK, "Odkładać telefon o 20".into())
                .with(family_task::BY_ASSISTANT, true),
        );
        let task = standing_task().id.to_string();
        draft.put_row(
            TASK_CHECKS,
            &task,
            Answers::default()
                .with(family_task::STATUS, TaskStatus::Done)
                .with(family_task::EFFECT, "Dziecko zapisane.".into())
                .with(family_task::EFFECT_SCORE, EffectScore::Lasting),
        );
        draft
    }

    #[test]
    fn one_writing_makes_entry_new_task_and_check() {
        with_pen(|pen| {
            let task = standing_task();
            let visit = RecordId(pen.id());
            let draft = written(pen);
            let entry = Entry { record: visit, family: task.family, before: None, forms: declared() };
            let intents = finish(&draft, entry, &Surroundings::default(), &[&task], pen).unwrap();
            let kinds: Vec<_> = intents.iter().map(|intent| (intent.kind, intent.record == task.id)).collect();
            assert_eq!(kinds, [(RecordKind::Visit, false), (RecordKind::Task, false), (RecordKind::Task, true)]);
            let Action::Write(card) = &intents[0].action else { panic!() };
            assert!(card.keys().all(|key| !key.contains('/')));
            assert!(card.contains_key("new_tasks") && card.contains_key("task_checks"));
            assert!(!card.contains_key("institution"), "hidden answers are not kept");
            let Action::Write(made) = &intents[1].action else { panic!() };
            assert_eq!(made["area"].after, Some(Value::Text("A10".into())), "the visit's area is offered");
            let Action::Write(check) = &intents[2].action else { panic!() };
            assert_eq!(check["checked_on"].after, Some(Value::Text("2026-11-22".into())));
            assert!(!check.contains_key("task"), "only what changed is an edit");
        });
    }

    /// An entry as it stands after the first writing, with its new and its checked task.
    fn finished(pen: &Pen<'_>) -> Record {
        let task = standing_task();
        let entry = Entry { record: RecordId(pen.id()), family: task.family, before: None, forms: declared() };
        let intents = finish(&written(pen), entry, &Surroundings::default(), &[&task], pen).unwrap();
        let Action::Write(edits) = &intents[0].action else { panic!() };
        let answers = edits.iter().map(|(key, edit)| (key.clone(), edit.after.clone().unwrap()));
        Record { id: intents[0].record, kind: RecordKind::Visit, answers: Answers(answers.collect()), ..task }
    }

    /// Nothing is laid over them.
    fn declared() -> Forms<'static> {
        static NOTHING: LazyLock<OfficeBook> = LazyLock::new(OfficeBook::default);
        Forms { entry: &visit_card::FORM, book: &NOTHING }
    }

    fn again(entry: &Record) -> Entry<'_> {
        Entry { record: entry.id, family: entry.family, before: Some(&entry.answers), forms: declared() }
    }

    fn corrected(entry: &Record, draft: &Answers, tasks: &[&Record], pen: &Pen<'_>) -> Vec<Intent> {
        finish(draft, again(entry), &Surroundings::default(), tasks, pen).unwrap()
    }

    #[test]
    fn a_correction_is_what_differs_and_makes_no_task_again() {
        with_pen(|pen| {
            let entry = finished(pen);
            let draft =
                entry.answers.clone().with(visit_card::ACTIONS, "Rozmowa o granicach i porach posiłków.".into());
            let intents = corrected(&entry, &draft, &[], pen);
            assert_eq!(intents.len(), 1, "only the entry");
            let Action::Write(edits) = &intents[0].action else { panic!() };
            assert_eq!(edits.keys().collect::<Vec<_>>(), ["actions"]);
            assert_eq!(edits["actions"].before, entry.answers.raw("actions").cloned());
            assert!(corrected(&entry, &entry.answers, &[], pen).is_empty(), "nothing differs");
        });
    }

    #[test]
    fn a_task_forgotten_at_first_is_added_to_those_of_the_first_writing() {
        with_pen(|pen| {
            let entry = finished(pen);
            let mut draft = entry.answers.clone();
            let row = Answers::default()
                .with(family_task::TASK, "Kupić zeszyty".into())
                .with(family_task::BY_ASSISTANT, true);
            draft.put_row(NEW_TASKS, "r2", row);
            let other = Record { id: RecordId(Uuid::from_u128(78)), ..standing_task() };
            let check = Answers::default()
                .with(family_task::STATUS, TaskStatus::Done)
                .with(family_task::EFFECT, "Zapisane.".into())
                .with(family_task::EFFECT_SCORE, EffectScore::Lasting);
            draft.put_row(TASK_CHECKS, &other.id.to_string(), check);
            let intents = corrected(&entry, &draft, &[&other], pen);
            assert_eq!(intents.len(), 3, "the entry, the forgotten task, the forgotten check");
            let Action::Write(edits) = &intents[0].action else { panic!() };
            assert_eq!(edits.keys().collect::<Vec<_>>(), ["new_tasks", "task_checks"]);
            for key in ["new_tasks", "task_checks"] {
                let (before, after) = (edits[key].before.as_ref().unwrap(), edits[key].after.as_ref().unwrap());
                let (before, after) = (before.set().unwrap(), after.set().unwrap());
                assert!(before.is_subset(after) && after.len() == before.len() + 1, "{key}");
            }
            let Action::Write(made) = &intents[1].action else { panic!() };
            assert_eq!(made["visit"].after, Some(Value::Text(entry.id.to_string())));
        });
    }

    #[test]
    fn a_correction_is_checked_like_an_entry_and_by_its_month() {
        with_pen(|pen| {
            let entry = finished(pen);
            let fields = |draft: &Answers| -> Vec<String> {
                let problems = finish(draft, again(&entry), &Surroundings::default(), &[], pen).unwrap_err();
                problems
                    .into_iter()
                    .filter(|problem| problem.weight == Weight::Error)
                    .map(|problem| problem.field)
                    .collect()
            };
            let mut draft = entry.answers.clone();
            draft.set_raw("actions", None);
            assert_eq!(fields(&draft), ["actions"]);
            let moved = entry.answers.clone().with(visit_card::DATE, "2026-10-31".parse().unwrap());
            assert_eq!(fields(&moved), ["date"]);
        });
    }

    #[test]
    fn a_change_in_the_family_becomes_a_task_once() {
        with_pen(|pen| {
            let plain = finished(pen);
            let adults = vec!["0190a000-0000-7000-8000-000000000001".to_owned()];
            let around = Surroundings { adults, ..Surroundings::default() };
            let draft = plain
                .answers
                .clone()
                .with(visit_card::CHANGE_SIGNAL, ChangeSignal::Work)
                .with(visit_card::CHANGE_NOTE, "ojciec stracił pracę".into());
            let entry = again(&plain);
            let intents = finish(&draft, entry, &around, &[], pen).unwrap();
            let id = notice::task_of(plain.id);
            let task = intents.iter().find(|intent| intent.record == id).unwrap();
            let Action::Write(edits) = &task.action else { panic!() };
            let answers = Answers(crate::domain::order::map_of(
                edits.iter().filter_map(|(key, edit)| Some((key.clone(), edit.after.clone()?))),
            ));
            assert_eq!(family_task::check(&family_task::FORM, &answers), []);
            assert_eq!(
                answers.text(family_task::TASK),
                "Zgłosić pracownikowi socjalnemu zmianę (sytuacja zawodowa): ojciec stracił pracę"
            );
            let given = answers.get(family_task::GIVEN_ON).unwrap();
            assert_eq!(answers.get(family_task::DUE), Some(given + chrono::Days::new(7)));
            let Action::Write(card) = &intents[0].action else { panic!() };
            assert!(card["new_tasks"].after.as_ref().unwrap().set().unwrap().contains(&id.to_string()));

            let standing = Record { id, answers, ..standing_task() };
            let again = Surroundings { notice: Some(standing), ..around };
            let intents = finish(&draft, entry, &again, &[], pen).unwrap();
            assert!(intents.iter().all(|intent| intent.record != id), "it stands already");
            let intents = finish(&plain.answers, entry, &again, &[], pen).unwrap();
            let Action::Write(edits) = &intents[0].action else { panic!() };
            assert_eq!((intents[0].record, edits["status"].after.clone()), (id, Some(TaskStatus::Obsolete.write())));
        });
    }

    #[test]
    fn a_correction_begun_earlier_is_brought_onto_what_stands() {
        let text = |pairs: &[(&str, &str)]| {
            Answers(pairs.iter().map(|(key, text)| ((*key).to_owned(), Value::Text((*text).to_owned()))).collect())
        };
        let before = text(&[("a", "1"), ("b", "1"), ("c", "1")]);
        let draft = text(&[("a", "mine"), ("b", "1"), ("d", "mine")]);
        let standing = text(&[("a", "theirs"), ("b", "theirs"), ("c", "1")]);
        let (seen, written) = brought_onto(&standing, &before, &draft);
        assert_eq!(seen, text(&[("a", "1"), ("b", "theirs"), ("c", "1")]));
        assert_eq!(written, text(&[("a", "mine"), ("b", "theirs"), ("d", "mine")]));
    }

    proptest! {
        /// Whatever stands meanwhile, a correction brings the same edits; and brought onto the version
        /// that it began on, it is as it was.
        #[test]
        fn bringing_a_correction_onto_news_loses_none_of_it(
            before in answers(), draft in answers(), standing in answers(),
        ) {
            let (seen, written) = brought_onto(&standing, &before, &draft);
            prop_assert_eq!(edits_between(&seen, &written), edits_between(&before, &draft));
            prop_assert_eq!(brought_onto(&before, &before, &draft), (before, draft));
        }
    }

    fn answers() -> impl Strategy<Value = Answers> {
        let text = "[a-c]{1}".prop_map(Value::Text);
        proptest::collection::btree_map("[k-n]", text, 0..4).prop_map(Answers)
    }

    #[test]
    fn problems_of_rows_are_named_by_their_row() {
        with_pen(|pen| {
            let mut draft = written(pen);
            draft.set_raw("new_tasks/r1/task", None);
            draft.set_raw(&format!("task_checks/{}/effect", standing_task().id), None);
            let task = standing_task();
            let entry = Entry { record: task.id, family: task.family, before: None, forms: declared() };
            let problems = check(&draft, entry, pen.today(), &Surroundings::default(), &[&task]);
            let fields: Vec<_> = problems.iter().map(|problem| problem.field.as_str()).collect();
            assert_eq!(fields, ["new_tasks/r1/task", &format!("task_checks/{}/effect", standing_task().id)]);
        });
    }

    /// An office asks more of entries and tasks: of those that begin now, and of no earlier task.
    #[test]
    fn what_the_office_adds_is_asked_of_the_entry_and_of_its_new_tasks() {
        let own = |after: &str| {
            let json = format!(
                r#"{{"own":[{{"key":"own_pets","label":"Psy","kind":"LINE","required":true,"after":"{after}"}}]}}"#
            );
            serde_json::from_str(&json).unwrap()
        };
        let mut book = OfficeBook::default();
        for (code, after) in [("visit", "actions"), ("task", "help")] {
            book.publish(Subject::read(code).unwrap(), &own(after), Rev(1)).unwrap();
        }
        with_pen(|pen| {
            let task = standing_task();
            let forms = Forms { entry: book.newest_of(RecordKind::Visit), book: &book };
            let entry = Entry { record: RecordId(pen.id()), family: task.family, before: None, forms };
            let mut draft = written(pen);
            let problems = finish(&draft, entry, &Surroundings::default(), &[&task], pen).unwrap_err();
            let fields: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
            assert_eq!(fields, ["own_pets", "new_tasks/r1/own_pets"]);
            for field in fields {
                draft.set_raw(field, Some(Value::Text("kundel".into())));
            }
            let intents = finish(&draft, entry, &Surroundings::default(), &[&task], pen).unwrap();
            let newest = forms.entry.version;
            assert_eq!(intents.iter().map(|intent| intent.form).collect::<Vec<_>>(), [newest, newest, task.form]);
            for intent in &intents[..2] {
                let Action::Write(edits) = &intent.action else { panic!() };
                assert_eq!(edits["own_pets"].after, Some(Value::Text("kundel".into())));
            }
        });
    }

    #[test]
    fn like_last_time_repeats_circumstances_never_observations() {
        with_pen(|pen| {
            let last = written(pen).with(visit_card::OBSERVATIONS, "Porządek.".into());
            let again = like_last_time(&begin(EntryKind::Visit, pen), &last);
            assert!(again.filled("tasks_art15") && again.filled("areas"));
            assert!(!again.filled("actions") && !again.filled("observations") && !again.filled("duration"));
        });
    }
}
