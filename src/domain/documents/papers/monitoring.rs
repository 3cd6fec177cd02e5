//! Work card of monitoring, zał. 11 (karta pracy – monitoring): what is done in the two to six months after
//! the work ends (art. 15 ust. 1 pkt 16). Fields: spec/domain.md 3.11. The entries come from zał. 8; what is
//! asked only at the end hangs on [`FINAL`].

use super::parts::{HEADER, NOT_AHEAD, SIGNATURES};
use crate::domain::{
    codes::*,
    form::{Choice, Each, Field, Form, Key, Kind, Must, Rule, Section, Sensitivity, When, choices},
};
use chrono::NaiveDate;

choices! {
    /// Kind of an entry.
    Contact {
        Visit = "VISIT", "wizyta";
        Phone = "PHONE", "telefon";
        Institution = "INSTITUTION", "instytucja";
    }
}

choices! {
    /// How an area or a former goal has fared since the work ended.
    Course {
        Kept = "KEPT", "utrzymane";
        Worse = "WORSE", "pogorszenie";
        Better = "BETTER", "poprawa";
    }
}

choices! {
    /// What is left of a goal (trwałość celu).
    Retention {
        Kept = "KEPT", "utrzymany";
        Partly = "PARTLY", "częściowo";
        Lost = "LOST", "utracony";
    }
}

choices! {
    /// The final assessment.
    MonitoringResult {
        /// Leads to [`super::monitoring_end`].
        Positive = "POSITIVE", "pozytywna – wniosek o zakończenie monitoringu (zał. 12)";
        /// Leads to [`super::reopening`].
        Negative = "NEGATIVE", "negatywna – zgłoszenie ponownego objęcia (zał. 13)";
        Extend = "EXTEND", "przedłużyć monitoring (łącznie najwyżej 6 miesięcy)";
    }
}

/// First day of monitoring.
pub const FROM: Key<NaiveDate> = Key::new("from");
/// Last day, as planned.
pub const TO: Key<NaiveDate> = Key::new("to");
/// Entries, a row each.
pub const ENTRIES: &str = "entries";
/// Day of an entry (a cell of [`ENTRIES`]).
pub const ENTRY_DATE: Key<NaiveDate> = Key::new("date");
/// Kind of an entry (a cell of [`ENTRIES`]).
pub const ENTRY_KIND: Key<Contact> = Key::new("kind");
/// The card is closed with a final assessment.
pub const FINAL: Key<bool> = Key::new("final");
/// Former goals at the end, a row each.
pub const GOAL_RETENTION: &str = "goal_retention";
/// What is left of a goal (a cell of [`GOAL_RETENTION`]).
pub const RETENTION: Key<Retention> = Key::new("retention");
/// The final assessment.
pub const RESULT: Key<MonitoringResult> = Key::new("result");
/// Last day, when monitoring goes on.
pub const EXTENDED_TO: Key<NaiveDate> = Key::new("extended_to");

/// The areas that monitoring looks at; what else mattered stands among the former goals.
const CHECKED_AREAS: &[Choice] =
    &[choice(Area::A01), choice(Area::A02), choice(Area::A08), choice(Area::A09), choice(Area::A10), choice(Area::A11)];

const fn choice(area: Area) -> Choice {
    Choice { code: area.code(), label: area.label() }
}

const IS_VISIT: When = When::Is("kind", &["VISIT"]);
const IS_INSTITUTION: When = When::Is("kind", &["INSTITUTION"]);
const AT_END: When = When::Yes("final");
const EXTENDS: When = When::Both(&AT_END, &When::Is("result", &["EXTEND"]));

