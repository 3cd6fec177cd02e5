//! Whole cases from the first day to the last, and what holds on any walk.

use super::*;
use crate::domain::{
    deadlines::{self, Code, Parameters, deadlines},
    documents::case_card::ClosingReason,
};
use proptest::prelude::*;

/// Takes a step and writes it into the card.
fn step(card: &mut Answers, transition: Transition, facts: &Facts, given: &Given) -> Taken {
    let who = actor_for(card, transition);
    let case = if card.get(case_card::STAGE).is_some() { CaseNow::of(CASE, card) } else { CaseNow::none() };
    let taken = take(&case, transition, &who, given, facts, &usual())
        .unwrap_or_else(|why| panic!("{transition:?}: {:?}", texts(&why)));
    for (key, edit) in &taken.edits {
        assert_eq!(card.raw(key), edit.before.as_ref(), "{transition:?}: {key}");
        card.set_raw(key, edit.after.clone());
    }
    taken
}

/// The first of the roles that may, in the person of this case.
fn actor_for(card: &Answers, transition: Transition) -> Actor {
    let role = rule(transition).who[0];
    let user = match role {
        Role::Assistant => card.get(case_card::ASSISTANT).unwrap_or(ALA),
        Role::SocialWorker => card.get(case_card::WORKER).unwrap_or(WORKER),
        Role::Manager | Role::SysAdmin | Role::Dpo => UserId(Uuid::from_u128(9)),
    };
    Actor { user, ..actor(role) }
}

fn walk(card: &mut Answers, transitions: &[Transition]) -> Vec<Taken> {
    transitions.iter().map(|transition| step(card, *transition, &everything(), &answered(*transition))).collect()
}

use Transition::*;
const WAY_IN: &[Transition] = &[Refer, Interview, Request, Allocate, HandOver, Meet, BeginDiagnosis];
const TO_MONITORING: &[Transition] =
    &[BeginPlanning, BeginCooperation, Review, Extend, RequestClosing, ReturnClosing, RequestClosing, BeginMonitoring];

#[test]
fn from_the_referral_to_reached_goals() {
    let mut card = Answers::default();
    walk(&mut card, WAY_IN);
    walk(&mut card, TO_MONITORING);
    assert_eq!(card.set_of::<CaseFlag>(case_card::FLAGS), [CaseFlag::Extended]);
    // The walk of one day ends monitoring at once: it says why.
    let taken = walk(&mut card, &[RequestMonitoringEnd, ReturnMonitoringEnd, RequestMonitoringEnd, EndMonitoring]);
    assert_eq!(taken[0].cautions, [Caution::MonitoringShort(2)]);
    assert_eq!(card.get(case_card::STAGE), Some(Stage::Closed));
    assert_eq!(card.get(case_card::CLOSING_REASON), Some(ClosingReason::GoalsAchieved));
    assert!(case_card::FORM.check(&card).is_empty(), "{:?}", case_card::FORM.check(&card));
}

#[test]
fn a_court_order_a_refusal_and_the_notice() {
    let mut card = Answers::default();
    let given = Given { basis: [Basis::CourtOrder].into(), ..answered(Refer) };
    step(&mut card, Refer, &everything(), &given);
    assert_eq!(card.set_of::<CaseFlag>(case_card::FLAGS), [CaseFlag::CourtOrdered]);
    assert_eq!(card.get(case_card::COURT_INFO_ON), Some(today()));
    walk(&mut card, &[Interview, Request, Allocate, HandOver, Meet]);
    let taken = walk(&mut card, &[Refuse]);
    assert_eq!(taken[0].duties, [Duty::NotifyCourt, Duty::ControlVisits]);
    assert_eq!(card.get(case_card::STAGE), Some(Stage::Refused));
}

#[test]
fn za_zyciem_has_its_own_way_and_no_interview() {
    let mut card = Answers::default();
    let taken = walk(&mut card, &[ApplyZz, AllocateZz, MeetZz, CoordinateZz]);
    assert_eq!(taken[0].duties, [Duty::AnswerApplication]);
    assert_eq!(card.set_of::<CaseFlag>(case_card::FLAGS), [CaseFlag::ZaZyciem]);
    assert!(card.get(case_card::INTERVIEW_ON).is_none() && card.get(case_card::HELP_PLAN_ON).is_none());
    let mut ended = card.clone();
    walk(&mut ended, &[CloseZz]);
    assert_eq!(ended.get(case_card::STAGE), Some(Stage::Closed));

    // Into the ordinary procedure only through its own door: a new case, from the referral on.
    let taken = walk(&mut card, &[ConvertZz]);
    let NewCase(next) = taken[0].new_case.clone().unwrap();
    assert_eq!(next.get(case_card::STAGE), Some(Stage::Referred));
    assert_eq!(next.set_of::<Basis>(case_card::BASIS), [Basis::Difficulties]);
    assert!(next.set_of::<CaseFlag>(case_card::FLAGS).is_empty());
}

