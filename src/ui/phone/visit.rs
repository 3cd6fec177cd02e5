//! The visit card being filled in (zał. 8): one hand, no network, a minute. Everything is saved field by
//! field; finishing writes the entry, its new tasks and its checks in one durable step.

mod form;
mod next_visit;
mod opening;
mod outcome;
mod sections;
mod seen;
mod writing;

use super::{
    families::FamilyList,
    family::{code_param, family_of_address},
    shell::NotHere,
};
use crate::{
    domain::codes::EntryKind,
    ui::context::{App, app},
};
use form::VisitForm;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// `/wizyty/nowa`: whose visit it is.
#[component]
pub fn PickFamilyPage() -> impl IntoView {
    let query = use_query_map();
    let start = query.with_untracked(|query| query.get("start").is_some());
    let href = if start {
        |code: &str| format!("/rodziny/{code}/wizyty/nowa?start=1")
    } else {
        |code: &str| format!("/rodziny/{code}/wizyty/nowa")
    };
    view! {
        <header class="page-head"><div><h1>"U kogo?"</h1><p class="page-lead">"Wybierz rodzinę, której dotyczy wpis."</p></div></header>
        <FamilyList href/>
    }
}

/// `/rodziny/R11/wizyty/nowa`: the card itself.
#[component]
pub fn NewVisitPage() -> impl IntoView {
    let app: App = app();
    let code = code_param();
    let line = family_of_address(app, code);
    let query = use_query_map();
    let kind = Memo::new(move |_| {
        query
            .with(|query| query.get("rodzaj").and_then(|code| code.parse::<EntryKind>().ok()))
            .unwrap_or(EntryKind::Visit)
    });
    let start = query.with_untracked(|query| query.get("start").is_some());
    let family = Memo::new(move |_| line.with(|line| line.as_ref().map(|line| line.family)));
    // The form is made once per family and kind; news that arrive meanwhile do not disturb it.
    move || match (family.get(), app.session()) {
        (Some(_), Some(session)) => match line.get_untracked() {
            Some(line) => view! { <VisitForm session line kind=kind.get() start/> }.into_any(),
            None => view! { <NotHere/> }.into_any(),
        },
        _ => view! { <NotHere/> }.into_any(),
    }
}
