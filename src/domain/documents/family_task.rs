//! A family's task, zał. 9 (karta pracy rodziny): one record per task, with its whole life.
//! Fields: spec/domain.md 3.9.

use crate::domain::{
    codes::*,
    form::{Answers, Field, Form, Key, Kind, Problem, Section, When, stops},
};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Running number within the case, given by the office.
pub const NO: Key<i64> = Key::new("no");
/// Day on which the task was given.
pub const GIVEN_ON: Key<NaiveDate> = Key::new("given_on");
/// Entry at which it was given (a record of kind Visit).
pub const VISIT: Key<String> = Key::new("visit");
/// The task itself, one action, plainly.
pub const TASK: Key<String> = Key::new("task");
/// Members who do it.
pub const WHO: Key<BTreeSet<String>> = Key::new("who");
/// The assistant does it.
pub const BY_ASSISTANT: Key<bool> = Key::new("by_assistant");
/// Life area.
pub const AREA: Key<Area> = Key::new("area");
/// Goal of the plan.
pub const GOAL: Key<BTreeSet<String>> = Key::new("goal");
/// How the term is meant.
pub const DUE_KIND: Key<DueKind> = Key::new("due_kind");
/// Last day, when the term is a day.
pub const DUE: Key<NaiveDate> = Key::new("due");
/// Rhythm in words, when the term recurs.
pub const RHYTHM: Key<String> = Key::new("rhythm");
/// Help needed.
pub const HELP: Key<Help> = Key::new("help");
/// What it comes from, when nobody agreed on it at a visit.
pub const ORIGIN: Key<TaskOrigin> = Key::new("origin");
/// The meeting that decided it (a paper, zał. 16).
pub const MEETING: Key<String> = Key::new("meeting");
/// Which of its decisions (a row of the paper).
pub const DECISION: Key<String> = Key::new("decision");
/// Who told the social worker of a change (D10).
pub const TOLD: Key<ToldBy> = Key::new("told");
/// Status.
pub const STATUS: Key<TaskStatus> = Key::new("status");
/// Day of the last reminder.
pub const REMINDED_ON: Key<NaiveDate> = Key::new("reminded_on");
/// Day on which it was checked.
pub const CHECKED_ON: Key<NaiveDate> = Key::new("checked_on");
/// Entry at which it was checked (a record of kind Visit).
pub const CHECKED_AT: Key<String> = Key::new("checked_at");
/// Effect in words.
pub const EFFECT: Key<String> = Key::new("effect");
/// Effect on the scale 0–3.
pub const EFFECT_SCORE: Key<EffectScore> = Key::new("effect_score");
/// Why it was not done.
pub const REASON: Key<NotDoneReason> = Key::new("reason");
/// Why it no longer matters.
pub const OBSOLETE_REASON: Key<String> = Key::new("obsolete_reason");
/// What follows.
pub const FOLLOW_UP: Key<FollowUp> = Key::new("followup");
/// How the family found it.
pub const SELF_RATING: Key<SelfRating> = Key::new("self");

const CHECKED: When = When::Is("status", &["DONE", "PARTLY", "NOT_DONE"]);
const CLOSED: When = When::Is("status", &["DONE", "PARTLY", "NOT_DONE", "OBSOLETE"]);
/// News for the social worker are brought or not: there is no effect to be rated.
const IS_NOTICE: When = When::Is("origin", &["CHANGE"]);
const RATED: When = When::Both(&CHECKED, &When::Not(&IS_NOTICE));
const TOLD_NOW: When = When::Both(&IS_NOTICE, &When::Is("status", &["DONE"]));

