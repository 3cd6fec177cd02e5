//! The town of Przykładowo: an office with 25 families that never existed, and three months of
//! careful work (spec/domain.md 8). Everything is invented; every date is an offset from the day of
//! the demonstration, so that the stories never age.
//!
//! Pure: the same day and seed give the same steps, byte for byte.

mod people;
mod random;

use crate::domain::{
    access::Role,
    calendar,
    change::Change,
    ids::{OfficeId, UserId},
};
use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, Utc};
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
    let since = utc((today - Days::new(800)).and_time(NaiveTime::MIN));
    let office = OfficeId(random.id(since));
    let staff = Staff::hire(since, &mut random);
    Town {
        office,
        office_name: "Ośrodek Pomocy Społecznej w Przykładowie".to_owned(),
        people: staff.people(),
        steps: Vec::new(),
    }
}

/// The moment at which a Polish wall clock shows this time.
fn utc(local: NaiveDateTime) -> DateTime<Utc> {
    let winter = local.and_utc() - chrono::Duration::minutes(60);
    local.and_utc() - chrono::Duration::minutes(calendar::warsaw_offset_minutes(winter).into())
}
