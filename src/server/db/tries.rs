//! Guesses at passwords, counted per account (S2).

use super::{DbResult, Link, ms, with};
use chrono::{DateTime, Utc};

/// What is guessed at: a hash of the login as typed, known or not.
pub type AccountHash = [u8; 32];

/// Guesses since a moment, the oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn since(link: &mut Link, account: &AccountHash, moment: DateTime<Utc>) -> DbResult<Vec<i64>> {
    Ok(with!(link, conn => {
        sqlx::query_scalar("select at from login_tries where account = $1 and at > $2 order by at")
            .bind(account.to_vec()).bind(ms(moment)).fetch_all(conn).await?
    }))
}

/// Notes a guess, before it is evaluated: guesses that come together are all counted.
///
/// # Errors
/// When the database does not answer.
pub async fn add(link: &mut Link, account: &AccountHash, now: DateTime<Utc>) -> DbResult<()> {
    with!(link, conn => {
        sqlx::query("insert into login_tries (account, at) values ($1, $2)")
            .bind(account.to_vec()).bind(ms(now)).execute(conn).await?;
    });
    Ok(())
}

/// Forgets the guesses at an account, after a right one.
///
/// # Errors
/// When the database does not answer.
pub async fn forget(link: &mut Link, account: &AccountHash) -> DbResult<()> {
    with!(link, conn => {
        sqlx::query("delete from login_tries where account = $1").bind(account.to_vec()).execute(conn).await?;
    });
    Ok(())
}

/// Forgets all guesses that no longer count.
///
/// # Errors
/// When the database does not answer.
pub async fn forget_until(link: &mut Link, moment: DateTime<Utc>) -> DbResult<()> {
    with!(link, conn => {
        sqlx::query("delete from login_tries where at <= $1").bind(ms(moment)).execute(conn).await?;
    });
    Ok(())
}

/// Lets the guesses at an account come one after another: on PostgreSQL two that come together
/// would each not see the other. SQLite has one writer anyway.
///
/// # Errors
/// When the database does not answer.
pub async fn line_up(link: &mut Link, account: &AccountHash) -> DbResult<()> {
    let key = i64::from_be_bytes([
        account[0], account[1], account[2], account[3], account[4], account[5], account[6], account[7],
    ]);
    match link {
        Link::Lite(_) => {}
        Link::Pg(held) => {
            let conn: &mut sqlx::PgConnection = held;
            sqlx::query("select pg_advisory_xact_lock($1)").bind(key).execute(conn).await?;
        }
    }
    Ok(())
}
