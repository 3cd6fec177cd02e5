//! The bytes of files, apart from the records that describe them.

use super::{DbResult, Link, OneOf as _, ms, with};
use crate::domain::{
    access::Actor,
    ids::{FamilyId, FileId, OfficeId, RecordId},
};
use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;
use uuid::Uuid;

/// A file that is to be kept.
#[derive(Debug)]
pub struct New<'a> {
    /// The file.
    pub id: FileId,
    /// The record that describes it.
    pub record: RecordId,
    /// Whose file it is in.
    pub family: FamilyId,
    /// SHA-256 of the bytes, hexadecimal.
    pub hash: &'a str,
    /// The bytes.
    pub body: &'a [u8],
}

/// Keeps a file, unless it is there already. Says whether it is new, and the fingerprint of what is kept now.
///
/// # Errors
/// When the database does not answer.
pub async fn put(link: &mut Link, actor: &Actor, file: &New<'_>, now: DateTime<Utc>) -> DbResult<(bool, String)> {
    let kept = with!(link, conn => {
        let added = sqlx::query(
            "insert into contents (office, id, record, family, author, received_at, hash, body) \
             values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (office, id) do nothing",
        )
        .bind(actor.office.0).bind(file.id.0).bind(file.record.0).bind(file.family.0).bind(actor.user.0)
        .bind(ms(now)).bind(file.hash).bind(file.body).execute(&mut *conn).await?;
        let hash = sqlx::query_scalar("select hash from contents where office = $1 and id = $2")
            .bind(actor.office.0).bind(file.id.0).fetch_one(conn).await?;
        (added.rows_affected() > 0, hash)
    });
    Ok(kept)
}

/// The bytes of a file of this record, if the office has them.
///
/// # Errors
/// When the database does not answer.
pub async fn find(link: &mut Link, office: OfficeId, record: RecordId, id: FileId) -> DbResult<Option<Vec<u8>>> {
    Ok(with!(link, conn => {
        sqlx::query_scalar("select body from contents where office = $1 and record = $2 and id = $3")
            .bind(office.0).bind(record.0).bind(id.0).fetch_optional(conn).await?
    }))
}

/// The bytes of a file, whatever record it is of.
///
/// # Errors
/// When the database does not answer.
#[cfg(test)]
pub async fn any(link: &mut Link, office: OfficeId, id: FileId) -> DbResult<Option<Vec<u8>>> {
    Ok(with!(link, conn => {
        sqlx::query_scalar("select body from contents where office = $1 and id = $2")
            .bind(office.0).bind(id.0).fetch_optional(conn).await?
    }))
}

/// Those of these files that are here.
///
/// # Errors
/// When the database does not answer.
pub async fn those_here(link: &mut Link, office: OfficeId, files: &[FileId]) -> DbResult<Vec<FileId>> {
    if files.is_empty() {
        return Ok(Vec::new());
    }
    let here: Vec<Uuid> = with!(link, conn => {
        let mut query = QueryBuilder::<D>::new("select id from contents where office = ");
        query.push_bind(office.0).push(" and id");
        D::push(&mut query, files.iter().map(|id| id.0).collect::<Vec<_>>());
        query.build_query_scalar().fetch_all(conn).await?
    });
    Ok(here.into_iter().map(FileId).collect())
}
