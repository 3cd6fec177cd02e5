//! The papers of the act "Za życiem": the application leads to the catalogue, that to the authorisation, that
//! to the letter.

use super::{Known, beside::address};
use crate::domain::{
    documents::{
        case_card,
        family_card::{self, Member, PHONES},
        papers::{
            figure::Found,
            zz_authorisation,
            zz_catalogue::{Asks, Support, SupportStatus},
        },
    },
    form::{Answers, Cell, Key},
    ids::RecordId,
    order::set_of,
    procedure::Paper,
    record::Record,
    words::folded,
};

const PERSONS: &str = "persons";
const SUPPORTS: &str = "supports";

pub(super) fn application(known: &Known<'_>, found: &mut Found) {
    found.words("address", &address(known), 200, &known.card_id());
    let Some(card) = known.card else { return };
    if let Some(row) = card.answers.rows(PHONES).into_iter().next() {
        found.copy("phone", Some(card), &format!("{PHONES}/{row}/{}", family_card::NUMBER.name()));
    }
    let adults: Vec<&Member> = known.members.iter().filter(|member| !member.is_child()).collect();
    if let [only] = adults[..] {
        found.words("applicant", &full_name(only, card), 120, &[card.id]);
    }
}

pub(super) fn catalogue(answers: &Answers, known: &Known<'_>, found: &mut Found) {
    let (persons, of) = applicants(known);
    found.put(PERSONS, Some(set_of(persons).write()), &of);
    let children = known.members.iter().filter(|member| member.is_child());
    let youngest = children.filter_map(|child| child.born).max();
    for row in answers.rows(SUPPORTS) {
        if answers.row(SUPPORTS, &row).get(Key::new("kind")) == Some(Support::OneOff) {
            found.cell((SUPPORTS, &row), "born", youngest.map(Cell::write), &known.card_id());
        }
    }
}

pub(super) fn authorisation(known: &Known<'_>, found: &mut Found) {
    let (persons, of) = applicants(known);
    found.put(PERSONS, Some(set_of(persons).write()), &of);
    found.copy("assistant", known.case, case_card::ASSISTANT.name());
    found.known(zz_authorisation::GRANTED_ON.name(), known.today);
}

pub(super) fn request(known: &Known<'_>, found: &mut Found) {
    let papers = known.of_kinds(&[Paper::ZzAuthorisation]).into_iter().rev();
    let mut valid = papers.filter(|paper| paper.answers.get(zz_authorisation::REVOKED_ON).is_none());
    let authorisation = valid.next();
    found.copy(PERSONS, authorisation, PERSONS);
    found.copy("authorised_on", authorisation, zz_authorisation::GRANTED_ON.name());
    if let Some(catalogue) = known.last(&[Paper::ZzCatalogue]) {
        subject(catalogue, found);
    }
}

/// The first support that the assistant is to ask for and has not asked for yet.
fn subject(catalogue: &Record, found: &mut Found) {
    let rows = catalogue.answers.rows(SUPPORTS).into_iter().map(|row| catalogue.answers.row(SUPPORTS, &row));
    let mut open = rows.filter(|row| {
        row.get(Key::new("who")) == Some(Asks::Assistant)
            && row.get(Key::new("status")) == Some(SupportStatus::Possible)
    });
    let Some(row) = open.next() else { return };
    let what: String = row.get(Key::new("what")).unwrap_or_default();
    let kind = row.get::<Support>(Key::new("kind")).map(Support::label).unwrap_or_default();
    found.words("subject", if what.trim().is_empty() { kind } else { &what }, 160, &[catalogue.id]);
}

/// Members whom the application names; when none is found, the adults of the family.
fn applicants(known: &Known<'_>) -> (Vec<String>, Vec<RecordId>) {
    let adults: Vec<&Member> = known.members.iter().filter(|member| !member.is_child()).collect();
    let named = known.last(&[Paper::ZzApplication]).or_else(|| known.opening(Paper::ZzApplication));
    if let (Some(paper), Some(card)) = (named, known.card) {
        let applicant = folded(paper.answers.text(Key::new("applicant")).trim());
        let is_named = |member: &&&Member| folded(&full_name(member, card)) == applicant;
        let found: Vec<String> = adults.iter().filter(is_named).map(|member| member.id.clone()).collect();
        if !found.is_empty() {
            return (found, vec![paper.id, card.id]);
        }
    }
    (adults.iter().map(|member| member.id.clone()).collect(), known.card_id())
}

/// Given name and surname, the family's where the member's own is not noted.
fn full_name(member: &Member, card: &Record) -> String {
    let own = card.answers.row(family_card::MEMBERS, &member.id).get(family_card::LAST_NAME);
    let surname = own.filter(|name| !name.is_empty());
    let surname = surname.unwrap_or_else(|| card.answers.text(family_card::SURNAME).to_owned());
    format!("{} {surname}", member.first_name)
}
