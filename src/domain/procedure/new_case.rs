//! The card of a case that begins: fresh, or taking up an earlier one.

use super::{CaseNow, take::Given};
use crate::domain::{
    codes::Basis,
    documents::case_card::{self, CaseFlag, Stage},
    form::Answers,
    order::set_of,
};
use std::collections::BTreeSet;

/// Flags that a ground brings with it.
pub(super) fn flags_of(basis: &BTreeSet<Basis>) -> BTreeSet<CaseFlag> {
    set_of(basis.iter().filter_map(|basis| match basis {
        Basis::Difficulties => None,
        Basis::ChildInCare => Some(CaseFlag::ChildInCare),
        Basis::MinorParent => Some(CaseFlag::MinorParent),
        Basis::CourtOrder => Some(CaseFlag::CourtOrdered),
        Basis::ZaZyciem => Some(CaseFlag::ZaZyciem),
    }))
}

/// Writes grounds and flags as the card keeps them; an empty set of flags stays unwritten.
pub(super) fn put_grounds(card: &mut Answers, basis: &BTreeSet<Basis>, flags: &BTreeSet<CaseFlag>) {
    card.put(case_card::BASIS, set_of(basis.iter().map(|basis| basis.code().to_owned())));
    if !flags.is_empty() {
        card.put(case_card::FLAGS, set_of(flags.iter().map(|flag| flag.code().to_owned())));
    }
}

/// The card of the case that takes up an earlier one (S3 10.3: "uruchamia nową procedurę").
///
/// Grounds, lasting flags and the social worker come along; the members and the history stay with the
/// family and are reached through the link. The assistant does not: the cap is checked anew.
pub(super) fn following(case: &CaseNow<'_>, given: &Given) -> Answers {
    let basis = if given.basis.is_empty() { case.basis.clone() } else { given.basis.clone() };
    let mut flags = flags_of(&basis);
    flags.extend(case.flags.iter().copied().filter(|flag| is_lasting(*flag)));
    let mut card = Answers::default().with(case_card::STAGE, Stage::Referred).with(case_card::REFERRED_ON, given.on);
    put_grounds(&mut card, &basis, &flags);
    if let Some(worker) = case.worker {
        card.put(case_card::WORKER, worker);
    }
    if let Some(id) = case.id {
        card.put(case_card::FOLLOWS, id);
    }
    card
}

/// What describes the family and not one period of work with it.
fn is_lasting(flag: CaseFlag) -> bool {
    use CaseFlag::*;
    match flag {
        CourtOrdered | ChildInCare | MinorParent | BlueCard | Probation | SupportingFamily => true,
        ZaZyciem | Extended | Substitution | Suspended => false,
    }
}
