//! Papers of a family on the phone: what there is, and what can be begun. Filled in and handed in offline.

mod background;
mod form;
mod opening;
mod pages;
mod steps;

use super::{
    family::{code_param, family_of_address},
    shell::NotHere,
};
use crate::{
    domain::{
        access::Role,
        answer_words::Referred,
        caseload::FamilyLine,
        documents::{
            RecordKind,
            papers::{
                ON_PHONE, consultation,
                course::{LIFE, PAGE_OWED, PAPER, REMARKS, owes_page},
                offered_on_phone, rights,
            },
        },
        form::Sensitivity,
        history::has_previous,
        ids::RecordId,
        order::{set_of, sort_by_key},
        paper_words,
        print::{What, months_of_entries},
        procedure::{Life, Paper},
        record::Record,
        words,
    },
    sync::replica::{Draft, Replica},
    ui::{
        context::{App, PhoneSession, app},
        form::own::closing,
        parts::{Badge, Empty, Icon, Tone, paper_view, photos_and_drawings, prints_card},
    },
};
use chrono::NaiveDate;
pub use form::{Home, PaperForm};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
pub use opening::{Opening, form_of_draft, going_on};
use opening::{open_new, open_standing};

/// `/rodziny/R11/dokumenty`: what there is, and what can be begun.
#[component]
pub fn PapersPage() -> AnyView {
    let app: App = app();
    let line = family_of_address(app, code_param());
    (move || match line.get() {
        Some(line) => page(app, &line),
        None => view! { <NotHere/> }.into_any(),
    })
    .into_any()
}

fn page(app: App, line: &FamilyLine) -> AnyView {
    let (today, surname) = (app.today.get(), line.surname.clone());
    let (papers, drafts) = app.read(|replica| listed(replica, line, today)).unwrap_or_default();
    let empty = (papers.is_empty() && drafts.is_empty()).then(|| {
        view! {
            <Empty icon="document" title="Nie ma jeszcze dokumentów" text="Dokument zaczyna się na dole tej strony. Działa także bez sieci."/>
        }
    });
    let card = |title: &'static str, rows: Vec<AnyView>| {
        (!rows.is_empty()).then(|| {
            view! {
                <section class="card" aria-label=title>
                    <div class="card-head"><h2>{title} " " <span class="count">{rows.len()}</span></h2></div>
                    <ul class="list">{rows}</ul>
                </section>
            }
        })
    };
    let months = app
        .read(|replica| {
            let records: Vec<&Record> = replica.of_family(line.family, RecordKind::Visit).collect();
            months_of_entries(&records)
        })
        .unwrap_or_default();
    let flags = set_of(line.flags.iter().filter_map(|flag| flag.parse().ok()));
    let (now, others) = offered_on_phone(line.stage, &flags);
    view! {
        <header class="page-head">
            <div>
                <p class="page-over"><A href=format!("/rodziny/{}", line.code)>{surname}</A></p>
                <h1>"Dokumenty"</h1>
            </div>
        </header>
        <div class="stack">
            {empty}
            {card("Niedokończone", drafts)}
            {card("W teczce", papers)}
            {offers("needed-now", "Teraz potrzebne", line, &now)}
            {offers("others", "Inne dokumenty", line, &others)}
            {prints_card(&line.code, months)}
        </div>
    }
    .into_any()
}

/// Papers that can be begun.
fn offers(id: &'static str, title: &'static str, line: &FamilyLine, papers: &[Paper]) -> Option<AnyView> {
    if papers.is_empty() {
        return None;
    }
    let links: Vec<AnyView> = papers
        .iter()
        .map(|paper| {
            let href = format!("/rodziny/{}/dokumenty/nowy/{}", line.code, paper.code());
            let name = words::sentence(&offered_as(*paper));
            view! { <A href=href attr:class="btn"><Icon name="document"/> " " {name}</A> }.into_any()
        })
        .collect();
    Some(
        view! {
            <section class="section" aria-labelledby=id>
                <h2 class="section-head" id=id>{title}</h2>
                <div class="actions">{links}</div>
            </section>
        }
        .into_any(),
    )
}

