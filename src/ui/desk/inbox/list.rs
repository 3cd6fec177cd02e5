//! The list of the papers that wait.

use super::{address, opened};
use crate::{
    api::desk::{DeskInbox, WaitingPaper},
    domain::{
        access::Role,
        documents::papers::OWN_WORK,
        ids::{RecordId, UserId},
        procedure::Life,
        words,
    },
    ui::{
        desk::{overview::name, own_work::paper_href},
        parts::{Badge, Empty, Icon, Tone},
    },
};
use chrono::NaiveDate;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// Ids of the links of the rows begin so.
pub const ROW_ID: &str = "czeka-";

/// What waits for the manager's decision, and what this person has not finished themselves.
pub fn list(data: &DeskInbox, waiting: &[WaitingPaper], open: Option<RecordId>, role: Role) -> AnyView {
    let decide = (role == Role::Manager).then(|| decide_card(data, waiting, open));
    let consult = consult_card(data);
    let own: Vec<AnyView> = data.own.iter().map(|paper| own_row(paper, &data.people, data.today)).collect();
    let own = match own.is_empty() {
        true if role == Role::Manager || consult.is_some() => ().into_any(),
        true => view! {
            <Empty icon="check" title="Nie ma niedokończonych dokumentów"
                text="Szkice i dokumenty zwrócone z uwagami pojawią się tutaj. Nowy dokument zaczyna się w teczce rodziny.">
                <a class="btn" href="/rodziny">"Rodziny"</a>
            </Empty>
        }
        .into_any(),
        false => view! {
            <section class="card" aria-labelledby="moje">
                <div class="card-head"><h2 id="moje">"Do dokończenia "<span class="count">{own.len()}</span></h2></div>
                <ul class="list">{own}</ul>
            </section>
        }
        .into_any(),
    };
    view! { <div class="stack">{decide}{consult}{own}</div> }.into_any()
}

/// Papers of others that wait for this person's opinion; each has a page where it is given.
fn consult_card(data: &DeskInbox) -> Option<AnyView> {
    let rows: Vec<AnyView> = data.consult.iter().map(|paper| own_row(paper, &data.people, data.today)).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="opinie">
                <div class="card-head"><h2 id="opinie">"Czekają na opinię "<span class="count">{rows.len()}</span></h2></div>
                <ul class="list">{rows}</ul>
            </section>
        }
        .into_any()
    })
}

fn decide_card(data: &DeskInbox, waiting: &[WaitingPaper], open: Option<RecordId>) -> AnyView {
    if waiting.is_empty() {
        return view! {
            <Empty icon="check" title="Nic nie czeka na decyzję."
                text="Dokument pojawi się tutaj kilka sekund po tym, jak ktoś go złoży."/>
        }
        .into_any();
    }
    let rows: Vec<AnyView> = waiting.iter().map(|paper| waiting_row(paper, &data.people, data.today, open)).collect();
    view! {
        <section class="card" aria-labelledby="czekaja">
            <div class="card-head"><h2 id="czekaja">"Czekają na decyzję "<span class="count">{rows.len()}</span></h2></div>
            <ul class="list">{rows}</ul>
        </section>
    }
    .into_any()
}

fn waiting_row(
    paper: &WaitingPaper,
    people: &BTreeMap<UserId, String>,
    today: NaiveDate,
    open: Option<RecordId>,
) -> AnyView {
    let what = words::sentence(&paper.paper.title());
    let meta = [family(paper, people), name(people, Some(paper.by)), words::relative_day(paper.on, today)].join(" · ");
    let title = match opened(paper) {
        Some(chosen) => {
            let href = address(Some(&chosen));
            let id = [ROW_ID, &paper.record.to_string()].concat();
            let current = (open == Some(paper.record)).then_some("true");
            view! { <a class="row-title" href=href id=id aria-current=current>{what}</a> }.into_any()
        }
        None => view! { <p class="row-title">{what}</p> }.into_any(),
    };
    view! {
        <li class="row">
            <span class="row-lead"><Icon name="document"/></span>
            <div class="row-main">{title}<p class="row-meta">{meta}</p></div>
            <span class="row-go" aria-hidden="true"></span>
        </li>
    }
    .into_any()
}

fn own_row(paper: &WaitingPaper, people: &BTreeMap<UserId, String>, today: NaiveDate) -> AnyView {
    let what = words::sentence(&paper.paper.title());
    let meta = [family(paper, people), words::relative_day(paper.on, today)].join(" · ");
    let href = match (&paper.family, paper.person) {
        (Some((code, _)), _) => Some(["/rodziny/", code, "/dokumenty/", &paper.record.to_string()].concat()),
        (None, person) => person.map(|user| paper_href(user, paper.record)),
    };
    let title = match href {
        Some(href) => view! { <a class="row-title" href=href>{what}</a> }.into_any(),
        None => view! { <p class="row-title">{what}</p> }.into_any(),
    };
    let remarks = paper.remarks.clone().filter(|_| paper.life == Life::Returned);
    let remarks = remarks.map(|text| view! { <p class="row-meta">"Do poprawy: "{text}</p> });
    let (tone, icon) = match paper.life {
        Life::Returned => (Tone::Warn, "undo"),
        _ => (Tone::Plain, "edit"),
    };
    view! {
        <li class="row">
            <span class="row-lead"><Icon name="edit"/></span>
            <div class="row-main">{title}<p class="row-meta">{meta}</p>{remarks}</div>
            <div class="row-trail"><Badge tone icon text=paper.life.label()/></div>
            <span class="row-go" aria-hidden="true"></span>
        </li>
    }
    .into_any()
}

/// In whose file it stands.
fn family(paper: &WaitingPaper, people: &BTreeMap<UserId, String>) -> String {
    match &paper.family {
        Some((code, surname)) => [code.as_str(), surname].join(" "),
        None if OWN_WORK.contains(&paper.paper) => "praca własna".to_owned(),
        None if paper.person.is_some() => name(people, paper.person),
        None => "poza teczkami rodzin".to_owned(),
    }
}
