//! The town of Przykładowo: an office with 25 families that never existed, and three months of
//! careful work (spec/domain.md 8). Everything is invented; every date is an offset from the day of
//! the demonstration, so that the stories never age.
//!
//! Pure: the same day and seed give the same steps, byte for byte.

mod book;
mod cards;
mod cases;
mod days;
mod errands;
mod families;
mod history;
mod ledger;
mod many;
mod outreach;
mod people;
mod phrases;
mod plans;
mod random;
mod roster;
mod stories;
mod task_cards;
mod tasks;
#[cfg(test)]
mod tests;
mod visits;
mod way;

use crate::domain::{
    access::Role,
    change::Change,
    ids::{OfficeId, UserId},
};
use book::Book;
use chrono::{DateTime, NaiveDate, Utc};
pub use many::many;
use people::Staff;
use random::Random;

/// An office with its people and its history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Town {
    /// The office.
    pub office: OfficeId,
    /// Its name.
    pub office_name: String,
    /// Its accounts.
    pub people: Vec<Person>,
    /// What devices and desks sent, in the order of receipt; the first takes revision 1.
    pub steps: Vec<Step>,
}

/// One account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The person.
    pub user: UserId,
    /// What they sign in with.
    pub login: &'static str,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: Role,
    /// May sign in.
    pub active: bool,
}

/// One change as the office received it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// When the office received it: hours after it was made, when the phone was offline.
    pub received: DateTime<Utc>,
    /// The change.
    pub change: Change,
}

/// Przykładowo as it stands in the early morning of a day: the last entries are of the day before.
pub fn town(today: NaiveDate, seed: u64) -> Town {
    let mut random = Random::new(seed);
    let since = days::utc(days::at(days::before(today, 800), 8 * 60));
    let office = OfficeId(random.id(since));
    let staff = Staff::hire(since, &mut random);
    let people = staff.people();
    let mut book = Book::open(today, random, staff);
    cases::write(&mut book);
    let events = history::events(&mut book);
    cards::write(&mut book, &events);
    let Book { ledger, mut random, .. } = book;
    Town {
        office,
        office_name: "Ośrodek Pomocy Społecznej w Przykładowie".to_owned(),
        people,
        steps: ledger.into_steps(&mut random),
    }
}
