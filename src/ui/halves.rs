//! The two halves of the app, each a file of its own that the browser fetches when it is needed:
//! a phone never runs the desk, and before somebody has come in neither is there.
//!
//! `scripts/site.sh` cuts the program at the two functions below. What only one half uses must be
//! reached only through it.

use super::{
    context::{PhoneSession, app},
    desk_shell::DeskShell,
    parts::Loading,
    phone::shell::PhoneShell,
};
use crate::api::session::Me;
use leptos::{
    prelude::*,
    wasm_split::{self, SplitLoaderError, wasm_split},
};

/// What draws a half for the one who came in.
type Draw<T> = fn(T) -> AnyView;

#[wasm_split(phone, wasm_split_path = wasm_split, fallible)]
fn fetch_phone() -> Result<Draw<PhoneSession>, SplitLoaderError> {
    Ok(|session| view! { <PhoneShell session/> }.into_any())
}

#[wasm_split(desk, wasm_split_path = wasm_split, fallible)]
fn fetch_desk() -> Result<Draw<Me>, SplitLoaderError> {
    Ok(|me| view! { <DeskShell me/> }.into_any())
}

/// An assistant's app.
pub fn phone(session: PhoneSession) -> AnyView {
    fetched(fetch_phone(), session)
}

/// The app of a manager, social worker, administrator or data protection officer.
pub fn desk(me: Me) -> AnyView {
    fetched(fetch_desk(), me)
}

fn fetched<T: Clone + 'static>(
    fetching: impl Future<Output = Result<Draw<T>, SplitLoaderError>> + 'static,
    who: T,
) -> AnyView {
    let half = RwSignal::new(None);
    let who = StoredValue::new_local(who);
    app().host().spawn(Box::pin(async move {
        half.set(Some(fetching.await.map_err(|_| ())));
    }));
    (move || match half.get() {
        None => view! { <main class="auth" id="main"><Loading text="Otwieranie…"/></main> }.into_any(),
        Some(Ok(draw)) => draw(who.get_value()),
        Some(Err(())) => not_fetched(),
    })
    .into_any()
}

/// The network broke before the browser had kept the whole app.
fn not_fetched() -> AnyView {
    view! {
        <main class="auth" id="main" tabindex="-1">
            <div class="auth-box" role="alert">
                <h1>"Nie pobrano całej aplikacji"</h1>
                <p class="auth-lead">"Sprawdź połączenie z internetem i odśwież stronę. Niczego nie tracisz."</p>
            </div>
        </main>
    }
    .into_any()
}
