//! Plan of work with the family, nr 6: the first one grows from the assessment, the next from the one before.

use super::{
    Known,
    plans::{GOALS, VALID_FROM},
};
use crate::domain::{
    calendar::add_months,
    codes::{Area, GoalStatus, Scale},
    documents::{
        papers::{
            assessment,
            computed::next_version_of,
            figure::Found,
            plan::{self, ACTIONS, ActionStatus, PlanKind},
            review,
        },
        plan as goal_keys,
    },
    form::{Answers, Cell, Value},
    ids::RecordId,
    order::sort_by_key,
    procedure::Paper,
    record::Record,
};

/// To the next assessment (D05).
const MONTHS: u32 = 6;
/// The most goals that the paper takes.
const MOST_GOALS: usize = 12;
/// What stays the same from one version to the next.
const KEPT: &[&str] = &["main_goal", "family_duties", "visit_frequency", "resources", "support_forms"];

pub(super) fn plan(answers: &Answers, known: &Known<'_>, found: &mut Found) {
    let kind = if known.has_child_in_care() { PlanKind::Coordinated } else { PlanKind::Ordinary };
    let from: Vec<RecordId> = known.case_id().into_iter().chain(known.card_id()).collect();
    found.put(plan::KIND.name(), Some(kind.write()), &from);
    let (version, of) = next_version_of(known);
    found.put(plan::VERSION.name(), Some(version.write()), &of);
    period(answers, known, found);
    match known.plan() {
        Some(before) => next_version(before, known, found),
        None => first_version(known, found),
    }
    if !found.has(plan::VISIT_FREQUENCY.name()) {
        // The least that the procedure expects (S3 8); the paper says that it is usually one or two.
        found.known(plan::VISIT_FREQUENCY.name(), 1_i64);
    }
    written_rows(answers, known, found);
}

fn period(answers: &Answers, known: &Known<'_>, found: &mut Found) {
    found.known(VALID_FROM.name(), known.today);
    let end = add_months(answers.get(VALID_FROM).unwrap_or(known.today), MONTHS);
    found.known(goal_keys::VALID_TO.name(), end);
    found.known(plan::NEXT_REVIEW.name(), end);
}

/// The goals and actions as they stood, each goal with the status that the last assessment gave it.
fn next_version(before: &Record, known: &Known<'_>, found: &mut Found) {
    for key in KEPT {
        found.copy(*key, Some(before), key);
    }
    let review = known.review_of_plan();
    let in_review = |row: &str, cell: &str| {
        let path = format!("{}/{row}/{cell}", review::GOAL_REVIEWS);
        review.filter(|review| review.answers.filled(&path)).map(|review| (review, path))
    };
    for (path, value) in &before.answers.0 {
        let mut parts = path.split('/');
        let (table, row, cell) = (parts.next(), parts.next(), parts.next());
        let (Some(table), Some(row), Some(cell)) = (table, row, cell) else { continue };
        match (table, cell) {
            (ACTIONS, _) => found.put(path.clone(), Some(value.clone()), &[before.id]),
            // The reason belongs to the status that it explains.
            (GOALS, "status_reason") if in_review(row, goal_keys::GOAL_STATUS.name()).is_some() => {}
            (GOALS, _) => match in_review(row, cell).filter(|_| cell == goal_keys::GOAL_STATUS.name()) {
                Some((review, path_there)) => found.copy(path.clone(), Some(review), &path_there),
                None => found.put(path.clone(), Some(value.clone()), &[before.id]),
            },
            _ => {}
        }
    }
    for row in before.answers.rows(GOALS) {
        let reason = plan::GOAL_STATUS_REASON.name();
        if let Some((review, path_there)) = in_review(&row, reason) {
            found.copy(format!("{GOALS}/{row}/{reason}"), Some(review), &path_there);
        }
    }
}

