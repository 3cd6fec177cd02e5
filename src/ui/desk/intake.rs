//! *Nowe zgłoszenie*: one form opens a case. What it says of the family goes by itself into its card.

mod changes;
mod form;
mod found;
mod office;
mod path;
mod sending;
mod worker;

use office::{Office, read_office};
pub use path::Path;

use super::live::Live;
use crate::{
    api::{
        desk::{FamilyFile, read_family},
        session::Me,
    },
    ui::{
        context::app,
        parts::{Banner, Empty, PageHead, Tone},
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The page `/nowa-rodzina`, or `/nowa-rodzina?rodzina=R11` for another case of a family.
#[component]
pub fn DeskIntake() -> AnyView {
    let query = use_query_map();
    let code = Memo::new(move |_| query.with(|parts| parts.get("rodzina")).filter(|code| !code.is_empty()));
    // Another family is another form.
    view! { {move || page(code.get())} }.into_any()
}

fn page(code: Option<String>) -> AnyView {
    let app = app();
    let Some(me) = untrack(|| app.me()) else { return ().into_any() };
    if Path::open_to(me.role).is_empty() {
        return view! {
            <PageHead title="Nowe zgłoszenie".to_owned() back=("/rodziny", "Rodziny")/>
            <Empty icon="lock" title="Zgłoszenie przyjmuje pracownik socjalny" text="Na tym koncie nie zakłada się spraw."/>
        }
        .into_any();
    }
    match code {
        None => of_new_family(me),
        Some(code) => of_known_family(me, code),
    }
}

fn of_new_family(me: Me) -> AnyView {
    let live = Live::new(|office: &Office| office.families.rev, || Box::pin(read_office()));
    let shown = live.view("Odczyt formularza", move || match untrack(|| live.get()) {
        // What is written here must not be lost when the office is read anew.
        Some(office) => form::view(me.clone(), office.book.clone(), None, Some(live)),
        None => ().into_any(),
    });
    view! {
        <PageHead title="Nowe zgłoszenie".to_owned() back=("/rodziny", "Rodziny")
            lead="Wypełnia się raz. Nazwisko i adres same trafią do karty rodziny.".to_owned()/>
        {shown}
    }
    .into_any()
}

fn of_known_family(me: Me, code: String) -> AnyView {
    let asked = code.clone();
    let live = Live::new(|file: &FamilyFile| file.rev, move || Box::pin(read_family(asked.clone())));
    let over = live.fact(|file| [file.line.code.as_str(), " ", &file.line.surname].concat());
    let shown = live.view("Odczyt teczki", move || {
        // What is written here must not be lost when the file is read anew.
        let Some(file) = untrack(|| live.get()) else { return ().into_any() };
        match file.line.stage.is_ended() {
            true => form::view(me.clone(), file.book.clone(), Some(file), None),
            false => still_open(&file),
        }
    });
    view! {
        <PageHead title="Nowa sprawa rodziny".to_owned() over back=("/rodziny", "Rodziny")/>
        {shown}
    }
    .into_any()
}

fn still_open(file: &FamilyFile) -> AnyView {
    let href = ["/rodziny/", &file.line.code].concat();
    view! {
        <Banner tone=Tone::Warn lead="Rodzina ma już otwartą sprawę.".to_owned()
            text="Nową można założyć dopiero po jej zakończeniu.".to_owned()>
            <a class="btn" href=href>"Otwórz teczkę"</a>
        </Banner>
    }
    .into_any()
}
