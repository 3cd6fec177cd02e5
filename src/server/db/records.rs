//! Records as they stand, kept as the JSON that travels.

use super::{DbError, DbResult, Link, OneOf as _, pieces, place, with};
use crate::domain::{
    ids::{FamilyId, OfficeId, RecordId, Rev},
    record::Record,
};
use sqlx::QueryBuilder;
use uuid::Uuid;

/// Those of these records that are there.
///
/// # Errors
/// When the database does not answer, or holds what is no record.
pub async fn find(link: &mut Link, office: OfficeId, ids: &[RecordId]) -> DbResult<Vec<Record>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let bodies: Vec<String> = with!(link, conn => {
        let mut query = QueryBuilder::<D>::new("select body from records where office = ");
        query.push_bind(office.0).push(" and id");
        D::push(&mut query, ids.iter().map(|id| id.0).collect::<Vec<_>>());
        query.build_query_scalar().fetch_all(conn).await?
    });
    bodies.iter().map(|body| read(body)).collect()
}

/// Reads a stored record.
///
/// # Errors
/// When it is none.
pub fn read(body: &str) -> DbResult<Record> {
    serde_json::from_str(body).map_err(|_| DbError::Stored("record"))
}

/// A record with its JSON, ready to be kept.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The record.
    pub record: Record,
    /// Its JSON.
    pub body: String,
}

/// Writes records as they now stand.
///
/// # Errors
/// When the database does not answer.
pub async fn put(link: &mut Link, office: OfficeId, records: &[&Kept]) -> DbResult<()> {
    for chunk in pieces(records) {
        with!(link, conn => {
            let mut query =
                QueryBuilder::<D>::new("insert into records (office, id, family, kind, rev, author, body) ");
            query.push_values(chunk, |mut row, Kept { record, body }| {
                let (family, id) = place(record.family, record.id);
                row.push_bind(office.0).push_bind(id).push_bind(family).push_bind(record.kind.code());
                row.push_bind(record.rev.0).push_bind(record.made.by.0).push_bind(body.clone());
            });
            query.push(" on conflict (office, id) do update set rev = excluded.rev, body = excluded.body");
            query.build().execute(conn).await?;
        });
    }
    Ok(())
}

/// A record on its way out, not read.
#[derive(Clone, Debug)]
pub struct Raw {
    /// The record.
    pub id: RecordId,
    /// Its revision.
    pub rev: Rev,
    /// Its JSON.
    pub body: String,
}

/// Records of a family that are newer than a revision, in the order of their revisions.
///
/// # Errors
/// When the database does not answer.
pub async fn newer(link: &mut Link, office: OfficeId, family: FamilyId, than: Rev, limit: usize) -> DbResult<Vec<Raw>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows: Vec<(Uuid, i64, String)> = with!(link, conn => {
        sqlx::query_as(
            "select id, rev, body from records where office = $1 and family = $2 and rev > $3 order by rev limit $4",
        )
        .bind(office.0).bind(family.0).bind(than.0).bind(limit).fetch_all(conn).await?
    });
    Ok(rows.into_iter().map(|(id, rev, body)| Raw { id: RecordId(id), rev: Rev(rev), body }).collect())
}
