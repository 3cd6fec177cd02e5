//! What an office adds to a form: its own fields, and its texts. Papers show own fields where the office put them;
//! screens that are laid out by hand show them together, at their end.

use super::{FieldView, Sheet};
use crate::domain::{
    form::{Field, Form},
    office::{OWN, Texts},
};
use leptos::prelude::*;

/// Id of the heading of the section.
const HEADING: &str = "pola-osrodka";

fn own_fields(form: &'static Form) -> impl Iterator<Item = &'static Field> {
    form.fields().filter(|field| field.key.starts_with(OWN))
}

/// The office's own fields as a section; nothing where it has none.
pub fn own_section(sheet: Sheet, form: &'static Form) -> Option<AnyView> {
    let fields: Vec<AnyView> =
        own_fields(form).map(|field| view! { <FieldView sheet form key=field.key/> }.into_any()).collect();
    let is_asked = move || sheet.answers.with(|answers| own_fields(form).any(|field| field.is_shown(answers)));
    let is_asked = Memo::new(move |_| is_asked());
    (!fields.is_empty()).then(|| {
        view! {
            <section class="section" id="own" aria-labelledby=HEADING hidden=move || !is_asked.get()>
                <h2 class="section-head" id=HEADING>"Pola ośrodka"</h2>
                {fields}
            </section>
        }
        .into_any()
    })
}

/// The office's own fields of one row.
pub fn own_cells(sheet: Sheet, form: &'static Form, row: (&'static str, String)) -> Vec<AnyView> {
    own_fields(form).map(|field| view! { <FieldView sheet form key=field.key row=row.clone()/> }.into_any()).collect()
}

/// What the office says above a form that is filled in.
pub fn intro(texts: &Texts) -> Option<AnyView> {
    texts.intro.clone().map(|text| view! { <p class="office-text">{text}</p> }.into_any())
}

/// What the office says below a form, filled in or read: its clause of information and its foot.
pub fn closing(texts: &Texts) -> Option<AnyView> {
    let clause = texts.clause.clone().map(|text| {
        view! {
            <section class="office-text" aria-label="Klauzula informacyjna">
                <h3>"Klauzula informacyjna"</h3>
                <p>{text}</p>
            </section>
        }
    });
    let foot = texts.foot.clone().map(|text| view! { <p class="office-text muted">{text}</p> });
    (clause.is_some() || foot.is_some()).then(|| view! { {clause}{foot} }.into_any())
}
