//! One exchange with a device: changes are decided in their order and kept with their verdicts, and
//! what is new to the device goes back. No receipt leaves before the commit.
//!
//! Everything that the decisions need is read at the beginning and everything that follows from them
//! is written at the end, in a few statements however many changes there are. Requests that wait at
//! the same moment share one transaction and one fsync (`queue`); a phone that had nothing new is
//! not looked up again while its office stands still (`quiet`).

mod book_news;
mod books;
mod contents;
mod epochs;
mod ledger;
mod memory;
mod own_news;
mod pull;
mod queue;
mod quiet;
mod reading;
mod reports;
mod steps;
mod together;
mod work;

use super::{
    db::{
        Db, DbError, DbResult, Link, audit,
        devices::{self, Report, Seen},
        offices, users,
    },
    outbox::keys::{self, Keys},
};
use crate::{
    api::error::ApiError,
    domain::{
        access::Actor,
        calendar::warsaw_day,
        ids::{DeviceId, Epoch, FamilyId, Rev, UserId},
    },
    sync::protocol::{Colleague, ContentReceipt, MAX_CHANGES, People, RequestEnvelope, Response},
};
use book_news::BookNews;
use chrono::{DateTime, Duration, Utc};
pub use contents::take as take_contents;
use memory::Memory;
use pull::News;
use queue::Queue;
use quiet::Quiet;
use reading::Asked;
use serde_json::value::RawValue;
use std::{collections::BTreeSet, mem, slice};
pub use together::{Origin, Taken, take};

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
    /// The device may not be worked with any more.
    #[error("the device was revoked")]
    Revoked,
    /// Nobody finished it. The device asks again, and what was decided is answered.
    #[error("the exchange was broken off")]
    BrokenOff,
}

impl From<ExchangeFailure> for ApiError {
    fn from(failure: ExchangeFailure) -> Self {
        match failure {
            ExchangeFailure::TooMany => ApiError::TooLarge,
            ExchangeFailure::Revoked => ApiError::DeviceRevoked,
            ExchangeFailure::Db(error) => error.into(),
            ExchangeFailure::BrokenOff => ApiError::Busy,
        }
    }
}

/// A request in which something is to be decided.
#[derive(Debug)]
struct Job {
    caller: Caller,
    request: RequestEnvelope,
    asked: Vec<Asked>,
    now: DateTime<Utc>,
}

/// The office's side of all exchanges of this program.
#[derive(Default)]
pub struct Exchanges {
    queue: Queue,
    quiet: Quiet,
    keys: Keys,
}

impl Exchanges {
    /// One exchange. `rev` is the office's revision as the caller's session showed it.
    ///
    /// # Errors
    /// [`ExchangeFailure`]; then nothing was decided.
    pub async fn exchange(
        &self,
        db: &Db,
        (caller, rev): (Caller, Rev),
        mut request: RequestEnvelope,
        now: DateTime<Utc>,
    ) -> Result<Answer, ExchangeFailure> {
        let seal_key = self.keys.news(db, caller.actor.office, request.seal_key, now).await?;
        let contents = take_files(db, &caller, &mut request, now).await?;
        let answer = self.exchange_changes(db, (caller, rev), request, now).await?;
        Ok(Answer { contents, seal_key, ..answer })
    }

    /// Nothing that was known of this device holds any more.
    pub fn forget(&self, user: UserId, device: DeviceId) {
        self.quiet.forget(user, device);
    }

    async fn exchange_changes(
        &self,
        db: &Db,
        (caller, rev): (Caller, Rev),
        request: RequestEnvelope,
        now: DateTime<Utc>,
    ) -> Result<Answer, ExchangeFailure> {
        if self.quiet.holds(&caller, rev, &request, now) {
            return Ok(nothing_new(now));
        }
        let known = (request.cursors.clone(), request.book_tag);
        let (who, device) = (caller.clone(), request.device);
        match look(db, caller, request, now).await? {
            Look::Decide(job) => self.queue.decide(db, job).await,
            Look::Elsewhere(answer) => Ok(answer),
            Look::Answered { answer, noted_at } => {
                if is_nothing_new(&answer) {
                    self.quiet.keep((&who, device), rev, known, noted_at);
                }
                Ok(answer)
            }
        }
    }
}

/// One exchange alone, in a transaction of its own.
///
/// # Errors
/// [`ExchangeFailure`]; then nothing was decided.
pub async fn exchange(
    db: &Db,
    caller: &Caller,
    mut request: RequestEnvelope,
    now: DateTime<Utc>,
) -> Result<Answer, ExchangeFailure> {
    let seal_key = match request.seal_key {
        Some(known) => Some(keys::newest_or_first(db, caller.actor.office, now).await?).filter(|key| key.id != known),
        None => None,
    };
    let contents = take_files(db, caller, &mut request, now).await?;
    let answer = match look(db, caller.clone(), request, now).await? {
        Look::Answered { answer, .. } | Look::Elsewhere(answer) => answer,
        Look::Decide(job) => {
            let answers = together::decide(db, slice::from_ref(&job)).await?;
            answers.into_iter().next().ok_or(ExchangeFailure::BrokenOff)?
        }
    };
    Ok(Answer { contents, seal_key, ..answer })
}

async fn take_files(
    db: &Db,
    caller: &Caller,
    request: &mut RequestEnvelope,
    now: DateTime<Utc>,
) -> Result<Vec<ContentReceipt>, ExchangeFailure> {
    let contents = mem::take(&mut request.contents);
    if contents.is_empty() {
        return Ok(Vec::new());
    }
    seen_unless_revoked(&mut db.read().await?, caller, request.device).await?;
    contents::take(db, caller, contents, now).await
}

