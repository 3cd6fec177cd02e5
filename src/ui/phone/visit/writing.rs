//! A form at work: the draft is saved a moment after each key press, and finished in one durable step.

use crate::{
    domain::{documents::visit_card::Surroundings, record::Record, visit_draft},
    sync::replica::Draft,
    ui::{
        context::{App, PhoneSession, drop_draft, intend, save_draft},
        form::Sheet,
    },
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use std::time::Duration;

/// How long after the last key press the draft is saved. Less than the second that P5 allows.
const SAVE_AFTER: Duration = Duration::from_millis(300);

/// A form at work: what it is saved into and finished from.
pub struct Writing {
    /// Where it is shown.
    pub app: App,
    /// Whose device it is.
    pub session: PhoneSession,
    /// What is kept until it is finished.
    pub draft: Draft,
    /// Earlier tasks that may be checked.
    pub tasks: Vec<Record>,
    /// What the rules need to know.
    pub around: Surroundings,
    /// Finished or thrown away: nothing more is saved.
    pub over: bool,
}

/// Where the form keeps it.
pub type Desk = StoredValue<Writing, LocalStorage>;

/// How the draft stands on the device.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// Nothing has been written yet.
    Nothing,
    /// The last words are on their way to the store.
    Writing,
    /// Everything in view is kept since then.
    At(DateTime<Utc>),
}

/// Saves the draft a moment after the last key press.
pub fn autosave(sheet: Sheet, desk: Desk, saved: RwSignal<Saved>) {
    let pending = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |first: Option<()>| {
        sheet.answers.track();
        if first.is_none() {
            return;
        }
        saved.set(Saved::Writing);
        if let Some(timer) = pending.get_value() {
            timer.clear();
        }
        let save = move || {
            let task = desk.try_update_value(|desk| {
                desk.draft.answers = sheet.answers.get_untracked();
                desk.draft.saved_at = desk.app.host().now();
                (!desk.over).then(|| (desk.app, desk.session.clone(), desk.draft.clone()))
            });
            let Some(Some((app, session, draft))) = task else { return };
            app.host().spawn(Box::pin(async move {
                let at = draft.saved_at;
                match save_draft(&session, draft).await {
                    Ok(()) => saved.set(Saved::At(at)),
                    Err(said) => app.say(said),
                }
            }));
        };
        pending.set_value(set_timeout_with_handle(save, SAVE_AFTER).ok());
    });
}

/// Writes the entry, or what was corrected in it, with its tasks and checks, and takes the draft away,
/// in one step. Says whether there was anything to write.
pub async fn finish(desk: Desk, sheet: Sheet) -> Result<bool, String> {
    let taken = desk.try_update_value(|desk| {
        let answers = sheet.answers.get_untracked();
        let tasks: Vec<&Record> = desk.tasks.iter().collect();
        let Draft { record, family, before, .. } = &desk.draft;
        let entry = visit_draft::Entry { record: *record, family: *family, before: before.as_ref() };
        let intents =
            desk.session.device.with_pen(|pen| visit_draft::finish(&answers, entry, &desk.around, &tasks, pen));
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

/// Throws the draft away, says so with a way back, and leaves the form.
pub fn give_up(desk: Desk, sheet: Sheet, said: &'static str, leave: impl FnOnce() + 'static) {
    let taken = desk.try_update_value(|desk| {
        desk.over = true;
        desk.draft.answers = sheet.answers.get_untracked();
        (desk.app, desk.session.clone(), desk.draft.clone())
    });
    let Some((app, session, draft)) = taken else { return };
    app.host().spawn(Box::pin(async move {
        if let Err(said) = drop_draft(&session, draft.id).await {
            desk.try_update_value(|desk| desk.over = false);
            app.say(said);
            return;
        }
        leave();
        app.say_with_undo(said, move || {
            let (session, draft) = (session.clone(), draft.clone());
            app.host().spawn(Box::pin(async move {
                if let Err(said) = save_draft(&session, draft).await {
                    app.say(said);
                }
            }));
        });
    }));
}
