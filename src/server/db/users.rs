//! People with an account.

use super::{DbError, DbResult, Link, day, day_text, with};
use crate::domain::{
    access::{Actor, Role},
    ids::{OfficeId, UserId},
};
use chrono::NaiveDate;
use uuid::Uuid;

/// An account.
#[derive(Clone, Debug)]
pub struct Account {
    /// The person, as they act.
    pub actor: Actor,
    /// What they sign in with.
    pub login: String,
    /// Name and surname.
    pub name: String,
    /// Argon2id, in the PHC format.
    pub password_hash: String,
    /// May the account be used?
    pub standing: Standing,
}

/// Whether an account may be used on a day (DP1; art. 7 ust. 4 of the Act).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Nobody has switched the account off.
    pub active: bool,
    /// Day of the written authorisation.
    pub authorised_on: Option<NaiveDate>,
    /// Day of the written secrecy undertaking.
    pub secrecy_on: Option<NaiveDate>,
    /// Last day of the authorisation, if it ends.
    pub authorised_until: Option<NaiveDate>,
}

impl Standing {
    /// Both papers are there and neither is of tomorrow, nor has the authorisation ended.
    pub fn holds_on(&self, today: NaiveDate) -> bool {
        let given = |day: Option<NaiveDate>| day.is_some_and(|day| day <= today);
        self.active
            && given(self.authorised_on)
            && given(self.secrecy_on)
            && self.authorised_until.is_none_or(|last| today <= last)
    }
}

type Row = (Uuid, Uuid, String, String, String, String, bool, Option<String>, Option<String>, Option<String>);

/// The account with this login.
///
/// # Errors
/// When the database does not answer.
pub async fn by_login(link: &mut Link, login: &str) -> DbResult<Option<Account>> {
    let row: Option<Row> = with!(link, conn => {
        sqlx::query_as(
            "select id, office, role, login, name, password_hash, active, authorised_on, secrecy_on, authorised_until \
             from users where login = $1",
        )
        .bind(login.to_owned()).fetch_optional(conn).await?
    });
    let Some((id, office, role, login, name, password_hash, active, authorised, secrecy, until)) = row else {
        return Ok(None);
    };
    let actor = Actor { user: UserId(id), office: OfficeId(office), role: role_of(&role)? };
    let standing =
        Standing { active, authorised_on: day(authorised)?, secrecy_on: day(secrecy)?, authorised_until: day(until)? };
    Ok(Some(Account { actor, login, name, password_hash, standing }))
}

pub(super) fn role_of(code: &str) -> DbResult<Role> {
    code.parse().map_err(|()| DbError::Stored("role"))
}

/// Adds an account; every device learns of the new name at its next exchange.
///
/// # Errors
/// When the login is taken, or the database does not answer.
pub async fn add(link: &mut Link, account: &Account) -> DbResult<()> {
    let Account { actor, login, name, password_hash, standing } = account.clone();
    with!(link, conn => {
        sqlx::query(
            "insert into users (id, office, role, login, name, password_hash, active, authorised_on, secrecy_on, \
             authorised_until) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        )
        .bind(actor.user.0).bind(actor.office.0).bind(actor.role.code()).bind(login).bind(name).bind(password_hash)
        .bind(standing.active).bind(day_text(standing.authorised_on)).bind(day_text(standing.secrecy_on))
        .bind(day_text(standing.authorised_until))
        .execute(&mut *conn).await?;
        sqlx::query("update offices set people_rev = people_rev + 1 where id = $1")
            .bind(actor.office.0).execute(&mut *conn).await?;
    });
    Ok(())
}

/// Switches an account off or on.
///
/// # Errors
/// When the database does not answer.
pub async fn set_active(link: &mut Link, user: UserId, active: bool) -> DbResult<()> {
    with!(link, conn => {
        sqlx::query("update users set active = $2 where id = $1").bind(user.0).bind(active).execute(conn).await?;
    });
    Ok(())
}

/// A person of an office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The person.
    pub user: UserId,
    /// Name and surname.
    pub name: String,
    /// Role.
    pub role: Role,
    /// The account is switched on.
    pub active: bool,
    /// Day of the first written authorisation, without which nobody works with families (art. 7 ust. 4).
    pub began: Option<NaiveDate>,
    /// Day of the written undertaking of secrecy.
    pub secrecy_on: Option<NaiveDate>,
    /// Last day of the authorisation, if it ends.
    pub authorised_until: Option<NaiveDate>,
}

/// Everybody of an office, by name; also those who left, for their papers stay.
///
/// # Errors
/// When the database does not answer.
pub async fn of_office(link: &mut Link, office: OfficeId) -> DbResult<Vec<Person>> {
    type Row = (Uuid, String, String, bool, Option<String>, Option<String>, Option<String>);
    let rows: Vec<Row> = with!(link, conn => {
        sqlx::query_as(
            "select id, name, role, active, authorised_on, secrecy_on, authorised_until from users \
             where office = $1 order by name, id",
        )
        .bind(office.0).fetch_all(conn).await?
    });
    let read = |(id, name, role, active, began, secrecy, until): Row| {
        let (began, secrecy_on, authorised_until) = (day(began)?, day(secrecy)?, day(until)?);
        Ok(Person { user: UserId(id), name, role: role_of(&role)?, active, began, secrecy_on, authorised_until })
    };
    rows.into_iter().map(read).collect()
}
