//! How a paper begins, and what it becomes when it is put aside or handed in. The same on every device.

use super::{
    consent::{self, Variant},
    course::{CASE, HANDED_IN_ON, LIFE, PAPER},
    meeting,
    parts::{DOC_DATE, PLACE, SIGN},
};
use crate::domain::{
    documents::case_card::{self, CaseFlag},
    form::{Answers, Form},
    ids::UserId,
    procedure::{Life, Paper},
    record::Record,
};
use chrono::NaiveDate;

/// What is known when a paper is begun.
#[derive(Clone, Debug)]
pub struct Known<'a> {
    /// Who begins it.
    pub by: UserId,
    /// The day of whoever begins it.
    pub today: NaiveDate,
    /// The family's current case.
    pub case: Option<&'a Record>,
    /// Day of the last meeting with the family.
    pub met_on: Option<NaiveDate>,
    /// Where this person drew up their last paper.
    pub place: Option<String>,
}

/// The answers that a paper begins with: nothing that is known is typed again.
pub fn begin(paper: Paper, known: &Known<'_>) -> Answers {
    let mut answers = Answers::default().with(PAPER, paper).with(LIFE, Life::Draft).with(DOC_DATE, known.today);
    if let Some(place) = known.place.clone().filter(|place| !place.is_empty()) {
        answers.put(PLACE, place);
    }
    if let Some(case) = known.case {
        answers.put(CASE, case.id);
        let sign = case.answers.text(case_card::SIGN);
        if !sign.is_empty() {
            answers.put(SIGN, sign.to_owned());
        }
    }
    match paper {
        Paper::Consent | Paper::Refusal | Paper::Resignation => begin_consent(paper, known, &mut answers),
        Paper::Meeting => answers.put(meeting::CALLED_BY, known.by),
        _ => {}
    }
    answers
}

fn begin_consent(paper: Paper, known: &Known<'_>, answers: &mut Answers) {
    if let Some(variant) = Variant::of(paper) {
        answers.put(consent::VARIANT, variant);
    }
    answers.put(consent::MEETING_DATE, known.met_on.unwrap_or(known.today));
    let Some(case) = known.case else { return };
    let flags: Vec<CaseFlag> = case.answers.set_of(case_card::FLAGS);
    answers.put(consent::COURT_ORDERED, flags.contains(&CaseFlag::CourtOrdered));
    if let Some(worker) = case.answers.get(case_card::WORKER) {
        answers.put(consent::WORKER, worker);
    }
}

/// The paper as it is put aside: a draft stays a draft, and what was returned stays returned.
pub fn put_aside(form: &Form, answers: &Answers) -> Answers {
    let life = match answers.get(LIFE) {
        Some(Life::Returned) => Life::Returned,
        _ => Life::Draft,
    };
    shown(form, answers).with(LIFE, life)
}

/// The paper as it is handed in.
pub fn hand_in(form: &Form, answers: &Answers, today: NaiveDate) -> Answers {
    shown(form, answers).with(LIFE, Life::Signed).with(HANDED_IN_ON, today)
}

/// Without the answers to questions that are not asked under the other answers.
fn shown(form: &Form, answers: &Answers) -> Answers {
    let mut shown = answers.clone();
    let hidden: Vec<&str> = form.hidden(answers).map(|field| field.key).collect();
    for key in hidden {
        shown.set_raw(key, None);
        for row in answers.rows(key) {
            shown.drop_row(key, &row);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        documents::{
            RecordKind,
            papers::{course, handover, testing},
        },
        form::Value,
        testing::{day, record},
    };
    use uuid::Uuid;

    fn case() -> Record {
        let card = Answers::default()
            .with(case_card::SIGN, "OPS.4231.7.2026".into())
            .with(case_card::WORKER, UserId(Uuid::from_u128(8)))
            .with(case_card::FLAGS, [CaseFlag::CourtOrdered.code().to_owned()].into());
        record(1, RecordKind::Case, card)
    }

    fn known(case: &Record) -> Known<'_> {
        Known {
            by: UserId(Uuid::from_u128(7)),
            today: day("2026-11-22"),
            case: Some(case),
            met_on: Some(day("2026-11-20")),
            place: Some("Zbąszynek".into()),
        }
    }

    #[test]
    fn what_is_known_is_there_from_the_beginning() {
        let case = case();
        let consent = begin(Paper::Refusal, &known(&case));
        assert_eq!(consent.get(CASE), Some(case.id));
        assert_eq!(consent.get(consent::VARIANT), Some(Variant::Refusal));
        assert_eq!(consent.get(consent::MEETING_DATE), Some(day("2026-11-20")));
        assert_eq!(consent.get(consent::COURT_ORDERED), Some(true));
        assert_eq!(consent.get(DOC_DATE), Some(day("2026-11-22")));
        assert_eq!(consent.text(SIGN), "OPS.4231.7.2026");
        let meeting = begin(Paper::Meeting, &known(&case));
        assert_eq!(meeting.get(meeting::CALLED_BY), Some(UserId(Uuid::from_u128(7))));
    }

    #[test]
    fn a_paper_that_was_begun_may_be_kept_and_is_not_whole_yet() {
        let case = case();
        for paper in [Paper::Note, Paper::Meeting, Paper::Consent] {
            let answers = begin(paper, &known(&case));
            let step = |after| {
                let role = crate::domain::access::Role::Assistant;
                course::judge(&course::Move { before: None, after, role, today: day("2026-11-22") })
            };
            assert_eq!(step(&answers), Ok(()), "{paper:?}");
            let form = crate::domain::documents::papers::form_of(paper).unwrap();
            assert!(step(&hand_in(form, &answers, day("2026-11-22"))).is_err(), "{paper:?}");
        }
    }

    #[test]
    fn what_is_not_asked_is_not_kept() {
        let mut answers = testing::answers(&handover::FORM, &[("complete", "nie"), ("missing", "Opinia szkoły.")]);
        assert!(put_aside(&handover::FORM, &answers).filled("missing"));
        answers.set_raw("complete", Some(Value::Flag(true)));
        let kept = hand_in(&handover::FORM, &answers, day("2026-11-22"));
        assert!(!kept.filled("missing"));
        assert_eq!(kept.get(LIFE), Some(Life::Signed));
        let returned = answers.with(LIFE, Life::Returned);
        assert_eq!(put_aside(&handover::FORM, &returned).get(LIFE), Some(Life::Returned));
    }
}
