//! Three months of work: when whom was visited, called, accompanied (spec/domain.md 8.3).

use super::{
    book::Book,
    days::{Diary, at, back_to, is_visit_day},
    families::{Family, Milestone},
    people::Who,
    phrases::{
        actions::Action,
        contacts::{CALLS, Call, Contact, INSTITUTIONS, MONITORING_CALLS},
    },
    random::Random,
    stories::{STORIES, Story, file_of},
};
use crate::domain::{
    calendar::is_working_day,
    codes::{EntryKind, Outcome, StatutoryTask},
    ids::RecordId,
};
use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, Weekday};

/// Days that the three months cover.
pub const WINDOW: i64 = 92;
/// Telephone calls with families in that time.
const PHONE_CALLS: usize = 90;
/// Visits to institutions together with the family.
pub const ACCOMPANIED: usize = 14;

/// What an entry is about.
#[derive(Clone, Copy, Debug)]
pub enum Matter {
    /// A visit like most.
    Routine,
    /// A visit that did not take place.
    Missed(Outcome),
    /// An entry that the story has.
    Story(&'static Story),
    /// A call.
    Call(&'static Call),
    /// A call that arranges the first meeting.
    Arranging,
    /// A contact with an institution.
    Contact(&'static Contact),
    /// The way to an institution, together.
    Accompanied(&'static Errand),
    /// A parent's time with a child in care.
    WithChild(&'static str),
}

/// One entry of the work card to be.
#[derive(Clone, Debug)]
pub struct Event {
    /// Index of the file.
    pub file: usize,
    /// Who made it.
    pub who: Who,
    /// Its record.
    pub record: RecordId,
    /// Kind.
    pub kind: EntryKind,
    /// Start, on the wall clock.
    pub start: NaiveDateTime,
    /// Length.
    pub minutes: i64,
    /// What it is about.
    pub matter: Matter,
}

impl Event {
    /// A visit at the family's that took place.
    pub fn is_held_visit(&self) -> bool {
        self.kind == EntryKind::Visit && !matches!(self.matter, Matter::Missed(_))
    }
}

/// An errand done together: institution, person, what for.
#[derive(Debug)]
pub struct Errand {
    /// Codes of the families that may have it.
    pub families: &'static [&'static str],
    /// The institution and the person there.
    pub institution: (&'static str, &'static str),
    /// What was done, as a phrase of the bank.
    pub action: Action,
    /// Is it in the district town?
    pub far: bool,
}

/// Everything that happened, in order of time.
pub fn events(book: &mut Book) -> Vec<Event> {
    let mut plan = Planner { diary: Diary::default(), events: Vec::new() };
    plan.stories(book);
    plan.visits(book);
    plan.accompanied(book);
    plan.contacts_with_children(book);
    plan.institutions(book);
    plan.calls(book);
    plan.events.sort_by_key(|event| (event.start, event.file));
    plan.events
}

/// Which families an institution has to do with, and how many contacts it gets (8.3: school 30 %,
/// court and probation 15 %, PCPR 12 %, health 15 %, OPS 18 %, others 10 % of 110; the stories of
/// Za życiem bring one more for health and one for OPS).
const QUOTAS: &[(&str, usize, &[&str])] = &[
    ("SCHOOL", 33, &["R09", "R11", "R13", "R14", "R15", "R16", "R17", "R18", "R19", "R20", "R22", "R23", "R07", "R08"]),
    ("COURT", 7, &["R11", "R22", "R10", "R13"]),
    ("PROBATION", 10, &["R11"]),
    ("PCPR", 13, &["R10", "R11"]),
    ("CLINIC", 7, &["R07", "R08", "R09", "R12", "R14", "R16", "R23"]),
    ("MIDWIFE", 4, &["R12"]),
    ("MENTAL_HEALTH", 3, &["R10", "R13", "R08"]),
    ("ADDICTION", 2, &["R11"]),
    ("OPS_WORKER", 13, &["R07", "R08", "R09", "R10", "R11", "R12", "R13", "R14", "R15", "R16", "R18", "R20", "R22"]),
    ("OPS_BENEFITS", 6, &["R07", "R09", "R12", "R14", "R15", "R16", "R23"]),
    ("JOB_OFFICE", 3, &["R09", "R14", "R08"]),
    ("MUNICIPALITY", 2, &["R10", "R23"]),
    ("NGO", 2, &["R09", "R11"]),
    ("POLICE", 1, &["R13"]),
    ("DV_TEAM", 2, &["R13"]),
];

struct Planner {
    diary: Diary,
    events: Vec<Event>,
}

impl Planner {
    /// Books an entry as near to the wish as it goes; false when the day is full.
    fn put(
        &mut self,
        book: &mut Book,
        (file, who): (usize, Who),
        kind: EntryKind,
        (day, wish, minutes): (NaiveDate, i64, i64),
        matter: Matter,
    ) -> bool {
        let hours = match kind {
            EntryKind::Institution | EntryKind::Accompany => (8 * 60, 15 * 60 + 30),
            EntryKind::PhoneFamily => (8 * 60 + 30, 18 * 60),
            EntryKind::Visit => Diary::visiting_hours(who, day),
            _ => (8 * 60, 19 * 60 + 30),
        };
        let Some(start) = self.diary.book((who, day), wish, minutes, hours) else { return false };
        let start = at(day, start);
        let record = book.record(start);
        self.events.push(Event { file, who, record, kind, start, minutes, matter });
        true
    }

    fn stories(&mut self, book: &mut Book) {
        for story in STORIES {
            let Some(file) = file_of(story) else { continue };
            let Some(who) = book.files[file].family.assistant else { continue };
            // The intervention came when it came; everything else on working days.
            let mut day = back_to(book.day(story.days), is_working_day);
            while !self.put(book, (file, who), story.kind, (day, story.hour * 60, story.minutes), Matter::Story(story))
            {
                day = back_to(day - Days::new(1), is_working_day);
            }
        }
    }

    fn visits(&mut self, book: &mut Book) {
        for file in 0..book.files.len() {
            let family = book.files[file].family;
            let Some(who) = family.assistant else { continue };
            let mut days = self.rhythm_days(book, family);
            days.retain(|day| !self.visited_on(file, *day));
            let fates = fates(family, days.len(), &mut book.random);
            for (day, fate) in days.into_iter().zip(fates) {
                self.visit(book, (file, who), day, fate);
            }
            self.silence(book, file, who);
        }
    }

    fn visited_on(&self, file: usize, day: NaiveDate) -> bool {
        self.events
            .iter()
            .any(|event| event.file == file && event.kind == EntryKind::Visit && event.start.date() == day)
    }

    /// Days of visits, the earliest first: from the end of each rhythm backwards, so that the last
    /// one lies where the story wants it.
    fn rhythm_days(&self, book: &mut Book, family: &Family) -> Vec<NaiveDate> {
        let mut days: Vec<NaiveDate> = Vec::new();
        for &(from, to, per_month) in family.rhythms.iter().rev() {
            for step in 0.. {
                let jitter = if step == 0 { 0 } else { book.random.between(0, 1) };
                let back = to + step * 28 / per_month + jitter;
                if back > from {
                    break;
                }
                let saturday = step == 0 || book.random.chance(30);
                let will_do = |day: NaiveDate| is_visit_day(day) && (saturday || day.weekday() != Weekday::Sat);
                let mut day = back_to(book.day(back), will_do);
                while days.last().is_some_and(|later| day >= *later) {
                    day = back_to(day - Days::new(1), will_do);
                }
                days.push(day);
            }
        }
        days.reverse();
        days
    }

    fn visit(&mut self, book: &mut Book, (file, who): (usize, Who), day: NaiveDate, fate: Option<Outcome>) {
        let family = book.files[file].family;
        let days = (book.today - day).num_days();
        let minutes = match (fate, book.files[file].in_monitoring(days), book.files[file].has_plan(days)) {
            (Some(_), ..) => 10,
            (None, true, _) => 35 + 5 * book.random.between(0, 5),
            (None, _, true) => 45 + 5 * book.random.between(0, 10),
            (None, _, false) => 60 + 5 * book.random.between(0, 10),
        };
        let morning = day.weekday() == Weekday::Sat;
        let hour = if morning { 10 } else { i64::from(family.hour) };
        let wish = hour * 60 + 5 * book.random.between(-6, 8);
        let matter = fate.map_or(Matter::Routine, Matter::Missed);
        // A full day gives way to the day before it.
        let mut day = day;
        while !self.put(book, (file, who), EntryKind::Visit, (day, wish, minutes), matter) {
            day = back_to(day - Days::new(1), |day| is_working_day(day) && !self.visited_on(file, day));
        }
    }

    /// Visits that were tried in vain, one after another.
    fn silence(&mut self, book: &mut Book, file: usize, who: Who) {
        let family = book.files[file].family;
        let Some((from, to)) = family.silence else { return };
        let days: Vec<_> = (to..=from).rev().map(|back| book.day(back)).filter(|day| is_visit_day(*day)).collect();
        for (index, outcome) in family.missed.iter().enumerate() {
            let Some(day) = days.get(index * days.len() / family.missed.len()) else { continue };
            self.visit(book, (file, who), *day, Some(*outcome));
        }
    }

    fn accompanied(&mut self, book: &mut Book) {
        let mut wanted = ACCOMPANIED;
        for round in 0.. {
            let errands = super::errands::ERRANDS;
            let errand = &errands[round % errands.len()];
            let code = errand.families[round / errands.len() % errand.families.len()];
            let Some((file, who, day)) = self.some_day(book, code, true) else { continue };
            let minutes = 60 + 10 * book.random.between(0, 6);
            let wish = 60 * book.random.between(9, 12);
            let booked =
                self.put(book, (file, who), EntryKind::Accompany, (day, wish, minutes), Matter::Accompanied(errand));
            wanted -= usize::from(booked);
            if wanted == 0 {
                return;
            }
        }
    }

    fn contacts_with_children(&mut self, book: &mut Book) {
        const PLACES: &[(&str, &str, i64)] =
            &[("R10", "mieszkanie babci", 8), ("R11", "placówka opiekuńczo-wychowawcza", 4)];
        for &(code, place, count) in PLACES {
            for step in 0..count {
                let Some(file) = index_of(book, code) else { continue };
                let Some(who) = book.files[file].family.assistant else { continue };
                let day = back_to(book.day(6 + step * 84 / count), is_visit_day);
                let wish = 60 * 15 + 15 * book.random.between(0, 4);
                let minutes = 60 + 15 * book.random.between(0, 2);
                let matter = Matter::WithChild(place);
                self.put(book, (file, who), EntryKind::ContactSupervised, (day, wish, minutes), matter);
            }
        }
    }

    fn institutions(&mut self, book: &mut Book) {
        for &(institution, quota, codes) in QUOTAS {
            let bank: Vec<_> = INSTITUTIONS.iter().filter(|contact| contact.institution == institution).collect();
            let mut left = quota;
            let shift = book.random.below(bank.len());
            while left > 0 {
                let contact = bank[(shift + left) % bank.len()];
                // Both turn, at different speeds: each family meets the whole bank.
                let code = codes[(left + left / bank.len()) % codes.len()];
                let Some((file, who, day)) = self.some_day(book, code, false) else { continue };
                let wish = 8 * 60 + 15 * book.random.between(0, 26);
                let minutes = 10 + 5 * book.random.between(0, 4);
                let booked =
                    self.put(book, (file, who), EntryKind::Institution, (day, wish, minutes), Matter::Contact(contact));
                left -= usize::from(booked);
            }
        }
    }

    fn calls(&mut self, book: &mut Book) {
        let mut left = PHONE_CALLS - self.arranging_calls(book);
        let met = |family: &Family| first_met(family).is_some_and(|days| days > family.assisted_until() + 2);
        let called: Vec<usize> = (0..book.files.len()).filter(|file| met(book.files[*file].family)).collect();
        let mut round = 0;
        while left > 0 {
            let file = called[round % called.len()];
            round += 1;
            let code = book.files[file].family.code;
            let Some((file, who, day)) = self.some_day(book, code, true) else { continue };
            let days = (book.today - day).num_days();
            let bank = if book.files[file].in_monitoring(days) { MONITORING_CALLS } else { CALLS };
            let fitting: Vec<_> = bank.iter().filter(|call| suits(call, book.files[file].family)).collect();
            let Some(call) = fitting.get((round / called.len() + round) % fitting.len().max(1)) else { continue };
            let wish = 9 * 60 + 10 * book.random.between(0, 50);
            let minutes = book.random.between(5, 15);
            let booked = self.put(book, (file, who), EntryKind::PhoneFamily, (day, wish, minutes), Matter::Call(call));
            left -= usize::from(booked);
        }
    }

    /// Families that have not been met yet were called about the first meeting.
    fn arranging_calls(&mut self, book: &mut Book) -> usize {
        let mut count = 0;
        for file in 0..book.files.len() {
            let family = book.files[file].family;
            let (Some(who), Some(_), true) = (family.assistant, family.next, family.rhythms.is_empty()) else {
                continue;
            };
            if self.events.iter().any(|event| event.file == file) {
                continue;
            }
            let allocated = family.since(Milestone::Allocated).map(|days| book.office_day(days));
            let last = back_to(book.day(1), is_working_day);
            // A court's order does not wait for a working day.
            let day = if allocated.is_some_and(|allocated| last < allocated) { book.day(1) } else { last };
            count +=
                usize::from(self.put(book, (file, who), EntryKind::PhoneFamily, (day, 15 * 60, 10), Matter::Arranging));
        }
        count
    }

    /// Some working day within the three months on which the family had its assistant; for what is
    /// done together, one on which the family could be reached.
    fn some_day(&self, book: &mut Book, code: &str, together: bool) -> Option<(usize, Who, NaiveDate)> {
        let file = index_of(book, code)?;
        let family = book.files[file].family;
        let first = first_met(family)?;
        let silent = family.silence.filter(|_| together).map_or(0, |(from, _)| from);
        let last = family.assisted_until().max(1).max(silent);
        let back = book.random.between(last + 1, first.min(WINDOW) - 1);
        let day = book.day(back);
        is_working_day(day).then_some((file, family.assistant?, day))
    }
}

/// Calls are about what the work is about; terms, papers and worries come up everywhere.
fn suits(call: &Call, family: &Family) -> bool {
    use StatutoryTask::{FamilyPlan, Monitoring, Psychological, SocialProblems};
    let everywhere = matches!(call.code, FamilyPlan | Monitoring | Psychological | SocialProblems);
    family.meets(call.needs) && (everywhere || family.codes.contains(&call.code))
}

/// Days since the family agreed to work together.
fn first_met(family: &Family) -> Option<i64> {
    family.since(Milestone::Consent).or_else(|| family.since(Milestone::ZzCatalogue))
}

fn index_of(book: &Book, code: &str) -> Option<usize> {
    book.files.iter().position(|file| file.family.code == code)
}

/// Which of a family's visits did not take place: never the first nor the last, so that the story
/// of the last one stays true.
fn fates(family: &Family, visits: usize, random: &mut Random) -> Vec<Option<Outcome>> {
    let mut fates = vec![None; visits];
    if family.silence.is_some() || visits < 3 {
        return fates;
    }
    let mut places: Vec<usize> = (1..visits - 1).collect();
    random.shuffle(&mut places);
    for (place, outcome) in places.into_iter().zip(family.missed) {
        fates[place] = Some(*outcome);
    }
    fates
}
