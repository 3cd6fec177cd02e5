//! Another passphrase: the old one, or the passkey, proves who asks. One wrap is written anew, no data.

use super::Progress;
use crate::ui::{
    context::{App, Door, DoorChange, app},
    form::privacy::secret,
    parts::{Icon, SecretField},
};
use leptos::{ev::SubmitEvent, prelude::*};

/// The card.
#[component]
pub fn PassphraseCard(
    /// What opens the device.
    door: RwSignal<Door>,
) -> AnyView {
    let open = RwSignal::new(false);
    view! {
        <section class="card" aria-labelledby="passphrase-head">
            <div class="card-head"><h2 id="passphrase-head">"Hasło urządzenia"</h2></div>
            <div class="card-body">
                <p>"Otwiera dane zawsze, także bez sieci. Nikt nie może go odzyskać, nawet ośrodek."</p>
                {move || match open.get() {
                    true => view! { <Change door open/> }.into_any(),
                    false => view! {
                        <button class="btn" type="button" on:click=move |_| open.set(true)>"Zmień hasło"</button>
                    }.into_any(),
                }}
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Change(door: RwSignal<Door>, open: RwSignal<bool>) -> AnyView {
    let app: App = app();
    let (now, new) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (progress, new_error) = (Progress::new(), RwSignal::new(None));
    let noted = RwSignal::new(false);
    let suggest = move || {
        app.host().spawn(Box::pin(async move {
            // The form may have been closed meanwhile.
            match app.host().suggest_passphrase().await {
                Ok(words) => drop(new.try_set(words)),
                Err(problem) => drop(new_error.try_set(Some(problem.to_string()))),
            }
        }));
    };
    suggest();
    let change = move |now: Option<String>| {
        new_error.set(None);
        if !noted.get_untracked() {
            new_error.set(Some("Zapisz nowe hasło w bezpiecznym miejscu i zaznacz to poniżej.".to_owned()));
            return;
        }
        let change = DoorChange::Passphrase { now, new: new.get_untracked() };
        progress.change(app, door, change, move || {
            open.try_set(false);
            app.say("Hasło urządzenia zmienione. Stare już nie otwiera danych.");
        });
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        change(Some(now.get_untracked()));
    };
    Effect::new(move |_| app.host().focus("new-passphrase"));
    view! {
        <form class="stack" on:submit=submit novalidate>
            {new_field(new, new_error)}
            <p><button class="btn btn-quiet" type="button" on:click=move |_| suggest()>"Zaproponuj inne słowa"</button></p>
            <div class="field">
                <label class="check">
                    <input type="checkbox" id="new-noted" prop:checked=move || noted.get()
                        on:change=move |event| noted.set(event_target_checked(&event))/>
                    <span>"Nowe hasło jest zapisane w bezpiecznym miejscu"</span>
                </label>
            </div>
            <SecretField id="now-passphrase" label="Dotychczasowe hasło" autocomplete="off" value=now error=progress.error/>
            <div class="actions">
                <button class="btn btn-primary" type="submit" disabled=move || progress.busy.get()>"Zmień hasło"</button>
                {move || door.get().passkey.then(|| view! {
                    <button class="btn" type="button" disabled=move || progress.busy.get() on:click=move |_| change(None)>
                        "Potwierdź kluczem dostępu"
                    </button>
                })}
                <button class="btn btn-quiet" type="button" on:click=move |_| open.set(false)>"Zostaw"</button>
            </div>
        </form>
    }
    .into_any()
}

/// The new one is read, not hidden: it has to be written down.
fn new_field(new: RwSignal<String>, error: RwSignal<Option<String>>) -> AnyView {
    view! {
        <div class="field">
            <label for="new-passphrase">"Nowe hasło (pięć słów albo co najmniej 14 znaków)"</label>
            <input id="new-passphrase" type="text" autocomplete="off"
                prop:value=move || new.get()
                aria-describedby="new-passphrase-error"
                on:input=move |event| new.set(event_target_value(&event))
                {..secret()}/>
            <div role="alert" id="new-passphrase-error">
                {move || error.get().map(|text| view! {
                    <p class="field-error"><Icon name="warning"/> <span>{text}</span></p>
                })}
            </div>
        </div>
    }
    .into_any()
}
