//! Figures, lists and files for those who read at the desk, within their scope. Facts come from the
//! database; what they mean is decided in [`crate::domain::caseload`], as on the phone.

use super::{
    auth::Signed,
    db::{
        DbResult, Link,
        audit::{self, Line},
        books, contents, devices, facts,
        families::{self, Family, Scope},
        records, substitutions, users,
    },
    exchange::{self, Caller},
    state::State,
    ties,
};
use crate::{
    api::{
        desk::{DeskFamilies, DeskOverview, FamilyFile},
        error::ApiError,
    },
    domain::{
        access::{Actor, Deed, Object, Role, Tie, may, own_file},
        calendar::{warsaw_day, week_start},
        caseload::{self, FamilyLine, Silence},
        documents::people_named,
        duties::open_duties,
        ids::{FileId, OfficeId, RecordId, Rev, UserId},
        record::Record,
    },
    sync::protocol::{Base64, Content, Taken},
};
use bytes::Bytes;
use chrono::{DateTime, Days, Duration, NaiveDate, Utc};
use flate2::{Compression, write::GzEncoder};
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    io::Write,
    sync::{Arc, Mutex, PoisonError},
};

/// Phones report without a new revision; figures with phones are computed again after this long.
const KEEP: Duration = Duration::seconds(10);
/// People whose figures are kept at most.
const ROOM: usize = 1_000;

/// Of which state of the office an answer speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stand {
    rev: Rev,
    people_rev: i64,
    today: NaiveDate,
}

/// Whose answer it is.
type Key = (OfficeId, UserId);

struct Kept {
    stand: Stand,
    made_at: DateTime<Utc>,
    page: Arc<Page>,
}

/// An answer as it leaves: written and packed once, for it is asked for far more often than it changes.
#[derive(Debug)]
pub struct Page {
    /// As JSON.
    pub json: Bytes,
    /// The same, packed.
    pub gzip: Bytes,
}

impl Page {
    fn write(answer: &impl Serialize) -> Result<Self, ApiError> {
        // Neither fails for our own types in memory; should they one day, the desk asks again.
        let json = serde_json::to_vec(answer).map_err(|_| ApiError::Busy)?;
        let mut packing = GzEncoder::new(Vec::new(), Compression::new(6));
        packing.write_all(&json).map_err(|_| ApiError::Busy)?;
        let gzip = packing.finish().map_err(|_| ApiError::Busy)?;
        Ok(Self { json: json.into(), gzip: gzip.into() })
    }
}

/// Answers that still hold.
#[derive(Default)]
pub struct Cache {
    overviews: Shelf,
    families: Shelf,
}

#[derive(Default)]
struct Shelf(Mutex<HashMap<Key, Kept>>);

impl Shelf {
    fn find(&self, key: &Key, stand: Stand, now: DateTime<Utc>) -> Option<Arc<Page>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept.get(key)?;
        let holds = found.stand == stand && now - found.made_at < KEEP;
        holds.then(|| Arc::clone(&found.page))
    }

    fn keep(&self, key: Key, stand: Stand, now: DateTime<Utc>, page: &Arc<Page>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= ROOM {
            kept.clear();
        }
        kept.insert(key, Kept { stand, made_at: now, page: Arc::clone(page) });
    }
}

fn stand(signed: &Signed, now: DateTime<Utc>) -> Stand {
    let session = &signed.session;
    Stand { rev: session.rev, people_rev: session.people_rev, today: warsaw_day(now) }
}

fn key(actor: &Actor) -> Key {
    (actor.office, actor.user)
}

/// The families that a person may read this about; `None` when none at all.
pub(super) fn scope(actor: &Actor, object: Object) -> Option<Scope> {
    if may(actor.role, Deed::Read, object, Tie::Office) {
        return Some(Scope::Office);
    }
    if !may(actor.role, Deed::Read, object, Tie::Own) {
        return None;
    }
    match actor.role {
        Role::Assistant => Some(Scope::Assistant(actor.user)),
        Role::SocialWorker => Some(Scope::Worker(actor.user)),
        Role::Manager | Role::SysAdmin | Role::Dpo => None,
    }
}

/// Today's figures.
///
/// # Errors
/// [`ApiError::NotFound`] for those who may not see any.
pub async fn overview(state: &State, signed: &Signed, now: DateTime<Utc>) -> Result<Arc<Page>, ApiError> {
    let actor = &signed.session.actor;
    let scope = scope(actor, Object::Figures).ok_or(ApiError::NotFound)?;
    let stand = stand(signed, now);
    if let Some(page) = state.cache.overviews.find(&key(actor), stand, now) {
        return Ok(page);
    }
    let mut link = state.db.snapshot().await?;
    let page = Arc::new(Page::write(&read_overview(&mut link, actor, scope, stand).await?)?);
    state.cache.overviews.keep(key(actor), stand, now, &page);
    Ok(page)
}

