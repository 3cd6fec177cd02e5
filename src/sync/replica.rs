//! What one person holds on one device: records as the office last gave them, changes that wait,
//! drafts, and what needs the person. Every step is decided purely and handed out as [`Write`]s;
//! only when the store has them durably are they absorbed.

use super::protocol::{People, Receipt, Request, Response, Verdict};
use crate::domain::{
    caseload::{FamilyLine, family_line},
    change::{Change, Intent, Pen},
    documents::RecordKind,
    form::Answers,
    ids::{ChangeId, DeviceId, DraftId, FamilyId, RecordId, Rev, UserId},
    order::{map_of, sort_by, sort_by_key},
    record::{Meeting, Record, Refusal, apply},
};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How long a sent change is kept beside its receipt, in days (for a restored server, P12).
pub const KEEP_SENT_DAYS: i64 = 14;

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

/// Something begun on this device and not finished; it is the person's alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Made when it was begun.
    pub id: DraftId,
    /// The record that it will become.
    pub record: RecordId,
    /// What it will be.
    pub kind: RecordKind,
    /// The family.
    pub family: FamilyId,
    /// Version of the form in which it was begun (P5).
    pub form: u16,
    /// What has been written so far.
    pub answers: Answers,
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
    /// The first full exchange has been completed.
    #[serde(default)]
    pub complete: bool,
}

/// One thing in the store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// A record as the office gave it.
    Record(Record),
    /// A change that waits.
    Waiting(Waiting),
    /// A change that was taken; kept for [`KEEP_SENT_DAYS`].
    Sent(Answered),
    /// A change that was refused: "Do wyjaśnienia".
    Trouble(Answered),
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
            Item::Draft(draft) => draft_key(draft.id),
            Item::State(_) => "state".into(),
        }
    }
}

fn record_key(id: RecordId) -> String {
    format!("record/{id}")
}
fn waiting_key(seq: u64) -> String {
    format!("outbox/{seq:016x}")
}
fn sent_key(id: ChangeId) -> String {
    format!("sent/{id}")
}
fn trouble_key(id: ChangeId) -> String {
    format!("trouble/{id}")
}
fn draft_key(id: DraftId) -> String {
    format!("draft/{id}")
}

/// One durable step of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Write {
    /// Keep this item under its key.
    Put(Box<Item>),
    /// Take away what is under this key.
    Drop(String),
}

fn put(item: Item) -> Write {
    Write::Put(Box::new(item))
}

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

