//! The earlier versions of what stands in a file.

#![expect(missing_docs, reason = "the server macro makes structs of the arguments")]

use super::error::ApiError;
use crate::domain::{
    ids::{RecordId, UserId},
    record::Record,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The versions of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordHistory {
    /// Those that people ask for, the oldest first; the last one is the record as it stands.
    pub versions: Vec<Record>,
    /// Names of the people who wrote them or are named in them.
    pub people: BTreeMap<UserId, String>,
}

/// The versions of a paper, an entry or a task. Reading them is written into the access log.
#[server(prefix = "/api/v1", endpoint = "history", input = server_fn::codec::Json)]
pub async fn read_history(record: RecordId) -> Result<RecordHistory, ApiError> {
    crate::server::doors::history(record).await
}
