//! The office's judgement of one change: is it the author's, may they, does it make a valid paper,
//! and how does it meet the record. Pure; the server calls it inside its transaction.

use super::{
    access::{Actor, Deed, Role, Tie, may, object_of},
    change::{Action, Change},
    documents::{RecordKind, family_task, visit_card},
    form::{Problem, Weight},
    record::{Mark, Meeting, Record, Refusal, apply},
};
use crate::domain::ids::Rev;
use chrono::{DateTime, Duration, Utc};

/// A device's clock may be this far ahead before its entries are marked, in minutes (P9).
pub const CLOCK_TOLERANCE_MINUTES: i64 = 10;

/// What the office knows when it decides.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'a> {
    /// Who signed in.
    pub actor: &'a Actor,
    /// How the family is tied to them.
    pub tie: Tie,
    /// The record as it stands, if it is there.
    pub record: Option<&'a Record>,
    /// The revision that this change takes.
    pub rev: Rev,
    /// The office's clock.
    pub now: DateTime<Utc>,
}

/// Decides one change.
///
/// # Errors
/// The reason why it is not applied; it goes back to its author with the whole change (P1).
pub fn decide(change: &Change, standing: Standing<'_>) -> Result<(Record, Meeting), Refusal> {
    if change.author != standing.actor.user {
        return Err(Refusal::OtherAuthor);
    }
    if !is_allowed(change, &standing) {
        return Err(Refusal::NotAllowed);
    }
    let (mut record, meeting) = apply(standing.record, change, standing.rev)?;
    let problems = problems(change, &record);
    if !problems.is_empty() {
        return Err(Refusal::Invalid(problems));
    }
    let marked = mark(change, &standing, &mut record);
    // A mark is news to the author's own device too: "clean" would let it keep what it has.
    let meeting = if marked && meeting == Meeting::Clean { Meeting::Merged } else { meeting };
    Ok((record, meeting))
}

/// Marks what people should know; says whether there was anything.
fn mark(change: &Change, standing: &Standing<'_>, record: &mut Record) -> bool {
    let late = standing.tie == Tie::Former && record.marks.insert(Mark::AfterHandover);
    let ahead = change.at > standing.now + Duration::minutes(CLOCK_TOLERANCE_MINUTES);
    (ahead && record.marks.insert(Mark::ClockOff)) || late
}

fn is_allowed(change: &Change, standing: &Standing<'_>) -> bool {
    let role = standing.actor.role;
    // Stage, assistant and key days of a case are the manager's decisions; intake is prepared by
    // the social worker.
    let deed = if role == Role::Manager { Deed::Decide } else { Deed::Write };
    if !may(role, deed, object_of(change.kind), standing.tie) {
        return false;
    }
    let author = standing.record.map(|record| record.made.by);
    match (change.kind, author) {
        // An entry is its author's own testimony.
        (RecordKind::Visit, Some(author)) => author == standing.actor.user,
        // Whoever lost the family may bring late work, not go on with others' tasks.
        (_, Some(author)) if standing.tie == Tie::Former => author == standing.actor.user,
        _ => true,
    }
}

/// What stops the paper. A new paper must be whole; an edit answers for the fields that it writes,
/// because others may have changed the rest meanwhile.
fn problems(change: &Change, record: &Record) -> Vec<Problem> {
    let mut problems = match change.kind {
        RecordKind::Visit => {
            // "Not later than today" means the author's day: a phone with a wrong clock is marked, not refused.
            visit_card::check(&record.answers, change.local_day(), &visit_card::Surroundings::default())
        }
        RecordKind::Task => family_task::check(&record.answers),
        RecordKind::Family | RecordKind::Case | RecordKind::Plan => change.kind.form().check(&record.answers),
    };
    problems.retain(|problem| problem.weight == Weight::Error);
    if !change.makes_record() {
        problems.retain(|problem| touches(change, &problem.field) && record.answers.filled(&problem.field));
    }
    problems
}

