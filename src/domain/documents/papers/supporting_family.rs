//! Supporting family (rodzina wspierająca): candidates, checks, appointment, contract and meetings. Fields:
//! spec/domain.md 3.21. The supported family stands on the record. Of the register of offenders only the day
//! and yes or no are kept.

use super::parts::{HEADER, NOT_AHEAD, SIGNATURES};
use crate::domain::form::{Field, Form, Key, Kind, Must, Rule, Section, Sensitivity, When, choices};
use chrono::NaiveDate;

choices! {
    /// In what it supports: the rows of the state's table.
    SupportScope {
        Care = "CARE", "opieka i wychowanie dziecka";
        Household = "HOUSEHOLD", "prowadzenie gospodarstwa domowego";
        Roles = "ROLES", "kształtowanie i wypełnianie podstawowych ról społecznych";
    }
}

/// Candidates, a row each; once appointed they are the supporting family.
pub const CANDIDATES: &str = "candidates";
/// Day of the appointment.
pub const APPOINTED_ON: Key<NaiveDate> = Key::new("appointed_on");
/// Day on which it ended.
pub const ENDED_ON: Key<NaiveDate> = Key::new("ended_on");

const APPOINTED: When = When::Yes("appointed");
const ENDED: When = When::Filled("ended_on");

