//! Requests of one office, decided in one transaction.

use super::{
    Answer, Caller, Job,
    ledger::{Decisions, Ledger, Outcome, Sender},
    people,
    pull::{self, News},
    reading::{self, Asked},
    report,
};
use crate::{
    domain::ids::{DeviceId, FamilyId, OfficeId, Rev, UserId},
    server::db::{
        Db, DbResult, Link,
        audit::{self, Entry},
        changes,
        devices::{self, Report},
        offices, records,
    },
    sync::protocol::Receipt,
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
    Sender { actor: &job.caller.actor, device: job.request.device, now: job.now }
}

/// What became of changes that were taken in.
#[derive(Debug)]
pub struct Taken {
    /// The office's last revision.
    pub last: Rev,
    /// Answers, in the order in which they were decided.
    pub receipts: Vec<Receipt>,
}

/// Takes changes in within a transaction that has the office's turn: the demo town sends like a phone
/// and asks for nothing. `books` are its device and the office's last revision.
///
/// # Errors
/// When the database does not answer; the transaction must then be dropped.
pub async fn take(
    link: &mut Link,
    caller: &Caller,
    changes: Vec<Box<RawValue>>,
    (device, last): (DeviceId, Rev),
    now: DateTime<Utc>,
) -> DbResult<Taken> {
    let (office, asked) = (caller.actor.office, reading::read_all(changes));
    let sender = Sender { actor: &caller.actor, device, now };
    let (mut decisions, outcomes) = judge(link, office, &[(sender, &asked)], last).await?;
    write(link, office, &mut decisions, last).await?;
    let receipts = outcomes.into_iter().flat_map(|outcome| outcome.receipts).collect();
    Ok(Taken { last: decisions.last, receipts })
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
    let heads = pull::heads(link, office, &callers).await?;
    let (mut answers, mut said, mut read) = (Vec::with_capacity(jobs.len()), Vec::new(), Vec::new());
    for (job, outcome) in jobs.iter().zip(outcomes) {
        let Job { caller, request, asked, now } = job;
        let mine = heads.get(&caller.actor.user).cloned().unwrap_or_default();
        let news = News::gather(link, caller, request, mine, &families_of(asked), &outcome.own).await?;
        let people = people(link, caller, &request.people_tag).await?;
        said.push((caller.actor.user, report(request, outcome.receipts.len()), *now));
        read.extend(news.lines(request.device).into_iter().map(|line| Entry { by: caller.actor.user, at: *now, line }));
        answers.push(news.answer(outcome.receipts, people, *now));
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
