//! Log of a form "Niebieska Karta – A" (rejestr „Niebieskich Kart – A”): days and persons only, never what
//! stands in the form. Fields: spec/domain.md 3.22 and 7.2 (DP12). The start is the anchor of D16.

use super::parts::{HEADER, NOT_AHEAD, SIGNATURES};
use crate::domain::form::{Field, Form, Key, Kind, Must, Rule, Section, Sensitivity, When};
use chrono::NaiveDate;

/// Day on which the procedure was started.
pub const STARTED_ON: Key<NaiveDate> = Key::new("started_on");
/// Day on which the form went to the interdisciplinary team.
pub const SENT_ON: Key<NaiveDate> = Key::new("sent_on");

/// The declaration.
pub static FORM: Form = Form {
    number: "",
    title: "Rejestr „Niebieskich Kart – A”",
    version: 1,
    sections: &[
        HEADER,
        Section {
            title: "„Niebieska Karta – A”",
            fields: &[
                Field::new("started_on", "Data wszczęcia", Kind::Date)
                    .required()
                    .help("Tylko daty i osoby. Treści karty tu się nie wpisuje.")
                    .class(Sensitivity::BlueCard),
                Field::new("started_by", "Kto wypełnił", Kind::Person)
                    .required()
                    .prefilled("osoba, która wypełnia")
                    .class(Sensitivity::BlueCard),
                Field::new("sent_on", "Data przekazania", Kind::Date)
                    .help("Niezwłocznie, najpóźniej w ciągu 5 dni roboczych od wszczęcia.")
                    .class(Sensitivity::BlueCard),
                Field::new("sent_by", "Kto przekazał", Kind::Person)
                    .required_when(When::Filled("sent_on"))
                    .prefilled("osoba, która wypełnia")
                    .class(Sensitivity::BlueCard),
                Field::new("received_by", "Kto przyjął w zespole interdyscyplinarnym", Kind::Line { max: 120 })
                    .class(Sensitivity::BlueCard),
            ],
        },
        SIGNATURES,
    ],
    decision: &[],
    rules: &[
        NOT_AHEAD,
        Rule::new("started_on", Must::NotInFuture, "Data wszczęcia nie może być późniejsza niż dzisiejsza."),
        Rule::new("sent_on", Must::NotBefore("started_on"), "Przekazanie jest wcześniejsze niż wszczęcie."),
        Rule::new("sent_on", Must::NotInFuture, "Data przekazania nie może być późniejsza niż dzisiejsza."),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::documents::papers::testing::{PERSON, Sample, exercise};

    const STARTED: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-20"),
            ("started_on", "2026-11-19"),
            ("started_by", PERSON),
        ],
        more: &[
            ("case_sign", "OPS.4231.7.2026"),
            ("sent_on", "2026-11-20"),
            ("sent_by", PERSON),
            ("received_by", "przewodnicząca zespołu"),
        ],
        signed: &["ASSISTANT"],
        broken: &[
            ("doc_date", "2026-11-23", "Data sporządzenia nie może być późniejsza niż dzisiejsza."),
            ("started_on", "2026-11-23", "Data wszczęcia nie może być późniejsza niż dzisiejsza."),
            ("sent_on", "2026-11-18", "Przekazanie jest wcześniejsze niż wszczęcie."),
            ("sent_on", "2026-11-23", "Data przekazania nie może być późniejsza niż dzisiejsza."),
            ("sent_by", "", "Uzupełnij: kto przekazał."),
        ],
    };

    #[test]
    fn the_paper_keeps_its_rules() {
        exercise(&FORM, &[STARTED]);
    }
}
