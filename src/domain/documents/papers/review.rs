//! Periodic assessment (okresowa ocena), zał. 7 and 15 as one record: what is written once is printed
//! twice, for the family the review of goals and plan ("Okresowa ocena i modyfikacja planu pracy"), for the
//! manager the report of art. 15 ust. 1 pkt 15 ("Okresowa ocena sytuacji rodziny"). Fields: spec/domain.md
//! 3.7 and 3.15.

use super::{
    manager,
    parts::{HEADER, NOT_AHEAD, SIGNATURES},
};
use crate::domain::{
    codes::*,
    form::{Each, Field, Form, Key, Kind, Must, Rule, Section, Sensitivity, When, choices},
};
use chrono::NaiveDate;
use std::cmp::Ordering;

choices! {
    /// Why the assessment is made.
    Trigger {
        Periodic = "PERIODIC", "okresowa (półroczna)";
        Change = "CHANGE", "zmiana sytuacji rodziny";
        Family = "FAMILY", "wniosek rodziny";
        Court = "COURT", "wniosek sądu";
        Other = "OTHER", "inny";
    }
}

choices! {
    /// How far a goal has been reached.
    Degree {
        Nothing = "0", "0%";
        Quarter = "25", "25%";
        Half = "50", "50%";
        Most = "75", "75%";
        Whole = "100", "100%";
    }
}

choices! {
    /// What becomes of a goal.
    GoalDecision {
        Continue = "CONTINUE", "kontynuować";
        Change = "CHANGE", "zmienić";
        Close = "CLOSE", "zamknąć";
    }
}

choices! {
    /// How a life area has moved since the last assessment.
    Trend {
        Better = "UP", "↑ poprawa";
        Same = "SAME", "= bez zmian";
        Worse = "DOWN", "↓ pogorszenie";
    }
}

choices! {
    /// What part of the plan changes.
    PlanPart {
        Goal = "GOAL", "cel";
        Action = "ACTION", "działanie";
    }
}

choices! {
    /// How it changes.
    PlanChange {
        Added = "ADDED", "dodanie";
        Changed = "CHANGED", "zmiana";
        Closed = "CLOSED", "zamknięcie";
    }
}

choices! {
    /// How the family worked together over the whole period.
    Cooperation {
        VeryGood = "VERY_GOOD", "bardzo dobra";
        Good = "GOOD", "dobra";
        Changing = "CHANGING", "zmienna";
        Weak = "WEAK", "słaba";
        None = "NONE", "brak współpracy";
    }
}

choices! {
    /// What the assessment leads to.
    Recommendation {
        Continue = "CONTINUE", "kontynuacja";
        /// Needs [`super::extension`].
        Extend = "EXTEND", "przedłużenie (powyżej 24 miesięcy)";
        /// Needs [`super::closing_request`].
        Close = "CLOSE", "zakończenie i monitoring (zał. 10)";
        Court = "COURT", "wniosek do sądu";
        Other = "OTHER", "inna forma pomocy";
    }
}

/// Last day of the period.
pub const PERIOD_TO: Key<NaiveDate> = Key::new("period_to");
/// Why the assessment is made.
pub const TRIGGER: Key<Trigger> = Key::new("trigger");
/// A child is in foster care.
pub const CHILD_IN_CARE: Key<bool> = Key::new("child_in_care");
/// Goals, a row each.
pub const GOAL_REVIEWS: &str = "goal_reviews";
/// Status of a goal (a cell of [`GOAL_REVIEWS`]).
pub const GOAL_STATUS: Key<GoalStatus> = Key::new("status");
/// Life areas, a row each.
pub const AREAS: &str = "areas";
/// How it stands there now (a cell of [`AREAS`]).
pub const NOW: Key<Scale> = Key::new("now");
/// How it stood there when the family was assessed first (a cell of [`AREAS`]).
pub const FIRST: Key<Scale> = Key::new("first");
/// How it stood there (a cell of [`AREAS`]).
pub const PREVIOUS: Key<Scale> = Key::new("previous");
/// How it has moved (a cell of [`AREAS`]).
pub const TREND: Key<Trend> = Key::new("trend");
/// A new version of the plan is due (D06).
pub const PLAN_CHANGED: Key<bool> = Key::new("plan_changed");
/// What follows.
pub const RECOMMENDATION: Key<Recommendation> = Key::new("recommendation");
/// Day on which the manager got it.
pub const SENT_MANAGER: Key<NaiveDate> = Key::new("sent_manager");

