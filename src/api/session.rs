//! Signing in and out, and who one is.

#![expect(missing_docs, reason = "the server macro makes structs of the arguments")]

use super::error::ApiError;
use crate::domain::{
    access::Role,
    ids::{OfficeId, UserId},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The person who is signed in, as their screens need them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// The person.
    pub user: UserId,
    /// Name and surname.
    pub name: String,
    /// Role in the office.
    pub role: Role,
    /// The office.
    pub office: OfficeId,
    /// Its name.
    pub office_name: String,
    /// The office holds invented data: "DANE FIKCYJNE".
    pub demo: bool,
}

/// Signs in; the session travels in a cookie that scripts cannot read.
#[server(prefix = "/api/v1", endpoint = "sign-in", input = server_fn::codec::Json)]
pub async fn sign_in(login: String, password: String) -> Result<Me, ApiError> {
    crate::server::doors::sign_in(login, password).await
}

/// Signs out: the session ends at once, also for other tabs.
#[server(prefix = "/api/v1", endpoint = "sign-out", input = server_fn::codec::Json)]
pub async fn sign_out() -> Result<(), ApiError> {
    crate::server::doors::sign_out().await
}

/// Who is signed in; nobody is not an error.
#[server(prefix = "/api/v1", endpoint = "me", input = server_fn::codec::Json)]
pub async fn who_am_i() -> Result<Option<Me>, ApiError> {
    crate::server::doors::me().await
}
