//! The devices that people work on: seen, cut off, and what came from them afterwards.

use super::{
    auth::Signed,
    db::{
        DbResult, Link,
        audit::{self, Line},
        devices::{self, Device},
        families,
        late::{self, Late},
        sessions, users,
    },
    outbox,
    state::State,
};
use crate::{
    api::{
        devices::{DeviceBoard, DeviceLine, LateId, LateLine},
        error::ApiError,
    },
    domain::{
        access::{Actor, Deed, Object, Tie, may},
        calendar::warsaw_day,
        change::Change,
        devices::LateFate,
        ids::{ChangeId, DeviceId, FamilyId, UserId},
    },
    sync::protocol::{Receipt, Verdict},
};
use chrono::{DateTime, Utc};
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet};

/// Longest reason, in bytes.
const LONGEST_REASON: usize = 1_000;
/// Most late changes that are decided at once.
const MOST: usize = 500;

/// Names that lines are written with.
struct Names {
    people: BTreeMap<UserId, String>,
    codes: BTreeMap<FamilyId, String>,
}

impl Names {
    fn person(&self, user: UserId) -> String {
        self.people.get(&user).cloned().unwrap_or_default()
    }
}

/// The devices that this person may see, and what came late, for those who decide about it.
///
/// # Errors
/// [`ApiError`].
pub async fn board(state: &State, signed: &Signed, now: DateTime<Utc>) -> Result<DeviceBoard, ApiError> {
    let actor = &signed.session.actor;
    let everybody = may(actor.role, Deed::Read, Object::Accounts, Tie::Office);
    let decides = may(actor.role, Deed::Decide, Object::Accounts, Tie::Office);
    let mut link = state.db.snapshot().await?;
    let devices = devices::list(&mut link, actor.office, (!everybody).then_some(actor.user)).await?;
    let late = if decides { late::of_office(&mut link, actor.office).await? } else { Vec::new() };
    let late: Vec<_> = late.into_iter().map(|late| (serde_json::from_str::<Change>(&late.body).ok(), late)).collect();
    let on_devices = devices.iter().flat_map(|device| device.report.families.iter().copied());
    let in_late = late.iter().filter_map(|(change, _)| change.as_ref().map(|change| change.family));
    let named: BTreeSet<FamilyId> = on_devices.chain(in_late).collect();
    // Whoever works with no families learns how many there are, and no more.
    let sees_families = may(actor.role, Deed::Read, Object::FamilyFile, Tie::Own);
    let named = if sees_families { named } else { BTreeSet::new() };
    let names = names(&mut link, actor, &named).await?;
    Ok(DeviceBoard {
        rev: signed.session.rev,
        today: warsaw_day(now),
        devices: devices.into_iter().map(|device| line_of(device, &names)).collect(),
        late: late.into_iter().map(|(change, late)| late_of(late, change, &names)).collect(),
    })
}

async fn names(link: &mut Link, actor: &Actor, named: &BTreeSet<FamilyId>) -> DbResult<Names> {
    let people = users::of_office(link, actor.office).await?;
    let families = families::find(link, actor.office, &named.iter().copied().collect::<Vec<_>>()).await?;
    Ok(Names {
        people: people.into_iter().map(|person| (person.user, person.name)).collect(),
        codes: families.into_iter().filter_map(|family| Some((family.id, family.card?.code))).collect(),
    })
}

fn line_of(device: Device, names: &Names) -> DeviceLine {
    let on_it = &device.report.families;
    let mut families: Vec<String> = on_it.iter().filter_map(|family| names.codes.get(family).cloned()).collect();
    families.sort();
    DeviceLine {
        user: device.user,
        owner: names.person(device.user),
        device: device.report.device,
        name: device.name,
        app: device.report.app,
        unlock: device.unlock,
        free_mb: device.free_mb,
        first_seen: device.first_seen,
        last_seen: device.last_seen,
        waiting: device.report.waiting,
        oldest: device.report.oldest,
        failures: device.report.failures,
        other_families: u32::try_from(on_it.len() - families.len()).unwrap_or(u32::MAX),
        families,
        seals: device.seals,
        standing: device.standing,
        reason: device.reason,
    }
}

fn late_of(late: Late, change: Option<Change>, names: &Names) -> LateLine {
    LateLine {
        id: LateId { user: late.user, change: late.id },
        owner: names.person(late.user),
        received_at: late.received_at,
        family: change.as_ref().and_then(|change| names.codes.get(&change.family).cloned()),
        change,
        fate: late.fate,
        decided: late.decided_by.map(|by| names.person(by)).zip(late.decided_at),
        reason: late.reason.filter(|reason| !reason.is_empty()),
    }
}

