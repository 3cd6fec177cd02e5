//! What is possible now, for whom, and what is in the way.

use super::{CaseNow, Caution, Facts, Hindrance, RULES, Rule, Start, Transition, guard, rule};
use crate::domain::{
    access::{Actor, Role},
    deadlines::Settings,
    documents::case_card::Stage,
};

/// A step that leads away from where a case is.
#[derive(Clone)]
pub struct Step {
    /// What it is: where it leads, which papers carry it, what it asks for.
    pub rule: &'static Rule,
    /// What is in the way; nothing when it can be taken.
    pub hindrances: Vec<Hindrance>,
    /// What is worth a second look.
    pub cautions: Vec<Caution>,
}

impl Step {
    /// Can it be taken now?
    pub fn is_open(&self) -> bool {
        self.hindrances.is_empty()
    }
}

/// May this person take this step now? What the step asks for is checked by [`super::take`].
///
/// # Errors
/// Everything that is in the way. A wrong stage or role stands alone: the rest would only confuse.
pub fn may(
    case: &CaseNow<'_>,
    transition: Transition,
    actor: &Actor,
    facts: &Facts,
    settings: &Settings,
) -> Result<(), Vec<Hindrance>> {
    let rule = rule(transition);
    if let Some(hindrance) = wrong_stage(rule, case.stage).or_else(|| not_theirs(rule, case, actor)) {
        return Err(vec![hindrance]);
    }
    let hindrances = guard::hindrances(rule, case, facts, settings);
    if hindrances.is_empty() { Ok(()) } else { Err(hindrances) }
}

/// What is worth a second look before this step; nothing of it stops anybody.
pub fn cautions(case: &CaseNow<'_>, transition: Transition, facts: &Facts, settings: &Settings) -> Vec<Caution> {
    guard::cautions(rule(transition), case, facts, settings)
}

/// The steps that people of this role take from here, possible or hindered.
pub fn open_to(case: &CaseNow<'_>, role: Role, facts: &Facts, settings: &Settings) -> Vec<Step> {
    let mut steps = steps(case, facts, settings);
    steps.retain(|step| step.rule.who.contains(&role));
    steps
}

/// All steps from here, whoever takes them: what the case waits for.
pub fn steps(case: &CaseNow<'_>, facts: &Facts, settings: &Settings) -> Vec<Step> {
    let here = RULES.iter().filter(|rule| rule.leaves(case.stage));
    here.map(|rule| Step {
        rule,
        hindrances: guard::hindrances(rule, case, facts, settings),
        cautions: guard::cautions(rule, case, facts, settings),
    })
    .collect()
}

fn wrong_stage(rule: &Rule, stage: Option<Stage>) -> Option<Hindrance> {
    if rule.leaves(stage) {
        return None;
    }
    Some(match stage {
        Some(stage) if stage.is_ended() => Hindrance::Ended,
        Some(_) if rule.from == Start::Nothing => Hindrance::OtherOpenCase,
        stage => Hindrance::WrongStage(stage),
    })
}

/// An assistant steps for their own families, a social worker for those of their area.
fn not_theirs(rule: &Rule, case: &CaseNow<'_>, actor: &Actor) -> Option<Hindrance> {
    if !rule.who.contains(&actor.role) {
        return Some(Hindrance::NotYourRole(rule.who));
    }
    let is_theirs = match actor.role {
        Role::Assistant => case.assistant == Some(actor.user),
        Role::SocialWorker => case.worker.is_none_or(|worker| worker == actor.user),
        Role::Manager | Role::SysAdmin | Role::Dpo => true,
    };
    (!is_theirs).then_some(Hindrance::NotYours)
}
