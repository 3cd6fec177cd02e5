//! *Historia terminów*: the terms of a family that are over, kept or missed and by how much, from the journal of its
//! cases, the papers and the entries. What still runs, [`super::terms_of_family`] tells.

use super::{Code, Event, Facts, Happening, Of, Settings, State, Term, deadlines, reading, rule};
use crate::domain::{
    calendar::add_days,
    documents::{
        RecordKind,
        case_card::{self, STEP, STEP_ON, STEPS},
        papers::{
            course::{CASE, LIFE, PAPER, day_of},
            plan,
        },
    },
    order::sort_by_key,
    procedure::{Life, Paper, Transition},
    record::Record,
    words::DAYS,
};
use chrono::NaiveDate;

/// A term that is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// Which term.
    pub code: Code,
    /// What it was about.
    pub of: Of,
    /// The day that started it.
    pub since: NaiveDate,
    /// The last day.
    pub due: NaiveDate,
    /// The day on which it was done, or over with the case.
    pub on: NaiveDate,
    /// It was kept.
    pub kept: bool,
}

impl Past {
    /// Days after the last one; none when it was kept.
    pub fn late(&self) -> i64 {
        if self.kept { 0 } else { (self.on - self.due).num_days().max(0) }
    }

    /// "w terminie", "3 dni po terminie".
    pub fn words(&self) -> String {
        match self.late() {
            _ if self.kept => "w terminie".to_owned(),
            // Hours of the last day.
            0 => "po terminie".to_owned(),
            days => [&DAYS.count(days), " po terminie"].concat(),
        }
    }

    /// Act and article, or the point of the procedure.
    pub fn source(&self) -> &'static str {
        rule(self.code).source
    }
}

/// The terms of all cases of a family that are over, the latest first.
pub fn history<'a>(records: impl IntoIterator<Item = &'a Record>, settings: &Settings, today: NaiveDate) -> Vec<Past> {
    let records: Vec<&Record> = records.into_iter().collect();
    let mut cases: Vec<&Record> = records.iter().copied().filter(|record| record.kind == RecordKind::Case).collect();
    sort_by_key(&mut cases, |case| case.id);
    let mut past = Vec::new();
    for (place, case) in cases.iter().enumerate() {
        // An entry after the next case began belongs to that one.
        let until = cases.get(place + 1).and_then(|next| next.answers.get(case_card::REFERRED_ON));
        past.extend(of_case(&records, case, until, settings, today));
    }
    sort_by_key(&mut past, |past| std::cmp::Reverse((past.on, past.due, past.code, past.of)));
    past
}

/// How many terms were kept, and how many were not.
pub fn tally(past: &[Past]) -> (usize, usize) {
    let kept = past.iter().filter(|past| past.kept).count();
    (kept, past.len() - kept)
}

fn of_case(
    records: &[&Record],
    case: &Record,
    until: Option<NaiveDate>,
    settings: &Settings,
    today: NaiveDate,
) -> Vec<Past> {
    let mut facts = reading::facts_of_case(records, case, until).complete();
    facts.events.extend(journal(case));
    facts.events.extend(assessments(records, case));
    let silences = silences(&facts, settings, today);
    let over = deadlines(&facts, settings, today).into_iter().filter_map(|term| {
        let (on, kept) = match term.state {
            State::Kept(on) => (on, true),
            State::Missed(on) => (on, false),
            State::Upcoming | State::DueSoon | State::Overdue => return None,
        };
        Some(Past { code: term.code, of: term.of, since: term.since, due: term.due, on, kept })
    });
    over.chain(silences).collect()
}

/// Steps of the case that start or fulfil terms and that its card does not keep, because later ones wrote over them.
fn journal(case: &Record) -> Vec<Event> {
    let step = |row: &String| {
        let cells = case.answers.row(STEPS, row);
        let what = match cells.get(STEP)? {
            Transition::Review => Happening::PeriodicAssessment,
            Transition::Extend => Happening::CooperationExtended,
            Transition::RequestClosing => Happening::ClosingRequested,
            Transition::RequestMonitoringEnd => Happening::MonitoringEndRequested,
            Transition::RequestReopening => Happening::ReopenRequested,
            Transition::ReturnClosing | Transition::ReturnMonitoringEnd | Transition::RejectReopening => {
                Happening::RequestReturned
            }
            _ => return None,
        };
        Some(Event::new(what, cells.get(STEP_ON)?))
    };
    case.answers.rows(STEPS).iter().filter_map(step).collect()
}

/// Every periodic assessment that was handed in: the card keeps the last one only.
fn assessments(records: &[&Record], case: &Record) -> Vec<Event> {
    let stands = |record: &&&Record| {
        let answers = &record.answers;
        record.kind == RecordKind::Paper
            && answers.get(PAPER) == Some(Paper::Review)
            && answers.get(CASE) == Some(case.id)
            && matches!(answers.get(LIFE), Some(Life::Signed | Life::Approved))
    };
    let papers = records.iter().filter(stands);
    papers.map(|record| Event::new(Happening::PeriodicAssessment, day_of(record))).collect()
}

