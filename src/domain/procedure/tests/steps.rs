//! Every guard and every question by itself: what is taken away, and what the person then reads.

use super::*;
use crate::domain::{deadlines::Parameters, documents::case_card::ClosingReason};

type Change = fn(&mut Facts);

/// Step, what is changed in facts under which it is possible, what is said.
const GUARDS: &[(Transition, Stage, Change, &[&str])] = &[
    (
        Transition::Request,
        Stage::Interview,
        |facts| lose(facts, Paper::Request),
        &["Brak wniosku o przydzielenie asystenta."],
    ),
    (
        Transition::Allocate,
        Stage::Requested,
        |facts| facts.load = Some(FamilyLoad { working: 15, ..FamilyLoad::default() }),
        &["Asystent prowadzi już 15 rodzin. Więcej niż 15 nie wolno (art. 15 ust. 4)."],
    ),
    (
        Transition::AllocateDirectly,
        Stage::Interview,
        |facts| {
            set(facts, Paper::Allocation, Life::Draft);
            facts.load = Some(FamilyLoad { working: 14, za_zyciem: 1, ..FamilyLoad::default() });
        },
        &[
            "Do podpisu: przydział asystenta (zał. 1).",
            "Asystent prowadzi już 15 rodzin. Więcej niż 15 nie wolno (art. 15 ust. 4).",
        ],
    ),
    (
        Transition::HandOver,
        Stage::Allocated,
        |facts| set(facts, Paper::Handover, Life::Returned),
        &["Do poprawy po uwagach: protokół przekazania dokumentów (zał. 2)."],
    ),
    (Transition::Meet, Stage::HandedOver, |facts| lose(facts, Paper::Entry), &["Brak wpisu w karcie pracy (zał. 8)."]),
    (Transition::BeginDiagnosis, Stage::FirstMeeting, |facts| facts.consent = None, &["Brak zgody rodziny (zał. 3)."]),
    (
        Transition::BeginDiagnosis,
        Stage::FirstMeeting,
        |facts| facts.consent = Some(ConsentFacts { on: today(), by_carer: false }),
        &["Zgodę (zał. 3) podpisuje co najmniej jedna osoba z władzą rodzicielską albo opiekun faktyczny."],
    ),
    (
        Transition::Refuse,
        Stage::FirstMeeting,
        |facts| facts.papers.clear(),
        &["Brak odmowy rodziny na piśmie (zał. 3).", "Brak notatki służbowej."],
    ),
    (
        Transition::BeginPlanning,
        Stage::Diagnosis,
        |facts| facts.papers.clear(),
        &["Brak karty informacyjnej rodziny (zał. 4).", "Brak oceny sytuacji rodziny (zał. 5)."],
    ),
    (
        Transition::BeginCooperation,
        Stage::Planning,
        |facts| {
            facts.papers.clear();
            facts.plan = None;
        },
        &["Brak planu pracy z rodziną (zał. 6).", "Plan (zał. 6) nie ma jeszcze żadnego celu."],
    ),
    (
        Transition::BeginCooperation,
        Stage::Planning,
        |facts| {
            set(facts, Paper::Plan, Life::Signed);
            if let Some(plan) = &mut facts.plan {
                (plan.goals_without_action, plan.actions_without_term, plan.actions_without_effect) = (1, 2, 3);
            }
        },
        &[
            "Cele planu (zał. 6) bez działań: 1.",
            "Działania planu (zał. 6) bez terminu: 2.",
            "Działania planu (zał. 6) bez przewidywanego efektu: 3.",
            "Czeka na zatwierdzenie: plan pracy z rodziną (zał. 6).",
        ],
    ),
    (
        Transition::Review,
        Stage::Cooperation,
        |facts| {
            set(facts, Paper::Review, Life::Draft);
            lose(facts, Paper::PeriodicReport);
        },
        &["Do podpisu: ocena i modyfikacja planu (zał. 7).", "Brak okresowej oceny sytuacji rodziny (zał. 15)."],
    ),
    (
        Transition::RequestClosing,
        Stage::Cooperation,
        |facts| set(facts, Paper::ClosingRequest, Life::Returned),
        &["Do poprawy po uwagach: wniosek o zakończenie i monitoring (zał. 10)."],
    ),
    (
        Transition::BeginMonitoring,
        Stage::ClosingRequested,
        |facts| set(facts, Paper::ClosingRequest, Life::Signed),
        &["Czeka na zatwierdzenie: wniosek o zakończenie i monitoring (zał. 10)."],
    ),
    (
        Transition::RequestMonitoringEnd,
        Stage::Monitoring,
        |facts| {
            facts.papers.clear();
            facts.open_tasks = 1;
        },
        &[
            "Brak karty monitoringu (zał. 11).",
            "Brak wniosku o zakończenie monitoringu (zał. 12).",
            "Zamknij najpierw zadania rodziny (zał. 9): 1 zadanie.",
        ],
    ),
    (
        Transition::EndMonitoring,
        Stage::MonitoringEndRequested,
        |facts| lose(facts, Paper::MonitoringEnd),
        &["Brak wniosku o zakończenie monitoringu (zał. 12)."],
    ),
    (
        Transition::RequestReopening,
        Stage::Monitoring,
        |facts| set(facts, Paper::Reopening, Life::Draft),
        &["Do podpisu: zgłoszenie ponownego objęcia (zał. 13)."],
    ),
    (
        Transition::Reopen,
        Stage::ReopenRequested,
        |facts| {
            set(facts, Paper::Reopening, Life::Signed);
            facts.other_open_case = true;
        },
        &["Rodzina ma już otwartą sprawę.", "Czeka na zatwierdzenie: zgłoszenie ponownego objęcia (zał. 13)."],
    ),
    (
        Transition::Close,
        Stage::Cooperation,
        |facts| facts.papers.clear(),
        &[
            "Potrzebny jeden z dokumentów: oświadczenie o rezygnacji (zał. 3), notatka służbowa, wniosek o zakończenie i \
           monitoring (zał. 10).",
        ],
    ),
    (
        Transition::CloseEarly,
        Stage::HandedOver,
        |facts| facts.papers.clear(),
        &["Potrzebny jeden z dokumentów: oświadczenie o rezygnacji (zał. 3), notatka służbowa."],
    ),
    (
        Transition::ChangeAssistant,
        Stage::Cooperation,
        |facts| facts.load = Some(FamilyLoad { working: 20, ..FamilyLoad::default() }),
        &["Asystent prowadzi już 20 rodzin. Więcej niż 15 nie wolno (art. 15 ust. 4)."],
    ),
    (
        Transition::AllocateZz,
        Stage::ZzRequested,
        |facts| lose(facts, Paper::ZzApplication),
        &["Brak wniosku „Za życiem”."],
    ),
    (Transition::MeetZz, Stage::ZzAllocated, |facts| facts.papers.clear(), &["Brak wpisu w karcie pracy (zał. 8)."]),
    (
        Transition::CoordinateZz,
        Stage::ZzCatalogue,
        |facts| set(facts, Paper::ZzCatalogue, Life::Draft),
        &["Do podpisu: katalog możliwego wsparcia."],
    ),
    (
        Transition::CloseZz,
        Stage::ZzCoordination,
        |facts| facts.papers.clear(),
        &["Potrzebny jeden z dokumentów: oświadczenie o rezygnacji (zał. 3), notatka służbowa."],
    ),
    (Transition::ConvertZz, Stage::ZzCoordination, |facts| facts.papers.clear(), &["Brak notatki służbowej."]),
];

