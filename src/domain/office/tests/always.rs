//! What holds for any overlays, published one after another, and for any answers: nothing written in one version
//! is lost or altered by another.

use super::*;
use crate::domain::{
    answer_words::{Referred, answer_words},
    change::{Action, Change, edits_between},
    documents::{
        RecordKind,
        papers::course::{LIFE, PAPER},
    },
    form::{Answers, Field, Form, Kind, Value, coherence},
    ids::{ChangeId, FamilyId, RecordId, UserId},
    procedure::{Life, Paper},
    record::{Record, apply},
};
use chrono::DateTime;
use proptest::prelude::*;
use std::collections::BTreeSet;
use uuid::Uuid;

/// What somebody does to a draft before publishing it. Numbers choose among what is there.
#[derive(Clone, Debug)]
enum Doing {
    Add(OwnKind, usize, bool),
    Hide(usize),
    Show(usize),
    Reword(usize, String),
    Rename(usize, String),
    Withdraw(usize),
    AddChoice(usize),
    Move(usize, usize),
    Spoil(usize),
}

fn any_doing() -> impl Strategy<Value = Doing> {
    let kind = proptest::sample::select(OwnKind::ALL);
    prop_oneof![
        4 => (kind, 0usize..99, any::<bool>()).prop_map(|(kind, after, required)| Doing::Add(kind, after, required)),
        3 => (0usize..99).prop_map(Doing::Hide),
        1 => (0usize..9).prop_map(Doing::Show),
        2 => (0usize..99, "[A-Z][a-z]{1,9}").prop_map(|(field, label)| Doing::Reword(field, label)),
        1 => (0usize..9, "[A-Z][a-z]{1,9}").prop_map(|(field, label)| Doing::Rename(field, label)),
        1 => (0usize..9).prop_map(Doing::Withdraw),
        1 => (0usize..9).prop_map(Doing::AddChoice),
        1 => (0usize..9, 0usize..99).prop_map(|(field, after)| Doing::Move(field, after)),
        1 => (0usize..9).prop_map(Doing::Spoil),
    ]
}

/// Every path that an overlay may name.
fn paths(form: &Form) -> Vec<String> {
    let mut paths = Vec::new();
    for field in form.fields() {
        paths.push(field.key.to_owned());
        paths.extend(rules::columns(field).iter().map(|cell| [field.key, "/", cell.key].concat()));
    }
    paths
}

fn do_it(form: &Form, draft: &mut Overlay, doing: Doing) {
    let body: Vec<&str> = form.sections.iter().flat_map(|section| section.fields).map(|field| field.key).collect();
    let paths = paths(form);
    let number = draft.own.len();
    let some = |place: usize| (number > 0).then(|| place % number.max(1));
    match doing {
        Doing::Add(kind, after, required) => {
            let field = own(&format!("f{number}"), kind, body[after % body.len()]);
            draft.own.push(OwnField { required, ..field });
        }
        Doing::Hide(place) => {
            let own = draft.own.iter().map(|own| own.key.clone());
            let all: Vec<String> = paths.into_iter().chain(own).collect();
            draft.hidden.insert(all[place % all.len()].clone());
        }
        Doing::Show(place) => {
            if let Some(path) = draft.hidden.iter().nth(place).cloned() {
                draft.hidden.remove(&path);
            }
        }
        Doing::Reword(place, label) => {
            let words = Reworded { label: Some(label), help: Some("Wyjaśnienie.".into()) };
            draft.reworded.insert(paths[place % paths.len()].clone(), words);
        }
        Doing::Rename(place, label) => {
            if let Some(index) = some(place) {
                draft.own[index].label = label;
            }
        }
        Doing::Withdraw(place) => {
            if let Some(first) = some(place).and_then(|index| draft.own[index].choices.first_mut()) {
                first.withdrawn = !first.withdrawn;
            }
        }
        Doing::AddChoice(place) => {
            if let Some(own) = some(place).map(|index| &mut draft.own[index]).filter(|own| own.kind.picks()) {
                let code = format!("C{}", own.choices.len());
                own.choices.push(choice(&code, "następna"));
            }
        }
        Doing::Move(place, after) => {
            if let Some(index) = some(place) {
                draft.own[index].after = body[after % body.len()].to_owned();
            }
        }
        Doing::Spoil(place) => {
            if let Some(index) = some(place) {
                let other = OwnKind::ALL.iter().find(|kind| **kind != draft.own[index].kind);
                draft.own[index].kind = *other.unwrap();
            }
        }
    }
}

