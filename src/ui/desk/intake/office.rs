//! What the page of a new family reads: the families that the office knows, and the forms that it asks.

use crate::{
    api::{
        desk::{DeskFamilies, list_families},
        error::ApiError,
        forms::read_book,
    },
    domain::office::OfficeBook,
};

/// The office, as whoever opens a case needs it.
#[derive(Clone, Debug)]
pub struct Office {
    /// The families.
    pub families: DeskFamilies,
    /// What it has set.
    pub book: OfficeBook,
}

/// Reads both.
///
/// # Errors
/// When one of them cannot be read.
pub async fn read_office() -> Result<Office, ApiError> {
    Ok(Office { families: list_families().await?.read()?, book: read_book().await? })
}
