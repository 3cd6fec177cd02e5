//! A form that nobody has filled in, to be filled in by hand: lines to write on and boxes to tick, in the order of
//! the paper. What Asysta counts is asked as well; on paper nobody else does.

use super::{Around, Block, Cell, Part, Sheet, Table, headed, is_head};
use crate::domain::{
    codes::Area,
    form::{Choice, Each, Field, Form, Kind, Must, Section},
    signature::Signer,
    words,
};

/// Rows of a table to write in.
const ROWS: usize = 4;
/// Columns beside each other that leave room for a hand.
const COLUMNS: usize = 7;
/// Lines for an answer of several sentences.
const LINES: u8 = 4;

/// The print of a form to fill in by hand, for this family or for any.
pub fn blank(around: &Around<'_>, form: &'static Form) -> Sheet {
    let parts = form.sections.iter().chain(form.decision).map(|section| part(form, section));
    let mut sheet = headed(around, form);
    for label in ["Znak sprawy", "Rodzina"] {
        if !sheet.about.iter().any(|(known, _)| *known == label) {
            sheet.about.push((label, String::new()));
        }
    }
    Sheet { title: words::sentence(form.title), parts: parts.filter(|part| !part.blocks.is_empty()).collect(), ..sheet }
}

fn part(form: &Form, section: &'static Section) -> Part {
    // Sign and family stand above; where and when is written by hand.
    let asked = section.fields.iter().filter(|field| !is_head(field.key) || is_written_below(field.key));
    Part { title: section.title, blocks: asked.flat_map(|field| blocks(form, field)).collect() }
}

fn is_written_below(key: &str) -> bool {
    use crate::domain::documents::papers::parts::{DOC_DATE, NUMBER, PLACE};
    [NUMBER.name(), PLACE.name(), DOC_DATE.name()].contains(&key)
}

fn blocks(form: &Form, field: &'static Field) -> Vec<Block> {
    let label = field.label;
    let write = |lines: u8| vec![Block::ToWrite { label, lines }];
    match field.kind {
        Kind::Text { .. } => write(LINES),
        Kind::Flag => vec![Block::ToTick { label, options: vec!["tak", "nie"] }],
        Kind::One(choices) | Kind::Many(choices) => vec![Block::ToTick { label, options: labels(choices) }],
        Kind::Rows(cells) => table(label, None, cells),
        Kind::RowsOf(each, cells) => table(label, Some(each), cells),
        Kind::Signatures => vec![Block::ToSign(signers(form, field.key))],
        // Pages are put beside a paper, not written on it.
        Kind::Files { .. } | Kind::Drawing => Vec::new(),
        _ => write(1),
    }
}

fn labels(choices: &'static [Choice]) -> Vec<&'static str> {
    choices.iter().map(|choice| choice.label).collect()
}

/// A table to write in; one with more columns than a page has room for is cut into several.
fn table(label: &'static str, each: Option<Each>, cells: &'static [Field]) -> Vec<Block> {
    let subjects = subjects(each);
    let room = COLUMNS - usize::from(each.is_some());
    let head = each.map(subject_head);
    let cut = |columns: &'static [Field]| {
        let heads: Vec<&'static str> = head.into_iter().chain(columns.iter().map(|cell| cell.label)).collect();
        let row = |subject: &String| {
            let first = each.map(|_| Cell::from(subject.clone()));
            first.into_iter().chain(columns.iter().map(|_| Cell::default())).collect()
        };
        Block::Table(Table { label, heads, rows: subjects.iter().map(row).collect() })
    };
    cells.chunks(room).map(cut).collect()
}

/// What stands first in each row: an area, or room for a name.
fn subjects(each: Option<Each>) -> Vec<String> {
    match each {
        Some(Each::Area) => Area::ALL.iter().map(|area| words::sentence(area.label())).collect(),
        _ => vec![String::new(); ROWS],
    }
}

fn subject_head(each: Each) -> &'static str {
    match each {
        Each::Area => "Obszar",
        Each::Child => "Dziecko",
        Each::Adult => "Osoba",
        Each::Goal => "Cel",
        Each::Family => "Rodzina",
    }
}

/// Who signs, by the rules of the paper; where they say nothing, there is room for two.
fn signers(form: &Form, key: &str) -> Vec<&'static str> {
    let mut found: Vec<&'static str> = Vec::new();
    for rule in form.rules.iter().filter(|rule| rule.field == key) {
        let Must::SignedBy(codes) = rule.must else { continue };
        for label in codes.iter().filter_map(|code| code.parse::<Signer>().ok()).map(Signer::label) {
            if !found.contains(&label) {
                found.push(label);
            }
        }
    }
    if found.is_empty() { vec!["data i czytelny podpis"; 2] } else { found }
}
