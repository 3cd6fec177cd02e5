//! The papers at the end of the work: nr 10, 11 and 12, and the request to go on beyond two years.

use super::{Entry, Known, plans};
use crate::domain::{
    codes::{EntryKind, GoalStatus},
    documents::{
        case_card,
        family_task::FamilyTask,
        papers::{
            closing_request, extension,
            figure::{Found, clipped},
            monitoring::{self, Contact, MonitoringResult},
            monitoring_end, review,
        },
        visit_card,
    },
    form::{Cell, Value},
    ids::RecordId,
    procedure::Paper,
};

pub(super) fn closing_request(known: &Known<'_>, found: &mut Found) {
    for (goal, status, of) in goals_now(known) {
        found.cell(("goals", &goal), "status", Some(status.write()), &[of]);
    }
    let in_care: Vec<RecordId> = known.case_id().into_iter().chain(known.card_id()).collect();
    found.put("child_in_care", Some(was_in_care(known).write()), &in_care);
    found.copy("effects", known.review(), "effects");
}

/// A child is in care, or an assessment of this case said that it was.
fn was_in_care(known: &Known<'_>) -> bool {
    let reviews = known.of_kinds(&[Paper::Review, Paper::PeriodicReport]);
    known.has_child_in_care() || reviews.iter().any(|paper| paper.answers.get(review::CHILD_IN_CARE) == Some(true))
}

/// The goals of the plan with the status that the last assessment gave them, and where that stands.
fn goals_now(known: &Known<'_>) -> Vec<(String, GoalStatus, RecordId)> {
    let Some(plan) = known.plan() else { return Vec::new() };
    let review = known.review_of_plan();
    let status = |goal: &plans::Goal| {
        let judged = review?.answers.row(review::GOAL_REVIEWS, &goal.id).get(review::GOAL_STATUS)?;
        Some((judged, review?.id))
    };
    let goals = plans::goals(&plan.answers).into_iter();
    goals
        .map(|goal| {
            let (status, of) = status(&goal).unwrap_or((goal.status, plan.id));
            (goal.id, status, of)
        })
        .collect()
}

pub(super) fn extension(known: &Known<'_>, found: &mut Found) {
    if let Some((began, of)) = known.plan_began() {
        found.put(extension::STARTED_ON.name(), Some(began.write()), &of);
    }
    for (goal, status, of) in goals_now(known) {
        if !matches!(status, GoalStatus::Reached | GoalStatus::Dropped) {
            found.cell(("goals", &goal), "status", Some(status.write()), &[of]);
        }
    }
    found.copy("effects", known.review(), "effects");
}

pub(super) fn monitoring(known: &Known<'_>, found: &mut Found) {
    let mut of = known.case_id();
    of.extend(known.last(&[Paper::ClosingRequest]).map(|paper| paper.id));
    for (field, key) in [(monitoring::FROM, case_card::MONITORING_FROM), (monitoring::TO, case_card::MONITORING_TO)] {
        found.put(field.name(), known.of_case(key).map(Cell::write), &of);
    }
    let Some(from) = known.of_case(case_card::MONITORING_FROM) else { return };
    for entry in known.between(Some(from), Some(known.today)) {
        monitoring_entry(entry, found);
    }
}

/// What an entry of the work card is in monitoring; nothing for attempts and for paper work.
pub fn contact(entry: &Entry<'_>) -> Option<Contact> {
    use EntryKind::*;
    entry.took_place().then_some(())?;
    Some(match entry.card.kind {
        Visit | MeetingOut | Accompany | Intervention | ChildHearing | ContactSupervised => Contact::Visit,
        PhoneFamily => Contact::Phone,
        Institution | Team => Contact::Institution,
        Documentation => return None,
    })
}

fn monitoring_entry(entry: &Entry<'_>, found: &mut Found) {
    let Some(kind) = contact(entry) else { return };
    let (answers, of) = (&entry.record.answers, [entry.record.id]);
    let id = entry.record.id.to_string();
    let row = (monitoring::ENTRIES, id.as_str());
    found.cell(row, monitoring::ENTRY_DATE.name(), Some(entry.card.date.write()), &of);
    found.cell(row, monitoring::ENTRY_KIND.name(), Some(kind.write()), &of);
    if entry.card.minutes > 0 {
        found.cell(row, "minutes", Some(Value::Number(entry.card.minutes)), &of);
    }
    if kind == Contact::Visit {
        for key in ["present", "present_others", "children_seen", "not_seen_reason"] {
            found.cell(row, key, answers.raw(key).cloned(), &of);
        }
    }
    if kind == Contact::Institution {
        found.cell(row, "institution", answers.raw(visit_card::INSTITUTION.name()).cloned(), &of);
    }
    let said = [visit_card::ACTIONS, visit_card::OBSERVATIONS].map(|key| answers.text(key).trim());
    let note = said.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n");
    found.cell(row, "note", Some(Value::Text(clipped(&note, 4000))), &of);
}

pub(super) fn monitoring_end(known: &Known<'_>, found: &mut Found) {
    let card = known.last(&[Paper::Monitoring]);
    found.copy(monitoring_end::PERIOD_FROM.name(), card, monitoring::FROM.name());
    if !found.has(monitoring_end::PERIOD_FROM.name()) {
        found.copy(monitoring_end::PERIOD_FROM.name(), known.case, case_card::MONITORING_FROM.name());
    }
    found.known(monitoring_end::PERIOD_TO.name(), known.today);
    let open =
        known.tasks.iter().filter(|task| FamilyTask::read(&task.answers).is_some_and(|task| !task.status.is_closed()));
    let open: Vec<RecordId> = open.map(|task| task.id).collect();
    let of = if open.is_empty() { known.tasks.iter().map(|task| task.id).collect() } else { open.clone() };
    found.put("tasks_closed", Some(open.is_empty().write()), &of);
    if let Some((card, result)) = card.and_then(|card| Some((card, card.answers.get(monitoring::RESULT)?))) {
        found.put("positive", Some((result == MonitoringResult::Positive).write()), &[card.id]);
    }
}

/// Reasons of nr 10 are not guessed; its keys are read by the court's notice only.
pub(super) fn reason(known: &Known<'_>) -> Option<case_card::ClosingReason> {
    let ended =
        known.last(&[Paper::ClosingRequest]).and_then(|paper| paper.answers.get(closing_request::CLOSING_REASON));
    ended.or_else(|| known.of_case(case_card::CLOSING_REASON))
}
