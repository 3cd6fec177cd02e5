//! A paper as it is read: its sections in their order, with what was answered in Polish words. For the desk,
//! the phone and the print alike; which paper it is and how it is declared, its answers say.

use super::{
    answer_words::{Referred, answer_words},
    codes::Area,
    content::{self, Fit},
    documents::papers::course::{CORRECTIONS, FORM as COURSE, PAPER, day_of},
    form::{Answers, Each, Field, Form, Kind, Section, Sensitivity, Value},
    order::sort_by_key,
    record::Record,
    signature::{self, Method},
    words,
};

/// One part of a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionWords {
    /// Its heading.
    pub title: &'static str,
    /// What was answered in it, in the order of the paper.
    pub items: Vec<ItemWords>,
}

/// One field of a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemWords {
    /// A single answer.
    Line {
        /// What was asked.
        label: &'static str,
        /// What was answered.
        words: String,
    },
    /// Signatures, one a line.
    Signatures {
        /// Whose, or under what.
        label: &'static str,
        /// Each of them.
        signed: Vec<SignatureWords>,
    },
    /// Rows of several answers.
    Table(TableWords),
}

/// One signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureWords {
    /// "Jan Próbny, asystent rodziny – odręcznie na wydruku, 22 listopada 2026".
    pub words: String,
    /// "Jan Próbny, asystent rodziny", under a line on paper.
    pub who: String,
    /// What was drawn, as the path of a picture of [`signature::SHEET`].
    pub drawn: Option<String>,
    /// Does it stand under this content? Of those made on the screen.
    pub fit: Option<Fit>,
}

/// Repeating rows. Only columns that somebody answered are there; a gap in one of them is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableWords {
    /// What the rows are.
    pub label: &'static str,
    /// The first column says whom or what a row is about, and is no answer.
    pub has_subject: bool,
    /// Heads of the columns.
    pub heads: Vec<&'static str>,
    /// Cells of each row, as many as there are heads.
    pub rows: Vec<Vec<String>>,
}

/// One row of a table that is too wide to be read as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryWords {
    /// Whom or what it is about.
    pub title: String,
    /// Head of the column and what stands there; gaps are left out.
    pub lines: Vec<(&'static str, String)>,
}

impl TableWords {
    /// Letters of all heads, with room between the columns, that fit beside each other on a desk and on A4.
    const WIDTH: usize = 90;
    const BETWEEN: usize = 4;
    /// Letters in one cell beyond which a column becomes a tower.
    const CELL: usize = 160;
    /// Letters of a first column that may be a heading.
    const TITLE: usize = 80;

    /// May it be shown with columns? Else [`TableWords::entries`] reads better.
    pub fn fits_columns(&self) -> bool {
        let wide: usize = self.heads.iter().map(|head| head.chars().count() + Self::BETWEEN).sum();
        wide <= Self::WIDTH && self.rows.iter().flatten().all(|cell| cell.chars().count() <= Self::CELL)
    }

    /// The rows one below the other. The first column is the heading of each where it can be one.
    pub fn entries(&self) -> Vec<EntryWords> {
        let numbered = self.rows.iter().zip(1..);
        numbered.map(|(row, number)| self.entry(row, number)).collect()
    }

    fn entry(&self, row: &[String], number: usize) -> EntryWords {
        let first = row.first().filter(|cell| !cell.is_empty() && cell.chars().count() <= Self::TITLE);
        let title = first.cloned().unwrap_or_else(|| ["pozycja ", &number.to_string()].concat());
        let cells = self.heads.iter().copied().zip(row.iter().cloned()).skip(usize::from(first.is_some()));
        EntryWords { title: words::sentence(&title), lines: cells.filter(|(_, cell)| !cell.is_empty()).collect() }
    }
}

