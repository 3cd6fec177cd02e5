//! Pages that were printed, signed by hand and photographed or scanned: the way to put one beside its paper.

use super::Icon;
use crate::domain::{
    change::{Action, Edit},
    documents::papers::course::{SIGNED_PAGES, owes_page},
    files::{self, MediaType},
    form::{Answers, Form, Kind},
    ids::FileId,
    order::map_of,
};
use leptos::prelude::*;

/// The change that describes one more page.
pub fn describing(file: FileId, media: MediaType, bytes: usize, hash: String) -> Action {
    let mut row = Answers::default();
    row.put_row(SIGNED_PAGES, &file.to_string(), files::row(media, bytes, hash));
    Action::Write(map_of(row.0.into_iter().map(|(path, after)| (path, Edit { before: None, after: Some(after) }))))
}

/// May one more page be added?
pub fn has_room(course: &Form, answers: &Answers) -> bool {
    let most = course.field(SIGNED_PAGES).map_or(0, |field| match field.kind {
        Kind::Files { most } => most,
        _ => 0,
    });
    answers.rows(SIGNED_PAGES).len() < most
}

/// The card with the button; `choose` is called when a file was chosen in the input with the id [`INPUT`].
pub fn pages_card(
    answers: &Answers,
    accept: &'static str,
    help: &'static str,
    choose: Callback<()>,
    busy: RwSignal<bool>,
) -> AnyView {
    let owed = owes_page(answers).then(|| {
        view! {
            <p class="banner" data-state="warn">
                <Icon name="warning"/>" Ten dokument wymaga formy pisemnej. Wydrukuj go, daj do podpisu i dodaj zdjęcie lub skan podpisanej strony."
            </p>
        }
    });
    let words = move || if busy.get() { " Przygotowywanie strony…" } else { " Dodaj podpisaną stronę" };
    view! {
        <section class="card no-print" aria-labelledby="podpisany-wydruk">
            <div class="card-head"><h2 id="podpisany-wydruk">"Podpisany wydruk"</h2></div>
            <div class="card-body stack">
                {owed}
                <p class="field-help">{help}</p>
                <label class="btn photo-add" aria-busy=move || busy.get().then_some("true")>
                    <Icon name="camera"/>{words}
                    <input type="file" id=INPUT accept=accept class="visually-hidden" on:change=move |_| choose.run(())/>
                </label>
            </div>
        </section>
    }
    .into_any()
}

/// Id of the input that a page is chosen in.
pub const INPUT: &str = "podpisana-strona";
