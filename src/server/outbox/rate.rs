//! How often a device may bring something without a session. It counts under the id that is claimed, whether there is
//! such a device or not, so that the answer tells nothing.

use crate::domain::ids::DeviceId;
use chrono::{DateTime, Duration, Utc};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// Parcels of one device in a [`WINDOW`].
const MOST: u32 = 60;
/// Parcels of all devices in a [`WINDOW`].
const MOST_OF_ALL: u32 = 6_000;
const WINDOW: Duration = Duration::minutes(1);

/// What came in the current window.
#[derive(Default)]
pub struct Rate(Mutex<Counts>);

#[derive(Default)]
struct Counts {
    since: DateTime<Utc>,
    all: u32,
    /// Never more than [`MOST_OF_ALL`].
    by_device: HashMap<DeviceId, u32>,
}

impl Rate {
    /// Counts one more.
    ///
    /// # Errors
    /// Seconds to wait, when it is one too many.
    pub fn count(&self, device: DeviceId, now: DateTime<Utc>) -> Result<(), u64> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Also when the clock was set back.
        if now - counts.since >= WINDOW || now < counts.since {
            *counts = Counts { since: now, ..Counts::default() };
        }
        let wait = (counts.since + WINDOW - now).num_seconds().unsigned_abs() + 1;
        if counts.all >= MOST_OF_ALL {
            return Err(wait);
        }
        counts.all += 1;
        let mine = counts.by_device.entry(device).or_default();
        *mine += 1;
        if *mine > MOST { Err(wait) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn s10_a_device_that_knocks_too_often_waits_and_the_others_do_not() {
        let rate = Rate::default();
        let now: DateTime<Utc> = "2026-11-22T08:00:00Z".parse().unwrap();
        let device = |number| DeviceId(Uuid::from_u128(number));
        assert!((0..MOST).all(|_| rate.count(device(1), now).is_ok()));
        assert_eq!(rate.count(device(1), now), Err(61));
        assert_eq!(rate.count(device(2), now), Ok(()));
        assert_eq!(rate.count(device(1), now + WINDOW), Ok(()));
        assert!((0..MOST_OF_ALL - 1).all(|number| rate.count(device(u128::from(number) + 10), now + WINDOW).is_ok()));
        assert!(rate.count(device(99_999), now + WINDOW).is_err(), "the house has only so many hands");
    }
}
