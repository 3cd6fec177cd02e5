//! The items of one person in the browser's store, each sealed for its place.
//!
//! Sealing comes first and the transaction after it: a transaction does not wait for ciphers. The
//! transaction is one, strictly durable, and holds only while this tab holds the device: a text in
//! the store says whose turn it is, so that a tab that lost it cannot write any more, not even in
//! the moment before it hears of it.
//!
//! Records that come in numbers lie together in packs (`sync::packs`).
//!
//! Beside each change that waits lies the same change sealed to the office, written and removed in the same
//! transactions, so that it can be sent also when nobody opens the vault (`courier`).

use super::{
    browser::pause,
    clock::random,
    courier,
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
        packs::{Body, Packs, Seal, is_pack, pack_key},
        ports::{DeviceStore, Local, StoreError},
        protocol::SealKey,
        replica::{Item, Waiting, Write},
    },
};
use futures_util::future::{try_join, try_join_all};
use js_sys::Uint8Array;
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};
use uuid::Uuid;
use wasm_bindgen::{JsCast, JsValue};
use zeroize::Zeroizing;

/// What is sealed or opened at once; between such groups the screen gets its turn. A pack takes as long as many items.
const GROUP: usize = 200;
const PACKS_AT_ONCE: usize = 4;
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
    /// Which records lie together.
    packs: RefCell<Packs>,
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
            packs: RefCell::default(),
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
        let named = names.iter().zip(values.iter()).map(|(name, value)| Some((name.as_string()?, value)));
        let named: Option<Vec<(String, JsValue)>> = named.collect();
        let (packed, alone): (Vec<_>, Vec<_>) =
            named.ok_or(StoreError::Sealed)?.into_iter().partition(|(name, _)| is_pack(name));
        let mut bodies = Vec::with_capacity(names.length() as usize);
        for group in alone.chunks(GROUP) {
            bodies.extend(try_join_all(group.iter().map(|(name, value)| open(&key, name, value))).await?);
            breathe(alone.len() > GROUP).await;
        }
        for group in packed.chunks(PACKS_AT_ONCE) {
            bodies.extend(try_join_all(group.iter().map(|(name, value)| open_pack(&key, name, value))).await?);
            breathe(packed.len() > PACKS_AT_ONCE).await;
        }
        let (packs, items) = Packs::open(bodies);
        self.packs.replace(packs);
        self.tidy(&items).await?;
        self.seal_what_is_not(&items).await?;
        Ok(items)
    }

    /// Packs the records that have come to lie alone. Nothing else is written before everything is read.
    async fn tidy(&self, items: &[Item]) -> Result<(), StoreError> {
        if !self.packs.borrow().is_untidy() {
            return Ok(());
        }
        let again = items.iter().filter(|item| self.packs.borrow().is_loose(&item.key()));
        let again = again.map(|item| Write::Put(Box::new(item.clone()))).collect();
        self.commit_all(again).await
    }

    /// Seals what waits and is not sealed to the office yet: it was made before the office's key had come. And lets go
    /// of what an earlier vault left here and the office has: nothing of it waits in this one.
    async fn seal_what_is_not(&self, items: &[Item]) -> Result<(), StoreError> {
        for item in items {
            if let Item::State(state) = item {
                self.take_key(state.seal_key.as_ref()).await;
            }
        }
        let there = self.database.keys(SEALED).await?;
        let waits = |name: &str| {
            let is_it = |item: &Item| matches!(item, Item::Waiting(waiting) if waiting.change.id.to_string() == name);
            items.iter().any(is_it)
        };
        let mut steps = Vec::new();
        if there.length() > 0 {
            let done = courier::taken(&self.database).await?.into_iter().filter(|name| !waits(name));
            steps.extend(done.map(|name| Step::Delete(SEALED, name)));
        }
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
        let touched = self.packs.borrow().touched(&writes);
        let opened = self.opened(&key, touched).await?;
        let (seals, moves) = self.packs.borrow().plan(&writes, &opened, || pack_key(Uuid::from_bytes(random())));
        let sealing = async {
            let mut steps = Vec::with_capacity(writes.len());
            for group in seals.chunks(GROUP) {
                steps.extend(try_join_all(group.iter().map(|seal| sealed(&key, seal))).await?);
                breathe(seals.len() > GROUP).await;
            }
            Ok::<_, StoreError>(steps)
        };
        // At the same time: a person waits for both.
        let besides = async {
            let mut steps = Vec::new();
            for write in &writes {
                steps.extend(content(&key, write).await?);
                steps.extend(self.beside(write).await);
            }
            Ok(steps)
        };
        let (mut steps, besides) = try_join(sealing, besides).await?;
        steps.extend(besides);
        // Locked while sealing: nothing is written after "Zablokuj".
        self.key()?;
        let written = self.database.write(&steps, Some(Guard { key: HOLDER, text: &self.holder })).await;
        match written {
            Err(DbError::TakenOver) => (self.on_loss)(Loss::TakenOver),
            Err(DbError::Wiped) => (self.on_loss)(Loss::Wiped),
            _ => {}
        }
        written?;
        self.packs.borrow_mut().take(moves);
        if let Some(office) = &*self.office.borrow() {
            office.get_ready();
        }
        Ok(())
    }

    /// The packs that a step changes, with what is in them.
    async fn opened(
        &self,
        key: &DataKey,
        touched: BTreeSet<Rc<str>>,
    ) -> Result<BTreeMap<Rc<str>, Vec<Item>>, StoreError> {
        let mut opened = BTreeMap::new();
        for pack in touched {
            let value = self.database.value(ITEMS, &pack).await?;
            let plain = open_at(key, ITEMS, &pack, &value).await?;
            opened.insert(pack, serde_json::from_slice(&plain).map_err(|_| StoreError::Sealed)?);
        }
        Ok(opened)
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

async fn sealed(key: &DataKey, seal: &Seal<'_>) -> Result<Step, StoreError> {
    let json = |plain: Result<Vec<u8>, serde_json::Error>| plain.map_err(|_| StoreError::Sealed);
    match seal {
        Seal::Gone(name) => Ok(Step::Delete(ITEMS, name.clone())),
        Seal::One(item) => seal_at(key, ITEMS, item.key(), &json(serde_json::to_vec(item))?).await,
        Seal::Pack(name, items) => seal_at(key, ITEMS, name.to_string(), &json(serde_json::to_vec(items))?).await,
    }
}

/// What a write does to the bytes of files.
async fn content(key: &DataKey, write: &Write) -> Result<Option<Step>, StoreError> {
    match write {
        Write::DropContent(file) => Ok(Some(Step::Delete(CONTENTS, file.to_string()))),
        Write::PutContent(file, bytes) => seal_at(key, CONTENTS, file.to_string(), bytes).await.map(Some),
        Write::Put(_) | Write::Drop(_) => Ok(None),
    }
}

async fn seal_at(key: &DataKey, store: &'static str, name: String, plain: &[u8]) -> Result<Step, StoreError> {
    let envelope = key.seal(store, &name, plain).await.map_err(unavailable)?;
    Ok(Step::Put(store, name, Uint8Array::from(envelope.as_slice()).into()))
}

async fn open(key: &DataKey, name: &str, value: &JsValue) -> Result<(String, Body), StoreError> {
    let plain = open_at(key, ITEMS, name, value).await?;
    let item = serde_json::from_slice(&plain).map_err(|_| StoreError::Sealed)?;
    Ok((name.to_owned(), Body::One(Box::new(item))))
}

async fn open_pack(key: &DataKey, name: &str, value: &JsValue) -> Result<(String, Body), StoreError> {
    let plain = open_at(key, ITEMS, name, value).await?;
    let items = serde_json::from_slice(&plain).map_err(|_| StoreError::Sealed)?;
    Ok((name.to_owned(), Body::Pack(items)))
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
async fn breathe(is_long: bool) {
    if is_long {
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
