//! *Dokumenty*: the papers of the family, the newest first, and one of them to read and print.
//!
//! An open paper has an address of its own: it stays open when the file is read anew, and a print shows it
//! without the other ones.

mod article;

pub use article::{HEADING_ID, article};

use super::{FileFacts, Reader};
use crate::{
    domain::{
        documents::{
            RecordKind,
            papers::{
                at_desk, consultation,
                course::{LIFE, PAGE_OWED, REMARKS, day_of, owes_page},
            },
        },
        order::sort_by_key,
        paper_words,
        print::{What, months_of_entries},
        procedure::Life,
        record::Record,
        words,
    },
    ui::{
        desk::paper::{is_open, may_correct, waits_for},
        parts::{Badge, Empty, Icon, Tone, prints_card},
    },
};
use leptos::prelude::*;
use std::cmp::Reverse;

/// The part of the file. `open` is the id of the paper to read; without it, or when it is not here, the list.
pub fn section(facts: &FileFacts, open: Option<&str>) -> AnyView {
    let papers = papers(facts);
    let open = open.and_then(|id| papers.iter().copied().find(|record| record.id.to_string() == id));
    match open {
        Some(record) => reading(facts, record),
        None => view! { <div class="stack">{list(facts, &papers)}{new(facts)}{prints(facts)}</div> }.into_any(),
    }
}

/// The papers of the file, the newest day first; of one day, the latest first.
fn papers<'a>(facts: &FileFacts<'a>) -> Vec<&'a Record> {
    let mut papers: Vec<&Record> = facts.records(RecordKind::Paper).collect();
    sort_by_key(&mut papers, |record| Reverse((day_of(record), record.id)));
    papers
}

/// What can be begun here.
fn new(facts: &FileFacts) -> Option<AnyView> {
    let papers = at_desk(facts.role?);
    if papers.is_empty() {
        return None;
    }
    let links: Vec<AnyView> = papers
        .iter()
        .map(|paper| {
            let href = ["/rodziny/", &facts.file.line.code, "/dokumenty/nowy/", paper.code()].concat();
            view! { <a class="btn" href=href><Icon name="plus"/>" "{words::sentence(paper.label())}</a> }.into_any()
        })
        .collect();
    Some(
        view! {
            <section class="section no-print" aria-labelledby="nowy-dokument">
                <h2 class="section-head" id="nowy-dokument">"Nowy dokument"</h2>
                <div class="actions">{links}</div>
            </section>
        }
        .into_any(),
    )
}

/// What can be printed beside the papers themselves.
fn prints(facts: &FileFacts) -> AnyView {
    let records: Vec<&Record> = facts.records(RecordKind::Visit).collect();
    prints_card(&facts.file.line.code, months_of_entries(&records))
}

fn list(facts: &FileFacts, papers: &[&Record]) -> AnyView {
    if papers.is_empty() {
        return view! {
            <Empty
                icon="document"
                title="Nie ma jeszcze dokumentów"
                text="Dokument pojawi się tutaj kilka sekund po wysłaniu z telefonu asystenta."
            />
        }
        .into_any();
    }
    let rows: Vec<AnyView> = papers.iter().map(|record| row(facts, record)).collect();
    view! {
        <section class="card" aria-labelledby="dokumenty">
            <div class="card-head"><h2 id="dokumenty">"Dokumenty "<span class="count">{papers.len()}</span></h2></div>
            <ul class="list">{rows}</ul>
        </section>
    }
    .into_any()
}

/// A paper in a list, with the way to it.
pub(super) fn row(facts: &FileFacts, record: &Record) -> AnyView {
    let href = [&address(facts), "&dokument=", &record.id.to_string()].concat();
    let remarks = remarks(record).map(|text| view! { <p class="row-meta">"Do poprawy: "{text}</p> });
    let next = way_on(facts, record);
    view! {
        <li class="row">
            <span class="row-lead"><Icon name="document"/></span>
            <div class="row-main">
                <a class="row-title" href=href>{paper_words::title(&record.answers)}</a>
                <p class="row-meta">{day_and_author(facts, record)}</p>
                {remarks}
                {article::compare_link(facts, record)}
            </div>
            <div class="row-trail">{badges(record)}{next}</div>
        </li>
    }
    .into_any()
}

/// What this person can do with the paper besides reading it.
fn way_on(facts: &FileFacts, record: &Record) -> Option<AnyView> {
    let role = facts.role?;
    let words = match record {
        record if is_open(record, role) => "Wypełnij",
        record if waits_for(record, role) => "Zdecyduj",
        record if consultation::is_awaited(&record.answers) && consultation::may_give(&record.answers, role) => {
            "Napisz opinię"
        }
        _ => return None,
    };
    Some(view! { <a class="btn btn-small no-print" href=own_address(facts, record)>{words}</a> }.into_any())
}

/// Where the paper has a page of its own.
fn own_address(facts: &FileFacts, record: &Record) -> String {
    ["/rodziny/", &facts.file.line.code, "/dokumenty/", &record.id.to_string()].concat()
}

