//! Did the visit take place?

use crate::{
    domain::{
        codes::Outcome,
        documents::visit_card,
        form::{Form, Value},
    },
    ui::form::{Sheet, chips::choice_chips, field::grouped, sheet::Slot},
};
use leptos::prelude::*;

/// Held or not is one tap; why not is a second one.
pub fn outcome(sheet: Sheet, form: &'static Form) -> AnyView {
    let Some(field) = form.field(visit_card::OUTCOME.name()) else { return ().into_any() };
    let slot = Slot { sheet, field, row: None };
    let shown = slot.shown();
    let held =
        Memo::new(move |_| sheet.answers.with(|answers| answers.get(visit_card::OUTCOME) == Some(Outcome::Held)));
    let set = move |outcome: Option<Outcome>| {
        sheet.set(visit_card::OUTCOME.name(), outcome.map(|outcome| Value::Text(outcome.code().to_owned())));
    };
    let button = move |label: &'static str, is_held: bool| {
        view! {
            <button type="button" aria-pressed=move || (held.get() == is_held).to_string()
                on:click=move |_| set(is_held.then_some(Outcome::Held))>{label}</button>
        }
        .into_any()
    };
    let why_not = slot.clone();
    let reasons = move || (!held.get()).then(|| choice_chips(why_not.clone(), &Outcome::CHOICES[1..]));
    let controls = StoredValue::new_local((slot, reasons));
    (move || {
        shown.get().then(|| {
            let (slot, reasons) = controls.get_value();
            grouped(
                &slot,
                view! {
                    <div class="segmented">{button("Odbyta", true)} {button("Nieodbyta", false)}</div>
                    {reasons}
                }
                .into_any(),
            )
        })
    })
    .into_any()
}
