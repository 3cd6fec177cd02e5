//! The records around a paper, as the office gave them when the form opened.

use super::place::{Around, File};
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
    ui::form::{
        told,
        traces::{Background, SourceLine},
    },
};
use chrono::NaiveDate;

/// A paper at the desk.
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
        Known::of(self.around.records(), self.me.user, self.today).about(self.around.person())
    }

    fn record(&self, id: RecordId) -> Option<&Record> {
        self.around.records().iter().find(|record| record.id == id)
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
        Referred::of(self.around.records())
    }

    fn source(&self, id: RecordId) -> Option<SourceLine> {
        let record = self.record(id)?;
        let href = match &self.around.file {
            File::Family(file) => told::desk_href(&file.line.code, record),
            File::Person(..) => self.around.place().paper(id),
        };
        // A form that cannot be saved now must not be left by a link.
        Some(SourceLine { title: told::title(record), href, apart: true })
    }

    fn reading(&self, id: RecordId) -> Vec<SectionWords> {
        let Some(record) = self.record(id) else { return Vec::new() };
        let reader = self.around.reader(Some(self.me.role));
        let name_of = |id: &str| id.parse::<UserId>().map(|id| reader.name(id)).unwrap_or_default();
        told::reading((self.around.book(), record), &self.referred(), &name_of, reader.may_see())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            access::Role,
            documents::papers::{
                begin::begin,
                course::{CASE, LIFE, PAPER},
                parts::NUMBER,
            },
            documents::{RecordKind, case_card},
            form::Value,
            ids::OfficeId,
            procedure::Life,
            testing::{day, record},
        },
        ui::desk::family::tests::file,
    };
    use uuid::Uuid;

    /// A file with a case and an assessment in it, as this role opens a request (nr 1) there.
    fn office(role: Role) -> InOffice {
        let case = record(1, RecordKind::Case, Answers::default().with(case_card::SIGN, "OPS.1.2026".into()));
        let mut assessment =
            Answers::default().with(PAPER, Paper::Assessment).with(LIFE, Life::Signed).with(CASE, case.id);
        for (path, text) in [("areas/A04/situation", "W leczeniu."), ("place", "Zbąszynek")] {
            assessment.set_raw(path, Some(Value::Text(text.to_owned())));
        }
        let records = vec![case, record(2, RecordKind::Paper, assessment)];
        let user = records[0].made.by;
        let around = Around { file: File::Family(file(records)), people: vec![] };
        let office = OfficeId(Uuid::from_u128(3));
        let (name, office_name) = ("Anna Próbna".to_owned(), "Ośrodek Próbny".to_owned());
        InOffice::new(
            around,
            Paper::Request,
            Me { user, name, role, office, office_name, demo: false },
            day("2026-11-22"),
        )
    }

    #[test]
    fn the_desk_counts_what_nobody_types() {
        let office = office(Role::SocialWorker);
        let traced = office.trace(&begin(Paper::Request, &office.known()));
        assert_eq!(traced.whole.text(NUMBER), "1/1/2026");
        let sign = traced.sources(&["case_sign".to_owned()]);
        assert_eq!(sign, office.known().case_id(), "{traced:?}");
    }

    #[test]
    fn a_source_is_read_as_its_reader_may_read_it() {
        let words = |role| {
            let office = office(role);
            let id = RecordId(Uuid::from_u128(2));
            assert_eq!(office.source(id).map(|line| line.apart), Some(true));
            format!("{:?}", office.reading(id))
        };
        let (manager, worker) = (words(Role::Manager), words(Role::SocialWorker));
        assert!(manager.contains("W leczeniu.") && manager.contains("Zbąszynek"));
        assert!(!worker.contains("W leczeniu.") && worker.contains("Zbąszynek"));
    }
}
