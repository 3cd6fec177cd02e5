//! Work cards and family tasks as phones would have sent them: one writing makes the entry, the new
//! tasks and the checks, like [`crate::domain::visit_draft::finish`].

use super::{
    book::{Book, Page},
    days::{at, forward_to_work},
    families::{Family, Locality, Member},
    history::{Event, Matter},
    people::Who,
    phrases::{
        Needs,
        actions::{ACTIONS, Action},
        observations::{OBSERVATIONS, Tone},
    },
    stories::Story,
    task_cards,
    tasks::{self, Agreed},
};
use crate::domain::{
    calendar::is_working_day,
    codes::*,
    documents::{RecordKind, visit_card::*},
    form::Answers,
};
use chrono::{Datelike, Days, Duration, NaiveDateTime, Timelike};
use std::collections::{BTreeMap, BTreeSet};

/// Entries that were made without a network.
const OFFLINE: usize = 12;

/// What was said in a family before, so that nothing is said twice too soon.
#[derive(Default)]
struct Said {
    visits: BTreeMap<usize, usize>,
    texts: BTreeMap<(usize, &'static str), usize>,
}

impl Said {
    /// The text said least often in this family; each family begins elsewhere in the bank.
    fn least<T: Copy>(&mut self, file: usize, fitting: &[T], text: impl Fn(T) -> &'static str) -> Option<T> {
        let count = fitting.len();
        let in_turn = (0..count).map(|step| fitting[(file * 5 + step) % count]);
        let chosen = in_turn.min_by_key(|item| self.texts.get(&(file, text(*item))).copied().unwrap_or(0))?;
        *self.texts.entry((file, text(chosen))).or_default() += 1;
        Some(chosen)
    }
}

/// Who was met at a visit.
struct There {
    children: Vec<&'static Member>,
    adults: usize,
}

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
        book.write(page(event.file, RecordKind::Visit, event.record), card);
        for task in &agreed {
            if let Some(cells) = task_cards::cells(book, events, task, index) {
                book.write(page(event.file, RecordKind::Task, task.record), cells);
            }
        }
    }
    task_cards::conflicts(book, events, &agreed);
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
const ACTIONS_TEXT: crate::domain::form::Key<String> = crate::domain::documents::visit_card::ACTIONS;
/// What was observed: the card's field, beside the bank of the same name.
const OBSERVATIONS_TEXT: crate::domain::form::Key<String> = crate::domain::documents::visit_card::OBSERVATIONS;

fn routine(book: &mut Book, event: &Event, said: &mut Said, card: &mut Answers) {
    let there = met(book, event, card);
    let days = (book.today - event.start.date()).num_days();
    let monitoring = book.files[event.file].in_monitoring(days);
    let family = book.files[event.file].family;
    let count = said.visits.entry(event.file).or_default();
    *count += 1;
    let turn = *count;
    let wanted = if !monitoring && book.random.chance(55) { 2 } else { 1 };
    let codes: Vec<StatutoryTask> = match monitoring {
        true => vec![StatutoryTask::Monitoring],
        // Work with a child waits for a visit at which the child is there.
        false => (0..family.codes.len()).map(|step| family.codes[(turn + step) % family.codes.len()]).collect(),
    };
    let actions: Vec<&Action> =
        codes.iter().filter_map(|code| action(event.file, family, *code, &there, said)).take(wanted).collect();
    card.put(TASKS, actions.iter().map(|action| action.code.code().to_owned()).collect());
    card.put(AREAS, actions.iter().map(|action| action.area.code().to_owned()).collect());
    card.put(ACTIONS_TEXT, actions.iter().map(|action| action.text).collect::<Vec<_>>().join(" "));
    let tone = tone(book, family, monitoring);
    if tone == Tone::Hard || book.random.chance(85) {
        observe(event.file, family, tone, &there, said, card);
    }
    mood(tone, card, book);
}

/// Something that was done under a task of the act and fits the family and those who were there.
fn action(
    file: usize,
    family: &Family,
    code: StatutoryTask,
    there: &There,
    said: &mut Said,
) -> Option<&'static Action> {
    let fits = |action: &&Action| match (action.code, action.needs) {
        (StatutoryTask::ChildSupport, needs) | (_, needs @ Needs::Couple) => {
            family.meets_with(needs, &there.children, there.adults)
        }
        (_, needs) => family.meets(needs),
    };
    let fitting: Vec<_> = ACTIONS.iter().filter(|action| action.code == code).filter(fits).collect();
    said.least(file, &fitting, |action| action.text)
}

/// Something that was seen, of those who were there.
fn observe(file: usize, family: &Family, tone: Tone, there: &There, said: &mut Said, card: &mut Answers) {
    let fitting: Vec<_> = OBSERVATIONS
        .iter()
        .filter(|seen| seen.tone == tone && family.meets_with(seen.needs, &there.children, there.adults))
        .collect();
    if let Some(observation) = said.least(file, &fitting, |seen| seen.text) {
        card.put(OBSERVATIONS_TEXT, observation.text.to_owned());
    }
}

fn tone(book: &mut Book, family: &Family, monitoring: bool) -> Tone {
    let (good, fair) = match (family.hard, monitoring) {
        (true, _) => (25, 70),
        (false, true) => (85, 100),
        (false, false) => (62, 96),
    };
    match book.random.below(100) {
        chance if chance < good => Tone::Good,
        chance if chance < fair => Tone::Fair,
        _ => Tone::Hard,
    }
}

