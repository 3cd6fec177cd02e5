//! Days and clocks in Poland: local time, working days, public holidays, terms.

use chrono::{DateTime, Datelike, Days, Duration, Months, NaiveDate, NaiveDateTime, Utc, Weekday};

/// Minutes that Polish local time is ahead of UTC at this moment (60 or 120).
///
/// Summer time runs from the last Sunday of March to the last Sunday of October, 01:00 UTC
/// (directive 2000/84/EC); this holds for all dates that Asysta can meet.
pub fn warsaw_offset_minutes(at: DateTime<Utc>) -> i16 {
    let start = last_sunday(at.year(), 3);
    let end = last_sunday(at.year(), 10);
    let one = |day: NaiveDate| day.and_hms_opt(1, 0, 0).map(|time| time.and_utc());
    match (one(start), one(end)) {
        (Some(start), Some(end)) if at >= start && at < end => 120,
        _ => 60,
    }
}

/// Date and time on a Polish wall clock.
pub fn warsaw_time(at: DateTime<Utc>) -> NaiveDateTime {
    at.naive_utc() + Duration::minutes(warsaw_offset_minutes(at).into())
}

/// The day it is in Poland at this moment.
pub fn warsaw_day(at: DateTime<Utc>) -> NaiveDate {
    warsaw_time(at).date()
}

fn last_sunday(year: i32, month: u32) -> NaiveDate {
    let end = NaiveDate::from_ymd_opt(year, month, 31).unwrap_or_default();
    end - Days::new(end.weekday().num_days_from_sunday().into())
}

/// Western Easter Sunday (Meeus/Jones/Butcher).
pub fn easter(year: i32) -> NaiveDate {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    NaiveDate::from_ymd_opt(year, month as u32, day as u32).unwrap_or_default()
}

/// Name of the public holiday (ustawa o dniach wolnych od pracy), if the day is one.
pub fn holiday(day: NaiveDate) -> Option<&'static str> {
    let fixed = match (day.month(), day.day()) {
        (1, 1) => Some("Nowy Rok"),
        (1, 6) => Some("Święto Trzech Króli"),
        (5, 1) => Some("Święto Państwowe"),
        (5, 3) => Some("Święto Narodowe Trzeciego Maja"),
        (8, 15) => Some("Wniebowzięcie Najświętszej Maryi Panny"),
        (11, 1) => Some("Wszystkich Świętych"),
        (11, 11) => Some("Narodowe Święto Niepodległości"),
        // A day off since 2025 (Lx, spec/domain.md 2.3).
        (12, 24) if day.year() >= 2025 => Some("Wigilia Bożego Narodzenia"),
        (12, 25) => Some("pierwszy dzień Bożego Narodzenia"),
        (12, 26) => Some("drugi dzień Bożego Narodzenia"),
        _ => None,
    };
    fixed.or_else(|| match (day - easter(day.year())).num_days() {
        0 => Some("Wielkanoc"),
        1 => Some("Poniedziałek Wielkanocny"),
        49 => Some("Zielone Świątki"),
        60 => Some("Boże Ciało"),
        _ => None,
    })
}

/// Monday to Friday and not a public holiday.
pub fn is_working_day(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && holiday(day).is_none()
}

/// R-DAY: calendar days, the day of the event not counted (KC art. 111).
///
/// Like the other two rules it stops at the end of the calendar: a day that somebody mistyped may
/// give a strange term, never a crash.
pub fn add_days(event: NaiveDate, days: u32) -> NaiveDate {
    event.checked_add_days(Days::new(days.into())).unwrap_or(NaiveDate::MAX)
}

/// R-MONTH: the same day number, or the last day of the month (KC art. 112).
pub fn add_months(event: NaiveDate, months: u32) -> NaiveDate {
    event.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

/// R-WORK: working days, the day of the event not counted.
pub fn add_working_days(event: NaiveDate, days: u32) -> NaiveDate {
    let mut day = event;
    let mut left = days;
    while left > 0 {
        let Some(next) = day.succ_opt() else { return day };
        day = next;
        if is_working_day(day) {
            left -= 1;
        }
    }
    day
}

/// The day itself, or the next working day when it is a day off.
pub fn working_day_from(day: NaiveDate) -> NaiveDate {
    if is_working_day(day) { day } else { add_working_days(day, 1) }
}

/// Why nobody is expected to work on this day, if so: "sobota", "niedziela", or the holiday's name.
pub fn day_off(day: NaiveDate) -> Option<&'static str> {
    holiday(day).or(match day.weekday() {
        Weekday::Sat => Some("sobota"),
        Weekday::Sun => Some("niedziela"),
        _ => None,
    })
}

