//! Phones for which there was nothing new. Whatever concerns a phone takes a new revision of its
//! office or changes the list of people: while neither moves, there is still nothing new, and the
//! session, which is read for every request, is all that need be asked of the database (W5).

use super::{Caller, NOTE_EVERY};
use crate::{
    domain::{
        access::Actor,
        ids::{DeviceId, FamilyId, Rev, UserId},
    },
    sync::protocol::RequestEnvelope,
};
use chrono::{DateTime, Utc};
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Phones that are remembered at most.
const ROOM: usize = 10_000;

/// What is remembered of phones, in memory only.
#[derive(Default)]
pub struct Quiet(Mutex<HashMap<(UserId, DeviceId), Stand>>);

/// What a phone has.
pub type Known = (BTreeMap<FamilyId, Rev>, Option<Rev>);

/// There was nothing new to somebody who knew this.
struct Stand {
    actor: Actor,
    rev: Rev,
    people_rev: i64,
    /// Cursors, and the tag of the settings.
    known: Known,
    /// When the phone was last noted; it must be noted again before long.
    noted_at: DateTime<Utc>,
}

impl Quiet {
    /// Is there still nothing new? `rev` is the office's revision now.
    pub fn holds(&self, caller: &Caller, rev: Rev, request: &RequestEnvelope, now: DateTime<Utc>) -> bool {
        let says_something = !request.changes.is_empty() || request.waiting > 0 || request.about.is_some();
        let asks_something = request.compare.is_some() || request.people_tag != caller.people_rev.to_string();
        if says_something || asks_something {
            return false;
        }
        self.stands().get(&(caller.actor.user, request.device)).is_some_and(|stand| {
            let stands_still = stand.rev == rev && stand.people_rev == caller.people_rev && stand.actor == caller.actor;
            let knows_as_much = stand.known.0 == request.cursors && stand.known.1 == request.book_tag;
            stands_still && knows_as_much && now - stand.noted_at < NOTE_EVERY
        })
    }

    /// There was nothing new. `rev` is a revision of the office before that was looked up.
    pub fn keep(&self, (caller, device): (&Caller, DeviceId), rev: Rev, known: Known, noted_at: DateTime<Utc>) {
        let mut stands = self.stands();
        if stands.len() >= ROOM {
            stands.clear();
        }
        let (actor, people_rev) = (caller.actor.clone(), caller.people_rev);
        stands.insert((caller.actor.user, device), Stand { actor, rev, people_rev, known, noted_at });
    }

    /// Whatever was known of this phone does not hold any more.
    pub fn forget(&self, user: UserId, device: DeviceId) {
        self.stands().remove(&(user, device));
    }

    fn stands(&self) -> MutexGuard<'_, HashMap<(UserId, DeviceId), Stand>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