#[test]
fn reopening_is_a_new_case_that_knows_the_old_one() {
    let mut card = Answers::default();
    let given = Given { basis: [Basis::ChildInCare].into(), ..answered(Refer) };
    step(&mut card, Refer, &everything(), &given);
    walk(&mut card, &WAY_IN[1..]);
    walk(&mut card, TO_MONITORING);
    let taken = walk(&mut card, &[RequestReopening, RejectReopening, RequestReopening, Reopen]);
    assert_eq!(card.get(case_card::STAGE), Some(Stage::Closed));
    let last = &taken[3];
    assert_eq!(last.duties, [Duty::InformWorker]);
    let NewCase(next) = last.new_case.clone().unwrap();
    assert_eq!(next.get(case_card::STAGE), Some(Stage::Referred));
    assert_eq!(next.get(case_card::FOLLOWS), Some(CASE));
    assert_eq!(next.get(case_card::WORKER), Some(WORKER));
    assert_eq!(
        next.set_of::<CaseFlag>(case_card::FLAGS),
        [CaseFlag::ChildInCare],
        "lasting flags come along, the extension does not"
    );
    assert!(next.get(case_card::ASSISTANT).is_none(), "the cap is checked anew");
    assert!(case_card::FORM.check(&next).is_empty());
    assert!(case_card::FORM.check(&card).is_empty(), "the old card says why in words");
    let mut next = next;
    walk(&mut next, &[Interview, Request, Allocate]);
}

