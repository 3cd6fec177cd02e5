//! Who works in the office of Przykładowo (spec/domain.md 8.1). All invented.

use super::{Person, random::Random};
use crate::domain::{access::Role, ids::UserId};
use chrono::{DateTime, Utc};

/// Who writes in families' files, in the order of the accounts. The administrator and the data
/// protection officer have accounts too, and never write there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// The manager.
    Manager,
    /// Social worker of the town, who leads family support.
    Ps1,
    /// Social worker of the villages.
    Ps2,
    /// Assistant, full time.
    Ar1,
    /// Assistant, full time.
    Ar2,
    /// Assistant on contract, about half time.
    Ar3,
}

/// Login, name and role of everyone, those of [`Who`] first.
const ACCOUNTS: [(&str, &str, Role); 8] = [
    ("kierownik", "Bożena Dzięgielowska", Role::Manager),
    ("ps1", "Mirosława Chabrowiczak", Role::SocialWorker),
    ("ps2", "Sławomir Olchowicz-Rdest", Role::SocialWorker),
    ("ar1", "Nadzieja Modrzewiak", Role::Assistant),
    ("ar2", "Tymon Jaskrowicz", Role::Assistant),
    ("ar3", "Lilianna Wrzosowiecka", Role::Assistant),
    ("admin", "Konrad Lubczykowski", Role::SysAdmin),
    ("iod", "Elwira Szałwiowska", Role::Dpo),
];

/// The staff with their ids.
#[derive(Clone, Debug)]
pub struct Staff([UserId; 8]);

impl Staff {
    /// Gives everyone an id.
    pub fn hire(since: DateTime<Utc>, random: &mut Random) -> Self {
        Self(std::array::from_fn(|_| UserId(random.id(since))))
    }

    /// The id of one of them.
    pub fn id(&self, who: Who) -> UserId {
        self.0[who as usize]
    }

    /// The name of one of them.
    pub fn name(who: Who) -> &'static str {
        ACCOUNTS[who as usize].1
    }

    /// Everyone as the office's list of accounts has them.
    pub fn people(&self) -> Vec<Person> {
        self.0
            .iter()
            .zip(ACCOUNTS)
            .map(|(&user, (login, name, role))| Person { user, login, name: name.to_owned(), role, active: true })
            .collect()
    }
}
