//! A record's life: its answers, who made and changed it, and what waits for a decision.
//!
//! [`apply`] is the one place where changes meet. It runs on the phone at once and on the
//! server with authority, and knows neither clock nor database.

use super::{
    change::{Action, Change, Edit},
    documents::RecordKind,
    form::{Answers, Problem, Value, choices},
    guards::{self, Guard},
    ids::{ChangeId, FamilyId, RecordId, Rev, UserId},
    order::{map_of, set_of},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Who, when, and by which change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// The person.
    pub by: UserId,
    /// When, by the clock of their device.
    pub at: DateTime<Utc>,
    /// The change.
    pub change: ChangeId,
}

/// Fields whose standing answers one later change wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rewrite {
    /// Who, when, and by which change.
    pub stamp: Stamp,
    /// The fields.
    pub fields: Vec<String>,
}

/// The same field was changed on both sides: this version waits beside the standing one
/// until a person chooses (P3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispute {
    /// The field.
    pub field: String,
    /// The version that waits; `None` means "empty".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// Whose version it is.
    pub stamp: Stamp,
}

choices! {
    /// What people should know about how a record came about.
    Mark {
        Parallel = "PARALLEL", "zmieniane równolegle";
        AfterHandover = "AFTER_HANDOVER", "złożona po zmianie asystenta";
        ClockOff = "CLOCK_OFF", "zegar urządzenia był przestawiony";
    }
}

/// One thing that is kept and synced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Made where the record was born.
    pub id: RecordId,
    /// What kind of thing it is.
    pub kind: RecordKind,
    /// The family whose file it belongs to.
    pub family: FamilyId,
    /// The office's revision of the last change: the record's version.
    #[serde(default)]
    pub rev: Rev,
    /// Its making.
    pub made: Stamp,
    /// Its last change.
    pub changed: Stamp,
    /// Version of the form it was begun in.
    pub form: u16,
    /// The answers as they stand.
    pub answers: Answers,
    /// Which changes since the making wrote what stands, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rewrites: Vec<Rewrite>,
    /// What waits for a decision.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disputes: Vec<Dispute>,
    /// What people should know.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub marks: BTreeSet<Mark>,
}

impl Record {
    /// Who wrote what stands in a field, and when: the last change that altered it, else the making.
    pub fn writer_of(&self, field: &str) -> &Stamp {
        let later = self.rewrites.iter().find(|rewrite| rewrite.fields.iter().any(|name| name == field));
        later.map_or(&self.made, |rewrite| &rewrite.stamp)
    }

    /// Has anything been changed since the making?
    pub fn is_changed(&self) -> bool {
        self.changed.change != self.made.change
    }

    /// Notes that these fields now stand as a change wrote them.
    fn sign(&mut self, fields: Vec<String>, stamp: Stamp) {
        if fields.is_empty() {
            return;
        }
        for rewrite in &mut self.rewrites {
            rewrite.fields.retain(|name| !fields.contains(name));
        }
        self.rewrites.retain(|rewrite| !rewrite.fields.is_empty());
        self.rewrites.push(Rewrite { stamp, fields });
    }
}

/// How a change met the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meeting {
    /// Exactly on the version that its author saw.
    Clean,
    /// On a newer version; nothing was in the way.
    Merged,
    /// These fields had been changed by others too; both versions are kept.
    Disputed(Vec<String>),
}

/// Why a change was not applied. It stays with its author under "Do wyjaśnienia" (P1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The record that it changes is not there.
    #[error("Tej pozycji nie ma w biurze. Możliwe, że została zapisana w innej rodzinie.")]
    NoSuchRecord,
    /// A record with this id stands already.
    #[error("Taka pozycja już istnieje.")]
    AlreadyThere,
    /// The record belongs to another family or is of another kind.
    #[error("Ta zmiana nie pasuje do pozycji, której dotyczy.")]
    Mismatch,
    /// The author may not do this.
    #[error("Brak uprawnień do tej zmiany. Zapytaj kierownika, komu przydzielono rodzinę.")]
    NotAllowed,
    /// It was signed by another person than the one who signed in.
    #[error("Tę zmianę zapisała inna osoba. Musi ją wysłać ze swojego konta.")]
    OtherAuthor,
    /// The answers do not make a valid paper.
    #[error("W zapisie brakuje danych albo są niepoprawne.")]
    Invalid(Vec<Problem>),
    /// It cannot be read.
    #[error("Zmiany nie da się odczytać. Zaktualizuj aplikację.")]
    Unreadable,
    /// It is larger than the office takes.
    #[error("Ten zapis jest za duży. Skróć opisy i zapisz ponownie.")]
    TooLarge,
    /// The two versions were settled meanwhile.
    #[error("Ktoś już wybrał wersję tego pola.")]
    SettledAlready,
}

