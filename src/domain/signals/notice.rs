//! D10: a change in the family becomes a task. The family has seven days to tell the social worker; after them
//! the assistant does. The task is made with the entry, without a network too, and ticking it off ends the term.

use crate::domain::{
    calendar::working_day_from,
    codes::{ChangeSignal, DueKind, EntryKind, TaskOrigin, TaskStatus, ToldBy},
    deadlines::{Code, Settings},
    documents::{
        RecordKind, family_task,
        visit_card::{self, Surroundings},
    },
    form::Answers,
    ids::RecordId,
    order::{set_of, sort_by_key},
    record::Record,
    words,
};
use chrono::NaiveDate;
use uuid::Uuid;

/// The institution's code of the office's own social worker.
const WORKER: &str = "OPS_WORKER";
/// Longest words of a task.
const MOST_WORDS: usize = 200;

/// The task of an entry's change has an id that follows from the entry's: nobody makes it twice.
pub fn task_of(entry: RecordId) -> RecordId {
    RecordId(Uuid::from_u128(entry.0.as_u128() ^ 1))
}

/// Is this task to tell the social worker of a change?
pub fn is_notice(task: &Answers) -> bool {
    task.get(family_task::ORIGIN) == Some(TaskOrigin::Change)
}

/// The task that this entry asks for; nothing without a change, or when it stands already.
pub fn asked_by(entry: RecordId, card: &Answers, given_on: NaiveDate, around: &Surroundings) -> Option<Answers> {
    let signal = card.get(visit_card::CHANGE_SIGNAL).filter(|_| around.notice.is_none())?;
    let due = last_day(given_on, &around.settings);
    let mut task = Answers::default()
        .with(family_task::GIVEN_ON, given_on)
        .with(family_task::VISIT, entry.to_string())
        .with(family_task::TASK, words_of(signal, card.text(visit_card::CHANGE_NOTE)))
        .with(family_task::ORIGIN, TaskOrigin::Change)
        .with(family_task::AREA, signal.area())
        .with(family_task::DUE_KIND, DueKind::Date)
        .with(family_task::DUE, due)
        .with(family_task::STATUS, TaskStatus::Set);
    match around.adults.is_empty() {
        true => task.put(family_task::BY_ASSISTANT, true),
        false => task.put(family_task::WHO, set_of(around.adults.iter().cloned())),
    }
    Some(task)
}

/// The open task whose entry does not tell of a change any more, as it then stands.
pub fn withdrawn<'a>(card: &Answers, around: &'a Surroundings, today: NaiveDate) -> Option<(&'a Record, Answers)> {
    let task = around.notice.as_ref().filter(|_| card.get(visit_card::CHANGE_SIGNAL).is_none())?;
    let is_open = task.answers.get(family_task::STATUS).is_some_and(|status: TaskStatus| !status.is_closed());
    let answers = task
        .answers
        .clone()
        .with(family_task::STATUS, TaskStatus::Obsolete)
        .with(family_task::CHECKED_ON, today)
        .with(family_task::OBSOLETE_REASON, "Zmianę wykreślono z wpisu w karcie pracy.".into());
    is_open.then_some((task, answers))
}

fn words_of(signal: ChangeSignal, note: &str) -> String {
    let said = ["Zgłosić pracownikowi socjalnemu zmianę (", signal.label(), "): ", note.trim()].concat();
    if said.chars().count() <= MOST_WORDS {
        return said;
    }
    let mut cut: String = said.chars().take(MOST_WORDS - 1).collect();
    cut.push('…');
    cut
}

/// How the social worker came to know of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// On which day.
    pub on: NaiveDate,
    /// By whom, when a task was ticked off; else an entry tells of a talk.
    pub by: Option<ToldBy>,
}

/// A change in the family that an entry told of.
#[derive(Clone, Debug)]
pub struct Notice<'a> {
    /// The entry.
    pub entry: &'a Record,
    /// Its day: that on which the assistant learnt of it.
    pub since: NaiveDate,
    /// What changed.
    pub signal: ChangeSignal,
    /// The task, when it was made with the entry.
    pub task: Option<&'a Record>,
    /// How the social worker came to know, once they do.
    pub told: Option<Told>,
}

impl Notice<'_> {
    /// What changed, in the words of the entry.
    pub fn words(&self) -> String {
        let note = self.entry.answers.text(visit_card::CHANGE_NOTE).trim();
        match note.is_empty() {
            true => self.signal.label().to_owned(),
            false => [self.signal.label(), " – ", note].concat(),
        }
    }

    /// How it stands: "pracownik socjalny wie od 5 listopada 2026 (rodzina zgłosiła sama)".
    pub fn told_words(&self) -> Option<String> {
        let told = self.told?;
        let by = told.by.map(|by| [" (", by.label(), ")"].concat()).unwrap_or_default();
        Some(["pracownik socjalny wie od ", &words::date(told.on), &by].concat())
    }
}

