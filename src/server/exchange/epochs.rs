//! The office may have been brought back from an older copy of its database: then it has forgotten what it had taken.
//! A device of another epoch is told so and nothing else, compares, and sends again what is missing (P12).
//!
//! Whoever restores says so (`asysta restored`). When nobody does, the first device shows it that knows more than the
//! office: a later revision, or a change that the office took and does not know.

use super::{Answer, ExchangeFailure, Job, nothing_new};
use crate::{
    domain::ids::{ChangeId, Epoch, FileId, OfficeId, Rev},
    server::db::{Db, DbResult, Link, changes, contents, offices},
    sync::protocol::{Lot, MAX_COMPARED},
};
use chrono::{DateTime, Duration, Utc};
use std::collections::BTreeSet;

/// So long after a restore a change waits for its record: another phone may still bring it. As long as phones keep
/// what they have sent.
const WAITS: Duration = Duration::days(crate::sync::replica::KEEP_SENT_DAYS);

/// What a device must hear before anything else, if there is such a thing.
///
/// # Errors
/// [`ExchangeFailure`].
pub async fn meet(
    db: &Db,
    mut link: Link,
    job: &Job,
    (rev, epoch): (Rev, Epoch),
) -> Result<Result<Link, Answer>, ExchangeFailure> {
    let office = job.caller.actor.office;
    match job.request.epoch {
        // An app that knows of no epochs, or a device that has never been here.
        None => Ok(Ok(link)),
        Some(known) if known != epoch => Ok(Err(announcing(epoch, job.now))),
        Some(_) if knows_more(&mut link, job, rev).await? => {
            drop(link);
            let begun = begin(db, office, epoch, job.now).await?;
            Ok(Err(announcing(begun, job.now)))
        }
        Some(_) => match &job.request.compare {
            Some(lot) => {
                let lost = lacking(&mut link, job, lot).await?;
                Ok(Err(Answer { lost: Some(lost), ..announcing(epoch, job.now) }))
            }
            None => Ok(Ok(link)),
        },
    }
}

fn announcing(epoch: Epoch, now: DateTime<Utc>) -> Answer {
    Answer { epoch: Some(epoch), ..nothing_new(now) }
}

/// Does the device know what this office never did, or has forgotten?
async fn knows_more(link: &mut Link, job: &Job, rev: Rev) -> DbResult<bool> {
    if job.request.cursors.values().any(|cursor| *cursor > rev) {
        return Ok(true);
    }
    match job.request.newest {
        Some(newest) => Ok(changes::known(link, job.caller.actor.office, &[newest]).await?.is_empty()),
        None => Ok(false),
    }
}

async fn begin(db: &Db, office: OfficeId, epoch: Epoch, now: DateTime<Utc>) -> DbResult<Epoch> {
    tracing::warn!("a phone knows more than the office: it was brought back from a copy, and a new epoch begins");
    let mut link = db.begin().await?;
    offices::end_epoch(&mut link, office, epoch, now).await?;
    let (_, begun) = offices::standing(&mut link, office).await?;
    link.commit().await?;
    Ok(begun)
}

/// What the office lacks of a lot: changes that it does not know as this person's, files that it does not have.
async fn lacking(link: &mut Link, job: &Job, lot: &Lot) -> Result<Lot, ExchangeFailure> {
    if lot.changes.len() > MAX_COMPARED || lot.files.len() > MAX_COMPARED {
        return Err(ExchangeFailure::TooMany);
    }
    let actor = &job.caller.actor;
    let known = changes::known(link, actor.office, &lot.changes).await?;
    let theirs = known.into_iter().filter(|known| known.author == actor.user).map(|known| known.id);
    let known: BTreeSet<ChangeId> = theirs.collect();
    let here: BTreeSet<FileId> = contents::those_here(link, actor.office, &lot.files).await?.into_iter().collect();
    Ok(Lot {
        changes: lot.changes.iter().copied().filter(|change| !known.contains(change)).collect(),
        files: lot.files.iter().copied().filter(|file| !here.contains(file)).collect(),
    })
}

/// May a record that is not here still come, from the phone of somebody who sends it again?
pub fn may_still_come(restored_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    restored_at.is_some_and(|at| now - at < WAITS)
}
