//! The figures of the desk and of the phone's first page, from the same facts by the same rules.

use super::{
    codes::{EntryKind, Outcome, TaskStatus},
    deadlines::{Alarm, Code, Deadline, Settings, Term, terms_of_family},
    documents::{
        case_card::{self, Case, Stage},
        family_card,
        family_task::FamilyTask,
        visit_card::VisitCard,
    },
    ids::{FamilyId, RecordId, UserId},
    order::sort_by_key,
    record::Record,
};
use crate::domain::calendar::week_start;
use crate::domain::documents::RecordKind;
use chrono::{Days, NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// From when on a family is "silent": days without a held visit (D11, spec/domain.md 2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Silence {
    /// More days than these are silence.
    pub after: i64,
}

impl Silence {
    /// As the office has set it.
    pub fn of(settings: &Settings) -> Self {
        match settings.term(Code::D11) {
            Term::Days(days) => Self { after: days.into() },
            // `Settings::check` lets no other unit in.
            _ => Self { after: 7 },
        }
    }

    /// Are so many days silence?
    pub fn is_silent(self, days: i64) -> bool {
        days > self.after
    }

    /// Is it serious? After twice as many (I).
    pub fn is_serious(self, days: i64) -> bool {
        days > 2 * self.after
    }
}

impl Default for Silence {
    fn default() -> Self {
        Self::of(&Settings::default())
    }
}

/// One family at a glance: what lists, search and figures need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FamilyLine {
    /// The family.
    pub family: FamilyId,
    /// Its code ("R11").
    pub code: String,
    /// Its surname.
    pub surname: String,
    /// Town or village.
    pub locality: String,
    /// Stage of its current case.
    pub stage: Stage,
    /// Its assistant.
    pub assistant: Option<UserId>,
    /// Its social worker.
    pub worker: Option<UserId>,
    /// Flags of the case (codes of [`case_card::CaseFlag`]).
    pub flags: Vec<String>,
    /// Adults and children in the family.
    pub adults: u32,
    /// Children (also in care).
    pub children: u32,
    /// Since when the family has been expecting visits: consent, or allocation.
    pub since: Option<NaiveDate>,
    /// Day of the last held visit.
    pub last_visit: Option<NaiveDate>,
    /// Planned next visit, local time.
    pub next_visit: Option<NaiveDateTime>,
    /// Open family tasks.
    pub open_tasks: u32,
    /// Those past their day.
    pub overdue_tasks: u32,
}

impl FamilyLine {
    /// Days without a held visit, where weekly visits are expected (D11).
    pub fn silent_days(&self, today: NaiveDate) -> Option<i64> {
        let since = self.last_visit.or(self.since)?;
        self.stage.expects_visits().then(|| (today - since).num_days())
    }
}

/// Builds a family's line from its records; `None` until family card and case are both there.
pub fn family_line<'a>(records: impl IntoIterator<Item = &'a Record>, today: NaiveDate) -> Option<FamilyLine> {
    let mut card = None;
    let mut case: Option<&Record> = None;
    let mut last_visit: Option<NaiveDate> = None;
    let mut plan: Option<(NaiveDate, RecordId, Option<NaiveDateTime>)> = None;
    let (mut open_tasks, mut overdue_tasks) = (0, 0);
    for record in records {
        match record.kind {
            RecordKind::Family => card = Some(record),
            RecordKind::Case => {
                if case.is_none_or(|other| other.id < record.id) {
                    case = Some(record);
                }
            }
            RecordKind::Paper => {}
            RecordKind::Visit => {
                let Some(visit) = VisitCard::read(&record.answers) else { continue };
                if visit.is_held_visit() {
                    last_visit = last_visit.max(Some(visit.date));
                }
                // The latest entry that says something about the next visit, or is a visit itself, decides.
                let says = visit.next_visit.is_some() || visit.kind == EntryKind::Visit;
                if says && plan.is_none_or(|(date, id, _)| (date, id) < (visit.date, record.id)) {
                    plan = Some((visit.date, record.id, visit.next_visit));
                }
            }
            RecordKind::Task => {
                let Some(task) = FamilyTask::read(&record.answers) else { continue };
                open_tasks += u32::from(!task.status.is_closed());
                overdue_tasks += u32::from(task.is_overdue(today));
            }
        }
    }
    let (card, case) = (card?, case?);
    let facts = Case::read(&case.answers)?;
    let members = family_card::members(&card.answers);
    let children = members.iter().filter(|member| member.is_child()).count() as u32;
    Some(FamilyLine {
        family: card.family,
        code: card.answers.text(family_card::CODE).to_owned(),
        surname: card.answers.text(family_card::SURNAME).to_owned(),
        locality: card.answers.text(family_card::LOCALITY).to_owned(),
        stage: facts.stage,
        assistant: facts.assistant,
        worker: facts.worker,
        flags: case.answers.get(case_card::FLAGS).unwrap_or_default().into_iter().collect(),
        adults: members.len() as u32 - children,
        children,
        since: case.answers.get(case_card::CONSENT_ON).or_else(|| case.answers.get(case_card::ALLOCATED_ON)),
        last_visit,
        next_visit: plan.and_then(|(_, _, next)| next),
        open_tasks,
        overdue_tasks,
    })
}

