//! *Dwie wersje*: where two people changed the same field, both versions side by side. The desk
//! looks on; the assistant decides.

use super::FileFacts;
use crate::{
    domain::{
        answer_words::answer_words,
        documents::{RecordKind, family_task, visit_card},
        form::{Field, Kind, Sensitivity, Value},
        office::OfficeBook,
        paper_words,
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
    let label = field_label(&facts.file.book, record, &dispute.field);
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
        RecordKind::Paper => paper_words::name(record),
        kind => kind.form().title.to_owned(),
    }
}

fn field_label(book: &OfficeBook, record: &Record, path: &str) -> String {
    // The row's field names a cell of it well enough.
    declared(book, record, path).map_or(path, |(field, _)| field.label).to_owned()
}

/// The field that a path leads to, and the one that answers: itself, or a cell of it ("rows/<id>/cell").
fn declared(book: &OfficeBook, record: &Record, path: &str) -> Option<(&'static Field, &'static Field)> {
    let mut steps = path.split('/');
    let key = steps.next()?;
    // A paper has the fields of its course beside its own.
    let forms = [book.form_of(record), record.kind.form()];
    let field = forms.into_iter().find_map(|form| form.field(key))?;
    let answers = match steps.nth(1) {
        Some(cell) => field.kind.cells()?.iter().find(|field| field.key == cell)?,
        None => field,
    };
    Some((field, answers))
}

/// What is not known may be anything: it is for those who see everything.
fn is_seen(declared: Option<(&Field, &Field)>, may_see: fn(Sensitivity) -> bool) -> bool {
    match declared {
        Some((field, cell)) => may_see(field.class) && may_see(cell.class),
        None => [Sensitivity::Health, Sensitivity::Criminal, Sensitivity::BlueCard].into_iter().all(may_see),
    }
}

fn said(facts: &FileFacts, record: &Record, path: &str, value: Option<&Value>) -> String {
    let declared = declared(&facts.file.book, record, path);
    if !is_seen(declared, facts.may_see()) {
        return "treść chroniona".to_owned();
    }
    let words = value.and_then(|value| match (declared.map(|(_, field)| field), value) {
        (Some(Field { kind: Kind::Person, .. }), Value::Text(id)) => Some(facts.person(id)),
        (Some(field), value) => answer_words(field, value, &facts.referred),
        (None, value) => value.text().map(str::to_owned),
    });
    words.unwrap_or_else(|| "(puste)".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{documents::papers::course::PAPER, procedure::Paper},
        ui::desk::family::tests::record,
    };

    #[test]
    fn a_version_is_as_protected_as_its_field_and_its_cell() {
        let of = |paper: Paper| {
            let mut record = record(1, RecordKind::Paper);
            record.answers.put(PAPER, paper);
            record
        };
        let ordinary: fn(Sensitivity) -> bool = |class| class == Sensitivity::Ordinary;
        let seen = |paper: Paper, path: &str| is_seen(declared(&OfficeBook::default(), &of(paper), path), ordinary);
        assert!(!seen(Paper::Note, "facts"));
        assert!(seen(Paper::Note, "source"));
        assert!(seen(Paper::Note, "remarks"));
        assert!(seen(Paper::Assessment, "areas/A05/needs"));
        assert!(!seen(Paper::Assessment, "areas/A05/situation"));
        assert!(!seen(Paper::Assessment, "parents_health/a/health"));
        assert!(!seen(Paper::Note, "a_field_of_a_newer_asysta"));
        assert!(is_seen(None, |_| true));
        assert_eq!(field_label(&OfficeBook::default(), &of(Paper::Note), "notified/1/who"), "Powiadomieni");
        assert_eq!(subject(&of(Paper::Note)), "Notatka służbowa, 1 stycznia 1970");
    }
}