/// The declaration.
pub static FORM: Form = Form {
    number: "11",
    title: "Karta pracy – monitoring",
    version: 1,
    sections: &[
        HEADER,
        Section {
            title: "Okres monitoringu",
            fields: &[
                Field::new("from", "Monitoring od", Kind::Date)
                    .required()
                    .prefilled("z decyzji kierownika o monitoringu (zał. 10)"),
                Field::new("to", "Monitoring do", Kind::Date)
                    .required()
                    .prefilled("z decyzji kierownika o monitoringu (zał. 10)"),
            ],
        },
        Section {
            title: "Wpisy",
            fields: &[
                Field::new(
                    ENTRIES,
                    "Wpisy",
                    Kind::Rows(&[
                        Field::new("date", "Data", Kind::Date).required(),
                        Field::new("kind", "Rodzaj", Kind::One(Contact::CHOICES)).required(),
                        Field::new("minutes", "Czas", Kind::Number { min: 1, max: 720, unit: "min" }).required(),
                        Field::new("present", "Obecni członkowie rodziny", Kind::Members)
                            .required_when(When::Both(&IS_VISIT, &When::Not(&When::Filled("present_others"))))
                            .shown_when(IS_VISIT),
                        Field::new("present_others", "Inne osoby", Kind::Line { max: 200 }).shown_when(IS_VISIT),
                        Field::new("children_seen", "Widziane dzieci", Kind::Members)
                            .required_when(When::Both(&IS_VISIT, &When::Not(&When::Filled("not_seen_reason"))))
                            .shown_when(IS_VISIT),
                        Field::new("not_seen_reason", "Dlaczego nie widziano dziecka", Kind::Line { max: 300 })
                            .shown_when(IS_VISIT),
                        Field::new("institution", "Instytucja", Kind::One(INSTITUTIONS))
                            .required_when(IS_INSTITUTION)
                            .shown_when(IS_INSTITUTION),
                        Field::new("note", "Opis", Kind::Text { min: 3, max: 4000 })
                            .required()
                            .help("Najpierw fakty, tylko to, co potrzebne."),
                    ]),
                )
                .required()
                .prefilled("z wpisów w karcie pracy z czasu monitoringu (zał. 8)"),
                Field::new(
                    "checks",
                    "Sprawdzane obszary i cele",
                    Kind::Rows(&[
                        Field::new("entry", "Przy wpisie z dnia", Kind::Date).required(),
                        Field::new("area", "Obszar", Kind::One(CHECKED_AREAS))
                            .required_when(When::Not(&When::Filled("goal")))
                            .help("Obszar albo dawny cel planu."),
                        Field::new("goal", "Dawny cel planu", Kind::Goals)
                            .required_when(When::Not(&When::Filled("area"))),
                        Field::new("course", "Ocena", Kind::One(Course::CHOICES)).required(),
                        Field::new("note", "Uwagi", Kind::Line { max: 300 }),
                    ]),
                )
                .required(),
            ],
        },
        Section {
            title: "Informacje i sygnały",
            fields: &[
                Field::new(
                    "parties",
                    "Informacje z instytucji",
                    Kind::Rows(&[
                        Field::new("institution", "Instytucja", Kind::One(INSTITUTIONS)).required(),
                        Field::new("date", "Data", Kind::Date),
                        Field::new("person", "Od kogo", Kind::Line { max: 160 }),
                        Field::new("what", "Informacja", Kind::Text { min: 3, max: 2000 })
                            .required()
                            .class(Sensitivity::Health),
                    ]),
                )
                .help("Szkoła, przychodnia, Policja, kurator, pracownik socjalny."),
                Field::new("signals", "Sygnały niepokojące i reakcja", Kind::Text { min: 0, max: 4000 })
                    .help("Przy zagrożeniu życia lub zdrowia najpierw zadzwoń pod 112.")
                    .class(Sensitivity::BlueCard),
            ],
        },
        Section {
            title: "Ocena końcowa",
            fields: &[
                Field::new("final", "Koniec okresu monitoringu", Kind::Flag)
                    .required()
                    .help("„Tak”, gdy karta zamyka monitoring oceną końcową."),
                Field::new(
                    GOAL_RETENTION,
                    "Trwałość celów",
                    Kind::RowsOf(
                        Each::Goal,
                        &[
                            Field::new("retention", "Trwałość celu", Kind::One(Retention::CHOICES)).required(),
                            Field::new("note", "Uwagi", Kind::Line { max: 300 }),
                        ],
                    ),
                )
                .required()
                .shown_when(AT_END),
                Field::new("result", "Ocena końcowa", Kind::One(MonitoringResult::CHOICES))
                    .required()
                    .shown_when(AT_END),
                Field::new("extended_to", "Przedłużyć do", Kind::Date).required().shown_when(EXTENDS),
                Field::new("reason", "Uzasadnienie oceny", Kind::Text { min: 3, max: 4000 })
                    .required()
                    .shown_when(AT_END),
            ],
        },
        SIGNATURES,
    ],
    decision: &[],
    rules: &[
        NOT_AHEAD,
        Rule::new("to", Must::After("from"), "Koniec monitoringu musi być późniejszy niż początek."),
        Rule::new("to", Must::WithinMonths("from", 6), "Monitoring trwa najwyżej 6 miesięcy."),
        Rule::new("date", Must::NotInFuture, "Wpis nie może mieć daty późniejszej niż dzisiejsza.").in_rows(ENTRIES),
        Rule::new("entry", Must::NotInFuture, "Podaj dzień wpisu, przy którym to sprawdzono.").in_rows("checks"),
        Rule::new("extended_to", Must::After("to"), "Przedłużenie musi sięgać poza dotychczasowy koniec monitoringu."),
        Rule::new(
            "extended_to",
            Must::WithinMonths("from", 6),
            "Razem z przedłużeniem monitoring trwa najwyżej 6 miesięcy.",
        ),
        Rule::new("signatures", Must::SignedBy(&["ASSISTANT"]), "Kartę podpisuje asystent rodziny."),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::documents::papers::testing::{CHILD, GOAL, MEMBER, Sample, exercise};

    const AT_THE_END: Sample = Sample {
        required: &[
            ("place", "Świebodzin"),
            ("doc_date", "2026-11-20"),
            ("from", "2026-08-01"),
            ("to", "2026-11-30"),
            ("entries/1/date", "2026-09-10"),
            ("entries/1/kind", "VISIT"),
            ("entries/1/minutes", "45"),
            ("entries/1/present", MEMBER),
            ("entries/1/children_seen", CHILD),
            ("entries/1/note", "W domu ciepło, lekcje odrobione."),
            ("checks/1/entry", "2026-09-10"),
            ("checks/1/area", "A11"),
            ("checks/1/course", "KEPT"),
            ("final", "tak"),
            ("goal_retention/1/retention", "PARTLY"),
            ("result", "EXTEND"),
            ("extended_to", "2027-01-31"),
            ("reason", "Zimą wracają kłopoty z opałem."),
        ],
        more: &[
            ("case_sign", "OPS.4231.7.2026"),
            ("entries/1/present_others", "sąsiadka"),
            ("entries/1/not_seen_reason", "Starsza córka na zajęciach."),
            ("entries/2/date", "2026-10-05"),
            ("entries/2/kind", "INSTITUTION"),
            ("entries/2/minutes", "10"),
            ("entries/2/institution", "SCHOOL"),
            ("entries/2/note", "Rozmowa z wychowawczynią."),
            ("checks/1/note", "Zeszyty prowadzone starannie."),
            ("checks/2/entry", "2026-10-05"),
            ("checks/2/goal", GOAL),
            ("checks/2/course", "BETTER"),
            ("parties/1/institution", "CLINIC"),
            ("parties/1/date", "2026-10-12"),
            ("parties/1/person", "pielęgniarka środowiskowa"),
            ("parties/1/what", "Bilans w terminie."),
            ("signals", "Brak opału w październiku; zgłoszono do ośrodka."),
            ("goal_retention/1/note", "Rachunki płacone z opóźnieniem."),
        ],
        signed: &["ASSISTANT"],
        broken: &[
            ("doc_date", "2026-11-23", "Data sporządzenia nie może być późniejsza niż dzisiejsza."),
            ("to", "2026-08-01", "Koniec monitoringu musi być późniejszy niż początek."),
            ("to", "2027-02-02", "Monitoring trwa najwyżej 6 miesięcy."),
            ("entries/1/date", "2026-11-23", "Wpis nie może mieć daty późniejszej niż dzisiejsza."),
            ("checks/1/entry", "2026-11-23", "Podaj dzień wpisu, przy którym to sprawdzono."),
            ("checks/1/area", "A07", "Wybierz pozycję z listy."),
            ("extended_to", "2026-11-30", "Przedłużenie musi sięgać poza dotychczasowy koniec monitoringu."),
            ("extended_to", "2027-02-02", "Razem z przedłużeniem monitoring trwa najwyżej 6 miesięcy."),
            ("signatures/ASSISTANT/role", "MEMBER", "Kartę podpisuje asystent rodziny."),
        ],
    };

    const ON_THE_WAY: Sample = Sample {
        required: &[
            ("place", "Świebodzin"),
            ("doc_date", "2026-11-20"),
            ("from", "2026-10-01"),
            ("to", "2026-12-01"),
            ("entries/1/date", "2026-11-10"),
            ("entries/1/kind", "PHONE"),
            ("entries/1/minutes", "15"),
            ("entries/1/note", "Wszystko zgodnie z planem."),
            ("checks/1/entry", "2026-11-10"),
            ("checks/1/goal", GOAL),
            ("checks/1/course", "WORSE"),
            ("final", "nie"),
        ],
        more: &[],
        signed: &["ASSISTANT"],
        broken: &[("entries/1/minutes", "721", "Podaj liczbę od 1 do 720 (min).")],
    };

    #[test]
    fn the_paper_keeps_its_rules() {
        exercise(&FORM, &[AT_THE_END, ON_THE_WAY]);
    }
}
