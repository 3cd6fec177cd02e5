//! What has happened, as terms count it: a kind, a day, and what it was about.

use crate::domain::form::choices;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

choices! {
    /// A kind of event that starts or fulfils a term.
    Happening {
        Referral = "REFERRAL", "informacja o rodzinie";
        UrgentReferral = "URGENT_REFERRAL", "pilna informacja o rodzinie";
        InterviewDone = "INTERVIEW_DONE", "przeprowadzono wywiad";
        HelpPlanApproved = "HELP_PLAN_APPROVED", "zatwierdzono plan pomocy";
        /// The whole set; with gaps, the day on which the last one was filled (nr 2).
        DocumentsReceived = "DOCUMENTS_RECEIVED", "asystent otrzymał komplet dokumentów";
        CourtOrderKnown = "COURT_ORDER_KNOWN", "informacja o postanowieniu sądu";
        FamilyMet = "FAMILY_MET", "pierwsze spotkanie z rodziną";
        Consent = "CONSENT", "zgoda rodziny";
        PlanStarted = "PLAN_STARTED", "pierwszy plan pracy";
        PlanUpdated = "PLAN_UPDATED", "nowa wersja planu pracy";
        PeriodicAssessment = "PERIODIC_ASSESSMENT", "okresowa ocena";
        SituationChange = "SITUATION_CHANGE", "zmiana w sytuacji rodziny";
        WorkerInformed = "WORKER_INFORMED", "pracownik socjalny wie o zmianie";
        VisitHeld = "VISIT_HELD", "odbyta wizyta";
        MonitoringContact = "MONITORING_CONTACT", "kontakt w monitoringu";
        CooperationExtended = "COOPERATION_EXTENDED", "współpraca przedłużona";
        ClosingRequested = "CLOSING_REQUESTED", "wniosek o zakończenie";
        MonitoringStarted = "MONITORING_STARTED", "początek monitoringu";
        MonitoringEndRequested = "MONITORING_END_REQUESTED", "wniosek o zakończenie monitoringu";
        ReopenRequested = "REOPEN_REQUESTED", "zgłoszenie ponownego objęcia";
        /// The latest request before it no longer stands.
        RequestReturned = "REQUEST_RETURNED", "kierownik zwrócił wniosek";
        CourtReportOrdered = "COURT_REPORT_ORDERED", "sąd wyznaczył sprawozdanie";
        CourtReportSent = "COURT_REPORT_SENT", "wysłano sprawozdanie do sądu";
        CourtOpinionAsked = "COURT_OPINION_ASKED", "sąd prosi o opinię";
        CourtOpinionSent = "COURT_OPINION_SENT", "wysłano opinię do sądu";
        ZzApplication = "ZZ_APPLICATION", "wniosek „Za życiem”";
        ZzPassed = "ZZ_PASSED", "wniosek „Za życiem” u asystenta";
        ZzAnswered = "ZZ_ANSWERED", "odpowiedź na wniosek „Za życiem”";
        BlueCardStarted = "BLUE_CARD_STARTED", "wszczęto procedurę „Niebieskie Karty”";
        BlueCardSent = "BLUE_CARD_SENT", "przekazano formularz A";
        ChildPlaced = "CHILD_PLACED", "dziecko umieszczono w pieczy";
        ChildAssessed = "CHILD_ASSESSED", "oceniono sytuację dziecka w pieczy";
        ChildReturned = "CHILD_RETURNED", "dziecko wróciło z pieczy";
        MonthlyReport = "MONTHLY_REPORT", "złożono raport miesięczny";
        StateReport = "STATE_REPORT", "złożono sprawozdanie rzeczowo-finansowe";
        CouncilReport = "COUNCIL_REPORT", "złożono sprawozdanie radzie gminy";
        ResourcesReport = "RESOURCES_REPORT", "złożono ocenę zasobów";
        BreachFound = "BREACH_FOUND", "stwierdzono naruszenie danych";
        BreachReported = "BREACH_REPORTED", "zgłoszono naruszenie danych";
        CaseEnded = "CASE_ENDED", "sprawa zakończona";
    }
}

impl Happening {
    /// A request that waits for the manager, and falls when they return it.
    pub fn is_request(self) -> bool {
        use Happening::*;
        matches!(self, ClosingRequested | MonitoringEndRequested | ReopenRequested)
    }
}

/// What an event is about; it ties an end to its beginning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Of {
    /// The case as a whole.
    #[default]
    Case,
    /// One thing among several: this change, this letter, this child.
    Thing(Uuid),
    /// A period, named by its last day.
    Period(NaiveDate),
}

/// Something that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// What.
    pub what: Happening,
    /// On which day, in Poland.
    pub on: NaiveDate,
    /// At which moment, where hours count (D22).
    pub at: Option<DateTime<Utc>>,
    /// About what.
    pub of: Of,
    /// The last day that a letter or a decision itself sets.
    pub stated: Option<NaiveDate>,
}

impl Event {
    /// Something that concerns the case as a whole.
    pub const fn new(what: Happening, on: NaiveDate) -> Self {
        Self { what, on, at: None, of: Of::Case, stated: None }
    }

    /// It is about this.
    pub const fn of(mut self, of: Of) -> Self {
        self.of = of;
        self
    }

    /// The letter or decision sets this last day.
    pub const fn until(mut self, day: NaiveDate) -> Self {
        self.stated = Some(day);
        self
    }

    /// A moment instead of a day.
    pub fn moment(what: Happening, at: DateTime<Utc>) -> Self {
        Self { at: Some(at), ..Self::new(what, crate::domain::calendar::warsaw_day(at)) }
    }
}
