//! The devices that people work on, and what came late from those that were cut off.

#![expect(missing_docs, reason = "the server macro makes structs of the arguments")]

use super::error::ApiError;
use crate::domain::{
    change::Change,
    devices::{DeviceStanding, LateFate, Unlock},
    ids::{ChangeId, DeviceId, Rev, UserId},
};
use chrono::{DateTime, NaiveDate, Utc};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// One device as the office last heard from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceLine {
    /// Whose it is.
    pub user: UserId,
    /// Their name.
    pub owner: String,
    /// The installation.
    pub device: DeviceId,
    /// Browser and system; empty while it has not said.
    pub name: String,
    /// Version of the app.
    pub app: String,
    /// What opens its data.
    pub unlock: Option<Unlock>,
    /// Space that is left, in MB.
    pub free_mb: Option<u32>,
    /// When it was first heard of.
    pub first_seen: Option<DateTime<Utc>>,
    /// When it was last heard of.
    pub last_seen: DateTime<Utc>,
    /// Unsent changes as it last said.
    pub waiting: u32,
    /// When the oldest of them was made.
    pub oldest: Option<DateTime<Utc>>,
    /// Rounds that had failed before the last that came through.
    pub failures: u32,
    /// Codes of the families on it.
    pub families: Vec<String>,
    /// Families that have no code, or are not there any more.
    pub other_families: u32,
    /// What waits on it is also sealed to the office.
    pub seals: bool,
    /// May it be worked with?
    pub standing: DeviceStanding,
    /// Why it was cut off.
    pub reason: Option<String>,
}

/// Names a late change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateId {
    /// Whose it is.
    pub user: UserId,
    /// The change.
    pub change: ChangeId,
}

/// A change that came late.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateLine {
    /// Which one.
    pub id: LateId,
    /// Whose it is.
    pub owner: String,
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// The change; nothing when it cannot be read.
    pub change: Option<Change>,
    /// Code of its family, if it has one.
    pub family: Option<String>,
    /// What became of it.
    pub fate: LateFate,
    /// Who decided, and when.
    pub decided: Option<(String, DateTime<Utc>)>,
    /// Why it was rejected.
    pub reason: Option<String>,
}

/// What somebody may know of devices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceBoard {
    /// The office's revision.
    pub rev: Rev,
    /// The day that "silent" speaks of.
    pub today: NaiveDate,
    /// The devices, the most silent first.
    pub devices: Vec<DeviceLine>,
    /// What came late, for those who decide about it; what waits comes first.
    #[serde(default)]
    pub late: Vec<LateLine>,
}

/// The devices that this person may see: their own, or the office's.
#[server(prefix = "/api/v1", endpoint = "devices", input = server_fn::codec::Json)]
pub async fn read_devices() -> Result<DeviceBoard, ApiError> {
    crate::server::doors::devices().await
}

/// Cuts a device off: its sessions end, and it wipes itself as soon as it is heard of.
#[server(prefix = "/api/v1", endpoint = "revoke-device", input = server_fn::codec::Json)]
pub async fn revoke_device(user: UserId, device: DeviceId, reason: String) -> Result<(), ApiError> {
    crate::server::doors::revoke_device(user, device, reason).await
}

/// Accepts late changes, or rejects them for a reason; says how many were decided.
#[server(prefix = "/api/v1", endpoint = "judge-late", input = server_fn::codec::Json)]
pub async fn judge_late(late: Vec<LateId>, rejected: Option<String>) -> Result<u32, ApiError> {
    crate::server::doors::judge_late(late, rejected).await
}