/// The declaration of zał. 9 (one row).
pub static FORM: Form = Form {
    number: "9",
    title: "Karta pracy rodziny",
    version: 1,
    sections: &[
        Section {
            title: "Zadanie",
            fields: &[
                Field::new("no", "Nr zadania", Kind::Number { min: 1, max: 100_000, unit: "nr" }),
                Field::new("given_on", "Data zlecenia", Kind::Date).required(),
                Field::new("visit", "Wpis w karcie pracy", Kind::Line { max: 64 }),
                Field::new("task", "Zadanie", Kind::Line { max: 200 })
                    .required()
                    .help("Prosto, jedna czynność, np. „Umówić wizytę u pediatry”."),
                Field::new("who", "Kto wykonuje", Kind::Members)
                    .required_when(When::Not(&When::Filled("by_assistant"))),
                Field::new("by_assistant", "Wykonuje asystent", Kind::Flag),
                Field::new("area", "Obszar", Kind::One(Area::CHOICES)).required(),
                Field::new("goal", "Cel planu", Kind::Goals),
                Field::new("due_kind", "Termin", Kind::One(DueKind::CHOICES)).required(),
                Field::new("due", "Do dnia", Kind::Date)
                    .required_when(When::Is("due_kind", &["DATE"]))
                    .shown_when(When::Is("due_kind", &["DATE"])),
                Field::new("rhythm", "Jak często", Kind::Line { max: 80 })
                    .required_when(When::Is("due_kind", &["RECURRING"]))
                    .shown_when(When::Is("due_kind", &["RECURRING"])),
                Field::new("help", "Potrzebna pomoc asystenta", Kind::One(Help::CHOICES)),
                Field::new("origin", "Skąd zadanie", Kind::One(TaskOrigin::CHOICES)),
                Field::new("meeting", "Spotkanie interdyscyplinarne", Kind::Line { max: 64 }),
                Field::new("decision", "Ustalenie spotkania", Kind::Line { max: 64 }),
            ],
        },
        Section {
            title: "Sprawdzenie i efekt",
            fields: &[
                Field::new("status", "Status", Kind::One(TaskStatus::CHOICES)).required(),
                Field::new("told", "Jak dowiedział się pracownik socjalny", Kind::One(ToldBy::CHOICES))
                    .required_when(TOLD_NOW)
                    .shown_when(IS_NOTICE),
                Field::new("reminded_on", "Przypomniano dnia", Kind::Date),
                Field::new("checked_on", "Data sprawdzenia", Kind::Date).required_when(CLOSED).shown_when(CLOSED),
                Field::new("checked_at", "Sprawdzono przy wpisie", Kind::Line { max: 64 }).shown_when(CLOSED),
                Field::new("effect", "Efekt", Kind::Text { min: 3, max: 2000 })
                    .required_when(RATED)
                    .shown_when(CHECKED),
                Field::new("effect_score", "Ocena efektu", Kind::One(EffectScore::CHOICES))
                    .required_when(RATED)
                    .shown_when(RATED),
                Field::new("reason", "Przyczyna niewykonania", Kind::One(NotDoneReason::CHOICES))
                    .required_when(When::Is("status", &["NOT_DONE"]))
                    .shown_when(When::Is("status", &["NOT_DONE", "PARTLY"])),
                Field::new("obsolete_reason", "Dlaczego nieaktualne", Kind::Line { max: 300 })
                    .required_when(When::Is("status", &["OBSOLETE"]))
                    .shown_when(When::Is("status", &["OBSOLETE"])),
                Field::new("followup", "Dalsze kroki", Kind::One(FollowUp::CHOICES)).shown_when(CLOSED),
                Field::new("self", "Samoocena rodziny", Kind::One(SelfRating::CHOICES)).shown_when(CLOSED),
            ],
        },
    ],
    decision: &[],
    rules: &[],
};

/// A task as rules and figures read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FamilyTask {
    /// The task in the family's words.
    pub task: String,
    /// Day on which it was given.
    pub given_on: NaiveDate,
    /// Life area.
    pub area: Option<Area>,
    /// How the term is meant.
    pub due_kind: DueKind,
    /// Last day, when the term is a day.
    pub due: Option<NaiveDate>,
    /// Status.
    pub status: TaskStatus,
    /// Day on which it was checked.
    pub checked_on: Option<NaiveDate>,
}

impl FamilyTask {
    /// Reads answers without judging them; `None` when the essentials cannot be read.
    pub fn read(answers: &Answers) -> Option<Self> {
        Some(Self {
            task: answers.get(TASK)?,
            given_on: answers.get(GIVEN_ON)?,
            area: answers.get(AREA),
            due_kind: answers.get(DUE_KIND).unwrap_or(DueKind::NextMeeting),
            due: answers.get(DUE),
            status: answers.get(STATUS)?,
            checked_on: answers.get(CHECKED_ON),
        })
    }

    /// A valid task, or everything that stops it.
    pub fn parse(answers: &Answers) -> Result<Self, Vec<Problem>> {
        let problems = check(&FORM, answers);
        match Self::read(answers) {
            Some(task) if !stops(&problems) => Ok(task),
            _ => Err(problems),
        }
    }

