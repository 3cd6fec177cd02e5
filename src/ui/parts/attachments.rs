//! What hangs on a paper, for reading: its photos and its signatures.

use super::{Icon, paper_view::fit_badge};
use crate::{
    api::desk::read_file,
    domain::{
        content::{self, Fit},
        documents::declaration,
        files::{self, Described, MediaType},
        form::{Answers, Form, Kind},
        ids::{FileId, RecordId},
        record::Record,
        signature::{self, SHEET},
    },
    ui::context::{App, app},
};
use leptos::prelude::*;

/// A photo by its bytes: from this device, or else (when its paper is named) from the office.
#[component]
pub fn Picture(
    /// The file.
    file: FileId,
    /// Its kind.
    media: MediaType,
    /// The paper that it belongs to; without one it is looked for on this device only.
    #[prop(optional)]
    record: Option<RecordId>,
    /// What it shows.
    #[prop(optional, into)]
    caption: String,
) -> impl IntoView {
    let app: App = app();
    let address = RwSignal::new(None::<Result<String, &'static str>>);
    app.host().spawn(Box::pin(async move {
        let found = bytes_of(app, file, record).await;
        let shown = found.and_then(|bytes| app.host().address_of(&bytes, media).ok_or(NOT_SHOWN));
        // The page may have been left meanwhile; then nobody would let go of the address.
        if let Some(Some(Ok(unused))) = address.try_set(Some(shown)) {
            app.host().forget_address(&unused);
        }
    }));
    let host = StoredValue::new_local(app.host());
    on_cleanup(move || {
        if let Some(Some(Ok(address))) = address.try_get_untracked() {
            host.with_value(|host| host.forget_address(&address));
        }
    });
    let alt = if caption.is_empty() { "zdjęcie dokumentu".to_owned() } else { caption };
    move || match address.get() {
        None => view! { <p class="muted" role="status">"Otwieranie pliku…"</p> }.into_any(),
        Some(Ok(address)) if media == MediaType::Pdf => {
            let (open, save) = (address.clone(), address);
            view! {
                <p class="actions">
                    <a class="btn" href=open target="_blank" rel="noopener"><Icon name="document"/> " Otwórz dokument PDF"</a>
                    <a class="btn btn-quiet" href=save download="skan.pdf">"Zapisz na dysku"</a>
                </p>
            }
            .into_any()
        }
        Some(Ok(address)) => view! { <img class="photo-image" src=address alt=alt.clone()/> }.into_any(),
        Some(Err(said)) => view! { <p class="muted"><Icon name="info"/> " " {said}</p> }.into_any(),
    }
}

const NOT_SHOWN: &str = "Tego zdjęcia nie da się pokazać.";

async fn bytes_of(app: App, file: FileId, record: Option<RecordId>) -> Result<Vec<u8>, &'static str> {
    if let Some(session) = app.session() {
        let here = session.device.content(file).await.map_err(|_| NOT_SHOWN)?;
        if let Some(bytes) = here {
            return Ok(bytes);
        }
    }
    let record = record.ok_or("Zdjęcia nie ma na tym telefonie.")?;
    let there = read_file(record, file).await;
    there.map(|bytes| bytes.0).map_err(|_| "Zdjęcia jeszcze nie ma w ośrodku albo nie ma sieci.")
}

/// The photos and signatures of a paper; nothing when it has none. A photo opens when it is asked for:
/// each look is written into the access log.
pub fn attachments(record: &Record) -> Option<AnyView> {
    hanging(record, |_| true)
}

/// The photos and the drawn signatures of a paper whose words stand beside them already.
pub fn photos_and_drawings(record: &Record) -> Option<AnyView> {
    hanging(record, |signature| signature.filled(signature::DRAWING.name()))
}

fn hanging(record: &Record, is_shown: fn(&Answers) -> bool) -> Option<AnyView> {
    let form = declaration(record.kind, &record.answers);
    let files = files::described(form, &record.answers);
    let mut signatures = signatures(form, &record.answers);
    signatures.retain(|(row, _)| is_shown(row));
    if files.is_empty() && signatures.is_empty() {
        return None;
    }
    let id = record.id;
    let photos = files.into_iter().map(|file| photo(id, file)).collect_view();
    let signed = signatures.iter().map(|(row, fit)| signed(row, *fit)).collect_view();
    Some(view! { <div class="attachments">{photos}{signed}</div> }.into_any())
}

/// A file of a paper, opened when it is asked for.
pub fn photo(record: RecordId, file: Described) -> AnyView {
    let open = RwSignal::new(false);
    let Described { id, caption, media, bytes, .. } = file;
    let title = if caption.is_empty() { "Zdjęcie dokumentu".to_owned() } else { caption };
    let size = format!("{} kB", (bytes / 1024).max(1));
    let word = move || if open.get() { " Zamknij" } else { " Pokaż" };
    let shown = title.clone();
    view! {
        <figure class="photo">
            <figcaption>
                <span><Icon name="document"/> " " {title} " " <small class="muted">{size}</small></span>
                <button class="btn btn-quiet no-print" type="button" aria-expanded=move || open.get().to_string()
                    on:click=move |_| open.update(|open| *open = !*open)><Icon name="eye"/> {word}</button>
            </figcaption>
            {move || open.get().then(|| view! { <Picture file=id media record caption=shown.clone()/> })}
        </figure>
    }
    .into_any()
}

/// The signatures of a paper, and how each of those made on the screen fits it.
fn signatures(form: &Form, answers: &Answers) -> Vec<(Answers, Option<Fit>)> {
    let mut found = Vec::new();
    for field in form.fields().filter(|field| field.kind == Kind::Signatures) {
        for row in answers.rows(field.key) {
            let own = answers.row(field.key, &row);
            let fit = content::fit(form, field.key, answers, &own);
            found.push((own, fit));
        }
    }
    found
}

fn signed(row: &Answers, fit: Option<Fit>) -> AnyView {
    let drawing = row.get(signature::DRAWING).map(|drawing| drawn(drawing.path()));
    view! {
        <figure class="signed">
            {drawing}
            <figcaption><Icon name="edit"/> " " {signature::in_words(row)} " " {fit_badge(fit)}</figcaption>
        </figure>
    }
    .into_any()
}

/// What a finger drew, as the path of a picture.
pub fn drawn(path: String) -> AnyView {
    view! {
        <svg class="pad pad-small" viewBox=format!("0 0 {} {}", SHEET.0, SHEET.1) role="img" aria-label="Podpis">
            <path d=path/>
        </svg>
    }
    .into_any()
}
