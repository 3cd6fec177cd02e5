//! Periodic assessment, nr 7 and 15: the period, who the family is now, what changed, and what was found about
//! each side of its life.

use super::Known;
use crate::domain::{
    calendar::add_months,
    codes::Area,
    documents::{
        family_card::Member,
        papers::{assessment, figure::Found, plan, review},
    },
    form::{Cell, Value},
    ids::RecordId,
    order::sort_by_key,
    procedure::Paper,
    record::Record,
    signals::notice::notices,
    words,
};
use chrono::{Days, NaiveDate};

/// The longest that one assessment may look back.
const MONTHS: u32 = 6;

/// The sides of a family's life and the areas that speak of them. Violence (A07) stays out: these words may go
/// to the court and to the family.
const SITUATIONS: &[(&str, &[Area])] = &[
    ("situation_care", &[Area::A01, Area::A09, Area::A10, Area::A11]),
    ("situation_housing", &[Area::A03, Area::A08]),
    ("situation_material", &[Area::A02, Area::A15]),
    ("situation_health", &[Area::A04, Area::A05, Area::A06, Area::A17]),
    ("situation_relations", &[Area::A12, Area::A14]),
    ("situation_social", &[Area::A16]),
    ("situation_legal", &[Area::A13]),
];

pub(super) fn review(known: &Known<'_>, found: &mut Found) {
    let from = period(known, found);
    found.known(review::SENT_MANAGER.name(), known.today);
    let in_care: Vec<RecordId> = known.case_id().into_iter().chain(known.card_id()).collect();
    found.put(review::CHILD_IN_CARE.name(), Some(known.has_child_in_care().write()), &in_care);
    found.words("family_state", &family_state(known), 4000, &known.card_id());
    changes(from, known, found);
    for child in known.members.iter().filter(|member| member.is_child()) {
        if let Some(place) = child.stays {
            found.cell(("children", &child.id), "place", Some(place.write()), &known.card_id());
        }
    }
    let assessed = known.last(&[Paper::Assessment]);
    for (field, areas) in SITUATIONS {
        situation(field, areas, known.review(), assessed, found);
    }
    if let Some(plan) = known.plan() {
        for goal in plan::goals(&plan.answers) {
            let status = Some(goal.status.write());
            found.cell((review::GOAL_REVIEWS, &goal.id), review::GOAL_STATUS.name(), status, &[plan.id]);
        }
    }
}

/// From the day after the last assessment, else from the beginning of the plan, and at most half a year.
fn period(known: &Known<'_>, found: &mut Found) -> Option<NaiveDate> {
    let after_last = known.review().and_then(|review| {
        Some((review.answers.get(review::PERIOD_TO)?.checked_add_days(Days::new(1))?, vec![review.id]))
    });
    let begun = after_last.or_else(|| known.plan_began()).filter(|(from, _)| *from <= known.today);
    let Some((from, of)) = begun else {
        found.known(review::PERIOD_TO.name(), known.today);
        return None;
    };
    found.put("period_from", Some(from.write()), &of);
    found.known(review::PERIOD_TO.name(), known.today.min(add_months(from, MONTHS)));
    Some(from)
}

/// A line for each member: role, name, age, and where a child stays.
fn family_state(known: &Known<'_>) -> String {
    let line = |member: &Member| {
        let mut line = words::sentence(member.role.label());
        if member.first_name != member.role.label() {
            line.push_str(": ");
            line.push_str(&member.first_name);
        }
        if let Some(born) = member.born {
            line.push_str(", ");
            line.push_str(&words::age(born, known.today));
        }
        if let Some(stays) = member.stays.filter(|_| member.is_child()) {
            line.push_str(", ");
            line.push_str(stays.label());
        }
        line
    };
    known.members.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The changes in the family that entries of the period told.
fn changes(from: Option<NaiveDate>, known: &Known<'_>, found: &mut Found) {
    let (mut lines, mut of) = (Vec::new(), Vec::new());
    let entries = known.entries.iter().map(|entry| entry.record);
    let told = notices(entries.chain(known.tasks.iter().copied()));
    let within =
        told.iter().filter(|notice| from.is_none_or(|from| notice.since >= from) && notice.since <= known.today);
    for notice in within {
        let mut line = [&words::date(notice.since), ": ", &notice.words()].concat();
        if let Some(told) = notice.told_words() {
            line.push_str("; ");
            line.push_str(&told);
        }
        lines.push(line);
        of.push(notice.entry.id);
        of.extend(notice.task.map(|task| task.id));
    }
    found.words("changes", &lines.join("\n"), 4000, &of);
}

/// As the last assessment told it, else as the areas of nr 5 did.
fn situation(field: &str, areas: &[Area], review: Option<&Record>, assessed: Option<&Record>, found: &mut Found) {
    if let Some(review) = review.filter(|review| review.answers.filled(field)) {
        found.copy(field, Some(review), field);
        return;
    }
    let Some(assessed) = assessed else { return };
    let mut areas = areas.to_vec();
    sort_by_key(&mut areas, |area| *area);
    let told = areas.into_iter().flat_map(|area| {
        let cells = assessed.answers.row(assessment::AREAS, area.code());
        ["situation", "difficulties", "resources"]
            .into_iter()
            .filter_map(move |cell| cells.raw(cell).and_then(Value::text).map(|text| text.trim().to_owned()))
    });
    let told: Vec<String> = told.filter(|text| !text.is_empty()).collect();
    found.words(field, &told.join("\n"), 4000, &[assessed.id]);
}