/// Applies a change to a record, or makes the record. Pure and total: the same inputs give the
/// same record on every machine.
///
/// A field whose standing value is what the author saw, or already what they wrote, takes the new
/// value. Sets meet element by element and never collide. Any other field keeps its standing value,
/// and the author's version waits beside it as a [`Dispute`].
///
/// # Errors
/// [`Refusal::NoSuchRecord`], [`Refusal::AlreadyThere`], [`Refusal::Mismatch`] or
/// [`Refusal::SettledAlready`]; rights and the rules of the paper are checked by the caller.
pub fn apply(record: Option<&Record>, change: &Change, rev: Rev) -> Result<(Record, Meeting), Refusal> {
    match (record, &change.action) {
        (None, Action::Write(edits)) if change.makes_record() => Ok((make(change, edits, rev), Meeting::Clean)),
        (None, _) => Err(Refusal::NoSuchRecord),
        (Some(_), _) if change.makes_record() => Err(Refusal::AlreadyThere),
        (Some(record), _) if record.kind != change.kind || record.family != change.family => Err(Refusal::Mismatch),
        (Some(record), Action::Write(edits)) => Ok(write(record, change, edits, rev)),
        (Some(record), Action::Settle { field, of, edit }) => settle(record, change, field, *of, edit, rev),
        // The office has made a writing of it before it comes here; nobody else can.
        (Some(_), Action::Take { .. }) => Err(Refusal::NotAllowed),
    }
}

fn stamp(change: &Change) -> Stamp {
    Stamp { by: change.author, at: change.at, change: change.id }
}

fn make(change: &Change, edits: &BTreeMap<String, Edit>, rev: Rev) -> Record {
    let answers = map_of(edits.iter().filter_map(|(field, edit)| Some((field.clone(), edit.after.clone()?))));
    Record {
        id: change.record,
        kind: change.kind,
        family: change.family,
        rev,
        made: stamp(change),
        changed: stamp(change),
        form: change.form,
        answers: Answers(answers),
        rewrites: Vec::new(),
        disputes: Vec::new(),
        marks: BTreeSet::new(),
    }
}

fn write(record: &Record, change: &Change, edits: &BTreeMap<String, Edit>, rev: Rev) -> (Record, Meeting) {
    let seen = saw_this_version(record, change);
    let mut next = Record { rev, changed: stamp(change), ..record.clone() };
    let (mut disputed, mut written) = (Vec::new(), Vec::new());
    for (field, edit) in edits {
        match meet(record.answers.raw(field), edit) {
            Ok(value) if value.as_ref() == record.answers.raw(field) => {}
            Ok(value) => {
                next.answers.set_raw(field, value);
                written.push(field.clone());
            }
            Err(()) => {
                dispute(&mut next, field, edit, change);
                disputed.push(field.clone());
            }
        }
    }
    next.sign(written, stamp(change));
    if !seen {
        next.marks.insert(Mark::Parallel);
    }
    let meeting = match (disputed.is_empty(), seen) {
        (false, _) => Meeting::Disputed(disputed),
        (true, true) => Meeting::Clean,
        (true, false) => Meeting::Merged,
    };
    (next, meeting)
}

/// The author saw this very version: by its number, or as the next step after their own last one.
fn saw_this_version(record: &Record, change: &Change) -> bool {
    let saw = record.rev == change.base || change.after == Some(record.changed.change);
    saw || !guards::stands(Guard::BaseVersion)
}

