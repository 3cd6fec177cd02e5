//! The papers of the procedure beside those that have a screen of their own: one file each, and the closed
//! list of them. A new paper is one file, one line in [`form_of`] and one variant of [`Paper`].

pub mod closing_request;
#[cfg(test)]
mod coverage;
pub mod extension;
pub mod handover;
pub mod manager;
pub mod monitoring;
pub mod monitoring_end;
mod parts;
pub mod reopening;
pub mod review;
#[cfg(test)]
mod testing;

use crate::domain::{form::Form, procedure::Paper};

/// The declaration that a paper is filled in, checked, shown and printed by; nothing for those that are
/// other records ([`super::RecordKind`]) or stay outside Asysta.
pub fn form_of(paper: Paper) -> Option<&'static Form> {
    Some(match paper {
        Paper::Handover => &handover::FORM,
        Paper::Review | Paper::PeriodicReport => &review::FORM,
        Paper::ClosingRequest => &closing_request::FORM,
        Paper::Monitoring => &monitoring::FORM,
        Paper::MonitoringEnd => &monitoring_end::FORM,
        Paper::Reopening => &reopening::FORM,
        Paper::Extension => &extension::FORM,
        _ => return None,
    })
}