const IN_CARE: When = When::Yes("child_in_care");
const LONG: Kind = Kind::Text { min: 3, max: 4000 };
const COUNT: Kind = Kind::Number { min: 0, max: 10_000, unit: "razy" };

/// The declaration.
pub static FORM: Form = Form {
    number: "7 i 15",
    title: "Okresowa ocena sytuacji rodziny i realizacji planu",
    version: 1,
    sections: &[
        HEADER,
        Section {
            title: "Okres oceny (art. 15 ust. 1 pkt 15 ustawy)",
            fields: &[
                Field::new("period_from", "Okres od", Kind::Date)
                    .required()
                    .prefilled("dzień po poprzedniej ocenie albo początek planu"),
                Field::new("period_to", "Okres do", Kind::Date).required().prefilled("dzisiejsza data"),
                Field::new("previous_on", "Poprzednia ocena dnia", Kind::Date)
                    .computed("z poprzedniej okresowej oceny, a gdy to pierwsza – początek planu"),
                Field::new("plan_version", "Wersja planu", Kind::Number { min: 1, max: 999, unit: "nr" })
                    .computed("z planu pracy z rodziną (zał. 6)"),
                Field::new("trigger", "Powód oceny", Kind::One(Trigger::CHOICES)).required(),
                Field::new("trigger_note", "Jaki powód", Kind::Line { max: 200 })
                    .required_when(When::Is("trigger", &["OTHER"]))
                    .shown_when(When::Is("trigger", &["OTHER"])),
                Field::new("child_in_care", "Dziecko jest w pieczy zastępczej", Kind::Flag)
                    .required()
                    .prefilled("z oznaczeń sprawy"),
            ],
        },
        Section {
            title: "Rodzina",
            fields: &[
                Field::new("family_state", "Skład rodziny i zmiany w składzie", LONG)
                    .required()
                    .prefilled("z karty informacyjnej rodziny (zał. 4)"),
                Field::new("changes", "Zmiany w rodzinie w tym okresie", Kind::Text { min: 0, max: 4000 })
                    .prefilled("ze zmian odnotowanych w kartach pracy (zał. 8)"),
            ],
        },
        Section {
            title: "Sytuacja dzieci",
            fields: &[Field::new(
                "children",
                "Sytuacja dzieci",
                Kind::RowsOf(
                    Each::Child,
                    &[
                        Field::new("place", "Miejsce pobytu", Kind::One(ChildPlace::CHOICES))
                            .required()
                            .prefilled("z karty informacyjnej rodziny (zał. 4)"),
                        Field::new("health", "Zdrowie", Kind::Text { min: 3, max: 2000 })
                            .required()
                            .class(Sensitivity::Health),
                        Field::new("education", "Edukacja", Kind::Text { min: 3, max: 2000 })
                            .required()
                            .help("Przy małym dziecku: żłobek, przedszkole albo „nie dotyczy”."),
                        Field::new("safety", "Bezpieczeństwo", Kind::Text { min: 3, max: 2000 }).required(),
                        Field::new("contact", "Kontakt z rodzicami", Kind::Text { min: 3, max: 2000 })
                            .required()
                            .help("Także z rodzicem, który nie mieszka z dzieckiem."),
                    ],
                ),
            )
            .required()],
        },
        Section {
            title: "Sytuacja rodziny",
            fields: &[
                situation("situation_care", "Sytuacja opiekuńczo-wychowawcza"),
                situation("situation_housing", "Sytuacja mieszkaniowa"),
                situation("situation_material", "Sytuacja materialna i zawodowa"),
                situation("situation_health", "Sytuacja zdrowotna i uzależnienia").class(Sensitivity::Health),
                situation("situation_relations", "Relacje w rodzinie"),
                situation("situation_social", "Funkcjonowanie społeczne"),
                situation("situation_legal", "Sytuacja prawna").help(
                    "Władza rodzicielska i sprawy w sądzie rodzinnym. Bez wyroków karnych i „Niebieskiej Karty”.",
                ),
            ],
        },
        Section {
            title: "Ocena obszarów",
            fields: &[Field::new(
                AREAS,
                "Ocena obszarów",
                Kind::RowsOf(
                    Each::Area,
                    &[
                        Field::new("now", "Ocena teraz", Kind::One(Scale::CHOICES)).required(),
                        Field::new("first", "Pierwsza ocena", Kind::One(Scale::CHOICES))
                            .computed("z oceny sytuacji rodziny (zał. 5)"),
                        Field::new("previous", "Poprzednia ocena", Kind::One(Scale::CHOICES))
                            .computed("z poprzedniej oceny (zał. 5 lub 15)"),
                        Field::new("trend", "Zmiana", Kind::One(Trend::CHOICES)).computed("z porównania obu ocen"),
                    ],
                ),
            )
            .required()
            .help("Oceń każdy obszar, który był już oceniany.")],
        },
        Section {
            title: "Realizacja celów i działań planu",
            fields: &[
                Field::new(
                    GOAL_REVIEWS,
                    "Ocena celów",
                    Kind::RowsOf(
                        Each::Goal,
                        &[
                            Field::new("status", "Status", Kind::One(GoalStatus::CHOICES))
                                .required()
                                .prefilled("z planu pracy z rodziną (zał. 6)"),
                            Field::new("tasks_given", "Zadania zlecone", COUNT).computed(TASKS),
                            Field::new("tasks_done", "Zadania wykonane", COUNT).computed(TASKS),
                            Field::new("tasks_missed", "Zadania niewykonane", COUNT).computed(TASKS),
                            Field::new("visits", "Spotkania i kontakty, które służyły celowi", COUNT).computed(CARDS),
                            Field::new("status_reason", "Powód zmiany lub zaniechania celu", Kind::Line { max: 300 })
                                .required_when(When::Is("status", &["CHANGED", "DROPPED"]))
                                .shown_when(When::Is("status", &["CHANGED", "DROPPED"])),
                            Field::new("degree", "Stopień realizacji", Kind::One(Degree::CHOICES)).required(),
                            Field::new("effect", "Opis efektu", Kind::Text { min: 3, max: 2000 }).required(),
                            Field::new("obstacles", "Przeszkody", Kind::Text { min: 3, max: 2000 })
                                .required_when(When::Not(&When::Is("degree", &["100"]))),
                            Field::new("decision", "Decyzja o celu", Kind::One(GoalDecision::CHOICES)).required(),
                        ],
                    ),
                )
                .required(),
                Field::new("tasks_given", "Zadania zlecone rodzinie", COUNT).computed(TASKS),
                Field::new("tasks_done", "Zadania wykonane przez rodzinę", COUNT).computed(TASKS),
                Field::new("plan_changed", "Plan się zmienia", Kind::Flag)
                    .required()
                    .help("Ze zmian powstaje nowa wersja planu; poprzednia zostaje."),
                Field::new(
                    "plan_changes",
                    "Zmiany w planie",
                    Kind::Rows(&[
                        Field::new("part", "Czego dotyczy zmiana", Kind::One(PlanPart::CHOICES)).required(),
                        Field::new("change", "Rodzaj zmiany", Kind::One(PlanChange::CHOICES)).required(),
                        Field::new("goal", "Którego celu dotyczy", Kind::Goals)
                            .required_when(When::Is("change", &["CHANGED", "CLOSED"]))
                            .help("Przy nowym celu zostaw puste."),
                        Field::new("what", "Na czym polega zmiana", Kind::Line { max: 300 }).required(),
                        Field::new("reason", "Powód zmiany", Kind::Line { max: 300 }),
                    ]),
                )
                .required_when(When::Yes("plan_changed"))
                .shown_when(When::Yes("plan_changed")),
            ],
        },
        Section {
            title: "Podjęte działania",
            fields: &[
                Field::new("visits", "Wizyty odbyte", COUNT).computed(CARDS),
                Field::new("visits_missed", "Wizyty nieodbyte", COUNT).computed(CARDS),
                Field::new("contacts", "Inne kontakty z rodziną", COUNT).computed(CARDS),
                Field::new("institution_contacts", "Kontakty z instytucjami", COUNT).computed(CARDS),
                Field::new("hours", "Czas pracy z rodziną", Kind::Tenths { min: 0, max: 50_000, unit: "godz." })
                    .computed(CARDS),
                Field::new(
                    "by_kind",
                    "Formy działań",
                    Kind::Rows(&[
                        Field::new("kind", "Forma", Kind::One(EntryKind::CHOICES)).computed(CARDS),
                        Field::new("count", "Liczba", COUNT).computed(CARDS),
                    ]),
                )
                .computed(CARDS),
                Field::new(
                    "by_task",
                    "Działania według zadań z art. 15 ust. 1",
                    Kind::Rows(&[
                        Field::new("task", "Zadanie", Kind::One(StatutoryTask::CHOICES)).computed(CARDS),
                        Field::new("count", "Liczba", COUNT).computed(CARDS),
                    ]),
                )
                .computed(CARDS),
            ],
        },
        Section {
            title: "Współpraca rodziny",
            fields: &[
                Field::new("engagement", "Współpraca rodziny", Kind::One(Cooperation::CHOICES)).required(),
                Field::new("engagement_note", "Na czym polegała współpraca", LONG).required(),
                Field::new("family_opinion", "Udział i opinia rodziny", Kind::Text { min: 0, max: 4000 })
                    .help("Najlepiej słowami rodziny."),
            ],
        },
        Section {
            title: "Praca nad powrotem dziecka z pieczy",
            fields: &[
                reintegration("reintegration", "Praca nad powrotem dziecka"),
                reintegration("reintegration_contacts", "Kontakty rodziców z dzieckiem"),
                reintegration("reintegration_obstacles", "Przeszkody w powrocie dziecka"),
                reintegration("reintegration_term", "Realny termin powrotu dziecka")
                    .help("Dzień albo warunek, na przykład „po zakończeniu terapii”."),
            ],
        },
        Section {
            title: "Efekty i wnioski",
            fields: &[
                Field::new("effects", "Efekty i trudności", LONG).required(),
                Field::new("recommendation", "Wnioski", Kind::One(Recommendation::CHOICES)).required(),
                Field::new("recommendation_other", "Jaka forma pomocy", Kind::Line { max: 200 })
                    .required_when(When::Is("recommendation", &["OTHER"]))
                    .shown_when(When::Is("recommendation", &["OTHER"])),
                Field::new("conclusions", "Uzasadnienie wniosków i propozycje", LONG).required(),
            ],
        },
        Section {
            title: "Przekazanie",
            fields: &[
                Field::new("sent_manager", "Przekazano kierownikowi dnia", Kind::Date)
                    .required()
                    .prefilled("dzisiejsza data"),
                Field::new("sent_worker", "Do wiadomości pracownika socjalnego dnia", Kind::Date),
                Field::new("sent_pcpr", "Do wiadomości PCPR dnia", Kind::Date),
                Field::new("sent_court", "Do wiadomości sądu dnia", Kind::Date),
            ],
        },
        SIGNATURES,
    ],
    decision: &[Section {
        title: "Przyjęcie przez kierownika",
        fields: &[
            Field::new("decided_on", "Przyjęto dnia", Kind::Date).required().prefilled("dzisiejsza data"),
            Field::new("remarks", "Uwagi kierownika", Kind::Text { min: 0, max: 2000 }),
            manager::SIGNATURE,
        ],
    }],
    rules: &[
        NOT_AHEAD,
        Rule::new(
            "doc_date",
            Must::WithinMonths("previous_on", 6),
            "Od poprzedniej oceny minęło więcej niż 6 miesięcy. Zapisz we wnioskach, dlaczego.",
        )
        .warns(),
        Rule::new("period_to", Must::NotBefore("period_from"), "Koniec okresu jest wcześniejszy niż początek."),
        Rule::new("period_to", Must::NotInFuture, "Okres oceny kończy się najpóźniej dzisiaj."),
        Rule::new(
            "period_to",
            Must::WithinMonths("period_from", 6),
            "Okres oceny to najwyżej 6 miesięcy. Późniejsze dni obejmie następna ocena.",
        ),
        Rule::new("degree", Must::BeOneOf(&["100"]), "Cel osiągnięty ma zwykle stopień 100%. Sprawdź.")
            .in_rows(GOAL_REVIEWS)
            .when(When::Both(&When::Is("status", &["REACHED"]), &When::Filled("degree")))
            .warns(),
        sent_after_paper("sent_manager"),
        sent_after_paper("sent_worker"),
        sent_after_paper("sent_pcpr"),
        sent_after_paper("sent_court"),
        Rule::new("sent_manager", Must::NotInFuture, "Data przekazania nie może być późniejsza niż dzisiejsza."),
        Rule::new(
            "signatures",
            Must::SignedBy(&["ASSISTANT", "MEMBER"]),
            "Podpisują: asystent rodziny i członek rodziny (albo odnotuj odmowę podpisu).",
        ),
        Rule::new("decided_on", Must::NotBefore("doc_date"), "Data przyjęcia jest wcześniejsza niż data sporządzenia."),
        Rule::new("decided_on", Must::NotInFuture, "Data przyjęcia nie może być późniejsza niż dzisiejsza."),
        manager::SIGNED,
    ],
};

