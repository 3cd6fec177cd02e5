//! Request to end the assistance and begin monitoring, zał. 10 (wniosek o zakończenie asysty i rozpoczęcie
//! monitoringu). Fields: spec/domain.md 3.10. From the assistant to the manager, also when the goals are
//! reached early or the case has to end without monitoring (2.5).

use super::{
    manager,
    parts::{HEADER, NOT_AHEAD, SIGNATURES},
};
use crate::domain::{
    codes::*,
    documents::case_card::ClosingReason,
    form::{Choice, Each, Field, Form, Key, Kind, Must, Rule, Section, When, choices},
    procedure::WORK_ENDS,
};
use chrono::NaiveDate;

choices! {
    /// On what ground.
    Ground {
        Early = "EARLY", "cele osiągnięte wcześniej";
        OnPlan = "ON_PLAN", "cele osiągnięte zgodnie z planem";
        Term = "TERM", "upływ okresu współpracy (24 lub 36 miesięcy)";
        /// Without monitoring, perhaps before there is a plan: then there are no goals to speak of.
        Other = "OTHER", "inna przyczyna (zakończenie bez monitoringu)";
    }
}

choices! {
    /// How often the assistant looks in during monitoring.
    MonitoringRhythm {
        Weekly = "WEEKLY", "co tydzień";
        Fortnightly = "FORTNIGHTLY", "co 2 tygodnie";
        Monthly = "MONTHLY", "co miesiąc";
    }
}

choices! {
    /// What the manager says.
    Decision {
        Consent = "CONSENT", "wyrażam zgodę";
        Refuse = "REFUSE", "odmawiam";
        Complete = "COMPLETE", "do uzupełnienia";
    }
}

/// On what ground.
pub const GROUND: Key<Ground> = Key::new("ground");
/// Why the case ends without monitoring.
pub const CLOSING_REASON: Key<ClosingReason> = Key::new("closing_reason");
/// Why, in words.
pub const CLOSING_NOTE: Key<String> = Key::new("closing_note");
/// First day of monitoring, as proposed.
pub const MONITORING_FROM: Key<NaiveDate> = Key::new("mon_from");
/// Months of monitoring, as proposed.
pub const MONITORING_MONTHS: Key<i64> = Key::new("mon_months");
/// How often the assistant looks in: what the alerts of monitoring go by.
pub const RHYTHM: Key<MonitoringRhythm> = Key::new("mon_freq");
/// What the manager says.
pub const DECISION: Key<Decision> = Key::new("decision");

/// Reasons to end the work without monitoring: those that the procedure knows, with their codes.
const REASONS: [Choice; WORK_ENDS.len()] = {
    let mut reasons = [Choice { code: "", label: "" }; WORK_ENDS.len()];
    let mut index = 0;
    while index < reasons.len() {
        reasons[index] = Choice { code: WORK_ENDS[index].code(), label: WORK_ENDS[index].label() };
        index += 1;
    }
    reasons
};

const WITHOUT_MONITORING: When = When::Is("ground", &["OTHER"]);
const WITH_MONITORING: When = When::Is("ground", &["EARLY", "ON_PLAN", "TERM"]);
/// In words, because the list does not say it.
const OTHER_REASON: When = When::Both(&WITHOUT_MONITORING, &When::Is("closing_reason", &["OTHER"]));
const NOT_CONSENTED: When = When::Is("decision", &["REFUSE", "COMPLETE"]);
const COUNT: Kind = Kind::Number { min: 0, max: 10_000, unit: "razy" };
const CARDS: &str = "z kart pracy (zał. 8)";

