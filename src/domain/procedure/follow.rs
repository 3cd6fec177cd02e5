//! Steps that follow from papers by themselves: who hands in the family's consent need not also say that the
//! diagnosis begins, and the manager who names an assistant on nr 1 has allocated the family with it. Everything
//! that such a step asks for is read from the paper that carries it.

use super::{
    CaseNow, Given, Hindrance, Life, Paper, RULES, Rule, Taken, Transition, facts_of_case, take::take_of_itself,
};
use crate::domain::{
    access::{Actor, Role},
    deadlines::Settings,
    documents::{
        RecordKind,
        case_card::{self, ClosingReason},
        papers::{
            allocation,
            closing_request::{self, Ground},
            course::{self, CASE, LIFE, PAPER, day_of},
            extension,
            manager::{self, DECIDED_ON},
            monitoring_end,
            ruling::{self, Ruling},
        },
    },
    form::Answers,
    ids::UserId,
    procedure::FamilyLoad,
    record::Record,
};
use chrono::NaiveDate;

/// A step that a paper carries, taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed {
    /// Which.
    pub step: Transition,
    /// What it brings about.
    pub taken: Taken,
}

/// What is known around a case when a step may follow.
pub struct Around<'a> {
    /// The records of the family.
    pub records: &'a [&'a Record],
    /// Whose deed it follows from.
    pub actor: &'a Actor,
    /// Today in Poland.
    pub today: NaiveDate,
    /// The office's settings.
    pub settings: &'a Settings,
    /// Families of an assistant, this one not among them.
    pub load: &'a dyn Fn(UserId) -> Option<FamilyLoad>,
}

/// The step that the case takes now by itself: the first one that papers carry and nothing is in the way of. After
/// a step there may be another.
pub fn follow(case: &Record, around: &Around<'_>) -> Option<Followed> {
    let carried = carried_now(case, around, &|_| true);
    carried.into_iter().find_map(|(step, taken)| Some(Followed { step, taken: taken.ok()? }))
}

/// What is in the way of the step that this decision carries: a decision that cannot be carried out is not taken.
/// Nothing when it can, or carries no step from here.
pub fn hindrances_of(decided: Paper, case: &Record, around: &Around<'_>) -> Vec<Hindrance> {
    let is_its_own = |rule: &Rule| is_decision(rule) && rule.papers.iter().any(|paper| is_same_form(*paper, decided));
    let carried = carried_now(case, around, &is_its_own);
    if carried.iter().any(|(_, taken)| taken.is_ok()) {
        return Vec::new();
    }
    carried.into_iter().find_map(|(_, taken)| taken.err()).unwrap_or_default()
}

/// The steps from here that papers carry, each as it would be taken.
fn carried_now(
    case: &Record,
    around: &Around<'_>,
    wanted: &dyn Fn(&Rule) -> bool,
) -> Vec<(Transition, Result<Taken, Vec<Hindrance>>)> {
    let now = CaseNow::of(case.id, &case.answers);
    let mut facts = facts_of_case(case, around.records.iter().copied(), around.today);
    let mut carried = Vec::new();
    for rule in RULES.iter().filter(|rule| rule.leaves(now.stage) && wanted(rule)) {
        let Some(given) = given_by(rule, case, around) else { continue };
        facts.load = given.assistant.and_then(around.load);
        let taken = take_of_itself(&now, rule.transition, around.actor, &given, &facts, around.settings);
        carried.push((rule.transition, taken));
    }
    carried
}

/// A step of the manager alone.
fn is_decision(rule: &Rule) -> bool {
    rule.who == [Role::Manager]
}

