//! Who may go where: the table of 2.2 in the words of this file, held against every step, stage and role.

use super::*;
use Role::{Assistant, Manager, SocialWorker};
use Stage::*;

/// Written by hand from spec/domain.md 2.2 and 2.6; "–" is no case yet. Not read from [`RULES`].
type Row = (&'static str, &'static [Stage], &'static str, &'static [Role]);
const TABLE: &[Row] = &[
    ("T01", &[], "REFERRED", &[SocialWorker]),
    ("T02", &[Referred], "INTERVIEW", &[SocialWorker]),
    ("T03", &[Interview], "REQUESTED", &[SocialWorker]),
    ("T04", &[Interview], "ALLOCATED", &[Manager]),
    ("T05", &[Requested], "NOT_ALLOCATED", &[Manager]),
    ("T06", &[Requested], "ALLOCATED", &[Manager]),
    ("T07", &[Allocated], "HANDED_OVER", &[SocialWorker]),
    ("T08", &[HandedOver], "FIRST_MEETING", &[Assistant, SocialWorker]),
    ("T09", &[FirstMeeting], "DIAGNOSIS", &[Assistant]),
    ("T10", &[FirstMeeting], "REFUSED", &[Assistant]),
    ("T11", &[Diagnosis], "PLANNING", &[Assistant]),
    ("T12", &[Planning], "COOPERATION", &[Assistant, Manager]),
    ("T13", &[Cooperation], "COOPERATION", &[Assistant]),
    ("T14", &[Cooperation], "COOPERATION", &[Manager]),
    ("T15", &[Cooperation], "CLOSING_REQUESTED", &[Assistant]),
    ("T16", &[ClosingRequested], "MONITORING", &[Manager]),
    ("T17", &[ClosingRequested], "COOPERATION", &[Manager]),
    ("T18", &[Monitoring], "MONITORING_END_REQUESTED", &[Assistant]),
    ("T19", &[MonitoringEndRequested], "CLOSED", &[Manager]),
    ("T20", &[MonitoringEndRequested], "MONITORING", &[Manager]),
    ("T21", &[Monitoring], "REOPEN_REQUESTED", &[Assistant]),
    ("T22", &[ReopenRequested], "CLOSED", &[Manager]),
    ("T23", &[ReopenRequested], "MONITORING", &[Manager]),
    ("T24", &[FirstMeeting, Diagnosis, Planning, Cooperation, ClosingRequested], "CLOSED", &[Manager]),
    (
        "T25",
        &[Referred, Interview, Requested, Allocated, HandedOver, Monitoring, MonitoringEndRequested, ReopenRequested],
        "CLOSED",
        &[Manager],
    ),
    ("Z01", &[], "ZZ_REQUESTED", &[SocialWorker, Manager]),
    ("Z02", &[ZzRequested], "ZZ_ALLOCATED", &[Manager]),
    ("Z03", &[ZzAllocated], "ZZ_CATALOGUE", &[Assistant]),
    ("Z04", &[ZzCatalogue], "ZZ_COORDINATION", &[Assistant]),
    ("Z05", &[ZzRequested, ZzAllocated, ZzCatalogue, ZzCoordination], "CLOSED", &[Manager]),
    ("Z06", &[ZzAllocated, ZzCatalogue, ZzCoordination], "CLOSED", &[Manager]),
];

fn row(transition: Transition) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.0 == transition.code())
}

#[test]
fn every_step_by_every_role_at_every_stage() {
    let (mut allowed, mut refused) = (0, 0);
    let stages: Vec<Option<Stage>> = std::iter::once(None).chain(Stage::ALL.iter().copied().map(Some)).collect();
    for transition in Transition::ALL {
        for stage in &stages {
            for role in Role::ALL {
                let cells = stage.map(card).unwrap_or_default();
                let case = if stage.is_some() { CaseNow::of(CASE, &cells) } else { CaseNow::none() };
                let taken = take(&case, *transition, &actor(*role), &answered(*transition), &everything(), &usual());
                let expected = expected(*transition, *stage, *role);
                match &taken {
                    Ok(taken) => {
                        assert_eq!(Some(taken.stage.code()), expected.as_deref(), "{transition:?} {stage:?} {role:?}")
                    }
                    Err(why) => assert_eq!(expected, None, "{transition:?} {stage:?} {role:?}: {:?}", texts(why)),
                }
                if taken.is_ok() { allowed += 1 } else { refused += 1 }
            }
        }
    }
    assert_eq!((allowed, refused), (63, 32 * 21 * 5 - 63));
}

