//! The earlier versions of a record. Nothing is kept for them: its changes, applied again from the first one on,
//! give each version as it stood.

use super::{
    change::Change,
    documents::{
        RecordKind,
        papers::course::{CORRECTIONS, LIFE, PAPER, REMARKS},
    },
    ids::{RecordId, Rev},
    order::sort_by_key,
    procedure::{Life, Paper},
    record::{Record, Refusal, apply},
};

/// Every version of a record, the oldest first, from its changes in the order of their revisions.
///
/// # Errors
/// When they are not the changes of one record from its making on.
pub fn versions(changes: &[(Rev, Change)]) -> Result<Vec<Record>, Refusal> {
    let mut versions: Vec<Record> = Vec::new();
    for (rev, change) in changes {
        let (next, _) = apply(versions.last(), change, *rev)?;
        versions.push(next);
    }
    Ok(versions)
}

/// The versions that people ask for, the oldest first. Of a paper those that somebody handed on, and the one that
/// stands: what an author saves while writing is nobody's version. Of everything else each one.
pub fn milestones(versions: Vec<Record>) -> Vec<Record> {
    let lives: Vec<Life> = versions.iter().map(life).collect();
    let last = versions.len().saturating_sub(1);
    let is_told = |at: usize, record: &Record| {
        let is_new = at > 0 && lives[at - 1] != lives[at];
        record.kind != RecordKind::Paper || at == last || is_new || matches!(lives[at], Life::Signed | Life::Approved)
    };
    versions.into_iter().enumerate().filter(|(at, record)| is_told(*at, record)).map(|(_, record)| record).collect()
}

/// How far a paper had come.
pub fn life(record: &Record) -> Life {
    record.answers.get(LIFE).unwrap_or(Life::Draft)
}

/// What a version is called: "złożony", "zwrócony z uwagami"; of an entry "pierwszy zapis", "poprawka".
pub fn called(earlier: Option<&Record>, record: &Record) -> &'static str {
    if record.kind != RecordKind::Paper {
        return if earlier.is_some() { "poprawka" } else { "pierwszy zapis" };
    }
    match earlier.filter(|earlier| life(earlier) == life(record)) {
        Some(_) if matches!(life(record), Life::Signed | Life::Approved) => "uzupełniony po złożeniu",
        _ => match life(record) {
            Life::Signed => "złożony",
            other => other.label(),
        },
    }
}

/// Was it sent back with remarks before it came to stand as it does?
pub fn was_returned(record: &Record) -> bool {
    record.kind == RecordKind::Paper && life(record) != Life::Returned && record.answers.filled(REMARKS.name())
}

/// Papers of which a family has one after the other, so that each is read beside the one before it.
const SERIES: &[Paper] = &[
    Paper::FamilyCard,
    Paper::Assessment,
    Paper::Plan,
    Paper::Review,
    Paper::Monitoring,
    Paper::MonthlyReport,
    Paper::PeriodicReport,
];

/// Is there an earlier version worth a link: the paper as it was sent back or before its correction, the one of its
/// kind before it, an entry before it was corrected?
pub fn has_previous<'a>(record: &Record, records: impl Iterator<Item = &'a Record>) -> bool {
    match record.kind {
        RecordKind::Visit => record.is_changed(),
        RecordKind::Paper => {
            let in_series = || record.answers.get(PAPER).is_some_and(|paper| SERIES.contains(&paper));
            let is_corrected = || !record.answers.rows(CORRECTIONS).is_empty();
            was_returned(record)
                || is_corrected()
                || (in_series() && of_same_kind(record, records).iter().any(|other| other.id < record.id))
        }
        RecordKind::Task | RecordKind::Family | RecordKind::Case => false,
    }
}

/// Which version is meant: a revision of the record itself, or another record of the same kind as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meant {
    /// The record as it stood at this revision.
    At(Rev),
    /// Another paper.
    Other(RecordId),
}

impl Meant {
    /// As an address says it.
    pub fn write(self) -> String {
        match self {
            Meant::At(rev) => rev.0.to_string(),
            Meant::Other(id) => id.to_string(),
        }
    }

