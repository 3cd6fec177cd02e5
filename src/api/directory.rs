//! The office's list of institutions at the desk.

#![expect(missing_docs, reason = "the server macro makes structs of the arguments")]

use super::{error::ApiError, settings::Publishing};
use crate::domain::{ids::Rev, office::Institution};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The list as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directory {
    /// The version of the office's book that holds it.
    pub tag: Rev,
    /// The institutions, by kind and name.
    pub list: Vec<Institution>,
}

/// The institutions that the office works with.
#[server(prefix = "/api/v1", endpoint = "directory", input = server_fn::codec::Json)]
pub async fn read_directory() -> Result<Directory, ApiError> {
    crate::server::doors::directory().await
}

/// Publishes a new list over that of the tag that was read. Written into the access log.
#[server(prefix = "/api/v1", endpoint = "publish-directory", input = server_fn::codec::Json)]
pub async fn publish_directory(expected: Rev, list: Vec<Institution>) -> Result<Publishing, ApiError> {
    crate::server::doors::publish_directory(expected, list).await
}