/// What the papers say with this step, when they carry it.
fn given_by(rule: &Rule, case: &Record, around: &Around<'_>) -> Option<Given> {
    use Transition::*;
    let papers = Papers { case, around };
    let signed = |paper| papers.standing(paper).map(|record| papers.on(day_of(record)));
    match rule.transition {
        Request => signed(Paper::Request),
        AllocateDirectly | Allocate | AllocateZz => allocation(&papers, Ruling::Grants),
        DoNotAllocate => allocation(&papers, Ruling::Declines),
        HandOver => signed(Paper::Handover),
        Meet | MeetZz => papers.first_entry().map(|day| papers.on(day)),
        BeginDiagnosis => diagnosis(&papers),
        Refuse => papers.both(Paper::Refusal, Paper::Note),
        BeginPlanning => papers.both(Paper::FamilyCard, Paper::Assessment),
        BeginCooperation => signed(Paper::Plan),
        Review => signed(Paper::Review),
        Extend => decided(&papers, Paper::Extension, Ruling::Grants)
            .map(|(given, record)| Given { reason: record.answers.text(extension::REASONS).to_owned(), ..given }),
        RequestClosing => signed(Paper::ClosingRequest),
        BeginMonitoring => monitoring(&papers),
        Close => closing(&papers),
        ReturnClosing => sent_back(&papers, Paper::ClosingRequest),
        RequestMonitoringEnd => papers.standing(Paper::MonitoringEnd).map(|record| Given {
            reason: record.answers.text(monitoring_end::SHORT_REASON).to_owned(),
            ..papers.on(day_of(record))
        }),
        EndMonitoring => decided(&papers, Paper::MonitoringEnd, Ruling::Grants).map(|(given, _)| given),
        ReturnMonitoringEnd => sent_back(&papers, Paper::MonitoringEnd),
        RequestReopening => signed(Paper::Reopening),
        Reopen => decided(&papers, Paper::Reopening, Ruling::Grants).map(|(given, _)| given),
        RejectReopening => sent_back(&papers, Paper::Reopening),
        CoordinateZz => signed(Paper::ZzCatalogue),
        Refer | Interview | CloseEarly | ChangeAssistant | ApplyZz | CloseZz | ConvertZz => None,
    }
}

/// The papers of one case.
struct Papers<'a> {
    case: &'a Record,
    around: &'a Around<'a>,
}

impl<'a> Papers<'a> {
    fn of_kind(&self, paper: Paper) -> impl Iterator<Item = &'a Record> {
        let case = self.case.id;
        self.around.records.iter().copied().filter(move |record| {
            let answers = &record.answers;
            let same = answers.get(PAPER).is_some_and(|own| own == paper || is_same_form(own, paper));
            record.kind == RecordKind::Paper && same && answers.get(CASE) == Some(case)
        })
    }

    /// The latest one.
    fn latest(&self, paper: Paper) -> Option<&'a Record> {
        self.of_kind(paper).max_by_key(|record| (day_of(record), record.id))
    }

    /// The latest one that was handed in and neither declined nor sent back.
    fn standing(&self, paper: Paper) -> Option<&'a Record> {
        let stands = |record: &&Record| match record.answers.get(LIFE) {
            Some(Life::Signed) => true,
            Some(Life::Approved) => ruling::of(&record.answers) == Some(Ruling::Grants),
            Some(Life::Draft | Life::Returned) | None => false,
        };
        self.of_kind(paper).filter(stands).max_by_key(|record| (day_of(record), record.id))
    }

    /// The later day of two papers that belong together.
    fn both(&self, one: Paper, other: Paper) -> Option<Given> {
        let (one, other) = (self.standing(one)?, self.standing(other)?);
        Some(self.on(day_of(one).max(day_of(other))))
    }

    /// Day of the first entry of this case.
    fn first_entry(&self) -> Option<NaiveDate> {
        use crate::domain::documents::visit_card;
        let began = self.case.answers.get(case_card::REFERRED_ON);
        let visits = self.around.records.iter().filter(|record| record.kind == RecordKind::Visit);
        let days = visits.filter_map(|record| record.answers.get(visit_card::DATE));
        days.filter(|day| began.is_none_or(|began| *day >= began)).min()
    }

    /// The day of the step: that of the paper, within the case's own time.
    fn on(&self, day: NaiveDate) -> Given {
        let began = self.case.answers.get(case_card::REFERRED_ON).unwrap_or(day);
        Given::on(day.max(began).min(self.around.today))
    }
}

