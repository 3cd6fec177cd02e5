//! Duties as the card of a case keeps them: what people owe because of a step, an alarm or a meeting, and what is
//! written when one is done.

use super::{
    access::Role,
    change::{Edit, edits_between},
    documents::case_card::{
        DUTIES, DUTY_DONE_ON, DUTY_DUE, DUTY_FROM, DUTY_NOTE, DUTY_SINCE, DUTY_TEXT, DUTY_WHAT, DUTY_WHO,
    },
    form::Answers,
    ids::{FamilyId, RecordId, Rev},
    order::{map_of, sort_by_key},
    procedure::Duty,
    record::{Record, Stamp},
    words,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A duty on the card of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owed {
    /// Id of the row.
    pub row: String,
    /// What.
    pub what: Duty,
    /// What exactly, where somebody has decided it in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Whose it is.
    pub who: Role,
    /// Since when.
    pub since: Option<NaiveDate>,
    /// Until when, where somebody has said so.
    pub due: Option<NaiveDate>,
    /// The record that it comes from.
    pub from: Option<RecordId>,
    /// Done on which day; open until then.
    pub done_on: Option<NaiveDate>,
    /// How it was done.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Owed {
    /// May people of this role tick it off?
    pub fn is_of(&self, role: Role) -> bool {
        self.what.is_settled_by(self.who, role)
    }

    /// What is owed, as a heading says it.
    pub fn title(&self) -> String {
        words::sentence(if self.text.is_empty() { self.what.label() } else { &self.text })
    }
}

/// One duty of a case; nothing for what this program does not know.
pub fn read(card: &Answers, row: &str) -> Option<Owed> {
    let cells = card.row(DUTIES, row);
    let what = cells.get(DUTY_WHAT)?;
    Some(Owed {
        row: row.to_owned(),
        what,
        text: cells.text(DUTY_TEXT).to_owned(),
        who: cells.get(DUTY_WHO).unwrap_or(what.who()),
        since: cells.get(DUTY_SINCE),
        due: cells.get(DUTY_DUE),
        from: cells.get(DUTY_FROM),
        done_on: cells.get(DUTY_DONE_ON),
        note: cells.text(DUTY_NOTE).to_owned(),
    })
}

/// The duties of a case: those with a day first, by it, then the oldest.
pub fn owed(card: &Answers) -> Vec<Owed> {
    let mut owed: Vec<Owed> = card.rows(DUTIES).iter().filter_map(|row| read(card, row)).collect();
    sort_by_key(&mut owed, |duty| (duty.due.is_none(), duty.due, duty.since, duty.row.clone()));
    owed
}

/// Who ticked a duty off, and when.
pub fn settled_by<'a>(case: &'a Record, duty: &Owed) -> Option<&'a Stamp> {
    let field = [DUTIES, &duty.row, DUTY_DONE_ON.name()].join("/");
    duty.done_on.map(|_| case.writer_of(&field))
}

/// A duty with the case that it stands on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseDuty {
    /// The case.
    pub case: RecordId,
    /// Its family.
    pub family: FamilyId,
    /// The case's revision.
    pub rev: Rev,
    /// The duty.
    pub owed: Owed,
}

/// The open duties of these cases: alarms first, then by their day.
pub fn open_duties<'a>(cases: impl IntoIterator<Item = &'a Record>) -> Vec<CaseDuty> {
    let mut open = Vec::new();
    for case in cases {
        let duties = owed(&case.answers).into_iter().filter(|duty| duty.done_on.is_none());
        open.extend(duties.map(|owed| CaseDuty { case: case.id, family: case.family, rev: case.rev, owed }));
    }
    sort_by_key(&mut open, |duty| {
        let owed = &duty.owed;
        (owed.what != Duty::KnowOfAlarm, owed.due.is_none(), owed.due, owed.since, duty.case, owed.row.clone())
    });
    open
}

/// Does somebody still owe something in this case?
pub fn is_anything_owed(case: &Record) -> bool {
    owed(&case.answers).iter().any(|duty| duty.done_on.is_none())
}

/// What is written when a duty is done. `standing` is the note as the person saw it.
pub fn done(row: &str, standing: &str, today: NaiveDate, note: &str) -> BTreeMap<String, Edit> {
    let mut before = Answers::default();
    if !standing.is_empty() {
        before.put(DUTY_NOTE, standing.to_owned());
    }
    let mut after = Answers::default().with(DUTY_DONE_ON, today);
    if !note.trim().is_empty() {
        after.put(DUTY_NOTE, note.trim().to_owned());
    }
    let cells = edits_between(&before, &after);
    map_of(cells.into_iter().map(|(cell, edit)| ([DUTIES, row, cell.as_str()].join("/"), edit)))
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
        record::apply,
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

    fn standing_note(case: &Record, row: &str) -> String {
        read(&case.answers, row).unwrap().note
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
            let edits = done(row, &standing_note(&case, row), today, note);
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

    #[test]
    fn what_has_a_day_stands_first_and_says_whose_it_is() {
        let mut case = case();
        let decided = duty(Duty::MeetingDecision, "2026-11-19")
            .with(DUTY_DUE, day("2026-12-01"))
            .with(DUTY_WHO, Role::SocialWorker)
            .with(DUTY_TEXT, "wniosek o zasiłek".into());
        case.answers.put_row(DUTIES, "c", decided);
        case.answers.put_row(DUTIES, "d", duty(Duty::KnowOfAlarm, "2026-11-21"));
        let duties = owed(&case.answers);
        assert_eq!(duties[0].title(), "Wniosek o zasiłek");
        for (row, roles) in [
            ("a", vec![Role::Manager]),
            ("b", vec![Role::SocialWorker]),
            ("c", vec![Role::SocialWorker]),
            ("d", vec![Role::SocialWorker, Role::Manager]),
        ] {
            let owed = read(&case.answers, row).unwrap();
            let theirs: Vec<Role> = Role::ALL.iter().copied().filter(|role| owed.is_of(*role)).collect();
            assert_eq!(theirs, roles, "{row}");
        }
        let open = open_duties([&case]);
        let order: Vec<&str> = open.iter().map(|duty| duty.owed.row.as_str()).collect();
        assert_eq!(order, ["d", "c", "b", "a"], "an alarm before all");
    }
}
