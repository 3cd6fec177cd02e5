//! The calendar feed: open terms at a secret address, for calendars that cannot sign in. It leaves the office, so
//! it says codes of families and never names (`domain/deadlines/ics.rs`), and the address is kept as a hash.

use super::{
    auth::{
        Signed,
        session::{Token, sha256},
    },
    db::{
        DbResult, Link,
        audit::{self, Line},
        books,
        calendars::{self, Owner},
        families::{self, Scope},
        records,
    },
    desk::scope,
    state::State,
};
use crate::{
    api::{
        calendar::{CalendarAddress, CalendarFeed},
        error::ApiError,
    },
    domain::{
        access::{Actor, Object},
        calendar::warsaw_day,
        caseload,
        deadlines::{Deadline, Feed, ics, terms_of_family},
        ids::{FamilyId, Rev},
        record::Record,
    },
};
use axum::{
    extract::{Path, State as Extract},
    http::{HeaderValue, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, NaiveDate, Utc};
use std::{collections::BTreeMap, sync::Arc};

const TITLE: &str = "Asysta – terminy";
/// How the addresses end: some calendars ask for it.
const ENDING: &str = ".ics";

/// Does this person have an address, and since when?
///
/// # Errors
/// [`ApiError::NotFound`] for those who see no families.
pub async fn standing(state: &State, signed: &Signed) -> Result<CalendarFeed, ApiError> {
    let actor = reader(signed)?;
    let mut link = state.db.read().await?;
    Ok(CalendarFeed { made_at: calendars::made_at(&mut link, actor.user).await? })
}

/// Gives this person a new address; this is the only time that it can be read.
///
/// # Errors
/// [`ApiError::NotFound`] for those who see no families.
pub async fn renew(state: &State, signed: &Signed, now: DateTime<Utc>) -> Result<CalendarAddress, ApiError> {
    let actor = reader(signed)?;
    let token = Token::new().map_err(|error| {
        tracing::error!(%error, "the system has no randomness");
        ApiError::Busy
    })?;
    let mut link = state.db.begin().await?;
    calendars::put(&mut link, actor.user, &token.hash(), now).await?;
    audit::add(&mut link, actor, now, &[Line::of_oneself("calendar_new")]).await?;
    link.commit().await?;
    Ok(CalendarAddress { path: format!("/kalendarz/{}{ENDING}", token.text()) })
}

/// Takes this person's address away.
///
/// # Errors
/// [`ApiError::NotFound`] for those who see no families.
pub async fn withdraw(state: &State, signed: &Signed, now: DateTime<Utc>) -> Result<(), ApiError> {
    let actor = reader(signed)?;
    let mut link = state.db.begin().await?;
    calendars::remove(&mut link, actor.user).await?;
    audit::add(&mut link, actor, now, &[Line::of_oneself("calendar_off")]).await?;
    link.commit().await?;
    Ok(())
}

/// Who has terms of families to look at.
fn reader(signed: &Signed) -> Result<&Actor, ApiError> {
    let actor = &signed.session.actor;
    scope(actor, Object::FamilyFile).map(|_| actor).ok_or(ApiError::NotFound)
}

/// The feed at an address. An address that leads nowhere, one that was withdrawn and one of somebody who may not
/// work any more have the same answer.
pub async fn feed(Extract(state): Extract<Arc<State>>, Path(file): Path<String>) -> Response {
    match read(&state, &file).await {
        Ok(text) => {
            let kind = HeaderValue::from_static("text/calendar; charset=utf-8");
            ([(CONTENT_TYPE, kind)], text).into_response()
        }
        Err(error) => super::http::refusal(&error),
    }
}

async fn read(state: &State, file: &str) -> Result<String, ApiError> {
    let token = file.strip_suffix(ENDING).ok_or(ApiError::NotFound)?;
    let now = state.clock.now();
    let today = warsaw_day(now);
    let mut link = state.db.snapshot().await?;
    let owner = calendars::owner(&mut link, &sha256(&[token.as_bytes()])).await?;
    let Owner { actor, .. } = owner.filter(|owner| owner.standing.holds_on(today)).ok_or(ApiError::NotFound)?;
    let scope = scope(&actor, Object::FamilyFile).ok_or(ApiError::NotFound)?;
    let terms = terms(&mut link, &actor, scope, today).await?;
    Ok(ics(&terms, &Feed { office: actor.office, title: TITLE, now }))
}

/// The open terms of a person's families. An assistant's few families are read whole, as on the phone; for whole
/// areas and offices the case cards tell them, as on *Pulpit*.
async fn terms(link: &mut Link, actor: &Actor, scope: Scope, today: NaiveDate) -> DbResult<Vec<Deadline>> {
    let cases = families::open_cases(link, actor.office, scope).await?;
    let cases = records::find(link, actor.office, &cases).await?;
    let codes = codes(link, actor, &cases).await?;
    let settings = books::current(link, actor.office).await?.settings;
    let mut terms = Vec::new();
    for case in &cases {
        let found = match scope {
            Scope::Assistant(_) => {
                let file = whole(link, actor, case.family).await?;
                terms_of_family(&file, &settings, today)
            }
            Scope::Office | Scope::Worker(_) => caseload::terms_of_case(case, &settings, today),
        };
        // A family without a code has no name that could leave the office.
        let Some(code) = codes.get(&case.family) else { continue };
        terms.extend(found.into_iter().map(|term| Deadline { label: code.clone(), ..term }));
    }
    Ok(terms)
}

async fn codes(link: &mut Link, actor: &Actor, cases: &[Record]) -> DbResult<BTreeMap<FamilyId, String>> {
    let ids: Vec<FamilyId> = cases.iter().map(|case| case.family).collect();
    let found = families::find(link, actor.office, &ids).await?;
    Ok(found.into_iter().filter_map(|family| Some((family.id, family.card?.code))).collect())
}

async fn whole(link: &mut Link, actor: &Actor, family: FamilyId) -> DbResult<Vec<Record>> {
    let raw = records::newer(link, actor.office, family, Rev::NONE, usize::MAX).await?;
    raw.iter().map(|raw| records::read(&raw.body)).collect()
}
