//! Passwords: Argon2id with 19 MiB, two passes, one lane (OWASP's minimum), off the threads that answer.

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use std::sync::Arc;
use tokio::{
    sync::{AcquireError, Semaphore},
    task::{JoinError, spawn_blocking},
};

const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Hash of a password that nobody knows, with the same cost: unknown logins take as long as known ones.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$Rh+VNihkhEoQrspEUn/pNg$rn6XQ5zP/yuykbAdc+GOYwAnCztkI13KvBmY1TDJre8";

/// Why a password could not be worked on.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// The hash could not be computed.
    #[error("password hashing: {0}")]
    Hash(#[from] argon2::password_hash::Error),
    /// The parameters are not allowed.
    #[error("password parameters: {0}")]
    Params(#[from] argon2::Error),
    /// The worker ended early.
    #[error("password worker: {0}")]
    Worker(#[from] JoinError),
    /// The program is ending.
    #[error("password workers are closed: {0}")]
    Closed(#[from] AcquireError),
}

/// Works on passwords, a few at a time: each takes 19 MiB and a core.
#[derive(Clone, Debug)]
pub struct Passwords {
    turns: Arc<Semaphore>,
}

impl Passwords {
    /// As many at a time as there are cores.
    pub fn new() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self { turns: Arc::new(Semaphore::new(cores)) }
    }

    /// Hashes a new password.
    ///
    /// # Errors
    /// When the machine cannot.
    pub async fn hash(&self, password: String) -> Result<String, PasswordError> {
        let _turn = self.turns.acquire().await?;
        spawn_blocking(move || Ok(argon2()?.hash_password(password.as_bytes())?.to_string())).await?
    }

    /// Is this the password? Without a hash (nobody has this login) the same work ends in "no".
    ///
    /// # Errors
    /// When the machine cannot.
    pub async fn fits(&self, password: String, hash: Option<String>) -> Result<bool, PasswordError> {
        let _turn = self.turns.acquire().await?;
        spawn_blocking(move || {
            let known = hash.is_some();
            let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
            let fits = argon2()?.verify_password(password.as_bytes(), hash.as_str()).is_ok();
            Ok(known && fits)
        })
        .await?
    }
}

impl Default for Passwords {
    fn default() -> Self {
        Self::new()
    }
}

fn argon2() -> Result<Argon2<'static>, argon2::Error> {
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(MEMORY_KIB, PASSES, LANES, None)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use argon2::password_hash::phc::PasswordHash;

    #[test]
    fn s02_nobody_costs_as_much_as_somebody() {
        let hash = PasswordHash::new(NOBODY).unwrap();
        let params = Params::try_from(&hash).unwrap();
        assert_eq!((params.m_cost(), params.t_cost(), params.p_cost()), (MEMORY_KIB, PASSES, LANES));
        assert_eq!(hash.hash.unwrap().len(), Params::DEFAULT_OUTPUT_LEN);
    }

    #[tokio::test]
    async fn s02_only_the_password_fits() {
        let passwords = Passwords::new();
        let hash = passwords.hash("Przyklad-2026".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(passwords.fits("Przyklad-2026".into(), Some(hash.clone())).await.unwrap());
        assert!(!passwords.fits("przyklad-2026".into(), Some(hash)).await.unwrap());
        assert!(!passwords.fits("Przyklad-2026".into(), None).await.unwrap());
    }
}
