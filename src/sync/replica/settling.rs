//! The exchange with the office: what to ask, and what its answer means for the store.

use super::{
    Replica, Shelf,
    item::{Answered, Item, SyncState, Write, put, record_key, sent_key, waiting_key},
};
use crate::{
    domain::{
        change::Change,
        guards::{self, Guard},
        ids::{FamilyId, RecordId, Rev},
        office::OfficeBook,
        order::map_of,
        record::{Meeting, Record, apply},
    },
    sync::protocol::{NewBook, People, Receipt, Request, Response, Verdict},
};
use chrono::{DateTime, Duration, Utc};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};
use uuid::Uuid;

/// How long a sent change is kept beside its receipt, in days (for a restored server, P12).
pub const KEEP_SENT_DAYS: i64 = 14;

impl Replica {
    /// What to ask the office now, with at most `limit` changes.
    pub fn request(&self, limit: usize, app: &str) -> Request {
        let limit = if self.is_catching_up() { 0 } else { limit };
        let plain = Request {
            device: self.device,
            app: app.to_owned(),
            changes: self.outbox().take(limit).cloned().collect(),
            cursors: self.state.cursors.clone(),
            waiting: self.waiting() as u32,
            oldest: self.outbox.values().next().map(|change| change.at),
            people_tag: self.state.people_tag.clone(),
            book_tag: Some(self.state.book_tag),
            contents: Vec::new(),
            epoch: self.state.epoch,
            newest: self.newest_sent(),
            compare: None,
            seal_key: Some(self.state.seal_key.as_ref().map_or(Uuid::nil(), |key| key.id)),
            about: None,
            failures: 0,
        };
        match self.state.comparing {
            Some(epoch) => self.asking_to_compare(plain, epoch),
            None => plain,
        }
    }

    /// What an answer of the office means for the store: receipts take changes out of the outbox,
    /// records and cursors come in, families that moved away are forgotten. One atomic step.
    pub fn settle(&self, response: Response, now: DateTime<Utc>) -> Vec<Write> {
        if let Some(writes) = self.meet_epoch(&response) {
            return writes;
        }
        let mut step = Settling {
            replica: self,
            stale: self.state.stale.clone(),
            held: BTreeMap::new(),
            answered: BTreeSet::new(),
            reload: BTreeSet::new(),
            writes: Vec::new(),
        };
        for receipt in response.receipts {
            step.receipt(receipt);
        }
        if !guards::stands(Guard::ReceiptFirst) {
            step.take_all_for_sent();
        }
        for record in response.records {
            step.record(record);
        }
        for receipt in response.contents {
            step.writes.extend(self.file_answered(receipt));
        }
        let mut state = self.state.clone();
        state.epoch = response.epoch.or(state.epoch);
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
        if let Some(NewBook { tag, body }) = response.book {
            state.book_tag = tag;
            state.books = kept_books(body.get(), &state.books);
        }
        if response.seal_key.is_some() {
            state.seal_key = response.seal_key;
        }
        if !response.more {
            state.last_sync = Some(response.now);
            state.clock_ahead = (now - response.now).num_seconds();
            state.complete = true;
            step.drop_stale();
        }
        state.stale = std::mem::take(&mut step.stale);
        step.prune_sent(response.now);
        step.finish(state)
    }
}

/// The office's new settings, and before them the last that can be read here, if these cannot.
fn kept_books(newest: &str, before: &[String]) -> Vec<String> {
    let is_read = |body: &str| OfficeBook::read(body.as_bytes()).is_some();
    let last_good = || before.iter().find(|body| is_read(body)).cloned();
    let earlier = if is_read(newest) { None } else { last_good() };
    [newest.to_owned()].into_iter().chain(earlier).collect()
}

/// An answer being worked into writes.
struct Settling<'a> {
    replica: &'a Replica,
    /// Records of an earlier epoch that this answer has not replaced.
    stale: BTreeSet<RecordId>,
    /// Records as they will stand after this step.
    held: Shelf<RecordId, Record>,
    answered: BTreeSet<u64>,
    /// Families whose state cannot be derived from receipts: fetched whole again.
    reload: BTreeSet<FamilyId>,
    writes: Vec<Write>,
}

impl Settling<'_> {
    fn standing(&self, id: RecordId) -> Option<&Record> {
        self.held.get(&id).or_else(|| self.replica.held.get(&id)).map(Rc::as_ref)
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

    /// What must never be: an answer takes everything out of the outbox, whatever it answers.
    fn take_all_for_sent(&mut self) {
        self.writes.extend(self.replica.outbox.keys().map(|seq| Write::Drop(waiting_key(*seq))));
    }

    /// The office applied the change to exactly what stands here, so the result is known here too.
    fn accepted(&mut self, change: &Change, rev: Rev) {
        let standing = self.standing(change.record);
        if standing.is_some_and(|record| record.rev >= rev) {
            return;
        }
        match apply(standing, change, rev) {
            Ok((record, Meeting::Clean)) => {
                self.held.insert(record.id, Rc::new(record));
            }
            _ => {
                self.reload.insert(change.family);
            }
        }
    }

    fn record(&mut self, record: Record) {
        // Revisions of another epoch do not compare with these.
        let replaces = self.stale.remove(&record.id);
        if replaces || self.standing(record.id).is_none_or(|standing| standing.rev <= record.rev) {
            self.held.insert(record.id, Rc::new(record));
        }
    }

    /// What the office has not sent in the new epoch, it does not have.
    fn drop_stale(&mut self) {
        let gone = std::mem::take(&mut self.stale);
        self.writes.extend(gone.into_iter().map(|id| Write::Drop(record_key(id))));
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
        self.writes.extend(self.held.into_values().map(|record| put(Item::Record(Rc::unwrap_or_clone(record)))));
        self.writes.push(put(Item::State(state)));
        self.writes
    }
}
