//! *Ten telefon*: what opens this device, and when it locks by itself.

mod passkey;
mod passphrase;
mod pin;

use crate::{
    domain::words::{MINUTES, Noun},
    sync::watch::{HIDDEN_MS, IDLE_MS, PIN_MS},
    ui::{
        context::{App, Door, app},
        parts::Icon,
    },
};
use leptos::prelude::*;
use passkey::PasskeyCard;
use passphrase::PassphraseCard;
use pin::PinCard;

const SECONDS: Noun = Noun("sekunda", "sekundy", "sekund");

/// `/telefon`
#[component]
pub fn DevicePage() -> AnyView {
    let app: App = app();
    let door = RwSignal::new(app.host().door());
    let offered = RwSignal::new(false);
    app.host().spawn(Box::pin(async move {
        let possible = app.host().offers_passkeys().await;
        // The page may have been left meanwhile.
        offered.try_set(possible);
    }));
    view! {
        <header class="page-head">
            <div>
                <h1>"Ten telefon"</h1>
                <p class="page-lead">"Co otwiera dane na tym urządzeniu i kiedy się zamyka."</p>
            </div>
            <div class="actions">
                <button class="btn" type="button" on:click=move |_| app.host().lock()><Icon name="lock"/> " Zablokuj"</button>
            </div>
        </header>
        <div class="stack">
            <PassphraseCard door/>
            {move || (offered.get() || door.get().passkey).then(|| view! { <PasskeyCard door offered/> })}
            <PinCard door/>
            {when_it_locks(door)}
        </div>
    }
    .into_any()
}

fn when_it_locks(door: RwSignal<Door>) -> AnyView {
    // Small numbers of minutes and seconds.
    let idle = MINUTES.count(IDLE_MS / 60_000);
    let hidden = SECONDS.count(HIDDEN_MS / 1000);
    let by_pin = MINUTES.count(PIN_MS / 60_000);
    let what = move || match door.get().pin {
        true => {
            ["Wtedy ekran odkrywa PIN; po kolejnych ", &by_pin, " potrzebne jest hasło albo klucz dostępu."].concat()
        }
        false => "Wtedy potrzebne jest hasło albo klucz dostępu.".to_owned(),
    };
    let when = ["Gdy nikt nie dotyka ekranu: ", &idle, ". Gdy Asysta nie jest na wierzchu: ", &hidden, "."].concat();
    view! {
        <section class="card" aria-labelledby="locks">
            <div class="card-head"><h2 id="locks">"Kiedy się zamyka"</h2></div>
            <div class="card-body">
                <p>{when}" "{what}</p>
                <p class="muted">"To, co się pisze, jest przedtem zapisywane. Od razu ukrywa „Ukryj” albo dwa razy klawisz Esc."</p>
            </div>
        </section>
    }
    .into_any()
}

/// What a form here is doing, and what went wrong.
#[derive(Clone, Copy)]
struct Progress {
    busy: RwSignal<bool>,
    error: RwSignal<Option<String>>,
}

impl Progress {
    fn new() -> Self {
        Self { busy: RwSignal::new(false), error: RwSignal::new(None) }
    }

    /// Changes what opens the device, once at a time; then goes on with `done`.
    fn change(
        self,
        app: App,
        door: RwSignal<Door>,
        change: crate::ui::context::DoorChange,
        done: impl FnOnce() + 'static,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.error.set(None);
        app.host().spawn(Box::pin(async move {
            let changed = app.host().change_door(change).await;
            // The page may have been left meanwhile.
            self.busy.try_set(false);
            match changed {
                Ok(()) => {
                    door.try_set(app.host().door());
                    done();
                }
                Err(problem) => drop(self.error.try_set(Some(problem.to_string()))),
            }
        }));
    }
}
