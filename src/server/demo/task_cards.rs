//! Family tasks (zał. 9) as the cards give and check them, and the two conflicts between devices.

use super::{
    book::{Book, Page},
    days::{at, before},
    history::Event,
    tasks::{Agreed, Fate, due},
};
use crate::domain::{
    codes::*,
    documents::{RecordKind, family_task::*},
    form::Answers,
};
use std::collections::BTreeSet;

/// What an entry writes into a task: its making, its check, or nothing.
pub fn cells(book: &mut Book, events: &[Event], task: &Agreed, index: usize) -> Option<Answers> {
    match task.fate {
        _ if task.given == index => Some(given(book, events, task)),
        Fate::Checked(at, status) if at == index => Some(checked(book, events, task, index, status)),
        _ => None,
    }
}

fn given(book: &mut Book, events: &[Event], task: &Agreed) -> Answers {
    let event = &events[task.given];
    let day = event.start.date();
    let mut cells = Answers::default()
        .with(NO, task.no)
        .with(GIVEN_ON, day)
        .with(VISIT, event.record.to_string())
        .with(TASK, task.phrase.text.to_owned())
        .with(AREA, task.phrase.area)
        .with(HELP, help(book))
        .with(STATUS, TaskStatus::Set);
    who(book, task, &mut cells);
    let goals: BTreeSet<String> = book.files[task.file]
        .goals
        .iter()
        .filter(|(area, _)| *area == task.phrase.area && book.files[task.file].has_plan((book.today - day).num_days()))
        .map(|(_, row)| row.clone())
        .collect();
    if !goals.is_empty() {
        cells.put(GOAL, goals);
    }
    term(book, events, task, &mut cells);
    cells
}

fn help(book: &mut Book) -> Help {
    match book.random.below(10) {
        0..=3 => Help::Alone,
        4..=6 => Help::Reminder,
        7 | 8 => Help::Together,
        _ => Help::Accompanied,
    }
}

/// Mostly one adult, sometimes both, now and then the assistant too.
fn who(book: &mut Book, task: &Agreed, cells: &mut Answers) {
    let file = &book.files[task.file];
    let adults: Vec<String> = file.family.partners().map(|(place, _)| file.members[place].clone()).collect();
    let both = book.random.chance(25);
    let one = book.random.below(adults.len());
    let doers: BTreeSet<String> =
        adults.into_iter().enumerate().filter(|(place, _)| both || *place == one).map(|(_, row)| row).collect();
    cells.put(WHO, doers);
    if book.random.chance(6) {
        cells.put(BY_ASSISTANT, true);
    }
}

fn term(book: &mut Book, events: &[Event], task: &Agreed, cells: &mut Answers) {
    let dated = !matches!(task.fate, Fate::Checked(..)) || book.random.chance(45);
    let daily = ["codzienn", "dziennie", "co wieczór", "wieczorem"].iter().any(|word| task.phrase.text.contains(word));
    if dated {
        let checked = match task.fate {
            Fate::Checked(at, _) => Some(events[at].start.date()),
            Fate::Overdue | Fate::Open => None,
        };
        let given = events[task.given].start.date();
        let due = due(given, checked, task.fate, book.today, &mut book.random);
        cells.put(DUE_KIND, DueKind::Date);
        cells.put(DUE, due);
    } else if daily {
        cells.put(DUE_KIND, DueKind::Recurring);
        cells.put(RHYTHM, "codziennie".to_owned());
    } else {
        cells.put(DUE_KIND, DueKind::NextMeeting);
    }
}

fn checked(book: &mut Book, events: &[Event], task: &Agreed, index: usize, status: TaskStatus) -> Answers {
    let event = &events[index];
    let (effect, score, rating) = match status {
        TaskStatus::Done if book.random.chance(40) => (task.phrase.done, EffectScore::Lasting, SelfRating::Easy),
        TaskStatus::Done => (task.phrase.done, EffectScore::Visible, SelfRating::Medium),
        TaskStatus::Partly => (task.phrase.partly, EffectScore::Small, SelfRating::Medium),
        _ => (task.phrase.not, EffectScore::None, SelfRating::Hard),
    };
    let mut cells = Answers::default()
        .with(STATUS, status)
        .with(CHECKED_ON, event.start.date())
        .with(CHECKED_AT, event.record.to_string())
        .with(EFFECT, effect.to_owned())
        .with(EFFECT_SCORE, score)
        .with(SELF_RATING, rating);
    cells.put(FOLLOW_UP, if status == TaskStatus::Done { FollowUp::Close } else { FollowUp::Again });
    if status == TaskStatus::NotDone {
        cells.put(REASON, task.phrase.reason);
    }
    cells
}

/// Two open tasks were changed on the phone and, without its knowledge, on the tablet: their terms
/// wait for a choice.
pub fn conflicts(book: &mut Book, events: &[Event], agreed: &[Agreed]) {
    for code in ["R09", "R13"] {
        let open = |task: &&Agreed| book.files[task.file].family.code == code && task.fate == Fate::Open;
        let Some(task) = agreed.iter().rev().find(open) else { continue };
        let event = &events[task.given];
        let day = before(book.today, 1).max(event.start.date());
        let page = |minutes, offline_hours| Page {
            who: event.who,
            at: at(day, minutes),
            offline_hours,
            file: task.file,
            kind: RecordKind::Task,
            record: task.record,
        };
        let term = |days: i64| Answers::default().with(DUE, before(book.today, -days));
        let (later, latest) = (term(14), term(21));
        let (tablet, phone) = (page(19 * 60 + 45, 2), page(20 * 60, 0));
        book.write(phone, later);
        book.write_beside(tablet, latest);
    }
}
