//! The access log: who did what to what, in the transaction in which they did it (DP5).

use super::{DbResult, Link, ms, pieces, with};
use crate::domain::{
    access::{Actor, Deed, Object},
    ids::{ChangeId, DeviceId, FamilyId, OfficeId, RecordId, UserId},
};
use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;

/// One line of the log. `detail` is a word of the program, never of a person.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// The device, when the person works on one.
    pub device: Option<DeviceId>,
    /// What was done.
    pub deed: Deed,
    /// To what.
    pub object: Object,
    /// In which family's file.
    pub family: Option<FamilyId>,
    /// Which record.
    pub record: Option<RecordId>,
    /// By which change.
    pub change: Option<ChangeId>,
    /// How it ended.
    pub detail: &'static str,
}

impl Line {
    /// A line about a person's own account.
    pub fn of_oneself(detail: &'static str) -> Self {
        Self { object: Object::Oneself, ..Self::of_reading(None, None, detail) }
    }

    /// A line about the reading of a family's file.
    pub fn of_reading(device: Option<DeviceId>, family: Option<FamilyId>, detail: &'static str) -> Self {
        let object = Object::FamilyFile;
        Self { device, deed: Deed::Read, object, family, record: None, change: None, detail }
    }
}

/// A line with who did it, and when.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Who.
    pub by: UserId,
    /// When, by the office's clock.
    pub at: DateTime<Utc>,
    /// What.
    pub line: Line,
}

/// Adds lines of one person and moment to the log.
///
/// # Errors
/// When the database does not answer; then what they speak of must not happen either.
pub async fn add(link: &mut Link, actor: &Actor, now: DateTime<Utc>, lines: &[Line]) -> DbResult<()> {
    let entries: Vec<_> = lines.iter().map(|line| Entry { by: actor.user, at: now, line: *line }).collect();
    add_all(link, actor.office, &entries).await
}

/// Adds lines of several people of an office to the log.
///
/// # Errors
/// When the database does not answer; then what they speak of must not happen either.
pub async fn add_all(link: &mut Link, office: OfficeId, entries: &[Entry]) -> DbResult<()> {
    for chunk in pieces(entries) {
        with!(link, conn => {
            let mut query = QueryBuilder::<D>::new(
                "insert into audit (office, at, user_id, device, deed, object, family, record, change, detail) ",
            );
            query.push_values(chunk, |mut row, Entry { by, at, line }| {
                row.push_bind(office.0).push_bind(ms(*at)).push_bind(by.0);
                row.push_bind(line.device.map(|id| id.0)).push_bind(line.deed.code()).push_bind(line.object.code());
                row.push_bind(line.family.map(|id| id.0)).push_bind(line.record.map(|id| id.0));
                row.push_bind(line.change.map(|id| id.0)).push_bind(line.detail);
            });
            query.build().execute(conn).await?;
        });
    }
    Ok(())
}
