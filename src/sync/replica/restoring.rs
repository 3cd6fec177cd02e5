//! The office was brought back from an older copy (P12): what it has forgotten goes again, in its order and with its
//! old ids, before anything that waits; what stands here is replaced by what the office has now.

use super::{
    Replica,
    contents::described_by,
    item::{Answered, Item, Restored, SyncState, Unsent, Waiting, Write, put, sent_key, waiting_key},
};
use crate::{
    domain::{
        change::Change,
        ids::{ChangeId, Epoch, FileId, Rev},
        order::{set_of, sort_by_key},
    },
    sync::protocol::{Lot, Receipt, Request, Response, Verdict},
};
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

impl Replica {
    /// Is the device about to come to terms with a new epoch? Until it has, nothing that waits is sent.
    pub fn is_catching_up(&self) -> bool {
        self.state.comparing.is_some() || !self.state.stale.is_empty()
    }

    /// The last change of this device that the office took.
    pub(super) fn newest_sent(&self) -> Option<ChangeId> {
        let newest = self.sent().max_by_key(|answered| (rev_of(&answered.receipt), answered.receipt.at));
        newest.map(|answered| answered.change.id)
    }

    /// Asks what the office of the announced epoch lacks, and nothing else.
    pub(super) fn asking_to_compare(&self, plain: Request, epoch: Epoch) -> Request {
        let files = self.sent().flat_map(|answered| described_by(&answered.change));
        let lot = Lot { changes: self.sent.keys().copied().collect(), files: files.collect() };
        Request {
            epoch: Some(epoch),
            compare: Some(lot),
            newest: None,
            changes: Vec::new(),
            cursors: Default::default(),
            ..plain
        }
    }

    /// What an answer means that speaks of epochs only. Nothing when it is an ordinary one.
    pub(super) fn meet_epoch(&self, response: &Response) -> Option<Vec<Write>> {
        let state = &self.state;
        let comparing = |comparing| Some(vec![put(Item::State(SyncState { comparing, ..state.clone() }))]);
        match (response.epoch, state.epoch) {
            // An office of an earlier version knows of no epochs: there is nothing to compare.
            (None, _) => state.comparing.and_then(|_| comparing(None)),
            (Some(_), None) => None,
            (Some(now), Some(known)) if now == known => state.comparing.and_then(|_| comparing(None)),
            (Some(now), Some(_)) => match &response.lost {
                Some(lost) if state.comparing == Some(now) => Some(self.send_again(now, lost, response.now)),
                _ => comparing(Some(now)),
            },
        }
    }

    /// What the office lacks goes back into the outbox, in the order in which it was taken, before what waits there.
    fn send_again(&self, epoch: Epoch, lost: &Lot, now: DateTime<Utc>) -> Vec<Write> {
        let missing: BTreeSet<ChangeId> = set_of(lost.changes.iter().copied());
        let mut again: Vec<&Answered> = self.sent().filter(|answered| missing.contains(&answered.change.id)).collect();
        sort_by_key(&mut again, |answered| (rev_of(&answered.receipt), answered.change.id));
        let mut writes: Vec<Write> = again.iter().map(|answered| Write::Drop(sent_key(answered.change.id))).collect();
        writes.extend(self.outbox.keys().map(|seq| Write::Drop(waiting_key(*seq))));
        let in_order = again.iter().map(|answered| &answered.change).chain(self.outbox());
        for (seq, change) in (self.next_seq..).zip(in_order) {
            writes.push(put(Item::Waiting(Waiting { seq, change: Change::clone(change) })));
        }
        writes.extend(self.files_again(&lost.files));
        let restored = Restored { at: now, again: u32::try_from(again.len()).unwrap_or(u32::MAX) };
        writes.push(put(Item::State(self.state_in(epoch, restored))));
        writes
    }

    fn files_again(&self, lost: &[FileId]) -> Vec<Write> {
        let mut writes = Vec::new();
        for answered in self.sent() {
            let record = answered.change.record;
            let files = described_by(&answered.change).filter(|file| lost.contains(file));
            writes.extend(files.map(|file| put(Item::Unsent(Unsent { file, record, refused: false }))));
        }
        writes
    }

    /// Nothing that is known here counts in the new epoch; what is shown stays until something newer comes.
    fn state_in(&self, epoch: Epoch, restored: Restored) -> SyncState {
        let mut state = self.state.clone();
        state.cursors.values_mut().for_each(|cursor| *cursor = Rev::NONE);
        state.stale = set_of(self.held.keys().copied());
        state.people_tag.clear();
        state.book_tag = Rev::NONE;
        (state.epoch, state.comparing, state.restored) = (Some(epoch), None, Some(restored));
        state
    }
}

fn rev_of(receipt: &Receipt) -> Rev {
    match &receipt.verdict {
        Verdict::Accepted { rev } | Verdict::Merged { rev } | Verdict::NeedsDecision { rev, .. } => *rev,
        Verdict::Refused(_) => Rev::NONE,
    }
}
