//! Passkeys: the phone's finger, face or screen lock instead of the passphrase, without a network.
//!
//! The authenticator gives a secret for an input (WebAuthn's `prf` extension), always the same one,
//! and only after it has seen the person. Nobody checks the signature: what opens the vault is the
//! secret alone. `web_sys` does not know the extension, so the calls are made by name.

use super::{
    browser::{member, method, name_of, object},
    clock::random,
};
use crate::domain::ids::DeviceId;
use js_sys::{Array, ArrayBuffer, Object, Promise, Uint8Array};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// ES256 and RS256: one of them every authenticator has.
const ALGORITHMS: [i32; 2] = [-7, -257];
/// How long the browser waits for the person.
const PATIENCE_MS: i32 = 60_000;

/// Why a passkey gave no secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasskeyError {
    /// The person said no, or there is no such passkey any more: browsers do not say which.
    #[error("no answer")]
    NoAnswer,
    /// The authenticator cannot give secrets.
    #[error("no secrets")]
    NoSecrets,
    /// The browser refused; the name of its error.
    #[error("{0}")]
    Browser(String),
}

impl From<JsValue> for PasskeyError {
    fn from(error: JsValue) -> Self {
        match name_of(&error).as_str() {
            "NotAllowedError" | "AbortError" | "TimeoutError" => PasskeyError::NoAnswer,
            name => PasskeyError::Browser(name.to_owned()),
        }
    }
}

/// A passkey that was made now.
pub struct Made {
    /// Id of the credential.
    pub credential: Vec<u8>,
    /// The input of its wrap.
    pub input: [u8; 32],
    /// What it gives for that input; whoever uses it wipes it.
    pub secret: Uint8Array,
}

/// Does this device have what a passkey takes, and does the browser hand out its secrets? Whoever
/// does not say so clearly is taken not to.
pub async fn is_offered() -> bool {
    offered().await.unwrap_or(false)
}

async fn offered() -> Option<bool> {
    let class = member(&window(), "PublicKeyCredential")?;
    let ask = async |question: &str| {
        let asked: Promise = method(&class, question)?.call0(&class).ok()?.dyn_into().ok()?;
        JsFuture::from(asked).await.ok()
    };
    let capabilities = ask("getClientCapabilities").await?;
    let secrets = member(&capabilities, "extension:prf")?.is_truthy();
    Some(secrets && ask("isUserVerifyingPlatformAuthenticatorAvailable").await?.is_truthy())
}

/// Makes a passkey for one installation, and asks it for its secret.
pub async fn make(installation: DeviceId) -> Result<Made, PasskeyError> {
    let input: [u8; 32] = random();
    let made = call("create", &creation(installation, &input)?).await?;
    let credential = bytes(&made, "rawId").ok_or(PasskeyError::NoSecrets)?.to_vec();
    let results = results(&made)?;
    // Some give the secret at once, others only when they are asked again; whoever says that it has
    // none is not asked.
    if let Some(secret) = results.as_ref().and_then(first) {
        return Ok(Made { credential, input, secret });
    }
    if !results.and_then(|prf| member(&prf, "enabled")).is_some_and(|enabled| enabled.is_truthy()) {
        return Err(PasskeyError::NoSecrets);
    }
    let secret = secret(&credential, &input).await?;
    Ok(Made { credential, input, secret })
}

/// The secret of a passkey for an input. The person is asked by their device.
pub async fn secret(credential: &[u8], input: &[u8; 32]) -> Result<Uint8Array, PasskeyError> {
    let named = object(&[
        ("type", "public-key".into()),
        ("id", Uint8Array::from(credential).into()),
        ("transports", Array::of1(&"internal".into()).into()),
    ])?;
    let options = object(&[
        ("challenge", challenge()),
        ("allowCredentials", Array::of1(&named).into()),
        ("userVerification", "required".into()),
        ("timeout", PATIENCE_MS.into()),
        ("extensions", prf(input)?),
    ])?;
    let answer = call("get", &options).await?;
    results(&answer)?.as_ref().and_then(first).ok_or(PasskeyError::NoSecrets)
}

fn creation(installation: DeviceId, input: &[u8; 32]) -> Result<Object, JsValue> {
    // What the phone shows in its list of passkeys: no person's name, for others may look at it.
    let user = object(&[
        ("id", Uint8Array::from(installation.0.as_bytes().as_slice()).into()),
        ("name", "Asysta na tym urządzeniu".into()),
        ("displayName", "Asysta na tym urządzeniu".into()),
    ])?;
    let algorithms = Array::new();
    for algorithm in ALGORITHMS {
        let named = object(&[("type", "public-key".into()), ("alg", algorithm.into())])?;
        algorithms.push(&named.into());
    }
    let selection = object(&[
        ("authenticatorAttachment", "platform".into()),
        // Phones give secrets only with passkeys that they list.
        ("residentKey", "required".into()),
        ("requireResidentKey", true.into()),
        ("userVerification", "required".into()),
    ])?;
    object(&[
        ("challenge", challenge()),
        ("rp", object(&[("name", "Asysta".into())])?.into()),
        ("user", user.into()),
        ("pubKeyCredParams", algorithms.into()),
        ("authenticatorSelection", selection.into()),
        ("attestation", "none".into()),
        ("timeout", PATIENCE_MS.into()),
        ("extensions", prf(input)?),
    ])
}

fn prf(input: &[u8; 32]) -> Result<JsValue, JsValue> {
    let first = object(&[("first", Uint8Array::from(input.as_slice()).into())])?;
    Ok(object(&[("prf", object(&[("eval", first.into())])?.into())])?.into())
}

/// Nobody checks the answer, but the question must be a fresh one.
fn challenge() -> JsValue {
    Uint8Array::from(random::<32>().as_slice()).into()
}

async fn call(what: &str, options: &Object) -> Result<JsValue, PasskeyError> {
    let missing = || PasskeyError::Browser("NotSupportedError".into());
    let credentials = member(&window().navigator(), "credentials").ok_or_else(missing)?;
    let asked = object(&[("publicKey", options.into())])?;
    let call = method(&credentials, what).ok_or_else(missing)?;
    let promise: Promise = call.call1(&credentials, &asked)?.dyn_into()?;
    let answer = JsFuture::from(promise).await?;
    if answer.is_null() { Err(PasskeyError::NoAnswer) } else { Ok(answer) }
}

/// What the extension says, if anything.
fn results(credential: &JsValue) -> Result<Option<JsValue>, PasskeyError> {
    let Some(ask) = method(credential, "getClientExtensionResults") else { return Ok(None) };
    Ok(member(&ask.call0(credential)?, "prf"))
}

fn first(prf: &JsValue) -> Option<Uint8Array> {
    bytes(&member(prf, "results")?, "first")
}

fn bytes(object: &JsValue, name: &str) -> Option<Uint8Array> {
    let buffer: ArrayBuffer = member(object, name)?.dyn_into().ok()?;
    Some(Uint8Array::new(&buffer))
}
