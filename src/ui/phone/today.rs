//! *Dziś*: today's planned visits, what was begun, tasks due, and the families that wait too long.

use crate::{
    domain::{
        access::{Role, own_file},
        caseload::{FamilyLine, Silence},
        deadlines::{Alarm, Code, Deadline, rule, terms_of_family},
        documents::{
            RecordKind,
            family_task::FamilyTask,
            papers::{
                course::{LIFE, PAPER},
                month::{due_on, month_before, paper_of},
                monthly_report,
            },
            visit_card,
        },
        form::field::read_month,
        ids::FamilyId,
        order::sort_by_key,
        procedure::{Life, Paper},
        record::Record,
        signals::notice::is_notice,
        words,
    },
    sync::replica::{Draft, Replica},
    ui::{
        context::{App, app},
        parts::{Empty, Icon, Loading, OfFamily, term_row},
        phone::{
            month::{month_href, writing_href},
            signals::{self, Signals},
        },
    },
};
use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_router::components::A;
use std::collections::BTreeMap;

/// What the page shows, worked out from the device.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Today {
    complete: bool,
    visits: Vec<FamilyLine>,
    later: Vec<FamilyLine>,
    drafts: Vec<DraftLine>,
    tasks: Vec<TaskLine>,
    terms: Vec<TermLine>,
    silent: Vec<(FamilyLine, i64)>,
    silence: Silence,
    report: Option<NaiveDate>,
    signals: Signals,
}

/// A draft that waits to be finished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftLine {
    /// Its surname.
    pub surname: String,
    /// Kind of entry.
    pub kind: &'static str,
    /// Where it is finished.
    pub href: String,
    /// It corrects an entry that stands.
    pub corrects: bool,
    /// When it was saved, local time.
    pub saved: String,
}

/// A term of a family that calls.
#[derive(Clone, Debug, PartialEq, Eq)]
struct TermLine {
    surname: String,
    href: String,
    term: Deadline,
}

/// A task that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
struct TaskLine {
    code: String,
    surname: String,
    id: String,
    task: String,
    due: NaiveDate,
}

fn look(replica: &Replica, today: NaiveDate, offset: i16) -> Today {
    let families = replica.families(today);
    let name = |family| families.iter().find(|line| line.family == family);
    let mut visits: Vec<_> = families
        .iter()
        .filter(|line| line.next_visit.is_some_and(|next| next.date() <= today) && line.last_visit != Some(today))
        .cloned()
        .collect();
    sort_by_key(&mut visits, |line| line.next_visit);
    let mut later: Vec<_> = families
        .iter()
        .filter(|line| line.next_visit.is_some_and(|next| next.date() > today && (next.date() - today).num_days() <= 7))
        .cloned()
        .collect();
    sort_by_key(&mut later, |line| line.next_visit);
    let mut tasks: Vec<_> = replica
        .records()
        .filter(|record| record.kind == RecordKind::Task && !is_notice(&record.answers))
        .filter_map(|record| {
            let task = FamilyTask::read(&record.answers)?;
            let due = task.due.filter(|due| !task.status.is_closed() && *due <= today)?;
            let family = name(record.family)?;
            Some(TaskLine {
                code: family.code.clone(),
                surname: family.surname.clone(),
                id: record.id.to_string(),
                task: task.task,
                due,
            })
        })
        .collect();
    sort_by_key(&mut tasks, |task| task.due);
    let silence = Silence::of(&replica.book().settings);
    let mut silent: Vec<_> = families
        .iter()
        .filter_map(|line| Some((line.clone(), line.silent_days(today)?)))
        .filter(|(_, days)| silence.is_silent(*days))
        .collect();
    sort_by_key(&mut silent, |(_, days)| std::cmp::Reverse(*days));
    let drafts = drafts(replica, &families, offset);
    let terms = terms(replica, &families, today);
    let report = report_due(replica, today);
    let signals = signals::look(replica.records(), &families, &replica.book().settings, today);
    Today { complete: replica.state().complete, visits, later, drafts, tasks, terms, silent, silence, report, signals }
}

/// The month whose report is due: from the 1st on (D09), until it is handed in.
fn report_due(replica: &Replica, today: NaiveDate) -> Option<NaiveDate> {
    let last = month_before(today)?;
    let began = replica.records().any(|record| {
        let on = record.answers.get(visit_card::DATE).filter(|_| record.kind == RecordKind::Visit);
        record.made.by == replica.me && on.is_some_and(|on| last <= on && on < today)
    });
    let own = replica.of_family(own_file(replica.me), RecordKind::Paper);
    let report = paper_of(own, replica.me, Paper::MonthlyReport, last);
    let life = report.and_then(|record| record.answers.get(LIFE));
    (began && !matches!(life, Some(Life::Signed | Life::Approved))).then_some(last)
}

