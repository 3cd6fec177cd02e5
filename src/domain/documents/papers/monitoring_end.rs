//! Request to end monitoring, zał. 12 (wniosek o zakończenie monitoringu): the family copes. From the
//! assistant to the manager. Fields: spec/domain.md 3.12. With the manager's consent the case is closed.

use super::{
    manager,
    monitoring::Retention,
    parts::{HEADER, NOT_AHEAD, SIGNATURES},
};
use crate::domain::form::{Each, Field, Form, Key, Kind, Must, Rule, Section, When, choices};
use chrono::NaiveDate;

choices! {
    /// What the manager says.
    Decision {
        Consent = "CONSENT", "wyrażam zgodę";
        Extend = "EXTEND", "przedłużam monitoring";
        Refuse = "REFUSE", "nie wyrażam zgody";
    }
}

/// First day of monitoring.
pub const PERIOD_FROM: Key<NaiveDate> = Key::new("period_from");
/// Last day of monitoring.
pub const PERIOD_TO: Key<NaiveDate> = Key::new("period_to");
/// Why monitoring ends before the two months are over (D08).
pub const SHORT_REASON: Key<String> = Key::new("short_reason");
/// What the manager says.
pub const DECISION: Key<Decision> = Key::new("decision");
/// Last day, when the manager lets monitoring go on.
pub const EXTENDED_TO: Key<NaiveDate> = Key::new("extended_to");

const EXTENDS: When = When::Is("decision", &["EXTEND"]);
const NOT_CONSENTED: When = When::Is("decision", &["EXTEND", "REFUSE"]);
const COUNT: Kind = Kind::Number { min: 0, max: 10_000, unit: "razy" };
const CARD: &str = "z karty monitoringu (zał. 11)";

/// The declaration.
pub static FORM: Form = Form {
    number: "12",
    title: "Wniosek o zakończenie monitoringu",
    version: 1,
    sections: &[
        HEADER,
        Section {
            title: "Monitoring",
            fields: &[
                Field::new("period_from", "Monitoring od", Kind::Date).required().prefilled(CARD),
                Field::new("period_to", "Monitoring do", Kind::Date).required().prefilled("dzień wniosku"),
                Field::new("short_reason", "Dlaczego monitoring trwał krócej niż 2 miesiące", LONG)
                    .help("Tylko wtedy, gdy trwał krócej."),
                Field::new("visits", "Liczba wizyt", COUNT).computed(CARD),
                Field::new("contacts", "Liczba innych kontaktów", COUNT).computed(CARD),
                Field::new("tasks_closed", "Wszystkie zadania rodziny są zamknięte", Kind::Flag)
                    .required()
                    .prefilled("z kart pracy rodziny (zał. 9)"),
            ],
        },
        Section {
            title: "Ocena",
            fields: &[
                Field::new("summary", "Podsumowanie funkcjonowania rodziny", LONG).required(),
                Field::new(
                    "goal_retention",
                    "Trwałość celów",
                    Kind::RowsOf(
                        Each::Goal,
                        &[Field::new("retention", "Trwałość celu", Kind::One(Retention::CHOICES)).computed(CARD)],
                    ),
                )
                .computed(CARD),
                Field::new("positive", "Ocena końcowa jest pozytywna", Kind::Flag).required().prefilled(CARD),
            ],
        },
        Section {
            title: "Zalecenia i opinia",
            fields: &[
                Field::new("advice_family", "Zalecenia dla rodziny", Kind::Text { min: 0, max: 4000 }),
                Field::new("advice_worker", "Zalecenia dla pracownika socjalnego", Kind::Text { min: 0, max: 4000 }),
                Field::new("family_opinion", "Opinia rodziny", Kind::Text { min: 0, max: 4000 }),
            ],
        },
        SIGNATURES,
    ],
    decision: &[Section {
        title: "Decyzja kierownika",
        fields: &[
            Field::new("decision", "Decyzja", Kind::One(Decision::CHOICES)).required(),
            Field::new("extended_to", "Przedłużam monitoring do", Kind::Date).required().shown_when(EXTENDS),
            manager::REASON.required_when(NOT_CONSENTED).shown_when(NOT_CONSENTED),
            manager::DAY,
            manager::SIGNATURE,
        ],
    }],
    rules: &[
        NOT_AHEAD,
        Rule::new("period_to", Must::After("period_from"), "Koniec monitoringu musi być późniejszy niż początek."),
        Rule::new("period_to", Must::WithinMonths("period_from", 6), "Monitoring trwa najwyżej 6 miesięcy.").warns(),
        Rule::new(
            "period_to",
            Must::MonthsAfter("period_from", 2),
            "Monitoring trwa co najmniej 2 miesiące. Jeśli ma się skończyć wcześniej, napisz dlaczego.",
        )
        .when(When::Not(&When::Filled("short_reason"))),
        Rule::new("tasks_closed", Must::BeTrue, "Zamknij najpierw zadania rodziny (zał. 9), które są jeszcze otwarte.")
            .when(When::No("tasks_closed")),
        Rule::new(
            "positive",
            Must::BeTrue,
            "Po ocenie negatywnej złóż zamiast wniosku zgłoszenie ponownego objęcia (zał. 13).",
        )
        .when(When::No("positive")),
        Rule::new("signatures", Must::SignedBy(&["ASSISTANT"]), "Wniosek podpisuje asystent rodziny."),
        Rule::new(
            "extended_to",
            Must::After("period_to"),
            "Przedłużenie musi sięgać poza dotychczasowy koniec monitoringu.",
        ),
        Rule::new(
            "extended_to",
            Must::WithinMonths("period_from", 6),
            "Razem z przedłużeniem monitoring trwa najwyżej 6 miesięcy.",
        ),
        manager::AFTER_PAPER,
        manager::NOT_AHEAD,
        manager::SIGNED,
    ],
};

