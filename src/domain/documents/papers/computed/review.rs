//! What the periodic assessment (nr 7 and 15) counts: work, tasks, goals, and how the areas have moved.

use super::work::{Tally, count, is_other_contact, is_with_family, is_with_institution, tally};
use crate::domain::{
    codes::{Area, EntryKind, Scale, StatutoryTask, TaskStatus},
    documents::{
        family_task::{self, FamilyTask},
        papers::{
            assessment,
            begin::{Entry, Known, plans},
            course::day_of,
            figure::Found,
            plan, review,
        },
        visit_card,
    },
    form::{Answers, Cell, Key},
    ids::RecordId,
    procedure::Paper,
};
use chrono::NaiveDate;
use std::collections::BTreeMap;

const PERIOD_FROM: Key<NaiveDate> = Key::new("period_from");

/// From one day to another, both included.
#[derive(Clone, Copy)]
struct Period(Option<NaiveDate>, Option<NaiveDate>);

impl Period {
    fn holds(self, day: NaiveDate) -> bool {
        self.0.is_none_or(|from| day >= from) && self.1.is_none_or(|to| day <= to)
    }
}

pub(super) fn review(answers: &Answers, known: &Known<'_>, found: &mut Found) {
    let period = Period(answers.get(PERIOD_FROM), answers.get(review::PERIOD_TO).or(Some(known.today)));
    before(known, found);
    let entries: Vec<&Entry> = known.between(period.0, period.1).collect();
    work(&entries, found);
    tasks_and_goals(period, &entries, answers, known, found);
    for area in Area::ALL {
        area_moved(*area, answers, known, found);
    }
}

/// The assessment before this one, and the plan that is judged.
fn before(known: &Known<'_>, found: &mut Found) {
    match known.review() {
        Some(review) => found.put("previous_on", Some(day_of(review).write()), &[review.id]),
        None => {
            if let Some((began, of)) = known.plan_began() {
                found.put("previous_on", Some(began.write()), &of);
            }
        }
    }
    if let Some(plan) = known.plan() {
        let place = i64::try_from(known.plans.len()).unwrap_or(i64::MAX);
        let version = plan.answers.get(plan::VERSION).unwrap_or(place);
        found.put("plan_version", Some(version.write()), &[plan.id]);
    }
}

