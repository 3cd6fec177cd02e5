//! Repeating rows of a form: a card for each, and the way to add one and to take one away.

use super::{
    field::{cell_view, grouped},
    sheet::{Slot, control_id},
};
use crate::{
    domain::form::Field,
    ui::{
        context::{App, app},
        parts::Icon,
    },
};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// The field: its rows and "Dodaj".
pub fn rows_field(slot: &Slot, cells: &'static [Field]) -> AnyView {
    let app: App = app();
    let (sheet, key) = (slot.sheet, slot.field.key);
    // A row that nothing was written into is not in the answers yet.
    let added = RwSignal::new(Vec::<String>::new());
    let rows = Memo::new(move |_| {
        let mut rows: BTreeSet<String> = sheet.answers.with(|answers| answers.rows(key));
        rows.extend(added.get());
        rows
    });
    let add = move |_| {
        let Some(session) = app.session() else { return };
        let row = session.device.with_pen(|pen| pen.id()).to_string();
        added.update(|added| added.push(row.clone()));
        let first = cells.first().map(|cell| control_id(&format!("{key}/{row}/{}", cell.key)));
        app.host().focus(&first.unwrap_or_default());
    };
    let cards = {
        let slot = slot.clone();
        move |row: String| card(&slot, cells, row, added)
    };
    let content = view! {
        <For each=move || rows.get() key=|row| row.clone() children=cards/>
        <p><button class="btn" type="button" on:click=add><Icon name="plus"/> " Dodaj pozycję"</button></p>
    };
    grouped(slot, content.into_any())
}

fn card(slot: &Slot, cells: &'static [Field], row: String, added: RwSignal<Vec<String>>) -> AnyView {
    let (sheet, key) = (slot.sheet, slot.field.key);
    let controls =
        cells.iter().map(|field| cell_view(Slot { sheet, field, row: Some((key, row.clone())) })).collect_view();
    let remove = move |_| {
        let cells = sheet.answers.with_untracked(|answers| answers.row(key, &row));
        added.update(|added| added.retain(|other| *other != row));
        if cells.0.is_empty() {
            return;
        }
        sheet.answers.update(|answers| answers.drop_row(key, &row));
        let row = row.clone();
        sheet.say_with_undo("Pozycja usunięta.", move |answers| answers.put_row(key, &row, cells.clone()));
    };
    view! {
        <fieldset class="card card-body newtask">
            <legend class="visually-hidden">{slot.field.label}</legend>
            {controls}
            <button class="btn btn-quiet" type="button" on:click=remove><Icon name="close"/> " Usuń pozycję"</button>
        </fieldset>
    }
    .into_any()
}
