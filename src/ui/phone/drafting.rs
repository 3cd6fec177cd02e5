//! A form at work on the phone: its draft is saved a moment after each key press, and thrown away only with a
//! way back.

use crate::{
    domain::words,
    sync::{ports::Local, replica::Draft},
    ui::{
        context::{App, PhoneSession, Saving, app, drop_draft, save_draft},
        form::Sheet,
        parts::Icon,
    },
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use std::{rc::Rc, time::Duration};

/// How long after the last key press the draft is saved. Less than the second that P5 allows.
const SAVE_AFTER: Duration = Duration::from_millis(300);

/// A form at work: what it is saved into.
pub struct Drafting {
    /// Where it is shown.
    pub app: App,
    /// Whose device it is.
    pub session: PhoneSession,
    /// What is kept until it is finished.
    pub draft: Draft,
    /// Finished or thrown away: nothing more is saved.
    pub over: bool,
}

/// Where the form keeps it.
pub type Desk = StoredValue<Drafting, LocalStorage>;

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
    let app: App = app();
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
            if let Some(saving) = saving(sheet, desk, saved) {
                app.host().spawn(saving);
            }
        };
        pending.set_value(set_timeout_with_handle(save, SAVE_AFTER).ok());
    });
    save_before_lock(app, move || {
        // The last field may have handed over its words this very moment, before anything could notice.
        let told = saved.try_get_untracked() == Some(Saved::Writing);
        let is_unsaved = told || is_ahead(sheet, desk).unwrap_or(false);
        is_unsaved.then(|| saving(sheet, desk, saved)).flatten()
    });
}

/// Saves the last key presses when the device is locked before their moment has come.
fn save_before_lock(app: App, save: impl Fn() -> Option<Local<'static, ()>> + 'static) {
    let save: Rc<Saving> = Rc::new(save);
    app.host().before_lock(Rc::downgrade(&save));
    // Kept by the form, and gone with it.
    StoredValue::new_local(save);
}

/// Does the form hold more than its draft?
fn is_ahead(sheet: Sheet, desk: Desk) -> Option<bool> {
    desk.try_with_value(|desk| sheet.answers.try_with_untracked(|answers| *answers != desk.draft.answers))?
}

/// The draft as it is now, on its way to the store; `None` when it is finished or thrown away.
fn saving(sheet: Sheet, desk: Desk, saved: RwSignal<Saved>) -> Option<Local<'static, ()>> {
    let answers = sheet.answers.try_get_untracked()?;
    let (app, session, draft) = desk.try_update_value(|desk| {
        desk.draft.answers = answers;
        desk.draft.saved_at = desk.app.host().now();
        (!desk.over).then(|| (desk.app, desk.session.clone(), desk.draft.clone()))
    })??;
    Some(Box::pin(async move {
        let at = draft.saved_at;
        match save_draft(&session, draft).await {
            // The form may have been left meanwhile.
            Ok(()) => drop(saved.try_set(Saved::At(at))),
            Err(said) => app.say(said),
        }
    }))
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

/// Something new that was begun earlier, with the way to begin anew.
pub fn begun_earlier(desk: Desk, sheet: Sheet, back: String, said: &'static str) -> AnyView {
    let navigate = use_navigate();
    let anew = move |_| {
        let (navigate, back) = (navigate.clone(), back.clone());
        give_up(desk, sheet, "Szkic usunięty.", move || navigate(&back, Default::default()));
    };
    view! {
        <div class="banner">
            <Icon name="edit"/>
            <div><p>{said}</p></div>
            <button class="btn" type="button" on:click=anew>"Usuń szkic"</button>
        </div>
    }
    .into_any()
}

/// How the draft stands, in words.
pub fn saved_note(app: App, saved: Saved) -> String {
    match saved {
        Saved::Nothing => String::new(),
        Saved::Writing => "Zapisywanie szkicu…".to_owned(),
        Saved::At(at) => {
            let local = at.naive_utc() + chrono::Duration::minutes(app.host().offset_minutes().into());
            format!("Szkic zapisany {}", words::time(local.time()))
        }
    }
}
