//! What a meeting decided (nr 16) becomes work: a family's task where a member answers for it, else a duty of the
//! assistant or of the social worker. Each piece names its meeting and its row, so that none is made twice.

use crate::domain::{
    access::Role,
    codes::{Area, DueKind, TaskOrigin, TaskStatus},
    documents::{
        RecordKind,
        case_card::{DUTIES, DUTY_DUE, DUTY_FROM, DUTY_SINCE, DUTY_TEXT, DUTY_WHAT, DUTY_WHO},
        family_task,
        papers::{
            course::{LIFE, PAPER, day_of},
            meeting::{self, DECISIONS},
            plan::Responsible,
        },
    },
    form::Answers,
    procedure::{Duty, Life, Paper},
    record::Record,
};
use chrono::NaiveDate;

/// Longest words of a task.
const MOST_WORDS: usize = 200;

/// A piece of work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Work {
    /// A task of the family.
    Task(Answers),
    /// A duty on the case: its row and its cells.
    Duty(String, Answers),
}

/// The work that a meeting which was handed in brings and that does not stand yet. `file` are the family's records.
pub fn work_of<'a>(record: &Record, case: &Answers, file: impl IntoIterator<Item = &'a Record>) -> Vec<Work> {
    let answers = &record.answers;
    let stands = matches!(answers.get(LIFE), Some(Life::Signed | Life::Approved));
    if record.kind != RecordKind::Paper || answers.get(PAPER) != Some(Paper::Meeting) || !stands {
        return Vec::new();
    }
    let made: Vec<String> = file.into_iter().filter_map(|task| decision_of(task, record)).collect();
    let rows = answers.rows(DECISIONS).into_iter().filter(|row| !made.contains(row));
    rows.filter_map(|row| piece(record, &row, case)).collect()
}

/// Which decision of this meeting a task comes from.
fn decision_of(task: &Record, meeting: &Record) -> Option<String> {
    let answers = &task.answers;
    let is_its = task.kind == RecordKind::Task && answers.text(family_task::MEETING) == meeting.id.to_string();
    is_its.then(|| answers.text(family_task::DECISION).to_owned())
}

fn piece(meeting: &Record, row: &str, case: &Answers) -> Option<Work> {
    let decision = meeting.answers.row(DECISIONS, row);
    // What was done when the meeting was written down is nobody's work any more.
    if decision.get(meeting::DECISION_STATUS).is_some_and(TaskStatus::is_closed) {
        return None;
    }
    let held_on = meeting.answers.get(meeting::HELD_ON).unwrap_or_else(|| day_of(meeting));
    let due = decision.get(meeting::DECISION_DUE);
    let (what, who) = (decision.text(meeting::DECISION_WHAT).trim(), decision.text(meeting::DECISION_WHO).trim());
    match decision.get(meeting::DECISION_BY).unwrap_or(Responsible::Institution) {
        Responsible::Member => Some(Work::Task(task(meeting, row, &decision, held_on))),
        Responsible::Assistant => duty(meeting, row, case, (Role::Assistant, what.to_owned()), (held_on, due)),
        Responsible::Worker => duty(meeting, row, case, (Role::SocialWorker, what.to_owned()), (held_on, due)),
        // Nobody outside the office has an account: the assistant sees to it.
        Responsible::Institution => {
            let text = ["dopilnuj: ", who, " – ", what].concat();
            duty(meeting, row, case, (Role::Assistant, text), (held_on, due))
        }
    }
}

fn task(meeting: &Record, row: &str, decision: &Answers, held_on: NaiveDate) -> Answers {
    let due = decision.get(meeting::DECISION_DUE).unwrap_or(held_on);
    let area = meeting.answers.set_of(meeting::DISCLOSED).into_iter().next().unwrap_or(Area::A12);
    let words: String = decision.text(meeting::DECISION_WHAT).trim().chars().take(MOST_WORDS).collect();
    let mut task = Answers::default()
        .with(family_task::GIVEN_ON, held_on.min(due))
        .with(family_task::TASK, words)
        .with(family_task::AREA, area)
        .with(family_task::DUE_KIND, DueKind::Date)
        .with(family_task::DUE, due)
        .with(family_task::STATUS, TaskStatus::Set)
        .with(family_task::ORIGIN, TaskOrigin::Meeting)
        .with(family_task::MEETING, meeting.id.to_string())
        .with(family_task::DECISION, row.to_owned());
    match decision.get(meeting::DECISION_MEMBERS).filter(|members| !members.is_empty()) {
        Some(members) => task.put(family_task::WHO, members),
        None => task.put(family_task::BY_ASSISTANT, true),
    }
    task
}