const TASKS: &str = "z kart pracy rodziny (zał. 9)";
const CARDS: &str = "z kart pracy (zał. 8)";

const fn situation(key: &'static str, label: &'static str) -> Field {
    Field::new(key, label, LONG).required().prefilled("z oceny obszarów")
}

const fn reintegration(key: &'static str, label: &'static str) -> Field {
    Field::new(key, label, LONG).required().shown_when(IN_CARE)
}

const fn sent_after_paper(key: &'static str) -> Rule {
    Rule::new(key, Must::NotBefore("doc_date"), "Data przekazania jest wcześniejsza niż data sporządzenia.")
}

/// What stands on the print of zał. 7 (for the work with the family), in its order.
pub const PRINT_7: &[&str] = &[
    "case_sign",
    "doc_no",
    "place",
    "doc_date",
    "period_from",
    "period_to",
    "plan_version",
    "trigger",
    "trigger_note",
    "goal_reviews",
    "areas",
    "visits",
    "visits_missed",
    "contacts",
    "tasks_given",
    "tasks_done",
    "changes",
    "plan_changed",
    "plan_changes",
    "recommendation",
    "recommendation_other",
    "family_opinion",
    "signatures",
];

/// What stands on the print of zał. 15 (for the manager), in its order.
pub const PRINT_15: &[&str] = &[
    "case_sign",
    "doc_no",
    "place",
    "doc_date",
    "period_from",
    "period_to",
    "previous_on",
    "child_in_care",
    "family_state",
    "changes",
    "children",
    "situation_care",
    "situation_housing",
    "situation_material",
    "situation_health",
    "situation_relations",
    "situation_social",
    "situation_legal",
    "areas",
    "goal_reviews",
    "engagement",
    "engagement_note",
    "visits",
    "visits_missed",
    "contacts",
    "institution_contacts",
    "hours",
    "by_kind",
    "by_task",
    "effects",
    "reintegration",
    "reintegration_contacts",
    "reintegration_obstacles",
    "reintegration_term",
    "recommendation",
    "recommendation_other",
    "conclusions",
    "sent_manager",
    "sent_worker",
    "sent_pcpr",
    "sent_court",
    "signatures",
    "decided_on",
    "remarks",
    "manager_signatures",
];

