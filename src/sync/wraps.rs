//! The plain file of a vault: the wraps of its one data key, and what each is opened with.
//!
//! A wrap is the data key under another key: one made of the passphrase, one of a passkey's secret.
//! Any of them opens the vault, and each is written anew without touching the others or the data.
//! Nothing in the file tells whose vault it is or what lies in it.
//!
//! Version 1 knew one passphrase and bound its wrap to other words. Such a file is read as one of
//! today with that wrap as it was made; the next opening by the passphrase writes it anew.

use super::{passphrase::Kdf, seal::bind};
use crate::domain::ids::DeviceId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Version of the file.
pub const VERSION: u16 = 2;
/// Version of the file that had one passphrase and nothing else.
const ONE_PASSPHRASE: u16 = 1;

/// What opens a wrap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Opener {
    /// Argon2id of a passphrase.
    Passphrase {
        /// What a try costs.
        kdf: Kdf,
        /// The salt of this wrap.
        salt: [u8; 16],
    },
    /// HKDF of the secret that a passkey gives for an input (WebAuthn's `prf`).
    Passkey {
        /// Id of the credential.
        credential: Vec<u8>,
        /// What the passkey is asked with; another one for each wrap.
        input: [u8; 32],
    },
}

/// The data key, wrapped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrap {
    /// What opens it.
    pub opener: Opener,
    /// Version of the file that it was made for: what it is bound to depends on it.
    pub made_for: u16,
    /// The wrapped key.
    pub sealed: Vec<u8>,
}

/// What lies open on the disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VaultFile {
    /// Version of this shape.
    pub version: u16,
    /// One person on one device.
    pub installation: DeviceId,
    /// Name of the data key.
    pub key: Uuid,
    /// The installation's salt, for keys made of secrets that are not passphrases.
    pub salt: [u8; 16],
    /// The wraps. None: the vault is closed for ever.
    pub wraps: Vec<Wrap>,
}

/// Why a file was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// A newer app wrote it.
    #[error("zapis nowszej wersji aplikacji")]
    Newer,
    /// It is none of ours, or broken.
    #[error("zapis jest uszkodzony")]
    Broken,
}

#[derive(Deserialize)]
struct Head {
    version: u16,
}

/// The file as version 1 had it.
#[derive(Deserialize)]
struct OldFile {
    installation: DeviceId,
    key: Uuid,
    kdf: Kdf,
    salt: [u8; 16],
    wrap: Vec<u8>,
}

impl From<OldFile> for VaultFile {
    fn from(old: OldFile) -> Self {
        let OldFile { installation, key, kdf, salt, wrap } = old;
        let wrap = Wrap { opener: Opener::Passphrase { kdf, salt }, made_for: ONE_PASSPHRASE, sealed: wrap };
        // Chosen by chance for this installation, and never used with HKDF before.
        Self { version: ONE_PASSPHRASE, installation, key, salt, wraps: vec![wrap] }
    }
}

impl VaultFile {
    /// Reads a file of this version or an older one.
    ///
    /// # Errors
    /// When a newer app wrote it, or when it is broken.
    pub fn read(text: &str) -> Result<Self, Unreadable> {
        let head: Head = serde_json::from_slice(text.as_bytes()).map_err(|_| Unreadable::Broken)?;
        let read = match head.version {
            VERSION => serde_json::from_slice(text.as_bytes()),
            ONE_PASSPHRASE => serde_json::from_slice::<OldFile>(text.as_bytes()).map(Self::from),
            0 => return Err(Unreadable::Broken),
            _ => return Err(Unreadable::Newer),
        };
        read.map_err(|_| Unreadable::Broken)
    }

    /// Was it written by an older app?
    pub fn is_old(&self) -> bool {
        self.version != VERSION
    }

    /// The wrap of the passphrase.
    pub fn passphrase(&self) -> Option<&Wrap> {
        self.wraps.iter().find(|wrap| matches!(wrap.opener, Opener::Passphrase { .. }))
    }

    /// The wrap of the passkey.
    pub fn passkey(&self) -> Option<&Wrap> {
        self.wraps.iter().find(|wrap| matches!(wrap.opener, Opener::Passkey { .. }))
    }

    /// The same file with this wrap instead of the one of its kind, and all others as they are.
    #[must_use]
    pub fn with(&self, wrap: Wrap) -> Self {
        let mut file = self.clone();
        file.version = VERSION;
        file.wraps.retain(|other| other.opener.is_passkey() != wrap.opener.is_passkey());
        file.wraps.push(wrap);
        file
    }

    /// The same file without a passkey. The passphrase always stays.
    #[must_use]
    pub fn without_passkey(&self) -> Self {
        let mut file = self.clone();
        file.wraps.retain(|wrap| !wrap.opener.is_passkey());
        file
    }

    /// The same file without any wrap: what its key sealed is noise from now on.
    #[must_use]
    pub fn without_wraps(&self) -> Self {
        Self { version: VERSION, wraps: Vec::new(), ..self.clone() }
    }

