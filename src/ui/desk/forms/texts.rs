//! The texts of the office beside a document.

use super::editor::Editor;
use crate::{
    domain::{
        form::Field,
        office::{
            Place,
            draft::{TEXT_CELL, TEXTS},
        },
        words,
    },
    ui::form::{field::cell_view, sheet::Slot},
};
use leptos::prelude::*;

/// A text for each place.
pub fn section(editor: Editor) -> AnyView {
    let text = |place: &Place| {
        let field: &'static Field = &TEXT_CELL;
        let slot = Slot { sheet: editor.sheet, field, row: Some((TEXTS, place.code().to_owned())) };
        view! { <h3>{words::sentence(place.label())}</h3>{cell_view(slot)} }.into_any()
    };
    let texts: Vec<AnyView> = Place::ALL.iter().map(text).collect();
    view! {
        <section class="section">
            <h2 class="section-head">"Teksty ośrodka"</h2>
            <p class="section-lead">"Pusty tekst nie pojawia się w dokumencie."</p>
            {texts}
        </section>
    }
    .into_any()
}
