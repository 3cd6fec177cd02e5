//! Written authorisation to act before institutions (pisemne upoważnienie, „Za życiem”). Fields:
//! spec/domain.md 3.19 (3). The act wants it in writing and leaves providers of health care out.

use super::parts::{HEADER, NOT_AHEAD, SIGNATURES};
use crate::domain::{
    codes::INSTITUTIONS,
    form::{Field, Form, Key, Kind, Must, Rule, Section, When},
};
use chrono::NaiveDate;

/// Day of the authorisation.
pub const GRANTED_ON: Key<NaiveDate> = Key::new("granted_on");
/// Day on which it was withdrawn.
pub const REVOKED_ON: Key<NaiveDate> = Key::new("revoked_on");

/// Institutions before which the assistant may act: all but the providers of health care.
pub const NO_HEALTH_CARE: &[&str] = &[
    "COURT",
    "PROBATION",
    "POLICE",
    "PROSECUTOR",
    "PCPR",
    "CARE_HOME",
    "FOSTER_FAMILY",
    "SCHOOL",
    "PRESCHOOL",
    "COUNSELLING",
    "GKRPA",
    "DV_TEAM",
    "OPS_WORKER",
    "OPS_BENEFITS",
    "JOB_OFFICE",
    "ZUS",
    "MUNICIPALITY",
    "DISABILITY",
    "NGO",
    "PARISH",
    "LAWYER",
    "EMPLOYER",
    "OTHER",
];

/// The declaration.
pub static FORM: Form = Form {
    number: "",
    title: "Upoważnienie dla asystenta „Za życiem”",
    version: 1,
    sections: &[
        HEADER,
        Section {
            title: "Upoważnienie",
            fields: &[
                Field::new("persons", "Kto upoważnia", Kind::Members).required().prefilled("z wniosku „Za życiem”"),
                Field::new("assistant", "Kogo", Kind::Person).required().prefilled("asystent z przydziału (zał. 1)"),
                Field::new("granted_on", "Data upoważnienia", Kind::Date).required().prefilled("dzisiejsza"),
                Field::new("scope", "Zakres", Kind::Text { min: 3, max: 2000 })
                    .required()
                    .help("Jakie sprawy asystent może załatwiać."),
                Field::new(
                    "bodies",
                    "Podmioty",
                    Kind::Rows(&[
                        Field::new("kind", "Instytucja", Kind::One(INSTITUTIONS)).required(),
                        Field::new("name", "Nazwa", Kind::Line { max: 160 })
                            .required_when(When::Is("kind", &["OTHER"])),
                    ]),
                )
                .required(),
                Field::new("health_care_excluded", "Nie obejmuje podmiotów leczniczych", Kind::Flag).required(),
            ],
        },
        Section {
            title: "Cofnięcie",
            fields: &[
                Field::new("revoked_on", "Data cofnięcia", Kind::Date)
                    .help("Upoważnienie można cofnąć w każdej chwili."),
                Field::new("revoked_note", "Uwagi do cofnięcia", Kind::Line { max: 300 })
                    .shown_when(When::Filled("revoked_on")),
            ],
        },
        SIGNATURES,
    ],
    decision: &[],
    rules: &[
        NOT_AHEAD,
        Rule::new("granted_on", Must::NotInFuture, "Data upoważnienia nie może być późniejsza niż dzisiejsza."),
        Rule::new(
            "kind",
            Must::BeOneOf(NO_HEALTH_CARE),
            "Upoważnienie nie może obejmować podmiotów leczniczych (art. 8 ustawy „Za życiem”).",
        )
        .in_rows("bodies"),
        Rule::new("health_care_excluded", Must::BeTrue, "Z upoważnienia trzeba wyłączyć podmioty lecznicze."),
        Rule::new("revoked_on", Must::NotBefore("granted_on"), "Cofnięcie jest wcześniejsze niż upoważnienie."),
        Rule::new("signatures", Must::SignedBy(&["MEMBER"]), "Podpisuje osoba, która upoważnia."),
        Rule::new(
            "method",
            Must::BeOneOf(&["PAPER", "QUALIFIED"]),
            "Upoważnienie musi być pisemne: podpis na wydruku albo podpis kwalifikowany.",
        )
        .in_rows("signatures")
        .when(When::Is("role", &["MEMBER"])),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::documents::papers::testing::{MEMBER, PERSON, Sample, exercise};

    const AUTHORISATION: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-20"),
            ("persons", MEMBER),
            ("assistant", PERSON),
            ("granted_on", "2026-11-20"),
            ("scope", "Sprawy świadczeń."),
            ("bodies/1/kind", "OTHER"),
            ("bodies/1/name", "fundacja „Źródło”"),
            ("health_care_excluded", "tak"),
        ],
        more: &[("case_sign", "OPS.4231.9.2026"), ("revoked_on", "2026-11-21"), ("revoked_note", "na prośbę matki")],
        signed: &["MEMBER"],
        broken: &[
            ("doc_date", "2026-11-23", "Data sporządzenia nie może być późniejsza niż dzisiejsza."),
            ("granted_on", "2026-11-23", "Data upoważnienia nie może być późniejsza niż dzisiejsza."),
            (
                "bodies/1/kind",
                "HOSPITAL",
                "Upoważnienie nie może obejmować podmiotów leczniczych (art. 8 ustawy „Za życiem”).",
            ),
            ("health_care_excluded", "nie", "Z upoważnienia trzeba wyłączyć podmioty lecznicze."),
            ("revoked_on", "2026-11-19", "Cofnięcie jest wcześniejsze niż upoważnienie."),
            ("signatures/MEMBER/role", "ASSISTANT", "Podpisuje osoba, która upoważnia."),
            (
                "signatures/MEMBER/method",
                "ORAL",
                "Upoważnienie musi być pisemne: podpis na wydruku albo podpis kwalifikowany.",
            ),
        ],
    };

    #[test]
    fn the_paper_keeps_its_rules() {
        exercise(&FORM, &[AUTHORISATION]);
    }

    #[test]
    fn every_institution_is_health_care_or_not() {
        let health_care = ["CLINIC", "HOSPITAL", "MIDWIFE", "MENTAL_HEALTH", "ADDICTION"];
        for institution in INSTITUTIONS {
            let (excluded, allowed) =
                (health_care.contains(&institution.code), NO_HEALTH_CARE.contains(&institution.code));
            assert_ne!(excluded, allowed, "{}", institution.code);
        }
        assert_eq!(NO_HEALTH_CARE.len() + health_care.len(), INSTITUTIONS.len());
    }
}
