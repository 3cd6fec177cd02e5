//! Plans of work (zał. 6): each version as the assistant handed it in and the manager approved it.

use super::{
    book::{Book, File, Page},
    cases::sign,
    days::{at, forward_to_work, utc},
    families::Milestone,
    people::{Staff, Who},
    phrases::plan_actions::{PlanAction, action},
    random::Random,
};
use crate::domain::{
    calendar::add_months,
    codes::{Channel, GoalStatus},
    documents::{
        RecordKind,
        case_card::CaseFlag,
        papers::{
            approval::{Approval, DECISION},
            course::{CASE, HANDED_IN_ON, LIFE, PAPER},
            manager::{DECIDED_ON, SIGNATURE},
            parts::{DOC_DATE, PLACE, SIGN, SIGNED_BY},
            plan::*,
        },
    },
    form::Answers,
    ids::RecordId,
    procedure::{Life, Paper},
    signature::{self, Method, Signer},
};
use chrono::{Days, Duration, NaiveDate, NaiveDateTime};

/// Minute of the day at which plans are handed in.
const EVENING: i64 = 19 * 60 + 40;
/// Who coordinates the foster care of the town's children. Invented.
const COORDINATOR_NAME: &str = "Żaneta Bratkowicz-Wymyślona";
/// Plans that are no older, in days, still wait for the social worker's opinion.
const UNREAD: i64 = 10;
/// Minute of the day at which the manager decides.
const MORNING: i64 = 8 * 60 + 5;

/// Writes every version of a family's plan.
pub fn write(book: &mut Book, file: usize) {
    let family = book.files[file].family;
    let Some(assistant) = family.assistant.filter(|_| !family.goals.is_empty()) else { return };
    let Some(begun) = family.since(Milestone::Plan) else {
        if let Some(days) = family.since(Milestone::Diagnosed) {
            write_draft(book, file, (assistant, days));
        }
        return;
    };
    let versions = versions(book, file, begun);
    for (number, version) in versions.into_iter().enumerate() {
        write_version(book, file, (number, assistant), version);
    }
}

/// When the manager decides about a plan of so many days ago: the next working day, unless that has not come yet.
pub fn approved_at(book: &Book, days: i64) -> NaiveDateTime {
    let handed_in = book.office_day(days);
    let next = forward_to_work(handed_in + Days::new(1));
    if next < book.today { at(next, MORNING) } else { at(handed_in, EVENING + 15) }
}

/// One version: how many days ago it was made, and how its goals stood then.
struct Version {
    days: i64,
    cells: Answers,
}

/// The plan as it was made, and as each assessment and the end of the work left it.
fn versions(book: &Book, file: usize, begun: i64) -> Vec<Version> {
    let family = book.files[file].family;
    let first = new_plan(&book.files[file], book.day(begun));
    let mut versions = vec![Version { days: begun, cells: first }];
    let mut assessments = 0;
    for &(milestone, days) in family.milestones {
        let rest = match milestone {
            Milestone::Assessed => GoalStatus::InProgress,
            Milestone::Closing => GoalStatus::Reached,
            _ => continue,
        };
        assessments += usize::from(milestone == Milestone::Assessed);
        let Some(standing) = versions.last() else { break };
        let cells = reviewed(&book.files[file], standing, (assessments, rest), book.day(days));
        versions.push(Version { days, cells });
    }
    versions
}

fn new_plan(file: &File, from: NaiveDate) -> Answers {
    let kind = if is_coordinated(file) { PlanKind::Coordinated } else { PlanKind::Ordinary };
    let mut plan = Answers::default()
        .with(VERSION, 1)
        .with(KIND, kind)
        .with(MAIN_GOAL, file.family.main_goal.to_owned())
        .with(VISIT_FREQUENCY, 1)
        .with(RESOURCES, "Rodzice chcą zmiany, dbają o kontakt i korzystają z pomocy bliskich.".to_owned());
    for (index, ((_, row), (area, goal, indicator))) in file.goals.iter().zip(file.family.goals).enumerate() {
        let due = add_months(from, (3 + index as u32).min(6));
        let cells = Answers::default()
            .with(GOAL_NO, index as i64 + 1)
            .with(GOAL_AREA, *area)
            .with(GOAL, (*goal).to_owned())
            .with(GOAL_INDICATOR, (*indicator).to_owned())
            .with(GOAL_DUE, due)
            .with(GOAL_STATUS, GoalStatus::InProgress);
        plan.put_row(GOALS, row, cells);
        // The row of an action needs an id of its own only within its table.
        plan.put_row(ACTIONS, row, action_for(file, row, action(*area), (indicator, due)));
    }
    dated(plan, from)
}

