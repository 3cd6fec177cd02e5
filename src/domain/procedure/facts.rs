//! What the guards of the procedure read, wherever it is kept.

use super::{FamilyLoad, Life, Paper};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The latest paper of a kind in this case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaperFact {
    /// Its day.
    pub on: NaiveDate,
    /// How far it has come.
    pub life: Life,
}

/// The family's consent (nr 3, variant A).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConsentFacts {
    /// Its day: the start of the cooperation.
    pub on: NaiveDate,
    /// At least one adult with parental authority, an actual carer, or the minor parent signed (2.2, I).
    pub by_carer: bool,
}

/// What the procedure asks of a plan (nr 6).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PlanFacts {
    /// First day of the plan.
    pub valid_from: Option<NaiveDate>,
    /// Goals.
    pub goals: u32,
    /// Goals without an action.
    pub goals_without_action: u32,
    /// Actions without a term (art. 15 ust. 3).
    pub actions_without_term: u32,
    /// Actions without an expected effect (art. 15 ust. 3).
    pub actions_without_effect: u32,
    /// Brought into line with the child's plan of help (plan pomocy dziecku).
    pub coordinated: bool,
    /// A copy went to the PCPR or the organiser of foster care.
    pub sent_to_pcpr: bool,
}

/// The facts around a case, as a step finds them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The day it is.
    pub today: NaiveDate,
    /// The latest paper of each kind.
    pub papers: BTreeMap<Paper, PaperFact>,
    /// Another case of the same family is open.
    pub other_open_case: bool,
    /// Families of the assistant who shall get this one, this one not among them; once they are chosen.
    pub load: Option<FamilyLoad>,
    /// Day on which the documents were received whole (nr 2).
    pub documents_complete_on: Option<NaiveDate>,
    /// Day of the first meeting that was held.
    pub met_on: Option<NaiveDate>,
    /// The social worker was there (S3 6).
    pub worker_was_present: bool,
    /// The consent, once it is signed.
    pub consent: Option<ConsentFacts>,
    /// The plan.
    pub plan: Option<PlanFacts>,
    /// Open tasks of the family (nr 9).
    pub open_tasks: u32,
}

impl Facts {
    /// Nothing is known yet.
    pub fn on(today: NaiveDate) -> Self {
        Self {
            today,
            papers: BTreeMap::new(),
            other_open_case: false,
            load: None,
            documents_complete_on: None,
            met_on: None,
            worker_was_present: false,
            consent: None,
            plan: None,
            open_tasks: 0,
        }
    }

    /// Adds a paper.
    pub fn with(mut self, paper: Paper, on: NaiveDate, life: Life) -> Self {
        self.papers.insert(paper, PaperFact { on, life });
        self
    }

    /// How far a paper has come, if there is one.
    pub fn life(&self, paper: Paper) -> Option<Life> {
        self.papers.get(&paper).map(|fact| fact.life)
    }
}