/// How an area has moved; nothing when one of the two is no rating ("nie dotyczy", "brak danych").
pub fn trend(previous: Scale, now: Scale) -> Option<Trend> {
    let rating = |scale: Scale| scale.code().parse::<u8>().ok();
    Some(match rating(now)?.cmp(&rating(previous)?) {
        Ordering::Greater => Trend::Better,
        Ordering::Equal => Trend::Same,
        Ordering::Less => Trend::Worse,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::documents::papers::testing::{GOAL, Sample, exercise};
    use std::collections::BTreeSet;

    const SIGNED: &[&str] = &["ASSISTANT", "MEMBER"];

    const HALF_YEAR: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-20"),
            ("period_from", "2026-05-21"),
            ("period_to", "2026-11-20"),
            ("trigger", "PERIODIC"),
            ("child_in_care", "tak"),
            ("family_state", "Matka i dwoje dzieci, młodsze w rodzinie zastępczej."),
            ("children/1/place", "FOSTER_KIN"),
            ("children/1/health", "Zdrowe, szczepienia w terminie."),
            ("children/1/education", "Przedszkole, grupa pięciolatków."),
            ("children/1/safety", "Bez zastrzeżeń."),
            ("children/1/contact", "Spotkania w każdą sobotę."),
            ("situation_care", "Matka trzyma się rytmu dnia."),
            ("situation_housing", "Dwa pokoje, ogrzewanie piecowe."),
            ("situation_material", "Zasiłki, praca dorywcza."),
            ("situation_health", "Terapia uzależnień w toku."),
            ("situation_relations", "Spokojniej niż wiosną."),
            ("situation_social", "Pomaga sąsiadka."),
            ("situation_legal", "Władza rodzicielska ograniczona."),
            ("areas/A01/now", "3"),
            ("goal_reviews/1/status", "PARTLY"),
            ("goal_reviews/1/degree", "50"),
            ("goal_reviews/1/effect", "Rachunki płacone co drugi miesiąc."),
            ("goal_reviews/1/obstacles", "Nieregularny dochód."),
            ("goal_reviews/1/decision", "CHANGE"),
            ("plan_changed", "tak"),
            ("plan_changes/1/part", "ACTION"),
            ("plan_changes/1/change", "CHANGED"),
            ("plan_changes/1/goal", GOAL),
            ("plan_changes/1/what", "Opłaty wspólnie, w dniu wypłaty."),
            ("engagement", "GOOD"),
            ("engagement_note", "Matka sama dzwoni, gdy coś się dzieje."),
            ("reintegration", "Przygotowanie pokoju i rytmu dnia."),
            ("reintegration_contacts", "Co sobotę, raz w miesiącu z noclegiem."),
            ("reintegration_obstacles", "Trwa terapia."),
            ("reintegration_term", "Po zakończeniu terapii, w lutym 2027."),
            ("effects", "Mniej zaległości; trudności z porannym wstawaniem."),
            ("recommendation", "CONTINUE"),
            ("conclusions", "Dalsza praca według zmienionego planu."),
            ("sent_manager", "2026-11-20"),
            ("decided_on", "2026-11-21"),
            ("manager_signatures/1/role", "MANAGER"),
            ("manager_signatures/1/name", "Żaneta Wzorcowa"),
            ("manager_signatures/1/method", "PAPER"),
        ],
        more: &[
            ("case_sign", "OPS.4231.7.2026"),
            ("previous_on", "2026-05-20"),
            ("changes", "Starszy syn zmienił szkołę."),
            ("areas/A01/previous", "2"),
            ("areas/A01/trend", "UP"),
            ("plan_changes/1/reason", "Pieniądze rozchodziły się przed terminem."),
            ("family_opinion", "„Jest lżej niż na wiosnę”."),
            ("sent_worker", "2026-11-20"),
            ("sent_pcpr", "2026-11-21"),
            ("sent_court", "2026-11-23"),
            ("remarks", "Proszę o kopię dla koordynatora."),
        ],
        signed: SIGNED,
        broken: &[
            ("doc_date", "2026-11-23", "Data sporządzenia nie może być późniejsza niż dzisiejsza."),
            (
                "previous_on",
                "2026-05-19",
                "Od poprzedniej oceny minęło więcej niż 6 miesięcy. Zapisz we wnioskach, dlaczego.",
            ),
            ("period_to", "2026-05-20", "Koniec okresu jest wcześniejszy niż początek."),
            ("period_to", "2026-11-23", "Okres oceny kończy się najpóźniej dzisiaj."),
            ("period_from", "2026-05-19", "Okres oceny to najwyżej 6 miesięcy. Późniejsze dni obejmie następna ocena."),
            ("goal_reviews/1/status", "REACHED", "Cel osiągnięty ma zwykle stopień 100%. Sprawdź."),
            ("sent_manager", "2026-11-19", "Data przekazania jest wcześniejsza niż data sporządzenia."),
            ("sent_court", "2026-11-19", "Data przekazania jest wcześniejsza niż data sporządzenia."),
            ("sent_manager", "2026-11-23", "Data przekazania nie może być późniejsza niż dzisiejsza."),
            (
                "signatures/MEMBER/role",
                "OTHER",
                "Podpisują: asystent rodziny i członek rodziny (albo odnotuj odmowę podpisu).",
            ),
            ("decided_on", "2026-11-19", "Data przyjęcia jest wcześniejsza niż data sporządzenia."),
            ("decided_on", "2026-11-23", "Data przyjęcia nie może być późniejsza niż dzisiejsza."),
            ("manager_signatures/1/role", "ASSISTANT", "Tu podpisuje się kierownik."),
            ("areas/A01/now", "6", "Wybierz pozycję z listy."),
            ("effects", "ok", "Napisz co najmniej 3 znaków (jest 2)."),
        ],
    };

    const AFTER_A_CHANGE: Sample = Sample {
        required: &[
            ("place", "Łagów"),
            ("doc_date", "2026-11-20"),
            ("period_from", "2026-09-01"),
            ("period_to", "2026-11-18"),
            ("trigger", "OTHER"),
            ("trigger_note", "prośba szkoły"),
            ("child_in_care", "nie"),
            ("family_state", "Rodzice i córka, bez zmian."),
            ("children/1/place", "HOME"),
            ("children/1/health", "Alergia, pod opieką poradni."),
            ("children/1/education", "Klasa III, obecność 92%."),
            ("children/1/safety", "Bez zastrzeżeń."),
            ("children/1/contact", "Mieszka z obojgiem rodziców."),
            ("situation_care", "Bez zmian."),
            ("situation_housing", "Bez zmian."),
            ("situation_material", "Ojciec podjął pracę."),
            ("situation_health", "Bez zmian."),
            ("situation_relations", "Bez zmian."),
            ("situation_social", "Córka chodzi na świetlicę."),
            ("situation_legal", "Bez postępowań."),
            ("areas/A15/now", "5"),
            ("goal_reviews/1/status", "DROPPED"),
            ("goal_reviews/1/status_reason", "Rodzina znalazła inne mieszkanie."),
            ("goal_reviews/1/degree", "100"),
            ("goal_reviews/1/effect", "Przeprowadzka w październiku."),
            ("goal_reviews/1/decision", "CLOSE"),
            ("plan_changed", "nie"),
            ("engagement", "VERY_GOOD"),
            ("engagement_note", "Rodzice wychodzą z inicjatywą."),
            ("effects", "Praca ojca, własne mieszkanie."),
            ("recommendation", "OTHER"),
            ("recommendation_other", "rodzina wspierająca"),
            ("conclusions", "Wystarczy wsparcie rodziny wspierającej."),
            ("sent_manager", "2026-11-20"),
            ("decided_on", "2026-11-20"),
            ("manager_signatures/1/role", "MANAGER"),
            ("manager_signatures/1/name", "Żaneta Wzorcowa"),
            ("manager_signatures/1/method", "TRUSTED"),
        ],
        more: &[("goal_reviews/1/obstacles", "Brak.")],
        signed: SIGNED,
        broken: &[("trigger_note", "", "Uzupełnij: jaki powód.")],
    };

    #[test]
    fn the_paper_keeps_its_rules() {
        exercise(&FORM, &[HALF_YEAR, AFTER_A_CHANGE]);
    }

    #[test]
    fn the_two_prints_show_every_field_and_no_other() {
        for print in [PRINT_7, PRINT_15] {
            assert_eq!(print.iter().collect::<BTreeSet<_>>().len(), print.len(), "a field stands twice");
            for key in print {
                assert!(FORM.field(key).is_some(), "there is no {key}");
            }
        }
        for field in FORM.fields() {
            assert!(PRINT_7.contains(&field.key) || PRINT_15.contains(&field.key), "{} is on no print", field.key);
        }
    }

    #[test]
    fn only_ratings_have_a_trend() {
        assert_eq!(trend(Scale::Serious, Scale::Enough), Some(Trend::Better));
        assert_eq!(trend(Scale::Good, Scale::Good), Some(Trend::Same));
        assert_eq!(trend(Scale::Difficult, Scale::Danger), Some(Trend::Worse));
        assert_eq!(trend(Scale::Unknown, Scale::Good), None);
        assert_eq!(trend(Scale::Good, Scale::NotApplicable), None);
    }
}
