//! Protocol of the documents that pass from the social worker to the assistant, zał. 2 (protokół
//! przekazania dokumentów). Fields: spec/domain.md 3.2. The day of completeness is the anchor of D02.

use super::parts::{HEADER, NOT_AHEAD, SIGNATURES};
use crate::domain::form::{Field, Form, Key, Kind, Must, Rule, Section, Sensitivity, When, choices};
use chrono::NaiveDate;

choices! {
    /// What is handed over.
    Item {
        Interview = "INTERVIEW", "kwestionariusz wywiadu lub aktualizacja";
        HelpPlan = "HELP_PLAN", "plan pomocy";
        Allocation = "ALLOCATION", "wniosek i przydział (zał. 1)";
        CourtOrder = "COURT_ORDER", "postanowienie sądu";
        School = "SCHOOL", "opinia szkoły lub przedszkola";
        Counselling = "COUNSELLING", "opinia poradni";
        Disability = "DISABILITY", "orzeczenie o niepełnosprawności";
        BlueCard = "BLUE_CARD", "dokumentacja „Niebieskiej Karty” – tylko informacja";
        Contract = "CONTRACT", "kontrakt socjalny";
        Probation = "PROBATION", "pismo kuratora";
        ZaZyciem = "ZA_ZYCIEM", "zaświadczenie „Za życiem”";
        Other = "OTHER", "inne";
    }
}

choices! {
    /// In what form.
    ItemForm {
        Original = "ORIGINAL", "oryginał";
        Copy = "COPY", "kopia";
        Electronic = "ELECTRONIC", "elektronicznie";
    }
}

/// Day on which the documents were sent.
pub const SENT_ON: Key<NaiveDate> = Key::new("sent_on");
/// Day on which they were received.
pub const RECEIVED_ON: Key<NaiveDate> = Key::new("received_on");
/// Was everything there?
pub const COMPLETE: Key<bool> = Key::new("complete");
/// Day on which what was missing came.
pub const COMPLETED_ON: Key<NaiveDate> = Key::new("completed_on");

const INCOMPLETE: When = When::No("complete");

/// The declaration.
pub static FORM: Form = Form {
    number: "2",
    title: "Protokół przekazania dokumentów asystentowi",
    version: 1,
    sections: &[
        HEADER,
        Section {
            title: "Przekazanie",
            fields: &[
                Field::new("from", "Przekazuje", Kind::Person).required().prefilled("pracownik socjalny sprawy"),
                Field::new("to", "Przyjmuje", Kind::Person).required().prefilled("asystent z przydziału (zał. 1)"),
                Field::new("sent_on", "Data przekazania", Kind::Date).required().prefilled("dzisiejsza"),
                Field::new("received_on", "Data otrzymania", Kind::Date).required().prefilled("dzisiejsza"),
            ],
        },
        Section {
            title: "Dokumenty",
            fields: &[
                Field::new(
                    "items",
                    "Wykaz dokumentów",
                    Kind::Rows(&[
                        Field::new("kind", "Rodzaj", Kind::One(Item::CHOICES)).required(),
                        Field::new("what", "Jaki", Kind::Line { max: 120 }).required_when(When::Is("kind", &["OTHER"])),
                        Field::new("dated", "Data dokumentu", Kind::Date),
                        Field::new("pages", "Liczba stron", Kind::Number { min: 1, max: 500, unit: "str." }),
                        Field::new("form", "Postać", Kind::One(ItemForm::CHOICES)).required(),
                        Field::new("note", "Uwagi", Kind::Line { max: 300 }),
                    ]),
                )
                .required(),
                Field::new("complete", "Komplet", Kind::Flag).required(),
                Field::new("missing", "Czego brakuje", Kind::Text { min: 3, max: 1000 })
                    .required_when(INCOMPLETE)
                    .shown_when(INCOMPLETE),
                Field::new("completed_on", "Data uzupełnienia braków", Kind::Date)
                    .help("Od tego dnia liczy się 10 dni na pierwsze spotkanie.")
                    .shown_when(INCOMPLETE),
            ],
        },
        Section {
            title: "Przed pierwszą wizytą",
            fields: &[
                Field::new("safety_note", "Ważne dla bezpieczeństwa wizyty", Kind::Text { min: 0, max: 1000 })
                    .help("Agresja, pies, uzależnienie, choroba zakaźna. Widzi to tylko zespół sprawy.")
                    .class(Sensitivity::Health),
                Field::new(
                    "contacts",
                    "Uzgodniony kontakt",
                    Kind::Rows(&[
                        Field::new("number", "Numer", Kind::Line { max: 20 }).required(),
                        Field::new("whose", "Czyj", Kind::Line { max: 80 }),
                        Field::new("best_time", "Kiedy dzwonić", Kind::Line { max: 80 }),
                    ]),
                )
                .prefilled("z karty rodziny (zał. 4)"),
            ],
        },
        SIGNATURES,
    ],
    decision: &[],
    rules: &[
        NOT_AHEAD,
        Rule::new("received_on", Must::NotBefore("sent_on"), "Data otrzymania jest wcześniejsza niż data przekazania."),
        Rule::new("received_on", Must::NotInFuture, "Data otrzymania nie może być późniejsza niż dzisiejsza."),
        Rule::new("completed_on", Must::NotBefore("received_on"), "Braki uzupełniono najwcześniej w dniu otrzymania."),
        Rule::new(
            "signatures",
            Must::SignedBy(&["SOCIAL_WORKER", "ASSISTANT"]),
            "Podpisują: pracownik socjalny i asystent rodziny.",
        ),
    ],
};

