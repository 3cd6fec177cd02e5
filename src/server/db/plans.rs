//! What a push or a pull asks must be sought in an index, never in the whole office (G1): SQLite decides
//! that by the statistics of migration 0004.

use super::{Db, Link};
use sqlx::AssertSqlSafe;

/// A question, and how SQLite must seek its answer.
const PLANS: &[(&str, &str)] = &[
    (
        "select head from families where office = ?1 and assistant in (?2, ?3)",
        "families_by_assistant (office=? AND ass",
    ),
    ("select head from families where office = ?1 and id in (?2, ?3)", "PRIMARY KEY (office=? AND id=?)"),
    ("select assistant from assignments where office = ?1 and family in (?2, ?3)", "KEY (office=? AND family=?)"),
    ("select body from records where office = ?1 and id in (?2, ?3)", "records_by_id (office=? AND id=?)"),
    ("select body from records where office = ?1 and family = ?2 and rev > 7 order by rev", "AND family=? AND rev>?)"),
    ("select verdict from changes where office = ?1 and id in (?2, ?3)", "changes_by_id (office=? AND id=?)"),
    (
        "select day from entries where office = ?1 and family = ?2 order by day desc",
        "entries_by_family (office=? AND f",
    ),
    ("select tag from office_books where office = ?1 order by tag desc limit 1", "PRIMARY KEY (office=?)"),
    ("select due from tasks where open and office = ?1 and family = ?2", "tasks_open (office=? AND family=?)"),
];

#[tokio::test]
async fn g01_nothing_is_sought_in_the_whole_office() {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(&format!("sqlite://{}", folder.path().join("a.sqlite").display())).await.unwrap();
    // By the connection that made the tables, and by one that found them.
    for mut link in [db.begin().await.unwrap(), db.read().await.unwrap()] {
        for (question, plan) in PLANS {
            let said = explained(&mut link, question).await;
            assert!(said.contains(plan), "{question}\n{said}");
        }
    }
    db.close().await;
}

async fn explained(link: &mut Link, question: &str) -> String {
    let Link::Lite(held) = link else { panic!("it is SQLite") };
    let explain = AssertSqlSafe(format!("explain query plan {question}"));
    let steps: Vec<(i64, i64, i64, String)> = sqlx::query_as(explain).fetch_all(&mut **held).await.unwrap();
    steps.into_iter().map(|(.., step)| step + "\n").collect()
}
