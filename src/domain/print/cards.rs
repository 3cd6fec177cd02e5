//! The cards that are tables over single records: the assistant's work of a month (nr 8) and the family's tasks
//! (nr 9).

use super::{Around, Block, Cell, Part, Sheet, Table, headed};
use crate::domain::{
    answer_words::answer_words,
    codes::{EntryKind, Outcome, StatutoryTask},
    documents::{
        RecordKind, family_task,
        visit_card::{self, VisitCard},
    },
    form::{Answers, Form, Kind},
    office::Subject,
    order::sort_by_key,
    record::Record,
    signature::{self, Method},
    words,
};
use chrono::{Datelike, NaiveDate};

/// The first days of the months that have entries, the newest first.
pub fn months_of_entries(records: &[&Record]) -> Vec<NaiveDate> {
    let mut months: Vec<NaiveDate> = Vec::new();
    for (card, _) in entries(records) {
        let first = card.date.with_day(1).unwrap_or(card.date);
        if !months.contains(&first) {
            months.push(first);
        }
    }
    months.reverse();
    months
}

/// All entries in the order of their days.
fn entries<'a>(records: &[&'a Record]) -> Vec<(VisitCard, &'a Record)> {
    let visits = records.iter().filter(|record| record.kind == RecordKind::Visit);
    let mut entries: Vec<_> = visits.filter_map(|record| Some((VisitCard::read(&record.answers)?, *record))).collect();
    sort_by_key(&mut entries, |(card, record)| (card.date, card.start, record.id));
    entries
}

/// The card of the assistant's work in the month that begins on this day.
pub fn work_card(around: &Around<'_>, month: NaiveDate) -> Sheet {
    let form = newest(around, RecordKind::Visit);
    let mut entries = entries(around.records);
    entries.retain(|(card, _)| (card.date.year(), card.date.month()) == (month.year(), month.month()));
    let rows = entries.iter().zip(1..).map(|((card, record), number)| entry_row(around, form, card, record, number));
    let heads = [
        "Lp.",
        "Data",
        "Godz. od–do",
        "Miejsce",
        "Rodzaj",
        "Obecni / instytucja",
        "Podjęte działania (art. 15)",
        "Ustalenia",
        "Podpis",
    ];
    let table = Table { label: "", heads: heads.to_vec(), rows: rows.collect() };
    let cards: Vec<&VisitCard> = entries.iter().map(|(card, _)| card).collect();
    let blocks = vec![Block::Table(table), Block::Sums(sums(&entries, &cards))];
    let to_sign = vec![Block::ToSign(vec!["asystent rodziny", "członek rodziny"])];
    Sheet {
        title: words::sentence(form.title),
        subtitle: words::month(month),
        is_wide: true,
        parts: vec![Part { title: "", blocks }, Part { title: "", blocks: to_sign }],
        ..headed(around, form)
    }
}

fn newest(around: &Around<'_>, kind: RecordKind) -> &'static Form {
    Subject::of(kind, &Answers::default()).map_or(kind.form(), |subject| around.book.newest(subject))
}

fn entry_row(around: &Around<'_>, form: &Form, card: &VisitCard, record: &Record, number: i64) -> Vec<Cell> {
    let said = |key: &str| said(around, form, record, key);
    let place = [said("place"), said("place_note")];
    let met = [said("present"), said("present_others"), said("institution"), said("person")];
    let agreed = [said("new_tasks"), said("task_checks").map(|tasks| ["sprawdzono: ", &tasks].concat())];
    let next = said("next_visit").map(|next| ["następna wizyta: ", &next].concat());
    let cells: Vec<String> = vec![
        number.to_string(),
        words::short_date(card.date),
        hours(card, record),
        joined(place, ", "),
        kind_words(card),
        joined(met, "; "),
        actions(card, said("actions")),
        joined(agreed.into_iter().chain([next]), "; "),
    ];
    cells.into_iter().map(Cell::from).chain([signed(record)]).collect()
}

/// An answer in words, where there is one and the reader may see it.
fn said(around: &Around<'_>, form: &Form, record: &Record, key: &str) -> Option<String> {
    let field = form.field(key).filter(|field| field.is_shown(&record.answers) && (around.may_see)(field.class))?;
    answer_words(field, record.answers.raw(key)?, around.referred)
}

fn joined(parts: impl IntoIterator<Item = Option<String>>, between: &str) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(between)
}

fn hours(card: &VisitCard, record: &Record) -> String {
    let end = record.answers.get(visit_card::END);
    let times: Vec<String> = card.start.into_iter().chain(end).map(words::time).collect();
    if times.is_empty() { words::length(card.minutes) } else { times.join("–") }
}

