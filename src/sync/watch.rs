//! When an open device is locked by itself, and what the PIN of the screen is worth.
//!
//! Constants of the office's safety stand here, in one place. Time is the device's clock, which may
//! jump: a clock that went back hides how long it was, so it counts as long.

/// Nobody touched the screen for so long: it locks.
pub const IDLE_MS: i64 = 5 * 60 * 1000;
/// The app was out of view for so long: it locks.
pub const HIDDEN_MS: i64 = 60 * 1000;
/// For so long a PIN opens the screen again; then it takes a key.
pub const PIN_MS: i64 = 10 * 60 * 1000;
/// Wrong PINs until the device locks.
pub const PIN_TRIES: u32 = 5;
/// Digits of a PIN.
pub const PIN_DIGITS: usize = 6;
/// Clocks are set by the network, a little forward and back, all the time.
const SLACK_MS: i64 = 2_000;

/// What is to be done with an open device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It stays as it is.
    Open,
    /// The screen is cleared, and the PIN brings it back.
    Rest,
    /// Key and screen are cleared.
    Lock,
}

/// What is known of the person at an open device; times in milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Watch {
    /// When they last touched it.
    pub active: i64,
    /// Since when it is out of view.
    pub hidden: Option<i64>,
    /// Since when it waits for the PIN.
    pub resting: Option<i64>,
    /// Is there a PIN?
    pub pin: bool,
}

impl Watch {
    /// A device that was opened now.
    pub fn opened(now: i64) -> Self {
        Self { active: now, hidden: None, resting: None, pin: false }
    }

    /// What is to be done now.
    pub fn judge(&self, now: i64) -> Verdict {
        let idle = passed(self.active, now);
        let hidden = self.hidden.map_or(0, |since| passed(since, now));
        let resting = self.resting.map(|since| passed(since, now));
        let away = idle >= IDLE_MS || hidden >= HIDDEN_MS;
        match (self.pin, resting) {
            (false, _) if away => Verdict::Lock,
            (false, _) => Verdict::Open,
            // Rests by timers; after a long sleep there were none.
            (true, _) if hidden >= PIN_MS || idle >= IDLE_MS + PIN_MS => Verdict::Lock,
            (true, Some(resting)) if resting >= PIN_MS => Verdict::Lock,
            (true, resting) if away || resting.is_some() => Verdict::Rest,
            (true, _) => Verdict::Open,
        }
    }

    /// After how many milliseconds it is worth looking again.
    pub fn look_in(&self, now: i64) -> i64 {
        let ends = [
            Some(self.active + IDLE_MS),
            Some(self.active + IDLE_MS + PIN_MS),
            self.hidden.map(|since| since + HIDDEN_MS),
            self.hidden.map(|since| since + PIN_MS),
            self.resting.map(|since| since + PIN_MS),
        ];
        let next = ends.into_iter().flatten().filter(|end| *end > now).min();
        next.map_or(IDLE_MS, |end| (end - now).min(IDLE_MS))
    }
}

fn passed(since: i64, now: i64) -> i64 {
    match now - since {
        back if back < -SLACK_MS => i64::MAX,
        passed => passed,
    }
}

/// The PIN of the screen, while the device is open: it brings the screen back and opens no key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScreenPin {
    digits: String,
    wrong: u32,
}

/// What became of a typed PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PinTry {
    /// It is right.
    Right,
    /// It is wrong; so many tries are left.
    Wrong(u32),
    /// It is wrong, and was the last try.
    Last,
}

impl ScreenPin {
    /// A PIN of these digits; `None` when it is none.
    pub fn new(digits: &str) -> Option<Self> {
        is_pin(digits).then(|| Self { digits: digits.to_owned(), wrong: 0 })
    }

    /// Its digits, to be sealed.
    pub fn digits(&self) -> &str {
        &self.digits
    }

    /// Tries what was typed.
    pub fn attempt(&mut self, typed: &str) -> PinTry {
        if typed == self.digits && self.wrong < PIN_TRIES {
            self.wrong = 0;
            return PinTry::Right;
        }
        self.wrong = self.wrong.saturating_add(1);
        match PIN_TRIES.saturating_sub(self.wrong) {
            0 => PinTry::Last,
            left => PinTry::Wrong(left),
        }
    }
}

