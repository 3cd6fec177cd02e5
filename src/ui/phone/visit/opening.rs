//! What the form of a visit needs from the device when it opens.

use crate::{
    domain::{
        caseload::FamilyLine,
        change::Pen,
        codes::{EntryKind, StatutoryTask},
        documents::{
            RecordKind,
            family_card::{self, children_at_home},
            plan, visit_card,
        },
        form::Answers,
        ids::{DraftId, RecordId},
        order::sort_by_key,
        record::Record,
        visit_draft,
    },
    sync::replica::{Draft, Replica},
    ui::{
        form::{Pick, field::picks},
        phone::family::{card, member_note, open_tasks},
    },
};
use chrono::NaiveTime;
use std::collections::BTreeMap;

/// What the form needs from the device, read once when it opens.
pub struct Opening {
    pub draft: Draft,
    pub resumed: bool,
    pub last: Option<Answers>,
    pub tasks: Vec<Record>,
    pub members: Vec<Pick>,
    pub children: Vec<Pick>,
    pub goals: Vec<Pick>,
    pub favourites: Vec<Pick>,
}

/// Reads it: a draft that was begun earlier, or a new one.
pub fn open(replica: &Replica, line: &FamilyLine, kind: EntryKind, start: bool, pen: &Pen<'_>) -> Opening {
    let family = line.family;
    let standing = replica
        .drafts()
        .into_iter()
        .find(|draft| draft.family == family && draft.answers.get(visit_card::KIND) == Some(kind))
        .cloned();
    let resumed = standing.is_some();
    let draft = standing.unwrap_or_else(|| {
        let mut answers = visit_draft::begin(kind, pen);
        if start {
            answers.put(visit_card::START, pen.local_time().time());
        }
        Draft {
            id: DraftId(pen.id()),
            record: RecordId(pen.id()),
            kind: RecordKind::Visit,
            family,
            form: visit_card::FORM.version,
            answers,
            section: 0,
            saved_at: pen.now,
        }
    });
    let today = pen.today();
    let members = card(replica, family).map(|card| family_card::members(&card.answers)).unwrap_or_default();
    let at_home = card(replica, family).map(|card| children_at_home(&card.answers)).unwrap_or_default();
    let pick = |member: &family_card::Member| Pick {
        id: member.id.clone(),
        label: member.first_name.clone(),
        note: member_note(member, today),
    };
    Opening {
        draft,
        resumed,
        last: last_like(replica, line, kind),
        tasks: open_tasks(replica, family),
        children: members.iter().filter(|member| at_home.contains(&member.id)).map(pick).collect(),
        members: members.iter().map(pick).collect(),
        goals: goal_picks(replica, line),
        favourites: favourites(replica),
    }
}

fn last_like(replica: &Replica, line: &FamilyLine, kind: EntryKind) -> Option<Answers> {
    replica
        .of_family(line.family, RecordKind::Visit)
        .filter(|record| record.answers.get(visit_card::KIND) == Some(kind) && visit_card::took_place(&record.answers))
        .max_by_key(|record| (record.answers.get(visit_card::DATE), record.id))
        .map(|record| record.answers.clone())
}

fn goal_picks(replica: &Replica, line: &FamilyLine) -> Vec<Pick> {
    let plan = replica.of_family(line.family, RecordKind::Plan).last();
    plan.map(|plan| plan::goals(&plan.answers))
        .unwrap_or_default()
        .into_iter()
        .map(|goal| Pick { id: goal.id, label: format!("{}. {}", goal.no, goal.goal), note: String::new() })
        .collect()
}

/// Statutory tasks, the ones this person uses most first.
fn favourites(replica: &Replica) -> Vec<Pick> {
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    for record in replica.records().filter(|record| record.kind == RecordKind::Visit && record.made.by == replica.me) {
        for code in record.answers.get(visit_card::TASKS).unwrap_or_default() {
            *uses.entry(code).or_default() += 1;
        }
    }
    let mut tasks = picks(StatutoryTask::CHOICES);
    sort_by_key(&mut tasks, |pick| std::cmp::Reverse(uses.get(&pick.id).copied().unwrap_or(0)));
    for pick in &mut tasks {
        if let Some(point) = pick.id.parse::<StatutoryTask>().ok().and_then(StatutoryTask::point) {
            pick.label = format!("{point} · {}", pick.label);
        }
    }
    tasks
}

/// Times of the other entries of the same day, by the same person.
pub fn other_times(replica: &Replica, draft: &Answers) -> Vec<(NaiveTime, NaiveTime)> {
    let day = draft.get(visit_card::DATE);
    replica
        .records()
        .filter(|record| record.kind == RecordKind::Visit && record.made.by == replica.me)
        .filter(|record| record.answers.get(visit_card::DATE) == day)
        .filter_map(|record| Some((record.answers.get(visit_card::START)?, record.answers.get(visit_card::END)?)))
        .collect()
}
