//! The fields that the office adds to a section, with the answers of their lists.

use super::editor::Editor;
use crate::{
    domain::{
        form::{Answers, Field, Section, Value},
        office::{
            OwnKind,
            draft::{
                AFTER, CHOICE_CELL, CHOICES, HIDING, KIND, OWN_AFTER, OWN_FIELDS, OWN_KIND, OWN_MORE, OWN_WORDS,
                WITHDRAWING, choice_row, choices_of, new_choice, new_own, own_of,
            },
        },
    },
    ui::{
        form::{
            field::{cell_view, labelled, select},
            sheet::{Slot, control_id},
        },
        parts::Icon,
    },
};
use leptos::prelude::*;

/// The own fields of a section, and the way to one more.
pub fn fields_of(editor: Editor, section: &'static Section, place: usize) -> AnyView {
    let is_last = place + 1 == editor.subject.declared.sections.len();
    let keys = Memo::new(move |_| {
        let here = |answers: &Answers, key: &String| stands_in(editor, answers, key, section, is_last);
        editor
            .sheet
            .answers
            .with(|answers| own_of(answers).into_iter().filter(|key| here(answers, key)).collect::<Vec<String>>())
    });
    let add = move |_| {
        let Some(last) = section.fields.last() else { return };
        let (key, row) = editor.sheet.answers.with_untracked(|answers| new_own(answers, last.key));
        editor.sheet.answers.update(|answers| answers.put_row(OWN_FIELDS, &key, row));
        editor.app.host().focus(&control_id(&[OWN_FIELDS, "/", &key, "/label"].concat()));
    };
    view! {
        <For each=move || keys.get() key=|key| key.clone() children=move |key| card(editor, key)/>
        <p><button class="btn" type="button" on:click=add><Icon name="plus"/>" Dodaj pole ośrodka"</button></p>
    }
    .into_any()
}

/// Does an own field stand in this section? One that follows another own field stands where that one does; what has
/// lost its place comes last.
fn stands_in(editor: Editor, answers: &Answers, key: &str, section: &Section, is_last: bool) -> bool {
    let mut after = answers.row(OWN_FIELDS, key).text(AFTER).to_owned();
    // As many steps as there are own fields: no circle is walked for ever.
    for _ in 0..answers.rows(OWN_FIELDS).len() {
        let next = answers.row(OWN_FIELDS, &after);
        if next.0.is_empty() {
            break;
        }
        after = next.text(AFTER).to_owned();
    }
    let has = |section: &Section| section.fields.iter().any(|field| field.key == after);
    has(section) || is_last && !editor.subject.declared.sections.iter().any(has)
}

fn card(editor: Editor, key: String) -> AnyView {
    let slot = |field: &'static Field| Slot { sheet: editor.sheet, field, row: Some((OWN_FIELDS, key.clone())) };
    let published = editor.is_published(&key);
    let words: Vec<AnyView> = OWN_WORDS.iter().map(|field| cell_view(slot(field))).collect();
    let kind = match published {
        false => cell_view(slot(&OWN_KIND)),
        true => fixed_kind(editor, &key),
    };
    let more = OWN_MORE.iter().filter(|field| !published || field.key != "unit");
    let more: Vec<AnyView> = more.map(|field| cell_view(slot(field))).collect();
    let end = match published {
        true => cell_view(slot(&HIDING)),
        false => remove(editor, key.clone()),
    };
    view! {
        <fieldset class="card card-body newtask">
            <legend>"Pole ośrodka"</legend>
            {words}
            {after(editor, &slot(&OWN_AFTER))}
            {kind}
            {choices(editor, key.clone())}
            {more}
            {end}
        </fieldset>
    }
    .into_any()
}

