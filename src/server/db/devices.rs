//! Devices as the office last heard from them (P13), and whether they may be worked with.

use super::{
    DbError, DbResult, Link, day, instant, ms, pieces, plain, row,
    users::{Standing, role_of},
    with,
};
use crate::{
    domain::{
        access::Actor,
        caseload::PhoneFact,
        devices::{DeviceStanding, Unlock},
        ids::{DeviceId, FamilyId, OfficeId, UserId},
    },
    sync::protocol::About,
};
use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Longest name of a device or version of an app that is kept, in characters.
const LONGEST: usize = 40;

/// What a device says of itself.
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
    /// The families on it.
    pub families: Vec<FamilyId>,
    /// Rounds that failed since the last that came through.
    pub failures: u32,
    /// Its name, key and room; said once after it was opened.
    pub about: Option<About>,
}

/// How the office knows one device of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// When it was last noted.
    pub at: DateTime<Utc>,
    /// It may not be worked with any more.
    pub revoked: bool,
}

/// How the office knows this device.
///
/// # Errors
/// When the database does not answer.
pub async fn seen(link: &mut Link, user: UserId, device: DeviceId) -> DbResult<Option<Seen>> {
    let found: Option<(i64, Option<i64>)> = with!(link, conn => {
        sqlx::query_as("select last_seen, revoked_at from devices where user_id = $1 and id = $2")
            .bind(user.0).bind(device.0).fetch_optional(conn).await?
    });
    found.map(|(at, revoked)| Ok(Seen { at: instant(at)?, revoked: revoked.is_some() })).transpose()
}

/// Notes what devices say: whose, what, and when. Of several words of one device the last one counts.
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
                "insert into devices (user_id, id, office, last_seen, waiting, oldest, app, families, failures, \
                 first_seen) ",
            );
            query.push_values(chunk, |mut row, (user, report, at)| {
                row.push_bind(user.0).push_bind(report.device.0).push_bind(office.0).push_bind(ms(*at));
                row.push_bind(i64::from(report.waiting)).push_bind(report.oldest.map(ms)).push_bind(short(&report.app));
                row.push_bind(families_text(&report.families)).push_bind(i64::from(report.failures)).push_bind(ms(*at));
            });
            query.push(
                " on conflict (user_id, id) do update set last_seen = excluded.last_seen, \
                 waiting = excluded.waiting, oldest = excluded.oldest, app = excluded.app, \
                 families = excluded.families, failures = excluded.failures",
            );
            query.build().execute(conn).await?;
        });
    }
    for (user, report, _) in last {
        if let Some(about) = &report.about {
            introduce(link, *user, report.device, about).await?;
        }
    }
    Ok(())
}

/// Keeps what a device said once after it was opened. The first key that it registers is its key for ever.
async fn introduce(link: &mut Link, user: UserId, device: DeviceId, about: &About) -> DbResult<()> {
    with!(link, conn => {
        sqlx::query(
            "update devices set name = $3, point = coalesce(point, $4), unlock = $5, free_mb = $6 \
             where user_id = $1 and id = $2",
        )
        .bind(user.0).bind(device.0).bind(short(&about.name)).bind(about.key.0.clone())
        .bind(about.unlock.map(Unlock::code)).bind(about.free_mb.map(i64::from))
        .execute(conn).await?;
    });
    Ok(())
}

fn short(text: &str) -> String {
    plain(text).chars().take(LONGEST).collect()
}

/// Ids make plain JSON.
fn families_text(families: &[FamilyId]) -> String {
    let ids: Vec<String> = families.iter().map(|id| ["\"", &id.to_string(), "\""].concat()).collect();
    ["[", &ids.join(","), "]"].concat()
}

/// The phones of an office, the most silent first; those that were revoked are no phones of the office any more.
///
/// # Errors
/// When the database does not answer.
pub async fn of_office(link: &mut Link, office: OfficeId) -> DbResult<Vec<PhoneFact>> {
    let rows: Vec<(Uuid, i64, i64)> = with!(link, conn => {
        sqlx::query_as(
            "select user_id, last_seen, waiting from devices where office = $1 and revoked_at is null \
             order by last_seen, id",
        )
        .bind(office.0).fetch_all(conn).await?
    });
    let fact = |(user, last_seen_ms, waiting)| PhoneFact {
        user: UserId(user),
        last_seen_ms,
        waiting: u32::try_from(waiting).unwrap_or(u32::MAX),
    };
    Ok(rows.into_iter().map(fact).collect())
}

/// A device with all that the office knows of it.
#[derive(Clone, Debug)]
pub struct Device {
    /// Whose it is.
    pub user: UserId,
    /// What it said last; its key is not read.
    pub report: Report,
    /// Its name.
    pub name: String,
    /// What opens it.
    pub unlock: Option<Unlock>,
    /// Space that is left, in MB.
    pub free_mb: Option<u32>,
    /// When it was first heard of.
    pub first_seen: Option<DateTime<Utc>>,
    /// When it was last heard of.
    pub last_seen: DateTime<Utc>,
    /// May it be worked with?
    pub standing: DeviceStanding,
    /// Why it was revoked.
    pub reason: Option<String>,
    /// It has registered a key, so what it seals can be taken.
    pub seals: bool,
}

