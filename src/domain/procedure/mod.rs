//! The life of a case as a pure state machine (spec/domain.md 2.1, 2.2, 2.4–2.6).
//!
//! [`RULES`] says as data what each step is: from which stages it leads where, who may take it, which
//! document carries it, what must be there first and what it sets, opens and owes. [`may`] and
//! [`open_to`] explain in Polish what is possible and what is in the way; [`take`] gives the edits of the
//! case card. Stages drive terms and papers and **never block recording** (S3 10: stages overlap): an entry
//! may be made whenever [`Stage::is_with_assistant`](crate::domain::documents::case_card::Stage) says that
//! an assistant works with the family; nothing here is asked.

mod cap;
mod case_now;
mod closing;
mod facts;
mod follow;
mod guard;
mod hindrance;
mod new_case;
mod paper;
mod reading;
mod rule;
mod step;
mod table;
mod take;
#[cfg(test)]
mod tests;
mod transition;

pub use cap::FamilyLoad;
pub use case_now::CaseNow;
pub use closing::{CourtNotice, Duty, EARLY_ENDS, EndOf, WORK_ENDS, ZZ_ENDS, court_notice, duties_at_end};
pub use facts::{ConsentFacts, Facts, PaperFact, PlanFacts};
pub use follow::{Around, Followed, follow, hindrances_of};
pub use hindrance::{Caution, Hindrance};
pub use paper::{Life, Paper, papers_of};
pub use reading::facts_of_case;
pub use rule::{Ask, Effect, Guard, Rule, Start, To};
pub use step::{Step, cautions, may, open_to, steps};
pub use table::{RULES, rule};
pub use take::{Given, NewCase, Taken, take};
pub use transition::Transition;
