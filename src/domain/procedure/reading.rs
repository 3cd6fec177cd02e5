//! What a family's records tell the guards of the procedure.

use super::{ConsentFacts, Facts, Life, Paper, PaperFact, PlanFacts};
use crate::domain::{
    codes::EntryKind,
    documents::{
        RecordKind, case_card,
        family_task::FamilyTask,
        papers::{
            consent,
            course::{CASE, LIFE, PAPER, day_of},
            handover,
            parts::SIGNED_BY,
            plan,
            ruling::{self, Ruling},
        },
        visit_card::{self, VisitCard},
    },
    form::Answers,
    order::sort_by_key,
    record::Record,
    signature::{self, Signer},
};
use chrono::NaiveDate;

/// What these records of one family say about this case. The load of an assistant is not among them: it is
/// counted in the transaction that allocates.
pub fn facts_of_case<'a>(case: &Record, records: impl IntoIterator<Item = &'a Record>, today: NaiveDate) -> Facts {
    let began = case.answers.get(case_card::REFERRED_ON);
    let mut facts = Facts::on(today);
    if let Some(on) = case.answers.get(case_card::INTERVIEW_ON) {
        facts = facts.with(Paper::Interview, on, Life::Signed);
    }
    // Of two papers of one day the newer one counts, on every device: it lists them in an order of its own.
    let mut records: Vec<&Record> = records.into_iter().collect();
    sort_by_key(&mut records, |record| record.id);
    for record in records {
        match record.kind {
            RecordKind::Case => facts.other_open_case |= record.id != case.id && is_open(&record.answers),
            RecordKind::Paper if record.answers.get(CASE) == Some(case.id) => take_paper(&mut facts, record),
            RecordKind::Visit => take_entry(&mut facts, record, began),
            RecordKind::Task => {
                let open = FamilyTask::read(&record.answers).is_some_and(|task| !task.status.is_closed());
                facts.open_tasks += u32::from(open);
            }
            RecordKind::Paper | RecordKind::Family => {}
        }
    }
    facts
}

fn is_open(card: &Answers) -> bool {
    card.get(case_card::STAGE).is_some_and(|stage| !stage.is_ended())
}

fn take_paper(facts: &mut Facts, record: &Record) {
    let Some(paper) = record.answers.get(PAPER) else { return };
    let life = life_of(&record.answers);
    let fact = PaperFact { on: day_of(record), life };
    let stands = matches!(life, Life::Signed | Life::Approved);
    for paper in carried_by(paper, life) {
        // Of two of a kind the later one counts, and one that stands before one that is being written.
        let older = facts.papers.get(&paper).is_some_and(|known| rank(known) > rank(&fact));
        if !older {
            facts.papers.insert(paper, fact);
        }
    }
    match paper {
        Paper::Handover if stands => facts.documents_complete_on = handover::complete_on(&record.answers),
        Paper::Consent if stands => take_consent(facts, &record.answers),
        // Of several versions the one that counts.
        Paper::Plan if facts.papers.get(&paper) == Some(&fact) => facts.plan = Some(plan_facts(&record.answers)),
        _ => {}
    }
}

/// How far a paper has come as the guards see it. One that was declined carries no step, although it is settled.
fn life_of(answers: &Answers) -> Life {
    match ruling::of(answers) {
        Some(Ruling::Declines | Ruling::PassesOn | Ruling::SendsBack) => Life::Returned,
        Some(Ruling::Grants) | None => answers.get(LIFE).unwrap_or(Life::Draft),
    }
}

fn rank(fact: &PaperFact) -> (bool, NaiveDate) {
    (matches!(fact.life, Life::Signed | Life::Approved), fact.on)
}

/// Some forms carry two papers of the procedure: a request becomes the allocation when it is decided, and one
/// assessment is printed as nr 7 and as nr 15.
fn carried_by(paper: Paper, life: Life) -> Vec<Paper> {
    match paper {
        Paper::Request | Paper::Allocation if life == Life::Approved => vec![Paper::Request, Paper::Allocation],
        Paper::Request | Paper::Allocation => vec![Paper::Request],
        Paper::Review | Paper::PeriodicReport => vec![Paper::Review, Paper::PeriodicReport],
        other => vec![other],
    }
}

