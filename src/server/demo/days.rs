//! Days and hours at which people work: no visit on a Sunday or a public holiday, none at night.

use super::people::Who;
use crate::domain::calendar::{holiday, is_working_day, warsaw_offset_minutes};
use chrono::{DateTime, Datelike, Days, Duration, NaiveDate, NaiveDateTime, NaiveTime, Utc, Weekday};
use std::collections::BTreeMap;

/// The moment at which a Polish wall clock shows this time.
pub fn utc(local: NaiveDateTime) -> DateTime<Utc> {
    let winter = local.and_utc() - Duration::minutes(60);
    local.and_utc() - Duration::minutes(warsaw_offset_minutes(winter).into())
}

/// A day with a time, in minutes since midnight.
pub fn at(day: NaiveDate, minutes: i64) -> NaiveDateTime {
    day.and_time(NaiveTime::MIN) + Duration::minutes(minutes)
}

/// So many days before a day; negative numbers lie after it.
pub fn before(today: NaiveDate, days: i64) -> NaiveDate {
    today - Duration::days(days)
}

/// Monday to Saturday and not a public holiday.
pub fn is_visit_day(day: NaiveDate) -> bool {
    day.weekday() != Weekday::Sun && holiday(day).is_none()
}

/// The day itself or the nearest earlier one that will do.
pub fn back_to(mut day: NaiveDate, will_do: impl Fn(NaiveDate) -> bool) -> NaiveDate {
    while !will_do(day) {
        day = day - Days::new(1);
    }
    day
}

/// The day itself or the nearest later working day.
pub fn forward_to_work(mut day: NaiveDate) -> NaiveDate {
    while !is_working_day(day) {
        day = day + Days::new(1);
    }
    day
}

/// The day on which the office writes down what happened: the next working day, unless that has
/// not come yet.
pub fn office_day(event: NaiveDate, today: NaiveDate) -> NaiveDate {
    Some(forward_to_work(event)).filter(|day| *day < today).unwrap_or(event)
}

/// Who is busy when, so that nobody is in two homes at once.
#[derive(Debug, Default)]
pub struct Diary(BTreeMap<(Who, NaiveDate), Vec<(i64, i64)>>);

/// Minutes that lie at least between two entries.
const PAUSE: i64 = 10;

impl Diary {
    /// Books the free time nearest after the wished one, else nearest before; minutes of the day.
    pub fn book(
        &mut self,
        (who, day): (Who, NaiveDate),
        wish: i64,
        length: i64,
        (open, close): (i64, i64),
    ) -> Option<i64> {
        let busy = self.0.entry((who, day)).or_default();
        let free = |start: &i64| {
            let end = start + length;
            *start >= open && end <= close && busy.iter().all(|(from, to)| end + PAUSE <= *from || to + PAUSE <= *start)
        };
        let later = (0..60).map(|step| wish + step * 5);
        let earlier = (1..100).map(|step| wish - step * 5);
        let start = later.chain(earlier).find(free)?;
        busy.push((start, start + length));
        Some(start)
    }

    /// Hours in which a person visits on a day.
    pub fn visiting_hours(who: Who, day: NaiveDate) -> (i64, i64) {
        match (day.weekday(), who) {
            (Weekday::Sat, _) => (9 * 60, 14 * 60),
            (_, Who::Ar3) => (14 * 60, 19 * 60 + 30),
            _ => (8 * 60, 19 * 60),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn wall_clock_and_utc_agree_in_both_seasons() {
        assert_eq!(utc(at(day("2026-07-01"), 600)).to_string(), "2026-07-01 08:00:00 UTC");
        assert_eq!(utc(at(day("2026-12-01"), 600)).to_string(), "2026-12-01 09:00:00 UTC");
    }

    #[test]
    fn christmas_is_no_visit_time() {
        assert_eq!(back_to(day("2026-12-27"), is_visit_day), day("2026-12-23"));
        assert_eq!(office_day(day("2026-12-26"), day("2027-01-02")), day("2026-12-28"));
        assert_eq!(office_day(day("2026-12-26"), day("2026-12-28")), day("2026-12-26"));
    }

    #[test]
    fn nobody_is_booked_twice() {
        let mut diary = Diary::default();
        let morning = (Who::Ar1, day("2026-11-23"));
        assert_eq!(diary.book(morning, 600, 60, (480, 1140)), Some(600));
        assert_eq!(diary.book(morning, 600, 60, (480, 1140)), Some(670));
        assert_eq!(diary.book(morning, 600, 60, (480, 700)), Some(530));
        assert_eq!(diary.book(morning, 600, 300, (480, 700)), None);
    }
}
