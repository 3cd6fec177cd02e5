//! Monthly report of an assistant, zał. 14 (miesięczny raport z pracy z rodziną i na jej rzecz): a row for
//! each family. Its figures follow from the cards (zał. 8, 9, 11, 16); the assistant writes the words. Fields:
//! spec/domain.md 3.14. Its month is what D09 counts from.

use super::{
    approval::APPROVAL,
    manager,
    parts::{HEADER, NOT_AHEAD, SIGNATURES},
};
use crate::domain::{
    calendar::month_end,
    documents::case_card::{ClosingReason, Stage},
    form::{Answers, Each, Field, Form, Key, Kind, Must, Rule, Section, Sensitivity, When, choices, field::read_month},
};
use chrono::NaiveDate;

choices! {
    /// How the assistant is employed (art. 17 ust. 2).
    Contract {
        Employment = "EMPLOYMENT", "umowa o pracę – zadaniowy czas pracy";
        Service = "SERVICE", "umowa o świadczenie usług (zlecenie)";
    }
}

choices! {
    /// What the assistant took part in to learn or be supported (art. 12 ust. 2, art. 16 ust. 2).
    TrainingKind {
        Training = "TRAINING", "szkolenie";
        Supervision = "SUPERVISION", "superwizja";
        Counselling = "COUNSELLING", "poradnictwo";
    }
}

choices! {
    /// A figure of the report that a person may put right by hand.
    Figure {
        VisitsHeld = "VISITS_HELD", "wizyty odbyte";
        VisitsNotHeld = "VISITS_NOT_HELD", "wizyty nieodbyte";
        ContactsFamily = "CONTACTS_FAMILY", "kontakty z rodziną";
        ContactsInstitutions = "CONTACTS_INSTITUTIONS", "kontakty z instytucjami";
        MinutesDirect = "MINUTES_DIRECT", "czas pracy bezpośredniej";
        MinutesIndirect = "MINUTES_INDIRECT", "czas pracy pośredniej";
        MinutesDocumentation = "MINUTES_DOCUMENTATION", "czas dokumentacji";
        TasksSet = "TASKS_SET", "zadania zlecone";
        TasksDone = "TASKS_DONE", "zadania wykonane";
        TasksNotDone = "TASKS_NOT_DONE", "zadania niewykonane";
        FamiliesTotal = "FAMILIES_TOTAL", "liczba rodzin";
        FamiliesTakenOn = "FAMILIES_TAKEN_ON", "rodziny przyjęte";
        FamiliesEnded = "FAMILIES_ENDED", "rodziny, z którymi zakończono pracę";
        WorkDays = "WORK_DAYS", "dni pracy";
        WorkHours = "WORK_HOURS", "godziny pracy";
        TravelKm = "TRAVEL_KM", "przejechane kilometry";
        Meetings = "MEETINGS", "spotkania interdyscyplinarne";
        GroupMeetings = "GROUP_MEETINGS", "spotkania grup diagnostyczno-pomocowych";
    }
}

impl Figure {
    /// Is it counted for each family, not only for the whole month?
    pub fn is_of_family(self) -> bool {
        OF_A_FAMILY.holds(&Answers::default().with(FIGURE, self))
    }
}

/// The month ("2026-11").
pub const MONTH: Key<String> = Key::new("month");
/// Families, a row each; the row's id is the family's.
pub const ROWS: &str = "rows";
/// What was done and how far the family has come (a cell of [`ROWS`]).
pub const SUMMARY: Key<String> = Key::new("summary");
/// Figures put right by hand, a row each.
pub const OVERRIDES: &str = "overrides";
/// Which figure (a cell of [`OVERRIDES`]).
pub const FIGURE: Key<Figure> = Key::new("figure");
/// What it should be (a cell of [`OVERRIDES`]).
pub const NEW: Key<i64> = Key::new("new");
/// Day on which the report was handed in.
pub const SUBMITTED_ON: Key<NaiveDate> = Key::new("submitted_on");

/// Where figures of visits, contacts and time come from.
const FROM_ENTRIES: &str = "z kart pracy (zał. 8 i 11)";
/// Where figures about the family's tasks come from.
const FROM_TASKS: &str = "z karty pracy rodziny (zał. 9)";
/// Where figures about cases come from: their state on the last day of the month.
const FROM_CASES: &str = "ze spraw, na ostatni dzień miesiąca";

const EMPLOYED: When = When::Is("contract", &["EMPLOYMENT"]);
/// A figure of one family, not of the whole report.
const OF_A_FAMILY: When = When::Is(
    "figure",
    &[
        "VISITS_HELD",
        "VISITS_NOT_HELD",
        "CONTACTS_FAMILY",
        "CONTACTS_INSTITUTIONS",
        "MINUTES_DIRECT",
        "MINUTES_INDIRECT",
        "MINUTES_DOCUMENTATION",
        "TASKS_SET",
        "TASKS_DONE",
        "TASKS_NOT_DONE",
    ],
);