/// Publishes what can be published; a refused draft leaves everything as it was.
fn published(subject: Subject, sessions: Vec<Vec<Doing>>) -> OfficeBook {
    let mut book = OfficeBook::default();
    for (session, rev) in sessions.into_iter().zip(1..) {
        let last = book.published(subject).last().cloned();
        let mut draft = last.as_ref().map(|last| last.overlay.clone()).unwrap_or_default();
        for doing in session {
            let kept = draft.clone();
            do_it(subject.declared, &mut draft, doing);
            if publish(subject, last.as_ref(), &draft, Rev(1)).is_err() && draft != kept {
                draft = kept;
            }
        }
        let before = book.clone();
        match book.publish(subject, &draft, Rev(rev)) {
            Ok(version) => assert_eq!(version, last.map_or(0, |last| last.version) + 1),
            Err(_) => assert_eq!(book, before),
        }
    }
    book
}

fn any_subject() -> impl Strategy<Value = Subject> {
    const CODES: &[&str] = &["visit", "NR_4", "NR_5", "NR_14", "NOTE", "NR_3A", "family"];
    proptest::sample::select(CODES).prop_map(|code| Subject::read(code).unwrap())
}

fn any_sessions() -> impl Strategy<Value = Vec<Vec<Doing>>> {
    proptest::collection::vec(proptest::collection::vec(any_doing(), 1..6), 1..5)
}

/// Some answer to a field, of its kind or not.
fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        ".{1,20}".prop_map(Value::Text),
        proptest::sample::select(&["A", "B", "2026-11-22", "14:05", "2026-11"][..])
            .prop_map(|text| Value::Text(text.to_owned())),
        any::<i64>().prop_map(Value::Number),
        any::<bool>().prop_map(Value::Flag),
        proptest::collection::btree_set("[A-C]", 0..3).prop_map(Value::Set),
    ]
}

/// Answers to some of the fields of a form, in rows too, and to something that no form knows.
fn filled_in(form: &Form, values: Vec<(usize, Value)>) -> Answers {
    let mut answers = Answers::default();
    let fields: Vec<&Field> = form.fields().collect();
    for (place, value) in values {
        let field = fields[place % fields.len()];
        match field.kind.cells() {
            Some(cells) => {
                let path = format!("{}/r{}/{}", field.key, place % 3, cells[place % cells.len()].key);
                answers.set_raw(&path, Some(value));
            }
            None => answers.set_raw(field.key, Some(value)),
        }
    }
    answers.set_raw("own_of_a_newer_version", Some(Value::Text("zostaje".into())));
    answers
}

fn record(subject: Subject, version: u16, answers: Answers) -> Record {
    let (kind, answers) = match subject.code.parse::<RecordKind>() {
        Ok(kind) => (kind, answers),
        Err(()) => {
            let paper: Paper = subject.code.parse().unwrap();
            (RecordKind::Paper, answers.with(PAPER, paper).with(LIFE, Life::Draft))
        }
    };
    Record { form: version, ..crate::domain::testing::record(1, kind, answers) }
}

/// The version numbers that records may carry: none laid over, each published one, and one from tomorrow.
fn versions(book: &OfficeBook, subject: Subject) -> Vec<u16> {
    let last = book.published(subject).len() as u16 + 1;
    (0..=last).map(|overlay| FormVersion { overlay, declaration: 1 }.packed()).collect()
}

