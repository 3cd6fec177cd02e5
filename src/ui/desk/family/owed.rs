//! Duties as the card of a case keeps them, and what is written when one is done.

use crate::{
    domain::{
        change::{Edit, edits_between},
        documents::case_card::{DUTIES, DUTY_DONE_ON, DUTY_NOTE, DUTY_SINCE, DUTY_WHAT},
        form::Answers,
        order::{map_of, sort_by_key},
        procedure::Duty,
    },
    ui::desk::writing::About,
};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// A duty on the card of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    /// Id of the row.
    pub row: String,
    /// What.
    pub what: Duty,
    /// Since when.
    pub since: Option<NaiveDate>,
    /// Done on which day; open until then.
    pub done_on: Option<NaiveDate>,
    /// How it was done.
    pub note: String,
}

/// The duties of a case, the oldest first.
pub fn owed(card: &Answers) -> Vec<Owed> {
    let mut owed: Vec<Owed> = card
        .rows(DUTIES)
        .into_iter()
        .filter_map(|row| {
            let cells = card.row(DUTIES, &row);
            let note = cells.text(DUTY_NOTE).to_owned();
            Some(Owed {
                what: cells.get(DUTY_WHAT)?,
                since: cells.get(DUTY_SINCE),
                done_on: cells.get(DUTY_DONE_ON),
                note,
                row,
            })
        })
        .collect();
    sort_by_key(&mut owed, |duty| (duty.since, duty.row.clone()));
    owed
}

/// A duty that somebody says is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedDuty {
    /// The case.
    pub about: About,
    /// Id of the row.
    pub row: String,
    /// What.
    pub what: Duty,
    /// The note as it stands.
    pub note: String,
}

/// What is written when a duty is done.
pub fn done(duty: &AskedDuty, today: NaiveDate, note: &str) -> BTreeMap<String, Edit> {
    let mut before = Answers::default();
    if !duty.note.is_empty() {
        before.put(DUTY_NOTE, duty.note.clone());
    }
    let mut after = Answers::default().with(DUTY_DONE_ON, today);
    if !note.trim().is_empty() {
        after.put(DUTY_NOTE, note.trim().to_owned());
    }
    let cells = edits_between(&before, &after);
    map_of(cells.into_iter().map(|(cell, edit)| ([DUTIES, duty.row.as_str(), cell.as_str()].join("/"), edit)))
}

/// The way back: what stood there before stands again.
pub fn undone(edits: &BTreeMap<String, Edit>) -> BTreeMap<String, Edit> {
    let turned = |edit: &Edit| Edit { before: edit.after.clone(), after: edit.before.clone() };
    map_of(edits.iter().map(|(field, edit)| (field.clone(), turned(edit))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        change::{Action, Change},
        documents::{
            RecordKind,
            case_card::{self, Stage},
        },
        form::stops,
        ids::{ChangeId, Rev, UserId},
        record::{Record, apply},
        testing::{day, record},
    };
    use chrono::DateTime;
    use uuid::Uuid;

    fn duty(what: Duty, since: &str) -> Answers {
        Answers::default().with(DUTY_WHAT, what).with(DUTY_SINCE, day(since))
    }

    fn case() -> Record {
        let mut card = Answers::default().with(case_card::STAGE, Stage::Refused);
        card.put_row(DUTIES, "b", duty(Duty::ControlVisits, "2026-11-02"));
        card.put_row(DUTIES, "a", duty(Duty::NotifyCourt, "2026-11-10").with(DUTY_NOTE, "Pismo w drodze.".into()));
        record(1, RecordKind::Case, card)
    }

    fn asked(case: &Record, row: &str) -> AskedDuty {
        let owed = owed(&case.answers).into_iter().find(|duty| duty.row == row).unwrap();
        let about = About::of(case);
        AskedDuty { about, row: owed.row, what: owed.what, note: owed.note }
    }

    fn written(case: &Record, edits: BTreeMap<String, Edit>) -> Record {
        let change = Change {
            id: ChangeId(Uuid::from_u128(5)),
            record: case.id,
            kind: case.kind,
            family: case.family,
            base: case.rev,
            after: None,
            action: Action::Write(edits),
            author: UserId(Uuid::nil()),
            at: DateTime::UNIX_EPOCH,
            offset: 60,
            form: 1,
        };
        apply(Some(case), &change, Rev(case.rev.0 + 1)).unwrap().0
    }

    #[test]
    fn the_oldest_duty_stands_first() {
        let duties = owed(&case().answers);
        let names: Vec<Duty> = duties.iter().map(|duty| duty.what).collect();
        assert_eq!(names, [Duty::ControlVisits, Duty::NotifyCourt]);
        assert!(duties.iter().all(|duty| duty.done_on.is_none()));
    }

    #[test]
    fn a_duty_is_done_and_the_way_back_leaves_no_trace() {
        let today = day("2026-11-22");
        for (row, note, stands) in [
            ("a", "Pismo wysłane.", "Pismo wysłane."),
            ("a", "Pismo w drodze.", "Pismo w drodze."),
            ("a", " ", ""),
            ("b", "", ""),
        ] {
            let case = case();
            let edits = done(&asked(&case, row), today, note);
            let after = written(&case, edits.clone());
            let settled = owed(&after.answers).into_iter().find(|duty| duty.row == row).unwrap();
            assert_eq!((settled.done_on, settled.note.as_str()), (Some(today), stands), "{row} {note}");
            assert!(after.disputes.is_empty());
            let duties: Vec<_> = case_card::FORM
                .check_limits(&after.answers)
                .into_iter()
                .filter(|problem| problem.field.starts_with(DUTIES))
                .collect();
            assert!(!stops(&duties), "{duties:?}");
            assert_eq!(written(&after, undone(&edits)).answers, case.answers, "{row} {note}");
        }
    }
}
