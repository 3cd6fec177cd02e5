//! Correcting a finished entry of the work card (spec/domain.md 3.8): its author may, until the month
//! is closed.

use super::{
    documents::visit_card,
    form::{Answers, Problem},
    words,
};
use chrono::{Datelike, NaiveDate};

/// Day of the next month by which the monthly report is handed in (D09). No month is closed by hand
/// yet, so this day closes it.
const REPORT_DAY: u32 = 5;

/// Last day on which an entry of this day may be corrected.
pub fn last_day(entry: NaiveDate) -> NaiveDate {
    let (year, month) = match entry.month() {
        12 => (entry.year() + 1, 1),
        month => (entry.year(), month + 1),
    };
    // Beyond the calendar's last year there is no later day than the entry's own.
    NaiveDate::from_ymd_opt(year, month, REPORT_DAY).unwrap_or(entry)
}

/// May an entry of this day still be corrected today?
pub fn is_open(entry: NaiveDate, today: NaiveDate) -> bool {
    today <= last_day(entry)
}

/// Why an entry may not be corrected like this today, if so: it stands in a closed month, or would
/// move into one.
pub fn too_late(before: &Answers, after: &Answers, today: NaiveDate) -> Option<Problem> {
    let days = [before, after].into_iter().filter_map(|answers| answers.get(visit_card::DATE));
    let closed = days.filter(|day| !is_open(*day, today)).min()?;
    let text = format!(
        "Wpis z {} można było poprawiać do {}. Zgłoś poprawkę kierownikowi.",
        words::date(closed),
        words::date(last_day(closed))
    );
    Some(Problem::error(visit_card::DATE.name(), text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Days;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_month_closes_after_the_fifth_of_the_next() {
        for (entry, last) in [
            ("2026-11-01", "2026-12-05"),
            ("2026-11-30", "2026-12-05"),
            ("2026-12-31", "2027-01-05"),
            ("2028-02-29", "2028-03-05"),
        ] {
            assert_eq!(last_day(day(entry)), day(last), "{entry}");
            assert!(is_open(day(entry), day(last)), "{entry}");
            assert!(!is_open(day(entry), day(last) + Days::new(1)), "{entry}");
        }
        assert_eq!(last_day(NaiveDate::MAX), NaiveDate::MAX);
    }

    #[test]
    fn neither_out_of_a_closed_month_nor_into_one() {
        let on = |text: &str| Answers::default().with(visit_card::DATE, day(text));
        let late = |before, after| too_late(&on(before), &on(after), day("2026-11-22")).is_some();
        assert!(!late("2026-11-10", "2026-11-01"));
        assert!(late("2026-10-31", "2026-11-01"));
        assert!(late("2026-11-01", "2026-10-31"));
        let said = too_late(&on("2026-10-20"), &on("2026-10-20"), day("2026-11-22")).unwrap().text;
        assert_eq!(
            said,
            "Wpis z 20 października 2026 można było poprawiać do 5 listopada 2026. Zgłoś poprawkę kierownikowi."
        );
        assert_eq!(too_late(&Answers::default(), &Answers::default(), day("2026-11-22")), None);
    }

    proptest! {
        /// An entry stays open for the rest of its month and five days more, neither longer nor shorter.
        #[test]
        fn open_for_five_days_of_the_next_month(start in 0u64..20_000, later in 0u64..80) {
            let entry = day("2010-01-01") + Days::new(start);
            let today = entry + Days::new(later);
            let months = (today.year() - entry.year()) * 12 + today.month() as i32 - entry.month() as i32;
            prop_assert_eq!(is_open(entry, today), months == 0 || (months == 1 && today.day() <= 5));
        }
    }
}