async fn read_overview(link: &mut Link, actor: &Actor, scope: Scope, stand: Stand) -> DbResult<DeskOverview> {
    let Stand { rev, today, .. } = stand;
    let lines = families::lines(link, actor.office, scope, today).await?;
    let monday = week_start(today);
    let entries = facts::entries(link, actor.office, scope, (monday, monday + Days::new(6))).await?;
    let everybody = users::of_office(link, actor.office).await?;
    let assistants = assistants(scope, &lines, &everybody);
    let settings = books::current(link, actor.office).await?.settings;
    let overview = caseload::overview(&lines, &entries, &assistants, Silence::of(&settings), today);
    let mut phones = devices::of_office(link, actor.office).await?;
    if !may(actor.role, Deed::Read, Object::Accounts, Tie::Office) {
        phones.retain(|phone| phone.user == actor.user);
    }
    let cases = families::open_cases(link, actor.office, scope).await?;
    let mut cases = records::find(link, actor.office, &cases).await?;
    let terms = caseload::calling_terms(&cases, &settings, today);
    // Most duties are owed because a case has ended.
    let ended = families::ended_cases_with_duties(link, actor.office, scope).await?;
    cases.extend(records::find(link, actor.office, &ended).await?);
    let mut duties = open_duties(&cases);
    duties.retain(|duty| duty.owed.is_of(actor.role));
    let silent = overview.silent.iter().map(|(family, _)| *family);
    let owing = duties.iter().map(|duty| duty.family);
    let named: BTreeSet<_> = silent.chain(terms.shown.iter().map(|(family, _)| *family)).chain(owing).collect();
    let families: Vec<_> = lines.into_iter().filter(|line| named.contains(&line.family)).collect();
    let named = assistants.into_iter().chain(phones.iter().map(|phone| phone.user)).chain(people_of(&families));
    let people = names(&everybody, named);
    Ok(DeskOverview { rev, today, overview, terms, families, phones, people, duties, settings })
}

/// Those whose load is shown: for the manager all who work, for others those of their families.
fn assistants(scope: Scope, lines: &[FamilyLine], everybody: &[users::Person]) -> Vec<UserId> {
    match scope {
        Scope::Office => everybody
            .iter()
            .filter(|person| person.role == Role::Assistant && person.active)
            .map(|person| person.user)
            .collect(),
        Scope::Assistant(user) => vec![user],
        Scope::Worker(_) => {
            let assistants: BTreeSet<_> = lines.iter().filter_map(|line| line.assistant).collect();
            assistants.into_iter().collect()
        }
    }
}

/// The families that a person may read.
///
/// # Errors
/// [`ApiError::NotFound`] for those who may not read any.
pub async fn families(state: &State, signed: &Signed, now: DateTime<Utc>) -> Result<Arc<Page>, ApiError> {
    let actor = &signed.session.actor;
    let scope = scope(actor, Object::FamilyFile).ok_or(ApiError::NotFound)?;
    let stand = stand(signed, now);
    if let Some(page) = state.cache.families.find(&key(actor), stand, now) {
        return Ok(page);
    }
    let mut link = state.db.snapshot().await?;
    let lines = families::lines(&mut link, actor.office, scope, stand.today).await?;
    let everybody = users::of_office(&mut link, actor.office).await?;
    let people = names(&everybody, people_of(&lines));
    let silence = Silence::of(&books::current(&mut link, actor.office).await?.settings);
    let answer = DeskFamilies { rev: stand.rev, today: stand.today, families: lines, people, silence };
    let page = Arc::new(Page::write(&answer)?);
    state.cache.families.keep(key(actor), stand, now, &page);
    Ok(page)
}

