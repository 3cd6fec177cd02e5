//! Work cards and family tasks as phones would have sent them: one writing makes the entry, the new
//! tasks and the checks, like [`crate::domain::visit_draft::finish`].

use super::{
    book::{Book, Page},
    families::Locality,
    history::{Event, Matter},
    stories::Story,
    task_cards,
    tasks::{self, Agreed},
    visits::{Said, adults, met, mood, routine},
    way::{next_visit, travel},
};
use crate::domain::{
    codes::*,
    documents::{
        RecordKind,
        case_card::{DUTIES, DUTY_FROM, DUTY_SINCE, DUTY_WHAT},
        visit_card::*,
    },
    form::Answers,
    procedure::Duty,
    signals::alarm,
};
use chrono::{Duration, Timelike};
use std::collections::BTreeSet;

/// Urgent entries that are no older, in days, nobody in the office has taken note of yet.
const FRESH: i64 = 14;
/// Entries that were made without a network.
const OFFLINE: usize = 12;

/// Writes all entries with their tasks.
pub fn write(book: &mut Book, events: &[Event]) {
    let agreed = tasks::agree(book, events);
    let offline = offline(book, events);
    let mut said = Said::default();
    for (index, event) in events.iter().enumerate() {
        let card = card(book, events, index, &agreed, &mut said);
        // The card is finished a few minutes after the visit, on the doorstep.
        let written = event.start + Duration::minutes(event.minutes + book.random.between(1, 6));
        let offline_hours = if offline.contains(&index) { book.random.between(2, 4) } else { 0 };
        let page = |file, kind, record| Page { who: event.who, at: written, offline_hours, file, kind, record };
        let alarm = fresh_alarm(book, event, &card);
        book.write(page(event.file, RecordKind::Visit, event.record), card);
        if let Some(duty) = alarm {
            let case = book.files[event.file].case;
            book.write(Page { at: written + Duration::minutes(1), ..page(event.file, RecordKind::Case, case) }, duty);
        }
        for task in &agreed {
            if let Some(cells) = task_cards::cells(book, events, task, index) {
                book.write(page(event.file, RecordKind::Task, task.record), cells);
            }
        }
    }
    task_cards::conflicts(book, events, &agreed);
}

/// Who in the office should know of an urgent entry of the last days, as the office writes it onto the case.
fn fresh_alarm(book: &Book, event: &Event, card: &Answers) -> Option<Answers> {
    let age = (book.today - event.start.date()).num_days();
    if !alarm::is_alarm(card) || age > FRESH {
        return None;
    }
    let owed = Answers::default()
        .with(DUTY_WHAT, Duty::KnowOfAlarm)
        .with(DUTY_SINCE, event.start.date())
        .with(DUTY_FROM, event.record);
    let mut case = Answers::default();
    case.put_row(DUTIES, &alarm::duty_row(event.record), owed);
    Some(case)
}

/// Visits in villages, early enough to be sent the same evening.
fn offline(book: &mut Book, events: &[Event]) -> BTreeSet<usize> {
    let mut places: Vec<usize> = (0..events.len())
        .filter(|index| {
            let event = &events[*index];
            let village = book.files[event.file].family.locality != Locality::Przykladowo;
            let recent = (book.today - event.start.date()).num_days() <= 60;
            event.is_held_visit() && village && recent && event.start.hour() < 16
        })
        .collect();
    book.random.shuffle(&mut places);
    places.into_iter().take(OFFLINE).collect()
}

fn card(book: &mut Book, events: &[Event], index: usize, agreed: &[Agreed], said: &mut Said) -> Answers {
    let event = &events[index];
    let mut card = frame(event);
    match event.matter {
        Matter::Missed(outcome) => card.put(OUTCOME, outcome),
        Matter::Routine => routine(book, event, said, &mut card),
        Matter::Story(story) => told(book, event, story, &mut card),
        Matter::Call(call) => did(&mut card, call.code, call.area, call.text),
        Matter::Arranging => {
            did(
                &mut card,
                StatutoryTask::FamilyPlan,
                Area::A13,
                "Przedstawienie się i uzgodnienie terminu pierwszego spotkania.",
            );
        }
        Matter::Contact(contact) => {
            let code = match contact.institution {
                "DV_TEAM" => StatutoryTask::DomesticViolenceTeam,
                _ => StatutoryTask::Cooperation,
            };
            did(&mut card, code, contact.area, contact.text);
            card.put(CHANNEL, contact.channel);
            card.put(PERSON, contact.person.to_owned());
            card.put(INSTITUTION, contact.institution.to_owned());
        }
        Matter::Accompanied(errand) => {
            did(&mut card, errand.action.code, errand.action.area, errand.action.text);
            card.put(INSTITUTION, errand.institution.0.to_owned());
            card.put(PERSON, errand.institution.1.to_owned());
            card.put(PRESENT, adults(book, event));
        }
        Matter::WithChild(place) => with_child(book, event, place, &mut card),
    }
    work_area(&mut card);
    goals(book, event, &mut card);
    travel(book, events, index, &mut card);
    next_visit(book, events, index, &mut card);
    references(events, index, agreed, &mut card);
    card
}

