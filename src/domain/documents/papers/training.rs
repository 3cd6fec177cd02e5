//! Register of trainings and counselling of one assistant (rejestr szkoleń i poradnictwa). Fields:
//! spec/domain.md 3.22; law: art. 12 ust. 2 and 16 ust. 2.

use super::parts::{HEADER, NOT_AHEAD, SIGNATURES};
use crate::domain::form::{Field, Form, Kind, Must, Rule, Section, choices};

choices! {
    /// What it was.
    Learning {
        Training = "TRAINING", "szkolenie";
        Counselling = "COUNSELLING", "poradnictwo zawodowe";
        Supervision = "SUPERVISION", "superwizja";
    }
}

/// The register, a row each.
pub const EVENTS: &str = "events";

/// The declaration.
pub static FORM: Form = Form {
    number: "",
    title: "Rejestr szkoleń i poradnictwa",
    version: 1,
    sections: &[
        HEADER,
        Section {
            title: "Szkolenia i poradnictwo",
            fields: &[
                Field::new("worker", "Asystent", Kind::Person).required().prefilled("osoba, która wypełnia"),
                Field::new(
                    EVENTS,
                    "Szkolenia i poradnictwo",
                    Kind::Rows(&[
                        Field::new("kind", "Rodzaj", Kind::One(Learning::CHOICES)).required(),
                        Field::new("date", "Data", Kind::Date).required(),
                        Field::new("topic", "Temat", Kind::Line { max: 200 }).required().help("Bez danych rodzin."),
                        Field::new("hours", "Godziny", Kind::Tenths { min: 1, max: 5000, unit: "h" }).required(),
                        Field::new("by", "Kto prowadził", Kind::Line { max: 160 }),
                        Field::new("certificate", "Zaświadczenie", Kind::Flag),
                    ]),
                )
                .required(),
            ],
        },
        SIGNATURES,
    ],
    decision: &[],
    rules: &[
        NOT_AHEAD,
        Rule::new("date", Must::NotInFuture, "Wpisuje się to, co już się odbyło.").in_rows(EVENTS),
        Rule::new("signatures", Must::SignedBy(&["ASSISTANT"]), "Podpisuje asystent rodziny."),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::documents::papers::testing::{PERSON, Sample, exercise};

    const REGISTER: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-20"),
            ("worker", PERSON),
            ("events/1/kind", "SUPERVISION"),
            ("events/1/date", "2026-11-18"),
            ("events/1/topic", "Praca z oporem"),
            ("events/1/hours", "30"),
        ],
        more: &[
            ("case_sign", "OPS.120.4.2026"),
            ("events/1/by", "Święta Pracownia, Zielona Góra"),
            ("events/1/certificate", "tak"),
        ],
        signed: &["ASSISTANT"],
        broken: &[
            ("doc_date", "2026-11-23", "Data sporządzenia nie może być późniejsza niż dzisiejsza."),
            ("events/1/date", "2026-11-23", "Wpisuje się to, co już się odbyło."),
            ("signatures/ASSISTANT/role", "OTHER", "Podpisuje asystent rodziny."),
        ],
    };

    #[test]
    fn the_paper_keeps_its_rules() {
        exercise(&FORM, &[REGISTER]);
    }
}
