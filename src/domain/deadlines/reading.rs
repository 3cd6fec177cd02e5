//! What a family's records tell about its terms: the case card, the plans, and the entries since the case
//! began. Papers that are not records yet add their events with the slices that bring them.

use super::{Deadline, Event, Facts, Happening, Of, Settings, deadlines};
use crate::domain::{
    codes::EntryKind,
    documents::{
        RecordKind, case_card, family_card,
        papers::{
            course::{CASE, PAPER, day_of},
            court_paper::{self, CourtPaperKind},
            plan,
        },
        visit_card::{self, VisitCard},
    },
    ids::RecordId,
    procedure::Paper,
    record::Record,
    signals::notice::notices,
};
use chrono::NaiveDate;

/// The terms of a family that run today, as its records on this side tell them. Nothing without a case.
///
/// The case card keeps only the last assessment, so what was kept and missed earlier is not told.
pub fn terms_of_family<'a>(
    records: impl IntoIterator<Item = &'a Record>,
    settings: &Settings,
    today: NaiveDate,
) -> Vec<Deadline> {
    facts_of_family(records).map(|facts| deadlines(&facts, settings, today)).unwrap_or_default()
}

/// What has happened in the current case of a family.
pub fn facts_of_family<'a>(records: impl IntoIterator<Item = &'a Record>) -> Option<Facts> {
    let records: Vec<&Record> = records.into_iter().collect();
    let newest = |kind| records.iter().filter(move |record| record.kind == kind).max_by_key(|record| record.id);
    let case = newest(RecordKind::Case)?;
    Some(facts_of_case(&records, case, None))
}

/// What has happened in one case of a family. What was written from the day `until` on belongs to the next one.
pub(super) fn facts_of_case(records: &[&Record], case: &Record, until: Option<NaiveDate>) -> Facts {
    let card = records.iter().filter(|record| record.kind == RecordKind::Family).max_by_key(|record| record.id);
    let code = card.map(|card| card.answers.text(family_card::CODE).to_owned());
    let began = case.answers.get(case_card::REFERRED_ON);
    let mut facts = Facts::of_case(code.unwrap_or_default(), &case.answers);
    let mut entries = entries(records, began);
    entries.retain(|entry| until.is_none_or(|until| entry.card.date < until));
    let monitored_from = case.answers.get(case_card::MONITORING_FROM);
    for entry in &entries {
        facts.events.extend(told(entry, monitored_from));
    }
    facts.events.extend(informed(records, began));
    facts.events.extend(plans(records, case.id));
    facts.events.extend(court(records, case.id));
    facts
}

/// An entry of the work card with its record.
struct Entry<'a> {
    record: &'a Record,
    card: VisitCard,
}

impl Entry<'_> {
    /// People met, wherever it was.
    fn is_meeting(&self) -> bool {
        matches!(self.card.kind, EntryKind::Visit | EntryKind::MeetingOut)
            && visit_card::took_place(&self.record.answers)
    }
}

/// The entries of this case. An earlier case of the family has terms of its own.
fn entries<'a>(records: &[&'a Record], began: Option<NaiveDate>) -> Vec<Entry<'a>> {
    let visits = records.iter().filter(|record| record.kind == RecordKind::Visit);
    let read = visits.filter_map(|record| Some(Entry { record, card: VisitCard::read(&record.answers)? }));
    read.filter(|entry| began.is_none_or(|began| entry.card.date >= began)).collect()
}

/// What one entry tells by itself.
fn told(entry: &Entry, monitored_from: Option<NaiveDate>) -> Vec<Event> {
    let day = entry.card.date;
    let mut events = Vec::new();
    if entry.card.is_held_visit() {
        events.push(Event::new(Happening::VisitHeld, day));
    }
    if entry.is_meeting() {
        events.push(Event::new(Happening::FamilyMet, day));
    }
    let reached = entry.is_meeting() || entry.card.kind == EntryKind::PhoneFamily;
    if reached && monitored_from.is_some_and(|from| day > from) {
        events.push(Event::new(Happening::MonitoringContact, day));
    }
    if entry.record.answers.get(visit_card::CHANGE_SIGNAL).is_some() {
        events.push(Event::new(Happening::SituationChange, day).of(Of::Thing(entry.record.id.0)));
    }
    events
}

/// The social worker knows of a change: a task was ticked off, or an entry tells of a talk.
fn informed(records: &[&Record], began: Option<NaiveDate>) -> Vec<Event> {
    let own = notices(records.iter().copied()).into_iter().filter(|notice| began.is_none_or(|day| notice.since >= day));
    own.filter_map(|notice| {
        Some(Event::new(Happening::WorkerInformed, notice.told?.on).of(Of::Thing(notice.entry.id.0)))
    })
    .collect()
}

