//! What a family of Przykładowo is made of; the 25 families themselves stand in [`super::roster`].

use super::{people::Who, phrases::Needs};
use crate::domain::{
    codes::{Area, Basis, ChildPlace, FamilyRole, Outcome, StatutoryTask},
    documents::case_card::{CaseFlag, ClosingReason, Stage},
};
use chrono::{Months, NaiveDate};

/// Places of the invented commune, with the way from the office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Locality {
    /// The town.
    Przykladowo,
    /// A village.
    Wzorcowo,
    /// A village.
    Makietow,
    /// A village.
    Szkicowo,
    /// A village.
    Probnica,
    /// A village.
    TestowaWolka,
}

impl Locality {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Locality::Przykladowo => "Przykładowo",
            Locality::Wzorcowo => "Wzorcowo",
            Locality::Makietow => "Makietów",
            Locality::Szkicowo => "Szkicowo",
            Locality::Probnica => "Próbnica",
            Locality::TestowaWolka => "Testowa Wólka",
        }
    }

    /// Tenths of a kilometre from the office, one way; the town is walked.
    pub fn tenths(self) -> i64 {
        match self {
            Locality::Przykladowo => 0,
            Locality::Wzorcowo => 80,
            Locality::Makietow => 82,
            Locality::Szkicowo => 91,
            Locality::Probnica => 186,
            Locality::TestowaWolka => 108,
        }
    }
}

/// A moment of the procedure: how many days before the demonstration, and what it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Milestone {
    /// The referral; the case begins.
    Referred,
    /// Information about the court's order.
    CourtInfo,
    /// The social worker's interview.
    Interview,
    /// The request to the manager.
    Requested,
    /// The allocation.
    Allocated,
    /// Complete documents handed to the assistant.
    Received,
    /// The first meeting is being arranged.
    Meeting,
    /// The family's consent.
    Consent,
    /// The assessment is ready, the plan is being made.
    Diagnosed,
    /// The plan begins.
    Plan,
    /// A periodic assessment.
    Assessed,
    /// Request to close.
    Closing,
    /// Monitoring begins.
    Monitoring,
    /// Request to end monitoring.
    MonitoringEnd,
    /// Notice that the family needs help again.
    Reopen,
    /// The family refused.
    Refused,
    /// The case was closed.
    Closed,
    /// Za życiem: application.
    ZzRequested,
    /// Za życiem: allocation.
    ZzAllocated,
    /// Za życiem: catalogue.
    ZzCatalogue,
    /// Za życiem: coordination.
    ZzCoordination,
}

impl Milestone {
    /// The stage that it leads to, if it changes the stage.
    pub fn stage(self) -> Option<Stage> {
        Some(match self {
            Milestone::Referred => Stage::Referred,
            Milestone::Interview => Stage::Interview,
            Milestone::Requested => Stage::Requested,
            Milestone::Allocated => Stage::Allocated,
            Milestone::Received => Stage::HandedOver,
            Milestone::Meeting => Stage::FirstMeeting,
            Milestone::Consent => Stage::Diagnosis,
            Milestone::Diagnosed => Stage::Planning,
            Milestone::Plan => Stage::Cooperation,
            Milestone::Closing => Stage::ClosingRequested,
            Milestone::Monitoring => Stage::Monitoring,
            Milestone::MonitoringEnd => Stage::MonitoringEndRequested,
            Milestone::Reopen => Stage::ReopenRequested,
            Milestone::Refused => Stage::Refused,
            Milestone::Closed => Stage::Closed,
            Milestone::ZzRequested => Stage::ZzRequested,
            Milestone::ZzAllocated => Stage::ZzAllocated,
            Milestone::ZzCatalogue => Stage::ZzCatalogue,
            Milestone::ZzCoordination => Stage::ZzCoordination,
            Milestone::CourtInfo | Milestone::Assessed => return None,
        })
    }
}

/// One member of a family.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// Role in the family.
    pub role: FamilyRole,
    /// Given name.
    pub name: &'static str,
    /// Is the surname the feminine form?
    pub female: bool,
    /// Age in months on the day of the demonstration; negative until birth.
    pub months: i32,
    /// Where a child stays.
    pub stays: ChildPlace,
}

const fn member(role: FamilyRole, name: &'static str, female: bool, months: i32) -> Member {
    Member { role, name, female, months, stays: ChildPlace::Home }
}

/// A mother of so many years.
pub const fn mother(name: &'static str, years: i32) -> Member {
    member(FamilyRole::Mother, name, true, years * 12 + 5)
}

/// A father of so many years.
pub const fn father(name: &'static str, years: i32) -> Member {
    member(FamilyRole::Father, name, false, years * 12 + 8)
}

/// A daughter of so many years and months.
pub const fn girl(name: &'static str, years: i32, months: i32) -> Member {
    member(FamilyRole::Child, name, true, years * 12 + months)
}

/// A son of so many years and months.
pub const fn boy(name: &'static str, years: i32, months: i32) -> Member {
    member(FamilyRole::Child, name, false, years * 12 + months)
}

/// A child expected in so many months.
pub const fn unborn(months: i32) -> Member {
    member(FamilyRole::Unborn, "", false, -months)
}

impl Member {
    /// The same child, but not at home.
    pub const fn at(mut self, place: ChildPlace) -> Self {
        self.stays = place;
        self
    }