fn set(facts: &mut Facts, paper: Paper, life: Life) {
    facts.papers.insert(paper, PaperFact { on: today(), life });
}

fn lose(facts: &mut Facts, paper: Paper) {
    facts.papers.remove(&paper);
}

fn who(transition: Transition) -> Actor {
    actor(rule(transition).who[0])
}

#[test]
fn every_guard_says_what_is_missing() {
    for (transition, stage, change, expected) in GUARDS {
        let cells = card(*stage);
        let case = CaseNow::of(CASE, &cells);
        assert_eq!(may(&case, *transition, &who(*transition), &everything(), &usual()), Ok(()), "{transition:?}");
        let mut facts = everything();
        change(&mut facts);
        let why = may(&case, *transition, &who(*transition), &facts, &usual()).unwrap_err();
        assert_eq!(texts(&why), *expected, "{transition:?}");
    }
}

#[test]
fn every_rule_with_a_guard_is_in_that_table() {
    for rule in RULES.iter().filter(|rule| rule.from != Start::Nothing && !rule.guards.is_empty()) {
        let is_tested = GUARDS.iter().any(|row| row.0 == rule.transition) || rule.transition == Transition::Extend;
        assert!(is_tested, "{:?}", rule.transition);
    }
}

#[test]
fn what_the_case_itself_forbids() {
    let why = |cells: &Answers, transition, facts: &Facts| {
        texts(&may(&CaseNow::of(CASE, cells), transition, &who(transition), facts, &usual()).unwrap_err())
    };
    let grown = card(Stage::Interview).with(case_card::BASIS, [Basis::Difficulties.code().to_owned()].into());
    assert_eq!(
        why(&grown, Transition::AllocateDirectly, &everything()),
        ["Przydział bez wniosku dotyczy tylko małoletniego rodzica opuszczającego placówkę (art. 11 ust. 1a)."]
    );
    let extended = flagged(Stage::Cooperation, CaseFlag::Extended);
    assert_eq!(why(&extended, Transition::Extend, &everything()), ["Współpraca była już przedłużona."]);
    // The papers of the last assessment do not serve for the next.
    let assessed = card(Stage::Cooperation).with(case_card::ASSESSED_ON, today());
    assert_eq!(
        why(&assessed, Transition::Review, &everything()),
        ["Brak oceny i modyfikacji planu (zał. 7).", "Brak okresowej oceny sytuacji rodziny (zał. 15).",]
    );
    let in_care = flagged(Stage::Planning, CaseFlag::ChildInCare);
    let mut facts = everything();
    facts.plan = Some(PlanFacts { coordinated: false, sent_to_pcpr: false, ..facts.plan.unwrap_or_default() });
    assert_eq!(
        why(&in_care, Transition::BeginCooperation, &facts),
        [
            "Plan (zał. 6) nie jest uzgodniony z planem pomocy dziecku w pieczy.",
            "Plan (zał. 6) nie został przekazany do PCPR lub organizatora pieczy.",
        ]
    );
    let mut two = everything();
    two.other_open_case = true;
    for first in [Transition::Refer, Transition::ApplyZz] {
        let hindered = may(&CaseNow::none(), first, &who(first), &two, &usual()).unwrap_err();
        assert_eq!(texts(&hindered), ["Rodzina ma już otwartą sprawę."]);
    }
}

