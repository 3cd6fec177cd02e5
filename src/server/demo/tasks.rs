//! Which tasks were given at which visit, and what became of them (spec/domain.md 8.3).

use super::{
    book::Book,
    days::before,
    families::Family,
    history::{Event, WINDOW},
    phrases::tasks::{TASKS, Task},
    random::Random,
};
use crate::domain::{codes::TaskStatus, ids::RecordId};
use chrono::NaiveDate;

/// How tasks of the three months ended: done 62 %, partly 14 %, not 12 % of 130.
const FATES: [(TaskStatus, usize); 3] = [(TaskStatus::NotDone, 16), (TaskStatus::Partly, 18), (TaskStatus::Done, 81)];
/// Open tasks whose day has passed, by family.
const OVERDUE: &[(&str, usize)] = &[("R15", 3), ("R11", 2), ("R13", 1), ("R14", 1), ("R10", 1), ("R16", 1)];
/// Open tasks with time left, by family.
const OPEN: &[(&str, usize)] = &[("R09", 1), ("R12", 1), ("R25", 1), ("R07", 1), ("R08", 1), ("R13", 1)];
/// The model family: its tasks, and how many of them were not done at once.
const MODEL: (&str, usize) = ("R09", 10);

/// What became of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Checked at a later visit (index of the event).
    Checked(usize, TaskStatus),
    /// Open, and its day has passed.
    Overdue,
    /// Open, with time left.
    Open,
}

/// A task that was agreed on.
#[derive(Clone, Debug)]
pub struct Agreed {
    /// Its record.
    pub record: RecordId,
    /// Index of the file.
    pub file: usize,
    /// Index of the event at which it was given.
    pub given: usize,
    /// What became of it.
    pub fate: Fate,
    /// The task.
    pub phrase: &'static Task,
    /// Number within the case.
    pub no: i64,
}

/// Chooses the tasks of all families, in the order of their giving.
pub fn agree(book: &mut Book, events: &[Event]) -> Vec<Agreed> {
    let mut chosen: Vec<(usize, Fate)> = Vec::new();
    for (list, fate) in [(OVERDUE, Fate::Overdue), (OPEN, Fate::Open)] {
        for &(code, count) in list {
            chosen.extend(open_tasks(book, events, code, count, fate));
        }
    }
    chosen.extend(checked_tasks(book, events));
    chosen.extend(older_tasks(book, events));
    chosen.sort_by_key(|(given, _)| *given);
    let mut agreed: Vec<Agreed> = Vec::new();
    for (given, fate) in chosen {
        let file = events[given].file;
        let no = agreed.iter().filter(|task| task.file == file).count() as i64 + 1;
        let phrase = phrase(book, file, &agreed);
        let record = book.record(events[given].start);
        agreed.push(Agreed { record, file, given, fate, phrase, no });
    }
    agreed
}

/// Visits of a family at which tasks are given: held ones, before monitoring.
fn visits(book: &Book, events: &[Event], file: usize) -> Vec<usize> {
    let working = |event: &Event| {
        let days = (book.today - event.start.date()).num_days();
        event.file == file && event.is_held_visit() && !book.files[file].in_monitoring(days)
    };
    (0..events.len()).filter(|index| working(&events[*index])).collect()
}

/// Open tasks come from the last visits; overdue ones from those that lie long enough back.
fn open_tasks(book: &Book, events: &[Event], code: &str, count: usize, fate: Fate) -> Vec<(usize, Fate)> {
    let Some(file) = book.files.iter().position(|file| file.family.code == code) else { return Vec::new() };
    let latest = match fate {
        Fate::Overdue => before(book.today, 9),
        _ => book.today,
    };
    let mut visits = visits(book, events, file);
    visits.retain(|index| events[*index].start.date() < latest);
    let places = visits.iter().rev().cycle().take(if visits.is_empty() { 0 } else { count });
    places.map(|place| (*place, fate)).collect()
}

