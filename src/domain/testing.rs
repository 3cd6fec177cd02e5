//! What tests of several rooms build their cases from.

use super::{
    documents::RecordKind,
    form::Answers,
    ids::{ChangeId, FamilyId, RecordId, Rev, UserId},
    record::{Record, Stamp},
};
use chrono::{DateTime, NaiveDate};
use uuid::Uuid;

/// A day, from "2026-11-22".
pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A record as its maker left it, of the family without a number.
pub fn record(n: u128, kind: RecordKind, answers: Answers) -> Record {
    let stamp = Stamp { by: UserId(Uuid::nil()), at: DateTime::UNIX_EPOCH, change: ChangeId(Uuid::nil()) };
    Record {
        id: RecordId(Uuid::from_u128(n)),
        kind,
        family: FamilyId(Uuid::nil()),
        rev: Rev(1),
        made: stamp.clone(),
        changed: stamp,
        form: 1,
        answers,
        rewrites: vec![],
        disputes: vec![],
        marks: Default::default(),
    }
}