/// The declaration.
pub static FORM: Form = Form {
    number: "10",
    title: "Wniosek o zakończenie asysty i rozpoczęcie monitoringu",
    version: 1,
    sections: &[
        HEADER,
        Section {
            title: "Współpraca i podstawa wniosku",
            fields: &[
                Field::new("period_from", "Współpraca od", Kind::Date).computed("od zgody rodziny (zał. 3)"),
                Field::new("period_to", "Współpraca do", Kind::Date).computed("dzień wniosku"),
                Field::new("ground", "Podstawa wniosku", Kind::One(Ground::CHOICES)).required(),
                Field::new("closing_reason", "Przyczyna zakończenia bez monitoringu", Kind::One(&REASONS))
                    .required_when(WITHOUT_MONITORING)
                    .shown_when(WITHOUT_MONITORING),
                Field::new("closing_note", "Jaka przyczyna", Kind::Text { min: 3, max: 1000 })
                    .required_when(OTHER_REASON)
                    .shown_when(OTHER_REASON),
            ],
        },
        Section {
            title: "Realizacja celów i efekty",
            fields: &[
                Field::new(
                    "goals",
                    "Realizacja celów",
                    Kind::RowsOf(
                        Each::Goal,
                        &[
                            Field::new("status", "Status", Kind::One(GoalStatus::CHOICES))
                                .required()
                                .prefilled("z ostatniej okresowej oceny (zał. 7)"),
                            Field::new(
                                "justification",
                                "Uzasadnienie, gdy cel nie jest osiągnięty",
                                Kind::Text { min: 3, max: 2000 },
                            )
                            .required_when(When::Is("status", &["IN_PROGRESS", "PARTLY", "NOT_REACHED"]))
                            .help("Dlaczego mimo to można zakończyć asystę."),
                        ],
                    ),
                )
                .required_when(WITH_MONITORING),
                Field::new("effects", "Opis zmian i efektów", Kind::Text { min: 3, max: 4000 })
                    .required()
                    .prefilled("z ostatniej okresowej oceny (zał. 15)"),
            ],
        },
        Section {
            title: "Sytuacja dzieci",
            fields: &[
                Field::new("child_in_care", "Dziecko jest lub było w pieczy w czasie współpracy", Kind::Flag)
                    .required()
                    .prefilled("z oznaczeń sprawy"),
                Field::new("children", "Sytuacja dzieci", Kind::Text { min: 3, max: 4000 })
                    .required_when(When::Yes("child_in_care"))
                    .help("Także powrót dziecka z pieczy."),
                Field::new("returned_on", "Dziecko wróciło z pieczy dnia", Kind::Date)
                    .shown_when(When::Yes("child_in_care"))
                    .help("Gdy wróciło kilkoro w różnych dniach, podaj ostatni dzień, a pozostałe w opisie."),
            ],
        },
        Section {
            title: "Podjęta praca",
            fields: &[
                Field::new("meetings", "Liczba spotkań", COUNT).computed(CARDS),
                Field::new("hours", "Czas pracy z rodziną", Kind::Tenths { min: 0, max: 50_000, unit: "godz." })
                    .computed(CARDS),
            ],
        },
        Section {
            title: "Opinie",
            fields: &[
                Field::new("family_opinion", "Opinia rodziny", Kind::Text { min: 0, max: 4000 }),
                Field::new("worker_opinion", "Opinia pracownika socjalnego", Kind::Text { min: 0, max: 4000 }),
            ],
        },
        Section {
            title: "Po zakończeniu pracy",
            fields: &[
                Field::new("mon_from", "Proponowany początek monitoringu", Kind::Date)
                    .required()
                    .shown_when(WITH_MONITORING),
                Field::new(
                    "mon_months",
                    "Proponowany czas monitoringu",
                    Kind::Number { min: 2, max: 6, unit: "mies." },
                )
                .required()
                .shown_when(WITH_MONITORING)
                .help("Od 2 do 6 miesięcy."),
                Field::new("mon_freq", "Częstotliwość wizyt w monitoringu", Kind::One(MonitoringRhythm::CHOICES))
                    .required()
                    .shown_when(WITH_MONITORING),
                Field::new(
                    "aftercare",
                    "Plan podtrzymania efektów i dalsze wsparcie",
                    Kind::Text { min: 0, max: 4000 },
                ),
            ],
        },
        SIGNATURES,
    ],
    decision: &[Section {
        title: "Decyzja kierownika",
        fields: &[
            Field::new("decision", "Decyzja", Kind::One(Decision::CHOICES)).required(),
            manager::REASON.required_when(NOT_CONSENTED).shown_when(NOT_CONSENTED),
            manager::DAY,
            manager::SIGNATURE,
        ],
    }],
    rules: &[
        NOT_AHEAD,
        Rule::new("returned_on", Must::NotInFuture, "Data powrotu dziecka nie może być późniejsza niż dzisiejsza."),
        Rule::new(
            "mon_from",
            Must::NotBefore("doc_date"),
            "Monitoring zaczyna się najwcześniej w dniu sporządzenia wniosku.",
        ),
        Rule::new("signatures", Must::SignedBy(&["ASSISTANT"]), "Wniosek podpisuje asystent rodziny."),
        manager::AFTER_PAPER,
        manager::NOT_AHEAD,
        manager::SIGNED,
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::documents::papers::testing::{Sample, exercise};

    const TO_MONITORING: Sample = Sample {
        required: &[
            ("place", "Świebodzin"),
            ("doc_date", "2026-11-20"),
            ("ground", "EARLY"),
            ("goals/1/status", "PARTLY"),
            ("goals/1/justification", "Resztę rodzina robi już sama."),
            ("effects", "Dzieci chodzą do szkoły, długi spłacane."),
            ("child_in_care", "tak"),
            ("children", "Młodszy syn wrócił z rodziny zastępczej."),
            ("mon_from", "2026-12-01"),
            ("mon_months", "6"),
            ("mon_freq", "FORTNIGHTLY"),
            ("decision", "CONSENT"),
            ("decided_on", "2026-11-21"),
            ("manager_signatures/1/role", "MANAGER"),
            ("manager_signatures/1/name", "Żaneta Wzorcowa"),
            ("manager_signatures/1/method", "PAPER"),
        ],
        more: &[
            ("case_sign", "OPS.4231.7.2026"),
            ("goals/2/status", "REACHED"),
            ("returned_on", "2026-08-31"),
            ("family_opinion", "„Damy sobie radę”."),
            ("worker_opinion", "Popieram wniosek."),
            ("aftercare", "Świetlica, grupa wsparcia w czwartki."),
        ],
        signed: &["ASSISTANT"],
        broken: &[
            ("doc_date", "2026-11-23", "Data sporządzenia nie może być późniejsza niż dzisiejsza."),
            ("returned_on", "2026-11-23", "Data powrotu dziecka nie może być późniejsza niż dzisiejsza."),
            ("mon_from", "2026-11-19", "Monitoring zaczyna się najwcześniej w dniu sporządzenia wniosku."),
            ("mon_months", "1", "Podaj liczbę od 2 do 6 (mies.)."),
            ("mon_months", "7", "Podaj liczbę od 2 do 6 (mies.)."),
            ("signatures/ASSISTANT/role", "MEMBER", "Wniosek podpisuje asystent rodziny."),
            ("decided_on", "2026-11-19", "Data decyzji jest wcześniejsza niż data sporządzenia."),
            ("decided_on", "2026-11-23", "Data decyzji nie może być późniejsza niż dzisiejsza."),
            ("manager_signatures/1/role", "ASSISTANT", "Tu podpisuje się kierownik."),
        ],
    };

    const WITHOUT: Sample = Sample {
        required: &[
            ("place", "Świebodzin"),
            ("doc_date", "2026-11-20"),
            ("ground", "OTHER"),
            ("closing_reason", "OTHER"),
            ("closing_note", "Wyjazd rodziny za granicę."),
            ("effects", "Częściowa spłata długu."),
            ("child_in_care", "nie"),
            ("decision", "COMPLETE"),
            ("decision_note", "Proszę dołączyć oświadczenie rodziny."),
            ("decided_on", "2026-11-20"),
            ("manager_signatures/1/role", "MANAGER"),
            ("manager_signatures/1/name", "Żaneta Wzorcowa"),
            ("manager_signatures/1/method", "PAPER"),
        ],
        more: &[("goals/1/status", "DROPPED"), ("children", "Uczą się zdalnie.")],
        signed: &["ASSISTANT"],
        broken: &[("closing_reason", "GOALS_ACHIEVED", "Wybierz pozycję z listy.")],
    };

    #[test]
    fn the_paper_keeps_its_rules() {
        exercise(&FORM, &[TO_MONITORING, WITHOUT]);
    }
}
