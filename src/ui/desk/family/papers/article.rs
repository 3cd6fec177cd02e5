//! A paper for reading and for print: its head, what was wrong in it, and its sections.

use super::{super::Reader, badges, day_and_author, remarks};
use crate::{
    domain::{
        paper_words::{self, CorrectionWords},
        record::Record,
    },
    ui::{
        form::own::closing,
        parts::{Banner, Icon, Tone, paper_view, photos_and_drawings},
    },
};
use leptos::prelude::*;

/// Id of the heading of a paper that is read.
pub const HEADING_ID: &str = "dokument";

/// The paper itself, for reading and for print.
pub fn article(reader: &Reader, record: &Record) -> AnyView {
    let form = reader.book.form_of(record);
    let name_of = |id: &str| reader.person(id);
    let sections = paper_words::sections(form, &record.answers, &reader.referred, &name_of, reader.may_see());
    let withheld = paper_words::withholds(form, &record.answers, reader.may_see()).then(|| {
        let (lead, text) = ("Część treści jest chroniona.", "Na tym koncie jej nie widać.");
        view! { <Banner tone=Tone::Plain lead=lead.to_owned() text=text.to_owned()/> }
    });
    // Of what is all protected it must not be said that nothing was written.
    let paper = (withheld.is_none() || !sections.is_empty()).then(|| paper_view(sections));
    let remarks = remarks(record).map(|text| {
        view! { <Banner tone=Tone::Warn lead="Zwrócony do poprawy.".to_owned() text=text.to_owned()/> }
    });
    view! {
        <article class="stack" aria-labelledby=HEADING_ID>
            <header>
                <h2 id=HEADING_ID tabindex="-1">{paper_words::title(&record.answers)}</h2>
                <p class="muted">{day_and_author(reader, record)}{reader.changed(record)}</p>
                <p>{badges(record)}</p>
                {compare_link(reader, record)}
            </header>
            {remarks}
            {corrections(reader, record)}
            {withheld}
            {paper}
            {photos_and_drawings(record)}
            {closing(&reader.book.texts_of(record))}
        </article>
    }
    .into_any()
}

/// The way to the paper beside its earlier version.
pub fn compare_link(reader: &Reader, record: &Record) -> Option<AnyView> {
    let href = reader.comparison(record)?;
    Some(
        view! {
            <p class="no-print"><a href=href><Icon name="copy"/>" Porównaj z poprzednią wersją"</a></p>
        }
        .into_any(),
    )
}

/// What was wrong in the paper. Nobody should read the one without the other, so it stands before it.
fn corrections(reader: &Reader, record: &Record) -> Option<AnyView> {
    let corrections = paper_words::corrections(&record.answers);
    if corrections.is_empty() {
        return None;
    }
    let rows: Vec<AnyView> = corrections.into_iter().map(|said| correction(reader, record, said)).collect();
    Some(
        view! {
            <section class="card" aria-labelledby="sprostowania">
                <div class="card-head">
                    <h3 id="sprostowania">"Sprostowania "<span class="count">{rows.len()}</span></h3>
                </div>
                <ul class="list">{rows}</ul>
            </section>
        }
        .into_any(),
    )
}

fn correction(reader: &Reader, record: &Record, said: CorrectionWords) -> AnyView {
    let author = reader.name(record.writer_of(&said.path).by);
    view! {
        <li class="row">
            <span class="row-lead"><Icon name="edit"/></span>
            <div class="row-main">
                <p class="row-title">{[said.on, author].join(" · ")}</p>
                <dl class="facts">
                    <div class="facts-long"><dt>"Jest / powinno być"</dt><dd>{said.what}</dd></div>
                    <div class="facts-long"><dt>"Powód"</dt><dd>{said.reason}</dd></div>
                </dl>
            </div>
        </li>
    }
    .into_any()
}