fn kind_words(card: &VisitCard) -> String {
    let missed = card.outcome.filter(|outcome| card.kind == EntryKind::Visit && *outcome != Outcome::Held);
    joined([Some(card.kind.label().to_owned()), missed.map(|outcome| outcome.label().to_owned())], " – ")
}

/// "pkt 2, 6: Rozmowa o stałych porach snu."
fn actions(card: &VisitCard, said: Option<String>) -> String {
    let points: Vec<&str> = card.tasks.iter().filter_map(|task: &StatutoryTask| task.point()).collect();
    let points = (!points.is_empty()).then(|| ["pkt ", &points.join(", ")].concat());
    joined([points, said], ": ")
}

/// The signatures of one entry: what was drawn, or how else it was signed.
fn signed(record: &Record) -> Cell {
    let mut cell = Cell::default();
    for row in record.answers.rows("signatures") {
        let own = record.answers.row("signatures", &row);
        let drawn = own.get(signature::DRAWING).filter(|_| own.get(signature::METHOD) == Some(Method::Screen));
        let words = match drawn {
            Some(drawing) => {
                cell.drawn.push(drawing.path());
                own.text(signature::NAME).to_owned()
            }
            None => signature::in_words(&own),
        };
        cell.words = if cell.words.is_empty() { words } else { [cell.words, words].join("; ") };
    }
    cell
}

fn sums(entries: &[(VisitCard, &Record)], cards: &[&VisitCard]) -> Vec<(&'static str, String)> {
    let visits = cards.iter().filter(|card| card.is_held_visit()).count();
    let took_place = entries.iter().filter(|(_, record)| visit_card::took_place(&record.answers));
    let took_place: Vec<&VisitCard> = took_place.map(|(card, _)| card).collect();
    let is_contact = |card: &&&VisitCard| !matches!(card.kind, EntryKind::Visit | EntryKind::Documentation);
    let contacts = took_place.iter().filter(is_contact).count();
    let minutes = took_place.iter().map(|card| card.minutes).sum();
    let tenths = cards.iter().map(|card| card.travel_tenths).sum();
    vec![
        ("Wizyty", visits.to_string()),
        ("Kontakty", contacts.to_string()),
        ("Czas", words::length(minutes)),
        ("Dojazdy", [words::tenths(tenths).as_str(), " km"].concat()),
    ]
}

/// The columns of the task card, by the keys of the declaration.
const COLUMNS: [&str; 7] = ["given_on", "task", "due", "status", "checked_on", "effect", "followup"];

/// The card of the family's tasks, the oldest first.
pub fn task_card(around: &Around<'_>) -> Sheet {
    let form = newest(around, RecordKind::Task);
    let mut tasks: Vec<&Record> =
        around.records.iter().filter(|record| record.kind == RecordKind::Task).copied().collect();
    sort_by_key(&mut tasks, |task| (task.answers.get(family_task::GIVEN_ON), task.id));
    let labels = COLUMNS.iter().filter_map(|key| form.field(key)).map(|field| match field.kind {
        Kind::Date if field.key == "due" => "Termin",
        _ => field.label,
    });
    let mut heads: Vec<&'static str> = ["Lp."].into_iter().chain(labels).collect();
    heads.insert(3, "Kto wykonuje");
    let rows = tasks.iter().zip(1..).map(|(task, number)| task_row(around, form, task, number)).collect();
    let table = Table { label: "", heads, rows };
    let to_sign = vec![Block::ToSign(vec!["członek rodziny", "asystent rodziny"])];
    Sheet {
        title: words::sentence(form.title),
        is_wide: true,
        parts: vec![Part { title: "", blocks: vec![Block::Table(table)] }, Part { title: "", blocks: to_sign }],
        ..headed(around, form)
    }
}

fn task_row(around: &Around<'_>, form: &Form, task: &Record, number: i64) -> Vec<Cell> {
    let said = |key: &str| said(around, form, task, key);
    let by_assistant = (task.answers.get(family_task::BY_ASSISTANT) == Some(true)).then(|| "asystent".to_owned());
    let who = joined([said("who"), by_assistant], "; ");
    let due = said("due").or_else(|| said("rhythm")).or_else(|| said("due_kind"));
    let effect = joined([said("effect"), said("effect_score"), said("reason"), said("obsolete_reason")], "\n");
    let cells = COLUMNS.iter().map(|key| match *key {
        "due" => due.clone().unwrap_or_default(),
        "effect" => effect.clone(),
        key => said(key).unwrap_or_default(),
    });
    let mut row: Vec<Cell> = [number.to_string()].into_iter().chain(cells).map(Cell::from).collect();
    row.insert(3, Cell::from(who));
    row
}
