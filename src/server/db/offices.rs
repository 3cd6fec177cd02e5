//! Offices and their running number of applied changes.

use super::{DbResult, Link, instant, ms, with};
use crate::domain::ids::{Epoch, OfficeId, Rev, UserId};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Makes an office.
///
/// # Errors
/// When it is there already, or the database does not answer.
pub async fn add(link: &mut Link, id: OfficeId, name: &str, demo: bool) -> DbResult<()> {
    with!(link, conn => {
        sqlx::query("insert into offices (id, name, demo, epoch) values ($1, $2, $3, $4)")
            .bind(id.0).bind(name.to_owned()).bind(demo).bind(fresh().0).execute(conn).await?;
    });
    Ok(())
}

/// Takes the office's turn to write and says its last revision: until this transaction ends, no
/// other applies a change, so revisions commit in order and a pull never misses a late one (R6).
///
/// # Errors
/// When the database does not answer.
pub async fn lock(link: &mut Link, id: OfficeId) -> DbResult<Rev> {
    let rev: i64 = with!(link, conn => {
        sqlx::query_scalar("update offices set rev = rev + 0 where id = $1 returning rev")
            .bind(id.0).fetch_one(conn).await?
    });
    Ok(Rev(rev))
}

/// Where an office stands: its last revision, and its epoch.
///
/// # Errors
/// When the database does not answer.
pub async fn standing(link: &mut Link, id: OfficeId) -> DbResult<(Rev, Epoch)> {
    let (rev, epoch): (i64, Uuid) = with!(link, conn => {
        sqlx::query_as("select rev, epoch from offices where id = $1").bind(id.0).fetch_one(conn).await?
    });
    Ok((Rev(rev), Epoch(epoch)))
}

/// When the office was last brought back from a copy.
///
/// # Errors
/// When the database does not answer.
pub async fn restored_at(link: &mut Link, id: OfficeId) -> DbResult<Option<DateTime<Utc>>> {
    let at: Option<i64> = with!(link, conn => {
        sqlx::query_scalar("select restored_at from offices where id = $1").bind(id.0).fetch_one(conn).await?
    });
    at.map(instant).transpose()
}

/// Begins a new epoch, if this one still lasts: of several phones that notice, the first counts.
///
/// # Errors
/// When the database does not answer.
pub async fn end_epoch(
    link: &mut Link,
    id: OfficeId,
    epoch: Epoch,
    said_by: Option<UserId>,
    now: DateTime<Utc>,
) -> DbResult<()> {
    let ended = with!(link, conn => {
        sqlx::query("update offices set epoch = $3, restored_at = $4 where id = $1 and epoch = $2")
            .bind(id.0).bind(epoch.0).bind(fresh().0).bind(ms(now)).execute(conn).await?.rows_affected()
    });
    match ended {
        0 => Ok(()),
        _ => add_past_epoch(link, id, epoch, said_by, now).await,
    }
}

/// Remembers an epoch that is over.
///
/// # Errors
/// When the database does not answer.
pub async fn add_past_epoch(
    link: &mut Link,
    id: OfficeId,
    epoch: Epoch,
    said_by: Option<UserId>,
    now: DateTime<Utc>,
) -> DbResult<()> {
    with!(link, conn => {
        sqlx::query("insert into past_epochs (office, epoch, ended_at, said_by) values ($1, $2, $3, $4) \
            on conflict (office, epoch) do nothing")
            .bind(id.0).bind(epoch.0).bind(ms(now)).bind(said_by.map(|user| user.0)).execute(conn).await?;
    });
    Ok(())
}

/// Is this an epoch that the office remembers to have ended?
///
/// # Errors
/// When the database does not answer.
pub async fn is_past_epoch(link: &mut Link, id: OfficeId, epoch: Epoch) -> DbResult<bool> {
    let count: i64 = with!(link, conn => {
        sqlx::query_scalar("select count(*) from past_epochs where office = $1 and epoch = $2")
            .bind(id.0).bind(epoch.0).fetch_one(conn).await?
    });
    Ok(count > 0)
}

/// How many epochs have ended at the word of this person's phones since then.
///
/// # Errors
/// When the database does not answer.
pub async fn epochs_ended_by(link: &mut Link, id: OfficeId, user: UserId, since: DateTime<Utc>) -> DbResult<i64> {
    let count: i64 = with!(link, conn => {
        sqlx::query_scalar("select count(*) from past_epochs where office = $1 and said_by = $2 and ended_at >= $3")
            .bind(id.0).bind(user.0).bind(ms(since)).fetch_one(conn).await?
    });
    Ok(count)
}

/// Begins a new epoch of every office: the database was brought back from a copy. Says of how many.
///
/// # Errors
/// When the database does not answer.
pub async fn end_all_epochs(link: &mut Link, now: DateTime<Utc>) -> DbResult<usize> {
    let offices: Vec<(Uuid, Uuid)> = with!(link, conn => {
        sqlx::query_as("select id, epoch from offices order by id").fetch_all(conn).await?
    });
    for (id, epoch) in &offices {
        end_epoch(link, OfficeId(*id), Epoch(*epoch), None, now).await?;
    }
    Ok(offices.len())
}

fn fresh() -> Epoch {
    let mut bytes = [0; 16];
    rand::Rng::fill(&mut rand::rng(), &mut bytes);
    Epoch(uuid::Builder::from_random_bytes(bytes).into_uuid())
}

/// Writes the last revision back: as many were taken as changes were applied, so none is missing.
///
/// # Errors
/// When the database does not answer.
pub async fn set_rev(link: &mut Link, id: OfficeId, rev: Rev) -> DbResult<()> {
    with!(link, conn => {
        sqlx::query("update offices set rev = $2 where id = $1").bind(id.0).bind(rev.0).execute(conn).await?;
    });
    Ok(())
}

/// Is there an office, and does the first one hold invented data?
///
/// # Errors
/// When the database does not answer.
pub async fn first_is_demo(link: &mut Link) -> DbResult<Option<bool>> {
    Ok(with!(link, conn => {
        sqlx::query_scalar("select demo from offices order by demo desc limit 1").fetch_optional(conn).await?
    }))
}

/// The office of this name, if there is exactly such a one.
///
/// # Errors
/// When the database does not answer.
pub async fn named(link: &mut Link, name: &str) -> DbResult<Option<OfficeId>> {
    let found: Option<Uuid> = with!(link, conn => {
        sqlx::query_scalar("select id from offices where name = $1 order by id limit 1")
            .bind(name.to_owned()).fetch_optional(conn).await?
    });
    Ok(found.map(OfficeId))
}
