//! How somebody's reports (nr 14) of the last months stand, for whoever waits for them.

use super::{due_on, month_before, paper_of};
use crate::domain::{
    documents::papers::course::LIFE,
    ids::{RecordId, UserId},
    procedure::{Life, Paper},
    record::Record,
};
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// The current month and those before it.
const MONTHS: usize = 3;

/// The report of one month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthReport {
    /// The first day of the month.
    pub month: NaiveDate,
    /// The paper, when the office has one.
    pub record: Option<RecordId>,
    /// How far it has come.
    pub life: Option<Life>,
}

impl MonthReport {
    /// Has its day (D09) passed without it?
    pub fn is_missing(&self, today: NaiveDate) -> bool {
        !self.is_handed_in() && today > due_on(self.month)
    }

    /// Has the assistant done their part?
    pub fn is_handed_in(&self) -> bool {
        matches!(self.life, Some(Life::Signed | Life::Approved))
    }
}

/// The first days of the months that are looked at, the newest first.
pub fn months_shown(today: NaiveDate) -> Vec<NaiveDate> {
    let first = today.with_day(1).unwrap_or(today);
    std::iter::successors(Some(first), |first| month_before(*first)).take(MONTHS).collect()
}

/// How a person's reports of those months stand.
pub fn reports_of(records: &[Record], by: UserId, today: NaiveDate) -> Vec<MonthReport> {
    let report = |month: NaiveDate| {
        let found = paper_of(records, by, Paper::MonthlyReport, month);
        let life = found.map(|record| record.answers.get(LIFE).unwrap_or(Life::Draft));
        MonthReport { month, record: found.map(|record| record.id), life }
    };
    months_shown(today).into_iter().map(report).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        documents::{
            RecordKind,
            papers::{course::PAPER, monthly_report},
        },
        form::Answers,
        testing::{day, record},
    };

    fn report(n: u128, life: Life, month: &str) -> Record {
        let answers = Answers::default()
            .with(PAPER, Paper::MonthlyReport)
            .with(LIFE, life)
            .with(monthly_report::MONTH, month.to_owned());
        record(n, RecordKind::Paper, answers)
    }

    #[test]
    fn the_last_months_are_looked_at_across_the_year() {
        let firsts = |today: &str| months_shown(day(today));
        assert_eq!(firsts("2026-11-22"), [day("2026-11-01"), day("2026-10-01"), day("2026-09-01")]);
        assert_eq!(firsts("2027-01-31"), [day("2027-01-01"), day("2026-12-01"), day("2026-11-01")]);
    }

    #[test]
    fn a_report_is_missing_when_its_day_has_passed() {
        let by = record(1, RecordKind::Paper, Answers::default()).made.by;
        let records = [report(1, Life::Approved, "2026-09"), report(2, Life::Returned, "2026-10")];
        for (today, missing) in [
            ("2026-11-05", [false, false, false]),
            ("2026-11-06", [false, true, false]),
            ("2026-11-22", [false, true, false]),
        ] {
            let found = reports_of(&records, by, day(today));
            let is_missing: Vec<bool> = found.iter().map(|report| report.is_missing(day(today))).collect();
            assert_eq!(is_missing, missing, "{today}");
        }
        let lives: Vec<_> = reports_of(&records, by, day("2026-11-22")).iter().map(|report| report.life).collect();
        assert_eq!(lives, [None, Some(Life::Returned), Some(Life::Approved)]);
    }
}
