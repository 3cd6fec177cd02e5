//! When a live page asks the office, and when it reads anew.

use crate::domain::ids::Rev;

/// Longest pause between two questions while they fail, in beats (a minute).
const LONGEST_PAUSE: u32 = 30;

/// What a live page remembers between two beats.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Watch {
    known: Rev,
    turn: u64,
    loading: bool,
    asking: bool,
    failures: u32,
    pause: u32,
}

impl Watch {
    /// A load begins; an older one that still runs no longer counts.
    pub fn begin(&mut self) -> u64 {
        self.loading = true;
        self.turn += 1;
        self.turn
    }

    /// A load has ended. Is it the one that counts?
    pub fn ends(&mut self, turn: u64) -> bool {
        let counts = self.turn == turn;
        self.loading &= !counts;
        counts
    }

    /// Data of this revision are in view now.
    pub fn read(&mut self, rev: Rev) {
        self.known = rev;
        self.answered();
    }

    /// May the office be asked at this beat? Then a question is under way.
    pub fn may_ask(&mut self) -> bool {
        if self.loading || self.asking {
            return false;
        }
        if self.pause > 0 {
            self.pause -= 1;
            return false;
        }
        self.asking = true;
        true
    }

    /// The office told its revision. Is it news?
    pub fn heard(&mut self, rev: Rev) -> bool {
        self.answered();
        rev != self.known
    }

    /// A load or a question failed: each failure doubles the pause.
    pub fn failed(&mut self) {
        self.asking = false;
        self.failures = (self.failures + 1).min(8);
        self.pause = (1 << self.failures).min(LONGEST_PAUSE);
    }

    fn answered(&mut self) {
        self.asking = false;
        self.failures = 0;
        self.pause = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fresh(rev: i64) -> Watch {
        let mut watch = Watch::default();
        let turn = watch.begin();
        assert!(watch.ends(turn));
        watch.read(Rev(rev));
        watch
    }

    #[test]
    fn a_new_revision_is_news_once() {
        let mut watch = fresh(7);
        assert!(watch.may_ask());
        assert!(!watch.may_ask(), "one question at a time");
        assert!(!watch.heard(Rev(7)));
        assert!(watch.may_ask());
        assert!(watch.heard(Rev(8)));
        let turn = watch.begin();
        assert!(!watch.may_ask(), "not while the data load");
        assert!(watch.ends(turn));
        watch.read(Rev(8));
        assert!(watch.may_ask() && !watch.heard(Rev(8)));
    }

    #[test]
    fn only_the_last_load_counts() {
        let mut watch = Watch::default();
        let (first, second) = (watch.begin(), watch.begin());
        assert!(!watch.ends(first));
        assert!(watch.ends(second));
    }

    #[test]
    fn failures_make_it_ask_less_often_and_success_makes_up() {
        let mut watch = fresh(1);
        let mut pauses = Vec::new();
        for _ in 0..7 {
            while !watch.may_ask() {}
            watch.failed();
            let mut pause = watch;
            pauses.push(std::iter::from_fn(|| (!pause.may_ask()).then_some(())).count());
        }
        assert_eq!(pauses, [2, 4, 8, 16, 30, 30, 30]);
        while !watch.may_ask() {}
        watch.heard(Rev(1));
        assert!(watch.may_ask());
    }
}
