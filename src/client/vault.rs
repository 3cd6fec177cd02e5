//! One person's vault on one device: a database of its own, and the wrap of its key.
//!
//! On disk lie the salt, the parameters and the wrap; the data key is unwrapped in memory only, and
//! a wrong passphrase is nothing but a wrap that does not open. No hash of a passphrase is kept.

use super::{
    browser::painted,
    clock::{now_ms, random},
    crypto::{CryptoError, DataKey, opaque_name},
    database::{Database, DbError, META, Step},
    kdf::{KdfError, derive},
};
use crate::{
    api::session::Me,
    domain::ids::{DeviceId, UserId},
    sync::{
        passphrase::{Kdf, Tries},
        seal::bind,
    },
    ui::context::UnlockError,
};
use js_sys::Uint8Array;
use serde::{Deserialize, Serialize};
use std::rc::Rc;
use uuid::Uuid;
use wasm_bindgen::JsCast;

const VERSION: u16 = 1;
const FILE: &str = "vault";
const ME: &str = "me";
const TRIES: &str = "tries";

/// What lies open on the disk: nothing that tells whose vault it is or what is in it.
#[derive(Clone, Serialize, Deserialize)]
struct File {
    version: u16,
    installation: DeviceId,
    key: Uuid,
    kdf: Kdf,
    salt: [u8; 16],
    wrap: Vec<u8>,
}

impl File {
    /// What the wrap is bound to.
    fn bound(&self) -> Vec<u8> {
        let version = self.version.to_be_bytes();
        bind(&[
            b"wrap",
            &version,
            self.installation.0.as_bytes(),
            self.key.as_bytes(),
            &self.kdf.to_bytes(),
            &self.salt,
        ])
    }
}

/// A person's vault on this device.
pub struct Vault {
    /// Its database.
    pub database: Rc<Database>,
    file: File,
}

/// What an opened vault gives.
pub struct Opened {
    /// The key of everything in it.
    pub key: DataKey,
    /// Its owner, as known at the last sign-in.
    pub me: Me,
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
        let file = serde_json::from_slice(text.as_bytes()).map_err(|_| DbError::Browser("vault".into()))?;
        Ok(Some(Self { database, file }))
    }

    /// Makes a person's vault. An existing one is never overwritten: unsent work may lie in it.
    pub async fn create(name: &str, me: &Me, passphrase: &str) -> Result<(Self, Opened), VaultError> {
        painted().await;
        let (file, key) = new_wrap(passphrase).await?;
        let vault = Self { database: Rc::new(Database::new(name)), file };
        let text = serde_json::to_string(&vault.file).map_err(|error| VaultError::Other(error.to_string()))?;
        let steps = [Step::Add(META, FILE.into(), text.into()), sealed_me(&key, me).await?];
        vault.database.write(&steps, None).await?;
        Ok((vault, Opened { key, me: me.clone() }))
    }

    /// The installation: one person on one device.
    pub fn installation(&self) -> DeviceId {
        self.file.installation
    }

    /// Opens the vault with an even passphrase. Each try is counted on the disk before it is made.
    pub async fn unlock(&self, passphrase: &str) -> Result<Opened, VaultError> {
        let tries = self.tries().await?;
        let wait = tries.wait_seconds(now_ms());
        if wait > 0 {
            return Err(VaultError::Wait(wait));
        }
        self.keep_tries(tries.with_one_more(now_ms())).await?;
        painted().await;
        let key = match self.unwrap(passphrase).await {
            Err(VaultError::WrongPassphrase) => {
                // The wait begins when the person reads that it was wrong, not before Argon2.
                self.keep_tries(tries.with_one_more(now_ms())).await?;
                return Err(VaultError::WrongPassphrase);
            }
            unwrapped => unwrapped?,
        };
        self.keep_tries(Tries::default()).await?;
        let me = self.read_me(&key).await?;
        Ok(Opened { key, me })
    }

    async fn unwrap(&self, passphrase: &str) -> Result<DataKey, VaultError> {
        let wrapping = derive(passphrase, &self.file.salt, self.file.kdf).await?;
        Ok(wrapping.unwrap(self.file.key, &self.file.wrap, &self.file.bound()).await?)
    }

    /// Keeps what the office says about the owner now.
    pub async fn keep_me(&self, key: &DataKey, me: &Me) -> Result<(), VaultError> {
        Ok(self.database.write(&[sealed_me(key, me).await?], None).await?)
    }

    async fn read_me(&self, key: &DataKey) -> Result<Me, VaultError> {
        let envelope = self.database.value(META, ME).await?;
        let envelope = envelope.dyn_into::<Uint8Array>().map_err(|_| VaultError::Damaged)?;
        // The key is right, so what does not open now has been damaged.
        let plain = key.open(META, ME, &envelope.to_vec()).await.map_err(|_| VaultError::Damaged)?;
        serde_json::from_slice(&plain).map_err(|_| VaultError::Damaged)
    }

    async fn tries(&self) -> Result<Tries, VaultError> {
        let kept = self.database.text(TRIES).await?;
        // A counter that cannot be read counts as none: it slows hands down and protects nothing else.
        Ok(kept.and_then(|text| serde_json::from_slice(text.as_bytes()).ok()).unwrap_or_default())
    }

    async fn keep_tries(&self, tries: Tries) -> Result<(), VaultError> {
        let text = serde_json::to_string(&tries).map_err(|error| VaultError::Other(error.to_string()))?;
        Ok(self.database.write(&[Step::Put(META, TRIES.into(), text.into())], None).await?)
    }
}

