//! The office may have been brought back from an older copy of its database: then it has forgotten what it had taken.
//! A device of another epoch is told so and nothing else, compares, and sends again what is missing (P12).
//!
//! Whoever restores says so (`asysta restored`). When nobody does, the first device shows it that knows more than the
//! office: a later revision, a change that the office took and does not know, or an epoch that it never had.

use super::{Answer, ExchangeFailure, Job, nothing_new};
use crate::{
    domain::{
        access::Actor,
        ids::{ChangeId, Epoch, FileId, Rev},
    },
    server::db::{Db, DbResult, Link, changes, contents, offices},
    sync::protocol::{Lot, MAX_COMPARED},
};
use chrono::{DateTime, Duration, Utc};
use std::collections::BTreeSet;

/// So long after a restore a change waits for its record: another phone may still bring it. As long as phones keep
/// what they have sent.
const WAITS: Duration = Duration::days(crate::sync::replica::KEEP_SENT_DAYS);

/// So often a day the word of one person's phones is taken: a new epoch makes every phone of the office compare.
const MAX_WORDS_A_DAY: i64 = 20;

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
        Some(known) if known != epoch => {
            if !offices::is_past_epoch(&mut link, office, known).await? {
                drop(link);
                return Ok(Err(announcing(begin(db, job, epoch, Some(known)).await?, job.now)));
            }
            Ok(Err(announcing(epoch, job.now)))
        }
        Some(_) if knows_more(&mut link, job, rev).await? => {
            drop(link);
            Ok(Err(announcing(begin(db, job, epoch, None).await?, job.now)))
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

/// Begins a new epoch because a phone knows more, and remembers the epoch that it came with.
async fn begin(db: &Db, job: &Job, epoch: Epoch, came_with: Option<Epoch>) -> DbResult<Epoch> {
    let Actor { office, user, .. } = job.caller.actor;
    let mut link = db.begin().await?;
    if offices::epochs_ended_by(&mut link, office, user, job.now - Duration::days(1)).await? >= MAX_WORDS_A_DAY {
        tracing::warn!("a phone says too often that it knows more than the office, and is not believed today");
        return Ok(epoch);
    }
    tracing::warn!("a phone knows more than the office: it was brought back from a copy, and a new epoch begins");
    offices::end_epoch(&mut link, office, epoch, Some(user), job.now).await?;
    if let Some(known) = came_with {
        offices::add_past_epoch(&mut link, office, known, Some(user), job.now).await?;
    }
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
