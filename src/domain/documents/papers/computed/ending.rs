//! What the papers at the end of the work and the papers for the court count.

use super::work::{count, is_with_family, tally};
use crate::domain::{
    calendar::add_months,
    documents::{
        case_card,
        papers::{
            begin::{Entry, Known, contact},
            extension,
            figure::{Found, clipped},
            monitoring::{self, Contact},
            parts::DOC_DATE,
        },
    },
    form::{Answers, Cell, Key, Value},
    ids::RecordId,
    order::{map_of, sort_by_key},
    procedure::Paper,
    words,
};
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;

/// The cooperation lasts at most two years without an extension (D07).
const TWO_YEARS: u32 = 24;

pub(super) fn closing_request(answers: &Answers, known: &Known<'_>, found: &mut Found) {
    let from = known.of_case(case_card::CONSENT_ON);
    let to = answers.get(DOC_DATE).unwrap_or(known.today);
    let mut of = known.case_id();
    of.extend(known.last(&[Paper::Consent]).map(|paper| paper.id));
    found.put("period_from", from.map(Cell::write), &of);
    found.put("period_to", Some(to.write()), &[]);
    let meetings = tally(known.between(from, Some(to)), Entry::is_meeting);
    found.put("meetings", meetings.count(), &meetings.ids);
    let with_family = tally(known.between(from, Some(to)), is_with_family);
    found.put("hours", with_family.tenths_of_hours(), &with_family.ids);
}

pub(super) fn extension(answers: &Answers, found: &mut Found) {
    let end = answers.get(extension::STARTED_ON).map(|start| add_months(start, TWO_YEARS).write());
    found.put("two_years_on", end, &[]);
}

pub(super) fn court_paper(answers: &Answers, known: &Known<'_>, found: &mut Found) {
    let from = answers.get(Key::new("period_from"));
    let to = answers.get(Key::new("period_to")).or(Some(known.today));
    let visits = tally(known.between(from, to), |entry| entry.card.is_held_visit());
    found.put("visits", visits.count(), &visits.ids);
    let held = known.between(from, to).filter(|entry| entry.card.is_held_visit());
    let days: Vec<String> = held.map(|entry| short(entry.card.date)).collect();
    found.put("visit_days", Some(Value::Text(clipped(&days.join(", "), 8000))), &visits.ids);
}

/// "5.11.2026".
fn short(day: NaiveDate) -> String {
    format!("{}.{}", words::day_month(day), day.year())
}

/// A contact in monitoring, and the record that tells it.
struct Told {
    row: String,
    on: NaiveDate,
    kind: Contact,
    of: RecordId,
}

pub(super) fn monitoring_end(known: &Known<'_>, found: &mut Found) {
    let contacts = contacts(known);
    let ids = |visits: bool| -> Vec<RecordId> {
        contacts.iter().filter(|told| (told.kind == Contact::Visit) == visits).map(|told| told.of).collect()
    };
    for (field, visits) in [("visits", true), ("contacts", false)] {
        let of = ids(visits);
        found.put(field, Some(count(&of)), &of);
    }
    let Some(card) = known.last(&[Paper::Monitoring]) else { return };
    for goal in card.answers.rows(monitoring::GOAL_RETENTION) {
        let path = format!("{}/{goal}/{}", monitoring::GOAL_RETENTION, monitoring::RETENTION.name());
        found.copy(path.clone(), Some(card), &path);
    }
}

pub(super) fn reopening(known: &Known<'_>, found: &mut Found) {
    for told in contacts(known) {
        let row = ("entries", told.row.as_str());
        found.cell(row, "date", Some(told.on.write()), &[told.of]);
        found.cell(row, "kind", Some(told.kind.write()), &[told.of]);
    }
}

/// The contacts of monitoring in the order of time, each once: as the cards of monitoring (nr 11) have them, and
/// those of the work card that no card of monitoring has yet.
fn contacts(known: &Known<'_>) -> Vec<Told> {
    let mut told: BTreeMap<String, Told> = BTreeMap::new();
    if let Some(from) = known.of_case(case_card::MONITORING_FROM) {
        let entries = known.between(Some(from), Some(known.today)).filter_map(|entry| {
            let (row, of) = (entry.record.id.to_string(), entry.record.id);
            Some((row.clone(), Told { row, on: entry.card.date, kind: contact(entry)?, of }))
        });
        told.extend(map_of(entries));
    }
    for card in known.of_kinds(&[Paper::Monitoring]) {
        for row in card.answers.rows(monitoring::ENTRIES) {
            let cells = card.answers.row(monitoring::ENTRIES, &row);
            let (Some(on), Some(kind)) = (cells.get(monitoring::ENTRY_DATE), cells.get(monitoring::ENTRY_KIND)) else {
                continue;
            };
            // What an entry tells is opened there; what was written into the card only, in the card.
            let of = told.get(&row).map_or(card.id, |entry| entry.of);
            told.insert(row.clone(), Told { row, on, kind, of });
        }
    }
    let mut contacts: Vec<Told> = told.into_values().collect();
    sort_by_key(&mut contacts, |told| (told.on, told.row.clone()));
    contacts
}
