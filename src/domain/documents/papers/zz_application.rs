//! Application for support under the act "Za życiem" (wniosek „Za życiem”): from the family to the manager.
//! Fields: spec/domain.md 3.19 (1). The day of receipt is the anchor of D15; the answer is the manager's.

use super::parts::{HEADER, NOT_AHEAD, SIGNATURES};
use crate::domain::form::{Field, Form, Key, Kind, Must, Rule, Section, Sensitivity, choices};
use chrono::NaiveDate;

choices! {
    /// What entitles to support.
    Entitling {
        Pregnancy = "PREGNANCY", "dokument potwierdzający ciążę";
        Certificate = "CERTIFICATE", "zaświadczenie (art. 4 ust. 3 ustawy „Za życiem”)";
    }
}

/// Day on which the application came.
pub const RECEIVED_ON: Key<NaiveDate> = Key::new("received_on");
/// Day of the written answer.
pub const ANSWERED_ON: Key<NaiveDate> = Key::new("answered_on");

/// The declaration.
pub static FORM: Form = Form {
    number: "",
    title: "Wniosek o wsparcie „Za życiem”",
    version: 1,
    sections: &[
        HEADER,
        Section {
            title: "Kto składa",
            fields: &[
                Field::new("applicant", "Imię i nazwisko", Kind::Line { max: 120 })
                    .required()
                    .prefilled("z karty rodziny (zał. 4), gdy dorosły jest jeden"),
                Field::new("address", "Adres", Kind::Line { max: 200 })
                    .required()
                    .prefilled("z karty rodziny (zał. 4)"),
                Field::new("phone", "Telefon", Kind::Line { max: 20 }).prefilled("z karty rodziny (zał. 4)"),
                Field::new("received_on", "Data wpływu", Kind::Date)
                    .required()
                    .help("Od tego dnia liczy się termin odpowiedzi."),
            ],
        },
        Section {
            title: "Podstawa i potrzeby",
            fields: &[
                Field::new("document", "Dokument", Kind::One(Entitling::CHOICES)).required().class(Sensitivity::Health),
                Field::new("document_on", "Data dokumentu", Kind::Date).required(),
                Field::new("needs", "Oczekiwane wsparcie", Kind::Text { min: 3, max: 4000 }).class(Sensitivity::Health),
            ],
        },
        Section {
            title: "Zgody (art. 8 ust. 7 ustawy „Za życiem”)",
            fields: &[
                Field::new("consent_processing", "Zgoda na przetwarzanie danych", Kind::Flag).required(),
                Field::new("consent_passing", "Zgoda na przekazywanie informacji asystentowi", Kind::Flag)
                    .required()
                    .help("Informacje przekazują asystentowi instytucje, które udzielają wsparcia."),
            ],
        },
        SIGNATURES,
    ],
    decision: &[Section {
        title: "Odpowiedź",
        fields: &[
            Field::new("answered_on", "Data wysłania odpowiedzi", Kind::Date).required(),
            Field::new("answer", "Treść odpowiedzi", Kind::Text { min: 3, max: 4000 }),
        ],
    }],
    rules: &[
        NOT_AHEAD,
        Rule::new("received_on", Must::NotInFuture, "Data wpływu nie może być późniejsza niż dzisiejsza."),
        Rule::new("document_on", Must::NotInFuture, "Data dokumentu nie może być późniejsza niż dzisiejsza."),
        Rule::new("consent_processing", Must::BeTrue, "Bez tej zgody nie można rozpatrzyć wniosku."),
        Rule::new("consent_passing", Must::BeTrue, "Bez tej zgody asystent nie może koordynować wsparcia."),
        Rule::new("signatures", Must::SignedBy(&["MEMBER"]), "Podpisuje osoba, która składa wniosek."),
        Rule::new("answered_on", Must::NotBefore("received_on"), "Odpowiedź jest wcześniejsza niż wniosek."),
        Rule::new("answered_on", Must::NotInFuture, "Data odpowiedzi nie może być późniejsza niż dzisiejsza."),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::documents::papers::testing::{Sample, exercise};

    const APPLICATION: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-09"),
            ("applicant", "Łucja Przykładna"),
            ("address", "Kosieczyn 4"),
            ("received_on", "2026-11-10"),
            ("document", "PREGNANCY"),
            ("document_on", "2026-11-02"),
            ("consent_processing", "tak"),
            ("consent_passing", "tak"),
            ("answered_on", "2026-11-12"),
        ],
        more: &[
            ("case_sign", "OPS.4231.9.2026"),
            ("phone", "600 000 002"),
            ("needs", "Pomoc w umówieniu badań."),
            ("answer", "Przydzielono asystenta."),
        ],
        signed: &["MEMBER"],
        broken: &[
            ("doc_date", "2026-11-23", "Data sporządzenia nie może być późniejsza niż dzisiejsza."),
            ("received_on", "2026-11-23", "Data wpływu nie może być późniejsza niż dzisiejsza."),
            ("document_on", "2026-11-23", "Data dokumentu nie może być późniejsza niż dzisiejsza."),
            ("consent_processing", "nie", "Bez tej zgody nie można rozpatrzyć wniosku."),
            ("consent_passing", "nie", "Bez tej zgody asystent nie może koordynować wsparcia."),
            ("signatures/MEMBER/role", "OTHER", "Podpisuje osoba, która składa wniosek."),
            ("answered_on", "2026-11-09", "Odpowiedź jest wcześniejsza niż wniosek."),
            ("answered_on", "2026-11-23", "Data odpowiedzi nie może być późniejsza niż dzisiejsza."),
        ],
    };

    #[test]
    fn the_paper_keeps_its_rules() {
        exercise(&FORM, &[APPLICATION]);
    }
}
