//! The four sections of the card, in the order of the paper.

use super::{next_visit::next_visit_chips, outcome::outcome};
use crate::{
    domain::{documents::visit_card, record::Record},
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

/// *Zadania*: earlier ones to check, new ones to agree on.
pub fn tasks_section(sheet: Sheet, tasks: Vec<Record>) -> AnyView {
    section(
        "zadania",
        visit_card::FORM.sections[2].title,
        view! {
            <TaskChecks sheet tasks/>
            <NewTasks sheet/>
        }
        .into_any(),
    )
}

/// *Dalej*.
pub fn what_next(sheet: Sheet) -> AnyView {
    section("dalej", visit_card::FORM.sections[3].title, view! {
        {field(sheet, "next_visit")}
        {next_visit_chips(sheet)}
        {field(sheet, "engagement")}
        {fields(sheet, &["risk", "urgent_steps", "urgent_note"])}
        {details("Zmiana w rodzinie, dojazd", fields(sheet, &[
            "change_signal", "change_note", "work_area", "travel", "travel_from", "travel_to", "travel_km", "travel_minutes",
        ]))}
    }.into_any())
}