/// Something that was wrong in a paper, said beside it (sprostowanie).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorrectionWords {
    /// The field that it was written into; the record knows who did.
    pub path: String,
    /// Its day.
    pub on: String,
    /// What stands there and what should.
    pub what: String,
    /// Why.
    pub reason: String,
}

/// The title of a paper with its number: "Zgoda rodziny (zał. 3)".
pub fn title(answers: &Answers) -> String {
    // A paper of a newer Asysta is still a paper.
    let title = answers.get(PAPER).map_or_else(|| COURSE.title.to_owned(), |paper| paper.title());
    words::sentence(&title)
}

/// How other papers call one: "Notatka służbowa, 20 listopada 2026".
pub fn name(record: &Record) -> String {
    [title(&record.answers), words::date(day_of(record))].join(", ")
}

/// What stands in a paper: only what was answered, is there under these answers and may be seen. The decision
/// comes last. `name_of` says who a person of the office is, by id.
pub fn sections(
    form: &Form,
    answers: &Answers,
    referred: &Referred,
    name_of: &dyn Fn(&str) -> String,
    may_see: fn(Sensitivity) -> bool,
) -> Vec<SectionWords> {
    let reader = Reader { referred: &referred.within(answers), name_of, may_see, form: Some(form) };
    let sections = form.sections.iter().chain(form.decision);
    sections.map(|section| reader.section(section, answers)).filter(|section| !section.items.is_empty()).collect()
}

/// What stands in one field of a paper, or, with a row's own answers, in one cell of it; nothing when nothing does.
/// For whoever writes the paper: they see all of it.
pub fn item(
    field: &'static Field,
    answers: &Answers,
    referred: &Referred,
    name_of: &dyn Fn(&str) -> String,
) -> Option<ItemWords> {
    Reader { referred, name_of, may_see: |_| true, form: None }.item(field, answers)
}

/// Was anything answered that this reader does not see? They should know that the paper says more.
pub fn withholds(form: &Form, answers: &Answers, may_see: fn(Sensitivity) -> bool) -> bool {
    form.fields().filter(|field| field.is_shown(answers)).any(|field| match field.kind.cells() {
        Some(cells) => answers.rows(field.key).iter().any(|row| {
            let own = answers.row(field.key, row);
            let answered = cells.iter().filter(|cell| cell.is_shown(&own) && own.filled(cell.key));
            answered.into_iter().any(|cell| !(may_see(field.class) && may_see(cell.class)))
        }),
        None => answers.filled(field.key) && !may_see(field.class),
    })
}

/// The corrections of a paper, the oldest first.
pub fn corrections(answers: &Answers) -> Vec<CorrectionWords> {
    let mut rows: Vec<(String, Answers)> =
        answers.rows(CORRECTIONS).into_iter().map(|row| (row.clone(), answers.row(CORRECTIONS, &row))).collect();
    sort_by_key(&mut rows, |(_, cells)| cells.raw("on").cloned());
    rows.iter().map(|(row, cells)| correction(row, cells)).collect()
}

fn correction(row: &str, cells: &Answers) -> CorrectionWords {
    let declared = COURSE.field(CORRECTIONS).and_then(|field| field.kind.cells()).unwrap_or_default();
    let said = |key: &str| {
        let cell = declared.iter().find(|cell| cell.key == key)?;
        answer_words(cell, cells.raw(key)?, &Referred::default())
    };
    CorrectionWords {
        path: [CORRECTIONS, row, "what"].join("/"),
        on: said("on").unwrap_or_default(),
        what: said("what").unwrap_or_default(),
        reason: said("reason").unwrap_or_default(),
    }
}

/// Who reads, and by which words.
pub(super) struct Reader<'a> {
    pub(super) referred: &'a Referred,
    pub(super) name_of: &'a dyn Fn(&str) -> String,
    pub(super) may_see: fn(Sensitivity) -> bool,
    /// The whole form, where all of the paper is read.
    pub(super) form: Option<&'a Form>,
}

