//! Rules between the fields of a paper, as data: what a single field's kind and limits cannot say.

use super::{Answers, Problem, Value, Weight, When};
use crate::domain::{
    calendar::add_months,
    clock_text::read_time,
    form::{Key, answers::Cell},
    signature,
};
use chrono::{Days, NaiveDate};
use std::cmp::Ordering;

/// What must hold of a field. An unanswered field keeps every rule but those that ask for an answer;
/// whether it may stay empty is for [`super::Field::required`] to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Must {
    /// A day that is today or earlier.
    NotInFuture,
    /// A day that is today or later.
    NotInPast,
    /// A day, time or number that is not less than the other field's.
    NotBefore(&'static str),
    /// A day, time or number that is greater than the other field's.
    After(&'static str),
    /// Another answer than the other field's.
    DifferFrom(&'static str),
    /// A day at most so many calendar months after the other field's.
    WithinMonths(&'static str, u32),
    /// A day at least so many calendar months after the other field's.
    MonthsAfter(&'static str, u32),
    /// A day at most so many calendar days after the other field's.
    WithinDays(&'static str, u64),
    /// "Yes". Asks for an answer.
    BeTrue,
    /// One of these codes, or a set of them; asks for an answer.
    BeOneOf(&'static [&'static str]),
    /// At least so many rows, or so many of a set. Asks for an answer.
    HaveAtLeast(usize),
    /// Rows with all of these ids. Asks for an answer.
    HaveRows(&'static [&'static str]),
    /// Something here or in one of these fields. Asks for an answer.
    AnyOf(&'static [&'static str]),
    /// Signatures of all of these roles (codes of [`signature::Signer`]), a refused one included. Asks for
    /// an answer.
    SignedBy(&'static [&'static str]),
}

/// A rule of a paper: when it counts, what must hold, and what people read when it does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The table whose rows it judges one by one, or nothing for the paper's own fields.
    pub rows: Option<&'static str>,
    /// The field that it is about, and where the problem is shown.
    pub field: &'static str,
    /// When it counts.
    pub when: When,
    /// What must hold.
    pub must: Must,
    /// Does it stop the paper?
    pub weight: Weight,
    /// The Polish sentence that says what to do.
    pub text: &'static str,
}

impl Rule {
    /// A rule that stops the paper.
    pub const fn new(field: &'static str, must: Must, text: &'static str) -> Self {
        Self { rows: None, field, when: When::Always, must, weight: Weight::Error, text }
    }

    /// Counts only when the condition holds.
    pub const fn when(mut self, when: When) -> Self {
        self.when = when;
        self
    }

    /// Only deserves a look.
    pub const fn warns(mut self) -> Self {
        self.weight = Weight::Warning;
        self
    }

    /// Judges each row of this table by itself; field and condition are then cells of the row.
    pub const fn in_rows(mut self, table: &'static str) -> Self {
        self.rows = Some(table);
        self
    }

    /// Collects what breaks this rule.
    pub fn check(&self, answers: &Answers, today: NaiveDate, problems: &mut Vec<Problem>) {
        let Some(table) = self.rows else {
            problems.extend(self.broken(answers, self.field, today));
            return;
        };
        for row in answers.rows(table) {
            let cells = answers.row(table, &row);
            problems.extend(self.broken(&cells, &format!("{table}/{row}/{}", self.field), today));
        }
    }

    fn broken(&self, answers: &Answers, path: &str, today: NaiveDate) -> Option<Problem> {
        let broken = self.when.holds(answers) && !self.must.holds(self.field, answers, today);
        broken.then(|| Problem { field: path.to_owned(), weight: self.weight, text: self.text.to_owned() })
    }
}

impl Must {
    fn holds(&self, field: &'static str, answers: &Answers, today: NaiveDate) -> bool {
        let day = |key: &'static str| answers.get::<NaiveDate>(Key::new(key));
        let days =
            |other: &'static str, fits: fn(NaiveDate, NaiveDate) -> bool, reach: &dyn Fn(NaiveDate) -> NaiveDate| {
                day(field).zip(day(other)).is_none_or(|(day, other)| fits(day, reach(other)))
            };
        match *self {
            Must::NotInFuture => day(field).is_none_or(|day| day <= today),
            Must::NotInPast => day(field).is_none_or(|day| day >= today),
            Must::NotBefore(other) => compared(answers, field, other).is_none_or(Ordering::is_ge),
            Must::After(other) => compared(answers, field, other).is_none_or(Ordering::is_gt),
            Must::DifferFrom(other) => !answers.filled(field) || answers.raw(field) != answers.raw(other),
            Must::WithinMonths(other, months) => days(other, |day, last| day <= last, &|from| add_months(from, months)),
            Must::MonthsAfter(other, months) => {
                days(other, |day, first| day >= first, &|from| add_months(from, months))
            }
            Must::WithinDays(other, count) => {
                days(other, |day, last| day <= last, &|from| from.checked_add_days(Days::new(count)).unwrap_or(from))
            }
            Must::BeTrue => answers.get(Key::<bool>::new(field)) == Some(true),
            Must::BeOneOf(codes) => match answers.raw(field) {
                Some(Value::Text(code)) => codes.contains(&code.as_str()),
                Some(Value::Set(set)) => !set.is_empty() && set.iter().all(|code| codes.contains(&code.as_str())),
                _ => false,
            },
            Must::HaveAtLeast(count) => match answers.raw(field) {
                Some(Value::Set(set)) => set.len() >= count,
                _ => answers.rows(field).len() >= count,
            },
            Must::HaveRows(ids) => {
                let rows = answers.rows(field);
                ids.iter().all(|id| rows.iter().any(|row| row == id))
            }
            Must::AnyOf(others) => {
                let said = |key: &str| answers.filled(key) || !answers.rows(key).is_empty();
                said(field) || others.iter().any(|other| said(other))
            }
            Must::SignedBy(roles) => {
                let rows = answers.rows(field);
                let signed: Vec<String> = rows
                    .iter()
                    .filter_map(|row| Some(answers.row(field, row).get(signature::ROLE)?.code().to_owned()))
                    .collect();
                roles.iter().all(|role| signed.iter().any(|signer| signer == role))
            }
        }
    }
}