/// A new data key and its wrap; with less memory where the device has too little.
async fn new_wrap(passphrase: &str) -> Result<(File, DataKey), VaultError> {
    match wrap_with(passphrase, Kdf::STRONG).await {
        Err(VaultError::Kdf(KdfError::Memory)) => wrap_with(passphrase, Kdf::SMALL).await,
        other => other,
    }
}

async fn wrap_with(passphrase: &str, kdf: Kdf) -> Result<(File, DataKey), VaultError> {
    let installation = DeviceId::new(u64::try_from(now_ms()).unwrap_or(0), random());
    let key = uuid::Builder::from_random_bytes(random()).into_uuid();
    let mut file = File { version: VERSION, installation, key, kdf, salt: random(), wrap: Vec::new() };
    let wrapping = derive(passphrase, &file.salt, kdf).await?;
    file.wrap = wrapping.wrap_new(&file.bound()).await?;
    let opened = wrapping.unwrap(key, &file.wrap, &file.bound()).await?;
    Ok((file, opened))
}

async fn sealed_me(key: &DataKey, me: &Me) -> Result<Step, VaultError> {
    let plain = serde_json::to_vec(me).map_err(|error| VaultError::Other(error.to_string()))?;
    let envelope = key.seal(META, ME, &plain).await?;
    Ok(Step::Put(META, ME.into(), Uint8Array::from(envelope.as_slice()).into()))
}

/// Why a vault was not made or opened.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The wrap does not open.
    #[error("wrong passphrase")]
    WrongPassphrase,
    /// Too early; seconds to wait.
    #[error("wait {0} s")]
    Wait(u32),
    /// There is a vault of this person already.
    #[error("a vault exists")]
    Exists,
    /// The key is right, but what it sealed does not open.
    #[error("zapis jest uszkodzony")]
    Damaged,
    /// No key came of the passphrase.
    #[error("{0}")]
    Kdf(KdfError),
    /// The store failed.
    #[error("{0}")]
    Db(DbError),
    /// Something that cannot happen with our own types.
    #[error("{0}")]
    Other(String),
}

impl From<CryptoError> for VaultError {
    fn from(error: CryptoError) -> Self {
        match error {
            CryptoError::DoesNotOpen => VaultError::WrongPassphrase,
            CryptoError::Browser(name) => VaultError::Other(name),
        }
    }
}

impl From<KdfError> for VaultError {
    fn from(error: KdfError) -> Self {
        VaultError::Kdf(error)
    }
}

impl From<DbError> for VaultError {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Exists => VaultError::Exists,
            other => VaultError::Db(other),
        }
    }
}

impl From<VaultError> for UnlockError {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::WrongPassphrase => UnlockError::WrongPassphrase,
            VaultError::Wait(seconds) => UnlockError::Wait(seconds),
            other => UnlockError::Store(other.to_string()),
        }
    }
}
