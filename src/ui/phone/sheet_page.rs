//! The large-print sheet "Nasze zadania": to show to the family or to leave with them. Only this family,
//! only what was agreed; nothing sensitive (experience 2.8).

use super::{
    family::{card, code_param, family_of_address, open_tasks},
    shell::NotHere,
};
use crate::{
    domain::{
        codes::DueKind,
        documents::{family_card, family_task},
        order::map_of,
        record::Record,
        words,
    },
    ui::{
        context::{App, app},
        parts::{Empty, Icon},
    },
};
use leptos::prelude::*;
use leptos_router::components::A;
use std::collections::BTreeMap;

/// The sheet.
#[component]
pub fn TaskSheetPage() -> impl IntoView {
    let app: App = app();
    let line = family_of_address(app, code_param());
    move || {
        let Some(line) = line.get() else { return view! { <NotHere/> }.into_any() };
        let Some((tasks, names)) = app.read(|replica| {
            let members =
                card(replica, line.family).map(|card| family_card::everyone(&card.answers)).unwrap_or_default();
            let names = map_of(members.into_iter().map(|member| (member.id, member.first_name)));
            (open_tasks(replica, line.family), names)
        }) else {
            return ().into_any();
        };
        let back = format!("/rodziny/{}/zadania", line.code);
        if tasks.is_empty() {
            return view! {
                <Empty icon="task" title="Nie ma otwartych zadań" text="Arkusz powstaje z zadań, które rodzina ma do zrobienia.">
                    <A href=back attr:class="btn">"Wróć do zadań"</A>
                </Empty>
            }
            .into_any();
        }
        let rows = tasks.iter().map(|task| row(task, &names)).collect_view();
        let next = line.next_visit.map(|next| {
            let text = format!("{}, godz. {}", words::long_date(next.date()), words::time(next.time()));
            view! { <p>"Następne spotkanie: " <b>{text}</b></p> }
        });
        let who = app.me().map(|me| me.name).unwrap_or_default();
        view! {
            <div class="actions no-print">
                <A href=back attr:class="btn btn-quiet"><Icon name="back"/> " Wróć"</A>
                <button class="btn btn-primary" type="button" on:click=move |_| app.host().print()><Icon name="print"/> " Drukuj"</button>
            </div>
            <article class="tasksheet">
                <header><h1>"Nasze zadania"</h1><p>{words::long_date(app.today.get())}</p></header>
                <ol>{rows}</ol>
                <footer>{next}<p>{who} ", asystent rodziny"</p></footer>
            </article>
        }
        .into_any()
    }
}

fn row(task: &Record, names: &BTreeMap<String, String>) -> AnyView {
    let who = task.answers.get(family_task::WHO).unwrap_or_default();
    let mut who: Vec<&str> = who.iter().filter_map(|id| names.get(id).map(String::as_str)).collect();
    if task.answers.get(family_task::BY_ASSISTANT) == Some(true) {
        who.push("asystent");
    }
    let due = match task.answers.get(family_task::DUE_KIND) {
        Some(DueKind::Date) => task.answers.get(family_task::DUE).map(|day| format!("do: {}", words::long_date(day))),
        Some(DueKind::Recurring) => task.answers.get(family_task::RHYTHM),
        _ => Some("do następnego spotkania".to_owned()),
    };
    let line = [Some(who.join(", ")), due]
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ");
    view! {
        <li>
            <span class="tasksheet-box" aria-hidden="true"></span>
            <div>
                <p class="tasksheet-what">{task.answers.text(family_task::TASK).to_owned()}</p>
                <p class="tasksheet-who">{line}</p>
            </div>
        </li>
    }
    .into_any()
}
