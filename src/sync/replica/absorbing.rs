//! Taking in what the store has kept: from then on it is what the person sees.

use super::{
    Replica,
    item::{Item, Waiting, Write},
};
use crate::domain::{
    ids::{RecordId, Rev},
    office::OfficeBook,
    record::apply,
};
use std::{collections::BTreeSet, rc::Rc};

/// The newest of the office's settings that this app can read.
fn book_of(books: &[String]) -> Option<OfficeBook> {
    books.iter().find_map(|body| OfficeBook::read(body.as_bytes()))
}

impl Replica {
    /// Takes writes in that the store has kept.
    pub fn absorb(&mut self, writes: Vec<Write>) {
        let mut touched = BTreeSet::new();
        for write in writes {
            match write {
                Write::Put(item) => self.absorb_item(*item, &mut touched),
                Write::Drop(key) => self.absorb_drop(&key, &mut touched),
                // Bytes stay in the store.
                Write::PutContent(..) | Write::DropContent(_) => {}
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
                self.held.insert(record.id, Rc::new(record));
            }
            Item::Waiting(Waiting { seq, change }) => {
                touched.insert(change.record);
                self.next_seq = self.next_seq.max(seq + 1);
                self.outbox.insert(seq, Rc::new(change));
            }
            Item::Sent(answered) => {
                self.sent.insert(answered.change.id, Rc::new(answered));
            }
            Item::Trouble(answered) => {
                self.troubles.insert(answered.change.id, Rc::new(answered));
            }
            Item::Unsent(unsent) => {
                self.unsent.insert(unsent.file, Rc::new(unsent));
            }
            Item::Draft(draft) => {
                self.drafts.insert(draft.id, Rc::new(draft));
            }
            Item::State(state) => {
                if state.books != self.state.books {
                    *self.book = book_of(&state.books).unwrap_or_default();
                }
                self.state = state;
            }
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
            "unsent" => {
                id.parse().ok().and_then(|id| self.unsent.remove(&id));
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
                shown = Some(Rc::new(record));
            }
        }
        match shown {
            Some(record) => self.shown.insert(id, record),
            None => self.shown.remove(&id),
        };
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        domain::ids::{DeviceId, FamilyId, Rev, UserId},
        sync::replica::{Item, Replica, SyncState, item::put},
    };
    use chrono::DateTime;
    use uuid::Uuid;

    #[test]
    fn an_exchange_that_only_took_place_redraws_no_page() {
        let mut replica = Replica::new(UserId(Uuid::nil()), DeviceId(Uuid::nil()));
        let first = SyncState { complete: true, ..SyncState::default() };
        let state = |state: &SyncState| put(Item::State(state.clone()));
        assert!(replica.shows(&state(&first)), "the first fetching is over");
        replica.absorb(vec![state(&first)]);
        let cursors = [(FamilyId(Uuid::nil()), Rev(7))].into();
        let quiet = SyncState { cursors, last_sync: Some(DateTime::UNIX_EPOCH), clock_ahead: 3, ..first.clone() };
        assert!(!replica.shows(&state(&quiet)));
        let people = [(UserId(Uuid::nil()), "Ala Próbna".to_owned())].into();
        assert!(replica.shows(&state(&SyncState { people, ..quiet })));
    }
}
