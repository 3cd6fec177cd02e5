//! Opinion for the county centre about maintenance for a child in care (opinia w sprawie alimentów, art. 38
//! ust. 1). Fields: spec/domain.md 3.22.

use super::parts::{HEADER, NOT_AHEAD, SIGNATURES};
use crate::domain::{
    codes::Sending,
    form::{Field, Form, Kind, Must, Rule, Section, When},
};

/// The declaration.
pub static FORM: Form = Form {
    number: "",
    title: "Opinia w sprawie alimentów",
    version: 1,
    sections: &[
        HEADER,
        Section {
            title: "Opinia",
            fields: &[
                Field::new("recipient", "Dla kogo", Kind::Line { max: 160 })
                    .required()
                    .prefilled("z karty rodziny (zał. 4)"),
                Field::new("asked_on", "Data pisma PCPR", Kind::Date),
                Field::new("children", "Których dzieci dotyczy", Kind::Members)
                    .required()
                    .prefilled("z karty rodziny (zał. 4): dzieci w pieczy"),
                Field::new("parents", "Kto ma płacić alimenty", Kind::Members),
                Field::new("situation", "Sytuacja rodziców – fakty", Kind::Text { min: 3, max: 4000 })
                    .help("Praca, dochody i inne obowiązki – tylko to, co potrzebne."),
                Field::new("opinion", "Opinia", Kind::Text { min: 30, max: 4000 }).required(),
            ],
        },
        Section {
            title: "Wysłanie",
            fields: &[
                Field::new("sent_by", "Sposób wysłania", Kind::One(Sending::CHOICES))
                    .required_when(When::Filled("sent_on")),
                Field::new("sent_on", "Data wysłania", Kind::Date).required_when(When::Filled("sent_by")),
            ],
        },
        SIGNATURES,
    ],
    decision: &[],
    rules: &[
        NOT_AHEAD,
        Rule::new("doc_date", Must::NotBefore("asked_on"), "Opinia jest wcześniejsza niż pismo PCPR."),
        Rule::new("sent_on", Must::NotBefore("doc_date"), "Opinii nie można wysłać przed jej sporządzeniem."),
        Rule::new("sent_on", Must::NotInFuture, "Data wysłania nie może być późniejsza niż dzisiejsza."),
        Rule::new("signatures", Must::SignedBy(&["ASSISTANT"]), "Podpisuje asystent rodziny."),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::documents::papers::testing::{CHILD, MEMBER, Sample, exercise};

    const OPINION: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-20"),
            ("recipient", "PCPR w Świebodzinie"),
            ("children", CHILD),
            ("opinion", "Ojciec może płacić niewielką kwotę co miesiąc."),
        ],
        more: &[
            ("case_sign", "OPS.4231.7.2026"),
            ("asked_on", "2026-11-12"),
            ("parents", MEMBER),
            ("situation", "Ojciec pracuje od września."),
            ("sent_by", "POST"),
            ("sent_on", "2026-11-21"),
        ],
        signed: &["ASSISTANT"],
        broken: &[
            ("doc_date", "2026-11-23", "Data sporządzenia nie może być późniejsza niż dzisiejsza."),
            ("doc_date", "2026-11-11", "Opinia jest wcześniejsza niż pismo PCPR."),
            ("sent_on", "2026-11-19", "Opinii nie można wysłać przed jej sporządzeniem."),
            ("sent_on", "2026-11-23", "Data wysłania nie może być późniejsza niż dzisiejsza."),
            ("opinion", "Tak.", "Napisz co najmniej 30 znaków (jest 4)."),
            ("signatures/ASSISTANT/role", "OTHER", "Podpisuje asystent rodziny."),
        ],
    };

    #[test]
    fn the_paper_keeps_its_rules() {
        exercise(&FORM, &[OPINION]);
    }
}
