//! The number of a paper within its case, and the version of a plan.

use crate::domain::{
    documents::papers::{
        begin::Known,
        course::CASE,
        figure::Found,
        form_of,
        parts::{DOC_DATE, NUMBER},
        plan,
    },
    form::{Answers, Cell, Value},
    ids::RecordId,
    procedure::Paper,
    record::Record,
};
use chrono::Datelike;

/// "3/6/2026": the third nr 6 of the case, drawn up in 2026; papers without a number of their own are "3/2026".
/// A paper that was returned keeps the number that it had.
pub(super) fn number(paper: Paper, answers: &Answers, known: &Known<'_>, found: &mut Found) {
    let Some(form) = form_of(paper) else { return };
    if answers.filled(NUMBER.name()) {
        found.put(NUMBER.name(), answers.raw(NUMBER.name()).cloned(), &[]);
        return;
    }
    let Some(case) = answers.get(CASE) else { return };
    // A case that begins with this paper has no other papers yet.
    let is_known = known.case.is_some_and(|known| known.id == case);
    let same = |other: &Paper| form_of(*other).is_some_and(|other| std::ptr::eq(other, form));
    let before: Vec<&Record> =
        known.numbered.iter().filter(|(other, _)| is_known && same(other)).map(|(_, record)| *record).collect();
    // Devices may not know all of each other's papers: the next number is beyond every one that is known.
    let highest = before.iter().filter_map(|record| given(record)).max().unwrap_or(0);
    let next = highest.max(before.len() as u32) + 1;
    let year = answers.get(DOC_DATE).unwrap_or(known.today).year();
    let number = match form.number.split(' ').next().filter(|number| !number.is_empty()) {
        Some(attachment) => format!("{next}/{attachment}/{year}"),
        None => format!("{next}/{year}"),
    };
    let from: Vec<RecordId> = before.iter().map(|record| record.id).collect();
    found.put(NUMBER.name(), Some(Value::Text(number)), &from);
}

/// The number that a paper got within its case.
fn given(record: &Record) -> Option<u32> {
    record.answers.text(NUMBER).split('/').next()?.parse().ok()
}

/// Every change of a plan makes the next version.
pub(super) fn version(answers: &Answers, known: &Known<'_>, found: &mut Found) {
    let (next, from) = next_version_of(known);
    let kept = answers.get(plan::VERSION).filter(|version| *version > next);
    found.put(plan::VERSION.name(), Some(kept.unwrap_or(next).write()), &from);
}

/// The version that a new plan of the case gets, and the plans that came before it.
pub fn next_version_of(known: &Known<'_>) -> (i64, Vec<RecordId>) {
    let versions = known.plans.iter().filter_map(|plan| plan.answers.get(plan::VERSION));
    let highest = versions.max().unwrap_or(0).max(i64::try_from(known.plans.len()).unwrap_or(i64::MAX));
    (highest.saturating_add(1), known.plans.iter().map(|plan| plan.id).collect())
}