/// The assistant's terms that are near or past, the loudest first. Visits and news for the social worker have
/// cards of their own.
fn terms(replica: &Replica, families: &[FamilyLine], today: NaiveDate) -> Vec<TermLine> {
    let settings = &replica.book().settings;
    let mut records: BTreeMap<FamilyId, Vec<&Record>> = BTreeMap::new();
    for record in replica.records() {
        records.entry(record.family).or_default().push(record);
    }
    let mut lines: Vec<TermLine> = Vec::new();
    for family in families {
        let own = records.remove(&family.family).unwrap_or_default();
        let calling = terms_of_family(own, settings, today).into_iter().filter(calls_assistant);
        lines.extend(calling.map(|term| TermLine {
            surname: family.surname.clone(),
            href: ["/rodziny/", &family.code].concat(),
            term,
        }));
    }
    sort_by_key(&mut lines, |line| (std::cmp::Reverse(line.term.alarm), line.term.due));
    lines
}

fn calls_assistant(term: &Deadline) -> bool {
    let rule = rule(term.code);
    let has_a_card = matches!(term.code, Code::D10 | Code::D11);
    rule.who.contains(&Role::Assistant) && !rule.discreet && term.alarm > Alarm::None && !has_a_card
}

/// The drafts on the device, the last saved first.
pub fn drafts(replica: &Replica, families: &[FamilyLine], offset: i16) -> Vec<DraftLine> {
    replica
        .drafts()
        .into_iter()
        .filter_map(|draft| {
            let corrects = draft.before.is_some();
            let saved = draft.saved_at.naive_utc() + chrono::Duration::minutes(offset.into());
            let (surname, href) = match draft.family == own_file(replica.me) {
                true => ("Mój miesiąc".to_owned(), own_draft_href(draft)?),
                false => {
                    let family = families.iter().find(|line| line.family == draft.family)?;
                    (family.surname.clone(), draft_href(draft, &family.code)?)
                }
            };
            Some(DraftLine { surname, kind: draft_kind(draft)?, href, corrects, saved: words::time(saved.time()) })
        })
        .collect()
}

fn draft_kind(draft: &Draft) -> Option<&'static str> {
    match draft.kind {
        RecordKind::Paper => Some(draft.answers.get(PAPER)?.label()),
        RecordKind::Family => Some(draft.kind.label()),
        _ => Some(draft.answers.get(visit_card::KIND)?.label()),
    }
}

/// Where a draft about the person's own work is finished. The register of trainings has no month of its own.
fn own_draft_href(draft: &Draft) -> Option<String> {
    let month = read_month(draft.answers.text(monthly_report::MONTH)).unwrap_or(draft.saved_at.date_naive());
    Some(writing_href(draft.answers.get(PAPER)?, month))
}

/// Where a draft is finished.
fn draft_href(draft: &Draft, code: &str) -> Option<String> {
    Some(match (draft.kind, &draft.before) {
        (RecordKind::Paper, _) => format!("/rodziny/{code}/dokumenty/{}", draft.record),
        (RecordKind::Family, _) => format!("/rodziny/{code}/karta"),
        (_, Some(_)) => format!("/rodziny/{code}/wizyty/{}/popraw", draft.record),
        (_, None) => format!("/rodziny/{code}/wizyty/nowa?rodzaj={}", draft.answers.get(visit_card::KIND)?.code()),
    })
}

/// The page.
#[component]
pub fn TodayPage() -> impl IntoView {
    let app: App = app();
    let offset = app.host().offset_minutes();
    let settling = signals::Settling::provide();
    let today = Memo::new(move |_| {
        let day = app.today.get();
        app.read(|replica| look(replica, day, offset))
    });
    let lead = move || {
        today.with(|today| {
            today.as_ref().map(|today| {
                let visits = words::VISITS.count(today.visits.len() as i64);
                let tasks = words::TASKS.count(today.tasks.len() as i64);
                format!("{visits}, {tasks} do sprawdzenia")
            })
        })
    };
    view! {
        <header class="page-head">
            <div>
                <p class="page-over">{move || words::long_date(app.today.get())}</p>
                <h1>"Dziś"</h1>
                <p class="page-lead">{lead}</p>
            </div>
        </header>
        <div class="stack">
            {move || today.get().map(|today| content(today, app.today.get()))}
        </div>
        {settling.dialog(app)}
    }
}

