//! A term of a real case: its last day, how it stands, and how it is said.

use super::{Code, During, Of, Severity, rule};
use crate::domain::{
    calendar::{day_off, warsaw_time},
    words,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// How a term stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// It runs.
    Upcoming,
    /// It runs, and the time of its warnings has come.
    DueSoon,
    /// Its last day has passed.
    Overdue,
    /// It was kept on this day.
    Kept(NaiveDate),
    /// It was missed, and on this day done after all or over with the case.
    Missed(NaiveDate),
}

/// How loudly a term calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Alarm {
    /// Not at all.
    None,
    /// Amber.
    Amber,
    /// Red.
    Red,
}

/// One term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// Which term; [`rule`] tells the rest of it.
    pub code: Code,
    /// Code of the family, or empty.
    pub label: String,
    /// What it is about.
    pub of: Of,
    /// The day that started it, or the last day of the period that is reported.
    pub since: NaiveDate,
    /// The last day.
    pub due: NaiveDate,
    /// The last moment, where hours count (D22).
    pub due_at: Option<DateTime<Utc>>,
    /// How it stands today.
    pub state: State,
    /// How loudly it calls today.
    pub alarm: Alarm,
}

impl Deadline {
    /// Does it still run or wait?
    pub fn is_open(&self) -> bool {
        !matches!(self.state, State::Kept(_) | State::Missed(_))
    }

    /// Is the last moment over, where hours count? Days are judged by [`State`].
    pub fn is_past(&self, now: DateTime<Utc>) -> bool {
        self.due_at.is_some_and(|last| now > last)
    }

    /// "zostały 2 dni", "3 dni po terminie", "dotrzymano 3 marca 2026".
    pub fn words(&self, today: NaiveDate) -> String {
        match self.state {
            State::Kept(on) => format!("dotrzymano {}", words::date(on)),
            State::Missed(on) => format!("po terminie, {}", words::date(on)),
            State::Upcoming | State::DueSoon | State::Overdue => words::days_left(self.due, today),
        }
    }

    /// The last day in words, with the hour where hours count and a note when nobody works on it.
    pub fn due_words(&self) -> String {
        let mut text = words::until(self.due);
        if let Some(at) = self.due_at {
            text = format!("{text}, godz. {}", words::time(warsaw_time(at).time()));
        }
        match day_off(self.due) {
            Some(_) => format!("{text} (dzień wolny)"),
            None => text,
        }
    }

    /// Order of lists: what runs first, then by urgency, day and code; the rest only makes it one for everybody.
    pub(super) fn place(&self) -> (bool, bool, NaiveDate, Code, NaiveDate, Of) {
        let urgent = rule(self.code).severity == Severity::First;
        (!self.is_open(), !(urgent && self.is_open()), self.due, self.code, self.since, self.of)
    }
}

/// How loudly a term calls: soft and foreign ones never in red; a silence only when it has doubled (D11).
pub(super) fn alarm(code: Code, state: State, since: NaiveDate, due: NaiveDate, today: NaiveDate) -> Alarm {
    let rule = rule(code);
    let is_mild = matches!(rule.severity, Severity::Soft | Severity::Info);
    let is_young_silence = rule.during != During::Always && (today - due) <= (due - since);
    match state {
        State::Upcoming | State::Kept(_) | State::Missed(_) => Alarm::None,
        State::DueSoon => Alarm::Amber,
        State::Overdue if is_mild || is_young_silence => Alarm::Amber,
        State::Overdue => Alarm::Red,
    }
}