#[test]
fn an_office_may_do_without_the_managers_approval() {
    let cells = card(Stage::Planning);
    let mut facts = everything();
    set(&mut facts, Paper::Plan, Life::Signed);
    let free = Settings::check(Parameters { manager_approves_plan: false, ..Parameters::default() }).unwrap();
    let case = CaseNow::of(CASE, &cells);
    let step = |settings| may(&case, Transition::BeginCooperation, &actor(Role::Assistant), &facts, settings);
    let strict = usual();
    assert!(step(&strict).is_err());
    assert_eq!(step(&free), Ok(()));
}

#[test]
fn under_an_order_the_work_goes_on_without_consent_and_the_court_is_told() {
    let cells = flagged(Stage::FirstMeeting, CaseFlag::CourtOrdered);
    let case = CaseNow::of(CASE, &cells);
    let facts = Facts { consent: None, ..everything() };
    let given = Given::on(today());
    let taken = take(&case, Transition::BeginDiagnosis, &actor(Role::Assistant), &given, &facts, &usual()).unwrap();
    assert_eq!(taken.cautions, [Caution::NoConsentUnderOrder]);
    assert_eq!(taken.duties, [Duty::NotifyCourt, Duty::WriteFamilyCard]);
    assert!(!taken.edits.contains_key("consent_on"));
}

