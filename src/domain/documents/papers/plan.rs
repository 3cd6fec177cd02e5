//! Plan of work with the family, zał. 6 (plan pracy z rodziną): goals, actions with their terms and expected
//! effects (art. 15 ust. 1 pkt 1–2 and ust. 3), duties, consultations. What the social worker thinks of it they write
//! themselves once it is handed in ([`super::consultation`]). Fields: spec/domain.md 3.6. Each version is
//! a paper of its own: [`current`] says which one counts, [`super::begin`] how the one after it begins, with the
//! same rows.

mod current;

pub use current::{Goal, current, goals, is_plan, standing, stands};

use super::{
    approval::APPROVAL,
    manager,
    parts::{HEADER, NOT_AHEAD, SIGNATURES},
};
use crate::domain::{
    calendar::add_months,
    codes::*,
    form::{Answers, Field, Form, Key, Kind, Must, Problem, Rule, Section, Sensitivity, When, choices},
    ids::UserId,
    words,
};
use chrono::NaiveDate;
use std::collections::BTreeSet;

choices! {
    /// Kind of plan.
    PlanKind {
        Ordinary = "ORDINARY", "plan zwykły";
        Coordinated = "COORDINATED", "plan skoordynowany z planem pomocy dziecku";
    }
}

choices! {
    /// How pressing a goal is.
    Priority {
        Urgent = "URGENT", "pilny";
        Important = "IMPORTANT", "ważny";
        Developing = "DEVELOPING", "rozwojowy";
    }
}

choices! {
    /// Who answers for an action.
    Responsible {
        Member = "MEMBER", "członek rodziny";
        Assistant = "ASSISTANT", "asystent rodziny";
        Worker = "SOCIAL_WORKER", "pracownik socjalny";
        Institution = "INSTITUTION", "instytucja";
    }
}

choices! {
    /// How the term of an action is meant.
    Term {
        Date = "DATE", "do dnia";
        Recurring = "RECURRING", "cyklicznie";
    }
}

choices! {
    /// Forms of help to the family (art. 10 ust. 3).
    HelpForm {
        Counselling = "COUNSELLING", "konsultacje i poradnictwo specjalistyczne";
        Therapy = "THERAPY", "terapia i mediacja";
        Services = "SERVICES", "usługi dla rodzin z dziećmi, w tym opiekuńcze i specjalistyczne";
        Legal = "LEGAL", "pomoc prawna";
        Groups = "GROUPS", "grupy wsparcia lub samopomocowe";
    }
}

choices! {
    /// How far an action has come.
    ActionStatus {
        NotBegun = "NOT_BEGUN", "nierozpoczęte";
        InProgress = "IN_PROGRESS", "w toku";
        Done = "DONE", "wykonane";
        Dropped = "DROPPED", "zaniechane";
    }
}

choices! {
    /// Support beside the assistant (art. 9).
    SupportForm {
        SupportingFamily = "SUPPORTING_FAMILY", "rodzina wspierająca";
        DayCentre = "DAY_CENTRE", "placówka wsparcia dziennego";
    }
}

