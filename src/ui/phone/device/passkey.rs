//! The passkey: finger, face or screen lock instead of the passphrase. Shown only where there can be one.

use super::Progress;
use crate::ui::{
    context::{App, Door, DoorChange, app},
    parts::{Badge, SecretField, Tone},
};
use leptos::{ev::SubmitEvent, prelude::*};

/// The card.
#[component]
pub fn PasskeyCard(
    /// What opens the device.
    door: RwSignal<Door>,
    /// Can a passkey be made here?
    offered: RwSignal<bool>,
) -> AnyView {
    let app: App = app();
    let (adding, progress) = (RwSignal::new(false), Progress::new());
    let remove = move |_| {
        progress.change(app, door, DoorChange::RemovePasskey, move || {
            app.say("Klucz dostępu usunięty. Dane otwiera hasło urządzenia.");
        });
    };
    let choices = move || {
        let has = door.get().passkey;
        let words = if has { "Ustaw klucz od nowa" } else { "Ustaw klucz dostępu" };
        view! {
            {move || progress.error.get().map(|text| view! { <p class="field-error" role="alert">{text}</p> })}
            <div class="actions">
                {offered.get().then(|| view! { <button class="btn" type="button" on:click=move |_| adding.set(true)>{words}</button> })}
                {has.then(|| view! { <button class="btn btn-quiet" type="button" on:click=remove>"Usuń klucz"</button> })}
            </div>
        }
        .into_any()
    };
    view! {
        <section class="card" aria-labelledby="passkey-head">
            <div class="card-head">
                <h2 id="passkey-head">"Klucz dostępu"</h2>
                {move || door.get().passkey.then(|| view! { <Badge tone=Tone::Ok icon="check" text="ustawiony"/> })}
            </div>
            <div class="card-body">
                <p>"Odcisk palca, twarz albo blokada ekranu tego urządzenia otwierają dane zamiast hasła, także bez sieci. \
                    Hasło działa dalej."</p>
                {move || if adding.get() { view! { <Add door adding/> }.into_any() } else { choices() }}
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Add(door: RwSignal<Door>, adding: RwSignal<bool>) -> AnyView {
    let app: App = app();
    let (passphrase, progress) = (RwSignal::new(String::new()), Progress::new());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let change = DoorChange::AddPasskey { passphrase: passphrase.get_untracked() };
        progress.change(app, door, change, move || {
            adding.try_set(false);
            app.say("Klucz dostępu ustawiony.");
        });
    };
    Effect::new(move |_| app.host().focus("passkey-passphrase"));
    view! {
        <form class="stack" on:submit=submit novalidate>
            <SecretField id="passkey-passphrase" label="Hasło urządzenia, na potwierdzenie" autocomplete="off"
                value=passphrase error=progress.error/>
            <div class="actions">
                <button class="btn btn-primary" type="submit" disabled=move || progress.busy.get()>"Ustaw klucz"</button>
                <button class="btn btn-quiet" type="button" on:click=move |_| adding.set(false)>"Zostaw"</button>
            </div>
        </form>
    }
    .into_any()
}
