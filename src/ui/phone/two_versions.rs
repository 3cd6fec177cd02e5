//! Two versions of one field (dwie wersje): both beside each other with who and when; a person chooses.

use crate::{
    domain::{
        answer_words::{Referred, answer_words},
        calendar::warsaw_time,
        change::{Action, Edit, Intent},
        form::Value,
        record::{Dispute, Record},
        words,
    },
    ui::context::{App, app, intend},
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;

/// The choice for one field.
#[component]
pub fn TwoVersions(
    /// The record as it stands.
    record: Record,
    /// The version that waits beside it.
    dispute: Dispute,
) -> impl IntoView {
    let app: App = app();
    let form = app.read(|replica| replica.book().form_of(&record)).unwrap_or(record.kind.form());
    let Some((named, field)) = form.at(&dispute.field) else { return ().into_any() };
    let (standing, path) = (record.answers.raw(&dispute.field).cloned(), dispute.field.clone());
    let referred = app.read(|replica| Referred::of(replica.records().filter(|other| other.family == record.family)));
    let referred = referred.unwrap_or_default();
    let words = |value: Option<&Value>| {
        value.and_then(|value| answer_words(field, value, &referred)).unwrap_or_else(|| "(puste)".to_owned())
    };
    let writer = record.writer_of(&dispute.field).clone();
    let name = |user| app.read(|replica| replica.name_of(user).to_owned()).unwrap_or_default();
    let choose = move |value: Option<Value>| {
        let intent = Intent {
            record: record.id,
            kind: record.kind,
            family: record.family,
            form: record.form,
            action: Action::Settle {
                field: path.clone(),
                of: dispute.stamp.change,
                edit: Edit { before: standing.clone(), after: value },
            },
        };
        let Some(session) = app.session() else { return };
        app.host().spawn(Box::pin(async move {
            match intend(app, &session, vec![intent], None).await {
                Ok(()) => app.say("Wybrano wersję."),
                Err(said) => app.say(said),
            }
        }));
    };
    let waiting = dispute.value.clone();
    let ours = record.answers.raw(&dispute.field).cloned();
    let (first, second) = (ours.clone(), waiting.clone());
    let choose_first = {
        let choose = choose.clone();
        move |_| choose(first.clone())
    };
    let choose_second = move |_| choose(second.clone());
    let title = match std::ptr::eq(named, field) {
        true => format!("Dwie wersje: {}", field.label),
        false => format!("Dwie wersje: {} – {}", named.label, field.label),
    };
    let label = title.clone();
    view! {
        <section class="card" aria-label=label>
            <div class="card-head"><h2>{title}</h2></div>
            <div class="card-body">
                <p>"To samo pole zmieniono w dwóch miejscach. Wybierz, która wersja ma zostać; druga pozostanie w historii."</p>
                <div class="two-versions">
                    {version("Teraz w teczce", name(writer.by), when(writer.at), words(ours.as_ref()), choose_first)}
                    {version("Druga wersja", name(dispute.stamp.by), when(dispute.stamp.at), words(waiting.as_ref()), choose_second)}
                </div>
            </div>
        </section>
    }
    .into_any()
}

fn version(
    head: &'static str,
    who: String,
    when: String,
    text: String,
    choose: impl Fn(leptos::ev::MouseEvent) + 'static,
) -> AnyView {
    view! {
        <article class="version">
            <header><b>{head}</b><p>{who} ", " {when}</p></header>
            <div class="version-text">{text}</div>
            <footer><button class="btn" type="button" on:click=choose>"Zostaw tę wersję"</button></footer>
        </article>
    }
    .into_any()
}

/// "niedz. 22.11, 14:32".
pub fn when(at: DateTime<Utc>) -> String {
    let local = warsaw_time(at);
    format!("{}, {}", words::short_date(local.date()), words::time(local.time()))
}