/// Version of the plan within the case; every change makes the next one.
pub const VERSION: Key<i64> = Key::new("version");
/// Kind of plan.
pub const KIND: Key<PlanKind> = Key::new("kind");
/// First day of the plan.
pub const VALID_FROM: Key<NaiveDate> = Key::new("valid_from");
/// Last day of the plan.
pub const VALID_TO: Key<NaiveDate> = Key::new("valid_to");
/// Main goal, in the family's words.
pub const MAIN_GOAL: Key<String> = Key::new("main_goal");
/// Goals, a row each.
pub const GOALS: &str = "goals";
/// Number of a goal (a cell of [`GOALS`]).
pub const GOAL_NO: Key<i64> = Key::new("no");
/// Life area of a goal.
pub const GOAL_AREA: Key<Area> = Key::new("area");
/// The goal.
pub const GOAL: Key<String> = Key::new("goal");
/// How one will know (the expected effect).
pub const GOAL_INDICATOR: Key<String> = Key::new("indicator");
/// Term of a goal.
pub const GOAL_DUE: Key<NaiveDate> = Key::new("due");
/// Status of a goal.
pub const GOAL_STATUS: Key<GoalStatus> = Key::new("status");
/// Why a goal was dropped (a cell of [`GOALS`]).
pub const GOAL_STATUS_REASON: Key<String> = Key::new("status_reason");
/// Actions, a row each.
pub const ACTIONS: &str = "actions";
/// Goals that an action serves (a cell of [`ACTIONS`]).
pub const ACTION_GOAL: Key<BTreeSet<String>> = Key::new("goal");
/// What is done.
pub const ACTION: Key<String> = Key::new("action");
/// Who answers for it (codes of [`Responsible`]).
pub const ACTION_BY: Key<BTreeSet<String>> = Key::new("responsible");
/// Who of the family.
pub const ACTION_MEMBERS: Key<BTreeSet<String>> = Key::new("members");
/// Until when, for an action with a day.
pub const ACTION_DUE: Key<NaiveDate> = Key::new("due");
/// How often, for one that recurs.
pub const ACTION_RHYTHM: Key<String> = Key::new("rhythm");
/// Strengths that the plan builds on.
pub const RESOURCES: Key<String> = Key::new("resources");
/// Status of an action (a cell of [`ACTIONS`]).
pub const ACTION_STATUS: Key<ActionStatus> = Key::new("status");
/// How many meetings a week the assistant promises; D11 reads it.
pub const VISIT_FREQUENCY: Key<i64> = Key::new("visit_frequency");
/// Day of the next assessment.
pub const NEXT_REVIEW: Key<NaiveDate> = Key::new("next_review");
/// Day on which a copy went to PCPR or the organiser of foster care (art. 38a ust. 1 pkt 8).
pub const SENT_PCPR: Key<NaiveDate> = Key::new("sent_pcpr");
/// How the term of an action is given (a cell of [`ACTIONS`]).
pub const ACTION_TERM: Key<Term> = Key::new("due_kind");
/// The expected effect of an action (art. 15 ust. 3).
pub const ACTION_EFFECT: Key<String> = Key::new("expected_effect");
/// What the social worker thinks of it.
pub const WORKER_OPINION: Key<String> = Key::new("sw_opinion");
/// Who of them wrote it.
pub const WORKER_OPINION_BY: Key<UserId> = Key::new("sw_opinion_by");
/// When they wrote it.
pub const WORKER_OPINION_ON: Key<NaiveDate> = Key::new("sw_opinion_on");
/// Who coordinates the foster care of the family's child.
pub const COORDINATOR: Key<String> = Key::new("coord_person");
/// When the plan was agreed on with them.
pub const COORDINATED_ON: Key<NaiveDate> = Key::new("coord_on");
/// How.
pub const COORDINATED_BY: Key<Channel> = Key::new("coord_channel");
/// It agrees with the child's plan of help.
pub const CONSISTENT: Key<bool> = Key::new("coord_consistent");

/// A goal is due within so many months of the plan's first day: as long as the cooperation itself (D07).
const GOAL_MONTHS: u32 = 24;

const BY_WORKER: &str = "pisze pracownik socjalny rodziny, gdy plan jest złożony";
const COORDINATED: When = When::Is("kind", &["COORDINATED"]);
const BY_MEMBER: When = When::Is("responsible", &["MEMBER"]);
const BY_INSTITUTION: When = When::Is("responsible", &["INSTITUTION"]);
const ON_A_DAY: When = When::Is("due_kind", &["DATE"]);
const RECURRING: When = When::Is("due_kind", &["RECURRING"]);

