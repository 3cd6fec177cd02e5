//! The referral (zgłoszenie): the intake card by which the social worker opens a case. It has no number and
//! no table in section 3; it carries what spec/domain.md 2.2 needs for the first step. The day of the
//! information about a court's order is the anchor of D03.

use super::parts::{HEADER, NOT_AHEAD, SIGNATURES};
use crate::domain::{
    codes::{Basis, ReferralSource},
    form::{Field, Form, Key, Kind, Must, Rule, Section, When},
};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// From where the office knows.
pub const SOURCE: Key<ReferralSource> = Key::new("referral_source");
/// Day on which the office learnt of the family.
pub const INFORMED_ON: Key<NaiveDate> = Key::new("informed_on");
/// Why the family would be assisted (codes of [`Basis`]).
pub const BASIS: Key<BTreeSet<String>> = Key::new("basis");
/// Sign of the court's order.
pub const COURT_SIGN: Key<String> = Key::new("court_sign");
/// Day of the court's order.
pub const COURT_DATE: Key<NaiveDate> = Key::new("court_date");
/// Day on which the office learnt of the court's order.
pub const COURT_INFO_ON: Key<NaiveDate> = Key::new("court_info_date");
/// Surname of the family.
pub const FAMILY_NAME: Key<String> = Key::new("family_name");
/// Town or village.
pub const LOCALITY: Key<String> = Key::new("locality");
/// Street and number.
pub const ADDRESS: Key<String> = Key::new("address");
/// Must something be done at once?
pub const URGENT: Key<bool> = Key::new("urgent");

const COURT_ORDERED: When = When::Is("basis", &["COURT_ORDER"]);
/// Reported by somebody who works in an institution.
const BY_INSTITUTION: When = When::Is(
    "referral_source",
    &["SCHOOL", "COUNSELLING", "DAY_CENTRE", "COURT", "PROBATION", "POLICE", "HEALTH", "PCPR", "DV_TEAM", "NGO"],
);
/// Reported by anybody but the social worker.
const BY_OTHERS: When = When::Not(&When::Is("referral_source", &["OWN"]));

