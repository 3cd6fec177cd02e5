//! Which records a device knows without being sent them: its own changes are no news (P11).
//!
//! A device applies an accepted change to what it holds. That gives the office's record when every
//! answer about the record is "accepted" and nothing happened to it since. Whatever only the office
//! can add, such as the mark of late work, is answered with "merged" (see [`crate::domain::decide`]).

use crate::{
    domain::{
        access::Actor,
        ids::{RecordId, Rev},
    },
    server::db::changes::Known,
    sync::protocol::Verdict,
};
use std::collections::BTreeMap;

/// Per record of this request's changes: the revision at which the device stands, if it can know it.
#[derive(Clone, Debug, Default)]
pub struct OwnNews(BTreeMap<RecordId, Option<Rev>>);

impl OwnNews {
    /// Takes in an answer that goes back in this exchange.
    pub fn answered(&mut self, record: RecordId, verdict: &Verdict) {
        let stands = self.0.entry(record).or_insert(Some(Rev::NONE));
        match verdict {
            Verdict::Accepted { rev } => *stands = stands.map(|at| at.max(*rev)),
            // The device cannot make this one itself.
            Verdict::Merged { .. } | Verdict::NeedsDecision { .. } => *stands = None,
            // Nothing was applied; what the device holds is as it was.
            Verdict::Refused(_) => {}
        }
    }

    /// Does the device know this record as of this revision, without being sent it?
    pub fn covers(&self, id: RecordId, rev: Rev) -> bool {
        self.0.get(&id) == Some(&Some(rev))
    }

    /// How many records may be left out at most.
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

/// What follows from changes that were decided before and are answered again.
pub fn of_known<'a>(known: impl Iterator<Item = &'a Known>, actor: &Actor) -> OwnNews {
    let mut own = OwnNews::default();
    for known in known.filter(|known| known.author == actor.user) {
        if let Some(record) = known.record {
            own.answered(record, &known.verdict);
        }
    }
    own
}
