//! What a manager says of a paper that was handed in: approved or returned with remarks (DOC STATUS of
//! spec/domain.md 3.0). Shared by the papers whose decision is no more than that.

use super::manager;
use crate::domain::form::{Field, Key, Kind, Section, When, choices};

choices! {
    /// What was decided.
    Approval {
        Approved = "APPROVED", "zatwierdzony";
        Returned = "RETURNED", "zwrócony z uwagami";
    }
}

/// The decision.
pub const DECISION: Key<Approval> = Key::new("decision");
/// What the manager adds; what must be put right when the paper goes back.
pub const DECISION_NOTE: Key<String> = Key::new("decision_note");

/// The fields of the decision.
pub const APPROVAL: Section = Section {
    title: "Decyzja kierownika",
    fields: &[
        Field::new("decision", "Decyzja", Kind::One(Approval::CHOICES)).required(),
        manager::DAY,
        Field::new("decision_note", "Uwagi kierownika", Kind::Text { min: 3, max: 2000 })
            .required_when(When::Is("decision", &["RETURNED"]))
            .help("Przy zwrocie: co trzeba poprawić."),
    ],
};
