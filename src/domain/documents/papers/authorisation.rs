//! Authorisation to process data and undertaking of secrecy of one user (upoważnienie i zobowiązanie do
//! tajemnicy). Fields: spec/domain.md 3.22 and 7.2 (DP1). Art. 7 ust. 4 wants both in writing; without both
//! days nobody works with the data.
//!
//! It stands in the file of whom it authorises. The manager's signature under it is the decision; once it is handed
//! in the office takes its days over to the account ([`Authorisation`]), so paper and access never say different
//! things.

use super::{
    course::{LIFE, PAPER},
    early_end::{EARLY_END, last_day},
    parts::{HEADER, NOT_AHEAD, SIGNATURES},
};
use crate::domain::{
    documents::RecordKind,
    form::{Field, Form, Key, Kind, Must, Rule, Section, choices},
    ids::{RecordId, UserId},
    procedure::{Life, Paper},
    record::Record,
};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

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

/// Whose it is.
pub const USER: Key<UserId> = Key::new("user");
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
                Field::new("user", "Kogo dotyczy", Kind::Person).required().prefilled("teczka pracownika"),
                Field::new("purpose", "Zakres", Kind::Many(Purpose::CHOICES))
                    .required()
                    .prefilled("ostatnie upoważnienie tej osoby"),
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
        EARLY_END,
    ],
    decision: &[],
    rules: &[
        NOT_AHEAD,
        Rule::new("authorised_on", Must::NotInFuture, "Data upoważnienia nie może być późniejsza niż dzisiejsza."),
        Rule::new("valid_to", Must::NotBefore("authorised_on"), "Upoważnienie kończy się przed swoją datą."),
        Rule::new("valid_to", Must::NotInPast, "Ten dzień już minął: takie upoważnienie nie daje dostępu do danych."),
        Rule::new("secrecy_on", Must::NotInFuture, "Data zobowiązania nie może być późniejsza niż dzisiejsza."),
        Rule::new("signatures", Must::SignedBy(&["MANAGER"]), "Upoważnienie podpisuje kierownik."),
        Rule::new("method", WRITTEN, "Upoważnienie musi być pisemne: podpis na wydruku albo kwalifikowany.")
            .in_rows("signatures"),
        Rule::new("method", WRITTEN, "Zobowiązanie musi być pisemne: podpis na wydruku albo kwalifikowany.")
            .in_rows("secrecy_signature"),
    ],
};

/// What an authorisation that was handed in gives: access to the data from its first day to its last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorisation {
    /// The paper.
    pub paper: RecordId,
    /// Whom it authorises.
    pub user: UserId,
    /// First day.
    pub from: NaiveDate,
    /// Last day, if it has one.
    pub until: Option<NaiveDate>,
    /// Day of the undertaking of secrecy.
    pub secrecy_on: NaiveDate,
}

impl Authorisation {
    /// Reads a paper; nothing while it is a draft.
    pub fn of(record: &Record) -> Option<Self> {
        let answers = &record.answers;
        let is_one = record.kind == RecordKind::Paper && answers.get(PAPER) == Some(Paper::Authorisation);
        if !is_one || !matches!(answers.get(LIFE), Some(Life::Signed | Life::Approved)) {
            return None;
        }
        Some(Self {
            paper: record.id,
            user: answers.get(USER)?,
            from: answers.get(AUTHORISED_ON)?,
            until: last_day(answers),
            secrecy_on: answers.get(SECRECY_ON)?,
        })
    }
}

/// An authorisation that ends within so many days is shown to the manager.
pub const SOON: Days = Days::new(30);

/// How somebody's authorisation stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Validity {
    /// One of the two papers is missing, or is of a later day.
    Missing,
    /// It holds, without an end.
    Open,
    /// It holds to this day, which is far.
    Until(NaiveDate),
    /// It holds, and ends within [`SOON`].
    EndsSoon(NaiveDate),
    /// It ended on this day.
    Over(NaiveDate),
}

