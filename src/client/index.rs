//! Which vaults are on this device, and who used it last. Tiny and plain: names of databases, which
//! tell nothing of their owners.

use super::database::{Database, DbError, META, Step};
use crate::domain::ids::DeviceId;
use serde::{Deserialize, Serialize};

const DATABASE: &str = "asysta-index";
const KEY: &str = "index";

/// Who used this device last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Last {
    /// Nobody, or the owner of a vault: the first of the list.
    #[default]
    Vault,
    /// Someone who works at the desk: they must not meet an assistant's lock at every start.
    Desk,
}

/// The list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    /// Databases of the vaults, the last used first.
    pub vaults: Vec<String>,
    /// Who used this device last.
    #[serde(default)]
    pub last: Last,
    /// Databases that hold nothing but changes sealed to the office: their vaults are gone.
    #[serde(default)]
    pub orphans: Vec<String>,
    /// Devices that were wiped on the office's order, until it has heard so.
    #[serde(default)]
    pub wiped: Vec<DeviceId>,
}

impl Index {
    /// Reads the list.
    pub async fn read() -> Result<Self, DbError> {
        let text = Database::new(DATABASE).text(KEY).await?;
        // A list that cannot be read is as good as none: signing in finds the vault by its owner.
        Ok(text.and_then(|text| serde_json::from_slice(text.as_bytes()).ok()).unwrap_or_default())
    }

    /// A vault has been used.
    pub async fn vault_used(name: &str) -> Result<(), DbError> {
        Self::change(|index| {
            index.vaults.retain(|other| other != name);
            index.vaults.insert(0, name.to_owned());
            index.orphans.retain(|other| other != name);
            index.last = Last::Vault;
        })
        .await
    }

    /// Someone has worked at the desk.
    pub async fn desk_used() -> Result<(), DbError> {
        Self::change(|index| index.last = Last::Desk).await
    }

    /// A vault is gone.
    pub async fn vault_gone(name: &str) -> Result<(), DbError> {
        Self::change(|index| index.vaults.retain(|other| other != name)).await
    }

    /// Changes the list.
    pub async fn change(change: impl FnOnce(&mut Self)) -> Result<(), DbError> {
        let standing = Self::read().await?;
        let mut index = standing.clone();
        change(&mut index);
        if index == standing {
            return Ok(());
        }
        let text = serde_json::to_string(&index).map_err(|error| DbError::Browser(error.to_string()))?;
        Database::new(DATABASE).write(&[Step::Put(META, KEY.into(), text.into())], None).await
    }
}
