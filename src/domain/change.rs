//! What a person did: one intention of one person on one device against one record.

use super::{
    documents::RecordKind,
    form::{Answers, Value},
    ids::{ChangeId, FamilyId, RecordId, Rev, UserId},
    order::map_of,
    procedure::{Given, Transition},
};
use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What the author saw in a field, and what they left there. `None` is an empty field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// What stood there before, on the author's screen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    /// What the author left there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
}

/// The ways to act on a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Write fields; on a record that does not exist yet, make it.
    Write(BTreeMap<String, Edit>),
    /// Choose between two versions of a field (dwie wersje).
    Settle {
        /// The field in question.
        field: String,
        /// The change whose version waits beside the standing one.
        of: ChangeId,
        /// The choice: what stood there and what shall stand.
        edit: Edit,
    },
    /// Take a step of the procedure in a case; a first step makes the case. What it writes only the office can
    /// say, for it alone holds the whole file (see [`crate::domain::procedure::take()`]).
    Take {
        /// Which step.
        step: Transition,
        /// What is said with it.
        given: Given,
    },
}

/// One change. Immutable once made: what was sent is never edited again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Made on the device; the identity by which repeats are known.
    pub id: ChangeId,
    /// The record.
    pub record: RecordId,
    /// What kind of record it is.
    pub kind: RecordKind,
    /// The family whose file the record belongs to.
    pub family: FamilyId,
    /// Version of the record that the author saw; [`Rev::NONE`] when they made it.
    #[serde(default)]
    pub base: Rev,
    /// The change of the same device on the same record just before this one, while the office
    /// had not answered for it yet. It must be decided first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<ChangeId>,
    /// What is done.
    pub action: Action,
    /// Who did it. The office checks that it is the one who signed in.
    pub author: UserId,
    /// When, by the clock of the device: stated, never trusted.
    pub at: DateTime<Utc>,
    /// How far the device's local time was ahead of UTC, in minutes.
    pub offset: i16,
    /// Version of the form it was written in.
    pub form: u16,
}

impl Change {
    /// Date and time on the wall of the person who made the change.
    pub fn local_time(&self) -> NaiveDateTime {
        // A stated offset beyond a day would be nonsense; the clamp keeps the sum in range.
        self.at.naive_utc() + Duration::minutes(i64::from(self.offset).clamp(-1440, 1440))
    }

    /// The day it was for the person who made the change.
    pub fn local_day(&self) -> NaiveDate {
        self.local_time().date()
    }

    /// Is the record made by this change?
    pub fn makes_record(&self) -> bool {
        self.base == Rev::NONE && self.after.is_none()
    }
}

/// Whose hand, when, and with which ids a step writes: the world that the pure code needs.
pub struct Pen<'a> {
    /// Who writes.
    pub author: UserId,
    /// When, by the device's clock.
    pub now: DateTime<Utc>,
    /// Minutes that local time is ahead of UTC.
    pub offset: i16,
    /// Ten unforeseeable bytes for each new id.
    pub random: &'a dyn Fn() -> [u8; 10],
}

impl Pen<'_> {
    /// An id for a new thing (UUID version 7).
    pub fn id(&self) -> Uuid {
        let ms = u64::try_from(self.now.timestamp_millis()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(ms, &(self.random)()).into_uuid()
    }

    /// Local date and time of the person who writes.
    pub fn local_time(&self) -> NaiveDateTime {
        self.now.naive_utc() + Duration::minutes(self.offset.into())
    }

    /// The day it is for the person who writes.
    pub fn today(&self) -> NaiveDate {
        self.local_time().date()
    }
}

/// What a person wants to stand in a record; the device makes a [`Change`] of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intent {
    /// The record; a fresh id makes a new one.
    pub record: RecordId,
    /// What kind of record it is.
    pub kind: RecordKind,
    /// The family whose file it belongs to.
    pub family: FamilyId,
    /// Version of the form that a new record begins with. A record that stands keeps its own.
    pub form: u16,
    /// What is done.
    pub action: Action,
}

/// The edits that lead from one state of the answers to another.
pub fn edits_between(before: &Answers, after: &Answers) -> BTreeMap<String, Edit> {
    let keys = before.0.keys().chain(after.0.keys());
    map_of(keys.filter(|key| before.raw(key) != after.raw(key)).map(|key| {
        let edit = Edit { before: before.raw(key).cloned(), after: after.raw(key).cloned() };
        (key.clone(), edit)
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::form::Key;

    #[test]
    fn only_what_differs_is_an_edit() {
        const A: Key<String> = Key::new("a");
        const B: Key<String> = Key::new("b");
        let before = Answers::default().with(A, "1".into()).with(B, "2".into());
        let mut after = before.clone().with(A, "3".into());
        after.set_raw("b", None);
        let edits = edits_between(&before, &after);
        assert_eq!(edits.len(), 2);
        assert_eq!(edits["b"], Edit { before: Some(Value::Text("2".into())), after: None });
        assert!(edits_between(&before, &before).is_empty());
    }
}
