//! Correcting a finished entry of the work card (spec/domain.md 3.8): its author may, until the month
//! is closed. The day of the report closes it, or the report itself (nr 14) once its author handed it in; a
//! report that is returned opens its month again, as far as that day has not passed.

use super::{
    documents::{
        RecordKind,
        papers::{
            course::{HANDED_IN_ON, LIFE, PAPER},
            monthly_report,
        },
        visit_card,
    },
    form::{Answers, Problem, field::read_month},
    ids::{RecordId, UserId},
    procedure::{Life, Paper},
    record::Record,
    words,
};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// Day of the next month by which the monthly report is handed in (D09).
const REPORT_DAY: u32 = 5;

/// The months that one person's reports closed, each with the moment of the handing in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reports(BTreeMap<RecordId, (NaiveDate, DateTime<Utc>)>);

impl Reports {
    /// Those of a person, found among records of all kinds.
    pub fn of<'a>(by: UserId, records: impl IntoIterator<Item = &'a Record>) -> Self {
        let mut reports = Self::default();
        for record in records {
            if record.kind == RecordKind::Paper && record.made.by == by {
                reports.take(record);
            }
        }
        reports
    }

    /// Takes a paper of the person in, as it now stands.
    pub fn take(&mut self, record: &Record) {
        if record.answers.get(PAPER) != Some(Paper::MonthlyReport) {
            return;
        }
        let handed_in = matches!(record.answers.get(LIFE), Some(Life::Signed | Life::Approved));
        match read_month(record.answers.text(monthly_report::MONTH)).filter(|_| handed_in) {
            // Whoever approves it writes its state, not the day of its handing in.
            Some(month) => self.0.insert(record.id, (month, record.writer_of(HANDED_IN_ON.name()).at)),
            None => self.0.remove(&record.id),
        };
    }

    /// The months (their first days) that were closed when something was written: on the author's other device
    /// it may have been written before, and sent after.
    pub fn closed_at(&self, moment: DateTime<Utc>) -> BTreeSet<NaiveDate> {
        let mut months = BTreeSet::new();
        months.extend(self.0.values().filter(|(_, at)| *at < moment).map(|(month, _)| *month));
        months
    }
}

/// Why an entry may not be corrected like this, if its month, or the one that it would move into, was reported.
pub fn after_report(before: &Answers, after: &Answers, closed: &BTreeSet<NaiveDate>) -> Option<Problem> {
    let days = [before, after].into_iter().filter_map(|answers| answers.get(visit_card::DATE));
    let day = days.filter(|day| is_reported(*day, closed)).min()?;
    let text = format!("Raport za {} jest już złożony. Zgłoś poprawkę kierownikowi.", words::month(day));
    Some(Problem::error(visit_card::DATE.name(), text))
}

/// Is the month of this day among those that were closed?
pub fn is_reported(day: NaiveDate, closed: &BTreeSet<NaiveDate>) -> bool {
    day.with_day(1).is_some_and(|first| closed.contains(&first))
}

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

    fn report(life: Life, handed_in: &str) -> Record {
        let answers = Answers::default()
            .with(PAPER, Paper::MonthlyReport)
            .with(LIFE, life)
            .with(monthly_report::MONTH, "2026-11".into());
        let mut record = crate::domain::testing::record(9, RecordKind::Paper, answers);
        record.made.at = handed_in.parse().unwrap();
        record
    }

    #[test]
    fn a_report_that_was_handed_in_closes_its_month() {
        let on = |text: &str| Answers::default().with(visit_card::DATE, day(text));
        let by = UserId(uuid::Uuid::nil());
        let closed_for = |by, life, written: &str| {
            Reports::of(by, [&report(life, "2026-11-28T10:00:00Z")]).closed_at(written.parse().unwrap())
        };
        let later = "2026-11-28T10:00:01Z";
        for (life, written, is_closed) in [
            (Life::Draft, later, false),
            (Life::Signed, later, true),
            (Life::Approved, later, true),
            (Life::Returned, later, false),
            (Life::Signed, "2026-11-28T10:00:00Z", false),
        ] {
            let closed = closed_for(by, life, written);
            let late = |before, after| after_report(&on(before), &on(after), &closed).is_some();
            assert_eq!(late("2026-11-01", "2026-11-01"), is_closed, "{life:?} {written}");
            assert_eq!(late("2026-12-01", "2026-11-30"), is_closed, "{life:?}: moved into it");
            assert!(!late("2026-10-31", "2026-12-01"), "{life:?}");
        }
        assert!(closed_for(UserId(uuid::Uuid::from_u128(5)), Life::Signed, later).is_empty(), "somebody else's");
        let said = after_report(&on("2026-11-20"), &on("2026-11-20"), &closed_for(by, Life::Signed, later));
        assert_eq!(said.unwrap().text, "Raport za listopad 2026 jest już złożony. Zgłoś poprawkę kierownikowi.");
    }

    #[test]
    fn a_report_that_comes_back_opens_its_month_again() {
        let mut reports = Reports::default();
        reports.take(&report(Life::Signed, "2026-11-28T10:00:00Z"));
        let now = "2026-12-01T08:00:00Z".parse().unwrap();
        assert_eq!(reports.closed_at(now), [day("2026-11-01")].into());
        reports.take(&report(Life::Returned, "2026-11-28T10:00:00Z"));
        assert!(reports.closed_at(now).is_empty());
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
