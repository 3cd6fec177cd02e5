//! Offices and their running number of applied changes.

use super::{DbResult, Link, with};
use crate::domain::ids::{OfficeId, Rev};

/// Makes an office.
///
/// # Errors
/// When it is there already, or the database does not answer.
pub async fn add(link: &mut Link, id: OfficeId, name: &str, demo: bool) -> DbResult<()> {
    with!(link, conn => {
        sqlx::query("insert into offices (id, name, demo) values ($1, $2, $3)")
            .bind(id.0).bind(name.to_owned()).bind(demo).execute(conn).await?;
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
    let found: Option<uuid::Uuid> = with!(link, conn => {
        sqlx::query_scalar("select id from offices where name = $1 order by id limit 1")
            .bind(name.to_owned()).fetch_optional(conn).await?
    });
    Ok(found.map(OfficeId))
}
