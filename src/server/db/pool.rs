//! Connections and transactions of both databases.

#[cfg(test)]
use super::points::{Point, pass};
use super::{DbResult, migrations, with};
use sqlx::{
    Database, PgPool, Postgres, Sqlite, SqlitePool, Transaction,
    migrate::MigrateError,
    pool::PoolConnection,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{
    ops::{Deref, DerefMut},
    path::Path,
    str::FromStr,
    time::Duration,
};

/// How long a request waits for the database before it says "busy".
const PATIENCE: Duration = Duration::from_secs(10);
/// Three cards of two kilobytes fill a page of eight; of four kilobytes half would stay empty. Counts when
/// the database is made.
const PAGE: u32 = 8_192;
/// Negative, so that SQLite takes it for kibibytes.
const CACHE_KIB: &str = "-6144";
const CHECKPOINT_PAGES: &str = "2000";
/// Rows cross from the thread of the database to the request's in such heaps: a whole page of records.
const ROWS_AT_ONCE: usize = 512;
const READERS: u32 = 4;
const PG_CONNECTIONS: u32 = 16;

/// The office's database.
#[derive(Clone, Debug)]
pub enum Db {
    /// SQLite: one connection writes, so that writers wait in line instead of failing; others read.
    Lite {
        /// The one that writes.
        write: SqlitePool,
        /// Those that read.
        read: SqlitePool,
    },
    /// PostgreSQL.
    Pg(PgPool),
}

/// Why the database cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The address is not one of ours.
    #[error("the database address must begin with sqlite: or postgres:")]
    Address,
    /// The folder cannot be made.
    #[error("the folder of the database cannot be made: {0}")]
    Folder(#[from] std::io::Error),
    /// The driver's own words.
    #[error("the database cannot be opened: {0}")]
    Driver(#[from] sqlx::Error),
    /// The tables cannot be brought up to date.
    #[error("the tables cannot be brought up to date: {0}")]
    Migrate(#[from] MigrateError),
}

impl Db {
    /// Opens the database at this address and brings its tables up to date.
    ///
    /// # Errors
    /// [`OpenError`].
    pub async fn open(url: &str) -> Result<Self, OpenError> {
        let db = match url.split_once(':') {
            Some(("sqlite", _)) => Self::open_sqlite(SqliteConnectOptions::from_str(url)?).await?,
            Some(("postgres" | "postgresql", _)) => Self::open_postgres(PgConnectOptions::from_str(url)?).await?,
            _ => return Err(OpenError::Address),
        };
        db.migrate().await?;
        Ok(db)
    }

    async fn open_sqlite(options: SqliteConnectOptions) -> Result<Self, OpenError> {
        let folder = options.get_filename().parent().unwrap_or(Path::new("")).to_owned();
        if !folder.as_os_str().is_empty() {
            std::fs::create_dir_all(folder)?;
        }
        let options = options
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // A receipt is a promise: the change survives a power cut (P2).
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .page_size(PAGE)
            .row_buffer_size(ROWS_AT_ONCE)
            .busy_timeout(PATIENCE);
        let pool = || SqlitePoolOptions::new().acquire_timeout(PATIENCE).test_before_acquire(false);
        // What one push touches stays at hand, and pages that several pushes touch are copied back once.
        let writer = options.clone().pragma("cache_size", CACHE_KIB).pragma("wal_autocheckpoint", CHECKPOINT_PAGES);
        let write = pool().max_connections(1).connect_with(writer).await?;
        let read = pool().max_connections(READERS).connect_lazy_with(options.pragma("query_only", "on"));
        Ok(Self::Lite { write, read })
    }

    async fn open_postgres(options: PgConnectOptions) -> Result<Self, OpenError> {
        let pool = PgPoolOptions::new().max_connections(PG_CONNECTIONS).acquire_timeout(PATIENCE);
        Ok(Self::Pg(pool.connect_with(options).await?))
    }

    async fn migrate(&self) -> Result<(), MigrateError> {
        match self {
            Db::Lite { write, .. } => migrations::sqlite().run(write).await,
            Db::Pg(pool) => migrations::postgres().run(pool).await,
        }
    }

    /// Begins to write. On SQLite the transaction is the writer from its first moment: one that
    /// began by reading could find, when it wants to write, that it read the past.
    ///
    /// # Errors
    /// When the database does not answer in time.
    pub async fn begin(&self) -> DbResult<Link> {
        #[cfg(test)]
        pass(Point::Begin).await;
        Ok(match self {
            Db::Lite { write, .. } => Link::Lite(Held::Within(write.begin_with("begin immediate").await?)),
            Db::Pg(pool) => begin_postgres(pool, "begin").await?,
        })
    }

    /// Several reads of one moment.
    ///
    /// # Errors
    /// When the database does not answer in time.
    pub async fn snapshot(&self) -> DbResult<Link> {
        #[cfg(test)]
        pass(Point::Begin).await;
        Ok(match self {
            Db::Lite { read, .. } => Link::Lite(Held::Within(read.begin().await?)),
            Db::Pg(pool) => begin_postgres(pool, "begin isolation level repeatable read read only").await?,
        })
    }

    /// One read.
    ///
    /// # Errors
    /// When the database does not answer in time.
    pub async fn read(&self) -> DbResult<Link> {
        Ok(match self {
            Db::Lite { read, .. } => Link::Lite(Held::Plain(read.acquire().await?)),
            Db::Pg(pool) => Link::Pg(Held::Plain(pool.acquire().await?)),
        })
    }

    /// Finishes what is under way and closes the files.
    pub async fn close(&self) {
        match self {
            Db::Lite { write, read } => {
                read.close().await;
                write.close().await;
            }
            Db::Pg(pool) => pool.close().await,
        }
    }
}

/// Begins in a task of its own. A request may be dropped at any moment; dropped while the server answers
/// its "begin", it would leave the pool a connection that is inside a transaction and does not know it.
async fn begin_postgres(pool: &PgPool, how: &'static str) -> DbResult<Link> {
    let pool = pool.clone();
    let begun = tokio::spawn(async move { pool.begin_with(how).await }).await;
    let transaction = begun.map_err(|_| sqlx::Error::WorkerCrashed)??;
    Ok(Link::Pg(Held::Within(transaction)))
}

/// A connection, alone or within a transaction. A transaction that is dropped never happened.
#[derive(Debug)]
pub enum Held<DB: Database> {
    /// For one read.
    Plain(PoolConnection<DB>),
    /// Within a transaction.
    Within(Transaction<'static, DB>),
}

impl<DB: Database> Deref for Held<DB> {
    type Target = DB::Connection;

    fn deref(&self) -> &Self::Target {
        match self {
            Held::Plain(connection) => connection,
            Held::Within(transaction) => transaction,
        }
    }
}

impl<DB: Database> DerefMut for Held<DB> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        match self {
            Held::Plain(connection) => connection,
            Held::Within(transaction) => transaction,
        }
    }
}

/// What queries are asked through.
#[derive(Debug)]
pub enum Link {
    /// To SQLite.
    Lite(Held<Sqlite>),
    /// To PostgreSQL.
    Pg(Held<Postgres>),
}

impl Link {
    /// Makes the transaction durable: when it answers, the writes survive a power cut.
    ///
    /// # Errors
    /// When the database cannot; then nothing was written.
    pub async fn commit(self) -> DbResult<()> {
        #[cfg(test)]
        pass(Point::Commit).await;
        match self {
            Link::Lite(Held::Within(transaction)) => transaction.commit().await?,
            Link::Pg(Held::Within(transaction)) => transaction.commit().await?,
            Link::Lite(Held::Plain(_)) | Link::Pg(Held::Plain(_)) => {}
        }
        #[cfg(test)]
        pass(Point::Committed).await;
        Ok(())
    }

    /// Does the database answer?
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&mut self) -> DbResult<()> {
        with!(self, conn => { sqlx::query("select 1").execute(conn).await?; });
        Ok(())
    }
}
