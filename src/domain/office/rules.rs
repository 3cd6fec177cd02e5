//! Which declared fields an office may hide: only those that nothing else needs.

use super::Subject;
use crate::domain::form::{Field, Form, Kind, Rule, Source, When};

/// Cards that the program itself reads and writes, field by field: their screens, the procedure, the plan of visits.
const WHOLE: &[&str] = &["family", "case", "plan", "task"];

/// Fields that terms, steps and figures are computed from although they may stay empty. A test holds the list
/// against what the readings of the procedure and of the terms name.
pub(super) const COMPUTED_FROM: &[(&str, &[&str])] = &[
    (
        "visit",
        &[
            "start",
            "end",
            "children_seen",
            "not_seen_reason",
            "goals",
            "task_checks",
            "new_tasks",
            "next_visit",
            "travel_km",
            "travel_minutes",
        ],
    ),
    // The card of a new family is made from it.
    ("REFERRAL", &["address"]),
    ("NR_2", &["completed_on"]),
    ("NR_3A", &["phone_consent"]),
    ("NR_6", &["version"]),
    ("NR_7", &["sent_pcpr", "sent_court"]),
    ("NR_16", &["next"]),
    ("AUTHORISATION", &["valid_to"]),
];

/// By these a paper is told from others, on the screen and in the archive.
const NAMES_OF_PAPERS: &[&str] = &["case_sign", "doc_no"];

/// Why a declared field cannot be hidden, in Polish and as the end of a sentence; nothing when it can.
pub fn why_it_stays(subject: Subject, form: &Form, path: &str) -> Option<String> {
    let (table, key) = match path.split_once('/') {
        Some((table, cell)) => (Some(table), cell),
        None => (None, path),
    };
    let beside: Vec<&Field> = match table {
        None => form.fields().collect(),
        Some(table) => form.field(table).map(columns).unwrap_or_default().iter().collect(),
    };
    let field = beside.iter().find(|field| field.key == key)?;
    match field.required {
        When::Never => {}
        When::Always => return Some("jest wymagane".to_owned()),
        _ => return Some("bywa wymagane".to_owned()),
    }
    if let Source::Consulted(_) = field.source {
        return Some("pisze je ktoś inny, już po złożeniu".to_owned());
    }
    if WHOLE.contains(&subject.code) {
        return Some("korzysta z niego sam program".to_owned());
    }
    if is_computed_from(subject, path) {
        return Some("korzystają z niego terminy, kroki postępowania, zestawienia lub archiwum".to_owned());
    }
    let reads = |other: &&&Field| [other.required.reads(), other.shown.reads()].concat().contains(&key);
    if let Some(other) = beside.iter().find(reads) {
        return Some(["zależy od niego pole „", other.label, "”"].concat());
    }
    let rule = form.rules.iter().find(|rule| rule.rows == table && needs(rule, key));
    rule.map(|rule| ["sprawdza je reguła: „", rule.text, "”"].concat())
}

/// The columns of a table. Files and signatures are rows too, but the program's own.
pub(super) fn columns(field: &Field) -> &'static [Field] {
    match field.kind {
        Kind::Rows(cells) | Kind::RowsOf(_, cells) => cells,
        _ => &[],
    }
}

/// A rule that only limits an answer needs none; the others do.
fn needs(rule: &Rule, key: &str) -> bool {
    rule.reads().contains(&key) || (rule.field == key && rule.must.asks_for_an_answer())
}

fn is_computed_from(subject: Subject, path: &str) -> bool {
    if NAMES_OF_PAPERS.contains(&path) {
        return true;
    }
    let named = COMPUTED_FROM.iter().find(|(code, _)| *code == subject.code);
    // A table goes with its columns.
    let is_it = |named: &&str| *named == path || named.split('/').next() == Some(path);
    named.is_some_and(|(_, paths)| paths.iter().any(is_it))
}
