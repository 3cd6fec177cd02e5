//! What figures are compared with: the same bytes, and none of the work.

use super::{Done, store::Store, wire};
use asysta::server::db::{Db, Link};
use axum::{Router, body::Bytes, extract::Path, routing::any};
use sqlx::QueryBuilder;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;

/// The word by which this program becomes the bare server.
pub const SERVE: &str = "serve-bare";

/// Takes any body and answers as many bytes as the address says.
pub async fn serve() -> Done<()> {
    let answer = async |Path(length): Path<usize>, _body: Bytes| vec![b'x'; length];
    let router = Router::new().route("/api/health", any(async || "ok")).route("/{length}", any(answer));
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    Ok(axum::serve(listener, router.layer(axum::extract::DefaultBodyLimit::disable())).await?)
}

/// A request of the bare server: so many bytes up, so many down.
pub fn request(up: usize, down: usize) -> Vec<u8> {
    wire::bare(&format!("/{down}"), &vec![b'x'; up])
}

/// Inserts bodies into one table with one key, so many commits, each durable when it returns.
pub async fn inserts(store: &Store, bodies: &[Vec<u8>], commits: usize) -> Done<Duration> {
    let db = store.open().await?;
    let mut link = db.begin().await?;
    super::store::run(&mut link, "create table bare (id bigint primary key, body text not null)").await?;
    link.commit().await?;
    let texts: Vec<(i64, String)> =
        (0..).zip(bodies.iter().map(|body| String::from_utf8_lossy(body).into_owned())).collect();
    let began = Instant::now();
    for chunk in texts.chunks(texts.len().div_ceil(commits)) {
        insert(&db, chunk).await?;
    }
    let took = began.elapsed();
    let mut link = db.begin().await?;
    super::store::run(&mut link, "drop table bare").await?;
    link.commit().await?;
    db.close().await;
    Ok(took)
}

async fn insert(db: &Db, rows: &[(i64, String)]) -> Done<()> {
    let mut link = db.begin().await?;
    for rows in rows.chunks(100) {
        match &mut link {
            Link::Lite(held) => statement::<sqlx::Sqlite>(rows).build().execute(&mut **held).await.map(drop)?,
            Link::Pg(held) => statement::<sqlx::Postgres>(rows).build().execute(&mut **held).await.map(drop)?,
        }
    }
    Ok(link.commit().await?)
}

fn statement<D: sqlx::Database>(rows: &[(i64, String)]) -> QueryBuilder<D>
where
    i64: sqlx::Type<D> + for<'q> sqlx::Encode<'q, D>,
    String: sqlx::Type<D> + for<'q> sqlx::Encode<'q, D>,
{
    let mut query = QueryBuilder::new("insert into bare (id, body) ");
    query.push_values(rows, |mut row, (id, body)| {
        row.push_bind(*id).push_bind(body.clone());
    });
    query
}
