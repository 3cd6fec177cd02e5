//! Files of papers: which bytes wait to be sent, and which nobody needs any more.

use super::{
    Replica,
    item::{Item, Unsent, Write, put, unsent_key},
};
use crate::{
    domain::{
        change::{Action, Change},
        documents::RecordKind,
        files,
        form::{Answers, Kind},
        ids::{FileId, RecordId},
    },
    sync::protocol::{ContentReceipt, Taken},
};
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

/// What a change means for files: those that it describes wait to be sent, those that it takes away go.
pub(super) fn files_of(change: &Change) -> Vec<Write> {
    let Action::Write(edits) = &change.action else { return Vec::new() };
    let mut writes = Vec::new();
    for (path, edit) in edits {
        let Some(file) = file_of(change.kind, path) else { continue };
        match (&edit.before, &edit.after) {
            (None, Some(_)) => {
                writes.push(put(Item::Unsent(Unsent { file, record: change.record, refused: false })));
            }
            (Some(_), None) => writes.extend([Write::Drop(unsent_key(file)), Write::DropContent(file)]),
            _ => {}
        }
    }
    writes
}

/// The file whose fingerprint stands under this path.
fn file_of(kind: RecordKind, path: &str) -> Option<FileId> {
    let mut parts = path.split('/');
    let (field, file, cell) = (parts.next()?, parts.next()?, parts.next()?);
    let declared = kind.form().field(field)?;
    (matches!(declared.kind, Kind::Files { .. }) && cell == files::HASH.name()).then(|| file.parse().ok())?
}

/// Hours for which bytes wait for a paper to speak of them.
const YOUNG_HOURS: i64 = 2;

/// The id tells when it was made.
fn is_young(file: FileId, now: DateTime<Utc>) -> bool {
    let made = file.0.get_timestamp().map_or(0, |at| at.to_unix().0);
    now.timestamp() - i64::try_from(made).unwrap_or_default() < YOUNG_HOURS * 3600
}

impl Replica {
    /// The next file that the office can take: its paper has left the outbox and was not refused.
    pub fn next_file(&self, put_off: &BTreeSet<FileId>) -> Option<Unsent> {
        let in_outbox = |record: RecordId| self.outbox.values().any(|change| change.record == record);
        self.unsent_files().find(|unsent| !put_off.contains(&unsent.file) && !in_outbox(unsent.record))
    }

    /// Files that wait. Those whose paper was refused wait for nothing: it is the paper that needs the person.
    pub(super) fn unsent_files(&self) -> impl Iterator<Item = Unsent> {
        let paper_refused = |record: RecordId| {
            !self.held.contains_key(&record) && self.troubles.values().any(|answered| answered.change.record == record)
        };
        self.unsent().filter(move |unsent| !unsent.refused && !paper_refused(unsent.record))
    }

    /// Files whose bytes the office does not have: those that wait, and those that it refused.
    pub fn unsent(&self) -> impl Iterator<Item = Unsent> {
        self.unsent.values().map(|unsent| **unsent)
    }

    /// What the office's answer to a file means for the store. Bytes that it has stay here as well, to be
    /// looked at without a network.
    pub(super) fn file_answered(&self, receipt: ContentReceipt) -> Option<Write> {
        let unsent = **self.unsent.get(&receipt.file)?;
        match receipt.taken {
            Taken::Kept => Some(Write::Drop(unsent_key(receipt.file))),
            Taken::Refused => Some(put(Item::Unsent(Unsent { refused: true, ..unsent }))),
            Taken::Unknown => None,
        }
    }

    /// Of the files whose bytes are here: those that no paper or draft speaks of. A photo that was just
    /// taken may be on its way into a draft, so young ones stay.
    pub fn strays(&self, here: &[FileId], now: DateTime<Utc>) -> Vec<Write> {
        let mut spoken_of: BTreeSet<FileId> = self.unsent.keys().copied().collect();
        let mut add = |kind: RecordKind, answers: &Answers| {
            spoken_of.extend(files::described(kind.form(), answers).into_iter().map(|file| file.id));
        };
        for record in self.records() {
            add(record.kind, &record.answers);
        }
        for draft in self.drafts.values() {
            add(draft.kind, &draft.answers);
        }
        here.iter()
            .filter(|file| !spoken_of.contains(file) && !is_young(**file, now))
            .map(|file| Write::DropContent(*file))
            .collect()
    }

    /// Was this file refused by the office?
    pub fn is_refused(&self, file: FileId) -> bool {
        self.unsent.get(&file).is_some_and(|unsent| unsent.refused)
    }
}