    /// A child, also one that is expected.
    pub fn is_child(&self) -> bool {
        matches!(self.role, FamilyRole::Child | FamilyRole::Unborn)
    }

    /// A child who can be met at home.
    pub fn is_at_home(&self) -> bool {
        self.role == FamilyRole::Child && !self.stays.is_care()
    }

    /// Day of birth, a few days off the full month so that no two are alike.
    pub fn born(&self, today: NaiveDate) -> NaiveDate {
        let days = 3 + self.name.len() as u64 * 7 % 23;
        match u32::try_from(self.months) {
            Ok(months) => today - Months::new(months) - chrono::Days::new(days),
            Err(_) => today + Months::new(self.months.unsigned_abs()) + chrono::Days::new(days),
        }
    }
}

/// A goal of the plan: area, goal, how one will know.
pub type GoalText = (Area, &'static str, &'static str);

/// How often a family was visited in a time: from and to (days before), visits in four weeks.
pub type Rhythm = (i64, i64, i64);

/// One family as its story has it.
#[derive(Clone, Copy, Debug)]
pub struct Family {
    /// Code in the office.
    pub code: &'static str,
    /// Surname as the file has it.
    pub surname: &'static str,
    /// Surname of women and of men.
    pub surnames: (&'static str, &'static str),
    /// Where they live.
    pub locality: Locality,
    /// Street or number, invented.
    pub address: &'static str,
    /// How to find the door.
    pub hint: &'static str,
    /// What matters for safety.
    pub safety: &'static str,
    /// The members.
    pub members: &'static [Member],
    /// Telephones: last digits, whose, when.
    pub phones: &'static [(u32, &'static str, &'static str)],
    /// Why the family is assisted.
    pub basis: Basis,
    /// Flags of the case.
    pub flags: &'static [CaseFlag],
    /// Their assistant, once allocated.
    pub assistant: Option<Who>,
    /// Moments of the procedure, days before the demonstration, in order.
    pub milestones: &'static [(Milestone, i64)],
    /// Why the case ended.
    pub reason: Option<ClosingReason>,
    /// The story in a sentence.
    pub summary: &'static str,
    /// Main goal in the family's words; empty without a plan.
    pub main_goal: &'static str,
    /// Goals of the plan.
    pub goals: &'static [GoalText],
    /// What the assistant mostly does there.
    pub codes: &'static [StatutoryTask],
    /// How often.
    pub rhythms: &'static [Rhythm],
    /// Visits that did not take place.
    pub missed: &'static [Outcome],
    /// Days before between which those visits lie, when they came one after another.
    pub silence: Option<(i64, i64)>,
    /// Usual hour of visits.
    pub hour: u32,
    /// Next visit: days ahead, hour, minute.
    pub next: Option<(u64, u32, u32)>,
    /// Work is slow here: tasks are often not done.
    pub hard: bool,
}

impl Family {
    /// Days before the demonstration of a moment, if it came; of several, the latest.
    pub fn since(&self, milestone: Milestone) -> Option<i64> {
        self.milestones.iter().rev().find(|(kind, _)| *kind == milestone).map(|(_, days)| *days)
    }

    /// Until when: days before the demonstration, 0 while it goes on.
    pub fn assisted_until(&self) -> i64 {
        self.since(Milestone::Closed).or_else(|| self.since(Milestone::Refused)).unwrap_or(0)
    }

    /// The social worker: the town's for the town, the other for the villages.
    pub fn worker(&self) -> Who {
        match self.locality {
            Locality::Przykladowo | Locality::TestowaWolka => Who::Ps1,
            _ => Who::Ps2,
        }
    }

    /// The adults who work with the assistant. Where the procedure protects one of them from the
    /// other, only the one.
    pub fn partners(&self) -> impl Iterator<Item = (usize, &'static Member)> {
        let adults = self.members.iter().enumerate().filter(|(_, member)| !member.is_child());
        adults.take(if self.flags.contains(&CaseFlag::BlueCard) { 1 } else { usize::MAX })
    }

    /// Does the family have what a phrase needs?
    pub fn meets(&self, needs: Needs) -> bool {
        let children: Vec<_> = self.members.iter().filter(|member| member.is_at_home()).collect();
        self.meets_with(needs, &children, self.partners().count())
    }

    /// Is it true of these children and so many adults?
    pub fn meets_with(&self, needs: Needs, children: &[&Member], adults: usize) -> bool {
        let aged = |low: i32, high: i32| children.iter().filter(|child| (low..high).contains(&child.months)).count();
        let minor = self.members.first().is_some_and(|member| !member.is_child() && member.months < 216);
        match needs {
            Needs::Any => true,
            Needs::Home => aged(0, 216) > 0,
            Needs::Child => aged(24, 216) > 0,
            Needs::School => aged(84, 216) > 0,
            Needs::Small => aged(12, 72) > 0,
            Needs::Baby => aged(0, 12) > 0,
            Needs::Siblings => aged(24, 216) > 1,
            Needs::Couple => adults > 1,
            Needs::Care => self.members.iter().any(|member| member.stays.is_care()),
            Needs::Therapy => self.goals.iter().any(|(area, ..)| *area == Area::A06),
            Needs::Unborn => self.members.iter().any(|member| member.role == FamilyRole::Unborn),
            Needs::Grown => !minor,
            Needs::Minor => minor,
        }
    }
}
