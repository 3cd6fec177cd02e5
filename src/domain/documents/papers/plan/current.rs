//! Which plan a family works by, and its goals as other papers refer to them.

use super::{GOAL, GOAL_AREA, GOAL_NO, GOAL_STATUS, GOALS};
use crate::domain::{
    codes::{Area, GoalStatus},
    documents::{
        RecordKind,
        papers::{
            course::{CASE, LIFE, PAPER, day_of},
            ruling::{self, Ruling},
        },
    },
    form::Answers,
    ids::RecordId,
    order::sort_by_key,
    procedure::{Life, Paper},
    record::Record,
};

/// Is this record a plan?
pub fn is_plan(record: &Record) -> bool {
    record.kind == RecordKind::Paper && record.answers.get(PAPER) == Some(Paper::Plan)
}

/// Was it handed in and not sent back, so that people work by it?
pub fn stands(record: &Record) -> bool {
    let handed_in = matches!(record.answers.get(LIFE), Some(Life::Signed | Life::Approved));
    handed_in && matches!(ruling::of(&record.answers), Some(Ruling::Grants) | None)
}

/// The plan of a family's current case, out of all records of the family: the version that was handed in last,
/// else the one that is being written. The reader says which of the two it is ([`stands`]).
pub fn current<'a>(records: impl IntoIterator<Item = &'a Record>) -> Option<&'a Record> {
    let (mut case, mut plans): (Option<RecordId>, Vec<&Record>) = (None, Vec::new());
    for record in records {
        match record.kind {
            RecordKind::Case => case = case.max(Some(record.id)),
            RecordKind::Paper if is_plan(record) => plans.push(record),
            _ => {}
        }
    }
    plans.retain(|plan| plan.answers.get(CASE) == case);
    plans.into_iter().max_by_key(|plan| (stands(plan), day_of(plan), plan.id))
}

/// All versions that were handed in within a case, in their order; the last one counts.
pub fn standing<'a>(papers: impl IntoIterator<Item = &'a Record>, case: Option<RecordId>) -> Vec<&'a Record> {
    let of_case = |record: &&Record| is_plan(record) && stands(record) && record.answers.get(CASE) == case;
    let mut plans: Vec<&Record> = papers.into_iter().filter(of_case).collect();
    sort_by_key(&mut plans, |plan| (day_of(plan), plan.id));
    plans
}

/// A goal, as cards refer to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// Id of the row, the same in every version of the plan.
    pub id: String,
    /// Number in the plan.
    pub no: i64,
    /// Life area.
    pub area: Option<Area>,
    /// The goal in words.
    pub goal: String,
    /// Status.
    pub status: GoalStatus,
}

impl Goal {
    /// As it is picked from a list: "2. Stały rytm dnia dzieci".
    pub fn numbered(&self) -> String {
        match (self.no, self.goal.is_empty()) {
            (0, _) => self.goal.clone(),
            (no, true) => format!("cel nr {no}"),
            (no, false) => format!("{no}. {}", self.goal),
        }
    }
}

/// The goals in the order of the plan.
pub fn goals(answers: &Answers) -> Vec<Goal> {
    let mut goals: Vec<Goal> = answers
        .rows(GOALS)
        .into_iter()
        .map(|id| {
            let cells = answers.row(GOALS, &id);
            Goal {
                no: cells.get(GOAL_NO).unwrap_or(0),
                area: cells.get(GOAL_AREA),
                goal: cells.get(GOAL).unwrap_or_default(),
                status: cells.get(GOAL_STATUS).unwrap_or(GoalStatus::InProgress),
                id,
            }
        })
        .collect();
    sort_by_key(&mut goals, |goal| goal.no);
    goals
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        documents::papers::course::HANDED_IN_ON,
        testing::{day, record},
    };
    use uuid::Uuid;

    fn case(n: u128) -> Record {
        record(n, RecordKind::Case, Answers::default())
    }

    fn plan(n: u128, case: u128, life: Life, on: &str) -> Record {
        let answers = Answers::default()
            .with(PAPER, Paper::Plan)
            .with(CASE, RecordId(Uuid::from_u128(case)))
            .with(LIFE, life)
            .with(HANDED_IN_ON, day(on));
        record(n, RecordKind::Paper, answers)
    }

    fn found(records: &[Record]) -> Option<u128> {
        current(records).map(|plan| plan.id.0.as_u128())
    }

    #[test]
    fn the_version_handed_in_last_counts_and_one_that_is_written_only_before_there_is_another() {
        use Life::*;
        for (plans, expected) in [
            (vec![], None),
            (vec![(10, Draft, "2026-10-01")], Some(10)),
            (vec![(10, Returned, "2026-10-01")], Some(10)),
            (vec![(10, Approved, "2026-10-01"), (11, Draft, "2026-11-01")], Some(10)),
            (vec![(10, Approved, "2026-10-01"), (11, Returned, "2026-11-01")], Some(10)),
            (vec![(10, Approved, "2026-10-01"), (11, Signed, "2026-11-01")], Some(11)),
            (vec![(11, Approved, "2026-10-01"), (10, Signed, "2026-11-01")], Some(10)),
            (vec![(10, Signed, "2026-10-01"), (11, Signed, "2026-10-01")], Some(11)),
        ] {
            let mut records = vec![case(1)];
            records.extend(plans.iter().map(|(n, life, on)| plan(*n, 1, *life, on)));
            assert_eq!(found(&records), expected, "{plans:?}");
            records.reverse();
            assert_eq!(found(&records), expected, "{plans:?}, in any order");
            let standing = standing(&records, Some(RecordId(Uuid::from_u128(1))));
            let last = standing.last().map(|plan| plan.id.0.as_u128());
            assert!(last.is_none() || last == expected, "{plans:?}: {last:?}");
        }
    }

    #[test]
    fn the_plan_of_an_earlier_case_is_not_the_current_one() {
        let records = [case(1), case(2), plan(10, 1, Life::Approved, "2026-10-01")];
        assert_eq!(found(&records), None);
        assert_eq!(found(&records[..1]), None);
        let mut note = plan(12, 2, Life::Signed, "2026-11-01");
        note.answers.put(PAPER, Paper::Note);
        assert_eq!(found(&[case(2), note, plan(11, 2, Life::Draft, "2026-11-02")]), Some(11));
    }
}
