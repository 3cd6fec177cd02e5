//! "Pilne": what is done at once, step by step, with its time and the number to call; and the note that follows.

use crate::{
    domain::{
        codes::{Risk, UrgentStep},
        documents::visit_card,
        form::{Form, Value},
        words,
    },
    ui::{
        context::{App, app},
        form::{Sheet, chips::toggle_in, field::grouped, sheet::Slot},
        parts::{Banner, Icon, Tone},
        phone::visit_time::clock,
    },
};
use leptos::prelude::*;

/// Numbers that this office and this family know, beside the one that everybody has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    /// The office's, from its letterhead: the manager is reached there.
    pub office: Option<String>,
    /// The court's, from the family's papers.
    pub court: Option<String>,
}

impl Numbers {
    fn of(&self, step: UrgentStep) -> Option<String> {
        match step {
            UrgentStep::Manager => self.office.clone(),
            UrgentStep::Court => self.court.clone(),
            _ => step.emergency_number().map(str::to_owned),
        }
    }
}

/// Says the entry "pilne" now?
pub fn is_urgent(sheet: Sheet) -> Memo<bool> {
    Memo::new(move |_| sheet.answers.with(|answers| answers.get(visit_card::RISK) == Some(Risk::Urgent)))
}

/// The checklist, while the risk is "pilne".
pub fn checklist(sheet: Sheet, form: &'static Form, numbers: Numbers) -> AnyView {
    let Some(field) = form.field(visit_card::URGENT_STEPS.name()) else { return ().into_any() };
    let slot = Slot { sheet, field, row: None };
    let urgent = is_urgent(sheet);
    let app = app();
    (move || {
        urgent.get().then(|| {
            let rows: Vec<AnyView> =
                UrgentStep::IN_ORDER.iter().map(|step| step_row(app, &slot, *step, numbers.of(*step))).collect();
            view! {
                <div class="field stack">
                <Banner tone=Tone::Danger lead="Najpierw bezpieczeństwo dziecka."
                    text="Zadzwoń, a potem zaznacz, co zrobiono. Godzina wpisuje się sama. Działa bez internetu."/>
                {grouped(&slot, view! { <ul class="list">{rows}</ul> }.into_any())}
                </div>
            }
        })
    })
    .into_any()
}

fn step_row(app: App, slot: &Slot, step: UrgentStep, number: Option<String>) -> AnyView {
    let value = slot.value();
    let done = Memo::new(move |_| {
        value.with(|value| value.as_ref().and_then(Value::set).is_some_and(|set| set.contains(step.code())))
    });
    let (sheet, tapped) = (slot.sheet, slot.clone());
    let path = [visit_card::URGENT_LOG, step.code(), visit_card::URGENT_AT.name()].join("/");
    let log = path.clone();
    let tap = move |_| {
        let at = (!done.get_untracked()).then(|| Value::Text(words::time(clock(app))));
        toggle_in(&tapped, step.code());
        sheet.set(&log, at);
    };
    let call = number.map(|number| {
        let href = ["tel:", &number.replace(' ', "")].concat();
        let label = ["Zadzwoń: ", step.notifies().unwrap_or_default()].concat();
        view! { <a class="btn btn-danger" href=href aria-label=label><Icon name="phone"/>" "{number}</a> }
    });
    let time = move || done.get().then(|| time_of(sheet, step, path.clone()));
    view! {
        <li class="row">
            <div class="row-main">
                <button class="chip" type="button" aria-pressed=move || done.get().to_string() on:click=tap>
                    {words::sentence(step.label())}
                </button>
            </div>
            <div class="row-trail">{time}{call}</div>
        </li>
    }
    .into_any()
}

fn time_of(sheet: Sheet, step: UrgentStep, path: String) -> AnyView {
    let value = sheet.value(&path);
    let text = move || value.with(|value| value.as_ref().and_then(Value::text).unwrap_or_default().to_owned());
    let write = move |event| {
        let text = event_target_value(&event);
        sheet.set(&path, (!text.is_empty()).then_some(Value::Text(text)));
    };
    let label = ["O której godzinie: ", step.label()].concat();
    view! { <input type="time" class="input-short" aria-label=label prop:value=text on:input=write/> }.into_any()
}
