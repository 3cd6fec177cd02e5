//! Nr 14 itself: what it begins with, and what is written into it again when it is handed in.

use super::{Month, due_on, month_text};
use crate::domain::{
    documents::papers::{
        OWN_WORK,
        course::{LIFE, PAPER},
        monthly_report::{FIGURE, FORM, Figure, MONTH, OVERRIDES, ROWS, SUBMITTED_ON, SUMMARY, TrainingKind},
        parts::{DOC_DATE, PLACE},
        timesheet::WORKER,
        training::Learning,
    },
    form::{Answers, Cell, Field, Key, Kind, Source, Value, field::read_month},
    ids::UserId,
    procedure::{Life, Paper},
    record::Record,
};
use chrono::NaiveDate;

/// What stays the same from month to month.
const SAME: &[&str] = &["contract", "fte"];
/// Trainings of the month, a row each.
const TRAINING: &str = "training";
const DATE: Key<NaiveDate> = Key::new("date");
const LATE: Key<bool> = Key::new("late");
const FAMILY_CODE: Key<String> = Key::new("family_code");
const OLD: Key<i64> = Key::new("old");

/// A paper of a month as it is handed in: with what nobody types, counted anew from these records. Other papers stay
/// as they are.
pub fn counted<'a>(
    paper: Paper,
    mut answers: Answers,
    by: UserId,
    records: impl IntoIterator<Item = &'a Record>,
    today: NaiveDate,
) -> Answers {
    let first = OWN_WORK.contains(&paper).then(|| read_month(answers.text(MONTH))).flatten();
    if let Some(first) = first {
        if paper == Paper::MonthlyReport {
            answers.put(SUBMITTED_ON, today);
        }
        super::month_of(by, first, records, today).count(paper, &mut answers);
    }
    answers
}

impl Month {
    /// A paper about this month, or the register of trainings, as it opens.
    pub fn open(&self, paper: Paper, place: Option<String>, today: NaiveDate) -> Answers {
        let mut answers = Answers::default().with(PAPER, paper).with(LIFE, Life::Draft).with(DOC_DATE, today);
        if let Some(place) = place.filter(|place| !place.is_empty()) {
            answers.put(PLACE, place);
        }
        if paper == Paper::Training {
            answers.put(WORKER, self.by.to_string());
        }
        self.begin(paper, &mut answers, today);
        answers
    }

    /// A paper that was begun earlier, as it opens again: counted anew, and with the text of a family that has come
    /// since. What was written stays.
    pub fn reopen(&self, paper: Paper, answers: &mut Answers) {
        self.count(paper, answers);
        let texts = self.drafts.iter().filter(|_| paper == Paper::MonthlyReport);
        for (path, text) in texts {
            let is_required = path.ends_with(SUMMARY.name());
            if is_required && !answers.filled(path) {
                answers.set_raw(path, Some(Value::Text(text.clone())));
            }
        }
    }

    /// Fills an empty paper about this month; nothing for other papers.
    pub fn begin(&self, paper: Paper, answers: &mut Answers, today: NaiveDate) {
        match paper {
            Paper::MonthlyReport => self.begin_report(answers, today),
            Paper::Timesheet => self.begin_timesheet(answers, today),
            Paper::Mileage => self.begin_mileage(answers),
            _ => {}
        }
    }

    /// Writes what nobody types, as it stands now: entries may have come or changed since the paper was begun.
    pub fn count(&self, paper: Paper, answers: &mut Answers) {
        match paper {
            Paper::MonthlyReport => self.count_report(answers),
            Paper::Timesheet => self.count_timesheet(answers),
            Paper::Mileage => self.count_mileage(answers),
            _ => {}
        }
    }

    fn begin_report(&self, answers: &mut Answers, today: NaiveDate) {
        answers.put(MONTH, month_text(self.first));
        answers.put(SUBMITTED_ON, today);
        if let Some((_, last)) = &self.earlier.report {
            for key in SAME {
                answers.set_raw(key, last.raw(key).cloned());
            }
        }
        for (path, text) in &self.drafts {
            answers.set_raw(path, Some(Value::Text(text.clone())));
        }
        for (row, event) in &self.earlier.training {
            if event.get(DATE).is_some_and(|day| self.first <= day && day <= self.last()) {
                answers.put_row(TRAINING, row, learnt(event));
            }
        }
        self.count_report(answers);
    }

    fn count_report(&self, answers: &mut Answers) {
        // What is no longer so must go: a list that became empty, a family that left.
        let computed = |field: &Field| matches!(field.source, Source::Computed(_));
        for field in FORM.fields().filter(|field| computed(field) && field.key != "doc_no") {
            answers.set_raw(field.key, None);
            for row in answers.rows(field.key) {
                answers.drop_row(field.key, &row);
            }
        }
        if let Some(Kind::RowsOf(_, cells)) = FORM.field(ROWS).map(|field| field.kind) {
            // A family that went to a colleague took its cards along; what was counted before is all there is.
            let rows = self.care.iter().map(|care| care.family.to_string());
            for row in rows {
                for cell in cells.iter().filter(|cell| computed(cell)) {
                    answers.set_raw(&[ROWS, "/", &row, "/", cell.key].concat(), None);
                }
            }
        }
        for figure in &self.figures {
            answers.set_raw(&figure.path, Some(figure.value.clone()));
        }
        for row in answers.rows(OVERRIDES) {
            let cells = answers.row(OVERRIDES, &row);
            let old = cells.get(FIGURE).and_then(|figure| self.before_override(figure, cells.text(FAMILY_CODE)));
            answers.set_raw(&[OVERRIDES, "/", &row, "/", OLD.name()].concat(), old.map(Cell::write));
        }
        if let Some(submitted) = answers.get(SUBMITTED_ON) {
            answers.put(LATE, submitted > due_on(self.first));
        }
    }

    /// What the report itself says where somebody puts it right, in whole units.
    fn before_override(&self, figure: Figure, code: &str) -> Option<i64> {
        let key = figure.code().to_lowercase();
        let whole = |number: i64| {
            if matches!(figure, Figure::WorkHours | Figure::TravelKm) { (number + 5) / 10 } else { number }
        };
        if !figure.is_of_family() {
            return Some(whole(self.number(&key)));
        }
        let family = self.care.iter().find(|care| care.code == code.trim())?.family;
        Some(self.number(&[ROWS, "/", &family.to_string(), "/", &key].concat()))
    }
}

/// A row of the register of trainings, as the report asks for it.
fn learnt(event: &Answers) -> Answers {
    let mut cells = Answers::default();
    for key in ["date", "topic", "hours"] {
        cells.set_raw(key, event.raw(key).cloned());
    }
    let kind = event.get(Key::<Learning>::new("kind")).map(|kind| match kind {
        Learning::Training => TrainingKind::Training,
        Learning::Counselling => TrainingKind::Counselling,
        Learning::Supervision => TrainingKind::Supervision,
    });
    cells.set_raw("kind", kind.map(Cell::write));
    cells
}
