//! Rows of two versions, paired: by their id, and where a paper was written anew, by what they are about.

use super::{
    super::{
        files,
        form::{Answers, Field, Kind, Value},
        order::{map_of, sort_by_key},
        paper_words::Reader,
        signature, words,
    },
    Both, Fate, RowPair, cut,
};
use std::collections::BTreeMap;

/// Letters of a heading.
const TITLE: usize = 80;

/// A row of one version, in words.
#[derive(Clone, Debug)]
pub struct Row {
    id: String,
    /// Whom it is about, where its id says so.
    subject: Option<String>,
    /// What stands in each cell, by its key.
    cells: BTreeMap<&'static str, String>,
    /// What is no text but may change: a drawing, the bytes of a file.
    unread: Option<Value>,
}

/// The rows of a field that say something.
pub fn read(reader: &Reader<'_>, field: &'static Field, answers: &Answers) -> Vec<Row> {
    if !reader.reads(field, answers) {
        return Vec::new();
    }
    let mut rows = Vec::new();
    for id in answers.rows(field.key) {
        let own = answers.row(field.key, &id);
        let cells = match field.kind {
            Kind::Signatures => map_of([("", signature::with_role(&own))]),
            Kind::Files { .. } => map_of([("", file_words(&own))]),
            _ => {
                let cells = field.kind.cells().unwrap_or_default();
                map_of(cells.iter().filter_map(|cell| Some((cell.key, reader.words(cell, &own)?))))
            }
        };
        let subject = match field.kind {
            Kind::RowsOf(each, _) => Some(reader.subject(each, &id)),
            Kind::Signatures => Some(signature::who(&own)).filter(|who| !who.is_empty()),
            _ => None,
        };
        let unread = own.raw(signature::DRAWING.name()).or(own.raw(files::HASH.name())).cloned();
        if !cells.is_empty() {
            rows.push(Row { id, subject, cells, unread });
        }
    }
    rows
}

/// "Zaświadczenie lekarskie (zdjęcie, 120 kB)".
fn file_words(row: &Answers) -> String {
    let media = row.get(files::MEDIA).map_or("plik", files::MediaType::label);
    let size = row.get(files::BYTES).map(|bytes| [", ", &(bytes / 1024).max(1).to_string(), " kB"].concat());
    let caption = row.text(files::CAPTION);
    match caption.is_empty() {
        true => [media, size.as_deref().unwrap_or_default()].concat(),
        false => [caption, " (", media, size.as_deref().unwrap_or_default(), ")"].concat(),
    }
}

/// The rows of both versions, each beside its other self.
pub fn paired(older: Vec<Row>, newer: Vec<Row>, field: &'static Field) -> Vec<RowPair> {
    let partners = partners(&older, &newer, field);
    let left: Vec<(String, Option<Row>, Option<Row>)> = {
        let mut older: BTreeMap<String, Row> = map_of(older.into_iter().map(|row| (row.id.clone(), row)));
        let mut pairs: Vec<_> = newer
            .into_iter()
            .map(|row| {
                let partner = partners.get(&row.id).and_then(|id| older.remove(id));
                (row.id.clone(), partner, Some(row))
            })
            .collect();
        pairs.extend(older.into_iter().map(|(id, row)| (id, Some(row), None)));
        sort_by_key(&mut pairs, |(id, ..)| id.clone());
        pairs
    };
    let numbered = left.into_iter().zip(1..);
    numbered.map(|((_, old, new), number)| pair(old.as_ref(), new.as_ref(), field, number)).collect()
}

/// For each row of the newer version the id of the older one: the same row, else one that is about the same.
fn partners(older: &[Row], newer: &[Row], field: &Field) -> BTreeMap<String, String> {
    let same = newer.iter().filter(|row| older.iter().any(|old| old.id == row.id));
    let mut partners: BTreeMap<String, String> = map_of(same.map(|row| (row.id.clone(), row.id.clone())));
    for row in newer {
        let is_free = |old: &&Row| !partners.values().any(|id| *id == old.id);
        let theme = about(row, field);
        let found = older.iter().filter(is_free).find(|old| theme.is_some() && about(old, field) == theme);
        if let Some(old) = found.map(|old| old.id.clone())
            && !partners.contains_key(&row.id)
        {
            partners.insert(row.id.clone(), old);
        }
    }
    partners
}

/// What a row is about: whom its id names, else what somebody wrote in it first, else its first answer.
fn about<'a>(row: &'a Row, field: &Field) -> Option<&'a String> {
    let columns = columns(field);
    let is_free = |kind: &Kind| matches!(kind, Kind::Line { .. } | Kind::Text { .. });
    let said = |free: bool| {
        let asked = columns.iter().filter(move |(_, _, kind)| !free || is_free(kind));
        asked.filter_map(|(key, ..)| row.cells.get(key)).next()
    };
    row.subject.as_ref().or_else(|| said(true)).or_else(|| said(false))
}

/// Key, head and declaration of each column that is read.
fn columns(field: &Field) -> Vec<(&'static str, &'static str, Kind)> {
    match field.kind {
        Kind::Signatures => vec![("", "Podpis", Kind::Drawing)],
        Kind::Files { .. } => vec![("", "Plik", Kind::Drawing)],
        kind => kind.cells().unwrap_or_default().iter().map(|cell| (cell.key, cell.label, cell.kind)).collect(),
    }
}

fn pair(old: Option<&Row>, new: Option<&Row>, field: &'static Field, number: usize) -> RowPair {
    let is_redone = old.zip(new).is_some_and(|(old, new)| old.unread != new.unread);
    let mut lines: Vec<(&'static str, Both)> = Vec::new();
    for (key, head, kind) in columns(field) {
        let said = |row: Option<&Row>| row.and_then(|row| row.cells.get(key)).cloned();
        let both = Both::of(said(old).as_deref(), said(new).as_deref(), cut(kind));
        lines.extend(both.map(|both| (head, if is_redone { both.all_marked() } else { both })));
    }
    let is_same = lines.iter().all(|(_, both)| both.fate == Fate::Same);
    let fate = Fate::of(old.is_some(), new.is_some(), is_same);
    let title = new.or(old).and_then(|row| about(row, field)).map(|words| shortened(words));
    let title = title.unwrap_or_else(|| ["pozycja ", &number.to_string()].concat());
    RowPair { fate, title: words::sentence(&title), lines }
}

fn shortened(words: &str) -> String {
    match words.char_indices().nth(TITLE) {
        Some((end, _)) => [words[..end].trim_end(), "…"].concat(),
        None => words.to_owned(),
    }
}
