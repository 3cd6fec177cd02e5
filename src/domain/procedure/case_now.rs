//! A case as the procedure sees it: what its card says, read once.

use crate::domain::{
    codes::Basis,
    documents::case_card::{self, CaseFlag, Stage},
    form::Answers,
    ids::{RecordId, UserId},
    order::set_of,
};
use chrono::NaiveDate;
use std::{collections::BTreeMap, collections::BTreeSet};

static EMPTY: Answers = Answers(BTreeMap::new());

/// A case; before the first step there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseNow<'a> {
    /// The record, once there is one.
    pub id: Option<RecordId>,
    /// The card itself.
    pub card: &'a Answers,
    /// Stage; nothing before the first step.
    pub stage: Option<Stage>,
    /// Flags.
    pub flags: BTreeSet<CaseFlag>,
    /// Grounds.
    pub basis: BTreeSet<Basis>,
    /// The assistant.
    pub assistant: Option<UserId>,
    /// The social worker.
    pub worker: Option<UserId>,
    /// Day of the referral.
    pub referred_on: Option<NaiveDate>,
    /// Day of the last periodic assessment.
    pub assessed_on: Option<NaiveDate>,
    /// Start of monitoring.
    pub monitoring_from: Option<NaiveDate>,
}

impl<'a> CaseNow<'a> {
    /// Reads the card.
    pub fn of(id: RecordId, card: &'a Answers) -> Self {
        Self {
            id: Some(id),
            card,
            stage: card.get(case_card::STAGE),
            flags: set_of(card.set_of(case_card::FLAGS)),
            basis: set_of(card.set_of(case_card::BASIS)),
            assistant: card.get(case_card::ASSISTANT),
            worker: card.get(case_card::WORKER),
            referred_on: card.get(case_card::REFERRED_ON),
            assessed_on: card.get(case_card::ASSESSED_ON),
            monitoring_from: card.get(case_card::MONITORING_FROM),
        }
    }

    /// There is no case yet: only a first step is possible.
    pub fn none() -> CaseNow<'static> {
        CaseNow {
            id: None,
            card: &EMPTY,
            stage: None,
            flags: BTreeSet::new(),
            basis: BTreeSet::new(),
            assistant: None,
            worker: None,
            referred_on: None,
            assessed_on: None,
            monitoring_from: None,
        }
    }

    /// The court ordered the cooperation (KRO art. 109 § 2 pkt 1).
    pub fn is_court_ordered(&self) -> bool {
        self.flags.contains(&CaseFlag::CourtOrdered) || self.basis.contains(&Basis::CourtOrder)
    }

    /// A child is in foster care, so the plan is made together with its coordinator.
    pub fn has_child_in_care(&self) -> bool {
        self.flags.contains(&CaseFlag::ChildInCare) || self.basis.contains(&Basis::ChildInCare)
    }

    /// The minor parent of art. 11 ust. 1a.
    pub fn is_minor_parent(&self) -> bool {
        self.flags.contains(&CaseFlag::MinorParent) || self.basis.contains(&Basis::MinorParent)
    }
}