fn as_sent<T: serde::Serialize + serde::de::DeserializeOwned>(value: &T) -> T {
    serde_json::from_slice(&serde_json::to_vec(value).unwrap()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn every_published_form_holds_together(subject in any_subject(), sessions in any_sessions()) {
        let book = published(subject, sessions);
        prop_assert_eq!(&as_sent(&book), &book);
        let declared: BTreeSet<&str> = subject.declared.fields().map(|field| field.key).collect();
        let mut before = 0;
        for published in book.published(subject) {
            prop_assert_eq!(published.version, before + 1);
            before = published.version;
            let form = book.form_in(subject, FormVersion { overlay: before, declaration: 1 }.packed());
            prop_assert_eq!(coherence::flaws(form), Vec::<String>::new());
            let there: BTreeSet<&str> = form.fields().map(|field| field.key).collect();
            // What is required is asked for whatever an office hides.
            for field in subject.declared.fields().filter(|field| field.required != crate::domain::form::When::Never) {
                prop_assert!(there.contains(field.key), "{}", field.key);
            }
            for own in &published.overlay.own {
                prop_assert_eq!(there.contains(own.key.as_str()), !published.overlay.hidden.contains(&own.key));
            }
            for key in there.difference(&declared) {
                prop_assert!(key.starts_with(OWN));
            }
            // Fields of the declaration keep their kind, their conditions and their order.
            let kept: Vec<&str> = form.fields().map(|field| field.key).filter(|key| declared.contains(key)).collect();
            let then: Vec<&str> =
                subject.declared.fields().map(|field| field.key).filter(|key| kept.contains(key)).collect();
            prop_assert_eq!(kept, then);
        }
    }

    #[test]
    fn a_key_never_changes_its_meaning(subject in any_subject(), sessions in any_sessions()) {
        let book = published(subject, sessions);
        for pair in book.published(subject).windows(2) {
            for then in &pair[0].overlay.own {
                let now = pair[1].overlay.own(&then.key);
                prop_assert_eq!(now.map(|now| (now.kind, &now.unit)), Some((then.kind, &then.unit)));
                prop_assert!(then.choices.iter().all(|choice| now.unwrap().choice(&choice.code).is_some()));
            }
            prop_assert!(!changes(subject, &pair[0].overlay, &pair[1].overlay).is_empty());
        }
    }

    /// Whatever version reads it: an answer is shown by the form or beside it, and stays as it is.
    #[test]
    fn no_version_loses_an_answer(
        subject in any_subject(),
        sessions in any_sessions(),
        values in proptest::collection::vec((0usize..999, any_value()), 0..12),
    ) {
        let book = published(subject, sessions);
        let written_in = book.newest(subject);
        let answers = filled_in(written_in, values);
        prop_assert_eq!(&as_sent(&answers), &answers);
        for version in versions(&book, subject) {
            let record = as_sent(&record(subject, version, answers.clone()));
            let (form, course) = (book.form_of(&record), record.kind.form());
            form.check(&record.answers);
            let beside = book.beside(&record, &Referred::default());
            for (path, value) in answers.0.iter().filter(|(_, value)| !value.is_blank()) {
                prop_assert_eq!(record.answers.raw(path), Some(value));
                let root = path.split('/').next().unwrap();
                let told = beside.iter().any(|one| one.path == *path && !one.words.is_empty());
                prop_assert!(told || form.field(root).is_some() || course.field(root).is_some(), "{path}");
            }
            // Finishing a paper drops what conditions hide; never what an office hid or added.
            let mut finished = record.answers.clone();
            for field in form.hidden(&record.answers) {
                finished.set_raw(field.key, None);
            }
            for (path, value) in answers.0.iter().filter(|(path, _)| path.starts_with(OWN)) {
                prop_assert_eq!(finished.raw(path), Some(value));
            }
            for field in subject.declared.fields().filter(|field| form.field(field.key).is_none()) {
                prop_assert_eq!(finished.raw(field.key), record.answers.raw(field.key));
            }
        }
    }

    /// Somebody with the next or the previous version writes one field: the others stay.
    #[test]
    fn writing_in_another_version_touches_nothing_else(
        subject in any_subject(),
        sessions in any_sessions(),
        values in proptest::collection::vec((0usize..999, any_value()), 1..12),
        place in 0usize..99,
        new in any_value(),
    ) {
        let book = published(subject, sessions);
        let version = |overlay: usize| FormVersion { overlay: overlay as u16, declaration: 1 }.packed();
        let count = book.published(subject).len();
        for (mine, theirs) in [(count, count.saturating_sub(1)), (count.saturating_sub(1), count)] {
            let begun = record(subject, version(mine), filled_in(book.form_in(subject, version(mine)), values.clone()));
            let reads = book.form_in(subject, version(theirs));
            let singles: Vec<&Field> = reads.fields().filter(|field| field.kind.cells().is_none()).collect();
            let field = singles[place % singles.len()];
            let mut after = begun.answers.clone();
            after.set_raw(field.key, Some(new.clone()));
            let change = Change {
                id: ChangeId(Uuid::from_u128(2)),
                record: begun.id,
                kind: begun.kind,
                family: FamilyId(Uuid::nil()),
                base: begun.rev,
                after: None,
                action: Action::Write(edits_between(&begun.answers, &after)),
                author: UserId(Uuid::from_u128(3)),
                at: DateTime::UNIX_EPOCH,
                offset: 0,
                form: version(theirs),
            };
            let (written, _) = apply(Some(&begun), &as_sent(&change), Rev(2)).unwrap();
            prop_assert_eq!(written.id, RecordId(Uuid::from_u128(1)));
            prop_assert_eq!(written.form, begun.form, "a draft lives in the version that it began with");
            prop_assert_eq!(written.answers.raw(field.key), Some(&new));
            for (path, value) in begun.answers.0.iter().filter(|(path, _)| *path != field.key) {
                prop_assert_eq!(written.answers.raw(path), Some(value));
            }
        }
    }

    /// An own answer reads the same in its own version whatever was published since.
    #[test]
    fn words_of_an_archived_paper_stay(subject in any_subject(), sessions in any_sessions(), value in any_value()) {
        let mut shorter = sessions.clone();
        shorter.truncate(1);
        let (early, late) = (published(subject, shorter), published(subject, sessions));
        for published in early.published(subject) {
            let version = FormVersion { overlay: published.version, declaration: 1 }.packed();
            let (then, now) = (early.form_in(subject, version), late.form_in(subject, version));
            prop_assert_eq!(then, now);
            let said = |form: &Form| -> Vec<Option<String>> {
                let own = form.fields().filter(|field| field.key.starts_with(OWN) && field.kind != Kind::Signatures);
                own.map(|field| answer_words(field, &value, &Referred::default())).collect()
            };
            prop_assert_eq!(said(then), said(now));
        }
    }
}
