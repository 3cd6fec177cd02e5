//! Seals changes to the office as [`crate::sync::packet`] says, with the browser's own ciphers, and signs them with
//! the key of this device. What was sealed cannot be opened here again.

use super::{
    browser::member,
    clock::random,
    crypto::{CryptoError, bytes, gcm, names, subtle},
};
use crate::{
    domain::{
        change::Change,
        ids::{DeviceId, OfficeId},
    },
    sync::{
        packet::{Label, POINT_BYTES},
        protocol::SealKey,
        seal::IV_BYTES,
    },
};
use js_sys::{Object, Reflect, Uint8Array};
use leptos::task::spawn_local;
use std::{cell::RefCell, rc::Rc};
use uuid::Uuid;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::CryptoKey;
use zeroize::Zeroizing;

/// The key that this device signs with. Its private half lies sealed in the vault.
pub struct DeviceKey {
    key: CryptoKey,
    /// Its public half, which the office knows.
    pub point: Vec<u8>,
}

impl DeviceKey {
    /// Makes a new one; gives also what is to be kept of it, for the vault alone.
    pub async fn make() -> Result<(Self, Zeroizing<Vec<u8>>), CryptoError> {
        let (public, private) = pair("ECDSA", "sign").await?;
        let mut kept = Zeroizing::new(export("raw", &public).await?);
        kept.extend(export("pkcs8", &private).await?);
        Ok((Self::read(&kept).await?, kept))
    }

    /// Reads what was kept.
    pub async fn read(kept: &[u8]) -> Result<Self, CryptoError> {
        let (point, private) = kept.split_at_checked(POINT_BYTES).ok_or(CryptoError::DoesNotOpen)?;
        let key = import("pkcs8", private, &curve("ECDSA"), "sign").await?;
        Ok(Self { key, point: point.to_vec() })
    }

    async fn sign(&self, packet: &[u8]) -> Result<Vec<u8>, CryptoError> {
        let algorithm = object(&[("name", "ECDSA".into()), ("hash", "SHA-256".into())]);
        bytes(subtle()?.sign_with_object_and_u8_array(&algorithm, &self.key, packet)?).await
    }
}

/// The office, as a place that changes are sealed to.
pub struct ToOffice {
    office: OfficeId,
    device: DeviceId,
    id: Uuid,
    key: CryptoKey,
    /// What the next packet can begin with at once: half of the work does not depend on what is sealed.
    ready: RefCell<Option<Agreed>>,
}

/// A packet's own pair, agreed upon with the office's key. Its private half is forgotten already.
struct Agreed {
    point: Vec<u8>,
    base: CryptoKey,
}

impl ToOffice {
    /// Takes the key that the office gave.
    pub async fn new((office, device): (OfficeId, DeviceId), given: &SealKey) -> Result<Self, CryptoError> {
        let key = import("raw", &given.point.0, &curve("ECDH"), "").await?;
        Ok(Self { office, device, id: given.id, key, ready: RefCell::default() })
    }

    /// The office's key.
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// Seals a change, signed by this device.
    pub async fn seal(&self, change: &Change, signer: &DeviceKey) -> Result<Vec<u8>, CryptoError> {
        let plain = serde_json::to_vec(change).map_err(|_| CryptoError::Browser("json".into()))?;
        let label = Label { office: self.office, device: self.device, change: change.id, key: self.id };
        let ready = self.ready.take();
        let Agreed { point, base } = match ready {
            Some(agreed) => agreed,
            None => self.agree().await?,
        };
        let bound = label.bound(&point);
        let key = content_key(&base, &bound).await?;
        let iv = random::<IV_BYTES>();
        let sealed = subtle()?.encrypt_with_object_and_u8_array(&gcm(&iv, &bound), &key, &plain)?;
        let mut packet = label.close(&point, &iv, &bytes(sealed).await?);
        packet.extend(signer.sign(&packet).await?);
        Ok(packet)
    }

    /// Does half of the work of the next packet while nobody waits.
    pub fn get_ready(self: &Rc<Self>) {
        if self.ready.borrow().is_some() {
            return;
        }
        let office = Rc::clone(self);
        spawn_local(async move {
            // Who could not do it now does it, or says why not, when a packet is sealed.
            if let Ok(agreed) = office.agree().await {
                office.ready.replace(Some(agreed));
            }
        });
    }

    /// A pair for one packet, and ECDH with the office's key.
    async fn agree(&self) -> Result<Agreed, CryptoError> {
        let (public, private) = pair("ECDH", "deriveBits").await?;
        let point = export("raw", &public).await?;
        let with = object(&[("name", "ECDH".into()), ("public", self.key.clone().into())]);
        let shared = Zeroizing::new(bytes(subtle()?.derive_bits_with_object(&with, &private, 256)?).await?);
        let base = import("raw", &shared, &object(&[("name", "HKDF".into())]), "deriveKey").await?;
        Ok(Agreed { point, base })
    }
}

/// HKDF from what was agreed upon to the key of this packet.
async fn content_key(base: &CryptoKey, bound: &[u8]) -> Result<CryptoKey, CryptoError> {
    let derive = object(&[
        ("name", "HKDF".into()),
        ("hash", "SHA-256".into()),
        ("salt", Uint8Array::new_with_length(0).into()),
        ("info", Uint8Array::from(bound).into()),
    ]);
    let cipher = object(&[("name", "AES-GCM".into()), ("length", 256.into())]);
    let usages = names(&["encrypt"]);
    let derived = subtle()?.derive_key_with_object_and_object(&derive, base, &cipher, false, &usages)?;
    Ok(JsFuture::from(derived).await?.unchecked_into())
}

async fn pair(algorithm: &str, usage: &str) -> Result<(CryptoKey, CryptoKey), CryptoError> {
    let made = subtle()?.generate_key_with_object(&curve(algorithm), true, &names(&[usage]))?;
    let made = JsFuture::from(made).await?;
    let half = |name| member(&made, name).map(JsCast::unchecked_into).ok_or(CryptoError::DoesNotOpen);
    Ok((half("publicKey")?, half("privateKey")?))
}

async fn export(format: &str, key: &CryptoKey) -> Result<Vec<u8>, CryptoError> {
    bytes(subtle()?.export_key(format, key)?).await
}

/// Takes a key that scripts cannot read again. A public half that only agrees has no usage of its own.
async fn import(format: &str, data: &[u8], algorithm: &Object, usage: &str) -> Result<CryptoKey, CryptoError> {
    let raw = Uint8Array::from(data);
    let usages = names(if usage.is_empty() { &[] } else { std::slice::from_ref(&usage) });
    let imported = subtle()?.import_key_with_object(format, &raw, algorithm, false, &usages);
    let key = JsFuture::from(imported?).await;
    raw.fill(0, 0, raw.length());
    Ok(key?.unchecked_into())
}

fn curve(algorithm: &str) -> Object {
    object(&[("name", algorithm.into()), ("namedCurve", "P-256".into())])
}

fn object(members: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in members {
        // Setting a member of a new object cannot fail.
        let _: Result<bool, JsValue> = Reflect::set(&object, &(*name).into(), value);
    }
    object
}
