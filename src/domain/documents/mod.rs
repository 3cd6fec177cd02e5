//! The papers and cards that Asysta keeps: one file each, and the closed list of them.

pub mod case_card;
pub mod family_card;
pub mod family_task;
pub mod papers;
pub mod plan;
pub mod visit_card;

use super::{
    form::{Answers, Form, Key, Kind, choices},
    ids::UserId,
};

choices! {
    /// What kind of thing a record is. A new document is one file and one variant.
    RecordKind {
        /// Who the family is and how to reach them (zał. 4, first part).
        Family = "family", "karta rodziny";
        /// One period of assistance (sprawa asysty).
        Case = "case", "sprawa";
        /// Plan of work with the family (zał. 6).
        Plan = "plan", "plan pracy z rodziną";
        /// An entry of the assistant's work card (zał. 8).
        Visit = "visit", "wpis w karcie pracy";
        /// A task of the family (zał. 9).
        Task = "task", "zadanie rodziny";
        /// Any other paper of the procedure; it says itself which one ([`papers::course::PAPER`]).
        Paper = "paper", "dokument";
    }
}

impl RecordKind {
    /// The declaration that this kind is filled in, checked, shown and printed by. Of a paper only its course:
    /// which paper it is, its answers say (see [`declaration`]).
    pub fn form(self) -> &'static Form {
        match self {
            RecordKind::Family => &family_card::FORM,
            RecordKind::Case => &case_card::FORM,
            RecordKind::Plan => &plan::FORM,
            RecordKind::Visit => &visit_card::FORM,
            RecordKind::Task => &family_task::FORM,
            RecordKind::Paper => &papers::course::FORM,
        }
    }
}

/// The declaration that a record with these answers is filled in, checked, shown and printed by.
pub fn declaration(kind: RecordKind, answers: &Answers) -> &'static Form {
    let paper = (kind == RecordKind::Paper).then(|| answers.get(papers::course::PAPER)).flatten();
    paper.and_then(papers::form_of).unwrap_or_else(|| kind.form())
}

/// The people of the office whom a paper names, beside those who wrote it.
pub fn people_named(kind: RecordKind, answers: &Answers) -> Vec<UserId> {
    let fields = declaration(kind, answers).fields();
    let mut found = Vec::new();
    for field in fields {
        if field.kind == Kind::Person {
            found.extend(answers.get(Key::<UserId>::new(field.key)));
        }
        let cells = field.kind.cells().unwrap_or_default().iter().filter(|cell| cell.kind == Kind::Person);
        for cell in cells {
            let rows = answers.rows(field.key).into_iter().map(|row| answers.row(field.key, &row));
            found.extend(rows.filter_map(|row| row.get(Key::<UserId>::new(cell.key))));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{form::coherence::flaws, procedure::Paper};

    #[test]
    fn declarations_hold_together() {
        let records = RecordKind::ALL.iter().map(|kind| (kind.code(), kind.form()));
        let papers = Paper::ALL.iter().filter_map(|paper| Some((paper.code(), papers::form_of(*paper)?)));
        for (code, form) in records.chain(papers) {
            assert_eq!(flaws(form), [""; 0], "{code}");
        }
    }

    #[test]
    fn a_paper_names_people_in_its_fields() {
        let person = UserId(uuid::Uuid::from_u128(7));
        let meeting =
            Answers::default().with(papers::course::PAPER, Paper::Meeting).with(papers::meeting::CALLED_BY, person);
        assert_eq!(people_named(RecordKind::Paper, &meeting), [person]);
        assert!(people_named(RecordKind::Visit, &Answers::default()).is_empty());
    }
}
