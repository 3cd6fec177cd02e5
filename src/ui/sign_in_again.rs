//! Signing in again without leaving what is on the screen.

use super::{
    context::{App, app},
    parts::{Dialog, Icon},
};
use crate::api::session::sign_in;
use leptos::{ev::SubmitEvent, prelude::*};

/// The session on the server ended: one dialogue opens in place, the form behind it stays (P6).
#[component]
pub fn SignInAgain(
    /// What to do and why ("Zaloguj się, aby wysłać").
    title: &'static str,
    /// What has become of the work meanwhile.
    note: &'static str,
    /// Goes on with what waited.
    #[prop(optional)]
    done: Option<Callback<()>>,
) -> AnyView {
    let app: App = app();
    let open = RwSignal::new(false);
    let (login, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let error = RwSignal::new(None::<String>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        app.host().spawn(Box::pin(async move {
            let me = untrack(|| app.me());
            match sign_in(login.get_untracked().trim().to_owned(), password.get_untracked()).await {
                Ok(signed) if Some(signed.user) == me.map(|me| me.user) => {
                    password.set(String::new());
                    error.set(None);
                    app.needs_sign_in.set(false);
                    open.set(false);
                    if let Some(done) = done {
                        done.run(());
                    }
                }
                Ok(_) => error.set(Some("To konto innej osoby. Zaloguj się na swoje.".into())),
                Err(problem) => error.set(Some(problem.to_string())),
            }
        }));
    };
    let lead = [title, "."].concat();
    view! {
        {move || app.needs_sign_in.get().then(|| view! {
            <div class="banner" data-state="warn">
                <Icon name="warning"/>
                <div><p><b>{lead.clone()}</b>" "{note}</p></div>
                <button class="btn" type="button" on:click=move |_| open.set(true)>"Zaloguj"</button>
            </div>
        })}
        <Dialog open title=title.to_owned() id="sign-in-again">
            <form on:submit=submit novalidate>
                <div class="field"><label for="again-login">"Login"</label>
                    <input id="again-login" type="text" autocomplete="username" autocapitalize="none"
                        prop:value=move || login.get() on:input=move |event| login.set(event_target_value(&event))/></div>
                <div class="field"><label for="again-password">"Hasło"</label>
                    <input id="again-password" type="password" autocomplete="current-password"
                        prop:value=move || password.get() on:input=move |event| password.set(event_target_value(&event))/>
                    <div role="alert">{move || error.get().map(|text| view! { <p class="field-error"><Icon name="warning"/> <span>{text}</span></p> })}</div>
                </div>
                <div class="dialog-actions">
                    <button class="btn btn-primary" type="submit">"Zaloguj"</button>
                    <button class="btn btn-quiet" type="button" on:click=move |_| open.set(false)>"Później"</button>
                </div>
            </form>
        </Dialog>
    }
    .into_any()
}
