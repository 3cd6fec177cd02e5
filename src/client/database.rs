//! IndexedDB, in the few shapes that are needed here: read one, read all, write all or nothing.
//!
//! Own lines over `web_sys` instead of the `idb` crate: `idb` cannot ask for strict durability, without
//! which "Zapisano" would be no promise (browsers answer before the disk has it), and weighs 20 kB
//! more. Requests resolve promises of the browser directly, so no Rust closure outlives its call.
//!
//! Connections get lost: iOS drops them in the background, and the browser closes them when the
//! person clears its data. So every operation that finds its connection gone opens a new one and
//! runs once more; writes set whole values under their keys, so running twice does no harm.

use super::{
    browser::{name_of, within},
    connection::{Connection, answer, completion, failure, open, remove},
};
use crate::sync::ports::StoreError;
use futures_util::future::join;
use js_sys::Array;
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbObjectStore, IdbTransaction};

/// The plain things: wraps, counters, whose turn it is.
pub const META: &str = "meta";
/// The sealed items.
pub const ITEMS: &str = "items";
/// The sealed bytes of files.
pub const CONTENTS: &str = "contents";
/// Unsent changes sealed to the office, under the ids of the changes: they can be sent while the vault is locked.
pub const SEALED: &str = "sealed";

/// Longest wait for a transaction. A store that hangs (iOS after a long sleep) is said to be gone.
const PATIENCE_MS: u32 = 20_000;

/// Why the browser's store did not do it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DbError {
    /// No space.
    #[error("brak miejsca")]
    Full,
    /// There is something under that key already.
    #[error("już istnieje")]
    Exists,
    /// What a write was to be guarded by is gone, and all else with it.
    #[error("dane na tym urządzeniu zostały usunięte")]
    Wiped,
    /// Another tab has taken the device over.
    #[error("aplikacja działa w innej karcie")]
    TakenOver,
    /// The database has no such store.
    #[error("brak części danych")]
    NoSuchStore,
    /// The connection was lost, and a new one did not help.
    #[error("{0}")]
    Lost(String),
    /// The browser refused; the name of its error.
    #[error("{0}")]
    Browser(String),
}

impl From<JsValue> for DbError {
    fn from(error: JsValue) -> Self {
        match name_of(&error).as_str() {
            "QuotaExceededError" => DbError::Full,
            "ConstraintError" => DbError::Exists,
            "NotFoundError" => DbError::NoSuchStore,
            // InvalidStateError: the connection is closing. UnknownError, AbortError, or an abort
            // without an error: the connection or the disk failed in the middle.
            name @ ("InvalidStateError" | "UnknownError" | "AbortError" | "Error") => DbError::Lost(name.to_owned()),
            name => DbError::Browser(name.to_owned()),
        }
    }
}

impl From<DbError> for StoreError {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Full => StoreError::Full,
            other => StoreError::Unavailable(other.to_string()),
        }
    }
}

