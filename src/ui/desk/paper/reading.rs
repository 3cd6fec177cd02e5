//! A paper that was handed in: read, decided about and corrected.

use super::{
    correction, decision,
    opening::{Around, paper_record},
};
use crate::{
    domain::ids::RecordId,
    ui::{
        context::App,
        desk::family::{FileFacts, papers},
        parts::{Icon, page::TITLE_ID},
    },
};
use leptos::prelude::*;

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
                <button class="btn no-print" type="button" on:click=move |_| app.host().print()>
                    <Icon name="print"/>" Drukuj"
                </button>
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
    let (record, me) = (paper_record(&around.file, id), untrack(|| app.me()));
    let Some((record, me)) = record.zip(me) else { return super::not_here() };
    let facts = FileFacts::of(&around.file, Some(me.role));
    view! {
        <div class="stack">
            {papers::article(&facts, record)}
            {decision::section(app, around, record, &me, done)}
            {correction::section(app, record, &me, done)}
        </div>
    }
    .into_any()
}