/// What stands after an edit meets a standing value; `Err` when both sides changed it.
fn meet(standing: Option<&Value>, edit: &Edit) -> Result<Option<Value>, ()> {
    if standing == edit.before.as_ref() || standing == edit.after.as_ref() || !guards::stands(Guard::SeenValue) {
        return Ok(edit.after.clone());
    }
    match (elements(standing), elements(edit.before.as_ref()), elements(edit.after.as_ref())) {
        (Some(standing), Some(before), Some(after)) => Ok(Some(Value::Set(meet_sets(standing, before, after)))),
        _ => Err(()),
    }
}

/// The elements of a set; an empty field is an empty set beside one.
fn elements(value: Option<&Value>) -> Option<BTreeSet<String>> {
    match value {
        None => Some(BTreeSet::new()),
        Some(value) => value.set().cloned(),
    }
}

fn meet_sets(standing: BTreeSet<String>, before: BTreeSet<String>, after: BTreeSet<String>) -> BTreeSet<String> {
    let all = standing.into_iter().chain(after.iter().cloned());
    set_of(all.filter(|item| after.contains(item) || !before.contains(item)))
}

/// Keeps the author's version beside the standing one. A later version of the same author's line
/// (its `before` is the version that waits) takes the place of the earlier one.
fn dispute(record: &mut Record, field: &str, edit: &Edit, change: &Change) {
    let version = Dispute { field: field.to_owned(), value: edit.after.clone(), stamp: stamp(change) };
    let earlier = record
        .disputes
        .iter_mut()
        .find(|waiting| waiting.field == field && waiting.stamp.by == change.author && waiting.value == edit.before);
    match earlier {
        Some(waiting) => *waiting = version,
        None => record.disputes.push(version),
    }
}

