//! The PIN of the screen: it brings the screen back for a few minutes, and opens nothing.

use super::Progress;
use crate::ui::{
    context::{App, Door, DoorChange, app},
    parts::{Badge, SecretField, Tone},
};
use leptos::{ev::SubmitEvent, prelude::*};

/// The card.
#[component]
pub fn PinCard(
    /// What opens the device.
    door: RwSignal<Door>,
) -> AnyView {
    let app: App = app();
    let (setting, progress) = (RwSignal::new(false), Progress::new());
    let remove = move |_| {
        progress.change(app, door, DoorChange::Pin(None), move || app.say("PIN ekranu usunięty."));
    };
    let choices = move || {
        let has = door.get().pin;
        view! {
            {move || progress.error.get().map(|text| view! { <p class="field-error" role="alert">{text}</p> })}
            <div class="actions">
                <button class="btn" type="button" on:click=move |_| setting.set(true)>
                    {if has { "Zmień PIN" } else { "Ustaw PIN" }}
                </button>
                {has.then(|| view! { <button class="btn btn-quiet" type="button" on:click=remove>"Usuń PIN"</button> })}
            </div>
        }
        .into_any()
    };
    view! {
        <section class="card" aria-labelledby="pin-head">
            <div class="card-head">
                <h2 id="pin-head">"PIN ekranu"</h2>
                {move || door.get().pin.then(|| view! { <Badge tone=Tone::Ok icon="check" text="ustawiony"/> })}
            </div>
            <div class="card-body">
                <p>"Sześć cyfr odkrywa ukryty ekran bez wpisywania hasła. Po pięciu błędnych próbach i po ponownym \
                    otwarciu aplikacji potrzebne jest hasło albo klucz dostępu."</p>
                {move || if setting.get() { view! { <SetPin door setting/> }.into_any() } else { choices() }}
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn SetPin(door: RwSignal<Door>, setting: RwSignal<bool>) -> AnyView {
    let app: App = app();
    let (pin, progress) = (RwSignal::new(String::new()), Progress::new());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        progress.change(app, door, DoorChange::Pin(Some(pin.get_untracked())), move || {
            setting.try_set(false);
            app.say("PIN ekranu ustawiony.");
        });
    };
    Effect::new(move |_| app.host().focus("new-pin"));
    view! {
        <form class="stack" on:submit=submit novalidate>
            <SecretField id="new-pin" label="Nowy PIN (6 cyfr)" autocomplete="off" mode="numeric" value=pin error=progress.error/>
            <div class="actions">
                <button class="btn btn-primary" type="submit" disabled=move || progress.busy.get()>"Zapisz PIN"</button>
                <button class="btn btn-quiet" type="button" on:click=move |_| setting.set(false)>"Zostaw"</button>
            </div>
        </form>
    }
    .into_any()
}