/// The assessment is written once and printed twice.
fn offered_as(paper: Paper) -> String {
    match paper {
        Paper::Review => "okresowa ocena (zał. 7 i 15)".to_owned(),
        other => other.title(),
    }
}

/// The papers of a family and those that are being written, the newest first.
fn listed(replica: &Replica, line: &FamilyLine, today: NaiveDate) -> (Vec<AnyView>, Vec<AnyView>) {
    let mut papers: Vec<&Record> = replica.of_family(line.family, RecordKind::Paper).collect();
    sort_by_key(&mut papers, |record| std::cmp::Reverse(record.id));
    let papers = papers.into_iter().map(|record| paper_row(line, record, today)).collect();
    let own = |draft: &&Draft| draft.kind == RecordKind::Paper && draft.family == line.family;
    let drafts = replica.drafts().into_iter().filter(own).map(|draft| draft_row(line, draft)).collect();
    (papers, drafts)
}

fn paper_row(line: &FamilyLine, record: &Record, today: NaiveDate) -> AnyView {
    let href = format!("/rodziny/{}/dokumenty/{}", line.code, record.id);
    let life = record.answers.get(LIFE).unwrap_or(Life::Draft);
    let day = crate::domain::calendar::warsaw_day(record.changed.at);
    let title = paper_words::title(&record.answers);
    let remarks = record.answers.text(REMARKS).to_owned();
    let remarks = (life == Life::Returned).then(|| view! { <p class="row-meta">{remarks}</p> });
    view! {
        <li class="row">
            <span class="row-lead"><Icon name="document"/></span>
            <div class="row-main">
                <A href=href attr:class="row-title">{title}</A>
                <p class="row-meta">{words::relative_day(day, today)}</p>
                {remarks}
            </div>
            <div class="row-trail">{life_badge(life)} " " {awaited(record)}</div>
            <span class="row-go" aria-hidden="true"></span>
        </li>
    }
    .into_any()
}

fn draft_row(line: &FamilyLine, draft: &Draft) -> AnyView {
    let href = format!("/rodziny/{}/dokumenty/{}", line.code, draft.record);
    let title = paper_words::title(&draft.answers);
    view! {
        <li class="row">
            <span class="row-lead"><Icon name="edit"/></span>
            <div class="row-main">
                <A href=href attr:class="row-title">{title}</A>
                <p class="row-meta">"szkic tylko na tym telefonie"</p>
            </div>
            <span class="row-go" aria-hidden="true"></span>
        </li>
    }
    .into_any()
}

/// A plan is shown to wait for the social worker's opinion; its course does not.
fn awaited(record: &Record) -> Option<AnyView> {
    consultation::is_awaited(&record.answers)
        .then(|| view! { <Badge tone=Tone::Warn icon="clock" text=consultation::AWAITED/> }.into_any())
}

/// How far a paper has come.
pub fn life_badge(life: Life) -> AnyView {
    let (tone, icon) = match life {
        Life::Draft => (Tone::Plain, "edit"),
        Life::Returned => (Tone::Warn, "undo"),
        Life::Signed => (Tone::Accent, "sent"),
        Life::Approved => (Tone::Ok, "check"),
    };
    view! { <Badge tone icon text=life.label()/> }.into_any()
}

/// `/rodziny/R11/dokumenty/nowy/NOTE`: a paper that begins.
#[component]
pub fn NewPaperPage() -> AnyView {
    let app: App = app();
    let line = family_of_address(app, code_param());
    let family = Memo::new(move |_| line.with(|line| line.as_ref().map(|line| line.family)));
    let params = use_params_map();
    let paper = Memo::new(move |_| params.with(|params| params.get("paper")?.parse::<Paper>().ok()));
    // Made once per family and paper; news that arrive meanwhile do not disturb it.
    (move || {
        let (_family, paper, session) = (family.get(), paper.get(), app.session());
        let opened = line.get_untracked().zip(paper).zip(session).and_then(|((line, paper), session)| {
            let opening = session.device.with_pen(|pen| open_new(&session.device.replica(), &line, paper, pen))?;
            Some(filling(session, line, opening))
        });
        opened.unwrap_or_else(|| view! { <NotHere/> }.into_any())
    })
    .into_any()
}

