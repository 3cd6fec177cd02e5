//! The five sections of the card, in the order of the paper.

use super::{
    next_visit::next_visit_chips,
    outcome::outcome,
    urgent::{Numbers, checklist},
};
use crate::{
    domain::{
        documents::{family_task, visit_card},
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
fn field(sheet: Sheet, key: &'static str) -> AnyView {
    view! { <FieldView sheet form=&visit_card::FORM key/> }.into_any()
}

fn fields(sheet: Sheet, keys: &[&'static str]) -> AnyView {
    keys.iter().map(|key| field(sheet, key)).collect_view().into_any()
}

fn details(title: &'static str, content: AnyView) -> AnyView {
    view! { <details class="more"><summary class="btn btn-quiet"><Icon name="down"/> " " {title}</summary>{content}</details> }
        .into_any()
}

/// *Kiedy i kto*.
pub fn when_and_who(sheet: Sheet) -> AnyView {
    section("kiedy", visit_card::FORM.sections[0].title, view! {
        {outcome(sheet)}
        <VisitTime sheet/>
        {field(sheet, "present")}
        {field(sheet, "children_seen")}
        {fields(sheet, &["institution", "person", "channel"])}
        {details("Miejsce, inny dzień, inne osoby", view! {
            {fields(sheet, &["date", "place", "place_note", "announced", "present_others", "not_seen_reason", "kind"])}
        }.into_any())}
    }.into_any())
}

/// *Co robiliśmy*; the tasks of the act come with the most used first.
pub fn what_we_did(sheet: Sheet, favourites: Vec<Pick>) -> AnyView {
    let tasks = visit_card::FORM.field("tasks_art15").map(|field| {
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
            {fields(sheet, &["areas", "goals"])}
            {field(sheet, "actions")}
            {move || there().then(|| view! { <PhraseBank sheet/> })}
            {field(sheet, "observations")}
        }
        .into_any(),
    )
}

/// *Zadania*: earlier ones to check, new ones to agree on; of a corrected entry also those that were
/// written with it, which have pages of their own.
pub fn tasks_section(sheet: Sheet, tasks: Vec<Record>, code: &str, with_it: Vec<Record>) -> AnyView {
    let with_it = (!with_it.is_empty()).then(|| written_with_it(code, &with_it));
    section(
        "zadania",
        visit_card::FORM.sections[2].title,
        view! {
            {with_it}
            <TaskChecks sheet tasks/>
            <NewTasks sheet/>
        }
        .into_any(),
    )
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
pub fn papers(sheet: Sheet) -> AnyView {
    let content = details("Zdjęcie dokumentu, podpis rodziny", fields(sheet, &["files", "signatures"]));
    section("zalaczniki", visit_card::FORM.sections[3].title, content)
}

/// *Dalej*.
pub fn what_next(sheet: Sheet, numbers: Numbers) -> AnyView {
    section("dalej", visit_card::FORM.sections[4].title, view! {
        {field(sheet, "next_visit")}
        {next_visit_chips(sheet)}
        {field(sheet, "engagement")}
        {field(sheet, "risk")}
        {checklist(sheet, numbers)}
        {field(sheet, "urgent_note")}
        {details("Zmiana w rodzinie, dojazd", fields(sheet, &[
            "change_signal", "change_note", "work_area", "travel", "travel_from", "travel_to", "travel_km", "travel_minutes",
        ]))}
    }.into_any())
}
