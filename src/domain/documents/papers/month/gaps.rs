//! Visits that were planned for the month and of which nothing is written: better found before the 5th than after.

use super::{Span, gather::File};
use crate::domain::{
    ids::{FamilyId, RecordId},
    order::sort_by_key,
};
use chrono::NaiveDate;

/// A card that seems to be missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The family.
    pub family: FamilyId,
    /// Its code.
    pub code: String,
    /// Its surname.
    pub surname: String,
    /// The day of the visit that was planned.
    pub day: NaiveDate,
    /// The entry that planned it.
    pub planned_in: RecordId,
}

pub(super) fn all(files: &[File<'_>], span: Span) -> Vec<Gap> {
    let mut gaps: Vec<Gap> = files.iter().flat_map(|file| of_family(file, span)).collect();
    sort_by_key(&mut gaps, |gap| (gap.day, gap.code.clone()));
    gaps
}

fn of_family(file: &File<'_>, span: Span) -> Vec<Gap> {
    let said = &file.records.said;
    let planned = said.iter().filter_map(|said| Some((said, said.next?)));
    let past = planned.filter(|(_, day)| span.holds(*day) && *day < span.today);
    // Kept, tried in vain, or put off: a later entry until that day is a visit or names another day.
    let missing = past.filter(|(plan, day)| {
        !said.iter().any(|later| {
            let after = (later.on, later.record) > (plan.on, plan.record) && later.on <= *day;
            after && (later.is_visit || later.next.is_some_and(|next| next != *day))
        })
    });
    let mut gaps: Vec<Gap> = Vec::new();
    for (plan, day) in missing {
        if gaps.iter().all(|gap| gap.day != day) {
            let care = &file.care;
            let (code, surname) = (care.code.clone(), care.surname.clone());
            gaps.push(Gap { family: care.family, code, surname, day, planned_in: plan.record });
        }
    }
    gaps
}
