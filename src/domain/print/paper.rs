//! A paper that was filled in, as it is printed.

use super::{Around, Block, Cell, Part, Sheet, Table, headed, is_head};
use crate::domain::{
    documents::papers::{
        course::LIFE,
        parts::{DOC_DATE, NUMBER, PLACE, SIGN},
    },
    form::{Form, Section},
    paper_words::{self, CorrectionWords, ItemWords, SectionWords, TableWords},
    procedure::Life,
    record::Record,
    words,
};

/// The print of one paper. What is only a draft says so.
pub fn paper(around: &Around<'_>, record: &Record) -> Sheet {
    let form = around.book.form_of(record);
    let answers = &record.answers;
    let sections = paper_words::sections(form, answers, around.referred, around.name_of, around.may_see);
    let mut sheet = Sheet {
        title: words::sentence(&title(record)),
        is_draft: matches!(answers.get(LIFE), None | Some(Life::Draft | Life::Returned)),
        corrections: corrections(around, record),
        withholds: paper_words::withholds(form, answers, around.may_see),
        parts: sections.into_iter().filter_map(|section| part(form, section)).collect(),
        ..headed(around, form)
    };
    let day = answers.get(DOC_DATE).map(words::date).unwrap_or_default();
    let place = answers.text(PLACE).trim().to_owned();
    sheet.drawn_up = [place, day].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let own_sign = answers.text(SIGN).trim();
    if !own_sign.is_empty() {
        sheet.about.retain(|(label, _)| *label != "Znak sprawy");
        sheet.about.insert(0, ("Znak sprawy", own_sign.to_owned()));
    }
    let number = answers.text(NUMBER).trim();
    if !number.is_empty() {
        sheet.about.insert(0, ("Numer", number.to_owned()));
    }
    sheet
}

/// The title without the number of the attachment, which stands above it.
fn title(record: &Record) -> String {
    let title = paper_words::title(&record.answers);
    match title.split_once(" (zał.") {
        Some((title, _)) => title.to_owned(),
        None => title,
    }
}

fn part(form: &Form, section: SectionWords) -> Option<Part> {
    let SectionWords { title, items } = section;
    let blocks: Vec<Block> = items.into_iter().filter(|item| !is_said_above(form, title, item)).map(block).collect();
    (!blocks.is_empty()).then_some(Part { title, blocks })
}

/// Does the head of the print say it?
fn is_said_above(form: &Form, title: &str, item: &ItemWords) -> bool {
    let ItemWords::Line { label, .. } = item else { return false };
    let sections = form.sections.iter().filter(|section: &&Section| section.title == title);
    sections.flat_map(|section| section.fields).any(|field| field.label == *label && is_head(field.key))
}

fn block(item: ItemWords) -> Block {
    match item {
        ItemWords::Line { label, words } => Block::Line { label, words },
        ItemWords::Signatures { signed, .. } => Block::Signatures(signed),
        ItemWords::Table(table) if table.fits_columns() => Block::Table(columns(table)),
        ItemWords::Table(table) => Block::Entries { label: table.label, entries: table.entries() },
    }
}

fn columns(table: TableWords) -> Table {
    let TableWords { label, heads, rows, .. } = table;
    let rows = rows.into_iter().map(|row| row.into_iter().map(Cell::from).collect()).collect();
    Table { label, heads, rows }
}

/// "Sprostowanie z dnia 22 listopada 2026 (Jan Próbny): Jest 3, powinno być 5. Powód: pomyłka."
fn corrections(around: &Around<'_>, record: &Record) -> Vec<String> {
    let said = |correction: CorrectionWords| {
        let author = (around.name_of)(&record.writer_of(&correction.path).by.to_string());
        let CorrectionWords { on, what, reason, .. } = correction;
        ["Sprostowanie z dnia ", &on, " (", &author, "): ", &what, " Powód: ", &reason, "."].concat()
    };
    paper_words::corrections(&record.answers).into_iter().map(said).collect()
}
