//! The generator's desk: the day, chance, the staff, the files of the families, and the ledger.

use super::{
    days::{before, office_day, utc},
    families::{Family, Milestone},
    ledger::{Ledger, Writing},
    people::{Staff, Who},
    random::Random,
    roster::FAMILIES,
};
use crate::domain::{
    codes::Area,
    documents::RecordKind,
    form::Answers,
    ids::{FamilyId, RecordId},
};
use chrono::{Duration, NaiveDate, NaiveDateTime};

/// The file of one family: its story and its ids.
#[derive(Clone, Debug)]
pub struct File {
    /// The story.
    pub family: &'static Family,
    /// The family.
    pub id: FamilyId,
    /// Its card.
    pub card: RecordId,
    /// Its case.
    pub case: RecordId,
    /// The first version of its plan.
    pub plan: RecordId,
    /// Row ids of the members, in the order of the story.
    pub members: Vec<String>,
    /// Goals of the plan: area and row id.
    pub goals: Vec<(Area, String)>,
}

/// Everything that the generator writes with.
pub struct Book {
    /// The day of the demonstration.
    pub today: NaiveDate,
    /// Chance.
    pub random: Random,
    /// The staff.
    pub staff: Staff,
    /// The files, in the order of the roster.
    pub files: Vec<File>,
    /// What was written.
    pub ledger: Ledger,
}

/// A thing that is written: whose hand, when, into which record.
pub struct Page {
    /// Who writes.
    pub who: Who,
    /// When, on the wall clock.
    pub at: NaiveDateTime,
    /// Hours until the office received it; 0 with a network.
    pub offline_hours: i64,
    /// Index of the file.
    pub file: usize,
    /// Kind of record.
    pub kind: RecordKind,
    /// The record.
    pub record: RecordId,
}

impl Book {
    /// Opens a file for every family.
    pub fn open(today: NaiveDate, mut random: Random, staff: Staff) -> Self {
        let files = FAMILIES.iter().map(|family| file(family, today, &mut random)).collect();
        Self { today, random, staff, files, ledger: Ledger::default() }
    }

    /// The day so many days before the demonstration.
    pub fn day(&self, days: i64) -> NaiveDate {
        before(self.today, days)
    }

    /// The day on which the office wrote down what happened so many days ago.
    pub fn office_day(&self, days: i64) -> NaiveDate {
        office_day(self.day(days), self.today)
    }

    /// A fresh id of a moment.
    pub fn record(&mut self, at: NaiveDateTime) -> RecordId {
        RecordId(self.random.id(utc(at)))
    }

    /// Writes cells; the office receives them after some seconds, or hours later.
    pub fn write(&mut self, page: Page, cells: Answers) {
        self.ledger.add(self.writing(page, cells, false));
    }

    /// Writes cells on a device that has not seen the record's last version.
    pub fn write_beside(&mut self, page: Page, cells: Answers) {
        self.ledger.add(self.writing(page, cells, true));
    }

    fn writing(&self, page: Page, cells: Answers, beside: bool) -> Writing {
        let at = utc(page.at);
        let received = at + Duration::hours(page.offline_hours) + Duration::seconds(4);
        let author = self.staff.id(page.who);
        let family = self.files[page.file].id;
        Writing { received, at, author, kind: page.kind, family, record: page.record, cells, beside }
    }
}

fn file(family: &'static Family, today: NaiveDate, random: &mut Random) -> File {
    let first = family.milestones.first().map_or(0, |(_, days)| *days);
    let opened = utc(super::days::at(before(today, first), 8 * 60));
    File {
        family,
        id: FamilyId(random.id(opened)),
        card: RecordId(random.id(opened)),
        case: RecordId(random.id(opened)),
        plan: RecordId(random.id(opened)),
        members: family.members.iter().map(|_| random.id(opened).to_string()).collect(),
        goals: family.goals.iter().map(|(area, ..)| (*area, random.id(opened).to_string())).collect(),
    }
}

impl File {
    /// Was the family already in monitoring so many days ago?
    pub fn in_monitoring(&self, days: i64) -> bool {
        self.family.since(Milestone::Monitoring).is_some_and(|since| days <= since)
    }

    /// Did the plan already run so many days ago?
    pub fn has_plan(&self, days: i64) -> bool {
        self.family.since(Milestone::Plan).is_some_and(|since| days <= since)
    }
}
