//! *Zadania rodziny* (zał. 9): what is open first, what is overdue before all.

use super::FileFacts;
use crate::{
    domain::{
        answer_words::{answer_words, own_filled},
        codes::{DueKind, TaskOrigin, TaskStatus},
        documents::{
            RecordKind,
            family_task::{self, FamilyTask},
        },
        order::sort_by_key,
        record::Record,
        words,
    },
    ui::parts::{Badge, Empty, Tone},
};
use chrono::NaiveDate;
use leptos::prelude::*;
use std::cmp::Reverse;

/// The part of the file.
pub fn section(facts: &FileFacts) -> AnyView {
    let tasks = tasks(facts);
    if tasks.is_empty() {
        return view! {
            <Empty
                icon="task"
                title="Rodzina nie ma jeszcze zadań"
                text="Zadania zapisuje asystent na wizycie, w karcie pracy."
            />
        }
        .into_any();
    }
    let (open, closed): (Vec<_>, Vec<_>) = tasks.into_iter().partition(|(task, _)| !task.status.is_closed());
    view! { {table(facts, "zadania-otwarte", "Do wykonania", open)}{table(facts, "zadania-sprawdzone", "Sprawdzone", closed)} }
        .into_any()
}

/// Overdue, then open by their day, then closed from the latest.
fn tasks<'a>(facts: &FileFacts<'a>) -> Vec<(FamilyTask, &'a Record)> {
    let today = facts.file.today;
    let mut tasks: Vec<_> = facts
        .records(RecordKind::Task)
        .filter_map(|record| Some((FamilyTask::read(&record.answers)?, record)))
        .collect();
    sort_by_key(&mut tasks, |(task, record)| {
        let closed = task.status.is_closed();
        (closed, !task.is_overdue(today), Reverse(task.checked_on), task.due.unwrap_or(NaiveDate::MAX), record.id)
    });
    tasks
}

