//! Texts to begin nr 14 with, from the person's own entries: short, dated, a family at a time. Notes about danger
//! and everything about the procedure "Niebieska Karta" stay out; the person edits the rest.

use super::{
    Span,
    gather::{Entry, File, task_words},
};
use crate::domain::{
    codes::{Engagement, EntryKind, Risk},
    documents::{papers::monthly_report::ROWS, visit_card},
    words::{self, Noun},
};

/// Longest text of these fields (3.14).
const LONGEST: usize = 1500;
/// An entry says as much at most, and at least, however many there are.
const SENTENCE: (usize, usize) = (60, 220);

pub(super) fn all(files: &[File<'_>], span: Span) -> Vec<(String, String)> {
    let mut drafts = Vec::new();
    for file in files {
        let path = |cell: &str| [ROWS, "/", &file.care.family.to_string(), "/", cell].concat();
        let entries = &file.records.entries;
        let mut put = |cell, text: String| {
            if !text.is_empty() {
                drafts.push((path(cell), shortened(&text, LONGEST)));
            }
        };
        put("summary", summary(file, entries));
        put("difficulties", difficulties(entries));
        put("next", next(file, entries, span));
    }
    drafts
}

fn summary(file: &File<'_>, entries: &[Entry<'_>]) -> String {
    if entries.is_empty() {
        return "W tym miesiącu nie było wpisów.".to_owned();
    }
    let told: Vec<&Entry> =
        entries.iter().filter(|entry| !entry.record.answers.text(visit_card::ACTIONS).trim().is_empty()).collect();
    let room = (LONGEST / told.len().max(1)).saturating_sub(30).clamp(SENTENCE.0, SENTENCE.1);
    let mut lines: Vec<String> = told.iter().map(|entry| line(entry, room)).collect();
    lines.extend(tasks(file));
    lines.join("\n")
}

/// "3.11 – wizyta: Rozmowa o porach snu."
fn line(entry: &Entry<'_>, room: usize) -> String {
    let day = words::day_month(entry.card.date);
    let actions = entry.record.answers.text(visit_card::ACTIONS);
    [&day, " – ", kind_word(entry.card.kind), ": ", &first_words(actions, room)].concat()
}

/// A kind of entry in a word.
pub(super) fn kind_word(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Visit => "wizyta",
        EntryKind::MeetingOut => "spotkanie",
        EntryKind::Accompany => "towarzyszenie",
        EntryKind::PhoneFamily => "rozmowa",
        EntryKind::Institution => "instytucja",
        EntryKind::Team => "zespół",
        EntryKind::Intervention => "interwencja",
        EntryKind::ChildHearing => "sąd",
        EntryKind::ContactSupervised => "kontakt z dzieckiem",
        EntryKind::Documentation => "dokumentacja",
    }
}

/// Whole sentences as long as they fit, else words.
fn first_words(text: &str, room: usize) -> String {
    let plain = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if plain.chars().count() <= room {
        return plain;
    }
    let cut: String = plain.chars().take(room).collect();
    match cut.rfind(['.', '!', '?']) {
        Some(end) if cut[..end].chars().count() >= SENTENCE.0 / 2 => cut[..=end].to_owned(),
        _ => shortened(&plain, room),
    }
}

/// At most so many letters, cut between words.
fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most.saturating_sub(1)).collect();
    let end = cut.rfind(char::is_whitespace).unwrap_or(cut.len());
    [cut[..end].trim_end(), "…"].concat()
}

/// What became of the family's tasks; those that were done in part have no figure of their own.
fn tasks(file: &File<'_>) -> Option<String> {
    if !file.is_own {
        return None;
    }
    let counts = [
        (file.records.tasks_done.len(), "wykonane"),
        (file.records.tasks_partly.len(), "wykonane częściowo"),
        (file.records.tasks_not_done.len(), "niewykonane"),
    ];
    let said: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| [word, " – ", &count.to_string()].concat())
        .collect();
    (!said.is_empty()).then(|| ["Zadania rodziny: ", &said.join(", "), "."].concat())
}

fn difficulties(entries: &[Entry<'_>]) -> String {
    let mut lines = Vec::new();
    for entry in entries {
        let day = words::day_month(entry.card.date);
        if let Some(outcome) = entry.card.outcome.filter(|_| entry.card.is_missed_visit()) {
            lines.push([&day, " – wizyta: ", outcome.label(), "."].concat());
        }
        let how = entry.record.answers.get(visit_card::ENGAGEMENT);
        if let Some(how @ (Engagement::Refuses | Engagement::Avoids)) = how {
            lines.push([&day, " – współpraca: ", how.label(), "."].concat());
        }
        if matches!(entry.card.risk, Risk::Worrying | Risk::Urgent) {
            lines.push([&day, " – sygnał ryzyka: ", entry.card.risk.label(), "."].concat());
        }
    }
    lines.join("\n")
}

fn next(file: &File<'_>, entries: &[Entry<'_>], span: Span) -> String {
    let planned = entries.iter().rev().find_map(|entry| entry.card.next_visit);
    let mut lines = Vec::new();
    if let Some(visit) = planned.filter(|visit| visit.date() > span.stands_on()) {
        lines.push(["Następna wizyta: ", &words::day_month(visit.date()), "."].concat());
    }
    let open = if file.is_own { file.records.tasks_open.as_slice() } else { &[] };
    let tasks: Vec<&str> = open.iter().map(|task| task_words(task)).filter(|words| !words.is_empty()).collect();
    if !tasks.is_empty() {
        const TO_CHECK: Noun = Noun("Zadanie do sprawdzenia: ", "Zadania do sprawdzenia: ", "Zadania do sprawdzenia: ");
        let count = i64::try_from(tasks.len()).unwrap_or(i64::MAX);
        lines.push([TO_CHECK.form(count), &tasks.join("; "), "."].concat());
    }
    lines.join("\n")
}
