//! What the desk writes, and what waits there for somebody.

use super::{
    auth::Signed,
    db::{
        Db, DbResult, Link,
        facts::{self, PaperFact, Waiting},
        families, offices, records, users,
    },
    exchange::{self, Caller, Taken},
    staff::load_of,
    state::State,
    ties::Past,
};
use crate::{
    api::{
        desk::{DeskInbox, DeskPerson, DeskReceipt, WaitingPaper},
        error::ApiError,
    },
    domain::{
        access::{Actor, Deed, Object, Role, Tie, may, own_file},
        calendar::warsaw_day,
        change::Change,
        decide::Hand,
        documents::papers::{consultation, course, rights},
        ids::{DeviceId, FamilyId, RecordId, UserId},
        procedure::{FamilyLoad, Life, Paper},
    },
};
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::value::to_raw_value;
use std::collections::{BTreeMap, BTreeSet};

/// A deed at the desk is a handful of changes.
const MOST: usize = 50;

/// Writes what a person at the desk has done, all of it or nothing.
///
/// # Errors
/// [`ApiError`]; then nothing was decided.
pub async fn write(
    state: &State,
    signed: &Signed,
    (device, changes): (DeviceId, Vec<Change>),
    now: DateTime<Utc>,
) -> Result<DeskReceipt, ApiError> {
    if changes.len() > MOST {
        return Err(ApiError::TooLarge);
    }
    let session = &signed.session;
    let caller = Caller { actor: session.actor.clone(), people_rev: session.people_rev };
    let taken = take(&state.db, &caller, (device, &changes), now).await?;
    let cautions = taken.cautions.iter().map(|caution| caution.text()).collect();
    Ok(DeskReceipt { receipts: taken.receipts, steps: taken.steps, cautions })
}

/// Takes changes in one transaction, and keeps nothing of it when one of them is refused: half of a deed would be
/// worse than none.
///
/// # Errors
/// [`ApiError`]; then nothing was decided.
pub async fn take(
    db: &Db,
    caller: &Caller,
    (device, changes): (DeviceId, &[Change]),
    now: DateTime<Utc>,
) -> Result<Taken, ApiError> {
    // Read again like those of a phone: the same limits hold.
    let raw = changes.iter().map(to_raw_value).collect::<Result<Vec<_>, _>>().map_err(|_| ApiError::Malformed)?;
    let mut link = db.begin().await?;
    let last = offices::lock(&mut link, caller.actor.office).await?;
    let origin = exchange::Origin { device, last, hand: Hand::Person, now };
    let taken = exchange::take(&mut link, caller, raw, origin).await?;
    if !taken.is_refused() {
        link.commit().await?;
    }
    Ok(taken)
}

/// What waits for this person at the desk.
///
/// # Errors
/// [`ApiError`].
pub async fn inbox(state: &State, signed: &Signed, now: DateTime<Utc>) -> Result<DeskInbox, ApiError> {
    let actor = &signed.session.actor;
    let mut link = state.db.snapshot().await?;
    let mut decide = match may(actor.role, Deed::Decide, Object::Paper, Tie::Office) {
        true => facts::waiting(&mut link, actor.office, Waiting::ForDecision).await?,
        false => Vec::new(),
    };
    decide.retain(|fact| rights::of(fact.paper).decide.contains(&actor.role));
    let mut own = facts::waiting(&mut link, actor.office, Waiting::ForTheirAuthor(actor.user)).await?;
    own.reverse();
    let mut consult = consulted(&mut link, actor).await?;
    let all = decide.iter().chain(&own).chain(&consult);
    let families = families_of(&mut link, actor, all, warsaw_day(now)).await?;
    // A family that went to somebody else takes its papers along.
    own.retain(|fact| families.get(&fact.family).is_none_or(|family| family.is_theirs));
    consult.retain(|fact| families.get(&fact.family).is_some_and(|family| family.is_theirs));
    let consult = without_opinion(&mut link, actor, consult).await?;
    let everybody = users::of_office(&mut link, actor.office).await?;
    let persons: BTreeSet<UserId> = everybody.iter().map(|person| person.user).collect();
    let named = decide.iter().chain(&own).chain(&consult).flat_map(|fact| [fact.author, UserId(fact.family.0)]);
    let named: BTreeSet<UserId> = named.collect();
    let people = everybody.into_iter().filter(|person| named.contains(&person.user));
    let people = people.map(|person| (person.user, person.name)).collect();
    let remarks = remarks_of(&mut link, actor, &own).await?;
    let shown = |facts: Vec<PaperFact>| {
        let waiting = |fact| waiting(fact, &families, &persons, &remarks);
        facts.into_iter().map(waiting).collect()
    };
    let (decide, consult, own) = (shown(decide), shown(consult), shown(own));
    Ok(DeskInbox { rev: signed.session.rev, today: warsaw_day(now), decide, consult, own, people })
}

