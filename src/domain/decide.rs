//! The office's judgement of one change: is it the author's, may they, does it make a valid paper,
//! and how does it meet the record. Pure; the server calls it inside its transaction.

use super::{
    access::{Actor, Deed, Object, Role, Tie, may, object_of, stands_in_its_file},
    calendar::warsaw_day,
    change::{Action, Change, Edit},
    correction,
    documents::{RecordKind, case_card, family_card, family_task, papers::course, visit_card},
    form::{Answers, Form, Problem, Weight},
    office::OfficeBook,
    procedure::Life,
    record::{Mark, Meeting, Record, Refusal, apply},
};
use crate::domain::ids::{Rev, UserId};
use chrono::{DateTime, Duration, Utc};
use std::collections::BTreeMap;

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
    /// How the change came to be.
    pub hand: Hand,
    /// Whose file the change is for, when it is a person's and no family's.
    pub person: Option<UserId>,
    /// What the office has set: the forms that its papers are checked by.
    pub book: &'a OfficeBook,
}

/// How a change came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    /// A person wrote it as it stands.
    Person,
    /// The office made it of a step of the procedure, or lays out its own books.
    Office,
}

/// Decides one change.
///
/// # Errors
/// The reason why it is not applied; it goes back to its author with the whole change (P1).
pub fn decide(change: &Change, standing: Standing<'_>) -> Result<(Record, Meeting), Refusal> {
    if change.author != standing.actor.user {
        return Err(Refusal::OtherAuthor);
    }
    if standing.hand == Hand::Person {
        if !is_allowed(change, &standing) {
            return Err(Refusal::NotAllowed);
        }
        only_the_procedure(change, &standing)?;
    }
    let (mut record, meeting) = apply(standing.record, change, standing.rev)?;
    if !stands_in_its_file(&record, standing.person) {
        return Err(Refusal::NotAllowed);
    }
    if let Some(problem) = standing.record.is_none().then(|| standing.book.foreign_version(&record)).flatten() {
        return Err(Refusal::Invalid(vec![problem]));
    }
    let form = standing.book.form_of(&record);
    let problems = match change.kind {
        RecordKind::Paper => paper_problems(change, &standing, form, (&record, &meeting))?,
        _ => problems(change, &standing, form, &record),
    };
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
    let deed = if role == Role::Manager { Deed::Decide } else { Deed::Write };
    if !may(role, deed, object_of_change(change, standing), standing.tie) {
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

/// What a change is about. Ticking off what one owes belongs to the file, and a family whose case a manager opens
/// comes with their decision.
fn object_of_change(change: &Change, standing: &Standing<'_>) -> Object {
    let is_manager = standing.actor.role == Role::Manager;
    let ticks =
        |edits: &BTreeMap<String, Edit>| !edits.is_empty() && edits.keys().all(|field| case_card::is_tick(field));
    match (change.kind, &change.action) {
        (RecordKind::Case, Action::Write(edits)) if !is_manager && ticks(edits) => Object::FamilyFile,
        (RecordKind::Family, _) if is_manager && standing.record.is_none() => Object::Allocation,
        (kind, _) => object_of(kind),
    }
}

/// A case is moved by steps; by hand people write only what no step writes.
fn only_the_procedure(change: &Change, standing: &Standing<'_>) -> Result<(), Refusal> {
    if change.kind != RecordKind::Case {
        return Ok(());
    }
    let problems: Vec<Problem> = match &change.action {
        Action::Write(edits) => {
            let of_others =
                |field: &str| case_card::owed_by_others(&standing.record?.answers, field, standing.actor.role);
            let wrong =
                |(field, edit): (&String, &Edit)| case_card::by_steps_only(field, edit).or_else(|| of_others(field));
            edits.iter().filter_map(wrong).collect()
        }
        Action::Settle { .. } => Vec::new(),
        Action::Take { .. } => return Err(Refusal::NotAllowed),
    };
    if problems.is_empty() { Ok(()) } else { Err(Refusal::Invalid(problems)) }
}

/// What stops the paper. A new paper must be whole. A later change may leave nothing wrong that was
/// right before: neither in the fields that it writes nor, by what it does to conditions, in others.
fn problems(change: &Change, standing: &Standing<'_>, form: &Form, record: &Record) -> Vec<Problem> {
    let mut problems = errors(change, form, &record.answers);
    if let Some(before) = standing.record {
        let earlier = errors(change, form, &before.answers);
        problems.retain(|problem| !earlier.contains(problem));
        problems.extend(too_late(change, before, record, standing.now));
        if change.kind == RecordKind::Family {
            problems.extend(family_card::kept(&before.answers, &record.answers));
        }
    }
    problems
}

/// What stops a paper on its course. Whoever hands one in or decides about it must have seen all of it: what
/// others wrote meanwhile, or two versions of a field, come first.
fn paper_problems(
    change: &Change,
    standing: &Standing<'_>,
    form: &'static Form,
    (record, meeting): (&Record, &Meeting),
) -> Result<Vec<Problem>, Refusal> {
    let before = standing.record.map(|record| &record.answers);
    let life = |answers: &Answers| answers.get(course::LIFE).unwrap_or(Life::Draft);
    let goes_on = before.map_or(Life::Draft, life) != life(&record.answers);
    if goes_on && !record.disputes.is_empty() {
        return Ok(vec![Problem::error(course::LIFE.name(), "Są dwie wersje jednego pola. Najpierw wybierz jedną.")]);
    }
    if goes_on && *meeting != Meeting::Clean {
        let text = "Ktoś w międzyczasie zmienił ten dokument. Przeczytaj go i zrób to jeszcze raz.";
        return Ok(vec![Problem::error(course::LIFE.name(), text)]);
    }
    let today = change.local_day().min(warsaw_day(standing.now));
    let (by, role) = (standing.actor.user, standing.actor.role);
    let step = course::Move { before, after: &record.answers, form, by, role, today };
    match course::judge(&step) {
        Ok(()) => Ok(Vec::new()),
        Err(course::Refused::NotTheirs) => Err(Refusal::NotAllowed),
        Err(course::Refused::Problems(problems)) => Ok(problems),
    }
}

fn errors(change: &Change, form: &Form, answers: &Answers) -> Vec<Problem> {
    let mut problems = match change.kind {
        RecordKind::Visit => {
            // "Not later than today" means the author's day: a phone with a wrong clock is marked, not refused.
            visit_card::check(form, answers, change.local_day(), &visit_card::Surroundings::default())
        }
        RecordKind::Task => family_task::check(form, answers),
        RecordKind::Family => family_card::check(answers, change.local_day()),
        RecordKind::Case | RecordKind::Paper => form.check(answers),
    };
    problems.retain(|problem| problem.weight == Weight::Error);
    problems
}

/// An entry is corrected until its month is closed. What counts is the day of writing, for the phone may
/// have been without a network since; but nothing was written later than it arrived. A choice between
/// two versions is always open: both were written before.
fn too_late(change: &Change, before: &Record, after: &Record, now: DateTime<Utc>) -> Option<Problem> {
    let written_on = change.local_day().min(warsaw_day(now));
    match (change.kind, &change.action) {
        (RecordKind::Visit, Action::Write(_)) => correction::too_late(&before.answers, &after.answers, written_on),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        change::{Edit, edits_between},
        codes::{Area, DueKind, EntryKind, Outcome, Place, TaskStatus},
        form::{Answers, Value},
        ids::{ChangeId, FamilyId, OfficeId, RecordId},
        procedure::Paper,
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
        decide(
            change,
            Standing {
                actor,
                tie,
                record,
                rev: Rev(5),
                now,
                hand: Hand::Person,
                person: None,
                book: &OfficeBook::default(),
            },
        )
        .map(|(record, _)| record)
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

    /// An edit of the record that stands, written by its author at some moment.
    fn edit(of: &Record, edits: &[(&str, Option<&str>)]) -> Change {
        let text = |text: &str| Value::Text(text.to_owned());
        let edits = edits.iter().map(|(field, after)| {
            let before = of.answers.raw(field).cloned();
            ((*field).to_owned(), Edit { before, after: after.map(text) })
        });
        Change {
            id: ChangeId(id(101)),
            record: of.id,
            kind: of.kind,
            base: of.rev,
            action: Action::Write(edits.collect()),
            ..new_task(7, &task())
        }
    }

    fn standing_task() -> Record {
        decided(&new_task(7, &task()), &actor(7, Role::Assistant), Tie::Own, None).unwrap()
    }

    fn edited(record: &Record, edits: &[(&str, Option<&str>)]) -> Result<Record, Refusal> {
        decided(&edit(record, edits), &actor(7, Role::Assistant), Tie::Own, Some(record))
    }

    fn refused_fields(decided: Result<Record, Refusal>) -> Vec<String> {
        match decided {
            Err(Refusal::Invalid(problems)) => problems.into_iter().map(|problem| problem.field).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_edit_may_not_empty_a_required_field() {
        let record = standing_task();
        assert_eq!(refused_fields(edited(&record, &[("task", None)])), ["task"]);
        assert_eq!(refused_fields(edited(&record, &[("task", Some("  "))])), ["task"]);
        assert!(edited(&record, &[("task", Some("Umówić wizytę u logopedy"))]).is_ok());
    }

    #[test]
    fn an_edit_may_not_bring_an_error_into_another_field() {
        let record = standing_task();
        // "Done" asks for a day, an effect and its score.
        assert_eq!(
            refused_fields(edited(&record, &[("status", Some("DONE"))])),
            ["checked_on", "effect", "effect_score"]
        );
        let whole = [
            ("status", Some("DONE")),
            ("checked_on", Some("2026-11-20")),
            ("effect", Some("Wizyta umówiona.")),
            ("effect_score", Some("2")),
        ];
        assert!(edited(&record, &whole).is_ok());
        assert_eq!(refused_fields(edited(&record, &[("status", Some("HACKED"))])), ["status"]);
    }

    #[test]
    fn what_was_wrong_before_does_not_stop_an_edit() {
        let mut record = standing_task();
        record.answers.set_raw("area", None);
        assert!(edited(&record, &[("task", Some("Umówić wizytę u logopedy"))]).is_ok());
        assert_eq!(refused_fields(edited(&record, &[("task", None)])), ["task"]);
    }

    #[test]
    fn a_choice_between_two_versions_may_not_empty_a_required_field_either() {
        let record = standing_task();
        let (record, _) = apply(Some(&record), &edit(&record, &[("task", Some("Pierwsza wersja"))]), Rev(6)).unwrap();
        let mut other = edit(&record, &[("task", None)]);
        other.id = ChangeId(id(102));
        other.action = Action::Write(
            [("task".to_owned(), Edit { before: Some(Value::Text("Umówić wizytę u pediatry".into())), after: None })]
                .into(),
        );
        let record = decided(&other, &actor(7, Role::Assistant), Tie::Own, Some(&record)).unwrap();
        assert_eq!(record.disputes.len(), 1);
        let settle = |after: Option<Value>| {
            let action = Action::Settle {
                field: "task".into(),
                of: ChangeId(id(102)),
                edit: Edit { before: record.answers.raw("task").cloned(), after },
            };
            let change = Change { id: ChangeId(id(103)), action, ..edit(&record, &[]) };
            decided(&change, &actor(7, Role::Assistant), Tie::Own, Some(&record))
        };
        assert_eq!(refused_fields(settle(None)), ["task"]);
        assert!(settle(record.answers.raw("task").cloned()).unwrap().disputes.is_empty());
    }

    fn entry(day: &str) -> Record {
        let mut record = standing_task();
        record.kind = RecordKind::Visit;
        record.answers = Answers::default()
            .with(visit_card::KIND, EntryKind::Visit)
            .with(visit_card::OUTCOME, Outcome::NobodyHome)
            .with(visit_card::DATE, day.parse().unwrap())
            .with(visit_card::PLACE, Place::Home);
        record
    }

    #[test]
    fn an_entry_is_its_authors_to_correct_until_its_month_is_closed() {
        let words = [("actions", Some("Nikt nie otworzył, zostawiono kartkę."))];
        let entry = entry("2026-10-30");
        let written = |at: &str, arrived: &str| {
            let change = Change { at: at.parse().unwrap(), ..edit(&entry, &words) };
            let (actor, now) = (actor(7, Role::Assistant), arrived.parse().unwrap());
            let standing = Standing {
                actor: &actor,
                tie: Tie::Own,
                record: Some(&entry),
                rev: Rev(6),
                now,
                hand: Hand::Person,
                person: None,
                book: &OfficeBook::default(),
            };
            decide(&change, standing).map(|(record, _)| record)
        };
        assert!(written("2026-11-05T21:00:00Z", "2026-11-05T21:01:00Z").is_ok());
        assert!(written("2026-11-05T21:00:00Z", "2026-11-20T10:00:00Z").is_ok(), "sent late is not written late");
        assert_eq!(
            refused_fields(written("2026-11-05T23:30:00Z", "2026-11-05T23:31:00Z")),
            ["date"],
            "the 6th in Poland"
        );
        assert!(written("2026-11-09T10:00:00Z", "2026-11-04T10:00:00Z").is_ok(), "a clock that runs ahead is no delay");

        let other = Change { author: UserId(id(8)), ..edit(&entry, &words) };
        let others = decided(&other, &actor(8, Role::Assistant), Tie::Own, Some(&entry));
        assert_eq!(others, Err(Refusal::NotAllowed));
    }

    #[test]
    fn an_entry_may_not_be_moved_into_a_closed_month() {
        let moved = |day| edited(&entry("2026-11-10"), &[("date", Some(day))]);
        assert!(moved("2026-11-02").is_ok());
        assert_eq!(refused_fields(moved("2026-10-30")), ["date"]);
    }

    #[test]
    fn a_clock_that_runs_ahead_is_marked() {
        let mut change = new_task(7, &task());
        change.at = "2026-11-25T10:00:00Z".parse().unwrap();
        let record = decided(&change, &actor(7, Role::Assistant), Tie::Own, None).unwrap();
        assert!(record.marks.contains(&Mark::ClockOff));
    }

    fn paper(life: Life, edits: &[(&str, &str)]) -> Answers {
        let mut answers = Answers::default().with(course::PAPER, Paper::Note).with(course::LIFE, life);
        for (field, text) in edits {
            answers.set_raw(field, Some(Value::Text((*text).to_owned())));
        }
        answers
    }

    fn of_paper(record: Option<&Record>, author: u128, after: &Answers) -> Change {
        let before = record.map(|record| record.answers.clone()).unwrap_or_default();
        Change {
            kind: RecordKind::Paper,
            base: record.map_or(Rev::NONE, |record| record.rev),
            action: Action::Write(edits_between(&before, after)),
            ..new_task(author, &task())
        }
    }

    #[test]
    fn a_paper_goes_its_course_and_only_on_what_was_seen() {
        let (assistant, worker) = (actor(7, Role::Assistant), actor(8, Role::SocialWorker));
        let draft = paper(Life::Draft, &[("place", "Zbąszynek")]);
        let record = decided(&of_paper(None, 7, &draft), &assistant, Tie::Own, None).unwrap();
        let gaps = paper(Life::Signed, &[("place", "Zbąszynek")]);
        let refused = decided(&of_paper(Some(&record), 7, &gaps), &assistant, Tie::Own, Some(&record));
        assert!(matches!(refused, Err(Refusal::Invalid(_))), "handed in with gaps: {refused:?}");

        // The social worker of the family may write on, somebody who only reads may not.
        let more = paper(Life::Draft, &[("place", "Zbąszynek"), ("doc_date", "2026-11-22")]);
        let change = of_paper(Some(&record), 8, &more);
        let newer = decided(&change, &worker, Tie::Own, Some(&record)).unwrap();
        let foreign = Change { author: UserId(id(9)), ..change };
        let refused = decided(&foreign, &actor(9, Role::Dpo), Tie::Office, Some(&record));
        assert_eq!(refused, Err(Refusal::NotAllowed));

        // Whoever hands it in has not seen what was written meanwhile.
        let blind = Change { base: Rev(1), ..of_paper(Some(&newer), 7, &paper(Life::Signed, &[])) };
        let mut changed_since = newer.clone();
        changed_since.rev = Rev(9);
        let refused = decided(&blind, &assistant, Tie::Own, Some(&changed_since));
        assert!(
            matches!(&refused, Err(Refusal::Invalid(problems)) if problems[0].text.contains("międzyczasie")),
            "{refused:?}"
        );
    }
}
