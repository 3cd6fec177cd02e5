//! How long a term runs, and by which rule its last day is found.

use crate::domain::{
    calendar::{add_days, add_months, add_working_days, age_on, month_end},
    words::{DAYS, FAMILIES, Noun},
};
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

const MONTHS: Noun = Noun("miesiąc", "miesiące", "miesięcy");
const WORKING_DAYS: Noun = Noun("dzień roboczy", "dni robocze", "dni roboczych");
const HOURS: Noun = Noun("godzina", "godziny", "godzin");

/// A length together with its rule of counting (spec/domain.md 2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Term {
    /// R-DAY: calendar days, the day of the event not counted (KC art. 111).
    Days(u32),
    /// R-MONTH: the same day number, or the last day of the month (KC art. 112).
    Months(u32),
    /// R-WORK: Monday to Friday, public holidays and (since 2025) 24 December left out.
    WorkingDays(u32),
    /// Hours that really pass, also over the change of clocks (RODO art. 33).
    Hours(u32),
    /// Months by the child's age on the day that starts the term (art. 131 of the act).
    ByAge {
        /// For a child under three.
        under_three: u32,
        /// For an older one.
        older: u32,
    },
    /// The day stands in a letter; when it does not, so many days.
    Stated {
        /// Days from the letter's arrival, or nothing when there is no term without a day.
        otherwise: Option<u32>,
    },
    /// To this day of the month after each month.
    AfterMonth(u32),
    /// To this day of the month after each half-year.
    AfterHalfYear(u32),
    /// To this day of the next year.
    AfterYear {
        /// Month of the day.
        month: u32,
        /// Day of the month.
        day: u32,
    },
    /// Not a day but a count: at most so many families at once.
    Families(u32),
}

impl Term {
    /// The last day of the term, counted from what started it (or from the end of the period that is
    /// reported). `None` for a count, and for a day that only a letter could tell.
    ///
    /// `born` is the birthday of the child in question; without it the shorter length counts.
    pub fn last_day(self, start: NaiveDate, stated: Option<NaiveDate>, born: Option<NaiveDate>) -> Option<NaiveDate> {
        Some(match self {
            Term::Days(days) => add_days(start, days),
            // The set day of monitoring may come earlier than the longest allowed, never later.
            Term::Months(months) => stated.map_or(add_months(start, months), |day| day.min(add_months(start, months))),
            Term::WorkingDays(days) => add_working_days(start, days),
            // Without the hour of the event the whole days are the safe reading.
            Term::Hours(hours) => add_days(start, hours / 24),
            Term::ByAge { under_three, older } => {
                let is_older = born.is_some_and(|born| age_on(born, start) >= 3);
                add_months(start, if is_older { older } else { under_three })
            }
            Term::Stated { otherwise } => stated.or(otherwise.map(|days| add_days(start, days)))?,
            Term::AfterMonth(day) | Term::AfterHalfYear(day) => day_of_month_after(start, day),
            Term::AfterYear { month, day } => {
                let first = NaiveDate::from_ymd_opt(start.year().checked_add(1)?, month, 1)?;
                first.with_day(day).unwrap_or(month_end(first))
            }
            Term::Families(_) => return None,
        })
    }

    /// The last day of the running period that holds this day, for terms that come with the calendar.
    pub fn period_end(self, day: NaiveDate) -> Option<NaiveDate> {
        let months = match self {
            Term::AfterMonth(_) => 1,
            Term::AfterHalfYear(_) => 6,
            Term::AfterYear { .. } => 12,
            _ => return None,
        };
        let last_month = day.month0() / months * months + months;
        Some(month_end(NaiveDate::from_ymd_opt(day.year(), last_month, 1)?))
    }

    /// Is it of the same unit as another, and not longer? `None` when the two cannot be compared.
    pub fn is_within(self, longest: Term) -> Option<bool> {
        use Term::*;
        Some(match (self, longest) {
            (Days(ours), Days(theirs))
            | (Months(ours), Months(theirs))
            | (WorkingDays(ours), WorkingDays(theirs))
            | (Hours(ours), Hours(theirs))
            | (AfterMonth(ours), AfterMonth(theirs))
            | (AfterHalfYear(ours), AfterHalfYear(theirs))
            | (Families(ours), Families(theirs)) => ours <= theirs,
            (ByAge { under_three, older }, ByAge { under_three: young, older: old }) => {
                under_three <= young && older <= old
            }
            (Stated { otherwise: Some(ours) }, Stated { otherwise: Some(theirs) }) => ours <= theirs,
            (Stated { otherwise: None }, Stated { otherwise: None }) => true,
            (AfterYear { month, day }, AfterYear { month: latest, day: last }) => (month, day) <= (latest, last),
            _ => return None,
        })
    }

    /// Is it a length that makes sense: not nothing, a day that every such month has, not a lifetime?
    pub fn is_sensible(self) -> bool {
        match self {
            Term::Days(days) | Term::WorkingDays(days) => (1..=366).contains(&days),
            Term::Months(months) => (1..=60).contains(&months),
            Term::Hours(hours) => (1..=72).contains(&hours),
            Term::ByAge { under_three, older } => {
                (1..=12).contains(&under_three) && (under_three..=12).contains(&older)
            }
            Term::Stated { otherwise } => otherwise.is_none_or(|days| (1..=366).contains(&days)),
            Term::AfterMonth(day) | Term::AfterHalfYear(day) => (1..=31).contains(&day),
            Term::AfterYear { month, day } => (1..=12).contains(&month) && (1..=31).contains(&day),
            Term::Families(families) => (1..=15).contains(&families),
        }
    }

