//! Entries and tasks as figures count them: one small row per paper, written with the paper.

use super::{DbError, DbResult, Link, authorisations, families::Scope, pieces, place, row, substitutions, with};
use crate::domain::{
    caseload::EntryFact,
    codes::DueKind,
    documents::{
        RecordKind,
        family_task::FamilyTask,
        papers::{authorisation::Authorisation, course, substitution::Substitution},
        visit_card::VisitCard,
    },
    form::{Cell, Value},
    ids::{FamilyId, OfficeId, RecordId, UserId},
    procedure::{Life, Paper},
    record::Record,
};
use chrono::{NaiveDate, NaiveDateTime};
use sqlx::QueryBuilder;
use uuid::Uuid;

/// What a record says to the figures.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    entries: Vec<Entry>,
    tasks: Vec<Task>,
    papers: Vec<PaperFact>,
    substitutions: Vec<Substitution>,
    authorisations: Vec<Authorisation>,
    /// Papers that cannot be counted any more: an edit took away their day or kind.
    mute_entries: Vec<RecordId>,
    mute_tasks: Vec<RecordId>,
}

#[derive(Clone, Debug)]
struct Entry {
    family: FamilyId,
    record: RecordId,
    author: UserId,
    card: VisitCard,
}

#[derive(Clone, Debug)]
struct Task {
    family: FamilyId,
    record: RecordId,
    open: bool,
    due: Option<NaiveDate>,
}

impl Facts {
    /// Takes in what a record says, as it now stands.
    pub fn take(&mut self, record: &Record) {
        match record.kind {
            RecordKind::Visit => self.take_visit(record),
            RecordKind::Task => self.take_task(record),
            RecordKind::Paper => {
                self.papers.extend(paper_fact(record));
                self.substitutions.extend(Substitution::of(record));
                self.authorisations.extend(Authorisation::of(record));
            }
            RecordKind::Family | RecordKind::Case => {}
        }
    }

    fn take_visit(&mut self, record: &Record) {
        match VisitCard::read(&record.answers) {
            Some(card) => {
                let (family, id, author) = (record.family, record.id, record.made.by);
                self.entries.push(Entry { family, record: id, author, card });
            }
            None => self.mute_entries.push(record.id),
        }
    }

    fn take_task(&mut self, record: &Record) {
        match FamilyTask::read(&record.answers) {
            Some(task) => self.tasks.push(Task {
                family: record.family,
                record: record.id,
                open: !task.status.is_closed(),
                due: task.due.filter(|_| task.due_kind == DueKind::Date),
            }),
            None => self.mute_tasks.push(record.id),
        }
    }
}

/// A paper as lists of what waits see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperFact {
    /// The family whose file it is in.
    pub family: FamilyId,
    /// The record.
    pub record: RecordId,
    /// Who began it.
    pub author: UserId,
    /// Which paper.
    pub paper: Paper,
    /// How far it has come.
    pub life: Life,
    /// The day that it counts from.
    pub on: NaiveDate,
}

fn paper_fact(record: &Record) -> Option<PaperFact> {
    Some(PaperFact {
        family: record.family,
        record: record.id,
        author: record.made.by,
        paper: record.answers.get(course::PAPER)?,
        life: record.answers.get(course::LIFE).unwrap_or(Life::Draft),
        on: course::day_of(record),
    })
}

/// Which papers are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// Handed in and neither approved nor returned.
    ForDecision,
    /// Begun by this person and not handed in, or returned to them.
    ForTheirAuthor(UserId),
}

/// The papers that wait, the oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn waiting(link: &mut Link, office: OfficeId, which: Waiting) -> DbResult<Vec<PaperFact>> {
    type Row = (Uuid, Uuid, Uuid, String, String, String);
    let rows: Vec<Row> = match which {
        Waiting::ForDecision => with!(link, conn => {
            sqlx::query_as(
                "select family, record, author, paper, life, day from papers \
                 where office = $1 and life = 'SIGNED' order by day, record",
            )
            .bind(office.0).fetch_all(conn).await?
        }),
        Waiting::ForTheirAuthor(author) => with!(link, conn => {
            sqlx::query_as(
                "select family, record, author, paper, life, day from papers \
                 where office = $1 and life in ('DRAFT', 'RETURNED') and author = $2 order by day, record",
            )
            .bind(office.0).bind(author.0).fetch_all(conn).await?
        }),
    };
    let read = |(family, record, author, paper, life, day): Row| {
        Some(PaperFact {
            family: FamilyId(family),
            record: RecordId(record),
            author: UserId(author),
            paper: paper.parse().ok()?,
            life: life.parse().ok()?,
            on: day.parse().ok()?,
        })
    };
    // What a newer version of the program wrote and this one does not know is not shown by this one.
    Ok(rows.into_iter().filter_map(read).collect())
}

/// Papers of one kind that count from this day or later, however far they have come.
///
/// # Errors
/// When the database does not answer.
pub async fn papers_since(link: &mut Link, office: OfficeId, paper: Paper, day: NaiveDate) -> DbResult<Vec<RecordId>> {
    // Every life there is, so that the index by life and day serves.
    let rows: Vec<(Uuid,)> = with!(link, conn => {
        sqlx::query_as(
            "select record from papers where office = $1 and life in ('DRAFT', 'RETURNED', 'SIGNED', 'APPROVED') \
             and day >= $2 and paper = $3 order by record",
        )
        .bind(office.0).bind(day.to_string()).bind(paper.code()).fetch_all(conn).await?
    });
    Ok(rows.into_iter().map(|(record,)| RecordId(record)).collect())
}

