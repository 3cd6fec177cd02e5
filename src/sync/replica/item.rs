//! What the store of a device keeps: items under keys that say nothing personal, and the writes of a step.

use crate::{
    domain::{
        change::Change,
        documents::RecordKind,
        form::Answers,
        ids::{ChangeId, DraftId, Epoch, FamilyId, FileId, RecordId, Rev, UserId},
        record::Record,
    },
    sync::protocol::{Receipt, SealKey},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A change in the outbox, with its place in the order of making.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Place in the order of making on this device.
    pub seq: u64,
    /// The change, frozen.
    pub change: Change,
}

/// A change that was answered, with its receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// The change.
    pub change: Change,
    /// The office's answer.
    pub receipt: Receipt,
}

/// A file whose bytes the office does not have yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsent {
    /// The file.
    pub file: FileId,
    /// The paper that describes it.
    pub record: RecordId,
    /// The office said no: it stays here, for its author to see.
    #[serde(default)]
    pub refused: bool,
}

/// Something begun on this device and not finished; it is the person's alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Made when it was begun.
    pub id: DraftId,
    /// The record that it will become, or that it corrects.
    pub record: RecordId,
    /// What it will be.
    pub kind: RecordKind,
    /// The family.
    pub family: FamilyId,
    /// Version of the form in which it was begun (P5).
    pub form: u16,
    /// What has been written so far.
    pub answers: Answers,
    /// What its author saw in the record, when this corrects one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Answers>,
    /// The section in view, so that it reopens there.
    #[serde(default)]
    pub section: u8,
    /// When it was last saved, by the device's clock.
    pub saved_at: DateTime<Utc>,
}

/// What the device knows about its exchange with the office.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncState {
    /// For each family: the revision up to which everything is known.
    pub cursors: BTreeMap<FamilyId, Rev>,
    /// When the last full exchange ended, by the office's clock.
    pub last_sync: Option<DateTime<Utc>>,
    /// Seconds that the device's clock was ahead of the office's at that time.
    #[serde(default)]
    pub clock_ahead: i64,
    /// Tag of the list of people.
    #[serde(default)]
    pub people_tag: String,
    /// Names of colleagues.
    #[serde(default)]
    pub people: BTreeMap<UserId, String>,
    /// Tag of the office's settings.
    #[serde(default)]
    pub book_tag: Rev,
    /// The office's settings as they came. Of those that this app cannot read, also the last that it can: they hold
    /// until the app is renewed.
    #[serde(default)]
    pub books: Vec<String>,
    /// The office's key that changes are sealed to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seal_key: Option<SealKey>,
    /// The first full exchange has been completed.
    #[serde(default)]
    pub complete: bool,
    /// The office's epoch that everything here belongs to (P12).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub epoch: Option<Epoch>,
    /// Another epoch, which the office has announced: what it lacks is not known here yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comparing: Option<Epoch>,
    /// Records as an earlier epoch had them: they are shown until the office has sent its own.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub stale: BTreeSet<RecordId>,
    /// The last restore of the office that was noticed here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restored: Option<Restored>,
}

/// A restore of the office, as this device met it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restored {
    /// When it was noticed, by the office's clock.
    pub at: DateTime<Utc>,
    /// How many changes the office lacked, so that they go again.
    pub again: u32,
}

/// One thing in the store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// A record as the office gave it.
    Record(Record),
    /// A change that waits.
    Waiting(Waiting),
    /// A change that was taken; kept for [`super::KEEP_SENT_DAYS`].
    Sent(Answered),
    /// A change that was refused: "Do wyjaśnienia".
    Trouble(Answered),
    /// A file that waits to be sent.
    Unsent(Unsent),
    /// A draft.
    Draft(Draft),
    /// The state of the exchange.
    State(SyncState),
}

impl Item {
    /// The key that the item is stored under: its kind and random ids, nothing personal.
    pub fn key(&self) -> String {
        match self {
            Item::Record(record) => record_key(record.id),
            Item::Waiting(waiting) => waiting_key(waiting.seq),
            Item::Sent(answered) => sent_key(answered.change.id),
            Item::Trouble(answered) => trouble_key(answered.change.id),
            Item::Unsent(unsent) => unsent_key(unsent.file),
            Item::Draft(draft) => draft_key(draft.id),
            Item::State(_) => "state".into(),
        }
    }
}

/// Does everything that waits under these keys also wait sealed to the office, in so many copies? Seen from
/// outside the vault, where it cannot be seen which copy belongs to which change: a copy stands only as long as
/// its change waits, so as many copies as changes are all of them. Files have no copies.
pub fn is_all_sealed(keys: &[String], copies: usize) -> bool {
    let waiting = keys.iter().filter(|key| key.starts_with("outbox/")).count();
    let files = keys.iter().any(|key| key.starts_with("unsent/"));
    !files && waiting <= copies
}

pub(super) fn record_key(id: RecordId) -> String {
    format!("record/{id}")
}
pub(super) fn waiting_key(seq: u64) -> String {
    format!("outbox/{seq:016x}")
}
pub(super) fn sent_key(id: ChangeId) -> String {
    format!("sent/{id}")
}
pub(super) fn trouble_key(id: ChangeId) -> String {
    format!("trouble/{id}")
}
pub(super) fn unsent_key(id: FileId) -> String {
    format!("unsent/{id}")
}
pub(super) fn draft_key(id: DraftId) -> String {
    format!("draft/{id}")
}

/// One durable step of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Write {
    /// Keep this item under its key.
    Put(Box<Item>),
    /// Take away what is under this key.
    Drop(String),
    /// Keep the bytes of a file, apart from the items: they are read only when they are looked at or sent.
    PutContent(FileId, Vec<u8>),
    /// Take away the bytes of a file.
    DropContent(FileId),
}

pub(super) fn put(item: Item) -> Write {
    Write::Put(Box::new(item))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d05_all_is_sealed_when_each_change_has_a_copy_and_no_file_waits() {
        let change = waiting_key(7);
        let file = unsent_key(FileId(uuid::Uuid::nil()));
        let other = [record_key(RecordId(uuid::Uuid::nil())), "state".to_owned()];
        for (waiting, copies, sealed) in [
            (vec![], 0, true),
            (vec![change.clone()], 0, false),
            (vec![change.clone()], 1, true),
            (vec![change.clone(), waiting_key(8)], 1, false),
            (vec![change, file.clone()], 2, false),
            (vec![file], 1, false),
        ] {
            let keys = [waiting, other.to_vec()].concat();
            assert_eq!(is_all_sealed(&keys, copies), sealed, "{keys:?} {copies}");
        }
    }
}
