//! The way to a visit, and when the next one is.

use super::{
    book::Book,
    days::{at, forward_to_work},
    families::{Family, Locality},
    history::{Event, Matter},
    people::Who,
};
use crate::domain::{
    codes::{EntryKind, Travel},
    documents::visit_card::{NEXT_VISIT, TRAVEL, TRAVEL_FROM, TRAVEL_KM, TRAVEL_MINUTES, TRAVEL_TO},
    form::Answers,
};
use chrono::{Days, NaiveDateTime};

/// The way: on foot in the town; by car to a village and back, from another village only onward.
pub fn travel(book: &Book, events: &[Event], index: usize, card: &mut Answers) {
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
pub fn next_visit(book: &Book, events: &[Event], index: usize, card: &mut Answers) {
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
fn planned(book: &Book, family: &Family) -> Option<NaiveDateTime> {
    let (days, hour, minute) = family.next?;
    let day = if days == 0 { book.today } else { forward_to_work(book.today + Days::new(days)) };
    Some(at(day, i64::from(hour * 60 + minute)))
}
