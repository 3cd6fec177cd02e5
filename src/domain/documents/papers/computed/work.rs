//! Counting the work with a family from the entries of the work card.

use crate::domain::{
    codes::EntryKind,
    documents::papers::begin::Entry,
    form::{Cell, Value},
    ids::RecordId,
};

/// Entries that were counted, and how long they took.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// The entries.
    pub ids: Vec<RecordId>,
    /// Minutes in all.
    minutes: i64,
}

impl Tally {
    /// Counts one entry.
    pub fn add(&mut self, entry: &Entry<'_>) {
        self.ids.push(entry.record.id);
        self.minutes += entry.card.minutes;
    }

    /// How many.
    pub fn count(&self) -> Option<Value> {
        Some(count(&self.ids))
    }

    /// How long, in tenths of an hour.
    pub fn tenths_of_hours(&self) -> Option<Value> {
        Some(((self.minutes * 10 + 30) / 60).write())
    }
}

/// How many records.
pub(super) fn count(ids: &[RecordId]) -> Value {
    i64::try_from(ids.len()).unwrap_or(i64::MAX).write()
}

/// Counts those that fit.
pub(super) fn tally<'e, 'a: 'e>(entries: impl Iterator<Item = &'e Entry<'a>>, fits: fn(&Entry<'a>) -> bool) -> Tally {
    let mut tally = Tally::default();
    entries.filter(|entry| fits(entry)).for_each(|entry| tally.add(entry));
    tally
}

/// Contact with the family that is no visit at home.
pub(super) fn is_other_contact(entry: &Entry<'_>) -> bool {
    use EntryKind::*;
    matches!(entry.card.kind, MeetingOut | Accompany | PhoneFamily | Intervention | ChildHearing | ContactSupervised)
}

/// On the family's behalf, with others.
pub(super) fn is_with_institution(entry: &Entry<'_>) -> bool {
    matches!(entry.card.kind, EntryKind::Institution | EntryKind::Team)
}

/// Time with the family itself: visits that were held, and every other contact.
pub(super) fn is_with_family(entry: &Entry<'_>) -> bool {
    entry.card.is_held_visit() || is_other_contact(entry)
}
