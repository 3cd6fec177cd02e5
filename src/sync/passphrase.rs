//! The passphrase of a device: what counts as one, how it is proposed, what it costs to try.
//!
//! What is typed is made even before it is used: space around it goes. Five words of letters only
//! (as we propose them) are also taken in small letters and with single spaces, because phones
//! write a capital at the beginning and a space at the end by themselves. Any other passphrase is
//! taken letter by letter as it was typed.

use crate::domain::order::sort_by_key;
use serde::{Deserialize, Serialize};

/// Fewest characters of a passphrase.
pub const MIN_CHARS: usize = 14;
/// Words in a proposed passphrase: 5 of 1296 are 51.7 bits.
pub const PROPOSED_WORDS: usize = 5;
/// Words that a list must have to propose from.
pub const LIST_WORDS: usize = 1296;
/// Longest wait between tries, in seconds. Waiting is for hands, not for machines: whoever copies
/// the store does not wait, and meets Argon2 instead.
const MAX_WAIT: u32 = 512;
/// Wrong tries after which the wraps go, where nothing is lost with them.
pub const MAX_TRIES: u32 = 10;

/// What a try costs: parameters of Argon2id (RFC 9106), kept beside the wrap that they made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kdf {
    /// Memory, in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
    /// Lanes; the browser has one thread for us.
    pub lanes: u32,
}

impl Kdf {
    /// For every device that has the memory.
    pub const STRONG: Kdf = Kdf { memory_kib: 64 * 1024, passes: 3, lanes: 1 };
    /// For small phones (OWASP's first choice).
    pub const SMALL: Kdf = Kdf { memory_kib: 46 * 1024, passes: 1, lanes: 1 };

    /// The parameters as bytes, for the additional data of the wrap: weaker ones do not fit it.
    pub fn to_bytes(self) -> [u8; 12] {
        let mut bytes = [0; 12];
        for (place, number) in bytes.chunks_exact_mut(4).zip([self.memory_kib, self.passes, self.lanes]) {
            place.copy_from_slice(&number.to_be_bytes());
        }
        bytes
    }
}

/// A passphrase as it is used, made even from what was typed.
pub fn even(typed: &str) -> String {
    let words: Vec<&str> = typed.split_whitespace().collect();
    let as_proposed = words.len() == PROPOSED_WORDS && words.iter().all(|word| word.chars().all(char::is_alphabetic));
    match as_proposed {
        true => words.join(" ").to_lowercase(),
        false => typed.trim().to_owned(),
    }
}

/// Is an even passphrase long enough for a new vault?
pub fn is_long_enough(even: &str) -> bool {
    even.chars().count() >= MIN_CHARS
}

/// The words of a list, one a line; `None` when it is not one (cut off, or a portal's page).
pub fn read_list(text: &str) -> Option<Vec<&str>> {
    let mut words: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let plain = words.iter().all(|word| word.chars().all(char::is_lowercase));
    sort_by_key(&mut words, |word| *word);
    words.dedup();
    (plain && words.len() >= LIST_WORDS).then_some(words)
}

/// A passphrase of words chosen by chance, each as likely as any other.
pub fn propose(words: &[&str], mut random: impl FnMut() -> [u8; 2]) -> String {
    let chosen: Vec<&str> =
        (0..PROPOSED_WORDS).filter_map(|_| words.get(below(words.len(), &mut random))).copied().collect();
    chosen.join(" ")
}

/// A number below `count` by chance. Draws in the incomplete last run of the 65,536 are thrown away,
/// or the first words of the list would be a little more likely.
fn below(count: usize, random: &mut impl FnMut() -> [u8; 2]) -> usize {
    let draws = usize::from(u16::MAX) + 1;
    if count == 0 || count > draws {
        return 0;
    }
    let fair = draws - draws % count;
    loop {
        let draw = usize::from(u16::from_be_bytes(random()));
        if draw < fair {
            return draw % count;
        }
    }
}

/// Wrong tries since the vault last opened. Kept outside the vault, across restarts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tries {
    /// How many.
    pub wrong: u32,
    /// When the last one was, in milliseconds since 1970 by the device's clock.
    pub last_ms: i64,
}

impl Tries {
    /// Counts a try. It is counted before it is made: closing the app in between is no way around.
    #[must_use]
    pub fn with_one_more(self, now_ms: i64) -> Self {
        Self { wrong: self.wrong.saturating_add(1), last_ms: now_ms }
    }

    /// Were these too many?
    pub fn are_too_many(self) -> bool {
        self.wrong >= MAX_TRIES
    }

