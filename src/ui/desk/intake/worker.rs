//! Who becomes the family's social worker, when the manager opens the case.

use super::path::{FAMILY, WORKER};
use crate::{
    api::desk::{DeskPerson, list_colleagues},
    domain::{access::Role, form::Value},
    ui::form::{Sheet, field::labelled, sheet::Slot},
};
use leptos::{prelude::*, task::spawn_local};

/// The field, with the social workers of the office once they are read.
pub fn choice(sheet: Sheet) -> Option<AnyView> {
    let slot = Slot { sheet, field: FAMILY.field(WORKER.name())?, row: None };
    let people = RwSignal::new(Vec::<DeskPerson>::new());
    let lost = RwSignal::new(false);
    spawn_local(async move {
        if let Ok(read) = list_colleagues().await {
            people.try_set(read);
        } else {
            lost.try_set(true);
        }
    });
    let (text, write) = (slot.text(), slot.clone());
    let options = move || {
        let workers = people.get().into_iter().filter(|person| person.role == Role::SocialWorker);
        workers.map(|person| option(&person, text)).collect_view()
    };
    let select = view! {
        <select id=slot.id() on:change=move |event| {
            let chosen = event_target_value(&event);
            write.set((!chosen.is_empty()).then_some(Value::Text(chosen)));
        }>
            <option value="">"– wybierz –"</option>
            {options}
        </select>
        {move || lost.get().then(|| view! { <p class="field-help">"Nie udało się odczytać listy osób."</p> })}
    };
    Some(labelled(&slot, select.into_any()))
}

fn option(person: &DeskPerson, chosen: Memo<String>) -> AnyView {
    let id = person.user.to_string();
    let own = id.clone();
    view! { <option value=id selected=move || chosen.with(|chosen| *chosen == own)>{person.name.clone()}</option> }
        .into_any()
}