impl Validity {
    /// By the days of both papers and the last day of the authorisation.
    pub fn of(
        authorised_on: Option<NaiveDate>,
        secrecy_on: Option<NaiveDate>,
        until: Option<NaiveDate>,
        today: NaiveDate,
    ) -> Self {
        let given = |day: Option<NaiveDate>| day.is_some_and(|day| day <= today);
        match until {
            _ if !given(authorised_on) || !given(secrecy_on) => Validity::Missing,
            None => Validity::Open,
            Some(last) if last < today => Validity::Over(last),
            Some(last) if last <= today + SOON => Validity::EndsSoon(last),
            Some(last) => Validity::Until(last),
        }
    }

    /// May this person work with the data?
    pub fn holds(self) -> bool {
        matches!(self, Validity::Open | Validity::Until(_) | Validity::EndsSoon(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        documents::papers::testing::{PERSON, Sample, exercise},
        form::Answers,
        testing::{day, record},
    };
    use uuid::Uuid;

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
        more: &[
            ("case_sign", "OPS.120.3.2026"),
            ("valid_to", "2027-12-31"),
            ("ended_early_on", "2027-06-30"),
            ("ended_early_why", "Rozwiązanie umowy."),
        ],
        signed: &["MANAGER"],
        broken: &[
            ("doc_date", "2026-11-23", "Data sporządzenia nie może być późniejsza niż dzisiejsza."),
            ("authorised_on", "2026-11-23", "Data upoważnienia nie może być późniejsza niż dzisiejsza."),
            ("valid_to", "2026-11-19", "Upoważnienie kończy się przed swoją datą."),
            ("valid_to", "2026-11-21", "Ten dzień już minął: takie upoważnienie nie daje dostępu do danych."),
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

    #[test]
    fn only_what_was_handed_in_authorises_and_an_early_end_counts() {
        let user = UserId(Uuid::from_u128(7));
        let answers = Answers::default()
            .with(PAPER, Paper::Authorisation)
            .with(USER, user)
            .with(AUTHORISED_ON, day("2026-11-20"))
            .with(SECRECY_ON, day("2026-11-21"));
        let paper = |life| record(5, RecordKind::Paper, answers.clone().with(LIFE, life));
        for life in [Life::Draft, Life::Returned] {
            assert_eq!(Authorisation::of(&paper(life)), None, "{life:?}");
        }
        let given = Authorisation::of(&paper(Life::Signed)).unwrap();
        assert_eq!((given.user, given.from, given.until), (user, day("2026-11-20"), None));
        assert_eq!(given.secrecy_on, day("2026-11-21"));
        let mut ended = paper(Life::Signed);
        ended.answers.put(VALID_TO, day("2027-12-31"));
        ended.answers.put(crate::domain::documents::papers::early_end::LAST_DAY, day("2026-12-01"));
        assert_eq!(Authorisation::of(&ended).unwrap().until, Some(day("2026-12-01")));
    }

    #[test]
    fn the_manager_sees_who_has_none_and_whose_ends_soon() {
        use Validity::*;
        let at = |text: &str| (!text.is_empty()).then(|| day(text));
        for (authorised, secrecy, until, expected) in [
            ("2026-01-02", "2026-01-02", "", Open),
            ("", "2026-01-02", "", Missing),
            ("2026-01-02", "", "", Missing),
            ("2026-11-23", "2026-01-02", "", Missing),
            ("2026-01-02", "2026-01-02", "2026-11-21", Over(day("2026-11-21"))),
            ("2026-01-02", "2026-01-02", "2026-11-22", EndsSoon(day("2026-11-22"))),
            ("2026-01-02", "2026-01-02", "2026-12-22", EndsSoon(day("2026-12-22"))),
            ("2026-01-02", "2026-01-02", "2026-12-23", Until(day("2026-12-23"))),
        ] {
            let found = Validity::of(at(authorised), at(secrecy), at(until), day("2026-11-22"));
            assert_eq!(found, expected, "{authorised} {secrecy} {until}");
            assert_eq!(found.holds(), matches!(expected, Open | Until(_) | EndsSoon(_)));
        }
    }
}
