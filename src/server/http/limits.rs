//! How much, and how slowly, a request may come (S10).

use crate::{api::error::ApiError, sync::protocol::MAX_PACKED};
use axum::body::{Body, Bytes};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use std::time::Duration;

/// A body that takes longer to arrive is cut: slow senders must not hold connections for ever.
const PATIENCE: Duration = Duration::from_secs(30);

/// Reads a body of at most [`MAX_PACKED`] bytes.
///
/// # Errors
/// [`ApiError::TooLarge`], or [`ApiError::Malformed`] when it did not arrive whole.
pub async fn read(body: Body) -> Result<Bytes, ApiError> {
    let collected = tokio::time::timeout(PATIENCE, Limited::new(body, MAX_PACKED).collect()).await;
    match collected {
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(ApiError::TooLarge),
        Ok(Err(_)) | Err(_) => Err(ApiError::Malformed),
    }
}
