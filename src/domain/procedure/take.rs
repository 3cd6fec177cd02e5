//! Taking a step: what it writes into the case card and what follows from it.

use super::{
    Ask, CaseNow, Caution, Duty, Effect, EndOf, Facts, Hindrance, Life, Paper, Rule, Transition, cautions,
    duties_at_end,
    guard::{self, is_short},
    may,
    new_case::{flags_of, following, put_grounds},
    rule,
};
use crate::domain::{
    access::{Actor, Role},
    calendar::add_months,
    change::{Edit, edits_between},
    codes::Basis,
    deadlines::Settings,
    documents::case_card::{self, CaseFlag, ClosingReason, Stage},
    form::Answers,
    ids::{RecordId, UserId},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What the person says with a step. [`Ask`] tells what a step wants; the rest is left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// The day of the step.
    pub on: NaiveDate,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The assistant who gets the family.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assistant: Option<UserId>,
    /// The social worker of a new case, when it is not the one who opens it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worker: Option<UserId>,
    /// Grounds of a new case.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub basis: BTreeSet<Basis>,
    /// Day of the information about the court's order, when it is not the day of the referral.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub court_info_on: Option<NaiveDate>,
    /// Day of the approval of the plan of help, when it is not the day of the allocation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help_plan_on: Option<NaiveDate>,
    /// Why the case ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closing: Option<ClosingReason>,
    /// Months of monitoring.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub months: Option<u32>,
    /// New last day of monitoring, when the manager prolongs it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// The ended case of the same family that a new case takes up again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows: Option<RecordId>,
}

impl Given {
    /// Only the day.
    pub fn on(on: NaiveDate) -> Self {
        Self {
            on,
            reason: String::new(),
            assistant: None,
            worker: None,
            basis: BTreeSet::new(),
            court_info_on: None,
            help_plan_on: None,
            closing: None,
            months: None,
            until: None,
            follows: None,
        }
    }
}

/// The card of a case that begins with this step; the caller gives it an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCase(pub Answers);

/// What a step brings about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The stage now.
    pub stage: Stage,
    /// What changes on the case card.
    pub edits: BTreeMap<String, Edit>,
    /// Who owes what because of it; each becomes a task.
    pub duties: Vec<Duty>,
    /// What deserved a second look.
    pub cautions: Vec<Caution>,
    /// The case that begins.
    pub new_case: Option<NewCase>,
}

/// Takes a step.
///
/// # Errors
/// Everything that is in the way, as [`may`] says it, and then everything that the step asks for and does
/// not get.
pub fn take(
    case: &CaseNow<'_>,
    transition: Transition,
    actor: &Actor,
    given: &Given,
    facts: &Facts,
    settings: &Settings,
) -> Result<Taken, Vec<Hindrance>> {
    may(case, transition, actor, facts, settings)?;
    take_of_itself(case, transition, actor, given, facts, settings)
}

/// Takes a step that follows from a paper, whoever wrote it: their right to hand it in or to decide about it was
/// checked with the paper.
///
/// # Errors
/// What the guards say, and what the step asks for and does not get.
pub(super) fn take_of_itself(
    case: &CaseNow<'_>,
    transition: Transition,
    actor: &Actor,
    given: &Given,
    facts: &Facts,
    settings: &Settings,
) -> Result<Taken, Vec<Hindrance>> {
    let rule = rule(transition);
    let hindrances = guard::hindrances(rule, case, facts, settings);
    if !hindrances.is_empty() {
        return Err(hindrances);
    }
    let missing = missing(rule, case, given, facts, settings);
    if !missing.is_empty() {
        return Err(missing);
    }
    let Some(stage) = rule.leads_to(case.stage) else { return Err(vec![Hindrance::WrongStage(case.stage)]) };
    let mut card = case.card.clone();
    card.put(case_card::STAGE, stage);
    let mut taken = Taken {
        stage,
        edits: BTreeMap::new(),
        duties: Vec::new(),
        cautions: cautions(case, transition, facts, settings),
        new_case: None,
    };
    for effect in rule.effects {
        write(effect, case, actor, given, facts, &mut card, &mut taken);
    }
    note(&mut card, transition, given.on, &taken.duties);
    taken.edits = edits_between(case.card, &card);
    Ok(taken)
}

/// Writes the step into the case's own journal, and what is owed because of it.
fn note(card: &mut Answers, transition: Transition, on: NaiveDate, duties: &[Duty]) {
    // In the order of the rows: a case takes some dozens of steps at most.
    let row = format!("{:03}", card.rows(case_card::STEPS).len() + 1);
    let step = Answers::default().with(case_card::STEP, transition).with(case_card::STEP_ON, on);
    card.put_row(case_card::STEPS, &row, step);
    for duty in duties {
        let owed = Answers::default().with(case_card::DUTY_WHAT, *duty).with(case_card::DUTY_SINCE, on);
        card.put_row(case_card::DUTIES, &[&row, "-", duty.code()].concat(), owed);
    }
}

/// What the step asks for and does not get.
fn missing(rule: &Rule, case: &CaseNow<'_>, given: &Given, facts: &Facts, settings: &Settings) -> Vec<Hindrance> {
    let mut missing = Vec::new();
    if given.on > facts.today {
        missing.push(Hindrance::InFuture);
    }
    if let Some(began) = case.referred_on.filter(|began| given.on < *began) {
        missing.push(Hindrance::BeforeCase(began));
    }
    for ask in rule.asks {
        missing.extend(unanswered(ask, case, given, facts, settings));
    }
    missing
}