/// D11 by itself: only the silences between two entries that were too long. A list of every visit would say nothing,
/// and what was before the first entry may stand on paper.
fn silences(facts: &Facts, settings: &Settings, today: NaiveDate) -> Vec<Past> {
    let Term::Days(days) = settings.term(Code::D11) else { return Vec::new() };
    let first =
        |what: &[Happening]| facts.events.iter().filter(|event| what.contains(&event.what)).map(|event| event.on).min();
    let Some(began) = first(&[Happening::Consent]) else { return Vec::new() };
    let over = first(&[Happening::MonitoringStarted, Happening::CaseEnded]).unwrap_or(today);
    let visits = facts.events.iter().filter(|event| event.what == Happening::VisitHeld).map(|event| event.on);
    let mut held: Vec<NaiveDate> = visits.filter(|day| *day > began && *day <= over).collect();
    sort_by_key(&mut held, |day| *day);
    held.iter()
        .zip(held.iter().skip(1))
        .map(|(since, on)| (*since, add_days(*since, days), *on))
        .filter(|(_, due, on)| on > due)
        .map(|(since, due, on)| Past { code: Code::D11, of: Of::Case, since, due, on, kept: false })
        .collect()
}

/// Which version of a plan this is, in words: "wersja 2".
pub fn version_words(record: &Record) -> Option<String> {
    let version = record.answers.get(plan::VERSION).filter(|_| plan::is_plan(record))?;
    Some(["wersja ", &version.to_string()].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        codes::{ChangeSignal, EntryKind, Outcome, TaskOrigin, TaskStatus},
        documents::{case_card::Stage, family_task, visit_card},
        form::Answers,
        testing::{day, record},
    };

    fn case() -> Record {
        let mut card = Answers::default()
            .with(case_card::STAGE, Stage::Cooperation)
            .with(case_card::REFERRED_ON, day("2025-01-02"))
            .with(case_card::INTERVIEW_ON, day("2025-01-10"))
            .with(case_card::HELP_PLAN_ON, day("2025-01-20"))
            .with(case_card::RECEIVED_ON, day("2025-01-25"))
            .with(case_card::MET_ON, day("2025-01-30"))
            .with(case_card::CONSENT_ON, day("2025-01-30"))
            .with(case_card::PLAN_FROM, day("2025-02-20"))
            .with(case_card::ASSESSED_ON, day("2026-03-01"));
        for (row, on) in [("001", "2025-08-20"), ("002", "2026-03-01")] {
            let step = Answers::default().with(STEP, Transition::Review).with(STEP_ON, day(on));
            card.put_row(STEPS, row, step);
        }
        record(1, RecordKind::Case, card)
    }

    fn visit(n: u128, on: &str) -> Record {
        let card = Answers::default()
            .with(visit_card::KIND, EntryKind::Visit)
            .with(visit_card::OUTCOME, Outcome::Held)
            .with(visit_card::DATE, day(on));
        record(n, RecordKind::Visit, card)
    }

    fn told(past: &[Past]) -> Vec<(Code, &'static str, i64)> {
        let told = |past: &Past| (past.code, if past.kept { "kept" } else { "missed" }, past.late());
        past.iter().map(told).collect()
    }

    #[test]
    fn what_the_card_wrote_over_the_journal_still_tells() {
        let found = told(&history([&case()], &Settings::default(), day("2026-04-01")));
        for expected in [
            (Code::D01, "missed", 2),
            (Code::D02, "kept", 0),
            (Code::D04, "kept", 0),
            (Code::D05, "kept", 0),
            (Code::D05, "missed", 9),
            (Code::D21, "kept", 0),
        ] {
            assert!(found.contains(&expected), "{expected:?} in {found:?}");
        }
        assert_eq!(found.iter().filter(|(code, ..)| *code == Code::D05).count(), 2, "the running one is not past");
    }

    #[test]
    fn only_silences_that_were_too_long_are_told_of_visits() {
        let days = ["2025-02-10", "2025-02-15", "2025-03-02", "2025-03-09"];
        let records: Vec<Record> = std::iter::once(case()).chain((2..).zip(days).map(|(n, on)| visit(n, on))).collect();
        let past = history(&records, &Settings::default(), day("2025-03-15"));
        let silences: Vec<_> = past.iter().filter(|past| past.code == Code::D11).collect();
        assert_eq!(silences.len(), 1);
        assert_eq!((silences[0].since, silences[0].late()), (day("2025-02-15"), 8));
        assert_eq!(silences[0].words(), "8 dni po terminie");
    }

    #[test]
    fn news_that_were_brought_stand_in_the_history() {
        for (on, kept, words) in [("2026-03-17", true, "w terminie"), ("2026-03-20", false, "3 dni po terminie")] {
            let mut changed = visit(10, "2026-03-10");
            changed.answers.put(visit_card::CHANGE_SIGNAL, ChangeSignal::Work);
            let task = Answers::default()
                .with(family_task::ORIGIN, TaskOrigin::Change)
                .with(family_task::VISIT, changed.id.to_string())
                .with(family_task::STATUS, TaskStatus::Done)
                .with(family_task::CHECKED_ON, day(on));
            let records = [case(), changed, record(11, RecordKind::Task, task)];
            let past = history(&records, &Settings::default(), day("2026-04-01"));
            let news = past.iter().find(|past| past.code == Code::D10).unwrap();
            assert_eq!((news.kept, news.words().as_str()), (kept, words));
        }
    }

    #[test]
    fn each_case_has_its_own_history() {
        let mut first = case();
        first.answers.put(case_card::STAGE, Stage::Closed);
        first.answers.put(case_card::ENDED_ON, day("2026-03-10"));
        let second = Answers::default()
            .with(case_card::STAGE, Stage::Allocated)
            .with(case_card::REFERRED_ON, day("2026-03-20"))
            .with(case_card::INTERVIEW_ON, day("2026-03-25"));
        let records = [first, record(2, RecordKind::Case, second)];
        let past = history(&records, &Settings::default(), day("2026-04-01"));
        assert_eq!(past.iter().filter(|past| past.code == Code::D21).count(), 2);
        let (kept, missed) = tally(&past);
        assert_eq!(kept + missed, past.len());
    }
}
