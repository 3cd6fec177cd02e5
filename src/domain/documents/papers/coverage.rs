//! A test: every field of spec/domain.md 3.1–3.22 has its place in a declaration. The lists in
//! `coverage/` are made from the tables there, one file each section: the field as the table names it, ● or
//! ○, and where it stands here. `paper CODE` names the declaration for the lines that follow; `record code`
//! names one of [`RecordKind`]. A place in words ("= ...") is a field that stands elsewhere, and says where.

use super::{form_of, testing};
use crate::domain::{
    documents::RecordKind,
    form::{Field, Form, Kind, Must, Source, When},
    procedure::Paper,
};
use std::{fs, path::Path};

/// How many sections of the specification describe papers.
const SECTIONS: usize = 22;

fn declaration(line: &str) -> Option<&'static Form> {
    let (what, code) = line.split_once(' ')?;
    match what {
        "paper" => form_of(code.parse::<Paper>().ok()?),
        "record" => code.parse::<RecordKind>().ok().map(RecordKind::form),
        _ => None,
    }
}

fn field(form: &Form, path: &str) -> Option<&'static Field> {
    let found = testing::paths(form).into_iter().find(|(known, _)| known == path).map(|(_, field)| field);
    found.or_else(|| form.field(path).filter(|field| field.kind.cells().is_some()))
}

/// Can this field be required, by itself or by a rule?
fn is_asked_for(form: &Form, path: &str, field: &Field) -> bool {
    let by_rule = form.rules.iter().any(|rule| {
        let about = match rule.rows {
            Some(table) => format!("{table}/*/{}", rule.field),
            None => rule.field.to_owned(),
        };
        let asks = !matches!(
            rule.must,
            Must::NotInFuture
                | Must::NotInPast
                | Must::NotBefore(_)
                | Must::After(_)
                | Must::WithinMonths(..)
                | Must::MonthsAfter(..)
                | Must::WithinDays(..)
        );
        asks && (about == path || matches!(rule.must, Must::AnyOf(others) if others.contains(&path)))
    });
    by_rule || field.required != When::Never || matches!(field.source, Source::Computed(_) | Source::Consulted(_))
}

/// What is wrong with the list of one section.
fn complaints(name: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut form = None;
    for (number, line) in text.lines().map(str::trim).enumerate() {
        let at = format!("{name}:{}", number + 1);
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if line.starts_with("paper ") || line.starts_with("record ") {
            form = declaration(line);
            if form.is_none() {
                found.push(format!("{at}: there is no {line}"));
            }
            continue;
        }
        let Some(mark) = line.find(['●', '○']) else {
            found.push(format!("{at}: neither ● nor ○"));
            continue;
        };
        let (named, rest) = line.split_at(mark);
        let required = rest.starts_with('●');
        let place = rest.trim_start_matches(['●', '○']).trim();
        if let Some(words) = place.strip_prefix('=') {
            if words.trim().is_empty() {
                found.push(format!("{at}: {} stands elsewhere, but where?", named.trim()));
            }
            continue;
        }
        let Some(form) = form else { continue };
        match field(form, place) {
            None => found.push(format!("{at}: {} is missing: {} has no {place}", named.trim(), form.title)),
            Some(field) if required && field.kind != Kind::Signatures && !is_asked_for(form, place, field) => {
                found.push(format!("{at}: {} is required by the table, not by {}", named.trim(), form.title));
            }
            Some(_) => {}
        }
    }
    found
}

#[test]
fn every_field_of_the_tables_has_its_place() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/domain/documents/papers/coverage");
    let mut found = Vec::new();
    let mut sections = 0;
    for entry in fs::read_dir(folder).expect("the folder of the lists").flatten() {
        let text = fs::read_to_string(entry.path()).expect("a list can be read");
        found.extend(complaints(&entry.file_name().to_string_lossy(), &text));
        sections += 1;
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    assert_eq!(sections, SECTIONS, "a list for each section");
}

#[test]
fn a_missing_field_and_a_lax_one_are_named() {
    let found = complaints("x", "paper NR_2\nnowhere ● nowhere\nsafety_note ● safety_note\nfrom ● from\nelse ○ =");
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found[0].contains("nowhere is missing"));
    assert!(found[1].contains("required by the table"));
}