/// One thing to write.
pub enum Step {
    /// Puts a value under a key.
    Put(&'static str, String, JsValue),
    /// Puts a value under a key where nothing may stand yet.
    Add(&'static str, String, JsValue),
    /// Takes away what is under a key.
    Delete(&'static str, String),
    /// Takes everything away.
    Clear(&'static str),
}

/// A condition of a write: this text stands in [`META`] under this key.
pub struct Guard<'a> {
    /// The key.
    pub key: &'a str,
    /// The text.
    pub text: &'a str,
}

/// A database of the browser.
pub struct Database {
    name: String,
    connection: RefCell<Option<Rc<Connection>>>,
}

impl Database {
    /// Names a database; it is opened when it is first used.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), connection: RefCell::default() }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text under a key of [`META`].
    pub async fn text(&self, key: &str) -> Result<Option<String>, DbError> {
        Ok(self.read(META, async |store| answer(&store.get(&key.into())?).await).await?.as_string())
    }

    /// The value under a key.
    pub async fn value(&self, store: &'static str, key: &str) -> Result<JsValue, DbError> {
        self.read(store, async |store| answer(&store.get(&key.into())?).await).await
    }

    /// All keys of a store.
    pub async fn keys(&self, store: &'static str) -> Result<Array, DbError> {
        self.read(store, async |store| Ok(answer(&store.get_all_keys()?).await?.unchecked_into())).await
    }

    /// All keys and values of a store, as one moment had them.
    pub async fn all(&self, store: &'static str) -> Result<(Array, Array), DbError> {
        self.read(store, async |store| {
            let (keys, values) = (store.get_all_keys()?, store.get_all()?);
            let (keys, values) = join(answer(&keys), answer(&values)).await;
            Ok((keys?.unchecked_into(), values?.unchecked_into()))
        })
        .await
    }

    /// Writes all or nothing; when it answers, the writes survive a power cut.
    pub async fn write(&self, steps: &[Step], guard: Option<Guard<'_>>) -> Result<(), DbError> {
        self.twice(async |connection| {
            let transaction = connection.write()?;
            let done = completion(&transaction);
            if let Err(error) = write_steps(&transaction, steps, guard.as_ref()).await {
                // It may have ended by itself already; then there is nothing to abort.
                let _: Result<(), JsValue> = transaction.abort();
                let _: Result<JsValue, JsValue> = JsFuture::from(done).await;
                return Err(error);
            }
            JsFuture::from(done).await.map_err(|_| failure(&transaction))?;
            Ok(())
        })
        .await
    }

    async fn read<T>(
        &self,
        store: &str,
        look: impl AsyncFn(IdbObjectStore) -> Result<T, DbError>,
    ) -> Result<T, DbError> {
        self.twice(async |connection| look(connection.read()?.object_store(store)?).await).await
    }

    /// Runs an operation, and once more over a new connection if the first one is lost.
    async fn twice<T>(&self, operation: impl AsyncFn(Rc<Connection>) -> Result<T, DbError>) -> Result<T, DbError> {
        match self.once(&operation).await {
            Err(DbError::Lost(_)) => {
                self.close();
                self.once(&operation).await
            }
            other => other,
        }
    }

    async fn once<T>(&self, operation: &impl AsyncFn(Rc<Connection>) -> Result<T, DbError>) -> Result<T, DbError> {
        let outcome = within(PATIENCE_MS, async { operation(self.connect().await?).await }).await;
        outcome.unwrap_or_else(|| Err(DbError::Lost("TimeoutError".into())))
    }

    async fn connect(&self) -> Result<Rc<Connection>, DbError> {
        let standing = self.connection.borrow().clone().filter(|connection| connection.is_alive());
        if let Some(connection) = standing {
            return Ok(connection);
        }
        let connection = Rc::new(open(&self.name, &[META, ITEMS, CONTENTS, SEALED]).await?);
        *self.connection.borrow_mut() = Some(connection.clone());
        Ok(connection)
    }

    /// Removes the database with all that is in it.
    pub async fn remove(&self) -> Result<(), DbError> {
        self.close();
        within(PATIENCE_MS, remove(&self.name)).await.unwrap_or_else(|| Err(DbError::Lost("TimeoutError".into())))
    }

    /// Lets the connection go; the next operation opens another.
    pub fn close(&self) {
        self.connection.take();
    }
}

async fn write_steps(transaction: &IdbTransaction, steps: &[Step], guard: Option<&Guard<'_>>) -> Result<(), DbError> {
    // Awaiting a request of the same transaction keeps it open; awaiting anything else would end it.
    if let Some(guard) = guard {
        let standing = answer(&transaction.object_store(META)?.get(&guard.key.into())?).await?;
        match standing.as_string() {
            Some(text) if text == guard.text => {}
            Some(_) => return Err(DbError::TakenOver),
            None => return Err(DbError::Wiped),
        }
    }
    for step in steps {
        match step {
            Step::Put(store, key, value) => transaction.object_store(store)?.put_with_key(value, &key.into())?,
            Step::Add(store, key, value) => transaction.object_store(store)?.add_with_key(value, &key.into())?,
            Step::Delete(store, key) => transaction.object_store(store)?.delete(&key.into())?,
            Step::Clear(store) => transaction.object_store(store)?.clear()?,
        };
    }
    Ok(())
}
