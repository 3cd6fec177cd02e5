//! Request for an assistant and the allocation, zał. 1 (przydział asystenta rodziny): one paper of two
//! hands. The social worker asks, the manager decides; it is no administrative decision. Fields:
//! spec/domain.md 3.1. The day on which the plan of help was approved is the anchor of D01, the day of the
//! information about a court's order that of D03.

use super::parts::{HEADER, NOT_AHEAD, SIGNATURES};
use crate::domain::{
    codes::{Area, Basis, FamilyProblem, ReferralSource},
    form::{Field, Form, Key, Kind, Must, Rule, Section, Sensitivity, When, choices},
    ids::UserId,
};
use chrono::NaiveDate;
use std::collections::BTreeSet;

choices! {
    /// What the family thinks of it. Some offices ask before the request, others at the first meeting.
    Attitude {
        Wants = "WANTS", "wyraża wolę";
        Hesitates = "HESITATES", "waha się";
        Refuses = "REFUSES", "odmawia";
        NotAsked = "NOT_ASKED", "nie rozmawiano";
    }
}

choices! {
    /// What the manager decides.
    Ruling {
        Allocate = "ALLOCATE", "przydzielam";
        Elsewhere = "ELSEWHERE", "występuję do jednostki lub podmiotu zlecającego (art. 11 ust. 4 pkt 2–3)";
        DoNotAllocate = "DO_NOT_ALLOCATE", "nie przydzielam";
        Complete = "COMPLETE", "do uzupełnienia";
    }
}

/// Day of the social worker's interview.
pub const INTERVIEW_ON: Key<NaiveDate> = Key::new("interview_date");
/// From where the office knows.
pub const SOURCE: Key<ReferralSource> = Key::new("referral_source");
/// Why the family is assisted (codes of [`Basis`]).
pub const BASIS: Key<BTreeSet<String>> = Key::new("basis");
/// Day on which the office learnt of the court's order.
pub const COURT_INFO_ON: Key<NaiveDate> = Key::new("court_info_date");
/// Members whom the request is about.
pub const MEMBERS: Key<BTreeSet<String>> = Key::new("members");
/// The social worker who asks.
pub const REQUESTED_BY: Key<UserId> = Key::new("requested_by");
/// What the manager decided.
pub const DECISION: Key<Ruling> = Key::new("decision");
/// The assistant.
pub const ASSISTANT: Key<UserId> = Key::new("assistant");
/// Day of the allocation, or of another decision.
pub const ALLOCATED_ON: Key<NaiveDate> = Key::new("allocated_on");
/// Day on which the manager approved the plan of help.
pub const HELP_PLAN_ON: Key<NaiveDate> = Key::new("help_plan_approved_on");
/// What the manager adds.
pub const MANAGER_NOTE: Key<String> = Key::new("manager_note");

const COURT_ORDERED: When = When::Is("basis", &["COURT_ORDER"]);
const ZA_ZYCIEM: When = When::Is("basis", &["ZA_ZYCIEM"]);
const ALLOCATES: When = When::Is("decision", &["ALLOCATE"]);