/// A plan is new when a version of it is handed in; a draft keeps no term.
fn plans(records: &[&Record], case: RecordId) -> Vec<Event> {
    let of_case = |record: &&&Record| plan::is_plan(record) && record.answers.get(CASE) == Some(case);
    let standing = records.iter().filter(of_case).filter(|record| plan::stands(record));
    standing.map(|record| Event::new(Happening::PlanUpdated, day_of(record))).collect()
}

/// What the court asks for runs from its letter to the day it sets, until the answer was sent (D13, D14).
fn court(records: &[&Record], case: RecordId) -> Vec<Event> {
    let of_case = |record: &&&Record| {
        let answers = &record.answers;
        record.kind == RecordKind::Paper
            && answers.get(PAPER) == Some(Paper::CourtPaper)
            && answers.get(CASE) == Some(case)
    };
    records.iter().filter(of_case).flat_map(|record| letter(record)).collect()
}

fn letter(record: &Record) -> Vec<Event> {
    let answers = &record.answers;
    let (asked, sent) = match answers.get(court_paper::KIND) {
        Some(CourtPaperKind::Opinion) => (Happening::CourtOpinionAsked, Happening::CourtOpinionSent),
        Some(CourtPaperKind::Report) => (Happening::CourtReportOrdered, Happening::CourtReportSent),
        Some(CourtPaperKind::Notice) | None => return Vec::new(),
    };
    let of = Of::Thing(record.id.0);
    let begins = answers
        .get(court_paper::LETTER_RECEIVED_ON)
        .map(|on| Event { stated: answers.get(court_paper::DUE), ..Event::new(asked, on).of(of) });
    let ends = answers.get(court_paper::SENT_ON).map(|on| Event::new(sent, on).of(of));
    begins.into_iter().chain(ends).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        codes::{ChangeSignal, Outcome, TaskOrigin, TaskStatus},
        deadlines::{Code, State},
        documents::{
            case_card::Stage,
            family_task,
            papers::course::{HANDED_IN_ON, LIFE},
        },
        form::Answers,
        procedure::Life,
        testing::{day, record},
    };
    use uuid::Uuid;

    fn case(stage: Stage) -> Record {
        let card = Answers::default()
            .with(case_card::STAGE, stage)
            .with(case_card::REFERRED_ON, day("2026-08-03"))
            .with(case_card::RECEIVED_ON, day("2026-09-01"))
            .with(case_card::CONSENT_ON, day("2026-09-08"))
            .with(case_card::PLAN_FROM, day("2026-10-05"));
        record(1, RecordKind::Case, card)
    }

    fn visit(n: u128, on: &str) -> Record {
        let card = Answers::default()
            .with(visit_card::KIND, EntryKind::Visit)
            .with(visit_card::OUTCOME, Outcome::Held)
            .with(visit_card::DATE, day(on));
        record(n, RecordKind::Visit, card)
    }

    fn open(records: &[Record], today: &str) -> Vec<(Code, NaiveDate)> {
        let terms = terms_of_family(records, &Settings::default(), day(today));
        assert!(terms.iter().all(Deadline::is_open));
        terms.into_iter().map(|term| (term.code, term.due)).collect()
    }

    #[test]
    fn the_last_visit_starts_the_next_seven_days() {
        let records = [case(Stage::Cooperation), visit(10, "2026-11-10"), visit(11, "2026-11-16")];
        let found = open(&records, "2026-11-22");
        assert!(found.contains(&(Code::D11, day("2026-11-23"))), "{found:?}");
        assert!(found.contains(&(Code::D05, day("2027-04-05"))), "{found:?}");
        assert!(!found.iter().any(|(code, _)| matches!(code, Code::D02 | Code::D04)), "what is done is done");
    }

    #[test]
    fn an_entry_of_an_earlier_case_does_not_count() {
        let found = open(&[case(Stage::Cooperation), visit(10, "2026-07-01")], "2026-11-22");
        assert!(found.contains(&(Code::D11, day("2026-09-15"))), "counted from the consent: {found:?}");
    }

    #[test]
    fn a_change_asks_for_news_to_the_social_worker_until_they_were_told() {
        let mut changed = visit(10, "2026-11-20");
        changed.answers.put(visit_card::CHANGE_SIGNAL, ChangeSignal::Work);
        let told = Answers::default()
            .with(visit_card::KIND, EntryKind::Institution)
            .with(visit_card::INSTITUTION, "OPS_WORKER".to_owned())
            .with(visit_card::DATE, day("2026-11-21"));
        let mut records = vec![case(Stage::Cooperation), changed];
        assert!(open(&records, "2026-11-22").contains(&(Code::D10, day("2026-11-27"))));
        records.push(record(12, RecordKind::Visit, told));
        assert!(!open(&records, "2026-11-22").iter().any(|(code, _)| *code == Code::D10));
    }

    #[test]
    fn the_task_of_a_change_keeps_the_term_when_it_is_ticked_off() {
        let mut changed = visit(10, "2026-11-20");
        changed.answers.put(visit_card::CHANGE_SIGNAL, ChangeSignal::Work);
        let task = Answers::default()
            .with(family_task::ORIGIN, TaskOrigin::Change)
            .with(family_task::VISIT, changed.id.to_string())
            .with(family_task::STATUS, TaskStatus::Set);
        let mut records = vec![case(Stage::Cooperation), changed, record(11, RecordKind::Task, task)];
        let asked = |records: &[Record]| open(records, "2026-11-22").iter().any(|(code, _)| *code == Code::D10);
        assert!(asked(&records));
        let closed = [(TaskStatus::NotDone, true), (TaskStatus::Done, false)];
        for (status, still) in closed {
            records[2].answers.put(family_task::STATUS, status);
            records[2].answers.put(family_task::CHECKED_ON, day("2026-11-21"));
            assert_eq!(asked(&records), still, "{status:?}");
        }
    }

    #[test]
    fn a_first_meeting_keeps_the_term_before_anybody_wrote_it_on_the_case() {
        let mut handed_over = case(Stage::HandedOver);
        for key in [case_card::CONSENT_ON, case_card::PLAN_FROM] {
            handed_over.answers.set_raw(key.name(), None);
        }
        let found = open(std::slice::from_ref(&handed_over), "2026-09-05");
        assert!(found.contains(&(Code::D02, day("2026-09-11"))), "{found:?}");
        let found = open(&[handed_over, visit(10, "2026-09-04")], "2026-09-05");
        assert!(!found.iter().any(|(code, _)| *code == Code::D02), "{found:?}");
    }

    #[test]
    fn a_change_asks_for_a_new_version_of_the_plan_until_one_is_handed_in() {
        let mut changed = visit(10, "2026-11-10");
        changed.answers.put(visit_card::CHANGE_SIGNAL, ChangeSignal::Work);
        let plan = |case: u128, life, on: &str| {
            let answers = Answers::default()
                .with(PAPER, Paper::Plan)
                .with(CASE, RecordId(Uuid::from_u128(case)))
                .with(LIFE, life)
                .with(HANDED_IN_ON, day(on));
            record(20, RecordKind::Paper, answers)
        };
        for (plan, asked) in [
            (None, true),
            (Some(plan(1, Life::Signed, "2026-11-20")), false),
            (Some(plan(1, Life::Approved, "2026-11-20")), false),
            (Some(plan(1, Life::Draft, "2026-11-20")), true),
            (Some(plan(1, Life::Signed, "2026-11-09")), true),
            (Some(plan(2, Life::Signed, "2026-11-20")), true),
        ] {
            let mut records = vec![case(Stage::Cooperation), changed.clone()];
            let said = format!("{plan:?}");
            records.extend(plan);
            assert_eq!(open(&records, "2026-11-22").contains(&(Code::D06, day("2026-11-24"))), asked, "{said}");
        }
    }

    #[test]
    fn the_courts_day_runs_until_the_answer_was_sent() {
        let answers = Answers::default()
            .with(PAPER, Paper::CourtPaper)
            .with(CASE, RecordId(Uuid::from_u128(1)))
            .with(LIFE, Life::Draft)
            .with(court_paper::KIND, CourtPaperKind::Opinion)
            .with(court_paper::LETTER_RECEIVED_ON, day("2026-11-10"))
            .with(court_paper::DUE, day("2026-11-30"));
        let mut records = [case(Stage::Cooperation), record(30, RecordKind::Paper, answers)];
        assert!(open(&records, "2026-11-22").contains(&(Code::D14, day("2026-11-30"))));
        records[1].answers.put(court_paper::SENT_ON, day("2026-11-21"));
        assert!(!open(&records, "2026-11-22").iter().any(|(code, _)| *code == Code::D14));
    }

    #[test]
    fn without_a_case_there_are_no_terms() {
        assert!(terms_of_family(&[visit(10, "2026-11-20")], &Settings::default(), day("2026-11-22")).is_empty());
    }

    #[test]
    fn overdue_is_told_as_such() {
        let terms = terms_of_family(&[case(Stage::Cooperation)], &Settings::default(), day("2026-11-22"));
        let visits = terms.iter().find(|term| term.code == Code::D11).unwrap();
        assert_eq!(visits.state, State::Overdue);
    }
}
