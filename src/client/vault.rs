//! One person's vault on one device: a database of its own, and the wraps of its key.
//!
//! On disk lie salts, parameters and wraps (`sync::wraps`); the data key is unwrapped in memory
//! only, and a wrong secret is nothing but a wrap that does not open. No hash of one is kept.
//! `wrapping` makes and changes the wraps; here they are opened.

mod error;
mod wrapping;

pub use error::VaultError;
pub use wrapping::{Besides, Created, Proof};

use super::{
    browser::painted,
    clock::{now_ms, random},
    crypto::{CryptoError, DataKey, LooseKey, WrappingKey, opaque_name},
    database::{CONTENTS, Database, DbError, ITEMS, META, SEALED, Step},
    kdf::{KdfError, derive},
    passkey,
};
use crate::{
    api::session::Me,
    domain::ids::{DeviceId, UserId},
    sync::{
        passphrase::{Kdf, Tries},
        replica::is_all_sealed,
        watch::ScreenPin,
        wraps::{Opener, Unreadable, VERSION, VaultFile, Wrap},
    },
};
use js_sys::Uint8Array;
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::JsCast;

const FILE: &str = "vault";
const ME: &str = "me";
const PIN: &str = "pin";
const TRIES: &str = "tries";

/// A person's vault on this device.
pub struct Vault {
    /// Its database.
    pub database: Rc<Database>,
    file: RefCell<VaultFile>,
}

/// What an opened vault gives.
pub struct Opened {
    /// The key of everything in it.
    pub key: DataKey,
    /// Its owner, as known at the last sign-in.
    pub me: Me,
    /// The PIN of the screen, if they have one.
    pub pin: Option<ScreenPin>,
}

/// Name of the database of a person's vault. It does not tell who.
pub async fn database_of(user: UserId) -> Result<String, CryptoError> {
    Ok(format!("asysta-{}", opaque_name(user.0.as_bytes()).await?))
}

impl Vault {
    /// Finds the vault in a database, if there is one.
    pub async fn find(name: &str) -> Result<Option<Self>, DbError> {
        let database = Rc::new(Database::new(name));
        let Some(text) = database.text(FILE).await? else { return Ok(None) };
        let file = VaultFile::read(&text).map_err(|error: Unreadable| DbError::Browser(error.to_string()))?;
        Ok(Some(Self { database, file: RefCell::new(file) }))
    }

    /// The installation: one person on one device.
    pub fn installation(&self) -> DeviceId {
        self.file.borrow().installation
    }

    /// Can it be opened by a passkey?
    pub fn has_passkey(&self) -> bool {
        self.file.borrow().passkey().is_some()
    }

    /// Have its wraps been destroyed?
    pub fn is_closed(&self) -> bool {
        self.file.borrow().wraps.is_empty()
    }

    /// Opens the vault with an even passphrase. Each try is counted on the disk before it is made.
    pub async fn unlock(&self, passphrase: &str) -> Result<Opened, VaultError> {
        let (wrapping, key) = self.prove(passphrase).await?;
        if self.file.borrow().is_old() {
            // What cannot be renewed now opens as it did, and is renewed another time.
            drop(self.renew_file(&wrapping).await);
        }
        self.opened(key).await
    }

    /// Opens the vault with its passkey. The authenticator counts its own wrong tries.
    pub async fn unlock_by_passkey(&self) -> Result<Opened, VaultError> {
        let (wrapping, wrap, bound) = self.passkey_wrapping().await?;
        let id = self.file.borrow().key;
        let key = wrapping.unwrap(id, &wrap, &bound).await.map_err(|_| VaultError::OtherPasskey)?;
        self.opened(key).await
    }

    async fn opened(&self, key: DataKey) -> Result<Opened, VaultError> {
        let me = self.open_meta(&key, ME).await?.ok_or(VaultError::Damaged)?;
        let me = serde_json::from_slice(&me).map_err(|_| VaultError::Damaged)?;
        let pin = self.open_meta(&key, PIN).await?;
        let pin = pin.and_then(|digits| ScreenPin::new(std::str::from_utf8(&digits).ok()?));
        Ok(Opened { key, me, pin })
    }

    /// The wrapping key of an even passphrase, and the data key that it opens.
    async fn prove(&self, passphrase: &str) -> Result<(WrappingKey, DataKey), VaultError> {
        let tries = self.tries().await?;
        let wait = tries.wait_seconds(now_ms());
        if wait > 0 {
            return Err(VaultError::Wait(wait));
        }
        self.keep_tries(tries.with_one_more(now_ms())).await?;
        painted().await;
        match self.open_by_passphrase(passphrase).await {
            Err(VaultError::WrongPassphrase) => {
                // The wait begins when the person reads that it was wrong, not before Argon2.
                self.keep_tries(tries.with_one_more(now_ms())).await?;
                self.after_wrong(tries.with_one_more(now_ms())).await
            }
            Ok(proved) => {
                self.keep_tries(Tries::default()).await?;
                Ok(proved)
            }
            failed => failed,
        }
    }

