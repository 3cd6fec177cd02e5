//! Visits like most: who was met, what was done and seen, how the family worked together.

use super::{
    book::Book,
    cards::{ACTIONS_TEXT, OBSERVATIONS_TEXT},
    families::{Family, Member},
    history::Event,
    phrases::{
        Needs,
        actions::{ACTIONS, Action},
        observations::{OBSERVATIONS, Tone},
    },
};
use crate::domain::{
    calendar::is_working_day,
    codes::{Engagement, Risk, StatutoryTask},
    documents::visit_card::{AREAS, CHILDREN_SEEN, ENGAGEMENT, NOT_SEEN_REASON, PRESENT, RISK, TASKS},
    form::Answers,
};
use chrono::{Datelike, Timelike};
use std::collections::{BTreeMap, BTreeSet};

/// What was said in a family before, so that nothing is said twice too soon.
#[derive(Default)]
pub struct Said {
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
pub struct There {
    children: Vec<&'static Member>,
    adults: usize,
}

/// Writes a visit like most.
pub fn routine(book: &mut Book, event: &Event, said: &mut Said, card: &mut Answers) {
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
pub fn mood(tone: Tone, card: &mut Answers, book: &mut Book) {
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

/// Adults who were there: the first always, a second one in the afternoon.
pub fn adults(book: &mut Book, event: &Event) -> BTreeSet<String> {
    let (family, members) = (book.files[event.file].family, book.files[event.file].members.clone());
    let late = event.start.hour() >= 15;
    let there = |(place, _): &(usize, &Member)| *place == 0 || late && book.random.chance(65);
    family.partners().filter(there).map(|(place, _)| members[place].clone()).collect()
}

/// Who was there and which children were seen; in lessons nobody expects schoolchildren.
pub fn met(book: &mut Book, event: &Event, card: &mut Answers) -> There {
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
