//! One period of assistance of one family (sprawa asysty): its stage, people and key days.
//! The procedure that moves it (spec/domain.md 2) reads these answers.

use crate::domain::{
    access::Role,
    change::Edit,
    codes::*,
    duties,
    form::{Answers, Cell, Field, Form, Key, Kind, Problem, Section, Value, When, choices},
    ids::{RecordId, UserId},
    procedure::{Duty, Transition},
};
use chrono::NaiveDate;
use std::collections::BTreeSet;

choices! {
    /// Stage of a case (spec/domain.md 2.1), in the order of the procedure.
    Stage {
        Referred = "REFERRED", "zgłoszenie";
        Interview = "INTERVIEW", "wywiad i analiza";
        Requested = "REQUESTED", "wniosek do kierownika";
        NotAllocated = "NOT_ALLOCATED", "nie przydzielono";
        Allocated = "ALLOCATED", "asystent przydzielony";
        HandedOver = "HANDED_OVER", "dokumenty przekazane";
        FirstMeeting = "FIRST_MEETING", "pierwsze spotkanie";
        Refused = "REFUSED", "odmowa współpracy";
        Diagnosis = "DIAGNOSIS", "diagnoza";
        Planning = "PLANNING", "opracowanie planu";
        Cooperation = "COOPERATION", "współpraca";
        ClosingRequested = "CLOSING_REQUESTED", "wniosek o zakończenie";
        Monitoring = "MONITORING", "monitoring";
        MonitoringEndRequested = "MONITORING_END_REQUESTED", "wniosek o zakończenie monitoringu";
        ReopenRequested = "REOPEN_REQUESTED", "zgłoszenie ponownego objęcia";
        Closed = "CLOSED", "zakończona";
        ZzRequested = "ZZ_REQUESTED", "Za życiem – wniosek";
        ZzAllocated = "ZZ_ALLOCATED", "Za życiem – przydzielono";
        ZzCatalogue = "ZZ_CATALOGUE", "Za życiem – katalog wsparcia";
        ZzCoordination = "ZZ_COORDINATION", "Za życiem – koordynacja";
    }
}

impl Stage {
    /// Work with the family goes on: counts to the cap of 15 (art. 15 ust. 4).
    pub fn counts_to_cap(self) -> bool {
        use Stage::*;
        matches!(
            self,
            Allocated
                | HandedOver
                | FirstMeeting
                | Diagnosis
                | Planning
                | Cooperation
                | ClosingRequested
                | ZzAllocated
                | ZzCatalogue
                | ZzCoordination
        )
    }

    /// After the work: the assistant still looks in (pkt 16).
    pub fn is_monitoring(self) -> bool {
        matches!(self, Stage::Monitoring | Stage::MonitoringEndRequested | Stage::ReopenRequested)
    }

    /// On the path of the act "Za życiem" (2.6), which shares no stage but the end with the ordinary one.
    pub fn is_za_zyciem(self) -> bool {
        matches!(self, Stage::ZzRequested | Stage::ZzAllocated | Stage::ZzCatalogue | Stage::ZzCoordination)
    }

    /// An assistant works with the family, before or in monitoring; entries may be made.
    pub fn is_with_assistant(self) -> bool {
        self.counts_to_cap() || self.is_monitoring()
    }

    /// The case is over.
    pub fn is_ended(self) -> bool {
        matches!(self, Stage::NotAllocated | Stage::Refused | Stage::Closed)
    }

    /// Weekly visits are expected (D11): the family has been met and the work goes on.
    pub fn expects_visits(self) -> bool {
        matches!(self, Stage::Diagnosis | Stage::Planning | Stage::Cooperation | Stage::ClosingRequested)
    }
}

choices! {
    /// Why a case was closed (spec/domain.md 2.5).
    ClosingReason {
        GoalsAchieved = "GOALS_ACHIEVED", "osiągnięcie celów planu";
        Resignation = "RESIGNATION", "rezygnacja rodziny";
        NoCooperation = "NO_COOPERATION", "brak współpracy rodziny";
        Moved = "MOVED", "zmiana miejsca zamieszkania poza gminę";
        RefusedAtStart = "REFUSED_AT_START", "odmowa wyrażenia zgody";
        NoEffect = "NO_EFFECT", "brak efektów lub zmiana metody pracy";
        ChildrenAdultOrNone = "CHILDREN_ADULT_OR_NONE", "dzieci pełnoletnie lub brak dzieci pod opieką";
        ParentalRightsRemoved = "PARENTAL_RIGHTS_REMOVED", "pozbawienie władzy rodzicielskiej lub przysposobienie";
        CourtLifted = "COURT_LIFTED", "uchylenie postanowienia sądu";
        Death = "DEATH", "zgon";
        Other = "OTHER", "inne";
    }
}

