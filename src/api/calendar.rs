//! The secret address of a person's calendar feed: made on demand, made anew, taken away.

use super::error::ApiError;
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Whether a person has such an address. The address itself is not kept anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarFeed {
    /// When it was made; nothing while there is none.
    pub made_at: Option<DateTime<Utc>>,
}

/// A new address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarAddress {
    /// Its path on the office's server.
    pub path: String,
}

/// Does this person have an address?
#[server(prefix = "/api/v1", endpoint = "calendar", input = server_fn::codec::Json)]
pub async fn read_calendar() -> Result<CalendarFeed, ApiError> {
    crate::server::doors::calendar().await
}

/// Makes a new address; one that was made earlier leads nowhere any more.
#[server(prefix = "/api/v1", endpoint = "calendar-new", input = server_fn::codec::Json)]
pub async fn renew_calendar() -> Result<CalendarAddress, ApiError> {
    crate::server::doors::calendar_new().await
}

/// Takes the address away.
#[server(prefix = "/api/v1", endpoint = "calendar-off", input = server_fn::codec::Json)]
pub async fn withdraw_calendar() -> Result<(), ApiError> {
    crate::server::doors::calendar_off().await
}
