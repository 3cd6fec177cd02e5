//! Before the work: signing in, choosing the device's passphrase, unlocking, and what stands in the way.

use super::{
    context::{App, app},
    form::privacy::secret,
    parts::{Icon, SecretField},
};
use crate::api::session::{Me, sign_in};
use leptos::{ev::SubmitEvent, prelude::*};

/// The frame of these pages: one box, one heading.
#[component]
pub fn AuthPage(
    /// Heading.
    title: &'static str,
    /// What this page is for, in a sentence.
    lead: String,
    /// The form and what stands below it.
    children: Children,
) -> impl IntoView {
    view! {
        <main class="auth" id="main" tabindex="-1">
            <div class="auth-box">
                <svg class="auth-mark" aria-hidden="true"><use href="#icon-mark"/></svg>
                <h1>{title}</h1>
                <p class="auth-lead">{lead}</p>
                {children()}
            </div>
        </main>
    }
}

/// The large button at the end, saying what goes on while it works.
#[component]
pub fn Submit(
    /// What it does.
    text: &'static str,
    /// What it says while it does.
    busy_text: &'static str,
    /// Is it at work?
    busy: RwSignal<bool>,
    /// Is it the second way, beside a shorter one?
    #[prop(optional)]
    second: bool,
) -> impl IntoView {
    let class = if second { "btn btn-big" } else { "btn btn-primary btn-big" };
    view! {
        <button class=class type="submit" aria-busy=move || busy.get().then_some("true")
            disabled=move || busy.get()>
            {move || if busy.get() { busy_text } else { text }}
        </button>
    }
}

/// Signing in with login and password; needs the network.
#[component]
pub fn SignIn() -> impl IntoView {
    let app: App = app();
    let (login, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (busy, error) = (RwSignal::new(false), RwSignal::new(None));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if login.with_untracked(|login| login.trim().is_empty()) {
            error.set(Some("Wpisz login i hasło.".to_owned()));
            app.host().focus("login");
            return;
        }
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        error.set(None);
        app.host().spawn(Box::pin(async move {
            let login = login.get_untracked().trim().to_owned();
            match sign_in(login, password.get_untracked()).await {
                Ok(me) => app.host().signed_in(me),
                Err(problem) => {
                    error.set(Some(problem.to_string()));
                    app.host().focus("password");
                }
            }
            busy.set(false);
        }));
    };
    view! {
        <AuthPage title="Zaloguj się" lead="Asysta rodzinna".to_owned()>
            {move || (!app.online.get()).then(|| view! {
                <div class="banner" data-state="warn"><Icon name="offline"/>
                    <div><p>"Brak sieci. Pierwsze logowanie na tym urządzeniu wymaga internetu."</p></div>
                </div>
            })}
            <form on:submit=submit novalidate>
                <div class="field">
                    <label for="login">"Login"</label>
                    <input id="login" name="login" type="text" autocomplete="username"
                        prop:value=move || login.get() on:input=move |event| login.set(event_target_value(&event))
                        {..secret()}/>
                </div>
                <SecretField id="password" label="Hasło" autocomplete="current-password" value=password error/>
                <Submit text="Zaloguj" busy_text="Logowanie…" busy/>
            </form>
            <p class="auth-foot"><a href="/pomoc" rel="external">"Pomoc"</a> " · " <a href="/dostepnosc" rel="external">"Dostępność"</a></p>
        </AuthPage>
    }
}

/// The first time on this device: a passphrase that only its owner knows.
#[component]
pub fn Enrol(
    /// Who signed in.
    me: Me,
) -> impl IntoView {
    let app: App = app();
    let (passphrase, noted) = (RwSignal::new(String::new()), RwSignal::new(false));
    let (busy, error) = (RwSignal::new(false), RwSignal::new(None));
    let (offered, passkey) = (RwSignal::new(false), RwSignal::new(false));
    app.host().spawn(Box::pin(async move {
        let possible = app.host().offers_passkeys().await;
        // The page may have been left meanwhile.
        offered.try_set(possible);
    }));
    let suggest = move || {
        app.host().spawn(Box::pin(async move {
            match app.host().suggest_passphrase().await {
                Ok(words) => passphrase.set(words),
                Err(problem) => error.set(Some(problem.to_string())),
            }
        }));
    };
    suggest();
    let name = me.name.clone();
    let me = StoredValue::new(me);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if !noted.get_untracked() {
            error.set(Some("Zapisz hasło w bezpiecznym miejscu i zaznacz to poniżej.".to_owned()));
            app.host().focus("noted");
            return;
        }
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        error.set(None);
        app.host().spawn(Box::pin(async move {
            let made = app.host().enrol(me.get_value(), passphrase.get_untracked(), passkey.get_untracked()).await;
            if let Err(problem) = made {
                error.set(Some(problem.to_string()));
            }
            busy.set(false);
        }));
    };
    view! {
        <AuthPage title="Hasło tego urządzenia" lead=name>
            <p>"Dane rodzin są na tym urządzeniu zaszyfrowane. Otwiera je tylko to hasło, także bez sieci. "
               <b>"Nikt nie może go odzyskać"</b> ", nawet ośrodek."</p>
            <form on:submit=submit novalidate>
                <div class="field">
                    <label for="passphrase">"Pięć słów (albo własne hasło, co najmniej 14 znaków)"</label>
                    <input id="passphrase" type="text" autocomplete="off"
                        prop:value=move || passphrase.get()
                        aria-describedby="passphrase-error"
                        on:input=move |event| passphrase.set(event_target_value(&event)) {..secret()}/>
                    <div role="alert" id="passphrase-error">
                        {move || error.get().map(|text| view! {
                            <p class="field-error"><Icon name="warning"/> <span>{text}</span></p>
                        })}
                    </div>
                </div>
                <p><button class="btn btn-quiet" type="button" on:click=move |_| suggest()>"Zaproponuj inne słowa"</button></p>
                <div class="field">
                    <label class="check">
                        <input type="checkbox" id="noted" prop:checked=move || noted.get()
                            on:change=move |event| noted.set(event_target_checked(&event))/>
                        <span>"Hasło jest zapisane w bezpiecznym miejscu"</span>
                    </label>
                </div>
                {move || offered.get().then(|| view! {
                    <div class="field">
                        <label class="check">
                            <input type="checkbox" id="with-passkey" prop:checked=move || passkey.get()
                                on:change=move |event| passkey.set(event_target_checked(&event))/>
                            <span>"Otwieraj też kluczem dostępu: odciskiem palca, twarzą albo blokadą ekranu tego urządzenia"</span>
                        </label>
                    </div>
                })}
                <Submit text="Przygotuj urządzenie" busy_text="Przygotowywanie…" busy/>
            </form>
        </AuthPage>
    }
}