/// One entry as figures count it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryFact {
    /// The family.
    pub family: FamilyId,
    /// Who made the entry.
    pub by: UserId,
    /// Day of the entry.
    pub on: NaiveDate,
    /// Kind of entry.
    pub kind: EntryKind,
    /// Result, for visits.
    pub outcome: Option<Outcome>,
    /// Length in minutes.
    pub minutes: i64,
}

/// One phone as the office last heard from it (P13).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneFact {
    /// Whose phone.
    pub user: UserId,
    /// When it last came through, milliseconds since 1970.
    pub last_seen_ms: i64,
    /// Unsent changes as it last reported.
    pub waiting: u32,
}

/// Families of one assistant against the cap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Load {
    /// The assistant.
    pub assistant: UserId,
    /// Families that count to the cap.
    pub active: usize,
    /// Families in monitoring, which do not.
    pub monitoring: usize,
}

/// Visits held and missed on one day or in one week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldMissed {
    /// Visits that took place.
    pub held: u32,
    /// Visits that were tried and did not.
    pub missed: u32,
}

/// Today's figures of an office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// Families by stage, in the order of the procedure, stages without families left out.
    pub by_stage: Vec<(Stage, usize)>,
    /// Load of each assistant, the most loaded first.
    pub load: Vec<Load>,
    /// Visits of this week, Monday to Sunday, by day.
    pub week: Vec<(NaiveDate, HeldMissed)>,
    /// Families without a held visit for more than 7 days, the most silent first: family and days.
    pub silent: Vec<(FamilyId, i64)>,
    /// Open and overdue family tasks.
    pub open_tasks: u32,
    /// Those past their day.
    pub overdue_tasks: u32,
}

/// Computes today's figures. `assistants` are all who may have families, also those without one.
pub fn overview(
    families: &[FamilyLine],
    entries: &[EntryFact],
    assistants: &[UserId],
    silence: Silence,
    today: NaiveDate,
) -> Overview {
    Overview {
        by_stage: by_stage(families),
        load: load(families, assistants),
        week: week(entries, today),
        silent: silent(families, silence, today),
        open_tasks: families.iter().map(|family| family.open_tasks).sum(),
        overdue_tasks: families.iter().map(|family| family.overdue_tasks).sum(),
    }
}

fn by_stage(families: &[FamilyLine]) -> Vec<(Stage, usize)> {
    let mut counts: BTreeMap<Stage, usize> = BTreeMap::new();
    for family in families {
        *counts.entry(family.stage).or_default() += 1;
    }
    counts.into_iter().collect()
}