fn expected(transition: Transition, stage: Option<Stage>, role: Role) -> Option<String> {
    // Another assistant may come wherever one works with the family; the case stays where it is.
    if transition == Transition::ChangeAssistant {
        let stage = stage.filter(|stage| stage.is_with_assistant() && role == Manager)?;
        return Some(stage.code().to_owned());
    }
    let (_, from, to, who) = row(transition)?;
    let is_here = stage.map_or(from.is_empty(), |stage| from.contains(&stage));
    (is_here && who.contains(&role)).then(|| (*to).to_owned())
}

#[test]
fn whoever_may_not_hears_who_may() {
    let cells = card(Requested);
    let case = CaseNow::of(CASE, &cells);
    let why = may(&case, Transition::Allocate, &actor(SocialWorker), &everything(), &usual()).unwrap_err();
    assert_eq!(texts(&why), ["Ten krok wykonuje: kierownik."]);
    let why = may(&case, Transition::Review, &actor(Assistant), &everything(), &usual()).unwrap_err();
    assert_eq!(texts(&why), ["Tego kroku nie ma na etapie „wniosek do kierownika”."]);
    let why = may(&CaseNow::none(), Transition::Review, &actor(Assistant), &everything(), &usual()).unwrap_err();
    assert_eq!(texts(&why), ["Najpierw trzeba założyć sprawę."]);
    let why = may(&case, Transition::Refer, &actor(SocialWorker), &everything(), &usual()).unwrap_err();
    assert_eq!(texts(&why), ["Rodzina ma już otwartą sprawę."]);
    let cells = card(Closed);
    let why = may(&CaseNow::of(CASE, &cells), Transition::Review, &actor(Assistant), &everything(), &usual());
    assert_eq!(texts(&why.unwrap_err()), ["Sprawa jest zakończona. Dalsza praca wymaga nowej sprawy."]);
}

#[test]
fn another_persons_family_is_not_stepped_for() {
    for (stage, transition, role) in [
        (Diagnosis, Transition::BeginPlanning, Assistant),
        (Allocated, Transition::HandOver, SocialWorker),
        (HandedOver, Transition::Meet, SocialWorker),
    ] {
        let cells = card(stage);
        let stranger = Actor { user: OLA, ..actor(role) };
        let why = may(&CaseNow::of(CASE, &cells), transition, &stranger, &everything(), &usual()).unwrap_err();
        assert_eq!(texts(&why), ["Ta rodzina jest przydzielona innej osobie."]);
    }
}

#[test]
fn a_person_sees_their_own_steps_and_what_the_case_waits_for() {
    let cells = card(Cooperation);
    let case = CaseNow::of(CASE, &cells);
    let names = |steps: Vec<Step>| -> Vec<&str> { steps.iter().map(|step| step.rule.transition.code()).collect() };
    let facts = Facts::on(today());
    assert_eq!(names(open_to(&case, Assistant, &facts, &usual())), ["T13", "T15"]);
    assert_eq!(names(open_to(&case, Manager, &facts, &usual())), ["T14", "T24", "T26"]);
    assert_eq!(names(steps(&case, &facts, &usual())), ["T13", "T14", "T15", "T24", "T26"]);
    assert!(open_to(&case, Role::Dpo, &facts, &usual()).is_empty());
    let hindered: Vec<bool> = open_to(&case, Manager, &facts, &usual()).iter().map(Step::is_open).collect();
    assert_eq!(hindered, [true, false, true]);
    // The matrix of the way in: nobody else begins a case.
    for role in Role::ALL {
        let first = names(open_to(&CaseNow::none(), *role, &facts, &usual()));
        let expected: &[&str] = match role {
            SocialWorker => &["T01", "Z01"],
            Manager => &["Z01"],
            Assistant | Role::SysAdmin | Role::Dpo => &[],
        };
        assert_eq!(first, expected);
    }
}

#[test]
fn recording_asks_no_stage_of_the_procedure() {
    // S3 10: from the allocation to the end of monitoring an entry may be made, whatever the papers say.
    let recorded: Vec<&str> =
        Stage::ALL.iter().filter(|stage| stage.is_with_assistant()).map(|stage| stage.code()).collect();
    assert_eq!(
        recorded,
        [
            "ALLOCATED",
            "HANDED_OVER",
            "FIRST_MEETING",
            "DIAGNOSIS",
            "PLANNING",
            "COOPERATION",
            "CLOSING_REQUESTED",
            "MONITORING",
            "MONITORING_END_REQUESTED",
            "REOPEN_REQUESTED",
            "ZZ_ALLOCATED",
            "ZZ_CATALOGUE",
            "ZZ_COORDINATION",
        ]
    );
}
