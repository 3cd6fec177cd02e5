//! A month of one assistant's work, counted from their entries: what nr 14, the record of working time and that
//! of the car are filled from. Each figure names the records that it counts, so that a person can look behind it.
//!
//! Records are gone through once, whatever their order (`gather`); what follows works on what was found.
//! Monitoring cards (zał. 11) are not counted beside the entries: their rows are copies of entries of zał. 8.

mod car;
mod days;
mod drafts;
mod figures;
mod fill;
mod gaps;
mod gather;
mod reports;
mod standing;
#[cfg(test)]
mod tests;

/// A figure of a month (`rows/<family>/visits_held`) with the records that it counts. Nr 14 has a list of the same
/// name.
pub use super::figure::Figure as Counted;
pub use fill::counted;
pub use gaps::Gap;
pub use reports::{MonthReport, months_shown, reports_of};
pub use standing::{due_on, month_before, month_of_paper, month_to_report, paper_of};

use crate::domain::{
    calendar::month_end,
    codes::WorkArea,
    documents::{case_card::Stage, visit_card::VisitCard},
    form::Value,
    ids::{FamilyId, RecordId, UserId},
    record::Record,
};
use chrono::{Datelike, NaiveDate, NaiveTime};

/// A family of the month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Care {
    /// The family.
    pub family: FamilyId,
    /// Its code.
    pub code: String,
    /// Its surname.
    pub surname: String,
    /// Stage on the last day of the month, where it is known.
    pub stage: Option<Stage>,
}

/// One entry, as the papers about time and travel need it.
#[derive(Clone, Debug)]
struct Work {
    record: RecordId,
    code: String,
    card: VisitCard,
    area: WorkArea,
    end: Option<NaiveTime>,
    own_car: bool,
    route: String,
}

/// A month of one assistant's work.
#[derive(Clone, Debug)]
pub struct Month {
    /// Whose.
    pub by: UserId,
    /// Its first day.
    pub first: NaiveDate,
    /// The families, by code.
    pub care: Vec<Care>,
    /// Every figure of nr 14, in the order of the paper.
    pub figures: Vec<Counted>,
    /// Texts to begin with, by field of nr 14. The person edits them.
    pub drafts: Vec<(String, String)>,
    /// Visits that were planned and of which nothing is written.
    pub gaps: Vec<Gap>,
    /// The entries, by day.
    work: Vec<Work>,
    earlier: gather::Earlier,
}

/// Counts the month that begins on `first`. Records of others, of other months and of any order may be among
/// them.
pub fn month_of<'a>(
    by: UserId,
    first: NaiveDate,
    records: impl IntoIterator<Item = &'a Record>,
    today: NaiveDate,
) -> Month {
    let first = first.with_day(1).unwrap_or(first);
    let span = Span { first, last: month_end(first), today };
    let found = gather::gather(by, span, &mut records.into_iter());
    let files = found.files(by, span);
    let figures = figures::all(&files, &found, span);
    let drafts = drafts::all(&files, span);
    let gaps = gaps::all(&files, span);
    let care = files.iter().map(|file| file.care.clone()).collect();
    let work = found.work(&files);
    Month { by, first, care, figures, drafts, gaps, work, earlier: found.earlier }
}

impl Month {
    /// The figure of a field of nr 14.
    pub fn figure(&self, path: &str) -> Option<&Counted> {
        self.figures.iter().find(|figure| figure.path == path)
    }

    /// A whole number of nr 14; zero where nothing was counted.
    pub fn number(&self, path: &str) -> i64 {
        match self.figure(path).map(|figure| &figure.value) {
            Some(Value::Number(number)) => *number,
            _ => 0,
        }
    }

    /// Its last day.
    pub fn last(&self) -> NaiveDate {
        month_end(self.first)
    }
}

/// The days that are asked about.
#[derive(Clone, Copy, Debug)]
struct Span {
    first: NaiveDate,
    last: NaiveDate,
    today: NaiveDate,
}

impl Span {
    fn holds(&self, day: NaiveDate) -> bool {
        self.first <= day && day <= self.last
    }

    /// Figures stand on the last day; of a month that still runs, on today.
    fn stands_on(&self) -> NaiveDate {
        self.last.min(self.today)
    }
}

/// A month as answers write it: "2026-11".
pub fn month_text(first: NaiveDate) -> String {
    format!("{}-{:02}", first.year(), first.month())
}
