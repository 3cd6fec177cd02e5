//! One exchange with a device as one transaction: changes are decided in their order and kept with
//! their verdicts, and what is new to the device goes back. No receipt leaves before the commit.
//!
//! Everything that the decisions need is read at the beginning and everything that follows from them
//! is written at the end, in a few statements however many changes there are.

mod contents;
mod ledger;
mod own_news;
mod pull;
mod reading;

use super::db::{
    Db, DbError, DbResult, Link,
    audit::{self, Line},
    changes::{self, Known},
    devices::{self, Report},
    offices, records, users,
};
use crate::{
    api::error::ApiError,
    domain::{
        access::Actor,
        ids::{ChangeId, DeviceId, FamilyId, Rev},
        record::Refusal,
    },
    sync::protocol::{Colleague, MAX_CHANGES, People, Receipt, RequestEnvelope, Response, Verdict},
};
use chrono::{DateTime, Duration, Utc};
#[cfg(test)]
pub use contents::fingerprint;
pub use ledger::Decisions;
use ledger::Ledger;
use pull::News;
use reading::Asked;
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet};

/// A phone that only asks is noted this often: noting it every time would be a write each.
const NOTE_EVERY: Duration = Duration::minutes(1);

/// What the office answers, records as they are kept.
pub type Answer = Response<Box<RawValue>>;

/// Who asks, and what the office knows of them from their session.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The person.
    pub actor: Actor,
    /// Counts changes of the office's list of people.
    pub people_rev: i64,
}

/// Why an exchange did not happen. Nothing of it did.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeFailure {
    /// More changes than [`MAX_CHANGES`], or more files than is allowed.
    #[error("too many changes at once")]
    TooMany,
    /// The database did not do it.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<ExchangeFailure> for ApiError {
    fn from(failure: ExchangeFailure) -> Self {
        match failure {
            ExchangeFailure::TooMany => ApiError::TooLarge,
            ExchangeFailure::Db(error) => error.into(),
        }
    }
}

/// One exchange.
///
/// # Errors
/// [`ExchangeFailure`]; then nothing was decided.
pub async fn exchange(
    db: &Db,
    caller: &Caller,
    request: RequestEnvelope,
    now: DateTime<Utc>,
) -> Result<Answer, ExchangeFailure> {
    if request.changes.len() > MAX_CHANGES {
        return Err(ExchangeFailure::TooMany);
    }
    let contents = contents::take(db, caller, &request.contents, now).await?;
    let answer = answer_changes(db, caller, request, now).await?;
    Ok(Answer { contents, ..answer })
}

async fn answer_changes(
    db: &Db,
    caller: &Caller,
    request: RequestEnvelope,
    now: DateTime<Utc>,
) -> Result<Answer, ExchangeFailure> {
    let asked = reading::read_all(&request.changes);
    let mut link = db.snapshot().await?;
    let known = Memory::of(&mut link, caller, &asked).await?;
    if asked.iter().any(|asked| known.must_decide(asked, &caller.actor)) {
        drop(link);
        return decide(db, caller, &request, asked, now).await;
    }
    let receipts = asked.iter().filter_map(|asked| known.receipt(asked, &caller.actor, now)).collect();
    answer_only(db, link, caller, &request, &known, receipts, now).await
}

/// There is something to decide: the office's turn is taken first, everything else follows.
async fn decide(
    db: &Db,
    caller: &Caller,
    request: &RequestEnvelope,
    asked: Vec<Asked>,
    now: DateTime<Utc>,
) -> Result<Answer, ExchangeFailure> {
    let mut link = db.begin().await?;
    let office = caller.actor.office;
    let last = offices::lock(&mut link, office).await?;
    let families = families_of(&asked);
    let decisions = apply_all(&mut link, caller, asked, request.device, last, now).await?;
    let news = News::gather(&mut link, caller, request, &families, &decisions.own_news()).await?;
    let report = report(request, decisions.receipts.len());
    note(&mut link, caller, &report, &news.lines(request.device), now).await?;
    let people = people(&mut link, caller, &request.people_tag).await?;
    link.commit().await?;
    Ok(news.answer(decisions.receipts, people, now))
}

/// Takes changes in within a transaction that has the office's turn: the demo town sends like a phone
/// and asks for nothing. `books` are its device and the office's last revision.
///
/// # Errors
/// When the database does not answer; the transaction must then be dropped.
pub async fn take(
    link: &mut Link,
    caller: &Caller,
    changes: &[Box<RawValue>],
    (device, last): (DeviceId, Rev),
    now: DateTime<Utc>,
) -> DbResult<Decisions> {
    apply_all(link, caller, reading::read_all(changes), device, last, now).await
}

