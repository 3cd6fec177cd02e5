//! *Porównanie wersji* at the desk: of a paper or an entry in a family's file, and of a paper of somebody's own work.

use super::{family::Reader, live::Live, own_work};
use crate::{
    api::{
        desk::{FamilyFile, OwnWork, read_family, read_own_work},
        history::{RecordHistory, read_history},
    },
    domain::{
        access::Role,
        history::of_same_kind,
        ids::{RecordId, UserId},
        record::Record,
    },
    ui::{
        context::app,
        parts::{
            Icon, PageHead,
            comparison::{Asked, Compared, comparison_view, title},
        },
    },
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map, use_query_map},
};
use std::sync::Arc;

/// The page `/rodziny/:code/porownanie/:id`.
#[component]
pub fn DeskComparison() -> AnyView {
    let params = use_params_map();
    let which = Memo::new(move |_| {
        params.with(|params| Some((params.get("code")?, params.get("id")?.parse::<RecordId>().ok()?)))
    });
    // Another record is another page.
    view! { {move || which.get().map(|(code, id)| of_family(code, id))} }.into_any()
}

/// The page `/pracownicy/:user/porownanie/:id`.
#[component]
pub fn DeskOwnComparison() -> AnyView {
    let params = use_params_map();
    let which = Memo::new(move |_| {
        params.with(|params| {
            Some((params.get("user")?.parse::<UserId>().ok()?, params.get("id")?.parse::<RecordId>().ok()?))
        })
    });
    view! { {move || which.get().map(|(user, id)| of_own_work(user, id))} }.into_any()
}

/// A file with the versions of one of its records, read once: what others write does not move it under the eyes.
struct Told<T> {
    file: T,
    history: RecordHistory,
}

fn of_family(code: String, id: RecordId) -> AnyView {
    let (asked, back) = (code.clone(), ["/rodziny/", &code, "?widok=dokumenty"].concat());
    let live = Live::once(
        |told: &Told<FamilyFile>| told.file.rev,
        move || {
            let code = asked.clone();
            Box::pin(async move { Ok(Told { file: read_family(code).await?, history: read_history(id).await? }) })
        },
    );
    page(live, back, "Teczka", move |told, role| {
        let reader = Reader::of_family(&told.file, role);
        compared(&reader, ["/rodziny/", &code].concat(), &told.file.records, &told.history)
    })
}

fn of_own_work(user: UserId, id: RecordId) -> AnyView {
    let back = own_work::file_href(user);
    let live = Live::once(
        |told: &Told<OwnWork>| told.file.rev,
        move || {
            Box::pin(async move { Ok(Told { file: read_own_work(user).await?, history: read_history(id).await? }) })
        },
    );
    page(live, back.clone(), "Praca własna", move |told, role| {
        let reader = Reader::of_own_work(&told.file, role);
        compared(&reader, back.clone(), &told.file.records, &told.history)
    })
}

fn compared(reader: &Reader, base: String, records: &[Record], history: &RecordHistory) -> Option<Compared> {
    let standing = history.versions.last()?.clone();
    let mut people = reader.people();
    people.extend(history.people.clone());
    Some(Compared {
        base: [&base, "/porownanie/", &standing.id.to_string()].concat(),
        own: history.versions.clone(),
        others: of_same_kind(&standing, records.iter()),
        standing,
        book: reader.book.clone(),
        referred: reader.referred.clone(),
        people,
        may_see: reader.may_see(),
    })
}

fn page<T: Send + Sync + 'static>(
    live: Live<T>,
    back: String,
    back_to: &'static str,
    read: impl Fn(&T, Option<Role>) -> Option<Compared> + Send + Sync + 'static,
) -> AnyView {
    let app = app();
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(Asked::read));
    let navigate = StoredValue::new_local(use_navigate());
    let go = Callback::new(move |to: String| {
        let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
        navigate.with_value(|navigate| navigate(&to, options));
    });
    let read = Arc::new(read);
    let of = Arc::clone(&read);
    let over = live.fact(move |told| of(told, None).map(|compared| title(&compared.standing)).unwrap_or_default());
    let shown = move || {
        let told = untrack(|| live.get());
        match told.and_then(|told| read(&told, untrack(|| app.me()).map(|me| me.role))) {
            Some(compared) => comparison_view(Arc::new(compared), asked, go),
            None => ().into_any(),
        }
    };
    view! {
        <PageHead title="Porównanie wersji".to_owned() over lead=live.freshness()>
            <a class="btn btn-quiet" href=back><Icon name="back"/>" "{back_to}</a>
            <button class="btn no-print" type="button" on:click=move |_| app.host().print()>
                <Icon name="print"/>" Drukuj"
            </button>
        </PageHead>
        {live.view("Odczyt wersji", shown)}
    }
    .into_any()
}