/// The declaration.
pub static FORM: Form = Form {
    number: "1",
    title: "Wniosek o przydzielenie asystenta rodziny i przydział",
    version: 1,
    sections: &[
        HEADER,
        Section {
            title: "Zgłoszenie i podstawa",
            fields: &[
                Field::new("interview_date", "Data wywiadu środowiskowego", Kind::Date)
                    .help("Nie jest potrzebny na ścieżce „Za życiem”.")
                    .required_when(When::Not(&ZA_ZYCIEM))
                    .prefilled("ze sprawy"),
                Field::new("referral_source", "Źródło zgłoszenia", Kind::One(ReferralSource::CHOICES))
                    .required()
                    .prefilled("ze zgłoszenia"),
                Field::new("basis", "Podstawa objęcia", Kind::Many(Basis::CHOICES)).required().prefilled("ze sprawy"),
                Field::new("court_sign", "Sygnatura postanowienia sądu", Kind::Line { max: 60 })
                    .required_when(COURT_ORDERED)
                    .shown_when(COURT_ORDERED)
                    .prefilled("ze zgłoszenia"),
                Field::new("court_date", "Data postanowienia sądu", Kind::Date)
                    .required_when(COURT_ORDERED)
                    .shown_when(COURT_ORDERED)
                    .prefilled("ze zgłoszenia"),
                Field::new("court_info_date", "Data powzięcia informacji o postanowieniu", Kind::Date)
                    .help("Od tego dnia liczy się 5 dni na rozpoczęcie pracy z rodziną.")
                    .required_when(COURT_ORDERED)
                    .shown_when(COURT_ORDERED)
                    .prefilled("ze zgłoszenia"),
            ],
        },
        Section {
            title: "Sytuacja rodziny",
            fields: &[
                Field::new("members", "Członkowie rodziny", Kind::Members)
                    .help("Rola, data urodzenia i miejsce pobytu są w karcie rodziny.")
                    .required()
                    .prefilled("z karty rodziny"),
                Field::new("problems", "Rozpoznane problemy", Kind::Many(FamilyProblem::CHOICES))
                    .required()
                    .class(Sensitivity::Health),
                Field::new("analysis", "Analiza i ocena sytuacji", Kind::Text { min: 50, max: 4000 })
                    .help("Skrót z wywiadu. Tylko to, co potrzebne.")
                    .required(),
                Field::new(
                    "justification",
                    "Uzasadnienie konieczności objęcia wsparciem",
                    Kind::Text { min: 30, max: 4000 },
                )
                .required(),
                Field::new("scope", "Proponowany zakres wsparcia", Kind::Many(Area::CHOICES))
                    .prefilled("ze zgłoszenia ponownego objęcia (zał. 13), gdy sprawa jest kolejna"),
                Field::new("family_attitude", "Stanowisko rodziny", Kind::One(Attitude::CHOICES))
                    .help("Czy rodzina wie o asystencie i czy go chce."),
                Field::new("requested_by", "Wnioskujący pracownik socjalny", Kind::Person)
                    .required()
                    .prefilled("kto sporządza wniosek"),
            ],
        },
        SIGNATURES,
    ],
    decision: &[Section {
        title: "Rozstrzygnięcie kierownika",
        fields: &[
            Field::new("decision", "Rozstrzygnięcie kierownika", Kind::One(Ruling::CHOICES)).required(),
            Field::new("assistant", "Wyznaczony asystent", Kind::Person)
                .help("Asystent prowadzi pracę najwyżej z 15 rodzinami (art. 15 ust. 4).")
                .required_when(ALLOCATES)
                .shown_when(ALLOCATES),
            Field::new("allocated_on", "Data przydziału", Kind::Date)
                .help("Gdy nie ma przydziału: data rozstrzygnięcia.")
                .required()
                .prefilled("dzisiejsza"),
            Field::new("help_plan_approved_on", "Data zatwierdzenia planu pomocy", Kind::Date)
                .help("Od tego dnia liczą się 3 dni na przekazanie dokumentów asystentowi.")
                .required_when(ALLOCATES)
                .shown_when(ALLOCATES)
                .prefilled("data przydziału"),
            // Whoever must add something has to read what.
            Field::new("manager_note", "Uwagi kierownika", Kind::Text { min: 3, max: 4000 })
                .required_when(When::Is("decision", &["DO_NOT_ALLOCATE", "COMPLETE"])),
            super::manager::SIGNATURE,
        ],
    }],
    rules: &[
        NOT_AHEAD,
        Rule::new(
            "doc_date",
            Must::NotBefore("interview_date"),
            "Data sporządzenia jest wcześniejsza niż data wywiadu środowiskowego.",
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
        Rule::new("signatures", Must::SignedBy(&["SOCIAL_WORKER"]), "Wniosek podpisuje pracownik socjalny."),
        Rule::new("allocated_on", Must::NotBefore("doc_date"), "Data przydziału jest wcześniejsza niż data wniosku."),
        Rule::new("allocated_on", Must::NotInFuture, "Data przydziału nie może być późniejsza niż dzisiejsza."),
        Rule::new(
            "help_plan_approved_on",
            Must::NotInFuture,
            "Data zatwierdzenia planu pomocy nie może być późniejsza niż dzisiejsza.",
        )
        .when(ALLOCATES),
        Rule::new("manager_signatures", Must::SignedBy(&["MANAGER"]), "Rozstrzygnięcie podpisuje kierownik."),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::documents::papers::testing::{MEMBER, PERSON, Sample, exercise};

    const ANALYSIS: &str = "Matka sama wychowuje troje dzieci, najmłodsze choruje; dochód nie wystarcza na czynsz.";
    const JUSTIFICATION: &str = "Rodzina potrzebuje stałego wsparcia w opiece nad dziećmi.";

    const ORDERED: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-18"),
            ("interview_date", "2026-11-16"),
            ("referral_source", "COURT"),
            ("basis", "COURT_ORDER,DIFFICULTIES"),
            ("court_sign", "III Nsm 15/26"),
            ("court_date", "2026-11-10"),
            ("court_info_date", "2026-11-12"),
            ("members", MEMBER),
            ("problems", "POVERTY,HELPLESSNESS"),
            ("analysis", ANALYSIS),
            ("justification", JUSTIFICATION),
            ("requested_by", PERSON),
            ("decision", "ALLOCATE"),
            ("assistant", PERSON),
            ("allocated_on", "2026-11-19"),
            ("help_plan_approved_on", "2026-11-19"),
            ("manager_signatures/M/role", "MANAGER"),
            ("manager_signatures/M/name", "Żaneta Kierownicza"),
            ("manager_signatures/M/method", "PAPER"),
        ],
        more: &[
            ("case_sign", "OPS.4231.7.2026"),
            ("scope", "A01,A02,A09"),
            ("family_attitude", "HESITATES"),
            ("manager_note", "Pierwsze spotkanie razem z pracownikiem socjalnym."),
        ],
        signed: &["SOCIAL_WORKER"],
        broken: &[
            ("doc_date", "2026-11-23", "Data sporządzenia nie może być późniejsza niż dzisiejsza."),
            ("doc_date", "2026-11-15", "Data sporządzenia jest wcześniejsza niż data wywiadu środowiskowego."),
            ("court_info_date", "2026-11-09", "Informacja o postanowieniu jest wcześniejsza niż samo postanowienie."),
            (
                "court_info_date",
                "2026-11-23",
                "Data informacji o postanowieniu nie może być późniejsza niż dzisiejsza.",
            ),
            ("signatures/SOCIAL_WORKER/role", "ASSISTANT", "Wniosek podpisuje pracownik socjalny."),
            ("allocated_on", "2026-11-17", "Data przydziału jest wcześniejsza niż data wniosku."),
            ("allocated_on", "2026-11-23", "Data przydziału nie może być późniejsza niż dzisiejsza."),
            (
                "help_plan_approved_on",
                "2026-11-23",
                "Data zatwierdzenia planu pomocy nie może być późniejsza niż dzisiejsza.",
            ),
            ("manager_signatures/M/role", "ASSISTANT", "Rozstrzygnięcie podpisuje kierownik."),
            ("analysis", "Za krótko.", "Napisz co najmniej 50 znaków (jest 10)."),
            ("justification", "Za krótko.", "Napisz co najmniej 30 znaków (jest 10)."),
            ("assistant", "ktoś", "Wybierz osobę z listy."),
            ("scope", "A99", "Wybierz pozycje z listy."),
        ],
    };

    /// No interview, and the manager says no.
    const NOT_ALLOCATED: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-18"),
            ("referral_source", "ZA_ZYCIEM"),
            ("basis", "ZA_ZYCIEM"),
            ("members", MEMBER),
            ("problems", "MATERNITY"),
            ("analysis", ANALYSIS),
            ("justification", JUSTIFICATION),
            ("requested_by", PERSON),
            ("decision", "DO_NOT_ALLOCATE"),
            ("allocated_on", "2026-11-19"),
            ("manager_note", "Rodzina mieszka w innej gminie."),
            ("manager_signatures/M/role", "MANAGER"),
            ("manager_signatures/M/name", "Żaneta Kierownicza"),
            ("manager_signatures/M/method", "PAPER"),
        ],
        more: &[],
        signed: &["SOCIAL_WORKER"],
        broken: &[
            ("decision", "COMPLETED", "Wybierz pozycję z listy."),
            ("manager_note", "", "Uzupełnij: uwagi kierownika."),
        ],
    };

    #[test]
    fn the_paper_keeps_its_rules() {
        exercise(&FORM, &[ORDERED, NOT_ALLOCATED]);
    }

    #[test]
    fn the_request_is_whole_before_the_manager_decides() {
        use crate::domain::documents::papers::testing::{answers, today};
        let of_the_request =
            |path: &str| FORM.sections.iter().flat_map(|section| section.fields).any(|f| f.key == path);
        let pairs: Vec<_> = ORDERED.required.iter().copied().filter(|(path, _)| of_the_request(path)).collect();
        let mut request = answers(&FORM, &pairs);
        for (cell, text) in [("role", "SOCIAL_WORKER"), ("name", "Józef Pytający"), ("method", "PAPER")] {
            let path = ["signatures/1/", cell].concat();
            request.set_raw(&path, Some(crate::domain::form::Value::Text(text.to_owned())));
        }
        assert_eq!(FORM.check_on(&request, today()), []);
        assert!(!FORM.check_decision(&request, today()).is_empty());
    }
}
