//! The office's list of institutions: a part of its book, written by those who work with families at the desk.

use super::{
    db::{Db, books, offices},
    settings::{Same, keep, meanwhile, stands_since},
};
use crate::{
    api::{directory::Directory, error::ApiError, settings::Publishing},
    domain::{
        access::{Actor, Deed, Object, Tie, may},
        ids::Rev,
        office::{Institution, OfficeBook, check_directory, directory_answers, directory_of},
    },
};
use chrono::{DateTime, Utc};

/// The list as it stands.
///
/// # Errors
/// [`ApiError::NotFound`] for those who may not read it.
pub async fn read(db: &Db, actor: &Actor) -> Result<Directory, ApiError> {
    if !may(actor.role, Deed::Read, Object::Directory, Tie::Office) {
        return Err(ApiError::NotFound);
    }
    let book = books::current(&mut db.snapshot().await?, actor.office).await?;
    Ok(Directory { tag: book.tag, list: book.directory })
}

/// Publishes a new list, unless somebody else has changed it since `expected` was read.
///
/// # Errors
/// [`ApiError::NotFound`] for those who may not change it.
pub async fn publish(
    db: &Db,
    actor: &Actor,
    expected: Rev,
    list: &[Institution],
    now: DateTime<Utc>,
) -> Result<Publishing, ApiError> {
    if !may(actor.role, Deed::Write, Object::Directory, Tie::Office) {
        return Err(ApiError::NotFound);
    }
    let answers = directory_answers(list);
    let problems = check_directory(&answers);
    if !problems.is_empty() {
        return Ok(Publishing::Refused(problems));
    }
    let directory = directory_of(&answers);
    let mut link = db.begin().await?;
    let last = offices::lock(&mut link, actor.office).await?;
    let before = books::current(&mut link, actor.office).await?;
    let same: Same = |one, other| one.directory == other.directory;
    if before.tag != expected && !stands_since(&mut link, actor, expected, &before, same).await? {
        return Ok(meanwhile(&mut link, actor, same).await?);
    }
    if before.directory == directory {
        return Ok(Publishing::Same);
    }
    let book = OfficeBook { tag: Rev(last.0 + 1), directory, ..before };
    keep(&mut link, actor, &book, Object::Directory, now, "published").await?;
    link.commit().await?;
    Ok(Publishing::Published)
}
