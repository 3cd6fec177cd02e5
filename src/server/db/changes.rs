//! Changes that were decided, with their verdicts: for ever the same (P2).

use super::{DbError, DbResult, Link, OneOf as _, instant, ms, pieces, row, with};
use crate::{
    domain::{
        change::Change,
        ids::{ChangeId, DeviceId, FamilyId, OfficeId, RecordId, Rev, UserId},
    },
    sync::protocol::Verdict,
};
use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;
use uuid::Uuid;

/// A change that was decided before.
#[derive(Clone, Debug)]
pub struct Known {
    /// The change.
    pub id: ChangeId,
    /// Who sent it.
    pub author: UserId,
    /// Its record, unless it could not be read.
    pub record: Option<RecordId>,
    /// Its family, unless it could not be read.
    pub family: Option<FamilyId>,
    /// When the office decided.
    pub at: DateTime<Utc>,
    /// What it decided.
    pub verdict: Verdict,
}

row! {
    struct Row {
        id: Uuid,
        author: Uuid,
        record: Option<Uuid>,
        family: Option<Uuid>,
        received_at: i64,
        verdict: String,
    }
}

impl Row {
    fn read(self) -> DbResult<Known> {
        Ok(Known {
            id: ChangeId(self.id),
            author: UserId(self.author),
            record: self.record.map(RecordId),
            family: self.family.map(FamilyId),
            at: instant(self.received_at)?,
            verdict: serde_json::from_str(&self.verdict).map_err(|_| DbError::Stored("verdict"))?,
        })
    }
}

/// Those of these changes that the office knows.
///
/// # Errors
/// When the database does not answer.
pub async fn known(link: &mut Link, office: OfficeId, ids: &[ChangeId]) -> DbResult<Vec<Known>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<Row> = with!(link, conn => {
        let mut query = QueryBuilder::<D>::new(
            "select id, author, record, family, received_at, verdict from changes where office = ",
        );
        query.push_bind(office.0).push(" and id");
        D::push(&mut query, ids.iter().map(|id| id.0).collect::<Vec<_>>());
        query.build_query_as().fetch_all(conn).await?
    });
    rows.into_iter().map(Row::read).collect()
}

/// The changes that a record was made of, in the order of their revisions: what was refused is not among them.
///
/// # Errors
/// When the database does not answer, or holds what is no change.
pub async fn of_record(link: &mut Link, office: OfficeId, record: RecordId) -> DbResult<Vec<(Rev, Change)>> {
    let rows: Vec<(i64, String)> = with!(link, conn => {
        sqlx::query_as(
            "select rev, body from changes where office = $1 and record = $2 and rev is not null order by rev",
        )
        .bind(office.0).bind(record.0).fetch_all(conn).await?
    });
    let read = |body: &str| serde_json::from_str(body).map_err(|_| DbError::Stored("change"));
    rows.iter().map(|(rev, body)| Ok((Rev(*rev), read(body)?))).collect()
}

/// A change that has just been decided.
#[derive(Clone, Debug)]
pub struct Decided {
    /// What will be known of it.
    pub known: Known,
    /// The device that sent it.
    pub device: DeviceId,
    /// When it was made, as its device states.
    pub device_at: Option<DateTime<Utc>>,
    /// As it came; empty when it was too large to keep.
    pub body: String,
}

impl Decided {
    fn rev(&self) -> Option<Rev> {
        match &self.known.verdict {
            Verdict::Accepted { rev } | Verdict::Merged { rev } | Verdict::NeedsDecision { rev, .. } => Some(*rev),
            Verdict::Refused(_) => None,
        }
    }
}

/// Keeps changes with their verdicts.
///
/// # Errors
/// When the database does not answer.
pub async fn add(link: &mut Link, office: OfficeId, changes: &[Decided]) -> DbResult<()> {
    let verdicts: Vec<String> = changes
        .iter()
        .map(|change| serde_json::to_string(&change.known.verdict))
        .collect::<Result<_, _>>()
        .map_err(|_| DbError::Stored("verdict"))?;
    let rows: Vec<(&Decided, String)> = changes.iter().zip(verdicts).collect();
    for chunk in pieces(&rows) {
        with!(link, conn => {
            let mut query = QueryBuilder::<D>::new(
                "insert into changes (office, id, rev, record, family, author, device, device_at, received_at, body, \
                 verdict) ",
            );
            query.push_values(chunk, |mut row, (change, verdict)| {
                let known = &change.known;
                row.push_bind(office.0).push_bind(known.id.0).push_bind(change.rev().map(|rev| rev.0));
                row.push_bind(known.record.map(|id| id.0)).push_bind(known.family.map(|id| id.0));
                row.push_bind(known.author.0).push_bind(change.device.0).push_bind(change.device_at.map(ms));
                row.push_bind(ms(known.at)).push_bind(change.body.clone()).push_bind(verdict.clone());
            });
            query.build().execute(conn).await?;
        });
    }
    Ok(())
}
