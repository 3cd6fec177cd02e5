//! What every request is given: database, clock, settings.

use super::{
    auth::{
        lookups::Lookups,
        password::{PasswordError, Passwords},
        session::{Cookie, Terms},
    },
    db::{Db, DbError},
    desk::Cache,
    exchange::Exchanges,
    outbox::Rate,
    shell::Site,
};
use crate::api::error::ApiError;
use chrono::{DateTime, Utc};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// An exchange unpacked takes ten times the memory that it takes packed.
const PLACES: usize = 16;

/// Tells the time; tests move it.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>);

impl Clock {
    /// A clock that says what this function says.
    pub fn new(now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// The system's clock: the one place of the server that reads it.
    #[expect(clippy::disallowed_methods, reason = "this is the edge that passes the clock in")]
    pub fn system() -> Self {
        Self::new(Utc::now)
    }

    /// Now, in whole milliseconds: as it is kept, so that a receipt that is read back is the receipt that left.
    pub fn now(&self) -> DateTime<Utc> {
        let now = (self.0)();
        DateTime::from_timestamp_millis(now.timestamp_millis()).unwrap_or(now)
    }
}

/// The address by which people reach the office.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublicUrl(pub Option<String>);

impl PublicUrl {
    /// Is it encrypted?
    pub fn is_https(&self) -> bool {
        self.0.as_deref().is_some_and(|url| url.starts_with("https://"))
    }

    /// Scheme, host and port, as browsers write an origin.
    pub fn origin(&self) -> Option<&str> {
        self.0.as_deref().map(|url| url.trim_end_matches('/'))
    }
}

/// What every request is given.
#[derive(Clone)]
pub struct State {
    /// The office's database.
    pub db: Db,
    /// Tells the time.
    pub clock: Clock,
    /// Works on passwords.
    pub passwords: Passwords,
    /// How long sessions live.
    pub terms: Terms,
    /// The cookie of sessions.
    pub cookie: Cookie,
    /// The address by which people reach the office.
    pub public_url: PublicUrl,
    /// The built browser part.
    pub site: Arc<Site>,
    /// Requests that wait for their session.
    pub lookups: Lookups,
    /// Figures that still hold.
    pub cache: Arc<Cache>,
    /// Exchanges with phones that are under way.
    pub exchanges: Arc<Exchanges>,
    /// How often devices bring sealed changes.
    pub parcels: Arc<Rate>,
    /// So many exchanges are unpacked at once; the others wait as they came, packed.
    pub places: Arc<Semaphore>,
}

impl State {
    /// Everything as usual, over a database and a site.
    pub fn new(db: Db, clock: Clock, site: Site, public_url: PublicUrl) -> Self {
        Self {
            db,
            clock,
            passwords: Passwords::new(),
            terms: Terms::default(),
            cookie: Cookie { secure: public_url.is_https() },
            public_url,
            site: Arc::new(site),
            lookups: Lookups::default(),
            cache: Arc::default(),
            exchanges: Arc::default(),
            parcels: Arc::default(),
            places: Arc::new(Semaphore::new(PLACES)),
        }
    }
}

/// Trouble in the house is "busy" to the outside; what it was stands in the log.
impl From<DbError> for ApiError {
    fn from(error: DbError) -> Self {
        tracing::error!(%error, "the database did not do it");
        ApiError::Busy
    }
}

impl From<PasswordError> for ApiError {
    fn from(error: PasswordError) -> Self {
        tracing::error!(%error, "a password could not be worked on");
        ApiError::Busy
    }
}