/// When, how long, where.
fn frame(event: &Event) -> Answers {
    let place = match event.kind {
        EntryKind::Visit | EntryKind::Intervention => Place::Home,
        EntryKind::PhoneFamily => Place::Phone,
        EntryKind::Institution | EntryKind::Accompany | EntryKind::ChildHearing => Place::Institution,
        EntryKind::Team | EntryKind::Documentation => Place::Office,
        EntryKind::MeetingOut | EntryKind::ContactSupervised => Place::Chosen,
    };
    let mut card = Answers::default()
        .with(KIND, event.kind)
        .with(DATE, event.start.date())
        .with(START, event.start.time())
        .with(PLACE, place);
    if event.kind == EntryKind::Visit {
        card.put(OUTCOME, Outcome::Held);
        card.put(ANNOUNCED, true);
    }
    if !matches!(event.matter, Matter::Missed(_)) {
        card.put(END, (event.start + Duration::minutes(event.minutes)).time());
        card.put(DURATION, event.minutes);
    }
    card
}

fn did(card: &mut Answers, code: StatutoryTask, area: Area, text: &str) {
    card.put(TASKS, [code.code().to_owned()].into());
    card.put(AREAS, [area.code().to_owned()].into());
    card.put(ACTIONS_TEXT, text.to_owned());
}

/// What was done: the card's field, beside the bank of the same name.
pub const ACTIONS_TEXT: crate::domain::form::Key<String> = crate::domain::documents::visit_card::ACTIONS;
/// What was observed: the card's field, beside the bank of the same name.
pub const OBSERVATIONS_TEXT: crate::domain::form::Key<String> = crate::domain::documents::visit_card::OBSERVATIONS;

fn told(book: &mut Book, event: &Event, story: &Story, card: &mut Answers) {
    card.put(TASKS, story.tasks.iter().map(|task| task.code().to_owned()).collect());
    card.put(AREAS, story.areas.iter().map(|area| area.code().to_owned()).collect());
    card.put(ACTIONS_TEXT, story.actions.to_owned());
    if !story.observations.is_empty() {
        card.put(OBSERVATIONS_TEXT, story.observations.to_owned());
    }
    if !story.others.is_empty() {
        card.put(PRESENT_OTHERS, story.others.to_owned());
    }
    if let Some((institution, person)) = story.institution {
        if event.kind == EntryKind::Institution {
            card.put(CHANNEL, Channel::Phone);
        }
        card.put(INSTITUTION, institution.to_owned());
        card.put(PERSON, person.to_owned());
    }
    match event.kind {
        EntryKind::Visit => {
            met(book, event, card);
            mood(story.tone, card, book);
        }
        EntryKind::Intervention => card.put(PRESENT, adults(book, event)),
        _ => {}
    }
    if story.risk != Risk::None {
        card.put(RISK, story.risk);
    }
    let (steps, note) = story.urgent;
    if !steps.is_empty() {
        card.put(URGENT_STEPS, steps.iter().map(|step| step.code().to_owned()).collect());
        card.put(URGENT_NOTE, note.to_owned());
    }
    if let Some((signal, words)) = story.signal {
        card.put(CHANGE_SIGNAL, signal);
        card.put(CHANGE_NOTE, words.to_owned());
    }
}

fn with_child(book: &mut Book, event: &Event, place: &str, card: &mut Answers) {
    const TEXTS: &[&str] = &[
        "Spotkanie rodzica z dzieckiem: wspólna zabawa i posiłek. Pożegnanie według ustalonego sposobu.",
        "Spotkanie z dzieckiem: czytanie, rozmowa o przedszkolu i szkole, oglądanie zdjęć.",
        "Spotkanie z dzieckiem: gra planszowa i spacer. Rodzic zapowiedział następny termin.",
        "Spotkanie z dzieckiem: wspólne gotowanie. Rodzic spokojnie stawiał granice.",
    ];
    let text = book.random.pick(TEXTS).copied().unwrap_or_default();
    did(card, StatutoryTask::PlanCoordinated, Area::A14, text);
    card.put(PLACE_NOTE, place.to_owned());
    let file = &book.files[event.file];
    let away = file.family.members.iter().zip(&file.members).filter(|(member, _)| member.stays.is_care());
    let children: Vec<String> = away.map(|(_, row)| row.clone()).collect();
    let mut present = adults(book, event);
    present.extend(children);
    card.put(PRESENT, present);
}

/// The work area follows from the first task.
fn work_area(card: &mut Answers) {
    if let Some(task) = card.set_of::<StatutoryTask>(TASKS).first() {
        card.put(WORK_AREA, task.work_area());
    }
}

/// Goals of the plan that the areas serve.
fn goals(book: &Book, event: &Event, card: &mut Answers) {
    let file = &book.files[event.file];
    if !took_place(card) || !file.has_plan((book.today - event.start.date()).num_days()) {
        return;
    }
    let areas: Vec<Area> = card.set_of(AREAS);
    let goals: BTreeSet<String> =
        file.goals.iter().filter(|(area, _)| areas.contains(area)).map(|(_, row)| row.clone()).collect();
    if !goals.is_empty() {
        card.put(GOALS, goals);
    }
}

/// Tasks that were given and checked at this entry.
fn references(events: &[Event], index: usize, agreed: &[Agreed], card: &mut Answers) {
    let file = events[index].file;
    let of = |keep: &dyn Fn(&Agreed) -> bool| -> BTreeSet<String> {
        agreed.iter().filter(|task| task.file == file && keep(task)).map(|task| task.record.to_string()).collect()
    };
    let given = of(&|task| task.given == index);
    let checked = of(&|task| matches!(task.fate, tasks::Fate::Checked(at, _) if at == index));
    if !given.is_empty() {
        card.put(NEW_TASKS, given);
    }
    if !checked.is_empty() {
        card.put(TASK_CHECKS, checked);
    }
}
