//! A finished entry of the work card, for reading: every answer under the label of its declaration.

use super::{
    family::{code_param, family_of_address},
    shell::NotHere,
    task::delivery_words,
    two_versions::{TwoVersions, when},
    visit::{correction_of, reported},
};
use crate::{
    domain::{
        answer_words::{Referred, filled},
        codes::EntryKind,
        correction,
        documents::{RecordKind, visit_card},
        form::Sensitivity,
        procedure::Paper,
        record::Record,
        signals::alarm,
        words,
    },
    sync::replica::Replica,
    ui::{
        context::{App, app},
        parts::{Banner, Icon, Tone, attachments},
    },
};
use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};

/// Fields that stand in the head of the page already.
const IN_HEAD: &[&str] = &["kind", "outcome", "date", "start", "end", "urgent_steps"];

/// Icon, title and time of an entry, for lists.
pub fn entry_head(record: &Record) -> (&'static str, String, String) {
    let kind = record.answers.get(visit_card::KIND).unwrap_or(EntryKind::Visit);
    let icon = match kind {
        EntryKind::PhoneFamily => "phone",
        EntryKind::Institution | EntryKind::Team => "office",
        EntryKind::Documentation => "document",
        EntryKind::Intervention => "danger",
        _ => "visit",
    };
    let missed = record.answers.get(visit_card::OUTCOME).filter(|_| !visit_card::took_place(&record.answers));
    let title = match missed {
        Some(outcome) => format!("{} – {}", kind.label(), outcome.label()),
        None => kind.label().to_owned(),
    };
    let start = record.answers.get(visit_card::START).map(words::time);
    let end = record.answers.get(visit_card::END).map(words::time);
    let time = match (start, end) {
        (Some(start), Some(end)) => format!("{start}–{end}"),
        (Some(start), None) => start,
        _ => record.answers.get(visit_card::DURATION).map(words::length).unwrap_or_default(),
    };
    (icon, title, time)
}

/// `/rodziny/R11/wizyty/<id>`.
#[component]
pub fn EntryPage() -> impl IntoView {
    let app: App = app();
    let line = family_of_address(app, code_param());
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    move || {
        let shown = line.get().zip(id.get().parse().ok()).and_then(|(line, id)| {
            app.read(|replica| {
                let record = replica.record(id).filter(|record| record.kind == RecordKind::Visit)?;
                Some(page(replica, &line.code, &line.surname, record, app.today.get()))
            })
            .flatten()
        });
        shown.unwrap_or_else(|| view! { <NotHere/> }.into_any())
    }
}

fn page(replica: &Replica, code: &str, surname: &str, record: &Record, today: NaiveDate) -> AnyView {
    let surname = surname.to_owned();
    let (icon, title, time) = entry_head(record);
    let day = record.answers.get(visit_card::DATE).map(words::long_date).unwrap_or_default();
    let referred = Referred::of(replica.records().filter(|other| other.family == record.family));
    let facts = filled(replica.book().form_of(record), &record.answers, &referred, IN_HEAD, |class| {
        class == Sensitivity::Ordinary
    })
    .into_iter()
    .map(|(label, text)| view! { <div><dt>{label}</dt><dd>{text}</dd></div> }.into_any())
    .collect_view();
    let urgent = alarm::is_alarm(&record.answers).then(|| urgent(replica, code, record, today));
    let marks = record
        .marks
        .iter()
        .map(|mark| {
            view! { <span class="badge" data-state="warn"><Icon name="info"/> {mark.label()}</span> }.into_any()
        })
        .collect_view();
    let author = replica.name_of(record.made.by).to_owned();
    let corrected = record.is_changed().then(|| {
        let text = format!("Poprawiono: {}, {}", replica.name_of(record.changed.by), when(record.changed.at));
        let href = format!("/rodziny/{code}/porownanie/{}", record.id);
        let compare = view! { <A href=href attr:class="no-print">"Porównaj z poprzednią wersją"</A> };
        view! { <p class="page-lead">{text}" · "{compare}</p> }
    });
    let own = record.made.by == replica.me;
    let disputes = record.disputes.iter().filter(|_| own).cloned();
    let choices =
        disputes.map(|dispute| view! { <TwoVersions record=record.clone() dispute/> }.into_any()).collect_view();
    view! {
        <header class="page-head">
            <div>
                <p class="page-over"><A href=format!("/rodziny/{code}")>{surname}</A> " · " {day}</p>
                <h1><Icon name=icon/> " " {title}</h1>
                <p class="page-lead">{time} " · " {author} " · " {delivery_words(replica.delivery(record.id))} " " {marks}</p>
                {corrected}
            </div>
            {own.then(|| correcting(replica, code, record, today))}
        </header>
        {choices}
        {urgent}
        <section class="card"><div class="card-body"><dl class="facts">{facts}</dl>{attachments(record)}</div></section>
    }
    .into_any()
}

/// What was done at once, and the note that is still to be written.
fn urgent(replica: &Replica, code: &str, record: &Record, today: NaiveDate) -> AnyView {
    let done = alarm::steps_words(&record.answers);
    let of_family = replica.records().filter(|other| other.family == record.family);
    let owes_note = alarm::without_note(of_family, today).iter().any(|entry| entry.id == record.id);
    let note = owes_note.then(|| {
        let href = ["/rodziny/", code, "/dokumenty/nowy/", Paper::Note.code()].concat();
        view! { <A href=href attr:class="btn"><Icon name="document"/>" Zacznij notatkę służbową"</A> }
    });
    view! { <Banner tone=Tone::Danger lead="Pilne." text=["Od razu: ", &done, "."].concat()>{note}</Banner> }.into_any()
}

/// The way to correct an entry of one's own, or until when there was one.
fn correcting(replica: &Replica, code: &str, record: &Record, today: NaiveDate) -> Option<AnyView> {
    let day = record.answers.get(visit_card::DATE)?;
    if correction::is_reported(day, &reported(replica)) {
        return Some(view! { <p class="muted">"Raport za " {words::month(day)} " jest już złożony."</p> }.into_any());
    }
    let until = words::date(correction::last_day(day));
    let begun = correction_of(replica, record.id).is_some();
    if !begun && !correction::is_open(day, today) {
        return Some(view! { <p class="muted">"Można było poprawiać do " {until} "."</p> }.into_any());
    }
    let href = format!("/rodziny/{code}/wizyty/{}/popraw", record.id);
    let word = if begun { " Dokończ poprawki" } else { " Popraw" };
    Some(
        view! {
            <div class="actions">
                <A href=href attr:class="btn"><Icon name="edit"/> {word}</A>
                <span class="muted">"do " {until}</span>
            </div>
        }
        .into_any(),
    )
}