/// Tasks of the three months that were checked: where work is slow, more of them were not done.
fn checked_tasks(book: &mut Book, events: &[Event]) -> Vec<(usize, Fate)> {
    let start = before(book.today, WINDOW);
    let (mut model, mut others) = (Vec::new(), Vec::new());
    for file in 0..book.files.len() {
        let mut visits = visits(book, events, file);
        visits.retain(|index| events[*index].start.date() >= start);
        let pairs = (0..visits.len().saturating_sub(1)).map(|place| {
            let later = (place + 1 + book.random.below(2)).min(visits.len() - 1);
            (visits[place], visits[later])
        });
        // Some visits give two tasks.
        let pairs: Vec<_> = pairs.flat_map(|pair| [pair, pair]).collect();
        let family = book.files[file].family;
        let list = if family.code == MODEL.0 { &mut model } else { &mut others };
        list.extend(pairs.into_iter().map(|pair| (family.hard, pair)));
    }
    let total: usize = FATES.iter().map(|(_, count)| count).sum();
    let mut fates: Vec<TaskStatus> = FATES.iter().flat_map(|(status, count)| vec![*status; *count]).collect();
    book.random.shuffle(&mut model);
    model.truncate(MODEL.1);
    book.random.shuffle(&mut others);
    others.truncate(total - model.len());
    others = by_difficulty(others, &mut book.random);
    // The model family: eight of ten done, one partly, one not.
    let mut model_fates = vec![TaskStatus::Done; model.len()];
    for (place, status) in model_fates.iter_mut().zip([TaskStatus::NotDone, TaskStatus::Partly]) {
        *place = status;
    }
    for status in &model_fates {
        if let Some(place) = fates.iter().position(|fate| fate == status) {
            fates.remove(place);
        }
    }
    let all = model.into_iter().zip(model_fates).chain(others.into_iter().zip(fates));
    all.map(|((_, (given, checked)), status)| (given, Fate::Checked(checked, status))).collect()
}

type Pair = (bool, (usize, usize));

/// Where work is slow stands first, roughly.
fn by_difficulty(pairs: Vec<Pair>, random: &mut Random) -> Vec<Pair> {
    let mut keyed: Vec<(i64, Pair)> =
        pairs.into_iter().map(|pair| (random.between(0, 100) + if pair.0 { 0 } else { 45 }, pair)).collect();
    keyed.sort_by_key(|(key, (_, visits))| (*key, *visits));
    keyed.into_iter().map(|(_, pair)| pair).collect()
}

/// What was done before the three months, where the history goes further back.
fn older_tasks(book: &mut Book, events: &[Event]) -> Vec<(usize, Fate)> {
    let start = before(book.today, WINDOW);
    let mut older = Vec::new();
    for file in 0..book.files.len() {
        let mut visits = visits(book, events, file);
        visits.retain(|index| events[*index].start.date() < start);
        for (place, pair) in visits.windows(2).enumerate().filter(|(place, _)| place % 2 == 0) {
            let status = match place % 10 {
                4 => TaskStatus::Partly,
                8 => TaskStatus::NotDone,
                _ => TaskStatus::Done,
            };
            older.push((pair[0], Fate::Checked(pair[1], status)));
        }
    }
    older
}

/// A task that fits the family, mostly its goals, and was not given before.
fn phrase(book: &mut Book, file: usize, agreed: &[Agreed]) -> &'static Task {
    let family: &Family = book.files[file].family;
    let mut fitting: Vec<&'static Task> = TASKS.iter().filter(|task| family.meets(task.needs)).collect();
    let fresh: Vec<_> = fitting
        .iter()
        .copied()
        .filter(|task| !agreed.iter().any(|other| other.file == file && other.phrase.text == task.text))
        .collect();
    if !fresh.is_empty() {
        fitting = fresh;
    }
    let of_goals: Vec<_> =
        fitting.iter().copied().filter(|task| family.goals.iter().any(|(area, ..)| *area == task.area)).collect();
    if !of_goals.is_empty() && book.random.chance(70) {
        fitting = of_goals;
    }
    // The bank always has tasks that every family can do.
    fitting.get(book.random.below(fitting.len())).copied().unwrap_or(&TASKS[0])
}

/// The last day of a task that was given on a day, so that its fate is true.
pub fn due(
    given: NaiveDate,
    checked: Option<NaiveDate>,
    fate: Fate,
    today: NaiveDate,
    random: &mut Random,
) -> NaiveDate {
    match (fate, checked) {
        (Fate::Open, _) => before(today, -random.between(3, 12)),
        (Fate::Overdue, _) => before(today, random.between(1, 4)).max(given),
        (Fate::Checked(..), Some(checked)) => checked.max(given),
        (Fate::Checked(..), None) => given,
    }
}
