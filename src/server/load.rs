//! Takes in a town that never existed: its changes go through the very same exchange as a phone's,
//! so that the demo shows nothing that the program does not do.

use super::{
    auth::password::{PasswordError, Passwords},
    db::{
        Db, DbError, Link, offices,
        users::{self, Account, Standing},
    },
    demo::{Person, Step, Town},
    exchange::{self, Caller},
};
use crate::{
    domain::{
        access::Actor,
        decide::Hand,
        ids::{DeviceId, Rev, UserId},
        record::Refusal,
    },
    sync::protocol::{MAX_CHANGES, Verdict},
};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The password of every account of the demo.
pub const PASSWORD: &str = "Przyklad-2026";
/// Day of the papers of the demo's accounts.
const PAPERS_ON: NaiveDate = NaiveDate::from_ymd_opt(2024, 1, 2).expect("a day of the calendar");

/// Why a town could not be taken in. Nothing of it was.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The database did not do it.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The password could not be hashed.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// A change of the town was not taken.
    #[error("the office refused a change of the town: {0}")]
    Refused(Refusal),
    /// A change is signed by nobody of the town.
    #[error("a change of the town is signed by a stranger")]
    Stranger,
    /// A change could not be written.
    #[error("a change of the town cannot be written: {0}")]
    Write(#[from] serde_json::Error),
    /// A change was left without an answer.
    #[error("a change of the town names one that is not there")]
    Unanswered,
}

/// What became of the town.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loaded {
    /// It was taken in now.
    Now,
    /// One stands there from an earlier start.
    Before,
    /// A real office stands there: invented families do not come among its own.
    NotHere,
}

/// Takes a town in, if there is no office yet.
///
/// # Errors
/// [`LoadError`]; then nothing was written.
pub async fn town(db: &Db, passwords: &Passwords, town: Town) -> Result<Loaded, LoadError> {
    let mut link = db.begin().await?;
    match offices::first_is_demo(&mut link).await? {
        Some(true) => return Ok(Loaded::Before),
        Some(false) => return Ok(Loaded::NotHere),
        None => {}
    }
    offices::add(&mut link, town.office, &town.office_name, true).await?;
    // One hash for all: this password is printed at the start, so salts of their own would protect nobody.
    let hash = passwords.hash(PASSWORD.to_owned()).await?;
    for person in &town.people {
        users::add(&mut link, &account(&town, person, &hash)).await?;
    }
    let mut books = Books::of(&town);
    for batch in batches(town.steps) {
        books.take(&mut link, batch).await?;
    }
    link.commit().await?;
    Ok(Loaded::Now)
}

fn account(town: &Town, person: &Person, hash: &str) -> Account {
    let standing = Standing {
        active: person.active,
        authorised_on: Some(PAPERS_ON),
        secrecy_on: Some(PAPERS_ON),
        authorised_until: None,
    };
    Account {
        actor: Actor { user: person.user, office: town.office, role: person.role },
        login: person.login.to_owned(),
        name: person.name.clone(),
        password_hash: hash.to_owned(),
        standing,
    }
}

/// Steps that one device sent at once.
struct Batch {
    author: UserId,
    received: DateTime<Utc>,
    steps: Vec<Step>,
}

/// Joins neighbouring steps of one author and moment, as a phone sends them.
fn batches(steps: Vec<Step>) -> Vec<Batch> {
    let mut batches: Vec<Batch> = Vec::new();
    for step in steps {
        let (author, received) = (step.change.author, step.received);
        match batches.last_mut() {
            Some(last) if last.author == author && last.received == received && last.steps.len() < MAX_CHANGES => {
                last.steps.push(step);
            }
            _ => batches.push(Batch { author, received, steps: vec![step] }),
        }
    }
    batches
}

/// Who of the town may send, and how far its office has come.
struct Books {
    callers: BTreeMap<UserId, Caller>,
    last: Rev,
}

impl Books {
    fn of(town: &Town) -> Self {
        let caller = |person: &Person| {
            let actor = Actor { user: person.user, office: town.office, role: person.role };
            (person.user, Caller { actor, people_rev: 0 })
        };
        Self { callers: town.people.iter().map(caller).collect(), last: Rev::NONE }
    }

    async fn take(&mut self, link: &mut Link, batch: Batch) -> Result<(), LoadError> {
        let caller = self.callers.get(&batch.author).ok_or(LoadError::Stranger)?;
        let changes = batch.steps.iter().map(|step| serde_json::value::to_raw_value(&step.change));
        let changes = changes.collect::<Result<Vec<_>, _>>()?;
        let sent = changes.len();
        let (device, now) = (device_of(batch.author), batch.received);
        let origin = exchange::Origin { device, last: self.last, hand: Hand::Office, now };
        let taken = exchange::take(link, caller, changes, origin).await?;
        self.last = taken.last;
        if taken.receipts.len() < sent {
            return Err(LoadError::Unanswered);
        }
        match taken.receipts.into_iter().find_map(|receipt| refusal(receipt.verdict)) {
            Some(refusal) => Err(LoadError::Refused(refusal)),
            None => Ok(()),
        }
    }
}

fn refusal(verdict: Verdict) -> Option<Refusal> {
    match verdict {
        Verdict::Refused(refusal) => Some(refusal),
        Verdict::Accepted { .. } | Verdict::Merged { .. } | Verdict::NeedsDecision { .. } => None,
    }
}

/// Everybody in the town has one device; its id follows from its owner's.
fn device_of(user: UserId) -> DeviceId {
    DeviceId(Uuid::from_u128(!user.0.as_u128()))
}