/// The declaration.
pub static FORM: Form = Form {
    number: "6",
    title: "Plan pracy z rodziną",
    version: 1,
    sections: &[
        HEADER,
        Section {
            title: "Plan",
            fields: &[
                Field::new("version", "Wersja planu", Kind::Number { min: 1, max: 99, unit: "nr" })
                    .computed("kolejna w sprawie"),
                Field::new("kind", "Rodzaj planu", Kind::One(PlanKind::CHOICES))
                    .required()
                    .prefilled("z oznaczeń sprawy: skoordynowany, gdy dziecko jest w pieczy"),
                Field::new("valid_from", "Obowiązuje od", Kind::Date).required().prefilled("dzisiejsza"),
                Field::new("valid_to", "Obowiązuje do", Kind::Date)
                    .required()
                    .prefilled("6 miesięcy od początku planu"),
                Field::new("main_goal", "Cel główny", Kind::Text { min: 3, max: 1000 })
                    .required()
                    .help("Może być słowami rodziny."),
            ],
        },
        Section {
            title: "Cele szczegółowe",
            fields: &[Field::new(
                GOALS,
                "Cele szczegółowe",
                Kind::Rows(&[
                    Field::new("no", "Nr", Kind::Number { min: 1, max: 12, unit: "nr" }).required(),
                    Field::new("area", "Obszar", Kind::One(Area::CHOICES)).required(),
                    Field::new("goal", "Cel", Kind::Line { max: 300 })
                        .required()
                        .help("Konkretny, mierzalny, osiągalny, ważny dla rodziny, z terminem."),
                    Field::new("baseline", "Stan wyjściowy", Kind::Text { min: 3, max: 1000 })
                        .prefilled("z oceny sytuacji rodziny (zał. 5)")
                        .class(Sensitivity::Health),
                    Field::new("baseline_score", "Ocena stanu wyjściowego", Kind::One(Scale::CHOICES))
                        .prefilled("z oceny sytuacji rodziny (zał. 5)")
                        .class(Sensitivity::Health),
                    Field::new("indicator", "Po czym poznamy", Kind::Line { max: 300 })
                        .required()
                        .help("Przewidywany efekt: co będzie widać, gdy cel zostanie osiągnięty."),
                    Field::new("priority", "Priorytet", Kind::One(Priority::CHOICES)),
                    Field::new("due", "Termin", Kind::Date).required(),
                    Field::new("status", "Status", Kind::One(GoalStatus::CHOICES)).required().prefilled("w realizacji"),
                    Field::new("status_reason", "Powód", Kind::Line { max: 300 })
                        .required_when(When::Is("status", &["DROPPED"]))
                        .shown_when(When::Is("status", &["NOT_REACHED", "CHANGED", "DROPPED"])),
                ]),
            )
            .required()],
        },
        Section {
            title: "Działania",
            fields: &[Field::new(
                ACTIONS,
                "Działania",
                Kind::Rows(&[
                    Field::new("goal", "Cel, któremu służy", Kind::Goals).required(),
                    Field::new("action", "Działanie", Kind::Line { max: 300 }).required(),
                    Field::new("responsible", "Odpowiedzialny", Kind::Many(Responsible::CHOICES)).required(),
                    Field::new("members", "Kto z rodziny", Kind::Members)
                        .required_when(BY_MEMBER)
                        .shown_when(BY_MEMBER),
                    Field::new("institution", "Jaka instytucja", Kind::One(INSTITUTIONS))
                        .required_when(BY_INSTITUTION)
                        .shown_when(BY_INSTITUTION),
                    Field::new("institution_name", "Nazwa instytucji", Kind::Line { max: 160 })
                        .required_when(When::Is("institution", &["OTHER"]))
                        .shown_when(BY_INSTITUTION),
                    Field::new("due_kind", "Termin realizacji", Kind::One(Term::CHOICES)).required(),
                    Field::new("due", "Do dnia", Kind::Date).required_when(ON_A_DAY).shown_when(ON_A_DAY),
                    Field::new("rhythm", "Jak często", Kind::Line { max: 80 })
                        .required_when(RECURRING)
                        .shown_when(RECURRING)
                        .help("Na przykład: co tydzień, w każdy pierwszy wtorek miesiąca."),
                    Field::new("expected_effect", "Przewidywany efekt", Kind::Line { max: 300 }).required(),
                    Field::new("help_form", "Forma pomocy", Kind::One(HelpForm::CHOICES)).help("Art. 10 ust. 3."),
                    Field::new("status", "Status", Kind::One(ActionStatus::CHOICES))
                        .required()
                        .prefilled("nierozpoczęte"),
                ]),
            )
            .required()
            .help("Do każdego celu co najmniej jedno działanie.")],
        },
        Section {
            title: "Zobowiązania i zasoby",
            fields: &[
                Field::new("family_duties", "Zobowiązania rodziny", Kind::Text { min: 3, max: 4000 }),
                Field::new(
                    "visit_frequency",
                    "Zobowiązania asystenta: częstotliwość spotkań",
                    Kind::Number { min: 1, max: 7, unit: "× w tygodniu" },
                )
                .required()
                .prefilled("z ustawień ośrodka")
                .help("Zwykle 1–2 spotkania w tygodniu. Asysta przypomni o spotkaniach w tym rytmie."),
                Field::new("resources", "Zasoby rodziny użyte w planie", Kind::Text { min: 3, max: 4000 })
                    .required()
                    .help("Mocne strony rodziny, jej członków i otoczenia, na których plan się opiera."),
                Field::new(
                    "support_forms",
                    "Rodzina wspierająca lub placówka wsparcia dziennego",
                    Kind::Many(SupportForm::CHOICES),
                ),
            ],
        },
        Section {
            title: "Uzgodnienie z koordynatorem pieczy",
            fields: &[
                Field::new("coord_person", "Koordynator rodzinnej pieczy zastępczej", Kind::Line { max: 120 })
                    .required_when(COORDINATED)
                    .shown_when(COORDINATED)
                    .help("Imię i nazwisko. Podpisuje plan jako „inna osoba”."),
                Field::new("coord_on", "Data uzgodnienia", Kind::Date)
                    .required_when(COORDINATED)
                    .shown_when(COORDINATED),
                Field::new("coord_channel", "Sposób uzgodnienia", Kind::One(Channel::CHOICES))
                    .required_when(COORDINATED)
                    .shown_when(COORDINATED),
                Field::new("coord_consistent", "Plan jest zgodny z planem pomocy dziecku", Kind::Flag)
                    .required_when(COORDINATED)
                    .shown_when(COORDINATED),
                Field::new("coord_note", "Co pozostaje do uzgodnienia", Kind::Text { min: 3, max: 1000 })
                    .required_when(When::Both(&COORDINATED, &When::No("coord_consistent")))
                    .shown_when(When::Both(&COORDINATED, &When::No("coord_consistent"))),
            ],
        },
        Section {
            title: "Opinie i dalszy ciąg",
            fields: &[
                Field::new("sw_opinion", "Konsultacja pracownika socjalnego", Kind::Text { min: 3, max: 4000 })
                    .consulted(BY_WORKER),
                Field::new("sw_opinion_by", "Opinię wydał", Kind::Person).consulted(BY_WORKER),
                Field::new("sw_opinion_on", "Data konsultacji", Kind::Date).consulted(BY_WORKER),
                Field::new("child_voice", "Zdanie dziecka", Kind::Text { min: 3, max: 2000 })
                    .help("Stosownie do wieku i dojrzałości dziecka, najlepiej jego słowami."),
                Field::new("next_review", "Data kolejnej oceny", Kind::Date)
                    .required()
                    .prefilled("6 miesięcy od początku planu"),
                Field::new("sent_pcpr", "Przekazano PCPR dnia", Kind::Date)
                    .required_when(COORDINATED)
                    .shown_when(COORDINATED)
                    .help("Kopię planu dostaje PCPR lub inny organizator pieczy (art. 38a ust. 1 pkt 8)."),
            ],
        },
        SIGNATURES,
    ],
    decision: &[APPROVAL, Section { title: "Podpis kierownika", fields: &[manager::SIGNATURE] }],
    rules: &[
        NOT_AHEAD,
        Rule::new("valid_to", Must::After("valid_from"), "Koniec planu musi być późniejszy niż jego początek."),
        Rule::new(
            "valid_to",
            Must::WithinMonths("valid_from", 6),
            "Plan jest dłuższy niż 6 miesięcy, a tyle jest do kolejnej oceny. Sprawdź, czy tak ma być.",
        )
        .warns(),
        Rule::new("coord_on", Must::NotInFuture, "Data uzgodnienia nie może być późniejsza niż dzisiejsza.")
            .when(COORDINATED),
        Rule::new("next_review", Must::After("valid_from"), "Kolejna ocena musi być późniejsza niż początek planu."),
        Rule::new(
            "next_review",
            Must::WithinMonths("valid_from", 6),
            "Sytuację rodziny ocenia się nie rzadziej niż co pół roku: najpóźniej 6 miesięcy od początku planu.",
        ),
        Rule::new("sent_pcpr", Must::NotInFuture, "Data przekazania nie może być późniejsza niż dzisiejsza.")
            .when(COORDINATED),
        Rule::new(
            "sent_pcpr",
            Must::NotBefore("doc_date"),
            "Plan można przekazać PCPR najwcześniej w dniu jego sporządzenia.",
        )
        .when(COORDINATED),
        Rule::new(
            "signatures",
            Must::SignedBy(&["MEMBER", "ASSISTANT", "SOCIAL_WORKER"]),
            "Podpisują: członek rodziny (albo odmawia), asystent rodziny i pracownik socjalny.",
        ),
        Rule::new(
            "signatures",
            Must::SignedBy(&["OTHER"]),
            "Plan skoordynowany podpisuje też koordynator rodzinnej pieczy zastępczej, jako „inna osoba”.",
        )
        .when(COORDINATED),
        manager::NOT_AHEAD,
        manager::AFTER_PAPER,
        manager::SIGNED,
    ],
};