type Left = fn(&mut Given);

#[test]
fn every_question_wants_an_answer() {
    let rows: &[(Transition, Stage, Left, &[&str])] = &[
        (Transition::DoNotAllocate, Stage::Requested, |given| given.reason = "  ".into(), &["Podaj uzasadnienie."]),
        (Transition::Allocate, Stage::Requested, |given| given.assistant = None, &["Wskaż asystenta rodziny."]),
        (Transition::Extend, Stage::Cooperation, |given| given.reason.clear(), &["Podaj uzasadnienie."]),
        (Transition::ReturnClosing, Stage::ClosingRequested, |given| given.reason.clear(), &["Podaj uzasadnienie."]),
        (
            Transition::ReturnMonitoringEnd,
            Stage::MonitoringEndRequested,
            |given| given.reason.clear(),
            &["Podaj uzasadnienie."],
        ),
        (Transition::RejectReopening, Stage::ReopenRequested, |given| given.reason.clear(), &["Podaj uzasadnienie."]),
        (
            Transition::BeginMonitoring,
            Stage::ClosingRequested,
            |given| given.months = Some(1),
            &["Monitoring trwa od 2 do 6 miesięcy."],
        ),
        (
            Transition::BeginMonitoring,
            Stage::ClosingRequested,
            |given| given.months = Some(7),
            &["Monitoring trwa od 2 do 6 miesięcy."],
        ),
        (
            Transition::BeginMonitoring,
            Stage::ClosingRequested,
            |given| given.months = None,
            &["Monitoring trwa od 2 do 6 miesięcy."],
        ),
        (Transition::Close, Stage::Cooperation, |given| given.closing = None, &["Podaj przyczynę zakończenia."]),
        (
            Transition::Close,
            Stage::Cooperation,
            |given| given.closing = Some(ClosingReason::GoalsAchieved),
            &["Przyczyna „osiągnięcie celów planu” nie pasuje do tego kroku."],
        ),
        (
            Transition::CloseEarly,
            Stage::Allocated,
            |given| given.closing = Some(ClosingReason::NoEffect),
            &["Przyczyna „brak efektów lub zmiana metody pracy” nie pasuje do tego kroku."],
        ),
        (
            Transition::Close,
            Stage::Cooperation,
            |given| {
                given.closing = Some(ClosingReason::Other);
                given.reason.clear();
            },
            &["Podaj uzasadnienie."],
        ),
        (
            Transition::ChangeAssistant,
            Stage::Cooperation,
            |given| given.assistant = Some(ALA),
            &["Ta rodzina jest już przydzielona temu asystentowi."],
        ),
        (
            Transition::ConvertZz,
            Stage::ZzCoordination,
            |given| given.basis.clear(),
            &["Podaj podstawę objęcia wsparciem."],
        ),
        (
            Transition::ConvertZz,
            Stage::ZzCoordination,
            |given| given.basis = [Basis::ZaZyciem].into(),
            &["Ta podstawa nie pasuje do wybranej ścieżki („Za życiem” ma osobną)."],
        ),
        (
            Transition::Interview,
            Stage::Referred,
            |given| given.on = day("2026-11-24"),
            &["Data nie może być późniejsza niż dziś."],
        ),
        (
            Transition::Interview,
            Stage::Referred,
            |given| given.on = day("2026-01-09"),
            &["Data nie może być wcześniejsza niż zgłoszenie (10.01.2026)."],
        ),
    ];
    for (transition, stage, left, expected) in rows {
        let cells = card(*stage);
        let case = CaseNow::of(CASE, &cells);
        let mut given = answered(*transition);
        left(&mut given);
        let why = take(&case, *transition, &who(*transition), &given, &everything(), &usual()).unwrap_err();
        assert_eq!(texts(&why), *expected, "{transition:?}");
    }
}

