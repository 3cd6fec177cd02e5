//! One id type per thing, so that a visit can never stand where a family is meant.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// Declares id types: UUIDs (version 7 where we make them) that cannot be mixed up.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// Makes the id of a new thing from the moment and 10 random bytes (UUID version 7).
            pub fn new(unix_ms: u64, random: [u8; 10]) -> Self {
                Self(uuid::Builder::from_unix_timestamp_millis(unix_ms, &random).into_uuid())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

ids! {
    /// An office that keeps its own data (ośrodek: OPS, MOPS, GOPS or CUS).
    OfficeId;
    /// A person with an account.
    UserId;
    /// One installation of the app for one person.
    DeviceId;
    /// A family (rodzina).
    FamilyId;
    /// A member of a family (członek rodziny).
    MemberId;
    /// One thing that is kept and synced; see [`crate::domain::record::Record`].
    RecordId;
    /// One intention of one person on one device; see [`crate::domain::change::Change`].
    ChangeId;
    /// Something begun and not yet finished on a device.
    DraftId;
    /// A row of a repeating field.
    RowId;
    /// A stretch of an office's life: a new one begins when it is brought back from an older copy (P12).
    Epoch;
    /// A file that belongs to a paper (załącznik): a photo of a document.
    FileId;
}

/// An office's running number of applied changes: gap-free, given inside the writing transaction.
///
/// A record carries the revision of its last change, so a revision also names a version.
/// Zero means "not known to the office yet".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rev(pub i64);

impl Rev {
    /// The revision of a record that no office has seen.
    pub const NONE: Rev = Rev(0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_the_moment_of_their_making() {
        let early = RecordId::new(1_000, [0xff; 10]);
        let late = RecordId::new(2_000, [0; 10]);
        assert!(early < late);
        assert_eq!(late.to_string().parse::<RecordId>().unwrap(), late);
    }
}
