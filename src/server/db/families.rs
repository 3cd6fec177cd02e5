//! Families as lists, search and rights see them.

use super::{DbError, DbResult, Link, OneOf as _, day, day_text, pieces, plain, row, user, with};
use crate::domain::{
    access::own_file,
    caseload::FamilyLine,
    documents::case_card::Stage,
    ids::{FamilyId, OfficeId, RecordId, Rev, UserId},
    words,
};
use chrono::{NaiveDate, NaiveDateTime};
use sqlx::QueryBuilder;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Local date and time, as answers write it.
const MOMENT: &str = "%Y-%m-%dT%H:%M";

/// Which families are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// All of the office.
    Office,
    /// Those of an assistant.
    Assistant(UserId),
    /// Those of a social worker.
    Worker(UserId),
}

/// What the family card says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    /// Code.
    pub code: String,
    /// Surname.
    pub surname: String,
    /// Town or village.
    pub locality: String,
    /// Adults and children.
    pub adults: u32,
    /// Children.
    pub children: u32,
}

/// What the current case says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseNote {
    /// The case.
    pub record: RecordId,
    /// Its stage, if it can be read.
    pub stage: Option<Stage>,
    /// The assistant.
    pub assistant: Option<UserId>,
    /// The social worker.
    pub worker: Option<UserId>,
    /// Flags.
    pub flags: Vec<String>,
    /// Since when visits are expected.
    pub since: Option<NaiveDate>,
    /// Does somebody owe something in it?
    pub owes: bool,
}

/// A family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Family {
    /// The family.
    pub id: FamilyId,
    /// Revision of the last change in its file.
    pub head: Rev,
    /// Its card, once there is one.
    pub card: Option<Card>,
    /// Its current case, once there is one.
    pub case: Option<CaseNote>,
    /// Day of the last held visit.
    pub last_visit: Option<NaiveDate>,
    /// Planned next visit.
    pub next_visit: Option<NaiveDateTime>,
}

impl Family {
    /// A family of which nothing is known yet.
    pub fn new(id: FamilyId) -> Self {
        Self { id, head: Rev::NONE, card: None, case: None, last_visit: None, next_visit: None }
    }

    /// The assistant of its current case.
    pub fn assistant(&self) -> Option<UserId> {
        self.case.as_ref().and_then(|case| case.assistant)
    }

    /// The social worker of its current case.
    pub fn worker(&self) -> Option<UserId> {
        self.case.as_ref().and_then(|case| case.worker)
    }

    /// The stage of its current case.
    pub fn stage(&self) -> Option<Stage> {
        self.case.as_ref().and_then(|case| case.stage)
    }

    /// The family at a glance; `None` until card and case are both there.
    pub fn line(self, tasks: OpenTasks) -> Option<FamilyLine> {
        let (card, case) = (self.card?, self.case?);
        Some(FamilyLine {
            family: self.id,
            code: card.code,
            surname: card.surname,
            locality: card.locality,
            stage: case.stage?,
            assistant: case.assistant,
            worker: case.worker,
            flags: case.flags,
            adults: card.adults,
            children: card.children,
            since: case.since,
            last_visit: self.last_visit,
            next_visit: self.next_visit,
            open_tasks: tasks.open,
            overdue_tasks: tasks.overdue,
        })
    }
}

/// Open family tasks of a family on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OpenTasks {
    /// All of them.
    pub open: u32,
    /// Those past their day.
    pub overdue: u32,
}

const COLUMNS: &str = "select id, head, code, surname, locality, adults, children, case_record, stage, assistant, \
                       worker, flags, since, owes, last_visit, next_visit from families where office = ";

row! {
    struct Row {
        id: Uuid,
        head: i64,
        code: Option<String>,
        surname: String,
        locality: String,
        adults: i64,
        children: i64,
        case_record: Option<Uuid>,
        stage: Option<String>,
        assistant: Option<Uuid>,
        worker: Option<Uuid>,
        flags: String,
        since: Option<String>,
        owes: bool,
        last_visit: Option<String>,
        next_visit: Option<String>,
    }
}