#[test]
fn a_resignation_is_written() {
    let cells = card(Stage::Cooperation);
    let case = CaseNow::of(CASE, &cells);
    let mut facts = everything();
    let given = Given { closing: Some(ClosingReason::Resignation), ..Given::on(today()) };
    let step = |facts: &Facts| take(&case, Transition::Close, &actor(Role::Manager), &given, facts, &usual());
    assert_eq!(step(&facts).unwrap().duties, [Duty::NotifyCourt, Duty::ControlVisits]);
    facts.papers.remove(&Paper::Resignation);
    assert_eq!(texts(&step(&facts).unwrap_err()), ["Brak oświadczenia o rezygnacji (zał. 3)."]);
}

#[test]
fn nobody_is_allocated_before_their_families_are_counted() {
    let cells = card(Stage::Requested);
    let case = CaseNow::of(CASE, &cells);
    let facts = Facts { load: None, ..everything() };
    let given = answered(Transition::Allocate);
    let why = take(&case, Transition::Allocate, &actor(Role::Manager), &given, &facts, &usual()).unwrap_err();
    assert_eq!(texts(&why), ["Nie wiadomo, ile rodzin prowadzi ten asystent. Połącz się z biurem."]);
}

#[test]
fn a_short_monitoring_asks_why_and_is_then_possible() {
    let cells = card(Stage::Monitoring).with(case_card::MONITORING_FROM, day("2026-09-30"));
    let case = CaseNow::of(CASE, &cells);
    let facts = everything();
    let step = |on: &str, reason: &str| {
        let given = Given { reason: reason.into(), ..Given::on(day(on)) };
        take(&case, Transition::RequestMonitoringEnd, &actor(Role::Assistant), &given, &facts, &usual())
            .map_err(|why| texts(&why))
    };
    assert_eq!(step("2026-11-23", "").unwrap_err(), ["Monitoring trwa krócej niż 2 miesiące. Podaj uzasadnienie."]);
    assert_eq!(step("2026-11-23", "Rodzina się wyprowadza.").unwrap().cautions, [Caution::MonitoringShort(2)]);
    let later = Facts { today: day("2026-11-30"), ..everything() };
    let given = Given::on(day("2026-11-30"));
    let taken = take(&case, Transition::RequestMonitoringEnd, &actor(Role::Assistant), &given, &later, &usual());
    assert!(taken.unwrap().cautions.is_empty());
}

#[test]
fn what_deserves_a_second_look_stops_nobody() {
    let rows: &[(Transition, Stage, Change, Caution)] = &[
        (
            Transition::Allocate,
            Stage::Requested,
            |facts| facts.load = Some(FamilyLoad { working: 13, ..FamilyLoad::default() }),
            Caution::CapNear { counted: 13, cap: 15 },
        ),
        (
            Transition::HandOver,
            Stage::Allocated,
            |facts| facts.documents_complete_on = None,
            Caution::DocumentsIncomplete,
        ),
        (
            Transition::BeginDiagnosis,
            Stage::FirstMeeting,
            |facts| facts.worker_was_present = false,
            Caution::WorkerAbsent,
        ),
        (
            Transition::CoordinateZz,
            Stage::ZzCatalogue,
            |facts| lose(facts, Paper::ZzAuthorisation),
            Caution::NoAuthorisation,
        ),
    ];
    for (transition, stage, change, caution) in rows {
        let cells = card(*stage);
        let case = CaseNow::of(CASE, &cells);
        assert!(cautions(&case, *transition, &everything(), &usual()).is_empty(), "{transition:?}");
        let mut facts = everything();
        change(&mut facts);
        let taken = take(&case, *transition, &who(*transition), &answered(*transition), &facts, &usual());
        assert_eq!(taken.unwrap().cautions, [*caution], "{transition:?}");
        assert!(!caution.text().is_empty());
    }
}

