//! *Do załatwienia*: what somebody owes because of a step, and that it is done.

use super::{FileFacts, hands::Hands, owed::AskedDuty, step_dialog::cancel};
use crate::{
    domain::{
        change::Action,
        documents::{RecordKind, case_card::DUTY_NOTE},
        duties::{self, Owed, done, owed},
        form::{Answers, Field, Form, Kind, Section},
        procedure::Duty,
        record::Record,
        signals::alarm::steps_words,
        words,
    },
    ui::{
        context::app,
        desk::{
            owing::say_done,
            writing::{About, write_one},
        },
        form::{FieldView, Sheet},
        parts::{Banner, Dialog, Icon, Tone},
    },
};
use leptos::prelude::*;

/// What is said when a duty is settled.
static FORM: Form = Form {
    number: "",
    title: "Załatwione",
    version: 1,
    sections: &[Section {
        title: "Załatwione",
        fields: &[Field::new("note", "Jak załatwiono", Kind::Text { min: 0, max: 1000 })
            .help("Jeśli potrzeba: jak, albo dlaczego nie było to potrzebne.")],
    }],
    decision: &[],
    rules: &[],
};

/// The card "Do załatwienia"; nothing when nobody ever owed anything.
pub fn section(facts: &FileFacts) -> Option<AnyView> {
    let all: Vec<(&Record, Owed)> = facts
        .records(RecordKind::Case)
        .flat_map(|case| owed(&case.answers).into_iter().map(move |duty| (case, duty)))
        .collect();
    if all.is_empty() {
        return None;
    }
    let (done, open): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, duty)| duty.done_on.is_some());
    let count = open.len();
    let rows: Vec<AnyView> = open.iter().map(|(case, duty)| open_row(facts, case, duty)).collect();
    let open = match rows.is_empty() {
        true => view! { <div class="card-body"><p class="muted">"Wszystko załatwione."</p></div> }.into_any(),
        false => view! { <ul class="list">{rows}</ul> }.into_any(),
    };
    let done = (!done.is_empty()).then(|| {
        let rows: Vec<AnyView> = done.iter().map(|(case, duty)| done_row(facts, case, duty)).collect();
        view! {
            <details class="more">
                <summary class="btn btn-quiet"><Icon name="down"/>" Załatwione ("{rows.len()}")"</summary>
                <ul class="list">{rows}</ul>
            </details>
        }
    });
    Some(
        view! {
            <section class="card" aria-labelledby="do-zalatwienia">
                <div class="card-head"><h2 id="do-zalatwienia">"Do załatwienia "<span class="count">{count}</span></h2></div>
                {open}
                {done}
            </section>
        }
        .into_any(),
    )
}

/// At the top of the file: urgent entries of which nobody in the office has said yet that they know.
pub fn alarms(facts: &FileFacts) -> Vec<AnyView> {
    let hands = use_context::<Hands>();
    let mut banners = Vec::new();
    for case in facts.records(RecordKind::Case) {
        let open = owed(&case.answers).into_iter();
        let open = open.filter(|duty| duty.what == Duty::KnowOfAlarm && duty.done_on.is_none());
        banners.extend(open.map(|duty| alarm(facts, hands, case, duty)));
    }
    banners
}

fn alarm(facts: &FileFacts, hands: Option<Hands>, case: &Record, duty: Owed) -> AnyView {
    let entry = facts.file.records.iter().find(|record| Some(record.id) == duty.from);
    let done = entry.map(|entry| steps_words(&entry.answers)).filter(|words| !words.is_empty());
    let lead = ["Pilny sygnał, ", &duty.since.map(words::date).unwrap_or_default(), "."].concat();
    let text = done.map(|words| ["Od razu: ", &words, "."].concat()).unwrap_or_default();
    let about = About::of(case);
    let mine = facts.role.is_some_and(|role| duty.is_of(role));
    let know = hands.filter(|_| mine).map(|hands| {
        let asked = AskedDuty { about, owed: duty };
        view! {
            <button class="btn btn-danger no-print" type="button" on:click=move |_| hands.settle(asked.clone())>
                <Icon name="check"/>" "{settled_word(Duty::KnowOfAlarm)}
            </button>
        }
    });
    // What lies on a desk as paper must not tell of a danger (DP12).
    view! { <div class="no-print"><Banner tone=Tone::Danger lead text>{know}</Banner></div> }.into_any()
}