/// Things by their keys. In boxes, so that the maps of all kinds are one map to the compiler: a map
/// that things are put into and taken from weighs 8 kB in the browser.
type Shelf<K, T> = BTreeMap<K, Box<T>>;

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
    state: SyncState,
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
            state: SyncState::default(),
            next_seq: 1,
        }
    }

    /// A device with everything that its store kept.
    pub fn open(me: UserId, device: DeviceId, items: Vec<Item>) -> Self {
        let mut replica = Self::new(me, device);
        replica.absorb(items.into_iter().map(put).collect());
        replica
    }

    // ---- looking -------------------------------------------------------------------------------

    /// A record as this person sees it: the office's state with their own waiting changes on top.
    pub fn record(&self, id: RecordId) -> Option<&Record> {
        self.shown.get(&id).map(Box::as_ref)
    }

    /// All records as this person sees them.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.shown.values().map(Box::as_ref)
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
        self.outbox.values().map(Box::as_ref)
    }

    /// How many changes wait.
    pub fn waiting(&self) -> usize {
        self.outbox.len()
    }

    /// Changes that were refused and need the person.
    pub fn troubles(&self) -> impl Iterator<Item = &Answered> {
        self.troubles.values().map(Box::as_ref)
    }

    /// Changes that were taken lately, with their receipts.
    pub fn sent(&self) -> impl Iterator<Item = &Answered> {
        self.sent.values().map(Box::as_ref)
    }

    /// Drafts, the last saved first.
    pub fn drafts(&self) -> Vec<&Draft> {
        let mut drafts: Vec<_> = self.drafts.values().map(Box::as_ref).collect();
        sort_by_key(&mut drafts, |draft| std::cmp::Reverse(draft.saved_at));
        drafts
    }

    /// One draft.
    pub fn draft(&self, id: DraftId) -> Option<&Draft> {
        self.drafts.get(&id).map(Box::as_ref)
    }

    /// What is known about the exchange with the office.
    pub fn state(&self) -> &SyncState {
        &self.state
    }

    /// A colleague's name, or a plain word.
    pub fn name_of(&self, user: UserId) -> &str {
        self.state.people.get(&user).map_or("inna osoba", String::as_str)
    }

    /// Where a record stands on its way to the office.
    pub fn delivery(&self, id: RecordId) -> Delivery {
        if self.outbox.values().any(|change| change.record == id) {
            Delivery::Waiting
        } else if self.troubles.values().any(|answered| answered.change.record == id) {
            Delivery::Trouble
        } else {
            Delivery::Sent
        }
    }

    // ---- writing -------------------------------------------------------------------------------

    /// Saves a draft as it stands.
    pub fn save_draft(&self, draft: Draft) -> Vec<Write> {
        vec![put(Item::Draft(draft))]
    }

    /// Throws a draft away; the screen asked first.
    pub fn drop_draft(&self, id: DraftId) -> Vec<Write> {
        vec![Write::Drop(draft_key(id))]
    }

    /// Makes changes of what a person wants, into the outbox; a draft that became them goes in the same step.
    ///
    /// # Errors
    /// When a change cannot even be applied here: its record is gone or another stands there.
    pub fn intend(&self, intents: Vec<Intent>, done: Option<DraftId>, pen: &Pen<'_>) -> Result<Vec<Write>, Refusal> {
        let mut writes = Vec::new();
        let mut shown = self.shown.clone_touched(&intents);
        for (seq, intent) in (self.next_seq..).zip(intents) {
            let change = self.change(intent, &shown, pen);
            let (record, _) = apply(shown.get(&change.record).map(Box::as_ref), &change, Rev(i64::MAX))?;
            shown.insert(record.id, Box::new(record));
            writes.push(put(Item::Waiting(Waiting { seq, change })));
        }
        writes.extend(done.map(|draft| Write::Drop(draft_key(draft))));
        Ok(writes)
    }

    fn change(&self, intent: Intent, shown: &Shelf<RecordId, Record>, pen: &Pen<'_>) -> Change {
        let base = self.held.get(&intent.record).map_or(Rev::NONE, |record| record.rev);
        let earlier = self.outbox.values().rfind(|change| change.record == intent.record).map(|change| change.id);
        Change {
            id: ChangeId(pen.id()),
            record: intent.record,
            kind: intent.kind,
            family: intent.family,
            base,
            after: earlier,
            action: intent.action,
            author: self.me,
            at: pen.now,
            offset: pen.offset,
            form: shown.get(&intent.record).map_or(intent.kind.form().version, |record| record.form),
        }
    }

    /// Takes a refused change off the list, with the person's word.
    pub fn discard_trouble(&self, change: ChangeId) -> Vec<Write> {
        vec![Write::Drop(trouble_key(change))]
    }

    // ---- the exchange --------------------------------------------------------------------------

    /// What to ask the office now, with at most `limit` changes.
    pub fn request(&self, limit: usize, app: &str) -> Request {
        Request {
            device: self.device,
            app: app.to_owned(),
            changes: self.outbox().take(limit).cloned().collect(),
            cursors: self.state.cursors.clone(),
            waiting: self.outbox.len() as u32,
            oldest: self.outbox.values().next().map(|change| change.at),
            people_tag: self.state.people_tag.clone(),
            contents: Vec::new(),
        }
    }

    /// What an answer of the office means for the store: receipts take changes out of the outbox,
    /// records and cursors come in, families that moved away are forgotten. One atomic step.
    pub fn settle(&self, response: Response, now: DateTime<Utc>) -> Vec<Write> {
        let mut step = Settling {
            replica: self,
            held: BTreeMap::new(),
            answered: BTreeSet::new(),
            reload: BTreeSet::new(),
            writes: Vec::new(),
        };
        for receipt in response.receipts {
            step.receipt(receipt);
        }
        for record in response.records {
            step.record(record);
        }
        let mut state = self.state.clone();
        state.cursors.extend(response.cursors);
        state.cursors.retain(|family, _| !response.forget.contains(family));
        for family in &step.reload {
            state.cursors.entry(*family).and_modify(|cursor| *cursor = Rev::NONE);
        }
        step.forget_others(&state);
        if let Some(People { tag, list }) = response.people {
            state.people_tag = tag;
            state.people = map_of(list.into_iter().map(|colleague| (colleague.id, colleague.name)));
        }
        if !response.more {
            state.last_sync = Some(response.now);
            state.clock_ahead = (now - response.now).num_seconds();
            state.complete = true;
        }
        step.prune_sent(response.now);
        step.finish(state)
    }

    /// Takes writes in that the store has kept.
    pub fn absorb(&mut self, writes: Vec<Write>) {
        let mut touched = BTreeSet::new();
        for write in writes {
            match write {
                Write::Put(item) => self.absorb_item(*item, &mut touched),
                Write::Drop(key) => self.absorb_drop(&key, &mut touched),
            }
        }
        for id in touched {
            self.show(id);
        }
    }

    fn absorb_item(&mut self, item: Item, touched: &mut BTreeSet<RecordId>) {
        match item {
            Item::Record(record) => {
                touched.insert(record.id);
                self.held.insert(record.id, Box::new(record));
            }
            Item::Waiting(Waiting { seq, change }) => {
                touched.insert(change.record);
                self.next_seq = self.next_seq.max(seq + 1);
                self.outbox.insert(seq, Box::new(change));
            }
            Item::Sent(answered) => {
                self.sent.insert(answered.change.id, Box::new(answered));
            }
            Item::Trouble(answered) => {
                self.troubles.insert(answered.change.id, Box::new(answered));
            }
            Item::Draft(draft) => {
                self.drafts.insert(draft.id, Box::new(draft));
            }
            Item::State(state) => self.state = state,
        }
    }

    fn absorb_drop(&mut self, key: &str, touched: &mut BTreeSet<RecordId>) {
        let Some((kind, id)) = key.split_once('/') else { return };
        match kind {
            "record" => {
                if let Ok(id) = id.parse() {
                    self.held.remove(&id);
                    touched.insert(id);
                }
            }
            "outbox" => {
                let gone = u64::from_str_radix(id, 16).ok().and_then(|seq| self.outbox.remove(&seq));
                touched.extend(gone.map(|change| change.record));
            }
            "sent" => {
                id.parse().ok().and_then(|id| self.sent.remove(&id));
            }
            "trouble" => {
                id.parse().ok().and_then(|id| self.troubles.remove(&id));
            }
            "draft" => {
                id.parse().ok().and_then(|id| self.drafts.remove(&id));
            }
            _ => {}
        }
    }

    /// Replays what waits on top of what the office gave.
    fn show(&mut self, id: RecordId) {
        let mut shown = self.held.get(&id).cloned();
        for change in self.outbox.values().filter(|change| change.record == id) {
            let rev = shown.as_ref().map_or(Rev::NONE, |record| record.rev);
            if let Ok((record, _)) = apply(shown.as_deref(), change, rev) {
                shown = Some(Box::new(record));
            }
        }
        match shown {
            Some(record) => self.shown.insert(id, record),
            None => self.shown.remove(&id),
        };
    }
}

