//! Report that the family needs support again, zał. 13 (zgłoszenie konieczności ponownego objęcia
//! wsparciem), after a negative assessment in monitoring. From the assistant to the manager. Fields:
//! spec/domain.md 3.13. Confirmed, it begins a new case; the cap is checked only when that is allocated.

use super::{
    manager,
    monitoring::Contact,
    parts::{HEADER, NOT_AHEAD, SIGNATURES},
};
use crate::domain::{
    codes::*,
    form::{Each, Field, Form, Key, Kind, Must, Rule, Section, When, choices},
};
use chrono::NaiveDate;

choices! {
    /// What the family says to it.
    FamilyPosition {
        Wants = "WANTS", "chce wsparcia";
        Hesitates = "HESITATES", "waha się";
        Refuses = "REFUSES", "nie chce wsparcia";
        Unknown = "UNKNOWN", "jeszcze nie rozmawiano";
    }
}

choices! {
    /// What the manager says.
    Decision {
        /// Begins a new case.
        Confirm = "CONFIRM", "potwierdzam zasadność – uruchamiam procedurę";
        Reject = "REJECT", "nie potwierdzam";
    }
}

/// Day on which it was found.
pub const FOUND_ON: Key<NaiveDate> = Key::new("found_on");
/// Life areas concerned, a row each.
pub const AREAS: &str = "areas";
/// How it stands there (a cell of [`AREAS`]).
pub const SCALE: Key<Scale> = Key::new("scale");
/// A child is in danger.
pub const CHILD_IN_DANGER: Key<bool> = Key::new("child_in_danger");
/// What the manager says.
pub const DECISION: Key<Decision> = Key::new("decision");
/// Day on which the social worker was told.
pub const WORKER_INFORMED_ON: Key<NaiveDate> = Key::new("worker_informed_on");

const DANGER: When = When::Yes("child_in_danger");
const REJECTED: When = When::Is("decision", &["REJECT"]);
const LONG: Kind = Kind::Text { min: 3, max: 4000 };
const CARD: &str = "z karty monitoringu (zał. 11)";

