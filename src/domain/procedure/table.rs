//! Every step of spec/domain.md 2.2 and 2.6, as data.
//!
//! "Do potwierdzenia w ośrodku" marks an inference (tag I of the specification). Not in 2.2 and added here:
//! T20 (nr 12 may be declined, 3.12), T25 (a family may move away before the first meeting), T26 (another
//! assistant), Z05 and Z06 (2.6 g).

use super::{
    Ask, Duty, EARLY_ENDS,
    Effect::{self, *},
    Guard::{self, *},
    Paper, Rule, Transition, WORK_ENDS, ZZ_ENDS,
};
use crate::domain::{
    access::Role::{self, Assistant as AR, Manager as K, SocialWorker as PS},
    deadlines::Code::*,
    documents::case_card::{self as card, CaseFlag, ClosingReason, Stage},
};

/// kierownik
const MANAGER: &[Role] = &[K];
/// pracownik socjalny
const WORKER: &[Role] = &[PS];
/// asystent rodziny
const ASSISTANT: &[Role] = &[AR];

/// What an allocation writes, by whichever way it came.
const ALLOCATION: &[Effect] = &[Day(card::ALLOCATED_ON), Effect::Assistant, HelpPlan];

/// The steps in the order of their codes.
pub static RULES: &[Rule] = &[
    Rule::first(Transition::Refer, Stage::Referred, WORKER)
        .papers(&[Paper::Referral])
        .guards(&[NoOtherCase])
        .asks(&[Ask::Basis])
        .effects(&[Day(card::REFERRED_ON), Opening])
        .starts(&[D21])
        .source("art. 11 ust. 1; procedura pkt 1, 5"),
    Rule::step(Transition::Interview, &[Stage::Referred], Stage::Interview, WORKER)
        .papers(&[Paper::Interview])
        .effects(&[Day(card::INTERVIEW_ON)])
        .source("art. 11 ust. 1"),
    Rule::step(Transition::Request, &[Stage::Interview], Stage::Requested, WORKER)
        .papers(&[Paper::Request])
        .guards(&[Signed(Paper::Request)])
        .effects(&[Day(card::REQUESTED_ON)])
        .source("art. 11 ust. 3; procedura pkt 1"),
    Rule::step(Transition::AllocateDirectly, &[Stage::Interview], Stage::Allocated, MANAGER)
        .papers(&[Paper::Allocation])
        .guards(&[MinorParent, Signed(Paper::Allocation), Cap])
        .asks(&[Ask::Assistant])
        .effects(ALLOCATION)
        .starts(&[D01])
        .source("art. 11 ust. 1a, art. 15 ust. 4"),
    Rule::step(Transition::DoNotAllocate, &[Stage::Requested], Stage::NotAllocated, MANAGER)
        .papers(&[Paper::Allocation])
        .asks(&[Ask::Reason])
        .effects(&[EndUnbegun, Owe(Duty::ContinueSocialWork)])
        .source("do potwierdzenia w ośrodku"),
    Rule::step(Transition::Allocate, &[Stage::Requested], Stage::Allocated, MANAGER)
        .papers(&[Paper::Allocation])
        .guards(&[Signed(Paper::Allocation), Cap])
        .asks(&[Ask::Assistant])
        .effects(ALLOCATION)
        .starts(&[D01])
        .source("art. 11 ust. 4, art. 15 ust. 4; procedura pkt 2, 13"),
    Rule::step(Transition::HandOver, &[Stage::Allocated], Stage::HandedOver, WORKER)
        .papers(&[Paper::Handover])
        .guards(&[Signed(Paper::Handover)])
        .effects(&[Received])
        .starts(&[D02])
        .source("procedura pkt 3"),
    // The meeting is under way, not behind us: an entry about a try is enough to come here, and only a
    // meeting that was held ends D02 and D03 (8.2, R06).
    Rule::step(Transition::Meet, &[Stage::HandedOver], Stage::FirstMeeting, &[AR, PS])
        .papers(&[Paper::Entry])
        .guards(&[ThereIs(Paper::Entry)])
        .effects(&[Met])
        .source("procedura pkt 4–6"),
    Rule::step(Transition::BeginDiagnosis, &[Stage::FirstMeeting], Stage::Diagnosis, ASSISTANT)
        .papers(&[Paper::Consent, Paper::FamilyCard])
        .guards(&[Guard::Consent])
        .effects(&[Met, Effect::Consent, Owe(Duty::WriteFamilyCard)])
        .starts(&[D04, D11])
        .source("art. 8 ust. 3; procedura pkt 5–7"),
    Rule::step(Transition::Refuse, &[Stage::FirstMeeting], Stage::Refused, ASSISTANT)
        .papers(&[Paper::Refusal, Paper::Note])
        .guards(&[Signed(Paper::Refusal), Signed(Paper::Note)])
        .effects(&[Met, End(Some(ClosingReason::RefusedAtStart))])
        .source("procedura pkt 6"),
    // "Nr 3 (consent) then nr 4": the card follows the consent, so it is asked for at the end of the diagnosis.
    Rule::step(Transition::BeginPlanning, &[Stage::Diagnosis], Stage::Planning, ASSISTANT)
        .papers(&[Paper::Assessment])
        .guards(&[Signed(Paper::FamilyCard), Signed(Paper::Assessment)])
        .source("procedura pkt 7, 10 ppkt 1"),
    // Where the manager approves the plan, their approval may take the step itself (I).
    Rule::step(Transition::BeginCooperation, &[Stage::Planning], Stage::Cooperation, &[AR, K])
        .papers(&[Paper::Plan])
        .guards(&[Signed(Paper::Plan), PlanWhole, PlanApproved])
        .effects(&[PlanFrom])
        .starts(&[D05, D07])
        .source("art. 15 ust. 1 pkt 1–2, ust. 3, art. 38a ust. 1 pkt 8; procedura pkt 10 ppkt 1"),
    Rule::stay(Transition::Review, &[Stage::Cooperation], ASSISTANT)
        .papers(&[Paper::Review, Paper::PeriodicReport, Paper::Plan])
        .guards(&[SignedAnew(Paper::Review), SignedAnew(Paper::PeriodicReport)])
        .effects(&[Day(card::ASSESSED_ON), Owe(Duty::UpdatePlan)])
        .starts(&[D05, D06])
        .source("art. 15 ust. 1 pkt 15; procedura pkt 10 ppkt 1, 11"),
    Rule::stay(Transition::Extend, &[Stage::Cooperation], MANAGER)
        .papers(&[Paper::Extension])
        .guards(&[NotExtended])
        .asks(&[Ask::Reason])
        .effects(&[Day(card::EXTENDED_ON), Flag(CaseFlag::Extended)])
        .starts(&[D07P])
        .source("procedura pkt 10 ppkt 2"),
    Rule::step(Transition::RequestClosing, &[Stage::Cooperation], Stage::ClosingRequested, ASSISTANT)
        .papers(&[Paper::ClosingRequest])
        .guards(&[Signed(Paper::ClosingRequest)])
        .effects(&[Day(card::CLOSING_REQUESTED_ON)])
        .source("procedura pkt 10 ppkt 2–3"),
    Rule::step(Transition::BeginMonitoring, &[Stage::ClosingRequested], Stage::Monitoring, MANAGER)
        .papers(&[Paper::ClosingRequest])
        .guards(&[Approved(Paper::ClosingRequest)])
        .asks(&[Ask::Months])
        .effects(&[Monitoring])
        .starts(&[D08, D11M])
        .source("art. 15 ust. 1 pkt 16; procedura pkt 10 ppkt 3"),
    Rule::step(Transition::ReturnClosing, &[Stage::ClosingRequested], Stage::Cooperation, MANAGER)
        .papers(&[Paper::ClosingRequest])
        .asks(&[Ask::Reason])
        .effects(&[Clear(card::CLOSING_REQUESTED_ON)])
        .source("do potwierdzenia w ośrodku"),
    Rule::step(Transition::RequestMonitoringEnd, &[Stage::Monitoring], Stage::MonitoringEndRequested, ASSISTANT)
        .papers(&[Paper::Monitoring, Paper::MonitoringEnd])
        .guards(&[Signed(Paper::Monitoring), Signed(Paper::MonitoringEnd), TasksClosed])
        .asks(&[Ask::ReasonIfShort])
        .effects(&[Day(card::MONITORING_END_REQUESTED_ON)])
        .source("procedura pkt 10 ppkt 3"),
    Rule::step(Transition::EndMonitoring, &[Stage::MonitoringEndRequested], Stage::Closed, MANAGER)
        .papers(&[Paper::MonitoringEnd])
        .guards(&[Approved(Paper::MonitoringEnd)])
        .effects(&[End(Some(ClosingReason::GoalsAchieved))])
        .source("procedura pkt 10 ppkt 3"),
    Rule::step(Transition::ReturnMonitoringEnd, &[Stage::MonitoringEndRequested], Stage::Monitoring, MANAGER)
        .papers(&[Paper::MonitoringEnd])
        .asks(&[Ask::Reason])
        .effects(&[Clear(card::MONITORING_END_REQUESTED_ON), Until])
        .source("do potwierdzenia w ośrodku (zał. 12 może wrócić)"),
    Rule::step(Transition::RequestReopening, &[Stage::Monitoring], Stage::ReopenRequested, ASSISTANT)
        .papers(&[Paper::Reopening])
        .guards(&[Signed(Paper::Reopening)])
        .effects(&[Day(card::REOPEN_REQUESTED_ON)])
        .source("procedura pkt 10 ppkt 3"),
    Rule::step(Transition::Reopen, &[Stage::ReopenRequested], Stage::Closed, MANAGER)
        .papers(&[Paper::Reopening])
        .guards(&[NoOtherCase, Approved(Paper::Reopening)])
        .effects(&[End(Some(ClosingReason::Other)), Owe(Duty::InformWorker), NewCase])
        .starts(&[D21])
        .source("procedura pkt 10 ppkt 3"),
    Rule::step(Transition::RejectReopening, &[Stage::ReopenRequested], Stage::Monitoring, MANAGER)
        .papers(&[Paper::Reopening])
        .asks(&[Ask::Reason])
        .effects(&[Clear(card::REOPEN_REQUESTED_ON)])
        .source("do potwierdzenia w ośrodku"),
    Rule::step(
        Transition::Close,
        &[Stage::FirstMeeting, Stage::Diagnosis, Stage::Planning, Stage::Cooperation, Stage::ClosingRequested],
        Stage::Closed,
        MANAGER,
    )
    .papers(&[Paper::Resignation, Paper::Note, Paper::ClosingRequest])
    .guards(&[OneOf(&[Paper::Resignation, Paper::Note, Paper::ClosingRequest])])
    .asks(&[Ask::Closing(WORK_ENDS)])
    .effects(&[End(None)])
    .source("procedura pkt 14"),
    Rule::step(
        Transition::CloseEarly,
        &[
            Stage::Referred,
            Stage::Interview,
            Stage::Requested,
            Stage::Allocated,
            Stage::HandedOver,
            Stage::Monitoring,
            Stage::MonitoringEndRequested,
            Stage::ReopenRequested,
        ],
        Stage::Closed,
        MANAGER,
    )
    .papers(&[Paper::Resignation, Paper::Note])
    .guards(&[OneOf(&[Paper::Resignation, Paper::Note])])
    .asks(&[Ask::Closing(EARLY_ENDS)])
    .effects(&[End(None)])
    .source("do potwierdzenia w ośrodku (jak procedura pkt 14)"),
    Rule::stay(
        Transition::ChangeAssistant,
        &[
            Stage::Allocated,
            Stage::HandedOver,
            Stage::FirstMeeting,
            Stage::Diagnosis,
            Stage::Planning,
            Stage::Cooperation,
            Stage::ClosingRequested,
            Stage::Monitoring,
            Stage::MonitoringEndRequested,
            Stage::ReopenRequested,
            Stage::ZzAllocated,
            Stage::ZzCatalogue,
            Stage::ZzCoordination,
        ],
        MANAGER,
    )
    .papers(&[Paper::Allocation])
    .guards(&[Cap])
    .asks(&[Ask::Assistant, Ask::Reason])
    .effects(&[Effect::Assistant])
    .source("do potwierdzenia w ośrodku (art. 11 ust. 4, art. 15 ust. 4)"),
    Rule::first(Transition::ApplyZz, Stage::ZzRequested, &[K, PS])
        .papers(&[Paper::ZzApplication])
        .guards(&[NoOtherCase])
        .effects(&[Day(card::REFERRED_ON), OpeningZz, Owe(Duty::AnswerApplication)])
        .starts(&[D15, D15P])
        .source("art. 8 ust. 1–2, 7 ustawy „Za życiem”"),
    Rule::step(Transition::AllocateZz, &[Stage::ZzRequested], Stage::ZzAllocated, MANAGER)
        .papers(&[Paper::ZzApplication, Paper::Allocation])
        .guards(&[Signed(Paper::ZzApplication), Cap])
        .asks(&[Ask::Assistant])
        .effects(&[Day(card::ALLOCATED_ON), Effect::Assistant])
        .source("art. 8 ust. 6 ustawy „Za życiem”, art. 15 ust. 4"),
    Rule::step(Transition::MeetZz, &[Stage::ZzAllocated], Stage::ZzCatalogue, ASSISTANT)
        .papers(&[Paper::Entry])
        .guards(&[ThereIs(Paper::Entry)])
        .effects(&[Met])
        .source("art. 8 ust. 3 ustawy „Za życiem”"),
    Rule::step(Transition::CoordinateZz, &[Stage::ZzCatalogue], Stage::ZzCoordination, ASSISTANT)
        .papers(&[Paper::ZzCatalogue, Paper::ZzAuthorisation])
        .guards(&[Signed(Paper::ZzCatalogue)])
        .source("art. 8 ust. 3–5 ustawy „Za życiem”"),
    Rule::step(
        Transition::CloseZz,
        &[Stage::ZzRequested, Stage::ZzAllocated, Stage::ZzCatalogue, Stage::ZzCoordination],
        Stage::Closed,
        MANAGER,
    )
    .papers(&[Paper::Resignation, Paper::Note])
    .guards(&[OneOf(&[Paper::Resignation, Paper::Note])])
    .asks(&[Ask::Closing(ZZ_ENDS)])
    .effects(&[End(None)])
    .source("do potwierdzenia w ośrodku"),
    Rule::step(
        Transition::ConvertZz,
        &[Stage::ZzAllocated, Stage::ZzCatalogue, Stage::ZzCoordination],
        Stage::Closed,
        MANAGER,
    )
    .papers(&[Paper::Note])
    .guards(&[NoOtherCase, Signed(Paper::Note)])
    .asks(&[Ask::Basis])
    .effects(&[End(Some(ClosingReason::Other)), Owe(Duty::InformWorker), NewCase])
    .starts(&[D21])
    .source("do potwierdzenia w ośrodku (przez zwykłe zgłoszenie i wywiad)"),
];

/// The rule of this step.
pub fn rule(transition: Transition) -> &'static Rule {
    // Written in the order of the codes; a test holds it to that.
    &RULES[transition as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_has_one_rule_in_its_place() {
        let steps: Vec<Transition> = RULES.iter().map(|rule| rule.transition).collect();
        assert_eq!(steps, Transition::ALL);
        assert!(RULES.iter().all(|rule| !rule.source.is_empty() && !rule.who.is_empty() && !rule.papers.is_empty()));
    }
}
