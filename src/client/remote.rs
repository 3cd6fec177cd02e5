//! The way to the office: one server function, with patience and without trust in networks.

use super::browser::within;
use crate::{
    api::{error::ApiError, exchange::exchange_changes, session::who_am_i},
    domain::ids::UserId,
    sync::{
        ports::{ExchangeError, Local, Remote},
        protocol::{MAX_PACKED, Request, RequestEnvelope, Response, pack},
    },
};
use std::cell::Cell;

/// A request that has brought nothing after so long is given up; on a slow network the next one
/// may take twice as long, and so on, so that the same page is not cut for ever.
const PATIENCE_MS: u32 = 30_000;
const MOST_PATIENCE_MS: u32 = 8 * PATIENCE_MS;

/// The office, for one person.
pub struct Office {
    owner: UserId,
    /// The session is known to be the owner's. On a shared device it may be a colleague's: then
    /// nothing goes out in their name, and nothing of theirs comes into this vault.
    confirmed: Cell<bool>,
    patience_ms: Cell<u32>,
}

impl Office {
    /// The office, for the owner of a vault.
    pub fn new(owner: UserId) -> Self {
        Self { owner, confirmed: Cell::new(false), patience_ms: Cell::new(PATIENCE_MS) }
    }

    /// The owner has just signed in.
    pub fn confirm(&self) {
        self.confirmed.set(true);
    }

    /// Somebody else may have signed in meanwhile: the next exchange asks first.
    pub fn doubt_session(&self) {
        self.confirmed.set(false);
    }

    async fn exchange_once(&self, request: &Request) -> Result<Response, ExchangeError> {
        let envelope = RequestEnvelope::of(request).map_err(|_| ExchangeError::Malformed)?;
        if pack(&envelope).len() > MAX_PACKED {
            return Err(ExchangeError::TooLarge);
        }
        self.check_session().await?;
        let answer = self.patiently(exchange_changes(envelope)).await.inspect_err(|error| self.notice(error))?;
        answer.read().map_err(|_| ExchangeError::Malformed)
    }

    async fn check_session(&self) -> Result<(), ExchangeError> {
        if self.confirmed.get() {
            return Ok(());
        }
        let me = self.patiently(who_am_i()).await?;
        if me.map(|me| me.user) != Some(self.owner) {
            return Err(ExchangeError::SignedOut);
        }
        self.confirm();
        Ok(())
    }

    /// A session that has ended may be followed by another person's.
    fn notice(&self, error: &ExchangeError) {
        if *error == ExchangeError::SignedOut {
            self.doubt_session();
        }
    }

    async fn patiently<T>(&self, asked: impl Future<Output = Result<T, ApiError>>) -> Result<T, ExchangeError> {
        let patience = self.patience_ms.get();
        // Dropping the request in the middle also cuts it off in the browser.
        match within(patience, asked).await {
            Some(answer) => {
                self.patience_ms.set(PATIENCE_MS);
                answer.map_err(meaning)
            }
            None => {
                self.patience_ms.set((patience * 2).min(MOST_PATIENCE_MS));
                Err(ExchangeError::Offline)
            }
        }
    }
}

fn meaning(error: ApiError) -> ExchangeError {
    match error {
        ApiError::Offline => ExchangeError::Offline,
        // An account that was closed (DP1) signs in first too, and is told there why not.
        // So does one whose device was revoked: the office is asked without a session how it stands (`courier`).
        ApiError::SignedOut | ApiError::AccountInactive | ApiError::WrongCredentials | ApiError::DeviceRevoked => {
            ExchangeError::SignedOut
        }
        ApiError::TooLarge => ExchangeError::TooLarge,
        ApiError::Outdated => ExchangeError::Outdated,
        ApiError::Busy | ApiError::TooManyTries(_) => ExchangeError::Busy,
        ApiError::Malformed | ApiError::NotFound => ExchangeError::Malformed,
    }
}

impl Remote for Office {
    fn exchange<'a>(&'a self, request: &'a Request) -> Local<'a, Result<Response, ExchangeError>> {
        Box::pin(self.exchange_once(request))
    }
}
