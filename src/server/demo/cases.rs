//! Family cards, cases and plans: how they came about, step by step.

use super::{
    book::{Book, File, Page},
    days::{at, utc},
    families::{Family, Milestone},
    people::Who,
};
use crate::domain::{
    calendar::add_months,
    codes::{FamilyRole, GoalStatus},
    documents::{RecordKind, case_card, family_card, plan},
    form::Answers,
    words,
};
use chrono::{Days, NaiveDate};

/// Writes the files of all families.
pub fn write(book: &mut Book) {
    for file in 0..book.files.len() {
        write_case(book, file);
        write_card(book, file);
        write_plan(book, file);
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
        // Consent is given at the first meeting and written down after it.
        let hour = if milestone == Milestone::Consent { 14 * 60 + 30 } else { office_hour(index) };
        let page = Page {
            who: if index == 0 || is_decision(milestone) { Who::Manager } else { family.worker() },
            at: at(book.office_day(days), hour),
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
    let number = family.code.trim_start_matches(['R', '0']);
    let flags: std::collections::BTreeSet<String> = family.flags.iter().map(|flag| flag.code().to_owned()).collect();
    let mut cells = cells
        .with(case_card::SIGN, format!("OPS.4121.{number}.{}", day.format("%Y")))
        .with(case_card::BASIS, [family.basis.code().to_owned()].into())
        .with(case_card::WORKER, book.staff.id(family.worker()));
    if !flags.is_empty() {
        cells.put(case_card::FLAGS, flags);
    }
    cells
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

/// The plan as it was made, and as each assessment and the end left it.
fn write_plan(book: &mut Book, file: usize) {
    let family = book.files[file].family;
    let begins = family.since(Milestone::Plan);
    let made = begins.or_else(|| family.since(Milestone::Diagnosed));
    let (Some(made), Some(assistant), false) = (made, family.assistant, family.goals.is_empty()) else { return };
    // A plan that still waits for an opinion begins in some days.
    let from = begins.map_or(book.today + Days::new(4), |days| book.day(days));
    let page = |book: &Book, days: i64| Page {
        who: assistant,
        at: at(book.office_day(days), 19 * 60 + 40),
        offline_hours: 0,
        file,
        kind: RecordKind::Plan,
        record: book.files[file].plan,
    };
    let cells = new_plan(&book.files[file], from);
    book.write(page(book, made), cells);
    let mut assessments = 0;
    for &(milestone, days) in family.milestones {
        let status = match milestone {
            Milestone::Assessed => GoalStatus::InProgress,
            Milestone::Closing => GoalStatus::Reached,
            Milestone::Closed if family.since(Milestone::Closing).is_none() => GoalStatus::NotReached,
            _ => continue,
        };
        assessments += usize::from(milestone == Milestone::Assessed);
        let until = (milestone == Milestone::Assessed).then(|| add_months(book.day(days), 6));
        let cells = reviewed(&book.files[file], assessments, status, until);
        book.write(page(book, days), cells);
    }
}

fn new_plan(file: &File, from: NaiveDate) -> Answers {
    let mut plan = Answers::default()
        .with(plan::VALID_FROM, from)
        .with(plan::VALID_TO, add_months(from, 6))
        .with(plan::MAIN_GOAL, file.family.main_goal.to_owned());
    for (index, ((_, row), (area, goal, indicator))) in file.goals.iter().zip(file.family.goals).enumerate() {
        let cells = Answers::default()
            .with(plan::GOAL_NO, index as i64 + 1)
            .with(plan::GOAL_AREA, *area)
            .with(plan::GOAL, (*goal).to_owned())
            .with(plan::GOAL_INDICATOR, (*indicator).to_owned())
            .with(plan::GOAL_DUE, add_months(from, (3 + index as u32).min(6)))
            .with(plan::GOAL_STATUS, GoalStatus::InProgress);
        plan.put_row(plan::GOALS, row, cells);
    }
    plan
}

/// After each assessment one more goal is reached; the rest gets new terms.
fn reviewed(file: &File, assessments: usize, rest: GoalStatus, until: Option<NaiveDate>) -> Answers {
    let mut plan = Answers::default();
    if let Some(until) = until {
        plan.put(plan::VALID_TO, until);
    }
    for (index, (_, row)) in file.goals.iter().enumerate() {
        let mut cells = Answers::default();
        if index + 1 < assessments {
            cells.put(plan::GOAL_STATUS, GoalStatus::Reached);
        } else {
            cells.put(plan::GOAL_STATUS, rest);
            if let Some(until) = until {
                cells.put(plan::GOAL_DUE, until);
            }
        }
        plan.put_row(plan::GOALS, row, cells);
    }
    plan
}
