//! Files in a form. On the phone: photos of documents, taken or chosen, shrunk, kept on the device at once. At the
//! desk: photos and scans, kept by the office as soon as the paper there speaks of them.

use super::{
    field::{control, grouped},
    sheet::{Sheet, Slot},
};
use crate::{
    domain::{
        files::{self, MediaType},
        ids::{FileId, RecordId},
    },
    ui::{
        context::{App, Phase, Photo, Scan, app, keep_content},
        parts::{Icon, Picture, attachments::photo},
    },
};
use leptos::prelude::*;
use std::rc::Rc;

/// Whoever keeps the paper of a form at the desk, and its files.
pub trait FilesAtDesk {
    /// The paper.
    fn record(&self) -> RecordId;
    /// Takes a file; it is sent once the paper in the office describes it.
    fn add(&self, file: FileId, bytes: Vec<u8>);
    /// Saves the paper as it is in view.
    fn save(&self);
}

/// The field: a figure for each photo, and the way to add one.
pub fn files_field(slot: &Slot, most: usize) -> AnyView {
    let app: App = app();
    // Only a phone keeps the bytes until they are sent.
    if app.phase.with_untracked(|phase| !matches!(phase, Phase::Phone(_))) {
        return at_desk(app, slot, most);
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

/// The field at a desk: what is there, and the way to add a photo or a scan.
fn at_desk(app: App, slot: &Slot, most: usize) -> AnyView {
    let Some(files) = slot.sheet.files else {
        return grouped(slot, view! { <p class="muted">"Zdjęcia dodaje się na telefonie."</p> }.into_any());
    };
    let (sheet, key) = (slot.sheet, slot.field.key);
    let rows = Memo::new(move |_| sheet.answers.with(|answers| answers.rows(key)));
    let record = files.with_value(|files| files.record());
    let figures = {
        let slot = slot.clone();
        move |row: String| scan_figure(&slot, record, row)
    };
    let full = move || rows.with(|rows| rows.len() >= most);
    let busy = RwSignal::new(false);
    let input = format!("{}-input", slot.id());
    let choose = {
        let input = input.clone();
        move |_| {
            let (input, Some(files)) = (input.clone(), files.try_get_value()) else { return };
            busy.set(true);
            app.host().spawn(Box::pin(async move {
                if let Err(said) = add_scan(app, sheet, key, &input, files).await {
                    app.say(said);
                }
                busy.try_set(false);
            }));
        }
    };
    let content = view! {
        <div class="photos"><For each=move || rows.get() key=|row| row.clone() children=figures/></div>
        <p class="field-help" hidden=full>"Zdjęcie (JPG, PNG) albo skan w pliku PDF, do 600 kB."</p>
        <label class="btn photo-add" hidden=full aria-busy=move || busy.get().then_some("true")>
            <Icon name="camera"/>
            {move || if busy.get() { " Przygotowywanie pliku…" } else { " Dodaj zdjęcie lub skan" }}
            <input type="file" id=input accept="image/*,application/pdf" class="visually-hidden" on:change=choose/>
        </label>
    };
    grouped(slot, content.into_any())
}

async fn add_scan(
    app: App,
    sheet: Sheet,
    key: &'static str,
    input: &str,
    files: Rc<dyn FilesAtDesk>,
) -> Result<(), String> {
    let Some(Scan { media, bytes, hash }) = app.host().scan(input).await? else { return Ok(()) };
    let file = FileId(app.host().new_id());
    let row = files::row(media, bytes.len(), hash);
    files.add(file, bytes);
    sheet.answers.try_update(|answers| answers.put_row(key, &file.to_string(), row));
    files.save();
    Ok(())
}

fn scan_figure(slot: &Slot, record: RecordId, row: String) -> AnyView {
    let (sheet, key) = (slot.sheet, slot.field.key);
    let caption = control(Slot { sheet, field: &files::ROW[0], row: Some((key, row.clone())) });
    let described = sheet.answers.with_untracked(|answers| files::read_row(&row, &answers.row(key, &row)));
    // What it shows is written beside it; its name need not follow every key press.
    let figure =
        described.map(|file| photo(record, files::Described { caption: file.media.label().to_owned(), ..file }));
    view! {
        <div class="stack">
            {figure}
            {caption}
            <p>{remove(slot, row, "Plik usunięty.", " Usuń plik")}</p>
        </div>
    }
    .into_any()
}

/// Takes the file out of the form, with a way back.
fn remove(slot: &Slot, row: String, said: &'static str, words: &'static str) -> AnyView {
    let (sheet, key) = (slot.sheet, slot.field.key);
    let press = move |_| {
        let cells = sheet.answers.with_untracked(|answers| answers.row(key, &row));
        sheet.answers.update(|answers| answers.drop_row(key, &row));
        let row = row.clone();
        sheet.say_with_undo(said, move |answers| answers.put_row(key, &row, cells.clone()));
    };
    view! { <button class="btn btn-quiet" type="button" on:click=press><Icon name="close"/>{words}</button> }.into_any()
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
    let remove = remove(slot, row, "Zdjęcie usunięte.", " Usuń zdjęcie");
    view! {
        <figure class="photo">
            {picture}
            <figcaption>
                {caption}
                {remove}
            </figcaption>
        </figure>
    }
    .into_any()
}
