//! What a manager's decision means for the paper. Some forms have a ruling of their own ("przydzielam", "do
//! uzupełnienia"): then the ruling says whether the paper is settled or goes back. A "no" settles it as well.

use super::{
    allocation, approval,
    course::{LIFE, REMARKS},
    form_of, ruling as rulings,
};
use crate::domain::{
    form::{Answers, Cell, Field, Form, Kind, Source, Value},
    procedure::{Life, Paper},
    signature::{self, Method, Signer},
};
use chrono::NaiveDate;

/// The life that the ruling leads to; nothing while nobody ruled, or where the form has no ruling.
pub fn outcome(paper: Paper, answers: &Answers) -> Option<Life> {
    rulings::said(paper, answers).map(rulings::Ruling::life)
}

/// The field of the ruling, where the form has one.
pub fn ruling(paper: Paper) -> Option<&'static Field> {
    decision_fields(form_of(paper)?).find(|field| field.key == approval::DECISION.name())
}

/// The ruling that sends the paper back, where there is one.
pub fn sent_back_by(paper: Paper) -> Option<&'static str> {
    let Kind::One(choices) = ruling(paper)?.kind else { return None };
    let rules = |code: &str| {
        let mut answers = Answers::default();
        answers.set_raw(approval::DECISION.name(), Some(Value::Text(code.to_owned())));
        outcome(paper, &answers)
    };
    choices.iter().map(|choice| choice.code).find(|code| rules(code) == Some(Life::Returned))
}

/// The field in which a decision says why.
pub fn note_of(paper: Paper) -> &'static str {
    match paper {
        Paper::Request | Paper::Allocation => allocation::MANAGER_NOTE.name(),
        _ => approval::DECISION_NOTE.name(),
    }
}

/// The paper as its decision begins: dated today and signed on the print by whoever decides. What was decided
/// when it was returned before is no decision about what stands now.
pub fn begin_decision(form: &Form, handed_in: &Answers, name: &str, row: &str, today: NaiveDate) -> Answers {
    let mut answers = without_decision(form, handed_in);
    for field in decision_fields(form) {
        match field.kind {
            Kind::Date if matches!(field.source, Source::Prefilled(_)) => {
                answers.set_raw(field.key, Some(today.write()));
            }
            Kind::Signatures => {
                let cells = Answers::default()
                    .with(signature::ROLE, Signer::Manager)
                    .with(signature::NAME, name.to_owned())
                    .with(signature::METHOD, Method::Paper);
                answers.put_row(field.key, row, cells);
            }
            _ => {}
        }
    }
    answers
}

/// The paper as it is decided: by its ruling, else approved. What the ruling says must be put right becomes the
/// remarks, so that nobody writes it twice.
pub fn settle(paper: Paper, form: &Form, answers: &Answers) -> Answers {
    let life = outcome(paper, answers).unwrap_or(Life::Approved);
    let mut settled = shown(form, answers).with(LIFE, life);
    if life == Life::Returned {
        let note = answers.raw(note_of(paper)).cloned();
        settled.set_raw(REMARKS.name(), note);
    }
    settled
}

/// The paper as it goes back with remarks and without any ruling.
pub fn send_back(form: &Form, handed_in: &Answers, remarks: &str) -> Answers {
    without_decision(form, handed_in).with(LIFE, Life::Returned).with(REMARKS, remarks.trim().to_owned())
}

fn decision_fields(form: &Form) -> impl Iterator<Item = &'static Field> {
    form.decision.iter().flat_map(|section| section.fields)
}

fn without_decision(form: &Form, answers: &Answers) -> Answers {
    let mut left = answers.clone();
    for field in decision_fields(form) {
        take_away(&mut left, field.key);
    }
    left
}

/// Without what the decision does not ask under these answers.
fn shown(form: &Form, answers: &Answers) -> Answers {
    let mut shown = answers.clone();
    for field in decision_fields(form).filter(|field| !field.is_shown(answers)) {
        take_away(&mut shown, field.key);
    }
    shown
}

