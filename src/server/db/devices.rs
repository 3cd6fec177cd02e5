//! Phones as the office last heard from them (P13).

use super::{DbResult, Link, ms, pieces, plain, with};
use crate::domain::{
    caseload::PhoneFact,
    ids::{DeviceId, OfficeId, UserId},
};
use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;
use std::collections::BTreeMap;
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

/// Notes what phones say: whose, what, and when. Of several words of one phone the last one counts.
///
/// # Errors
/// When the database does not answer.
pub async fn note(link: &mut Link, office: OfficeId, said: &[(UserId, Report, DateTime<Utc>)]) -> DbResult<()> {
    // One statement must not speak of one row twice.
    let last: BTreeMap<_, _> = said.iter().map(|word| ((word.0, word.1.device), word)).collect();
    let last: Vec<_> = last.into_values().collect();
    for chunk in pieces(&last) {
        with!(link, conn => {
            let mut query = QueryBuilder::<D>::new(
                "insert into devices (user_id, id, office, last_seen, waiting, oldest, app) ",
            );
            query.push_values(chunk, |mut row, (user, report, at)| {
                let app: String = plain(&report.app).chars().take(40).collect();
                row.push_bind(user.0).push_bind(report.device.0).push_bind(office.0).push_bind(ms(*at));
                row.push_bind(i64::from(report.waiting)).push_bind(report.oldest.map(ms)).push_bind(app);
            });
            query.push(
                " on conflict (user_id, id) do update set last_seen = excluded.last_seen, \
                 waiting = excluded.waiting, oldest = excluded.oldest, app = excluded.app",
            );
            query.build().execute(conn).await?;
        });
    }
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
