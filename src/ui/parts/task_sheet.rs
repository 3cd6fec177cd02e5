//! The large-print sheet "Nasze zadania": to show to the family or to leave with them. Only this family,
//! only what was agreed; nothing sensitive (experience 2.8).

use crate::domain::{
    codes::{DueKind, TaskStatus},
    documents::{RecordKind, family_card, family_task},
    ids::FamilyId,
    order::{map_of, sort_by_key},
    record::Record,
    words,
};
use chrono::{NaiveDate, NaiveDateTime};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// What stands around the tasks.
pub struct Frame {
    /// Name of the office; empty while it has none.
    pub office: String,
    /// When they meet again.
    pub next: Option<NaiveDateTime>,
    /// Who leaves the sheet with the family.
    pub assistant: String,
    /// The day.
    pub today: NaiveDate,
}

/// The sheet; nothing when the family has no open task.
pub fn task_sheet(records: &[&Record], family: FamilyId, frame: Frame) -> Option<AnyView> {
    let own =
        |kind: RecordKind| records.iter().copied().filter(move |record| record.family == family && record.kind == kind);
    let card = own(RecordKind::Family).next();
    let members = card.map(|card| family_card::everyone(&card.answers)).unwrap_or_default();
    let names = map_of(members.into_iter().map(|member| (member.id, member.first_name)));
    let is_open =
        |task: &&Record| task.answers.get(family_task::STATUS).is_some_and(|status: TaskStatus| !status.is_closed());
    let mut tasks: Vec<&Record> = own(RecordKind::Task).filter(is_open).collect();
    if tasks.is_empty() {
        return None;
    }
    sort_by_key(&mut tasks, |task| (task.answers.get(family_task::GIVEN_ON), task.id));
    let rows: Vec<AnyView> = tasks.into_iter().map(|task| row(task, &names)).collect();
    let Frame { office, next, assistant, today } = frame;
    let office = (!office.is_empty()).then(|| view! { <p class="tasksheet-office">{office}</p> });
    let next = next.map(|next| {
        let text = [words::long_date(next.date()).as_str(), ", godz. ", &words::time(next.time())].concat();
        view! { <p>"Następne spotkanie: " <b>{text}</b></p> }
    });
    let who = (!assistant.is_empty()).then(|| view! { <p>{assistant} ", asystent rodziny"</p> });
    Some(
        view! {
            <article class="tasksheet">
                <header>{office}<h1>"Nasze zadania"</h1><p>{words::long_date(today)}</p></header>
                <ol>{rows}</ol>
                <footer>{next}{who}</footer>
            </article>
        }
        .into_any(),
    )
}

fn row(task: &Record, names: &BTreeMap<String, String>) -> AnyView {
    let who = task.answers.get(family_task::WHO).unwrap_or_default();
    let mut who: Vec<&str> = who.iter().filter_map(|id| names.get(id).map(String::as_str)).collect();
    if task.answers.get(family_task::BY_ASSISTANT) == Some(true) {
        who.push("asystent");
    }
    let due = match task.answers.get(family_task::DUE_KIND) {
        Some(DueKind::Date) => task.answers.get(family_task::DUE).map(|day| ["do: ", &words::long_date(day)].concat()),
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
