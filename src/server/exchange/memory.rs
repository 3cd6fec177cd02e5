//! What the office decided before about the changes of some requests.

use super::reading::Asked;
use crate::{
    domain::{
        access::Actor,
        guards::{self, Guard},
        ids::{ChangeId, OfficeId},
        record::Refusal,
    },
    server::db::{
        DbResult, Link,
        changes::{self, Known},
    },
    sync::protocol::{Receipt, Verdict},
};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// What was decided, by change.
#[derive(Debug, Default)]
pub struct Memory(pub BTreeMap<ChangeId, Known>);

impl Memory {
    /// Looks up every change that requests of one office speak of.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn of(link: &mut Link, office: OfficeId, requests: &[&[Asked]]) -> DbResult<Self> {
        let ids: BTreeSet<ChangeId> = requests.iter().flat_map(|asked| asked.iter()).flat_map(Asked::names).collect();
        let ids: Vec<_> = ids.into_iter().collect();
        let known = changes::known(link, office, &ids).await?;
        Ok(Self(known.into_iter().map(|known| (known.id, known)).collect()))
    }

    /// Does this one need the office's turn? Not what was decided before, nor what is another
    /// person's, nor what waits for a change that has not arrived.
    pub fn must_decide(&self, asked: &Asked, actor: &Actor) -> bool {
        let is_known = self.0.contains_key(&asked.id()) && guards::stands(Guard::Idempotency);
        !is_known && asked.is_by(actor.user) && !self.is_waiting(asked)
    }

    /// Must another change be decided first, and has not arrived?
    pub fn is_waiting(&self, asked: &Asked) -> bool {
        asked.after().is_some_and(|after| !self.0.contains_key(&after)) && guards::stands(Guard::Order)
    }

    /// The receipt that stands already, if there is one.
    pub fn receipt(&self, asked: &Asked, actor: &Actor, now: DateTime<Utc>) -> Option<Receipt> {
        match self.0.get(&asked.id()).filter(|_| guards::stands(Guard::Idempotency)) {
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
