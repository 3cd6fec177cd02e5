//! No value is dropped silently (invariant 5): whatever was written and taken stands, waits beside what stands, or
//! was replaced by somebody who had seen it.

use super::judge::Answers;
use crate::{
    domain::{
        change::{Action, Change, Edit},
        form::Value,
        ids::RecordId,
        record::Record,
    },
    sync::protocol::Verdict,
};
use std::collections::BTreeMap;

/// Looks for every value that was written.
///
/// # Errors
/// Which one is nowhere.
pub fn every_value_has_its_place(records: &BTreeMap<RecordId, Record>, answers: &Answers) -> Result<(), String> {
    let taken: Vec<&Change> = answers
        .values()
        .filter(|answered| !matches!(answered.receipt.verdict, Verdict::Refused(_)))
        .map(|answered| &answered.change)
        .collect();
    let mut by_record: BTreeMap<RecordId, Vec<&Change>> = BTreeMap::new();
    for change in taken {
        by_record.entry(change.record).or_default().push(change);
    }
    for (id, changes) in &by_record {
        let Some(record) = records.get(id) else { return Err("a record that was taken is nowhere".into()) };
        for change in changes {
            let Action::Write(edits) = &change.action else { continue };
            for (field, edit) in edits {
                let place = Place { record, changes, change, field };
                if !place.is_kept(edit) {
                    return Err(format!(
                        "a value is gone without a word: {field} of {:?} was {:?}",
                        record.kind, edit.after
                    ));
                }
            }
        }
    }
    Ok(())
}

/// Where a value was written.
struct Place<'a> {
    record: &'a Record,
    /// All changes of the record that were taken.
    changes: &'a [&'a Change],
    change: &'a Change,
    field: &'a str,
}

impl Place<'_> {
    fn is_kept(&self, edit: &Edit) -> bool {
        let Some(after) = &edit.after else { return true };
        if let Some(written) = after.set() {
            let before = edit.before.as_ref().and_then(Value::set);
            let added = written.iter().filter(|item| before.is_none_or(|before| !before.contains(*item)));
            return added.into_iter().all(|item| self.has_element(item) || self.was_taken_out(item));
        }
        self.stands(after) || self.waits(after) || self.was_replaced(after)
    }

    fn stands(&self, value: &Value) -> bool {
        self.record.answers.raw(self.field) == Some(value)
    }

    fn waits(&self, value: &Value) -> bool {
        self.record.disputes.iter().any(|dispute| dispute.field == self.field && dispute.value.as_ref() == Some(value))
    }

    /// Somebody wrote over it who had seen it, or chose another version.
    fn was_replaced(&self, value: &Value) -> bool {
        self.changes.iter().filter(|other| other.id != self.change.id).any(|other| match &other.action {
            Action::Write(edits) => edits.get(self.field).is_some_and(|edit| edit.before.as_ref() == Some(value)),
            Action::Settle { field, of, edit } => {
                field == self.field && (*of == self.change.id || edit.before.as_ref() == Some(value))
            }
            Action::Take { .. } => false,
        })
    }

    fn has_element(&self, item: &str) -> bool {
        self.record.answers.raw(self.field).and_then(Value::set).is_some_and(|set| set.contains(item))
    }

    fn was_taken_out(&self, item: &str) -> bool {
        let has = |value: &Option<Value>| value.as_ref().and_then(Value::set).is_some_and(|set| set.contains(item));
        self.changes.iter().any(|other| match &other.action {
            Action::Write(edits) => edits.get(self.field).is_some_and(|edit| has(&edit.before) && !has(&edit.after)),
            _ => false,
        })
    }
}