fn action_for(file: &File, goal: &str, action: PlanAction, (effect, due): (&str, NaiveDate)) -> Answers {
    let by = action.by.iter().map(|who| who.code().to_owned()).collect();
    let mut cells = Answers::default()
        .with(ACTION_GOAL, [goal.to_owned()].into())
        .with(ACTION, action.text.to_owned())
        .with(ACTION_BY, by)
        .with(ACTION_EFFECT, effect.to_owned())
        .with(ACTION_STATUS, ActionStatus::InProgress);
    if action.by.contains(&Responsible::Member) {
        let adults = file.family.members.iter().zip(&file.members).filter(|(member, _)| !member.is_child());
        cells.put(ACTION_MEMBERS, adults.map(|(_, row)| row.clone()).collect());
    }
    if action.rhythm.is_empty() {
        return cells.with(ACTION_TERM, Term::Date).with(ACTION_DUE, due);
    }
    cells.with(ACTION_TERM, Term::Recurring).with(ACTION_RHYTHM, action.rhythm.to_owned())
}

/// The next version begins with the same goals and actions.
fn next_version(standing: &Answers) -> Answers {
    standing.clone().with(VERSION, standing.get(VERSION).unwrap_or(1) + 1)
}

/// What is new in every version.
fn dated(plan: Answers, from: NaiveDate) -> Answers {
    let half_a_year_on = add_months(from, 6);
    plan.with(VALID_FROM, from).with(VALID_TO, half_a_year_on).with(NEXT_REVIEW, half_a_year_on)
}

/// After each assessment one more goal is reached; the rest gets new terms.
fn reviewed(file: &File, standing: &Version, (assessments, rest): (usize, GoalStatus), from: NaiveDate) -> Answers {
    let mut plan = dated(next_version(&standing.cells), from);
    for (index, (_, row)) in file.goals.iter().enumerate() {
        let mut goal = plan.row(GOALS, row);
        let reached = index + 1 < assessments || rest == GoalStatus::Reached;
        goal.put(GOAL_STATUS, if reached { GoalStatus::Reached } else { rest });
        let mut action = plan.row(ACTIONS, row);
        if reached {
            action.put(ACTION_STATUS, ActionStatus::Done);
        } else {
            goal.put(GOAL_DUE, add_months(from, 6));
        }
        if action.get(ACTION_TERM) == Some(Term::Date) && !reached {
            action.put(ACTION_DUE, add_months(from, 6));
        }
        plan.put_row(GOALS, row, goal);
        plan.put_row(ACTIONS, row, action);
    }
    plan
}

/// A version's own id: it follows from the family's plan, so that no other chance in the town changes by it.
fn id(book: &Book, file: usize, number: usize, written: NaiveDateTime) -> RecordId {
    let plan = book.files[file].plan;
    if number == 0 {
        return plan;
    }
    let low = plan.0.as_u128() as u64;
    RecordId(Random::new(low.wrapping_add(number as u64)).id(utc(written)))
}

fn page(file: usize, who: Who, at: NaiveDateTime, record: RecordId) -> Page {
    Page { who, at, offline_hours: 0, file, kind: RecordKind::Paper, record }
}

/// A plan that is not handed in yet: it begins in some days.
fn write_draft(book: &mut Book, file: usize, (who, days): (Who, i64)) {
    let from = book.today + Days::new(4);
    let cells = head(book, file, book.day(days)).with(LIFE, Life::Draft);
    let plan = new_plan(&book.files[file], from);
    let at = at(book.office_day(days), EVENING);
    book.write(page(file, who, at, book.files[file].plan), joined(cells, plan));
}