/// Decides changes and keeps them. This is the one way in which a change comes to be: for phones,
/// for desks and for the demo town.
async fn apply_all(
    link: &mut Link,
    caller: &Caller,
    asked: Vec<Asked>,
    device: DeviceId,
    last: Rev,
    now: DateTime<Utc>,
) -> DbResult<Decisions> {
    let office = caller.actor.office;
    let mut ledger = Ledger::open(link, caller, &asked, last, now).await?;
    ledger.decide_all(asked);
    let decisions = ledger.close();
    changes::add(link, office, device, &decisions.decided).await?;
    records::put(link, office, &decisions.records()).await?;
    decisions.keep_families(link, office).await?;
    audit::add(link, &caller.actor, now, &decisions.lines(device, &caller.actor)).await?;
    if decisions.last > last {
        offices::set_rev(link, office, decisions.last).await?;
    }
    Ok(decisions)
}

/// Nothing to decide: an empty request, or one that was answered before. Written is only what the
/// log must hold, and now and then that the phone was here (W4, W5).
async fn answer_only(
    db: &Db,
    mut link: Link,
    caller: &Caller,
    request: &RequestEnvelope,
    known: &Memory,
    receipts: Vec<Receipt>,
    now: DateTime<Utc>,
) -> Result<Answer, ExchangeFailure> {
    let families: BTreeSet<_> = known.0.values().filter_map(|known| known.family).collect();
    let own = own_news::of_known(known.0.values(), &caller.actor);
    let news = News::gather(&mut link, caller, request, &families, &own).await?;
    let people = people(&mut link, caller, &request.people_tag).await?;
    let seen = devices::last_seen(&mut link, caller.actor.user, request.device).await?;
    drop(link);
    let lines = news.lines(request.device);
    let is_fresh = seen.is_some_and(|seen| now.timestamp_millis() - seen < NOTE_EVERY.num_milliseconds());
    if !lines.is_empty() || !is_fresh {
        let mut link = db.begin().await?;
        note(&mut link, caller, &report(request, receipts.len()), &lines, now).await?;
        link.commit().await?;
    }
    Ok(news.answer(receipts, people, now))
}

async fn note(link: &mut Link, caller: &Caller, report: &Report, lines: &[Line], now: DateTime<Utc>) -> DbResult<()> {
    audit::add(link, &caller.actor, now, lines).await?;
    devices::note(link, &caller.actor, report, now).await
}

/// What the phone will look like once it has this answer.
fn report(request: &RequestEnvelope, answered: usize) -> Report {
    let waiting = request.waiting.saturating_sub(u32::try_from(answered).unwrap_or(u32::MAX));
    let oldest = request.oldest.filter(|_| waiting > 0);
    Report { device: request.device, waiting, oldest, app: request.app.clone() }
}

async fn people(link: &mut Link, caller: &Caller, known_tag: &str) -> DbResult<Option<People>> {
    let tag = caller.people_rev.to_string();
    if tag == known_tag {
        return Ok(None);
    }
    let people = users::of_office(link, caller.actor.office).await?;
    let list = people.into_iter().map(|person| Colleague { id: person.user, name: person.name }).collect();
    Ok(Some(People { tag, list }))
}

fn families_of(asked: &[Asked]) -> BTreeSet<FamilyId> {
    asked.iter().filter_map(|asked| asked.change().map(|change| change.family)).collect()
}

/// What the office decided before about the changes of a request.
#[derive(Debug, Default)]
struct Memory(BTreeMap<ChangeId, Known>);

impl Memory {
    async fn of(link: &mut Link, caller: &Caller, asked: &[Asked]) -> DbResult<Self> {
        let ids: BTreeSet<ChangeId> = asked.iter().flat_map(Asked::names).collect();
        let ids: Vec<_> = ids.into_iter().collect();
        let known = changes::known(link, caller.actor.office, &ids).await?;
        Ok(Self(known.into_iter().map(|known| (known.id, known)).collect()))
    }

    /// Does this one need the office's turn? Not what was decided before, nor what is another
    /// person's, nor what waits for a change that has not arrived.
    fn must_decide(&self, asked: &Asked, actor: &Actor) -> bool {
        let waits = asked.after().is_some_and(|after| !self.0.contains_key(&after));
        !self.0.contains_key(&asked.id()) && asked.is_by(actor.user) && !waits
    }

    /// The receipt that stands already, if there is one.
    fn receipt(&self, asked: &Asked, actor: &Actor, now: DateTime<Utc>) -> Option<Receipt> {
        match self.0.get(&asked.id()) {
            Some(known) if known.author == actor.user => {
                Some(Receipt { change: known.id, at: known.at, verdict: known.verdict.clone() })
            }
            // Not kept: when the author sends it, it is decided as theirs (P7).
            Some(_) => Some(others(asked.id(), now)),
            None if !asked.is_by(actor.user) => Some(others(asked.id(), now)),
            None => None,
        }
    }
}

fn others(change: ChangeId, at: DateTime<Utc>) -> Receipt {
    Receipt { change, at, verdict: Verdict::Refused(Refusal::OtherAuthor) }
}