    /// What the wrap of this opener is bound to: it opens in this file, in this version, and with
    /// these parameters; weaker ones do not fit it.
    pub fn bound(&self, opener: &Opener, made_for: u16) -> Vec<u8> {
        let version = made_for.to_be_bytes();
        let (installation, key) = (self.installation.0.as_bytes(), self.key.as_bytes());
        match opener {
            Opener::Passphrase { kdf, salt } if made_for == ONE_PASSPHRASE => {
                bind(&[b"wrap", &version, installation, key, &kdf.to_bytes(), salt])
            }
            Opener::Passphrase { kdf, salt } => {
                bind(&[b"wrap", &version, installation, key, b"passphrase", &kdf.to_bytes(), salt])
            }
            Opener::Passkey { credential, input } => {
                bind(&[b"wrap", &version, installation, key, b"passkey", credential, input])
            }
        }
    }

    /// What the wrapping key of a passkey is made for.
    pub fn passkey_info(&self) -> Vec<u8> {
        bind(&[b"passkey", self.installation.0.as_bytes()])
    }
}

impl Opener {
    fn is_passkey(&self) -> bool {
        matches!(self, Opener::Passkey { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// As the app wrote it before there were several wraps; `end2end/vault.test.mjs` opens its store.
    const STORED: &str = include_str!("../../end2end/fixtures/vault-1.json");

    fn stored() -> String {
        let fixture: serde_json::Value = serde_json::from_str(STORED).unwrap();
        let meta = fixture["meta"].as_array().unwrap();
        let file = meta.iter().find(|entry| entry[0] == "vault").unwrap();
        file[1].as_str().unwrap().to_owned()
    }

    fn passkey(id: u8) -> Wrap {
        let opener = Opener::Passkey { credential: vec![id; 20], input: [id; 32] };
        Wrap { opener, made_for: VERSION, sealed: vec![id; 61] }
    }

    fn passphrase(id: u8) -> Wrap {
        let opener = Opener::Passphrase { kdf: Kdf::SMALL, salt: [id; 16] };
        Wrap { opener, made_for: VERSION, sealed: vec![id; 61] }
    }

    #[test]
    fn d07_a_file_of_version_1_is_read_without_loss() {
        let old: serde_json::Value = serde_json::from_str(&stored()).unwrap();
        let file = VaultFile::read(&stored()).unwrap();
        assert!(file.is_old());
        assert_eq!(file.installation.0.to_string(), old["installation"].as_str().unwrap());
        assert_eq!(file.key.to_string(), old["key"].as_str().unwrap());
        let wrap = file.passphrase().unwrap();
        assert_eq!(serde_json::to_value(&wrap.sealed).unwrap(), old["wrap"]);
        let Opener::Passphrase { kdf, salt } = wrap.opener else { panic!("not a passphrase") };
        assert_eq!((kdf, serde_json::to_value(salt).unwrap()), (Kdf::STRONG, old["salt"].clone()));
        // What version 1 bound its wrap to, word for word; anything else and it never opens again.
        let bound = bind(&[
            b"wrap",
            &1u16.to_be_bytes(),
            file.installation.0.as_bytes(),
            file.key.as_bytes(),
            &kdf.to_bytes(),
            &salt,
        ]);
        assert_eq!(file.bound(&wrap.opener, wrap.made_for), bound);
    }

    #[test]
    fn what_is_written_is_read_again_and_newer_or_broken_files_are_told_apart() {
        let file = VaultFile::read(&stored()).unwrap().with(passphrase(1)).with(passkey(2));
        let text = serde_json::to_string(&file).unwrap();
        assert_eq!(VaultFile::read(&text), Ok(file));
        for (text, error) in [
            (r#"{"version":3,"wraps":{}}"#, Unreadable::Newer),
            (r#"{"version":2}"#, Unreadable::Broken),
            (r#"{"version":0}"#, Unreadable::Broken),
            (r#"{"version":1,"key":"x"}"#, Unreadable::Broken),
            ("", Unreadable::Broken),
        ] {
            assert_eq!(VaultFile::read(text), Err(error), "{text}");
        }
    }

    #[test]
    fn d07_one_wrap_is_replaced_and_the_others_stay() {
        let first = VaultFile::read(&stored()).unwrap().with(passphrase(1)).with(passkey(2));
        assert_eq!(first.wraps, [passphrase(1), passkey(2)]);
        assert!(!first.is_old());
        let changed = first.with(passphrase(3));
        assert_eq!((changed.passphrase(), changed.passkey()), (Some(&passphrase(3)), Some(&passkey(2))));
        let replaced = changed.with(passkey(4));
        assert_eq!((replaced.passphrase(), replaced.passkey()), (Some(&passphrase(3)), Some(&passkey(4))));
        assert_eq!(replaced.without_passkey().wraps, [passphrase(3)]);
        assert_eq!((replaced.key, replaced.installation), (first.key, first.installation));
        let closed = replaced.without_wraps();
        assert!(closed.wraps.is_empty() && closed.passphrase().is_none());
        assert_eq!(VaultFile::read(&serde_json::to_string(&closed).unwrap()), Ok(closed));
    }

    #[test]
    fn every_wrap_is_bound_to_its_opener_and_file() {
        let file = VaultFile::read(&stored()).unwrap();
        let other = VaultFile { key: Uuid::nil(), ..file.clone() };
        let openers = [passphrase(1), passphrase(2), passkey(1), passkey(2)].map(|wrap| wrap.opener);
        let strong = Opener::Passphrase { kdf: Kdf::STRONG, salt: [1; 16] };
        let bound: BTreeSet<_> = openers
            .iter()
            .chain([&strong])
            .flat_map(|opener| [file.bound(opener, 2), file.bound(opener, 3), other.bound(opener, 2)])
            .collect();
        assert_eq!(bound.len(), 15);
    }
}
