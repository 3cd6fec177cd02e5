//! The records around a paper, as the office gave them when the form opened.

use super::opening::Around;
use crate::{
    api::session::Me,
    domain::{
        answer_words::Referred,
        documents::papers::{
            begin::{Known, follow},
            figure::Figure,
            traces::Traced,
        },
        form::Answers,
        ids::{RecordId, UserId},
        paper_words::SectionWords,
        procedure::Paper,
        record::Record,
    },
    ui::{
        desk::family::FileFacts,
        form::{
            told,
            traces::{Background, SourceLine},
        },
    },
};
use chrono::NaiveDate;

/// A paper of a family at the desk.
pub struct InOffice {
    around: Around,
    paper: Paper,
    me: Me,
    today: NaiveDate,
}

impl InOffice {
    /// The records around this paper.
    pub fn new(around: Around, paper: Paper, me: Me, today: NaiveDate) -> Self {
        Self { around, paper, me, today }
    }

    fn known(&self) -> Known<'_> {
        Known::of(&self.around.file.records, self.me.user, self.today)
    }

    fn record(&self, id: RecordId) -> Option<&Record> {
        self.around.file.records.iter().find(|record| record.id == id)
    }
}

impl Background for InOffice {
    fn trace(&self, answers: &Answers) -> Traced {
        Traced::of(self.paper, answers, &self.known())
    }

    fn follow(&self, before: &Answers, after: &Answers) -> Vec<Figure> {
        if before == after {
            return Vec::new();
        }
        follow(self.paper, before, after, &self.known())
    }

    fn referred(&self) -> Referred {
        Referred::of(&self.around.file.records)
    }

    fn source(&self, id: RecordId) -> Option<SourceLine> {
        let record = self.record(id)?;
        let href = told::desk_href(&self.around.file.line.code, record);
        // A form that cannot be saved now must not be left by a link.
        Some(SourceLine { title: told::title(record), href, apart: true })
    }

    fn reading(&self, id: RecordId) -> Vec<SectionWords> {
        let Some(record) = self.record(id) else { return Vec::new() };
        let facts = FileFacts::of(&self.around.file, Some(self.me.role));
        let name_of = |id: &str| id.parse::<UserId>().map(|id| facts.name(id)).unwrap_or_default();
        told::reading(record, &self.referred(), &name_of, facts.may_see())
    }
}
