//! What the form of a visit needs from the device when it opens.

use super::urgent::Numbers;
use crate::{
    domain::{
        around::contacts,
        caseload::FamilyLine,
        change::Pen,
        codes::{EntryKind, StatutoryTask},
        correction::Reports,
        documents::{
            RecordKind,
            family_card::{self, children_at_home},
            family_task,
            papers::course::PAPER,
            visit_card::{self, Surroundings},
        },
        form::{Answers, Form, Key},
        ids::{DraftId, FamilyId, RecordId},
        office::{Institution, OfficeBook},
        order::sort_by_key,
        procedure::Paper,
        record::Record,
        signals::notice,
        visit_draft,
    },
    sync::replica::{Draft, Replica},
    ui::{
        form::{Pick, field::picks, paper::member_pick},
        phone::{
            family::{card, goal_picks, open_tasks},
            paper::form_of_draft,
        },
    },
};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// Persons and institutions of the information card, and the cells that lead to a court.
const PARTIES: &str = "parties";
const PARTY: Key<String> = Key::new("institution");
const PARTY_PHONE: Key<String> = Key::new("phone");
const COURT: &str = "COURT";

/// What the form needs from the device, read once when it opens.
pub struct Opening {
    /// The draft, begun now or earlier.
    pub draft: Draft,
    /// The form that it was begun with.
    pub form: &'static Form,
    /// What the office has set: the forms of tasks.
    pub book: OfficeBook,
    /// It was begun earlier.
    pub resumed: bool,
    /// The last entry of this kind, for "Jak ostatnio".
    pub last: Option<Answers>,
    /// Earlier tasks that may be checked.
    pub tasks: Vec<Record>,
    /// Tasks that the first writing of a corrected entry made or checked.
    pub with_it: Vec<Record>,
    /// What the rules need to know.
    pub around: Surroundings,
    /// Members of the family.
    pub members: Vec<Pick>,
    /// Children who live at home.
    pub children: Vec<Pick>,
    /// Goals of the plan.
    pub goals: Vec<Pick>,
    /// Tasks of the act, the most used first.
    pub favourites: Vec<Pick>,
    /// Whom one may have talked to: the family's own contacts, then the office's list.
    pub directory: Vec<Institution>,
    /// Whom to call when it is urgent.
    pub numbers: Numbers,
}

/// A new entry: one that was begun earlier, or an empty one.
pub fn open_new(replica: &Replica, line: &FamilyLine, kind: EntryKind, start: bool, pen: &Pen<'_>) -> Opening {
    let drafts = replica.drafts();
    let mut own = drafts.into_iter().filter(|draft| is_new_visit(draft, line.family));
    let standing = own.find(|draft| draft.answers.get(visit_card::KIND) == Some(kind)).cloned();
    let resumed = standing.is_some();
    let draft = standing.unwrap_or_else(|| {
        let mut answers = visit_draft::begin(kind, pen);
        if start {
            answers.put(visit_card::START, pen.local_time().time());
        }
        let version = replica.book().newest_of(RecordKind::Visit).version;
        draft_of((RecordId(pen.id()), line.family, version), answers, None, pen)
    });
    Opening {
        resumed,
        last: last_like(replica, line, kind),
        tasks: open_tasks(replica, line.family),
        ..around(replica, line.family, draft, pen)
    }
}

/// A correction of an entry: one that was begun earlier, brought onto what stands now, or the entry as
/// it stands.
pub fn open_correction(replica: &Replica, entry: &Record, pen: &Pen<'_>) -> Opening {
    let begun = correction_of(replica, entry.id).cloned();
    let resumed = begun.is_some();
    let written = (entry.id, entry.family, entry.form);
    let draft = match begun {
        Some(Draft { before: Some(before), answers, id, saved_at, .. }) => {
            let (seen, now) = visit_draft::brought_onto(&entry.answers, &before, &answers);
            Draft { id, saved_at, ..draft_of(written, now, Some(seen), pen) }
        }
        _ => draft_of(written, entry.answers.clone(), Some(entry.answers.clone()), pen),
    };
    let named = |key: Key<BTreeSet<String>>, task: &Record| {
        entry.answers.get(key).is_some_and(|ids| ids.contains(&task.id.to_string()))
    };
    let is_with_it = |task: &Record| named(visit_card::NEW_TASKS, task) || named(visit_card::TASK_CHECKS, task);
    let day = entry.answers.get(visit_card::DATE);
    let mut tasks = open_tasks(replica, entry.family);
    // What was agreed later could not be checked at this entry.
    tasks.retain(|task| !is_with_it(task) && task.answers.get(family_task::GIVEN_ON) <= day);
    let with_it = replica.of_family(entry.family, RecordKind::Task).filter(|task| is_with_it(task)).cloned().collect();
    Opening { resumed, tasks, with_it, ..around(replica, entry.family, draft, pen) }
}

