//! Requests of one office, decided in one transaction.

use super::{
    Answer, Caller, Job,
    book_news::BookNews,
    ledger::{Decisions, Ledger, Outcome, Sender},
    people,
    pull::{self, News},
    reading::{self, Asked},
    report,
};
use crate::{
    domain::{
        calendar::warsaw_day,
        decide::Hand,
        ids::{DeviceId, FamilyId, OfficeId, Rev, UserId},
        procedure::{Caution, Transition},
    },
    server::db::{
        Db, DbResult, Link,
        audit::{self, Entry},
        changes,
        devices::{self, Report},
        offices, records,
    },
    sync::protocol::{Receipt, Verdict},
};
use chrono::{DateTime, Utc};
use serde_json::value::RawValue;
use std::collections::BTreeSet;

/// Decides requests one after another; the answers stand in their order. The office's turn is taken
/// first, everything else follows.
///
/// # Errors
/// When the database does not do it; then nothing was decided.
pub async fn decide(db: &Db, jobs: &[Job]) -> DbResult<Vec<Answer>> {
    let Some(office) = jobs.first().map(|job| job.caller.actor.office) else { return Ok(Vec::new()) };
    let mut link = db.begin().await?;
    let last = offices::lock(&mut link, office).await?;
    let senders: Vec<_> = jobs.iter().map(|job| (sender(job), job.asked.as_slice())).collect();
    let (mut decisions, outcomes) = judge(&mut link, office, &senders, last).await?;
    write(&mut link, office, &mut decisions, last).await?;
    let answers = answer_all(&mut link, office, jobs, outcomes).await?;
    link.commit().await?;
    Ok(answers)
}

fn sender(job: &Job) -> Sender<'_> {
    Sender { actor: &job.caller.actor, device: job.request.device, now: job.now, hand: Hand::Person }
}

/// What became of changes that were taken in.
#[derive(Debug)]
pub struct Taken {
    /// The office's last revision.
    pub last: Rev,
    /// Answers, in the order in which they were decided.
    pub receipts: Vec<Receipt>,
    /// Steps of the procedure that were taken.
    pub steps: Vec<Transition>,
    /// What deserved a second look with them.
    pub cautions: Vec<Caution>,
}

impl Taken {
    /// Was one of them refused?
    pub fn is_refused(&self) -> bool {
        self.receipts.iter().any(|receipt| matches!(receipt.verdict, Verdict::Refused(_)))
    }
}

/// Where changes that are taken in come from.
#[derive(Clone, Copy, Debug)]
pub struct Origin {
    /// The device, or the window of a desk.
    pub device: DeviceId,
    /// The office's last revision.
    pub last: Rev,
    /// Whether people wrote them, or the office itself.
    pub hand: Hand,
    /// When they came.
    pub now: DateTime<Utc>,
}

/// Takes changes in within a transaction that has the office's turn, and asks for no news: the desk, and the demo
/// town, which lays out its own books.
///
/// # Errors
/// When the database does not answer; the transaction must then be dropped.
pub async fn take(link: &mut Link, caller: &Caller, changes: Vec<Box<RawValue>>, origin: Origin) -> DbResult<Taken> {
    let (office, asked) = (caller.actor.office, reading::read_all(changes));
    let Origin { device, last, hand, now } = origin;
    let sender = Sender { actor: &caller.actor, device, now, hand };
    let (mut decisions, outcomes) = judge(link, office, &[(sender, &asked)], last).await?;
    write(link, office, &mut decisions, last).await?;
    let mut taken = Taken { last: decisions.last, receipts: Vec::new(), steps: Vec::new(), cautions: Vec::new() };
    for outcome in outcomes {
        taken.receipts.extend(outcome.receipts);
        taken.steps.extend(outcome.steps);
        taken.cautions.extend(outcome.cautions);
    }
    Ok(taken)
}

async fn judge(
    link: &mut Link,
    office: OfficeId,
    requests: &[(Sender<'_>, &[Asked])],
    last: Rev,
) -> DbResult<(Decisions, Vec<Outcome>)> {
    let asked: Vec<&[Asked]> = requests.iter().map(|(_, asked)| *asked).collect();
    let mut ledger = Ledger::open(link, office, &asked, last).await?;
    let outcomes = requests.iter().map(|(sender, asked)| ledger.decide(*sender, asked)).collect();
    Ok((ledger.close(), outcomes))
}

/// Keeps what was decided. This is the one way in which a change comes to be: for phones, for desks
/// and for the demo town.
async fn write(link: &mut Link, office: OfficeId, decisions: &mut Decisions, last: Rev) -> DbResult<()> {
    changes::add(link, office, &decisions.decided).await?;
    records::put(link, office, &decisions.records()).await?;
    decisions.keep_families(link, office).await?;
    audit::add_all(link, office, &decisions.lines).await?;
    if decisions.last > last {
        offices::set_rev(link, office, decisions.last).await?;
    }
    Ok(())
}

/// Adds to each outcome what is new to its device, and notes the devices.
async fn answer_all(link: &mut Link, office: OfficeId, jobs: &[Job], outcomes: Vec<Outcome>) -> DbResult<Vec<Answer>> {
    let callers: Vec<&Caller> = jobs.iter().map(|job| &job.caller).collect();
    // They wait together for moments; a night between them is a second's matter.
    let Some(day) = jobs.last().map(|job| warsaw_day(job.now)) else { return Ok(Vec::new()) };
    let heads = pull::heads(link, office, &callers, day).await?;
    let (_, epoch) = offices::standing(link, office).await?;
    let known: Vec<_> = jobs.iter().map(|job| job.request.book_tag).collect();
    let book = BookNews::open(link, office, &known).await?;
    let (mut answers, mut said, mut read) = (Vec::with_capacity(jobs.len()), Vec::new(), Vec::new());
    for (job, outcome) in jobs.iter().zip(outcomes) {
        let Job { caller, request, asked, now } = job;
        let mine = heads.get(&caller.actor.user).cloned().unwrap_or_default();
        let news = News::gather(link, caller, request, mine, &families_of(asked), &outcome.own).await?;
        let people = people(link, caller, &request.people_tag).await?;
        said.push((caller.actor.user, report(request, outcome.receipts.len(), news.on_device(caller, request)), *now));
        read.extend(news.lines(request.device).into_iter().map(|line| Entry { by: caller.actor.user, at: *now, line }));
        let book = book.for_one_with(request.book_tag);
        answers.push(Answer { book, epoch: Some(epoch), ..news.answer(outcome.receipts, people, *now) });
    }
    note(link, office, &said, &read).await?;
    Ok(answers)
}

async fn note(
    link: &mut Link,
    office: OfficeId,
    said: &[(UserId, Report, DateTime<Utc>)],
    read: &[Entry],
) -> DbResult<()> {
    audit::add_all(link, office, read).await?;
    devices::note(link, office, said).await
}

fn families_of(asked: &[Asked]) -> BTreeSet<FamilyId> {
    asked.iter().filter_map(|asked| asked.change().map(|change| change.family)).collect()
}
