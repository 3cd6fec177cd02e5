//! Changes that come sealed, without a session: from a locked vault, with the next user of a tablet, after a forgotten
//! passphrase. The signature of the device says whose they are; then they take the same way as every exchange, once,
//! with the ordinary receipts.
//!
//! Whoever asks about a device that nobody has hears the same as about one that is well. That a device was revoked is
//! told to those who know its id, which is made by chance and stands on the device alone: also a locked one must hear
//! that it is to be wiped.

pub mod keys;
mod open;
mod rate;

pub use rate::Rate;

use super::{
    db::{
        Db, DbResult, Link,
        audit::{self, Line},
        changes,
        devices::{self, Signer},
        late, office_keys, offices,
    },
    exchange::{self, Caller, Origin},
    state::State,
};
use crate::{
    api::error::ApiError,
    domain::{
        access::{Deed, Object},
        calendar::warsaw_day,
        decide::Hand,
        ids::{ChangeId, DeviceId},
        record::Refusal,
    },
    sync::{
        packet::{MAX_PACKETS, Packet},
        protocol::{ChangeHead, Parcel, ParcelReceipt, Verdict},
    },
};
use chrono::{DateTime, Utc};
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// What a parcel is answered.
#[derive(Debug)]
pub enum Answer {
    /// What was taken.
    Receipt(ParcelReceipt),
    /// The device has been wiped and holds nothing of anybody: the browser may forget us.
    Farewell,
}

/// Takes a parcel.
///
/// # Errors
/// [`ApiError::TooLarge`] or [`ApiError::TooManyTries`]; otherwise trouble in the house. Then nothing was taken.
pub async fn take(state: &State, parcel: Parcel, now: DateTime<Utc>) -> Result<Answer, ApiError> {
    if parcel.packets.len() > MAX_PACKETS {
        return Err(ApiError::TooLarge);
    }
    state.parcels.count(parcel.device, now).map_err(ApiError::TooManyTries)?;
    let signers = devices::signers(&mut state.db.read().await?, parcel.device).await?;
    let taken = take_packets(&state.db, &parcel, &signers, now).await?;
    let wipe = signers.iter().any(|signer| signer.revoked);
    if wipe && parcel.wiped {
        note_wiped(&state.db, parcel.device, &signers, now).await?;
        if parcel.alone {
            return Ok(Answer::Farewell);
        }
    }
    Ok(Answer::Receipt(ParcelReceipt { taken, wipe }))
}

/// Changes by the place of their signer.
type Opened = BTreeMap<usize, Vec<(ChangeId, Box<RawValue>)>>;

async fn take_packets(
    db: &Db,
    parcel: &Parcel,
    signers: &[Signer],
    now: DateTime<Utc>,
) -> Result<Vec<ChangeId>, ApiError> {
    let mut taken = Vec::new();
    for (place, changes) in open_all(db, parcel, signers).await? {
        let Some(signer) = signers.get(place) else { continue };
        let is_well = !signer.revoked && signer.standing.holds_on(warsaw_day(now));
        taken.extend(match is_well {
            true => decide(db, signer, parcel.device, changes, now).await?,
            false => put_aside(db, signer, parcel.device, changes, now).await?,
        });
    }
    Ok(taken)
}

async fn open_all(db: &Db, parcel: &Parcel, signers: &[Signer]) -> DbResult<Opened> {
    let mut opened = Opened::new();
    if signers.is_empty() {
        return Ok(opened);
    }
    let mut link = db.read().await?;
    for bytes in &parcel.packets {
        let Some(packet) = Packet::read(&bytes.0).filter(|packet| packet.label.device == parcel.device) else {
            continue;
        };
        let Some(place) = signers.iter().position(|signer| is_from(&packet, signer)) else { continue };
        if let Some(change) = open_one(&mut link, &packet).await? {
            opened.entry(place).or_default().push((packet.label.change, change));
        }
    }
    Ok(opened)
}