/// The changes that these entries told of, the oldest first, each with its task.
pub fn notices<'a>(records: impl IntoIterator<Item = &'a Record>) -> Vec<Notice<'a>> {
    let (mut entries, mut tasks) = (Vec::new(), Vec::new());
    for record in records {
        match record.kind {
            RecordKind::Visit => entries.push(record),
            RecordKind::Task if is_notice(&record.answers) => tasks.push(record),
            _ => {}
        }
    }
    let talks: Vec<NaiveDate> = entries.iter().copied().filter_map(talk_with_worker).collect();
    let mut notices: Vec<Notice<'a>> = entries
        .into_iter()
        .filter_map(|entry| {
            let signal = entry.answers.get(visit_card::CHANGE_SIGNAL)?;
            let since = entry.answers.get(visit_card::DATE)?;
            let task = tasks.iter().copied().find(|task| task.answers.text(family_task::VISIT) == entry.id.to_string());
            let talk = talks.iter().copied().filter(|day| *day >= since).min().map(|on| Told { on, by: None });
            let told = task.and_then(told_by_task).or(talk);
            Some(Notice { entry, since, signal, task, told })
        })
        .collect();
    sort_by_key(&mut notices, |notice| (notice.since, notice.entry.id));
    notices
}

/// The day of an entry about a talk with the office's own social worker.
fn talk_with_worker(entry: &Record) -> Option<NaiveDate> {
    let answers = &entry.answers;
    let is_talk = answers.get(visit_card::KIND) == Some(EntryKind::Institution)
        && answers.text(visit_card::INSTITUTION) == WORKER;
    answers.get(visit_card::DATE).filter(|_| is_talk)
}

fn told_by_task(task: &Record) -> Option<Told> {
    let answers = &task.answers;
    let done = answers.get(family_task::STATUS) == Some(TaskStatus::Done);
    let on = answers.get(family_task::CHECKED_ON).filter(|_| done)?;
    Some(Told { on, by: answers.get(family_task::TOLD) })
}

/// Until when the family itself may tell of what was learnt on this day: the last day of D10 in this office.
pub fn last_day(since: NaiveDate, settings: &Settings) -> NaiveDate {
    let counted = settings.term(Code::D10).last_day(since, None, None).unwrap_or(since);
    if settings.shifts_to_working_day() { working_day_from(counted) } else { counted }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        deadlines::{Deadline, Parameters, terms_of_family},
        documents::case_card::{self, Stage},
        testing::{day, record},
    };

    fn changed(on: &str) -> Record {
        let card = Answers::default()
            .with(visit_card::DATE, day(on))
            .with(visit_card::KIND, EntryKind::Visit)
            .with(visit_card::CHANGE_SIGNAL, ChangeSignal::Work)
            .with(visit_card::CHANGE_NOTE, "ojciec stracił pracę".into());
        record(10, RecordKind::Visit, card)
    }

    #[test]
    fn the_task_ends_on_the_day_of_the_term() {
        let case = Answers::default().with(case_card::STAGE, Stage::Cooperation);
        let records = [record(1, RecordKind::Case, case), changed("2026-11-01")];
        for shift_to_working_day in [false, true] {
            let parameters = Parameters { shift_to_working_day, ..Parameters::default() };
            let settings = Settings::check(parameters).unwrap();
            let terms = terms_of_family(&records, &settings, day("2026-11-05"));
            let term: &Deadline = terms.iter().find(|term| term.code == Code::D10).unwrap();
            assert_eq!(last_day(day("2026-11-01"), &settings), term.due, "{shift_to_working_day}");
        }
    }

    #[test]
    fn a_talk_or_a_task_says_how_the_social_worker_came_to_know() {
        let talk = Answers::default()
            .with(visit_card::KIND, EntryKind::Institution)
            .with(visit_card::INSTITUTION, WORKER.to_owned())
            .with(visit_card::DATE, day("2026-11-05"));
        let task = Answers::default()
            .with(family_task::ORIGIN, TaskOrigin::Change)
            .with(family_task::VISIT, changed("2026-11-01").id.to_string())
            .with(family_task::STATUS, TaskStatus::Done)
            .with(family_task::CHECKED_ON, day("2026-11-03"))
            .with(family_task::TOLD, ToldBy::Family);
        let (talk, task) = (record(11, RecordKind::Visit, talk), record(12, RecordKind::Task, task));
        let said = |records: &[&Record]| notices(records.iter().copied())[0].told_words();
        let entry = changed("2026-11-01");
        assert_eq!(said(&[&entry]), None);
        assert_eq!(said(&[&entry, &talk]).unwrap(), "pracownik socjalny wie od 5 listopada 2026");
        assert_eq!(
            said(&[&entry, &talk, &task]).unwrap(),
            "pracownik socjalny wie od 3 listopada 2026 (rodzina zgłosiła sama)"
        );
        assert!(notices([&talk]).is_empty());
    }
}
