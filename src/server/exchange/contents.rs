//! Takes in the files of papers that the office has: only what its paper describes, to the byte.

use super::{Caller, ExchangeFailure};
use crate::{
    domain::{
        access::{Actor, Deed, Object, may, object_of},
        calendar::warsaw_day,
        content::fingerprint,
        documents::declaration,
        files::{self, MAX_BYTES},
        ids::RecordId,
        record::Record,
    },
    server::{
        db::{
            Db, DbResult, Link,
            audit::{self, Line},
            contents::{self, New},
            families, records,
        },
        ties::Past,
    },
    sync::protocol::{Content, ContentReceipt, MAX_CONTENTS, Taken},
};
use chrono::{DateTime, NaiveDate, Utc};

/// Keeps files, in one transaction; a repeat changes nothing and gets the same answer (P2).
///
/// # Errors
/// [`ExchangeFailure`]; then none of them was kept.
pub async fn take(
    db: &Db,
    caller: &Caller,
    contents: Vec<Content>,
    now: DateTime<Utc>,
) -> Result<Vec<ContentReceipt>, ExchangeFailure> {
    if contents.len() > MAX_CONTENTS {
        return Err(ExchangeFailure::TooMany);
    }
    let mut receipts = Vec::new();
    if contents.is_empty() {
        return Ok(receipts);
    }
    let mut link = db.begin().await?;
    for content in contents {
        let taken = take_one(&mut link, &caller.actor, &content, now).await?;
        receipts.push(ContentReceipt { file: content.file, taken });
    }
    link.commit().await?;
    Ok(receipts)
}

async fn take_one(link: &mut Link, actor: &Actor, content: &Content, now: DateTime<Utc>) -> DbResult<Taken> {
    let Some(record) = record_of(link, actor, content.record).await? else { return Ok(Taken::Unknown) };
    if !may_write(link, actor, &record, warsaw_day(now)).await? {
        return Ok(Taken::Refused);
    }
    let bytes = &content.bytes.0;
    let hash = fingerprint(bytes);
    let described = files::described(declaration(record.kind, &record.answers), &record.answers);
    let is_as_described = described.iter().any(|file| {
        file.id == content.file
            && file.hash == hash
            && usize::try_from(file.bytes) == Ok(bytes.len())
            && file.media.fits(bytes)
    });
    if !is_as_described || bytes.len() > MAX_BYTES {
        return Ok(Taken::Refused);
    }
    let file = New { id: content.file, record: record.id, family: record.family, hash: &hash, body: bytes };
    let (is_new, standing) = contents::put(link, actor, &file, now).await?;
    if is_new {
        let line = Line {
            deed: Deed::Write,
            object: object_of(record.kind),
            record: Some(record.id),
            ..Line::of_reading(None, Some(record.family), "file")
        };
        audit::add(link, actor, now, &[line]).await?;
    }
    Ok(if standing == hash { Taken::Kept } else { Taken::Refused })
}

async fn record_of(link: &mut Link, actor: &Actor, id: RecordId) -> DbResult<Option<Record>> {
    Ok(records::find(link, actor.office, &[id]).await?.pop())
}

async fn may_write(link: &mut Link, actor: &Actor, record: &Record, day: NaiveDate) -> DbResult<bool> {
    let families = families::find(link, actor.office, &[record.family]).await?;
    let Some(family) = families.first() else { return Ok(false) };
    let past = Past::of(link, actor.office, &[record.family]).await?;
    let tie = past.tie(actor, record.family, Some(family), day);
    let object: Object = object_of(record.kind);
    Ok(may(actor.role, Deed::Write, object, tie) || may(actor.role, Deed::Decide, object, tie))
}