/// The declaration.
pub static FORM: Form = Form {
    number: "13",
    title: "Zgłoszenie konieczności ponownego objęcia wsparciem",
    version: 1,
    sections: &[
        HEADER,
        Section {
            title: "Co się stało",
            fields: &[
                Field::new("found_on", "Data stwierdzenia", Kind::Date).required(),
                Field::new("circumstances", "Okoliczności i na czym polega pogorszenie", LONG).required(),
                Field::new(
                    AREAS,
                    "Obszary, których dotyczy",
                    Kind::RowsOf(Each::Area, &[Field::new("scale", "Ocena", Kind::One(Scale::CHOICES)).required()]),
                )
                .required()
                .help("Oceń tylko te obszary, w których jest gorzej."),
                Field::new("child_in_danger", "Dziecko jest zagrożone", Kind::Flag)
                    .required()
                    .help("Przy zagrożeniu życia lub zdrowia najpierw zadzwoń pod 112."),
                Field::new("danger_actions", "Podjęte działania", LONG).required().shown_when(DANGER),
            ],
        },
        Section {
            title: "Monitoring i dalsze wsparcie",
            fields: &[
                Field::new(
                    "entries",
                    "Działania w monitoringu",
                    Kind::Rows(&[
                        Field::new("date", "Data", Kind::Date).computed(CARD),
                        Field::new("kind", "Rodzaj", Kind::One(Contact::CHOICES)).computed(CARD),
                    ]),
                )
                .computed(CARD),
                Field::new("actions", "Dotychczasowe działania w monitoringu – opis", LONG).required(),
                Field::new("family_position", "Stanowisko rodziny", Kind::One(FamilyPosition::CHOICES)),
                Field::new("scope", "Proponowany zakres wsparcia", Kind::Text { min: 0, max: 4000 }),
                Field::new("worker_opinion", "Zdanie pracownika socjalnego", Kind::Text { min: 0, max: 4000 }),
            ],
        },
        SIGNATURES,
    ],
    decision: &[Section {
        title: "Decyzja kierownika",
        fields: &[
            Field::new("decision", "Decyzja", Kind::One(Decision::CHOICES)).required(),
            manager::REASON.required_when(REJECTED).shown_when(REJECTED),
            manager::DAY,
            Field::new("worker_informed_on", "Informację przekazano pracownikowi socjalnemu dnia", Kind::Date)
                .required(),
            manager::SIGNATURE,
        ],
    }],
    rules: &[
        NOT_AHEAD,
        Rule::new("found_on", Must::NotInFuture, "Data stwierdzenia nie może być późniejsza niż dzisiejsza."),
        Rule::new(
            "doc_date",
            Must::NotBefore("found_on"),
            "Zgłoszenie sporządza się najwcześniej w dniu stwierdzenia.",
        ),
        Rule::new(
            "doc_date",
            Must::WithinDays("found_on", 7),
            "Od stwierdzenia minęło więcej niż 7 dni. Sprawdź, czy daty są dobre.",
        )
        .warns(),
        Rule::new("signatures", Must::SignedBy(&["ASSISTANT"]), "Zgłoszenie podpisuje asystent rodziny."),
        manager::AFTER_PAPER,
        manager::NOT_AHEAD,
        Rule::new(
            "worker_informed_on",
            Must::NotBefore("found_on"),
            "Pracownika socjalnego informuje się najwcześniej w dniu stwierdzenia.",
        ),
        Rule::new(
            "worker_informed_on",
            Must::NotInFuture,
            "Data przekazania informacji nie może być późniejsza niż dzisiejsza.",
        ),
        manager::SIGNED,
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::documents::papers::testing::{Sample, exercise};

    const CONFIRMED: Sample = Sample {
        required: &[
            ("place", "Świebodzin"),
            ("doc_date", "2026-11-20"),
            ("found_on", "2026-11-18"),
            ("circumstances", "Dzieci od tygodnia nie chodzą do szkoły."),
            ("areas/A11/scale", "2"),
            ("child_in_danger", "tak"),
            ("danger_actions", "Zawiadomiono Policję i pracownika socjalnego."),
            ("actions", "Trzy wizyty, rozmowa w szkole."),
            ("decision", "CONFIRM"),
            ("decided_on", "2026-11-21"),
            ("worker_informed_on", "2026-11-21"),
            ("manager_signatures/1/role", "MANAGER"),
            ("manager_signatures/1/name", "Żaneta Wzorcowa"),
            ("manager_signatures/1/method", "PAPER"),
        ],
        more: &[
            ("case_sign", "OPS.4231.7.2026"),
            ("entries/1/date", "2026-11-03"),
            ("entries/1/kind", "VISIT"),
            ("family_position", "HESITATES"),
            ("scope", "Praca nad rytmem dnia i obowiązkiem szkolnym."),
            ("worker_opinion", "Popieram."),
        ],
        signed: &["ASSISTANT"],
        broken: &[
            ("doc_date", "2026-11-23", "Data sporządzenia nie może być późniejsza niż dzisiejsza."),
            ("doc_date", "2026-11-17", "Zgłoszenie sporządza się najwcześniej w dniu stwierdzenia."),
            ("found_on", "2026-11-12", "Od stwierdzenia minęło więcej niż 7 dni. Sprawdź, czy daty są dobre."),
            ("found_on", "2026-11-23", "Data stwierdzenia nie może być późniejsza niż dzisiejsza."),
            ("areas/A11/scale", "7", "Wybierz pozycję z listy."),
            ("signatures/ASSISTANT/role", "MEMBER", "Zgłoszenie podpisuje asystent rodziny."),
            ("decided_on", "2026-11-19", "Data decyzji jest wcześniejsza niż data sporządzenia."),
            ("decided_on", "2026-11-23", "Data decyzji nie może być późniejsza niż dzisiejsza."),
            (
                "worker_informed_on",
                "2026-11-17",
                "Pracownika socjalnego informuje się najwcześniej w dniu stwierdzenia.",
            ),
            ("worker_informed_on", "2026-11-23", "Data przekazania informacji nie może być późniejsza niż dzisiejsza."),
            ("manager_signatures/1/role", "ASSISTANT", "Tu podpisuje się kierownik."),
        ],
    };

    const REJECTED_ONE: Sample = Sample {
        required: &[
            ("place", "Świebodzin"),
            ("doc_date", "2026-11-20"),
            ("found_on", "2026-11-20"),
            ("circumstances", "Zaległość w czynszu za dwa miesiące."),
            ("areas/A02/scale", "3"),
            ("child_in_danger", "nie"),
            ("actions", "Dwie wizyty."),
            ("decision", "REJECT"),
            ("decision_note", "Wystarczy pomoc pracownika socjalnego."),
            ("decided_on", "2026-11-20"),
            ("worker_informed_on", "2026-11-20"),
            ("manager_signatures/1/role", "MANAGER"),
            ("manager_signatures/1/name", "Żaneta Wzorcowa"),
            ("manager_signatures/1/method", "QUALIFIED"),
        ],
        more: &[],
        signed: &["ASSISTANT"],
        broken: &[],
    };

    #[test]
    fn the_paper_keeps_its_rules() {
        exercise(&FORM, &[CONFIRMED, REJECTED_ONE]);
    }
}
