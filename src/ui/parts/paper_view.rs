//! A paper for reading, on the screen and in print: its sections with what was answered.

use super::{Badge, Tone};
use crate::domain::{
    content::Fit,
    paper_words::{EntryWords, ItemWords, SectionWords, SignatureWords, TableWords},
};
use leptos::prelude::*;

/// Letters beyond which an answer takes the whole width.
const LONG: usize = 60;

/// The sections of a paper, one below the other. They stand under a heading of the second level.
pub fn paper_view(sections: Vec<SectionWords>) -> AnyView {
    if sections.is_empty() {
        return view! { <p class="muted">"Nic tu jeszcze nie wpisano."</p> }.into_any();
    }
    let sections: Vec<AnyView> = sections.into_iter().map(section).collect();
    sections.into_any()
}

/// The rows of one field, with what they are above them.
pub fn table_view(table: TableWords) -> AnyView {
    rows(table, "")
}

fn section(section: SectionWords) -> AnyView {
    let SectionWords { title, items } = section;
    let mut body: Vec<AnyView> = Vec::new();
    let mut lines: Vec<AnyView> = Vec::new();
    for item in items {
        match item {
            ItemWords::Line { label, words } => lines.push(line(label, label == title, vec![words])),
            ItemWords::Signatures { label, signed } => lines.push(signatures(label, label == title, signed)),
            ItemWords::Table(table) => {
                body.extend(list_of(&mut lines));
                body.push(rows(table, title));
            }
        }
    }
    body.extend(list_of(&mut lines));
    view! {
        <section class="card" aria-label=title>
            <div class="card-head"><h3>{title}</h3></div>
            <div class="card-body">{body}</div>
        </section>
    }
    .into_any()
}

/// The lines so far as one list; nothing when there are none.
fn list_of(lines: &mut Vec<AnyView>) -> Option<AnyView> {
    let lines = std::mem::take(lines);
    (!lines.is_empty()).then(|| view! { <dl class="facts">{lines}</dl> }.into_any())
}

/// What was asked and what was said to it. A label that the heading has said already is not seen again.
fn line(label: &'static str, is_said: bool, words: Vec<String>) -> AnyView {
    let wide = words.len() > 1 || words.iter().any(|words| is_long(words));
    let words = words.into_iter().map(|words| view! { <dd>{words}</dd> }).collect_view();
    view! {
        <div class=wide.then_some("facts-long")>
            <dt class=is_said.then_some("visually-hidden")>{label}</dt>
            {words}
        </div>
    }
    .into_any()
}

/// Signatures, each with what is known of the content that it stands under.
fn signatures(label: &'static str, is_said: bool, signed: Vec<SignatureWords>) -> AnyView {
    let lines = signed.into_iter().map(|one| view! { <dd>{one.words}" "{fit_badge(one.fit)}</dd> }).collect_view();
    view! {
        <div class="facts-long"><dt class=is_said.then_some("visually-hidden")>{label}</dt>{lines}</div>
    }
    .into_any()
}

/// Does a signature from the screen stand under this content?
pub fn fit_badge(fit: Option<Fit>) -> Option<AnyView> {
    let (tone, icon, text) = match fit? {
        Fit::Same => (Tone::Ok, "check", "podpis zgodny z treścią"),
        Fit::Changed => (Tone::Warn, "warning", "treść zmieniono po podpisie"),
        Fit::Unbound => (Tone::Plain, "info", "podpis bez związania z treścią"),
    };
    Some(view! { <Badge tone icon text=text/> }.into_any())
}

fn is_long(words: &str) -> bool {
    words.contains('\n') || words.chars().count() > LONG
}

fn rows(table: TableWords, title: &str) -> AnyView {
    let heading = (table.label != title).then_some(table.label);
    match table.fits_columns() {
        true => columns(table, heading),
        false => {
            let entries: Vec<AnyView> = table.entries().into_iter().map(entry).collect();
            view! { {heading.map(|heading| view! { <h4>{heading}</h4> })}{entries} }.into_any()
        }
    }
}

fn columns(table: TableWords, heading: Option<&'static str>) -> AnyView {
    let TableWords { label, has_subject, heads, rows } = table;
    let body: Vec<AnyView> = rows.into_iter().map(|row| table_row(&heads, row, has_subject)).collect();
    let heads = heads.into_iter().map(|head| view! { <th scope="col">{head}</th> }).collect_view();
    view! {
        <div class="table-wrap table-wrap-stack" role="region" aria-label=label tabindex="0">
            <table class="table">
                {heading.map(|heading| view! { <caption>{heading}</caption> })}
                <thead><tr>{heads}</tr></thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn table_row(heads: &[&'static str], row: Vec<String>, has_subject: bool) -> AnyView {
    let mut cells = heads.iter().copied().zip(row);
    let subject = has_subject.then(|| cells.next()).flatten();
    let subject = subject.map(|(_, words)| view! { <th scope="row">{words}</th> });
    let cells = cells.map(|(head, words)| view! { <td data-label=head>{words}</td> }.into_any());
    let cells: Vec<AnyView> = cells.collect();
    view! { <tr>{subject}{cells}</tr> }.into_any()
}

/// A row that is too wide for columns: what it is about, and its cells below.
fn entry(entry: EntryWords) -> AnyView {
    let lines: Vec<AnyView> = entry.lines.into_iter().map(|(head, words)| line(head, false, vec![words])).collect();
    view! { <div class="facts-entry"><h4>{entry.title}</h4><dl class="facts">{lines}</dl></div> }.into_any()
}