/// So many of something in a month; the label says of what, so words show the bare number ("nr").
const fn count(key: &'static str, label: &'static str, from: &'static str) -> Field {
    Field::new(key, label, Kind::Number { min: 0, max: 10_000, unit: "nr" }).computed(from)
}

/// Minutes of a month: no month has more.
const fn minutes(key: &'static str, label: &'static str) -> Field {
    Field::new(key, label, Kind::Number { min: 0, max: 44_640, unit: "min" }).computed(FROM_ENTRIES)
}

/// The declaration.
pub static FORM: Form = Form {
    number: "14",
    title: "Miesięczny raport z pracy z rodziną i na jej rzecz",
    version: 1,
    sections: &[
        HEADER,
        Section {
            title: "Miesiąc i zatrudnienie",
            fields: &[
                Field::new("month", "Miesiąc", Kind::Month).required().prefilled("poprzedni miesiąc"),
                Field::new("contract", "Forma zatrudnienia", Kind::One(Contract::CHOICES))
                    .required()
                    .prefilled("z poprzedniego raportu"),
                Field::new("fte", "Wymiar etatu", Kind::Number { min: 1, max: 100, unit: "% etatu" })
                    .required_when(EMPLOYED)
                    .shown_when(EMPLOYED)
                    .prefilled("z poprzedniego raportu")
                    .help("Cały etat to 100, pół etatu 50."),
            ],
        },
        Section {
            title: "Rodziny",
            fields: &[Field::new(
                ROWS,
                "Rodziny",
                Kind::RowsOf(
                    Each::Family,
                    &[
                        Field::new("stage", "Etap", Kind::One(Stage::CHOICES)).computed(FROM_CASES),
                        count("visits_held", "Wizyty odbyte", FROM_ENTRIES),
                        count("visits_not_held", "Wizyty nieodbyte", FROM_ENTRIES),
                        Field::new("not_held_reasons", "Powody nieodbytych wizyt", Kind::Text { min: 0, max: 1000 })
                            .computed(FROM_ENTRIES),
                        count("contacts_family", "Kontakty z rodziną", FROM_ENTRIES)
                            .help("Poza wizytami w środowisku."),
                        count("contacts_institutions", "Kontakty z instytucjami", FROM_ENTRIES),
                        Field::new("institutions", "Wykaz instytucji", Kind::Text { min: 0, max: 2000 })
                            .computed(FROM_ENTRIES),
                        minutes("minutes_direct", "Czas pracy bezpośredniej").help("Z rodzicami i z dziećmi."),
                        minutes("minutes_indirect", "Czas pracy pośredniej"),
                        minutes("minutes_documentation", "Czas dokumentacji"),
                        Field::new("tasks_art15", "Realizowane zadania ustawowe", Kind::Text { min: 0, max: 2000 })
                            .computed(FROM_ENTRIES)
                            .help("Art. 15 ust. 1: punkt i liczba wpisów."),
                        count("tasks_set", "Zadania rodziny zlecone", FROM_TASKS),
                        count("tasks_done", "Zadania rodziny wykonane", FROM_TASKS),
                        count("tasks_not_done", "Zadania rodziny niewykonane", FROM_TASKS),
                        Field::new("summary", "Opis pracy i postępów", Kind::Text { min: 3, max: 1500 })
                            .required()
                            .prefilled("szkic z wpisów w karcie pracy (zał. 8)"),
                        Field::new("difficulties", "Trudności i ryzyka", Kind::Text { min: 3, max: 1500 })
                            .class(Sensitivity::Health)
                            .help("Tylko to, co potrzebne."),
                        Field::new("next", "Plan na kolejny miesiąc", Kind::Text { min: 3, max: 1500 }),
                    ],
                ),
            )
            .required()],
        },
        Section {
            title: "Podsumowanie miesiąca",
            fields: &[
                count("families_total", "Liczba rodzin", FROM_CASES),
                Field::new(
                    "by_stage",
                    "Rodziny według etapów",
                    Kind::Rows(&[
                        Field::new("stage", "Etap", Kind::One(Stage::CHOICES)).computed(FROM_CASES),
                        count("families", "Liczba rodzin", FROM_CASES),
                    ]),
                )
                .computed(FROM_CASES),
                count("families_taken_on", "Rodziny przyjęte w miesiącu", FROM_CASES),
                count("families_ended", "Rodziny, z którymi zakończono pracę", FROM_CASES),
                Field::new(
                    "ended_reasons",
                    "Powody zakończenia",
                    Kind::Rows(&[
                        Field::new("reason", "Powód", Kind::One(ClosingReason::CHOICES)).computed(FROM_CASES),
                        count("families", "Liczba rodzin", FROM_CASES),
                    ]),
                )
                .computed(FROM_CASES),
                count("work_days", "Dni pracy", FROM_ENTRIES),
                Field::new("work_hours", "Godziny pracy", Kind::Tenths { min: 0, max: 7_440, unit: "h" })
                    .computed(FROM_ENTRIES),
                Field::new("travel_km", "Przejechane kilometry", Kind::Tenths { min: 0, max: 100_000, unit: "km" })
                    .computed(FROM_ENTRIES),
                Field::new("travel_cost", "Koszty przejazdów", Kind::Line { max: 40 })
                    .computed("z przejazdów prywatnym samochodem i stawki ośrodka"),
                count("meetings", "Spotkania interdyscyplinarne", "z protokołów (zał. 16)"),
                count(
                    "group_meetings",
                    "Udział w grupach diagnostyczno-pomocowych",
                    "z kart pracy (zał. 8): współpraca z zespołem interdyscyplinarnym lub grupą",
                ),
            ],
        },
        Section {
            title: "Szkolenia i uwagi",
            fields: &[
                Field::new(
                    "training",
                    "Szkolenia, superwizja, poradnictwo",
                    Kind::Rows(&[
                        Field::new("date", "Data", Kind::Date).required(),
                        Field::new("kind", "Rodzaj", Kind::One(TrainingKind::CHOICES)),
                        Field::new("topic", "Temat", Kind::Line { max: 200 }).required(),
                        Field::new("hours", "Liczba godzin", Kind::Tenths { min: 1, max: 400, unit: "h" }).required(),
                    ]),
                )
                .help("Art. 12 ust. 2 i art. 16 ust. 2."),
                Field::new("needs", "Uwagi i potrzeby do kierownika", Kind::Text { min: 3, max: 4000 }),
                Field::new(
                    OVERRIDES,
                    "Korekty ręczne liczb",
                    Kind::Rows(&[
                        Field::new("figure", "Która liczba", Kind::One(Figure::CHOICES)).required(),
                        Field::new("family_code", "Kod rodziny", Kind::Line { max: 16 })
                            .required_when(OF_A_FAMILY)
                            .shown_when(OF_A_FAMILY),
                        Field::new("old", "Było", Kind::Number { min: 0, max: 100_000, unit: "jedn." })
                            .computed("wyliczone w tym raporcie"),
                        Field::new("new", "Powinno być", Kind::Number { min: 0, max: 100_000, unit: "jedn." })
                            .required()
                            .help("W pełnych jednostkach poprawianej liczby: wizytach, minutach, kilometrach."),
                        Field::new("reason", "Powód", Kind::Line { max: 300 }).required(),
                    ]),
                )
                .help("Lepiej poprawić wpis w karcie pracy, jeśli jeszcze można."),
                Field::new("submitted_on", "Data złożenia", Kind::Date).required().prefilled("dzisiejsza"),
                Field::new("late", "Złożony po terminie", Kind::Flag)
                    .computed("z terminu raportu (do 5. dnia następnego miesiąca)"),
            ],
        },
        SIGNATURES,
    ],
    decision: &[APPROVAL],
    rules: &[
        NOT_AHEAD,
        Rule::new("date", Must::NotInFuture, "Data szkolenia nie może być późniejsza niż dzisiejsza.")
            .in_rows("training"),
        Rule::new("submitted_on", Must::NotInFuture, "Data złożenia nie może być późniejsza niż dzisiejsza."),
        Rule::new(
            "submitted_on",
            Must::NotBefore("doc_date"),
            "Data złożenia jest wcześniejsza niż data sporządzenia.",
        ),
        Rule::new("signatures", Must::SignedBy(&["ASSISTANT"]), "Raport podpisuje asystent rodziny."),
        manager::NOT_AHEAD,
        Rule::new(
            "decided_on",
            Must::NotBefore("submitted_on"),
            "Data decyzji jest wcześniejsza niż data złożenia raportu.",
        ),
    ],
};