#[test]
fn a_case_that_is_opened_says_which_one_it_takes_up() {
    for (transition, follows) in [(Refer, Some(CASE)), (ApplyZz, Some(CASE)), (Refer, None)] {
        let mut card = Answers::default();
        let given = Given { basis: [Basis::Difficulties].into(), follows, ..answered(transition) };
        step(&mut card, transition, &everything(), &given);
        assert_eq!(card.get(case_card::FOLLOWS), follows, "{transition:?}");
        assert!(case_card::FORM.check(&card).is_empty());
    }
    let before: Given = serde_json::from_str(r#"{"on":"2026-11-09"}"#).unwrap();
    assert_eq!(before.follows, None, "a desk of an earlier version does not say it");
}

/// The table of steps and the table of terms agree: what a step says it starts, the card then shows.
#[test]
fn steps_start_the_terms_that_they_name() {
    // Rhythms of visits need visits; a review starts D06 only through a new plan; D15P ends with the allocation.
    for rule in RULES {
        for from in stages_of(rule) {
            let mut card = from.map(card).unwrap_or_default();
            if from == Some(Stage::Cooperation) {
                card.put(case_card::PLAN_FROM, day("2026-06-01"));
            }
            let taken = step(&mut card, rule.transition, &everything(), &answered(rule.transition));
            let card = taken.new_case.map_or(card, |NewCase(next)| next);
            let facts = deadlines::Facts::of_case("R01", &card);
            let running: Vec<Code> =
                deadlines(&facts, &usual(), today()).iter().map(|deadline| deadline.code).collect();
            for code in rule.starts {
                assert!(running.contains(code), "{:?} starts {code:?}, but {running:?} run", rule.transition);
            }
        }
    }
}

fn stages_of(rule: &Rule) -> Vec<Option<Stage>> {
    match rule.from {
        Start::Nothing => vec![None],
        Start::Stages(stages) => stages.iter().copied().map(Some).collect(),
    }
}

#[test]
fn papers_of_a_stage_hold_what_its_steps_need() {
    let road = [
        Request,
        Allocate,
        HandOver,
        Meet,
        BeginDiagnosis,
        BeginPlanning,
        BeginCooperation,
        Review,
        BeginMonitoring,
        EndMonitoring,
        Reopen,
        AllocateZz,
        MeetZz,
        CoordinateZz,
    ];
    for transition in road {
        let rule = rule(transition);
        for stage in stages_of(rule).into_iter().flatten() {
            let papers = papers_of(stage, &[].into());
            let next = papers_of(rule.leads_to(Some(stage)).unwrap_or(stage), &[].into());
            for paper in rule.papers {
                let known = papers.contains(paper) || next.contains(paper) || *paper == Paper::Plan;
                assert!(known || transition == AllocateZz, "{transition:?} needs {paper:?} at {stage:?}");
            }
        }
    }
}

/// A small office: families with their cases, three assistants, one counter per assistant.
#[derive(Default)]
struct Office {
    /// Cases of each family, the newest last, and the case that a card follows.
    families: Vec<Vec<Answers>>,
}

const PEOPLE: [UserId; 2] = [ALA, OLA];

impl Office {
    fn load(&self, assistant: UserId, except: usize) -> FamilyLoad {
        let cases = self.families.iter().enumerate().filter(|(family, _)| *family != except);
        let current = cases.filter_map(|(_, cases)| cases.last());
        let theirs = current.filter(|card| card.get(case_card::ASSISTANT) == Some(assistant));
        FamilyLoad::of(theirs.filter_map(|card| card.get(case_card::STAGE)))
    }

    /// Somebody tries a step; what is refused leaves everything as it was.
    fn try_step(
        &mut self,
        family: usize,
        transition: Transition,
        to: UserId,
        closing: ClosingReason,
        settings: &Settings,
    ) {
        let load = self.load(to, family);
        let cases = &mut self.families[family];
        let open = cases.last().filter(|card| !card.get(case_card::STAGE).is_some_and(Stage::is_ended)).cloned();
        let given = Given { assistant: Some(to), closing: Some(closing), ..answered(transition) };
        let starts_anew = rule(transition).from == Start::Nothing;
        let facts = Facts { load: Some(load), other_open_case: starts_anew && open.is_some(), ..everything() };
        // A first step is tried beside an open case too: the guard must stop it.
        let last = cases.last().cloned();
        let (case, card) = match (&open, &last) {
            _ if starts_anew => (CaseNow::none(), Answers::default()),
            (Some(card), _) | (None, Some(card)) => (CaseNow::of(CASE, card), card.clone()),
            (None, None) => (CaseNow::none(), Answers::default()),
        };
        let Ok(taken) = take(&case, transition, &actor_for(&card, transition), &given, &facts, settings) else {
            return;
        };
        let mut card = card;
        for (key, edit) in taken.edits {
            card.set_raw(&key, edit.after);
        }
        if starts_anew {
            cases.push(card);
        } else if let Some(last) = cases.last_mut() {
            *last = card;
        }
        cases.extend(taken.new_case.map(|NewCase(next)| next));
    }
}

/// What somebody tries: any step at all, or (so that walks go far) one that leads on from here.
#[derive(Clone, Copy, Debug)]
enum Try {
    Any(Transition),
    OneOfTheNext(usize),
}

impl Try {
    fn transition(self, cases: &[Answers]) -> Transition {
        let stage = cases.last().and_then(|card| card.get(case_card::STAGE)).filter(|stage| !stage.is_ended());
        let next: Vec<&Rule> = RULES.iter().filter(|rule| rule.leaves(stage)).collect();
        match self {
            Try::Any(transition) => transition,
            Try::OneOfTheNext(index) => next[index % next.len()].transition,
        }
    }
}

fn any_step() -> impl Strategy<Value = (usize, Try, UserId, ClosingReason)> {
    (
        0usize..6,
        prop_oneof![
            1 => proptest::sample::select(Transition::ALL).prop_map(Try::Any),
            3 => (0usize..60).prop_map(Try::OneOfTheNext),
        ],
        proptest::sample::select(&PEOPLE[..]),
        proptest::sample::select(ClosingReason::ALL),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn on_any_walk_the_invariants_hold(
        tried in proptest::collection::vec(any_step(), 0..200),
        cap in 1u32..4,
        monitoring_counts: bool,
        za_zyciem_counts: bool,
    ) {
        let terms = [(Code::D12, deadlines::Term::Families(cap))].into();
        let parameters = Parameters { terms, cap_warns_from: 1, monitoring_counts, za_zyciem_counts, ..Parameters::default() };
        let settings = Settings::check(parameters).unwrap();
        let mut office = Office { families: vec![Vec::new(); 6] };
        for (family, transition, to, closing) in tried {
            let before = office.families[family].clone();
            let transition = transition.transition(&before);
            office.try_step(family, transition, to, closing, &settings);
            let after = &office.families[family];
            // Cases are never lost, and an ended one never changes again: only a new one follows it.
            prop_assert!(after.len() >= before.len());
            for (old, new) in before.iter().zip(after) {
                let stage = |card: &Answers| card.get(case_card::STAGE).unwrap();
                if stage(old).is_ended() {
                    prop_assert_eq!(old, new);
                }
                // The two paths meet only in the end.
                prop_assert!(stage(new).is_ended() || stage(old).is_za_zyciem() == stage(new).is_za_zyciem());
            }
            // One open case, and it is the newest.
            let open: Vec<bool> =
                after.iter().map(|card| !card.get(case_card::STAGE).is_some_and(Stage::is_ended)).collect();
            prop_assert!(open.iter().rev().skip(1).all(|open| !open));
            for card in after {
                let stage = card.get(case_card::STAGE).unwrap();
                prop_assert_eq!(stage.is_ended(), card.get(case_card::ENDED_ON).is_some());
                let has_reason = card.get(case_card::CLOSING_REASON).is_some();
                prop_assert_eq!(has_reason, matches!(stage, Stage::Closed | Stage::Refused));
                prop_assert!(!stage.is_with_assistant() || card.get(case_card::ASSISTANT).is_some());
                prop_assert!(case_card::FORM.check(card).is_empty());
            }
            for assistant in PEOPLE {
                prop_assert!(office.load(assistant, usize::MAX).counted(&settings) <= cap);
            }
        }
    }
}
