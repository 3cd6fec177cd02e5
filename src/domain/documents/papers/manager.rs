//! What the manager's decisions have in common: the day, the reason, the signature.

use crate::domain::form::{Field, Key, Kind, Must, Rule, Section};
use chrono::NaiveDate;

/// Day of the decision.
pub const DECIDED_ON: Key<NaiveDate> = Key::new("decided_on");

/// Why it was decided so.
pub const NOTE: Key<String> = Key::new("decision_note");

/// Day of the decision, as a field.
pub const DAY: Field = Field::new("decided_on", "Data decyzji", Kind::Date).required().prefilled("dzisiejsza");

/// The reason. The paper says when it is required.
pub const REASON: Field = Field::new("decision_note", "Uzasadnienie decyzji", Kind::Text { min: 3, max: 4000 });

/// The signature under the decision, beside those under the paper itself.
pub const SIGNATURE: Field = Field::new("manager_signatures", "Podpis kierownika", Kind::Signatures).required();

/// A bare approval, for papers about time and travel.
pub const APPROVAL: Section =
    Section { title: "Zatwierdzenie", fields: &[DAY, Field::new("decision_note", "Uwagi", Kind::Line { max: 300 })] };

/// First the paper, then the decision.
pub const AFTER_PAPER: Rule =
    Rule::new("decided_on", Must::NotBefore("doc_date"), "Data decyzji jest wcześniejsza niż data sporządzenia.");

/// A decision is not dated ahead.
pub const NOT_AHEAD: Rule =
    Rule::new("decided_on", Must::NotInFuture, "Data decyzji nie może być późniejsza niż dzisiejsza.");

/// It is the manager who signs.
pub const SIGNED: Rule = Rule::new("manager_signatures", Must::SignedBy(&["MANAGER"]), "Tu podpisuje się kierownik.");
