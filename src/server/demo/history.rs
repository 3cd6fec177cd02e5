//! Three months of work: when whom was visited, called, accompanied (spec/domain.md 8.3).

use super::{
    book::Book,
    days::{Diary, at, back_to, is_visit_day},
    families::Family,
    people::Who,
    phrases::{
        actions::Action,
        contacts::{Call, Contact},
    },
    random::Random,
    stories::{STORIES, Story, file_of},
};
use crate::domain::{
    calendar::is_working_day,
    codes::{EntryKind, Outcome},
    ids::RecordId,
};
use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, Weekday};

/// Days that the three months cover.
pub const WINDOW: i64 = 92;
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

/// The three months while they are being planned.
pub struct Planner {
    diary: Diary,
    /// What is planned so far.
    pub(super) events: Vec<Event>,
}

impl Planner {
    /// Books an entry as near to the wish as it goes; false when the day is full.
    pub(super) fn put(
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
