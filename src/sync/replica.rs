//! What one person holds on one device: records as the office last gave them, changes that wait,
//! drafts, and what needs the person. Every step is decided purely and handed out as [`Write`]s;
//! only when the store has them durably are they absorbed.

mod absorbing;
mod contents;
mod item;
mod restoring;
mod settling;
mod writing;

pub use item::{Answered, Draft, Item, Restored, SyncState, Unsent, Waiting, Write, is_all_sealed};
pub use settling::KEEP_SENT_DAYS;

use crate::domain::{
    caseload::{FamilyLine, family_line},
    change::Change,
    documents::RecordKind,
    ids::{ChangeId, DeviceId, DraftId, FamilyId, FileId, RecordId, UserId},
    office::OfficeBook,
    order::{sort_by, sort_by_key},
    record::Record,
};
use chrono::NaiveDate;
use item::put;
use std::{collections::BTreeMap, rc::Rc};

/// Where a record of this device stands on its way to the office (P9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// Changes of it wait on this device.
    Waiting,
    /// The office refused a change of it.
    Trouble,
    /// The office has all of it.
    Sent,
}

/// Things by their keys. Shared, for a record as it stands and as it is shown is mostly the same; and all alike, so that the maps of all kinds are one map to the compiler: a map
/// that things are put into and taken from weighs 8 kB in the browser.
type Shelf<K, T> = BTreeMap<K, Rc<T>>;

/// Everything that one person holds on one device.
#[derive(Clone, Debug)]
pub struct Replica {
    /// The person.
    pub me: UserId,
    /// The installation.
    pub device: DeviceId,
    held: Shelf<RecordId, Record>,
    shown: Shelf<RecordId, Record>,
    outbox: Shelf<u64, Change>,
    sent: Shelf<ChangeId, Answered>,
    troubles: Shelf<ChangeId, Answered>,
    drafts: Shelf<DraftId, Draft>,
    unsent: Shelf<FileId, Unsent>,
    state: SyncState,
    /// What the office has set; boxed, for it is rarely asked for.
    book: Box<OfficeBook>,
    next_seq: u64,
}

impl Replica {
    /// An empty device.
    pub fn new(me: UserId, device: DeviceId) -> Self {
        Self {
            me,
            device,
            held: BTreeMap::new(),
            shown: BTreeMap::new(),
            outbox: BTreeMap::new(),
            sent: BTreeMap::new(),
            troubles: BTreeMap::new(),
            drafts: BTreeMap::new(),
            unsent: BTreeMap::new(),
            state: SyncState::default(),
            book: Box::default(),
            next_seq: 1,
        }
    }

    /// A device with everything that its store kept.
    pub fn open(me: UserId, device: DeviceId, items: Vec<Item>) -> Self {
        let mut replica = Self::new(me, device);
        replica.absorb(items.into_iter().map(put).collect());
        replica
    }

    /// Would pages look different after this write? Most exchanges say nothing but that they took place.
    pub fn shows(&self, write: &Write) -> bool {
        let Write::Put(item) = write else { return true };
        let Item::State(new) = &**item else { return true };
        let old = &self.state;
        (&new.people, &new.books, &new.stale) != (&old.people, &old.books, &old.stale)
            || (new.complete, new.restored) != (old.complete, old.restored)
    }

    /// A record as this person sees it: the office's state with their own waiting changes on top.
    pub fn record(&self, id: RecordId) -> Option<&Record> {
        self.shown.get(&id).map(Rc::as_ref)
    }

    /// All records as this person sees them.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.shown.values().map(Rc::as_ref)
    }

    /// Records of one family and kind.
    pub fn of_family(&self, family: FamilyId, kind: RecordKind) -> impl Iterator<Item = &Record> {
        self.records().filter(move |record| record.family == family && record.kind == kind)
    }

    /// The person's families, by code.
    pub fn families(&self, today: NaiveDate) -> Vec<FamilyLine> {
        let mut by_family: BTreeMap<FamilyId, Vec<&Record>> = BTreeMap::new();
        for record in self.records() {
            by_family.entry(record.family).or_default().push(record);
        }
        let mut lines: Vec<_> = by_family.into_values().filter_map(|records| family_line(records, today)).collect();
        sort_by(&mut lines, |one, other| one.code.cmp(&other.code));
        lines
    }

    /// Changes that wait for an answer, oldest first.
    pub fn outbox(&self) -> impl Iterator<Item = &Change> {
        self.outbox.values().map(Rc::as_ref)
    }

    /// How many changes and files wait.
    pub fn waiting(&self) -> usize {
        self.outbox.len() + self.unsent_files().count()
    }

    /// Changes that were refused and need the person.
    pub fn troubles(&self) -> impl Iterator<Item = &Answered> {
        self.troubles.values().map(Rc::as_ref)
    }

    /// Changes that were taken lately, with their receipts.
    pub fn sent(&self) -> impl Iterator<Item = &Answered> {
        self.sent.values().map(Rc::as_ref)
    }

    /// Drafts, the last saved first.
    pub fn drafts(&self) -> Vec<&Draft> {
        let mut drafts: Vec<_> = self.drafts.values().map(Rc::as_ref).collect();
        sort_by_key(&mut drafts, |draft| std::cmp::Reverse(draft.saved_at));
        drafts
    }

    /// One draft.
    pub fn draft(&self, id: DraftId) -> Option<&Draft> {
        self.drafts.get(&id).map(Rc::as_ref)
    }

    /// What is known about the exchange with the office.
    pub fn state(&self) -> &SyncState {
        &self.state
    }

    /// What the office has set, as far as it has come here and this app can read it.
    pub fn book(&self) -> &OfficeBook {
        &self.book
    }

    /// A colleague's name, or a plain word.
    pub fn name_of(&self, user: UserId) -> &str {
        self.state.people.get(&user).map_or("inna osoba", String::as_str)
    }

    /// Where a record stands on its way to the office.
    pub fn delivery(&self, id: RecordId) -> Delivery {
        let files = |refused| self.unsent.values().any(|unsent| unsent.record == id && unsent.refused == refused);
        if self.outbox.values().any(|change| change.record == id) || files(false) {
            Delivery::Waiting
        } else if files(true) || self.troubles.values().any(|answered| answered.change.record == id) {
            Delivery::Trouble
        } else {
            Delivery::Sent
        }
    }
}