fn settle(
    record: &Record,
    change: &Change,
    field: &str,
    of: ChangeId,
    edit: &Edit,
    rev: Rev,
) -> Result<(Record, Meeting), Refusal> {
    let waiting = record.disputes.iter().position(|dispute| dispute.field == field && dispute.stamp.change == of);
    let Some(waiting) = waiting else { return Err(Refusal::SettledAlready) };
    let edits = map_of([(field.to_owned(), edit.clone())]);
    let mut before = record.clone();
    before.disputes.remove(waiting);
    let (mut next, meeting) = write(&before, change, &edits, rev);
    // Choosing is not editing in parallel: the mark says how the record came about, and stays as it was.
    next.marks.clone_from(&record.marks);
    Ok((next, meeting))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn id(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    fn text(value: &str) -> Option<Value> {
        (!value.is_empty()).then(|| Value::Text(value.to_owned()))
    }

    fn change(n: u128, author: u128, base: i64, edits: &[(&str, &str, &str)]) -> Change {
        Change {
            id: ChangeId(id(n)),
            record: RecordId(id(1)),
            kind: RecordKind::Task,
            family: FamilyId(id(2)),
            base: Rev(base),
            after: None,
            action: Action::Write(
                edits
                    .iter()
                    .map(|(field, before, after)| {
                        ((*field).to_owned(), Edit { before: text(before), after: text(after) })
                    })
                    .collect(),
            ),
            author: UserId(id(author)),
            at: DateTime::UNIX_EPOCH,
            offset: 60,
            form: 1,
        }
    }

    fn begun() -> Record {
        apply(None, &change(10, 7, 0, &[("a", "", "1"), ("b", "", "1")]), Rev(1)).unwrap().0
    }

    #[test]
    fn different_fields_merge_and_are_marked() {
        let record = begun();
        let (record, meeting) = apply(Some(&record), &change(11, 7, 1, &[("a", "1", "2")]), Rev(2)).unwrap();
        assert_eq!(meeting, Meeting::Clean);
        assert!(record.marks.is_empty());
        let (record, meeting) = apply(Some(&record), &change(12, 8, 1, &[("b", "1", "3")]), Rev(3)).unwrap();
        assert_eq!(meeting, Meeting::Merged);
        assert!(record.marks.contains(&Mark::Parallel));
        assert_eq!(record.answers.raw("a"), text("2").as_ref());
        assert_eq!(record.answers.raw("b"), text("3").as_ref());
    }

    #[test]
    fn the_same_field_keeps_both_until_a_person_chooses() {
        let (record, _) = apply(Some(&begun()), &change(11, 7, 1, &[("a", "1", "2")]), Rev(2)).unwrap();
        let (record, meeting) = apply(Some(&record), &change(12, 8, 1, &[("a", "1", "3")]), Rev(3)).unwrap();
        assert_eq!(meeting, Meeting::Disputed(vec!["a".into()]));
        assert_eq!(record.answers.raw("a"), text("2").as_ref());
        assert_eq!(record.disputes[0].value, text("3"));

        let mut choice = change(13, 7, 3, &[]);
        choice.action = Action::Settle {
            field: "a".into(),
            of: ChangeId(id(12)),
            edit: Edit { before: text("2"), after: text("3") },
        };
        let (settled, _) = apply(Some(&record), &choice, Rev(4)).unwrap();
        assert!(settled.disputes.is_empty());
        assert_eq!(settled.answers.raw("a"), text("3").as_ref());
        choice.id = ChangeId(id(14));
        assert_eq!(apply(Some(&settled), &choice, Rev(5)), Err(Refusal::SettledAlready));
    }

    #[test]
    fn a_field_tells_who_wrote_what_stands_in_it() {
        let writer = |record: &Record, field: &str| record.writer_of(field).change;
        let (record, _) = apply(Some(&begun()), &change(11, 7, 1, &[("a", "1", "2")]), Rev(2)).unwrap();
        assert_eq!((writer(&record, "a"), writer(&record, "b")), (ChangeId(id(11)), ChangeId(id(10))));
        // Disputed in one field, written in the other: each field has its own writer.
        let (record, _) = apply(Some(&record), &change(12, 8, 1, &[("a", "1", "3"), ("b", "1", "5")]), Rev(3)).unwrap();
        assert_eq!((writer(&record, "a"), writer(&record, "b")), (ChangeId(id(11)), ChangeId(id(12))));
        // The same words once more are nobody's new writing.
        let (record, _) = apply(Some(&record), &change(13, 9, 1, &[("a", "1", "2")]), Rev(4)).unwrap();
        assert_eq!(writer(&record, "a"), ChangeId(id(11)));
        let (record, _) = apply(Some(&record), &change(14, 9, 4, &[("b", "5", "6")]), Rev(5)).unwrap();
        assert_eq!(record.rewrites.len(), 2, "a change that nothing stands from any more is forgotten");
    }

    #[test]
    fn a_further_edit_of_the_losing_side_follows_its_own_version() {
        let (record, _) = apply(Some(&begun()), &change(11, 7, 1, &[("a", "1", "2")]), Rev(2)).unwrap();
        let (record, _) = apply(Some(&record), &change(12, 8, 1, &[("a", "1", "3")]), Rev(3)).unwrap();
        let mut next = change(13, 8, 1, &[("a", "3", "4")]);
        next.after = Some(ChangeId(id(12)));
        let (record, _) = apply(Some(&record), &next, Rev(4)).unwrap();
        assert_eq!(record.disputes.len(), 1);
        assert_eq!(record.disputes[0].value, text("4"));
    }

    #[test]
    fn the_same_answer_on_both_sides_is_no_dispute() {
        let (record, _) = apply(Some(&begun()), &change(11, 7, 1, &[("a", "1", "2")]), Rev(2)).unwrap();
        let (record, meeting) = apply(Some(&record), &change(12, 8, 1, &[("a", "1", "2")]), Rev(3)).unwrap();
        assert_eq!(meeting, Meeting::Merged);
        assert!(record.disputes.is_empty());
    }

    #[test]
    fn sets_meet_element_by_element() {
        let set = |items: &[&str]| Some(Value::Set(items.iter().map(|item| (*item).to_owned()).collect()));
        let standing = set(&["a", "c", "d"]);
        let edit = Edit { before: set(&["a", "b", "c"]), after: set(&["b", "e"]) };
        assert_eq!(meet(standing.as_ref(), &edit), Ok(set(&["d", "b", "e"])));
        let first = Edit { before: None, after: set(&["x"]) };
        assert_eq!(meet(set(&["y"]).as_ref(), &first), Ok(set(&["x", "y"])));
    }

    #[test]
    fn a_change_of_what_is_not_there_is_refused_not_lost() {
        let stray = change(11, 7, 4, &[("a", "1", "2")]);
        assert_eq!(apply(None, &stray, Rev(2)), Err(Refusal::NoSuchRecord));
        assert_eq!(apply(Some(&begun()), &change(12, 7, 0, &[]), Rev(2)), Err(Refusal::AlreadyThere));
        let mut foreign = change(13, 7, 1, &[("a", "1", "2")]);
        foreign.family = FamilyId(id(99));
        assert_eq!(apply(Some(&begun()), &foreign, Rev(2)), Err(Refusal::Mismatch));
    }

    proptest! {
        /// Every value that anybody wrote stands, waits in a dispute, or was knowingly replaced:
        /// some later change saw it and wrote over it.
        #[test]
        fn nothing_written_is_dropped(steps in proptest::collection::vec((7u128..10, 0usize..6, "[a-d]"), 1..12)) {
            let mut versions = vec![begun()];
            let mut replaced = BTreeSet::new();
            let mut written = BTreeSet::new();
            for (n, (author, back, value)) in steps.into_iter().enumerate() {
                let seen = versions[versions.len().saturating_sub(1 + back)].clone();
                let before = seen.answers.raw("a").cloned();
                let edit = change(100 + n as u128, author, seen.rev.0,
                    &[("a", before.as_ref().and_then(Value::text).unwrap_or(""), &value)]);
                let standing = versions.last().unwrap();
                let (next, _) = apply(Some(standing), &edit, Rev(standing.rev.0 + 1)).unwrap();
                if next.answers.raw("a") != standing.answers.raw("a") || before.as_ref() == text(&value).as_ref() {
                    replaced.insert(before.clone());
                }
                replaced.extend(before.clone().filter(|_| next.answers.raw("a") == standing.answers.raw("a")
                    && next.disputes.len() == standing.disputes.len()).map(Some));
                written.insert(text(&value));
                versions.push(next);
            }
            let last = versions.last().unwrap();
            for value in written {
                let stands = last.answers.raw("a") == value.as_ref();
                let waits = last.disputes.iter().any(|dispute| dispute.value == value);
                prop_assert!(stands || waits || replaced.contains(&value), "{value:?} is gone");
            }
        }

        /// Whatever happens to a record, each field names the change that last altered it.
        #[test]
        fn each_field_names_its_last_writer(
            steps in proptest::collection::vec((7u128..10, 0usize..3, "[ab]", "[a-d]?"), 1..12),
        ) {
            let mut versions = vec![begun()];
            let mut writers = BTreeMap::from([("a".to_owned(), id(10)), ("b".to_owned(), id(10))]);
            for (n, (author, back, field, value)) in steps.into_iter().enumerate() {
                let standing = versions.last().unwrap().clone();
                let seen = &versions[versions.len().saturating_sub(1 + back)];
                let before = seen.answers.raw(&field).and_then(Value::text).unwrap_or("").to_owned();
                let edit = change(100 + n as u128, author, seen.rev.0, &[(&field, &before, &value)]);
                let (next, _) = apply(Some(&standing), &edit, Rev(standing.rev.0 + 1)).unwrap();
                if next.answers.raw(&field) != standing.answers.raw(&field) {
                    writers.insert(field, id(100 + n as u128));
                }
                versions.push(next);
            }
            for (field, writer) in writers {
                prop_assert_eq!(versions.last().unwrap().writer_of(&field).change, ChangeId(writer));
            }
        }

        /// Changes of different fields give the same answers in either order.
        #[test]
        fn different_fields_commute(one in "[a-z]{1,4}", other in "[a-z]{1,4}") {
            let record = begun();
            let first = change(11, 7, 1, &[("a", "1", &one)]);
            let second = change(12, 8, 1, &[("b", "1", &other)]);
            let both = |x: &Change, y: &Change| {
                let (step, _) = apply(Some(&record), x, Rev(2)).unwrap();
                apply(Some(&step), y, Rev(3)).unwrap().0.answers
            };
            prop_assert_eq!(both(&first, &second), both(&second, &first));
        }
    }
}