fn take_away(answers: &mut Answers, key: &str) {
    answers.set_raw(key, None);
    for row in answers.rows(key) {
        answers.drop_row(key, &row);
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            course::{self, CASE, Move, PAPER, judge},
            rights,
            testing::today,
        },
        *,
    };
    use crate::domain::{access::Role, form::Weight, ids::RecordId};
    use uuid::Uuid;

    /// A paper that was handed in. What stands in it does not matter to the manager's rights.
    fn handed_in(paper: Paper) -> Answers {
        Answers::default().with(PAPER, paper).with(CASE, RecordId(Uuid::from_u128(7))).with(LIFE, Life::Signed)
    }

    fn ruled(paper: Paper, form: &Form, code: &str) -> Answers {
        let mut answers = begin_decision(form, &handed_in(paper), "Żaneta Wzorcowa", "r", today());
        answers.set_raw(approval::DECISION.name(), Some(Value::Text(code.to_owned())));
        answers
    }

    fn judged(paper: Paper, after: &Answers) -> Result<(), course::Refused> {
        let form = form_of(paper).unwrap();
        let by = crate::domain::ids::UserId(uuid::Uuid::from_u128(70));
        judge(&Move { before: Some(&handed_in(paper)), after, form, by, role: Role::Manager, today: today() })
    }

    fn decided() -> Vec<(Paper, &'static Form)> {
        let papers = Paper::ALL.iter().copied().filter(|paper| rights::of(*paper).decide.contains(&Role::Manager));
        papers.filter_map(|paper| Some((paper, form_of(paper)?))).collect()
    }

    /// Paper, the rulings that settle it, the one that sends it back.
    const RULINGS: &[(Paper, &[&str], Option<&str>)] = &[
        (Paper::Request, &["ALLOCATE", "ELSEWHERE", "DO_NOT_ALLOCATE"], Some("COMPLETE")),
        (Paper::Allocation, &["ALLOCATE", "ELSEWHERE", "DO_NOT_ALLOCATE"], Some("COMPLETE")),
        (Paper::Plan, &["APPROVED"], Some("RETURNED")),
        (Paper::ClosingRequest, &["CONSENT", "REFUSE"], Some("COMPLETE")),
        (Paper::MonitoringEnd, &["CONSENT", "EXTEND", "REFUSE"], None),
        (Paper::Reopening, &["CONFIRM", "REJECT"], None),
        (Paper::MonthlyReport, &["APPROVED"], Some("RETURNED")),
        (Paper::Extension, &["CONSENT", "REFUSE"], None),
    ];

    #[test]
    fn every_ruling_of_every_paper_leads_somewhere() {
        for (paper, form) in decided() {
            let expected = RULINGS.iter().find(|(of, ..)| *of == paper);
            assert_eq!(ruling(paper).is_some(), expected.is_some(), "{paper:?}");
            assert_eq!(outcome(paper, &handed_in(paper)), None, "{paper:?}: nobody ruled");
            let Some((_, settling, returning)) = expected else { continue };
            let Some(Kind::One(choices)) = ruling(paper).map(|field| field.kind) else { panic!("{paper:?}") };
            for choice in choices {
                let life = if *returning == Some(choice.code) { Life::Returned } else { Life::Approved };
                assert!(life == Life::Returned || settling.contains(&choice.code), "{paper:?} {}", choice.code);
                assert_eq!(outcome(paper, &ruled(paper, form, choice.code)), Some(life), "{paper:?} {}", choice.code);
            }
            assert_eq!(sent_back_by(paper), *returning, "{paper:?}");
            assert!(form.field(note_of(paper)).is_some(), "{paper:?} has no note");
        }
    }

    #[test]
    fn what_a_ruling_asks_for_becomes_the_remarks() {
        for (paper, form) in decided() {
            let Some(code) = sent_back_by(paper) else { continue };
            let silent = settle(paper, form, &ruled(paper, form, code));
            let asked = form.check_decision(&silent, today());
            assert!(asked.iter().any(|problem| problem.field == note_of(paper)), "{paper:?} goes back without a word");
            let mut said = ruled(paper, form, code);
            said.set_raw(note_of(paper), Some(Value::Text("Brakuje opinii szkoły.".into())));
            let back = settle(paper, form, &said);
            assert_eq!(back.get(LIFE), Some(Life::Returned));
            assert_eq!(back.text(REMARKS), "Brakuje opinii szkoły.");
            assert_eq!(judged(paper, &back), Ok(()), "{paper:?}");
        }
    }

    #[test]
    fn every_paper_may_go_back_with_remarks_alone() {
        for (paper, form) in decided() {
            let back = send_back(form, &handed_in(paper), " Popraw datę. ");
            assert_eq!(back.text(REMARKS), "Popraw datę.");
            assert_eq!(judged(paper, &back), Ok(()), "{paper:?}");
        }
    }

    #[test]
    fn a_life_that_contradicts_the_ruling_is_refused() {
        for (paper, form) in decided() {
            let Some(field) = ruling(paper) else { continue };
            let Kind::One(choices) = field.kind else { panic!("{paper:?}") };
            for choice in choices {
                let says = ruled(paper, form, choice.code);
                let other = match outcome(paper, &says) {
                    Some(Life::Returned) => Life::Approved,
                    _ => Life::Returned,
                };
                let mut after = says.with(LIFE, other);
                if other == Life::Returned {
                    after.put(REMARKS, "Popraw datę.".into());
                }
                let Err(course::Refused::Problems(problems)) = judged(paper, &after) else { panic!("{paper:?}") };
                assert!(problems.iter().any(|problem| problem.field == "decision"), "{paper:?} {problems:?}");
            }
        }
    }

    #[test]
    fn a_decision_begins_with_its_day_and_its_signature_and_asks_for_the_rest() {
        for (paper, form) in decided() {
            let mut standing = handed_in(paper);
            standing.set_raw("decision_note", Some(Value::Text("Z poprzedniego zwrotu.".into())));
            let begun = begin_decision(form, &standing, "Żaneta Wzorcowa", "r", today());
            assert!(form.field("decision_note").is_none() || !begun.filled("decision_note"), "{paper:?}");
            let mut missing = form.check_decision(&begun, today());
            missing.retain(|problem| problem.weight == Weight::Error);
            let asked: Vec<&str> = missing.iter().map(|problem| problem.field.as_str()).collect();
            let is_known = |field: &&str| !["decided_on", "allocated_on", "manager_signatures"].contains(field);
            assert!(asked.iter().all(is_known), "{paper:?} {asked:?}");
        }
        let allocation = begin_decision(&allocation::FORM, &handed_in(Paper::Request), "Ż", "r", today());
        assert_eq!(allocation.get(allocation::ALLOCATED_ON), Some(today()));
        assert_eq!(allocation.get(allocation::HELP_PLAN_ON), Some(today()));
        // What only an allocation asks for is not kept with a "no".
        let no = allocation.with(allocation::DECISION, allocation::Ruling::DoNotAllocate);
        assert!(!settle(Paper::Request, &allocation::FORM, &no).filled("help_plan_approved_on"));
    }

    #[test]
    fn the_remarks_of_a_review_are_the_managers_also_when_it_is_taken() {
        let form = form_of(Paper::Review).unwrap();
        let mut taken = begin_decision(form, &handed_in(Paper::Review), "Żaneta Wzorcowa", "r", today());
        taken.set_raw("remarks", Some(Value::Text("Proszę o kopię.".into())));
        let taken = settle(Paper::Review, form, &taken);
        assert_eq!(taken.get(LIFE), Some(Life::Approved));
        assert_eq!(judged(Paper::Review, &taken), Ok(()));
    }
}