fn work(entries: &[&Entry<'_>], found: &mut Found) {
    let all = || entries.iter().copied();
    let visits = tally(all(), |entry| entry.card.is_held_visit());
    found.put("visits", visits.count(), &visits.ids);
    let missed = tally(all(), |entry| entry.card.is_missed_visit());
    found.put("visits_missed", missed.count(), &missed.ids);
    let contacts = tally(all(), is_other_contact);
    found.put("contacts", contacts.count(), &contacts.ids);
    let institutions = tally(all(), is_with_institution);
    found.put("institution_contacts", institutions.count(), &institutions.ids);
    let with_family = tally(all(), is_with_family);
    found.put("hours", with_family.tenths_of_hours(), &with_family.ids);
    let (mut kinds, mut tasks) = (BTreeMap::<EntryKind, Tally>::new(), BTreeMap::<StatutoryTask, Tally>::new());
    for entry in all().filter(|entry| entry.took_place()) {
        kinds.entry(entry.card.kind).or_default().add(entry);
        for task in entry.card.tasks.iter().filter(|task| task.is_statutory()) {
            tasks.entry(*task).or_default().add(entry);
        }
    }
    for (kind, tally) in kinds {
        let row = ("by_kind", kind.code());
        found.cell(row, "kind", Some(kind.write()), &tally.ids);
        found.cell(row, "count", tally.count(), &tally.ids);
    }
    for (task, tally) in tasks {
        let row = ("by_task", task.code());
        found.cell(row, "task", Some(task.write()), &tally.ids);
        found.cell(row, "count", tally.count(), &tally.ids);
    }
}

/// Tasks of the family in the period, and entries that served a goal.
#[derive(Default)]
struct Counted {
    given: Vec<RecordId>,
    done: Vec<RecordId>,
    missed: Vec<RecordId>,
    entries: Vec<RecordId>,
}

fn tasks_and_goals(period: Period, entries: &[&Entry<'_>], answers: &Answers, known: &Known<'_>, found: &mut Found) {
    let mut all = Counted::default();
    let mut goals: BTreeMap<String, Counted> = BTreeMap::new();
    for record in &known.tasks {
        if record.answers.get(family_task::BY_ASSISTANT) == Some(true) {
            continue;
        }
        let Some(task) = FamilyTask::read(&record.answers) else { continue };
        let own = record.answers.get(family_task::GOAL).unwrap_or_default();
        count_task(&task, record.id, period, &mut all);
        for goal in own {
            count_task(&task, record.id, period, goals.entry(goal).or_default());
        }
    }
    for entry in entries.iter().filter(|entry| entry.took_place()) {
        for goal in entry.record.answers.get(visit_card::GOALS).unwrap_or_default() {
            goals.entry(goal).or_default().entries.push(entry.record.id);
        }
    }
    found.put("tasks_given", Some(count(&all.given)), &all.given);
    found.put("tasks_done", Some(count(&all.done)), &all.done);
    let planned = known.plan().map(|plan| plan.answers.rows(plans::GOALS)).unwrap_or_default();
    let written = answers.rows(review::GOAL_REVIEWS);
    for goal in planned.union(&written) {
        let counted = goals.remove(goal).unwrap_or_default();
        let row = (review::GOAL_REVIEWS, goal.as_str());
        for (cell, ids) in [
            ("tasks_given", counted.given),
            ("tasks_done", counted.done),
            ("tasks_missed", counted.missed),
            ("visits", counted.entries),
        ] {
            found.cell(row, cell, Some(count(&ids)), &ids);
        }
    }
}

fn count_task(task: &FamilyTask, id: RecordId, period: Period, counted: &mut Counted) {
    if period.holds(task.given_on) {
        counted.given.push(id);
    }
    if !period.holds(task.checked_on.unwrap_or(task.given_on)) {
        return;
    }
    match task.status {
        TaskStatus::Done => counted.done.push(id),
        TaskStatus::NotDone => counted.missed.push(id),
        _ => {}
    }
}

/// What was rated before is shown, and how it has moved once it is rated anew.
fn area_moved(area: Area, answers: &Answers, known: &Known<'_>, found: &mut Found) {
    let row = (review::AREAS, area.code());
    let now = answers.row(review::AREAS, area.code()).get(review::NOW);
    let Some((previous, of)) = previous(area, known) else { return };
    let was_rated = !matches!(previous, Scale::Unknown | Scale::NotApplicable);
    if !was_rated && now.is_none() {
        return;
    }
    if let Some((first, of)) = first(area, known) {
        found.cell(row, review::FIRST.name(), Some(first.write()), &[of]);
    }
    found.cell(row, review::PREVIOUS.name(), Some(previous.write()), &[of]);
    let trend = now.and_then(|now| review::trend(previous, now));
    found.cell(row, review::TREND.name(), trend.map(Cell::write), &[of]);
}

/// The last rating before: that of the last assessment that speaks of the area, else that of nr 5.
fn previous(area: Area, known: &Known<'_>) -> Option<(Scale, RecordId)> {
    let reviews = known.of_kinds(&[Paper::Review, Paper::PeriodicReport]).into_iter().rev();
    let mut rated = reviews
        .filter_map(|review| Some((review.answers.row(review::AREAS, area.code()).get(review::NOW)?, review.id)));
    rated.next().or_else(|| first(area, known))
}

/// How it stood in nr 5.
fn first(area: Area, known: &Known<'_>) -> Option<(Scale, RecordId)> {
    let assessed = known.last(&[Paper::Assessment])?;
    Some((assessment::score(&assessed.answers, area)?, assessed.id))
}
