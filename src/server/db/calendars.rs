//! Secret addresses of calendar feeds, by the hash of their token.

use super::{
    DbResult, Link, day, instant, ms, row,
    users::{Standing, role_of},
    with,
};
use crate::domain::{
    access::Actor,
    ids::{OfficeId, UserId},
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// SHA-256 of a feed's token.
pub type TokenHash = [u8; 32];

/// Whose feed it is.
#[derive(Clone, Debug)]
pub struct Owner {
    /// The person, as they would act.
    pub actor: Actor,
    /// May their account be used?
    pub standing: Standing,
}

row! {
    struct Row {
        user_id: Uuid,
        office: Uuid,
        role: String,
        active: bool,
        authorised_on: Option<String>,
        secrecy_on: Option<String>,
        authorised_until: Option<String>,
    }
}

impl Row {
    fn read(self) -> DbResult<Owner> {
        let actor = Actor { user: UserId(self.user_id), office: OfficeId(self.office), role: role_of(&self.role)? };
        let standing = Standing {
            active: self.active,
            authorised_on: day(self.authorised_on)?,
            secrecy_on: day(self.secrecy_on)?,
            authorised_until: day(self.authorised_until)?,
        };
        Ok(Owner { actor, standing })
    }
}

/// Whose feed has this token.
///
/// # Errors
/// When the database does not answer.
pub async fn owner(link: &mut Link, token: &TokenHash) -> DbResult<Option<Owner>> {
    let row: Option<Row> = with!(link, conn => {
        sqlx::query_as(
            "select c.user_id, u.office, u.role, u.active, u.authorised_on, u.secrecy_on, u.authorised_until \
             from calendar_feeds c join users u on u.id = c.user_id where c.token_hash = $1",
        )
        .bind(token.to_vec()).fetch_optional(conn).await?
    });
    row.map(Row::read).transpose()
}

/// When a person's address was made; nothing while they have none.
///
/// # Errors
/// When the database does not answer.
pub async fn made_at(link: &mut Link, user: UserId) -> DbResult<Option<DateTime<Utc>>> {
    let at: Option<i64> = with!(link, conn => {
        sqlx::query_scalar("select made_at from calendar_feeds where user_id = $1")
            .bind(user.0).fetch_optional(conn).await?
    });
    at.map(instant).transpose()
}

/// Gives a person an address; the one before it leads nowhere any more.
///
/// # Errors
/// When the database does not answer.
pub async fn put(link: &mut Link, user: UserId, token: &TokenHash, now: DateTime<Utc>) -> DbResult<()> {
    with!(link, conn => {
        sqlx::query(
            "insert into calendar_feeds (user_id, token_hash, made_at) values ($1, $2, $3) \
             on conflict (user_id) do update set token_hash = excluded.token_hash, made_at = excluded.made_at",
        )
        .bind(user.0).bind(token.to_vec()).bind(ms(now)).execute(conn).await?;
    });
    Ok(())
}

/// Takes a person's address away.
///
/// # Errors
/// When the database does not answer.
pub async fn remove(link: &mut Link, user: UserId) -> DbResult<()> {
    with!(link, conn => {
        sqlx::query("delete from calendar_feeds where user_id = $1").bind(user.0).execute(conn).await?;
    });
    Ok(())
}
