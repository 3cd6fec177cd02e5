//! The parts of the app, each a file of its own that the browser fetches when it is needed: a phone
//! never runs the desk, a form is there when a form is opened, and before somebody has come in none
//! of them is.
//!
//! `scripts/site.sh` cuts the program at the three functions below. What only one part uses must be
//! reached only through it. The service worker keeps all parts, so cutting costs nothing offline.

use super::{
    context::{PhoneSession, app},
    desk_shell::DeskShell,
    parts::Loading,
    phone::{pages::PhonePage, shell::PhoneShell},
};
use crate::api::session::Me;
use leptos::{
    prelude::*,
    wasm_split::{self, SplitLoaderError, wasm_split},
};
use std::{future::Future, pin::Pin};

/// What draws a part for whoever, or whatever, it is asked for.
type Draw<T> = fn(T) -> AnyView;

/// A part on its way.
type Fetching<T> = Pin<Box<dyn Future<Output = Result<Draw<T>, SplitLoaderError>>>>;

#[wasm_split(phone, wasm_split_path = wasm_split, fallible)]
fn fetch_phone() -> Result<Draw<PhoneSession>, SplitLoaderError> {
    Ok(|session| view! { <PhoneShell session/> }.into_any())
}

#[wasm_split(pages, wasm_split_path = wasm_split, fallible)]
fn fetch_pages() -> Result<Draw<PhonePage>, SplitLoaderError> {
    Ok(PhonePage::draw)
}

#[wasm_split(desk, wasm_split_path = wasm_split, fallible)]
fn fetch_desk() -> Result<Draw<Me>, SplitLoaderError> {
    Ok(|me| view! { <DeskShell me/> }.into_any())
}

/// An assistant's app.
pub fn phone(session: PhoneSession) -> AnyView {
    fetched(Box::pin(fetch_phone()), session, Place::Screen)
}

/// A page of the assistant's app that is not there from the start.
pub fn phone_page(page: PhonePage) -> AnyView {
    fetched(Box::pin(fetch_pages()), page, Place::Page)
}

/// Fetches those pages beforehand, while the first one is being read: the next tap finds them there.
pub fn expect_phone_pages() {
    // Without a network and without a kept copy the page itself says so when it is opened.
    app().host().spawn(Box::pin(async { drop(fetch_pages().await) }));
}

/// The app of a manager, social worker, administrator or data protection officer.
pub fn desk(me: Me) -> AnyView {
    fetched(Box::pin(fetch_desk()), me, Place::Screen)
}

/// Where a part stands.
#[derive(Clone, Copy)]
enum Place {
    /// It is the whole screen.
    Screen,
    /// It is one page within a frame that stands.
    Page,
}

impl Place {
    fn around(self, view: AnyView) -> AnyView {
        match self {
            Place::Screen => view! { <main class="auth" id="main" tabindex="-1">{view}</main> }.into_any(),
            Place::Page => view,
        }
    }
}

fn fetched<T: Clone + 'static>(fetching: Fetching<T>, what: T, place: Place) -> AnyView {
    let part = RwSignal::new(None);
    let what = StoredValue::new_local(what);
    app().host().spawn(Box::pin(async move {
        let came = fetching.await.map_err(|_| ());
        // The page may have been left meanwhile.
        part.try_set(Some(came));
    }));
    (move || match part.get() {
        None => place.around(view! { <Loading text="Otwieranie…"/> }.into_any()),
        Some(Ok(draw)) => draw(what.get_value()),
        Some(Err(())) => place.around(not_fetched()),
    })
    .into_any()
}

/// The network broke before the browser had kept the whole app.
fn not_fetched() -> AnyView {
    view! {
        <div class="auth-box" role="alert">
            <h1>"Nie pobrano całej aplikacji"</h1>
            <p class="auth-lead">"Sprawdź połączenie z internetem i odśwież stronę. Niczego nie tracisz."</p>
        </div>
    }
    .into_any()
}