/// The declaration.
pub static FORM: Form = Form {
    number: "",
    title: "Rodzina wspierająca",
    version: 1,
    sections: &[
        HEADER,
        Section {
            title: "Kandydaci",
            fields: &[
                Field::new(
                    "candidates",
                    "Kandydaci",
                    Kind::Rows(&[
                        Field::new("name", "Imię i nazwisko", Kind::Line { max: 120 }).required(),
                        Field::new("address", "Adres", Kind::Line { max: 200 }).required(),
                        Field::new("relation", "Kim są dla dziecka", Kind::Line { max: 120 })
                            .required()
                            .help("Osoby z bezpośredniego otoczenia dziecka."),
                        Field::new("household", "Kto z nimi mieszka", Kind::Line { max: 300 }),
                    ]),
                )
                .required(),
                Field::new("scope", "Zakres wsparcia", Kind::Many(SupportScope::CHOICES)).required(),
            ],
        },
        Section {
            title: "Sprawdzenie i opinia",
            fields: &[
                Field::new("register_on", "Data sprawdzenia rejestru", Kind::Date).required_when(APPOINTED),
                Field::new("register_clear", "Nikt nie figuruje w rejestrze", Kind::Flag)
                    .required_when(When::Either(&APPOINTED, &When::Filled("register_on")))
                    .help("Rejestr sprawców przestępstw na tle seksualnym. Tylko tak lub nie.")
                    .class(Sensitivity::Criminal),
                Field::new("not_convicted", "Nikt nie był skazany za przestępstwo umyślne", Kind::Flag)
                    .required_when(APPOINTED)
                    .class(Sensitivity::Criminal),
                Field::new("opinion_on", "Data opinii kierownika", Kind::Date).required_when(APPOINTED),
                Field::new("opinion_positive", "Opinia jest pozytywna", Kind::Flag)
                    .required_when(When::Filled("opinion_on"))
                    .shown_when(When::Filled("opinion_on")),
            ],
        },
        Section {
            title: "Ustanowienie i umowa",
            fields: &[
                Field::new("appointed", "Rodzina została ustanowiona", Kind::Flag)
                    .required()
                    .help("Ustanawia wójt, burmistrz lub prezydent albo osoba przez niego upoważniona."),
                Field::new("appointed_on", "Data ustanowienia", Kind::Date)
                    .required_when(APPOINTED)
                    .shown_when(APPOINTED),
                Field::new("contract_no", "Nr umowy", Kind::Line { max: 60 })
                    .required_when(When::Filled("contract_from"))
                    .shown_when(APPOINTED),
                Field::new("contract_from", "Umowa od dnia", Kind::Date).shown_when(APPOINTED),
                Field::new("contract_to", "Umowa do dnia", Kind::Date).shown_when(APPOINTED),
                Field::new("reimbursement", "Zwrot kosztów", Kind::Line { max: 300 })
                    .required_when(When::Filled("contract_from"))
                    .shown_when(APPOINTED),
            ],
        },
        Section {
            title: "Karta spotkań",
            fields: &[Field::new(
                "meetings",
                "Spotkania",
                Kind::Rows(&[
                    Field::new("date", "Data", Kind::Date).required(),
                    Field::new("hours", "Godziny", Kind::Tenths { min: 1, max: 240, unit: "h" }).required(),
                    Field::new("what", "Co robiono", Kind::Line { max: 300 }).required(),
                ]),
            )
            .shown_when(APPOINTED)],
        },
        Section {
            title: "Rozwiązanie",
            fields: &[
                Field::new("ended_on", "Data rozwiązania", Kind::Date).shown_when(APPOINTED),
                Field::new("end_reason", "Powód rozwiązania", Kind::Text { min: 3, max: 1000 })
                    .required_when(ENDED)
                    .shown_when(ENDED),
            ],
        },
        SIGNATURES,
    ],
    decision: &[],
    rules: &[
        NOT_AHEAD,
        Rule::new("register_on", Must::NotInFuture, "Rejestr sprawdza się najpóźniej dzisiaj."),
        Rule::new("register_clear", Must::BeTrue, "Osoba z rejestru nie może być rodziną wspierającą.").when(APPOINTED),
        Rule::new("not_convicted", Must::BeTrue, "Osoba skazana nie może być rodziną wspierającą.").when(APPOINTED),
        Rule::new("opinion_positive", Must::BeTrue, "Do ustanowienia potrzebna jest pozytywna opinia kierownika.")
            .when(APPOINTED),
        Rule::new("appointed_on", Must::NotBefore("register_on"), "Rejestr sprawdza się przed ustanowieniem.")
            .when(APPOINTED),
        Rule::new("appointed_on", Must::NotBefore("opinion_on"), "Opinię wydaje się przed ustanowieniem.")
            .when(APPOINTED),
        Rule::new("contract_to", Must::NotBefore("contract_from"), "Umowa kończy się przed swoim początkiem."),
        Rule::new("date", Must::NotInFuture, "Tego spotkania jeszcze nie było.").in_rows("meetings"),
        Rule::new("ended_on", Must::NotBefore("appointed_on"), "Rozwiązanie jest wcześniejsze niż ustanowienie.")
            .when(APPOINTED),
        Rule::new("signatures", Must::SignedBy(&["ASSISTANT"]), "Podpisuje asystent rodziny."),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::documents::papers::testing::{Sample, exercise};

    const CANDIDATES: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-20"),
            ("candidates/1/name", "Zofia Zmyślona"),
            ("candidates/1/address", "ul. Wąska 5, Zbąszynek"),
            ("candidates/1/relation", "sąsiadka"),
            ("scope", "CARE"),
            ("appointed", "nie"),
        ],
        more: &[("case_sign", "OPS.4231.7.2026"), ("candidates/1/household", "mąż")],
        signed: &["ASSISTANT"],
        broken: &[("doc_date", "2026-11-23", "Data sporządzenia nie może być późniejsza niż dzisiejsza.")],
    };

    const APPOINTED_FAMILY: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-20"),
            ("candidates/1/name", "Zofia Zmyślona"),
            ("candidates/1/address", "ul. Wąska 5, Zbąszynek"),
            ("candidates/1/relation", "sąsiadka"),
            ("scope", "CARE,HOUSEHOLD"),
            ("register_on", "2026-09-01"),
            ("register_clear", "tak"),
            ("not_convicted", "tak"),
            ("opinion_on", "2026-09-08"),
            ("opinion_positive", "tak"),
            ("appointed", "tak"),
            ("appointed_on", "2026-09-10"),
        ],
        more: &[
            ("contract_no", "RW/1/2026"),
            ("contract_from", "2026-09-10"),
            ("contract_to", "2027-09-09"),
            ("reimbursement", "bilety i materiały szkolne"),
            ("meetings/1/date", "2026-09-15"),
            ("meetings/1/hours", "25"),
            ("meetings/1/what", "odrabianie lekcji"),
            ("ended_on", "2026-11-15"),
            ("end_reason", "Wyjazd za granicę."),
        ],
        signed: &["ASSISTANT"],
        broken: &[
            ("register_on", "2026-11-23", "Rejestr sprawdza się najpóźniej dzisiaj."),
            ("register_clear", "nie", "Osoba z rejestru nie może być rodziną wspierającą."),
            ("not_convicted", "nie", "Osoba skazana nie może być rodziną wspierającą."),
            ("opinion_positive", "nie", "Do ustanowienia potrzebna jest pozytywna opinia kierownika."),
            ("appointed_on", "2026-08-31", "Rejestr sprawdza się przed ustanowieniem."),
            ("appointed_on", "2026-09-07", "Opinię wydaje się przed ustanowieniem."),
            ("contract_to", "2026-09-09", "Umowa kończy się przed swoim początkiem."),
            ("meetings/1/date", "2026-11-23", "Tego spotkania jeszcze nie było."),
            ("ended_on", "2026-09-09", "Rozwiązanie jest wcześniejsze niż ustanowienie."),
            ("end_reason", "", "Uzupełnij: powód rozwiązania."),
            ("signatures/ASSISTANT/role", "OTHER", "Podpisuje asystent rodziny."),
        ],
    };

    #[test]
    fn the_paper_keeps_its_rules() {
        exercise(&FORM, &[CANDIDATES, APPOINTED_FAMILY]);
    }
}
