//! The frame of the desk: side navigation, the pages of the role.

use super::{
    context::{App, app},
    desk::{
        DeskCalendar, DeskComparison, DeskDevicePrint, DeskDevices, DeskDirectory, DeskFamilies, DeskFamily,
        DeskFamilyCard, DeskForm, DeskForms, DeskInboxPage, DeskIntake, DeskNewOwnPaper, DeskNewPaper, DeskOther,
        DeskOverview, DeskOwnComparison, DeskOwnPaper, DeskOwnPrint, DeskOwnWork, DeskPaper, DeskPrint, DeskSettings,
        DeskStaffPage, Inbox, InboxPlace, Unsaved,
    },
    look::LookChooser,
    parts::Icon,
    phone::shell::NotHere,
    sign_in_again::SignInAgain,
};
use crate::{
    api::session::Me,
    domain::access::{Deed, Object, Role, Tie, may},
};
use leptos::prelude::*;
use leptos_router::{
    components::{A, Redirect, Route, Routes},
    path,
};

/// The app of a manager, social worker, administrator or data protection officer.
#[component]
pub fn DeskShell(
    /// Who is signed in.
    me: Me,
) -> impl IntoView {
    let app: App = app();
    Unsaved::provide();
    // Whoever comes in has a session.
    app.needs_sign_in.set(false);
    let sees_families = matches!(me.role, Role::Manager | Role::SocialWorker);
    let sets_up = may(me.role, Deed::Write, Object::Settings, Tie::Own);
    let cuts_off = may(me.role, Deed::Decide, Object::Accounts, Tie::Office);
    let inbox = sees_families.then(|| (Inbox::provide(), me.role));
    let (name, role) = (me.name.clone(), me.role.label());
    view! {
        <div class="app">
            {me.demo.then(|| view! { <p class="demo-strip">"DANE FIKCYJNE"</p> })}
            <header class="topbar">
                <A href="/pulpit" attr:class="topbar-brand"><Icon name="mark"/> <span>"Asysta"</span></A>
                <button class="btn btn-quiet topbar-hide" type="button" on:click=move |_| app.host().sign_out()>
                    <Icon name="logout"/> " Wyloguj"
                </button>
            </header>
            <nav class="sidenav" aria-label="Główne">
                <Places inbox/>
                {sees_families.then(|| view! { <A href="/instytucje"><Icon name="office"/> " Instytucje"</A> })}
                {cuts_off.then(|| view! { <A href="/telefony"><Icon name="phone"/> " Telefony"</A> })}
                {sets_up.then(|| view! { <A href="/ustawienia"><Icon name="settings"/> " Ustawienia ośrodka"</A> })}
                <hr/>
                {sees_families.then(|| view! { <A href="/kalendarz"><Icon name="calendar"/> " Terminy w kalendarzu"</A> })}
                <details class="sidenav-look"><summary><Icon name="settings"/> " Wygląd"</summary><LookChooser/></details>
                <p class="sidenav-who">{name}<br/><span>{role}</span></p>
            </nav>
            <main class="page page-wide" id="main" tabindex="-1">
                <SignInAgain title="Zaloguj się, aby zapisać" note="To, co wpisane, zostaje na ekranie."/>
                {match sees_families {
                    true => view! {
                        <Routes fallback=NotHere>
                            <Route path=path!("/") view=|| view! { <Redirect path="/pulpit"/> }/>
                            <Route path=path!("/dzis") view=|| view! { <Redirect path="/pulpit"/> }/>
                            <Route path=path!("/pulpit") view=DeskOverview/>
                            <Route path=path!("/rodziny") view=DeskFamilies/>
                            <Route path=path!("/rodziny/:code") view=DeskFamily/>
                            <Route path=path!("/rodziny/:code/karta") view=DeskFamilyCard/>
                            <Route path=path!("/rodziny/:code/dokumenty/nowy/:paper") view=DeskNewPaper/>
                            <Route path=path!("/rodziny/:code/dokumenty/:id") view=DeskPaper/>
                            <Route path=path!("/rodziny/:code/druk/:what") view=DeskPrint/>
                            <Route path=path!("/rodziny/:code/porownanie/:id") view=DeskComparison/>
                            <Route path=path!("/do-decyzji") view=DeskInboxPage/>
                            <Route path=path!("/nowa-rodzina") view=DeskIntake/>
                            <Route path=path!("/kalendarz") view=DeskCalendar/>
                            <Route path=path!("/pracownicy") view=DeskStaffPage/>
                            <Route path=path!("/pracownicy/:user") view=DeskOwnWork/>
                            <Route path=path!("/pracownicy/:user/dokumenty/nowy/:paper") view=DeskNewOwnPaper/>
                            <Route path=path!("/pracownicy/:user/dokumenty/:id") view=DeskOwnPaper/>
                            <Route path=path!("/pracownicy/:user/porownanie/:id") view=DeskOwnComparison/>
                            <Route path=path!("/instytucje") view=DeskDirectory/>
                            <Route path=path!("/pracownicy/:user/druk/:id") view=DeskOwnPrint/>
                            <Route path=path!("/telefony") view=DeskDevices/>
                            <Route path=path!("/telefony/:device/druk") view=DeskDevicePrint/>
                            <Route path=path!("/ustawienia") view=DeskSettings/>
                            <Route path=path!("/ustawienia/formularze") view=DeskForms/>
                            <Route path=path!("/ustawienia/formularze/:form") view=DeskForm/>
                        </Routes>
                    }.into_any(),
                    false => view! { <DeskOther/> }.into_any(),
                }}
            </main>
            <nav class="tabbar" aria-label="Główne"><Places inbox/></nav>
        </div>
    }
}

/// The places of the desk; some for those who see families, one for the manager alone.
#[component]
fn Places(inbox: Option<(Inbox, Role)>) -> impl IntoView {
    let of_families = inbox.map(|(inbox, role)| {
        view! {
            <InboxPlace inbox role/>
            <A href="/rodziny"><Icon name="families"/> " Rodziny"</A>
            {(role == Role::Manager).then(|| view! { <A href="/pracownicy"><Icon name="person"/> " Pracownicy"</A> })}
        }
    });
    view! {
        <A href="/pulpit"><Icon name="chart"/> " Pulpit"</A>
        {of_families}
    }
}
