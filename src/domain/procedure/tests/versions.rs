//! No version of a case is ever lost: each step says what stood there before and what stands there now, so the
//! steps tell the case again from its first day, and back to it; and whoever writes on an old version destroys nothing.

use super::*;
use crate::domain::{
    change::{Action, Change},
    documents::RecordKind,
    form::Value,
    ids::{ChangeId, FamilyId, Rev},
    record::{Meeting, Record, apply},
};
use chrono::DateTime;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn change(n: usize, base: Rev, edits: BTreeMap<String, crate::domain::change::Edit>) -> Change {
    Change {
        id: ChangeId(Uuid::from_u128(1000 + n as u128)),
        record: CASE,
        kind: RecordKind::Case,
        family: FamilyId(Uuid::nil()),
        base,
        after: None,
        action: Action::Write(edits),
        author: ALA,
        at: DateTime::UNIX_EPOCH,
        offset: 60,
        form: 1,
    }
}

/// Walks a case: which of the possible steps is taken, each as the change that the office keeps.
fn walked(choices: &[usize]) -> (Vec<Change>, Vec<Record>) {
    let (mut changes, mut versions) = (Vec::<Change>::new(), Vec::<Record>::new());
    for (n, choice) in choices.iter().enumerate() {
        let standing = versions.last();
        let stage = standing.and_then(|record| record.answers.get(case_card::STAGE));
        let next: Vec<&Rule> = RULES.iter().filter(|rule| rule.leaves(stage)).collect();
        let Some(rule) = next.get(choice % next.len().max(1)) else { break };
        let case = match standing {
            Some(record) => CaseNow::of(CASE, &record.answers),
            None => CaseNow::none(),
        };
        let who = actor(rule.who[0]);
        let Ok(taken) = take(&case, rule.transition, &who, &answered(rule.transition), &everything(), &usual()) else {
            continue;
        };
        let change = change(n, standing.map_or(Rev::NONE, |record| record.rev), taken.edits);
        let (record, meeting) = apply(standing, &change, Rev(n as i64 + 1)).unwrap();
        assert_eq!(meeting, Meeting::Clean, "{:?} was computed from what stands", rule.transition);
        assert_eq!(record.answers.get(case_card::STAGE), Some(taken.stage));
        changes.push(change);
        versions.push(record);
    }
    (changes, versions)
}

fn edits(change: &Change) -> &BTreeMap<String, crate::domain::change::Edit> {
    match &change.action {
        Action::Write(edits) => edits,
        other => panic!("{other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn the_steps_tell_a_case_again_and_back(choices in proptest::collection::vec(0usize..60, 1..40)) {
        let (changes, versions) = walked(&choices);
        prop_assert!(!versions.is_empty());
        // Kept as JSON and told again from nothing: the same versions.
        let mut standing: Option<Record> = None;
        for (change, version) in changes.iter().zip(&versions) {
            let kept: Change = serde_json::from_slice(&serde_json::to_vec(change).unwrap()).unwrap();
            let (next, _) = apply(standing.as_ref(), &kept, version.rev).unwrap();
            prop_assert_eq!(&next, version);
            standing = Some(next);
        }
        // And back: undoing the last step gives the version before it.
        for n in (0..versions.len()).rev() {
            let mut before = versions[n].answers.clone();
            for (key, edit) in edits(&changes[n]) {
                prop_assert_eq!(before.raw(key), edit.after.as_ref());
                before.set_raw(key, edit.before.clone());
            }
            let expected = n.checked_sub(1).map(|earlier| versions[earlier].answers.clone()).unwrap_or_default();
            prop_assert_eq!(before, expected);
        }
    }

    /// A colleague who was offline writes a note on a version of some steps ago.
    #[test]
    fn a_note_on_an_old_version_undoes_no_step(
        choices in proptest::collection::vec(0usize..60, 2..30),
        back in 0usize..30,
        field in proptest::sample::select(&["sign", "summary", "closing_note"][..]),
        words in "[a-z]{1,8}",
    ) {
        let (_, versions) = walked(&choices);
        let standing = versions.last().unwrap();
        let seen = &versions[versions.len() - 1 - back % versions.len()];
        let edit = crate::domain::change::Edit {
            before: seen.answers.raw(field).cloned(),
            after: Some(Value::Text(words)),
        };
        let note = change(999, seen.rev, [(field.to_owned(), edit.clone())].into());
        let (next, _) = apply(Some(standing), &note, Rev(1000)).unwrap();
        for (key, value) in standing.answers.0.iter().filter(|(key, _)| *key != field) {
            prop_assert_eq!(next.answers.raw(key), Some(value));
        }
        let stands = next.answers.raw(field) == edit.after.as_ref();
        let waits = next.disputes.iter().any(|dispute| dispute.field == field && dispute.value == edit.after);
        prop_assert!(stands || waits);
        // If it waits, what the steps wrote still stands.
        prop_assert!(stands || next.answers.raw(field) == standing.answers.raw(field));
    }
}
