//! The people of an office as their manager sees them: how many families each assistant has and which reports are
//! there, who stands in for whom, and who may work with the data until when.

use super::{
    auth::Signed,
    db::{
        DbResult, Link, authorisations, books, facts, families, records, substitutions,
        users::{self, Person},
    },
    desk::names,
    state::State,
};
use crate::{
    api::{
        desk::{AuthorisedLine, DeskStaff, StaffLine, StandInLine},
        error::ApiError,
    },
    domain::{
        access::{Deed, Object, Role, Tie, may},
        calendar::warsaw_day,
        documents::papers::{
            authorisation::Validity,
            early_end::{LAST_DAY, REASON},
            month::{months_shown, reports_of},
            substitution::Substitution,
        },
        ids::{OfficeId, UserId},
        procedure::{FamilyLoad, Paper},
        record::Record,
    },
};
use chrono::{DateTime, NaiveDate, Utc};

/// The people who work here, by name.
///
/// # Errors
/// [`ApiError::NotFound`] for those who do not read other people's reports.
pub async fn read(state: &State, signed: &Signed, now: DateTime<Utc>) -> Result<DeskStaff, ApiError> {
    let (actor, today) = (&signed.session.actor, warsaw_day(now));
    if !may(actor.role, Deed::Read, Object::Paper, Tie::Office) {
        return Err(ApiError::NotFound);
    }
    let mut link = state.db.snapshot().await?;
    let everybody = users::of_office(&mut link, actor.office).await?;
    let settings = books::current(&mut link, actor.office).await?.settings;
    let stand_ins = stand_ins(&mut link, actor.office, today).await?;
    let named = stand_ins.iter().flat_map(|line| [line.absent, line.substitute]);
    Ok(DeskStaff {
        rev: signed.session.rev,
        today,
        assistants: assistants(&mut link, actor.office, &everybody, today).await?,
        authorised: authorised(&mut link, actor.office, &everybody, today).await?,
        people: names(&everybody, named),
        stand_ins,
        settings,
    })
}

async fn assistants(
    link: &mut Link,
    office: OfficeId,
    everybody: &[Person],
    today: NaiveDate,
) -> DbResult<Vec<StaffLine>> {
    let reports = reports(link, office, today).await?;
    let mut assistants = Vec::new();
    for person in everybody.iter().filter(|person| person.role == Role::Assistant && person.active) {
        let load = load_of(link, office, person.user).await?;
        let reports = reports_of(&reports, person.user, today);
        let Person { user, name, began, .. } = person.clone();
        assistants.push(StaffLine { user, name, began, load, reports });
    }
    Ok(assistants)
}

/// Everybody who may sign in, as far as their authorisation goes.
async fn authorised(
    link: &mut Link,
    office: OfficeId,
    everybody: &[Person],
    today: NaiveDate,
) -> DbResult<Vec<AuthorisedLine>> {
    let papers = authorisations::of_office(link, office).await?;
    let line = |person: &Person| {
        let Person { user, name, role, began, secrecy_on, authorised_until, .. } = person.clone();
        let validity = Validity::of(began, secrecy_on, authorised_until, today);
        let paper = papers.iter().find(|(of, _)| *of == user).map(|(_, paper)| *paper);
        AuthorisedLine { user, name, role, validity, paper }
    };
    Ok(everybody.iter().filter(|person| person.active).map(line).collect())
}

/// The substitutions of today and later, each with the file that its card stands in.
async fn stand_ins(link: &mut Link, office: OfficeId, today: NaiveDate) -> DbResult<Vec<StandInLine>> {
    let given = substitutions::from_day_on(link, office, today).await?;
    let cards = records::find(link, office, &given.iter().map(|card| card.card).collect::<Vec<_>>()).await?;
    let files = families::find(link, office, &cards.iter().map(|card| card.family).collect::<Vec<_>>()).await?;
    let line = |given: Substitution| {
        let card = cards.iter().find(|card| card.id == given.card);
        let file = card.and_then(|card| files.iter().find(|file| file.id == card.family));
        let Substitution { card: id, family, absent, substitute, from, until } = given;
        StandInLine {
            card: id,
            file: file.and_then(|file| file.card.clone()).map(|card| (card.code, card.surname)),
            all: family.is_none(),
            absent,
            substitute,
            from,
            until,
            ended: card
                .filter(|card| card.answers.filled(LAST_DAY.name()))
                .map(|card| card.answers.text(REASON).to_owned()),
        }
    };
    Ok(given.into_iter().map(line).collect())
}

/// How many families an assistant has, by kind of work.
///
/// # Errors
/// When the database does not answer.
pub async fn load_of(link: &mut Link, office: OfficeId, assistant: UserId) -> DbResult<FamilyLoad> {
    let stages = families::stages_of(link, office, assistant).await?;
    Ok(FamilyLoad::of(stages.into_iter().map(|(_, stage)| stage)))
}

/// Everybody's reports of the months that are looked at. None is older than the month that it speaks of.
async fn reports(link: &mut Link, office: OfficeId, today: NaiveDate) -> DbResult<Vec<Record>> {
    let Some(oldest) = months_shown(today).pop() else { return Ok(Vec::new()) };
    let ids = facts::papers_since(link, office, Paper::MonthlyReport, oldest).await?;
    records::find(link, office, &ids).await
}
