//! Plan of work with the family, zał. 6: for now its goals, which visits and tasks refer to.
//! Fields: spec/domain.md 3.6.

use crate::domain::{
    codes::*,
    form::{Answers, Field, Form, Key, Kind, Section},
    order::sort_by_key,
};
use chrono::NaiveDate;

/// First day of the plan.
pub const VALID_FROM: Key<NaiveDate> = Key::new("valid_from");
/// Last day of the plan.
pub const VALID_TO: Key<NaiveDate> = Key::new("valid_to");
/// Main goal, in the family's words.
pub const MAIN_GOAL: Key<String> = Key::new("main_goal");
/// Goals, a row each.
pub const GOALS: &str = "goals";
/// Number of a goal (a cell of [`GOALS`]).
pub const GOAL_NO: Key<i64> = Key::new("no");
/// Life area of a goal.
pub const GOAL_AREA: Key<Area> = Key::new("area");
/// The goal.
pub const GOAL: Key<String> = Key::new("goal");
/// How one will know (the expected effect).
pub const GOAL_INDICATOR: Key<String> = Key::new("indicator");
/// Term of a goal.
pub const GOAL_DUE: Key<NaiveDate> = Key::new("due");
/// Status of a goal.
pub const GOAL_STATUS: Key<GoalStatus> = Key::new("status");

/// The declaration.
pub static FORM: Form = Form {
    number: "6",
    title: "Plan pracy z rodziną",
    version: 1,
    sections: &[
        Section {
            title: "Plan",
            fields: &[
                Field::new("valid_from", "Obowiązuje od", Kind::Date).required(),
                Field::new("valid_to", "Obowiązuje do", Kind::Date).required(),
                Field::new("main_goal", "Cel główny", Kind::Text { min: 3, max: 1000 }).required(),
            ],
        },
        Section {
            title: "Cele szczegółowe",
            fields: &[Field::new(
                GOALS,
                "Cele szczegółowe",
                Kind::Rows(&[
                    Field::new("no", "Nr", Kind::Number { min: 1, max: 12, unit: "nr" }).required(),
                    Field::new("area", "Obszar", Kind::One(Area::CHOICES)).required(),
                    Field::new("goal", "Cel", Kind::Line { max: 300 }).required(),
                    Field::new("indicator", "Po czym poznamy", Kind::Line { max: 300 }).required(),
                    Field::new("due", "Termin", Kind::Date).required(),
                    Field::new("status", "Status", Kind::One(GoalStatus::CHOICES)).required(),
                ]),
            )
            .required()],
        },
    ],
    decision: &[],
    rules: &[],
};

/// A goal, as cards refer to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// Id of the row.
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
