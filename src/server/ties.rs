//! What ties a family to whoever asks for it, as the tables tell.

use super::db::{DbResult, Link, families, families::Family, substitutions};
use crate::domain::{
    access::{Actor, Role, Tie, Ties, is_own_file, tie},
    ids::{FamilyId, OfficeId, UserId},
};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// What the office remembers of families beside their rows: former assistants, and who stands in.
#[derive(Debug, Default)]
pub struct Past {
    once: BTreeSet<(UserId, FamilyId)>,
    stand_ins: Vec<substitutions::StandIn>,
}

impl Past {
    /// Reads it for some families.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn of(link: &mut Link, office: OfficeId, families: &[FamilyId]) -> DbResult<Self> {
        let once = families::once_of(link, office, families).await?.into_iter().collect();
        Ok(Self { once, stand_ins: substitutions::of_families(link, office, families).await? })
    }

    /// From now on this person was the family's assistant once.
    pub fn note(&mut self, user: UserId, family: FamilyId) {
        self.once.insert((user, family));
    }

    /// How a family, or the file of somebody's own work, is tied to the actor on a day; `row` is what the office knows
    /// of it now.
    pub fn tie(&self, actor: &Actor, family: FamilyId, row: Option<&Family>, day: NaiveDate) -> Tie {
        if is_own_file(actor, family) {
            return Tie::Own;
        }
        let theirs = || {
            let of_both = |stand_in: &&substitutions::StandIn| stand_in.family == family;
            self.stand_ins.iter().filter(of_both).filter(|stand_in| stand_in.substitute == actor.user)
        };
        let was = self.once.contains(&(actor.user, family)) || theirs().any(|stand_in| stand_in.by(day));
        let ties = Ties {
            // Every key of the store begins with the office: another office's family cannot be met here.
            office: actor.office,
            assistant: row.and_then(Family::assistant),
            worker: row.and_then(Family::worker),
            substitute: theirs().any(|stand_in| stand_in.on(day)),
            former: actor.role == Role::Assistant && was,
        };
        tie(actor, &ties)
    }
}

/// How a family is tied to somebody who wants to read it on a day. Who only was its assistant reads nothing of it.
///
/// # Errors
/// When the database does not answer.
pub async fn reading(link: &mut Link, actor: &Actor, family: &Family, day: NaiveDate) -> DbResult<Tie> {
    let past = match actor.role {
        Role::Assistant => Past::of(link, actor.office, &[family.id]).await?,
        _ => Past::default(),
    };
    Ok(past.tie(actor, family.id, Some(family), day))
}