/// `/rodziny/R11/dokumenty/<id>`: a paper that is being written, or one that is read.
#[component]
pub fn PaperPage() -> AnyView {
    let app: App = app();
    let line = family_of_address(app, code_param());
    let family = Memo::new(move |_| line.with(|line| line.as_ref().map(|line| line.family)));
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<RecordId>().ok()));
    (move || {
        let (_family, id, session) = (family.get(), id.get(), app.session());
        let shown = line.get_untracked().zip(id).zip(session).and_then(|((line, id), session)| {
            let opening = session.device.with_pen(|pen| open_standing(&session.device.replica(), &line, id, pen));
            match opening {
                Some(opening) => Some(filling(session, line, opening)),
                None => app.read(|replica| reading(app, replica, &line, id)).flatten(),
            }
        });
        shown.unwrap_or_else(|| view! { <NotHere/> }.into_any())
    })
    .into_any()
}

fn filling(session: PhoneSession, line: FamilyLine, opening: Opening) -> AnyView {
    view! { <PaperForm session home=Home::of_family(&line) opening/> }.into_any()
}

/// May this person go on writing it?
fn is_open(record: &Record) -> bool {
    let life = record.answers.get(LIFE).unwrap_or(Life::Draft);
    let paper = record.answers.get(PAPER);
    matches!(life, Life::Draft | Life::Returned)
        && paper.is_some_and(|paper| ON_PHONE.contains(&paper) && rights::of(paper).prepare.contains(&Role::Assistant))
}

/// The way to the paper beside its earlier version, if it has one.
fn compare_link(line: &FamilyLine, record: &Record, replica: &Replica) -> Option<AnyView> {
    let of_family = replica.records().filter(|other| other.family == record.family);
    let href = has_previous(record, of_family).then(|| format!("/rodziny/{}/porownanie/{}", line.code, record.id))?;
    Some(
        view! { <A href=href attr:class="btn btn-quiet"><Icon name="copy"/>" Porównaj z poprzednią wersją"</A> }
            .into_any(),
    )
}

fn reading(app: App, replica: &Replica, line: &FamilyLine, id: RecordId) -> Option<AnyView> {
    let record =
        replica.record(id).filter(|record| record.kind == RecordKind::Paper && record.family == line.family)?;
    let referred = Referred::of(replica.records().filter(|record| record.family == line.family));
    let name_of = |id: &str| id.parse().map(|id| replica.name_of(id).to_owned()).unwrap_or_default();
    // Everybody in the case team reads the whole paper; what is on a print for the family is another matter.
    let all: fn(Sensitivity) -> bool = |_| true;
    let form = replica.book().form_of(record);
    let sections = paper_words::sections(form, &record.answers, &referred, &name_of, all);
    let life = record.answers.get(LIFE).unwrap_or(Life::Draft);
    let owed = owes_page(&record.answers).then(|| view! { <Badge tone=Tone::Warn icon="warning" text=PAGE_OWED/> });
    Some(
        view! {
            <header class="page-head">
                <div>
                    <p class="page-over"><A href=format!("/rodziny/{}/dokumenty", line.code)>"Dokumenty"</A> " · " {line.surname.clone()}</p>
                    <h1>{paper_words::title(&record.answers)}</h1>
                    <p class="page-lead">{life_badge(life)}" "{awaited(record)}" "{owed}</p>
                </div>
                <div class="actions">{compare_link(line, record, replica)}<A href=What::Paper(id).address(&line.code) attr:class="btn"><Icon name="print"/> " Drukuj"</A></div>
            </header>
            <div class="stack">
                {paper_view(sections)}
                {photos_and_drawings(record)}
                {closing(&replica.book().texts_of(record))}
                {pages::section(app, record)}
            </div>
        }
        .into_any(),
    )
}