/// What the rules as data cannot say, because it stands between two tables or between a row and the paper:
/// an action for every goal, and every goal that is worked on due within the time that the cooperation may
/// last. A goal that an earlier version closed keeps its old term.
pub fn check(answers: &Answers, _today: NaiveDate) -> Vec<Problem> {
    let mut problems = Vec::new();
    let actions = answers.rows(ACTIONS);
    let served: Vec<String> = actions.iter().flat_map(|row| answers.row(ACTIONS, row).set_of(ACTION_GOAL)).collect();
    for row in answers.rows(GOALS) {
        let goal = answers.row(GOALS, &row);
        if !served.contains(&row) {
            let which = goal.get(GOAL_NO).map(|no| format!(" nr {no}")).unwrap_or_default();
            problems.push(Problem::error(ACTIONS, format!("Dodaj co najmniej jedno działanie do celu{which}.")));
        }
        let Some((due, from)) = goal.get(GOAL_DUE).zip(answers.get(VALID_FROM)) else { continue };
        let last = add_months(from, GOAL_MONTHS);
        let is_open = goal.get(GOAL_STATUS) == Some(GoalStatus::InProgress);
        if is_open && (due < from || due > last) {
            let text = format!("Podaj termin celu od {} do {}.", words::date(from), words::date(last));
            problems.push(Problem::error(format!("{GOALS}/{row}/{}", GOAL_DUE.name()), text));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::documents::papers::testing::{GOAL, MEMBER, PERSON, Sample, answers, exercise, today};

    /// What every plan of the samples has, with the rest of its own.
    macro_rules! with_the_common {
        ($($own:expr,)*) => {
            &[
                ("place", "Zbąszynek"),
                ("doc_date", "2026-11-20"),
                ("valid_from", "2026-11-20"),
                ("valid_to", "2027-05-20"),
                ("main_goal", "Chcemy, żeby dzieci chodziły do szkoły."),
                ("goals/01900000-0000-7000-8000-000000000004/no", "1"),
                ("goals/01900000-0000-7000-8000-000000000004/area", "A11"),
                ("goals/01900000-0000-7000-8000-000000000004/goal", "Dzieci są w szkole codziennie."),
                ("goals/01900000-0000-7000-8000-000000000004/indicator", "Najwyżej dwa dni nieobecności."),
                ("goals/01900000-0000-7000-8000-000000000004/due", "2027-02-28"),
                ("actions/1/goal", GOAL),
                ("actions/1/action", "Wspólne ułożenie porannego planu dnia"),
                ("actions/1/expected_effect", "Dzieci wychodzą przed ósmą."),
                ("visit_frequency", "2"),
                ("resources", "Babcia mieszka obok i pomaga."),
                ("next_review", "2027-05-20"),
                ("decided_on", "2026-11-21"),
                ("manager_signatures/1/role", "MANAGER"),
                ("manager_signatures/1/name", "Łucja Przykładna"),
                ("manager_signatures/1/method", "PAPER"),
                $($own,)*
            ]
        };
    }

    const ORDINARY: Sample = Sample {
        required: with_the_common![
            ("kind", "ORDINARY"),
            ("goals/01900000-0000-7000-8000-000000000004/status", "IN_PROGRESS"),
            ("actions/1/responsible", "MEMBER,ASSISTANT"),
            ("actions/1/members", MEMBER),
            ("actions/1/due_kind", "RECURRING"),
            ("actions/1/rhythm", "co tydzień"),
            ("actions/1/status", "NOT_BEGUN"),
            ("decision", "APPROVED"),
        ],
        more: &[
            ("case_sign", "OPS.4231.7.2026"),
            ("goals/01900000-0000-7000-8000-000000000004/baseline", "Dziesięć dni nieobecności w październiku."),
            ("goals/01900000-0000-7000-8000-000000000004/baseline_score", "3"),
            ("goals/01900000-0000-7000-8000-000000000004/priority", "URGENT"),
            ("actions/1/help_form", "COUNSELLING"),
            ("family_duties", "Budzik i kolacja o stałej porze."),
            ("support_forms", "SUPPORTING_FAMILY,DAY_CENTRE"),
            ("child_voice", "„Lubię plastykę”."),
            ("decision_note", "Dobry plan."),
            ("sw_opinion", "Popieram plan."),
            ("sw_opinion_on", "2026-11-19"),
            ("sw_opinion_by", PERSON),
        ],
        signed: &["MEMBER", "ASSISTANT", "SOCIAL_WORKER"],
        broken: &[
            ("doc_date", "2026-11-23", "Data sporządzenia nie może być późniejsza niż dzisiejsza."),
            ("valid_to", "2026-11-20", "Koniec planu musi być późniejszy niż jego początek."),
            (
                "valid_to",
                "2027-05-21",
                "Plan jest dłuższy niż 6 miesięcy, a tyle jest do kolejnej oceny. Sprawdź, czy tak ma być.",
            ),
            ("next_review", "2026-11-20", "Kolejna ocena musi być późniejsza niż początek planu."),
            (
                "next_review",
                "2027-05-21",
                "Sytuację rodziny ocenia się nie rzadziej niż co pół roku: najpóźniej 6 miesięcy od początku planu.",
            ),
            (
                "signatures/MEMBER/role",
                "",
                "Podpisują: członek rodziny (albo odmawia), asystent rodziny i pracownik socjalny.",
            ),
            ("decided_on", "2026-11-23", "Data decyzji nie może być późniejsza niż dzisiejsza."),
            ("decided_on", "2026-11-19", "Data decyzji jest wcześniejsza niż data sporządzenia."),
            ("manager_signatures/1/role", "ASSISTANT", "Tu podpisuje się kierownik."),
            ("visit_frequency", "0", "Podaj liczbę od 1 do 7 (× w tygodniu)."),
            ("goals/01900000-0000-7000-8000-000000000004/no", "13", "Podaj liczbę od 1 do 12 (nr)."),
        ],
    };

    const COORDINATED_PLAN: Sample = Sample {
        required: with_the_common![
            ("kind", "COORDINATED"),
            ("goals/01900000-0000-7000-8000-000000000004/status", "DROPPED"),
            ("goals/01900000-0000-7000-8000-000000000004/status_reason", "Dziecko zmieniło szkołę."),
            ("actions/1/responsible", "INSTITUTION"),
            ("actions/1/institution", "OTHER"),
            ("actions/1/institution_name", "Świetlica „Źródło”"),
            ("actions/1/due_kind", "DATE"),
            ("actions/1/due", "2026-12-31"),
            ("actions/1/status", "DROPPED"),
            ("coord_person", "Żaneta Wymyślona"),
            ("coord_on", "2026-11-18"),
            ("coord_channel", "IN_PERSON"),
            ("coord_consistent", "nie"),
            ("coord_note", "Terminy kontaktów dziecka z matką."),
            ("sent_pcpr", "2026-11-21"),
            ("decision", "RETURNED"),
            ("decision_note", "Proszę uzgodnić terminy kontaktów."),
        ],
        more: &[],
        signed: &["MEMBER", "ASSISTANT", "SOCIAL_WORKER", "OTHER"],
        broken: &[
            ("coord_on", "2026-11-23", "Data uzgodnienia nie może być późniejsza niż dzisiejsza."),
            ("sent_pcpr", "2026-11-23", "Data przekazania nie może być późniejsza niż dzisiejsza."),
            ("sent_pcpr", "2026-11-19", "Plan można przekazać PCPR najwcześniej w dniu jego sporządzenia."),
            (
                "signatures/OTHER/role",
                "",
                "Plan skoordynowany podpisuje też koordynator rodzinnej pieczy zastępczej, jako „inna osoba”.",
            ),
        ],
    };

    #[test]
    fn the_paper_keeps_its_rules() {
        exercise(&FORM, &[ORDINARY, COORDINATED_PLAN]);
    }

    #[test]
    fn every_goal_has_its_action() {
        let mut plan = answers(&FORM, ORDINARY.required);
        assert_eq!(check(&plan, today()), []);
        plan.put_row(GOALS, MEMBER, Answers::default().with(GOAL_NO, 2));
        assert_eq!(check(&plan, today()), [Problem::error(ACTIONS, "Dodaj co najmniej jedno działanie do celu nr 2.")]);
        plan.put_row(ACTIONS, "1", Answers::default().with(ACTION_GOAL, [GOAL.to_owned(), MEMBER.to_owned()].into()));
        assert_eq!(check(&plan, today()), []);
    }

    #[test]
    fn a_goal_is_due_while_the_cooperation_lasts() {
        for (due, fits) in [("2026-11-19", false), ("2026-11-20", true), ("2028-11-20", true), ("2028-11-21", false)] {
            let mut plan = answers(&FORM, ORDINARY.required);
            plan.put_row(GOALS, GOAL, Answers::default().with(GOAL_DUE, due.parse().unwrap()));
            let problems = check(&plan, today());
            assert_eq!(problems.is_empty(), fits, "{due}: {problems:?}");
            plan.put_row(GOALS, GOAL, Answers::default().with(GOAL_STATUS, GoalStatus::Reached));
            assert_eq!(check(&plan, today()), [], "{due}: a reached goal stays as it was");
        }
    }

    #[test]
    fn cards_that_refer_to_goals_read_them_here() {
        let goals = goals(&answers(&FORM, ORDINARY.required));
        assert_eq!(goals.len(), 1);
        assert_eq!((goals[0].id.as_str(), goals[0].no, goals[0].area), (GOAL, 1, Some(Area::A11)));
        assert_eq!(goals[0].numbered(), "1. Dzieci są w szkole codziennie.");
    }
}
