//! The office's settings for devices that do not have the newest ones.

use crate::{
    domain::ids::{OfficeId, Rev},
    server::db::{DbError, DbResult, Link, books},
    sync::protocol::NewBook,
};
use serde_json::value::RawValue;

/// What the office has set, as far as one of the devices asked lacks it.
#[derive(Debug, Default)]
pub struct BookNews {
    newest: Option<NewBook>,
}

impl BookNews {
    /// Looks it up. `known` are the tags of what devices have; an older app knows of none and is sent none.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn open(link: &mut Link, office: OfficeId, known: &[Option<Rev>]) -> DbResult<Self> {
        if known.iter().all(Option::is_none) {
            return Ok(Self::default());
        }
        let tag = books::newest_tag(link, office).await?;
        // Also one that is older: the office was brought back from a copy.
        if known.iter().flatten().all(|known| *known == tag) {
            return Ok(Self::default());
        }
        let body = books::body(link, office, tag).await?.unwrap_or_else(|| "{}".to_owned());
        let body = RawValue::from_string(body).map_err(|_| DbError::Stored("settings"))?;
        Ok(Self { newest: Some(NewBook { tag, body }) })
    }

    /// What a device is sent that has this one.
    pub fn for_one_with(&self, known: Option<Rev>) -> Option<NewBook> {
        let known = known?;
        self.newest.as_ref().filter(|newest| newest.tag != known).cloned()
    }
}