fn touches(change: &Change, field: &str) -> bool {
    match &change.action {
        Action::Write(edits) => edits.contains_key(field),
        Action::Settle { field: settled, .. } => settled == field,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        change::{Edit, edits_between},
        codes::{Area, DueKind, TaskStatus},
        form::{Answers, Value},
        ids::{ChangeId, FamilyId, OfficeId, RecordId, UserId},
    };
    use uuid::Uuid;

    fn id(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    fn actor(user: u128, role: Role) -> Actor {
        Actor { user: UserId(id(user)), office: OfficeId(id(1)), role }
    }

    fn task() -> Answers {
        Answers::default()
            .with(family_task::GIVEN_ON, "2026-11-10".parse().unwrap())
            .with(family_task::TASK, "Umówić wizytę u pediatry".into())
            .with(family_task::BY_ASSISTANT, true)
            .with(family_task::AREA, Area::A04)
            .with(family_task::DUE_KIND, DueKind::NextMeeting)
            .with(family_task::STATUS, TaskStatus::Set)
    }

    fn new_task(author: u128, answers: &Answers) -> Change {
        Change {
            id: ChangeId(id(100)),
            record: RecordId(id(200)),
            kind: RecordKind::Task,
            family: FamilyId(id(300)),
            base: Rev::NONE,
            after: None,
            action: Action::Write(edits_between(&Answers::default(), answers)),
            author: UserId(id(author)),
            at: "2026-11-22T10:00:00Z".parse().unwrap(),
            offset: 60,
            form: 1,
        }
    }

    fn decided(change: &Change, actor: &Actor, tie: Tie, record: Option<&Record>) -> Result<Record, Refusal> {
        let now = "2026-11-22T10:05:00Z".parse().unwrap();
        decide(change, Standing { actor, tie, record, rev: Rev(5), now }).map(|(record, _)| record)
    }

    #[test]
    fn the_author_is_the_one_who_signed_in() {
        let change = new_task(8, &task());
        assert_eq!(decided(&change, &actor(7, Role::Assistant), Tie::Own, None), Err(Refusal::OtherAuthor));
    }

    #[test]
    fn late_work_is_taken_and_marked_but_others_work_is_not_touched() {
        let assistant = actor(7, Role::Assistant);
        let record = decided(&new_task(7, &task()), &assistant, Tie::Former, None).unwrap();
        assert!(record.marks.contains(&Mark::AfterHandover));
        assert_eq!(decided(&new_task(7, &task()), &assistant, Tie::Office, None), Err(Refusal::NotAllowed));

        let others = decided(&new_task(8, &task()), &actor(8, Role::Assistant), Tie::Own, None).unwrap();
        let mut edit = new_task(7, &task());
        edit.base = Rev(5);
        assert_eq!(decided(&edit, &assistant, Tie::Former, Some(&others)), Err(Refusal::NotAllowed));
    }

    #[test]
    fn a_paper_that_is_not_whole_goes_back_with_its_problems() {
        let mut answers = task();
        answers.set_raw("task", None);
        let refused = decided(&new_task(7, &answers), &actor(7, Role::Assistant), Tie::Own, None);
        assert!(matches!(refused, Err(Refusal::Invalid(problems)) if problems[0].field == "task"));
    }

    #[test]
    fn an_edit_answers_only_for_its_own_fields() {
        let assistant = actor(7, Role::Assistant);
        let record = decided(&new_task(7, &task()), &assistant, Tie::Own, None).unwrap();
        let mut edit = new_task(7, &task());
        edit.base = Rev(5);
        edit.action = Action::Write(
            [(
                "status".to_owned(),
                Edit { before: record.answers.raw("status").cloned(), after: Some(Value::Text("DONE".into())) },
            )]
            .into(),
        );
        // "Done" asks for an effect; another change may bring it.
        assert!(decided(&edit, &assistant, Tie::Own, Some(&record)).is_ok());
        edit.action = Action::Write(
            [("status".to_owned(), Edit { before: None, after: Some(Value::Text("HACKED".into())) })].into(),
        );
        assert!(matches!(
            decided(&edit, &assistant, Tie::Own, Some(&record)),
            Ok(record) if record.disputes.len() == 1
        ));
    }

    #[test]
    fn a_clock_that_runs_ahead_is_marked() {
        let mut change = new_task(7, &task());
        change.at = "2026-11-25T10:00:00Z".parse().unwrap();
        let record = decided(&change, &actor(7, Role::Assistant), Tie::Own, None).unwrap();
        assert!(record.marks.contains(&Mark::ClockOff));
    }
}