fn take_consent(facts: &mut Facts, answers: &Answers) {
    let Some(on) = consent::agreed_on(answers) else { return };
    let signatures = answers.rows(SIGNED_BY).into_iter().map(|row| answers.row(SIGNED_BY, &row));
    let by_carer = signatures.into_iter().any(|row| {
        row.get(signature::ROLE) == Some(Signer::Member)
            && row.get(signature::METHOD) != Some(signature::Method::Refused)
    });
    facts.consent = Some(ConsentFacts { on, by_carer });
    facts.worker_was_present = answers.get(consent::WORKER_PRESENT) == Some(true);
}

fn plan_facts(answers: &Answers) -> PlanFacts {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let goals = answers.rows(plan::GOALS);
    let actions: Vec<Answers> = answers.rows(plan::ACTIONS).iter().map(|row| answers.row(plan::ACTIONS, row)).collect();
    let served = |goal: &String| {
        actions.iter().any(|action| action.get(plan::ACTION_GOAL).is_some_and(|goals| goals.contains(goal)))
    };
    let lacking = |key: &str| count(actions.iter().filter(|action| !action.filled(key)).count());
    PlanFacts {
        valid_from: answers.get(plan::VALID_FROM),
        goals: count(goals.len()),
        goals_without_action: count(goals.iter().filter(|goal| !served(goal)).count()),
        actions_without_term: lacking(plan::ACTION_TERM.name()),
        actions_without_effect: lacking(plan::ACTION_EFFECT.name()),
        coordinated: answers.get(plan::CONSISTENT) == Some(true),
        sent_to_pcpr: answers.get(plan::SENT_PCPR).is_some(),
    }
}

