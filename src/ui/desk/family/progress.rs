//! How far a case has come: its phases (S3 10), and what the plan has reached in each area of support, in
//! their order (S3 10.2). They show the way and stand in nobody's: stages may overlap.

use crate::{
    domain::{
        codes::{GoalStatus, SupportArea},
        documents::{
            case_card::{self, Stage},
            papers::plan::Goal,
        },
        form::Answers,
    },
    ui::parts::Icon,
};
use leptos::prelude::*;

/// A phase of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Until the family agrees.
    Entry,
    /// Diagnosis and plan (S3 10.1).
    Diagnosis,
    /// Carrying out the plan (S3 10.2).
    Cooperation,
    /// Looking in after the work (S3 10.3).
    Monitoring,
    /// "Za życiem": until an assistant is there.
    ZzEntry,
    /// "Za życiem": what support there is.
    ZzCatalogue,
    /// "Za życiem": coordination.
    ZzCoordination,
}

const ORDINARY: &[Phase] = &[Phase::Entry, Phase::Diagnosis, Phase::Cooperation, Phase::Monitoring];
const ZA_ZYCIEM: &[Phase] = &[Phase::ZzEntry, Phase::ZzCatalogue, Phase::ZzCoordination];

impl Phase {
    fn label(self) -> &'static str {
        match self {
            Phase::Entry => "Przyjęcie rodziny",
            Phase::Diagnosis => "Diagnoza i plan",
            Phase::Cooperation => "Współpraca",
            Phase::Monitoring => "Monitoring",
            Phase::ZzEntry => "Wniosek i przydział",
            Phase::ZzCatalogue => "Katalog wsparcia",
            Phase::ZzCoordination => "Koordynacja",
        }
    }

    /// The phase that a stage belongs to; an ended case is in none.
    pub fn of(stage: Stage) -> Option<Phase> {
        use Stage::*;
        Some(match stage {
            Referred | Interview | Requested | Allocated | HandedOver | FirstMeeting => Phase::Entry,
            Diagnosis | Planning => Phase::Diagnosis,
            Cooperation | ClosingRequested => Phase::Cooperation,
            Monitoring | MonitoringEndRequested | ReopenRequested => Phase::Monitoring,
            ZzRequested | ZzAllocated => Phase::ZzEntry,
            Stage::ZzCatalogue => Phase::ZzCatalogue,
            Stage::ZzCoordination => Phase::ZzCoordination,
            NotAllocated | Refused | Closed => return None,
        })
    }
}

/// How a phase stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Done,
    Now,
    Ahead,
}

/// The phases of a case that goes on, each with how it stands.
fn phases(stage: Stage) -> Vec<(Phase, State)> {
    let Some(now) = Phase::of(stage) else { return Vec::new() };
    let all = if stage.is_za_zyciem() { ZA_ZYCIEM } else { ORDINARY };
    let state = |phase: Phase| match phase.cmp(&now) {
        std::cmp::Ordering::Less => State::Done,
        std::cmp::Ordering::Equal => State::Now,
        std::cmp::Ordering::Greater => State::Ahead,
    };
    all.iter().map(|phase| (*phase, state(*phase))).collect()
}

/// The strip of a case that goes on.
pub fn course(stage: Stage) -> Option<AnyView> {
    let steps = phases(stage);
    let items = steps.iter().map(|(phase, state)| {
        let words = match state {
            State::Done => "za nami",
            State::Now => stage.label(),
            State::Ahead => "przed nami",
        };
        item(phase.label(), words.to_owned(), *state)
    });
    let items: Vec<AnyView> = items.collect();
    (!items.is_empty())
        .then(|| view! { <ol class="progress-strip" aria-label="Przebieg sprawy">{items}</ol> }.into_any())
}

/// What the plan has reached in one area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Reached {
    area: SupportArea,
    goals: usize,
    reached: usize,
}

impl Reached {
    fn is_done(self) -> bool {
        self.goals > 0 && self.reached == self.goals
    }

    fn words(self) -> String {
        match self.goals {
            0 => "bez celów w planie".to_owned(),
            goals => ["osiągnięte cele: ", &self.reached.to_string(), " z ", &goals.to_string()].concat(),
        }
    }
}

/// What is reached in each area. Goals that were given up or replaced count nowhere.
fn reached(goals: &[Goal]) -> Vec<Reached> {
    let counted = |goal: &&Goal| !matches!(goal.status, GoalStatus::Changed | GoalStatus::Dropped);
    let of = |area: SupportArea| {
        let goals = goals.iter().filter(counted).filter(|goal| goal.area.map(|own| own.support()) == Some(area));
        let (mut all, mut reached) = (0, 0);
        for goal in goals {
            all += 1;
            reached += usize::from(goal.status == GoalStatus::Reached);
        }
        Reached { area, goals: all, reached }
    };
    SupportArea::ALL.iter().map(|area| of(*area)).collect()
}

/// The first area in order whose goals are not all reached.
fn at_work(reached: &[Reached]) -> Option<SupportArea> {
    reached.iter().find(|area| area.goals > 0 && !area.is_done()).map(|area| area.area)
}

