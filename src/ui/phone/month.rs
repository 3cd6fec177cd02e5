//! *Mój miesiąc*: what an assistant did in a month, counted from the cards on the device; what seems to be missing;
//! and the papers that say it: the report (nr 14), the records of time and of the car, the register of trainings.

mod figures;
mod opening;
mod warming;

use super::{
    paper::{Home, PaperForm, life_badge},
    shell::NotHere,
};
use crate::{
    domain::{
        access::own_file,
        answer_words::Referred,
        documents::{
            RecordKind,
            papers::{
                OWN_WORK,
                course::{LIFE, PAPER, REMARKS},
                early_end,
                month::{Gap, Month, due_on, month_before, month_of, month_text, month_to_report, paper_of},
                monthly_report,
            },
        },
        form::{Form, Sensitivity, field::read_month},
        paper_words,
        procedure::{Life, Paper},
        record::Record,
        words,
    },
    sync::replica::{Draft, Replica},
    ui::{
        context::{App, app},
        form::own::closing,
        parts::{Badge, Icon, Tone, paper_view},
    },
};
use chrono::NaiveDate;
use figures::figures;
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
use opening::open;
use warming::warm_up;

/// What the manager writes about the person: it is read here, whatever the month.
const ABOUT_ME: [Paper; 2] = [Paper::Authorisation, Paper::Substitution];

/// Where a month is shown.
pub fn month_href(first: NaiveDate) -> String {
    ["/miesiac/", &month_text(first)].concat()
}

/// Where the person's paper about a month is written.
pub fn writing_href(paper: Paper, first: NaiveDate) -> String {
    [&month_href(first), "/", paper.code(), "/pisz"].concat()
}

/// The month of the address, or the one that is to be reported today.
fn month_param(app: App) -> Memo<Option<NaiveDate>> {
    let params = use_params_map();
    Memo::new(move |_| match params.with(|params| params.get("month")) {
        Some(text) => read_month(&text),
        None => Some(month_to_report(app.today.get())),
    })
}

fn paper_param() -> Memo<Option<Paper>> {
    let params = use_params_map();
    Memo::new(move |_| {
        let paper = params.with(|params| params.get("paper")?.parse::<Paper>().ok());
        paper.filter(|paper| OWN_WORK.contains(paper) || ABOUT_ME.contains(paper))
    })
}

/// `/miesiac` and `/miesiac/2026-11`.
#[component]
pub fn MonthPage() -> AnyView {
    let app: App = app();
    let month = month_param(app);
    // Which figure is looked behind: it stays so while news arrive.
    let open = RwSignal::new(None);
    warm_up(month);
    (move || {
        let today = app.today.get();
        let shown = month.get().and_then(|first| {
            app.read(|replica| {
                let month = month_of(replica.me, first, replica.records(), today);
                page(replica, &month, today, open)
            })
        });
        shown.unwrap_or_else(|| view! { <NotHere/> }.into_any())
    })
    .into_any()
}

fn page(replica: &Replica, month: &Month, today: NaiveDate, open: RwSignal<Option<String>>) -> AnyView {
    let first = month.first;
    let before = month_before(first);
    let after = month.last().succ_opt().filter(|day| *day <= today);
    let form = report_form(replica, first);
    view! {
        <header class="page-head">
            <div>
                <p class="page-over">"Mój miesiąc"</p>
                <h1>{words::sentence(&words::month(first))}</h1>
            </div>
            <nav class="actions" aria-label="Miesiące">
                {before.map(|first| other_month(first, "back"))}
                {after.map(|first| other_month(first, "forward"))}
            </nav>
        </header>
        <div class="stack">
            {report_card(replica, first, today)}
            {gaps_card(&month.gaps)}
            {figures(replica, form, month, open)}
            {papers_card(replica, first)}
            {about_me(replica, first)}
        </div>
    }
    .into_any()
}

/// The form of the month's report: that with which it was begun, else the one with which it will be.
fn report_form(replica: &Replica, first: NaiveDate) -> &'static Form {
    let begun = standing(replica, Paper::MonthlyReport, first).map(|record| replica.book().form_of(record));
    begun.or_else(|| replica.book().newest_paper(Paper::MonthlyReport)).unwrap_or(&monthly_report::FORM)
}

fn other_month(first: NaiveDate, icon: &'static str) -> AnyView {
    view! { <A href=month_href(first) attr:class="btn"><Icon name=icon/> " " {words::month(first)}</A> }.into_any()
}