const LONG: Kind = Kind::Text { min: 3, max: 4000 };

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::documents::papers::testing::{Sample, exercise};

    const FOUR_MONTHS: Sample = Sample {
        required: &[
            ("place", "Świebodzin"),
            ("doc_date", "2026-11-20"),
            ("period_from", "2026-07-20"),
            ("period_to", "2026-11-20"),
            ("tasks_closed", "tak"),
            ("summary", "Rodzina radzi sobie sama, rachunki zapłacone."),
            ("positive", "tak"),
            ("decision", "CONSENT"),
            ("decided_on", "2026-11-21"),
            ("manager_signatures/1/role", "MANAGER"),
            ("manager_signatures/1/name", "Żaneta Wzorcowa"),
            ("manager_signatures/1/method", "PAPER"),
        ],
        more: &[
            ("case_sign", "OPS.4231.7.2026"),
            ("advice_family", "Utrzymać spotkania w świetlicy."),
            ("advice_worker", "Zimą zapytać o opał."),
            ("family_opinion", "„Dziękujemy, damy radę”."),
        ],
        signed: &["ASSISTANT"],
        broken: &[
            ("doc_date", "2026-11-23", "Data sporządzenia nie może być późniejsza niż dzisiejsza."),
            ("period_to", "2026-07-20", "Koniec monitoringu musi być późniejszy niż początek."),
            ("period_to", "2027-01-21", "Monitoring trwa najwyżej 6 miesięcy."),
            (
                "period_to",
                "2026-09-19",
                "Monitoring trwa co najmniej 2 miesiące. Jeśli ma się skończyć wcześniej, napisz dlaczego.",
            ),
            ("tasks_closed", "nie", "Zamknij najpierw zadania rodziny (zał. 9), które są jeszcze otwarte."),
            ("positive", "nie", "Po ocenie negatywnej złóż zamiast wniosku zgłoszenie ponownego objęcia (zał. 13)."),
            ("signatures/ASSISTANT/role", "MEMBER", "Wniosek podpisuje asystent rodziny."),
            ("decided_on", "2026-11-19", "Data decyzji jest wcześniejsza niż data sporządzenia."),
            ("decided_on", "2026-11-23", "Data decyzji nie może być późniejsza niż dzisiejsza."),
            ("manager_signatures/1/role", "ASSISTANT", "Tu podpisuje się kierownik."),
        ],
    };

    const TOO_SOON: Sample = Sample {
        required: &[
            ("place", "Świebodzin"),
            ("doc_date", "2026-11-20"),
            ("period_from", "2026-10-20"),
            ("period_to", "2026-11-20"),
            ("short_reason", "Rodzina przeprowadza się do dziadków."),
            ("tasks_closed", "tak"),
            ("summary", "Bez zastrzeżeń."),
            ("positive", "tak"),
            ("decision", "EXTEND"),
            ("extended_to", "2027-01-20"),
            ("decision_note", "Sprawdźmy pierwsze tygodnie po przeprowadzce."),
            ("decided_on", "2026-11-20"),
            ("manager_signatures/1/role", "MANAGER"),
            ("manager_signatures/1/name", "Żaneta Wzorcowa"),
            ("manager_signatures/1/method", "PAPER"),
        ],
        more: &[],
        signed: &["ASSISTANT"],
        broken: &[
            ("extended_to", "2026-11-20", "Przedłużenie musi sięgać poza dotychczasowy koniec monitoringu."),
            ("extended_to", "2027-04-21", "Razem z przedłużeniem monitoring trwa najwyżej 6 miesięcy."),
        ],
    };

    #[test]
    fn the_paper_keeps_its_rules() {
        exercise(&FORM, &[FOUR_MONTHS, TOO_SOON]);
    }
}
