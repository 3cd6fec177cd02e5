//! Phones as the office last heard from them (P13).

use super::{DbResult, Link, ms, plain, with};
use crate::domain::{
    access::Actor,
    caseload::PhoneFact,
    ids::{DeviceId, OfficeId, UserId},
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// What a phone says of itself.
#[derive(Clone, Debug)]
pub struct Report {
    /// The installation.
    pub device: DeviceId,
    /// Changes that still wait on it.
    pub waiting: u32,
    /// When the oldest of them was made.
    pub oldest: Option<DateTime<Utc>>,
    /// Version of the app.
    pub app: String,
}

/// When the office last noted this phone, milliseconds since 1970.
///
/// # Errors
/// When the database does not answer.
pub async fn last_seen(link: &mut Link, user: UserId, device: DeviceId) -> DbResult<Option<i64>> {
    Ok(with!(link, conn => {
        sqlx::query_scalar("select last_seen from devices where user_id = $1 and id = $2")
            .bind(user.0).bind(device.0).fetch_optional(conn).await?
    }))
}

/// Notes what a phone says.
///
/// # Errors
/// When the database does not answer.
pub async fn note(link: &mut Link, actor: &Actor, report: &Report, now: DateTime<Utc>) -> DbResult<()> {
    let app: String = plain(&report.app).chars().take(40).collect();
    with!(link, conn => {
        sqlx::query(
            "insert into devices (user_id, id, office, last_seen, waiting, oldest, app) \
             values ($1, $2, $3, $4, $5, $6, $7) on conflict (user_id, id) do update set \
             last_seen = excluded.last_seen, waiting = excluded.waiting, oldest = excluded.oldest, app = excluded.app",
        )
        .bind(actor.user.0).bind(report.device.0).bind(actor.office.0).bind(ms(now))
        .bind(i64::from(report.waiting)).bind(report.oldest.map(ms)).bind(app)
        .execute(conn).await?;
    });
    Ok(())
}

/// The phones of an office, the most silent first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_office(link: &mut Link, office: OfficeId) -> DbResult<Vec<PhoneFact>> {
    let rows: Vec<(Uuid, i64, i64)> = with!(link, conn => {
        sqlx::query_as("select user_id, last_seen, waiting from devices where office = $1 order by last_seen, id")
            .bind(office.0).fetch_all(conn).await?
    });
    let fact = |(user, last_seen_ms, waiting)| PhoneFact {
        user: UserId(user),
        last_seen_ms,
        waiting: u32::try_from(waiting).unwrap_or(u32::MAX),
    };
    Ok(rows.into_iter().map(fact).collect())
}
