//! What the family's card and its earlier cases say in nr 4 and nr 5.

use crate::domain::{
    documents::{
        case_card::{self, ClosingReason, Stage},
        papers::{assessment, begin::Known, family_card, figure::Found},
    },
    form::Cell,
    ids::RecordId,
    record::Record,
    words,
};
use chrono::NaiveDate;

pub(super) fn family_card(known: &Known<'_>, found: &mut Found) {
    roles(family_card::CHILDREN, known, found);
    let ended = known.cases.iter().filter(|case| is_over(case, known.case));
    let told: Vec<(String, RecordId)> = ended.map(|case| (period(case), case.id)).collect();
    let lines: Vec<&str> = told.iter().map(|(line, _)| line.as_str()).collect();
    let from: Vec<RecordId> = told.iter().map(|(_, case)| *case).collect();
    found.words("earlier_cases", &lines.join("\n"), 4000, &from);
}

pub(super) fn assessment(known: &Known<'_>, found: &mut Found) {
    roles(assessment::CHILDREN, known, found);
    roles("children_health", known, found);
}

/// A child that is not born yet is asked about less.
fn roles(table: &str, known: &Known<'_>, found: &mut Found) {
    for child in known.members.iter().filter(|member| member.is_child()) {
        found.cell((table, &child.id), "role", Some(child.role.write()), &known.card_id());
    }
}

fn is_over(case: &Record, current: Option<&Record>) -> bool {
    current.is_none_or(|current| current.id != case.id)
        && case.answers.get(case_card::STAGE).is_some_and(Stage::is_ended)
}

/// "od 3 lutego 2024 do 5 marca 2025: osiągnięcie celów planu".
fn period(case: &Record) -> String {
    let day = |keys: &[crate::domain::form::Key<NaiveDate>]| keys.iter().find_map(|key| case.answers.get(*key));
    let from = day(&[case_card::CONSENT_ON, case_card::ALLOCATED_ON, case_card::REFERRED_ON]);
    let from = from.map(|day| format!("od {} ", words::date(day))).unwrap_or_default();
    let to = day(&[case_card::ENDED_ON]).map(|day| format!("do {}", words::date(day))).unwrap_or_default();
    let reason = case.answers.get(case_card::CLOSING_REASON).map(ClosingReason::label);
    let reason = reason.or_else(|| case.answers.get(case_card::STAGE).map(Stage::label)).unwrap_or_default();
    format!("{}: {reason}", format!("{from}{to}").trim())
}