fn open_row(facts: &FileFacts, case: &Record, duty: &Owed) -> AnyView {
    let since = duty.since.map(|day| [" · od ", &words::date(day)].concat()).unwrap_or_default();
    let due = duty.due.map(|day| [" · ", &words::until(day)].concat()).unwrap_or_default();
    let who = [duty.who.label(), &since, &due].concat();
    let mine = facts.role.is_some_and(|role| duty.is_of(role));
    let settle = use_context::<Hands>().filter(|_| mine).map(|hands| {
        let about = About::of(case);
        let asked = AskedDuty { about, owed: duty.clone() };
        view! {
            <button class="btn btn-small no-print" type="button" on:click=move |_| hands.settle(asked.clone())>
                <Icon name="check"/>" "{settled_word(duty.what)}
            </button>
        }
    });
    let icon = if duty.what == Duty::KnowOfAlarm { "danger" } else { "task" };
    view! {
        <li class="row">
            <span class="row-lead"><Icon name=icon/></span>
            <div class="row-main">
                <p class="row-title">{duty.title()}</p>
                <p class="row-meta">{who}{origin(facts, duty)}</p>
            </div>
            <div class="row-trail">{settle}</div>
        </li>
    }
    .into_any()
}

/// What people say when they settle it.
pub fn settled_word(what: Duty) -> &'static str {
    if what == Duty::KnowOfAlarm { "Przyjmuję do wiadomości" } else { "Załatwione" }
}

/// The paper or the entry that a duty comes from, with the way to it.
fn origin(facts: &FileFacts, duty: &Owed) -> Option<AnyView> {
    let from = facts.file.records.iter().find(|record| Some(record.id) == duty.from)?;
    let base = ["/rodziny/", &facts.file.line.code].concat();
    let (href, word) = match from.kind {
        RecordKind::Paper => ([&base, "?widok=dokumenty&dokument=", &from.id.to_string()].concat(), "spotkanie"),
        _ => ([&base, "#wpis-", &from.id.to_string()].concat(), "wpis"),
    };
    Some(view! { " · "<a href=href>{word}</a> }.into_any())
}

fn done_row(facts: &FileFacts, case: &Record, duty: &Owed) -> AnyView {
    let day = duty.done_on.map(|day| words::relative_day(day, facts.file.today)).unwrap_or_default();
    let by = duties::settled_by(case, duty).map(|stamp| [" · ", &facts.stamp(stamp)].concat()).unwrap_or_default();
    let word = if duty.what == Duty::KnowOfAlarm { " · przyjęto do wiadomości: " } else { " · załatwione: " };
    let note = (!duty.note.is_empty()).then(|| view! { <p class="row-meta">{duty.note.clone()}</p> });
    view! {
        <li class="row">
            <span class="row-lead"><Icon name="check"/></span>
            <div class="row-main">
                <p class="row-title">{duty.title()}</p>
                <p class="row-meta">{duty.who.label()}{word}{day}{by}{origin(facts, duty)}</p>
                {note}
            </div>
        </li>
    }
    .into_any()
}

/// The question before a duty is settled.
pub fn dialog(hands: Hands) -> AnyView {
    let title =
        Signal::derive(move || hands.duty.with(|duty| duty.as_ref().map(|duty| duty.owed.title()).unwrap_or_default()));
    view! {
        <Dialog open=hands.duty_open title id="zalatwione">
            {move || untrack(|| hands.duty.get()).map(|duty| question(hands, duty))}
        </Dialog>
    }
    .into_any()
}

fn question(hands: Hands, duty: AskedDuty) -> AnyView {
    let app = app();
    let mut answers = Answers::default();
    if !duty.owed.note.is_empty() {
        answers.put(DUTY_NOTE, duty.owed.note.clone());
    }
    let word = settled_word(duty.owed.what);
    let sheet = Sheet::new(answers, |answers| FORM.check(answers));
    let (said, busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() || sheet.attempt() {
            return;
        }
        busy.set(true);
        said.set(None);
        let note = sheet.answers.with_untracked(|answers| answers.text(DUTY_NOTE).to_owned());
        let edits = done(&duty.owed.row, &duty.owed.note, app.today.get_untracked(), &note);
        let about = duty.about;
        app.host().spawn(Box::pin(async move {
            match write_one(app, about, Action::Write(edits.clone())).await {
                Ok(rev) => {
                    hands.duty_open.try_set(false);
                    say_done(app, About { base: rev, ..about }, edits, "Załatwione.");
                }
                Err(text) => {
                    said.try_set(Some(text));
                }
            }
            busy.try_set(false);
        }));
    };
    view! {
        <form on:submit=submit novalidate>
            <p>"Zapisane zostanie z dzisiejszą datą."</p>
            <FieldView sheet form=&FORM key="note"/>
            <div role="alert">{move || said.get().map(|text| view! { <Banner tone=Tone::Warn lead=text/> })}</div>
            <div class="dialog-actions">
                <button class="btn btn-primary" type="submit" aria-busy=move || busy.get().then_some("true")>{word}</button>
                {cancel(hands.duty_open)}
            </div>
        </form>
    }
    .into_any()
}
