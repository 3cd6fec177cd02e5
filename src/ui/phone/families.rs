//! *Rodziny*: the assistant's own families, with stage, last and next visit, and a search that needs no network.

use crate::{
    domain::{caseload::FamilyLine, words},
    ui::{
        context::{App, app},
        form::privacy::private_line,
        parts::{Empty, Icon, StageBadge},
    },
};
use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_router::components::A;

/// Does a family answer to what is searched: surname, code or locality, without regard to Polish letters?
pub fn matches(line: &FamilyLine, search: &str) -> bool {
    let text = words::folded(&format!("{} {} {}", line.surname, line.code, line.locality));
    words::folded(search).split_whitespace().all(|word| text.contains(word))
}

/// The page. A wide screen has room for a family beside the list; there it says so until one is chosen.
#[component]
pub fn FamiliesPage() -> impl IntoView {
    view! {
        <div class="panes" data-show="list">
            <div class="pane-list">
                <header class="page-head"><div><h1>"Rodziny"</h1></div></header>
                <FamilyList href=page_of/>
            </div>
            <div class="pane-detail">
                <Empty icon="families" title="Wybierz rodzinę" text="Jej karta otworzy się tutaj."/>
            </div>
        </div>
    }
}

/// A family's page, on a wide screen with the list of all families beside it.
pub fn beside_list(page: impl IntoView + 'static) -> AnyView {
    view! {
        <div class="panes" data-show="detail">
            <nav class="pane-list" aria-label="Rodziny"><FamilyList href=page_of/></nav>
            <div class="pane-detail">{page.into_any()}</div>
        </div>
    }
    .into_any()
}

fn page_of(code: &str) -> String {
    format!("/rodziny/{code}")
}

/// The list with its search; each row leads where `href` says.
#[component]
pub fn FamilyList(
    /// The address of a row, from the family's code.
    href: fn(&str) -> String,
) -> impl IntoView {
    let app: App = app();
    let search = RwSignal::new(String::new());
    let families = Memo::new(move |_| {
        let today = app.today.get();
        app.read(|replica| replica.families(today)).unwrap_or_default()
    });
    let rows = move || {
        let today = app.today.get();
        let found: Vec<_> = families.with(|families| {
            search.with(|search| families.iter().filter(|line| matches(line, search)).cloned().collect())
        });
        match (found.is_empty(), families.with(Vec::is_empty)) {
            (true, true) => view! {
                <Empty icon="families" title="Nie ma jeszcze przydzielonych rodzin"
                    text="Rodzina pojawi się tutaj, gdy kierownik ją przydzieli i telefon połączy się z siecią."/>
            }
            .into_any(),
            (true, false) => view! {
                <Empty icon="search" title="Nic nie znaleziono" text="Szukaj po nazwisku, kodzie albo miejscowości."/>
            }
            .into_any(),
            _ => view! { <ul class="list card">{found.into_iter().map(|line| row(line, today, href)).collect_view()}</ul> }
                .into_any(),
        }
    };
    view! {
        <label class="search">
            <span class="visually-hidden">"Szukaj rodziny"</span>
            <Icon name="search"/>
            <input type="search" placeholder="Nazwisko, kod, miejscowość"
                prop:value=move || search.get() on:input=move |event| search.set(event_target_value(&event))
                {..private_line()}/>
        </label>
        <div class="stack" aria-live="polite">{rows}</div>
    }
}

fn row(line: FamilyLine, today: NaiveDate, href: fn(&str) -> String) -> AnyView {
    let last = match line.last_visit {
        Some(day) => format!("ostatnia wizyta {}", words::relative_day(day, today)),
        None => "jeszcze bez wizyty".to_owned(),
    };
    let next = line.next_visit.filter(|next| next.date() >= today).map(|next| {
        let state = (next.date() == today).then_some("today");
        view! {
            <span class="badge" data-state=state><Icon name="calendar"/> {words::relative_day(next.date(), today)} ", " {words::time(next.time())}</span>
        }
    });
    view! {
        <li class="row">
            <span class="row-lead num">{line.code.clone()}</span>
            <div class="row-main">
                <A href=href(&line.code) attr:class="row-title">{line.surname}</A>
                <p class="row-meta">{line.locality} " · " {last}</p>
                <p class="row-meta"><StageBadge stage=line.stage/> " " {next}</p>
            </div>
            <span class="row-go" aria-hidden="true"></span>
        </li>
    }
    .into_any()
}
