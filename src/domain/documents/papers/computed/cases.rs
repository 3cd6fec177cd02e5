//! What the family's card and its earlier cases say in nr 4 and nr 5.

use crate::domain::{
    around::contacts,
    documents::{
        case_card::{self, ClosingReason, Stage},
        family_card as card,
        papers::{
            assessment,
            begin::{Known, address},
            family_card,
            figure::Found,
        },
    },
    form::Cell,
    ids::RecordId,
    procedure::Paper,
    record::Record,
    words,
};
use chrono::NaiveDate;

pub(super) fn family_card(known: &Known<'_>, found: &mut Found) {
    as_the_card_says(known, found);
    roles(family_card::CHILDREN, known, found);
    let ended = known.cases.iter().filter(|case| is_over(case, known.case));
    let told: Vec<(String, RecordId)> = ended.map(|case| (period(case), case.id)).collect();
    let lines: Vec<&str> = told.iter().map(|(line, _)| line.as_str()).collect();
    let from: Vec<RecordId> = told.iter().map(|(_, case)| *case).collect();
    found.words("earlier_cases", &lines.join("\n"), 4000, &from);
}

/// Who the family is, how to reach them and who is around them: typed once, on the family's card.
fn as_the_card_says(known: &Known<'_>, found: &mut Found) {
    let Some(card) = known.card else { return };
    let (answers, from) = (&card.answers, [card.id]);
    found.words("family_address", &address(known), 300, &from);
    let phones = answers.rows(card::PHONES).into_iter().map(|row| answers.row(card::PHONES, &row));
    let phones: Vec<String> =
        phones.map(|cells| joined(&[cells.text(card::NUMBER), cells.text(card::WHOSE)], " – ")).collect();
    found.words("family_phones", &phones.join("; "), 300, &from);
    for member in &known.members {
        let row = (family_card::PEOPLE, member.id.as_str());
        let surname = answers.row(card::MEMBERS, &member.id).get(card::LAST_NAME).unwrap_or_default();
        found.words([row.0, row.1, "name"].join("/"), &joined(&[&member.first_name, &surname], " "), 160, &from);
        found.cell(row, "role", Some(member.role.write()), &from);
        found.cell(row, "born", member.born.map(Cell::write), &from);
        let lives = [card::MEMBERS, &member.id, card::CO_RESIDENT.name()].join("/");
        found.copy([row.0, row.1, "co_resident"].join("/"), Some(card), &lives);
    }
    let before = known.last_of_family(Paper::FamilyCard);
    let around: Vec<&Record> = [card].into_iter().chain(before).collect();
    for contact in contacts(&around) {
        let row = (family_card::PARTIES, contact.id.as_str());
        let at = |cell: &str| [row.0, row.1, cell].join("/");
        found.cell(row, "institution", Some(contact.institution.clone().write()), &from);
        found.words(at("name"), &contact.called(), 300, &from);
        found.words(at("phone"), &contact.phone, 40, &from);
        found.words(at("role"), &contact.does, 200, &from);
    }
}

fn joined(parts: &[&str], between: &str) -> String {
    parts.iter().copied().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
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
