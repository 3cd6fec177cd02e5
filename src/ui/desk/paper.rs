//! One paper at the desk: filled in while it is a draft, read and decided about when it was handed in.

mod background;
mod correction;
mod decision;
mod form;
pub(super) mod keeping;
mod opening;
mod opinion;
mod pages;
mod progress;
mod reading;
mod saved;
mod saving;
mod writer;

pub use opening::{is_open, may_correct, waits_for};
pub use reading::{Beside, body_in};

use super::live::Live;
use crate::{
    api::desk::{DeskReceipt, list_colleagues, read_family},
    domain::{ids::RecordId, procedure::Paper},
    ui::{
        context::{App, app},
        parts::Empty,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use opening::{Around, Which};

/// `/rodziny/:code/dokumenty/nowy/:paper`: a paper that begins.
#[component]
pub fn DeskNewPaper() -> AnyView {
    let app = app();
    let params = use_params_map();
    let code = Memo::new(move |_| params.with(|params| params.get("code")).unwrap_or_default());
    let paper = Memo::new(move |_| params.with(|params| params.get("paper")?.parse::<Paper>().ok()));
    view! {
        {move || match paper.get() {
            Some(paper) => page(app, code.get(), Which::New(paper), None),
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
                Some(id) => page(app, code.get(), Which::Standing(id), Some(done)),
                None => not_here(),
            }
        }}
    }
    .into_any()
}

/// A paper beside the list that it was chosen from. `done` is called with what to tell when it is decided.
pub fn chosen(app: App, code: String, id: RecordId, done: Callback<String>) -> AnyView {
    let live = around(code);
    let show = move || match untrack(|| live.get()) {
        Some(around) => reading::beside_list(app, &around, id, done),
        None => ().into_any(),
    };
    live.view("Odczyt dokumentu", show)
}

fn page(app: App, code: String, which: Which, done: Option<Callback<String>>) -> AnyView {
    let live = around(code);
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

/// The file and the people, read once: a form must not move under the hands of whoever fills it in.
fn around(code: String) -> Live<Around> {
    Live::once(
        |around: &Around| around.file.rev,
        move || {
            let code = code.clone();
            Box::pin(async move { Ok(Around { file: read_family(code).await?, people: list_colleagues().await? }) })
        },
    )
}

fn not_here() -> AnyView {
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
