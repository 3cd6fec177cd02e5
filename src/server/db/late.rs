//! Changes that came from revoked devices or for closed accounts, and what became of them.

use super::{DbError, DbResult, Link, instant, ms, row, with};
use crate::domain::{
    devices::LateFate,
    ids::{ChangeId, DeviceId, OfficeId, UserId},
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// One of them.
#[derive(Clone, Debug)]
pub struct Late {
    /// The change.
    pub id: ChangeId,
    /// Whose it is.
    pub user: UserId,
    /// The device that it comes from.
    pub device: DeviceId,
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// The change, as it came.
    pub body: String,
    /// What became of it.
    pub fate: LateFate,
    /// Who decided.
    pub decided_by: Option<UserId>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// Why it was rejected.
    pub reason: Option<String>,
}

row! {
    struct Row {
        id: Uuid,
        user_id: Uuid,
        device: Uuid,
        received_at: i64,
        body: String,
        fate: String,
        decided_by: Option<Uuid>,
        decided_at: Option<i64>,
        reason: Option<String>,
    }
}

impl Row {
    fn read(self) -> DbResult<Late> {
        Ok(Late {
            id: ChangeId(self.id),
            user: UserId(self.user_id),
            device: DeviceId(self.device),
            received_at: instant(self.received_at)?,
            body: self.body,
            fate: self.fate.parse().map_err(|()| DbError::Stored("fate"))?,
            decided_by: self.decided_by.map(UserId),
            decided_at: self.decided_at.map(instant).transpose()?,
            reason: self.reason,
        })
    }
}

/// Puts a change aside; one that came before stays as it is.
///
/// # Errors
/// When the database does not answer.
pub async fn put(
    link: &mut Link,
    office: OfficeId,
    (user, device): (UserId, DeviceId),
    (id, body): (ChangeId, &str),
    now: DateTime<Utc>,
) -> DbResult<()> {
    with!(link, conn => {
        sqlx::query(
            "insert into late_changes (office, id, user_id, device, received_at, body) values ($1, $2, $3, $4, $5, $6) \
             on conflict (office, user_id, id) do nothing",
        )
        .bind(office.0).bind(id.0).bind(user.0).bind(device.0).bind(ms(now)).bind(body.to_owned())
        .execute(conn).await?;
    });
    Ok(())
}

/// All of an office, those that wait first, in the order of their coming.
///
/// # Errors
/// When the database does not answer.
pub async fn of_office(link: &mut Link, office: OfficeId) -> DbResult<Vec<Late>> {
    let rows: Vec<Row> = with!(link, conn => {
        sqlx::query_as(
            "select id, user_id, device, received_at, body, fate, decided_by, decided_at, reason from late_changes \
             where office = $1 order by case fate when 'WAITING' then 0 else 1 end, received_at, id",
        )
        .bind(office.0).fetch_all(conn).await?
    });
    rows.into_iter().map(Row::read).collect()
}

/// Notes what was decided about one that waits; says whether it did.
///
/// # Errors
/// When the database does not answer.
pub async fn decide(
    link: &mut Link,
    office: OfficeId,
    (user, id): (UserId, ChangeId),
    (fate, by, reason): (LateFate, UserId, &str),
    now: DateTime<Utc>,
) -> DbResult<bool> {
    let done = with!(link, conn => {
        sqlx::query(
            "update late_changes set fate = $4, decided_at = $5, decided_by = $6, reason = $7 \
             where office = $1 and user_id = $2 and id = $3 and fate = 'WAITING'",
        )
        .bind(office.0).bind(user.0).bind(id.0).bind(fate.code()).bind(ms(now)).bind(by.0).bind(reason.to_owned())
        .execute(conn).await?.rows_affected()
    });
    Ok(done > 0)
}
