//! Signing in: at most ten evaluated guesses per account in a quarter of an hour, known or not (S2).

use super::session::{Token, sha256};
use crate::{
    api::error::ApiError,
    domain::calendar::warsaw_day,
    server::{
        db::{
            audit::{self, Line},
            sessions, tries,
            users::{self, Account},
        },
        state::State,
    },
};
use chrono::{DateTime, Duration, Utc};

/// Guesses that are evaluated within [`WINDOW_MINUTES`].
const GUESSES: usize = 10;
/// Minutes in which guesses count.
const WINDOW_MINUTES: i64 = 15;
/// Longer ones are nobody's login or password, only work for the hash.
const LONGEST: usize = 256;

/// Signs a person in and gives the token of a new session. `earlier` is the token that the browser
/// still carries: a device that the person has used before has guesses of its own, so that a
/// stranger's guesses do not lock the owner out.
///
/// # Errors
/// [`ApiError::WrongCredentials`], [`ApiError::TooManyTries`] or [`ApiError::AccountInactive`].
pub async fn sign_in(
    state: &State,
    (login, password): (String, String),
    earlier: Option<Token>,
    now: DateTime<Utc>,
) -> Result<Token, ApiError> {
    let login = login.trim().to_lowercase();
    if login.len() > LONGEST || password.len() > LONGEST || login.contains('\0') {
        return Err(ApiError::WrongCredentials);
    }
    let account = users::by_login(&mut state.db.read().await?, &login).await?;
    let guesses = guessed_at(state, &login, account.as_ref(), earlier).await?;
    count_guess(state, &guesses, now).await?;
    let hash = account.as_ref().map(|account| account.password_hash.clone());
    let fits = state.passwords.fits(password, hash).await?;
    let account = account.filter(|_| fits).ok_or(ApiError::WrongCredentials)?;
    if !account.standing.holds_on(warsaw_day(now)) {
        return Err(ApiError::AccountInactive);
    }
    begin_session(state, &account, &guesses, now).await
}

/// What these guesses are counted under.
async fn guessed_at(
    state: &State,
    login: &str,
    account: Option<&Account>,
    earlier: Option<Token>,
) -> Result<tries::AccountHash, ApiError> {
    let stranger = sha256(&[b"login:", login.as_bytes()]);
    let (Some(account), Some(token)) = (account, earlier) else { return Ok(stranger) };
    let owner = sessions::owner(&mut state.db.read().await?, &token.hash()).await?;
    let known_device = owner == Some(account.actor.user);
    Ok(if known_device { sha256(&[b"device:", &token.hash(), login.as_bytes()]) } else { stranger })
}

async fn count_guess(state: &State, account: &tries::AccountHash, now: DateTime<Utc>) -> Result<(), ApiError> {
    let window = Duration::minutes(WINDOW_MINUTES);
    let mut link = state.db.begin().await?;
    tries::line_up(&mut link, account).await?;
    let guesses = tries::since(&mut link, account, now - window).await?;
    if guesses.len() >= GUESSES {
        // The oldest of the last ten has to grow old first.
        let until = guesses[guesses.len() - GUESSES] + window.num_milliseconds();
        let wait = (until - now.timestamp_millis()).max(0) / 1000 + 1;
        return Err(ApiError::TooManyTries(wait.unsigned_abs()));
    }
    tries::forget_until(&mut link, now - window).await?;
    tries::add(&mut link, account, now).await?;
    link.commit().await?;
    Ok(())
}

async fn begin_session(
    state: &State,
    account: &Account,
    guesses: &tries::AccountHash,
    now: DateTime<Utc>,
) -> Result<Token, ApiError> {
    let token = Token::new().map_err(|error| {
        tracing::error!(%error, "no randomness for a session");
        ApiError::Busy
    })?;
    let mut link = state.db.begin().await?;
    tries::forget(&mut link, guesses).await?;
    // Old sessions stay for a while after their end: by them a known device is recognised.
    sessions::forget_before(&mut link, now - state.terms.absolute * 3).await?;
    sessions::add(&mut link, &token.hash(), account.actor.user, now).await?;
    audit::add(&mut link, &account.actor, now, &[Line::of_oneself("sign_in")]).await?;
    link.commit().await?;
    Ok(token)
}
