//! What terms are computed from: events with dates, wherever they are kept.

use super::{Event, Happening, Of};
use crate::domain::{
    codes::Basis,
    documents::case_card::{self, CaseFlag, Stage},
    form::{Answers, Key},
    ids::MemberId,
};
use chrono::NaiveDate;

/// Whose terms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// A family's case.
    #[default]
    Case,
    /// One assistant's own duties.
    Assistant,
    /// The office's.
    Office,
}

/// How much the events tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Known {
    /// Everything that happened: what was kept and missed can be told too.
    Everything,
    /// How things stand (a case card holds only the last assessment): only what runs can be told.
    #[default]
    Standing,
}

/// The facts about one case, one assistant or one office.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Whose facts.
    pub scope: Scope,
    /// Code of the family ("R11"), or empty. Never a name: it goes into calendars.
    pub label: String,
    /// What happened, in any order. What has not happened yet does not count.
    pub events: Vec<Event>,
    /// How much they tell.
    pub known: Known,
    /// Stage of the case.
    pub stage: Option<Stage>,
    /// The case is suspended: no visits are expected; the terms of the law run on.
    pub suspended: bool,
    /// Days between two meetings that the plan or nr 10 agrees, if it does.
    pub rhythm: Option<u32>,
    /// Birthdays of the children that events name.
    pub births: Vec<(MemberId, NaiveDate)>,
    /// From when to when the reports of the calendar are owed (an assistant's time in the office).
    pub owes: Option<(NaiveDate, Option<NaiveDate>)>,
}

impl Facts {
    /// What the case card alone tells. Visits, letters of the court, changes in the family and earlier
    /// assessments are added by whoever has those papers; then [`Known::Everything`] may be said.
    pub fn of_case(label: impl Into<String>, card: &Answers) -> Self {
        Self {
            label: label.into(),
            events: card_events(card),
            stage: card.get(case_card::STAGE),
            suspended: card.set_of(case_card::FLAGS).contains(&CaseFlag::Suspended),
            ..Self::default()
        }
    }

    /// The reports of one assistant, owed since and perhaps until a day.
    pub fn of_assistant(since: NaiveDate, until: Option<NaiveDate>, events: Vec<Event>) -> Self {
        let owes = Some((since, until));
        Self { scope: Scope::Assistant, events, owes, known: Known::Everything, ..Self::default() }
    }

    /// The office's reports since a day, and its breaches.
    pub fn of_office(since: NaiveDate, events: Vec<Event>) -> Self {
        let owes = Some((since, None));
        Self { scope: Scope::Office, events, owes, known: Known::Everything, ..Self::default() }
    }

    /// Adds events.
    pub fn with(mut self, events: impl IntoIterator<Item = Event>) -> Self {
        self.events.extend(events);
        self
    }

    /// The events are all that happened.
    pub fn complete(mut self) -> Self {
        self.known = Known::Everything;
        self
    }

    /// The birthday of the child that an event is about.
    pub(super) fn born(&self, of: Of) -> Option<NaiveDate> {
        let Of::Thing(thing) = of else { return None };
        self.births.iter().find(|(member, _)| member.0 == thing).map(|(_, born)| *born)
    }
}

/// Key days of the card → what happened on them.
const DAYS: &[(Key<NaiveDate>, Happening)] = &[
    (case_card::INTERVIEW_ON, Happening::InterviewDone),
    // Nobody asks for an assistant without the interview (art. 11 ust. 1–3): older cards lack its day.
    (case_card::REQUESTED_ON, Happening::InterviewDone),
    (case_card::HELP_PLAN_ON, Happening::HelpPlanApproved),
    (case_card::RECEIVED_ON, Happening::DocumentsReceived),
    (case_card::COURT_INFO_ON, Happening::CourtOrderKnown),
    (case_card::MET_ON, Happening::FamilyMet),
    (case_card::CONSENT_ON, Happening::FamilyMet),
    (case_card::CONSENT_ON, Happening::Consent),
    (case_card::PLAN_FROM, Happening::PlanStarted),
    (case_card::ASSESSED_ON, Happening::PeriodicAssessment),
    (case_card::EXTENDED_ON, Happening::CooperationExtended),
    (case_card::CLOSING_REQUESTED_ON, Happening::ClosingRequested),
    (case_card::MONITORING_END_REQUESTED_ON, Happening::MonitoringEndRequested),
    (case_card::REOPEN_REQUESTED_ON, Happening::ReopenRequested),
    (case_card::ZZ_ANSWERED_ON, Happening::ZzAnswered),
    (case_card::ENDED_ON, Happening::CaseEnded),
];

fn card_events(card: &Answers) -> Vec<Event> {
    let mut events: Vec<Event> =
        DAYS.iter().filter_map(|(key, what)| Some(Event::new(*what, card.get(*key)?))).collect();
    let za_zyciem = is_za_zyciem(card);
    if let Some(day) = card.get(case_card::REFERRED_ON) {
        events.push(Event::new(if za_zyciem { Happening::ZzApplication } else { Happening::Referral }, day));
    }
    if let Some(day) = card.get(case_card::ALLOCATED_ON) {
        if za_zyciem {
            events.push(Event::new(Happening::ZzPassed, day));
        } else {
            events.push(Event::new(Happening::InterviewDone, day));
            if card.get(case_card::HELP_PLAN_ON).is_none() {
                // Default of 3.1: the plan of help is approved with the allocation.
                events.push(Event::new(Happening::HelpPlanApproved, day));
            }
        }
    }
    if let Some(from) = card.get(case_card::MONITORING_FROM) {
        let stated = card.get(case_card::MONITORING_TO);
        events.push(Event { stated, ..Event::new(Happening::MonitoringStarted, from) });
    }
    events
}

/// The exception "Za życiem": no interview, no handing over (art. 8 ust. 6 of that act).
fn is_za_zyciem(card: &Answers) -> bool {
    card.get(case_card::STAGE).is_some_and(Stage::is_za_zyciem)
        || card.set_of(case_card::BASIS).contains(&Basis::ZaZyciem)
}
