//! Who stands in for whom. Rows follow from approved cards ([`Substitution`]); days are compared when somebody asks.

use super::{DbError, DbResult, Link, OneOf as _, pieces, with};
use crate::domain::{
    documents::papers::substitution::Substitution,
    ids::{FamilyId, OfficeId, RecordId, Rev, UserId},
};
use chrono::NaiveDate;
use sqlx::QueryBuilder;
use uuid::Uuid;

/// Somebody who has, had or will have a family in their assistant's stead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StandIn {
    /// The family.
    pub family: FamilyId,
    /// Who stands in.
    pub substitute: UserId,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
    /// Is the absent person still the family's assistant?
    pub holds: bool,
}

impl StandIn {
    /// Do they have the family on this day?
    pub fn on(&self, day: NaiveDate) -> bool {
        self.holds && self.from <= day && day <= self.until
    }

    /// Have they had it by this day, if only once?
    pub fn by(&self, day: NaiveDate) -> bool {
        self.from <= day && self.from <= self.until
    }
}

/// The cards that are under way on a day or will be, the first to begin first.
///
/// # Errors
/// When the database does not answer.
pub async fn from_day_on(link: &mut Link, office: OfficeId, day: NaiveDate) -> DbResult<Vec<Substitution>> {
    type Row = (Uuid, Option<Uuid>, Uuid, Uuid, String, String);
    let rows: Vec<Row> = with!(link, conn => {
        sqlx::query_as(
            "select record, family, absent, substitute, from_day, until_day from substitutions \
             where office = $1 and until_day >= $2 and from_day <= until_day order by from_day, record",
        )
        .bind(office.0).bind(day.to_string()).fetch_all(conn).await?
    });
    let day = |text: String| text.parse::<NaiveDate>().map_err(|_| DbError::Stored("day"));
    let read = |(card, family, absent, substitute, from, until): Row| {
        let (from, until, family) = (day(from)?, day(until)?, family.map(FamilyId));
        let (card, absent, substitute) = (RecordId(card), UserId(absent), UserId(substitute));
        Ok(Substitution { card, family, absent, substitute, from, until })
    };
    rows.into_iter().map(read).collect()
}

/// Writes what approved cards give.
///
/// # Errors
/// When the database does not answer.
pub async fn put(link: &mut Link, office: OfficeId, given: &[Substitution]) -> DbResult<()> {
    for chunk in pieces(given) {
        with!(link, conn => {
            let mut query = QueryBuilder::<D>::new(
                "insert into substitutions (office, record, family, absent, substitute, from_day, until_day) ",
            );
            query.push_values(chunk, |mut row, card| {
                row.push_bind(office.0).push_bind(card.card.0).push_bind(card.family.map(|family| family.0));
                row.push_bind(card.absent.0).push_bind(card.substitute.0);
                row.push_bind(card.from.to_string()).push_bind(card.until.to_string());
            });
            query.push(
                " on conflict (office, record) do update set family = excluded.family, absent = excluded.absent, \
                 substitute = excluded.substitute, from_day = excluded.from_day, until_day = excluded.until_day",
            );
            query.build().execute(conn).await?;
        });
    }
    Ok(())
}

/// Everybody who stands, stood or will stand in with one of these families.
///
/// # Errors
/// When the database does not answer.
pub async fn of_families(link: &mut Link, office: OfficeId, families: &[FamilyId]) -> DbResult<Vec<StandIn>> {
    if families.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(Uuid, Uuid, String, String, bool)> = with!(link, conn => {
        let mut query = QueryBuilder::<D>::new(
            "select a.family, s.substitute, s.from_day, s.until_day, a.until_rev is null from assignments a \
             join substitutions s on s.office = a.office and s.absent = a.assistant \
             and (s.family is null or s.family = a.family) where a.office = ",
        );
        query.push_bind(office.0).push(" and a.family");
        D::push(&mut query, families.iter().map(|family| family.0).collect::<Vec<_>>());
        query.build_query_as().fetch_all(conn).await?
    });
    let day = |text: String| text.parse::<NaiveDate>().map_err(|_| DbError::Stored("day"));
    let read = |(family, substitute, from, until, holds): (Uuid, Uuid, String, String, bool)| {
        let (from, until) = (day(from)?, day(until)?);
        Ok(StandIn { family: FamilyId(family), substitute: UserId(substitute), from, until, holds })
    };
    rows.into_iter().map(read).collect()
}

/// The families that these people have in somebody's stead on a day, each with the revision of its last change.
///
/// # Errors
/// When the database does not answer.
pub async fn heads(
    link: &mut Link,
    office: OfficeId,
    substitutes: &[UserId],
    day: NaiveDate,
) -> DbResult<Vec<(UserId, FamilyId, Rev)>> {
    if substitutes.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(Uuid, Uuid, i64)> = with!(link, conn => {
        let mut query = QueryBuilder::<D>::new(
            "select s.substitute, f.id, f.head from substitutions s \
             join families f on f.office = s.office and f.assistant = s.absent \
             and (s.family is null or s.family = f.id) where s.office = ",
        );
        query.push_bind(office.0).push(" and s.from_day <= ").push_bind(day.to_string());
        query.push(" and s.until_day >= ").push_bind(day.to_string()).push(" and s.substitute");
        D::push(&mut query, substitutes.iter().map(|user| user.0).collect::<Vec<_>>());
        query.build_query_as().fetch_all(conn).await?
    });
    Ok(rows.into_iter().map(|(user, family, head)| (UserId(user), FamilyId(family), Rev(head))).collect())
}