    /// The length in Polish: "5 dni roboczych", "do 5. dnia następnego miesiąca".
    pub fn words(self) -> String {
        match self {
            Term::Days(days) => DAYS.count(days.into()),
            Term::Months(months) => MONTHS.count(months.into()),
            Term::WorkingDays(days) => WORKING_DAYS.count(days.into()),
            Term::Hours(hours) => HOURS.count(hours.into()),
            Term::ByAge { under_three, older } => {
                format!("{} (dziecko do 3 lat: {})", MONTHS.count(older.into()), MONTHS.count(under_three.into()))
            }
            Term::Stated { otherwise: None } => "termin z pisma".into(),
            Term::Stated { otherwise: Some(days) } => {
                format!("termin z pisma, a bez niego {}", DAYS.count(days.into()))
            }
            Term::AfterMonth(day) => format!("do {day}. dnia następnego miesiąca"),
            Term::AfterHalfYear(day) => format!("do {day}. dnia miesiąca po półroczu"),
            Term::AfterYear { month, day } => format!("do {day:02}.{month:02} następnego roku"),
            Term::Families(families) => FAMILIES.count(families.into()),
        }
    }
}

/// A day of the month that follows a period; a short month gives its last day.
fn day_of_month_after(period_end: NaiveDate, day: u32) -> NaiveDate {
    let first = add_days(month_end(period_end), 1);
    first.with_day(day).unwrap_or(month_end(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn last_days_by_every_rule() {
        let year = Term::AfterYear { month: 3, day: 31 };
        for (term, start, last) in [
            (Term::Days(3), "2026-02-26", "2026-03-01"),
            (Term::Days(3), "2028-02-27", "2028-03-01"),
            (Term::Days(10), "2026-12-24", "2027-01-03"),
            (Term::Months(6), "2026-08-31", "2027-02-28"),
            (Term::Months(6), "2027-08-31", "2028-02-29"),
            (Term::Months(24), "2028-02-29", "2030-02-28"),
            (Term::Months(1), "2026-01-31", "2026-02-28"),
            (Term::WorkingDays(5), "2026-12-23", "2027-01-04"),
            (Term::WorkingDays(5), "2024-12-23", "2025-01-02"),
            (Term::WorkingDays(2), "2026-04-03", "2026-04-08"),
            (Term::Hours(72), "2026-03-27", "2026-03-30"),
            (Term::AfterMonth(5), "2026-11-30", "2026-12-05"),
            (Term::AfterMonth(31), "2027-01-31", "2027-02-28"),
            (Term::AfterHalfYear(31), "2026-06-30", "2026-07-31"),
            (Term::AfterHalfYear(31), "2026-12-31", "2027-01-31"),
            (year, "2026-12-31", "2027-03-31"),
            (Term::AfterYear { month: 2, day: 30 }, "2026-12-31", "2027-02-28"),
            (Term::Stated { otherwise: Some(14) }, "2026-02-20", "2026-03-06"),
        ] {
            assert_eq!(term.last_day(day(start), None, None), Some(day(last)), "{term:?} {start}");
        }
        assert_eq!(Term::Stated { otherwise: None }.last_day(day("2026-01-01"), None, None), None);
        assert_eq!(Term::Families(15).last_day(day("2026-01-01"), None, None), None);
    }

    #[test]
    fn a_set_day_comes_before_the_longest_never_after() {
        let start = day("2026-08-31");
        assert_eq!(Term::Months(6).last_day(start, Some(day("2026-11-30")), None), Some(day("2026-11-30")));
        assert_eq!(Term::Months(6).last_day(start, Some(day("2028-01-01")), None), Some(day("2027-02-28")));
        let letter = Term::Stated { otherwise: Some(14) };
        assert_eq!(letter.last_day(start, Some(day("2026-12-24")), None), Some(day("2026-12-24")));
    }

    #[test]
    fn a_child_under_three_is_looked_at_more_often() {
        let term = Term::ByAge { under_three: 3, older: 6 };
        let start = day("2026-11-30");
        for (born, last) in [
            (Some("2023-12-01"), "2027-02-28"),
            (Some("2023-11-30"), "2027-05-30"),
            (Some("2015-01-01"), "2027-05-30"),
            (None, "2027-02-28"),
        ] {
            assert_eq!(term.last_day(start, None, born.map(day)), Some(day(last)), "{born:?}");
        }
    }

    #[test]
    fn periods_end_with_month_half_year_and_year() {
        let year = Term::AfterYear { month: 4, day: 30 };
        for (term, within, end) in [
            (Term::AfterMonth(5), "2028-02-01", "2028-02-29"),
            (Term::AfterHalfYear(31), "2026-01-01", "2026-06-30"),
            (Term::AfterHalfYear(31), "2026-07-01", "2026-12-31"),
            (year, "2026-02-03", "2026-12-31"),
        ] {
            assert_eq!(term.period_end(day(within)), Some(day(end)), "{term:?} {within}");
        }
        assert_eq!(Term::Days(3).period_end(day("2026-01-01")), None);
    }

    #[test]
    fn lengths_read_as_people_say_them() {
        for (term, words) in [
            (Term::Days(1), "1 dzień"),
            (Term::Months(2), "2 miesiące"),
            (Term::WorkingDays(5), "5 dni roboczych"),
            (Term::Hours(72), "72 godziny"),
            (Term::AfterMonth(5), "do 5. dnia następnego miesiąca"),
            (Term::AfterYear { month: 3, day: 31 }, "do 31.03 następnego roku"),
            (Term::Families(15), "15 rodzin"),
        ] {
            assert_eq!(term.words(), words);
        }
    }
}