/// When the device was last noted.
async fn seen_unless_revoked(
    link: &mut Link,
    caller: &Caller,
    device: DeviceId,
) -> Result<Option<DateTime<Utc>>, ExchangeFailure> {
    match devices::seen(link, caller.actor.user, device).await? {
        Some(Seen { revoked: true, .. }) => Err(ExchangeFailure::Revoked),
        seen => Ok(seen.map(|seen| seen.at)),
    }
}

/// Several requests that all have something to decide, in one transaction and in this order: what the
/// queue does with those that wait together.
#[cfg(test)]
pub async fn exchange_together(db: &Db, requests: Vec<(Caller, RequestEnvelope)>, now: DateTime<Utc>) -> Vec<Answer> {
    let job = |(caller, mut request): (Caller, RequestEnvelope)| {
        let asked = reading::read_all(mem::take(&mut request.changes));
        Job { caller, request, asked, now }
    };
    let jobs: Vec<_> = requests.into_iter().map(job).collect();
    together::decide(db, &jobs).await.unwrap()
}

/// What a first look at a request shows.
enum Look {
    /// Nothing was to be decided.
    Answered {
        answer: Answer,
        /// When the phone was last noted.
        noted_at: DateTime<Utc>,
    },
    /// The office's turn is needed.
    Decide(Job),
    /// The device is of another epoch than the office.
    Elsewhere(Answer),
}

async fn look(
    db: &Db,
    caller: Caller,
    mut request: RequestEnvelope,
    now: DateTime<Utc>,
) -> Result<Look, ExchangeFailure> {
    if request.changes.len() > MAX_CHANGES {
        return Err(ExchangeFailure::TooMany);
    }
    let asked = reading::read_all(mem::take(&mut request.changes));
    let job = Job { caller, request, asked, now };
    let mut link = db.snapshot().await?;
    let seen = seen_unless_revoked(&mut link, &job.caller, job.request.device).await?;
    let (rev, epoch) = offices::standing(&mut link, job.caller.actor.office).await?;
    let mut link = match epochs::meet(db, link, &job, (rev, epoch)).await? {
        Ok(link) => link,
        Err(answer) => return Ok(Look::Elsewhere(answer)),
    };
    let known = Memory::of(&mut link, job.caller.actor.office, &[&job.asked]).await?;
    if job.asked.iter().any(|asked| known.must_decide(asked, &job.caller.actor)) {
        return Ok(Look::Decide(job));
    }
    Ok(answer_only(db, link, (&job, seen, epoch), &known).await?)
}

/// Nothing to decide: an empty request, or one that was answered before. Written is only what the
/// log must hold, and now and then that the phone was here (W4, W5).
async fn answer_only(
    db: &Db,
    mut link: Link,
    (job, seen, epoch): (&Job, Option<DateTime<Utc>>, Epoch),
    known: &Memory,
) -> DbResult<Look> {
    let Job { caller, request, asked, now } = job;
    let receipts: Vec<_> = asked.iter().filter_map(|asked| known.receipt(asked, &caller.actor, *now)).collect();
    let families: BTreeSet<_> = known.0.values().filter_map(|known| known.family).collect();
    let own = own_news::of_known(known.0.values(), &caller.actor);
    let mine =
        pull::heads(&mut link, caller.actor.office, &[caller], warsaw_day(*now)).await?.remove(&caller.actor.user);
    let news = News::gather(&mut link, caller, request, mine.unwrap_or_default(), &families, &own).await?;
    let people = people(&mut link, caller, &request.people_tag).await?;
    let book = BookNews::open(&mut link, caller.actor.office, &[request.book_tag]).await?;
    drop(link);
    let lines = news.lines(request.device);
    let fresh = seen.filter(|seen| *now - *seen < NOTE_EVERY && request.about.is_none());
    if !lines.is_empty() || fresh.is_none() {
        let mut link = db.begin().await?;
        audit::add(&mut link, &caller.actor, *now, &lines).await?;
        let said = (caller.actor.user, report(request, receipts.len(), news.on_device(caller, request)), *now);
        devices::note(&mut link, caller.actor.office, slice::from_ref(&said)).await?;
        link.commit().await?;
    }
    let noted_at = fresh.unwrap_or(*now);
    let book = book.for_one_with(request.book_tag);
    let answer = Answer { book, epoch: Some(epoch), ..news.answer(receipts, people, *now) };
    Ok(Look::Answered { answer, noted_at })
}

/// What the phone will look like once it has this answer.
fn report(request: &RequestEnvelope, answered: usize, families: Vec<FamilyId>) -> Report {
    let waiting = request.waiting.saturating_sub(u32::try_from(answered).unwrap_or(u32::MAX));
    let oldest = request.oldest.filter(|_| waiting > 0);
    Report {
        device: request.device,
        waiting,
        oldest,
        app: request.app.clone(),
        families,
        failures: request.failures,
        about: request.about.clone(),
    }
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

fn nothing_new(now: DateTime<Utc>) -> Answer {
    News::default().answer(Vec::new(), None, now)
}

fn is_nothing_new(answer: &Answer) -> bool {
    // An epoch that the device does not know has been answered before.
    let Answer { now: _, receipts, records, cursors, forget, people, book, contents, seal_key, more, epoch: _, lost } =
        answer;
    let is_empty = receipts.is_empty() && records.is_empty() && cursors.is_empty() && forget.is_empty();
    let is_still = people.is_none() && book.is_none() && contents.is_empty() && seal_key.is_none();
    is_empty && is_still && lost.is_none() && !more
}
