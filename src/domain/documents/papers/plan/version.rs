//! The next version of a plan: a paper of its own that begins with what the standing one says. Rows keep
//! their ids, so that tasks, entries and assessments go on pointing at their goals; the earlier version stays
//! as it was signed.

use super::{GOAL_STATUS, GOAL_STATUS_REASON, GOALS, VERSION, stands};
use crate::domain::{
    documents::{
        RecordKind,
        papers::{
            course::{CASE, PAPER, day_of},
            review::{self, GOAL_REVIEWS},
        },
    },
    form::{Answers, Cell},
    procedure::Paper,
    record::Record,
};

/// What a new version takes over, tables with all their rows. Days, opinions and signatures are new each time.
const KEPT: &[&str] =
    &["kind", "main_goal", "goals", "actions", "family_duties", "visit_frequency", "resources", "support_forms"];

/// Number of the first version.
pub const FIRST: i64 = 1;

/// The assessment (zał. 7 and 15) that was handed in last since this version, out of the family's records.
pub fn assessed_since<'a>(plan: &Record, records: impl IntoIterator<Item = &'a Record>) -> Option<&'a Record> {
    let case = plan.answers.raw(CASE.name());
    let since = day_of(plan);
    let assessments = records.into_iter().filter(|record| {
        let is_one = record.kind == RecordKind::Paper
            && matches!(record.answers.get(PAPER), Some(Paper::Review | Paper::PeriodicReport));
        is_one && stands(record) && record.answers.raw(CASE.name()) == case && day_of(record) >= since
    });
    assessments.max_by_key(|record| (day_of(record), record.id))
}

/// What the version after this one begins with. A later assessment (zał. 7 and 15) has the last word on how far
/// its goals have come.
pub fn next_version(standing: &Answers, assessed: Option<&Answers>) -> Answers {
    let mut next = Answers::default().with(VERSION, standing.get(VERSION).unwrap_or(FIRST) + 1);
    for (path, value) in &standing.0 {
        let root = path.split('/').next().unwrap_or(path);
        if KEPT.contains(&root) {
            next.set_raw(path, Some(value.clone()));
        }
    }
    if let Some(assessed) = assessed {
        take_statuses(&mut next, assessed);
    }
    next
}

fn take_statuses(plan: &mut Answers, assessed: &Answers) {
    for row in plan.rows(GOALS) {
        let review = assessed.row(GOAL_REVIEWS, &row);
        let Some(status) = review.get(review::GOAL_STATUS) else { continue };
        let mut goal = plan.row(GOALS, &row).with(GOAL_STATUS, status);
        let reason = review.get(GOAL_STATUS_REASON).map(Cell::write);
        if reason.is_some() {
            goal.set_raw(GOAL_STATUS_REASON.name(), reason);
        }
        plan.put_row(GOALS, &row, goal);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        codes::GoalStatus,
        documents::papers::{
            course::{HANDED_IN_ON, LIFE},
            plan::{ACTION_GOAL, ACTIONS, FORM, GOAL_DUE, MAIN_GOAL, VALID_FROM},
            testing::{GOAL, MEMBER, answers},
        },
        ids::RecordId,
        procedure::Life,
        testing::{day, record},
    };
    use uuid::Uuid;

    fn standing() -> Answers {
        answers(
            &FORM,
            &[
                ("doc_date", "2026-05-20"),
                ("valid_from", "2026-05-20"),
                ("main_goal", "Chcemy, żeby dzieci chodziły do szkoły."),
                ("goals/01900000-0000-7000-8000-000000000004/no", "1"),
                ("goals/01900000-0000-7000-8000-000000000004/goal", "Dzieci są w szkole codziennie."),
                ("goals/01900000-0000-7000-8000-000000000004/due", "2026-08-31"),
                ("goals/01900000-0000-7000-8000-000000000004/status", "IN_PROGRESS"),
                ("actions/1/goal", GOAL),
                ("actions/1/members", MEMBER),
                ("actions/1/action", "Wspólne ułożenie porannego planu dnia"),
                ("sw_opinion", "Popieram plan."),
                ("signatures/1/role", "MEMBER"),
                ("decision", "APPROVED"),
            ],
        )
    }

    #[test]
    fn goals_and_actions_keep_their_rows_and_the_rest_is_new() {
        let plan = standing();
        let next = next_version(&plan, None);
        assert_eq!(next.get(VERSION), Some(2));
        assert_eq!(next_version(&next, None).get(VERSION), Some(3));
        assert_eq!(next.text(MAIN_GOAL), plan.text(MAIN_GOAL));
        for table in [GOALS, ACTIONS] {
            assert_eq!(next.rows(table), plan.rows(table));
            for row in plan.rows(table) {
                assert_eq!(next.row(table, &row), plan.row(table, &row), "{table}/{row}");
            }
        }
        assert_eq!(next.row(ACTIONS, "1").get(ACTION_GOAL), Some([GOAL.to_owned()].into()));
        assert_eq!(next.row(GOALS, GOAL).get(GOAL_DUE), plan.row(GOALS, GOAL).get(GOAL_DUE));
        for gone in [VALID_FROM.name(), "doc_date", "sw_opinion", "signatures/1/role", "decision"] {
            assert!(next.raw(gone).is_none(), "{gone}");
        }
    }

    #[test]
    fn the_assessment_says_how_far_the_goals_have_come() {
        let dropped = Answers::default()
            .with(review::GOAL_STATUS, GoalStatus::Dropped)
            .with(GOAL_STATUS_REASON, "Dziecko zmieniło szkołę.".into());
        let mut assessed = Answers::default();
        assessed.put_row(GOAL_REVIEWS, GOAL, dropped);
        assessed.put_row(GOAL_REVIEWS, MEMBER, Answers::default().with(review::GOAL_STATUS, GoalStatus::Reached));
        let next = next_version(&standing(), Some(&assessed));
        let goal = next.row(GOALS, GOAL);
        assert_eq!(goal.get(GOAL_STATUS), Some(GoalStatus::Dropped));
        assert_eq!(goal.text(GOAL_STATUS_REASON), "Dziecko zmieniło szkołę.");
        assert_eq!(next.rows(GOALS), [GOAL.to_owned()].into(), "no goal comes out of an assessment alone");
    }

    #[test]
    fn only_an_assessment_that_came_after_the_plan_counts() {
        let paper = |n: u128, paper: Paper, life: Life, on: &str| {
            let answers = Answers::default().with(PAPER, paper).with(LIFE, life).with(HANDED_IN_ON, day(on));
            record(n, RecordKind::Paper, answers)
        };
        let plan = paper(1, Paper::Plan, Life::Approved, "2026-05-20");
        let records = [
            paper(2, Paper::Review, Life::Signed, "2026-05-19"),
            paper(3, Paper::Review, Life::Draft, "2026-11-20"),
            paper(4, Paper::Note, Life::Signed, "2026-11-20"),
        ];
        assert_eq!(assessed_since(&plan, &records), None);
        let later = [
            paper(6, Paper::Review, Life::Approved, "2026-10-20"),
            paper(5, Paper::PeriodicReport, Life::Signed, "2026-11-01"),
        ];
        assert_eq!(assessed_since(&plan, &later).map(|record| record.id), Some(later[1].id));
        let mut elsewhere = later[1].clone();
        elsewhere.answers.put(CASE, RecordId(Uuid::from_u128(9)));
        assert_eq!(assessed_since(&plan, [&elsewhere]), None);
    }

    #[test]
    fn what_is_kept_is_declared() {
        for key in KEPT {
            assert!(FORM.field(key).is_some(), "{key}");
        }
    }
}
