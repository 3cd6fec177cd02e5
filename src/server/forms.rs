//! What the office lays over its forms: who may read and publish it, and how a new version comes to be.

use super::{
    db::{Db, Link, books, offices, users},
    settings::{keep, name},
};
use crate::{
    api::{
        error::ApiError,
        forms::{FormHand, OfficeForms},
        settings::Publishing,
    },
    domain::{
        access::{Actor, Deed, Object, Tie, may},
        ids::Rev,
        office::{OfficeBook, Overlay, Published, Subject},
    },
};
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

/// The forms, and who published their versions.
///
/// # Errors
/// [`ApiError::NotFound`] for those who may not read it.
pub async fn read(db: &Db, actor: &Actor) -> Result<OfficeForms, ApiError> {
    if !may(actor.role, Deed::Read, Object::Settings, Tie::Office) {
        return Err(ApiError::NotFound);
    }
    let mut link = db.snapshot().await?;
    let book = books::current(&mut link, actor.office).await?;
    let hands = hands(&mut link, actor, &book).await?;
    Ok(OfficeForms { book, hands })
}

/// What the office has set, as it also stands in every file.
///
/// # Errors
/// When the database does not answer.
pub async fn book(db: &Db, actor: &Actor) -> Result<OfficeBook, ApiError> {
    Ok(books::current(&mut db.snapshot().await?, actor.office).await?)
}

async fn hands(link: &mut Link, actor: &Actor, book: &OfficeBook) -> Result<Vec<FormHand>, ApiError> {
    let of_forms: BTreeSet<Rev> = book.overlays.values().flatten().map(|published| published.tag).collect();
    if of_forms.is_empty() {
        return Ok(Vec::new());
    }
    let everybody = users::of_office(link, actor.office).await?;
    let hands = books::hands(link, actor.office).await?.into_iter().filter(|hand| of_forms.contains(&hand.tag));
    Ok(hands.map(|hand| FormHand { tag: hand.tag, at: hand.at, by: name(&everybody, hand.by) }).collect())
}

/// Publishes the next version of a form, unless somebody else did since version `expected` was read. Other forms and
/// the settings may have changed meanwhile.
///
/// # Errors
/// [`ApiError::NotFound`] for those who may not change it, and for a form that is not there.
pub async fn publish(
    db: &Db,
    actor: &Actor,
    (form, expected): (&str, u16),
    draft: &Overlay,
    now: DateTime<Utc>,
) -> Result<Publishing, ApiError> {
    if !may(actor.role, Deed::Write, Object::Settings, Tie::Office) {
        return Err(ApiError::NotFound);
    }
    let subject = Subject::read(form).filter(|subject| subject.is_offered()).ok_or(ApiError::NotFound)?;
    let mut link = db.begin().await?;
    let last = offices::lock(&mut link, actor.office).await?;
    let mut book = books::current(&mut link, actor.office).await?;
    let standing = book.published(subject).last();
    if standing.map_or(0, |published| published.version) != expected {
        return meanwhile(&mut link, actor, standing).await;
    }
    if standing.map_or(&Overlay::default(), |published| &published.overlay) == draft {
        return Ok(Publishing::Same);
    }
    if let Err(problems) = book.publish(subject, draft, Rev(last.0 + 1)) {
        return Ok(Publishing::Refused(problems));
    }
    keep(&mut link, actor, &book, Object::Settings, now, "published_form").await?;
    link.commit().await?;
    Ok(Publishing::Published)
}

async fn meanwhile(link: &mut Link, actor: &Actor, standing: Option<&Published>) -> Result<Publishing, ApiError> {
    let hands = books::hands(link, actor.office).await?;
    let hand = hands.into_iter().find(|hand| standing.is_some_and(|published| published.tag == hand.tag));
    let everybody = users::of_office(link, actor.office).await?;
    Ok(match hand {
        Some(hand) => Publishing::Meanwhile { by: name(&everybody, hand.by), at: Some(hand.at) },
        // The office was brought back from a copy.
        None => Publishing::Meanwhile { by: "inna osoba".to_owned(), at: None },
    })
}
