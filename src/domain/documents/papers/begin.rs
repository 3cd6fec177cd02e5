//! How a paper begins, and what it becomes when it is put aside or handed in. The same on every device.

use super::{
    assessment,
    consent::{self, Variant},
    course::{CASE, HANDED_IN_ON, LIFE, PAPER},
    family_card, form_of, meeting,
    parts::{DOC_DATE, PLACE, SIGN},
    plan,
};
use crate::domain::{
    codes::{Area, FamilyRole, Scale},
    documents::{
        case_card::{self, CaseFlag},
        family_card::Member,
    },
    form::{Answers, Cell, Each, Field, Form, Key, Kind},
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
    /// The plan that counts in this case ([`plan::current`]).
    pub plan: Option<&'a Record>,
    /// The assessment that was handed in since that plan ([`plan::assessed_since`]).
    pub assessed: Option<&'a Record>,
    /// Day of the last meeting with the family.
    pub met_on: Option<NaiveDate>,
    /// Where this person drew up their last paper.
    pub place: Option<String>,
    /// The members of the family.
    pub members: Vec<Member>,
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
        Paper::FamilyCard => begin_family_card(known, &mut answers),
        Paper::Assessment => begin_assessment(known, &mut answers),
        Paper::Plan => begin_plan(known, &mut answers),
        _ => {}
    }
    for field in form_of(paper).into_iter().flat_map(Form::fields) {
        if let Kind::RowsOf(each, cells) = field.kind {
            name_people(field.key, each, cells, known, &mut answers);
        }
    }
    answers
}

/// Rows about people say whom they are about where their questions depend on it.
fn name_people(table: &str, each: Each, cells: &[Field], known: &Known<'_>, answers: &mut Answers) {
    const ROLE: Key<FamilyRole> = Key::new("role");
    if !cells.iter().any(|cell| cell.key == ROLE.name()) {
        return;
    }
    let about = known.members.iter().filter(|member| match each {
        Each::Child => member.is_child(),
        Each::Adult => !member.is_child(),
        Each::Area | Each::Goal | Each::Family => false,
    });
    for member in about {
        let cells = answers.row(table, &member.id).with(ROLE, member.role);
        answers.put_row(table, &member.id, cells);
    }
}

fn begin_family_card(known: &Known<'_>, answers: &mut Answers) {
    if let Some(case) = known.case {
        let since = case.answers.get(case_card::CONSENT_ON).or_else(|| case.answers.get(case_card::ALLOCATED_ON));
        answers.set_raw(family_card::SINCE.name(), since.map(Cell::write));
        answers.set_raw(family_card::BASIS.name(), case.answers.raw(case_card::BASIS.name()).cloned());
    }
    for child in known.members.iter().filter(|member| member.is_child()) {
        if let Some(place) = child.stays {
            answers.put_row(family_card::CHILDREN, &child.id, Answers::default().with(family_card::CHILD_PLACE, place));
        }
    }
}

/// What nobody has judged yet is "brak danych" (3.5).
fn begin_assessment(known: &Known<'_>, answers: &mut Answers) {
    let consent = known.case.and_then(|case| case.answers.get(case_card::CONSENT_ON));
    answers.set_raw(assessment::PERIOD_FROM.name(), consent.map(Cell::write));
    answers.put(assessment::PERIOD_TO, known.today);
    for area in Area::ALL {
        let unknown = Answers::default().with(assessment::SCORE, Scale::Unknown);
        answers.put_row(assessment::AREAS, area.code(), unknown);
    }
}

/// A first plan, or a new version of the one that stands.
fn begin_plan(known: &Known<'_>, answers: &mut Answers) {
    match known.plan.filter(|plan| plan::stands(plan)) {
        Some(standing) => {
            let assessed = known.assessed.map(|record| &record.answers);
            answers.0.extend(plan::next_version(&standing.answers, assessed).0);
        }
        None => answers.put(plan::VERSION, plan::FIRST),
    }
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
        codes::ChildPlace,
        documents::{
            RecordKind,
            papers::{
                ON_PHONE, course, handover,
                testing::{self, CHILD, MEMBER},
            },
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

    fn member(id: &str, role: FamilyRole) -> Member {
        let (first_name, stays) = ("Próbna".to_owned(), Some(ChildPlace::Home));
        Member { id: id.to_owned(), first_name, role, born: None, stays, co_resident: true }
    }

    fn known(case: &Record) -> Known<'_> {
        Known {
            by: UserId(Uuid::from_u128(7)),
            today: day("2026-11-22"),
            case: Some(case),
            plan: None,
            assessed: None,
            met_on: Some(day("2026-11-20")),
            place: Some("Zbąszynek".into()),
            members: vec![member(MEMBER, FamilyRole::Mother), member(CHILD, FamilyRole::Unborn)],
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
        for paper in ON_PHONE.iter().copied() {
            let answers = begin(paper, &known(&case));
            let step = |after| {
                let role = crate::domain::access::Role::Assistant;
                course::judge(&course::Move { before: None, after, role, today: day("2026-11-22") })
            };
            assert_eq!(step(&answers), Ok(()), "{paper:?}");
            let form = form_of(paper).unwrap();
            assert!(step(&hand_in(form, &answers, day("2026-11-22"))).is_err(), "{paper:?}");
        }
    }

    #[test]
    fn tables_begin_with_whom_and_what_they_are_about() {
        let case = case();
        let assessment = begin(Paper::Assessment, &known(&case));
        assert_eq!(assessment.rows(assessment::AREAS).len(), Area::ALL.len());
        assert_eq!(assessment.row(assessment::CHILDREN, CHILD).get(Key::new("role")), Some(FamilyRole::Unborn));
        let card = begin(Paper::FamilyCard, &known(&case));
        let child = card.row(family_card::CHILDREN, CHILD);
        assert_eq!(child.get(family_card::CHILD_PLACE), Some(ChildPlace::Home));
        assert_eq!(child.get(Key::new("role")), Some(FamilyRole::Unborn));
    }

    #[test]
    fn a_plan_begins_where_the_standing_one_is() {
        let case = case();
        let first = begin(Paper::Plan, &known(&case));
        assert_eq!((first.get(plan::VERSION), first.rows(plan::GOALS).len()), (Some(1), 0));
        let mut written = first.with(plan::MAIN_GOAL, "Spokojny dom".into());
        written.put_row(plan::GOALS, MEMBER, Answers::default().with(plan::GOAL_NO, 1));
        for (life, version, goals) in [(Life::Draft, 1, 0), (Life::Signed, 2, 1), (Life::Approved, 2, 1)] {
            let earlier = record(5, RecordKind::Paper, written.clone().with(LIFE, life));
            let next = begin(Paper::Plan, &Known { plan: Some(&earlier), ..known(&case) });
            assert_eq!((next.get(plan::VERSION), next.rows(plan::GOALS).len()), (Some(version), goals), "{life:?}");
            assert_eq!((next.get(LIFE), next.get(DOC_DATE)), (Some(Life::Draft), Some(day("2026-11-22"))));
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