row! {
    struct Row {
        user_id: Uuid,
        id: Uuid,
        waiting: i64,
        oldest: Option<i64>,
        app: String,
        families: String,
        failures: i64,
        name: String,
        point: Option<Vec<u8>>,
        unlock: Option<String>,
        free_mb: Option<i64>,
        first_seen: Option<i64>,
        last_seen: i64,
        revoked_at: Option<i64>,
        revoke_reason: Option<String>,
        wiped_at: Option<i64>,
    }
}

impl Row {
    fn read(self) -> DbResult<Device> {
        let count = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
        let standing = match (self.revoked_at, self.wiped_at) {
            (None, _) => DeviceStanding::Well,
            (Some(at), None) => DeviceStanding::Revoked(instant(at)?),
            (Some(_), Some(at)) => DeviceStanding::Wiped(instant(at)?),
        };
        let report = Report {
            device: DeviceId(self.id),
            waiting: count(self.waiting),
            oldest: self.oldest.map(instant).transpose()?,
            app: self.app,
            families: serde_json::from_str(&self.families).map_err(|_| DbError::Stored("families"))?,
            failures: count(self.failures),
            about: None,
        };
        Ok(Device {
            user: UserId(self.user_id),
            report,
            name: self.name,
            unlock: self.unlock.and_then(|code| code.parse().ok()),
            free_mb: self.free_mb.map(count),
            first_seen: self.first_seen.map(instant).transpose()?,
            last_seen: instant(self.last_seen)?,
            standing,
            reason: self.revoke_reason,
            seals: self.point.is_some(),
        })
    }
}

/// The devices of an office, or of one person of it; the most silent first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(link: &mut Link, office: OfficeId, only: Option<UserId>) -> DbResult<Vec<Device>> {
    let rows: Vec<Row> = with!(link, conn => {
        sqlx::query_as(
            "select user_id, id, waiting, oldest, app, families, failures, name, point, unlock, free_mb, first_seen, \
             last_seen, revoked_at, revoke_reason, wiped_at from devices where office = $1 order by last_seen, id",
        )
        .bind(office.0).fetch_all(conn).await?
    });
    let devices: DbResult<Vec<Device>> = rows.into_iter().map(Row::read).collect();
    Ok(devices?.into_iter().filter(|device| only.is_none_or(|user| device.user == user)).collect())
}

/// Somebody whose device may have signed something.
#[derive(Clone, Debug)]
pub struct Signer {
    /// The person, as they would act.
    pub actor: Actor,
    /// May their account be used?
    pub standing: Standing,
    /// What their device's signatures are checked with.
    pub point: Vec<u8>,
    /// The device may not be worked with any more.
    pub revoked: bool,
}

row! {
    struct SignerRow {
        user_id: Uuid,
        office: Uuid,
        role: String,
        active: bool,
        authorised_on: Option<String>,
        secrecy_on: Option<String>,
        authorised_until: Option<String>,
        point: Option<Vec<u8>>,
        revoked_at: Option<i64>,
    }
}

/// Those who have a device of this id. Ids are made by chance, but nothing stops two people from claiming one: which of
/// them signed, the signature tells.
///
/// # Errors
/// When the database does not answer.
pub async fn signers(link: &mut Link, device: DeviceId) -> DbResult<Vec<Signer>> {
    let rows: Vec<SignerRow> = with!(link, conn => {
        sqlx::query_as(
            "select d.user_id, u.office, u.role, u.active, u.authorised_on, u.secrecy_on, u.authorised_until, d.point, \
             d.revoked_at from devices d join users u on u.id = d.user_id where d.id = $1",
        )
        .bind(device.0).fetch_all(conn).await?
    });
    rows.into_iter().map(SignerRow::read).collect()
}

impl SignerRow {
    fn read(self) -> DbResult<Signer> {
        let actor = Actor { user: UserId(self.user_id), office: OfficeId(self.office), role: role_of(&self.role)? };
        let standing = Standing {
            active: self.active,
            authorised_on: day(self.authorised_on)?,
            secrecy_on: day(self.secrecy_on)?,
            authorised_until: day(self.authorised_until)?,
        };
        Ok(Signer { actor, standing, point: self.point.unwrap_or_default(), revoked: self.revoked_at.is_some() })
    }
}

/// Revokes a device of a person of this office; says whether there was one that was not revoked yet.
///
/// # Errors
/// When the database does not answer.
pub async fn revoke(
    link: &mut Link,
    office: OfficeId,
    (user, device): (UserId, DeviceId),
    (by, reason): (UserId, &str),
    now: DateTime<Utc>,
) -> DbResult<bool> {
    let done = with!(link, conn => {
        sqlx::query(
            "update devices set revoked_at = $4, revoked_by = $5, revoke_reason = $6 \
             where office = $1 and user_id = $2 and id = $3 and revoked_at is null",
        )
        .bind(office.0).bind(user.0).bind(device.0).bind(ms(now)).bind(by.0).bind(plain(reason))
        .execute(conn).await?.rows_affected()
    });
    Ok(done > 0)
}

/// Notes that a revoked device has wiped itself; says whether that is news.
///
/// # Errors
/// When the database does not answer.
pub async fn note_wiped(link: &mut Link, user: UserId, device: DeviceId, now: DateTime<Utc>) -> DbResult<bool> {
    let done = with!(link, conn => {
        sqlx::query(
            "update devices set wiped_at = $3, last_seen = $3 \
             where user_id = $1 and id = $2 and revoked_at is not null and wiped_at is null",
        )
        .bind(user.0).bind(device.0).bind(ms(now)).execute(conn).await?.rows_affected()
    });
    Ok(done > 0)
}
