//! Finishing a visit card: the entry, its tasks and its checks in one durable step.

use crate::{
    domain::{
        documents::visit_card::Surroundings,
        form::Form,
        office::OfficeBook,
        record::Record,
        visit_draft::{self, Entry, Forms},
    },
    sync::replica::Draft,
    ui::{context::intend, form::Sheet, phone::drafting::Desk},
};
use leptos::prelude::*;

/// What an entry is finished with, besides what is written in it.
pub struct Beside {
    /// Earlier tasks that may be checked.
    pub tasks: Vec<Record>,
    /// What the rules need to know.
    pub around: Surroundings,
    /// The form that it was begun with.
    pub form: &'static Form,
    /// What the office has set: the forms of tasks.
    pub book: OfficeBook,
}

/// The entry that a draft becomes.
pub fn entry_of<'a>(draft: &'a Draft, form: &'static Form, book: &'a OfficeBook) -> Entry<'a> {
    let forms = Forms { entry: form, book };
    Entry { record: draft.record, family: draft.family, before: draft.before.as_ref(), forms }
}

/// Writes the entry, or what was corrected in it, with its tasks and checks, and takes the draft away,
/// in one step. Says whether there was anything to write.
pub async fn finish(desk: Desk, sheet: Sheet, beside: &Beside) -> Result<bool, String> {
    let taken = desk.try_update_value(|desk| {
        let answers = sheet.answers.get_untracked();
        let tasks: Vec<&Record> = beside.tasks.iter().collect();
        let entry = entry_of(&desk.draft, beside.form, &beside.book);
        let intents =
            desk.session.device.with_pen(|pen| visit_draft::finish(&answers, entry, &beside.around, &tasks, pen));
        desk.over = intents.is_ok();
        intents.map(|intents| (desk.app, desk.session.clone(), intents, desk.draft.id))
    });
    let Some(Ok((app, session, intents, draft))) = taken else {
        return Err("Popraw zaznaczone miejsca.".to_owned());
    };
    let wrote = !intents.is_empty();
    let written = intend(app, &session, intents, Some(draft)).await;
    if written.is_err() {
        desk.try_update_value(|desk| desk.over = false);
    }
    written.map(|()| wrote)
}