/// Writes facts.
///
/// # Errors
/// When the database does not answer.
pub async fn put(link: &mut Link, office: OfficeId, facts: &Facts) -> DbResult<()> {
    put_entries(link, office, &facts.entries).await?;
    put_tasks(link, office, &facts.tasks).await?;
    put_papers(link, office, &facts.papers).await?;
    substitutions::put(link, office, &facts.substitutions).await?;
    authorisations::put(link, office, &facts.authorisations).await?;
    for id in &facts.mute_entries {
        with!(link, conn => {
            sqlx::query("delete from entries where office = $1 and record = $2")
                .bind(office.0).bind(id.0).execute(conn).await?;
        });
    }
    for id in &facts.mute_tasks {
        with!(link, conn => {
            sqlx::query("delete from tasks where office = $1 and record = $2")
                .bind(office.0).bind(id.0).execute(conn).await?;
        });
    }
    Ok(())
}

async fn put_entries(link: &mut Link, office: OfficeId, entries: &[Entry]) -> DbResult<()> {
    for chunk in pieces(entries) {
        with!(link, conn => {
            let mut query = QueryBuilder::<D>::new(
                "insert into entries (office, record, family, author, day, kind, outcome, minutes, next_visit) ",
            );
            query.push_values(chunk, |mut row, Entry { family, record, author, card }| {
                let (family, record) = place(*family, *record);
                row.push_bind(office.0).push_bind(record).push_bind(family).push_bind(author.0);
                row.push_bind(card.date.to_string()).push_bind(card.kind.code());
                row.push_bind(card.outcome.map(|outcome| outcome.code())).push_bind(card.minutes);
                row.push_bind(card.next_visit.and_then(moment_text));
            });
            query.push(
                " on conflict (office, record) do update set day = excluded.day, kind = excluded.kind, \
                 outcome = excluded.outcome, minutes = excluded.minutes, next_visit = excluded.next_visit",
            );
            query.build().execute(conn).await?;
        });
    }
    Ok(())
}

fn moment_text(moment: NaiveDateTime) -> Option<String> {
    match moment.write() {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

async fn put_papers(link: &mut Link, office: OfficeId, papers: &[PaperFact]) -> DbResult<()> {
    for chunk in pieces(papers) {
        with!(link, conn => {
            let mut query =
                QueryBuilder::<D>::new("insert into papers (office, record, family, author, paper, life, day) ");
            query.push_values(chunk, |mut row, fact| {
                let (family, record) = place(fact.family, fact.record);
                row.push_bind(office.0).push_bind(record).push_bind(family).push_bind(fact.author.0);
                row.push_bind(fact.paper.code()).push_bind(fact.life.code()).push_bind(fact.on.to_string());
            });
            query.push(" on conflict (office, record) do update set life = excluded.life, day = excluded.day");
            query.build().execute(conn).await?;
        });
    }
    Ok(())
}

async fn put_tasks(link: &mut Link, office: OfficeId, tasks: &[Task]) -> DbResult<()> {
    for chunk in pieces(tasks) {
        with!(link, conn => {
            let mut query = QueryBuilder::<D>::new("insert into tasks (office, record, family, open, due) ");
            query.push_values(chunk, |mut row, task| {
                let (family, record) = place(task.family, task.record);
                row.push_bind(office.0).push_bind(record).push_bind(family).push_bind(task.open);
                row.push_bind(task.due.map(|day| day.to_string()));
            });
            query.push(" on conflict (office, record) do update set open = excluded.open, due = excluded.due");
            query.build().execute(conn).await?;
        });
    }
    Ok(())
}

row! {
    struct Row {
        family: Uuid,
        author: Uuid,
        day: String,
        kind: String,
        outcome: Option<String>,
        minutes: i64,
    }
}

impl Row {
    fn read(self) -> DbResult<EntryFact> {
        Ok(EntryFact {
            family: FamilyId(self.family),
            by: UserId(self.author),
            on: self.day.parse().map_err(|_| DbError::Stored("day"))?,
            kind: self.kind.parse().map_err(|()| DbError::Stored("kind"))?,
            outcome: self.outcome.map(|code| code.parse()).transpose().map_err(|()| DbError::Stored("outcome"))?,
            minutes: self.minutes,
        })
    }
}

/// Entries of a scope from one day to another, both included.
///
/// # Errors
/// When the database does not answer.
pub async fn entries(
    link: &mut Link,
    office: OfficeId,
    scope: Scope,
    days: (NaiveDate, NaiveDate),
) -> DbResult<Vec<EntryFact>> {
    let rows: Vec<Row> = with!(link, conn => {
        let mut query = QueryBuilder::<D>::new(
            "select e.family, e.author, e.day, e.kind, e.outcome, e.minutes from entries e where e.office = ",
        );
        query.push_bind(office.0).push(" and e.day between ").push_bind(days.0.to_string());
        query.push(" and ").push_bind(days.1.to_string());
        match scope {
            Scope::Office => {}
            Scope::Assistant(user) => { query.push(" and e.author = ").push_bind(user.0); }
            Scope::Worker(user) => {
                query.push(" and exists (select 1 from families f where f.office = e.office and f.id = e.family");
                query.push(" and f.worker = ").push_bind(user.0).push(")");
            }
        }
        query.build_query_as().fetch_all(conn).await?
    });
    rows.into_iter().map(Row::read).collect()
}
