//! Rows of a form. Repeating ones: a card for each, and the way to add one and to take one away. A row for each
//! child, area or goal: a fold for each, which says whether anything stands in it.

use super::{
    field::{cell_view, grouped, picks},
    sheet::{Pick, Sheet, Slot, control_id},
    traces::{counted_view, is_computed, row_whence},
};
use crate::{
    domain::{
        answer_words::{Referred, answer_words},
        codes::{Area, Scale},
        form::{Answers, Each, Field, Problem, Value, Weight},
    },
    ui::{
        context::{App, app},
        parts::Icon,
    },
};
use leptos::{ev::MouseEvent, prelude::*};
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
        let row = app.host().new_id().to_string();
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
    let Some(may_go) = sheet.stood(key, &row) else {
        return view! {
            <fieldset class="card card-body newtask">
                <legend class="visually-hidden">{slot.field.label}</legend>
                {card_body(slot, cells, &row, Some(added))}
            </fieldset>
        }
        .into_any();
    };
    let head = row_head(sheet, key, row.clone(), cells);
    let (slot, own) = (slot.clone(), row.clone());
    let body = move || card_body(&slot, cells, &own, may_go.then_some(added));
    folded(sheet, prefix_of(key, &row), WhenWrong::Opens, head, body)
}

/// The cells of a row, and the way to take it away while it may go.
fn card_body(slot: &Slot, cells: &'static [Field], row: &str, may_leave: Option<RwSignal<Vec<String>>>) -> AnyView {
    let (controls, whence) = (controls(slot, cells, row), row_whence(slot, cells, row, slot.field.label.to_owned()));
    let remove = may_leave.map(|added| {
        let remove = removing(slot, row.to_owned(), added);
        view! {
            <button class="btn btn-quiet" type="button" on:click=remove><Icon name="close"/> " Usuń pozycję"</button>
        }
    });
    view! { {controls}{whence}{remove} }.into_any()
}

/// Takes a row away, with "Cofnij" if anything stood in it.
fn removing(slot: &Slot, row: String, added: RwSignal<Vec<String>>) -> impl Fn(MouseEvent) + 'static {
    let (sheet, key) = (slot.sheet, slot.field.key);
    move |_| {
        let cells = sheet.answers.with_untracked(|answers| answers.row(key, &row));
        added.update(|added| added.retain(|other| *other != row));
        if cells.0.is_empty() {
            return;
        }
        sheet.answers.update(|answers| answers.drop_row(key, &row));
        let row = row.clone();
        sheet.say_with_undo("Pozycja usunięta.", move |answers| answers.put_row(key, &row, cells.clone()));
    }
}

/// What a fold does when something in it stops the form that somebody tried to finish.
#[derive(Clone, Copy, PartialEq, Eq)]
enum WhenWrong {
    /// It opens by itself.
    Opens,
    /// It says so in its head: where every fold may be wrong, a page full of open ones would help nobody.
    SaysSo,
}

/// A fold. What is in it is drawn when it is opened for the first time, or when a link from the list of errors may
/// lead into it: twenty closed folds of ten fields each would cost a phone half a second.
fn folded(
    sheet: Sheet,
    prefix: String,
    when_wrong: WhenWrong,
    head: AnyView,
    body: impl Fn() -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let wrong = Memo::new(move |_| is_wrong(sheet, &prefix));
    let (is_open, was_opened) = (RwSignal::new(false), RwSignal::new(false));
    Effect::new(move |_| {
        if wrong.get() && when_wrong == WhenWrong::Opens {
            is_open.set(true);
        }
    });
    let is_drawn = Memo::new(move |was: Option<&bool>| was == Some(&true) || was_opened.get() || wrong.get());
    view! {
        <details class="more" prop:open=move || is_open.get() on:toggle=move |_| was_opened.set(true)>
            {head}
            <div class="card card-body">{move || is_drawn.get().then(&body)}</div>
        </details>
    }
    .into_any()
}

/// What the paths of a row's cells begin with.
fn prefix_of(table: &str, row: &str) -> String {
    [table, "/", row, "/"].concat()
}

