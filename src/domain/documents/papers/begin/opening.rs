//! The papers that open a case: referral, nr 1, nr 2 and nr 3.

use super::{Known, beside::address};
use crate::domain::{
    codes::{Basis, Place, ReferralSource},
    documents::{
        case_card::{self, CaseFlag},
        family_card::{self, PHONES},
        papers::{
            allocation, authorisation,
            consent::{self, Capacity, Variant},
            figure::Found,
            referral, reopening, substitution,
        },
        visit_card,
    },
    form::{Answers, Cell},
    order::set_of,
    procedure::Paper,
};

pub(super) fn referral(known: &Known<'_>, found: &mut Found) {
    found.known(referral::INFORMED_ON.name(), known.today);
    for (field, key) in [
        (referral::FAMILY_NAME, family_card::SURNAME),
        (referral::LOCALITY, family_card::LOCALITY),
        (referral::ADDRESS, family_card::ADDRESS),
    ] {
        found.copy(field.name(), known.card, key.name());
    }
}

pub(super) fn allocation(known: &Known<'_>, found: &mut Found) {
    found.copy(allocation::INTERVIEW_ON.name(), known.case, case_card::INTERVIEW_ON.name());
    found.copy(allocation::BASIS.name(), known.case, case_card::BASIS.name());
    let referral = known.opening(Paper::Referral);
    for (field, key) in [
        (allocation::SOURCE.name(), referral::SOURCE.name()),
        ("court_sign", referral::COURT_SIGN.name()),
        ("court_date", referral::COURT_DATE.name()),
        (allocation::COURT_INFO_ON.name(), referral::COURT_INFO_ON.name()),
        (allocation::BASIS.name(), referral::BASIS.name()),
    ] {
        if !found.has(field) {
            found.copy(field, referral, key);
        }
    }
    if !found.has(allocation::COURT_INFO_ON.name()) {
        found.copy(allocation::COURT_INFO_ON.name(), known.case, case_card::COURT_INFO_ON.name());
    }
    if !found.has(allocation::SOURCE.name()) {
        za_zyciem_source(known, found);
    }
    let members = set_of(known.members.iter().map(|member| member.id.clone()));
    found.put(allocation::MEMBERS.name(), Some(members.write()), &known.card_id());
    found.known(allocation::REQUESTED_BY.name(), known.by);
    scope_of_reopening(known, found);
}

pub(super) fn substitution(known: &Known<'_>, found: &mut Found) {
    match known.person {
        None => found.copy(substitution::ABSENT.name(), known.case, case_card::ASSISTANT.name()),
        Some(person) => {
            found.known(substitution::ABSENT.name(), person);
            found.known(substitution::SCOPE.name(), substitution::Scope::All);
        }
    }
    found.known(substitution::STARTS_ON.name(), known.today);
}

/// Whom the file belongs to; what for, as it was the last time.
pub(super) fn authorisation(known: &Known<'_>, found: &mut Found) {
    if let Some(person) = known.person {
        found.known(authorisation::USER.name(), person);
    }
    let last = known.last_of_family(Paper::Authorisation);
    found.copy("purpose", last, "purpose");
}

/// Who applies under the act "Za życiem" writes an application and no referral.
fn za_zyciem_source(known: &Known<'_>, found: &mut Found) {
    let basis: Vec<Basis> = known.case.map(|case| case.answers.set_of(case_card::BASIS)).unwrap_or_default();
    if basis.contains(&Basis::ZaZyciem) {
        let application = known.opening(Paper::ZzApplication).map(|paper| paper.id);
        let from = application.map(|id| vec![id]).unwrap_or_else(|| known.case_id());
        found.put(allocation::SOURCE.name(), Some(ReferralSource::ZaZyciem.write()), &from);
    }
}

/// A case that takes an earlier one up again begins with what had grown worse there (nr 13).
fn scope_of_reopening(known: &Known<'_>, found: &mut Found) {
    if known.of_case(case_card::FOLLOWS).is_none() {
        return;
    }
    if let Some(report) = known.last_of_family(Paper::Reopening) {
        found.put("scope", Some(report.answers.rows(reopening::AREAS).write()), &[report.id]);
    }
}

pub(super) fn handover(known: &Known<'_>, found: &mut Found) {
    found.copy("from", known.case, case_card::WORKER.name());
    found.copy("to", known.case, case_card::ASSISTANT.name());
    found.known("sent_on", known.today);
    found.known("received_on", known.today);
    let Some(card) = known.card else { return };
    for row in card.answers.rows(PHONES) {
        for cell in [family_card::NUMBER, family_card::WHOSE, family_card::BEST_TIME] {
            let path = format!("{PHONES}/{row}/{}", cell.name());
            found.copy(format!("contacts/{row}/{}", cell.name()), Some(card), &path);
        }
    }
}

pub(super) fn consent(paper: Paper, answers: &Answers, known: &Known<'_>, found: &mut Found) {
    if let Some(variant) = Variant::of(paper) {
        found.known(consent::VARIANT.name(), variant);
    }
    if let Some(case) = known.case {
        let basis: Vec<Basis> = case.answers.set_of(case_card::BASIS);
        let ordered = known.is_flagged(CaseFlag::CourtOrdered) || basis.contains(&Basis::CourtOrder);
        found.put(consent::COURT_ORDERED.name(), Some(ordered.write()), &[case.id]);
    }
    found.copy(consent::WORKER.name(), known.case, case_card::WORKER.name());
    meeting(known, found);
    declarants(answers, known, found);
}

/// Where and when it was, as the work card has it.
fn meeting(known: &Known<'_>, found: &mut Found) {
    let Some(met) = known.met() else {
        found.known(consent::MEETING_DATE.name(), known.today);
        return;
    };
    let from = [met.record.id];
    found.put(consent::MEETING_DATE.name(), Some(met.card.date.write()), &from);
    let note = met.record.answers.text(visit_card::PLACE_NOTE);
    match met.record.answers.get(visit_card::PLACE) {
        _ if !note.trim().is_empty() => found.words("meeting_place", note, 200, &from),
        Some(Place::Home) if !address(known).is_empty() => {
            let from = [met.record.id].into_iter().chain(known.card_id()).collect::<Vec<_>>();
            found.words("meeting_place", &address(known), 200, &from);
        }
        Some(place) => found.words("meeting_place", place.label(), 200, &from),
        None => {}
    }
}

/// The adults who were at the meeting declare; each with the family's address.
fn declarants(answers: &Answers, known: &Known<'_>, found: &mut Found) {
    const TABLE: &str = "declarants";
    let met = known.met();
    let present: Vec<String> = met.map(|met| met.record.answers.set_of(visit_card::PRESENT)).unwrap_or_default();
    for adult in known.members.iter().filter(|member| !member.is_child() && present.contains(&member.id)) {
        let from: Vec<_> = met.map(|met| met.record.id).into_iter().chain(known.card_id()).collect();
        let row = (TABLE, adult.id.as_str());
        found.cell(row, "member", Some(set_of([adult.id.clone()]).write()), &from);
        if let Some(age) = adult.age(known.today) {
            let capacity = if age < 18 { Capacity::MinorParent } else { Capacity::Adult };
            found.cell(row, "capacity", Some(capacity.write()), &known.card_id());
        }
        found.cell(row, "address", Some(address(known).write()), &known.card_id());
    }
    for row in answers.rows(TABLE) {
        if !found.has(&format!("{TABLE}/{row}/address")) {
            found.cell((TABLE, &row), "address", Some(address(known).write()), &known.card_id());
        }
    }
}
