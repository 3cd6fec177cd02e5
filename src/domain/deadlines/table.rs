//! D01–D22 of spec/domain.md 2.3, as data. "(I)" in a comment marks an inference of the specification
//! or of this file, to be confirmed by the office.

use super::{Code, During, Fulfil, Happening::*, Only, Rule, Scope, Severity, Term};
use crate::domain::access::Role::*;

/// Every term, in the order of the codes.
pub static RULES: &[Rule] = &[
    Rule::case(Code::D01, &[HelpPlanApproved], Fulfil::Ever(&[DocumentsReceived]), Term::Days(3))
        .by(&[SocialWorker])
        .warn(&[1])
        .local("procedura pkt 3"),
    Rule::case(Code::D02, &[DocumentsReceived], Fulfil::Ever(&[FamilyMet]), Term::Days(10))
        .warn(&[3])
        .local("procedura pkt 4"),
    Rule::case(Code::D03, &[CourtOrderKnown], Fulfil::Ever(&[FamilyMet]), Term::Days(5))
        .severity(Severity::First)
        .warn(&[2])
        .local("procedura pkt 5"),
    // Its warning is an inference: the procedure only says "optymalnie ok. miesiąca".
    Rule::case(Code::D04, &[Consent], Fulfil::Ever(&[PlanStarted]), Term::Months(1))
        .severity(Severity::Soft)
        .warn(&[7])
        .local("procedura pkt 10 ppkt 1"),
    Rule::case(Code::D05, &[PlanStarted, PeriodicAssessment], Fulfil::Next(&[PeriodicAssessment]), Term::Months(6))
        .severity(Severity::Hard)
        .warn(&[30, 14])
        .lapses(&[MonitoringStarted, CaseEnded])
        .statutory("art. 15 ust. 1 pkt 15 ustawy o wspieraniu rodziny"),
    // 14 days are an inference: the procedure says "za każdym razem".
    Rule::case(Code::D06, &[PeriodicAssessment, SituationChange], Fulfil::Since(&[PlanUpdated]), Term::Days(14))
        .only(Only::IfBefore(PlanStarted))
        .severity(Severity::Soft)
        .warn(&[3])
        .lapses(&[MonitoringStarted, CaseEnded])
        .local("procedura pkt 10 ppkt 1"),
    Rule::case(
        Code::D07,
        &[PlanStarted],
        Fulfil::Since(&[CooperationExtended, ClosingRequested, MonitoringStarted]),
        Term::Months(24),
    )
    .by(&[Manager, Assistant])
    .warn(&[60])
    .local("procedura pkt 10 ppkt 2"),
    Rule::case(Code::D07P, &[PlanStarted], Fulfil::Since(&[ClosingRequested, MonitoringStarted]), Term::Months(36))
        .only(Only::IfEver(CooperationExtended))
        .by(&[Manager, Assistant])
        .warn(&[60])
        .local("procedura pkt 10 ppkt 2"),
    // The least length (2 months) is a guard of the procedure, not a day; see `procedure::guard`.
    Rule::case(
        Code::D08,
        &[MonitoringStarted],
        Fulfil::Since(&[MonitoringEndRequested, ReopenRequested]),
        Term::Months(6),
    )
    .warn(&[14])
    .local("procedura pkt 10 ppkt 3"),
    Rule::office(Code::D09, Scope::Assistant, &[], &[MonthlyReport], Term::AfterMonth(5))
        .severity(Severity::Hard)
        .warn_after_period()
        .local("procedura pkt 11"),
    // The family has the seven days; after them the assistant tells the social worker.
    Rule::case(Code::D10, &[SituationChange], Fulfil::Same(&[WorkerInformed]), Term::Days(7))
        .warn(&[2])
        .outlives_the_case()
        .local("procedura pkt 12"),
    // Amber after 7 days, red after twice as many (I).
    Rule::case(Code::D11, &[Consent, VisitHeld], Fulfil::Next(&[VisitHeld]), Term::Days(7))
        .during(During::Visits)
        .local("procedura pkt 8"),
    // The agreed rhythm and seven days (3.11, I); the length here stands for a monthly rhythm.
    Rule::case(Code::D11M, &[MonitoringStarted, MonitoringContact], Fulfil::Next(&[MonitoringContact]), Term::Days(37))
        .during(During::Monitoring)
        .warn(&[7])
        .local("ustalenia z zał. 10, do potwierdzenia w ośrodku"),
    Rule::office(Code::D12, Scope::Assistant, &[], &[], Term::Families(15))
        .severity(Severity::Hard)
        .by(&[Manager])
        .statutory("art. 15 ust. 4 ustawy o wspieraniu rodziny"),
    Rule::case(Code::D13, &[CourtReportOrdered], Fulfil::Same(&[CourtReportSent]), Term::Stated { otherwise: None })
        .by(&[Assistant, Manager])
        .severity(Severity::Hard)
        .warn(&[14])
        .outlives_the_case()
        .statutory("art. 109 § 4 KRO"),
    // Without a day in the letter 14 days (I).
    Rule::case(
        Code::D14,
        &[CourtOpinionAsked],
        Fulfil::Same(&[CourtOpinionSent]),
        Term::Stated { otherwise: Some(14) },
    )
    .by(&[Assistant, Manager])
    .severity(Severity::Hard)
    .warn(&[14])
    .outlives_the_case()
    .local("art. 15 ust. 1 pkt 17 ustawy o wspieraniu rodziny"),
    Rule::case(Code::D15, &[ZzApplication], Fulfil::Ever(&[ZzAnswered]), Term::Days(14))
        .by(&[Manager])
        .warn(&[3])
        .local("art. 8 ustawy „Za życiem”, termin ośrodka"),
    Rule::case(Code::D15P, &[ZzApplication], Fulfil::Ever(&[ZzPassed]), Term::Days(2))
        .by(&[Manager])
        .warn(&[1])
        .local("art. 8 ustawy „Za życiem”, termin ośrodka"),
    Rule::case(Code::D16, &[BlueCardStarted], Fulfil::Same(&[BlueCardSent]), Term::WorkingDays(5))
        .by(&[Assistant, SocialWorker])
        .severity(Severity::Hard)
        .warn(&[2])
        .outlives_the_case()
        .discreet()
        .statutory("§ 7 rozporządzenia „Niebieskie Karty” (Dz.U. 2023 poz. 1870)"),
    Rule::case(
        Code::D17,
        &[ChildPlaced, ChildAssessed],
        Fulfil::NextSame(&[ChildAssessed]),
        Term::ByAge { under_three: 3, older: 6 },
    )
    .severity(Severity::Info)
    .warn(&[14])
    .lapses(&[ChildReturned, CaseEnded])
    .statutory("art. 130–131 ustawy o wspieraniu rodziny (obowiązek PCPR)"),
    Rule::office(Code::D18, Scope::Office, &[], &[StateReport], Term::AfterHalfYear(31))
        .by(&[Manager])
        .severity(Severity::Hard)
        .warn_after_period()
        .statutory("art. 176 pkt 6 ustawy o wspieraniu rodziny"),
    Rule::office(Code::D19, Scope::Office, &[], &[CouncilReport], Term::AfterYear { month: 3, day: 31 })
        .by(&[Manager])
        .severity(Severity::Hard)
        .warn(&[30])
        .statutory("art. 179 ust. 1 ustawy o wspieraniu rodziny"),
    Rule::office(Code::D20, Scope::Office, &[], &[ResourcesReport], Term::AfterYear { month: 4, day: 30 })
        .by(&[Manager])
        .severity(Severity::Hard)
        .warn(&[30])
        .statutory("art. 16a ust. 4 ustawy o pomocy społecznej"),
    // The regulation read (Dz.U. 2016 poz. 1406 § 2) was replaced since: to be verified.
    Rule::case(Code::D21, &[Referral], Fulfil::Ever(&[InterviewDone]), Term::WorkingDays(14))
        .by(&[SocialWorker])
        .severity(Severity::Info)
        .warn(&[3])
        .local("rozporządzenie o wywiadzie środowiskowym"),
    Rule::case(Code::D21P, &[UrgentReferral], Fulfil::Ever(&[InterviewDone]), Term::WorkingDays(2))
        .by(&[SocialWorker])
        .severity(Severity::Info)
        .warn(&[1])
        .local("rozporządzenie o wywiadzie środowiskowym"),
    Rule::office(Code::D22, Scope::Office, &[BreachFound], &[BreachReported], Term::Hours(72))
        .by(&[Dpo])
        .severity(Severity::First)
        .warn(&[3])
        .statutory("art. 33 RODO"),
];

