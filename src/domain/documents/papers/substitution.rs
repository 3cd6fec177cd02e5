//! Card of a substitution (karta zastępstwa): who stands in for whom, from when to when, with which families.
//! Fields: spec/domain.md 3.22 and 1.2 (the manager decides; it ends by itself).

use super::parts::{HEADER, NOT_AHEAD, SIGNATURES};
use crate::domain::form::{Each, Field, Form, Key, Kind, Must, Rule, Section, When, choices};
use chrono::NaiveDate;

choices! {
    /// Which families.
    Scope {
        All = "ALL", "wszystkie rodziny asystenta";
        Chosen = "CHOSEN", "wybrane rodziny";
    }
}

/// Who is stood in for (a person's id).
pub const ABSENT: Key<String> = Key::new("absent");
/// Who stands in (a person's id).
pub const SUBSTITUTE: Key<String> = Key::new("substitute");
/// First day.
pub const STARTS_ON: Key<NaiveDate> = Key::new("starts_on");
/// Last day.
pub const ENDS_ON: Key<NaiveDate> = Key::new("ends_on");
/// Which families.
pub const SCOPE: Key<Scope> = Key::new("scope");
/// The chosen families, a row each.
pub const FAMILIES: &str = "families";
/// Is this family taken over (a cell of [`FAMILIES`])?
pub const TAKEN: Key<bool> = Key::new("taken");

const CHOSEN: When = When::Is("scope", &["CHOSEN"]);

/// The declaration.
pub static FORM: Form = Form {
    number: "",
    title: "Karta zastępstwa",
    version: 1,
    sections: &[
        HEADER,
        Section {
            title: "Zastępstwo",
            fields: &[
                Field::new("absent", "Kogo zastępuje", Kind::Person).required(),
                Field::new("substitute", "Kto zastępuje", Kind::Person).required(),
                Field::new("starts_on", "Pierwszy dzień", Kind::Date).required(),
                Field::new("ends_on", "Ostatni dzień", Kind::Date)
                    .required()
                    .help("Po tym dniu dostęp do rodzin wygasa sam."),
                Field::new("scope", "Zakres", Kind::One(Scope::CHOICES)).required(),
                Field::new(
                    FAMILIES,
                    "Rodziny",
                    Kind::RowsOf(
                        Each::Family,
                        &[
                            Field::new("taken", "Objęta zastępstwem", Kind::Flag).required(),
                            Field::new("note", "Na co zwrócić uwagę", Kind::Line { max: 300 }),
                        ],
                    ),
                )
                .required_when(CHOSEN)
                .shown_when(CHOSEN),
                Field::new("duties", "Co trzeba zrobić", Kind::Text { min: 3, max: 2000 }),
            ],
        },
        SIGNATURES,
    ],
    decision: &[Section {
        title: "Decyzja kierownika",
        fields: &[Field::new("decided_on", "Data zatwierdzenia", Kind::Date).required().prefilled("dzisiejsza")],
    }],
    rules: &[
        NOT_AHEAD,
        Rule::new("ends_on", Must::NotBefore("starts_on"), "Zastępstwo kończy się przed swoim początkiem."),
        Rule::new("signatures", Must::SignedBy(&["ASSISTANT"]), "Podpisuje asystent, który zastępuje."),
        Rule::new("decided_on", Must::NotInFuture, "Data zatwierdzenia nie może być późniejsza niż dzisiejsza."),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::documents::papers::testing::{PERSON, Sample, exercise};

    const ALL: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-20"),
            ("absent", PERSON),
            ("substitute", PERSON),
            ("starts_on", "2026-11-23"),
            ("ends_on", "2026-12-04"),
            ("scope", "ALL"),
            ("decided_on", "2026-11-20"),
        ],
        more: &[("case_sign", "OPS.120.2.2026"), ("duties", "Jedna wizyta w tygodniu.")],
        signed: &["ASSISTANT"],
        broken: &[
            ("doc_date", "2026-11-23", "Data sporządzenia nie może być późniejsza niż dzisiejsza."),
            ("ends_on", "2026-11-22", "Zastępstwo kończy się przed swoim początkiem."),
            ("signatures/ASSISTANT/role", "OTHER", "Podpisuje asystent, który zastępuje."),
            ("decided_on", "2026-11-23", "Data zatwierdzenia nie może być późniejsza niż dzisiejsza."),
        ],
    };

    const SOME: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-20"),
            ("absent", PERSON),
            ("substitute", PERSON),
            ("starts_on", "2026-11-23"),
            ("ends_on", "2026-12-04"),
            ("scope", "CHOSEN"),
            ("families/7/taken", "tak"),
            ("decided_on", "2026-11-20"),
        ],
        more: &[("families/7/note", "wizyty po 16")],
        signed: &["ASSISTANT"],
        broken: &[],
    };

    #[test]
    fn the_paper_keeps_its_rules() {
        exercise(&FORM, &[ALL, SOME]);
    }
}