/// The last day of the report's month: its totals stand on this day, and its term (D09) counts from it.
pub fn last_day(answers: &Answers) -> Option<NaiveDate> {
    read_month(answers.text(MONTH)).map(month_end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::documents::papers::testing::{Sample, answers, exercise};

    const EMPLOYED_ASSISTANT: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-03"),
            ("month", "2026-10"),
            ("contract", "EMPLOYMENT"),
            ("fte", "50"),
            ("rows/01900000-0000-7000-8000-000000000005/summary", "Rodzina ułożyła plan dnia."),
            ("submitted_on", "2026-11-04"),
            ("decision", "APPROVED"),
            ("decided_on", "2026-11-06"),
        ],
        more: &[
            ("case_sign", "OPS.4231.7.2026"),
            ("rows/01900000-0000-7000-8000-000000000005/difficulties", "Choroba młodszego dziecka."),
            ("rows/01900000-0000-7000-8000-000000000005/next", "Wizyta w poradni."),
            ("training/1/date", "2026-10-14"),
            ("training/1/kind", "SUPERVISION"),
            ("training/1/topic", "Praca z oporem"),
            ("training/1/hours", "25"),
            ("needs", "Samochód służbowy w czwartki."),
            ("overrides/1/figure", "VISITS_HELD"),
            ("overrides/1/family_code", "R11"),
            ("overrides/1/old", "6"),
            ("overrides/1/new", "7"),
            ("overrides/1/reason", "Wizyta wpisana po zamknięciu miesiąca."),
            ("overrides/2/figure", "WORK_DAYS"),
            ("overrides/2/new", "20"),
            ("overrides/2/reason", "Dzień delegacji."),
            ("decision_note", "Dziękuję."),
        ],
        signed: &["ASSISTANT"],
        broken: &[
            ("doc_date", "2026-11-23", "Data sporządzenia nie może być późniejsza niż dzisiejsza."),
            ("month", "październik", "Podaj miesiąc, na przykład 2026-11."),
            ("fte", "101", "Podaj liczbę od 1 do 100 (% etatu)."),
            ("training/1/date", "2026-11-23", "Data szkolenia nie może być późniejsza niż dzisiejsza."),
            ("overrides/1/family_code", "", "Uzupełnij: kod rodziny."),
            ("overrides/2/reason", "", "Uzupełnij: powód."),
            ("submitted_on", "2026-11-23", "Data złożenia nie może być późniejsza niż dzisiejsza."),
            ("submitted_on", "2026-11-02", "Data złożenia jest wcześniejsza niż data sporządzenia."),
            ("signatures/ASSISTANT/role", "", "Raport podpisuje asystent rodziny."),
            ("decided_on", "2026-11-23", "Data decyzji nie może być późniejsza niż dzisiejsza."),
            ("decided_on", "2026-11-03", "Data decyzji jest wcześniejsza niż data złożenia raportu."),
        ],
    };

    const CONTRACTOR: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-03"),
            ("month", "2026-10"),
            ("contract", "SERVICE"),
            ("rows/01900000-0000-7000-8000-000000000005/summary", "Rodzina ułożyła plan dnia."),
            ("submitted_on", "2026-11-09"),
            ("decision", "RETURNED"),
            ("decided_on", "2026-11-10"),
            ("decision_note", "Proszę dopisać plan na listopad."),
        ],
        more: &[],
        signed: &["ASSISTANT"],
        broken: &[],
    };

    #[test]
    fn the_paper_keeps_its_rules() {
        exercise(&FORM, &[EMPLOYED_ASSISTANT, CONTRACTOR]);
    }

    #[test]
    fn its_summary_of_a_family_has_room_for_fifteen_hundred_characters() {
        let mut report = answers(&FORM, CONTRACTOR.required);
        let path = format!("{ROWS}/01900000-0000-7000-8000-000000000005");
        for (length, fits) in [(1500, true), (1501, false)] {
            report.set_raw(&format!("{path}/summary"), Some(crate::domain::form::Value::Text("ż".repeat(length))));
            let problems = FORM.check(&report);
            assert_eq!(problems.iter().all(|problem| !problem.field.ends_with("summary")), fits, "{length}");
        }
    }

    #[test]
    fn its_figures_stand_on_the_last_day_of_its_month() {
        let mut report = answers(&FORM, CONTRACTOR.required);
        assert_eq!(last_day(&report), "2026-10-31".parse().ok());
        report.put(MONTH, "2028-02".into());
        assert_eq!(last_day(&report), "2028-02-29".parse().ok());
        report.put(MONTH, "luty".into());
        assert_eq!(last_day(&report), None);
    }

    #[test]
    fn a_figure_of_the_whole_report_belongs_to_no_family() {
        for figure in Figure::ALL {
            let row = Answers::default().with(FIGURE, *figure);
            let cell = FORM.field(figure_column(*figure));
            assert_eq!(OF_A_FAMILY.holds(&row), cell.is_none(), "{}", figure.code());
        }
    }

    /// A figure is called as its field is.
    fn figure_column(figure: Figure) -> &'static str {
        let cells = FORM.field(ROWS).and_then(|rows| rows.kind.cells()).unwrap_or_default();
        let all = FORM.fields().chain(cells);
        all.map(|field| field.key).find(|key| key.to_uppercase() == figure.code()).unwrap()
    }
}
