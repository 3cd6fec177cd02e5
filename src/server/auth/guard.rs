//! The guard: from a request's cookie to the person who acts.

use crate::{
    api::error::ApiError,
    domain::calendar::warsaw_day,
    server::{
        auth::lookups::NotRead,
        db::sessions::{self, Session, TokenHash},
        state::State,
    },
};
use axum::http::HeaderMap;
use chrono::{DateTime, Duration, Utc};

/// How exactly the last use of a session is known; noting every request would be a write each.
const TOUCH_EVERY: Duration = Duration::minutes(5);

/// A person who is signed in, as their session proves them.
#[derive(Clone, Debug)]
pub struct Signed {
    /// The session and who acts in it.
    pub session: Session,
    /// What the session is known by.
    pub token: TokenHash,
}

/// Who acts?
///
/// # Errors
/// [`ApiError::SignedOut`] without a living session, [`ApiError::AccountInactive`] when the person
/// may not work any more (DP1).
pub async fn signed(state: &State, headers: &HeaderMap, now: DateTime<Utc>) -> Result<Signed, ApiError> {
    let token = state.cookie.read(headers).ok_or(ApiError::SignedOut)?.hash();
    let found = state.lookups.find(&state.db, token).await.map_err(|NotRead| ApiError::Busy)?;
    let session = found.filter(|session| state.terms.hold(session, now)).ok_or(ApiError::SignedOut)?;
    if !session.standing.holds_on(warsaw_day(now)) {
        return Err(ApiError::AccountInactive);
    }
    if now - session.seen_at >= TOUCH_EVERY {
        let mut link = state.db.begin().await?;
        sessions::touch(&mut link, &token, now).await?;
        link.commit().await?;
    }
    Ok(Signed { session, token })
}
