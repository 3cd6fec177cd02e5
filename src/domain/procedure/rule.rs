//! What a step is, as data.

use super::{Duty, Paper, Transition};
use crate::domain::{
    access::Role,
    deadlines::Code,
    documents::case_card::{CaseFlag, ClosingReason, Stage},
    form::Key,
};
use chrono::NaiveDate;

/// Where a step leads from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// There is no case yet.
    Nothing,
    /// One of these stages.
    Stages(&'static [Stage]),
}

/// Where it leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    /// This stage.
    Stage(Stage),
    /// The case stays where it is.
    Same,
}

/// What must be so before the step.
#[derive(Clone, Copy, Debug)]
pub enum Guard {
    /// The family has no other open case.
    NoOtherCase,
    /// Art. 11 ust. 1a.
    MinorParent,
    /// There is such a paper, in whatever state.
    ThereIs(Paper),
    /// The paper is signed.
    Signed(Paper),
    /// The paper is signed, and newer than the last periodic assessment.
    SignedAnew(Paper),
    /// The manager approved the paper.
    Approved(Paper),
    /// One of these papers is signed.
    OneOf(&'static [Paper]),
    /// The family agreed, or the court ordered it.
    Consent,
    /// The plan holds what the act asks for.
    PlanWhole,
    /// The manager approved the plan, where the office wants that.
    PlanApproved,
    /// The cooperation was not extended before.
    NotExtended,
    /// No task of the family is open.
    TasksClosed,
    /// The assistant may take one more family.
    Cap,
}

/// What the person who takes the step says with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Why.
    Reason,
    /// Why, when monitoring lasted less than the office wants.
    ReasonIfShort,
    /// Which assistant.
    Assistant,
    /// On which ground the family is supported.
    Basis,
    /// Why the case ends: one of these.
    Closing(&'static [ClosingReason]),
    /// How many months monitoring shall last.
    Months,
}

/// What the step writes and brings about.
#[derive(Clone, Copy)]
pub enum Effect {
    /// The day of the step.
    Day(Key<NaiveDate>),
    /// Nothing stands there any more.
    Clear(Key<NaiveDate>),
    /// A flag.
    Flag(CaseFlag),
    /// Grounds, flags, social worker and the day of the court's order of a new case.
    Opening,
    /// The ground and flag of the act "Za życiem".
    OpeningZz,
    /// The assistant.
    Assistant,
    /// The approval of the plan of help, by default with the step.
    HelpPlan,
    /// The day on which the documents were whole, once they are.
    Received,
    /// The day of the first meeting, once it was held.
    Met,
    /// The day of the consent; without one the court is told.
    Consent,
    /// The first day of the plan.
    PlanFrom,
    /// Start and planned end of monitoring.
    Monitoring,
    /// The new last day of monitoring, when one is said.
    Until,
    /// The case ends without a reason of 2.5 (it never began).
    EndUnbegun,
    /// The case ends for this reason, or for the one that was asked for.
    End(Option<ClosingReason>),
    /// Somebody owes something.
    Owe(Duty),
    /// A new case takes it up, linked to this one.
    NewCase,
}

/// One step. Built by the functions below, as fields of forms are.
#[derive(Clone, Copy)]
pub struct Rule {
    /// Its name.
    pub transition: Transition,
    /// From where.
    pub from: Start,
    /// To where.
    pub to: To,
    /// Who takes it.
    pub who: &'static [Role],
    /// Which documents carry it.
    pub papers: &'static [Paper],
    /// What must be so before.
    pub guards: &'static [Guard],
    /// What is said with it.
    pub asks: &'static [Ask],
    /// What it brings about.
    pub effects: &'static [Effect],
    /// Terms that it starts.
    pub starts: &'static [Code],
    /// Act and article, or the point of the procedure, or that the office is to confirm an inference.
    pub source: &'static str,
}

impl Rule {
    /// A first step.
    pub const fn first(transition: Transition, to: Stage, who: &'static [Role]) -> Self {
        Self::new(transition, Start::Nothing, To::Stage(to), who)
    }

    /// A step from one of these stages to another.
    pub const fn step(transition: Transition, from: &'static [Stage], to: Stage, who: &'static [Role]) -> Self {
        Self::new(transition, Start::Stages(from), To::Stage(to), who)
    }

    /// A step that leaves the case at its stage.
    pub const fn stay(transition: Transition, from: &'static [Stage], who: &'static [Role]) -> Self {
        Self::new(transition, Start::Stages(from), To::Same, who)
    }

    const fn new(transition: Transition, from: Start, to: To, who: &'static [Role]) -> Self {
        Self { transition, from, to, who, papers: &[], guards: &[], asks: &[], effects: &[], starts: &[], source: "" }
    }

    /// Documents that carry it.
    pub const fn papers(mut self, papers: &'static [Paper]) -> Self {
        self.papers = papers;
        self
    }

    /// What must be so before.
    pub const fn guards(mut self, guards: &'static [Guard]) -> Self {
        self.guards = guards;
        self
    }

    /// What is said with it.
    pub const fn asks(mut self, asks: &'static [Ask]) -> Self {
        self.asks = asks;
        self
    }

    /// What it brings about.
    pub const fn effects(mut self, effects: &'static [Effect]) -> Self {
        self.effects = effects;
        self
    }

    /// Terms that it starts.
    pub const fn starts(mut self, starts: &'static [Code]) -> Self {
        self.starts = starts;
        self
    }

    /// Where it comes from.
    pub const fn source(mut self, source: &'static str) -> Self {
        self.source = source;
        self
    }

    /// Is it taken as soon as its papers are there? Other steps are somebody's explicit deed.
    pub fn follows_by_itself(&self) -> bool {
        use Transition::*;
        !matches!(
            self.transition,
            Refer | Interview | Close | CloseEarly | ChangeAssistant | ApplyZz | CloseZz | ConvertZz
        )
    }

    /// Does it lead away from here?
    pub fn leaves(&self, stage: Option<Stage>) -> bool {
        match (self.from, stage) {
            (Start::Nothing, None) => true,
            (Start::Stages(stages), Some(stage)) => stages.contains(&stage),
            (Start::Nothing, Some(_)) | (Start::Stages(_), None) => false,
        }
    }

    /// The stage after it.
    pub fn leads_to(&self, stage: Option<Stage>) -> Option<Stage> {
        match self.to {
            To::Stage(stage) => Some(stage),
            To::Same => stage,
        }
    }
}
