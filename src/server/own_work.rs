//! The file of a person at the desk: reports, records of time and of the car, and what the manager writes about them.
//! No list of families leads to it; whose it is, the paper that waits says, or the list of the people ([`super::staff`]).

use super::{
    auth::Signed,
    db::{
        DbResult,
        audit::{self, Line},
        books, families, records, users,
    },
    desk::{hands, names},
    state::State,
};
use crate::{
    api::{desk::OwnWork, error::ApiError},
    domain::{
        access::{Deed, Object, Tie, is_own_file, may, own_file},
        calendar::warsaw_day,
        documents::{papers::monthly_report::ROWS, people_named},
        ids::{FamilyId, Rev, UserId},
        record::Record,
    },
};
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

/// The file of a person, empty when nothing was written in it yet. That it was read is written down
/// before it leaves.
///
/// # Errors
/// [`ApiError::NotFound`] when there is no such person, or not for whoever asks: the same answer (S1).
pub async fn read(state: &State, signed: &Signed, person: UserId, now: DateTime<Utc>) -> Result<OwnWork, ApiError> {
    let actor = &signed.session.actor;
    let file = own_file(person);
    let tie = if is_own_file(actor, file) { Tie::Own } else { Tie::Office };
    if !may(actor.role, Deed::Read, Object::Paper, tie) {
        return Err(ApiError::NotFound);
    }
    let mut link = state.db.begin().await?;
    let everybody = users::of_office(&mut link, actor.office).await?;
    // A family's id names no person, and so leads nowhere from here.
    let role = everybody.iter().find(|known| known.user == person).map(|known| known.role).ok_or(ApiError::NotFound)?;
    let raw = records::newer(&mut link, actor.office, file, Rev::NONE, usize::MAX).await?;
    let records = raw.iter().map(|raw| records::read(&raw.body)).collect::<DbResult<Vec<Record>>>()?;
    let named: BTreeSet<FamilyId> =
        records.iter().flat_map(|record| record.answers.rows(ROWS)).filter_map(read_id).collect();
    let families = families::find(&mut link, actor.office, &named.into_iter().collect::<Vec<_>>()).await?;
    let families = families.into_iter().filter_map(|family| Some((family.id, family.card?)));
    let families = families.map(|(id, card)| (id, (card.code, card.surname))).collect();
    let book = books::current(&mut link, actor.office).await?;
    audit::add(&mut link, actor, now, &[Line::of_reading(None, Some(file), "desk")]).await?;
    link.commit().await?;
    let in_papers = records.iter().flat_map(|record| people_named(record.kind, &record.answers));
    let people = names(&everybody, records.iter().flat_map(hands).chain(in_papers).chain([person]));
    Ok(OwnWork { rev: signed.session.rev, role, today: warsaw_day(now), records, families, people, book })
}

fn read_id(row: String) -> Option<FamilyId> {
    row.parse().ok()
}