fn take_entry(facts: &mut Facts, record: &Record, began: Option<NaiveDate>) {
    let Some(entry) = VisitCard::read(&record.answers) else { return };
    if began.is_some_and(|began| entry.date < began) {
        return;
    }
    let fact = PaperFact { on: entry.date, life: Life::Signed };
    let known = facts.papers.entry(Paper::Entry).or_insert(fact);
    known.on = known.on.max(entry.date);
    let is_meeting = matches!(entry.kind, EntryKind::Visit | EntryKind::MeetingOut);
    if is_meeting && visit_card::took_place(&record.answers) {
        facts.met_on = Some(facts.met_on.map_or(entry.date, |met| met.min(entry.date)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        access::{Actor, Role},
        codes::{Outcome, TaskStatus},
        deadlines::Settings,
        documents::{case_card::Stage, family_task, papers::parts::DOC_DATE},
        form::Value,
        ids::{OfficeId, RecordId, UserId},
        procedure::{CaseNow, Hindrance, Transition, may},
        testing::{day, record},
    };
    use uuid::Uuid;

    fn case(stage: Stage) -> Record {
        let card = Answers::default()
            .with(case_card::STAGE, stage)
            .with(case_card::REFERRED_ON, day("2026-08-03"))
            .with(case_card::INTERVIEW_ON, day("2026-08-10"))
            .with(case_card::ASSISTANT, UserId(Uuid::from_u128(7)));
        record(1, RecordKind::Case, card)
    }

    fn paper(n: u128, which: Paper, life: Life, more: &[(&str, Value)]) -> Record {
        let mut answers = Answers::default()
            .with(PAPER, which)
            .with(LIFE, life)
            .with(CASE, RecordId(Uuid::from_u128(1)))
            .with(DOC_DATE, day("2026-09-08"));
        for (key, value) in more {
            answers.set_raw(key, Some(value.clone()));
        }
        record(n, RecordKind::Paper, answers)
    }

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    fn consent(life: Life) -> Record {
        let answers = [
            ("variant", text("CONSENT")),
            ("meeting_date", text("2026-09-08")),
            ("worker_present", Value::Flag(true)),
            ("signatures/a/role", text("MEMBER")),
            ("signatures/a/method", text("PAPER")),
        ];
        paper(3, Paper::Consent, life, &answers)
    }

    #[test]
    fn a_signed_consent_opens_the_diagnosis_and_a_draft_does_not() {
        let case = case(Stage::FirstMeeting);
        let actor = Actor { user: UserId(Uuid::from_u128(7)), office: OfficeId(Uuid::nil()), role: Role::Assistant };
        let asked = |records: &[Record]| {
            let facts = facts_of_case(&case, records, day("2026-09-10"));
            may(&CaseNow::of(case.id, &case.answers), Transition::BeginDiagnosis, &actor, &facts, &Settings::default())
        };
        let refused = asked(&[case.clone(), consent(Life::Draft)]);
        assert!(refused.is_err(), "{refused:?}");
        assert_eq!(asked(&[case.clone(), consent(Life::Signed)]), Ok(()));
        let mut elsewhere = consent(Life::Signed);
        elsewhere.answers.put(CASE, RecordId(Uuid::from_u128(99)));
        let refused = asked(&[case.clone(), elsewhere]);
        assert!(
            matches!(&refused, Err(why) if why.iter().any(|one| matches!(one, Hindrance::PaperMissing(Paper::Consent)))),
            "the consent of another case says nothing about this one: {refused:?}"
        );
    }

    #[test]
    fn forms_that_carry_two_papers_say_both() {
        let case = case(Stage::Requested);
        let of = |record: Record| facts_of_case(&case, &[record], day("2026-09-10"));
        let waiting = of(paper(2, Paper::Allocation, Life::Signed, &[]));
        assert_eq!((waiting.life(Paper::Request), waiting.life(Paper::Allocation)), (Some(Life::Signed), None));
        let decided = of(paper(2, Paper::Allocation, Life::Approved, &[]));
        assert_eq!(decided.life(Paper::Allocation), Some(Life::Approved));
        let review = of(paper(2, Paper::Review, Life::Signed, &[]));
        assert_eq!(review.life(Paper::PeriodicReport), Some(Life::Signed));
    }

    #[test]
    fn entries_and_tasks_are_counted_from_the_beginning_of_the_case() {
        let case = case(Stage::Cooperation);
        let visit = |n, on: &str| {
            let card = Answers::default()
                .with(visit_card::KIND, EntryKind::Visit)
                .with(visit_card::OUTCOME, Outcome::Held)
                .with(visit_card::DATE, day(on));
            record(n, RecordKind::Visit, card)
        };
        let open = record(
            9,
            RecordKind::Task,
            Answers::default()
                .with(family_task::TASK, "Umówić wizytę".into())
                .with(family_task::GIVEN_ON, day("2026-09-15"))
                .with(family_task::STATUS, TaskStatus::Set),
        );
        let records = [visit(4, "2026-07-01"), visit(5, "2026-09-15"), visit(6, "2026-09-08"), open];
        let facts = facts_of_case(&case, &records, day("2026-09-20"));
        assert_eq!(facts.met_on, Some(day("2026-09-08")));
        assert_eq!(facts.papers.get(&Paper::Entry).map(|fact| fact.on), Some(day("2026-09-15")));
        assert_eq!(facts.life(Paper::Interview), Some(Life::Signed));
        assert_eq!(facts.open_tasks, 1);
        let other = Record { id: RecordId(Uuid::from_u128(50)), ..case.clone() };
        assert!(facts_of_case(&case, &[other], day("2026-09-20")).other_open_case);
    }

    #[test]
    fn a_plan_says_what_is_still_missing_in_it() {
        let case = case(Stage::Planning);
        let whole = [
            ("valid_from", text("2026-10-05")),
            ("goals/g/goal", text("Rytm dnia")),
            ("goals/h/goal", text("Praca")),
            ("actions/1/goal", Value::Set(["g".to_owned()].into())),
            ("actions/1/due_kind", text("DATE")),
            ("actions/2/goal", Value::Set(["g".to_owned()].into())),
            ("actions/2/expected_effect", text("Dzieci wstają same.")),
        ];
        let facts = facts_of_case(&case, &[paper(2, Paper::Plan, Life::Draft, &whole)], day("2026-10-05"));
        let plan = facts.plan.unwrap();
        assert_eq!((plan.goals, plan.goals_without_action), (2, 1));
        assert_eq!((plan.actions_without_term, plan.actions_without_effect), (1, 1));
        assert!(!plan.sent_to_pcpr);
    }
}