    /// Still open, and its day has passed.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        !self.status.is_closed() && self.due_kind == DueKind::Date && self.due.is_some_and(|due| due < today)
    }

    /// Done, and not later than its day.
    pub fn is_done_in_time(&self) -> bool {
        self.status == TaskStatus::Done
            && match (self.due_kind, self.due, self.checked_on) {
                (DueKind::Date, Some(due), Some(checked)) => checked <= due,
                _ => true,
            }
    }
}

/// Everything that is wrong with the answers of a task, by the form that it was begun with.
pub fn check(form: &Form, answers: &Answers) -> Vec<Problem> {
    let mut problems = form.check(answers);
    if let (Some(given), Some(due)) = (answers.get(GIVEN_ON), answers.get(DUE))
        && due < given
    {
        problems.push(Problem::error(DUE.name(), "Termin nie może być wcześniejszy niż dzień zlecenia."));
    }
    if let (Some(given), Some(checked)) = (answers.get(GIVEN_ON), answers.get(CHECKED_ON))
        && checked < given
    {
        problems.push(Problem::error(CHECKED_ON.name(), "Data sprawdzenia nie może być przed dniem zlecenia."));
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given() -> Answers {
        Answers::default()
            .with(GIVEN_ON, "2026-11-10".parse().unwrap())
            .with(TASK, "Umówić wizytę u pediatry".into())
            .with(WHO, ["0190a000-0000-7000-8000-000000000001".to_owned()].into())
            .with(AREA, Area::A04)
            .with(DUE_KIND, DueKind::Date)
            .with(DUE, "2026-11-20".parse().unwrap())
            .with(STATUS, TaskStatus::Set)
    }

    fn fields(answers: &Answers) -> Vec<String> {
        check(&FORM, answers).into_iter().map(|problem| problem.field).collect()
    }

    #[test]
    fn a_task_lives_from_set_to_done() {
        let task = FamilyTask::parse(&given()).unwrap();
        assert!(!task.is_overdue("2026-11-20".parse().unwrap()));
        assert!(task.is_overdue("2026-11-21".parse().unwrap()));

        let mut done = given().with(STATUS, TaskStatus::Done);
        assert_eq!(fields(&done), ["checked_on", "effect", "effect_score"]);
        done.put(CHECKED_ON, "2026-11-19".parse().unwrap());
        done.put(EFFECT, "Wizyta umówiona.".into());
        done.put(EFFECT_SCORE, EffectScore::Visible);
        assert!(FamilyTask::parse(&done).unwrap().is_done_in_time());
    }

    #[test]
    fn closing_otherwise_asks_why() {
        let not_done = given()
            .with(STATUS, TaskStatus::NotDone)
            .with(CHECKED_ON, "2026-11-21".parse().unwrap())
            .with(EFFECT, "Nie było pieniędzy na bilet.".into())
            .with(EFFECT_SCORE, EffectScore::None);
        assert_eq!(fields(&not_done), ["reason"]);
        let obsolete = given().with(STATUS, TaskStatus::Obsolete).with(CHECKED_ON, "2026-11-21".parse().unwrap());
        assert_eq!(fields(&obsolete), ["obsolete_reason"]);
    }

    #[test]
    fn news_for_the_social_worker_are_brought_and_not_rated() {
        let notice = given().with(ORIGIN, TaskOrigin::Change);
        assert!(fields(&notice).is_empty(), "an open one needs nothing more");
        let done = notice.with(STATUS, TaskStatus::Done).with(CHECKED_ON, "2026-11-19".parse().unwrap());
        assert_eq!(fields(&done), ["told"]);
        assert!(fields(&done.with(TOLD, ToldBy::Assistant)).is_empty());
    }

    #[test]
    fn somebody_does_it_by_some_day() {
        let mut nobody = given();
        nobody.set_raw("who", None);
        assert_eq!(fields(&nobody), ["who"]);
        nobody.put(BY_ASSISTANT, true);
        assert!(fields(&nobody).is_empty());
        let early = given().with(DUE, "2026-11-09".parse().unwrap());
        assert_eq!(fields(&early), ["due"]);
        let mut rhythm = given().with(DUE_KIND, DueKind::Recurring);
        assert_eq!(fields(&rhythm), ["rhythm"]);
        rhythm.put(RHYTHM, "co wieczór".into());
        assert!(fields(&rhythm).is_empty());
    }
}
