//! All SQL, one file per subject. Nobody outside this folder knows which database it is.
//!
//! Two pools of native drivers instead of `sqlx::Any`: ids stay 16 bytes and flags stay flags on
//! PostgreSQL, and one body per query still serves both, because `with!` expands it for each driver.

pub mod audit;
pub mod authorisations;
pub mod books;
pub mod calendars;
pub mod changes;
pub mod contents;
pub mod devices;
pub mod facts;
pub mod families;
pub mod late;
mod lists;
mod migrations;
pub mod office_keys;
pub mod offices;
#[cfg(test)]
mod plans;
#[cfg(test)]
pub mod points;
mod pool;
pub mod records;
pub mod sessions;
pub mod substitutions;
#[cfg(test)]
pub mod testing;
pub mod tries;
pub mod users;

use lists::{OneOf, pieces};
pub use pool::{Db, Held, Link, OpenError};

use crate::domain::ids::{FamilyId, RecordId, UserId};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

/// Expands one body for both drivers; inside, `$conn` is the connection and `D` the driver.
macro_rules! with {
    ($link:expr, $conn:ident => $body:expr) => {{
        #[cfg(test)]
        $crate::server::db::points::pass($crate::server::db::points::Point::Statement).await;
        match $link {
            $crate::server::db::Link::Lite(held) => {
                #[allow(dead_code, reason = "only bodies that build their text name the driver")]
                type D = sqlx::Sqlite;
                let $conn: &mut sqlx::SqliteConnection = held;
                $body
            }
            $crate::server::db::Link::Pg(held) => {
                #[allow(dead_code, reason = "only bodies that build their text name the driver")]
                type D = sqlx::Postgres;
                let $conn: &mut sqlx::PgConnection = held;
                $body
            }
        }
    }};
}
pub(crate) use with;

/// Declares a row of a query's answer, read by its columns' names from either database.
macro_rules! row {
    (struct $name:ident { $($column:ident: $type:ty),+ $(,)? }) => {
        struct $name {
            $($column: $type),+
        }

        impl<'r, R: sqlx::Row> sqlx::FromRow<'r, R> for $name
        where
            &'static str: sqlx::ColumnIndex<R>,
            $($type: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>),+
        {
            fn from_row(row: &'r R) -> sqlx::Result<Self> {
                Ok(Self { $($column: row.try_get(stringify!($column))?),+ })
            }
        }
    };
}
use row;

/// Why the database did not do it. What was asked is not in it: errors reach the log.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// The driver's own words.
    #[error("database: {0}")]
    Driver(#[from] sqlx::Error),
    /// What is stored is not what this program writes.
    #[error("stored data cannot be read: {0}")]
    Stored(&'static str),
}

/// The answer of a query.
pub type DbResult<T> = Result<T, DbError>;

/// Milliseconds since 1970, as instants are kept.
fn ms(at: DateTime<Utc>) -> i64 {
    at.timestamp_millis()
}

fn instant(ms: i64) -> DbResult<DateTime<Utc>> {
    DateTime::from_timestamp_millis(ms).ok_or(DbError::Stored("instant"))
}

fn day(text: Option<String>) -> DbResult<Option<NaiveDate>> {
    text.map(|text| text.parse().map_err(|_| DbError::Stored("day"))).transpose()
}

fn day_text(day: Option<NaiveDate>) -> Option<String> {
    day.map(|day| day.to_string())
}

fn user(id: Option<Uuid>) -> Option<UserId> {
    id.map(UserId)
}

/// Text without the NUL character, which PostgreSQL does not take: one odd sign in one card must not
/// hold up the others. Only derived columns need it; JSON writes the sign as an escape.
fn plain(text: &str) -> String {
    text.replace('\0', "")
}

/// The two ids that most rows carry.
fn place(family: FamilyId, record: RecordId) -> (Uuid, Uuid) {
    (family.0, record.0)
}
