//! The terms of the procedure (spec/domain.md 2.3, D01–D22), computed by one pure function.
//!
//! [`RULES`] says as data what each term is: what starts it, how long it runs and by which rule of
//! counting, what fulfils it, who must act, how serious it is and where it comes from. An office may
//! lay its own lengths over it ([`Settings`]), and [`deadlines`] turns what has happened ([`Facts`])
//! into the terms that run and those that were kept or missed. Phone and office call the same
//! function, so the two can differ in freshness and never in rule.

mod code;
mod deadline;
mod engine;
mod event;
mod facts;
mod history;
mod ics;
mod reading;
mod rule;
mod settings;
mod table;
mod term;
#[cfg(test)]
mod tests;

pub use code::Code;
pub use deadline::{Alarm, Deadline, State};
pub use engine::deadlines;
pub use event::{Event, Happening, Of};
pub use facts::{Facts, Known, Scope};
pub use history::{Past, history, tally, version_words};
pub use ics::{Feed, ics};
pub use reading::{facts_of_family, terms_of_family};
pub use rule::{During, Fulfil, Only, Origin, Rule, Severity, Warn};
pub use settings::{Parameters, Settings};
pub use table::{RULES, rule};
pub use term::Term;
