//! The guards: what each of them asks of the case and its papers.

use super::{Ask, CaseNow, Caution, Facts, Guard, Hindrance, Life, Paper, PlanFacts, Rule, Transition};
use crate::domain::{
    calendar::add_months,
    deadlines::Settings,
    documents::case_card::{CaseFlag, Stage},
};
use chrono::NaiveDate;

/// Everything that is in the way of a step, its stage and its author left aside.
pub(super) fn hindrances(rule: &Rule, case: &CaseNow<'_>, facts: &Facts, settings: &Settings) -> Vec<Hindrance> {
    let mut found = Vec::new();
    for guard in rule.guards {
        check(guard, rule, case, facts, settings, &mut found);
    }
    found
}

fn check(
    guard: &Guard,
    rule: &Rule,
    case: &CaseNow<'_>,
    facts: &Facts,
    settings: &Settings,
    found: &mut Vec<Hindrance>,
) {
    let mut unless = |holds: bool, hindrance: Hindrance| {
        if !holds {
            found.push(hindrance);
        }
    };
    match *guard {
        Guard::NoOtherCase => unless(!facts.other_open_case, Hindrance::OtherOpenCase),
        Guard::MinorParent => unless(case.is_minor_parent(), Hindrance::NotMinorParent),
        Guard::ThereIs(paper) => unless(facts.life(paper).is_some(), Hindrance::PaperMissing(paper)),
        Guard::Signed(paper) => found.extend(unsigned(paper, facts)),
        Guard::SignedAnew(paper) => found.extend(stale(paper, case, facts).or_else(|| unsigned(paper, facts))),
        Guard::Approved(paper) => found.extend(unapproved(paper, facts)),
        Guard::OneOf(papers) => {
            unless(papers.iter().any(|paper| unsigned(*paper, facts).is_none()), Hindrance::NoneOf(papers));
        }
        Guard::Consent => found.extend(no_consent(case, facts)),
        Guard::PlanWhole => plan_gaps(case, facts.plan.unwrap_or_default(), found),
        // A plan that is not even signed is `Signed`'s to complain about.
        Guard::PlanApproved => unless(
            !settings.manager_approves_plan() || facts.life(Paper::Plan) != Some(Life::Signed),
            Hindrance::PaperUnapproved(Paper::Plan),
        ),
        Guard::NotExtended => unless(!case.flags.contains(&CaseFlag::Extended), Hindrance::AlreadyExtended),
        Guard::TasksClosed => unless(facts.open_tasks == 0, Hindrance::OpenTasks(facts.open_tasks)),
        Guard::Cap => found.extend(facts.load.and_then(|load| load.takes(goal(rule, case)?, settings).err())),
    }
}

/// The stage that the step leads to.
fn goal(rule: &Rule, case: &CaseNow<'_>) -> Option<Stage> {
    rule.leads_to(case.stage)
}

fn unsigned(paper: Paper, facts: &Facts) -> Option<Hindrance> {
    match facts.life(paper) {
        None => Some(Hindrance::PaperMissing(paper)),
        Some(Life::Draft) => Some(Hindrance::PaperUnsigned(paper)),
        Some(Life::Returned) => Some(Hindrance::PaperReturned(paper)),
        Some(Life::Signed | Life::Approved) => None,
    }
}

fn unapproved(paper: Paper, facts: &Facts) -> Option<Hindrance> {
    match facts.life(paper) {
        Some(Life::Approved) => None,
        Some(Life::Signed) => Some(Hindrance::PaperUnapproved(paper)),
        Some(Life::Draft | Life::Returned) | None => unsigned(paper, facts),
    }
}

/// The paper of the last assessment does not serve for the next.
fn stale(paper: Paper, case: &CaseNow<'_>, facts: &Facts) -> Option<Hindrance> {
    let (fact, last) = (facts.papers.get(&paper)?, case.assessed_on?);
    (fact.on <= last).then_some(Hindrance::PaperMissing(paper))
}

fn no_consent(case: &CaseNow<'_>, facts: &Facts) -> Option<Hindrance> {
    match facts.consent {
        Some(consent) if consent.by_carer => None,
        // Under an order the work goes on, and the court is told (S3 5).
        _ if case.is_court_ordered() => None,
        Some(_) => Some(Hindrance::ConsentNotByCarer),
        None => Some(Hindrance::PaperMissing(Paper::Consent)),
    }
}

fn plan_gaps(case: &CaseNow<'_>, plan: PlanFacts, found: &mut Vec<Hindrance>) {
    let in_care = case.has_child_in_care();
    let gaps = [
        (plan.goals == 0, Hindrance::NoGoals),
        (plan.goals_without_action > 0, Hindrance::GoalsWithoutAction(plan.goals_without_action)),
        (plan.actions_without_term > 0, Hindrance::ActionsWithoutTerm(plan.actions_without_term)),
        (plan.actions_without_effect > 0, Hindrance::ActionsWithoutEffect(plan.actions_without_effect)),
        (in_care && !plan.coordinated, Hindrance::PlanNotCoordinated),
        (in_care && !plan.sent_to_pcpr, Hindrance::PlanNotSent),
    ];
    found.extend(gaps.into_iter().filter(|(is_gap, _)| *is_gap).map(|(_, hindrance)| hindrance));
}

/// What is worth a second look before this step.
pub(super) fn cautions(rule: &Rule, case: &CaseNow<'_>, facts: &Facts, settings: &Settings) -> Vec<Caution> {
    let mut found = Vec::new();
    for guard in rule.guards {
        match guard {
            Guard::Cap => {
                let near = facts.load.and_then(|load| load.takes(goal(rule, case)?, settings).ok()?);
                found.extend(near);
            }
            Guard::Consent if !facts.consent.is_some_and(|consent| consent.by_carer) && case.is_court_ordered() => {
                found.push(Caution::NoConsentUnderOrder);
            }
            _ => {}
        }
    }
    let min = settings.monitoring_min_months();
    if rule.asks.contains(&Ask::ReasonIfShort) && is_short(case, min, facts.today) {
        found.push(Caution::MonitoringShort(min));
    }
    match rule.transition {
        Transition::HandOver if facts.documents_complete_on.is_none() => found.push(Caution::DocumentsIncomplete),
        Transition::BeginDiagnosis | Transition::Refuse if !facts.worker_was_present => {
            found.push(Caution::WorkerAbsent);
        }
        Transition::CoordinateZz if unsigned(Paper::ZzAuthorisation, facts).is_some() => {
            found.push(Caution::NoAuthorisation);
        }
        _ => {}
    }
    found
}

/// Has monitoring lasted less than the office wants?
pub(super) fn is_short(case: &CaseNow<'_>, min: u32, on: NaiveDate) -> bool {
    case.monitoring_from.is_some_and(|from| on < add_months(from, min))
}
