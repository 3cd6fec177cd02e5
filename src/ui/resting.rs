//! The cleared screen of a device that is still open: the PIN of the screen brings it back. It opens no
//! key; where the key has gone, only passkey and passphrase help.

use super::{
    auth::{AuthPage, Submit},
    context::{App, app},
    parts::SecretField,
};
use crate::{
    domain::words::Noun,
    sync::watch::{PIN_DIGITS, PinTry},
};
use leptos::{ev::SubmitEvent, prelude::*};

const TRIES_LEFT: Noun = Noun("próba", "próby", "prób");

/// Asks for the PIN. The sixth digit is the answer; the button is there for those who look for one.
#[component]
pub fn Resting() -> impl IntoView {
    let app: App = app();
    let (pin, error) = (RwSignal::new(String::new()), RwSignal::new(None));
    let busy = RwSignal::new(false);
    let attempt = move |typed: String| {
        if let PinTry::Wrong(left) = app.host().show_again(&typed) {
            pin.set(String::new());
            error.set(Some(["PIN się nie zgadza. Zostało: ", &TRIES_LEFT.count(left.into()), "."].concat()));
            app.host().focus("screen-pin");
        }
    };
    Effect::new(move |_| {
        let typed = pin.get();
        if typed.len() == PIN_DIGITS {
            attempt(typed);
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = pin.get_untracked();
        match typed.len() {
            0 => app.host().focus("screen-pin"),
            _ => attempt(typed),
        }
    };
    Effect::new(move |_| app.host().focus("screen-pin"));
    view! {
        <AuthPage title="Ekran ukryty" lead="Asysta".to_owned()>
            <form on:submit=submit novalidate>
                <SecretField id="screen-pin" label="PIN ekranu" autocomplete="off" mode="numeric" value=pin error/>
                <Submit text="Odkryj" busy_text="Otwieranie…" busy/>
            </form>
            <p class="auth-foot">
                <button class="btn btn-quiet" type="button" on:click=move |_| app.host().lock()>
                    "Zablokuj i otwórz hasłem"
                </button>
            </p>
        </AuthPage>
    }
}
