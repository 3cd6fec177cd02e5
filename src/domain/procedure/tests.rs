//! Every step × stage × role against a table written by hand from spec/domain.md 2.2, every guard, every
//! question, whole walks, and what holds for any walk.

mod matrix;
mod printed;
mod steps;
mod versions;
mod walks;

use super::*;
use crate::domain::{
    access::{Actor, Role},
    codes::Basis,
    deadlines::Settings,
    documents::case_card::{self, CaseFlag, Stage},
    form::Answers,
    ids::{OfficeId, RecordId, UserId},
};
use chrono::NaiveDate;
use uuid::Uuid;

const CASE: RecordId = RecordId(Uuid::from_u128(100));
const ALA: UserId = UserId(Uuid::from_u128(1));
const OLA: UserId = UserId(Uuid::from_u128(2));
const WORKER: UserId = UserId(Uuid::from_u128(3));

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today() -> NaiveDate {
    day("2026-11-23")
}

fn actor(role: Role) -> Actor {
    let user = match role {
        Role::Assistant => ALA,
        Role::SocialWorker => WORKER,
        Role::Manager | Role::SysAdmin | Role::Dpo => UserId(Uuid::from_u128(9)),
    };
    Actor { user, office: OfficeId(Uuid::from_u128(1)), role }
}

/// A card at a stage, with everything that the way to it may have written.
fn card(stage: Stage) -> Answers {
    let basis = if stage.is_za_zyciem() { Basis::ZaZyciem } else { Basis::MinorParent };
    let mut card = Answers::default()
        .with(case_card::STAGE, stage)
        .with(case_card::BASIS, [basis.code().to_owned()].into())
        .with(case_card::WORKER, WORKER)
        .with(case_card::REFERRED_ON, day("2026-01-10"));
    if stage.is_with_assistant() {
        card.put(case_card::ASSISTANT, ALA);
    }
    if stage.is_monitoring() {
        card.put(case_card::MONITORING_FROM, day("2026-06-01"));
    }
    card
}

/// Facts under which every step is possible.
fn everything() -> Facts {
    let mut facts = Facts::on(today());
    for paper in Paper::ALL {
        facts = facts.with(*paper, today(), Life::Approved);
    }
    Facts {
        load: Some(FamilyLoad::default()),
        documents_complete_on: Some(today()),
        met_on: Some(today()),
        worker_was_present: true,
        consent: Some(ConsentFacts { on: today(), by_carer: true }),
        plan: Some(PlanFacts {
            valid_from: Some(today()),
            goals: 2,
            coordinated: true,
            sent_to_pcpr: true,
            ..PlanFacts::default()
        }),
        ..facts
    }
}

/// Everything that any step may ask for.
fn answered(transition: Transition) -> Given {
    let closing = rule(transition).asks.iter().find_map(|ask| match ask {
        Ask::Closing(reasons) => reasons.first().copied(),
        _ => None,
    });
    Given {
        reason: "Uzasadnienie.".into(),
        assistant: Some(OLA),
        basis: [Basis::Difficulties].into(),
        months: Some(3),
        closing,
        ..Given::on(today())
    }
}

fn texts(hindrances: &[Hindrance]) -> Vec<String> {
    hindrances.iter().map(Hindrance::text).collect()
}

fn flagged(stage: Stage, flag: CaseFlag) -> Answers {
    card(stage).with(case_card::FLAGS, [flag.code().to_owned()].into())
}

fn usual() -> Settings {
    Settings::default()
}
