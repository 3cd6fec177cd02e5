//! The office's own settings: who may read and change them, and how a new version comes to be.

use super::db::{
    Db, DbResult, Link,
    audit::{self, Line},
    books::{self, Version},
    offices, users,
};
use crate::{
    api::{
        error::ApiError,
        settings::{BookVersion, OfficeSettings, Publishing},
    },
    domain::{
        access::{Actor, Deed, Object, Tie, may},
        deadlines::{Parameters, Settings},
        ids::{Rev, UserId},
        office::{Letterhead, OfficeBook, settings_changes, settings_problems},
    },
};
use chrono::{DateTime, Utc};

/// Versions that the screen tells of.
const TOLD: i64 = 30;

/// What holds, and how it came to be.
///
/// # Errors
/// [`ApiError::NotFound`] for those who may not read it.
pub async fn read(db: &Db, actor: &Actor) -> Result<OfficeSettings, ApiError> {
    if !may(actor.role, Deed::Read, Object::Settings, Tie::Office) {
        return Err(ApiError::NotFound);
    }
    let mut link = db.snapshot().await?;
    let book = books::current(&mut link, actor.office).await?;
    // One more, to compare the last one told with.
    let versions = books::versions(&mut link, actor.office, TOLD + 1).await?;
    let everybody = users::of_office(&mut link, actor.office).await?;
    Ok(OfficeSettings { book, versions: told(&versions, &everybody) })
}

fn told(versions: &[Version], everybody: &[users::Person]) -> Vec<BookVersion> {
    let first = OfficeBook::default();
    let told = versions.iter().enumerate().take(usize::try_from(TOLD).unwrap_or(usize::MAX));
    told.filter_map(|(index, version)| {
        let before = versions.get(index + 1).map_or(Some(&first), |before| before.book.as_ref());
        let changes = match (before, &version.book) {
            // A form was published: that is told where the forms are.
            (Some(before), Some(book)) if says_the_same(before, book) => return None,
            (Some(before), Some(book)) => settings_changes(before, book),
            // Written by a newer program.
            _ => Vec::new(),
        };
        Some(BookVersion { at: version.at, by: name(everybody, version.by), changes })
    })
    .collect()
}

/// Do two books say the same in one part of them?
pub(super) type Same = fn(&OfficeBook, &OfficeBook) -> bool;

/// Do both set the same, whatever they lay over the forms?
fn says_the_same(one: &OfficeBook, other: &OfficeBook) -> bool {
    one.settings == other.settings && one.letterhead == other.letterhead
}

pub(super) fn name(everybody: &[users::Person], user: UserId) -> String {
    let person = everybody.iter().find(|person| person.user == user);
    person.map_or_else(|| "inna osoba".to_owned(), |person| person.name.clone())
}

/// Publishes a new version, unless somebody else did since `expected` was read.
///
/// # Errors
/// [`ApiError::NotFound`] for those who may not change it.
pub async fn publish(
    db: &Db,
    actor: &Actor,
    expected: Rev,
    (parameters, letterhead): (Parameters, Letterhead),
    now: DateTime<Utc>,
) -> Result<Publishing, ApiError> {
    if !may(actor.role, Deed::Write, Object::Settings, Tie::Office) {
        return Err(ApiError::NotFound);
    }
    let problems = settings_problems(&parameters, &letterhead);
    let settings = match Settings::check(parameters) {
        Ok(settings) if problems.is_empty() => settings,
        _ => return Ok(Publishing::Refused(problems)),
    };
    let mut link = db.begin().await?;
    let last = offices::lock(&mut link, actor.office).await?;
    let before = books::current(&mut link, actor.office).await?;
    if before.tag != expected && !stands_since(&mut link, actor, expected, &before, says_the_same).await? {
        return Ok(meanwhile(&mut link, actor, says_the_same).await?);
    }
    let book = OfficeBook { tag: Rev(last.0 + 1), settings, letterhead, ..before.clone() };
    if says_the_same(&before, &book) {
        return Ok(Publishing::Same);
    }
    keep(&mut link, actor, &book, Object::Settings, now, "published").await?;
    link.commit().await?;
    Ok(Publishing::Published)
}

/// A version takes a revision of the office, and so every desk and phone learns that something is new.
pub(super) async fn keep(
    link: &mut Link,
    actor: &Actor,
    book: &OfficeBook,
    object: Object,
    now: DateTime<Utc>,
    word: &'static str,
) -> DbResult<()> {
    books::add(link, actor, book, now).await?;
    offices::set_rev(link, actor.office, book.tag).await?;
    let line = Line { deed: Deed::Write, object, ..Line::of_oneself(word) };
    audit::add(link, actor, now, &[line]).await
}

/// Did this part of the book stay as it was since it was read? Then others' new versions are not in its way.
pub(super) async fn stands_since(
    link: &mut Link,
    actor: &Actor,
    expected: Rev,
    now: &OfficeBook,
    same: Same,
) -> DbResult<bool> {
    let body = books::body(link, actor.office, expected).await?;
    let then = match body {
        Some(body) => OfficeBook::read(body.as_bytes()),
        None => (expected == Rev::NONE).then(OfficeBook::default),
    };
    Ok(then.is_some_and(|then| same(&then, now)))
}

/// Who was first: the last who changed this part of the book.
pub(super) async fn meanwhile(link: &mut Link, actor: &Actor, same: Same) -> DbResult<Publishing> {
    let everybody = users::of_office(link, actor.office).await?;
    let versions = books::versions(link, actor.office, TOLD + 1).await?;
    let first = OfficeBook::default();
    let changed = |index: usize, version: &Version| {
        let before = versions.get(index + 1).map_or(Some(&first), |before| before.book.as_ref());
        !before.zip(version.book.as_ref()).is_some_and(|(before, book)| same(before, book))
    };
    let last = versions.iter().enumerate().find(|(index, version)| changed(*index, version));
    Ok(match last {
        Some((_, last)) => Publishing::Meanwhile { by: name(&everybody, last.by), at: Some(last.at) },
        // The office was brought back from a copy.
        None => Publishing::Meanwhile { by: "inna osoba".to_owned(), at: None },
    })
}