    async fn open_by_passphrase(&self, passphrase: &str) -> Result<(WrappingKey, DataKey), VaultError> {
        let file = self.file.borrow().clone();
        let wrap = file.passphrase().ok_or(VaultError::Closed)?;
        let Opener::Passphrase { kdf, salt } = wrap.opener else { return Err(VaultError::Closed) };
        let wrapping = derive(passphrase, &salt, kdf).await?;
        let key = wrapping.unwrap(file.key, &wrap.sealed, &file.bound(&wrap.opener, wrap.made_for)).await?;
        Ok((wrapping, key))
    }

    async fn after_wrong<T>(&self, tries: Tries) -> Result<T, VaultError> {
        if !tries.are_too_many() || !self.outbox_is_sealed_to_office().await? {
            return Err(VaultError::WrongPassphrase);
        }
        self.destroy_wraps().await?;
        Err(VaultError::Closed)
    }

    /// Is everything that waits here also sealed to the office, so that it arrives without this vault?
    pub async fn outbox_is_sealed_to_office(&self) -> Result<bool, DbError> {
        let copies = match self.database.keys(SEALED).await {
            Ok(copies) => copies,
            // A device whose app keeps no such copies.
            Err(DbError::NoSuchStore) => return Ok(false),
            Err(error) => return Err(error),
        };
        let keys = self.database.keys(ITEMS).await?;
        let keys: Vec<String> = keys.iter().filter_map(|key| key.as_string()).collect();
        Ok(is_all_sealed(&keys, copies.length() as usize))
    }

    /// Destroys all wraps: what the key sealed is noise from now on, for everybody and for ever.
    pub async fn destroy_wraps(&self) -> Result<(), VaultError> {
        let closed = self.file.borrow().without_wraps();
        self.keep_file(closed).await
    }

    /// Keeps what the office says about the owner now.
    pub async fn keep_me(&self, key: &DataKey, me: &Me) -> Result<(), VaultError> {
        Ok(self.database.write(&[sealed_me(key, me).await?], None).await?)
    }

    /// Keeps or forgets the PIN of the screen.
    pub async fn keep_pin(&self, key: &DataKey, pin: Option<&ScreenPin>) -> Result<(), VaultError> {
        let step = match pin {
            Some(pin) => sealed_meta(key, PIN, pin.digits().as_bytes()).await?,
            None => Step::Delete(META, PIN.into()),
        };
        Ok(self.database.write(&[step], None).await?)
    }

    async fn open_meta(&self, key: &DataKey, item: &str) -> Result<Option<Vec<u8>>, VaultError> {
        let envelope = self.database.value(META, item).await?;
        if envelope.is_undefined() {
            return Ok(None);
        }
        let envelope = envelope.dyn_into::<Uint8Array>().map_err(|_| VaultError::Damaged)?;
        // The key is right, so what does not open now has been damaged.
        let plain = key.open(META, item, &envelope.to_vec()).await.map_err(|_| VaultError::Damaged)?;
        Ok(Some(plain))
    }

    async fn tries(&self) -> Result<Tries, VaultError> {
        let kept = self.database.text(TRIES).await?;
        // A counter that cannot be read counts as none: it slows hands down and protects nothing else.
        Ok(kept.and_then(|text| serde_json::from_slice(text.as_bytes()).ok()).unwrap_or_default())
    }

    async fn keep_tries(&self, tries: Tries) -> Result<(), VaultError> {
        Ok(self.database.write(&[Step::Put(META, TRIES.into(), text_of(&tries)?)], None).await?)
    }
}

fn text_of(value: &impl serde::Serialize) -> Result<wasm_bindgen::JsValue, VaultError> {
    Ok(serde_json::to_string(value).map_err(|error| VaultError::Other(error.to_string()))?.into())
}

async fn sealed_me(key: &DataKey, me: &Me) -> Result<Step, VaultError> {
    let plain = serde_json::to_vec(me).map_err(|error| VaultError::Other(error.to_string()))?;
    sealed_meta(key, ME, &plain).await
}

async fn sealed_meta(key: &DataKey, item: &str, plain: &[u8]) -> Result<Step, VaultError> {
    let envelope = key.seal(META, item, plain).await?;
    Ok(Step::Put(META, item.into(), Uint8Array::from(envelope.as_slice()).into()))
}