fn is_from(packet: &Packet<'_>, signer: &Signer) -> bool {
    signer.actor.office == packet.label.office && open::is_signed_by(packet, &signer.point)
}

/// The change in a packet, if the office's key opens it and it is the change that the label names.
async fn open_one(link: &mut Link, packet: &Packet<'_>) -> DbResult<Option<Box<RawValue>>> {
    let Some(secret) = office_keys::secret(link, packet.label.office, packet.label.key).await? else {
        return Ok(None);
    };
    let change = open::open(packet, &secret).and_then(|json| serde_json::from_slice::<Box<RawValue>>(&json).ok());
    let named = |change: &RawValue| serde_json::from_str::<ChangeHead>(change.get()).ok();
    Ok(change.filter(|change| named(change).is_some_and(|head| head.id == packet.label.change)))
}

/// The way of every exchange: in the author's name, as of their device.
async fn decide(
    db: &Db,
    signer: &Signer,
    device: DeviceId,
    changes: Vec<(ChangeId, Box<RawValue>)>,
    now: DateTime<Utc>,
) -> DbResult<Vec<ChangeId>> {
    let mut link = db.begin().await?;
    let changes = changes.into_iter().map(|(_, change)| change).collect();
    let taken = take_as(&mut link, signer, device, changes, now).await?;
    link.commit().await?;
    Ok(taken.receipts.into_iter().filter(|receipt| is_kept(&receipt.verdict)).map(|receipt| receipt.change).collect())
}

/// Takes changes in the name of somebody who is not here, within a transaction.
///
/// # Errors
/// When the database does not answer; the transaction must then be dropped.
pub async fn take_as(
    link: &mut Link,
    signer: &Signer,
    device: DeviceId,
    changes: Vec<Box<RawValue>>,
    now: DateTime<Utc>,
) -> DbResult<exchange::Taken> {
    let last = offices::lock(link, signer.actor.office).await?;
    // Nobody is sent any news, so it does not matter which list of people they know.
    let caller = Caller { actor: signer.actor.clone(), people_rev: 0 };
    exchange::take(link, &caller, changes, Origin { device, last, hand: Hand::Person, now }).await
}

/// Does the office remember this answer? It does not where somebody else's change came: that stays where it is.
fn is_kept(verdict: &Verdict) -> bool {
    !matches!(verdict, Verdict::Refused(Refusal::OtherAuthor))
}

/// The device was revoked, or its owner's account is closed: their manager decides.
async fn put_aside(
    db: &Db,
    signer: &Signer,
    device: DeviceId,
    changes: Vec<(ChangeId, Box<RawValue>)>,
    now: DateTime<Utc>,
) -> DbResult<Vec<ChangeId>> {
    let mut link = db.begin().await?;
    let ids: Vec<ChangeId> = changes.iter().map(|(id, _)| *id).collect();
    // Their author may have sent them in the ordinary way before.
    let known = changes::known(&mut link, signer.actor.office, &ids).await?;
    let decided = |id| known.iter().any(|known| known.id == id && known.author == signer.actor.user);
    let mut taken = Vec::new();
    for (id, change) in changes {
        if decided(id) {
            taken.push(id);
            continue;
        }
        late::put(&mut link, signer.actor.office, (signer.actor.user, device), (id, change.get()), now).await?;
        taken.push(id);
    }
    link.commit().await?;
    Ok(taken)
}

async fn note_wiped(db: &Db, device: DeviceId, signers: &[Signer], now: DateTime<Utc>) -> DbResult<()> {
    let mut link = db.begin().await?;
    for signer in signers.iter().filter(|signer| signer.revoked) {
        if devices::note_wiped(&mut link, signer.actor.user, device, now).await? {
            let (deed, object) = (Deed::Write, Object::Accounts);
            let line = Line { device: Some(device), deed, object, ..Line::of_oneself("device_wiped") };
            audit::add(&mut link, &signer.actor, now, &[line]).await?;
        }
    }
    link.commit().await
}