/// How the family worked together, and whether something should be watched.
fn mood(tone: Tone, card: &mut Answers, book: &mut Book) {
    let (engagement, risk) = match tone {
        Tone::Good if book.random.chance(25) => (Engagement::Initiates, Risk::None),
        Tone::Good => (Engagement::Active, Risk::None),
        Tone::Fair if book.random.chance(70) => (Engagement::Active, Risk::None),
        Tone::Fair => (Engagement::Passive, Risk::None),
        Tone::Hard if book.random.chance(60) => (Engagement::Passive, Risk::Watch),
        Tone::Hard => (Engagement::Avoids, Risk::Watch),
    };
    card.put(ENGAGEMENT, engagement);
    card.put(RISK, risk);
}

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

/// Adults who were there: the first always, a second one in the afternoon.
fn adults(book: &mut Book, event: &Event) -> BTreeSet<String> {
    let (family, members) = (book.files[event.file].family, book.files[event.file].members.clone());
    let late = event.start.hour() >= 15;
    let there = |(place, _): &(usize, &Member)| *place == 0 || late && book.random.chance(65);
    family.partners().filter(there).map(|(place, _)| members[place].clone()).collect()
}

/// Who was there and which children were seen; in lessons nobody expects schoolchildren.
fn met(book: &mut Book, event: &Event, card: &mut Answers) -> There {
    let mut present = adults(book, event);
    let mut there = There { children: Vec::new(), adults: present.len() };
    let (family, rows) = (book.files[event.file].family, book.files[event.file].members.clone());
    let lessons =
        event.start.hour() < 13 && is_working_day(event.start.date()) && !matches!(event.start.month(), 7 | 8);
    let (mut seen, mut missing) = (BTreeSet::new(), None);
    for (member, row) in family.members.iter().zip(rows).filter(|(member, _)| member.is_at_home()) {
        if lessons && member.months >= 84 {
            missing = Some("W szkole.");
        } else if book.random.chance(92) {
            seen.insert(row);
            there.children.push(member);
        } else {
            missing = missing.or_else(|| elsewhere(book, member));
        }
    }
    present.extend(seen.iter().cloned());
    card.put(PRESENT, present);
    if !seen.is_empty() {
        card.put(CHILDREN_SEEN, seen);
    }
    if let Some(reason) = missing {
        card.put(NOT_SEEN_REASON, reason.to_owned());
    }
    there
}

/// Where a child is that was not seen.
fn elsewhere(book: &mut Book, child: &Member) -> Option<&'static str> {
    const SMALL: &[&str] = &["Spało w drugim pokoju.", "U babci.", "Na spacerze z ciocią."];
    const BIG: &[&str] = &["U dziadków.", "Na podwórku u sąsiadów.", "Na zajęciach.", "U koleżanki z klasy."];
    book.random.pick(if child.months < 84 { SMALL } else { BIG }).copied()
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

/// The way: on foot in the town; by car to a village and back, from another village only onward.
fn travel(book: &Book, events: &[Event], index: usize, card: &mut Answers) {
    let event = &events[index];
    let (to, one_way) = match (event.kind, event.matter) {
        (EntryKind::Visit | EntryKind::Intervention | EntryKind::ContactSupervised, _) => {
            let locality = book.files[event.file].family.locality;
            (locality.name(), locality.tenths())
        }
        (EntryKind::Accompany, Matter::Accompanied(errand)) if errand.far => {
            card.put(TRAVEL, Travel::Bus);
            card.put(TRAVEL_FROM, "ośrodek".to_owned());
            card.put(TRAVEL_TO, "Modelowo".to_owned());
            card.put(TRAVEL_MINUTES, 45);
            return;
        }
        _ => return,
    };
    if one_way == 0 {
        card.put(TRAVEL, if event.who == Who::Ar3 { Travel::Bicycle } else { Travel::Foot });
        card.put(TRAVEL_MINUTES, 10);
        return;
    }
    let came_from = events[..index]
        .iter()
        .rev()
        .take_while(|earlier| earlier.start.date() == event.start.date())
        .find(|earlier| earlier.who == event.who && earlier.kind == EntryKind::Visit)
        .map(|earlier| book.files[earlier.file].family.locality)
        .filter(|locality| *locality != Locality::Przykladowo);
    let tenths = if came_from.is_some() { one_way } else { 2 * one_way };
    card.put(TRAVEL, if event.who == Who::Ar3 { Travel::OfficeCar } else { Travel::OwnCar });
    card.put(TRAVEL_FROM, came_from.map_or("ośrodek", Locality::name).to_owned());
    card.put(TRAVEL_TO, to.to_owned());
    card.put(TRAVEL_KM, tenths);
    card.put(TRAVEL_MINUTES, 5 + tenths / 7);
}

/// The visit that came next, or the one that is planned.
fn next_visit(book: &Book, events: &[Event], index: usize, card: &mut Answers) {
    let event = &events[index];
    if !matches!((event.kind, event.matter), (EntryKind::Visit, _) | (_, Matter::Arranging)) {
        return;
    }
    let next = events[index + 1..]
        .iter()
        .find(|later| later.file == event.file && later.kind == EntryKind::Visit)
        .map(|later| later.start)
        .or_else(|| planned(book, book.files[event.file].family));
    if let Some(next) = next {
        card.put(NEXT_VISIT, next);
    }
}

/// The next visit of the story. Today's stand even on a Sunday: a demonstration shows a day's work.
pub fn planned(book: &Book, family: &Family) -> Option<NaiveDateTime> {
    let (days, hour, minute) = family.next?;
    let day = if days == 0 { book.today } else { forward_to_work(book.today + Days::new(days)) };
    Some(at(day, i64::from(hour * 60 + minute)))
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