/// Numbers by size, times and days by the clock and the calendar; nothing when one is missing or strange.
fn compared(answers: &Answers, one: &str, other: &str) -> Option<Ordering> {
    match (answers.raw(one)?, answers.raw(other)?) {
        (Value::Number(one), Value::Number(other)) => Some(one.cmp(other)),
        (one, other) => match (NaiveDate::read(one), NaiveDate::read(other)) {
            (Some(one), Some(other)) => Some(one.cmp(&other)),
            _ => Some(read_time(one.text()?)?.cmp(&read_time(other.text()?)?)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn answers(pairs: &[(&str, &str)]) -> Answers {
        let mut answers = Answers::default();
        for (key, text) in pairs {
            answers.set_raw(key, Some(Value::Text((*text).to_owned())));
        }
        answers
    }

    fn holds(must: Must, pairs: &[(&str, &str)]) -> bool {
        must.holds("a", &answers(pairs), day("2026-11-22"))
    }

    #[test]
    fn days_are_compared_by_the_calendar() {
        for (must, a, b, expected) in [
            (Must::NotInFuture, "2026-11-22", "", true),
            (Must::NotInFuture, "2026-11-23", "", false),
            (Must::NotInPast, "2026-11-22", "", true),
            (Must::NotInPast, "2026-11-21", "", false),
            (Must::NotBefore("b"), "2026-11-22", "2026-11-22", true),
            (Must::NotBefore("b"), "2026-11-21", "2026-11-22", false),
            (Must::After("b"), "2026-11-22", "2026-11-22", false),
            (Must::NotBefore("b"), "09:00", "10:00", false),
            (Must::After("b"), "10:05", "9:55", true),
            (Must::DifferFrom("b"), "x", "x", false),
            (Must::DifferFrom("b"), "x", "y", true),
            (Must::DifferFrom("b"), "", "", true),
            (Must::WithinMonths("b", 6), "2027-02-28", "2026-08-31", true),
            (Must::WithinMonths("b", 6), "2027-03-01", "2026-08-31", false),
            (Must::MonthsAfter("b", 2), "2026-12-31", "2026-10-31", true),
            (Must::MonthsAfter("b", 2), "2026-12-30", "2026-10-31", false),
            (Must::WithinDays("b", 7), "2026-11-29", "2026-11-22", true),
            (Must::WithinDays("b", 7), "2026-11-30", "2026-11-22", false),
        ] {
            assert_eq!(holds(must, &[("a", a), ("b", b)]), expected, "{must:?} {a} {b}");
        }
        assert!(holds(Must::NotBefore("b"), &[("a", "2026-11-22")]), "an unanswered field breaks nothing");
    }

    #[test]
    fn what_asks_for_an_answer_is_broken_without_one() {
        for must in [
            Must::BeTrue,
            Must::BeOneOf(&["X"]),
            Must::HaveAtLeast(1),
            Must::HaveRows(&["r"]),
            Must::AnyOf(&["b"]),
            Must::SignedBy(&["ASSISTANT"]),
        ] {
            assert!(!holds(must, &[]), "{must:?}");
        }
        assert!(holds(Must::AnyOf(&["b"]), &[("b", "tak")]));
        assert!(holds(Must::HaveRows(&["r"]), &[("a/r/x", "1")]));
        assert!(holds(Must::HaveAtLeast(2), &[("a/r/x", "1"), ("a/s/x", "1")]));
        assert!(holds(Must::SignedBy(&["ASSISTANT"]), &[("a/r/role", "ASSISTANT")]));
        assert!(holds(Must::BeOneOf(&["X"]), &[("a", "X")]));
    }

    #[test]
    fn rows_are_judged_one_by_one_and_only_when_the_rule_counts() {
        let rule = Rule::new("to", Must::NotBefore("from"), "Koniec jest przed początkiem.")
            .in_rows("stays")
            .when(When::Filled("to"));
        let answers = answers(&[
            ("stays/1/from", "2026-01-01"),
            ("stays/1/to", "2026-02-01"),
            ("stays/2/from", "2026-03-01"),
            ("stays/2/to", "2026-02-01"),
        ]);
        let mut problems = Vec::new();
        rule.check(&answers, day("2026-11-22"), &mut problems);
        assert_eq!(problems, [Problem::error("stays/2/to", "Koniec jest przed początkiem.")]);
        let mut warned = Vec::new();
        rule.warns().check(&answers, day("2026-11-22"), &mut warned);
        assert_eq!(warned[0].weight, Weight::Warning);
    }
}