/// The declaration.
pub static FORM: Form = Form {
    number: "",
    title: "Zgłoszenie rodziny",
    version: 1,
    sections: &[
        HEADER,
        Section {
            title: "Kto zgłasza",
            fields: &[
                Field::new("referral_source", "Źródło zgłoszenia", Kind::One(ReferralSource::CHOICES)).required(),
                Field::new("informed_on", "Data otrzymania informacji", Kind::Date).required().prefilled("dzisiejsza"),
                Field::new("reporter_name", "Imię i nazwisko zgłaszającego", Kind::Line { max: 120 })
                    .help("Zostaw puste, gdy zgłaszający nie chce się ujawnić.")
                    .shown_when(BY_OTHERS),
                Field::new("reporter_institution", "Instytucja", Kind::Line { max: 160 })
                    .required_when(BY_INSTITUTION)
                    .shown_when(BY_INSTITUTION),
                Field::new("reporter_phone", "Telefon zgłaszającego", Kind::Line { max: 60 }).shown_when(BY_OTHERS),
            ],
        },
        Section {
            title: "Rodzina",
            fields: &[
                Field::new("family_name", "Nazwisko rodziny", Kind::Line { max: 80 })
                    .required()
                    .prefilled("z karty rodziny"),
                Field::new("locality", "Miejscowość zamieszkania", Kind::Line { max: 80 })
                    .required()
                    .prefilled("z karty rodziny"),
                Field::new("address", "Adres", Kind::Line { max: 200 }).prefilled("z karty rodziny"),
            ],
        },
        Section {
            title: "Sprawa",
            fields: &[
                Field::new("basis", "Podstawa objęcia", Kind::Many(Basis::CHOICES)).required(),
                Field::new("court_sign", "Sygnatura postanowienia sądu", Kind::Line { max: 60 })
                    .required_when(COURT_ORDERED)
                    .shown_when(COURT_ORDERED),
                Field::new("court_date", "Data postanowienia sądu", Kind::Date)
                    .required_when(COURT_ORDERED)
                    .shown_when(COURT_ORDERED),
                Field::new("court_info_date", "Data informacji o postanowieniu", Kind::Date)
                    .help("Od tego dnia liczy się 5 dni na rozpoczęcie pracy z rodziną.")
                    .required_when(COURT_ORDERED)
                    .shown_when(COURT_ORDERED),
                Field::new("matter", "Krótki opis sprawy", Kind::Text { min: 3, max: 2000 })
                    .required()
                    .help("Co się dzieje i kogo dotyczy. Tylko to, co potrzebne."),
                Field::new("urgent", "Czy sprawa jest pilna", Kind::Flag)
                    .required()
                    .help("Gdy zagrożone jest życie lub zdrowie, najpierw zadzwoń pod 112."),
                Field::new("urgent_reason", "Dlaczego pilna", Kind::Text { min: 3, max: 1000 })
                    .required_when(When::Yes("urgent"))
                    .shown_when(When::Yes("urgent")),
            ],
        },
        SIGNATURES,
    ],
    decision: &[],
    rules: &[
        NOT_AHEAD,
        Rule::new(
            "informed_on",
            Must::NotInFuture,
            "Data otrzymania informacji nie może być późniejsza niż dzisiejsza.",
        ),
        Rule::new(
            "doc_date",
            Must::NotBefore("informed_on"),
            "Data sporządzenia jest wcześniejsza niż data otrzymania informacji.",
        ),
        Rule::new(
            "court_info_date",
            Must::NotBefore("court_date"),
            "Informacja o postanowieniu jest wcześniejsza niż samo postanowienie.",
        )
        .when(COURT_ORDERED),
        Rule::new(
            "court_info_date",
            Must::NotInFuture,
            "Data informacji o postanowieniu nie może być późniejsza niż dzisiejsza.",
        )
        .when(COURT_ORDERED),
        // Without this basis the five days of D03 do not begin.
        Rule::new(
            "basis",
            Must::BeOneOf(&["COURT_ORDER"]),
            "Zgłosił sąd. Sprawdź, czy podstawą nie jest postanowienie sądu.",
        )
        .when(When::Both(&When::Is("referral_source", &["COURT"]), &When::Not(&COURT_ORDERED)))
        .warns(),
        Rule::new("signatures", Must::SignedBy(&["SOCIAL_WORKER"]), "Podpisuje pracownik socjalny."),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::documents::papers::testing::{Sample, exercise};

    const BY_COURT: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-20"),
            ("referral_source", "COURT"),
            ("informed_on", "2026-11-19"),
            ("reporter_institution", "Sąd Rejonowy w Świebodzinie"),
            ("family_name", "Źdźbło"),
            ("locality", "Kosieczyn"),
            ("basis", "COURT_ORDER,DIFFICULTIES"),
            ("court_sign", "III Nsm 15/26"),
            ("court_date", "2026-11-10"),
            ("court_info_date", "2026-11-19"),
            ("matter", "Sąd zobowiązał rodziców do współpracy z asystentem."),
            ("urgent", "tak"),
            ("urgent_reason", "Najmłodsze dziecko bywa samo."),
        ],
        more: &[
            ("case_sign", "OPS.4231.7.2026"),
            ("reporter_name", "Łucja Sądowa"),
            ("reporter_phone", "68 000 00 01, wew. 12"),
            ("address", "ul. Główna 1"),
        ],
        signed: &["SOCIAL_WORKER"],
        broken: &[
            ("doc_date", "2026-11-23", "Data sporządzenia nie może być późniejsza niż dzisiejsza."),
            ("doc_date", "2026-11-18", "Data sporządzenia jest wcześniejsza niż data otrzymania informacji."),
            ("informed_on", "2026-11-23", "Data otrzymania informacji nie może być późniejsza niż dzisiejsza."),
            ("court_info_date", "2026-11-09", "Informacja o postanowieniu jest wcześniejsza niż samo postanowienie."),
            (
                "court_info_date",
                "2026-11-23",
                "Data informacji o postanowieniu nie może być późniejsza niż dzisiejsza.",
            ),
            ("basis", "DIFFICULTIES", "Zgłosił sąd. Sprawdź, czy podstawą nie jest postanowienie sądu."),
            ("signatures/SOCIAL_WORKER/role", "ASSISTANT", "Podpisuje pracownik socjalny."),
            ("urgent_reason", "", "Uzupełnij: dlaczego pilna."),
            ("reporter_institution", "", "Uzupełnij: instytucja."),
        ],
    };

    const OWN: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-20"),
            ("referral_source", "OWN"),
            ("informed_on", "2026-11-20"),
            ("family_name", "Źdźbło"),
            ("locality", "Kosieczyn"),
            ("basis", "DIFFICULTIES"),
            ("matter", "Trudności w opiece nad trojgiem dzieci."),
            ("urgent", "nie"),
        ],
        more: &[],
        signed: &["SOCIAL_WORKER"],
        broken: &[
            ("basis", "NUDA", "Wybierz pozycje z listy."),
            ("matter", "?", "Napisz co najmniej 3 znaków (jest 1)."),
        ],
    };

    const BY_NEIGHBOUR: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-20"),
            ("referral_source", "OTHER"),
            ("informed_on", "2026-11-20"),
            ("family_name", "Źdźbło"),
            ("locality", "Kosieczyn"),
            ("basis", "DIFFICULTIES"),
            ("matter", "Sąsiadka słyszy nocą płacz dzieci."),
            ("urgent", "nie"),
        ],
        more: &[("reporter_name", "Józefa Sąsiednia"), ("reporter_phone", "600 000 003")],
        signed: &["SOCIAL_WORKER"],
        broken: &[],
    };

    #[test]
    fn the_paper_keeps_its_rules() {
        exercise(&FORM, &[BY_COURT, OWN, BY_NEIGHBOUR]);
    }
}
