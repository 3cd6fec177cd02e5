//! A paper that was handed in: read, decided about and corrected.

use super::{
    correction, decision,
    opening::{Around, paper_record},
    opinion, pages,
};
use crate::{
    api::desk::DeskPerson,
    domain::{access::Role, deadlines::Settings, ids::RecordId, print::What, record::Record},
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
    fn in_family(around: &'a Around, role: Option<Role>) -> Self {
        let reader = Reader::of_family(&around.file, role);
        Self {
            records: &around.file.records,
            people: &around.people,
            settings: around.file.book.settings.clone(),
            reader,
        }
    }
}

/// A page of its own.
pub fn page(app: App, around: &Around, id: RecordId, done: Callback<String>) -> AnyView {
    let line = &around.file.line;
    Effect::new(move |_| app.host().focus(TITLE_ID));
    let back = ["/rodziny/", &line.code, "?widok=dokumenty"].concat();
    view! {
        <header class="page-head">
            <div>
                <p class="page-over no-print"><a href=back>"Dokumenty"</a></p>
                <h1 id=TITLE_ID tabindex="-1">{line.code.clone()}" "{line.surname.clone()}</h1>
            </div>
            <div class="actions">
                <a class="btn no-print" href=What::Paper(id).address(&line.code)><Icon name="print"/>" Drukuj"</a>
            </div>
        </header>
        {body(app, around, id, done)}
    }
    .into_any()
}

/// Beside the list that it was chosen from.
pub fn beside_list(app: App, around: &Around, id: RecordId, done: Callback<String>) -> AnyView {
    let line = &around.file.line;
    let file = ["/rodziny/", &line.code].concat();
    Effect::new(move |_| app.host().focus(papers::HEADING_ID));
    view! {
        <p class="no-print"><a href=file>"Teczka: "{line.code.clone()}" "{line.surname.clone()}</a></p>
        {body(app, around, id, done)}
    }
    .into_any()
}

fn body(app: App, around: &Around, id: RecordId, done: Callback<String>) -> AnyView {
    let role = untrack(|| app.me()).map(|me| me.role);
    body_in(app, &Beside::in_family(around, role), id, done).unwrap_or_else(super::not_here)
}

/// The paper, the decision about it and the place for a correction; nothing when it is not in this file.
pub fn body_in(app: App, beside: &Beside, id: RecordId, done: Callback<String>) -> Option<AnyView> {
    let (record, me) = (paper_record(beside.records, id)?, untrack(|| app.me())?);
    Some(
        view! {
            <div class="stack">
                {papers::article(&beside.reader, record)}
                {opinion::section(app, record, &me, done)}
                {decision::section(app, beside, record, &me, done)}
                {pages::section(app, record, &me, done)}
                {correction::section(app, record, &me, done)}
            </div>
        }
        .into_any(),
    )
}
