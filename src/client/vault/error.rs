//! Why a vault was not made, opened or changed.

use crate::{
    client::{crypto::CryptoError, database::DbError, kdf::KdfError, passkey::PasskeyError},
    ui::context::UnlockError,
};

/// Why a vault was not made, opened or changed.
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
    /// Its wraps have been destroyed.
    #[error("closed for ever")]
    Closed,
    /// The passkey gives another secret than the one that the wrap was made with.
    #[error("another passkey")]
    OtherPasskey,
    /// The passkey gave no secret.
    #[error("{0}")]
    Passkey(PasskeyError),
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

impl From<PasskeyError> for VaultError {
    fn from(error: PasskeyError) -> Self {
        VaultError::Passkey(error)
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
            VaultError::Closed => UnlockError::Closed,
            VaultError::OtherPasskey => UnlockError::OtherPasskey,
            VaultError::Passkey(PasskeyError::NoAnswer) => UnlockError::NoPasskey,
            VaultError::Passkey(PasskeyError::NoSecrets) => UnlockError::PasskeyUnfit,
            other => UnlockError::Store(other.to_string()),
        }
    }
}
