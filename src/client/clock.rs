//! The device's clock, its randomness, and the day that it is.

use super::{browser::is_visible, signals::Signals};
use crate::sync::ports::{Clock, Randomness};
use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use js_sys::Date;
use leptos::prelude::*;

/// The browser's clock.
pub struct BrowserClock;

impl Clock for BrowserClock {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(now_ms()).unwrap_or_default()
    }

    fn offset_minutes(&self) -> i16 {
        // Between -14 and +14 hours, so it fits.
        -Date::new_0().get_timezone_offset() as i16
    }
}

/// Milliseconds since 1970, by the device's clock.
pub fn now_ms() -> i64 {
    Date::now() as i64
}

/// The browser's randomness.
pub struct BrowserRandom;

impl Randomness for BrowserRandom {
    fn bytes(&self) -> [u8; 10] {
        random()
    }
}

/// Unforeseeable bytes.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    // `crypto.getRandomValues` fails only for more than 65,536 bytes at once; ids and keys made of
    // anything but chance must never come into being.
    getrandom::fill(&mut bytes).expect("the browser has randomness");
    bytes
}

/// The day on the device's calendar.
pub fn today() -> NaiveDate {
    local_time().date()
}

fn local_time() -> NaiveDateTime {
    BrowserClock.now().naive_utc() + Duration::minutes(BrowserClock.offset_minutes().into())
}

/// Keeps `today` right: at midnight, and whenever the page comes back into view (a sleeping phone
/// runs no timers).
pub fn watch_today(signals: Signals) {
    window_event_listener_untyped("visibilitychange", move |_| {
        if is_visible() {
            refresh(signals);
        }
    });
    wait_for_midnight(signals);
}

fn wait_for_midnight(signals: Signals) {
    let now = local_time();
    let midnight = (now.date() + Duration::days(1)).and_time(NaiveTime::MIN);
    // A second later than midnight: timers may be early. When the clock changes in between, the day
    // is simply looked at again.
    let wait = (midnight - now + Duration::seconds(1)).to_std().unwrap_or_default();
    let next = move || {
        refresh(signals);
        wait_for_midnight(signals);
    };
    set_timeout(next, wait);
}

fn refresh(signals: Signals) {
    let day = today();
    if signals.today.get_untracked() != day {
        signals.today.set(day);
    }
}
