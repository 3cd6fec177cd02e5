//! The earlier versions of a paper, an entry or a task, for whoever may read the file that it stands in.

use super::{
    auth::Signed,
    db::{
        audit::{self, Line},
        changes, families, records, users,
    },
    desk::{hands, names, readable},
    state::State,
};
use crate::{
    api::{error::ApiError, history::RecordHistory},
    domain::{
        access::{Actor, Deed, Object, Tie, is_own_file, may, own_file},
        calendar::warsaw_day,
        change::Change,
        documents::{RecordKind, people_named},
        history::{milestones, versions},
        ids::{RecordId, Rev, UserId},
        record::Record,
    },
};
use chrono::{DateTime, Utc};

/// The versions of a record. That they were read is written down before they leave.
///
/// # Errors
/// [`ApiError::NotFound`] when there is no such record, or not for whoever asks: the same answer (S1).
pub async fn read(
    state: &State,
    signed: &Signed,
    record: RecordId,
    now: DateTime<Utc>,
) -> Result<RecordHistory, ApiError> {
    let actor = &signed.session.actor;
    let mut link = state.db.begin().await?;
    let found = records::find(&mut link, actor.office, &[record]).await?.pop();
    // The cards of family and case are written by the office as well, which no change of a person tells.
    let told = |record: &Record| matches!(record.kind, RecordKind::Paper | RecordKind::Visit | RecordKind::Task);
    let standing = found.filter(told).ok_or(ApiError::NotFound)?;
    let everybody = users::of_office(&mut link, actor.office).await?;
    let is_in_own_file = everybody.iter().any(|known| own_file(known.user) == standing.family);
    if !(is_in_own_file && reads_own_file(actor, &standing)) {
        let families = families::find(&mut link, actor.office, &[standing.family]).await?;
        readable(&mut link, actor, families, warsaw_day(now)).await?.ok_or(ApiError::NotFound)?;
    }
    let changes = changes::of_record(&mut link, actor.office, record).await?;
    let line = Line { record: Some(record), ..Line::of_reading(None, Some(standing.family), "history") };
    audit::add(&mut link, actor, now, &[line]).await?;
    link.commit().await?;
    let versions = told_by(&changes, standing);
    let named = versions.iter().flat_map(|record| people_named(record.kind, &record.answers));
    let people = names(&everybody, versions.iter().flat_map(hands).chain(named.collect::<Vec<UserId>>()));
    Ok(RecordHistory { versions, people })
}

/// May they read a paper in the file of a person?
fn reads_own_file(actor: &Actor, record: &Record) -> bool {
    let tie = if is_own_file(actor, record.family) { Tie::Own } else { Tie::Office };
    may(actor.role, Deed::Read, Object::Paper, tie)
}

/// The versions that the changes tell. The last one is the record as it stands; where they do not lead to it, as
/// after something that only the office knew, nothing else is said of it.
fn told_by(changes: &[(Rev, Change)], standing: Record) -> Vec<Record> {
    let told = versions(changes).ok().filter(|told| told.last().is_some_and(|last| last.answers == standing.answers));
    match told {
        Some(told) => milestones(told),
        None => {
            tracing::warn!("the changes of a record do not lead to it");
            vec![standing]
        }
    }
}
