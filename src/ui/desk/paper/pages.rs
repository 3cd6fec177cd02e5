//! At the desk: a scan or photo of the page that was signed by hand, put beside the paper that was handed in.

use crate::{
    api::{desk::keep_file, session::Me},
    domain::{
        documents::papers::course::{FORM as COURSE, may_add},
        ids::{FileId, RecordId},
        record::Record,
    },
    sync::protocol::{Base64, Taken},
    ui::{
        context::{App, Scan},
        desk::writing::{About, change, send},
        parts::signed_pages::{INPUT, describing, has_room, pages_card},
    },
};
use leptos::prelude::*;

const HELP: &str = "Zdjęcie (JPG, PNG) albo skan w pliku PDF, do 600 kB. Zdjęcie jest zmniejszane, a dane o miejscu i \
    czasie są z niego usuwane; plik PDF zostaje bez zmian.";
const ACCEPT: &str = "image/*,application/pdf";

/// The card; nothing when this person may not add a page.
pub fn section(app: App, record: &Record, me: &Me, done: Callback<String>) -> Option<AnyView> {
    if !may_add(&record.answers, me.role) || !has_room(&COURSE, &record.answers) {
        return None;
    }
    let about = About::of(record);
    let busy = RwSignal::new(false);
    let choose = Callback::new(move |()| {
        busy.set(true);
        app.host().spawn(Box::pin(async move {
            let added = add(app, about).await;
            // Who has left the page is told as well.
            match (busy.try_set(false), added) {
                (None, Ok(true)) => done.run("Strona dodana.".to_owned()),
                (_, Ok(false)) => {}
                (_, Ok(true)) => app.say("Strona dodana."),
                (_, Err(said)) => app.say(said),
            }
        }));
    });
    Some(pages_card(&record.answers, ACCEPT, HELP, choose, busy))
}

/// First the paper speaks of the page, for the office takes no bytes that nobody described; then come the bytes.
async fn add(app: App, about: About) -> Result<bool, String> {
    let Some(Scan { media, bytes, hash }) = app.host().scan(INPUT).await? else { return Ok(false) };
    let file = FileId(app.host().new_id());
    let action = describing(file, media, bytes.len(), hash);
    let change = change(app, about, action).ok_or("Zaloguj się jeszcze raz.")?;
    send(app, vec![change]).await.map_err(|why| ["Nie dodano strony: ", &why.text()].concat())?;
    match send_bytes(about.record, file, bytes).await {
        Some(Taken::Kept) => Ok(true),
        Some(Taken::Refused | Taken::Unknown) => {
            Err("Ośrodek nie przyjął tego pliku. Dodaj stronę jeszcze raz.".to_owned())
        }
        None => Err("Opis strony zapisano, ale plik nie dotarł. Dodaj stronę jeszcze raz.".to_owned()),
    }
}

/// Sent again when there was no answer: the same bytes are kept once.
pub(super) async fn send_bytes(record: RecordId, file: FileId, bytes: Vec<u8>) -> Option<Taken> {
    for _ in 0..TRIES {
        if let Ok(taken) = keep_file(record, file, Base64(bytes.clone())).await {
            return Some(taken);
        }
    }
    None
}

const TRIES: usize = 3;
