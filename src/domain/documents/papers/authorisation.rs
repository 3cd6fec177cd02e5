//! Authorisation to process data and undertaking of secrecy of one user (upoważnienie i zobowiązanie do
//! tajemnicy). Fields: spec/domain.md 3.22 and 7.2 (DP1). Art. 7 ust. 4 wants both in writing; without both
//! days nobody works with the data.

use super::parts::{HEADER, NOT_AHEAD, SIGNATURES};
use crate::domain::form::{Field, Form, Key, Kind, Must, Rule, Section, choices};
use chrono::NaiveDate;

choices! {
    /// What the user may do with the data.
    Purpose {
        Assistance = "ASSISTANCE", "praca asystenta z rodzinami";
        SocialWork = "SOCIAL_WORK", "praca socjalna";
        Supervision = "SUPERVISION", "kierowanie i nadzór";
        Staff = "STAFF", "sprawy pracownicze";
        Administration = "ADMINISTRATION", "administrowanie systemem";
    }
}

/// Whose it is (a person's id).
pub const USER: Key<String> = Key::new("user");
/// Day of the authorisation.
pub const AUTHORISED_ON: Key<NaiveDate> = Key::new("authorised_on");
/// Last day of the authorisation, if it has one.
pub const VALID_TO: Key<NaiveDate> = Key::new("valid_to");
/// Day of the undertaking.
pub const SECRECY_ON: Key<NaiveDate> = Key::new("secrecy_on");

/// Ways of signing that keep the written form.
const WRITTEN: Must = Must::BeOneOf(&["PAPER", "QUALIFIED"]);

/// The declaration.
pub static FORM: Form = Form {
    number: "",
    title: "Upoważnienie do przetwarzania danych i zobowiązanie do tajemnicy",
    version: 1,
    sections: &[
        HEADER,
        Section {
            title: "Upoważnienie",
            fields: &[
                Field::new("user", "Kogo dotyczy", Kind::Person).required(),
                Field::new("purpose", "Zakres", Kind::Many(Purpose::CHOICES)).required(),
                Field::new("authorised_on", "Data upoważnienia", Kind::Date).required(),
                Field::new("valid_to", "Ważne do", Kind::Date).help("Po tym dniu nie ma dostępu do danych."),
                Field::new("authorisation_scan", "Skan upoważnienia", Kind::Files { most: 4 }).required(),
            ],
        },
        Section {
            title: "Zobowiązanie do tajemnicy",
            fields: &[
                Field::new("secrecy_on", "Data zobowiązania", Kind::Date)
                    .required()
                    .help("Obowiązuje także po zakończeniu pracy."),
                Field::new("secrecy_scan", "Skan zobowiązania", Kind::Files { most: 4 }).required(),
                Field::new("secrecy_signature", "Podpis osoby zobowiązanej", Kind::Signatures).required(),
            ],
        },
        SIGNATURES,
    ],
    decision: &[],
    rules: &[
        NOT_AHEAD,
        Rule::new("authorised_on", Must::NotInFuture, "Data upoważnienia nie może być późniejsza niż dzisiejsza."),
        Rule::new("valid_to", Must::NotBefore("authorised_on"), "Upoważnienie kończy się przed swoją datą."),
        Rule::new("secrecy_on", Must::NotInFuture, "Data zobowiązania nie może być późniejsza niż dzisiejsza."),
        Rule::new("signatures", Must::SignedBy(&["MANAGER"]), "Upoważnienie podpisuje kierownik."),
        Rule::new("method", WRITTEN, "Upoważnienie musi być pisemne: podpis na wydruku albo kwalifikowany.")
            .in_rows("signatures"),
        Rule::new("method", WRITTEN, "Zobowiązanie musi być pisemne: podpis na wydruku albo kwalifikowany.")
            .in_rows("secrecy_signature"),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::documents::papers::testing::{PERSON, Sample, exercise};

    const AUTHORISATION: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-20"),
            ("user", PERSON),
            ("purpose", "ASSISTANCE"),
            ("authorised_on", "2026-11-20"),
            ("authorisation_scan/1/media", "application/pdf"),
            ("authorisation_scan/1/bytes", "2048"),
            ("authorisation_scan/1/hash", "ab12"),
            ("secrecy_on", "2026-11-20"),
            ("secrecy_scan/1/media", "application/pdf"),
            ("secrecy_scan/1/bytes", "2048"),
            ("secrecy_scan/1/hash", "cd34"),
            ("secrecy_signature/1/role", "ASSISTANT"),
            ("secrecy_signature/1/name", "Jadwiga Łąka"),
            ("secrecy_signature/1/method", "PAPER"),
        ],
        more: &[("case_sign", "OPS.120.3.2026"), ("valid_to", "2027-12-31")],
        signed: &["MANAGER"],
        broken: &[
            ("doc_date", "2026-11-23", "Data sporządzenia nie może być późniejsza niż dzisiejsza."),
            ("authorised_on", "2026-11-23", "Data upoważnienia nie może być późniejsza niż dzisiejsza."),
            ("valid_to", "2026-11-19", "Upoważnienie kończy się przed swoją datą."),
            ("secrecy_on", "2026-11-23", "Data zobowiązania nie może być późniejsza niż dzisiejsza."),
            ("signatures/MANAGER/role", "OTHER", "Upoważnienie podpisuje kierownik."),
            (
                "signatures/MANAGER/method",
                "TRUSTED",
                "Upoważnienie musi być pisemne: podpis na wydruku albo kwalifikowany.",
            ),
            (
                "secrecy_signature/1/method",
                "ORAL",
                "Zobowiązanie musi być pisemne: podpis na wydruku albo kwalifikowany.",
            ),
        ],
    };

    #[test]
    fn the_paper_keeps_its_rules() {
        exercise(&FORM, &[AUTHORISATION]);
    }
}
