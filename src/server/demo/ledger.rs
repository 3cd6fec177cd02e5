//! Who wrote what and when; made into the changes that devices would have sent.

use super::{Step, random::Random};
use crate::domain::{
    calendar::warsaw_offset_minutes,
    change::{Action, Change, edits_between},
    documents::RecordKind,
    form::Answers,
    ids::{ChangeId, FamilyId, RecordId, Rev, UserId},
};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// One writing: the cells that its author left, at one moment.
#[derive(Clone, Debug)]
pub struct Writing {
    /// When the office received it.
    pub received: DateTime<Utc>,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// By whom.
    pub author: UserId,
    /// Kind of record.
    pub kind: RecordKind,
    /// The family.
    pub family: FamilyId,
    /// The record; the first writing makes it.
    pub record: RecordId,
    /// The cells written; others stay as they were.
    pub cells: Answers,
    /// Written on another device that had not seen the last version: a conflict.
    pub beside: bool,
}

/// A record as it stands, and as it stood before its last change.
#[derive(Clone, Default)]
struct Held {
    now: (Rev, Answers),
    earlier: (Rev, Answers),
}

/// All writings, in any order.
#[derive(Debug, Default)]
pub struct Ledger(Vec<Writing>);

impl Ledger {
    /// Adds a writing.
    pub fn add(&mut self, writing: Writing) {
        self.0.push(writing);
    }

    /// The changes in the order of receipt, each on the version that its author saw.
    pub fn into_steps(mut self, random: &mut Random) -> Vec<Step> {
        self.0.sort_by_key(|writing| writing.received);
        let mut held: BTreeMap<RecordId, Held> = BTreeMap::new();
        let mut steps = Vec::with_capacity(self.0.len());
        for writing in self.0 {
            let record = held.entry(writing.record).or_default();
            let (base, seen) = if writing.beside { record.earlier.clone() } else { record.now.clone() };
            let mut after = seen.clone();
            after.0.extend(writing.cells.0.clone());
            let edits = edits_between(&seen, &after);
            if edits.is_empty() {
                continue;
            }
            let rev = Rev(steps.len() as i64 + 1);
            if writing.beside {
                // What stands stays; the other version waits beside it.
                record.now.0 = rev;
            } else {
                record.earlier = std::mem::replace(&mut record.now, (rev, after));
            }
            let change = Change {
                id: ChangeId(random.id(writing.at)),
                record: writing.record,
                kind: writing.kind,
                family: writing.family,
                base,
                after: None,
                action: Action::Write(edits),
                author: writing.author,
                at: writing.at,
                offset: warsaw_offset_minutes(writing.at),
                form: writing.kind.form().version,
            };
            steps.push(Step { received: writing.received, change });
        }
        steps
    }
}