/// The strip of the areas of support, once a plan has goals.
pub fn areas(goals: &[Goal]) -> Option<AnyView> {
    let reached = reached(goals);
    if reached.iter().all(|area| area.goals == 0) {
        return None;
    }
    let now = at_work(&reached);
    let items = reached.iter().map(|area| {
        let state = match (area.is_done(), now == Some(area.area)) {
            (true, _) => State::Done,
            (false, true) => State::Now,
            (false, false) => State::Ahead,
        };
        let words = match state {
            State::Now => ["teraz · ", &area.words()].concat(),
            State::Done | State::Ahead => area.words(),
        };
        item(name(area.area), words, state)
    });
    let items: Vec<AnyView> = items.collect();
    Some(view! { <ol class="progress-strip" aria-label="Obszary wsparcia w planie">{items}</ol> }.into_any())
}

fn name(area: SupportArea) -> &'static str {
    match area {
        SupportArea::Social => "Sprawy socjalne i zdrowie",
        SupportArea::Home => "Wychowanie i dom",
        SupportArea::Reintegration => "Praca i aktywność",
    }
}

fn item(name: &'static str, words: String, state: State) -> AnyView {
    let done = (state == State::Done).then(|| view! { <Icon name="check"/> });
    view! {
        <li data-done=(state == State::Done).then_some("") aria-current=(state == State::Now).then_some("step")>
            {done}<span>{name}" "<small>{words}</small></span>
        </li>
    }
    .into_any()
}

/// How far a case that has ended had come.
pub fn came_to(card: &Answers) -> &'static str {
    let phase = if card.get(case_card::MONITORING_FROM).is_some() {
        Phase::Monitoring
    } else if card.get(case_card::PLAN_FROM).is_some() {
        Phase::Cooperation
    } else if card.get(case_card::CONSENT_ON).is_some() {
        Phase::Diagnosis
    } else {
        Phase::Entry
    };
    phase.label()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{codes::Area, testing::day};

    #[test]
    fn every_stage_has_its_phase() {
        use Stage::*;
        for (phase, stages) in [
            (Some(Phase::Entry), vec![Referred, Interview, Requested, Allocated, HandedOver, FirstMeeting]),
            (Some(Phase::Diagnosis), vec![Diagnosis, Planning]),
            (Some(Phase::Cooperation), vec![Cooperation, ClosingRequested]),
            (Some(Phase::Monitoring), vec![Monitoring, MonitoringEndRequested, ReopenRequested]),
            (Some(Phase::ZzEntry), vec![ZzRequested, ZzAllocated]),
            (Some(Phase::ZzCatalogue), vec![ZzCatalogue]),
            (Some(Phase::ZzCoordination), vec![ZzCoordination]),
            (None, vec![NotAllocated, Refused, Closed]),
        ] {
            for stage in stages {
                assert_eq!(Phase::of(stage), phase, "{stage:?}");
            }
        }
        for stage in Stage::ALL {
            let now: Vec<Phase> =
                phases(*stage).into_iter().filter(|(_, state)| *state == State::Now).map(|(phase, _)| phase).collect();
            assert_eq!(now, Phase::of(*stage).into_iter().collect::<Vec<_>>(), "{stage:?}");
            assert_eq!(now.is_empty(), stage.is_ended(), "{stage:?}");
        }
    }

    #[test]
    fn phases_lie_behind_and_ahead() {
        let states: Vec<State> = phases(Stage::Planning).into_iter().map(|(_, state)| state).collect();
        assert_eq!(states, [State::Done, State::Now, State::Ahead, State::Ahead]);
        let states: Vec<State> = phases(Stage::ZzCoordination).into_iter().map(|(_, state)| state).collect();
        assert_eq!(states, [State::Done, State::Done, State::Now]);
    }

    fn goal(area: Area, status: GoalStatus) -> Goal {
        Goal { id: String::new(), no: 1, area: Some(area), goal: "Cel".into(), status }
    }

    #[test]
    fn goals_carry_the_areas_in_their_order() {
        let all = [
            goal(Area::A02, GoalStatus::Reached),
            goal(Area::A03, GoalStatus::Dropped),
            goal(Area::A10, GoalStatus::Reached),
            goal(Area::A11, GoalStatus::Partly),
            goal(Area::A15, GoalStatus::InProgress),
        ];
        let found = reached(&all);
        let figures: Vec<(usize, usize)> = found.iter().map(|area| (area.reached, area.goals)).collect();
        assert_eq!(figures, [(1, 1), (1, 2), (0, 1)]);
        assert_eq!(at_work(&found), Some(SupportArea::Home));
        let words: Vec<String> = found.iter().map(|area| area.words()).collect();
        assert_eq!(words[1], "osiągnięte cele: 1 z 2");
        assert_eq!(at_work(&reached(&all[..1])), None);
        assert_eq!(reached(&[])[0].words(), "bez celów w planie");
    }

    #[test]
    fn an_ended_case_says_how_far_it_came() {
        let empty = Answers::default();
        let consent = empty.clone().with(case_card::CONSENT_ON, day("2026-01-10"));
        let plan = consent.clone().with(case_card::PLAN_FROM, day("2026-02-10"));
        let monitoring = plan.clone().with(case_card::MONITORING_FROM, day("2026-09-10"));
        for (card, words) in [
            (empty, "Przyjęcie rodziny"),
            (consent, "Diagnoza i plan"),
            (plan, "Współpraca"),
            (monitoring, "Monitoring"),
        ] {
            assert_eq!(came_to(&card), words);
        }
    }
}
