//! Who may work with the data, and until when. Rows follow from authorisations that were handed in
//! ([`Authorisation`]); the account takes its days from them, for it is the account that is asked at every request.

use super::{DbResult, Link, day_text, pieces, with};
use crate::domain::{
    documents::papers::authorisation::Authorisation,
    ids::{OfficeId, RecordId, UserId},
};
use sqlx::QueryBuilder;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Writes what papers give, and brings the accounts in line.
///
/// # Errors
/// When the database does not answer.
pub async fn put(link: &mut Link, office: OfficeId, given: &[Authorisation]) -> DbResult<()> {
    for chunk in pieces(given) {
        with!(link, conn => {
            let mut query = QueryBuilder::<D>::new(
                "insert into authorisations (office, record, person, from_day, until_day, secrecy_day) ",
            );
            query.push_values(chunk, |mut row, paper| {
                row.push_bind(office.0).push_bind(paper.paper.0).push_bind(paper.user.0);
                row.push_bind(paper.from.to_string()).push_bind(day_text(paper.until));
                row.push_bind(paper.secrecy_on.to_string());
            });
            query.push(
                " on conflict (office, record) do update set person = excluded.person, \
                 from_day = excluded.from_day, until_day = excluded.until_day, secrecy_day = excluded.secrecy_day",
            );
            query.build().execute(conn).await?;
        });
    }
    let people: BTreeSet<UserId> = given.iter().map(|paper| paper.user).collect();
    for person in people {
        carry_over(link, office, person).await?;
    }
    Ok(())
}

/// The account holds from the first day that is known to the end of the authorisation that began last. An account
/// that somebody switched off stays so.
async fn carry_over(link: &mut Link, office: OfficeId, person: UserId) -> DbResult<()> {
    with!(link, conn => {
        sqlx::query(
            "update users set \
             authorised_until = (select a.until_day from authorisations a where a.office = users.office \
             and a.person = users.id order by a.from_day desc, a.record desc limit 1), \
             authorised_on = coalesce((select min(a.from_day) from authorisations a where a.office = users.office \
             and a.person = users.id and (users.authorised_on is null or a.from_day < users.authorised_on)), \
             authorised_on), \
             secrecy_on = coalesce((select min(a.secrecy_day) from authorisations a where a.office = users.office \
             and a.person = users.id and (users.secrecy_on is null or a.secrecy_day < users.secrecy_on)), \
             secrecy_on) where office = $1 and id = $2",
        )
        .bind(office.0).bind(person.0).execute(conn).await?;
    });
    Ok(())
}

/// The paper that counts of each person who has one: the one that began last.
///
/// # Errors
/// When the database does not answer.
pub async fn of_office(link: &mut Link, office: OfficeId) -> DbResult<Vec<(UserId, RecordId)>> {
    let rows: Vec<(Uuid, Uuid)> = with!(link, conn => {
        sqlx::query_as("select person, record from authorisations where office = $1 order by person, from_day, record")
            .bind(office.0).fetch_all(conn).await?
    });
    let mut found: Vec<(UserId, RecordId)> = Vec::new();
    for (person, record) in rows {
        let (person, record) = (UserId(person), RecordId(record));
        match found.last_mut() {
            // In the order of their beginning: a later one takes the place of an earlier one.
            Some(last) if last.0 == person => last.1 = record,
            _ => found.push((person, record)),
        }
    }
    Ok(found)
}
