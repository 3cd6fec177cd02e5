//! The papers of the procedure beside those that have a screen of their own: one file each, and the closed
//! list of them. A new paper is one file, one line in [`form_of`] and one variant of [`Paper`].

pub mod alimony_opinion;
pub mod allocation;
pub mod approval;
pub mod assessment;
pub mod authorisation;
pub mod begin;
pub mod blue_card_log;
pub mod care_board;
pub mod closing_request;
pub mod computed;
pub mod consent;
pub mod consultation;
pub mod course;
pub mod court_paper;
#[cfg(test)]
mod coverage;
pub mod early_end;
pub mod extension;
pub mod family_card;
pub mod figure;
pub mod handover;
pub mod manager;
pub mod meeting;
pub mod mileage;
pub mod monitoring;
pub mod monitoring_end;
pub mod month;
pub mod monthly_report;
pub mod note;
pub mod outcome;
pub mod parts;
pub mod plan;
pub mod referral;
pub mod reopening;
pub mod review;
pub mod rights;
pub mod ruling;
#[cfg(test)]
pub(in crate::domain) mod sample_file;
pub mod substitution;
pub mod supporting_family;
#[cfg(test)]
pub mod testing;
pub mod timesheet;
pub mod traces;
pub mod training;
pub mod zz_application;
pub mod zz_authorisation;
pub mod zz_catalogue;
pub mod zz_request;

use crate::domain::{
    access::Role,
    documents::case_card::{CaseFlag, Stage},
    form::{Answers, Form, Problem},
    procedure::{Paper, papers_of},
};
use chrono::NaiveDate;
use std::collections::BTreeSet;

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
        Paper::Plan => &plan::FORM,
        Paper::Review | Paper::PeriodicReport => &review::FORM,
        Paper::ClosingRequest => &closing_request::FORM,
        Paper::Monitoring => &monitoring::FORM,
        Paper::MonitoringEnd => &monitoring_end::FORM,
        Paper::Reopening => &reopening::FORM,
        Paper::MonthlyReport => &monthly_report::FORM,
        Paper::Meeting => &meeting::FORM,
        Paper::Note => &note::FORM,
        Paper::Extension => &extension::FORM,
        Paper::CourtPaper => &court_paper::FORM,
        Paper::ZzApplication => &zz_application::FORM,
        Paper::ZzCatalogue => &zz_catalogue::FORM,
        Paper::ZzAuthorisation => &zz_authorisation::FORM,
        Paper::ZzRequest => &zz_request::FORM,
        Paper::Timesheet => &timesheet::FORM,
        Paper::Mileage => &mileage::FORM,
        Paper::SupportingFamily => &supporting_family::FORM,
        Paper::Substitution => &substitution::FORM,
        Paper::Authorisation => &authorisation::FORM,
        Paper::Training => &training::FORM,
        Paper::CareBoard => &care_board::FORM,
        Paper::AlimonyOpinion => &alimony_opinion::FORM,
        Paper::BlueCardLog => &blue_card_log::FORM,
        // Outside Asysta, or records with screens of their own.
        Paper::Interview | Paper::Entry | Paper::FamilyTasks => return None,
    })
}

/// The papers of a family that an assistant begins on the phone, offline. The periodic assessment is one record
/// for nr 7 and nr 15. Papers about an assistant's own work belong to no family.
pub const ON_PHONE: &[Paper] = &[
    Paper::Note,
    Paper::Consent,
    Paper::Refusal,
    Paper::Resignation,
    Paper::FamilyCard,
    Paper::Assessment,
    Paper::Meeting,
    Paper::Handover,
    Paper::Plan,
    Paper::Review,
    Paper::ClosingRequest,
    Paper::Monitoring,
    Paper::MonitoringEnd,
    Paper::Reopening,
    Paper::Extension,
    Paper::CourtPaper,
    Paper::SupportingFamily,
    Paper::CareBoard,
    Paper::AlimonyOpinion,
    Paper::BlueCardLog,
    Paper::ZzCatalogue,
    Paper::ZzAuthorisation,
    Paper::ZzRequest,
];

/// The papers of [`ON_PHONE`]: those that belong to the stage now, and the other ones.
pub fn offered_on_phone(stage: Stage, flags: &BTreeSet<CaseFlag>) -> (Vec<Paper>, Vec<Paper>) {
    let of_stage = papers_of(stage, flags);
    ON_PHONE.iter().partition(|paper| of_stage.contains(paper))
}