choices! {
    /// Orthogonal flags of a case (spec/domain.md 2.1).
    CaseFlag {
        CourtOrdered = "COURT_ORDERED", "zobowiązanie sądu";
        ChildInCare = "CHILD_IN_CARE", "dziecko w pieczy";
        MinorParent = "MINOR_PARENT", "małoletni rodzic";
        ZaZyciem = "ZA_ZYCIEM", "Za życiem";
        BlueCard = "BLUE_CARD", "Niebieska Karta";
        Probation = "PROBATION", "kurator";
        Extended = "EXTENDED", "przedłużona";
        Substitution = "SUBSTITUTION", "zastępstwo";
        SupportingFamily = "SUPPORTING_FAMILY", "rodzina wspierająca";
        Suspended = "SUSPENDED", "zawieszona";
    }
}

/// Sign of the case in the office's register (znak sprawy).
pub const SIGN: Key<String> = Key::new("sign");
/// Stage.
pub const STAGE: Key<Stage> = Key::new("stage");
/// Why the family is assisted.
pub const BASIS: Key<BTreeSet<String>> = Key::new("basis");
/// Flags.
pub const FLAGS: Key<BTreeSet<String>> = Key::new("flags");
/// The assistant.
pub const ASSISTANT: Key<UserId> = Key::new("assistant");
/// The social worker.
pub const WORKER: Key<UserId> = Key::new("worker");
/// Day of the referral.
pub const REFERRED_ON: Key<NaiveDate> = Key::new("referred_on");
/// Day of the social worker's interview (the questionnaire itself stays outside this app).
pub const INTERVIEW_ON: Key<NaiveDate> = Key::new("interview_on");
/// Day of the request.
pub const REQUESTED_ON: Key<NaiveDate> = Key::new("requested_on");
/// Day of the allocation.
pub const ALLOCATED_ON: Key<NaiveDate> = Key::new("allocated_on");
/// Day on which the manager approved the plan of help (plan pomocy); D01 counts from it.
pub const HELP_PLAN_ON: Key<NaiveDate> = Key::new("help_plan_on");
/// Day on which complete documents were received.
pub const RECEIVED_ON: Key<NaiveDate> = Key::new("received_on");
/// Day of the information about the court's order.
pub const COURT_INFO_ON: Key<NaiveDate> = Key::new("court_info_on");
/// Day of the first meeting that was held.
pub const MET_ON: Key<NaiveDate> = Key::new("met_on");
/// Day of the family's consent: the start of cooperation.
pub const CONSENT_ON: Key<NaiveDate> = Key::new("consent_on");
/// Start of the plan.
pub const PLAN_FROM: Key<NaiveDate> = Key::new("plan_from");
/// Day of the last periodic assessment.
pub const ASSESSED_ON: Key<NaiveDate> = Key::new("assessed_on");
/// Day on which the manager extended the cooperation to the third year.
pub const EXTENDED_ON: Key<NaiveDate> = Key::new("extended_on");
/// Day of the request to end the work and begin monitoring (nr 10), while it stands.
pub const CLOSING_REQUESTED_ON: Key<NaiveDate> = Key::new("closing_requested_on");
/// Start of monitoring.
pub const MONITORING_FROM: Key<NaiveDate> = Key::new("monitoring_from");
/// Planned last day of monitoring.
pub const MONITORING_TO: Key<NaiveDate> = Key::new("monitoring_to");
/// Day of the request to end monitoring (nr 12), while it stands.
pub const MONITORING_END_REQUESTED_ON: Key<NaiveDate> = Key::new("monitoring_end_requested_on");
/// Day of the report that the family needs support again (nr 13), while it stands.
pub const REOPEN_REQUESTED_ON: Key<NaiveDate> = Key::new("reopen_requested_on");
/// Day of the written answer to an application "Za życiem".
pub const ZZ_ANSWERED_ON: Key<NaiveDate> = Key::new("zz_answered_on");
/// Day on which the case ended.
pub const ENDED_ON: Key<NaiveDate> = Key::new("ended_on");
/// Why it ended.
pub const CLOSING_REASON: Key<ClosingReason> = Key::new("closing_reason");
/// Why it ended, in words ("inne" needs them).
pub const CLOSING_NOTE: Key<String> = Key::new("closing_note");
/// The earlier case of the family that this one takes up again.
pub const FOLLOWS: Key<RecordId> = Key::new("follows");
/// The story so far, in a sentence, for whoever opens the file.
pub const SUMMARY: Key<String> = Key::new("summary");

