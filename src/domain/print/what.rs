//! What is to be printed, as the address of a print says it.

use super::{Around, Sheet, blank, paper, task_card, work_card};
use crate::domain::{
    documents::{
        RecordKind,
        papers::{OWN_WORK, form_of},
    },
    form::{Answers, Form, field::read_month},
    ids::RecordId,
    office::Subject,
    order::sort_by_key,
    procedure::Paper,
};
use chrono::{Datelike, NaiveDate};
use std::str::FromStr;

/// What is to be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A paper of the file.
    Paper(RecordId),
    /// The assistant's work of the month that begins on this day (nr 8).
    WorkCard(NaiveDate),
    /// The family's tasks (nr 9).
    TaskCard,
    /// The large-print sheet "Nasze zadania".
    OurTasks,
    /// A form to fill in by hand.
    Blank(Blank),
}

/// A form to fill in by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blank {
    /// A paper.
    Paper(Paper),
    /// An entry of the assistant's work (nr 8).
    Entry,
    /// A task of the family (nr 9).
    Task,
}

impl Blank {
    /// Every form about a family, in the order of the attachments; those without a number last.
    pub fn all() -> Vec<Blank> {
        let mut seen: Vec<&'static Form> = Vec::new();
        let mut all = vec![Blank::Entry, Blank::Task];
        for paper in Paper::ALL.iter().copied().filter(|paper| !OWN_WORK.contains(paper)) {
            // Papers that share a form are printed once.
            let Some(form) = form_of(paper).filter(|form| !seen.iter().any(|known| std::ptr::eq(*known, *form))) else {
                continue;
            };
            seen.push(form);
            all.push(Blank::Paper(paper));
        }
        sort_by_key(&mut all, |blank| {
            let digits: String = blank.number().chars().take_while(char::is_ascii_digit).collect();
            digits.parse::<u32>().unwrap_or(u32::MAX)
        });
        all
    }

    fn code(self) -> &'static str {
        match self {
            Blank::Paper(paper) => paper.code(),
            Blank::Entry => "ENTRY_CARD",
            Blank::Task => "TASK_CARD",
        }
    }

    fn subject(self) -> Option<Subject> {
        match self {
            Blank::Paper(paper) => Subject::paper(paper),
            Blank::Entry => Subject::of(RecordKind::Visit, &Answers::default()),
            Blank::Task => Subject::of(RecordKind::Task, &Answers::default()),
        }
    }

    fn number(self) -> &'static str {
        self.subject().map_or("", |subject| subject.declared.number)
    }

    /// What people call it: "Karta pracy asystenta rodziny (zał. 8)".
    pub fn title(self) -> String {
        let title = self.subject().map_or("", |subject| subject.declared.title);
        match self.number() {
            "" => title.to_owned(),
            number => [title, " (zał. ", number, ")"].concat(),
        }
    }
}

const WORK_CARD: &str = "karta-pracy-";
const BLANK: &str = "pusty-";
const TASK_CARD: &str = "zadania";
const OUR_TASKS: &str = "nasze-zadania";

impl What {
    /// The last part of the print's address.
    pub fn word(self) -> String {
        match self {
            What::Paper(id) => id.to_string(),
            What::WorkCard(month) => {
                let two = if month.month() < 10 { "-0" } else { "-" };
                [WORK_CARD, &month.year().to_string(), two, &month.month().to_string()].concat()
            }
            What::TaskCard => TASK_CARD.to_owned(),
            What::OurTasks => OUR_TASKS.to_owned(),
            What::Blank(blank) => [BLANK, blank.code()].concat(),
        }
    }

    /// Where the print of a family's file stands.
    pub fn address(self, code: &str) -> String {
        ["/rodziny/", code, "/druk/", &self.word()].concat()
    }

    /// The sheet; nothing when it is not in this file, or is drawn in its own way.
    pub fn sheet(self, around: &Around<'_>) -> Option<Sheet> {
        match self {
            What::Paper(id) => {
                let record =
                    around.records.iter().find(|record| record.id == id && record.kind == RecordKind::Paper)?;
                Some(paper(around, record))
            }
            What::WorkCard(month) => Some(work_card(around, month)),
            What::TaskCard => Some(task_card(around)),
            What::Blank(form) => Some(blank(around, around.book.newest(form.subject()?))),
            What::OurTasks => None,
        }
    }
}

impl FromStr for What {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        if let Some(month) = word.strip_prefix(WORK_CARD) {
            return read_month(month).map(What::WorkCard).ok_or(());
        }
        if let Some(code) = word.strip_prefix(BLANK) {
            return Blank::all().into_iter().find(|blank| blank.code() == code).map(What::Blank).ok_or(());
        }
        match word {
            TASK_CARD => Ok(What::TaskCard),
            OUR_TASKS => Ok(What::OurTasks),
            id => id.parse().map(What::Paper).map_err(|_| ()),
        }
    }
}
