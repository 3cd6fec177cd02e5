//! What papers share (HDR and SIG of spec/domain.md 3.0). Family, assistant and version of the form are
//! not asked: they stand on the record.

use crate::domain::form::{Field, Key, Kind, Must, Rule, Section};
use chrono::NaiveDate;

/// Day on which a paper is drawn up.
pub const DOC_DATE: Key<NaiveDate> = Key::new("doc_date");
/// Sign of the case that it belongs to.
pub const SIGN: Key<String> = Key::new("case_sign");
/// Number of a paper within the case; given when it is handed in.
pub const NUMBER: Key<String> = Key::new("doc_no");
/// Where it is drawn up.
pub const PLACE: Key<String> = Key::new("place");
/// The signatures under a paper.
pub const SIGNED_BY: &str = "signatures";

/// The head of every paper.
pub const HEADER: Section = Section {
    title: "Dokument",
    fields: &[
        Field::new("case_sign", "Znak sprawy", Kind::Line { max: 60 }).prefilled("ze sprawy"),
        Field::new("doc_no", "Numer dokumentu", Kind::Line { max: 40 }).computed("kolejny w sprawie"),
        Field::new("place", "Miejscowość", Kind::Line { max: 80 }).required().prefilled("z ustawień ośrodka"),
        Field::new("doc_date", "Data sporządzenia", Kind::Date).required().prefilled("dzisiejsza"),
    ],
};

/// A paper is not dated ahead.
pub const NOT_AHEAD: Rule =
    Rule::new("doc_date", Must::NotInFuture, "Data sporządzenia nie może być późniejsza niż dzisiejsza.");

/// The signatures under a paper; a rule of the paper says whose are needed.
pub const SIGNATURES: Section =
    Section { title: "Podpisy", fields: &[Field::new("signatures", "Podpisy", Kind::Signatures).required()] };
