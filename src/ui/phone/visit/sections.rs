//! The five sections of the card, in the order of the paper.

use super::{
    next_visit::next_visit_chips,
    outcome::outcome,
    urgent::{Numbers, checklist},
};
use crate::{
    domain::{
        documents::{RecordKind, family_task, visit_card},
        form::Form,
        office::OfficeBook,
        record::Record,
    },
    ui::{
        form::{FieldView, Pick, Sheet, chips::set_chips, field::grouped, sheet::Slot},
        parts::Icon,
        phone::{
            phrases::PhraseBank,
            task_rows::{NewTasks, TaskChecks},
            visit_time::VisitTime,
        },
    },
};
use leptos::prelude::*;
use leptos_router::components::A;

fn section(id: &'static str, title: &'static str, content: AnyView) -> AnyView {
    let head = format!("{id}-head");
    let labelledby = head.clone();
    view! {
        <section class="section" id=id aria-labelledby=labelledby>
            <h2 class="section-head" id=head>{title}</h2>
            {content}
        </section>
    }
    .into_any()
}

/// A field of the card.
fn field(sheet: Sheet, form: &'static Form, key: &'static str) -> AnyView {
    view! { <FieldView sheet form key/> }.into_any()
}

fn fields(sheet: Sheet, form: &'static Form, keys: &[&'static str]) -> AnyView {
    keys.iter().map(|key| field(sheet, form, key)).collect_view().into_any()
}

fn details(title: &'static str, content: AnyView) -> AnyView {
    view! { <details class="more"><summary class="btn btn-quiet"><Icon name="down"/> " " {title}</summary>{content}</details> }
        .into_any()
}

/// *Kiedy i kto*.
pub fn when_and_who(sheet: Sheet, form: &'static Form) -> AnyView {
    section("kiedy", visit_card::FORM.sections[0].title, view! {
        {outcome(sheet, form)}
        <VisitTime sheet form/>
        {field(sheet, form, "present")}
        {field(sheet, form, "children_seen")}
        {fields(sheet, form, &["institution", "person", "channel"])}
        {details("Miejsce, inny dzień, inne osoby", view! {
            {fields(sheet, form, &["date", "place", "place_note", "announced", "present_others", "not_seen_reason", "kind"])}
        }.into_any())}
    }.into_any())
}

/// *Co robiliśmy*; the tasks of the act come with the most used first.
pub fn what_we_did(sheet: Sheet, form: &'static Form, favourites: Vec<Pick>) -> AnyView {
    let tasks = form.field("tasks_art15").map(|field| {
        let slot = Slot { sheet, field, row: None };
        let shown = slot.shown();
        move || shown.get().then(|| grouped(&slot, set_chips(slot.clone(), favourites.clone())))
    });
    let there = move || sheet.answers.with(visit_card::took_place);
    section(
        "co",
        visit_card::FORM.sections[1].title,
        view! {
            {tasks}
            {fields(sheet, form, &["areas", "goals"])}
            {field(sheet, form, "actions")}
            {move || there().then(|| view! { <PhraseBank sheet/> })}
            {field(sheet, form, "observations")}
        }
        .into_any(),
    )
}

/// *Zadania*: earlier ones to check, new ones to agree on; of a corrected entry also those that were
/// written with it, which have pages of their own.
pub fn tasks_section(
    sheet: Sheet,
    (tasks, book): (Vec<Record>, &OfficeBook),
    code: &str,
    with_it: Vec<Record>,
) -> AnyView {
    let with_it = (!with_it.is_empty()).then(|| written_with_it(code, &with_it));
    section(
        "zadania",
        visit_card::FORM.sections[2].title,
        view! {
            {with_it}
            <TaskChecks sheet tasks=with_forms(tasks, book)/>
            <NewTasks sheet form=book.newest_of(RecordKind::Task)/>
        }
        .into_any(),
    )
}

/// Each task with the form that it was given in.
fn with_forms(tasks: Vec<Record>, book: &OfficeBook) -> Vec<(Record, &'static Form)> {
    tasks.into_iter().map(|task| (book.form_of(&task), task)).map(|(form, task)| (task, form)).collect()
}

fn written_with_it(code: &str, tasks: &[Record]) -> AnyView {
    let links = tasks
        .iter()
        .map(|task| {
            let href = format!("/rodziny/{code}/zadania/{}", task.id);
            let words = task.answers.text(family_task::TASK).to_owned();
            view! { <li><A href=href>{words}</A></li> }.into_any()
        })
        .collect_view();
    view! {
        <h3>"Zapisane razem z tym wpisem"</h3>
        <p class="muted">"Te zadania zostają bez zmian. Każde można poprawić na jego stronie; szkic wpisu zaczeka."</p>
        <ul>{links}</ul>
    }
    .into_any()
}

/// *Załączniki i podpis*.
pub fn papers(sheet: Sheet, form: &'static Form) -> AnyView {
    const KEYS: [&str; 2] = ["files", "signatures"];
    if KEYS.iter().all(|key| form.field(key).is_none()) {
        return ().into_any();
    }
    let content = details("Zdjęcie dokumentu, podpis rodziny", fields(sheet, form, &KEYS));
    section("zalaczniki", visit_card::FORM.sections[3].title, content)
}

/// *Dalej*.
pub fn what_next(sheet: Sheet, form: &'static Form, numbers: Numbers) -> AnyView {
    section("dalej", visit_card::FORM.sections[4].title, view! {
        {field(sheet, form, "next_visit")}
        {next_visit_chips(sheet)}
        {field(sheet, form, "engagement")}
        {field(sheet, form, "risk")}
        {checklist(sheet, form, numbers)}
        {field(sheet, form, "urgent_note")}
        {details("Zmiana w rodzinie, dojazd", fields(sheet, form, &[
            "change_signal", "change_note", "work_area", "travel", "travel_from", "travel_to", "travel_km", "travel_minutes",
        ]))}
    }.into_any())
}
