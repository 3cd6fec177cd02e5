//! A database of its own for each test, gone afterwards.

use super::{Db, Link};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::env;
use uuid::Uuid;

/// Runs a story on each database that is at hand.
pub async fn on_each(story: impl AsyncFn(Db)) {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(&format!("sqlite://{}", folder.path().join("a.sqlite").display())).await.unwrap();
    story(db.clone()).await;
    db.close().await;
    on_postgres(story).await;
}

/// Runs a story on PostgreSQL, if a server is named.
pub async fn on_postgres(story: impl AsyncFn(Db)) {
    let Ok(server) = env::var("ASYSTA_TEST_PG") else { return };
    let name = format!("asysta_{}", fresh().simple());
    let (address, options) = server.split_once('?').unwrap_or((&server, ""));
    let (base, _) = address.rsplit_once('/').unwrap();
    let mut admin = PgConnection::connect(&server).await.unwrap();
    sqlx::query(AssertSqlSafe(format!("create database {name}"))).execute(&mut admin).await.unwrap();
    let db = Db::open(&format!("{base}/{name}?{options}")).await.unwrap();
    story(db.clone()).await;
    db.close().await;
    sqlx::query(AssertSqlSafe(format!("drop database {name} with (force)"))).execute(&mut admin).await.unwrap();
}

/// An unforeseeable id: tests run side by side.
pub fn fresh() -> Uuid {
    let mut bytes = [0; 16];
    rand::Rng::fill(&mut rand::rng(), &mut bytes);
    Uuid::from_bytes(bytes)
}

/// One number that a query gives.
pub async fn count(db: &Db, sql: &'static str) -> i64 {
    match db.read().await.unwrap() {
        Link::Lite(mut held) => sqlx::query_scalar(sql).fetch_one(&mut *held).await.unwrap(),
        Link::Pg(mut held) => sqlx::query_scalar(sql).fetch_one(&mut *held).await.unwrap(),
    }
}

/// All values of a column of numbers.
pub async fn numbers(db: &Db, sql: &'static str) -> Vec<i64> {
    match db.read().await.unwrap() {
        Link::Lite(mut held) => sqlx::query_scalar(sql).fetch_all(&mut *held).await.unwrap(),
        Link::Pg(mut held) => sqlx::query_scalar(sql).fetch_all(&mut *held).await.unwrap(),
    }
}

/// All values of a column of texts.
pub async fn texts(db: &Db, sql: &'static str) -> Vec<String> {
    match db.read().await.unwrap() {
        Link::Lite(mut held) => sqlx::query_scalar(sql).fetch_all(&mut *held).await.unwrap(),
        Link::Pg(mut held) => sqlx::query_scalar(sql).fetch_all(&mut *held).await.unwrap(),
    }
}

/// Tries a statement that the store should refuse.
pub async fn attempt(db: &Db, sql: &'static str) -> Result<(), String> {
    let outcome = match db.begin().await.unwrap() {
        Link::Lite(mut held) => sqlx::query(sql).execute(&mut *held).await.map(|_| ()),
        Link::Pg(mut held) => sqlx::query(sql).execute(&mut *held).await.map(|_| ()),
    };
    outcome.map_err(|error| error.to_string())
}

/// Runs a statement behind the program's back.
pub async fn run(db: &Db, sql: &'static str) {
    let mut link = db.begin().await.unwrap();
    match &mut link {
        Link::Lite(held) => drop(sqlx::query(sql).execute(&mut **held).await.unwrap()),
        Link::Pg(held) => drop(sqlx::query(sql).execute(&mut **held).await.unwrap()),
    }
    link.commit().await.unwrap();
}
