//! Papers beside the path of a case: notes, meetings, letters; and what several papers begin with.

use super::Known;
use crate::domain::{
    around::contacts,
    codes::{Channel, ChildPlace, TaskStatus},
    documents::{
        case_card, family_card,
        papers::{
            figure::Found,
            form_of, meeting,
            note::{self, NoteKind},
        },
        visit_card::{self, VisitCard},
    },
    form::{Answers, Cell, Kind, Source},
    ids::RecordId,
    order::set_of,
    procedure::Paper,
    record::Record,
    signals::alarm,
};
use std::collections::BTreeSet;

/// The institution's code of the county centre.
const PCPR: &str = "PCPR";

/// Where the family lives, on one line.
pub(in super::super) fn address(known: &Known<'_>) -> String {
    let Some(card) = known.card else { return String::new() };
    let parts = [family_card::ADDRESS, family_card::LOCALITY].map(|key| card.answers.text(key).trim());
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// All members.
pub(super) fn persons(known: &Known<'_>) -> BTreeSet<String> {
    set_of(known.members.iter().map(|member| member.id.clone()))
}

/// What a person wrote in the last paper of this kind, to go on from there. Head, signatures and files are each
/// paper's own, and what is computed is computed anew.
pub(super) fn as_it_stood(before: Option<&Record>, paper: Paper, found: &mut Found) {
    let Some(before) = before else { return };
    let sections = form_of(paper).map(|form| form.sections).unwrap_or_default();
    for field in sections.iter().flat_map(|section| section.fields) {
        match field.kind {
            Kind::Signatures | Kind::Files { .. } => {}
            _ if field.source != Source::Entered => {}
            _ if field.kind.cells().is_some() => table(before, field.key, found),
            _ => found.copy(field.key, Some(before), field.key),
        }
    }
}

fn table(before: &Record, key: &str, found: &mut Found) {
    for row in before.answers.rows(key) {
        for cell in before.answers.row(key, &row).0.into_keys() {
            let path = format!("{key}/{row}/{cell}");
            found.copy(path.clone(), Some(before), &path);
        }
    }
}

pub(super) fn meeting(answers: &Answers, known: &Known<'_>, found: &mut Found) {
    match known.of_case(case_card::ASSISTANT) {
        Some(assistant) => found.put(meeting::CALLED_BY.name(), Some(assistant.write()), &known.case_id()),
        None => found.known(meeting::CALLED_BY.name(), known.by),
    }
    for row in answers.rows(meeting::DECISIONS) {
        let status = Some(TaskStatus::Set.write());
        found.cell((meeting::DECISIONS, &row), meeting::DECISION_STATUS.name(), status, &[]);
    }
}

/// An urgent entry asks for a note (3.8): what was written there is not written again.
pub(super) fn note(known: &Known<'_>, found: &mut Found) {
    let notes = known.sheets.iter().map(|sheet| sheet.record);
    let entries = known.entries.iter().map(|entry| entry.record);
    let Some(entry) = alarm::without_note(notes.chain(entries), known.today).first().copied() else { return };
    let Some(card) = VisitCard::read(&entry.answers) else { return };
    let (answers, of) = (&entry.answers, [entry.id]);
    found.put(note::HAPPENED_ON.name(), Some(card.date.write()), &of);
    found.put("happened_at", card.start.map(Cell::write), &of);
    found.put(note::KIND.name(), Some(NoteKind::ChildInDanger.write()), &of);
    found.put(note::URGENT.name(), Some(true.write()), &of);
    found.put(note::BELONGS_TO.name(), Some(set_of([entry.id.to_string()]).write()), &of);
    found.words("facts", answers.text(visit_card::URGENT_NOTE), 4000, &of);
    found.words("actions", &alarm::steps_words(answers), 4000, &of);
    for (step, at) in alarm::steps(answers) {
        let Some(who) = step.notifies() else { continue };
        let row = (note::NOTIFIED, step.code());
        found.cell(row, "who", Some(who.to_owned().write()), &of);
        found.cell(row, "on", Some(card.date.write()), &of);
        found.cell(row, "at", at.map(Cell::write), &of);
        // Whoever calls 112 does it by telephone; how the others were told only the person knows.
        found.cell(row, "channel", step.emergency_number().map(|_| Channel::Phone.write()), &of);
    }
}

/// Both papers for the county are about the children who are in care.
pub(super) fn children_in_care(known: &Known<'_>, found: &mut Found) {
    let in_care =
        known.members.iter().filter(|member| member.is_child() && member.stays.is_some_and(ChildPlace::is_care));
    let children = set_of(in_care.map(|child| child.id.clone()));
    found.put("children", Some(children.write()), &known.card_id());
}

pub(super) fn alimony_opinion(known: &Known<'_>, found: &mut Found) {
    children_in_care(known, found);
    let records: Vec<&Record> = known.card.into_iter().chain(known.last_of_family(Paper::FamilyCard)).collect();
    let Some(centre) = contacts(&records).into_iter().find(|contact| contact.institution == PCPR) else { return };
    let name = centre.called();
    let words = if name.is_empty() { PCPR.to_owned() } else { format!("{PCPR}, {name}") };
    let on_card = known.card.filter(|card| card.answers.rows(family_card::CONTACTS).contains(&centre.id));
    let from: Option<RecordId> = on_card.or(known.last_of_family(Paper::FamilyCard)).map(|record| record.id);
    found.words("recipient", &words, 160, from.as_slice());
}

pub(super) fn blue_card_log(known: &Known<'_>, found: &mut Found) {
    found.known("started_by", known.by);
    found.known("sent_by", known.by);
}
