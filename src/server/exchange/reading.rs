//! Reads the changes of a request, each alone: one that cannot be read does not hold up the others.

use crate::{
    domain::{
        change::Change,
        ids::{ChangeId, UserId},
        record::Refusal,
    },
    sync::protocol::{ChangeHead, MAX_CHANGE},
};
use chrono::Datelike;
use serde_json::value::RawValue;
use std::collections::BTreeSet;

/// A change as it came.
#[derive(Debug)]
pub enum Asked {
    /// It can be decided.
    Whole {
        /// The change.
        change: Box<Change>,
        /// Its text, to be kept word for word.
        body: String,
    },
    /// It is refused at sight.
    Broken {
        /// Its id.
        id: ChangeId,
        /// Why.
        refusal: Refusal,
        /// Its text; empty when it is too large to keep.
        body: String,
    },
}

impl Asked {
    /// The change's id.
    pub fn id(&self) -> ChangeId {
        match self {
            Asked::Whole { change, .. } => change.id,
            Asked::Broken { id, .. } => *id,
        }
    }

    /// The change, if it can be read.
    pub fn change(&self) -> Option<&Change> {
        match self {
            Asked::Whole { change, .. } => Some(change),
            Asked::Broken { .. } => None,
        }
    }

    /// The change that must be decided first, if it names one.
    pub fn after(&self) -> Option<ChangeId> {
        self.change().and_then(|change| change.after)
    }

    /// The changes that it speaks of: itself and the one before it.
    pub fn names(&self) -> impl Iterator<Item = ChangeId> {
        [Some(self.id()), self.after()].into_iter().flatten()
    }

    /// Is it this person's, as far as can be read?
    pub fn is_by(&self, user: UserId) -> bool {
        self.change().is_none_or(|change| change.author == user)
    }
}

/// Reads changes; of two with one id the first counts, and what has no readable id cannot be answered.
pub fn read_all(changes: Vec<Box<RawValue>>) -> Vec<Asked> {
    let mut seen = BTreeSet::new();
    changes.into_iter().filter_map(read).filter(|asked| seen.insert(asked.id())).collect()
}

fn read(raw: Box<RawValue>) -> Option<Asked> {
    // Taken over, not copied: many requests are held at once.
    let body = String::from(Box::<str>::from(raw));
    if body.len() > MAX_CHANGE {
        let ChangeHead { id } = serde_json::from_str(&body).ok()?;
        return Some(Asked::Broken { id, refusal: Refusal::TooLarge, body: String::new() });
    }
    match serde_json::from_str::<Change>(&body) {
        Ok(change) if has_plausible_clock(&change) => Some(Asked::Whole { change: Box::new(change), body }),
        Ok(change) => Some(Asked::Broken { id: change.id, refusal: Refusal::Unreadable, body }),
        Err(_) => {
            let ChangeHead { id } = serde_json::from_str(&body).ok()?;
            Some(Asked::Broken { id, refusal: Refusal::Unreadable, body })
        }
    }
}

/// A clock may be wrong by years, but sums over it must stay within the calendar.
fn has_plausible_clock(change: &Change) -> bool {
    (1..=9998).contains(&change.at.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(text: &str) -> Box<RawValue> {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn s10_each_is_read_alone() {
        let id = "0190a000-0000-7000-8000-000000000001";
        let large = format!(r#"{{"id":"0190a000-0000-7000-8000-000000000002","x":"{}"}}"#, "a".repeat(MAX_CHANGE));
        let asked = read_all(vec![
            raw("17"),
            raw(r#"{"id":"not an id"}"#),
            raw(&format!(r#"{{"id":"{id}","kind":"dragon"}}"#)),
            raw(&format!(r#"{{"id":"{id}"}}"#)),
            raw(&large),
        ]);
        let refusals: Vec<_> = asked
            .iter()
            .map(|asked| match asked {
                Asked::Broken { refusal, body, .. } => (refusal.clone(), body.is_empty()),
                Asked::Whole { .. } => panic!(),
            })
            .collect();
        assert_eq!(refusals, [(Refusal::Unreadable, false), (Refusal::TooLarge, true)]);
    }
}
