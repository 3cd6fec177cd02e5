//! How a draft stands in the office, in words beside its form.

use super::saving::Saving;
use crate::{
    domain::words,
    ui::{context::App, parts::Icon},
};
use chrono::{DateTime, Duration, Utc};
use leptos::prelude::*;

/// How the draft stands in the office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// Nothing has been written yet.
    Nothing,
    /// The last words are not there yet.
    Waiting,
    /// They are on their way.
    Writing,
    /// Everything in view is there since then.
    At(DateTime<Utc>),
    /// They are not there; why.
    Not(String),
}

/// How it stands, and the way to try again.
pub fn note(app: App, saving: &Saving) -> AnyView {
    let saved = saving.saved;
    let saving = StoredValue::new_local(saving.clone());
    let again = move || {
        matches!(saved.get(), Saved::Not(_)).then(|| {
            view! {
                <button class="btn btn-small" type="button" id="zapisz-ponownie"
                    on:click=move |_| saving.with_value(Saving::save)>
                    <Icon name="sync"/>" Zapisz ponownie"
                </button>
            }
        })
    };
    view! {
        <span class="sticky-note" role="status" id="stan-szkicu">
            {move || said(&saved.get(), app.host().offset_minutes())}
        </span>
        {again}
    }
    .into_any()
}

fn said(saved: &Saved, offset: i16) -> String {
    match saved {
        Saved::Nothing => String::new(),
        Saved::Waiting | Saved::Writing => "Zapisywanie szkicu…".to_owned(),
        Saved::At(at) => {
            let local = at.naive_utc() + Duration::minutes(offset.into());
            ["Szkic zapisany ", &words::time(local.time())].concat()
        }
        Saved::Not(why) => ["Nie zapisano: ", why].concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_said_when_it_was_saved_and_why_it_was_not() {
        let at = "2026-11-22T13:32:00Z".parse().unwrap();
        assert_eq!(said(&Saved::At(at), 60), "Szkic zapisany 14:32");
        assert_eq!(said(&Saved::Not("brak sieci".into()), 60), "Nie zapisano: brak sieci");
        assert_eq!(said(&Saved::Nothing, 60), "");
    }
}