/// The person's paper about a month, or the newest register that is still open.
fn standing(replica: &Replica, paper: Paper, first: NaiveDate) -> Option<&Record> {
    match paper {
        Paper::Training => replica
            .of_family(own_file(replica.me), RecordKind::Paper)
            .filter(|record| record.answers.get(PAPER) == Some(paper))
            .filter(|record| matches!(life(record), Life::Draft | Life::Returned))
            .max_by_key(|record| record.id),
        about if ABOUT_ME.contains(&about) => replica
            .of_family(own_file(replica.me), RecordKind::Paper)
            .filter(|record| record.answers.get(PAPER) == Some(about))
            .filter(|record| matches!(life(record), Life::Signed | Life::Approved))
            .max_by_key(|record| record.id),
        _ => paper_of(replica.of_family(own_file(replica.me), RecordKind::Paper), replica.me, paper, first),
    }
}

fn life(record: &Record) -> Life {
    record.answers.get(LIFE).unwrap_or(Life::Draft)
}

/// What was begun here and is not in the office's file yet.
fn begun(replica: &Replica, paper: Paper, first: NaiveDate) -> Option<&Draft> {
    replica.drafts().into_iter().find(|draft| opening::is_about(draft, replica.me, paper, first))
}

/// The report: how it stands, until when, and the way to it.
fn report_card(replica: &Replica, first: NaiveDate, today: NaiveDate) -> AnyView {
    let record = standing(replica, Paper::MonthlyReport, first);
    let life = record.map(life);
    let due = due_on(first);
    let is_done = matches!(life, Some(Life::Signed | Life::Approved));
    let late = !is_done && today > due;
    let term = (!is_done).then(|| {
        let words = [words::until(due), words::days_left(due, today)].join(" – ");
        let tone = late.then_some("overdue");
        view! { <span class="badge" data-state=tone><Icon name="deadline"/> {words}</span> }
    });
    let remarks = record.filter(|_| life == Some(Life::Returned)).map(|record| {
        let remarks = record.answers.text(REMARKS).to_owned();
        view! {
            <div class="banner" data-state="warn"><Icon name="undo"/><div><p><b>"Zwrócono z uwagami: "</b>{remarks}</p></div></div>
        }
    });
    let closes = (!is_done).then(|| {
        view! { <p class="muted">"Po złożeniu raportu wpisów z tego miesiąca nie można już poprawiać."</p> }
    });
    let action = match life {
        Some(Life::Returned) => " Popraw raport",
        Some(Life::Signed | Life::Approved) => " Zobacz raport",
        Some(Life::Draft) => " Dokończ raport",
        None if begun(replica, Paper::MonthlyReport, first).is_some() => " Dokończ raport",
        None => " Przygotuj raport",
    };
    view! {
        <section class="card" aria-labelledby="report">
            <div class="card-head"><h2 id="report">"Raport miesięczny"</h2></div>
            <div class="card-body stack">
                <p>{life.map(life_badge)} " " {term}</p>
                {remarks}
                {closes}
                <A href=href(replica, Paper::MonthlyReport, first) attr:class="btn btn-primary"><Icon name="document"/> {action}</A>
            </div>
        </section>
    }
    .into_any()
}

/// Where the paper is written, or read once it is handed in.
fn href(replica: &Replica, paper: Paper, first: NaiveDate) -> String {
    let is_done = |record: &Record| matches!(life(record), Life::Signed | Life::Approved);
    match standing(replica, paper, first) {
        Some(record) if is_done(record) => [&month_href(first), "/", paper.code()].concat(),
        _ => writing_href(paper, first),
    }
}

/// Visits that were planned and of which nothing is written.
fn gaps_card(gaps: &[Gap]) -> Option<AnyView> {
    if gaps.is_empty() {
        return None;
    }
    let count = gaps.len();
    let rows = gaps
        .iter()
        .map(|gap| {
            let href = ["/rodziny/", &gap.code, "/wizyty/nowa"].concat();
            let (surname, day) = (gap.surname.clone(), words::short_date(gap.day));
            view! {
                <li class="row">
                    <span class="row-lead"><Icon name="visit"/></span>
                    <div class="row-main">
                        <A href=href attr:class="row-title">{surname}</A>
                        <p class="row-meta">"wizyta zaplanowana na " {day}</p>
                    </div>
                    <div class="row-trail"><Badge tone=Tone::Warn icon="warning" text="brak wpisu"/></div>
                    <span class="row-go" aria-hidden="true"></span>
                </li>
            }
            .into_any()
        })
        .collect_view();
    Some(
        view! {
            <section class="card" aria-labelledby="gaps">
                <div class="card-head"><h2 id="gaps">"Brakujące wpisy " <span class="count">{count}</span></h2></div>
                <ul class="list">{rows}</ul>
                <div class="card-foot"><p class="muted">"Jeśli wizyty nie było, wpisz ją jako nieodbytą."</p></div>
            </section>
        }
        .into_any(),
    )
}