fn is_new_visit(draft: &Draft, family: FamilyId) -> bool {
    draft.kind == RecordKind::Visit && draft.family == family && draft.before.is_none()
}

/// The correction of an entry that was begun and not finished.
pub fn correction_of(replica: &Replica, entry: RecordId) -> Option<&Draft> {
    replica.drafts().into_iter().find(|draft| draft.record == entry && draft.before.is_some())
}

fn draft_of(
    (record, family, form): (RecordId, FamilyId, u16),
    answers: Answers,
    before: Option<Answers>,
    pen: &Pen<'_>,
) -> Draft {
    Draft {
        id: DraftId(pen.id()),
        record,
        kind: RecordKind::Visit,
        family,
        form,
        answers,
        before,
        section: 0,
        saved_at: pen.now,
    }
}

/// What every form of the card needs around its draft.
fn around(replica: &Replica, family: FamilyId, draft: Draft, pen: &Pen<'_>) -> Opening {
    let today = pen.today();
    let members = card(replica, family).map(|card| family_card::members(&card.answers)).unwrap_or_default();
    let at_home = card(replica, family).map(|card| children_at_home(&card.answers)).unwrap_or_default();
    let pick = |member: &family_card::Member| member_pick(member, today);
    let children: Vec<Pick> = members.iter().filter(|member| at_home.contains(&member.id)).map(pick).collect();
    Opening {
        around: Surroundings {
            children_at_home: children.iter().map(|child| child.id.clone()).collect(),
            other_times: other_times(replica, &draft),
            reported: reported(replica),
            adults: members.iter().filter(|member| !member.is_child()).map(|member| member.id.clone()).collect(),
            settings: replica.book().settings.clone(),
            notice: replica.record(notice::task_of(draft.record)).cloned(),
        },
        form: form_of_draft(replica, &draft),
        book: replica.book().clone(),
        numbers: numbers(replica, family),
        draft,
        resumed: false,
        last: None,
        tasks: Vec::new(),
        with_it: Vec::new(),
        children,
        members: members.iter().map(pick).collect(),
        goals: goal_picks(replica, family),
        favourites: favourites(replica),
        directory: directory(replica, family),
    }
}

fn directory(replica: &Replica, family: FamilyId) -> Vec<Institution> {
    let records: Vec<&Record> = replica.records().filter(|record| record.family == family).collect();
    let own = contacts(&records).into_iter().map(|contact| Institution {
        name: contact.called(),
        kind: contact.institution,
        id: contact.id,
        ..Institution::default()
    });
    own.filter(|one| !one.name.is_empty()).chain(replica.book().directory.iter().cloned()).collect()
}

/// The office's number, and the court's as the family's last information card (nr 4) names it.
fn numbers(replica: &Replica, family: FamilyId) -> Numbers {
    let said = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let cards = replica.of_family(family, RecordKind::Paper);
    let card = cards.filter(|paper| paper.answers.get(PAPER) == Some(Paper::FamilyCard)).max_by_key(|paper| paper.id);
    let court = card.and_then(|card| {
        let parties = card.answers.rows(PARTIES).into_iter().map(|row| card.answers.row(PARTIES, &row));
        parties.filter(|party| party.text(PARTY) == COURT).find_map(|party| said(party.text(PARTY_PHONE)))
    });
    Numbers { office: said(&replica.book().letterhead.phone), court }
}

/// The months that this person has reported, as this device knows.
pub fn reported(replica: &Replica) -> BTreeSet<NaiveDate> {
    Reports::of(replica.me, replica.records()).closed_at(DateTime::<Utc>::MAX_UTC)
}

fn last_like(replica: &Replica, line: &FamilyLine, kind: EntryKind) -> Option<Answers> {
    replica
        .of_family(line.family, RecordKind::Visit)
        .filter(|record| record.answers.get(visit_card::KIND) == Some(kind) && visit_card::took_place(&record.answers))
        .max_by_key(|record| (record.answers.get(visit_card::DATE), record.id))
        .map(|record| record.answers.clone())
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
fn other_times(replica: &Replica, draft: &Draft) -> Vec<(NaiveTime, NaiveTime)> {
    let day = draft.answers.get(visit_card::DATE);
    replica
        .records()
        .filter(|record| record.kind == RecordKind::Visit && record.made.by == replica.me && record.id != draft.record)
        .filter(|record| record.answers.get(visit_card::DATE) == day)
        .filter_map(|record| Some((record.answers.get(visit_card::START)?, record.answers.get(visit_card::END)?)))
        .collect()
}