fn is_pin(digits: &str) -> bool {
    digits.len() == PIN_DIGITS && digits.bytes().all(|digit| digit.is_ascii_digit())
}

/// Is it a PIN that the next person would try first: one digit, or digits in a row?
pub fn is_obvious(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    let by = |step: i16| bytes.windows(2).all(|pair| i16::from(pair[1]) - i16::from(pair[0]) == step);
    [0, 1, -1].into_iter().any(by)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_795_000_000_000;
    const MINUTE: i64 = 60_000;

    #[test]
    fn d04_idle_and_hidden_devices_lock() {
        use Verdict::{Lock, Open, Rest};
        // Idle, hidden and resting for so many milliseconds → without and with a PIN.
        for (idle, hidden, resting, without, with) in [
            (0, None, None, Open, Open),
            (IDLE_MS - 1, None, None, Open, Open),
            (IDLE_MS, None, None, Lock, Rest),
            (IDLE_MS + PIN_MS - 1, None, None, Lock, Rest),
            (IDLE_MS + PIN_MS, None, None, Lock, Lock),
            (MINUTE, Some(HIDDEN_MS - 1), None, Open, Open),
            (MINUTE, Some(HIDDEN_MS), None, Lock, Rest),
            (MINUTE, Some(PIN_MS - 1), None, Lock, Rest),
            (MINUTE, Some(PIN_MS), None, Lock, Lock),
            (0, None, Some(1), Open, Rest),
            (0, None, Some(PIN_MS - 1), Open, Rest),
            (0, None, Some(PIN_MS), Open, Lock),
        ] {
            let since = |passed: i64| NOW - passed;
            for (pin, verdict) in [(false, without), (true, with)] {
                let watch = Watch { active: since(idle), hidden: hidden.map(since), resting: resting.map(since), pin };
                assert_eq!(watch.judge(NOW), verdict, "{idle} {hidden:?} {resting:?} {pin}");
            }
        }
    }

    #[test]
    fn d04_a_clock_set_back_locks_and_a_clock_put_right_does_not() {
        let watch = Watch::opened(NOW);
        assert_eq!(watch.judge(NOW - 1_500), Verdict::Open);
        assert_eq!(watch.judge(NOW - 3_000), Verdict::Lock);
        assert_eq!(Watch { pin: true, ..watch }.judge(NOW - 3_000), Verdict::Lock);
    }

    #[test]
    fn the_next_look_is_when_something_may_be_due() {
        let watch = Watch::opened(NOW);
        assert_eq!(watch.look_in(NOW), IDLE_MS);
        assert_eq!(watch.look_in(NOW + 4 * MINUTE), MINUTE);
        assert_eq!(Watch { hidden: Some(NOW), ..watch }.look_in(NOW), HIDDEN_MS);
        assert_eq!(Watch { resting: Some(NOW), ..watch }.look_in(NOW + IDLE_MS), IDLE_MS);
        assert!(watch.look_in(NOW + IDLE_MS + PIN_MS) > 0);
    }

    #[test]
    fn five_wrong_pins_are_the_end_and_a_right_one_begins_anew() {
        let mut pin = ScreenPin::new("271828").unwrap();
        for left in [4, 3, 2, 1] {
            assert_eq!(pin.attempt("000000"), PinTry::Wrong(left));
        }
        assert_eq!(pin.attempt("271828"), PinTry::Right);
        for left in [4, 3, 2, 1] {
            assert_eq!(pin.attempt(""), PinTry::Wrong(left));
        }
        assert_eq!(pin.attempt("111111"), PinTry::Last);
        assert_eq!(pin.attempt("271828"), PinTry::Last, "too late");
    }

    #[test]
    fn a_pin_is_six_digits_and_not_the_first_guess() {
        for no in ["", "12345", "1234567", "12345a", "１２３４５６"] {
            assert_eq!(ScreenPin::new(no), None, "{no}");
        }
        for (digits, obvious) in
            [("000000", true), ("123456", true), ("654321", true), ("271828", false), ("123457", false)]
        {
            assert_eq!(is_obvious(digits), obvious, "{digits}");
        }
    }
}
