//! Family cards and cases: how they came about, step by step.

use super::{
    book::{Book, File, Page},
    days::{at, utc},
    families::{Family, Milestone},
    people::Who,
    plans,
};
use crate::domain::{
    codes::FamilyRole,
    documents::{RecordKind, case_card, family_card},
    form::Answers,
    words,
};
use chrono::{Days, Duration, NaiveDate};

/// Writes the files of all families.
pub fn write(book: &mut Book) {
    for file in 0..book.files.len() {
        write_case(book, file);
        write_card(book, file);
        plans::write(book, file);
    }
}

/// Minutes of the day at which the office writes down the n-th moment of a case.
fn office_hour(index: usize) -> i64 {
    8 * 60 + 20 + index as i64 * 15
}

fn write_case(book: &mut Book, file: usize) {
    let family = book.files[file].family;
    let last = family.milestones.len() - 1;
    for (index, &(milestone, days)) in family.milestones.iter().enumerate() {
        let mut cells = moment(milestone, book.day(days));
        if index == 0 {
            cells = opening(cells, family, book.day(days), book);
        }
        if matches!(milestone, Milestone::Allocated | Milestone::ZzAllocated)
            && let Some(assistant) = family.assistant
        {
            cells.put(case_card::ASSISTANT, book.staff.id(assistant));
        }
        if matches!(milestone, Milestone::Closed | Milestone::Refused)
            && let Some(reason) = family.reason
        {
            cells.put(case_card::CLOSING_REASON, reason);
        }
        if index == last {
            cells.put(case_card::SUMMARY, dated(family.summary, book.today));
        }
        let at = match milestone {
            // Consent is given at the first meeting and written down after it.
            Milestone::Consent => at(book.office_day(days), 14 * 60 + 30),
            // The cooperation begins when the plan is approved.
            Milestone::Plan => plans::approved_at(book, days) + Duration::minutes(10),
            _ => at(book.office_day(days), office_hour(index)),
        };
        let page = Page {
            who: if index == 0 || is_decision(milestone) { Who::Manager } else { family.worker() },
            at,
            offline_hours: 0,
            file,
            kind: RecordKind::Case,
            record: book.files[file].case,
        };
        book.write(page, cells);
    }
}

/// What the manager opens a case with. The social worker is named here: it ties the family to them.
fn opening(cells: Answers, family: &Family, day: NaiveDate, book: &Book) -> Answers {
    let flags: std::collections::BTreeSet<String> = family.flags.iter().map(|flag| flag.code().to_owned()).collect();
    let mut cells = cells
        .with(case_card::SIGN, sign_of(family, day))
        .with(case_card::BASIS, [family.basis.code().to_owned()].into())
        .with(case_card::WORKER, book.staff.id(family.worker()));
    if !flags.is_empty() {
        cells.put(case_card::FLAGS, flags);
    }
    cells
}

/// The sign of a family's case.
pub fn sign(book: &Book, family: &Family) -> String {
    let opened = family.milestones.first().map_or(0, |(_, days)| *days);
    sign_of(family, book.day(opened))
}

fn sign_of(family: &Family, opened: NaiveDate) -> String {
    format!("OPS.4121.{}.{}", family.code.trim_start_matches(['R', '0']), opened.format("%Y"))
}

/// Decisions are the manager's; the social worker writes the rest.
fn is_decision(milestone: Milestone) -> bool {
    use Milestone::*;
    matches!(
        milestone,
        Allocated
            | Plan
            | Assessed
            | Closing
            | Monitoring
            | MonitoringEnd
            | Reopen
            | Refused
            | Closed
            | ZzAllocated
            | ZzCoordination
    )
}

