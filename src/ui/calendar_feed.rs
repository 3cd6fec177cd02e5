//! *Terminy w kalendarzu*: the secret address at which a person's own calendar reads the terms of their families.
//! It is shown once, when it is made; the office keeps only its hash.

use super::{
    context::{App, app},
    parts::Icon,
};
use crate::{
    api::{
        calendar::{read_calendar, renew_calendar, withdraw_calendar},
        error::ApiError,
    },
    domain::{calendar::warsaw_day, words},
};
use chrono::{DateTime, Utc};
use leptos::{ev::FocusEvent, prelude::*, web_sys::HtmlInputElement};

const ADDRESS_ID: &str = "adres-kalendarza";

/// What is known of the address.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Stand {
    /// It is being asked for.
    Unknown,
    /// There is none.
    Off,
    /// There is one, made then.
    Since(DateTime<Utc>),
    /// It was made just now.
    New(String),
}

/// The address: how it stands, made, made anew, taken away. It needs the network.
#[component]
pub fn CalendarFeed() -> AnyView {
    let feed = Feed {
        app: app(),
        stand: RwSignal::new(Stand::Unknown),
        busy: RwSignal::new(false),
        problem: RwSignal::new(None),
    };
    feed.read();
    view! {
        <div class="stack">
            <p>
                "Terminy Twoich rodzin mogą pojawiać się w kalendarzu telefonu lub komputera. \
                 Zamiast nazwisk są w nim kody rodzin."
            </p>
            <p class="muted">"Kto zna adres, widzi te terminy. Nie przekazuj go nikomu."</p>
            <div role="status">{move || feed.said()}</div>
            {move || feed.address()}
            {move || feed.actions()}
        </div>
    }
    .into_any()
}

#[derive(Clone, Copy)]
struct Feed {
    app: App,
    stand: RwSignal<Stand>,
    busy: RwSignal<bool>,
    problem: RwSignal<Option<ApiError>>,
}

impl Feed {
    fn read(self) {
        self.app.host().spawn(Box::pin(async move {
            let answer = read_calendar().await;
            self.take(answer.map(|feed| feed.made_at.map_or(Stand::Off, Stand::Since)));
        }));
    }

    fn renew(self) {
        self.begin();
        self.app.host().spawn(Box::pin(async move {
            let answer = renew_calendar().await;
            self.take(answer.map(|address| Stand::New([&origin(), address.path.as_str()].concat())));
            self.app.host().focus(ADDRESS_ID);
        }));
    }

    fn withdraw(self) {
        self.begin();
        self.app.host().spawn(Box::pin(async move {
            let answer = withdraw_calendar().await;
            self.take(answer.map(|()| Stand::Off));
        }));
    }

    fn begin(self) {
        self.busy.set(true);
        self.problem.set(None);
    }

    /// The page may have been left meanwhile.
    fn take(self, answer: Result<Stand, ApiError>) {
        self.busy.try_set(false);
        match answer {
            Ok(stand) => {
                self.stand.try_set(stand);
                self.problem.try_set(None);
            }
            Err(error) => {
                self.problem.try_set(Some(error));
            }
        }
    }

    fn said(self) -> AnyView {
        let problem = self.problem.get().map(|error| view! { <p class="field-error">{error.to_string()}</p> });
        let said = self.stand.with(said);
        view! { <p>{said}</p>{problem} }.into_any()
    }

    /// The one time that it can be read.
    fn address(self) -> Option<AnyView> {
        let Stand::New(address) = self.stand.get() else { return None };
        Some(
            view! {
                <div class="field">
                    <label for=ADDRESS_ID>"Adres do wklejenia w kalendarzu"</label>
                    <p class="field-help" id="adres-kalendarza-pomoc">
                        "Skopiuj go teraz. Później nie można go pokazać, można tylko wygenerować nowy."
                    </p>
                    <input id=ADDRESS_ID type="text" readonly aria-describedby="adres-kalendarza-pomoc" value=address
                        on:focus=take_all/>
                </div>
            }
            .into_any(),
        )
    }

    fn actions(self) -> AnyView {
        let busy = move || self.busy.get().then_some("true");
        let make = move |words: &'static str| {
            view! {
                <button class="btn btn-primary" type="button" id="nowy-adres" aria-busy=busy
                    on:click=move |_| self.press(Feed::renew)>
                    <Icon name="calendar"/>" "{words}
                </button>
            }
        };
        let off = view! {
            <button class="btn" type="button" id="wylacz-adres" aria-busy=busy on:click=move |_| self.press(Feed::withdraw)>
                "Wyłącz"
            </button>
        };
        let buttons = match self.stand.get() {
            Stand::Unknown if self.problem.with(Option::is_none) => ().into_any(),
            Stand::Unknown => view! {
                <button class="btn" type="button" on:click=move |_| self.press(Feed::read)>"Spróbuj ponownie"</button>
            }
            .into_any(),
            Stand::Off => make("Utwórz adres").into_any(),
            Stand::Since(_) | Stand::New(_) => view! { {make("Wygeneruj nowy adres")}{off} }.into_any(),
        };
        view! { <div class="actions">{buttons}</div> }.into_any()
    }

    /// A second press while the first is under way does nothing.
    fn press(self, act: fn(Feed)) {
        if !self.busy.get_untracked() {
            act(self);
        }
    }
}

fn said(stand: &Stand) -> String {
    match stand {
        Stand::Unknown => String::new(),
        Stand::Off => "Adres jest wyłączony.".to_owned(),
        Stand::Since(at) => ["Adres działa od: ", &words::date(warsaw_day(*at)), "."].concat(),
        Stand::New(_) => "Adres jest gotowy. Poprzedni, jeśli był, już nie działa.".to_owned(),
    }
}

/// A touch marks all of the address, ready to be copied.
fn take_all(event: FocusEvent) {
    event_target::<HtmlInputElement>(&event).select();
}

/// Scheme and host by which this page was opened.
fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_said_how_the_address_stands() {
        // Half past midnight in Poland.
        let at = "2026-11-21T23:30:00Z".parse().unwrap();
        assert_eq!(said(&Stand::Since(at)), "Adres działa od: 22 listopada 2026.");
        assert_eq!(said(&Stand::Off), "Adres jest wyłączony.");
        assert_eq!(said(&Stand::Unknown), "");
    }
}
