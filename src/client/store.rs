//! The items of one person in the browser's store, each sealed for its place.
//!
//! Sealing comes first and the transaction after it: a transaction does not wait for ciphers. The
//! transaction is one, strictly durable, and holds only while this tab holds the device: a text in
//! the store says whose turn it is, so that a tab that lost it cannot write any more, not even in
//! the moment before it hears of it.

use super::{
    browser::pause,
    clock::random,
    crypto::{CryptoError, DataKey},
    database::{CONTENTS, Database, DbError, Guard, ITEMS, META, Step},
};
use crate::domain::ids::FileId;
use crate::sync::{
    ports::{DeviceStore, Local, StoreError},
    replica::{Item, Write},
};
use futures_util::future::try_join_all;
use js_sys::Uint8Array;
use std::{cell::RefCell, rc::Rc};
use uuid::Uuid;
use wasm_bindgen::{JsCast, JsValue};

/// Items that are sealed or opened at once; between such groups the screen gets its turn.
const GROUP: usize = 200;
const HOLDER: &str = "holder";

/// How this tab lost the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// Another tab writes now.
    TakenOver,
    /// The browser, or a person, has removed everything. What is in memory can still be sent.
    Wiped,
}

/// Keeps items in IndexedDB.
pub struct SealedStore {
    database: Rc<Database>,
    key: RefCell<Option<DataKey>>,
    holder: String,
    on_loss: Box<dyn Fn(Loss)>,
}

impl SealedStore {
    /// Makes this tab the one that writes. `on_loss` is called when it cannot any more.
    pub async fn hold(database: Rc<Database>, key: DataKey, on_loss: impl Fn(Loss) + 'static) -> Result<Self, DbError> {
        let holder = Uuid::from_bytes(random()).to_string();
        database.write(&[Step::Put(META, HOLDER.into(), holder.as_str().into())], None).await?;
        Ok(Self { database, key: RefCell::new(Some(key)), holder, on_loss: Box::new(on_loss) })
    }

    /// Forgets the key. Whoever still holds this store can neither read nor write with it.
    pub fn close(&self) {
        self.key.take();
        self.database.close();
    }

    fn key(&self) -> Result<DataKey, StoreError> {
        self.key.borrow().clone().ok_or_else(|| StoreError::Unavailable("zablokowana".into()))
    }

    async fn load_all(&self) -> Result<Vec<Item>, StoreError> {
        let key = self.key()?;
        let (names, values) = self.database.all(ITEMS).await?;
        let sealed: Vec<(JsValue, JsValue)> = names.iter().zip(values.iter()).collect();
        let mut items = Vec::with_capacity(sealed.len());
        for group in sealed.chunks(GROUP) {
            items.extend(try_join_all(group.iter().map(|(name, value)| open(&key, name, value))).await?);
            breathe(sealed.len()).await;
        }
        Ok(items)
    }

    async fn content_of(&self, file: FileId) -> Result<Option<Vec<u8>>, StoreError> {
        let (key, name) = (self.key()?, file.to_string());
        let value = self.database.value(CONTENTS, &name).await?;
        if value.is_undefined() {
            return Ok(None);
        }
        open_at(&key, CONTENTS, &name, &value).await.map(Some)
    }

    async fn all_contents(&self) -> Result<Vec<FileId>, StoreError> {
        let names = self.database.keys(CONTENTS).await?;
        Ok(names.iter().filter_map(|name| name.as_string()?.parse().ok()).collect())
    }

    async fn commit_all(&self, writes: Vec<Write>) -> Result<(), StoreError> {
        let key = self.key()?;
        let mut steps = Vec::with_capacity(writes.len());
        for group in writes.chunks(GROUP) {
            steps.extend(try_join_all(group.iter().map(|write| seal(&key, write))).await?);
            breathe(writes.len()).await;
        }
        // Locked while sealing: nothing is written after "Zablokuj".
        self.key()?;
        let written = self.database.write(&steps, Some(Guard { key: HOLDER, text: &self.holder })).await;
        match written {
            Err(DbError::TakenOver) => (self.on_loss)(Loss::TakenOver),
            Err(DbError::Wiped) => (self.on_loss)(Loss::Wiped),
            _ => {}
        }
        Ok(written?)
    }
}

async fn seal(key: &DataKey, write: &Write) -> Result<Step, StoreError> {
    match write {
        Write::Drop(name) => Ok(Step::Delete(ITEMS, name.clone())),
        Write::DropContent(file) => Ok(Step::Delete(CONTENTS, file.to_string())),
        Write::PutContent(file, bytes) => seal_at(key, CONTENTS, file.to_string(), bytes).await,
        Write::Put(item) => {
            let plain = serde_json::to_vec(item).map_err(|_| StoreError::Sealed)?;
            seal_at(key, ITEMS, item.key(), &plain).await
        }
    }
}

async fn seal_at(key: &DataKey, store: &'static str, name: String, plain: &[u8]) -> Result<Step, StoreError> {
    let envelope = key.seal(store, &name, plain).await.map_err(unavailable)?;
    Ok(Step::Put(store, name, Uint8Array::from(envelope.as_slice()).into()))
}

async fn open(key: &DataKey, name: &JsValue, value: &JsValue) -> Result<Item, StoreError> {
    let name = name.as_string().ok_or(StoreError::Sealed)?;
    let plain = open_at(key, ITEMS, &name, value).await?;
    serde_json::from_slice(&plain).map_err(|_| StoreError::Sealed)
}

async fn open_at(key: &DataKey, store: &'static str, name: &str, value: &JsValue) -> Result<Vec<u8>, StoreError> {
    let envelope = value.dyn_ref::<Uint8Array>().ok_or(StoreError::Sealed)?.to_vec();
    key.open(store, name, &envelope).await.map_err(|error| match error {
        CryptoError::DoesNotOpen => StoreError::Sealed,
        other => unavailable(other),
    })
}

fn unavailable(error: CryptoError) -> StoreError {
    StoreError::Unavailable(error.to_string())
}

/// Gives the screen its turn in long work.
async fn breathe(total: usize) {
    if total > GROUP {
        pause(0).await;
    }
}

impl DeviceStore for SealedStore {
    fn load(&self) -> Local<'_, Result<Vec<Item>, StoreError>> {
        Box::pin(self.load_all())
    }

    fn content(&self, file: FileId) -> Local<'_, Result<Option<Vec<u8>>, StoreError>> {
        Box::pin(self.content_of(file))
    }

    fn contents(&self) -> Local<'_, Result<Vec<FileId>, StoreError>> {
        Box::pin(self.all_contents())
    }

    fn commit(&self, writes: Vec<Write>) -> Local<'_, Result<(), StoreError>> {
        Box::pin(self.commit_all(writes))
    }
}