/// Papers about an assistant's own work, not about a family. They stand in the file of that work
/// ([`crate::domain::access::own_file`]).
pub const OWN_WORK: &[Paper] = &[Paper::MonthlyReport, Paper::Timesheet, Paper::Mileage, Paper::Training];

/// Papers that the manager writes about a person and not about a family: what is begun on that person's page.
/// Somebody stands in only for an assistant.
pub const fn about_person(role: Role) -> &'static [Paper] {
    match role {
        Role::Assistant => &[Paper::Authorisation, Paper::Substitution],
        _ => &[Paper::Authorisation],
    }
}

/// What a paper about a person says by the file that it stands in, so that nobody types it there.
pub const fn said_by_file(paper: Paper) -> &'static [&'static str] {
    const AUTHORISED: &[&str] = &[authorisation::USER.name()];
    const STOOD_IN_FOR: &[&str] = &[substitution::ABSENT.name(), substitution::SCOPE.name()];
    match paper {
        Paper::Authorisation => AUTHORISED,
        Paper::Substitution => STOOD_IN_FOR,
        _ => &[],
    }
}

/// The papers that are begun at the desk, by role: those about a family. The first paper of all, the referral,
/// is begun with the family itself.
pub const fn at_desk(role: Role) -> &'static [Paper] {
    match role {
        Role::SocialWorker => &[
            Paper::Request,
            Paper::Handover,
            Paper::Note,
            Paper::Meeting,
            Paper::SupportingFamily,
            Paper::Consent,
            Paper::Refusal,
            Paper::Resignation,
            Paper::ZzApplication,
            Paper::BlueCardLog,
        ],
        Role::Manager => &[Paper::Note, Paper::Substitution, Paper::ZzApplication],
        Role::Assistant | Role::SysAdmin | Role::Dpo => &[],
    }
}

/// Everything that stops or deserves a look when a paper is handed in: what its declaration says, and what a
/// table cannot say.
pub fn check(paper: Paper, form: &Form, answers: &Answers, today: NaiveDate) -> Vec<Problem> {
    let mut problems = form.check_on(answers, today);
    problems.extend(match paper {
        Paper::Consent | Paper::Refusal | Paper::Resignation => consent::check(answers, today),
        Paper::Assessment => assessment::check(answers, today),
        Paper::Plan => plan::check(answers, today),
        _ => Vec::new(),
    });
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_begun_at_the_desk_its_role_may_prepare_and_fill_in() {
        for role in [Role::SocialWorker, Role::Manager] {
            assert!(!at_desk(role).is_empty());
            for paper in at_desk(role) {
                assert!(rights::of(*paper).prepare.contains(&role), "{role:?} {paper:?}");
                assert!(form_of(*paper).is_some(), "{paper:?}");
            }
        }
    }

    #[test]
    fn the_phone_has_every_paper_of_a_family_that_assistants_prepare() {
        // One record with nr 7, and those about a person's own work.
        let elsewhere =
            [Paper::PeriodicReport, Paper::MonthlyReport, Paper::Timesheet, Paper::Mileage, Paper::Training];
        for paper in Paper::ALL {
            let prepares = form_of(*paper).is_some() && rights::of(*paper).prepare.contains(&Role::Assistant);
            assert_eq!(ON_PHONE.contains(paper), prepares && !elsewhere.contains(paper), "{paper:?}");
        }
    }

    #[test]
    fn what_belongs_to_the_stage_is_offered_first() {
        let now = |stage, flags: &[CaseFlag]| offered_on_phone(stage, &flags.iter().copied().collect()).0;
        assert_eq!(now(Stage::Planning, &[]), [Paper::Plan]);
        assert_eq!(now(Stage::Diagnosis, &[]), [Paper::FamilyCard, Paper::Assessment]);
        assert_eq!(now(Stage::Cooperation, &[]), [Paper::Review]);
        assert_eq!(now(Stage::Cooperation, &[CaseFlag::CourtOrdered]), [Paper::Review, Paper::CourtPaper]);
        assert_eq!(now(Stage::MonitoringEndRequested, &[]), [Paper::Monitoring, Paper::MonitoringEnd]);
        assert_eq!(now(Stage::Closed, &[]), []);
        let (now, others) = offered_on_phone(Stage::Planning, &BTreeSet::new());
        assert_eq!(now.len() + others.len(), ON_PHONE.len());
    }
}