/// What people owe because of a step, a row each.
pub const DUTIES: &str = "duties";
/// What is owed.
pub const DUTY_WHAT: Key<Duty> = Key::new("what");
/// Since when.
pub const DUTY_SINCE: Key<NaiveDate> = Key::new("since");
/// Done on which day; open until then.
pub const DUTY_DONE_ON: Key<NaiveDate> = Key::new("done_on");
/// Until when, where somebody has said so.
pub const DUTY_DUE: Key<NaiveDate> = Key::new("due");
/// Whose it is, where the kind of duty does not say it.
pub const DUTY_WHO: Key<Role> = Key::new("who");
/// What is to be done, in the words of whoever decided it.
pub const DUTY_TEXT: Key<String> = Key::new("text");
/// The record that it comes from: a meeting, an urgent entry.
pub const DUTY_FROM: Key<RecordId> = Key::new("from");
/// How it was done, or why it was not needed.
pub const DUTY_NOTE: Key<String> = Key::new("note");

const DUTY: &[Field] = &[
    Field::new("what", "Co", Kind::One(Duty::CHOICES)).required(),
    Field::new("since", "Od dnia", Kind::Date).required(),
    Field::new("done_on", "Załatwione dnia", Kind::Date),
    Field::new("note", "Uwagi", Kind::Text { min: 0, max: 1000 }),
    Field::new("due", "Termin", Kind::Date),
    Field::new("who", "Kto", Kind::One(Role::CHOICES)),
    Field::new("text", "Treść", Kind::Text { min: 0, max: 500 }),
    Field::new("from", "Wynika z", Kind::Line { max: 64 }),
];

/// The steps that the case has taken, a row each, in their order.
pub const STEPS: &str = "steps";
/// Which step.
pub const STEP: Key<Transition> = Key::new("step");
/// On which day.
pub const STEP_ON: Key<NaiveDate> = Key::new("on");

const STEP_CELLS: &[Field] = &[
    Field::new("step", "Krok", Kind::One(Transition::CHOICES)).required(),
    Field::new("on", "Dnia", Kind::Date).required(),
];