fn content(today: Today, day: NaiveDate) -> AnyView {
    if !today.complete {
        return view! { <Loading text="Pobieranie rodzin… Za chwilę wszystko będzie działać także bez sieci."/> }
            .into_any();
    }
    view! {
        {signals::notes(&today.signals)}
        {begin_button(today.visits.first())}
        {month_link(today.report, day)}
        <div class="halves">
            <div class="stack">
                {drafts_card(today.drafts)}
                {visits_card("Wizyty", today.visits, day, true)}
                {visits_card("W najbliższych dniach", today.later, day, false)}
            </div>
            <div class="stack">
                {signals::notices_card(&today.signals, day)}
                {signals::duties_card(&today.signals, day)}
                {terms_card(&today.terms, day)}
                {tasks_card(today.tasks, day)}
                {silent_card(today.silent, today.silence)}
            </div>
        </div>
    }
    .into_any()
}

/// The way to *Mój miesiąc*; while a report is due it says so.
fn month_link(report: Option<NaiveDate>, day: NaiveDate) -> AnyView {
    let Some(month) = report else {
        return view! {
            <p><A href="/miesiac" attr:class="btn"><Icon name="calendar"/> " Mój miesiąc"</A></p>
        }
        .into_any();
    };
    let due = due_on(month);
    let state = if day > due { "danger" } else { "warn" };
    view! {
        <div class="banner" data-state=state>
            <Icon name="deadline"/>
            <div><p><b>"Raport za " {words::month(month)}</b> " " {words::until(due)} " – " {words::days_left(due, day)} "."</p></div>
            <A href=month_href(month) attr:class="btn">"Otwórz"</A>
        </div>
    }
    .into_any()
}

fn begin_button(first: Option<&FamilyLine>) -> AnyView {
    let href = match first {
        Some(line) => format!("/rodziny/{}/wizyty/nowa?start=1", line.code),
        None => "/wizyty/nowa?start=1".to_owned(),
    };
    let whom = first.map(|line| format!(" – {}", line.surname)).unwrap_or_default();
    view! {
        <A href=href attr:class="btn btn-primary btn-big"><Icon name="visit"/> " Rozpocznij wizytę" {whom}</A>
    }
    .into_any()
}

/// Entries that were begun and not finished.
pub fn drafts_card(drafts: Vec<DraftLine>) -> Option<AnyView> {
    if drafts.is_empty() {
        return None;
    }
    let rows = drafts
        .into_iter()
        .map(|draft| {
            let what = if draft.corrects { "poprawki – " } else { "" };
            view! {
                <li class="row">
                    <span class="row-lead"><Icon name="edit"/></span>
                    <div class="row-main">
                        <A href=draft.href attr:class="row-title">{draft.surname}</A>
                        <p class="row-meta">{what} {draft.kind} " · szkic zapisany " {draft.saved}</p>
                    </div>
                    <span class="row-go" aria-hidden="true"></span>
                </li>
            }
        })
        .collect_view();
    Some(
        view! {
            <section class="card" aria-labelledby="drafts">
                <div class="card-head"><h2 id="drafts">"Niedokończone"</h2></div>
                <ul class="list">{rows}</ul>
            </section>
        }
        .into_any(),
    )
}

fn visits_card(title: &'static str, visits: Vec<FamilyLine>, day: NaiveDate, today: bool) -> Option<AnyView> {
    if visits.is_empty() {
        return today.then(|| {
            view! {
                <Empty icon="visit" title="Dziś nie ma zaplanowanych wizyt"
                    text="Termin następnej wizyty podaje się na końcu karty wizyty.">
                    <A href="/rodziny" attr:class="btn">"Zobacz rodziny"</A>
                </Empty>
            }
            .into_any()
        });
    }
    let count = visits.len();
    let rows = visits.into_iter().map(|line| visit_row(line, day)).collect_view();
    let id = if today { "visits-today" } else { "visits-later" };
    Some(
        view! {
            <section class="card" aria-labelledby=id>
                <div class="card-head"><h2 id=id>{title} " " <span class="count">{count}</span></h2></div>
                <ul class="list">{rows}</ul>
            </section>
        }
        .into_any(),
    )
}

