//! What offices have set, each version a row; the last one counts.

use super::{DbError, DbResult, Link, instant, ms, with};
use crate::domain::{
    access::Actor,
    ids::{OfficeId, Rev, UserId},
    office::OfficeBook,
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// A version as it was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The book, if this program can read it.
    pub book: Option<OfficeBook>,
    /// The revision that it took.
    pub tag: Rev,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: UserId,
}

/// The revision that the office's last version took; nothing when it has set nothing yet.
///
/// # Errors
/// When the database does not answer.
pub async fn newest_tag(link: &mut Link, office: OfficeId) -> DbResult<Rev> {
    let tag: Option<i64> = with!(link, conn => {
        sqlx::query_scalar("select tag from office_books where office = $1 order by tag desc limit 1")
            .bind(office.0).fetch_optional(conn).await?
    });
    Ok(tag.map_or(Rev::NONE, Rev))
}

/// A version as it is kept.
///
/// # Errors
/// When the database does not answer.
pub async fn body(link: &mut Link, office: OfficeId, tag: Rev) -> DbResult<Option<String>> {
    Ok(with!(link, conn => {
        sqlx::query_scalar("select body from office_books where office = $1 and tag = $2")
            .bind(office.0).bind(tag.0).fetch_optional(conn).await?
    }))
}

/// What holds in the office now. Of a version that this program cannot read (it was replaced by an older one) the
/// one before it: an office must not stand still because of its settings.
///
/// # Errors
/// When the database does not answer.
pub async fn current(link: &mut Link, office: OfficeId) -> DbResult<OfficeBook> {
    let (mut newest, mut before) = (Rev::NONE, Rev(i64::MAX));
    while let Some((tag, body)) = last_before(link, office, before).await? {
        newest = newest.max(tag);
        if let Some(book) = OfficeBook::read(body.as_bytes()) {
            return Ok(OfficeBook { tag: newest, ..book });
        }
        tracing::error!(tag = tag.0, "the office's settings cannot be read; those before them hold");
        before = tag;
    }
    Ok(OfficeBook { tag: newest, ..OfficeBook::default() })
}

async fn last_before(link: &mut Link, office: OfficeId, before: Rev) -> DbResult<Option<(Rev, String)>> {
    let row: Option<(i64, String)> = with!(link, conn => {
        sqlx::query_as("select tag, body from office_books where office = $1 and tag < $2 order by tag desc limit 1")
            .bind(office.0).bind(before.0).fetch_optional(conn).await?
    });
    Ok(row.map(|(tag, body)| (Rev(tag), body)))
}

/// Adds a version. The office's turn must be taken, and `book.tag` be its next revision.
///
/// # Errors
/// When the database does not answer.
pub async fn add(link: &mut Link, actor: &Actor, book: &OfficeBook, now: DateTime<Utc>) -> DbResult<()> {
    // Our own types always make JSON.
    let body = serde_json::to_string(book).map_err(|_| DbError::Stored("settings"))?;
    with!(link, conn => {
        sqlx::query(
            "insert into office_books (office, tag, body, published_at, published_by) values ($1, $2, $3, $4, $5)",
        )
        .bind(actor.office.0).bind(book.tag.0).bind(body).bind(ms(now)).bind(actor.user.0).execute(conn).await?;
    });
    Ok(())
}

/// Who published a version, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hand {
    /// The revision that the version took.
    pub tag: Rev,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: UserId,
}

/// Who published the versions, without the versions themselves: those of an office's forms grow long.
///
/// # Errors
/// When the database does not answer.
pub async fn hands(link: &mut Link, office: OfficeId) -> DbResult<Vec<Hand>> {
    let rows: Vec<(i64, i64, Uuid)> = with!(link, conn => {
        sqlx::query_as("select tag, published_at, published_by from office_books where office = $1 order by tag desc")
            .bind(office.0).fetch_all(conn).await?
    });
    let hand = |(tag, at, by): (i64, i64, Uuid)| Ok(Hand { tag: Rev(tag), at: instant(at)?, by: UserId(by) });
    rows.into_iter().map(hand).collect()
}

/// The last versions, the newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn versions(link: &mut Link, office: OfficeId, most: i64) -> DbResult<Vec<Version>> {
    let rows: Vec<(i64, String, i64, Uuid)> = with!(link, conn => {
        sqlx::query_as(
            "select tag, body, published_at, published_by from office_books where office = $1 order by tag desc limit $2",
        )
        .bind(office.0).bind(most).fetch_all(conn).await?
    });
    let read = |(tag, body, at, by): (i64, String, i64, Uuid)| {
        let book = OfficeBook::read(body.as_bytes());
        Ok(Version { book, tag: Rev(tag), at: instant(at)?, by: UserId(by) })
    };
    rows.into_iter().map(read).collect()
}
