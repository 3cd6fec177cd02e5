//! AES-256-GCM as the browser does it. Keys are handles that scripts cannot read: the data key is
//! made, wrapped and unwrapped by the browser, and its bytes are never in our memory.

use super::{
    browser::{member, name_of, object},
    clock::random,
};
use crate::sync::seal::{self, IV_BYTES, Place};
use js_sys::{Array, Object, Promise, Uint8Array};
use leptos::prelude::window;
use uuid::Uuid;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AesGcmParams, AesKeyGenParams, CryptoKey, SubtleCrypto};

/// Why the cipher said no.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CryptoError {
    /// What was to be opened was not sealed with this key, in this place, or has been changed.
    #[error("does not open")]
    DoesNotOpen,
    /// The browser cannot do it; the name of its error.
    #[error("{0}")]
    Browser(String),
}

impl From<JsValue> for CryptoError {
    fn from(error: JsValue) -> Self {
        match name_of(&error).as_str() {
            "OperationError" => CryptoError::DoesNotOpen,
            name => CryptoError::Browser(name.to_owned()),
        }
    }
}

/// The key of one vault, open.
#[derive(Clone)]
pub struct DataKey {
    id: Uuid,
    key: CryptoKey,
}

impl DataKey {
    /// Seals bytes for their place, with a fresh IV.
    pub async fn seal(&self, store: &str, item: &str, plain: &[u8]) -> Result<Vec<u8>, CryptoError> {
        let iv = random::<IV_BYTES>();
        let params = gcm(&iv, &Place { store, item, key: self.id }.additional_data());
        let sealed = bytes(subtle()?.encrypt_with_object_and_u8_array(&params, &self.key, plain)?).await?;
        Ok(seal::close(&iv, &sealed))
    }

    /// Opens what was sealed for this place.
    pub async fn open(&self, store: &str, item: &str, envelope: &[u8]) -> Result<Vec<u8>, CryptoError> {
        let (iv, sealed) = seal::split(envelope).ok_or(CryptoError::DoesNotOpen)?;
        let params = gcm(iv, &Place { store, item, key: self.id }.additional_data());
        bytes(subtle()?.decrypt_with_object_and_u8_array(&params, &self.key, sealed)?).await
    }
}

/// The data key in the moment in which it gets a wrap. Scripts could read this one out, so it lives
/// for a few lines, and only where a person has just proved who they are.
pub struct LooseKey(CryptoKey);

impl LooseKey {
    /// A new data key.
    pub async fn generate() -> Result<Self, CryptoError> {
        let usages = names(&["encrypt", "decrypt"]);
        let made = subtle()?.generate_key_with_object(&AesKeyGenParams::new("AES-GCM", 256), true, &usages)?;
        Ok(Self(JsFuture::from(made).await?.unchecked_into()))
    }
}

/// A key made of a passphrase or a passkey's secret: wraps data keys, and nothing else.
pub struct WrappingKey(CryptoKey);

impl WrappingKey {
    /// Takes the bytes that Argon2id gave. They stay the caller's to wipe.
    pub async fn import(bytes: &[u8; 32]) -> Result<Self, CryptoError> {
        let raw = Uint8Array::from(bytes.as_slice());
        let imported = subtle()?.import_key_with_str("raw", &raw, "AES-GCM", false, &wrapping());
        let key = JsFuture::from(imported?).await;
        raw.fill(0, 0, raw.length());
        Ok(Self(key?.unchecked_into()))
    }

    /// Derives it from a secret of full strength (HKDF with SHA-256), which is wiped.
    pub async fn of_secret(secret: &Uint8Array, salt: &[u8], info: &[u8]) -> Result<Self, CryptoError> {
        let imported = subtle()?.import_key_with_str("raw", secret, "HKDF", false, &names(&["deriveKey"]));
        let base = JsFuture::from(imported?).await;
        secret.fill(0, 0, secret.length());
        let hkdf = object(&[
            ("name", "HKDF".into()),
            ("hash", "SHA-256".into()),
            ("salt", Uint8Array::from(salt).into()),
            ("info", Uint8Array::from(info).into()),
        ])?;
        let made = AesKeyGenParams::new("AES-GCM", 256);
        let base = base?.unchecked_into();
        let derived = subtle()?.derive_key_with_object_and_object(&hkdf, &base, &made, false, &wrapping())?;
        Ok(Self(JsFuture::from(derived).await?.unchecked_into()))
    }

    /// Wraps a data key.
    pub async fn wrap(&self, key: &LooseKey, bound: &[u8]) -> Result<Vec<u8>, CryptoError> {
        let iv = random::<IV_BYTES>();
        let wrap = bytes(subtle()?.wrap_key_with_object("raw", &key.0, &self.0, &gcm(&iv, bound))?).await?;
        Ok(seal::close(&iv, &wrap))
    }

    /// Opens the wrap of a data key, to work with it.
    pub async fn unwrap(&self, id: Uuid, wrap: &[u8], bound: &[u8]) -> Result<DataKey, CryptoError> {
        Ok(DataKey { id, key: self.opened(wrap, bound, false).await? })
    }

    /// Opens the wrap of a data key, to wrap it once more.
    pub async fn loosen(&self, wrap: &[u8], bound: &[u8]) -> Result<LooseKey, CryptoError> {
        Ok(LooseKey(self.opened(wrap, bound, true).await?))
    }

    async fn opened(&self, wrap: &[u8], bound: &[u8], loose: bool) -> Result<CryptoKey, CryptoError> {
        let (iv, sealed) = seal::split(wrap).ok_or(CryptoError::DoesNotOpen)?;
        let unwrapped = subtle()?.unwrap_key_with_buffer_source_and_object_and_object(
            "raw",
            &Uint8Array::from(sealed),
            &self.0,
            &gcm(iv, bound),
            &AesKeyGenParams::new("AES-GCM", 256),
            loose,
            &names(&["encrypt", "decrypt"]),
        )?;
        Ok(JsFuture::from(unwrapped).await?.unchecked_into())
    }
}

fn wrapping() -> Object {
    names(&["wrapKey", "unwrapKey"])
}

/// A name that tells nothing of what it was made of (SHA-256, 16 bytes of it in hex).
pub async fn opaque_name(of: &[u8]) -> Result<String, CryptoError> {
    let hash = bytes(subtle()?.digest_with_str_and_js_u8_array("SHA-256", &Uint8Array::from(of))?).await?;
    Ok(hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect())
}

/// The browser's ciphers. They are missing on pages that did not come over https.
pub fn subtle() -> Result<SubtleCrypto, CryptoError> {
    let crypto = window().crypto()?;
    member(&crypto, "subtle")
        .map(JsCast::unchecked_into)
        .ok_or_else(|| CryptoError::Browser("no secure context".into()))
}

pub fn gcm(iv: &[u8], bound: &[u8]) -> AesGcmParams {
    let params = AesGcmParams::new("AES-GCM", &Uint8Array::from(iv));
    params.set_additional_data_u8_array(&Uint8Array::from(bound));
    params
}

pub fn names(usages: &[&str]) -> Object {
    usages.iter().map(|usage| JsValue::from(*usage)).collect::<Array>().into()
}

pub async fn bytes(promise: Promise) -> Result<Vec<u8>, CryptoError> {
    Ok(Uint8Array::new(&JsFuture::from(promise).await?).to_vec())
}
