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

/// The files that a change describes.
pub(super) fn described_by(change: &Change) -> impl Iterator<Item = FileId> {
    let edits = match &change.action {
        Action::Write(edits) => Some(edits),
        Action::Settle { .. } | Action::Take { .. } => None,
    };
    let added = edits.into_iter().flatten().filter(|(_, edit)| edit.before.is_none() && edit.after.is_some());
    added.filter_map(|(path, _)| file_of(change.kind, path))
}

/// What a change means for files: those that it describes wait to be sent. Those that it takes away stay until
/// nothing speaks of them any more: the office may refuse the change.
pub(super) fn files_of(change: &Change) -> Vec<Write> {
    described_by(change).map(|file| put(Item::Unsent(Unsent { file, record: change.record, refused: false }))).collect()
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
            // Its paper was corrected meanwhile and speaks of it no more.
            Taken::Refused if self.is_taken_away(unsent) => Some(Write::Drop(unsent_key(receipt.file))),
            Taken::Refused => Some(put(Item::Unsent(Unsent { refused: true, ..unsent }))),
            Taken::Unknown => None,
        }
    }

    fn is_taken_away(&self, unsent: Unsent) -> bool {
        self.record(unsent.record).is_some_and(|record| {
            files::described(record.kind.form(), &record.answers).iter().all(|file| file.id != unsent.file)
        })
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
        // A restored office may ask for them again, also when the family has moved away meanwhile.
        for answered in self.sent() {
            spoken_of.extend(described_by(&answered.change));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            change::{Intent, Pen, edits_between},
            ids::{DeviceId, FamilyId, UserId},
        },
        sync::replica::Delivery,
    };
    use uuid::Uuid;

    const RECORD: RecordId = RecordId(Uuid::from_u128(1));

    /// Writes an entry, or what differs from the one before, as its author does.
    fn write(replica: &mut Replica, before: &Answers, after: &Answers) {
        let pen = Pen { author: replica.me, now: DateTime::UNIX_EPOCH, offset: 60, random: &|| [7; 10] };
        let action = Action::Write(edits_between(before, after));
        let intent = Intent { record: RECORD, kind: RecordKind::Visit, family: FamilyId(Uuid::nil()), form: 1, action };
        let writes = replica.intend(vec![intent], None, &pen).unwrap();
        assert!(writes.iter().all(|write| !matches!(write, Write::DropContent(_))), "bytes outlive the wish");
        replica.absorb(writes);
    }

    #[test]
    fn a_photo_that_was_taken_out_again_is_kept_until_the_office_has_said_so() {
        let file = FileId::new(1_000, [1; 10]);
        let row = Answers::default()
            .with(files::MEDIA, files::MediaType::Jpeg)
            .with(files::BYTES, 3)
            .with(files::HASH, "ab".repeat(32));
        let mut with_photo = Answers::default();
        with_photo.put_row("files", &file.to_string(), row);
        let mut replica = Replica::new(UserId(Uuid::nil()), DeviceId(Uuid::nil()));
        write(&mut replica, &Answers::default(), &with_photo);
        assert_eq!(replica.delivery(RECORD), Delivery::Waiting);
        assert!(replica.next_file(&BTreeSet::new()).is_none(), "its paper goes first");
        let refused = ContentReceipt { file, taken: Taken::Refused };
        assert!(matches!(replica.file_answered(refused), Some(Write::Put(_))), "its author must see that");

        write(&mut replica, &with_photo, &Answers::default());
        let writes: Vec<Write> = replica.file_answered(refused).into_iter().collect();
        assert_eq!(writes, [Write::Drop(unsent_key(file))]);
        let later = DateTime::UNIX_EPOCH + chrono::Duration::days(1);
        assert!(replica.strays(&[file], later).is_empty(), "it still waits");
        replica.absorb(writes);
        assert_eq!(replica.strays(&[file], later), [Write::DropContent(file)]);
    }
}
