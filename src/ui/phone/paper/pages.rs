//! On the phone: a photo of the page that was signed by hand, put beside the paper that was handed in.

use crate::{
    domain::{
        access::Role,
        change::Intent,
        documents::{
            RecordKind,
            papers::course::{FORM as COURSE, may_add},
        },
        files::MediaType,
        ids::{FamilyId, FileId, RecordId},
        record::Record,
    },
    ui::{
        context::{App, Photo, intend, keep_content},
        parts::signed_pages::{INPUT, describing, has_room, pages_card},
    },
};
use leptos::prelude::*;

const HELP: &str = "Wydrukuj złożony dokument, daj do podpisu i sfotografuj podpisaną stronę. Zdjęcie jest zmniejszane \
    do 600 kB, a dane o miejscu i czasie są z niego usuwane.";

/// The card; nothing when this person may not add a page.
pub fn section(app: App, record: &Record) -> Option<AnyView> {
    if !may_add(&record.answers, Role::Assistant) || !has_room(&COURSE, &record.answers) {
        return None;
    }
    let (busy, about) = (RwSignal::new(false), (record.id, record.kind, record.family, record.form));
    let choose = Callback::new(move |()| {
        busy.set(true);
        app.host().spawn(Box::pin(async move {
            match add(app, about).await {
                Ok(true) => app.say("Strona dodana. Zapisane na tym telefonie."),
                Ok(false) => {}
                Err(said) => app.say(said),
            }
            busy.try_set(false);
        }));
    });
    Some(pages_card(&record.answers, "image/*", HELP, choose, busy))
}

/// The paper, its kind, its family and the version of its form.
type About = (RecordId, RecordKind, FamilyId, u16);

async fn add(app: App, (record, kind, family, form): About) -> Result<bool, String> {
    let Some(Photo { bytes, hash }) = app.host().photo(INPUT).await? else { return Ok(false) };
    let Some(session) = untrack(|| app.session()) else { return Ok(false) };
    let file = FileId(app.host().new_id());
    let action = describing(file, MediaType::Jpeg, bytes.len(), hash);
    // The bytes first: a paper must not speak of what is not there.
    keep_content(&session, file, bytes).await?;
    intend(app, &session, vec![Intent { record, kind, family, form, action }], None).await?;
    Ok(true)
}
