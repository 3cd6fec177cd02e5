//! Work beside the visits: calls, institutions, ways that are gone together (spec/domain.md 8.3).

use super::{
    book::Book,
    days::{back_to, is_visit_day},
    errands::ERRANDS,
    families::{Family, Milestone},
    history::{Matter, Planner, WINDOW},
    people::Who,
    phrases::contacts::{CALLS, Call, INSTITUTIONS, MONITORING_CALLS},
};
use crate::domain::{
    calendar::is_working_day,
    codes::{EntryKind, StatutoryTask},
};
use chrono::NaiveDate;

/// Telephone calls with families in that time.
const PHONE_CALLS: usize = 90;
/// Visits to institutions together with the family.
pub const ACCOMPANIED: usize = 14;

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

impl Planner {
    /// Ways to institutions, together.
    pub(super) fn accompanied(&mut self, book: &mut Book) {
        let mut wanted = ACCOMPANIED;
        for round in 0.. {
            let errand = &ERRANDS[round % ERRANDS.len()];
            let code = errand.families[round / ERRANDS.len() % errand.families.len()];
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

    /// Parents' time with children in care, in the assistant's presence.
    pub(super) fn contacts_with_children(&mut self, book: &mut Book) {
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

    /// Contacts on the families' behalf.
    pub(super) fn institutions(&mut self, book: &mut Book) {
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

    /// Calls with families.
    pub(super) fn calls(&mut self, book: &mut Book) {
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