/// The stage and the key day that a moment sets.
fn moment(milestone: Milestone, day: NaiveDate) -> Answers {
    let mut cells = Answers::default();
    if let Some(stage) = milestone.stage() {
        cells.put(case_card::STAGE, stage);
    }
    let key = match milestone {
        Milestone::Referred | Milestone::ZzRequested => case_card::REFERRED_ON,
        Milestone::CourtInfo => case_card::COURT_INFO_ON,
        Milestone::Requested => case_card::REQUESTED_ON,
        Milestone::Allocated | Milestone::ZzAllocated => case_card::ALLOCATED_ON,
        Milestone::Received => case_card::RECEIVED_ON,
        Milestone::Consent => case_card::CONSENT_ON,
        Milestone::Plan => case_card::PLAN_FROM,
        Milestone::Assessed => case_card::ASSESSED_ON,
        Milestone::Monitoring => case_card::MONITORING_FROM,
        Milestone::Refused | Milestone::Closed => case_card::ENDED_ON,
        Milestone::Interview
        | Milestone::Meeting
        | Milestone::Diagnosed
        | Milestone::Closing
        | Milestone::MonitoringEnd
        | Milestone::Reopen
        | Milestone::ZzCatalogue
        | Milestone::ZzCoordination => return cells,
    };
    cells.with(key, day)
}

/// A summary names days, not distances: `{+12}` becomes the date in twelve days.
fn dated(summary: &str, today: NaiveDate) -> String {
    let Some((start, rest)) = summary.split_once("{+") else { return summary.to_owned() };
    let Some((days, end)) = rest.split_once('}') else { return summary.to_owned() };
    let day = today + Days::new(days.parse().unwrap_or(0));
    format!("{start}{}{end}", words::date(day))
}

/// The social worker writes the card; how to get there and what to mind the assistant adds.
fn write_card(book: &mut Book, file: usize) {
    let family = book.files[file].family;
    let opened = family.milestones.first().map_or(0, |(_, days)| *days);
    let page = |who, when| Page {
        who,
        at: when,
        offline_hours: 0,
        file,
        kind: RecordKind::Family,
        record: book.files[file].card,
    };
    let first = page(family.worker(), at(book.office_day(opened), office_hour(0) + 10));
    let met = family.since(Milestone::Consent).or_else(|| family.since(Milestone::ZzCatalogue));
    let second = match (met, family.assistant) {
        (Some(days), Some(assistant)) => page(assistant, at(book.office_day(days), 19 * 60 + 35)),
        _ => page(family.worker(), at(book.office_day(opened), office_hour(0) + 12)),
    };
    let card = card(book, file, opened);
    let mut notes = Answers::default();
    for (key, text) in [(family_card::ACCESS_HINT, family.hint), (family_card::SAFETY, family.safety)] {
        if !text.is_empty() {
            notes.put(key, text.to_owned());
        }
    }
    book.write(first, card);
    book.write(second, notes);
}

fn card(book: &mut Book, file: usize, opened: i64) -> Answers {
    let File { family, members, .. } = book.files[file].clone();
    let mut card = Answers::default()
        .with(family_card::CODE, family.code.to_owned())
        .with(family_card::SURNAME, family.surname.to_owned())
        .with(family_card::LOCALITY, family.locality.name().to_owned())
        .with(family_card::ADDRESS, family.address.to_owned());
    for (member, row) in family.members.iter().zip(&members) {
        let surname = if member.female { family.surnames.0 } else { family.surnames.1 };
        let mut cells = Answers::default()
            .with(family_card::ROLE, member.role)
            .with(family_card::BORN, member.born(book.today))
            .with(family_card::CO_RESIDENT, !member.stays.is_care() && member.role != FamilyRole::Unborn);
        if member.role != FamilyRole::Unborn {
            cells.put(family_card::FIRST_NAME, member.name.to_owned());
            cells.put(family_card::LAST_NAME, surname.to_owned());
        }
        if member.is_child() && member.role != FamilyRole::Unborn {
            cells.put(family_card::STAYS, member.stays);
        }
        card.put_row(family_card::MEMBERS, row, cells);
    }
    for (last, whose, when) in family.phones {
        let row = book.random.id(utc(at(book.day(opened), office_hour(0)))).to_string();
        let cells = Answers::default()
            .with(family_card::NUMBER, format!("600 000 {last:03}"))
            .with(family_card::WHOSE, (*whose).to_owned())
            .with(family_card::BEST_TIME, (*when).to_owned());
        card.put_row(family_card::PHONES, &row, cells);
    }
    card
}