/// A family's file. That it was read is written down before it leaves.
///
/// # Errors
/// [`ApiError::NotFound`] when there is no such family, or not for this person: the same answer (S1).
pub async fn family(state: &State, signed: &Signed, code: &str, now: DateTime<Utc>) -> Result<FamilyFile, ApiError> {
    let actor = &signed.session.actor;
    let mut link = state.db.begin().await?;
    let found = families::by_code(&mut link, actor.office, code).await?;
    let today = warsaw_day(now);
    let family = readable(&mut link, actor, found, today).await?.ok_or(ApiError::NotFound)?;
    let id = family.id;
    let tasks = families::open_tasks(&mut link, actor.office, Some(id), today).await?;
    let line = family.line(tasks.get(&id).copied().unwrap_or_default()).ok_or(ApiError::NotFound)?;
    let raw = records::newer(&mut link, actor.office, id, Rev::NONE, usize::MAX).await?;
    let records = raw.iter().map(|raw| records::read(&raw.body)).collect::<DbResult<Vec<_>>>()?;
    let stand_ins = stand_ins(&mut link, actor.office, line.assistant, today).await?;
    let everybody = users::of_office(&mut link, actor.office).await?;
    let book = books::current(&mut link, actor.office).await?;
    audit::add(&mut link, actor, now, &[Line::of_reading(None, Some(id), "desk")]).await?;
    link.commit().await?;
    let in_papers = records.iter().chain(&stand_ins).flat_map(|record| people_named(record.kind, &record.answers));
    let named = records.iter().flat_map(hands).chain(people_of(std::slice::from_ref(&line))).chain(in_papers);
    let people = names(&everybody, named);
    Ok(FamilyFile { rev: signed.session.rev, today, line, records, stand_ins, people, book })
}

/// The cards of those who stand in for this assistant with all families, as far as they stand in no family's file.
async fn stand_ins(
    link: &mut Link,
    office: OfficeId,
    assistant: Option<UserId>,
    today: NaiveDate,
) -> DbResult<Vec<Record>> {
    let Some(absent) = assistant else { return Ok(Vec::new()) };
    let mut given = substitutions::from_day_on(link, office, today).await?;
    given.retain(|card| card.absent == absent && card.family.is_none());
    let mut cards = records::find(link, office, &given.iter().map(|card| card.card).collect::<Vec<_>>()).await?;
    cards.retain(|card| card.family == own_file(absent));
    Ok(cards)
}

/// A file of a record. That it was read is written down before it leaves.
///
/// # Errors
/// [`ApiError::NotFound`] when there is no such file, or not for this person: the same answer (S1).
pub async fn file(
    state: &State,
    signed: &Signed,
    (record, file): (RecordId, FileId),
    now: DateTime<Utc>,
) -> Result<Base64, ApiError> {
    let actor = &signed.session.actor;
    let mut link = state.db.begin().await?;
    let record = records::find(&mut link, actor.office, &[record]).await?.pop().ok_or(ApiError::NotFound)?;
    let families = families::find(&mut link, actor.office, &[record.family]).await?;
    readable(&mut link, actor, families, warsaw_day(now)).await?.ok_or(ApiError::NotFound)?;
    let body = contents::find(&mut link, actor.office, record.id, file).await?.ok_or(ApiError::NotFound)?;
    let line = Line { record: Some(record.id), ..Line::of_reading(None, Some(record.family), "file") };
    audit::add(&mut link, actor, now, &[line]).await?;
    link.commit().await?;
    Ok(Base64(body))
}

/// Keeps a file that somebody at the desk chose, as those of a phone are kept.
///
/// # Errors
/// [`ApiError::Busy`] when it could not be kept; sending it again is safe.
pub async fn keep_file(
    state: &State,
    signed: &Signed,
    content: Content,
    now: DateTime<Utc>,
) -> Result<Taken, ApiError> {
    let caller = Caller { actor: signed.session.actor.clone(), people_rev: signed.session.people_rev };
    let receipts = exchange::take_contents(&state.db, &caller, vec![content], now).await?;
    receipts.first().map(|receipt| receipt.taken).ok_or(ApiError::Busy)
}

/// The first of these families whose file this person may read today.
pub(super) async fn readable(
    link: &mut Link,
    actor: &Actor,
    found: Vec<Family>,
    today: NaiveDate,
) -> DbResult<Option<Family>> {
    for family in found {
        if may(actor.role, Deed::Read, Object::FamilyFile, ties::reading(link, actor, &family, today).await?) {
            return Ok(Some(family));
        }
    }
    Ok(None)
}

/// Everybody who wrote in a record.
pub(super) fn hands(record: &Record) -> impl Iterator<Item = UserId> {
    let rewrites = record.rewrites.iter().map(|rewrite| rewrite.stamp.by);
    let disputes = record.disputes.iter().map(|dispute| dispute.stamp.by);
    [record.made.by, record.changed.by].into_iter().chain(rewrites).chain(disputes)
}

fn people_of(lines: &[FamilyLine]) -> impl Iterator<Item = UserId> {
    lines.iter().flat_map(|line| [line.assistant, line.worker]).flatten()
}

pub(super) fn names(everybody: &[users::Person], named: impl Iterator<Item = UserId>) -> BTreeMap<UserId, String> {
    let named: BTreeSet<UserId> = named.collect();
    let known = everybody.iter().filter(|person| named.contains(&person.user));
    known.map(|person| (person.user, person.name.clone())).collect()
}
