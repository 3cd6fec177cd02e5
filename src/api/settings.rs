//! The office's own settings at the manager's desk.

#![expect(missing_docs, reason = "the server macro makes structs of the arguments")]

use super::error::ApiError;
use crate::domain::{
    deadlines::Parameters,
    form::Problem,
    ids::Rev,
    office::{Letterhead, OfficeBook},
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What holds, and how it came to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeSettings {
    /// What holds.
    pub book: OfficeBook,
    /// The last versions, the newest first.
    pub versions: Vec<BookVersion>,
}

/// A version that was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookVersion {
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: String,
    /// What it changed, in Polish; nothing when it was written by a newer program.
    pub changes: Vec<String>,
}

/// What became of settings that were to be published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Publishing {
    /// They hold from now on.
    Published,
    /// They are what holds already.
    Same,
    /// Something is wrong with them, each at its field.
    Refused(Vec<Problem>),
    /// Somebody else has changed them since they were read.
    Meanwhile {
        /// Who.
        by: String,
        /// When, as far as anybody knows.
        at: Option<DateTime<Utc>>,
    },
}

/// What the office has set, for its manager.
#[server(prefix = "/api/v1", endpoint = "office-settings", input = server_fn::codec::Json)]
pub async fn read_office_settings() -> Result<OfficeSettings, ApiError> {
    crate::server::doors::office_settings().await
}

/// Publishes new settings over those of the tag that was read. Written into the access log.
#[server(prefix = "/api/v1", endpoint = "publish-book", input = server_fn::codec::Json)]
pub async fn publish_book(
    expected: Rev,
    parameters: Parameters,
    letterhead: Letterhead,
) -> Result<Publishing, ApiError> {
    crate::server::doors::publish_book(expected, (parameters, letterhead)).await
}
