//! The one pass over the records: what of them belongs to the month, by family.

use super::{Care, Span, Work, car::is_own_car, month_text, standing::stage_on};
use crate::domain::{
    codes::{EntryKind, StatutoryTask, TaskStatus, WorkArea},
    documents::{
        RecordKind, case_card, family_card,
        family_task::{self, FamilyTask},
        papers::{
            course::{LIFE, PAPER},
            meeting, mileage, monthly_report, timesheet,
            training::EVENTS,
        },
        visit_card::{self, VisitCard},
    },
    form::Answers,
    ids::{FamilyId, RecordId, UserId},
    order::sort_by_key,
    procedure::{Life, Paper},
    record::Record,
};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Entries that were made this long before the month may still speak of a visit in it.
const LOOK_BACK: chrono::Days = chrono::Days::new(62);

/// An entry of the month.
pub(super) struct Entry<'a> {
    pub record: &'a Record,
    pub card: VisitCard,
    pub area: WorkArea,
}

/// What an entry around the month says about visits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said {
    pub on: NaiveDate,
    pub record: RecordId,
    pub is_visit: bool,
    pub next: Option<NaiveDate>,
}

/// A family's records, as far as they matter.
#[derive(Default)]
pub(super) struct Records<'a> {
    card: Option<&'a Record>,
    pub cases: Vec<&'a Record>,
    pub entries: Vec<Entry<'a>>,
    pub said: Vec<Said>,
    pub tasks_set: Vec<&'a Record>,
    pub tasks_done: Vec<&'a Record>,
    pub tasks_partly: Vec<&'a Record>,
    pub tasks_not_done: Vec<&'a Record>,
    pub tasks_open: Vec<&'a Record>,
    pub meetings: Vec<&'a Record>,
}

/// A family of the month with its records.
pub(super) struct File<'a> {
    pub care: Care,
    /// It is in the person's care on the last day.
    pub in_care: bool,
    /// The person is or was its assistant in a case: what happened in the file concerns them.
    pub is_own: bool,
    /// The case that the stage is that of.
    pub case: Option<RecordId>,
    pub records: &'a Records<'a>,
}

/// What earlier papers of the person say again.
#[derive(Clone, Debug, Default)]
pub(super) struct Earlier {
    pub report: Option<(String, Answers)>,
    pub timesheet: Option<(String, Answers)>,
    pub mileage: Option<(String, Answers)>,
    /// The timesheet of the month itself: the car's paper asks for the days of absence.
    pub this_timesheet: Option<Answers>,
    /// Rows of the register of trainings.
    pub training: Vec<(String, Answers)>,
}

/// Everything that was found.
pub(super) struct Found<'a> {
    pub by: UserId,
    families: BTreeMap<FamilyId, Records<'a>>,
    pub earlier: Earlier,
}

pub(super) fn gather<'a>(by: UserId, span: Span, records: &mut dyn Iterator<Item = &'a Record>) -> Found<'a> {
    let mut found = Found { by, families: BTreeMap::new(), earlier: Earlier::default() };
    for record in records {
        match record.kind {
            RecordKind::Paper => found.take_paper(by, span, record),
            _ => found.families.entry(record.family).or_default().take(by, span, record),
        }
    }
    for records in found.families.values_mut() {
        records.sort();
    }
    found
}

impl<'a> Found<'a> {
    fn take_paper(&mut self, by: UserId, span: Span, record: &'a Record) {
        let Some(paper) = record.answers.get(PAPER) else { return };
        match paper {
            Paper::Meeting => {
                let held = record.answers.get(meeting::HELD_ON).is_some_and(|day| span.holds(day));
                let handed_in = matches!(record.answers.get(LIFE), Some(Life::Signed | Life::Approved));
                if held && handed_in {
                    self.families.entry(record.family).or_default().meetings.push(record);
                }
            }
            _ if record.made.by == by => self.earlier.take(paper, span, record),
            _ => {}
        }
    }

    /// The families that the report has a row for, by code: those in care, and those that were worked with.
    pub fn files(&'a self, by: UserId, span: Span) -> Vec<File<'a>> {
        let files = self.families.iter().map(|(family, records)| file(*family, records, by, span));
        let mut files: Vec<File> = files.filter(|file| file.in_care || !file.records.entries.is_empty()).collect();
        sort_by_key(&mut files, |file| file.care.code.clone());
        files
    }

    /// Every file, also of families that have no row: cases begin and end in them.
    pub fn records(&self) -> impl Iterator<Item = &Records<'a>> {
        self.families.values()
    }

