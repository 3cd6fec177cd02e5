//! Which plan stands. Goals are read through here only, so that it does not matter where a plan is kept.

use crate::domain::{
    documents::{
        RecordKind,
        papers::course::{LIFE, PAPER, day_of},
    },
    order::sort_by_key,
    procedure::{Life, Paper},
    record::Record,
};

pub use crate::domain::documents::plan::{GOALS, Goal, VALID_FROM, goals};

/// The plan that stands among these records: of several versions the one that was handed in last.
pub fn current_plan<'a>(records: impl IntoIterator<Item = &'a Record>) -> Option<&'a Record> {
    in_order(records).pop()
}

/// All plans that stand, in the order of their handing in.
pub fn in_order<'a>(records: impl IntoIterator<Item = &'a Record>) -> Vec<&'a Record> {
    let mut plans: Vec<&Record> = records.into_iter().filter(|record| is_standing_plan(record)).collect();
    sort_by_key(&mut plans, |plan| (plan.kind == RecordKind::Paper, day_of(plan), plan.id));
    plans
}

fn is_standing_plan(record: &Record) -> bool {
    match record.kind {
        RecordKind::Plan => true,
        RecordKind::Paper => {
            record.answers.get(PAPER) == Some(Paper::Plan)
                && matches!(record.answers.get(LIFE), Some(Life::Signed | Life::Approved))
        }
        _ => false,
    }
}