impl Row {
    fn read(self) -> DbResult<Family> {
        let case = match self.case_record {
            None => None,
            Some(record) => Some(CaseNote {
                record: RecordId(record),
                stage: self.stage.and_then(|code| code.parse().ok()),
                assistant: user(self.assistant),
                worker: user(self.worker),
                flags: serde_json::from_str(&self.flags).map_err(|_| DbError::Stored("flags"))?,
                since: day(self.since)?,
                owes: self.owes,
            }),
        };
        let card = self.code.map(|code| Card {
            code,
            surname: self.surname,
            locality: self.locality,
            adults: u32::try_from(self.adults).unwrap_or(0),
            children: u32::try_from(self.children).unwrap_or(0),
        });
        Ok(Family {
            id: FamilyId(self.id),
            head: Rev(self.head),
            card,
            case,
            last_visit: day(self.last_visit)?,
            next_visit: self.next_visit.and_then(|text| NaiveDateTime::parse_from_str(&text, MOMENT).ok()),
        })
    }
}

/// Those of these families that the office knows.
///
/// # Errors
/// When the database does not answer.
pub async fn find(link: &mut Link, office: OfficeId, ids: &[FamilyId]) -> DbResult<Vec<Family>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<Row> = with!(link, conn => {
        let mut query = QueryBuilder::<D>::new(COLUMNS);
        query.push_bind(office.0).push(" and id");
        D::push(&mut query, ids.iter().map(|id| id.0).collect::<Vec<_>>());
        query.build_query_as().fetch_all(conn).await?
    });
    rows.into_iter().map(Row::read).collect()
}

/// The families with this code: offline two may have been given the same one.
///
/// # Errors
/// When the database does not answer.
pub async fn by_code(link: &mut Link, office: OfficeId, code: &str) -> DbResult<Vec<Family>> {
    let rows: Vec<Row> = with!(link, conn => {
        let mut query = QueryBuilder::<D>::new(COLUMNS);
        query.push_bind(office.0).push(" and code = ").push_bind(plain(code)).push(" order by id");
        query.build_query_as().fetch_all(conn).await?
    });
    rows.into_iter().map(Row::read).collect()
}

/// Narrows a query about families to a scope.
macro_rules! within {
    ($query:ident, $scope:expr) => {
        match $scope {
            Scope::Office => {}
            Scope::Assistant(user) => {
                $query.push(" and assistant = ").push_bind(user.0);
            }
            Scope::Worker(user) => {
                $query.push(" and worker = ").push_bind(user.0);
            }
        }
    };
}

/// The current cases of a scope, those that have ended left out.
///
/// # Errors
/// When the database does not answer.
pub async fn open_cases(link: &mut Link, office: OfficeId, scope: Scope) -> DbResult<Vec<RecordId>> {
    let ended = Stage::ALL.iter().filter(|stage| stage.is_ended()).map(|stage| stage.code());
    let rows: Vec<(Uuid,)> = with!(link, conn => {
        let mut query = QueryBuilder::<D>::new("select case_record from families where office = ");
        query.push_bind(office.0);
        within!(query, scope);
        query.push(" and case_record is not null and stage not in (");
        let mut stages = query.separated(", ");
        for stage in ended.clone() {
            stages.push_bind(stage);
        }
        query.push(")");
        query.build_query_as().fetch_all(conn).await?
    });
    Ok(rows.into_iter().map(|(id,)| RecordId(id)).collect())
}

/// Cases that have ended and in which somebody still owes something.
///
/// # Errors
/// When the database does not answer.
pub async fn ended_cases_with_duties(link: &mut Link, office: OfficeId, scope: Scope) -> DbResult<Vec<RecordId>> {
    let ended = Stage::ALL.iter().filter(|stage| stage.is_ended()).map(|stage| stage.code());
    let rows: Vec<(Uuid,)> = with!(link, conn => {
        let mut query = QueryBuilder::<D>::new("select case_record from families where office = ");
        query.push_bind(office.0);
        within!(query, scope);
        query.push(" and owes and stage in (");
        let mut stages = query.separated(", ");
        for stage in ended.clone() {
            stages.push_bind(stage);
        }
        query.push(")");
        query.build_query_as().fetch_all(conn).await?
    });
    Ok(rows.into_iter().map(|(id,)| RecordId(id)).collect())
}

/// The families of an assistant and the stages of their cases.
///
/// # Errors
/// When the database does not answer.
pub async fn stages_of(link: &mut Link, office: OfficeId, assistant: UserId) -> DbResult<Vec<(FamilyId, Stage)>> {
    let rows: Vec<(Uuid, String)> = with!(link, conn => {
        sqlx::query_as("select id, stage from families where office = $1 and assistant = $2 and stage is not null")
            .bind(office.0).bind(assistant.0).fetch_all(conn).await?
    });
    let read = |(id, stage): (Uuid, String)| Some((FamilyId(id), stage.parse().ok()?));
    Ok(rows.into_iter().filter_map(read).collect())
}