fn load(families: &[FamilyLine], assistants: &[UserId]) -> Vec<Load> {
    let count = |assistant: UserId, counts: fn(Stage) -> bool| {
        families.iter().filter(|family| family.assistant == Some(assistant) && counts(family.stage)).count()
    };
    let mut load: Vec<Load> = assistants
        .iter()
        .map(|&assistant| Load {
            assistant,
            active: count(assistant, Stage::counts_to_cap),
            monitoring: count(assistant, Stage::is_monitoring),
        })
        .collect();
    sort_by_key(&mut load, |load| std::cmp::Reverse((load.active, load.monitoring)));
    load
}

fn week(entries: &[EntryFact], today: NaiveDate) -> Vec<(NaiveDate, HeldMissed)> {
    let monday = week_start(today);
    (0..7)
        .map(|step| {
            let day = monday + Days::new(step);
            let mut count = HeldMissed::default();
            for entry in entries.iter().filter(|entry| entry.on == day && entry.kind == EntryKind::Visit) {
                match entry.outcome {
                    Some(Outcome::Held) => count.held += 1,
                    _ => count.missed += 1,
                }
            }
            (day, count)
        })
        .collect()
}

fn silent(families: &[FamilyLine], silence: Silence, today: NaiveDate) -> Vec<(FamilyId, i64)> {
    let mut silent: Vec<_> = families
        .iter()
        .filter_map(|family| Some((family.family, family.silent_days(today)?)))
        .filter(|(_, days)| silence.is_silent(*days))
        .collect();
    sort_by_key(&mut silent, |(_, days)| std::cmp::Reverse(*days));
    silent
}

/// Terms of an office that are near or past.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallingTerms {
    /// The loudest, with their families.
    pub shown: Vec<(FamilyId, Deadline)>,
    /// All that call, also those that are not shown.
    pub all: usize,
    /// Those that are past their day and red.
    pub red: usize,
}

/// Most terms on one page.
const TERMS_SHOWN: usize = 40;

/// Terms that the case cards alone tell. Those that hang on single entries are told in the family's file, and
/// silence has figures of its own.
const TOLD_BY_ENTRIES: &[Code] = &[Code::D06, Code::D10, Code::D11, Code::D11M];

/// The terms that a case card alone tells.
pub fn terms_of_case(case: &Record, settings: &Settings, today: NaiveDate) -> Vec<Deadline> {
    let mut terms = terms_of_family([case], settings, today);
    terms.retain(|term| !TOLD_BY_ENTRIES.contains(&term.code));
    terms
}

/// The terms of these cases that are near or past, the loudest first.
pub fn calling_terms(cases: &[Record], settings: &Settings, today: NaiveDate) -> CallingTerms {
    let mut calling: Vec<(FamilyId, Deadline)> = cases
        .iter()
        .flat_map(|case| terms_of_case(case, settings, today).into_iter().map(|term| (case.family, term)))
        .filter(|(_, term)| term.alarm > Alarm::None)
        .collect();
    sort_by_key(&mut calling, |(_, term)| (std::cmp::Reverse(term.alarm), term.due, term.code));
    let red = calling.iter().filter(|(_, term)| term.alarm == Alarm::Red).count();
    let all = calling.len();
    calling.truncate(TERMS_SHOWN);
    CallingTerms { shown: calling, all, red }
}

