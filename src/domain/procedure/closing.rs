//! How a case ends: reasons and what each of them entails (spec/domain.md 2.4, 2.5).

use crate::domain::{
    access::Role,
    documents::case_card::{ClosingReason, Stage},
    form::choices,
};
choices! {
    /// What somebody owes because of a step; it becomes their task.
    Duty {
        NotifyCourt = "NOTIFY_COURT", "zawiadom sąd";
        /// Yes or no, and why: the manager decides (S3 6).
        DecideCourtNotice = "DECIDE_COURT_NOTICE", "zdecyduj, czy zawiadomić sąd (tak lub nie, z uzasadnieniem)";
        ReportToCourt = "REPORT_TO_COURT", "złóż sądowi sprawozdanie";
        ControlVisits = "CONTROL_VISITS", "zaplanuj wizyty kontrolne w rodzinie";
        HandOverToOtherOffice = "HAND_OVER_OFFICE", "przekaż sprawę ośrodkowi w nowym miejscu zamieszkania";
        InformWorker = "INFORM_WORKER", "poinformuj pracownika socjalnego o nowej procedurze";
        WriteFamilyCard = "WRITE_FAMILY_CARD", "uzupełnij kartę informacyjną rodziny (zał. 4)";
        UpdatePlan = "UPDATE_PLAN", "wprowadź zmiany do planu pracy (zał. 6)";
        AnswerApplication = "ANSWER_APPLICATION", "odpowiedz na piśmie na wniosek „Za życiem”";
        ContinueSocialWork = "CONTINUE_SOCIAL_WORK", "prowadź dalej pracę socjalną";
        /// An entry said "pilne" (3.8): somebody in the office says that they know.
        KnowOfAlarm = "KNOW_OF_ALARM", "przyjmij do wiadomości pilny sygnał z karty pracy";
        /// Decided at a meeting (nr 16); whose it is and what it is stands with it.
        MeetingDecision = "MEETING_DECISION", "wykonaj ustalenie spotkania interdyscyplinarnego";
    }
}

impl Duty {
    /// Whose task it is.
    pub fn who(self) -> Role {
        match self {
            Duty::NotifyCourt
            | Duty::DecideCourtNotice
            | Duty::HandOverToOtherOffice
            | Duty::InformWorker
            | Duty::KnowOfAlarm
            | Duty::AnswerApplication => Role::Manager,
            Duty::ControlVisits | Duty::ContinueSocialWork => Role::SocialWorker,
            Duty::ReportToCourt | Duty::WriteFamilyCard | Duty::UpdatePlan | Duty::MeetingDecision => Role::Assistant,
        }
    }

    /// May somebody of this role settle it, when it is those people's? Of an alarm the family's social worker may
    /// know as well as the manager.
    pub fn is_settled_by(self, whose: Role, role: Role) -> bool {
        whose == role || (self == Duty::KnowOfAlarm && role == Role::SocialWorker)
    }
}

/// Must the court hear of it (2.4, 2.5)?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CourtNotice {
    /// No.
    None,
    /// The manager decides, and says why (S3 6; art. 8 ust. 3).
    ManagerDecides,
    /// Yes (S3 5, 14).
    Required,
    /// The court that ordered the assistance gets a report.
    Report,
}

/// In which part of the procedure a case ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndOf {
    /// The work with the family.
    Work,
    /// Before the first meeting, or in monitoring.
    Outside,
    /// The path "Za życiem", on the person's own application.
    ZaZyciem,
}

impl EndOf {
    /// By the stage that is left.
    pub fn stage(stage: Stage) -> Self {
        match stage {
            stage if stage.is_za_zyciem() => EndOf::ZaZyciem,
            stage if stage.is_work() => EndOf::Work,
            _ => EndOf::Outside,
        }
    }
}

/// Must the court hear that a case ends for this reason?
///
/// S3 14 is unconditional about resignation and lack of cooperation, and speaks of work that had begun; outside
/// of it the rule of the first meeting holds (2.4, I). "As needed" of a change of method (`NO_EFFECT`) is read
/// as the manager's decision. What 2.5 marks "no" or "–" is no duty, also under an order; a manager may always
/// write to the court. Whoever applied "Za życiem" may stop without anybody being told (I).
pub fn court_notice(reason: ClosingReason, end: EndOf, is_ordered: bool) -> CourtNotice {
    use ClosingReason::*;
    match (reason, end, is_ordered) {
        (_, EndOf::ZaZyciem, _) => CourtNotice::None,
        (Resignation | NoCooperation, EndOf::Work, _) => CourtNotice::Required,
        (Resignation | NoCooperation | RefusedAtStart, _, true) => CourtNotice::Required,
        (Resignation | NoCooperation | RefusedAtStart, _, false) | (NoEffect, ..) => CourtNotice::ManagerDecides,
        (GoalsAchieved, _, true) => CourtNotice::Report,
        (GoalsAchieved, _, false) => CourtNotice::None,
        (Moved | ChildrenAdultOrNone | ParentalRightsRemoved | CourtLifted | Death | Other, ..) => CourtNotice::None,
    }
}

