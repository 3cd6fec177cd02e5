//! What an assistant or a manager would recognise. Pure: no clock, database, browser or framework;
//! every input is an argument.

pub mod access;
pub mod answer_words;
pub mod around;
pub mod calendar;
pub mod caseload;
pub mod change;
pub mod clock_text;
pub mod codes;
pub mod comparison;
pub mod content;
pub mod correction;
pub mod deadlines;
pub mod decide;
pub mod devices;
pub mod documents;
pub mod duties;
pub mod files;
pub mod form;
pub mod guards;
pub mod history;
pub mod ids;
pub mod office;
pub mod order;
pub mod paper_words;
pub mod print;
pub mod procedure;
pub mod record;
pub mod signals;
pub mod signature;
pub mod story;
#[cfg(test)]
pub mod testing;
pub mod visit_draft;
pub mod words;
