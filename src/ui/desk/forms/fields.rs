//! The declared fields of a document, section by section: their names, their help, and whether they are asked for.

use super::{editor::Editor, own};
use crate::{
    domain::{
        form::{Field, Section, Value, When},
        office::{
            draft::{DECLARED_CELLS, FIELDS, HIDDEN, HIDING, LABEL, declared_label, is_column, paths_of, row_of},
            why_it_stays,
        },
        words,
    },
    ui::{
        form::{field::cell_view, sheet::Slot},
        parts::{Badge, Icon, Tone},
    },
};
use leptos::prelude::*;

/// Every section, with the office's own fields in those of the paper itself.
pub fn sections(editor: Editor) -> AnyView {
    let form = editor.subject.declared;
    let body = form.sections.iter().enumerate().map(|(place, section)| view(editor, section, Some(place)));
    let decision = form.decision.iter().map(|section| view(editor, section, None));
    body.chain(decision).collect::<Vec<AnyView>>().into_any()
}

fn view(editor: Editor, section: &'static Section, place: Option<usize>) -> AnyView {
    let fields: Vec<AnyView> = section.fields.iter().map(|field| folded(editor, field)).collect();
    let own = place.map(|place| own::fields_of(editor, section, place));
    let over = place.is_none().then(|| view! { <p class="section-lead">"Wypełnia kierownik przy decyzji."</p> });
    view! {
        <section class="section">
            <h2 class="section-head">{section.title}</h2>
            {over}
            {fields}
            {own}
        </section>
    }
    .into_any()
}

/// A field, folded; it opens by itself when something in it is wrong.
fn folded(editor: Editor, field: &'static Field) -> AnyView {
    let paths = paths_of(std::slice::from_ref(field));
    let prefixes: Vec<String> = paths.iter().map(|path| [FIELDS, "/", &row_of(path), "/"].concat()).collect();
    let errors = editor.sheet.errors();
    let is_wrong = Memo::new(move |_| {
        errors.with(|errors| errors.iter().any(|error| prefixes.iter().any(|prefix| error.field.starts_with(prefix))))
    });
    let cells: Vec<AnyView> = paths.iter().map(|path| edited(editor, path)).collect();
    view! {
        <details class="more" open=move || is_wrong.get() id=["pole-", field.key].concat()>
            <summary class="btn btn-quiet"><Icon name="down"/>" "{called(editor, field.key)}" "{marks(editor, field)}</summary>
            <div class="card card-body">{cells}</div>
        </details>
    }
    .into_any()
}

/// What it is called now.
fn called(editor: Editor, path: &str) -> AnyView {
    let (cell, declared) = (cell(path, LABEL.name()), declared_label(editor.subject, path));
    let label = editor.sheet.value(&cell);
    let said = move || {
        let text = label.with(|value| value.as_ref().and_then(Value::text).unwrap_or_default().trim().to_owned());
        if text.is_empty() { declared.to_owned() } else { text }
    };
    view! { <span>{said}</span> }.into_any()
}

fn cell(path: &str, key: &str) -> String {
    [FIELDS, "/", &row_of(path), "/", key].concat()
}

/// Required, renamed, hidden.
fn marks(editor: Editor, field: &'static Field) -> AnyView {
    let hidden = editor.sheet.value(&cell(field.key, HIDDEN.name()));
    let label = editor.sheet.value(&cell(field.key, LABEL.name()));
    let required = (field.required != When::Never).then(|| view! { <span class="muted">"wymagane"</span> });
    view! {
        {required}" "
        {move || (hidden.get() == Some(Value::Flag(true))).then(|| view! { <Badge tone=Tone::Warn icon="eye" text="ukryte"/> })}" "
        {move || label.with(|value| value.as_ref().and_then(Value::text) != Some(field.label))
            .then(|| view! { <Badge tone=Tone::Accent icon="edit" text="zmieniona nazwa"/> })}
    }
    .into_any()
}

/// The cells of a field or of a column: words, and whether it is asked for or why it must be.
fn edited(editor: Editor, path: &str) -> AnyView {
    let slot = |field: &'static Field| Slot { sheet: editor.sheet, field, row: Some((FIELDS, row_of(path))) };
    let head = is_column(path).then(|| {
        let label = words::sentence(declared_label(editor.subject, path));
        view! { <h3>{["Kolumna: ", &label].concat()}</h3> }
    });
    let words: Vec<AnyView> = DECLARED_CELLS.iter().map(|field| cell_view(slot(field))).collect();
    let hiding = match why_it_stays(editor.subject, editor.subject.declared, path) {
        None => cell_view(slot(&HIDING)),
        Some(why) => view! { <p class="muted">{["Nie można ukryć: ", &why, "."].concat()}</p> }.into_any(),
    };
    view! { {head}{words}{hiding} }.into_any()
}