/// Signed with the family, handed in by the assistant, read by the social worker, approved by the manager.
fn write_version(book: &mut Book, file: usize, (number, assistant): (usize, Who), version: Version) {
    let on = book.day(version.days);
    let handed_in = at(book.office_day(version.days), EVENING);
    let cells = [head(book, file, on), version.cells, agreed(book, file, on), signatures(book, file, assistant)]
        .into_iter()
        .reduce(joined)
        .unwrap_or_default()
        .with(LIFE, Life::Signed)
        .with(HANDED_IN_ON, handed_in.date());
    let record = id(book, file, number, handed_in);
    book.write(page(file, assistant, handed_in, record), cells);
    if version.days > UNREAD {
        give_opinion(book, file, record, handed_in + Duration::minutes(10));
    }
    let approved = approved_at(book, version.days);
    let mut decision = Answers::default()
        .with(LIFE, Life::Approved)
        .with(DECISION, Approval::Approved)
        .with(DECIDED_ON, approved.date());
    decision.put_row(SIGNATURE.key, "1", signature(Signer::Manager, Staff::name(Who::Manager)));
    book.write(page(file, Who::Manager, approved, record), decision);
}

/// The social worker says what they think of a plan that was handed in.
fn give_opinion(book: &mut Book, file: usize, record: RecordId, at: NaiveDateTime) {
    let worker = book.files[file].family.worker();
    let opinion = Answers::default()
        .with(WORKER_OPINION, "Popieram plan. Cele odpowiadają potrzebom rodziny.".to_owned())
        .with(WORKER_OPINION_BY, book.staff.id(worker))
        .with(WORKER_OPINION_ON, at.date());
    book.write(page(file, worker, at, record), opinion);
}

fn joined(mut one: Answers, other: Answers) -> Answers {
    one.0.extend(other.0);
    one
}

fn head(book: &Book, file: usize, on: NaiveDate) -> Answers {
    Answers::default()
        .with(PAPER, Paper::Plan)
        .with(CASE, book.files[file].case)
        .with(SIGN, sign(book, book.files[file].family))
        .with(PLACE, "Przykładowo".to_owned())
        .with(DOC_DATE, on)
}

/// What the coordinator agreed to, where a child is in care.
fn agreed(book: &Book, file: usize, on: NaiveDate) -> Answers {
    let cells = Answers::default();
    if !is_coordinated(&book.files[file]) {
        return cells;
    }
    cells
        .with(COORDINATOR, COORDINATOR_NAME.to_owned())
        .with(COORDINATED_ON, on - Days::new(2))
        .with(COORDINATED_BY, Channel::Phone)
        .with(CONSISTENT, true)
        .with(SENT_PCPR, on)
}

fn signatures(book: &Book, file: usize, assistant: Who) -> Answers {
    let File { family, .. } = &book.files[file];
    let adult = family.members.iter().find(|member| !member.is_child());
    let surname = |female: bool| if female { family.surnames.0 } else { family.surnames.1 };
    let member = adult.map(|member| [member.name, surname(member.female)].join(" "));
    let mut signers = vec![
        (Signer::Member, member.unwrap_or_default()),
        (Signer::Assistant, Staff::name(assistant).to_owned()),
        (Signer::Worker, Staff::name(family.worker()).to_owned()),
    ];
    if is_coordinated(&book.files[file]) {
        signers.push((Signer::Other, COORDINATOR_NAME.to_owned()));
    }
    let mut cells = Answers::default();
    for (who, name) in signers {
        cells.put_row(SIGNED_BY, who.code(), signature(who, &name));
    }
    cells
}

fn signature(who: Signer, name: &str) -> Answers {
    Answers::default()
        .with(signature::ROLE, who)
        .with(signature::NAME, name.to_owned())
        .with(signature::METHOD, Method::Paper)
}

fn is_coordinated(file: &File) -> bool {
    file.family.flags.contains(&CaseFlag::ChildInCare)
}