/// Two names of one form.
fn is_same_form(one: Paper, other: Paper) -> bool {
    let pair = |paper| match paper {
        Paper::Allocation => Paper::Request,
        Paper::PeriodicReport => Paper::Review,
        other => other,
    };
    pair(one) == pair(other)
}

/// What a decision says, and the paper under which it stands.
fn decided<'a>(papers: &Papers<'a>, paper: Paper, ruling: Ruling) -> Option<(Given, &'a Record)> {
    let record = papers.latest(paper)?;
    let answers = &record.answers;
    (ruling::of(answers) == Some(ruling)).then(|| (papers.on(decided_on(record)), record))
}

fn decided_on(record: &Record) -> NaiveDate {
    let written = crate::domain::calendar::warsaw_day(record.changed.at);
    record.answers.get(DECIDED_ON).or_else(|| record.answers.get(allocation::ALLOCATED_ON)).unwrap_or(written)
}

fn allocation(papers: &Papers<'_>, ruling: Ruling) -> Option<Given> {
    let (given, record) = decided(papers, Paper::Request, ruling)?;
    let answers = &record.answers;
    let help_plan_on = answers.get(allocation::HELP_PLAN_ON);
    let reason = answers.text(allocation::MANAGER_NOTE).to_owned();
    Some(Given { assistant: answers.get(allocation::ASSISTANT), help_plan_on, reason, ..given })
}

/// Under an order of the court the work begins without a consent, with the first paper about the family.
fn diagnosis(papers: &Papers<'_>) -> Option<Given> {
    if let Some(consent) = papers.standing(Paper::Consent) {
        return Some(papers.on(day_of(consent)));
    }
    let ordered = CaseNow::of(papers.case.id, &papers.case.answers).is_court_ordered();
    let begun = papers.standing(Paper::FamilyCard).or_else(|| papers.standing(Paper::Assessment));
    begun.filter(|_| ordered).map(|record| papers.on(day_of(record)))
}

fn monitoring(papers: &Papers<'_>) -> Option<Given> {
    let (given, record) = decided(papers, Paper::ClosingRequest, Ruling::Grants)?;
    let answers = &record.answers;
    if answers.get(closing_request::GROUND) == Some(Ground::Other) {
        return None;
    }
    let months = answers.get(closing_request::MONITORING_MONTHS).and_then(|months| u32::try_from(months).ok());
    Some(Given { months, ..given })
}

/// A consent to end without monitoring.
fn closing(papers: &Papers<'_>) -> Option<Given> {
    let (given, record) = decided(papers, Paper::ClosingRequest, Ruling::Grants)?;
    let answers = &record.answers;
    if answers.get(closing_request::GROUND) != Some(Ground::Other) {
        return None;
    }
    let closing: Option<ClosingReason> = answers.get(closing_request::CLOSING_REASON);
    Some(Given { closing, reason: answers.text(closing_request::CLOSING_NOTE).to_owned(), ..given })
}

/// A request that was declined or sent back, and why.
fn sent_back(papers: &Papers<'_>, paper: Paper) -> Option<Given> {
    let record = papers.latest(paper)?;
    let answers = &record.answers;
    let back = matches!(ruling::of(answers), Some(Ruling::Declines | Ruling::SendsBack));
    let until = answers.get(monitoring_end::EXTENDED_TO).filter(|_| paper == Paper::MonitoringEnd);
    back.then(|| Given { reason: why(answers), until, ..papers.on(decided_on(record)) })
}

fn why(answers: &Answers) -> String {
    let said = [answers.text(course::REMARKS), answers.text(manager::NOTE)];
    let said = said.into_iter().find(|text| !text.trim().is_empty());
    said.unwrap_or("Decyzja kierownika.").to_owned()
}
