//! Which records a device knows without being sent them: its own changes are no news (P11).
//!
//! A device applies an accepted change to what it holds. That gives the office's record when every
//! answer about the record is "accepted" and nothing happened to it since. Whatever only the office
//! can add, such as the mark of late work, is answered with "merged" (see [`crate::domain::decide`]).

use crate::{
    domain::{
        access::Actor,
        ids::{FamilyId, RecordId, Rev},
    },
    server::db::changes::Known,
    sync::protocol::Verdict,
};
use std::collections::BTreeMap;

/// What the device of one request knows by itself.
#[derive(Clone, Debug, Default)]
pub struct OwnNews {
    /// Per record of this request's changes: the revision at which the device stands, if it can know it.
    records: BTreeMap<RecordId, Option<Rev>>,
    /// Per family: what this request alone has added to its file.
    stretches: BTreeMap<FamilyId, Stretch>,
}

/// Revisions of one file that follow one another and come of one request.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    /// The file's head before.
    from: Rev,
    /// Its head after.
    to: Rev,
    /// The device can make all of it itself.
    known: bool,
}

impl OwnNews {
    /// Takes in an answer that goes back in this exchange.
    pub fn answered(&mut self, record: RecordId, verdict: &Verdict) {
        let stands = self.records.entry(record).or_insert(Some(Rev::NONE));
        match verdict {
            Verdict::Accepted { rev } => *stands = stands.map(|at| at.max(*rev)),
            // The device cannot make this one itself.
            Verdict::Merged { .. } | Verdict::NeedsDecision { .. } => *stands = None,
            // Nothing was applied; what the device holds is as it was.
            Verdict::Refused(_) => {}
        }
    }

    /// This request has moved a file's head; `known` when the device can make the record itself.
    pub fn wrote(&mut self, family: FamilyId, from: Rev, to: Rev, known: bool) {
        let stretch = self.stretches.entry(family).or_insert(Stretch { from, to, known });
        stretch.known &= known && (stretch.to == from || stretch.to == to);
        stretch.to = to;
    }

    /// Does a device that knows the file up to a revision know it up to the head, without being sent
    /// anything? Then nothing of it need be read.
    pub fn bridges(&self, family: FamilyId, cursor: Rev, head: Rev) -> bool {
        let stretch = self.stretches.get(&family);
        stretch.is_some_and(|stretch| stretch.known && stretch.from <= cursor && stretch.to == head)
    }

    /// Does the device know this record as of this revision, without being sent it?
    pub fn covers(&self, id: RecordId, rev: Rev) -> bool {
        self.records.get(&id) == Some(&Some(rev))
    }

    /// How many records may be left out at most.
    pub fn len(&self) -> usize {
        self.records.len()
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

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_file_is_known_only_along_an_unbroken_stretch() {
        let family = FamilyId(Uuid::from_u128(1));
        let mut own = OwnNews::default();
        own.wrote(family, Rev(4), Rev(5), true);
        own.wrote(family, Rev(5), Rev(6), true);
        assert!(own.bridges(family, Rev(4), Rev(6)));
        assert!(!own.bridges(family, Rev(3), Rev(6)), "something before it is not known");
        assert!(!own.bridges(family, Rev(4), Rev(7)), "somebody wrote after it");
        own.wrote(family, Rev(6), Rev(8), false);
        assert!(!own.bridges(family, Rev(4), Rev(8)), "a part of it only the office can make");
    }
}
