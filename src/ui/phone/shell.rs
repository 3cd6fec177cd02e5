//! The frame of the phone: where one is, how sending stands, and the way to the four places.

use super::{
    cover::{Cover, Hide},
    families::FamiliesPage,
    family::FamilyPage,
    pages::PhonePage,
    today::TodayPage,
};
use crate::{
    domain::words,
    sync::engine::Exchange,
    ui::{
        context::{App, PhoneSession, app},
        fetched::{expect_phone_pages, phone_page},
        parts::{Empty, Icon},
        sign_in_again::SignInAgain,
    },
};
use leptos::prelude::*;
use leptos_router::{
    components::{A, Redirect, Route, Routes},
    hooks::use_location,
    path,
};

/// The assistant's app.
#[component]
pub fn PhoneShell(
    /// The open device.
    session: PhoneSession,
) -> impl IntoView {
    let app: App = app();
    expect_phone_pages();
    let hide = Hide::listening();
    let location = use_location();
    // A form takes the whole screen: its own "Zapisz" stands where the tabs were.
    let focused = move || {
        location.pathname.with(|path| {
            path.ends_with("/nowa")
                || path.ends_with("/popraw")
                || path.ends_with("/pisz")
                || path.ends_with("/karta")
                || path.contains("/dokumenty/nowy/")
        })
    };
    let demo = session.me.demo;
    let name = session.me.name.clone();
    view! {
        <div class="app" data-focus=move || focused().then_some("") data-covered=move || hide.covers().then_some("")>
            {demo.then(|| view! { <p class="demo-strip">"DANE FIKCYJNE"</p> })}
            <header class="topbar">
                <A href="/dzis" attr:class="topbar-brand"><Icon name="mark"/> <span>"Asysta"</span></A>
                <SyncLine/>
                <button class="btn btn-quiet topbar-hide" type="button" on:click=move |_| hide.now(app)>
                    <Icon name="eye-off"/> " Ukryj"
                </button>
            </header>
            <nav class="sidenav" aria-label="Główne">
                <Places/>
                <A href="/miesiac"><Icon name="calendar"/> " Mój miesiąc"</A>
                <A href="/telefon"><Icon name="phone"/> " Ten telefon"</A>
                <hr/>
                <p class="sidenav-who">{name}<br/><span>"asystent rodziny"</span></p>
                <button class="btn btn-quiet" type="button" on:click=move |_| app.host().lock()>
                    <Icon name="lock"/> " Zablokuj"
                </button>
            </nav>
            <main class="page" id="main" tabindex="-1">
                <SignInAgain title="Zaloguj się, aby wysłać" note="Wpisy są bezpieczne na tym telefonie."
                    done=Callback::new(move |()| app.host().sync())/>
                <UpdateReady/>
                <Routes fallback=NotHere>
                    <Route path=path!("/") view=|| view! { <Redirect path="/dzis"/> }/>
                    <Route path=path!("/dzis") view=TodayPage/>
                    <Route path=path!("/pulpit") view=|| view! { <Redirect path="/dzis"/> }/>
                    <Route path=path!("/rodziny") view=FamiliesPage/>
                    <Route path=path!("/rodziny/:code") view=FamilyPage/>
                    <Route path=path!("/rodziny/:code/wizyty/nowa") view=|| phone_page(PhonePage::NewVisit)/>
                    <Route path=path!("/rodziny/:code/wizyty/:id") view=|| phone_page(PhonePage::Entry)/>
                    <Route path=path!("/rodziny/:code/wizyty/:id/popraw") view=|| phone_page(PhonePage::CorrectVisit)/>
                    <Route path=path!("/rodziny/:code/zadania") view=|| phone_page(PhonePage::Tasks)/>
                    <Route path=path!("/rodziny/:code/druk/:what") view=|| phone_page(PhonePage::Print)/>
                    <Route path=path!("/rodziny/:code/zadania/:id") view=|| phone_page(PhonePage::Task)/>
                    <Route path=path!("/rodziny/:code/karta") view=|| phone_page(PhonePage::FamilyCard)/>
                    <Route path=path!("/rodziny/:code/dokumenty") view=|| phone_page(PhonePage::Papers)/>
                    <Route path=path!("/rodziny/:code/dokumenty/nowy/:paper") view=|| phone_page(PhonePage::NewPaper)/>
                    <Route path=path!("/rodziny/:code/dokumenty/:id") view=|| phone_page(PhonePage::Paper)/>
                    <Route path=path!("/rodziny/:code/porownanie/:id") view=|| phone_page(PhonePage::Comparison)/>
                    <Route path=path!("/wizyty/nowa") view=|| phone_page(PhonePage::PickFamily)/>
                    <Route path=path!("/miesiac") view=|| phone_page(PhonePage::Month)/>
                    <Route path=path!("/miesiac/:month") view=|| phone_page(PhonePage::Month)/>
                    <Route path=path!("/miesiac/:month/:paper") view=|| phone_page(PhonePage::MonthPaper)/>
                    <Route path=path!("/miesiac/:month/druk/:id") view=|| phone_page(PhonePage::PrintMonth)/>
                    <Route path=path!("/miesiac/:month/:paper/pisz") view=|| phone_page(PhonePage::WriteMonthPaper)/>
                    <Route path=path!("/synchronizacja") view=|| phone_page(PhonePage::Sync)/>
                    <Route path=path!("/telefon") view=|| phone_page(PhonePage::Device)/>
                </Routes>
            </main>
            <nav class="tabbar" aria-label="Główne"><Places/></nav>
            <Cover hide/>
        </div>
    }
}

