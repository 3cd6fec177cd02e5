//! What a manager says of a paper that was handed in: approved or returned with remarks (DOC STATUS of
//! spec/domain.md 3.0). Shared by the papers whose decision is no more than that.

use crate::domain::form::{Field, Key, Kind, Must, Rule, Section, When, choices};
use chrono::NaiveDate;

choices! {
    /// What was decided.
    Approval {
        Approved = "APPROVED", "zatwierdzony";
        Returned = "RETURNED", "zwrócony z uwagami";
    }
}

/// The decision.
pub const DECISION: Key<Approval> = Key::new("decision");
/// Its day.
pub const DECIDED_ON: Key<NaiveDate> = Key::new("decided_on");
/// What the manager adds; what must be put right when the paper goes back.
pub const DECISION_NOTE: Key<String> = Key::new("decision_note");

/// The fields of the decision.
pub const APPROVAL: Section = Section {
    title: "Decyzja kierownika",
    fields: &[
        Field::new("decision", "Decyzja", Kind::One(Approval::CHOICES)).required(),
        Field::new("decided_on", "Data decyzji", Kind::Date).required().prefilled("dzisiejsza"),
        Field::new("decision_note", "Uwagi kierownika", Kind::Text { min: 3, max: 2000 })
            .required_when(When::Is("decision", &["RETURNED"]))
            .help("Przy zwrocie: co trzeba poprawić."),
    ],
};

/// Nobody decides ahead.
pub const DECIDED_BY_TODAY: Rule =
    Rule::new("decided_on", Must::NotInFuture, "Data decyzji nie może być późniejsza niż dzisiejsza.");

/// Nobody decides about a paper that is not there yet.
pub const DECIDED_AFTER_DRAWN_UP: Rule =
    Rule::new("decided_on", Must::NotBefore("doc_date"), "Data decyzji jest wcześniejsza niż data sporządzenia.");