fn visit_row(line: FamilyLine, day: NaiveDate) -> AnyView {
    let next = line.next_visit.unwrap_or_default();
    let late = (next.date() < day).then(|| {
        view! { <span class="badge" data-state="warn"><Icon name="deadline"/> "z " {words::short_date(next.date())}</span> }
    });
    let lead = match next.date() > day {
        true => words::short_date(next.date()),
        false => words::time(next.time()),
    };
    let href = match next.date() > day {
        true => format!("/rodziny/{}", line.code),
        false => format!("/rodziny/{}/wizyty/nowa", line.code),
    };
    let hour = (next.date() > day).then(|| format!("{} · ", words::time(next.time())));
    view! {
        <li class="row">
            <span class="row-lead">{lead}</span>
            <div class="row-main">
                <A href=href attr:class="row-title">{line.surname.clone()}</A>
                <p class="row-meta">{hour} {line.locality} " · " {people(line.adults, line.children)}</p>
            </div>
            <div class="row-trail">{late}</div>
            <span class="row-go" aria-hidden="true"></span>
        </li>
    }
    .into_any()
}

/// "2 dorosłych, 3 dzieci".
pub fn people(adults: u32, children: u32) -> String {
    let adults = words::Noun("dorosły", "dorosłych", "dorosłych").count(adults.into());
    format!("{adults}, {}", words::CHILDREN.count(children.into()))
}

fn tasks_card(tasks: Vec<TaskLine>, day: NaiveDate) -> Option<AnyView> {
    if tasks.is_empty() {
        return None;
    }
    let count = tasks.len();
    let rows = tasks
        .into_iter()
        .map(|task| {
            let overdue = task.due < day;
            let state = if overdue { "overdue" } else { "today" };
            let word = if overdue { words::days_left(task.due, day) } else { "dziś".into() };
            view! {
                <li class="row">
                    <span class="row-lead"><Icon name="task"/></span>
                    <div class="row-main">
                        <A href=format!("/rodziny/{}/zadania/{}", task.code, task.id) attr:class="row-title">{task.task}</A>
                        <p class="row-meta">{task.surname}</p>
                    </div>
                    <div class="row-trail"><span class="badge" data-state=state><Icon name="deadline"/> {word}</span></div>
                </li>
            }
        })
        .collect_view();
    Some(
        view! {
            <section class="card" aria-labelledby="tasks-due">
                <div class="card-head"><h2 id="tasks-due">"Zadania rodzin do sprawdzenia " <span class="count">{count}</span></h2></div>
                <ul class="list">{rows}</ul>
            </section>
        }
        .into_any(),
    )
}

fn terms_card(terms: &[TermLine], day: NaiveDate) -> Option<AnyView> {
    if terms.is_empty() {
        return None;
    }
    let count = terms.len();
    let rows = terms
        .iter()
        .map(|line| term_row(&line.term, day, Some(OfFamily { name: line.surname.clone(), href: line.href.clone() })));
    Some(
        view! {
            <section class="card" aria-labelledby="terms">
                <div class="card-head"><h2 id="terms">"Terminy " <span class="count">{count}</span></h2></div>
                <ul class="list">{rows.collect_view()}</ul>
            </section>
        }
        .into_any(),
    )
}

fn silent_card(silent: Vec<(FamilyLine, i64)>, silence: Silence) -> Option<AnyView> {
    if silent.is_empty() {
        return None;
    }
    let rows = silent
        .into_iter()
        .map(|(line, days)| {
            let state = if silence.is_serious(days) { "overdue" } else { "warn" };
            view! {
                <li class="row">
                    <span class="row-lead"><Icon name="deadline"/></span>
                    <div class="row-main">
                        <A href=format!("/rodziny/{}", line.code) attr:class="row-title">{line.surname}</A>
                        <p class="row-meta">{line.locality}</p>
                    </div>
                    <div class="row-trail">
                        <span class="badge" data-state=state><Icon name="warning"/> {words::DAYS.count(days)} " bez wizyty"</span>
                    </div>
                </li>
            }
        })
        .collect_view();
    Some(
        view! {
            <section class="card" aria-labelledby="silent">
                <div class="card-head"><h2 id="silent">"Dawno nieodwiedzane"</h2></div>
                <ul class="list">{rows}</ul>
                <div class="card-foot"><p class="muted">"Odwiedziny co najmniej raz w tygodniu – rozdział 8 procedury."</p></div>
            </section>
        }
        .into_any(),
    )
}