/// What was published is answered already: it keeps its kind.
fn fixed_kind(editor: Editor, key: &str) -> AnyView {
    let row = editor.sheet.answers.with_untracked(|answers| answers.row(OWN_FIELDS, key));
    let kind = row.get(KIND).map(OwnKind::label).unwrap_or_default();
    let text = ["Rodzaj odpowiedzi: ", kind, ". Po ogłoszeniu nie można go zmienić."].concat();
    view! { <p class="muted">{text}</p> }.into_any()
}

/// The field that it stands after: any of the paper itself.
fn after(editor: Editor, slot: &Slot) -> AnyView {
    let declared = editor.subject.declared.sections.iter().flat_map(|section| section.fields);
    let mut options: Vec<(String, String)> =
        declared.map(|field| (field.key.to_owned(), field.label.to_owned())).collect();
    // An earlier version may have put it after another own field.
    let now = slot.text().get_untracked();
    if !options.iter().any(|(key, _)| *key == now) {
        let label = editor.draft().own(&now).map(|own| own.label.clone()).unwrap_or_default();
        options.extend((!label.is_empty()).then_some((now, label)));
    }
    labelled(slot, select(slot, options))
}

fn remove(editor: Editor, key: String) -> AnyView {
    let remove = move |_| {
        let before = editor.sheet.answers.get_untracked();
        editor.sheet.answers.update(|answers| {
            for code in choices_of(answers, &key) {
                answers.drop_row(CHOICES, &choice_row(&key, &code));
            }
            answers.drop_row(OWN_FIELDS, &key);
        });
        editor.sheet.say_with_undo("Pole usunięte.", move |answers| *answers = before.clone());
    };
    view! {
        <button class="btn btn-quiet" type="button" on:click=remove><Icon name="close"/>" Usuń pole"</button>
    }
    .into_any()
}

/// The answers of a list, for kinds that pick from one.
fn choices(editor: Editor, own: String) -> AnyView {
    let kind = editor.sheet.value(&[OWN_FIELDS, "/", &own, "/", KIND.name()].concat());
    let picks = Memo::new(move |_| {
        let read = |value: &Value| value.text().and_then(|code| code.parse::<OwnKind>().ok());
        kind.with(|value| value.as_ref().and_then(read).is_some_and(OwnKind::picks))
    });
    (move || picks.get().then(|| list(editor, own.clone()))).into_any()
}

fn list(editor: Editor, own: String) -> AnyView {
    let codes = {
        let own = own.clone();
        Memo::new(move |_| editor.sheet.answers.with(|answers| choices_of(answers, &own)))
    };
    let add = {
        let own = own.clone();
        move |_| {
            let (row, cells) = editor.sheet.answers.with_untracked(|answers| new_choice(answers, &own));
            editor.sheet.answers.update(|answers| answers.put_row(CHOICES, &row, cells));
            editor.app.host().focus(&control_id(&[CHOICES, "/", &row, "/label"].concat()));
        }
    };
    let rows = move |code: String| choice(editor, &own, code);
    view! {
        <fieldset class="field">
            <legend>"Odpowiedzi do wyboru"</legend>
            <For each=move || codes.get() key=|code| code.clone() children=rows/>
            <p><button class="btn" type="button" on:click=add><Icon name="plus"/>" Dodaj odpowiedź"</button></p>
        </fieldset>
    }
    .into_any()
}

fn choice(editor: Editor, own: &str, code: String) -> AnyView {
    let row = choice_row(own, &code);
    let slot = |field: &'static Field| Slot { sheet: editor.sheet, field, row: Some((CHOICES, row.clone())) };
    let end = match editor.is_published_choice(own, &code) {
        true => cell_view(slot(&WITHDRAWING)),
        false => {
            let gone = row.clone();
            let remove = move |_| editor.sheet.answers.update(|answers| answers.drop_row(CHOICES, &gone));
            view! {
                <button class="btn btn-quiet" type="button" on:click=remove><Icon name="close"/>" Usuń odpowiedź"</button>
            }
            .into_any()
        }
    };
    view! { <div class="choice-row">{cell_view(slot(&CHOICE_CELL))}{end}</div> }.into_any()
}
