//! Photos of documents in a form: taken or chosen, shrunk, kept on the device at once.

use super::{
    field::{control, grouped},
    sheet::Slot,
};
use crate::{
    domain::{
        files::{self, MediaType},
        ids::FileId,
    },
    ui::{
        context::{App, Phase, Photo, app, keep_content},
        parts::{Icon, Picture},
    },
};
use leptos::prelude::*;

/// The field: a figure for each photo, and the way to add one.
pub fn files_field(slot: &Slot, most: usize) -> AnyView {
    let app: App = app();
    // Only a phone keeps the bytes until they are sent.
    if app.phase.with_untracked(|phase| !matches!(phase, Phase::Phone(_))) {
        return grouped(slot, view! { <p class="muted">"Zdjęcia dodaje się na telefonie."</p> }.into_any());
    }
    let (sheet, key) = (slot.sheet, slot.field.key);
    let rows = Memo::new(move |_| sheet.answers.with(|answers| answers.rows(key)));
    let figures = {
        let slot = slot.clone();
        move |row: String| figure(&slot, row)
    };
    let full = move || rows.with(|rows| rows.len() >= most);
    let content = view! {
        <div class="photos"><For each=move || rows.get() key=|row| row.clone() children=figures/></div>
        {adding(app, slot.clone(), full)}
    };
    grouped(slot, content.into_any())
}

fn adding(app: App, slot: Slot, full: impl Fn() -> bool + Send + Sync + 'static) -> AnyView {
    let busy = RwSignal::new(false);
    let input = format!("{}-input", slot.id());
    let add = {
        let input = input.clone();
        move |_| {
            let (slot, input) = (slot.clone(), input.clone());
            busy.set(true);
            app.host().spawn(Box::pin(async move {
                if let Err(said) = add(app, &slot, &input).await {
                    app.say(said);
                }
                busy.set(false);
            }));
        }
    };
    view! {
        <label class="btn photo-add" hidden=full aria-busy=move || busy.get().then_some("true")>
            <Icon name="camera"/>
            {move || if busy.get() { " Przygotowywanie zdjęcia…" } else { " Dodaj zdjęcie" }}
            <input type="file" id=input accept="image/*" class="visually-hidden" on:change=add/>
        </label>
    }
    .into_any()
}

async fn add(app: App, slot: &Slot, input: &str) -> Result<(), String> {
    let Some(Photo { bytes, hash }) = app.host().photo(input).await? else { return Ok(()) };
    let Some(session) = app.session() else { return Ok(()) };
    let file = FileId(app.host().new_id());
    let row = files::row(MediaType::Jpeg, bytes.len(), hash);
    // The bytes first: a paper must not speak of what is not there.
    keep_content(&session, file, bytes).await?;
    slot.sheet.answers.update(|answers| answers.put_row(slot.field.key, &file.to_string(), row));
    Ok(())
}

fn figure(slot: &Slot, row: String) -> AnyView {
    let (sheet, key) = (slot.sheet, slot.field.key);
    let caption = control(Slot { sheet, field: &files::ROW[0], row: Some((key, row.clone())) });
    let picture = row.parse().ok().map(|file| view! { <Picture file media=MediaType::Jpeg/> });
    let remove = move |_| {
        let cells = sheet.answers.with_untracked(|answers| answers.row(key, &row));
        sheet.answers.update(|answers| answers.drop_row(key, &row));
        let row = row.clone();
        sheet.say_with_undo("Zdjęcie usunięte.", move |answers| answers.put_row(key, &row, cells.clone()));
    };
    view! {
        <figure class="photo">
            {picture}
            <figcaption>
                {caption}
                <button class="btn btn-quiet" type="button" on:click=remove><Icon name="close"/> " Usuń zdjęcie"</button>
            </figcaption>
        </figure>
    }
    .into_any()
}
