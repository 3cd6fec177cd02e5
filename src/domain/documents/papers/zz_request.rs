//! Letter to a body on the person's demand and under the authorisation (wystąpienie do podmiotu, „Za
//! życiem”). Fields: spec/domain.md 3.19 (4).

use super::{
    parts::{HEADER, NOT_AHEAD, SIGNATURES},
    zz_authorisation::NO_HEALTH_CARE,
};
use crate::domain::{
    codes::{INSTITUTIONS, Sending},
    form::{Field, Form, Key, Kind, Must, Rule, Section, When},
};
use chrono::NaiveDate;

/// Day on which the letter was sent.
pub const SENT_ON: Key<NaiveDate> = Key::new("sent_on");

const ANSWERED: When = When::Filled("answered_on");

/// The declaration.
pub static FORM: Form = Form {
    number: "",
    title: "Wystąpienie do podmiotu „Za życiem”",
    version: 1,
    sections: &[
        HEADER,
        Section {
            title: "Do kogo",
            fields: &[
                Field::new("institution", "Instytucja", Kind::One(INSTITUTIONS)).required(),
                Field::new("name", "Nazwa i adres", Kind::Line { max: 200 }).required(),
            ],
        },
        Section {
            title: "Wystąpienie",
            fields: &[
                Field::new("persons", "W czyim imieniu", Kind::Members).required().prefilled("z upoważnienia"),
                Field::new("authorised_on", "Data upoważnienia", Kind::Date).required().prefilled("z upoważnienia"),
                Field::new("subject", "Sprawa", Kind::Line { max: 160 })
                    .required()
                    .prefilled("z katalogu możliwego wsparcia"),
                Field::new("content", "Treść", Kind::Text { min: 3, max: 4000 })
                    .required()
                    .help("Tylko te dane, które są podmiotowi potrzebne."),
                Field::new("reply_by", "Prosimy o odpowiedź do", Kind::Date),
            ],
        },
        Section {
            title: "Wysłanie i odpowiedź",
            fields: &[
                Field::new("sent_by", "Sposób wysłania", Kind::One(Sending::CHOICES))
                    .required_when(When::Filled("sent_on")),
                Field::new("sent_on", "Data wysłania", Kind::Date).required_when(When::Filled("sent_by")),
                Field::new("answered_on", "Data odpowiedzi", Kind::Date),
                Field::new("answer", "Odpowiedź", Kind::Text { min: 3, max: 2000 })
                    .required_when(ANSWERED)
                    .shown_when(ANSWERED),
            ],
        },
        SIGNATURES,
    ],
    decision: &[],
    rules: &[
        NOT_AHEAD,
        Rule::new(
            "institution",
            Must::BeOneOf(NO_HEALTH_CARE),
            "Do podmiotu leczniczego osoba występuje sama: upoważnienie go nie obejmuje.",
        ),
        Rule::new("doc_date", Must::NotBefore("authorised_on"), "Wystąpienie jest wcześniejsze niż upoważnienie."),
        Rule::new("sent_on", Must::NotBefore("doc_date"), "Pisma nie można wysłać przed jego sporządzeniem."),
        Rule::new("sent_on", Must::NotInFuture, "Data wysłania nie może być późniejsza niż dzisiejsza."),
        Rule::new("answered_on", Must::NotBefore("sent_on"), "Odpowiedź jest wcześniejsza niż wysłanie."),
        Rule::new("signatures", Must::SignedBy(&["ASSISTANT"]), "Podpisuje asystent rodziny."),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::documents::papers::testing::{MEMBER, Sample, exercise};

    const REQUEST: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-10"),
            ("institution", "ZUS"),
            ("name", "ZUS, Świebodzin"),
            ("persons", MEMBER),
            ("authorised_on", "2026-11-05"),
            ("subject", "zasiłek macierzyński"),
            ("content", "Proszę o wyjaśnienie, jakich dokumentów brakuje."),
        ],
        more: &[
            ("case_sign", "OPS.4231.9.2026"),
            ("reply_by", "2026-12-10"),
            ("sent_by", "EPUAP"),
            ("sent_on", "2026-11-12"),
            ("answered_on", "2026-11-20"),
            ("answer", "Brakuje zaświadczenia."),
        ],
        signed: &["ASSISTANT"],
        broken: &[
            ("doc_date", "2026-11-23", "Data sporządzenia nie może być późniejsza niż dzisiejsza."),
            ("institution", "CLINIC", "Do podmiotu leczniczego osoba występuje sama: upoważnienie go nie obejmuje."),
            ("doc_date", "2026-11-04", "Wystąpienie jest wcześniejsze niż upoważnienie."),
            ("sent_on", "2026-11-09", "Pisma nie można wysłać przed jego sporządzeniem."),
            ("sent_on", "2026-11-23", "Data wysłania nie może być późniejsza niż dzisiejsza."),
            ("answered_on", "2026-11-11", "Odpowiedź jest wcześniejsza niż wysłanie."),
            ("answer", "", "Uzupełnij: odpowiedź."),
            ("signatures/ASSISTANT/role", "OTHER", "Podpisuje asystent rodziny."),
        ],
    };

    #[test]
    fn the_paper_keeps_its_rules() {
        exercise(&FORM, &[REQUEST]);
    }
}
