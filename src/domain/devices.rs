//! The devices that people work on: what opens them, how they stand, and when one is silent for too long (P13).

use super::{calendar, form::choices};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// Working days without a word after which a device is called silent.
pub const SILENT_AFTER: u32 = 3;

choices! {
    /// What opens the data on a device.
    Unlock {
        Passphrase = "PASSPHRASE", "hasło urządzenia";
        Passkey = "PASSKEY", "klucz dostępu albo hasło urządzenia";
    }
}

/// Whether a device may be worked with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeviceStanding {
    /// It may.
    Well,
    /// It was revoked and has not been heard of since.
    Revoked(DateTime<Utc>),
    /// It was revoked, and has said that its data are gone.
    Wiped(DateTime<Utc>),
}

choices! {
    /// What became of a change that came late from a revoked device or of a closed account.
    LateFate {
        Waiting = "WAITING", "czeka na decyzję";
        Accepted = "ACCEPTED", "przyjęty";
        Rejected = "REJECTED", "odrzucony";
    }
}

/// A browser's name of itself in plain words: "Chrome, Android". Empty when it says nothing that is known.
pub fn plain_name(agent: &str) -> String {
    // Each claims to be the ones below it.
    const BROWSERS: &[(&str, &str)] = &[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ];
    const SYSTEMS: &[(&str, &str)] = &[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];
    let named =
        |list: &[(&str, &'static str)]| list.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    [named(BROWSERS), named(SYSTEMS)].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// No word from a device for three working days.
pub fn is_silent(last_seen: DateTime<Utc>, today: NaiveDate) -> bool {
    calendar::add_working_days(calendar::warsaw_day(last_seen), SILENT_AFTER) <= today
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_named_in_plain_words() {
        for (agent, name) in [
            (
                "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36",
                "Chrome, Android",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1",
                "Safari, iPhone",
            ),
            ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge, Windows"),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox, Linux"),
            ("something else", ""),
        ] {
            assert_eq!(plain_name(agent), name);
        }
    }

    #[test]
    fn three_working_days_without_a_word_are_silence() {
        // A Thursday evening; on Tuesday Friday, Monday and Tuesday have begun without a word.
        for (seen, today, silent) in [
            ("2026-11-19T18:00:00Z", "2026-11-23", false),
            ("2026-11-19T18:00:00Z", "2026-11-24", true),
            // Past midnight in Poland it is Friday already.
            ("2026-11-19T23:30:00Z", "2026-11-24", false),
            ("2026-11-10T08:00:00Z", "2026-11-13", false),
            ("2026-11-10T08:00:00Z", "2026-11-16", true),
        ] {
            assert_eq!(is_silent(seen.parse().unwrap(), today.parse().unwrap()), silent, "{seen} {today}");
        }
    }
}
