//! Record of work of one assistant in one month (ewidencja pracy). Fields: spec/domain.md 3.20. Under
//! task-based time hours are not recorded by law, absences are; a contractor needs confirmed hours. It is no
//! clock-in tool: minutes come from the entries.

use super::parts::{HEADER, NOT_AHEAD, SIGNATURES};
use crate::domain::form::{Field, Form, Key, Kind, Must, Rule, Section, When, choices};

choices! {
    /// On what footing the assistant works (art. 17 ust. 2).
    Employment {
        TaskBased = "TASK_BASED", "umowa o pracę – zadaniowy czas pracy";
        Services = "SERVICES", "umowa o świadczenie usług";
    }
}

choices! {
    /// Kind of day.
    DayKind {
        Work = "WORK", "praca";
        Leave = "LEAVE", "urlop";
        Sick = "SICK", "zwolnienie lekarskie (L4)";
        Training = "TRAINING", "szkolenie";
        Trip = "TRIP", "delegacja";
        Off = "OFF", "dzień wolny";
    }
}

/// Whose record it is (a person's id).
pub const WORKER: Key<String> = Key::new("worker");
/// The month, as "2026-11".
pub const MONTH: Key<String> = Key::new("month");
/// Days, a row each.
pub const DAYS: &str = "days";

const ENTRIES: &str = "z kart pracy (zał. 8)";
const SERVICES: When = When::Is("employment", &["SERVICES"]);

/// Minutes of one day.
const fn minutes(key: &'static str, label: &'static str) -> Field {
    Field::new(key, label, Kind::Number { min: 0, max: 1440, unit: "min" }).computed(ENTRIES)
}

/// Minutes of the month.
const fn total(key: &'static str, label: &'static str) -> Field {
    Field::new(key, label, Kind::Number { min: 0, max: 44_640, unit: "min" }).computed("z dni powyżej")
}

/// The declaration.
pub static FORM: Form = Form {
    number: "",
    title: "Ewidencja pracy",
    version: 1,
    sections: &[
        HEADER,
        Section {
            title: "Kto i kiedy",
            fields: &[
                Field::new("worker", "Asystent", Kind::Person).required().prefilled("osoba, która wypełnia"),
                Field::new("month", "Miesiąc", Kind::Month).required().prefilled("miniony"),
                Field::new("employment", "Forma zatrudnienia", Kind::One(Employment::CHOICES))
                    .required()
                    .prefilled("z konta asystenta"),
            ],
        },
        Section {
            title: "Dni",
            fields: &[Field::new(
                DAYS,
                "Dni",
                Kind::Rows(&[
                    Field::new("date", "Dzień", Kind::Date).required(),
                    Field::new("kind", "Rodzaj dnia", Kind::One(DayKind::CHOICES)).required(),
                    Field::new("actions", "Czynności", Kind::Text { min: 0, max: 2000 }).computed(ENTRIES),
                    minutes("direct", "Praca bezpośrednia"),
                    minutes("indirect", "Działania pośrednie"),
                    minutes("workshop", "Własny warsztat pracy"),
                    Field::new("night", "Pora nocna", Kind::Flag),
                    Field::new("holiday", "Święto", Kind::Flag).prefilled("z kalendarza"),
                ]),
            )
            .required()
            .help("Nieobecności wpisz zawsze. Czynności i minuty uzupełnią się z kart pracy.")],
        },
        Section {
            title: "Razem",
            fields: &[
                total("direct_total", "Praca bezpośrednia razem"),
                total("indirect_total", "Działania pośrednie razem"),
                total("workshop_total", "Własny warsztat pracy razem"),
                Field::new("hours", "Godziny do potwierdzenia", Kind::Tenths { min: 1, max: 7440, unit: "h" })
                    .required_when(SERVICES)
                    .shown_when(SERVICES)
                    .prefilled(ENTRIES)
                    .help("Od nich zależy najniższa stawka godzinowa."),
            ],
        },
        SIGNATURES,
    ],
    decision: &[super::manager::APPROVAL],
    rules: &[
        NOT_AHEAD,
        Rule::new("date", Must::NotInFuture, "Ten dzień jeszcze nie nadszedł.").in_rows(DAYS),
        Rule::new("signatures", Must::SignedBy(&["ASSISTANT"]), "Podpisuje asystent rodziny."),
        super::manager::AFTER_PAPER,
        super::manager::NOT_AHEAD,
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::documents::papers::testing::{PERSON, Sample, exercise};

    const TASK_BASED: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-02"),
            ("worker", PERSON),
            ("month", "2026-10"),
            ("employment", "TASK_BASED"),
            ("days/01/date", "2026-10-01"),
            ("days/01/kind", "WORK"),
            ("days/02/date", "2026-10-02"),
            ("days/02/kind", "LEAVE"),
            ("decided_on", "2026-11-03"),
        ],
        more: &[
            ("case_sign", "OPS.120.1.2026"),
            ("days/01/night", "nie"),
            ("days/01/holiday", "nie"),
            ("decision_note", "bez uwag"),
        ],
        signed: &["ASSISTANT"],
        broken: &[
            ("doc_date", "2026-11-23", "Data sporządzenia nie może być późniejsza niż dzisiejsza."),
            ("days/02/date", "2026-11-23", "Ten dzień jeszcze nie nadszedł."),
            ("month", "październik", "Podaj miesiąc, na przykład 2026-11."),
            ("signatures/ASSISTANT/role", "OTHER", "Podpisuje asystent rodziny."),
            ("decided_on", "2026-11-01", "Data decyzji jest wcześniejsza niż data sporządzenia."),
            ("decided_on", "2026-11-23", "Data decyzji nie może być późniejsza niż dzisiejsza."),
        ],
    };

    const SERVICES_MONTH: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-02"),
            ("worker", PERSON),
            ("month", "2026-10"),
            ("employment", "SERVICES"),
            ("days/01/date", "2026-10-01"),
            ("days/01/kind", "WORK"),
            ("hours", "1205"),
            ("decided_on", "2026-11-03"),
        ],
        more: &[],
        signed: &["ASSISTANT"],
        broken: &[("hours", "7441", "Podaj wartość od 0 do 744 h.")],
    };

    #[test]
    fn the_paper_keeps_its_rules() {
        exercise(&FORM, &[TASK_BASED, SERVICES_MONTH]);
    }
}