/// The day from which the ten days to the first meeting are counted (D02), once everything is there.
pub fn complete_on(answers: &crate::domain::form::Answers) -> Option<NaiveDate> {
    match answers.get(COMPLETE)? {
        true => answers.get(RECEIVED_ON),
        false => answers.get(COMPLETED_ON),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::documents::papers::testing::{PERSON, SIGNED, Sample, answers, exercise};

    const COMPLETE_SET: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-20"),
            ("from", PERSON),
            ("to", PERSON),
            ("sent_on", "2026-11-19"),
            ("received_on", "2026-11-20"),
            ("items/1/kind", "INTERVIEW"),
            ("items/1/form", "COPY"),
            ("complete", "tak"),
        ],
        more: &[
            ("case_sign", "OPS.4231.7.2026"),
            ("items/1/what", "aktualizacja"),
            ("items/1/dated", "2026-10-02"),
            ("items/1/pages", "12"),
            ("items/1/note", "bez załączników"),
            ("safety_note", "Pies na podwórzu."),
            ("contacts/1/number", "600 000 001"),
            ("contacts/1/whose", "matka"),
            ("contacts/1/best_time", "po 16"),
        ],
        signed: SIGNED,
        broken: &[
            ("doc_date", "2026-11-23", "Data sporządzenia nie może być późniejsza niż dzisiejsza."),
            ("received_on", "2026-11-18", "Data otrzymania jest wcześniejsza niż data przekazania."),
            ("received_on", "2026-11-23", "Data otrzymania nie może być późniejsza niż dzisiejsza."),
            ("signatures/ASSISTANT/role", "", "Podpisują: pracownik socjalny i asystent rodziny."),
            ("items/1/pages", "0", "Podaj liczbę od 1 do 500 (str.)."),
        ],
    };

    const WITH_GAPS: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-20"),
            ("from", PERSON),
            ("to", PERSON),
            ("sent_on", "2026-11-19"),
            ("received_on", "2026-11-20"),
            ("items/1/kind", "OTHER"),
            ("items/1/what", "wypis ze szpitala"),
            ("items/1/form", "ORIGINAL"),
            ("complete", "nie"),
            ("missing", "Opinia szkoły."),
        ],
        more: &[("completed_on", "2026-11-21")],
        signed: SIGNED,
        broken: &[("completed_on", "2026-11-19", "Braki uzupełniono najwcześniej w dniu otrzymania.")],
    };

    #[test]
    fn the_paper_keeps_its_rules() {
        exercise(&FORM, &[COMPLETE_SET, WITH_GAPS]);
    }

    #[test]
    fn ten_days_begin_when_everything_is_there() {
        let day = |text: &str| Some(text.parse().unwrap());
        assert_eq!(complete_on(&answers(&FORM, COMPLETE_SET.required)), day("2026-11-20"));
        let mut gaps = answers(&FORM, WITH_GAPS.required);
        assert_eq!(complete_on(&gaps), None);
        gaps.put(COMPLETED_ON, "2026-11-21".parse().unwrap());
        assert_eq!(complete_on(&gaps), day("2026-11-21"));
    }
}
