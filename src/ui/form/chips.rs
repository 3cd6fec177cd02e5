//! Picking instead of typing: chips for one of a list, several of a list, and people.

use super::sheet::{Pick, Slot};
use crate::{
    domain::{
        form::{Choice, Value},
        order::set_of,
    },
    ui::parts::Icon,
};
use leptos::prelude::*;

/// How many chips of a long list are shown before "więcej".
const FIRST: usize = 8;

/// One of a short list. Tapping the chosen one again takes the answer away, unless it is required.
pub fn choice_chips(slot: Slot, choices: &'static [Choice]) -> AnyView {
    let (text, required) = (slot.text(), slot.required());
    let chips = choices
        .iter()
        .map(|choice| {
            let slot = slot.clone();
            let pressed = move || text.with(|text| text == choice.code);
            let toggle = move |_| {
                let chosen = text.with_untracked(|text| text == choice.code);
                match chosen && !required.get_untracked() {
                    true => slot.set(None),
                    false => slot.set_text(choice.code.to_owned()),
                }
            };
            chip(choice.label.to_owned(), pressed, toggle)
        })
        .collect_view();
    view! { <div class="chips">{chips}</div> }.into_any()
}

/// "Tak" or "nie", where "nie" is an answer of its own.
pub fn yes_or_no(slot: Slot) -> AnyView {
    let value = slot.value();
    let answer = |flag: bool, word: &'static str| {
        let slot = slot.clone();
        let pressed = move || value.with(|value| *value == Some(Value::Flag(flag)));
        chip(word.to_owned(), pressed, move |_| slot.set(Some(Value::Flag(flag))))
    };
    view! { <div class="chips">{answer(true, "tak")}{answer(false, "nie")}</div> }.into_any()
}

/// Several of a list; a long one opens with "więcej". What is chosen is always in view.
///
/// `picks` come with the most used first.
pub fn set_chips(slot: Slot, picks: Vec<Pick>) -> AnyView {
    let value = slot.value();
    let open = RwSignal::new(picks.len() <= FIRST + 2);
    let long = picks.len() > FIRST + 2;
    let chips = picks
        .into_iter()
        .enumerate()
        .map(|(place, pick)| {
            let slot = slot.clone();
            let id = pick.id.clone();
            let chosen = Memo::new(move |_| value.with(|value| holds(value.as_ref(), &id)));
            let visible = move || place < FIRST || open.get() || chosen.get();
            let toggle = Callback::new(move |()| toggle_in(&slot, &pick.id));
            move || visible().then(|| chip(pick.label.clone(), move || chosen.get(), move |_| toggle.run(())))
        })
        .collect_view();
    let more = move || {
        (long && !open.get()).then(|| {
            view! {
                <button class="chip chip-more" type="button" aria-expanded="false" on:click=move |_| open.set(true)>
                    <Icon name="plus"/> " więcej"
                </button>
            }
        })
    };
    view! { <div class="chips">{chips}{more}</div> }.into_any()
}

/// People as large chips, with "Wszyscy" when there are several.
pub fn members_chips(slot: Slot, picks: Vec<Pick>) -> AnyView {
    let value = slot.value();
    let all = set_of(picks.iter().map(|pick| pick.id.clone()));
    let everybody = (picks.len() > 1).then(|| {
        let slot = slot.clone();
        let (whole, to_set) = (all.clone(), all);
        let pressed = Memo::new(move |_| value.with(|value| matches!(value, Some(Value::Set(set)) if whole.is_subset(set))));
        let toggle = move |_| match pressed.get_untracked() {
            true => slot.set(None),
            false => slot.set(Some(Value::Set(to_set.clone()))),
        };
        view! {
            <button class="chip chip-large" type="button" aria-pressed=move || pressed.get().to_string() on:click=toggle>
                <span class="chip-name">"Wszyscy"</span>
            </button>
        }
    });
    let chips = picks
        .into_iter()
        .map(|pick| {
            let slot = slot.clone();
            let id = pick.id.clone();
            let pressed = Memo::new(move |_| value.with(|value| holds(value.as_ref(), &id)));
            view! {
                <button class="chip chip-large" type="button" aria-pressed=move || pressed.get().to_string()
                    on:click=move |_| toggle_in(&slot, &pick.id)>
                    <span class="chip-name">{pick.label} <small>{pick.note}</small></span>
                </button>
            }
            .into_any()
        })
        .collect_view();
    view! { <div class="chips chips-large">{everybody}{chips}</div> }.into_any()
}

fn holds(value: Option<&Value>, id: &str) -> bool {
    value.and_then(Value::set).is_some_and(|set| set.contains(id))
}

/// Puts an element into the set of a field, or takes it out.
pub fn toggle_in(slot: &Slot, id: &str) {
    let mut set = slot.value().get_untracked().as_ref().and_then(Value::set).cloned().unwrap_or_default();
    if !set.remove(id) {
        set.insert(id.to_owned());
    }
    slot.set((!set.is_empty()).then_some(Value::Set(set)));
}

/// One chip.
pub fn chip(
    label: String,
    pressed: impl Fn() -> bool + Send + 'static,
    tap: impl Fn(leptos::ev::MouseEvent) + 'static,
) -> AnyView {
    view! {
        <button class="chip" type="button" aria-pressed=move || pressed().to_string() on:click=tap>{label}</button>
    }
    .into_any()
}
