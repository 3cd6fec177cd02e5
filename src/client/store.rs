//! The items of one person in the browser's store, each sealed for its place.
//!
//! Sealing comes first and the transaction after it: a transaction does not wait for ciphers. The
//! transaction is one, strictly durable, and holds only while this tab holds the device: a text in
//! the store says whose turn it is, so that a tab that lost it cannot write any more, not even in
//! the moment before it hears of it.
//!
//! Beside each change that waits lies the same change sealed to the office, written and removed in the same
//! transactions, so that it can be sent also when nobody opens the vault (`courier`).

use super::{
    browser::pause,
    clock::random,
    crypto::{CryptoError, DataKey},
    database::{CONTENTS, Database, DbError, Guard, ITEMS, META, SEALED, Step},
    packets::{DeviceKey, ToOffice},
};
use crate::{
    domain::{
        change::Change,
        ids::{DeviceId, FileId, OfficeId},
    },
    sync::{
        ports::{DeviceStore, Local, StoreError},
        protocol::SealKey,
        replica::{Item, Waiting, Write},
    },
};
use futures_util::future::try_join_all;
use js_sys::Uint8Array;
use std::{cell::RefCell, rc::Rc};
use uuid::Uuid;
use wasm_bindgen::{JsCast, JsValue};
use zeroize::Zeroizing;

/// Items that are sealed or opened at once; between such groups the screen gets its turn.
const GROUP: usize = 200;
const HOLDER: &str = "holder";
const SIGNER: &str = "signer";

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
    /// Whose changes are sealed, and on which device.
    place: (OfficeId, DeviceId),
    /// Signs what is sealed to the office; nothing in a browser that cannot.
    signer: RefCell<Option<Rc<DeviceKey>>>,
    /// The office's key, once it has come.
    office: RefCell<Option<Rc<ToOffice>>>,
}

impl SealedStore {
    /// Makes this tab the one that writes. `on_loss` is called when it cannot any more.
    pub async fn hold(
        database: Rc<Database>,
        key: DataKey,
        place: (OfficeId, DeviceId),
        on_loss: impl Fn(Loss) + 'static,
    ) -> Result<Self, DbError> {
        let holder = Uuid::from_bytes(random()).to_string();
        let mut steps = vec![Step::Put(META, HOLDER.into(), holder.as_str().into())];
        let signer = signer(&database, &key, &mut steps).await?;
        database.write(&steps, None).await?;
        Ok(Self {
            database,
            key: RefCell::new(Some(key)),
            holder,
            on_loss: Box::new(on_loss),
            place,
            signer: RefCell::new(signer.map(Rc::new)),
            office: RefCell::default(),
        })
    }

    /// The public half of the key that this device signs with.
    pub fn point(&self) -> Option<Vec<u8>> {
        self.signer.borrow().as_ref().map(|signer| signer.point.clone())
    }

    /// Forgets the key. Whoever still holds this store can neither read nor write with it.
    pub fn close(&self) {
        self.key.take();
        self.signer.take();
        self.office.take();
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
        self.seal_what_is_not(&items).await?;
        Ok(items)
    }

    /// Seals what waits and is not sealed to the office yet: it was made before the office's key had come.
    async fn seal_what_is_not(&self, items: &[Item]) -> Result<(), StoreError> {
        for item in items {
            if let Item::State(state) = item {
                self.take_key(state.seal_key.as_ref()).await;
            }
        }
        let there = self.database.keys(SEALED).await?;
        let mut steps = Vec::new();
        for item in items {
            let Item::Waiting(Waiting { change, .. }) = item else { continue };
            if !there.includes(&change.id.to_string().into(), 0) {
                steps.extend(self.sealed_to_office(change).await);
            }
        }
        if steps.is_empty() {
            return Ok(());
        }
        Ok(self.database.write(&steps, Some(Guard { key: HOLDER, text: &self.holder })).await?)
    }

    /// Seals to this key of the office from now on.
    async fn take_key(&self, given: Option<&SealKey>) {
        let standing = self.office.borrow().as_ref().map(|office| office.id());
        let Some(given) = given.filter(|given| Some(given.id) != standing) else { return };
        // A key that the browser cannot take is as good as none: the changes go the ordinary way.
        if let Ok(office) = ToOffice::new(self.place, given).await {
            self.office.replace(Some(Rc::new(office)));
        }
    }

    /// A change sealed to the office, to be kept beside the one that waits. Where the browser cannot do that, the card
    /// must be saved all the same.
    async fn sealed_to_office(&self, change: &Change) -> Option<Step> {
        let (office, signer) = (self.office.borrow().clone()?, self.signer.borrow().clone()?);
        let packet = office.seal(change, &signer).await.ok()?;
        Some(Step::Put(SEALED, change.id.to_string(), Uint8Array::from(packet.as_slice()).into()))
    }

    /// What a write means for the changes that are sealed to the office.
    async fn beside(&self, write: &Write) -> Option<Step> {
        let Write::Put(item) = write else { return None };
        match &**item {
            Item::Waiting(Waiting { change, .. }) => self.sealed_to_office(change).await,
            Item::Sent(answered) | Item::Trouble(answered) => {
                Some(Step::Delete(SEALED, answered.change.id.to_string()))
            }
            Item::State(state) => {
                self.take_key(state.seal_key.as_ref()).await;
                None
            }
            Item::Record(_) | Item::Unsent(_) | Item::Draft(_) => None,
        }
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
        for write in &writes {
            steps.extend(self.beside(write).await);
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

/// The key that this device signs with; made when the vault is opened for the first time. A browser that cannot make
/// one seals nothing to the office, and everything else works.
async fn signer(database: &Database, key: &DataKey, steps: &mut Vec<Step>) -> Result<Option<DeviceKey>, DbError> {
    let kept = database.value(META, SIGNER).await?;
    if let Some(envelope) = kept.dyn_ref::<Uint8Array>() {
        let Ok(kept) = key.open(META, SIGNER, &envelope.to_vec()).await else { return Ok(None) };
        return Ok(DeviceKey::read(&Zeroizing::new(kept)).await.ok());
    }
    let Ok((made, kept)) = DeviceKey::make().await else { return Ok(None) };
    let Ok(envelope) = key.seal(META, SIGNER, &kept).await else { return Ok(None) };
    steps.push(Step::Put(META, SIGNER.into(), Uint8Array::from(envelope.as_slice()).into()));
    Ok(Some(made))
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
