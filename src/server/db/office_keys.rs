//! The offices' keys that phones seal their unsent changes to.

use super::{DbResult, Link, ms, with};
use crate::domain::ids::OfficeId;
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// The public half of the key that seals now: the newest.
///
/// # Errors
/// When the database does not answer.
pub async fn newest(link: &mut Link, office: OfficeId) -> DbResult<Option<(Uuid, Vec<u8>)>> {
    Ok(with!(link, conn => {
        sqlx::query_as("select id, point from office_keys where office = $1 order by made_at desc, id desc limit 1")
            .bind(office.0).fetch_optional(conn).await?
    }))
}

/// The secret half of a key, also of one that does not seal any more.
///
/// # Errors
/// When the database does not answer.
pub async fn secret(link: &mut Link, office: OfficeId, id: Uuid) -> DbResult<Option<Vec<u8>>> {
    Ok(with!(link, conn => {
        sqlx::query_scalar("select secret from office_keys where office = $1 and id = $2")
            .bind(office.0).bind(id).fetch_optional(conn).await?
    }))
}

/// Keeps a new key: from now on it seals.
///
/// # Errors
/// When the database does not answer.
pub async fn add(
    link: &mut Link,
    office: OfficeId,
    (id, secret, point): (Uuid, &[u8], &[u8]),
    now: DateTime<Utc>,
) -> DbResult<()> {
    with!(link, conn => {
        sqlx::query("insert into office_keys (office, id, made_at, secret, point) values ($1, $2, $3, $4, $5)")
            .bind(office.0).bind(id).bind(ms(now)).bind(secret.to_vec()).bind(point.to_vec())
            .execute(conn).await?;
    });
    Ok(())
}
