//! The papers that a step waits for, and what a person can do about them.

use crate::domain::{
    access::Role,
    documents::papers::{form_of, rights},
    procedure::{Facts, Hindrance, Life, Paper, Step},
};

/// What a person can do towards a step that follows from papers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Write the paper.
    Begin(Paper),
    /// Go on with one that is begun or was returned.
    GoOn(Paper),
    /// Decide about it.
    Decide(Paper),
}

impl Way {
    /// The paper.
    pub fn paper(self) -> Paper {
        match self {
            Way::Begin(paper) | Way::GoOn(paper) | Way::Decide(paper) => paper,
        }
    }

    /// The way to the papers that a step waits for, for people of this role.
    pub fn towards(step: &Step, facts: &Facts, role: Role) -> Vec<Way> {
        let mut ways: Vec<Way> = Vec::new();
        for way in wanted(step, facts).into_iter().filter(|way| way.is_open_to(role)) {
            let same = |other: &Way| are_one(other.paper(), way.paper());
            if !ways.iter().any(same) {
                ways.push(way);
            }
        }
        ways
    }

    fn is_open_to(self, role: Role) -> bool {
        let rights = rights::of(self.paper());
        let roles = if matches!(self, Way::Decide(_)) { rights.decide } else { rights.prepare };
        form_of(self.paper()).is_some() && roles.contains(&role)
    }
}

/// Are these one paper on the desk? A request and the allocation are, and a review and the periodic report;
/// the kinds of nr 3 share only their form.
pub fn are_one(one: Paper, other: Paper) -> bool {
    let pair = |first: Paper, second: Paper| [(one, other), (other, one)].contains(&(first, second));
    one == other || pair(Paper::Request, Paper::Allocation) || pair(Paper::Review, Paper::PeriodicReport)
}

/// The papers that the step waits for, whoever writes them.
fn wanted(step: &Step, facts: &Facts) -> Vec<Way> {
    let in_the_way: Vec<Way> = step.hindrances.iter().flat_map(|hindrance| of_hindrance(hindrance, facts)).collect();
    match in_the_way.is_empty() {
        false => in_the_way,
        // Nothing is in the way: a decision is waited for, or a paper that only this step is about.
        true => step.rule.papers.iter().filter_map(|paper| of_paper(*paper, facts)).collect(),
    }
}

fn of_hindrance(hindrance: &Hindrance, facts: &Facts) -> Vec<Way> {
    match hindrance {
        // The request becomes the allocation when the manager decides: there is no second paper to write.
        Hindrance::PaperMissing(Paper::Allocation) => of_paper(Paper::Allocation, facts).into_iter().collect(),
        Hindrance::PaperMissing(paper) => vec![Way::Begin(*paper)],
        Hindrance::PaperUnsigned(paper) | Hindrance::PaperReturned(paper) => vec![Way::GoOn(*paper)],
        Hindrance::PaperUnapproved(paper) => vec![Way::Decide(*paper)],
        Hindrance::NoneOf(papers) => papers.iter().filter_map(|paper| of_paper(*paper, facts)).collect(),
        _ => Vec::new(),
    }
}

fn of_paper(paper: Paper, facts: &Facts) -> Option<Way> {
    let life = match paper {
        Paper::Allocation => facts.life(paper).or_else(|| facts.life(Paper::Request)),
        _ => facts.life(paper),
    };
    match life {
        None => Some(Way::Begin(paper)),
        Some(Life::Draft | Life::Returned) => Some(Way::GoOn(paper)),
        Some(Life::Signed) => Some(Way::Decide(paper)),
        Some(Life::Approved) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        deadlines::Settings,
        documents::{
            RecordKind,
            case_card::{self, Stage},
        },
        form::Answers,
        procedure::{self, CaseNow, Transition},
        testing::{day, record},
    };

    fn steps_at(stage: Stage, facts: &Facts) -> Vec<Step> {
        let case = record(1, RecordKind::Case, Answers::default().with(case_card::STAGE, stage));
        procedure::steps(&CaseNow::of(case.id, &case.answers), facts, &Settings::default())
    }

    fn today() -> Facts {
        Facts::on(day("2026-11-22"))
    }

    #[test]
    fn a_step_that_follows_from_papers_leads_to_them() {
        use Way::*;
        let on = day("2026-11-20");
        let requested = today().with(Paper::Request, on, Life::Signed);
        let asked = today().with(Paper::ClosingRequest, on, Life::Signed);
        let returned = today().with(Paper::ClosingRequest, on, Life::Returned);
        let (worker, manager, assistant) = (Role::SocialWorker, Role::Manager, Role::Assistant);
        for (stage, facts, transition, role, ways) in [
            (Stage::Interview, today(), Transition::Request, worker, vec![Begin(Paper::Request)]),
            (Stage::Interview, today(), Transition::Request, manager, vec![]),
            (Stage::Requested, requested.clone(), Transition::Allocate, manager, vec![Decide(Paper::Allocation)]),
            (Stage::Requested, requested.clone(), Transition::Allocate, worker, vec![]),
            (Stage::Requested, requested, Transition::DoNotAllocate, manager, vec![Decide(Paper::Allocation)]),
            (Stage::Cooperation, today(), Transition::Extend, manager, vec![Begin(Paper::Extension)]),
            (Stage::Cooperation, today(), Transition::Review, assistant, vec![Begin(Paper::Review)]),
            (Stage::Cooperation, returned, Transition::RequestClosing, assistant, vec![GoOn(Paper::ClosingRequest)]),
            (
                Stage::ClosingRequested,
                asked.clone(),
                Transition::BeginMonitoring,
                manager,
                vec![Decide(Paper::ClosingRequest)],
            ),
            (Stage::ClosingRequested, asked, Transition::ReturnClosing, manager, vec![Decide(Paper::ClosingRequest)]),
            (Stage::HandedOver, today(), Transition::Meet, assistant, vec![]),
            (Stage::Planning, today(), Transition::Close, manager, vec![Begin(Paper::Note)]),
        ] {
            let steps = steps_at(stage, &facts);
            let step = steps.iter().find(|step| step.rule.transition == transition).unwrap();
            assert_eq!(Way::towards(step, &facts, role), ways, "{transition:?} {role:?}");
        }
    }

    #[test]
    fn consent_refusal_and_resignation_are_three_papers() {
        for (one, other, expected) in [
            (Paper::Note, Paper::Note, true),
            (Paper::Allocation, Paper::Request, true),
            (Paper::PeriodicReport, Paper::Review, true),
            (Paper::Consent, Paper::Refusal, false),
            (Paper::Request, Paper::Review, false),
        ] {
            assert_eq!(are_one(one, other), expected, "{one:?} {other:?}");
        }
    }
}
