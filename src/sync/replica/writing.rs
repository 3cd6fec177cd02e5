//! What the person does, as writes: drafts, and changes into the outbox.

use super::{
    Replica, Shelf,
    contents::files_of,
    item::{Draft, Item, Waiting, Write, draft_key, put, trouble_key},
};
use crate::domain::{
    change::{Change, Intent, Pen},
    ids::{ChangeId, DraftId, RecordId, Rev},
    order::map_of,
    record::{Record, Refusal, apply},
};
use std::rc::Rc;

impl Replica {
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
            let (record, _) = apply(shown.get(&change.record).map(Rc::as_ref), &change, Rev(i64::MAX))?;
            shown.insert(record.id, Rc::new(record));
            writes.extend(files_of(&change));
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
            form: shown.get(&intent.record).map_or(intent.form, |record| record.form),
        }
    }

    /// Takes a refused change off the list, with the person's word.
    pub fn discard_trouble(&self, change: ChangeId) -> Vec<Write> {
        vec![Write::Drop(trouble_key(change))]
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