/// The last day of the month that the day belongs to.
pub fn month_end(day: NaiveDate) -> NaiveDate {
    let first = day.with_day(1).unwrap_or(day);
    add_months(first, 1).pred_opt().unwrap_or(first)
}

/// Monday of the week that the day belongs to.
pub fn week_start(day: NaiveDate) -> NaiveDate {
    day - Days::new(day.weekday().num_days_from_monday().into())
}

/// Whole years between birth and a day.
pub fn age_on(born: NaiveDate, day: NaiveDate) -> u32 {
    day.years_since(born).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn easter_falls_where_the_church_says() {
        for text in ["2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2030-04-21", "2038-04-25"] {
            assert_eq!(easter(day(text).year()), day(text));
        }
    }

    #[test]
    fn holidays_fixed_and_movable() {
        for (text, name) in [
            ("2026-04-06", Some("Poniedziałek Wielkanocny")),
            ("2026-06-04", Some("Boże Ciało")),
            ("2026-05-24", Some("Zielone Świątki")),
            ("2024-12-24", None),
            ("2026-12-24", Some("Wigilia Bożego Narodzenia")),
            ("2026-11-23", None),
        ] {
            assert_eq!(holiday(day(text)), name, "{text}");
        }
    }

    #[test]
    fn terms_by_the_three_rules() {
        assert_eq!(add_days(day("2026-02-26"), 3), day("2026-03-01"));
        assert_eq!(add_months(day("2026-08-31"), 6), day("2027-02-28"));
        assert_eq!(add_months(day("2027-08-31"), 6), day("2028-02-29"));
        // Over Christmas: 24, 25, 26 December and the week-end do not count.
        assert_eq!(add_working_days(day("2026-12-23"), 2), day("2026-12-29"));
    }

    #[test]
    fn a_mistyped_day_stops_at_the_end_of_the_calendar() {
        assert_eq!(add_days(NaiveDate::MAX, 1), NaiveDate::MAX);
        assert_eq!(add_months(NaiveDate::MAX, 1), NaiveDate::MAX);
        assert_eq!(add_working_days(NaiveDate::MAX, 1), NaiveDate::MAX);
    }

    #[test]
    fn days_off_have_a_name_and_an_end() {
        for (text, name, next) in [
            ("2026-11-21", Some("sobota"), "2026-11-23"),
            ("2026-11-22", Some("niedziela"), "2026-11-23"),
            ("2026-11-23", None, "2026-11-23"),
            // The three days of Christmas, then the week-end.
            ("2026-12-24", Some("Wigilia Bożego Narodzenia"), "2026-12-28"),
            ("2024-12-24", None, "2024-12-24"),
            ("2026-06-04", Some("Boże Ciało"), "2026-06-05"),
        ] {
            assert_eq!((day_off(day(text)), working_day_from(day(text))), (name, day(next)), "{text}");
        }
    }

    #[test]
    fn months_end_where_february_says() {
        for (text, end) in [("2026-02-01", "2026-02-28"), ("2028-02-29", "2028-02-29"), ("2026-12-31", "2026-12-31")] {
            assert_eq!(month_end(day(text)), day(end));
        }
    }

    #[test]
    fn polish_clock_changes_with_the_season() {
        for (text, minutes) in [
            ("2026-03-29T00:59:59Z", 60),
            ("2026-03-29T01:00:00Z", 120),
            ("2026-10-25T00:59:59Z", 120),
            ("2026-10-25T01:00:00Z", 60),
            ("2026-12-31T23:30:00Z", 60),
        ] {
            let at: DateTime<Utc> = text.parse().unwrap();
            assert_eq!(warsaw_offset_minutes(at), minutes, "{text}");
        }
        assert_eq!(warsaw_day("2026-12-31T23:30:00Z".parse().unwrap()), day("2027-01-01"));
    }

    #[test]
    fn ages_count_birthdays() {
        assert_eq!(age_on(day("2020-11-23"), day("2026-11-22")), 5);
        assert_eq!(age_on(day("2020-11-22"), day("2026-11-22")), 6);
        assert_eq!(age_on(day("2027-01-01"), day("2026-11-22")), 0);
    }

    proptest! {
        #[test]
        fn working_days_land_on_working_days(offset in 0u64..20_000, days in 1u32..40) {
            let event = day("2010-01-01") + Days::new(offset);
            let end = add_working_days(event, days);
            prop_assert!(is_working_day(end));
            let between = (1..=(end - event).num_days() as u64)
                .filter(|step| is_working_day(event + Days::new(*step)))
                .count();
            prop_assert_eq!(between, days as usize);
        }
    }
}
