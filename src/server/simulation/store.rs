//! A phone's store and clock, as a story needs them: one notes what the person was promised, the other may be wrong.

use super::office::Office;
use crate::{
    domain::ids::{ChangeId, FileId},
    server::db::points::{Point, pass},
    sync::{
        memory::MemoryStore,
        ports::{Clock, DeviceStore, Local, Randomness, StoreError},
        replica::{Item, Write},
    },
};
use chrono::{DateTime, Duration, Utc};
use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
    rc::Rc,
};

/// A phone's clock: the office's, and wrong by so many minutes.
pub struct PhoneClock {
    pub office: Rc<Office>,
    pub wrong_by: Cell<i64>,
    /// Minutes ahead of UTC; they change on two nights of the year.
    pub offset: Cell<i16>,
}

impl Clock for PhoneClock {
    fn now(&self) -> DateTime<Utc> {
        self.office.now() + Duration::minutes(self.wrong_by.get())
    }

    fn offset_minutes(&self) -> i16 {
        self.offset.get()
    }
}

impl Randomness for super::random::Random {
    fn bytes(&self) -> [u8; 10] {
        super::random::Random::bytes(self)
    }
}

/// A store that notes which changes it was told to keep: what the person was promised.
#[derive(Default)]
pub struct LedgerStore {
    pub inner: MemoryStore,
    pub promised: RefCell<BTreeSet<ChangeId>>,
    pub promised_files: RefCell<BTreeSet<FileId>>,
}

impl DeviceStore for LedgerStore {
    fn load(&self) -> Local<'_, Result<Vec<Item>, StoreError>> {
        self.inner.load()
    }

    fn content(&self, file: FileId) -> Local<'_, Result<Option<Vec<u8>>, StoreError>> {
        self.inner.content(file)
    }

    fn contents(&self) -> Local<'_, Result<Vec<FileId>, StoreError>> {
        self.inner.contents()
    }

    fn commit(&self, writes: Vec<Write>) -> Local<'_, Result<(), StoreError>> {
        let (changes, files) = promises(&writes);
        Box::pin(async move {
            pass(Point::Keep).await;
            self.inner.commit(writes).await?;
            pass(Point::Keep).await;
            self.promised_files.borrow_mut().extend(files);
            self.promised.borrow_mut().extend(changes);
            Ok(())
        })
    }
}

fn promises(writes: &[Write]) -> (Vec<ChangeId>, Vec<FileId>) {
    let (mut changes, mut files) = (Vec::new(), Vec::new());
    for write in writes {
        let Write::Put(item) = write else { continue };
        match &**item {
            Item::Waiting(waiting) => changes.push(waiting.change.id),
            Item::Unsent(unsent) => files.push(unsent.file),
            _ => {}
        }
    }
    (changes, files)
}