/// Cuts a device off, at once: its sessions end, its signatures lead into quarantine, and it hears at its next word
/// that it is to wipe itself.
///
/// # Errors
/// [`ApiError::NotFound`] when there is no such device, or it is somebody else's.
pub async fn revoke(
    state: &State,
    signed: &Signed,
    (user, device): (UserId, DeviceId),
    reason: &str,
    now: DateTime<Utc>,
) -> Result<(), ApiError> {
    let actor = &signed.session.actor;
    if user != actor.user && !may(actor.role, Deed::Decide, Object::Accounts, Tie::Office) {
        return Err(ApiError::NotFound);
    }
    let reason = said(reason)?;
    let mut link = state.db.begin().await?;
    if !devices::revoke(&mut link, actor.office, (user, device), (actor.user, reason), now).await? {
        return Err(ApiError::NotFound);
    }
    sessions::end_of_device(&mut link, user, device, &signed.token).await?;
    let line = Line { device: Some(device), ..line("device_revoked") };
    audit::add(&mut link, actor, now, &[line]).await?;
    link.commit().await?;
    state.exchanges.forget(user, device);
    Ok(())
}

fn said(reason: &str) -> Result<&str, ApiError> {
    let reason = reason.trim();
    if reason.is_empty() || reason.len() > LONGEST_REASON || reason.contains('\0') {
        return Err(ApiError::Malformed);
    }
    Ok(reason)
}

fn line(detail: &'static str) -> Line {
    Line { deed: Deed::Decide, object: Object::Accounts, ..Line::of_oneself(detail) }
}

/// Decides about late changes: those that are accepted take the ordinary way in their author's name; the others stay
/// where they are, with the reason. Says how many were decided.
///
/// # Errors
/// [`ApiError`]; then nothing was decided.
pub async fn judge(
    state: &State,
    signed: &Signed,
    chosen: &[LateId],
    rejected: Option<&str>,
    now: DateTime<Utc>,
) -> Result<u32, ApiError> {
    if chosen.len() > MOST {
        return Err(ApiError::TooLarge);
    }
    let actor = &signed.session.actor;
    let mut link = state.db.begin().await?;
    let mut waiting = late::of_office(&mut link, actor.office).await?;
    let is_chosen = |late: &Late| chosen.contains(&LateId { user: late.user, change: late.id });
    waiting.retain(|late| late.fate == LateFate::Waiting && is_chosen(late));
    let fates = match rejected {
        Some(reason) => reject(&waiting, said(reason)?),
        None => accept(&mut link, waiting, now).await?,
    };
    let mut lines = Vec::new();
    for Fate { user, device, change, fate, reason } in &fates {
        late::decide(&mut link, actor.office, (*user, *change), (*fate, actor.user, reason), now).await?;
        let word = if *fate == LateFate::Accepted { "late_accepted" } else { "late_rejected" };
        lines.push(Line { device: Some(*device), change: Some(*change), ..line(word) });
    }
    audit::add(&mut link, actor, now, &lines).await?;
    link.commit().await?;
    Ok(u32::try_from(fates.len()).unwrap_or(u32::MAX))
}

/// What becomes of one of them.
struct Fate {
    user: UserId,
    device: DeviceId,
    change: ChangeId,
    fate: LateFate,
    reason: String,
}

fn reject(waiting: &[Late], reason: &str) -> Vec<Fate> {
    let fate = |late: &Late| Fate {
        user: late.user,
        device: late.device,
        change: late.id,
        fate: LateFate::Rejected,
        reason: reason.to_owned(),
    };
    waiting.iter().map(fate).collect()
}

/// Each device's changes in the order of their coming. One that follows another that is not here yet goes on waiting.
async fn accept(link: &mut Link, waiting: Vec<Late>, now: DateTime<Utc>) -> DbResult<Vec<Fate>> {
    let mut by_device: BTreeMap<(UserId, DeviceId), Vec<Box<RawValue>>> = BTreeMap::new();
    for late in waiting {
        // It was read as JSON before it was kept.
        if let Ok(raw) = RawValue::from_string(late.body) {
            by_device.entry((late.user, late.device)).or_default().push(raw);
        }
    }
    let mut fates = Vec::new();
    for ((user, device), changes) in by_device {
        let signers = devices::signers(link, device).await?;
        let Some(signer) = signers.into_iter().find(|signer| signer.actor.user == user) else { continue };
        let taken = outbox::take_as(link, &signer, device, changes, now).await?;
        let fate = |receipt: &Receipt| {
            let (fate, reason) = (LateFate::Accepted, refusal_of(receipt));
            Fate { user, device, change: receipt.change, fate, reason }
        };
        fates.extend(taken.receipts.iter().map(fate));
    }
    Ok(fates)
}

/// Why the rules refused it in spite of the manager; its author finds that under *Do wyjaśnienia* too.
fn refusal_of(receipt: &Receipt) -> String {
    match &receipt.verdict {
        Verdict::Refused(refusal) => refusal.to_string(),
        _ => String::new(),
    }
}
