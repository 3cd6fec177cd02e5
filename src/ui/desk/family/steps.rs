//! What comes next in a case: the steps that lead on from here, who takes them, and what is still in the way.

use super::FileFacts;
use crate::{
    domain::{
        deadlines::Settings,
        documents::RecordKind,
        procedure::{self, CaseNow, Step, facts_of_case},
        words,
    },
    ui::parts::{Badge, Icon, Tone},
};
use leptos::prelude::*;

/// The card "Co dalej"; nothing when the case has ended.
pub fn section(facts: &FileFacts) -> Option<AnyView> {
    let case = facts.newest(RecordKind::Case)?;
    let found = facts_of_case(case, &facts.file.records, facts.file.today);
    let steps = procedure::steps(&CaseNow::of(case.id, &case.answers), &found, &Settings::default());
    let leads_on: Vec<&Step> = steps.iter().filter(|step| leads_on(step)).collect();
    if leads_on.is_empty() {
        return None;
    }
    let rows = leads_on.into_iter().map(row).collect_view();
    Some(
        view! {
            <section class="card" aria-labelledby="co-dalej">
                <div class="card-head"><h2 id="co-dalej">"Co dalej"</h2></div>
                <ul class="list">{rows}</ul>
            </section>
        }
        .into_any(),
    )
}

/// Steps that carry the case further. Ending it early or changing the assistant is possible at every stage, and
/// would only hide what the case waits for.
fn leads_on(step: &Step) -> bool {
    use procedure::Transition::*;
    !matches!(step.rule.transition, CloseEarly | Close | CloseZz | ChangeAssistant)
}

fn row(step: &Step) -> AnyView {
    let name = words::sentence(step.rule.transition.label());
    let who: Vec<&str> = step.rule.who.iter().map(|role| role.label()).collect();
    let state = match step.is_open() {
        true => view! { <Badge tone=Tone::Ok icon="check" text="można"/> }.into_any(),
        false => view! { <Badge tone=Tone::Plain icon="clock" text="czeka"/> }.into_any(),
    };
    let in_the_way = step.hindrances.iter().map(|hindrance| view! { <p class="row-meta">{hindrance.text()}</p> });
    view! {
        <li class="row">
            <span class="row-lead"><Icon name="forward"/></span>
            <div class="row-main">
                <p class="row-title">{name}</p>
                <p class="row-meta">{who.join(", ")}</p>
                {in_the_way.collect_view()}
            </div>
            <div class="row-trail">{state}</div>
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        documents::case_card::{self, Stage},
        form::Answers,
        procedure::Facts,
        testing::record,
    };

    fn names(stage: Stage) -> Vec<&'static str> {
        let card = Answers::default().with(case_card::STAGE, stage);
        let case = record(1, RecordKind::Case, card);
        let now = CaseNow::of(case.id, &case.answers);
        let today = "2026-11-22".parse().unwrap();
        let steps = procedure::steps(&now, &Facts::on(today), &Settings::default());
        steps.iter().filter(|step| leads_on(step)).map(|step| step.rule.transition.code()).collect()
    }

    #[test]
    fn a_case_is_told_what_carries_it_on_and_not_how_to_break_it_off() {
        assert_eq!(names(Stage::Diagnosis), ["T11"]);
        assert!(names(Stage::Cooperation).contains(&"T15"));
        assert!(names(Stage::Closed).is_empty());
    }
}
