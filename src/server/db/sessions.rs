//! Sessions, by the hash of their token.

use super::{
    DbError, DbResult, Link, OneOf as _, day, instant, ms, row,
    users::{Standing, role_of},
    with,
};
use crate::domain::{
    access::Actor,
    ids::{DeviceId, OfficeId, Rev, UserId},
};
use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;
use std::{collections::HashMap, slice};
use uuid::Uuid;

/// SHA-256 of a session's token.
pub type TokenHash = [u8; 32];

/// A session with everything that a request needs to know, in one read.
#[derive(Clone, Debug)]
pub struct Session {
    /// The person, as they act.
    pub actor: Actor,
    /// Their name.
    pub name: String,
    /// May their account be used?
    pub standing: Standing,
    /// Name of their office.
    pub office_name: String,
    /// The office holds invented data.
    pub demo: bool,
    /// The office's last revision.
    pub rev: Rev,
    /// Counts changes of the office's list of people.
    pub people_rev: i64,
    /// When it began.
    pub made_at: DateTime<Utc>,
    /// When it was last seen, to within a few minutes.
    pub seen_at: DateTime<Utc>,
    /// The device that works in it, once it has exchanged something.
    pub device: Option<DeviceId>,
}

row! {
    struct Row {
        token_hash: Vec<u8>,
        user_id: Uuid,
        office: Uuid,
        role: String,
        name: String,
        active: bool,
        authorised_on: Option<String>,
        secrecy_on: Option<String>,
        authorised_until: Option<String>,
        office_name: String,
        demo: bool,
        rev: i64,
        people_rev: i64,
        made_at: i64,
        seen_at: i64,
        device: Option<Uuid>,
    }
}

impl Row {
    fn read(self) -> DbResult<(TokenHash, Session)> {
        let token = TokenHash::try_from(self.token_hash).map_err(|_| DbError::Stored("token"))?;
        let session = Session {
            actor: Actor { user: UserId(self.user_id), office: OfficeId(self.office), role: role_of(&self.role)? },
            name: self.name,
            standing: Standing {
                active: self.active,
                authorised_on: day(self.authorised_on)?,
                secrecy_on: day(self.secrecy_on)?,
                authorised_until: day(self.authorised_until)?,
            },
            office_name: self.office_name,
            demo: self.demo,
            rev: Rev(self.rev),
            people_rev: self.people_rev,
            made_at: instant(self.made_at)?,
            seen_at: instant(self.seen_at)?,
            device: self.device.map(DeviceId),
        };
        Ok((token, session))
    }
}

/// The session with this token.
///
/// # Errors
/// When the database does not answer.
pub async fn find(link: &mut Link, token: &TokenHash) -> DbResult<Option<Session>> {
    Ok(find_all(link, slice::from_ref(token)).await?.remove(token))
}

/// The sessions with these tokens, in one read.
///
/// # Errors
/// When the database does not answer.
pub async fn find_all(link: &mut Link, tokens: &[TokenHash]) -> DbResult<HashMap<TokenHash, Session>> {
    if tokens.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<Row> = with!(link, conn => {
        let mut query = QueryBuilder::<D>::new(
            "select s.token_hash, s.user_id, u.office, u.role, u.name, u.active, u.authorised_on, u.secrecy_on, \
             u.authorised_until, o.name as office_name, o.demo, o.rev, o.people_rev, s.made_at, s.seen_at, s.device \
             from sessions s join users u on u.id = s.user_id join offices o on o.id = u.office \
             where s.token_hash",
        );
        D::push(&mut query, tokens.iter().map(|token| token.to_vec()).collect::<Vec<_>>());
        query.build_query_as().fetch_all(conn).await?
    });
    rows.into_iter().map(Row::read).collect()
}

/// Whose session has this token, also when it is long over.
///
/// # Errors
/// When the database does not answer.
pub async fn owner(link: &mut Link, token: &TokenHash) -> DbResult<Option<UserId>> {
    let id: Option<Uuid> = with!(link, conn => {
        sqlx::query_scalar("select user_id from sessions where token_hash = $1")
            .bind(token.to_vec()).fetch_optional(conn).await?
    });
    Ok(id.map(UserId))
}

/// Begins a session.
///
/// # Errors
/// When the database does not answer.
pub async fn add(link: &mut Link, token: &TokenHash, user: UserId, now: DateTime<Utc>) -> DbResult<()> {
    with!(link, conn => {
        sqlx::query("insert into sessions (token_hash, user_id, made_at, seen_at) values ($1, $2, $3, $3)")
            .bind(token.to_vec()).bind(user.0).bind(ms(now)).execute(conn).await?;
    });
    Ok(())
}

/// Notes that a session is in use.
///
/// # Errors
/// When the database does not answer.
pub async fn touch(link: &mut Link, token: &TokenHash, now: DateTime<Utc>) -> DbResult<()> {
    with!(link, conn => {
        sqlx::query("update sessions set seen_at = $2 where token_hash = $1")
            .bind(token.to_vec()).bind(ms(now)).execute(conn).await?;
    });
    Ok(())
}

/// Notes which device works in a session.
///
/// # Errors
/// When the database does not answer.
pub async fn bind(link: &mut Link, token: &TokenHash, device: DeviceId) -> DbResult<()> {
    with!(link, conn => {
        sqlx::query("update sessions set device = $2 where token_hash = $1")
            .bind(token.to_vec()).bind(device.0).execute(conn).await?;
    });
    Ok(())
}

/// Ends the sessions of a person in which this device worked, and those of which nobody knows the device; but not the
/// one in which they ask for it.
///
/// # Errors
/// When the database does not answer.
pub async fn end_of_device(link: &mut Link, user: UserId, device: DeviceId, asking: &TokenHash) -> DbResult<()> {
    with!(link, conn => {
        sqlx::query(
            "delete from sessions where user_id = $1 and (device = $2 or device is null) and token_hash <> $3",
        )
        .bind(user.0).bind(device.0).bind(asking.to_vec()).execute(conn).await?;
    });
    Ok(())
}

/// Ends a session.
///
/// # Errors
/// When the database does not answer.
pub async fn end(link: &mut Link, token: &TokenHash) -> DbResult<()> {
    with!(link, conn => {
        sqlx::query("delete from sessions where token_hash = $1").bind(token.to_vec()).execute(conn).await?;
    });
    Ok(())
}

/// Ends all sessions of a person.
///
/// # Errors
/// When the database does not answer.
pub async fn end_all(link: &mut Link, user: UserId) -> DbResult<()> {
    with!(link, conn => {
        sqlx::query("delete from sessions where user_id = $1").bind(user.0).execute(conn).await?;
    });
    Ok(())
}

/// Throws away sessions that began before a moment.
///
/// # Errors
/// When the database does not answer.
pub async fn forget_before(link: &mut Link, moment: DateTime<Utc>) -> DbResult<()> {
    with!(link, conn => {
        sqlx::query("delete from sessions where made_at < $1").bind(ms(moment)).execute(conn).await?;
    });
    Ok(())
}