#[test]
fn every_step_writes_its_days() {
    /// Step, stage, and what then stands in which field.
    type Row = (Transition, Stage, &'static [(&'static str, Option<&'static str>)]);
    const ON: &str = "2026-11-23";
    let rows: &[Row] = &[
        (Transition::Interview, Stage::Referred, &[("interview_on", Some(ON))]),
        (Transition::Request, Stage::Interview, &[("requested_on", Some(ON))]),
        (Transition::Allocate, Stage::Requested, &[("allocated_on", Some(ON)), ("help_plan_on", Some(ON))]),
        (
            Transition::DoNotAllocate,
            Stage::Requested,
            &[("ended_on", Some(ON)), ("closing_note", Some("Uzasadnienie."))],
        ),
        (Transition::HandOver, Stage::Allocated, &[("received_on", Some(ON))]),
        (Transition::Meet, Stage::HandedOver, &[("met_on", Some(ON))]),
        (Transition::BeginDiagnosis, Stage::FirstMeeting, &[("consent_on", Some(ON))]),
        (
            Transition::Refuse,
            Stage::FirstMeeting,
            &[("ended_on", Some(ON)), ("closing_reason", Some("REFUSED_AT_START"))],
        ),
        (Transition::BeginCooperation, Stage::Planning, &[("plan_from", Some(ON))]),
        (Transition::Review, Stage::Cooperation, &[("assessed_on", Some(ON))]),
        (Transition::Extend, Stage::Cooperation, &[("extended_on", Some(ON))]),
        (Transition::RequestClosing, Stage::Cooperation, &[("closing_requested_on", Some(ON))]),
        (
            Transition::BeginMonitoring,
            Stage::ClosingRequested,
            &[("monitoring_from", Some(ON)), ("monitoring_to", Some("2027-02-23"))],
        ),
        (Transition::ReturnClosing, Stage::ClosingRequested, &[("closing_requested_on", None)]),
        (Transition::ReturnMonitoringEnd, Stage::MonitoringEndRequested, &[("monitoring_end_requested_on", None)]),
        (Transition::RejectReopening, Stage::ReopenRequested, &[("reopen_requested_on", None)]),
        (
            Transition::EndMonitoring,
            Stage::MonitoringEndRequested,
            &[("ended_on", Some(ON)), ("closing_reason", Some("GOALS_ACHIEVED"))],
        ),
        (Transition::AllocateZz, Stage::ZzRequested, &[("allocated_on", Some(ON))]),
    ];
    for (transition, stage, days) in rows {
        let mut cells = card(*stage);
        for key in ["closing_requested_on", "monitoring_end_requested_on", "reopen_requested_on"] {
            if days.contains(&(key, None)) {
                cells.set_raw(key, Some(crate::domain::form::Value::Text("2026-11-01".into())));
            }
        }
        let case = CaseNow::of(CASE, &cells);
        let taken =
            take(&case, *transition, &who(*transition), &answered(*transition), &everything(), &usual()).unwrap();
        for (key, value) in *days {
            let edit = taken.edits.get(*key).unwrap_or_else(|| panic!("{transition:?} leaves {key} alone"));
            assert_eq!(edit.after.as_ref().and_then(|value| value.text()), *value, "{transition:?} {key}");
        }
        if rule(*transition).to != To::Same {
            assert_eq!(taken.edits["stage"].before.as_ref().and_then(|value| value.text()), Some(stage.code()));
        }
    }
}

#[test]
fn the_cap_counts_what_the_office_wants() {
    let cells = card(Stage::Requested);
    let case = CaseNow::of(CASE, &cells);
    let full = |load, settings: &Settings| {
        let facts = Facts { load: Some(load), ..everything() };
        may(&case, Transition::Allocate, &actor(Role::Manager), &facts, settings).is_err()
    };
    let strict = Settings::check(Parameters { monitoring_counts: true, ..Parameters::default() }).unwrap();
    let load = FamilyLoad { working: 12, monitoring: 3, za_zyciem: 0 };
    assert!(!full(load, &usual()));
    assert!(full(load, &strict));
}
