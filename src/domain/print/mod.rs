//! Papers as the office prints them: one sheet for whatever is printed, made of the declarations and of what was
//! answered. Screens draw a [`Sheet`]; they add nothing to it and leave nothing out.
//!
//! A paper has its sections ([`paper()`]), or, not filled in, lines and boxes for the pen ([`blank()`]). The card of the
//! assistant's work ([`work_card()`], nr 8) and that of the family's tasks ([`task_card()`], nr 9) are tables over
//! single records.

mod blank;
mod cards;
mod paper;
#[cfg(test)]
mod tests;
mod what;

pub use blank::blank;
pub use cards::{months_of_entries, task_card, work_card};
pub use paper::paper;
pub use what::{Blank, What};

use super::{
    answer_words::Referred,
    caseload::FamilyLine,
    documents::{RecordKind, case_card, papers::parts::SIGN},
    form::{Form, Sensitivity},
    office::{FormVersion, OfficeBook},
    paper_words::{EntryWords, SignatureWords},
    record::Record,
    words,
};
use chrono::NaiveDate;

/// What a print is made beside: the file, the office's book, and whoever reads.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// The family; nothing for papers about a person's own work.
    pub family: Option<&'a FamilyLine>,
    /// All records of the file.
    pub records: &'a [&'a Record],
    /// Words for what answers refer to by id.
    pub referred: &'a Referred,
    /// Letterhead and forms of the office.
    pub book: &'a OfficeBook,
    /// What the office was called when it was made; its letterhead counts more.
    pub office_name: &'a str,
    /// Who a person of the office is, by id.
    pub name_of: &'a dyn Fn(&str) -> String,
    /// What the reader may see.
    pub may_see: fn(Sensitivity) -> bool,
    /// The day of printing.
    pub today: NaiveDate,
}

/// One print.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Name of the office; empty while it has none.
    pub office: String,
    /// Its address and how to reach it, a line each.
    pub contact: Vec<String>,
    /// "Załącznik nr 8 do procedury asysty rodzinnej"; empty for papers without a number.
    pub attachment: String,
    /// Place and day: "Przykładowo, 20 listopada 2026"; empty when nobody said it.
    pub drawn_up: String,
    /// Sign of the case, number of the paper, family.
    pub about: Vec<(&'static str, String)>,
    /// The title.
    pub title: String,
    /// A line below it, such as the month.
    pub subtitle: String,
    /// It was not handed in yet: the print says so.
    pub is_draft: bool,
    /// It is wider than high.
    pub is_wide: bool,
    /// What was wrong, said beside the paper.
    pub corrections: Vec<String>,
    /// A reader does not see all of it.
    pub withholds: bool,
    /// The parts, in order; those with a title are numbered.
    pub parts: Vec<Part>,
    /// Version of the form and the day of printing.
    pub foot: String,
}

/// A part of a print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its heading; an empty one is no heading.
    pub title: &'static str,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// One thing in a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// What was asked and what was answered.
    Line {
        /// What was asked.
        label: &'static str,
        /// What was answered.
        words: String,
    },
    /// Rows with columns.
    Table(Table),
    /// Rows that are too wide for columns.
    Entries {
        /// What the rows are.
        label: &'static str,
        /// One below the other.
        entries: Vec<EntryWords>,
    },
    /// Sums below a table.
    Sums(Vec<(&'static str, String)>),
    /// Signatures that were given.
    Signatures(Vec<SignatureWords>),
    /// Lines to sign on, with who signs there.
    ToSign(Vec<&'static str>),
    /// Lines to write on.
    ToWrite {
        /// What is asked.
        label: &'static str,
        /// How many lines.
        lines: u8,
    },
    /// Boxes to tick.
    ToTick {
        /// What is asked.
        label: &'static str,
        /// What there is to choose from.
        options: Vec<&'static str>,
    },
}

/// Rows with columns. A cell may be empty, to be written in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What the rows are; an empty text is not shown.
    pub label: &'static str,
    /// Heads of the columns.
    pub heads: Vec<&'static str>,
    /// Cells of each row, as many as there are heads.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// What stands in it.
    pub words: String,
    /// What was drawn in it, each as the path of a picture of [`super::signature::SHEET`].
    pub drawn: Vec<String>,
}

impl From<String> for Cell {
    fn from(words: String) -> Self {
        Self { words, drawn: Vec::new() }
    }
}

/// A sheet with head and foot, still without parts.
fn headed(around: &Around<'_>, form: &Form) -> Sheet {
    let head = &around.book.letterhead;
    let reach = [("tel. ", &head.phone), ("", &head.email)];
    let reach: Vec<String> = reach
        .iter()
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(lead, text)| [lead, text.trim()].concat())
        .collect();
    let contact = [head.address.trim().to_owned(), reach.join(" · ")];
    let family = around.family.map(|line| ("Rodzina", [line.surname.as_str(), " (", &line.code, ")"].concat()));
    let sign = case_sign(around).map(|sign| ("Znak sprawy", sign));
    Sheet {
        office: office(around.book, around.office_name),
        contact: contact.into_iter().filter(|line| !line.is_empty()).collect(),
        attachment: attachment(form),
        about: sign.into_iter().chain(family).collect(),
        foot: foot(form, around.today),
        ..Sheet::default()
    }
}

/// The name of the office: that of its letterhead, else the one that it was made with.
pub fn office(book: &OfficeBook, made_as: &str) -> String {
    let name = book.letterhead.name.trim();
    if name.is_empty() { made_as.to_owned() } else { name.to_owned() }
}

fn attachment(form: &Form) -> String {
    match form.number {
        "" => String::new(),
        number => ["Załącznik nr ", number, " do procedury asysty rodzinnej"].concat(),
    }
}

/// The sign of the family's last case.
fn case_sign(around: &Around<'_>) -> Option<String> {
    let cases = around.records.iter().filter(|record| record.kind == RecordKind::Case);
    let case = cases.max_by_key(|record| record.id)?;
    let sign = case.answers.text(case_card::SIGN).trim();
    (!sign.is_empty()).then(|| sign.to_owned())
}

/// "Wzór w wersji 1 · Sporządzono w Asyście, wydruk z dnia 22 listopada 2026".
fn foot(form: &Form, today: NaiveDate) -> String {
    let FormVersion { declaration, overlay } = FormVersion::read(form.version);
    let own = if overlay == 0 { String::new() } else { [".", &overlay.to_string()].concat() };
    let version = [declaration.to_string(), own].concat();
    ["Wzór w wersji ", &version, " · Sporządzono w Asyście, wydruk z dnia ", &words::date(today)].concat()
}

/// The head of the paper, which is said above it and not again below.
fn is_head(key: &str) -> bool {
    use super::documents::papers::parts::{DOC_DATE, NUMBER, PLACE};
    [SIGN.name(), NUMBER.name(), PLACE.name(), DOC_DATE.name()].contains(&key)
}