fn duty(
    meeting: &Record,
    row: &str,
    case: &Answers,
    (who, text): (Role, String),
    (since, due): (NaiveDate, Option<NaiveDate>),
) -> Option<Work> {
    let row = ["meeting-", &meeting.id.to_string(), "-", row].concat();
    if case.rows(DUTIES).contains(&row) {
        return None;
    }
    let mut cells = Answers::default()
        .with(DUTY_WHAT, Duty::MeetingDecision)
        .with(DUTY_SINCE, since)
        .with(DUTY_WHO, who)
        .with(DUTY_TEXT, text)
        .with(DUTY_FROM, meeting.id);
    if let Some(due) = due {
        cells.put(DUTY_DUE, due);
    }
    Some(Work::Duty(row, cells))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{day, record};

    fn decision(by: Responsible, what: &str, status: TaskStatus) -> Answers {
        Answers::default()
            .with(meeting::DECISION_WHAT, what.to_owned())
            .with(meeting::DECISION_BY, by)
            .with(meeting::DECISION_WHO, "szkoła".to_owned())
            .with(meeting::DECISION_DUE, day("2026-12-01"))
            .with(meeting::DECISION_STATUS, status)
    }

    fn held(life: Life) -> Record {
        let mut answers = Answers::default()
            .with(PAPER, Paper::Meeting)
            .with(LIFE, life)
            .with(meeting::HELD_ON, day("2026-11-19"))
            .with(meeting::DISCLOSED, ["A11".to_owned()].into());
        let member = decision(Responsible::Member, "Zapisać syna na świetlicę", TaskStatus::Set)
            .with(meeting::DECISION_MEMBERS, ["0190a000-0000-7000-8000-000000000001".to_owned()].into());
        answers.put_row(DECISIONS, "1", member);
        answers.put_row(DECISIONS, "2", decision(Responsible::Worker, "zasiłek celowy", TaskStatus::Set));
        answers.put_row(DECISIONS, "3", decision(Responsible::Institution, "zajęcia", TaskStatus::InProgress));
        answers.put_row(DECISIONS, "4", decision(Responsible::Assistant, "rozmowa", TaskStatus::Done));
        record(50, RecordKind::Paper, answers)
    }

    #[test]
    fn each_decision_becomes_the_work_of_whoever_answers_for_it() {
        let work = work_of(&held(Life::Signed), &Answers::default(), []);
        let said: Vec<String> = work
            .iter()
            .map(|piece| match piece {
                Work::Task(task) => {
                    let problems = family_task::check(&family_task::FORM, task);
                    assert!(problems.is_empty(), "{problems:?}");
                    ["rodzina: ", task.text(family_task::TASK)].concat()
                }
                Work::Duty(_, cells) => {
                    assert_eq!(cells.get(DUTY_DUE), Some(day("2026-12-01")));
                    [cells.get(DUTY_WHO).unwrap().label(), ": ", cells.text(DUTY_TEXT)].concat()
                }
            })
            .collect();
        assert_eq!(
            said,
            [
                "rodzina: Zapisać syna na świetlicę",
                "pracownik socjalny: zasiłek celowy",
                "asystent rodziny: dopilnuj: szkoła – zajęcia",
            ],
            "what was done at the meeting is no work"
        );
    }

    #[test]
    fn no_work_is_made_twice_and_none_of_a_draft() {
        assert!(work_of(&held(Life::Draft), &Answers::default(), []).is_empty());
        let (meeting, mut case, mut file) = (held(Life::Signed), Answers::default(), Vec::new());
        for piece in work_of(&meeting, &case.clone(), []) {
            match piece {
                Work::Task(task) => file.push(record(60, RecordKind::Task, task)),
                Work::Duty(row, cells) => case.put_row(DUTIES, &row, cells),
            }
        }
        assert!(work_of(&meeting, &case, &file).is_empty());
    }
}
