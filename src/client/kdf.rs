//! From the passphrase to the key that wraps: Argon2id, in this thread (it blocks for about half a
//! second; whoever calls has let the screen be painted before).

use super::crypto::{CryptoError, WrappingKey};
use crate::sync::passphrase::Kdf;
use argon2::{Algorithm, Argon2, Block, Params, Version};
use zeroize::{Zeroize, Zeroizing};

/// Why no key came of a passphrase.
#[derive(Debug, thiserror::Error)]
pub enum KdfError {
    /// The device does not have the memory now.
    #[error("za mało pamięci")]
    Memory,
    /// The parameters are not possible ones: what is stored has been changed.
    #[error("{0}")]
    Parameters(argon2::Error),
    /// The browser cannot take the key.
    #[error("{0}")]
    Crypto(#[from] CryptoError),
}

/// The wrapping key of an even passphrase.
pub async fn derive(passphrase: &str, salt: &[u8; 16], kdf: Kdf) -> Result<WrappingKey, KdfError> {
    let key = hash(passphrase, salt, kdf)?;
    Ok(WrappingKey::import(&key).await?)
}

fn hash(passphrase: &str, salt: &[u8; 16], kdf: Kdf) -> Result<Zeroizing<[u8; 32]>, KdfError> {
    let mut key = Zeroizing::new([0; 32]);
    let params = Params::new(kdf.memory_kib, kdf.passes, kdf.lanes, Some(key.len())).map_err(KdfError::Parameters)?;
    let mut memory = reserve(params.block_count())?;
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let done = argon.hash_password_into_with_memory(passphrase.as_bytes(), salt, &mut *key, &mut memory);
    memory.iter_mut().for_each(Zeroize::zeroize);
    done.map_err(KdfError::Parameters)?;
    Ok(key)
}

/// Takes the memory without a panic when there is too little: small phones have tight limits.
fn reserve(blocks: usize) -> Result<Vec<Block>, KdfError> {
    let mut memory = Vec::new();
    memory.try_reserve_exact(blocks).map_err(|_| KdfError::Memory)?;
    memory.resize(blocks, Block::default());
    Ok(memory)
}
