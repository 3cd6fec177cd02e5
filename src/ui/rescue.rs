//! The rescue copy (P10): saved on the phone in two taps, brought to the office from any computer.

use super::{
    context::{App, app},
    parts::Icon,
};
use crate::domain::words::Noun;
use leptos::prelude::*;

const SAVED: Noun = Noun("zapis", "zapisy", "zapisów");
const INPUT: &str = "kopia-plik";

/// On the phone: saving a copy of what waits, and bringing one that another device saved.
#[component]
pub fn RescueCard() -> AnyView {
    let app: App = app();
    let waiting = Memo::new(move |_| app.read(|replica| replica.waiting()).unwrap_or(0));
    let save = move |_| {
        let today = app.today.get_untracked();
        app.host().spawn(Box::pin(async move {
            match app.host().save_copy(today).await {
                Ok(0) => app.say("Nie ma jeszcze czego kopiować: połącz się raz z ośrodkiem."),
                Ok(count) => app.say(["W pliku: ", &SAVED.count(count as i64), "."].concat()),
                Err(problem) => app.say(problem),
            }
        }));
    };
    view! {
        <section class="card" aria-labelledby="rescue">
            <div class="card-head"><h2 id="rescue">"Kopia niewysłanych zapisów"</h2></div>
            <div class="card-body stack">
                <p>
                    "Gdy telefon długo nie może nic wysłać, zapisz kopię i wczytaj ją na komputerze. \
                     To jeden zaszyfrowany plik: otworzy go tylko ośrodek. Zdjęcia zostają na telefonie."
                </p>
                {move || match waiting.get() {
                    0 => view! { <p class="muted">"Nic nie czeka na wysłanie, więc nie ma czego kopiować."</p> }.into_any(),
                    count => view! {
                        <p><button class="btn" type="button" on:click=save>
                            <Icon name="saved"/>" Zapisz kopię ("{count}")"
                        </button></p>
                    }
                    .into_any(),
                }}
                <BringCopy/>
            </div>
        </section>
    }
    .into_any()
}

/// The way to bring a copy to the office, on any computer.
#[component]
pub fn BringCopy() -> AnyView {
    let app: App = app();
    let busy = RwSignal::new(false);
    let bring = move |_| {
        busy.set(true);
        app.host().spawn(Box::pin(async move {
            match app.host().bring_copy(INPUT).await {
                Ok(None) => {}
                Ok(Some(brought)) if brought.taken == brought.of => {
                    app.say(["Ośrodek ma wszystko z kopii: ", &SAVED.count(brought.of as i64), "."].concat());
                }
                Ok(Some(brought)) => {
                    let all = SAVED.count(brought.of as i64);
                    app.say(
                        [
                            "Ośrodek przyjął ",
                            &brought.taken.to_string(),
                            " z: ",
                            &all,
                            ". Zachowaj plik i spróbuj ponownie.",
                        ]
                        .concat(),
                    );
                }
                Err(problem) => app.say(problem),
            }
            busy.set(false);
        }));
    };
    view! {
        <p><label class="btn photo-add" aria-busy=move || busy.get().then_some("true")>
            <Icon name="send"/>
            {move || if busy.get() { " Wysyłanie kopii…" } else { " Wczytaj kopię z pliku" }}
            <input type="file" id=INPUT accept=".asysta" class="visually-hidden" on:change=bring/>
        </label></p>
    }
    .into_any()
}