    /// Seconds until the next try: 1, 2, 4 … after each wrong one. A clock that was set back
    /// starts the wait again, it does not lengthen it.
    pub fn wait_seconds(self, now_ms: i64) -> u32 {
        let Some(doublings) = self.wrong.checked_sub(1) else { return 0 };
        let wait = 1u32.checked_shl(doublings).unwrap_or(MAX_WAIT).min(MAX_WAIT);
        let passed_ms = now_ms.saturating_sub(self.last_ms).max(0);
        let left_ms = (i64::from(wait) * 1000 - passed_ms).max(0);
        // At most MAX_WAIT, so it fits.
        ((left_ms + 999) / 1000) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn list() -> Vec<String> {
        let letters = || 'a'..='z';
        let words =
            letters().flat_map(|one| letters().flat_map(move |two| ['a', 'ą'].map(|end| format!("{one}{two}{end}"))));
        words.take(LIST_WORDS).collect()
    }

    #[test]
    fn proposed_words_are_forgiving_and_others_are_not() {
        for (typed, used) in [
            ("  Kasztan rower  łąka\tzegar Most ", "kasztan rower łąka zegar most"),
            ("KASZTAN ROWER ŁĄKA ZEGAR MOST", "kasztan rower łąka zegar most"),
            (" Moje  Własne Hasło ", "Moje  Własne Hasło"),
            ("Kasztan Rower 1 Zegar Most", "Kasztan Rower 1 Zegar Most"),
            ("", ""),
        ] {
            assert_eq!(even(typed), used, "{typed:?}");
        }
    }

    #[test]
    fn fourteen_characters_are_enough_whatever_their_bytes() {
        assert!(is_long_enough("żółć żółć żółć"));
        assert!(!is_long_enough("żółć żółć żół"));
    }

    #[test]
    fn a_list_is_whole_or_none() {
        let text = list().join("\n");
        assert_eq!(read_list(&text).map(|words| words.len()), Some(LIST_WORDS));
        assert_eq!(read_list(&text[..text.len() - 4]), None);
        assert_eq!(read_list(&format!("{text}\n<html>")), None);
        assert_eq!(read_list("<html></html>"), None);
    }

    #[test]
    fn words_are_chosen_by_all_the_bytes() {
        let list = list();
        let words: Vec<&str> = list.iter().map(String::as_str).collect();
        // 65,535 lies in the unfair run of 1,296 and is drawn again.
        let mut draws = [65_535u16, 0, 1, 1_296, 1_295, 2].into_iter();
        let proposed = propose(&words, || draws.next().unwrap().to_be_bytes());
        assert_eq!(proposed, [0, 1, 0, 1_295, 2].map(|place: usize| words[place]).join(" "));
        assert_eq!(propose(&[], || [0, 0]), "");
    }

    #[test]
    fn every_word_is_as_likely_as_any_other() {
        let mut seen = vec![0u32; LIST_WORDS];
        let mut draw = 0u32;
        let mut next = || {
            draw += 1;
            ((draw - 1) as u16).to_be_bytes()
        };
        let fair = 65_536 - 65_536 % LIST_WORDS;
        for _ in 0..fair {
            seen[below(LIST_WORDS, &mut next)] += 1;
        }
        assert!(seen.iter().all(|count| *count == (fair / LIST_WORDS) as u32));
    }

    #[test]
    fn waits_double_and_pass() {
        let mut tries = Tries::default();
        assert_eq!(tries.wait_seconds(0), 0);
        let mut waits = Vec::new();
        for _ in 0..12 {
            tries = tries.with_one_more(5_000);
            waits.push(tries.wait_seconds(5_000));
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 512, 512]);
        assert_eq!(Tries { wrong: 3, last_ms: 5_000 }.wait_seconds(8_001), 1);
        assert_eq!(Tries { wrong: 3, last_ms: 5_000 }.wait_seconds(9_000), 0);
    }

    #[test]
    fn d05_ten_wrong_tries_are_too_many_and_nine_are_not() {
        let after = |wrong| Tries { wrong, last_ms: 0 };
        assert!(!after(0).are_too_many());
        assert!(!after(9).are_too_many());
        assert!(after(9).with_one_more(1).are_too_many());
        assert!(after(u32::MAX).with_one_more(1).are_too_many());
    }

    #[test]
    fn a_clock_set_back_does_not_lengthen_the_wait() {
        let tries = Tries { wrong: 3, last_ms: 1_000_000_000 };
        assert_eq!(tries.wait_seconds(0), 4);
    }

    #[test]
    fn parameters_are_bound_in_full() {
        assert_ne!(Kdf::STRONG.to_bytes(), Kdf::SMALL.to_bytes());
        assert_eq!(Kdf::STRONG.to_bytes(), [0, 1, 0, 0, 0, 0, 0, 3, 0, 0, 0, 1]);
    }

    proptest! {
        #[test]
        fn evening_twice_changes_nothing(typed in ".{0,60}") {
            let once = even(&typed);
            prop_assert_eq!(even(&once), once);
        }

        #[test]
        fn no_count_or_clock_breaks_the_wait(wrong: u32, last_ms: i64, now_ms: i64) {
            let wait = Tries { wrong, last_ms }.wait_seconds(now_ms);
            prop_assert!(wait <= MAX_WAIT);
        }
    }
}
