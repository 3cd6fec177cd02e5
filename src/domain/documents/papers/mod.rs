//! The papers of the procedure beside those that have a screen of their own: one file each, and the closed
//! list of them. A new paper is one file, one line in [`form_of`] and one variant of [`Paper`].

pub mod allocation;
pub mod assessment;
pub mod consent;
#[cfg(test)]
mod coverage;
pub mod family_card;
pub mod handover;
mod parts;
pub mod referral;
#[cfg(test)]
mod testing;

use crate::domain::{form::Form, procedure::Paper};

/// The declaration that a paper is filled in, checked, shown and printed by; nothing for those that are
/// other records ([`super::RecordKind`]) or stay outside Asysta.
pub fn form_of(paper: Paper) -> Option<&'static Form> {
    Some(match paper {
        Paper::Referral => &referral::FORM,
        Paper::Request | Paper::Allocation => &allocation::FORM,
        Paper::Handover => &handover::FORM,
        Paper::Consent | Paper::Refusal | Paper::Resignation => &consent::FORM,
        Paper::FamilyCard => &family_card::FORM,
        Paper::Assessment => &assessment::FORM,
        _ => return None,
    })
}