/// Copies only the records that some intents touch.
trait CloneTouched {
    fn clone_touched(&self, intents: &[Intent]) -> Self;
}

impl CloneTouched for Shelf<RecordId, Record> {
    fn clone_touched(&self, intents: &[Intent]) -> Self {
        let touched = intents.iter().filter_map(|intent| self.get(&intent.record));
        map_of(touched.map(|record| (record.id, record.clone())))
    }
}

/// An answer being worked into writes.
struct Settling<'a> {
    replica: &'a Replica,
    /// Records as they will stand after this step.
    held: Shelf<RecordId, Record>,
    answered: BTreeSet<u64>,
    /// Families whose state cannot be derived from receipts: fetched whole again.
    reload: BTreeSet<FamilyId>,
    writes: Vec<Write>,
}

impl Settling<'_> {
    fn standing(&self, id: RecordId) -> Option<&Record> {
        self.held.get(&id).or_else(|| self.replica.held.get(&id)).map(Box::as_ref)
    }

    fn receipt(&mut self, receipt: Receipt) {
        let waiting = self.replica.outbox.iter().find(|(_, change)| change.id == receipt.change);
        // A receipt for what no longer waits here (two tabs, a repeated answer) changes nothing.
        let Some((&seq, change)) = waiting else { return };
        if !self.answered.insert(seq) {
            return;
        }
        self.writes.push(Write::Drop(waiting_key(seq)));
        let answered = Answered { change: Change::clone(change), receipt };
        match answered.receipt.verdict {
            Verdict::Refused(_) => self.writes.push(put(Item::Trouble(answered))),
            Verdict::Accepted { rev } => {
                self.accepted(change, rev);
                self.writes.push(put(Item::Sent(answered)));
            }
            // The record itself comes with the answer.
            Verdict::Merged { .. } | Verdict::NeedsDecision { .. } => self.writes.push(put(Item::Sent(answered))),
        }
    }

    /// The office applied the change to exactly what stands here, so the result is known here too.
    fn accepted(&mut self, change: &Change, rev: Rev) {
        let standing = self.standing(change.record);
        if standing.is_some_and(|record| record.rev >= rev) {
            return;
        }
        match apply(standing, change, rev) {
            Ok((record, Meeting::Clean)) => {
                self.held.insert(record.id, Box::new(record));
            }
            _ => {
                self.reload.insert(change.family);
            }
        }
    }

    fn record(&mut self, record: Record) {
        if self.standing(record.id).is_none_or(|standing| standing.rev <= record.rev) {
            self.held.insert(record.id, Box::new(record));
        }
    }

    /// What belongs to no family of the person goes: families that moved away, and late work on them
    /// that the office took but no longer shows.
    fn forget_others(&mut self, state: &SyncState) {
        let gone = self.replica.held.values().filter(|record| !state.cursors.contains_key(&record.family));
        self.writes.extend(gone.map(|record| Write::Drop(record_key(record.id))));
        self.held.retain(|_, record| state.cursors.contains_key(&record.family));
    }

    fn prune_sent(&mut self, now: DateTime<Utc>) {
        let kept = Duration::days(KEEP_SENT_DAYS);
        let old = self.replica.sent().filter(|answered| now - answered.receipt.at > kept);
        self.writes.extend(old.map(|answered| Write::Drop(sent_key(answered.change.id))));
    }

    fn finish(mut self, state: SyncState) -> Vec<Write> {
        self.writes.extend(self.held.into_values().map(|record| put(Item::Record(*record))));
        self.writes.push(put(Item::State(state)));
        self.writes
    }
}
