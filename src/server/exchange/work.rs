//! Work that follows from a paper or an entry beside the steps: an urgent entry that somebody must know of, and the
//! decisions of a meeting. The office writes it in the same transaction, in the author's name.

use super::ledger::Turn;
use crate::domain::{
    change::{Action, Change, Edit, edits_between},
    codes::Risk,
    decide::Hand,
    documents::{RecordKind, case_card::DUTIES, family_task, visit_card},
    form::{Answers, Cell},
    ids::{FamilyId, RecordId},
    record::Record,
    signals::{
        alarm,
        decisions::{Work, work_of},
    },
};
use std::collections::BTreeMap;

/// Does this change say "pilne"?
pub(super) fn raises_alarm(change: &Change) -> bool {
    let Action::Write(edits) = &change.action else { return false };
    let risk = |edit: &Edit| edit.after.as_ref().and_then(Risk::read);
    change.kind == RecordKind::Visit && edits.get(visit_card::RISK.name()).and_then(risk) == Some(Risk::Urgent)
}

impl Turn<'_> {
    /// Makes the work that what was just written brings.
    pub(super) fn bring_work(&mut self, change: &Change) {
        let wanted = self.work_after(change);
        let mut duties = Vec::new();
        for work in wanted {
            match work {
                Work::Duty(row, cells) => duties.push((row, cells)),
                Work::Task(task) => self.give_task(change.family, &task),
            }
        }
        self.note_duties(change.family, duties);
    }

    fn work_after(&self, change: &Change) -> Vec<Work> {
        let (Some(record), Some(case)) = (self.ledger.records.get(&change.record), self.case_of(change.family)) else {
            return Vec::new();
        };
        if !self.ledger.books.has_file(change.family) {
            return Vec::new();
        }
        let known = alarm::duty_of(record, &case.answers).map(|(row, cells)| Work::Duty(row, cells));
        known.into_iter().chain(work_of(record, &case.answers, self.file(change.family))).collect()
    }

    fn give_task(&mut self, family: FamilyId, task: &Answers) {
        let action = Action::Write(edits_between(&Answers::default(), task));
        let made = Change {
            record: RecordId(self.new_id()),
            kind: RecordKind::Task,
            form: family_task::FORM.version,
            ..self.made(family, action)
        };
        if let Ok(judged) = self.judge_write(&made, Hand::Office) {
            self.keep(&made, judged);
        }
    }

    /// Writes duties onto the family's case.
    fn note_duties(&mut self, family: FamilyId, duties: Vec<(String, Answers)>) {
        let Some(case) = self.case_of(family).filter(|_| !duties.is_empty()) else { return };
        let edits = rows_written(case, duties);
        let written = Change { record: case.id, base: case.rev, ..self.made(family, Action::Write(edits)) };
        if let Ok(judged) = self.judge_write(&written, Hand::Office) {
            self.keep(&written, judged);
        }
    }
}

fn rows_written(case: &Record, duties: Vec<(String, Answers)>) -> BTreeMap<String, Edit> {
    let mut card = case.answers.clone();
    for (row, cells) in duties {
        card.put_row(DUTIES, &row, cells);
    }
    edits_between(&case.answers, &card)
}
