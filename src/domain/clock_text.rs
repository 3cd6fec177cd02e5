//! Times as answers hold them: `14:05` and `2026-11-27T14:00`.
//!
//! By hand, because the general reader and writer of formats weigh 20 kB in the browser.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};

/// "14:05".
pub fn time_text(time: NaiveTime) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// Reads "14:05"; also "9:05".
pub fn read_time(text: &str) -> Option<NaiveTime> {
    let (hour, minute) = text.split_once(':')?;
    NaiveTime::from_hms_opt(read_figures(hour)?, read_figures(minute)?, 0)
}

/// "2026-11-27T14:00".
pub fn moment_text(moment: NaiveDateTime) -> String {
    format!("{}T{}", moment.date(), time_text(moment.time()))
}

/// Reads "2026-11-27T14:00".
pub fn read_moment(text: &str) -> Option<NaiveDateTime> {
    let (day, time) = text.split_once('T')?;
    Some(day.parse::<NaiveDate>().ok()?.and_time(read_time(time)?))
}

/// One or two figures, and nothing else.
fn read_figures(text: &str) -> Option<u32> {
    let plain = matches!(text.len(), 1 | 2) && text.bytes().all(|figure| figure.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_no_time_is_not_read() {
        for text in ["", "14", "14:", ":05", "24:00", "14:60", "14:05:00", "+4:05", "14:0 5", "14:005", "czternasta"] {
            assert_eq!(read_time(text), None, "{text}");
        }
        for text in ["", "2026-11-27", "2026-11-27 14:00", "2026-13-01T10:00", "T10:00", "2026-11-27T"] {
            assert_eq!(read_moment(text), None, "{text}");
        }
        assert_eq!(read_time("9:05"), NaiveTime::from_hms_opt(9, 5, 0));
    }

    proptest! {
        #[test]
        fn as_the_general_formats_read_and_write(days in 0i32..40_000, hour in 0u32..24, minute in 0u32..60) {
            let day = NaiveDate::from_num_days_from_ce_opt(715_000 + days).unwrap();
            let moment = day.and_hms_opt(hour, minute, 0).unwrap();
            let text = moment.format("%Y-%m-%dT%H:%M").to_string();
            prop_assert_eq!(moment_text(moment), text.clone());
            prop_assert_eq!(read_moment(&text), Some(moment));
            prop_assert_eq!(time_text(moment.time()), moment.format("%H:%M").to_string());
            prop_assert_eq!(read_time(&time_text(moment.time())), Some(moment.time()));
        }
    }
}
