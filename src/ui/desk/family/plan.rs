//! *Plan* (zał. 6): the plan in force with its goals.

use super::FileFacts;
use crate::{
    domain::{
        answer_words::{Referred, answer_words, filled},
        documents::{
            RecordKind,
            plan::{FORM, GOAL_NO, GOALS},
        },
        form::{Answers, Field, Kind},
        order::sort_by_key,
    },
    ui::parts::Empty,
};
use leptos::prelude::*;

/// The part of the file.
pub fn section(facts: &FileFacts) -> AnyView {
    let Some(plan) = facts.newest(RecordKind::Plan) else {
        return view! {
            <Empty icon="document" title="Nie ma jeszcze planu" text="Plan powstaje po diagnozie sytuacji rodziny."/>
        }
        .into_any();
    };
    let lines = filled(&FORM, &plan.answers, &facts.referred, &[], facts.may_see());
    let lines: Vec<AnyView> = lines
        .into_iter()
        .map(|(label, text)| view! { <div><dt>{label}</dt><dd>{text}</dd></div> }.into_any())
        .collect();
    view! {
        <section class="card" aria-labelledby="plan">
            <div class="card-head"><h2 id="plan">{FORM.title}</h2></div>
            <div class="card-body"><dl class="facts">{lines}</dl></div>
        </section>
        {goals(facts, &plan.answers)}
    }
    .into_any()
}

/// The cells of a goal, as declared.
fn cells() -> (&'static str, &'static [Field]) {
    match FORM.field(GOALS).map(|field| (field.label, field.kind)) {
        Some((label, Kind::Rows(cells))) => (label, cells),
        _ => ("", &[]),
    }
}

fn goals(facts: &FileFacts, answers: &Answers) -> Option<AnyView> {
    let mut rows: Vec<Answers> = answers.rows(GOALS).iter().map(|row| answers.row(GOALS, row)).collect();
    if rows.is_empty() {
        return None;
    }
    sort_by_key(&mut rows, |row| row.get(GOAL_NO));
    let (title, fields) = cells();
    let heads = fields.iter().map(|field| view! { <th scope="col">{field.label}</th> }).collect_view();
    let body: Vec<AnyView> = rows.iter().map(|row| goal(row, fields, &facts.referred)).collect();
    Some(
        view! {
            <div class="table-wrap table-wrap-stack" role="region" aria-labelledby="cele" tabindex="0">
                <table class="table">
                    <caption id="cele">{title}" "<span class="count">{rows.len()}</span></caption>
                    <thead><tr>{heads}</tr></thead>
                    <tbody>{body}</tbody>
                </table>
            </div>
        }
        .into_any(),
    )
}

fn goal(row: &Answers, fields: &'static [Field], referred: &Referred) -> AnyView {
    let cells: Vec<AnyView> = fields
        .iter()
        .map(|field| {
            let words = row.raw(field.key).and_then(|value| answer_words(field, value, referred)).unwrap_or_default();
            view! { <td data-label=field.label>{words}</td> }.into_any()
        })
        .collect();
    view! { <tr>{cells}</tr> }.into_any()
}