/// What people owe when a case ends for this reason.
pub fn duties_at_end(reason: ClosingReason, end: EndOf, is_ordered: bool) -> Vec<Duty> {
    use ClosingReason::*;
    let mut duties = Vec::new();
    match court_notice(reason, end, is_ordered) {
        CourtNotice::None => {}
        CourtNotice::ManagerDecides => duties.push(Duty::DecideCourtNotice),
        CourtNotice::Required => duties.push(Duty::NotifyCourt),
        CourtNotice::Report => duties.push(Duty::ReportToCourt),
    }
    match reason {
        Resignation | NoCooperation | RefusedAtStart if end != EndOf::ZaZyciem => duties.push(Duty::ControlVisits),
        Moved => duties.push(Duty::HandOverToOtherOffice),
        _ => {}
    }
    duties
}

/// Reasons to close the work with a family without monitoring ("any 7–12 → CLOSED", 2.2).
pub const WORK_ENDS: &[ClosingReason] = &[
    ClosingReason::Resignation,
    ClosingReason::NoCooperation,
    ClosingReason::Moved,
    ClosingReason::NoEffect,
    ClosingReason::ChildrenAdultOrNone,
    ClosingReason::ParentalRightsRemoved,
    ClosingReason::CourtLifted,
    ClosingReason::Death,
    ClosingReason::Other,
];

/// Reasons that come from outside and may end a case at any stage (I): a family that moved away before
/// the first meeting must not stay on an assistant's list for ever. A method cannot have failed before
/// the work began, so `NO_EFFECT` is not among them.
pub const EARLY_ENDS: &[ClosingReason] = &[
    ClosingReason::Resignation,
    ClosingReason::NoCooperation,
    ClosingReason::Moved,
    ClosingReason::ChildrenAdultOrNone,
    ClosingReason::ParentalRightsRemoved,
    ClosingReason::CourtLifted,
    ClosingReason::Death,
    ClosingReason::Other,
];

/// Reasons to end a case "Za życiem" (I). Nobody asks for a consent there: the person applied.
pub const ZZ_ENDS: &[ClosingReason] = &[
    ClosingReason::GoalsAchieved,
    ClosingReason::Resignation,
    ClosingReason::NoCooperation,
    ClosingReason::Moved,
    ClosingReason::NoEffect,
    ClosingReason::ChildrenAdultOrNone,
    ClosingReason::ParentalRightsRemoved,
    ClosingReason::Death,
    ClosingReason::Other,
];

impl ClosingReason {
    /// Does monitoring come between the work and the end (2.5)?
    pub fn has_monitoring(self) -> bool {
        self == ClosingReason::GoalsAchieved
    }
}

impl Stage {
    /// The work with the family is under way (states 7–12 of 2.1 without the refusal).
    pub fn is_work(self) -> bool {
        use Stage::*;
        matches!(self, FirstMeeting | Diagnosis | Planning | Cooperation | ClosingRequested)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ClosingReason::*;
    use CourtNotice::{ManagerDecides, Report, Required};

    #[test]
    fn the_court_hears_what_the_procedure_says() {
        // 2.4 and 2.5, read by hand: reason, without an order, under an order.
        for (reason, free, ordered) in [
            (GoalsAchieved, CourtNotice::None, Report),
            (Resignation, Required, Required),
            (NoCooperation, Required, Required),
            (Moved, CourtNotice::None, CourtNotice::None),
            (RefusedAtStart, ManagerDecides, Required),
            (NoEffect, ManagerDecides, ManagerDecides),
            (ChildrenAdultOrNone, CourtNotice::None, CourtNotice::None),
            (ParentalRightsRemoved, CourtNotice::None, CourtNotice::None),
            (CourtLifted, CourtNotice::None, CourtNotice::None),
            (Death, CourtNotice::None, CourtNotice::None),
            (Other, CourtNotice::None, CourtNotice::None),
        ] {
            assert_eq!(court_notice(reason, EndOf::Work, false), free, "{reason:?}");
            assert_eq!(court_notice(reason, EndOf::Work, true), ordered, "{reason:?}");
            for is_ordered in [false, true] {
                assert_eq!(court_notice(reason, EndOf::ZaZyciem, is_ordered), CourtNotice::None);
            }
        }
        assert_eq!(court_notice(NoCooperation, EndOf::Outside, false), ManagerDecides);
        assert_eq!(court_notice(NoCooperation, EndOf::Outside, true), Required);
    }

    #[test]
    fn after_a_refusal_the_social_worker_looks_in() {
        let duties = |reason, is_ordered| duties_at_end(reason, EndOf::Work, is_ordered);
        assert_eq!(duties(RefusedAtStart, false), [Duty::DecideCourtNotice, Duty::ControlVisits]);
        assert_eq!(duties(RefusedAtStart, true), [Duty::NotifyCourt, Duty::ControlVisits]);
        assert_eq!(duties(Resignation, false), [Duty::NotifyCourt, Duty::ControlVisits]);
        assert_eq!(duties(Moved, false), [Duty::HandOverToOtherOffice]);
        assert_eq!(duties(GoalsAchieved, true), [Duty::ReportToCourt]);
        assert!(duties(GoalsAchieved, false).is_empty());
        assert!(duties_at_end(Resignation, EndOf::ZaZyciem, false).is_empty());
    }

    #[test]
    fn every_reason_has_a_step_that_gives_it() {
        for reason in ClosingReason::ALL {
            let given = WORK_ENDS.contains(reason) || matches!(reason, GoalsAchieved | RefusedAtStart);
            assert!(given, "{reason:?}");
        }
        assert!(EARLY_ENDS.iter().all(|reason| WORK_ENDS.contains(reason)));
    }
}