/// The declaration.
pub static FORM: Form = Form {
    number: "",
    title: "Sprawa asysty rodzinnej",
    version: 1,
    sections: &[Section {
        title: "Sprawa",
        fields: &[
            Field::new("sign", "Znak sprawy", Kind::Line { max: 60 }),
            Field::new("stage", "Etap", Kind::One(Stage::CHOICES)).required(),
            Field::new("basis", "Podstawa objęcia", Kind::Many(Basis::CHOICES)).required(),
            Field::new("flags", "Oznaczenia", Kind::Many(CaseFlag::CHOICES)),
            Field::new("assistant", "Asystent rodziny", Kind::Line { max: 64 }),
            Field::new("worker", "Pracownik socjalny", Kind::Line { max: 64 }),
            Field::new("referred_on", "Data zgłoszenia", Kind::Date),
            Field::new("interview_on", "Data wywiadu środowiskowego", Kind::Date),
            Field::new("requested_on", "Data wniosku", Kind::Date),
            Field::new("allocated_on", "Data przydziału", Kind::Date),
            Field::new("help_plan_on", "Data zatwierdzenia planu pomocy", Kind::Date),
            Field::new("received_on", "Data otrzymania dokumentów", Kind::Date),
            Field::new("court_info_on", "Data informacji o postanowieniu sądu", Kind::Date),
            Field::new("met_on", "Data pierwszego spotkania", Kind::Date),
            Field::new("consent_on", "Data zgody rodziny", Kind::Date),
            Field::new("plan_from", "Plan od dnia", Kind::Date),
            Field::new("assessed_on", "Ostatnia okresowa ocena", Kind::Date),
            Field::new("extended_on", "Współpraca przedłużona dnia", Kind::Date),
            Field::new("closing_requested_on", "Wniosek o zakończenie dnia", Kind::Date),
            Field::new("monitoring_from", "Monitoring od dnia", Kind::Date),
            Field::new("monitoring_to", "Monitoring do dnia", Kind::Date),
            Field::new("monitoring_end_requested_on", "Wniosek o zakończenie monitoringu dnia", Kind::Date),
            Field::new("reopen_requested_on", "Zgłoszenie ponownego objęcia dnia", Kind::Date),
            Field::new("zz_answered_on", "Odpowiedź na wniosek „Za życiem” dnia", Kind::Date),
            Field::new("ended_on", "Data zakończenia", Kind::Date),
            Field::new("closing_reason", "Przyczyna zakończenia", Kind::One(ClosingReason::CHOICES)),
            Field::new("closing_note", "Przyczyna zakończenia – opis", Kind::Text { min: 0, max: 1000 })
                .required_when(When::Is("closing_reason", &["OTHER"])),
            Field::new("duties", "Do załatwienia", Kind::Rows(DUTY)),
            Field::new("steps", "Przebieg", Kind::Rows(STEP_CELLS)),
            Field::new("follows", "Kontynuuje sprawę", Kind::Line { max: 64 }),
            Field::new("summary", "W skrócie", Kind::Text { min: 0, max: 1000 }),
        ],
    }],
    decision: &[],
    rules: &[],
};

/// Fields that people write by hand; all others follow from steps.
const BY_HAND: &[&str] = &["sign", "summary", "worker", "court_info_on", "zz_answered_on"];
/// Flags that people set by hand.
const FLAGS_BY_HAND: &[CaseFlag] = &[
    CaseFlag::CourtOrdered,
    CaseFlag::ChildInCare,
    CaseFlag::BlueCard,
    CaseFlag::Probation,
    CaseFlag::SupportingFamily,
    CaseFlag::Substitution,
    CaseFlag::Suspended,
];

/// The row of what somebody owes that this field ticks off.
fn ticked(field: &str) -> Option<&str> {
    let (row, cell) = field.strip_prefix(DUTIES)?.strip_prefix('/')?.split_once('/')?;
    (cell == DUTY_DONE_ON.name() || cell == DUTY_NOTE.name()).then_some(row)
}

/// Is this field of the card ticking off what somebody owes?
pub fn is_tick(field: &str) -> bool {
    ticked(field).is_some()
}

/// Why people of this role may not tick this off: it is owed by others.
pub fn owed_by_others(card: &Answers, field: &str, role: Role) -> Option<Problem> {
    let owed = duties::read(card, ticked(field)?)?;
    let text = || ["To zadanie wykonuje: ", owed.who.label(), "."].concat();
    (!owed.is_of(role)).then(|| Problem::error(field, text()))
}

/// Why people may not write this by hand, when they may not.
pub fn by_steps_only(field: &str, edit: &Edit) -> Option<Problem> {
    let by_hand = match field {
        "flags" => flags_by_hand(edit),
        field => BY_HAND.contains(&field) || is_tick(field),
    };
    (!by_hand).then(|| Problem::error(field, "To pole zmienia się tylko krokami procedury."))
}

fn flags_by_hand(edit: &Edit) -> bool {
    let flags = |value: &Option<Value>| value.as_ref().and_then(BTreeSet::<String>::read).unwrap_or_default();
    let (before, after) = (flags(&edit.before), flags(&edit.after));
    before.symmetric_difference(&after).all(|code| FLAGS_BY_HAND.iter().any(|flag| flag.code() == code))
}

/// A case as rules and figures read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Stage.
    pub stage: Stage,
    /// The assistant, once allocated.
    pub assistant: Option<UserId>,
    /// The social worker.
    pub worker: Option<UserId>,
}

impl Case {
    /// Reads answers; `None` without a readable stage.
    pub fn read(answers: &Answers) -> Option<Self> {
        Some(Self { stage: answers.get(STAGE)?, assistant: answers.get(ASSISTANT), worker: answers.get(WORKER) })
    }
}