/// A goal for each area in which there is something to do, what is worst first.
fn first_version(known: &Known<'_>, found: &mut Found) {
    let Some(assessed) = known.last(&[Paper::Assessment]) else { return };
    let from = [assessed.id];
    found.words("main_goal", assessed.answers.text(assessment::EXPECTATIONS), 1000, &from);
    found.words("resources", &strengths(&assessed.answers), 4000, &from);
    let mut troubled: Vec<(Scale, Area)> = Area::ALL.iter().filter_map(|area| trouble(assessed, *area)).collect();
    sort_by_key(&mut troubled, |(score, area)| (*score, *area));
    for (number, (_, area)) in (1_u8..).zip(troubled.into_iter().take(MOST_GOALS)) {
        let id = row_id(assessed.id, number);
        let row = (GOALS, id.as_str());
        found.cell(row, goal_keys::GOAL_NO.name(), Some(Value::Number(number.into())), &from);
        found.cell(row, goal_keys::GOAL_AREA.name(), Some(area.write()), &from);
        found.cell(row, goal_keys::GOAL_STATUS.name(), Some(GoalStatus::InProgress.write()), &[]);
        let needs = assessed.answers.row(assessment::AREAS, area.code()).get(assessment::NEEDS).unwrap_or_default();
        if needs.chars().count() <= 300 {
            found.words(format!("{GOALS}/{id}/goal"), &needs.replace('\n', " "), 300, &from);
        }
        baseline(&id, area, assessed, found);
    }
}

fn trouble(assessed: &Record, area: Area) -> Option<(Scale, Area)> {
    let score = assessment::score(&assessed.answers, area)?;
    matches!(score, Scale::Danger | Scale::Serious | Scale::Difficult).then_some((score, area))
}

/// Where the goal starts from.
fn baseline(row: &str, area: Area, assessed: &Record, found: &mut Found) {
    let cells = assessed.answers.row(assessment::AREAS, area.code());
    let situation = cells.raw("situation").and_then(Value::text).unwrap_or_default();
    found.words(format!("{GOALS}/{row}/baseline"), situation, 1000, &[assessed.id]);
    let score = cells.get(assessment::SCORE).map(Cell::write);
    found.cell((GOALS, row), "baseline_score", score, &[assessed.id]);
}

/// Rows that a person has begun: a goal starts where its area stands, and an action has not been begun.
fn written_rows(answers: &Answers, known: &Known<'_>, found: &mut Found) {
    let assessed = known.last(&[Paper::Assessment]);
    for row in answers.rows(GOALS) {
        let has = |found: &Found, cell: &str| found.has(&format!("{GOALS}/{row}/{cell}"));
        if !has(found, goal_keys::GOAL_STATUS.name()) {
            found.cell((GOALS, &row), goal_keys::GOAL_STATUS.name(), Some(GoalStatus::InProgress.write()), &[]);
        }
        let area = answers.row(GOALS, &row).get(goal_keys::GOAL_AREA);
        if let (Some(assessed), Some(area), false) = (assessed, area, has(found, "baseline_score")) {
            baseline(&row, area, assessed, found);
        }
    }
    for row in answers.rows(ACTIONS) {
        if !found.has(&format!("{ACTIONS}/{row}/{}", plan::ACTION_STATUS.name())) {
            let status = Some(ActionStatus::NotBegun.write());
            found.cell((ACTIONS, &row), plan::ACTION_STATUS.name(), status, &[]);
        }
    }
}

/// What the family, its members and its surroundings are good at.
fn strengths(assessed: &Answers) -> String {
    let fields = [
        ("strengths_family", "Rodzina"),
        ("strengths_members", "Członkowie rodziny"),
        ("strengths_surroundings", "Otoczenie"),
    ];
    let said = fields.into_iter().filter_map(|(key, whose)| {
        let words = assessed.raw(key).and_then(Value::text).map(str::trim).filter(|words| !words.is_empty())?;
        Some(format!("{whose}: {words}"))
    });
    said.collect::<Vec<_>>().join("\n")
}

/// The id of a row that follows from a paper: the same on every device that begins the plan from it.
fn row_id(paper: RecordId, number: u8) -> String {
    uuid::Uuid::from_u128(paper.0.as_u128().wrapping_add(number.into())).to_string()
}