fn unanswered(ask: &Ask, case: &CaseNow<'_>, given: &Given, facts: &Facts, settings: &Settings) -> Option<Hindrance> {
    let is_silent = given.reason.trim().is_empty();
    let (min, max) = (settings.monitoring_min_months(), settings.monitoring_max_months());
    match *ask {
        Ask::Reason => is_silent.then_some(Hindrance::ReasonMissing),
        Ask::ReasonIfShort => {
            (is_silent && is_short(case, min, given.on)).then_some(Hindrance::MonitoringTooShort(min))
        }
        Ask::Assistant => match given.assistant {
            None => Some(Hindrance::AssistantMissing),
            Some(assistant) if case.assistant == Some(assistant) => Some(Hindrance::SameAssistant),
            Some(_) => facts.load.is_none().then_some(Hindrance::LoadUnknown),
        },
        Ask::Basis if given.basis.is_empty() => Some(Hindrance::BasisMissing),
        Ask::Basis => given.basis.contains(&Basis::ZaZyciem).then_some(Hindrance::WrongBasis),
        Ask::Closing(reasons) => wrong_reason(reasons, given, is_silent, facts),
        Ask::Months => {
            let fits = given.months.is_some_and(|months| (min..=max).contains(&months));
            (!fits).then_some(Hindrance::MonitoringLength { min, max })
        }
    }
}

fn wrong_reason(reasons: &[ClosingReason], given: &Given, is_silent: bool, facts: &Facts) -> Option<Hindrance> {
    let Some(reason) = given.closing else { return Some(Hindrance::ClosingReasonMissing) };
    if !reasons.contains(&reason) {
        return Some(Hindrance::WrongClosingReason(reason));
    }
    let resigned = facts.life(Paper::Resignation).is_some_and(|life| matches!(life, Life::Signed | Life::Approved));
    match reason {
        // "pisemne oświadczenie": without it the family just does not cooperate (S3 14).
        ClosingReason::Resignation if !resigned => Some(Hindrance::PaperMissing(Paper::Resignation)),
        ClosingReason::Other if is_silent => Some(Hindrance::ReasonMissing),
        _ => None,
    }
}

fn write(
    effect: &Effect,
    case: &CaseNow<'_>,
    actor: &Actor,
    given: &Given,
    facts: &Facts,
    card: &mut Answers,
    taken: &mut Taken,
) {
    match *effect {
        Effect::Day(key) => card.put(key, given.on),
        Effect::Clear(key) => card.set_raw(key.name(), None),
        Effect::Flag(flag) => put_flag(card, flag),
        Effect::Opening => open(card, &given.basis, actor, given),
        Effect::OpeningZz => open(card, &BTreeSet::from([Basis::ZaZyciem]), actor, given),
        Effect::Assistant => put_some(card, case_card::ASSISTANT, given.assistant),
        Effect::HelpPlan => card.put(case_card::HELP_PLAN_ON, given.help_plan_on.unwrap_or(given.on)),
        Effect::Received => put_some(card, case_card::RECEIVED_ON, facts.documents_complete_on),
        Effect::Met => put_some(card, case_card::MET_ON, facts.met_on),
        Effect::Consent => match facts.consent.filter(|consent| consent.by_carer) {
            Some(consent) => card.put(case_card::CONSENT_ON, consent.on),
            None => taken.duties.push(Duty::NotifyCourt),
        },
        Effect::PlanFrom => {
            let from = facts.plan.and_then(|plan| plan.valid_from).unwrap_or(given.on);
            card.put(case_card::PLAN_FROM, from);
        }
        Effect::Monitoring => {
            card.put(case_card::MONITORING_FROM, given.on);
            put_some(card, case_card::MONITORING_TO, given.months.map(|months| add_months(given.on, months)));
        }
        Effect::Until => put_some(card, case_card::MONITORING_TO, given.until),
        Effect::EndUnbegun => end(card, given, None),
        Effect::End(reason) => {
            let reason = reason.or(given.closing);
            end(card, given, reason);
            if let (Some(reason), Some(stage)) = (reason, case.stage) {
                taken.duties.extend(duties_at_end(reason, EndOf::stage(stage), case.is_court_ordered()));
            }
        }
        Effect::Owe(duty) => taken.duties.push(duty),
        Effect::NewCase => {
            // "inne" needs words, and these are always the same.
            card.put(case_card::CLOSING_NOTE, "Dalsza praca w nowej sprawie.".to_owned());
            taken.new_case = Some(NewCase(following(case, given)));
        }
    }
}

fn open(card: &mut Answers, basis: &BTreeSet<Basis>, actor: &Actor, given: &Given) {
    put_grounds(card, basis, &flags_of(basis));
    let opener = (actor.role == Role::SocialWorker).then_some(actor.user);
    put_some(card, case_card::WORKER, given.worker.or(opener));
    put_some(card, case_card::FOLLOWS, given.follows);
    if basis.contains(&Basis::CourtOrder) {
        card.put(case_card::COURT_INFO_ON, given.court_info_on.unwrap_or(given.on));
    }
}

fn end(card: &mut Answers, given: &Given, reason: Option<ClosingReason>) {
    card.put(case_card::ENDED_ON, given.on);
    put_some(card, case_card::CLOSING_REASON, reason);
    if !given.reason.trim().is_empty() {
        card.put(case_card::CLOSING_NOTE, given.reason.trim().to_owned());
    }
}

fn put_flag(card: &mut Answers, flag: CaseFlag) {
    let mut flags = card.get(case_card::FLAGS).unwrap_or_default();
    flags.insert(flag.code().to_owned());
    card.put(case_card::FLAGS, flags);
}

fn put_some<T: crate::domain::form::Cell>(card: &mut Answers, key: crate::domain::form::Key<T>, answer: Option<T>) {
    if let Some(answer) = answer {
        card.put(key, answer);
    }
}
