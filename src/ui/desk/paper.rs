//! One paper at the desk: filled in while it is a draft, read and decided about when it was handed in.

mod background;
mod correction;
mod decision;
mod early_end;
mod form;
pub(super) mod keeping;
mod opening;
mod opinion;
mod pages;
mod place;
mod progress;
mod reading;
mod saved;
mod saving;
mod writer;

pub use opening::{Which, is_open, may_correct, waits_for};
pub use place::Place;

use crate::{
    api::desk::DeskReceipt,
    domain::{ids::RecordId, procedure::Paper},
    ui::{
        context::{App, app},
        parts::Empty,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// `/rodziny/:code/dokumenty/nowy/:paper`: a paper that begins.
#[component]
pub fn DeskNewPaper() -> AnyView {
    let app = app();
    let params = use_params_map();
    let code = Memo::new(move |_| params.with(|params| params.get("code")).unwrap_or_default());
    let paper = Memo::new(move |_| params.with(|params| params.get("paper")?.parse::<Paper>().ok()));
    view! {
        {move || match paper.get() {
            Some(paper) => page(app, Place::Family(code.get()), Which::New(paper), None),
            None => not_here(),
        }}
    }
    .into_any()
}

/// `/rodziny/:code/dokumenty/:id`: a paper that stands in the office.
#[component]
pub fn DeskPaper() -> AnyView {
    let app = app();
    let params = use_params_map();
    let code = Memo::new(move |_| params.with(|params| params.get("code")).unwrap_or_default());
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<RecordId>().ok()));
    // After a decision it is read anew, as it stands now.
    let turn = RwSignal::new(0);
    let done = Callback::new(move |said: String| {
        app.say(said);
        turn.update(|turn| *turn += 1);
    });
    view! {
        {move || {
            turn.track();
            match id.get() {
                Some(id) => page(app, Place::Family(code.get()), Which::Standing(id), Some(done)),
                None => not_here(),
            }
        }}
    }
    .into_any()
}

/// A paper beside the list that it was chosen from. `done` is called with what to tell when it is decided.
pub fn chosen(app: App, place: Place, id: RecordId, done: Callback<String>) -> AnyView {
    let live = place.around();
    let show = move || match untrack(|| live.get()) {
        Some(around) => reading::beside_list(app, &around, id, done),
        None => ().into_any(),
    };
    live.view("Odczyt dokumentu", show)
}

/// A page about one paper: a form to go on with, or a paper to read. `done` is called with what to tell when
/// something was written beside it.
pub fn page(app: App, place: Place, which: Which, done: Option<Callback<String>>) -> AnyView {
    let live = place.around();
    let show = move || {
        let Some((around, me)) = untrack(|| live.get().zip(app.me())) else { return ().into_any() };
        let (fresh, today) = (RecordId(app.host().new_id()), app.today.get_untracked());
        match (opening::open(&around, which, &me, fresh, today), which, done) {
            (Some(opening), ..) => form::form(app, &around, me, opening),
            (None, Which::Standing(id), Some(done)) => reading::page(app, &around, id, done),
            _ => not_here(),
        }
    };
    live.view("Odczyt dokumentu", show)
}

/// Where no paper is that this person could open.
pub fn not_here() -> AnyView {
    view! {
        <Empty icon="search" title="Nie ma tu takiego dokumentu"
            text="Mógł go zacząć ktoś inny albo nie wypełnia się go na tym koncie.">
            <a class="btn" href="/rodziny">"Rodziny"</a>
        </Empty>
    }
    .into_any()
}

/// What the person is told after a writing: what they did, and what else deserves a look.
fn told(lead: &str, receipt: &DeskReceipt) -> String {
    let moved = (!receipt.steps.is_empty()).then_some("Sprawa przeszła dalej.");
    let parts: Vec<&str> = [lead].into_iter().chain(moved).chain(receipt.cautions.iter().map(String::as_str)).collect();
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::procedure::Transition;

    #[test]
    fn the_person_is_told_what_else_happened() {
        let receipt = |steps: &[Transition], cautions: &[&str]| DeskReceipt {
            receipts: vec![],
            steps: steps.to_vec(),
            cautions: cautions.iter().map(|text| (*text).to_owned()).collect(),
        };
        assert_eq!(told("Złożono.", &receipt(&[], &[])), "Złożono.");
        let moved = receipt(&[Transition::Allocate], &["Asystent ma już 14 rodzin."]);
        assert_eq!(
            told("Zapisano decyzję.", &moved),
            "Zapisano decyzję. Sprawa przeszła dalej. Asystent ma już 14 rodzin."
        );
    }
}
