//! What is new to a device: the files of its person's families beyond its cursors, in pages.

use super::{Answer, Caller, own_news::OwnNews};
use crate::{
    domain::{
        access::{Deed, Object, Role, Tie, may, own_file},
        ids::{DeviceId, FamilyId, OfficeId, Rev, UserId},
    },
    server::db::{DbError, DbResult, Link, audit::Line, families, records, substitutions},
    sync::protocol::{PAGE, People, Receipt, RequestEnvelope},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet};

/// Largest page in bytes of JSON: with its receipts it stays below what a device unpacks.
const PAGE_BYTES: usize = 4 * 1024 * 1024;

/// What is new to a device.
#[derive(Debug, Default)]
pub struct News {
    records: Vec<Box<RawValue>>,
    bytes: usize,
    cursors: BTreeMap<FamilyId, Rev>,
    /// Families whose records are in this page: their reading is logged.
    opened: Vec<FamilyId>,
    forget: Vec<FamilyId>,
    more: bool,
}

impl News {
    /// Gathers one page. `mine` are the heads of the person's families, `touched` the families that the
    /// request's changes spoke of.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn gather(
        link: &mut Link,
        caller: &Caller,
        request: &RequestEnvelope,
        mine: BTreeMap<FamilyId, Rev>,
        touched: &BTreeSet<FamilyId>,
        own: &OwnNews,
    ) -> DbResult<Self> {
        if !carries_files(caller.actor.role) {
            let forget = request.cursors.keys().copied().collect();
            return Ok(News { forget, ..News::default() });
        }
        let mut news = News { forget: to_forget(&mine, request, touched), ..News::default() };
        for (family, head) in mine {
            let cursor = request.cursors.get(&family).copied().unwrap_or(Rev::NONE);
            if head > cursor {
                news.read(link, caller, family, (cursor, head), own).await?;
            }
            if news.more {
                break;
            }
        }
        Ok(news)
    }

    /// Reads one family's news, as far as the page reaches.
    async fn read(
        &mut self,
        link: &mut Link,
        caller: &Caller,
        family: FamilyId,
        (cursor, head): (Rev, Rev),
        own: &OwnNews,
    ) -> DbResult<()> {
        if own.bridges(family, cursor, head) {
            self.cursors.insert(family, head);
            return Ok(());
        }
        // One more than fits, to know whether there is more; own changes take no place.
        let limit = PAGE - self.records.len() + own.len() + 1;
        let before = self.records.len();
        let mut reached = cursor;
        for raw in records::newer(link, caller.actor.office, family, cursor, limit).await? {
            if !own.covers(raw.id, raw.rev) {
                if self.is_full() {
                    self.more = true;
                    break;
                }
                self.bytes += raw.body.len();
                self.records.push(RawValue::from_string(raw.body).map_err(|_| DbError::Stored("record"))?);
            }
            reached = raw.rev;
        }
        // A cursor passes only what was sent or is known to the device already.
        self.cursors.insert(family, if self.more { reached } else { head });
        if self.records.len() > before {
            self.opened.push(family);
        }
        Ok(())
    }

    fn is_full(&self) -> bool {
        self.records.len() >= PAGE || self.bytes >= PAGE_BYTES
    }

    /// One line of the access log for each file that was read.
    pub fn lines(&self, device: DeviceId) -> Vec<Line> {
        self.opened.iter().map(|family| Line::of_reading(Some(device), Some(*family), "sync")).collect()
    }

    /// The families on a device that has this answer; the file of its owner's own work is none.
    pub fn on_device(&self, caller: &Caller, request: &RequestEnvelope) -> Vec<FamilyId> {
        let all: BTreeSet<FamilyId> = request.cursors.keys().chain(self.cursors.keys()).copied().collect();
        let own = own_file(caller.actor.user);
        all.into_iter().filter(|family| *family != own && !self.forget.contains(family)).collect()
    }

    /// The whole answer.
    pub fn answer(self, receipts: Vec<Receipt>, people: Option<People>, now: DateTime<Utc>) -> Answer {
        Answer {
            now,
            receipts,
            records: self.records,
            cursors: self.cursors,
            forget: self.forget,
            people,
            book: None,
            contents: Vec::new(),
            seal_key: None,
            more: self.more,
            epoch: None,
            lost: None,
        }
    }
}

/// The heads of the families that several people have on a day, for those who carry files: their own, and those
/// that they have in somebody's stead.
///
/// # Errors
/// When the database does not answer.
pub async fn heads(link: &mut Link, office: OfficeId, callers: &[&Caller], day: NaiveDate) -> DbResult<Heads> {
    let carriers = callers.iter().filter(|caller| carries_files(caller.actor.role));
    let users: BTreeSet<UserId> = carriers.map(|caller| caller.actor.user).collect();
    let users: Vec<UserId> = users.into_iter().collect();
    let mut heads = Heads::new();
    let own = families::heads(link, office, &users).await?;
    let in_stead = substitutions::heads(link, office, &users, day).await?;
    for (user, family, head) in own.into_iter().chain(in_stead) {
        heads.entry(user).or_default().insert(family, head);
    }
    Ok(heads)
}

/// Of each person: their families, each with the revision of the last change in its file.
pub type Heads = BTreeMap<UserId, BTreeMap<FamilyId, Rev>>;

/// Only an assistant carries files with them; the others read at the desk.
fn carries_files(role: Role) -> bool {
    role == Role::Assistant && may(role, Deed::Read, Object::FamilyFile, Tie::Own)
}

/// What the device holds, or has just written to, and may not hold.
fn to_forget(mine: &BTreeMap<FamilyId, Rev>, request: &RequestEnvelope, touched: &BTreeSet<FamilyId>) -> Vec<FamilyId> {
    let held: BTreeSet<FamilyId> = request.cursors.keys().chain(touched).copied().collect();
    held.into_iter().filter(|family| !mine.contains_key(family)).collect()
}
