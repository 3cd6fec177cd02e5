//! The office's keys: made when they are first asked for, replaced on demand. All of them open, the newest seals.

use crate::{
    domain::ids::OfficeId,
    server::db::{Db, DbError, DbResult, Link, office_keys},
    sync::protocol::{Base64, SealKey},
};
use chrono::{DateTime, Duration, Utc};
use p256::SecretKey;
use rand::{TryRngCore, rngs::OsRng};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};
use uuid::Uuid;

/// For so long a key is known without asking the database; so long a replaced one may still be given out.
const KNOWN_FOR: Duration = Duration::minutes(1);
/// Offices that are remembered at most.
const ROOM: usize = 10_000;

/// The keys that seal now, in memory: every exchange asks whether the phone has the newest.
#[derive(Default)]
pub struct Keys(Mutex<HashMap<OfficeId, (SealKey, DateTime<Utc>)>>);

impl Keys {
    /// The key that a phone lacks that has this one; nothing for an app that knows of no keys.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn news(
        &self,
        db: &Db,
        office: OfficeId,
        known: Option<Uuid>,
        now: DateTime<Utc>,
    ) -> DbResult<Option<SealKey>> {
        let Some(known) = known else { return Ok(None) };
        let standing = match self.remembered(office, now) {
            Some(key) => key,
            None => self.remember(office, newest_or_first(db, office, now).await?, now),
        };
        Ok(Some(standing).filter(|key| key.id != known))
    }

    fn remembered(&self, office: OfficeId, now: DateTime<Utc>) -> Option<SealKey> {
        let keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        keys.get(&office).filter(|(_, at)| now - *at < KNOWN_FOR).map(|(key, _)| key.clone())
    }

    fn remember(&self, office: OfficeId, key: SealKey, now: DateTime<Utc>) -> SealKey {
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if keys.len() >= ROOM {
            keys.clear();
        }
        keys.insert(office, (key.clone(), now));
        key
    }
}

/// The office's newest key; a first one where there is none.
///
/// # Errors
/// When the database does not answer.
pub async fn newest_or_first(db: &Db, office: OfficeId, now: DateTime<Utc>) -> DbResult<SealKey> {
    let standing = office_keys::newest(&mut db.read().await?, office).await?;
    if let Some((id, point)) = standing {
        return Ok(SealKey { id, point: Base64(point) });
    }
    let mut link = db.begin().await?;
    // Two that are made at the same moment both open; which one is the newest, the next question tells.
    let key = renew(&mut link, office, now).await?;
    link.commit().await?;
    Ok(key)
}

/// Makes a new key; from now on it seals.
///
/// # Errors
/// When the database does not answer, or the system has no randomness.
pub async fn renew(link: &mut Link, office: OfficeId, now: DateTime<Utc>) -> DbResult<SealKey> {
    let (secret, id) = fresh().ok_or(DbError::Stored("no randomness for an office's key"))?;
    let point = secret.public_key().to_sec1_bytes().into_vec();
    office_keys::add(link, office, (id, secret.to_bytes().as_slice(), &point), now).await?;
    Ok(SealKey { id, point: Base64(point) })
}

fn fresh() -> Option<(SecretKey, Uuid)> {
    let mut id = [0; 16];
    OsRng.try_fill_bytes(&mut id).ok()?;
    loop {
        let mut scalar = [0; 32];
        OsRng.try_fill_bytes(&mut scalar).ok()?;
        // A number beyond the curve's order is as good as never drawn.
        if let Ok(secret) = SecretKey::from_slice(&scalar) {
            return Some((secret, uuid::Builder::from_random_bytes(id).into_uuid()));
        }
    }
}
