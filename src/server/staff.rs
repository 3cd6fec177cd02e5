//! The assistants of an office as their manager sees them: how many families each has, and which reports are there.

use super::{
    auth::Signed,
    db::{DbResult, Link, books, facts, families, records, users},
    state::State,
};
use crate::{
    api::{
        desk::{DeskStaff, StaffLine},
        error::ApiError,
    },
    domain::{
        access::{Deed, Object, Role, Tie, may},
        calendar::warsaw_day,
        documents::papers::month::{months_shown, reports_of},
        ids::{OfficeId, UserId},
        procedure::{FamilyLoad, Paper},
        record::Record,
    },
};
use chrono::{DateTime, NaiveDate, Utc};

/// The assistants who work here, by name.
///
/// # Errors
/// [`ApiError::NotFound`] for those who do not read other people's reports.
pub async fn read(state: &State, signed: &Signed, now: DateTime<Utc>) -> Result<DeskStaff, ApiError> {
    let (actor, today) = (&signed.session.actor, warsaw_day(now));
    if !may(actor.role, Deed::Read, Object::Paper, Tie::Office) {
        return Err(ApiError::NotFound);
    }
    let mut link = state.db.snapshot().await?;
    let reports = reports(&mut link, actor.office, today).await?;
    let mut assistants = Vec::new();
    for person in users::of_office(&mut link, actor.office).await? {
        if person.role != Role::Assistant || !person.active {
            continue;
        }
        let load = load_of(&mut link, actor.office, person.user).await?;
        let reports = reports_of(&reports, person.user, today);
        assistants.push(StaffLine { user: person.user, name: person.name, began: person.began, load, reports });
    }
    let settings = books::current(&mut link, actor.office).await?.settings;
    Ok(DeskStaff { rev: signed.session.rev, today, assistants, settings })
}

/// How many families an assistant has, by kind of work.
///
/// # Errors
/// When the database does not answer.
pub async fn load_of(link: &mut Link, office: OfficeId, assistant: UserId) -> DbResult<FamilyLoad> {
    let stages = families::stages_of(link, office, assistant).await?;
    Ok(FamilyLoad::of(stages.into_iter().map(|(_, stage)| stage)))
}

/// Everybody's reports of the months that are looked at. None is older than the month that it speaks of.
async fn reports(link: &mut Link, office: OfficeId, today: NaiveDate) -> DbResult<Vec<Record>> {
    let Some(oldest) = months_shown(today).pop() else { return Ok(Vec::new()) };
    let ids = facts::papers_since(link, office, Paper::MonthlyReport, oldest).await?;
    records::find(link, office, &ids).await
}
