//! Why the cooperation has to go on beyond 24 months, up to 36 (uzasadnienie przedłużenia; no number).
//! From the assistant to the manager, who decides; see spec/domain.md 2.2 and D07 in 2.3. The
//! specification has no table for it, so the fields are an inference: do potwierdzenia w ośrodku.

use super::{
    manager,
    parts::{HEADER, NOT_AHEAD, SIGNATURES},
};
use crate::domain::{
    codes::*,
    form::{Each, Field, Form, Key, Kind, Must, Rule, Section, When, choices},
};
use chrono::NaiveDate;

choices! {
    /// What the manager says.
    Decision {
        Consent = "CONSENT", "wyrażam zgodę na przedłużenie";
        Refuse = "REFUSE", "nie wyrażam zgody na przedłużenie";
    }
}

/// Start of the plan: what the 24 and the 36 months are counted from (D07).
pub const STARTED_ON: Key<NaiveDate> = Key::new("started_on");
/// Last day of the cooperation, when the manager consents.
pub const EXTENDED_TO: Key<NaiveDate> = Key::new("extended_to");
/// Why.
pub const REASONS: Key<String> = Key::new("reasons");
/// What the manager says.
pub const DECISION: Key<Decision> = Key::new("decision");

/// There is still work on the goal.
const OPEN: When = When::Is("status", &["IN_PROGRESS", "PARTLY", "NOT_REACHED", "CHANGED"]);
const REFUSED: When = When::Is("decision", &["REFUSE"]);

/// The declaration.
pub static FORM: Form = Form {
    number: "",
    title: "Uzasadnienie przedłużenia współpracy",
    version: 1,
    sections: &[
        HEADER,
        Section {
            title: "Okres współpracy",
            fields: &[
                Field::new("started_on", "Początek realizacji planu", Kind::Date)
                    .required()
                    .prefilled("z pierwszego planu pracy z rodziną (zał. 6)"),
                Field::new("two_years_on", "24 miesiące mijają dnia", Kind::Date).computed("z początku planu"),
                Field::new("extended_to", "Przedłużyć współpracę do", Kind::Date)
                    .required()
                    .help("Najdłużej do 36 miesięcy od początku planu."),
            ],
        },
        Section {
            title: "Uzasadnienie",
            fields: &[
                Field::new("reasons", "Powody przedłużenia", Kind::Text { min: 30, max: 4000 }).required(),
                Field::new(
                    "goals",
                    "Cele do dokończenia",
                    Kind::RowsOf(
                        Each::Goal,
                        &[
                            Field::new("status", "Status", Kind::One(GoalStatus::CHOICES))
                                .required()
                                .prefilled("z ostatniej okresowej oceny (zał. 7)"),
                            Field::new("remains", "Co zostało do zrobienia", Kind::Text { min: 3, max: 2000 })
                                .required()
                                .shown_when(OPEN),
                            Field::new("due", "Nowy termin", Kind::Date).required().shown_when(OPEN),
                        ],
                    ),
                )
                .required(),
                Field::new("effects", "Dotychczasowe efekty", Kind::Text { min: 0, max: 4000 })
                    .prefilled("z ostatniej okresowej oceny (zał. 15)"),
                Field::new("family_opinion", "Opinia rodziny", Kind::Text { min: 0, max: 4000 }),
            ],
        },
        SIGNATURES,
    ],
    decision: &[Section {
        title: "Decyzja kierownika",
        fields: &[
            Field::new("decision", "Decyzja", Kind::One(Decision::CHOICES)).required(),
            manager::REASON.required_when(REFUSED).shown_when(REFUSED),
            manager::DAY,
            manager::SIGNATURE,
        ],
    }],
    rules: &[
        NOT_AHEAD,
        Rule::new(
            "extended_to",
            Must::MonthsAfter("started_on", 24),
            "Do 24 miesięcy przedłużenie nie jest potrzebne. Podaj późniejszy dzień.",
        ),
        Rule::new(
            "extended_to",
            Must::WithinMonths("started_on", 36),
            "Współpraca trwa najdłużej 36 miesięcy od początku planu.",
        ),
        Rule::new("signatures", Must::SignedBy(&["ASSISTANT"]), "Uzasadnienie podpisuje asystent rodziny."),
        manager::AFTER_PAPER,
        manager::NOT_AHEAD,
        manager::SIGNED,
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::documents::papers::testing::{Sample, exercise};

    const CONSENTED: Sample = Sample {
        required: &[
            ("place", "Sulęcin"),
            ("doc_date", "2026-11-20"),
            ("started_on", "2024-12-01"),
            ("extended_to", "2027-12-01"),
            ("reasons", "Terapia matki kończy się w maju, powrót córki jest realny jesienią."),
            ("goals/1/status", "IN_PROGRESS"),
            ("goals/1/remains", "Noclegi córki w domu."),
            ("goals/1/due", "2027-09-30"),
            ("decision", "CONSENT"),
            ("decided_on", "2026-11-21"),
            ("manager_signatures/1/role", "MANAGER"),
            ("manager_signatures/1/name", "Żaneta Wzorcowa"),
            ("manager_signatures/1/method", "PAPER"),
        ],
        more: &[
            ("case_sign", "OPS.4231.7.2026"),
            ("goals/2/status", "REACHED"),
            ("effects", "Mieszkanie wyremontowane, długi spłacone."),
            ("family_opinion", "„Chcemy skończyć to, co zaczęte”."),
        ],
        signed: &["ASSISTANT"],
        broken: &[
            ("doc_date", "2026-11-23", "Data sporządzenia nie może być późniejsza niż dzisiejsza."),
            ("extended_to", "2026-11-30", "Do 24 miesięcy przedłużenie nie jest potrzebne. Podaj późniejszy dzień."),
            ("extended_to", "2027-12-02", "Współpraca trwa najdłużej 36 miesięcy od początku planu."),
            ("reasons", "Bo tak.", "Napisz co najmniej 30 znaków (jest 7)."),
            ("signatures/ASSISTANT/role", "MEMBER", "Uzasadnienie podpisuje asystent rodziny."),
            ("decided_on", "2026-11-19", "Data decyzji jest wcześniejsza niż data sporządzenia."),
            ("decided_on", "2026-11-23", "Data decyzji nie może być późniejsza niż dzisiejsza."),
            ("manager_signatures/1/role", "ASSISTANT", "Tu podpisuje się kierownik."),
        ],
    };

    const DECLINED: Sample = Sample {
        required: &[
            ("place", "Sulęcin"),
            ("doc_date", "2026-11-20"),
            ("started_on", "2024-12-01"),
            ("extended_to", "2027-02-28"),
            ("reasons", "Zostały dwa spotkania w poradni i odbiór orzeczenia."),
            ("goals/1/status", "PARTLY"),
            ("goals/1/remains", "Odbiór orzeczenia."),
            ("goals/1/due", "2027-02-15"),
            ("decision", "REFUSE"),
            ("decision_note", "Orzeczenie odbierze rodzina z pracownikiem socjalnym."),
            ("decided_on", "2026-11-20"),
            ("manager_signatures/1/role", "MANAGER"),
            ("manager_signatures/1/name", "Żaneta Wzorcowa"),
            ("manager_signatures/1/method", "PAPER"),
        ],
        more: &[],
        signed: &["ASSISTANT"],
        broken: &[],
    };

    #[test]
    fn the_paper_keeps_its_rules() {
        exercise(&FORM, &[CONSENTED, DECLINED]);
    }
}