/// What a folded row is called: its first words, as they are being written.
fn row_head(sheet: Sheet, key: &'static str, row: String, cells: &'static [Field]) -> AnyView {
    let words = move || sheet.answers.with(|answers| row_words(&answers.row(key, &row), cells));
    view! { <summary class="btn btn-quiet"><Icon name="down"/>" "{words}</summary> }.into_any()
}

/// "Anna Próbna · matka": the first answers of a row.
fn row_words(row: &Answers, cells: &[Field]) -> String {
    let nothing = Referred::default();
    let said = cells.iter().filter_map(|cell| answer_words(cell, row.raw(cell.key)?, &nothing));
    let words: Vec<String> = said.filter(|words| !words.is_empty()).take(3).collect();
    if words.is_empty() { "bez nazwy".to_owned() } else { words.join(" · ") }
}

/// The cells of a row in their order: those to fill in, and those that nobody types.
fn controls(slot: &Slot, cells: &'static [Field], row: &str) -> AnyView {
    let cell = |field: &'static Field| {
        let own = Slot { sheet: slot.sheet, field, row: Some((slot.field.key, row.to_owned())) };
        if is_computed(field.source) { counted_view(own) } else { cell_view(own) }
    };
    let controls: Vec<AnyView> = cells.iter().map(cell).collect();
    controls.into_any()
}

/// The field: a fold for each of those that the table is about.
pub fn rows_of_field(slot: &Slot, each: Each, cells: &'static [Field]) -> AnyView {
    let folds = about(slot.sheet, each).into_iter().map(|pick| fold(slot, cells, pick)).collect_view();
    grouped(slot, folds.into_any())
}

/// Whom or what the rows are about.
fn about(sheet: Sheet, each: Each) -> Vec<Pick> {
    match each {
        Each::Area => picks(Area::CHOICES),
        Each::Child => sheet.family.with_value(|family| family.children.clone()),
        Each::Adult => sheet.family.with_value(|family| family.adults.clone()),
        Each::Goal => sheet.goals.get_untracked(),
        Each::Family => sheet.family.with_value(|family| family.families.clone()),
    }
}

fn fold(slot: &Slot, cells: &'static [Field], pick: Pick) -> AnyView {
    let (sheet, key, row, label) = (slot.sheet, slot.field.key, pick.id, pick.label);
    let state = {
        let (prefix, row) = (prefix_of(key, &row), row.clone());
        move || stand(sheet, key, &row, &prefix, cells)
    };
    let head = view! {
        <summary class="btn btn-quiet">
            <Icon name="down"/>" "{label.clone()}" "<span class="muted">{pick.note}" "{state}</span>
        </summary>
    };
    let prefix = prefix_of(key, &row);
    let slot = slot.clone();
    let body =
        move || view! { {controls(&slot, cells, &row)}{row_whence(&slot, cells, &row, label.clone())} }.into_any();
    folded(sheet, prefix, WhenWrong::SaysSo, head.into_any(), body)
}

/// How a row stands, in a word: what is wrong with it comes first.
fn stand(sheet: Sheet, key: &str, row: &str, prefix: &str, cells: &[Field]) -> &'static str {
    if is_wrong(sheet, prefix) {
        return "– do poprawienia";
    }
    let said = sheet.answers.with(|answers| {
        let own = answers.row(key, row);
        cells.iter().any(|cell| !is_computed(cell.source) && is_said(own.raw(cell.key)))
    });
    if said { "– wpisano" } else { "" }
}

/// Does anything in this row stop the form that somebody tried to finish?
fn is_wrong(sheet: Sheet, prefix: &str) -> bool {
    let stops = |problem: &Problem| problem.weight == Weight::Error && problem.field.starts_with(prefix);
    sheet.attempted() && sheet.problems.with(|problems| problems.iter().any(stops))
}

/// "Brak danych" is where every assessment begins: nobody has written it.
fn is_said(value: Option<&Value>) -> bool {
    value.is_some_and(|value| !value.is_blank() && value.text() != Some(Scale::Unknown.code()))
}
