//! The visit card being filled in (zał. 8): one hand, no network, a minute. Everything is saved field by
//! field; finishing writes the entry, its new tasks and its checks in one durable step. A finished entry
//! is corrected on the same screen.

mod banners;
mod form;
mod next_visit;
mod opening;
mod outcome;
mod sections;
mod seen;
mod urgent;
mod writing;

use super::{
    families::FamilyList,
    family::{code_param, family_of_address},
    shell::NotHere,
};
use crate::{
    domain::{
        codes::EntryKind,
        documents::RecordKind,
        ids::{FamilyId, RecordId},
    },
    ui::context::{App, PhoneSession, app},
};
use form::VisitForm;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use opening::{Opening, open_correction, open_new};
pub use opening::{correction_of, reported};

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
            Some(line) => {
                let opening =
                    session.device.with_pen(|pen| open_new(&session.device.replica(), &line, kind.get(), start, pen));
                view! { <VisitForm session line opening/> }.into_any()
            }
            None => view! { <NotHere/> }.into_any(),
        },
        _ => view! { <NotHere/> }.into_any(),
    }
}

/// `/rodziny/R11/wizyty/<id>/popraw`: the same card, filled with an entry of one's own.
#[component]
pub fn CorrectVisitPage() -> impl IntoView {
    let app: App = app();
    let line = family_of_address(app, code_param());
    let family = Memo::new(move |_| line.with(|line| line.as_ref().map(|line| line.family)));
    let params = use_params_map();
    let entry = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<RecordId>().ok()));
    // Made once per entry, like the form of a new one.
    move || {
        let (family, entry, session) = (family.get(), entry.get(), app.session());
        let form = line.get_untracked().zip(session).and_then(|(line, session)| {
            let opening = open_own(&session, family?, entry?)?;
            Some(view! { <VisitForm session line opening/> }.into_any())
        });
        form.unwrap_or_else(|| view! { <NotHere/> }.into_any())
    }
}

/// Only the author corrects an entry.
fn open_own(session: &PhoneSession, family: FamilyId, entry: RecordId) -> Option<Opening> {
    let replica = session.device.replica();
    let entry = replica.record(entry).filter(|record| record.kind == RecordKind::Visit && record.family == family)?;
    let own = entry.made.by == replica.me;
    own.then(|| session.device.with_pen(|pen| open_correction(&replica, entry, pen)))
}