/// The number that the next family gets: after the highest of "R01", "R02" ….
///
/// # Errors
/// When the database does not answer.
pub async fn next_number(link: &mut Link, office: OfficeId) -> DbResult<u32> {
    let rows: Vec<(String,)> = with!(link, conn => {
        sqlx::query_as("select code from families where office = $1 and code is not null")
            .bind(office.0).fetch_all(conn).await?
    });
    let numbers = rows.iter().filter_map(|(code,)| code.strip_prefix('R')?.parse::<u32>().ok());
    Ok(numbers.max().unwrap_or(0) + 1)
}

/// Families of a scope at a glance, by code.
///
/// # Errors
/// When the database does not answer.
pub async fn lines(link: &mut Link, office: OfficeId, scope: Scope, today: NaiveDate) -> DbResult<Vec<FamilyLine>> {
    let rows: Vec<Row> = with!(link, conn => {
        let mut query = QueryBuilder::<D>::new(COLUMNS);
        query.push_bind(office.0);
        within!(query, scope);
        query.push(" order by code, id");
        query.build_query_as().fetch_all(conn).await?
    });
    let tasks = open_tasks(link, office, None, today).await?;
    let families = rows.into_iter().map(Row::read).collect::<DbResult<Vec<_>>>()?;
    let line = |family: Family| {
        let tasks = tasks.get(&family.id).copied().unwrap_or_default();
        family.line(tasks)
    };
    Ok(families.into_iter().filter_map(line).collect())
}

/// Open tasks by family, of one or of all. "Overdue" depends on the day, so it is counted when asked.
///
/// # Errors
/// When the database does not answer.
pub async fn open_tasks(
    link: &mut Link,
    office: OfficeId,
    family: Option<FamilyId>,
    today: NaiveDate,
) -> DbResult<BTreeMap<FamilyId, OpenTasks>> {
    let rows: Vec<(Uuid, i64, i64)> = with!(link, conn => {
        let mut query = QueryBuilder::<D>::new("select family, count(*), count(case when due < ");
        query.push_bind(today.to_string()).push(" then 1 end) from tasks where open and office = ").push_bind(office.0);
        if let Some(family) = family {
            query.push(" and family = ").push_bind(family.0);
        }
        query.push(" group by family");
        query.build_query_as().fetch_all(conn).await?
    });
    let count = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(rows
        .into_iter()
        .map(|(family, open, overdue)| (FamilyId(family), OpenTasks { open: count(open), overdue: count(overdue) }))
        .collect())
}

/// The files of assistants, those of their families and of their own work, each with the revision of its last
/// change.
///
/// # Errors
/// When the database does not answer.
pub async fn heads(link: &mut Link, office: OfficeId, assistants: &[UserId]) -> DbResult<Vec<(UserId, FamilyId, Rev)>> {
    if assistants.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(Uuid, Uuid, i64)> = with!(link, conn => {
        let mut query = QueryBuilder::<D>::new("select assistant, id, head from families where office = ");
        query.push_bind(office.0).push(" and assistant");
        D::push(&mut query, assistants.iter().map(|user| user.0).collect::<Vec<_>>());
        query.push(" union all select id, id, head from families where office = ");
        query.push_bind(office.0).push(" and id");
        D::push(&mut query, assistants.iter().map(|user| own_file(*user).0).collect::<Vec<_>>());
        query.build_query_as().fetch_all(conn).await?
    });
    Ok(rows.into_iter().map(|(user, id, head)| (UserId(user), FamilyId(id), Rev(head))).collect())
}