fn table(
    facts: &FileFacts,
    id: &'static str,
    title: &'static str,
    tasks: Vec<(FamilyTask, &Record)>,
) -> Option<AnyView> {
    if tasks.is_empty() {
        return None;
    }
    let count = tasks.len();
    let checked = tasks.iter().any(|(task, _)| task.status.is_closed());
    let form = facts.book.newest_of(RecordKind::Task);
    let head = |key: &str| form.field(key).map_or("", |field| field.label);
    let heads: &[&str] = match checked {
        true => &["task", "who", "due_kind", "status", "effect"],
        false => &["task", "who", "due_kind", "status"],
    };
    let heads = heads.iter().map(|key| view! { <th scope="col">{head(key)}</th> }).collect_view();
    let rows: Vec<AnyView> = tasks.iter().map(|(task, record)| row(facts, task, record, checked)).collect();
    Some(
        view! {
            <div class="table-wrap table-wrap-stack" role="region" aria-labelledby=id tabindex="0">
                <table class="table">
                    <caption id=id>{title}" "<span class="count">{count}</span></caption>
                    <thead><tr>{heads}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any(),
    )
}

fn row(facts: &FileFacts, task: &FamilyTask, record: &Record, checked: bool) -> AnyView {
    let form = facts.book.form_of(record);
    let label = |key: &str| form.field(key).map_or("", |field| field.label);
    let words = |key: &str| {
        let field = form.field(key)?;
        answer_words(field, record.answers.raw(key)?, &facts.referred)
    };
    let area = task.area.map(|area| view! { <small>{area.label()}</small> });
    let own = own_filled(form, &record.answers, &facts.referred, facts.may_see()).into_iter();
    let own = own.map(|(label, text)| view! { <small class="muted">{label}": "{text}</small> }).collect_view();
    let origin = origin(facts, record);
    let assistant = record.answers.get(family_task::BY_ASSISTANT).unwrap_or(false).then(|| "asystent".to_owned());
    let who: Vec<String> = words("who").into_iter().chain(assistant).collect();
    let checked_on = task.checked_on.map(|day| view! { <small class="muted">{words::date(day)}</small> });
    let rest = checked.then(|| {
        let small = ["told", "effect_score", "reason", "obsolete_reason", "self"].into_iter().filter_map(|key| {
            let words = words(key)?;
            Some(view! { <br/><small class="muted">{label(key)}": "{words}</small> })
        });
        view! { <td data-label=label("effect")><span>{words("effect")}{small.collect_view()}</span></td> }
    });
    view! {
        <tr>
            <th scope="row">{task.task.clone()}{area}{own}{origin}</th>
            <td data-label=label("who")>{who.join("; ")}</td>
            <td data-label=label("due_kind")><span>{due(task, record, facts.file.today)}</span></td>
            <td data-label=label("status")><span>{status(task, facts.file.today)}" "{checked_on}</span></td>
            {rest}
        </tr>
    }
    .into_any()
}

/// What the task comes from, with the way to the meeting that decided it.
fn origin(facts: &FileFacts, record: &Record) -> Option<AnyView> {
    let origin: TaskOrigin = record.answers.get(family_task::ORIGIN)?;
    let meeting = record.answers.text(family_task::MEETING);
    let words = match meeting.is_empty() {
        true => origin.label().into_any(),
        false => {
            let href = ["/rodziny/", &facts.file.line.code, "?widok=dokumenty&dokument=", meeting].concat();
            view! { <a href=href>{origin.label()}</a> }.into_any()
        }
    };
    Some(view! { <small class="muted">{words}</small> }.into_any())
}

fn due(task: &FamilyTask, record: &Record, today: NaiveDate) -> AnyView {
    match (task.due_kind, task.due) {
        (DueKind::Date, Some(due)) => {
            let left = (!task.status.is_closed())
                .then(|| view! { <br/><small class="muted">{words::days_left(due, today)}</small> });
            view! { {words::date(due)}{left} }.into_any()
        }
        (DueKind::Recurring, _) => record.answers.text(family_task::RHYTHM).to_owned().into_any(),
        (kind, _) => kind.label().into_any(),
    }
}

fn status(task: &FamilyTask, today: NaiveDate) -> AnyView {
    let (tone, icon) = match task.status {
        _ if task.is_overdue(today) => (Tone::Overdue, "warning"),
        TaskStatus::Done => (Tone::Ok, "check"),
        TaskStatus::Partly => (Tone::Warn, "check"),
        TaskStatus::NotDone => (Tone::Warn, "close"),
        TaskStatus::Obsolete => (Tone::Plain, "close"),
        TaskStatus::Set | TaskStatus::InProgress => (Tone::Plain, "task"),
    };
    let late = if task.is_overdue(today) { ", po terminie" } else { "" };
    let text = [task.status.label(), late].concat();
    view! { <Badge tone icon text/> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::desk::family::tests::{file, record};

    #[test]
    fn overdue_tasks_stand_first_and_closed_ones_last() {
        let task = |n, status, due: &str, checked: &str| {
            let mut task = record(n, RecordKind::Task);
            task.answers.put(family_task::TASK, "Zadanie".into());
            task.answers.put(family_task::GIVEN_ON, "2026-11-01".parse().unwrap());
            task.answers.put(family_task::STATUS, status);
            if let Ok(due) = due.parse() {
                task.answers.put(family_task::DUE_KIND, DueKind::Date);
                task.answers.put(family_task::DUE, due);
            }
            if let Ok(day) = checked.parse() {
                task.answers.put(family_task::CHECKED_ON, day);
            }
            task
        };
        let file = file(vec![
            task(1, TaskStatus::Done, "2026-11-05", "2026-11-04"),
            task(2, TaskStatus::Set, "", ""),
            task(3, TaskStatus::Set, "2026-11-30", ""),
            task(4, TaskStatus::InProgress, "2026-11-21", ""),
            task(5, TaskStatus::NotDone, "2026-11-05", "2026-11-10"),
        ]);
        let facts = FileFacts::of(&file, None);
        let order: Vec<_> = tasks(&facts).iter().map(|(_, record)| record.id.0.as_u128()).collect();
        assert_eq!(order, [4, 3, 2, 5, 1]);
    }
}