/// The four places of the phone.
#[component]
fn Places() -> impl IntoView {
    view! {
        <A href="/dzis"><Icon name="today"/> " Dziś"</A>
        <A href="/rodziny"><Icon name="families"/> " Rodziny"</A>
        <A href="/wizyty/nowa"><Icon name="visit"/> " Nowy wpis"</A>
        <A href="/synchronizacja"><Icon name="sync"/> " Wysyłanie"</A>
    }
}

/// How sending stands, in words, on every screen (P9).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyncWords {
    /// For the eye: saved, sending, sent, offline, attention.
    pub state: &'static str,
    /// The icon that goes with it.
    pub icon: &'static str,
    /// What is so.
    pub text: String,
    /// Since when, or how many.
    pub note: String,
}

/// Reads how sending stands. Tracks the device and the network.
pub fn sync_words(app: App) -> Option<SyncWords> {
    let (waiting, troubles, last, complete) = app.read_standing(|replica| {
        let state = replica.state();
        let refused = replica.unsent().filter(|unsent| unsent.refused).count();
        (replica.waiting(), replica.troubles().count() + refused, state.last_sync, state.complete)
    })?;
    let exchange = app.session()?.device.exchange();
    let online = app.online.get();
    let words = |state, icon, text: String, note: String| Some(SyncWords { state, icon, text, note });
    if troubles > 0 {
        return words("attention", "warning", format!("{troubles} do wyjaśnienia"), String::new());
    }
    match (&exchange, waiting) {
        (Exchange::Running(fetched), 0) if !complete => {
            words("sending", "sync", "Pobieranie rodzin".into(), format!("{fetched}"))
        }
        (Exchange::Running(_), _) if waiting > 0 => {
            words("sending", "sync", "Wysyłanie".into(), format!("({waiting})"))
        }
        (_, 1..) if !online || matches!(exchange, Exchange::Failed(_)) => {
            words("offline", "offline", "Zapisane na telefonie".into(), format!("czeka na sieć ({waiting})"))
        }
        (_, 1..) => words("saved", "saved", "Zapisane na telefonie".into(), format!("do wysłania: {waiting}")),
        _ if !online => words("offline", "offline", "Bez sieci".into(), "wszystko wysłane".into()),
        _ => {
            let at = last.map(|at| words::time(crate::domain::calendar::warsaw_time(at).time())).unwrap_or_default();
            words("sent", "sent", "Wszystko wysłane".into(), at)
        }
    }
}

#[component]
fn SyncLine() -> impl IntoView {
    let app: App = app();
    let words = Memo::new(move |_| sync_words(app));
    move || {
        words.get().map(|words| {
            view! {
                <A href="/synchronizacja" attr:class="syncline" attr:data-state=words.state>
                    <Icon name=words.icon/>
                    <span role="status"><b>{words.text}</b> " " <span>{words.note}</span></span>
                </A>
            }
        })
    }
}

/// A new version waits: it takes over only when the person says so.
#[component]
fn UpdateReady() -> impl IntoView {
    let app: App = app();
    move || {
        app.update_ready.get().then(|| {
            view! {
                <div class="banner">
                    <Icon name="info"/>
                    <div><p>"Jest nowa wersja Asysty. Szkice i wpisy zostaną."</p></div>
                    <button class="btn" type="button" on:click=move |_| app.host().apply_update()>"Zaktualizuj"</button>
                </div>
            }
        })
    }
}

/// An address that leads nowhere.
#[component]
pub fn NotHere() -> impl IntoView {
    view! {
        <Empty icon="search" title="Nie ma takiej strony" text="Możliwe, że rodzina ma już innego asystenta.">
            <A href="/dzis" attr:class="btn">"Wróć na stronę Dziś"</A>
        </Empty>
    }
}