/// Writes what cards and cases now say.
///
/// # Errors
/// When the database does not answer.
pub async fn put(link: &mut Link, office: OfficeId, families: &[&Family]) -> DbResult<()> {
    for chunk in pieces(families) {
        with!(link, conn => {
            let mut query = QueryBuilder::<D>::new(
                "insert into families (office, id, head, code, surname, locality, adults, children, search, \
                 case_record, stage, assistant, worker, flags, since, owes) ",
            );
            query.push_values(chunk, |mut row, family| {
                let card = family.card.clone().unwrap_or_default();
                let code = family.card.as_ref().map(|card| plain(&card.code));
                let search = words::folded(&format!("{} {} {}", card.code, card.surname, card.locality));
                let case = family.case.as_ref();
                let flags = case.map(|case| case.flags.as_slice()).unwrap_or_default();
                row.push_bind(office.0).push_bind(family.id.0).push_bind(family.head.0).push_bind(code);
                row.push_bind(plain(&card.surname)).push_bind(plain(&card.locality));
                row.push_bind(i64::from(card.adults)).push_bind(i64::from(card.children)).push_bind(plain(&search));
                row.push_bind(case.map(|case| case.record.0));
                row.push_bind(case.and_then(|case| case.stage).map(Stage::code));
                row.push_bind(family.assistant().map(|user| user.0)).push_bind(family.worker().map(|user| user.0));
                row.push_bind(serde_json::json!(flags).to_string());
                row.push_bind(day_text(case.and_then(|case| case.since)));
                row.push_bind(case.is_some_and(|case| case.owes));
            });
            query.push(
                " on conflict (office, id) do update set head = excluded.head, code = excluded.code, \
                 surname = excluded.surname, locality = excluded.locality, adults = excluded.adults, \
                 children = excluded.children, search = excluded.search, case_record = excluded.case_record, \
                 stage = excluded.stage, assistant = excluded.assistant, worker = excluded.worker, \
                 flags = excluded.flags, since = excluded.since, owes = excluded.owes",
            );
            query.build().execute(conn).await?;
        });
    }
    Ok(())
}

/// Sums up last and next visit of families from their entries: seeks in an index, whatever the size of the file.
///
/// # Errors
/// When the database does not answer.
pub async fn sum_up_visits(link: &mut Link, office: OfficeId, families: &[FamilyId]) -> DbResult<()> {
    if families.is_empty() {
        return Ok(());
    }
    with!(link, conn => {
        let mut query = QueryBuilder::<D>::new(
            "update families set \
             last_visit = (select e.day from entries e where e.office = families.office and e.family = families.id \
             and e.kind = 'VISIT' and e.outcome = 'HELD' order by e.day desc limit 1), \
             next_visit = (select e.next_visit from entries e where e.office = families.office \
             and e.family = families.id and (e.kind = 'VISIT' or e.next_visit is not null) \
             order by e.day desc, e.record desc limit 1) where office = ",
        );
        query.push_bind(office.0).push(" and id");
        D::push(&mut query, families.iter().map(|id| id.0).collect::<Vec<_>>());
        query.build().execute(conn).await?;
    });
    Ok(())
}

/// Everybody who is or was the assistant of one of these families.
///
/// # Errors
/// When the database does not answer.
pub async fn once_of(link: &mut Link, office: OfficeId, families: &[FamilyId]) -> DbResult<Vec<(UserId, FamilyId)>> {
    if families.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(Uuid, Uuid)> = with!(link, conn => {
        let mut query = QueryBuilder::<D>::new("select distinct assistant, family from assignments where office = ");
        query.push_bind(office.0).push(" and family");
        D::push(&mut query, families.iter().map(|family| family.0).collect::<Vec<_>>());
        query.build_query_as().fetch_all(conn).await?
    });
    Ok(rows.into_iter().map(|(user, family)| (UserId(user), FamilyId(family))).collect())
}

/// A family went from one assistant to another with this revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handover {
    /// The family.
    pub family: FamilyId,
    /// Its new assistant, if it has one.
    pub to: Option<UserId>,
    /// With which revision.
    pub rev: Rev,
}

/// Writes a handover down.
///
/// # Errors
/// When the database does not answer.
pub async fn hand_over(link: &mut Link, office: OfficeId, handover: Handover) -> DbResult<()> {
    let Handover { family, to, rev } = handover;
    with!(link, conn => {
        sqlx::query(
            "update assignments set until_rev = $3 where office = $1 and family = $2 and until_rev is null",
        )
        .bind(office.0).bind(family.0).bind(rev.0).execute(&mut *conn).await?;
        if let Some(assistant) = to {
            sqlx::query("insert into assignments (office, family, assistant, from_rev) values ($1, $2, $3, $4)")
                .bind(office.0).bind(family.0).bind(assistant.0).bind(rev.0).execute(&mut *conn).await?;
        }
    });
    Ok(())
}