/// Papers that were handed in and that people of this role are consulted about.
async fn consulted(link: &mut Link, actor: &Actor) -> DbResult<Vec<PaperFact>> {
    if !Paper::ALL.iter().any(|paper| consultation::consulted(*paper).contains(&actor.role)) {
        return Ok(Vec::new());
    }
    let mut facts = facts::waiting(link, actor.office, Waiting::ForDecision).await?;
    facts.retain(|fact| consultation::consulted(fact.paper).contains(&actor.role));
    Ok(facts)
}

async fn without_opinion(link: &mut Link, actor: &Actor, facts: Vec<PaperFact>) -> DbResult<Vec<PaperFact>> {
    let ids: Vec<RecordId> = facts.iter().map(|fact| fact.record).collect();
    let records = records::find(link, actor.office, &ids).await?;
    let awaited: BTreeSet<RecordId> =
        records.iter().filter(|record| consultation::is_awaited(&record.answers)).map(|record| record.id).collect();
    Ok(facts.into_iter().filter(|fact| awaited.contains(&fact.record)).collect())
}

struct Named {
    code: String,
    surname: String,
    is_theirs: bool,
}

async fn families_of<'a>(
    link: &mut Link,
    actor: &Actor,
    facts: impl Iterator<Item = &'a PaperFact>,
    today: NaiveDate,
) -> DbResult<BTreeMap<FamilyId, Named>> {
    let ids: BTreeSet<FamilyId> = facts.map(|fact| fact.family).collect();
    let ids: Vec<FamilyId> = ids.into_iter().collect();
    let families = families::find(link, actor.office, &ids).await?;
    let past = Past::of(link, actor.office, &ids).await?;
    let named = families.into_iter().filter_map(|family| {
        let tie = past.tie(actor, family.id, Some(&family), today);
        let is_theirs = may(actor.role, Deed::Read, Object::Paper, tie);
        let card = family.card?;
        Some((family.id, Named { code: card.code, surname: card.surname, is_theirs }))
    });
    Ok(named.collect())
}

/// What the manager wants put right in the papers that were returned.
async fn remarks_of(link: &mut Link, actor: &Actor, own: &[PaperFact]) -> DbResult<BTreeMap<RecordId, String>> {
    let returned: Vec<_> = own.iter().filter(|fact| fact.life == Life::Returned).map(|fact| fact.record).collect();
    let records = records::find(link, actor.office, &returned).await?;
    let said = records.into_iter().map(|record| (record.id, record.answers.text(course::REMARKS).trim().to_owned()));
    Ok(said.filter(|(_, text)| !text.is_empty()).collect())
}

fn waiting(
    fact: PaperFact,
    families: &BTreeMap<FamilyId, Named>,
    persons: &BTreeSet<UserId>,
    remarks: &BTreeMap<RecordId, String>,
) -> WaitingPaper {
    // The file of a person bears their id.
    let person = Some(UserId(fact.family.0)).filter(|user| own_file(*user) == fact.family && persons.contains(user));
    let family = families.get(&fact.family).map(|named| (named.code.clone(), named.surname.clone()));
    let PaperFact { record, author, paper, life, on, .. } = fact;
    WaitingPaper { record, family, person, paper, life, by: author, on, remarks: remarks.get(&record).cloned() }
}

/// The people of the office who work with families, with the load of assistants.
///
/// # Errors
/// [`ApiError::NotFound`] for those who may not read about families.
pub async fn colleagues(state: &State, signed: &Signed) -> Result<Vec<DeskPerson>, ApiError> {
    let actor = &signed.session.actor;
    if !may(actor.role, Deed::Read, Object::FamilyFile, Tie::Own) {
        return Err(ApiError::NotFound);
    }
    let mut link = state.db.snapshot().await?;
    let mut people = Vec::new();
    for person in users::of_office(&mut link, actor.office).await? {
        let works = matches!(person.role, Role::Assistant | Role::SocialWorker | Role::Manager);
        if !works || !person.active {
            continue;
        }
        let load = match person.role {
            Role::Assistant => load_of(&mut link, actor.office, person.user).await?,
            _ => FamilyLoad::default(),
        };
        people.push(DeskPerson { user: person.user, name: person.name, role: person.role, load });
    }
    Ok(people)
}
