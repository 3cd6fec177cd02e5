//! Goals of a plan as things to pick: in the plan's own form those that stand in it while it is being written,
//! elsewhere those of the plan that counts.

use super::{
    chips::set_chips,
    field::grouped,
    sheet::{Pick, Slot},
};
use crate::domain::{
    documents::papers::plan::{self, Goal},
    form::{Answers, Value},
    record::Record,
};
use leptos::prelude::*;

/// The goals that stand in a plan.
pub fn goals_of(plan: &Answers) -> Vec<Pick> {
    plan::goals(plan).into_iter().map(pick).collect()
}

/// The goals of the plan that counts, out of all records of a family.
pub fn goals_of_family<'a>(records: impl IntoIterator<Item = &'a Record>) -> Vec<Pick> {
    plan::current(records).map(|plan| goals_of(&plan.answers)).unwrap_or_default()
}

fn pick(goal: Goal) -> Pick {
    Pick { label: goal.numbered(), id: goal.id, note: String::new() }
}

/// What may be picked, and what was picked before and is no goal of the plan any more: a person may take it away.
fn offered(mut goals: Vec<Pick>, picked: Option<&Value>) -> Vec<Pick> {
    if let Some(Value::Set(ids)) = picked {
        let gone = ids.iter().filter(|id| goals.iter().all(|goal| goal.id != **id));
        let gone = gone.map(|id| Pick { id: id.clone(), label: "cel spoza planu".to_owned(), note: String::new() });
        let gone: Vec<Pick> = gone.collect();
        goals.extend(gone);
    }
    goals
}

/// A field that picks goals; not there while there is nothing to pick.
pub fn goals_field(slot: &Slot) -> AnyView {
    let (goals, value) = (slot.sheet.goals, slot.value());
    let offers = Memo::new(move |_| value.with(|value| offered(goals.get(), value.as_ref())));
    let slot = slot.clone();
    (move || {
        let offers = offers.get();
        (!offers.is_empty()).then(|| grouped(&slot, set_chips(slot.clone(), offers)))
    })
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(goals: &[(&str, i64, &str)]) -> Answers {
        let mut answers = Answers::default();
        for (row, no, goal) in goals {
            let cells = Answers::default().with(plan::GOAL_NO, *no).with(plan::GOAL, (*goal).to_owned());
            answers.put_row(plan::GOALS, row, cells);
        }
        answers
    }

    fn labels(picks: &[Pick]) -> Vec<(&str, &str)> {
        picks.iter().map(|pick| (pick.id.as_str(), pick.label.as_str())).collect()
    }

    #[test]
    fn goals_are_offered_in_the_order_of_the_plan() {
        let picks = goals_of(&plan(&[("a", 2, "Praca"), ("b", 1, "Rytm dnia"), ("c", 3, "")]));
        assert_eq!(labels(&picks), [("b", "1. Rytm dnia"), ("a", "2. Praca"), ("c", "cel nr 3")]);
    }

    #[test]
    fn what_was_picked_and_is_no_more_can_be_taken_away() {
        let picked = Value::Set(["a".to_owned(), "x".to_owned()].into());
        let picks = offered(goals_of(&plan(&[("a", 1, "Praca")])), Some(&picked));
        assert_eq!(labels(&picks), [("a", "1. Praca"), ("x", "cel spoza planu")]);
        assert_eq!(offered(Vec::new(), None), []);
    }

    #[test]
    fn a_plan_offers_its_goals_while_they_are_typed() {
        let owner = Owner::new();
        owner.set();
        let answers = RwSignal::new(plan(&[("a", 1, "Praca")]));
        let goals = Memo::new(move |_| answers.with(goals_of));
        assert_eq!(goals.with(Vec::len), 1);
        answers.update(|answers| {
            answers.put_row(plan::GOALS, "b", Answers::default().with(plan::GOAL, "Rytm dnia".to_owned()));
        });
        assert_eq!(goals.with(Vec::len), 2);
        answers.update(|answers| answers.drop_row(plan::GOALS, "a"));
        assert_eq!(labels(&goals.get()), [("b", "Rytm dnia")]);
    }
}