/// Share of done among checked tasks, in percent; `None` without a checked one.
pub fn done_percent(statuses: impl IntoIterator<Item = TaskStatus>) -> Option<u32> {
    let (mut done, mut checked) = (0, 0);
    for status in statuses {
        checked += u32::from(matches!(status, TaskStatus::Done | TaskStatus::Partly | TaskStatus::NotDone));
        done += u32::from(status == TaskStatus::Done);
    }
    (checked > 0).then(|| (done * 100 + checked / 2) / checked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        form::Answers,
        testing::{day, record},
    };
    use uuid::Uuid;

    fn family(n: u128, stage: Stage, assistant: u128, last: &str) -> FamilyLine {
        FamilyLine {
            family: FamilyId(Uuid::from_u128(n)),
            code: format!("R{n:02}"),
            surname: "Próbna".into(),
            locality: "Przykładowo".into(),
            stage,
            assistant: Some(UserId(Uuid::from_u128(assistant))),
            worker: None,
            flags: vec![],
            adults: 1,
            children: 2,
            since: Some(day("2026-10-01")),
            last_visit: (!last.is_empty()).then(|| day(last)),
            next_visit: None,
            open_tasks: 2,
            overdue_tasks: 1,
        }
    }

    /// Two assistants; three families at work, one in monitoring, one closed.
    /// Today is Sunday 22 November: 7 days back is the 15th, so only a visit before that is silence.
    #[test]
    fn a_small_office_by_hand() {
        let families = [
            family(1, Stage::Cooperation, 1, "2026-11-15"),
            family(2, Stage::Cooperation, 1, "2026-11-14"),
            family(3, Stage::Diagnosis, 1, ""),
            family(4, Stage::Monitoring, 2, "2026-10-01"),
            family(5, Stage::Closed, 2, "2026-09-01"),
        ];
        let entry = |on: &str, outcome| EntryFact {
            family: families[0].family,
            by: UserId(Uuid::from_u128(1)),
            on: day(on),
            kind: EntryKind::Visit,
            outcome: Some(outcome),
            minutes: 50,
        };
        let entries = [
            entry("2026-11-16", Outcome::Held),
            entry("2026-11-16", Outcome::NobodyHome),
            entry("2026-11-22", Outcome::Held),
            entry("2026-11-15", Outcome::Held),
        ];
        let people = [1u128, 2, 3].map(|n| UserId(Uuid::from_u128(n)));
        let figures = overview(&families, &entries, &people, Silence::default(), day("2026-11-22"));
        assert_eq!(
            figures.by_stage,
            [(Stage::Diagnosis, 1), (Stage::Cooperation, 2), (Stage::Monitoring, 1), (Stage::Closed, 1)]
        );
        let load: Vec<_> = figures.load.iter().map(|load| (load.active, load.monitoring)).collect();
        assert_eq!(load, [(3, 0), (0, 1), (0, 0)]);
        assert_eq!(figures.week[0].1, HeldMissed { held: 1, missed: 1 });
        assert_eq!(figures.week[6].1, HeldMissed { held: 1, missed: 0 });
        assert_eq!(figures.silent, [(families[2].family, 52), (families[1].family, 8)]);
        assert_eq!((figures.open_tasks, figures.overdue_tasks), (10, 5));
        let patient = overview(&families, &entries, &people, Silence { after: 8 }, day("2026-11-22"));
        assert_eq!(patient.silent, [(families[2].family, 52)]);
    }

    #[test]
    fn the_loudest_terms_come_first_and_all_are_counted() {
        let case = |n: u128, assessed: &str| {
            let answers = Answers::default()
                .with(case_card::STAGE, Stage::Cooperation)
                .with(case_card::PLAN_FROM, day("2026-01-12"))
                .with(case_card::ASSESSED_ON, day(assessed));
            Record { family: FamilyId(Uuid::from_u128(n)), ..record(n, RecordKind::Case, answers) }
        };
        // Six months from the last assessment: near, long past, far away.
        let cases = [case(1, "2026-06-01"), case(2, "2026-04-01"), case(3, "2026-11-01")];
        let terms = calling_terms(&cases, &Settings::default(), day("2026-11-22"));
        let found: Vec<_> =
            terms.shown.iter().map(|(family, term)| (family.0.as_u128(), term.code, term.alarm)).collect();
        assert_eq!(found, [(2, Code::D05, Alarm::Red), (1, Code::D05, Alarm::Amber)]);
        assert_eq!((terms.all, terms.red), (2, 1));
        let many: Vec<Record> = (1..=100).map(|n| case(n, "2026-04-01")).collect();
        let terms = calling_terms(&many, &Settings::default(), day("2026-11-22"));
        assert_eq!((terms.shown.len(), terms.all, terms.red), (TERMS_SHOWN, 100, 100));
    }

    #[test]
    fn shares_of_done_tasks() {
        use TaskStatus::*;
        assert_eq!(done_percent([Done, Done, NotDone, Set]), Some(67));
        assert_eq!(done_percent([Set, Obsolete]), None);
    }
}
