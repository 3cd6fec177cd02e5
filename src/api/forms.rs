//! What the office lays over its forms, at the manager's desk.

#![expect(missing_docs, reason = "the server macro makes structs of the arguments")]

use super::{error::ApiError, settings::Publishing};
use crate::domain::{
    ids::Rev,
    office::{OfficeBook, Overlay},
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The forms as the office has them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeForms {
    /// Every version of what was laid over them.
    pub book: OfficeBook,
    /// Who published a version, and when.
    pub hands: Vec<FormHand>,
}

/// Whose hand published a version of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormHand {
    /// The version, by the revision that it took ([`crate::domain::office::Published::tag`]).
    pub tag: Rev,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub by: String,
}

/// What the office has laid over its forms, for its manager.
#[server(prefix = "/api/v1", endpoint = "office-forms", input = server_fn::codec::Json)]
pub async fn read_office_forms() -> Result<OfficeForms, ApiError> {
    crate::server::doors::office_forms().await
}

/// What the office has set, for those who read families' files: the forms with which a case is opened.
#[server(prefix = "/api/v1", endpoint = "book", input = server_fn::codec::Json)]
pub async fn read_book() -> Result<OfficeBook, ApiError> {
    crate::server::doors::book().await
}

/// Publishes a draft over a form (by its code) as the next version after `expected`, the one that was read; 0 is the
/// form as declared. Written into the access log.
#[server(prefix = "/api/v1", endpoint = "publish-form", input = server_fn::codec::Json)]
pub async fn publish_form(form: String, expected: u16, draft: Overlay) -> Result<Publishing, ApiError> {
    crate::server::doors::publish_form(form, expected, draft).await
}
