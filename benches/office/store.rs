//! A database of its own for each part, gone afterwards.

use super::Done;
use asysta::server::db::{Db, Link};
use rand::random;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::env;
use tempfile::TempDir;

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

impl Kind {
    pub fn at_hand() -> Vec<Kind> {
        let postgres = env::var("ASYSTA_TEST_PG").is_ok().then_some(Kind::Postgres);
        [Some(Kind::Sqlite), postgres].into_iter().flatten().collect()
    }

    pub fn name(self) -> &'static str {
        match self {
            Kind::Sqlite => "sqlite",
            Kind::Postgres => "postgres",
        }
    }
}

/// An empty database.
pub struct Store {
    /// Its address.
    pub url: String,
    place: Place,
}

enum Place {
    /// Beside what is built: on a disk, where fsync costs what it costs; a temporary folder may be memory.
    Folder(TempDir),
    /// On a server, under a name.
    Server { admin: String, name: String },
}

impl Store {
    pub async fn new(kind: Kind) -> Done<Self> {
        match kind {
            Kind::Sqlite => {
                let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
                let url = format!("sqlite://{}", folder.path().join("office.sqlite").display());
                Ok(Self { url, place: Place::Folder(folder) })
            }
            Kind::Postgres => {
                let admin = env::var("ASYSTA_TEST_PG")?;
                let name = format!("asysta_bench_{:016x}", random::<u64>());
                administer(&admin, format!("create database {name}")).await?;
                let (address, options) = admin.split_once('?').unwrap_or((&admin, ""));
                let (base, _) = address.rsplit_once('/').ok_or("the address names no database")?;
                Ok(Self { url: format!("{base}/{name}?{options}"), place: Place::Server { admin, name } })
            }
        }
    }

    /// Opens it, its tables made.
    pub async fn open(&self) -> Done<Db> {
        Ok(Db::open(&self.url).await?)
    }

    /// Takes it away.
    pub async fn end(self) -> Done<()> {
        match self.place {
            Place::Folder(folder) => Ok(folder.close()?),
            Place::Server { admin, name } => administer(&admin, format!("drop database {name} with (force)")).await,
        }
    }
}

async fn administer(server: &str, statement: String) -> Done<()> {
    let mut admin = PgConnection::connect(server).await?;
    sqlx::query(AssertSqlSafe(statement)).execute(&mut admin).await?;
    Ok(admin.close().await?)
}

/// Runs a statement; says how many rows it touched.
pub async fn run(link: &mut Link, sql: &'static str) -> Done<u64> {
    Ok(match link {
        Link::Lite(held) => sqlx::query(sql).execute(&mut **held).await?.rows_affected(),
        Link::Pg(held) => sqlx::query(sql).execute(&mut **held).await?.rows_affected(),
    })
}

/// One number that a query gives.
pub async fn count(db: &Db, sql: &'static str) -> Done<i64> {
    Ok(match db.read().await? {
        Link::Lite(mut held) => sqlx::query_scalar(sql).fetch_one(&mut *held).await?,
        Link::Pg(mut held) => sqlx::query_scalar(sql).fetch_one(&mut *held).await?,
    })
}