/// The rule with this code.
pub fn rule(code: Code) -> &'static Rule {
    // Written in the order of the codes; a test holds it to that.
    &RULES[code as usize]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::deadlines::Warn;

    #[test]
    fn every_code_has_one_rule_in_its_place() {
        let codes: Vec<Code> = RULES.iter().map(|rule| rule.code).collect();
        assert_eq!(codes, Code::ALL);
        for code in Code::ALL {
            assert_eq!(rule(*code).code, *code);
        }
    }

    #[test]
    fn every_rule_is_whole() {
        for rule in RULES {
            assert!(!rule.source.is_empty(), "{:?} cites nothing", rule.code);
            assert!(!rule.who.is_empty(), "{:?} is nobody's", rule.code);
            assert!(rule.term.is_sensible(), "{:?}", rule.code);
            if let Warn::Before(days) = rule.warn {
                assert!(days.windows(2).all(|pair| pair[0] > pair[1]), "{:?}: the earliest warning first", rule.code);
            }
        }
    }

    /// The list of spec/domain.md 2.3, read by hand, and the three that the law sets beside it:
    /// the court's dates, the child in care, the breach of data.
    #[test]
    fn what_the_law_sets_is_marked() {
        use crate::domain::deadlines::Origin;
        let statutory: Vec<&str> =
            RULES.iter().filter(|rule| rule.origin == Origin::Statutory).map(|rule| rule.code.code()).collect();
        assert_eq!(statutory, ["D05", "D12", "D13", "D16", "D17", "D18", "D19", "D20", "D22"]);
    }
}