/// The other papers about the month.
fn papers_card(replica: &Replica, first: NaiveDate) -> AnyView {
    let others = OWN_WORK.iter().copied().filter(|paper| *paper != Paper::MonthlyReport);
    let rows = others
        .map(|paper| {
            let badge = match standing(replica, paper, first).map(life) {
                Some(life) => Some(life_badge(life)),
                None => begun(replica, paper, first).map(|_| life_badge(Life::Draft)),
            };
            view! {
                <li class="row">
                    <span class="row-lead"><Icon name="document"/></span>
                    <div class="row-main">
                        <A href=href(replica, paper, first) attr:class="row-title">{words::sentence(paper.label())}</A>
                    </div>
                    <div class="row-trail">{badge}</div>
                    <span class="row-go" aria-hidden="true"></span>
                </li>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <section class="card" aria-labelledby="own-papers">
            <div class="card-head"><h2 id="own-papers">"Inne dokumenty o mojej pracy"</h2></div>
            <ul class="list">{rows}</ul>
        </section>
    }
    .into_any()
}

/// The person's authorisation, and who stands in for them, when the office has written so.
fn about_me(replica: &Replica, first: NaiveDate) -> Option<AnyView> {
    let there = ABOUT_ME.into_iter().filter_map(|paper| Some((paper, standing(replica, paper, first)?)));
    let rows: Vec<AnyView> = there
        .map(|(paper, record)| {
            let last = early_end::last_day(&record.answers);
            let until = last.map(|day| ["do ", &words::date(day)].concat()).unwrap_or("bez terminu".to_owned());
            view! {
                <li class="row">
                    <span class="row-lead"><Icon name="document"/></span>
                    <div class="row-main">
                        <A href=href(replica, paper, first) attr:class="row-title">{words::sentence(paper.label())}</A>
                        <p class="row-meta">{until}</p>
                    </div>
                    <span class="row-go" aria-hidden="true"></span>
                </li>
            }
            .into_any()
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="about-me">
                <div class="card-head"><h2 id="about-me">"Dokumenty o mnie"</h2></div>
                <ul class="list">{rows}</ul>
            </section>
        }
        .into_any()
    })
}

/// `/miesiac/2026-11/NR_14/pisz`: a paper about the month, being written.
#[component]
pub fn WriteMonthPaperPage() -> AnyView {
    let app: App = app();
    let (month, paper) = (month_param(app), paper_param());
    // Made once per paper; news that arrive meanwhile do not disturb it.
    (move || {
        let (month, paper, session) = (month.get(), paper.get(), app.session());
        let own = paper.filter(|paper| OWN_WORK.contains(paper));
        let opened = month.zip(own).zip(session).and_then(|((first, paper), session)| {
            let opening = session.device.with_pen(|pen| open(&session.device.replica(), paper, first, pen))?;
            Some(view! { <PaperForm session home=home(first) opening/> }.into_any())
        });
        opened.unwrap_or_else(|| view! { <NotHere/> }.into_any())
    })
    .into_any()
}

fn home(first: NaiveDate) -> Home {
    let prints = [&month_href(first), "/druk/"].concat();
    Home { href: month_href(first), title: "Mój miesiąc".to_owned(), of: words::month(first), prints }
}

/// `/miesiac/2026-11/NR_14`: a paper about the month, read.
#[component]
pub fn MonthPaperPage() -> AnyView {
    let app: App = app();
    let (month, paper) = (month_param(app), paper_param());
    (move || {
        let shown = month.get().zip(paper.get()).and_then(|(first, paper)| {
            app.read(|replica| standing(replica, paper, first).map(|record| reading(replica, record, first))).flatten()
        });
        shown.unwrap_or_else(|| view! { <NotHere/> }.into_any())
    })
    .into_any()
}

fn reading(replica: &Replica, record: &Record, first: NaiveDate) -> AnyView {
    let referred = Referred::of(replica.records().filter(|record| record.kind == RecordKind::Family));
    let name_of = |id: &str| id.parse().map(|id| replica.name_of(id).to_owned()).unwrap_or_default();
    // It is the person's own paper.
    let all: fn(Sensitivity) -> bool = |_| true;
    let form = replica.book().form_of(record);
    let sections = paper_words::sections(form, &record.answers, &referred, &name_of, all);
    let Home { href, title, of, prints } = home(first);
    let print = [prints, record.id.to_string()].concat();
    view! {
        <header class="page-head">
            <div>
                <p class="page-over"><A href=href>{title}</A> " · " {of}</p>
                <h1>{paper_words::title(&record.answers)}</h1>
                <p class="page-lead">{life_badge(life(record))}</p>
            </div>
            <div class="actions"><A href=print attr:class="btn"><Icon name="print"/> " Drukuj"</A></div>
        </header>
        <div class="stack">{paper_view(sections)}{closing(&replica.book().texts_of(record))}</div>
    }
    .into_any()
}