    /// Reads what an address says.
    pub fn read(text: &str) -> Option<Self> {
        let at = text.parse().ok().map(|rev| Meant::At(Rev(rev)));
        at.or_else(|| text.parse().ok().map(Meant::Other))
    }
}

/// What a version is compared with when nobody has chosen: the paper before its correction, or as it was sent back,
/// else the paper of the same kind before it, else its own version before it.
pub fn usual<'a>(standing: &Record, own: &'a [Record], others: &'a [Record]) -> Option<&'a Record> {
    let corrections = |version: &Record| version.answers.rows(CORRECTIONS).len();
    let before = || own.iter().filter(|version| version.rev < standing.rev);
    let uncorrected = before().rfind(|version| corrections(version) < corrections(standing));
    let returned = || before().rfind(|version| version.kind == RecordKind::Paper && life(version) == Life::Returned);
    let of_its_kind = || others.iter().rfind(|other| other.id < standing.id);
    uncorrected.or_else(returned).or_else(of_its_kind).or_else(|| before().next_back())
}

/// The other papers of the same kind in the file that people compare with, the oldest first: all that were handed in.
pub fn of_same_kind<'a>(record: &Record, records: impl Iterator<Item = &'a Record>) -> Vec<Record> {
    let paper = record.answers.get(PAPER);
    let is_alike = |other: &&Record| {
        let same = other.kind == RecordKind::Paper && paper.is_some() && other.answers.get(PAPER) == paper;
        same && other.id != record.id && life(other) != Life::Draft
    };
    let mut alike: Vec<Record> = records.filter(is_alike).cloned().collect();
    sort_by_key(&mut alike, |other| other.id);
    alike
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        change::{Action, edits_between},
        form::{Answers, Value},
        ids::{ChangeId, FamilyId, UserId},
        testing,
    };
    use chrono::DateTime;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn id(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    /// The changes of somebody who leaves these answers one after the other.
    fn written(kind: RecordKind, states: &[Answers]) -> Vec<(Rev, Change)> {
        let mut before = Answers::default();
        let mut changes = Vec::new();
        for (rev, after) in (1..).zip(states) {
            let change = Change {
                id: ChangeId(id(100 + rev as u128)),
                record: RecordId(id(1)),
                kind,
                family: FamilyId(Uuid::nil()),
                base: Rev(rev - 1),
                after: None,
                action: Action::Write(edits_between(&before, after)),
                author: UserId(id(7)),
                at: DateTime::UNIX_EPOCH,
                offset: 60,
                form: 1,
            };
            changes.push((Rev(rev), change));
            before = after.clone();
        }
        changes
    }

    fn paper(life: Life, goal: &str) -> Answers {
        let mut answers = Answers::default().with(PAPER, Paper::Plan).with(LIFE, life);
        answers.set_raw("main_goal", Some(Value::Text(goal.into())));
        answers
    }

    #[test]
    fn drafts_between_are_nobodys_version() {
        use Life::*;
        let returned = |goal: &str| paper(Returned, goal).with(REMARKS, "Doprecyzuj cel.".into());
        let signed = |goal: &str| returned(goal).with(LIFE, Signed);
        let states = [
            paper(Draft, "a"),
            paper(Draft, "ab"),
            paper(Signed, "abc"),
            returned("abc"),
            returned("abcd"),
            signed("abcde"),
            signed("abcde").with(LIFE, Approved),
        ];
        let all = versions(&written(RecordKind::Paper, &states)).unwrap();
        assert_eq!(all.iter().map(|version| version.answers.clone()).collect::<Vec<_>>(), states);
        assert_eq!(all.iter().map(was_returned).collect::<Vec<_>>(), [false, false, false, false, false, true, true]);
        let told = milestones(all);
        assert_eq!(told.iter().map(|version| version.rev.0).collect::<Vec<_>>(), [3, 4, 6, 7]);
        let words: Vec<_> = told
            .iter()
            .enumerate()
            .map(|(at, version)| called(at.checked_sub(1).map(|at| &told[at]), version))
            .collect();
        assert_eq!(words, ["złożony", "zwrócony z uwagami", "złożony", "zatwierdzony"]);
        // What the author changed since the remarks is what the one who decides asks first.
        let other = testing::record(0, RecordKind::Paper, paper(Approved, "dawny"));
        assert_eq!(usual(&told[3], &told, std::slice::from_ref(&other)).map(|version| version.rev), Some(Rev(4)));
        assert_eq!(usual(&told[0], &told[..1], std::slice::from_ref(&other)).map(|version| version.id), Some(other.id));
        assert_eq!(usual(&told[0], &told[..1], &[]), None);
        // Once it is corrected, the correction is what one looks for.
        let mut corrected = Record { rev: Rev(9), ..told[3].clone() };
        corrected.answers.set_raw("corrections/1/what", Some(Value::Text("Jest 3, powinno być 5.".into())));
        assert_eq!(usual(&corrected, &told, std::slice::from_ref(&other)).map(|version| version.rev), Some(Rev(7)));
        // A draft that nobody has handed on yet is the one version that there is.
        let begun = milestones(versions(&written(RecordKind::Paper, &states[..2])).unwrap());
        assert_eq!(begun.iter().map(|version| version.rev.0).collect::<Vec<_>>(), [2]);
    }

    #[test]
    fn each_correction_of_an_entry_is_a_version() {
        let entry = |text: &str| {
            let mut answers = Answers::default();
            answers.set_raw("actions", Some(Value::Text(text.into())));
            answers
        };
        let told = milestones(versions(&written(RecordKind::Visit, &[entry("a"), entry("b"), entry("c")])).unwrap());
        assert_eq!(told.len(), 3);
        assert_eq!([called(None, &told[0]), called(Some(&told[0]), &told[1])], ["pierwszy zapis", "poprawka"]);
        assert_eq!(usual(&told[2], &told, &[]).map(|version| version.rev), Some(Rev(2)));
        let torn = written(RecordKind::Visit, &[entry("a"), entry("b")]).split_off(1);
        assert_eq!(versions(&torn), Err(Refusal::NoSuchRecord));
    }

    #[test]
    fn papers_of_the_same_kind_are_offered_unless_nobody_has_handed_them_in() {
        let plan = |n, life| testing::record(n, RecordKind::Paper, paper(life, "cel"));
        let note = testing::record(9, RecordKind::Paper, Answers::default().with(PAPER, Paper::Note));
        let records =
            [plan(4, Life::Approved), plan(3, Life::Draft), plan(2, Life::Signed), plan(1, Life::Approved), note];
        let others = of_same_kind(&records[0], records.iter());
        assert_eq!(others.iter().map(|other| other.id.0.as_u128()).collect::<Vec<_>>(), [1, 2]);
        // The first of a series has none before it; notes are no series; what was corrected has itself.
        let has = |record: &Record| has_previous(record, records.iter());
        assert_eq!([has(&records[0]), has(&records[3]), has(&records[4])], [true, false, false]);
        let mut corrected = records[4].clone();
        corrected.answers.set_raw("corrections/1/what", Some(Value::Text("Jest 3, powinno być 5.".into())));
        assert!(has(&corrected));
    }

    #[test]
    fn an_address_names_a_version() {
        for meant in [Meant::At(Rev(17)), Meant::Other(RecordId(id(3)))] {
            assert_eq!(Meant::read(&meant.write()), Some(meant));
        }
        assert_eq!(Meant::read("wczoraj"), None);
    }

    proptest! {
        /// Whatever was written, the last version is the record as it stands, and each is what its author left.
        #[test]
        fn the_last_version_stands(texts in proptest::collection::vec("[a-c]{0,2}", 1..8)) {
            let states: Vec<Answers> = texts.iter().map(|text| paper(Life::Draft, text)).collect();
            let all = versions(&written(RecordKind::Paper, &states)).unwrap();
            prop_assert_eq!(all.iter().map(|version| version.answers.clone()).collect::<Vec<_>>(), states.clone());
            let told = milestones(all);
            prop_assert_eq!(told.last().map(|version| version.answers.clone()), states.last().cloned());
        }
    }
}
