//! Which records a device knows without being sent them: its own changes are no news (P11).
//!
//! A device applies an accepted change to what it holds. That gives the office's record when every
//! answer about the record is "accepted" and nothing happened to it since, except for what only the
//! office notes: late work and a wrong clock.

use crate::{
    domain::{
        access::Actor,
        ids::{RecordId, Rev},
        record::{Mark, Record},
    },
    server::db::{changes::Known, records},
    sync::protocol::Verdict,
};
use std::collections::BTreeMap;

/// How well a device knows a record from the answers of this exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Knows {
    /// Not at all.
    No,
    /// As of this revision.
    Surely(Rev),
    /// As of this revision, unless the office noted something on it: only the record itself tells.
    Likely(Rev),
}

/// The records of this request's changes, and how well the device knows them.
#[derive(Clone, Debug, Default)]
pub struct OwnNews(BTreeMap<RecordId, Knows>);

impl OwnNews {
    /// Takes in an answer that goes back in this exchange; `record` is what the change made of it,
    /// if it was applied just now.
    pub fn answered(&mut self, id: RecordId, verdict: &Verdict, record: Option<&Record>) {
        let knows = match (verdict, record) {
            (Verdict::Accepted { rev }, None) => Knows::Likely(*rev),
            (Verdict::Accepted { .. }, Some(record)) if is_noted_by_office(record) => Knows::No,
            (Verdict::Accepted { rev }, Some(_)) => Knows::Surely(*rev),
            // The device cannot make this one itself.
            (Verdict::Merged { .. } | Verdict::NeedsDecision { .. }, _) => Knows::No,
            // Nothing was applied: what the device holds is as it was.
            (Verdict::Refused(_), _) => return,
        };
        let earlier = self.0.insert(id, knows);
        if earlier == Some(Knows::No) {
            self.0.insert(id, Knows::No);
        }
    }

    /// Does the device know this record as it stands, without being sent it?
    pub fn covers(&self, id: RecordId, rev: Rev, body: &str) -> bool {
        match self.0.get(&id) {
            Some(Knows::Surely(known)) => *known == rev,
            Some(Knows::Likely(known)) => {
                *known == rev && records::read(body).is_ok_and(|record| !is_noted_by_office(&record))
            }
            Some(Knows::No) | None => false,
        }
    }

    /// How many records may be left out at most.
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

fn is_noted_by_office(record: &Record) -> bool {
    record.marks.contains(&Mark::AfterHandover) || record.marks.contains(&Mark::ClockOff)
}

/// What follows from changes that were decided before and are answered again.
pub fn of_known<'a>(known: impl Iterator<Item = &'a Known>, actor: &Actor) -> OwnNews {
    let mut known: Vec<&Known> = known.filter(|known| known.author == actor.user).collect();
    // The device works through the answers in the order in which they were given.
    known.sort_by_key(|known| rev_of(&known.verdict));
    let mut own = OwnNews::default();
    for known in known {
        if let Some(record) = known.record {
            own.answered(record, &known.verdict, None);
        }
    }
    own
}

fn rev_of(verdict: &Verdict) -> Rev {
    match verdict {
        Verdict::Accepted { rev } | Verdict::Merged { rev } | Verdict::NeedsDecision { rev, .. } => *rev,
        Verdict::Refused(_) => Rev::NONE,
    }
}
