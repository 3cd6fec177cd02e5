//! The months that the senders of corrections have reported (nr 14): nothing in them is corrected any more.

use super::reading::Asked;
use crate::{
    domain::{
        access::own_file,
        change::{Action, Change},
        correction::{self, Reports},
        documents::RecordKind,
        ids::{OfficeId, Rev, UserId},
        record::{Record, Refusal},
    },
    server::db::{DbResult, Link, records},
};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// Of each author of corrections in some requests: their reports.
#[derive(Debug, Default)]
pub struct Reported(BTreeMap<UserId, Reports>);

impl Reported {
    /// Reads the reports of those who correct entries. Who only writes new ones is not looked up.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn open(link: &mut Link, office: OfficeId, requests: &[&[Asked]]) -> DbResult<Self> {
        let changes = requests.iter().flat_map(|asked| asked.iter()).filter_map(Asked::change);
        let corrects = |change: &&Change| change.kind == RecordKind::Visit && !change.makes_record();
        let authors: BTreeSet<UserId> = changes.filter(corrects).map(|change| change.author).collect();
        let mut reported = Self::default();
        for author in authors {
            let raw = records::newer(link, office, own_file(author), Rev::NONE, usize::MAX).await?;
            let papers = raw.iter().map(|raw| records::read(&raw.body)).collect::<DbResult<Vec<Record>>>()?;
            reported.0.insert(author, Reports::of(author, &papers));
        }
        Ok(reported)
    }

    /// Takes a record in as it now stands.
    pub fn take(&mut self, record: &Record) {
        if let (RecordKind::Paper, Some(reports)) = (record.kind, self.0.get_mut(&record.made.by)) {
            reports.take(record);
        }
    }

    /// Does this correction leave reported months alone? What counts is when it was written, but nothing was
    /// written later than it arrived.
    ///
    /// # Errors
    /// Why it is not taken.
    pub fn spares(
        &self,
        change: &Change,
        before: Option<&Record>,
        after: &Record,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let is_correction = change.kind == RecordKind::Visit && matches!(change.action, Action::Write(_));
        let (Some(before), Some(reports)) = (before.filter(|_| is_correction), self.0.get(&change.author)) else {
            return Ok(());
        };
        let closed = reports.closed_at(change.at.min(now));
        let problem = correction::after_report(&before.answers, &after.answers, &closed);
        problem.map_or(Ok(()), |problem| Err(Refusal::Invalid(vec![problem])))
    }
}