impl Reader<'_> {
    fn section(&self, section: &Section, answers: &Answers) -> SectionWords {
        let items = section.fields.iter().filter_map(|field| self.item(field, answers)).collect();
        SectionWords { title: section.title, items }
    }

    fn item(&self, field: &'static Field, answers: &Answers) -> Option<ItemWords> {
        if !self.reads(field, answers) {
            return None;
        }
        match field.kind {
            Kind::Rows(cells) => self.table(field, None, cells, answers).map(ItemWords::Table),
            Kind::RowsOf(each, cells) => self.table(field, Some(each), cells, answers).map(ItemWords::Table),
            Kind::Signatures => self.signatures(field, answers),
            // Seen, not read.
            Kind::Files { .. } | Kind::Drawing => None,
            _ => Some(ItemWords::Line { label: field.label, words: self.words(field, answers)? }),
        }
    }

    /// Is it asked under these answers, and may they see it?
    pub(super) fn reads(&self, field: &Field, answers: &Answers) -> bool {
        field.is_shown(answers) && (self.may_see)(field.class)
    }

    /// A single answer, in a row or not.
    pub(super) fn words(&self, field: &Field, answers: &Answers) -> Option<String> {
        let value = answers.raw(field.key).filter(|_| self.reads(field, answers))?;
        match (field.kind, value) {
            (Kind::Person, Value::Text(id)) if !value.is_blank() => Some((self.name_of)(id)),
            _ => answer_words(field, value, self.referred),
        }
    }

    fn table(
        &self,
        field: &Field,
        each: Option<Each>,
        cells: &'static [Field],
        answers: &Answers,
    ) -> Option<TableWords> {
        let mut rows: Vec<(String, Vec<Option<String>>)> = Vec::new();
        for id in answers.rows(field.key) {
            let own = answers.row(field.key, &id);
            rows.push((id, cells.iter().map(|cell| self.words(cell, &own)).collect()));
        }
        rows.retain(|(_, row)| row.iter().any(Option::is_some));
        let is_answered = |column: usize| rows.iter().any(|(_, row)| row[column].is_some());
        let columns: Vec<usize> = (0..cells.len()).filter(|column| is_answered(*column)).collect();
        let heads = each.map(subject_head).into_iter().chain(columns.iter().map(|column| cells[*column].label));
        let heads: Vec<&'static str> = heads.collect();
        let body = rows.into_iter().map(|(id, row)| {
            let answered = columns.iter().map(|column| row[*column].clone().unwrap_or_default());
            each.map(|each| self.subject(each, &id)).into_iter().chain(answered).collect()
        });
        let rows: Vec<Vec<String>> = body.collect();
        (!rows.is_empty()).then_some(TableWords { label: field.label, has_subject: each.is_some(), heads, rows })
    }

    fn signatures(&self, field: &Field, answers: &Answers) -> Option<ItemWords> {
        let rows = answers.rows(field.key);
        let signed: Vec<SignatureWords> = rows
            .iter()
            .map(|row| {
                let own = answers.row(field.key, row);
                let fit = self.form.and_then(|form| content::fit(form, field.key, answers, &own));
                let drawn = own.get(signature::DRAWING).filter(|_| own.get(signature::METHOD) == Some(Method::Screen));
                let drawn = drawn.map(|drawing| drawing.path());
                SignatureWords { words: signature::with_role(&own), who: signature::who(&own), drawn, fit }
            })
            .collect();
        (!signed.is_empty()).then_some(ItemWords::Signatures { label: field.label, signed })
    }

    /// Whom or what a row is about, by the row's id.
    pub(super) fn subject(&self, each: Each, id: &str) -> String {
        match each {
            Each::Area => words::sentence(id.parse::<Area>().map_or(id, |area| area.label())),
            Each::Child | Each::Adult | Each::Goal | Each::Family => self.referred.word(id),
        }
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

#[cfg(test)]
mod tests;
