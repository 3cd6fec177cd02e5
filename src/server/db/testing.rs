//! A database of its own for each test, gone afterwards.

use super::{Db, Link};
use crate::domain::ids::OfficeId;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::{env, path::Path};
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

/// Runs a story in three parts on each database that is at hand: the office is copied after the first, and brought
/// back from the copy after the second.
pub async fn on_each_restored<S>(
    first: impl AsyncFn(Db) -> S,
    second: impl AsyncFn(Db, &mut S),
    third: impl AsyncFn(Db, S),
) {
    let folder = tempfile::tempdir().unwrap();
    let (file, copy) = (folder.path().join("a.sqlite"), folder.path().join("b.sqlite"));
    let db = Db::open(&format!("sqlite://{}", file.display())).await.unwrap();
    let mut story = first(db.clone()).await;
    copy_to(&db, &copy).await;
    second(db.clone(), &mut story).await;
    db.close().await;
    let db = Db::open(&format!("sqlite://{}", copy.display())).await.unwrap();
    third(db.clone(), story).await;
    db.close().await;
    restored_on_postgres(first, second, third).await;
}

async fn restored_on_postgres<S>(
    first: impl AsyncFn(Db) -> S,
    second: impl AsyncFn(Db, &mut S),
    third: impl AsyncFn(Db, S),
) {
    let Ok(server) = env::var("ASYSTA_TEST_PG") else { return };
    let name = format!("asysta_{}", fresh().simple());
    let (address, options) = server.split_once('?').unwrap_or((&server, ""));
    let (base, _) = address.rsplit_once('/').unwrap();
    let mut admin = PgConnection::connect(&server).await.unwrap();
    let mut order = async |sql: String| {
        sqlx::query(AssertSqlSafe(sql)).execute(&mut admin).await.unwrap();
    };
    order(format!("create database {name}")).await;
    let open = async |name: &str| Db::open(&format!("{base}/{name}?{options}")).await.unwrap();
    let db = open(&name).await;
    let mut story = first(db.clone()).await;
    db.close().await;
    order(format!("create database {name}_copy template {name}")).await;
    let db = open(&name).await;
    second(db.clone(), &mut story).await;
    db.close().await;
    let db = open(&format!("{name}_copy")).await;
    third(db.clone(), story).await;
    db.close().await;
    for gone in [name.clone(), format!("{name}_copy")] {
        order(format!("drop database {gone} with (force)")).await;
    }
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

/// Copies a database of SQLite as it stands, as whoever backs it up does.
pub async fn copy_to(db: &Db, path: &Path) {
    let Db::Lite { write, .. } = db else { return };
    let sql = format!("vacuum into '{}'", path.display());
    sqlx::query(AssertSqlSafe(sql)).execute(write).await.unwrap();
}

/// The revisions that an office's changes took, in order.
pub async fn revs_of(db: &Db, office: OfficeId) -> Vec<i64> {
    let sql = "select rev from changes where office = $1 and rev is not null order by rev";
    match db.read().await.unwrap() {
        Link::Lite(mut held) => sqlx::query_scalar(sql).bind(office.0).fetch_all(&mut *held).await.unwrap(),
        Link::Pg(mut held) => sqlx::query_scalar(sql).bind(office.0).fetch_all(&mut *held).await.unwrap(),
    }
}

/// The changes of an office, and the lines of its access log that speak of one.
pub async fn changes_and_lines(db: &Db, office: OfficeId) -> (i64, i64) {
    let sql = "select (select count(*) from changes where office = $1), \
               (select count(distinct change) from audit where office = $1 and change is not null)";
    match db.read().await.unwrap() {
        Link::Lite(mut held) => sqlx::query_as(sql).bind(office.0).fetch_one(&mut *held).await.unwrap(),
        Link::Pg(mut held) => sqlx::query_as(sql).bind(office.0).fetch_one(&mut *held).await.unwrap(),
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
