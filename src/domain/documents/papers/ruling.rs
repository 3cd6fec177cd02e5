//! What a manager's decision comes to: granted, declined, or sent back to be completed. The words differ from
//! paper to paper, the procedure asks only this.

use super::{
    allocation, approval, closing_request,
    course::{LIFE, PAPER},
    extension, monitoring_end, reopening,
};
use crate::domain::{
    form::Answers,
    procedure::{Life, Paper},
};

/// What a decision comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// What the paper asks for may happen.
    Grants,
    /// It may not; the paper is settled.
    Declines,
    /// It waits for another office or body; the paper is settled and nothing follows from it here.
    PassesOn,
    /// It goes back to its author.
    SendsBack,
}

impl Ruling {
    /// How far the paper has come with it.
    pub fn life(self) -> Life {
        match self {
            Ruling::Grants | Ruling::Declines | Ruling::PassesOn => Life::Approved,
            Ruling::SendsBack => Life::Returned,
        }
    }
}

/// What the fields of the decision say; nothing for papers that are only approved or returned, and before
/// anything was decided.
pub fn said(paper: Paper, answers: &Answers) -> Option<Ruling> {
    use Ruling::*;
    Some(match paper {
        Paper::Request | Paper::Allocation => match answers.get(allocation::DECISION)? {
            allocation::Ruling::Allocate => Grants,
            allocation::Ruling::Elsewhere => PassesOn,
            allocation::Ruling::DoNotAllocate => Declines,
            allocation::Ruling::Complete => SendsBack,
        },
        Paper::ClosingRequest => match answers.get(closing_request::DECISION)? {
            closing_request::Decision::Consent => Grants,
            closing_request::Decision::Refuse => Declines,
            closing_request::Decision::Complete => SendsBack,
        },
        Paper::MonitoringEnd => match answers.get(monitoring_end::DECISION)? {
            monitoring_end::Decision::Consent => Grants,
            monitoring_end::Decision::Extend | monitoring_end::Decision::Refuse => Declines,
        },
        Paper::Reopening => match answers.get(reopening::DECISION)? {
            reopening::Decision::Confirm => Grants,
            reopening::Decision::Reject => Declines,
        },
        Paper::Extension => match answers.get(extension::DECISION)? {
            extension::Decision::Consent => Grants,
            extension::Decision::Refuse => Declines,
        },
        Paper::Plan | Paper::MonthlyReport => match answers.get(approval::DECISION)? {
            approval::Approval::Approved => Grants,
            approval::Approval::Returned => SendsBack,
        },
        _ => return None,
    })
}

/// What was decided about this paper, once it was.
pub fn of(answers: &Answers) -> Option<Ruling> {
    match answers.get(LIFE)? {
        Life::Draft | Life::Signed => None,
        Life::Returned => Some(Ruling::SendsBack),
        Life::Approved => Some(said(answers.get(PAPER)?, answers).unwrap_or(Ruling::Grants)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::documents::papers::{form_of, rights};

    #[test]
    fn every_word_of_every_decision_comes_to_something() {
        for paper in Paper::ALL.iter().copied() {
            let decides = form_of(paper).is_some_and(|form| {
                form.decision.iter().flat_map(|section| section.fields).any(|field| field.key == "decision")
            });
            let Some(form) = form_of(paper).filter(|_| decides) else { continue };
            assert!(!rights::of(paper).decide.is_empty(), "{paper:?}");
            let field = form.decision.iter().flat_map(|section| section.fields).find(|field| field.key == "decision");
            let crate::domain::form::Kind::One(choices) = field.unwrap().kind else { panic!("{paper:?}") };
            for choice in choices {
                let answers =
                    Answers::default().with(crate::domain::form::Key::new("decision"), choice.code.to_owned());
                assert!(said(paper, &answers).is_some(), "{paper:?} {}", choice.code);
            }
        }
    }

    #[test]
    fn a_paper_is_decided_only_once_it_was() {
        let report = Answers::default().with(PAPER, Paper::ClosingRequest);
        let refused = report.with(closing_request::DECISION, closing_request::Decision::Refuse);
        assert_eq!(of(&refused.clone().with(LIFE, Life::Signed)), None);
        assert_eq!(of(&refused.clone().with(LIFE, Life::Approved)), Some(Ruling::Declines));
        assert_eq!(of(&refused.with(LIFE, Life::Returned)), Some(Ruling::SendsBack));
        let review = Answers::default().with(PAPER, Paper::Review).with(LIFE, Life::Approved);
        assert_eq!(of(&review), Some(Ruling::Grants));
    }
}
