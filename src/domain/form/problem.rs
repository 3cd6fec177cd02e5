//! What is wrong with an answer, in words for people.

use serde::{Deserialize, Serialize};

/// Whether a problem stops the paper or only deserves a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Weight {
    /// The paper cannot be saved like this.
    Error,
    /// Unusual; the person decides.
    Warning,
}

/// One problem at one field, in Polish, saying what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Key of the field (rows included: `new_tasks/<row>/due`).
    pub field: String,
    /// Does it stop the paper?
    pub weight: Weight,
    /// A sentence for the person.
    pub text: String,
}

impl Problem {
    /// A problem that stops the paper.
    pub fn error(field: impl Into<String>, text: impl Into<String>) -> Self {
        Self { field: field.into(), weight: Weight::Error, text: text.into() }
    }

    /// Something worth a second look.
    pub fn warning(field: impl Into<String>, text: impl Into<String>) -> Self {
        Self { field: field.into(), weight: Weight::Warning, text: text.into() }
    }
}

/// Is there anything that stops the paper?
pub fn stops(problems: &[Problem]) -> bool {
    problems.iter().any(|problem| problem.weight == Weight::Error)
}
