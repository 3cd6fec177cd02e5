//! The app: who is here decides which screens there are; the address stays as it is meanwhile.

use super::{
    auth::{Broken, Closed, Enrol, OtherTab, SignIn, Unlock},
    context::{App, Phase, app},
    fetched,
    parts::{Loading, ToastHost},
    resting::Resting,
};
use leptos::prelude::*;
use leptos_router::components::Router;

/// Everything that is on the screen.
#[component]
pub fn AppRoot() -> impl IntoView {
    view! {
        <a class="skip-link" href="#main">"Przejdź do treści"</a>
        <Router>
            <Screens/>
        </Router>
        <ToastHost/>
    }
}

/// The screens of this moment. Only a change of the kind of phase builds them anew.
#[component]
fn Screens() -> impl IntoView {
    let app: App = app();
    move || match app.phase.get() {
        Phase::Starting => view! { <main class="auth" id="main"><Loading text="Otwieranie…"/></main> }.into_any(),
        Phase::SignIn => view! { <SignIn/> }.into_any(),
        Phase::Enrol(me) => view! { <Enrol me/> }.into_any(),
        Phase::Locked => view! { <Unlock/> }.into_any(),
        Phase::Closed => view! { <Closed/> }.into_any(),
        Phase::Resting => view! { <Resting/> }.into_any(),
        Phase::Phone(session) => fetched::phone(session),
        Phase::Desk(me) => fetched::desk(me),
        Phase::OtherTab => view! { <OtherTab/> }.into_any(),
        Phase::Broken(reason) => view! { <Broken reason/> }.into_any(),
    }
}
