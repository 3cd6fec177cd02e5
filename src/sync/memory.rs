//! A store in memory that fails on demand: for tests and the simulation.

use super::{
    ports::{DeviceStore, Local, StoreError},
    replica::{Item, Write},
};
use crate::domain::ids::FileId;
use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
};

/// Keeps items as JSON, as a real store keeps bytes: what is read is what was written, not what was meant.
#[derive(Debug, Default)]
pub struct MemoryStore {
    items: RefCell<BTreeMap<String, String>>,
    contents: RefCell<BTreeMap<FileId, Vec<u8>>>,
    fail_next: Cell<Option<Failure>>,
    died: Cell<bool>,
}

/// How a commit goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Nothing is written, and the caller is told.
    Full,
    /// Everything is written, but the device dies before the caller hears of it.
    DiesAfter,
    /// The device dies before anything is written.
    DiesBefore,
}

impl MemoryStore {
    /// The next commit goes wrong like this.
    pub fn fail_next(&self, failure: Failure) {
        self.fail_next.set(Some(failure));
    }

    /// The next commit goes well after all; a store that died answers again.
    pub fn forget_failure(&self) {
        self.fail_next.set(None);
        self.died.set(false);
    }

    /// Did a commit end in the device's death?
    pub fn has_died(&self) -> bool {
        self.died.get()
    }

    /// How many items are kept.
    pub fn len(&self) -> usize {
        self.items.borrow().len()
    }

    /// Is nothing kept?
    pub fn is_empty(&self) -> bool {
        self.items.borrow().is_empty()
    }

    fn write(&self, writes: Vec<Write>) -> Result<(), StoreError> {
        let mut items = self.items.borrow_mut();
        for write in writes {
            match write {
                Write::Put(item) => {
                    let json = serde_json::to_string(&item).map_err(|_| StoreError::Sealed)?;
                    items.insert(item.key(), json);
                }
                Write::Drop(key) => {
                    items.remove(&key);
                }
                Write::PutContent(file, bytes) => {
                    self.contents.borrow_mut().insert(file, bytes);
                }
                Write::DropContent(file) => {
                    self.contents.borrow_mut().remove(&file);
                }
            }
        }
        Ok(())
    }
}

impl DeviceStore for MemoryStore {
    fn load(&self) -> Local<'_, Result<Vec<Item>, StoreError>> {
        let items = self.items.borrow();
        let read: Result<Vec<Item>, _> = items.values().map(|json| serde_json::from_str(json)).collect();
        Box::pin(std::future::ready(read.map_err(|_| StoreError::Sealed)))
    }

    fn content(&self, file: FileId) -> Local<'_, Result<Option<Vec<u8>>, StoreError>> {
        Box::pin(std::future::ready(Ok(self.contents.borrow().get(&file).cloned())))
    }

    fn contents(&self) -> Local<'_, Result<Vec<FileId>, StoreError>> {
        Box::pin(std::future::ready(Ok(self.contents.borrow().keys().copied().collect())))
    }

    fn commit(&self, writes: Vec<Write>) -> Local<'_, Result<(), StoreError>> {
        let failure = self.fail_next.take();
        let written = match failure {
            None | Some(Failure::DiesAfter) => self.write(writes),
            Some(Failure::Full) => Err(StoreError::Full),
            Some(Failure::DiesBefore) => Ok(()),
        };
        match failure {
            // The device dies: whoever waits never hears an answer.
            Some(Failure::DiesAfter | Failure::DiesBefore) => {
                self.died.set(true);
                Box::pin(std::future::pending())
            }
            _ => Box::pin(std::future::ready(written)),
        }
    }
}