fn reading(facts: &FileFacts, record: &Record) -> AnyView {
    let corrects = facts.role.is_some_and(|role| may_correct(record, role)).then(|| {
        let href = own_address(facts, record);
        let pages = [href.as_str(), "#podpisany-wydruk"].concat();
        view! {
            <a class="btn btn-quiet" href=href><Icon name="edit"/>" Sprostowanie"</a>
            <a class="btn btn-quiet" href=pages><Icon name="camera"/>" Dodaj podpisaną stronę"</a>
        }
    });
    view! {
        <p class="actions no-print">
            <a class="btn btn-quiet" href=address(facts)><Icon name="back"/>" Wszystkie dokumenty"</a>
            {way_on(facts, record)}
            {corrects}
            <a class="btn" href=What::Paper(record.id).address(&facts.file.line.code)><Icon name="print"/>" Drukuj"</a>
        </p>
        {article(facts, record)}
    }
    .into_any()
}

/// Where the list of papers stands.
fn address(facts: &FileFacts) -> String {
    ["/rodziny/", &facts.file.line.code, "?widok=dokumenty"].concat()
}

fn day_and_author(reader: &Reader, record: &Record) -> String {
    [words::date(day_of(record)), reader.name(record.made.by)].join(" · ")
}

fn life(record: &Record) -> Life {
    record.answers.get(LIFE).unwrap_or(Life::Draft)
}

/// Why it was returned, while it is.
pub fn remarks(record: &Record) -> Option<&str> {
    let text = record.answers.text(REMARKS).trim();
    (life(record) == Life::Returned && !text.is_empty()).then_some(text)
}

fn badges(record: &Record) -> AnyView {
    let looks: Vec<AnyView> = looks(record)
        .into_iter()
        .map(|(tone, icon, text)| view! { <Badge tone icon text=text/>" " }.into_any())
        .collect();
    looks.into_any()
}

/// How far it has come, and what one should know before reading it.
pub fn looks(record: &Record) -> Vec<(Tone, &'static str, &'static str)> {
    let life = life(record);
    let (tone, icon) = match life {
        Life::Draft => (Tone::Plain, "edit"),
        Life::Returned => (Tone::Warn, "undo"),
        Life::Signed => (Tone::Accent, "sent"),
        Life::Approved => (Tone::Ok, "check"),
    };
    let mut looks = vec![(tone, icon, life.label())];
    if consultation::is_awaited(&record.answers) {
        looks.push((Tone::Warn, "clock", consultation::AWAITED));
    }
    if !paper_words::corrections(&record.answers).is_empty() {
        looks.push((Tone::Plain, "info", "ze sprostowaniem"));
    }
    if owes_page(&record.answers) {
        looks.push((Tone::Warn, "warning", PAGE_OWED));
    }
    if !record.disputes.is_empty() {
        looks.push((Tone::Warn, "copy", "dwie wersje"));
    }
    looks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            documents::papers::{
                course::{HANDED_IN_ON, PAPER},
                parts::DOC_DATE,
            },
            form::Value,
            procedure::Paper,
        },
        ui::desk::family::tests::{file, record},
    };

    fn note(n: u128, drawn_up: &str, life: Life) -> Record {
        let mut note = record(n, RecordKind::Paper);
        note.answers.put(PAPER, Paper::Note);
        note.answers.put(LIFE, life);
        note.answers.put(DOC_DATE, drawn_up.parse().unwrap());
        note
    }

    #[test]
    fn papers_stand_newest_first_by_the_day_that_they_count_from() {
        let mut handed_in_late = note(1, "2026-11-01", Life::Signed);
        handed_in_late.answers.put(HANDED_IN_ON, "2026-11-21".parse().unwrap());
        let visit = record(5, RecordKind::Visit);
        let file =
            file(vec![note(2, "2026-11-20", Life::Draft), handed_in_late, note(3, "2026-11-20", Life::Draft), visit]);
        let facts = FileFacts::of(&file, None);
        let order: Vec<_> = papers(&facts).iter().map(|record| record.id.0.as_u128()).collect();
        assert_eq!(order, [1, 3, 2]);
        assert_eq!(day_and_author(&facts, papers(&facts)[0]), "21 listopada 2026 · —");
        assert_eq!(address(&facts), "/rodziny/R09?widok=dokumenty");
    }

    #[test]
    fn remarks_are_read_only_while_a_paper_is_returned() {
        let mut paper = note(1, "2026-11-20", Life::Returned);
        assert_eq!(remarks(&paper), None);
        paper.answers.put(REMARKS, "Brakuje daty spotkania.".into());
        assert_eq!(remarks(&paper), Some("Brakuje daty spotkania."));
        paper.answers.put(LIFE, Life::Signed);
        assert_eq!(remarks(&paper), None);
    }

    #[test]
    fn a_paper_shows_how_far_it_has_come_and_that_it_was_corrected() {
        let words = |record: &Record| looks(record).into_iter().map(|(_, _, text)| text).collect::<Vec<_>>();
        let mut paper = note(1, "2026-11-20", Life::Approved);
        assert_eq!(words(&paper), ["zatwierdzony"]);
        paper.answers.set_raw("corrections/1/what", Some(Value::Text("Jest 3, powinno być 5.".into())));
        assert_eq!(words(&paper), ["zatwierdzony", "ze sprostowaniem"]);
        assert_eq!(looks(&paper)[0].0, Tone::Ok);
        // A paper that does not say how far it is has only been begun.
        assert_eq!(words(&record(2, RecordKind::Paper)), ["szkic"]);
    }
}
