//! The records around a paper, as this device holds them.

use super::opening::known;
use crate::{
    domain::{
        answer_words::Referred,
        documents::{
            RecordKind,
            family_card::SURNAME,
            papers::{
                OWN_WORK,
                begin::follow,
                figure::Figure,
                month::{Month, month_of},
                monthly_report::MONTH,
                traces::Traced,
            },
        },
        form::{Answers, Sensitivity, field::read_month},
        ids::{FamilyId, RecordId},
        paper_words::SectionWords,
        procedure::Paper,
    },
    sync::engine::Device,
    ui::{
        form::{
            told,
            traces::{Background, SourceLine},
        },
        phone::family,
    },
};
use chrono::NaiveDate;
use std::{cell::RefCell, rc::Rc};

/// A paper of this family or, for papers about a person's own work, of their own file.
pub struct OnDevice {
    device: Rc<Device>,
    family: FamilyId,
    paper: Paper,
    today: NaiveDate,
    /// Counting a month goes through everything on the device; it is counted once for each month that is asked for.
    month: RefCell<Option<Month>>,
}

impl OnDevice {
    /// The records around this paper.
    pub fn new(device: Rc<Device>, family: FamilyId, paper: Paper, today: NaiveDate) -> Self {
        Self { device, family, paper, today, month: RefCell::new(None) }
    }

    /// A month that was counted already.
    pub fn knowing(self, month: Option<Month>) -> Self {
        Self { month: RefCell::new(month), ..self }
    }

    fn is_own_work(&self) -> bool {
        OWN_WORK.contains(&self.paper)
    }

    fn trace_month(&self, answers: &Answers) -> Traced {
        let Some(first) = read_month(answers.text(MONTH)) else { return Traced::plain(answers) };
        let mut counted = self.month.borrow_mut();
        let month = counted.take().filter(|month| month.first == first).unwrap_or_else(|| {
            let replica = self.device.replica();
            month_of(replica.me, first, replica.records(), self.today)
        });
        let traced = Traced::of_month(self.paper, answers, &month);
        *counted = Some(month);
        traced
    }
}

impl Background for OnDevice {
    fn trace(&self, answers: &Answers) -> Traced {
        if self.is_own_work() {
            return self.trace_month(answers);
        }
        Traced::of(self.paper, answers, &known(&self.device.replica(), self.family, self.today))
    }

    fn follow(&self, before: &Answers, after: &Answers) -> Vec<Figure> {
        if self.is_own_work() || before == after {
            return Vec::new();
        }
        follow(self.paper, before, after, &known(&self.device.replica(), self.family, self.today))
    }

    fn referred(&self) -> Referred {
        let replica = self.device.replica();
        let is_named = |family: FamilyId, kind: RecordKind| match self.is_own_work() {
            true => kind == RecordKind::Family,
            false => family == self.family,
        };
        Referred::of(replica.records().filter(|record| is_named(record.family, record.kind)))
    }

    fn source(&self, id: RecordId) -> Option<SourceLine> {
        let replica = self.device.replica();
        let record = replica.record(id)?;
        let card = family::card(&replica, record.family)?;
        let title = told::title(record);
        let title = match self.is_own_work() {
            true => [card.answers.text(SURNAME), " – ", &title].concat(),
            false => title,
        };
        let href = told::phone_href(card, record);
        Some(SourceLine { title, href, apart: false })
    }

    fn reading(&self, id: RecordId) -> Vec<SectionWords> {
        let replica = self.device.replica();
        let Some(record) = replica.record(id) else { return Vec::new() };
        let referred = Referred::of(replica.records().filter(|other| other.family == record.family));
        let name_of = |id: &str| id.parse().map(|id| replica.name_of(id).to_owned()).unwrap_or_default();
        // As on the pages of their own: of an entry the ordinary words, of a paper all.
        let may_see: fn(Sensitivity) -> bool = match record.kind {
            RecordKind::Visit => |class| class == Sensitivity::Ordinary,
            _ => |_| true,
        };
        told::reading((replica.book(), record), &referred, &name_of, may_see)
    }
}
