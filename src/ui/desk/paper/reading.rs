//! A paper that was handed in: read, decided about and corrected.

use super::{
    correction, decision, early_end,
    opening::paper_record,
    opinion, pages,
    place::{Around, Place},
};
use crate::{
    api::desk::DeskPerson,
    domain::{access::Role, deadlines::Settings, ids::RecordId, record::Record},
    ui::{
        context::App,
        desk::family::{Reader, papers},
        parts::{Icon, page::TITLE_ID},
    },
};
use leptos::prelude::*;

/// What a paper is read beside, whatever file it stands in.
pub struct Beside<'a> {
    /// All records of the file.
    pub records: &'a [Record],
    /// The people of the office.
    pub people: &'a [DeskPerson],
    /// What the office has set.
    pub settings: Settings,
    /// Who reads.
    pub reader: Reader<'a>,
}

impl<'a> Beside<'a> {
    fn of(around: &'a Around, role: Option<Role>) -> Self {
        let (records, people) = (around.records(), around.people.as_slice());
        Self { records, people, settings: around.book().settings.clone(), reader: around.reader(role) }
    }
}

/// A page of its own.
pub fn page(app: App, around: &Around, id: RecordId, done: Callback<String>) -> AnyView {
    Effect::new(move |_| app.host().focus(TITLE_ID));
    let place = around.place();
    view! {
        <header class="page-head">
            <div>
                <p class="page-over no-print"><a href=place.papers()>"Dokumenty"</a></p>
                <h1 id=TITLE_ID tabindex="-1">{around.title()}</h1>
            </div>
            <div class="actions">
                <a class="btn no-print" href=place.print(id)><Icon name="print"/>" Drukuj"</a>
            </div>
        </header>
        {body(app, around, id, done)}
    }
    .into_any()
}

/// Beside the list that it was chosen from.
pub fn beside_list(app: App, around: &Around, id: RecordId, done: Callback<String>) -> AnyView {
    let file = match around.place() {
        Place::Family(code) => ["/rodziny/", &code].concat(),
        person => person.papers(),
    };
    Effect::new(move |_| app.host().focus(papers::HEADING_ID));
    view! {
        <p class="no-print"><a href=file>"Teczka: "{around.title()}</a></p>
        {body(app, around, id, done)}
    }
    .into_any()
}

fn body(app: App, around: &Around, id: RecordId, done: Callback<String>) -> AnyView {
    let role = untrack(|| app.me()).map(|me| me.role);
    body_in(app, &Beside::of(around, role), id, done).unwrap_or_else(super::not_here)
}

/// The paper, the decision about it and the place for a correction; nothing when it is not in this file.
fn body_in(app: App, beside: &Beside, id: RecordId, done: Callback<String>) -> Option<AnyView> {
    let (record, me) = (paper_record(beside.records, id)?, untrack(|| app.me())?);
    Some(
        view! {
            <div class="stack">
                {papers::article(&beside.reader, record)}
                {opinion::section(app, record, &me, done)}
                {decision::section(app, beside, record, &me, done)}
                {early_end::section(app, record, &me, done)}
                {pages::section(app, record, &me, done)}
                {correction::section(app, record, &me, done)}
            </div>
        }
        .into_any(),
    )
}
