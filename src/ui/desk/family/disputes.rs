//! *Dwie wersje*: where two people changed the same field, both versions side by side. The desk
//! looks on; the assistant decides.

use super::FileFacts;
use crate::{
    domain::{
        answer_words::answer_words,
        documents::{RecordKind, family_task, visit_card},
        form::{Sensitivity, Value},
        record::{Dispute, Record},
        words,
    },
    ui::parts::{Banner, Tone},
};
use leptos::prelude::*;

/// All open choices of the file, or nothing.
pub fn section(facts: &FileFacts) -> Option<AnyView> {
    let pairs: Vec<AnyView> = facts
        .file
        .records
        .iter()
        .flat_map(|record| record.disputes.iter().map(move |dispute| (record, dispute)))
        .map(|(record, dispute)| pair(facts, record, dispute))
        .collect();
    (!pairs.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="dwie-wersje">
                <div class="card-head"><h2 id="dwie-wersje">"Dwie wersje "<span class="count">{pairs.len()}</span></h2></div>
                <Banner
                    tone=Tone::Warn
                    lead="To samo pole zmieniły dwie osoby.".to_owned()
                    text="Nic nie zginęło. Wersję wybiera asystent na swoim urządzeniu.".to_owned()
                />
                <div class="card-body">{pairs}</div>
            </section>
        }
        .into_any()
    })
}

fn pair(facts: &FileFacts, record: &Record, dispute: &Dispute) -> AnyView {
    let label = field_label(record, &dispute.field);
    let standing = said(facts, record, &dispute.field, record.answers.raw(&dispute.field));
    let waiting = said(facts, record, &dispute.field, dispute.value.as_ref());
    let version = |head: &'static str, stamp: String, text: String| {
        view! {
            <article class="version">
                <header><b>{head}</b><p>{stamp}</p></header><div class="version-text">{text}</div>
            </article>
        }
    };
    view! {
        <h3>{subject(record)}" — "{label}</h3>
        <div class="two-versions">
            {version("Teraz w teczce", facts.stamp(record.writer_of(&dispute.field)), standing)}
            {version("Druga wersja", facts.stamp(&dispute.stamp), waiting)}
        </div>
    }
    .into_any()
}

/// The thing that has two versions, so that one finds it.
fn subject(record: &Record) -> String {
    match record.kind {
        RecordKind::Task => record.answers.text(family_task::TASK).to_owned(),
        RecordKind::Visit => {
            let day = record.answers.get(visit_card::DATE).map(words::date).unwrap_or_default();
            [record.kind.label(), &day].join(", ")
        }
        kind => kind.form().title.to_owned(),
    }
}

fn field_label(record: &Record, path: &str) -> String {
    // A cell of a row has the path "rows/<id>/cell"; the row's field names it well enough.
    let key = path.split('/').next().unwrap_or(path);
    record.kind.form().field(key).map_or(key, |field| field.label).to_owned()
}

fn said(facts: &FileFacts, record: &Record, path: &str, value: Option<&Value>) -> String {
    let field = record.kind.form().field(path);
    let class = field.map_or(Sensitivity::Ordinary, |field| field.class);
    if !facts.may_see()(class) {
        return "treść chroniona".to_owned();
    }
    let words = value.and_then(|value| match field {
        Some(field) => answer_words(field, value, &facts.referred),
        None => value.text().map(str::to_owned),
    });
    words.unwrap_or_else(|| "(puste)".to_owned())
}