    /// The entries of the month, by day.
    pub fn work(&self, files: &[File<'_>]) -> Vec<Work> {
        let mut work = Vec::new();
        for file in files {
            work.extend(file.records.entries.iter().map(|entry| work_of(entry, &file.care.code)));
        }
        sort_by_key(&mut work, |work| (work.card.date, work.card.start, work.record));
        work
    }
}

fn work_of(entry: &Entry<'_>, code: &str) -> Work {
    let answers = &entry.record.answers;
    let places = [visit_card::TRAVEL_FROM, visit_card::TRAVEL_TO].map(|key| answers.text(key).trim().to_owned());
    let places: Vec<String> = places.into_iter().filter(|place| !place.is_empty()).collect();
    Work {
        record: entry.record.id,
        code: code.to_owned(),
        card: entry.card.clone(),
        area: entry.area,
        end: answers.get(visit_card::END),
        own_car: is_own_car(answers),
        route: places.join(" – "),
    }
}

fn file<'a>(family: FamilyId, records: &'a Records<'a>, by: UserId, span: Span) -> File<'a> {
    let text = |key| records.card.map(|card| card.answers.text(key).to_owned()).unwrap_or_default();
    // The last case made is the current one.
    let case = records.cases.last();
    let stage = case.and_then(|case| stage_on(&case.answers, span.stands_on()));
    let is_own = records.cases.iter().any(|case| case.answers.get(case_card::ASSISTANT) == Some(by));
    let theirs = case.is_some_and(|case| case.answers.get(case_card::ASSISTANT) == Some(by));
    let care = Care { family, code: text(family_card::CODE), surname: text(family_card::SURNAME), stage };
    let in_care = theirs && stage.is_some_and(|stage| stage.is_with_assistant());
    File { care, in_care, is_own, case: case.map(|case| case.id), records }
}

impl<'a> Records<'a> {
    fn take(&mut self, by: UserId, span: Span, record: &'a Record) {
        match record.kind {
            RecordKind::Family => self.card = Some(record),
            RecordKind::Case => self.cases.push(record),
            RecordKind::Visit if record.made.by == by => self.take_entry(span, record),
            RecordKind::Task => self.take_task(span, record),
            RecordKind::Visit | RecordKind::Paper => {}
        }
    }

    /// The same order, however they came.
    fn sort(&mut self) {
        sort_by_key(&mut self.entries, |entry| (entry.card.date, entry.card.start, entry.record.id));
        for records in [
            &mut self.cases,
            &mut self.tasks_set,
            &mut self.tasks_done,
            &mut self.tasks_partly,
            &mut self.tasks_not_done,
            &mut self.tasks_open,
            &mut self.meetings,
        ] {
            sort_by_key(records, |record| record.id);
        }
    }

    fn take_entry(&mut self, span: Span, record: &'a Record) {
        let Some(on) = record.answers.get(visit_card::DATE) else { return };
        if span.first.checked_sub_days(LOOK_BACK).is_some_and(|from| on < from) {
            return;
        }
        let Some(card) = VisitCard::read(&record.answers) else { return };
        let (is_visit, next) = (card.kind == EntryKind::Visit, card.next_visit.map(|next| next.date()));
        if is_visit || next.is_some() {
            self.said.push(Said { on, record: record.id, is_visit, next });
        }
        if span.holds(on) {
            let area = area_of(&record.answers, &card);
            self.entries.push(Entry { record, card, area });
        }
    }

    fn take_task(&mut self, span: Span, record: &'a Record) {
        let Some(task) = FamilyTask::read(&record.answers) else { return };
        if span.holds(task.given_on) {
            self.tasks_set.push(record);
        }
        if !task.status.is_closed() {
            self.tasks_open.push(record);
        }
        if !task.checked_on.is_some_and(|day| span.holds(day)) {
            return;
        }
        match task.status {
            TaskStatus::Done => self.tasks_done.push(record),
            TaskStatus::Partly => self.tasks_partly.push(record),
            TaskStatus::NotDone => self.tasks_not_done.push(record),
            TaskStatus::Set | TaskStatus::InProgress | TaskStatus::Obsolete => {}
        }
    }
}

/// The work area that a person chose, else that of the first task, else what the kind of entry is.
fn area_of(answers: &Answers, card: &VisitCard) -> WorkArea {
    let of_kind = match card.kind {
        EntryKind::Documentation => WorkArea::Workshop,
        EntryKind::Institution | EntryKind::Team => WorkArea::Indirect,
        EntryKind::ChildHearing => WorkArea::Children,
        _ => WorkArea::Parents,
    };
    let of_task = || card.tasks.first().copied().map(StatutoryTask::work_area);
    answers.get(visit_card::WORK_AREA).or_else(of_task).unwrap_or(of_kind)
}

impl Earlier {
    fn take(&mut self, paper: Paper, span: Span, record: &Record) {
        let (answers, this) = (&record.answers, month_text(span.first));
        match paper {
            Paper::MonthlyReport => keep_last(&mut self.report, answers.text(monthly_report::MONTH), &this, answers),
            Paper::Mileage => keep_last(&mut self.mileage, answers.text(mileage::MONTH), &this, answers),
            Paper::Timesheet => {
                let month = answers.text(timesheet::MONTH);
                if month == this {
                    self.this_timesheet = Some(answers.clone());
                }
                keep_last(&mut self.timesheet, month, &this, answers);
            }
            Paper::Training => {
                let rows = answers.rows(EVENTS).into_iter().map(|row| (row.clone(), answers.row(EVENTS, &row)));
                self.training.extend(rows);
            }
            _ => {}
        }
    }
}

/// Keeps the paper of the latest month before this one.
fn keep_last(kept: &mut Option<(String, Answers)>, month: &str, this: &str, answers: &Answers) {
    let is_later = kept.as_ref().is_none_or(|(other, _)| other.as_str() < month);
    if !month.is_empty() && month < this && is_later {
        *kept = Some((month.to_owned(), answers.clone()));
    }
}

/// The words of a task.
pub(super) fn task_words(record: &Record) -> &str {
    record.answers.text(family_task::TASK)
}