/// A cold start: the vault is opened by its passkey or its passphrase, with or without a network.
#[component]
pub fn Unlock() -> impl IntoView {
    let app: App = app();
    let passphrase = RwSignal::new(String::new());
    let (busy, error) = (RwSignal::new(false), RwSignal::new(None));
    let has_passkey = app.host().door().passkey;
    let open = move |by_passkey: bool| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        error.set(None);
        app.host().spawn(Box::pin(async move {
            let opened = match by_passkey {
                true => app.host().unlock_by_passkey().await,
                false => app.host().unlock(passphrase.get_untracked()).await,
            };
            if let Err(problem) = opened {
                error.set(Some(problem.to_string()));
                busy.set(false);
                app.host().focus("passphrase");
            }
        }));
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        open(false);
    };
    Effect::new(move |_| app.host().focus(if has_passkey { "passkey" } else { "passphrase" }));
    view! {
        <AuthPage title="Odblokuj" lead="Dane na tym urządzeniu są zaszyfrowane.".to_owned()>
            {has_passkey.then(|| view! {
                <button class="btn btn-primary btn-big" type="button" id="passkey" disabled=move || busy.get()
                    on:click=move |_| open(true)>
                    <Icon name="lock"/> " Odblokuj kluczem dostępu"
                </button>
            })}
            <form on:submit=submit novalidate>
                <SecretField id="passphrase" label="Hasło urządzenia" autocomplete="off" value=passphrase error/>
                <Submit text="Odblokuj" busy_text="Otwieranie…" busy second=has_passkey/>
            </form>
            <SomebodyElse/>
        </AuthPage>
    }
}

/// The way to the sign-in of another person.
#[component]
fn SomebodyElse() -> AnyView {
    let app: App = app();
    view! {
        <p class="auth-foot">
            <button class="btn btn-quiet" type="button" on:click=move |_| app.phase.set(super::context::Phase::SignIn)>
                "Zaloguj inną osobę"
            </button>
        </p>
    }
    .into_any()
}

/// Nothing opens the vault that is here any more.
#[component]
pub fn Closed() -> impl IntoView {
    let app: App = app();
    view! {
        <AuthPage title="Dane zamknięte na zawsze"
            lead="Dane na tym urządzeniu zostały zamknięte na zawsze po dziesięciu błędnych próbach.".to_owned()>
            <p>"Niewysłane wpisy zostaną dosłane do ośrodka, gdy będzie sieć. Szkice, których nie dokończono, \
                przepadły. Zaloguj się, aby przygotować urządzenie od nowa."</p>
            <button class="btn btn-primary btn-big" type="button"
                on:click=move |_| app.phase.set(super::context::Phase::SignIn)>"Zaloguj się"</button>
        </AuthPage>
    }
}

/// The device is held by another tab.
#[component]
pub fn OtherTab() -> impl IntoView {
    let app: App = app();
    view! {
        <AuthPage title="Asysta jest otwarta w innej karcie" lead="Jedna karta naraz: tak nic się nie pomiesza.".to_owned()>
            <button class="btn btn-primary btn-big" type="button" on:click=move |_| app.host().take_over()>
                "Pracuj w tej karcie"
            </button>
        </AuthPage>
    }
}

/// The device cannot keep data.
#[component]
pub fn Broken(
    /// Why, in Polish.
    reason: String,
) -> impl IntoView {
    view! {
        <AuthPage title="Nie można otworzyć danych" lead=reason>
            <p>"Zamknij wszystkie okna Asysty i otwórz ją ponownie. Jeśli to nie pomoże, zgłoś się do administratora. \
                To, co wysłano do ośrodka, jest bezpieczne."</p>
        </AuthPage>
    }
}
