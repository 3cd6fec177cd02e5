use super::*;
use crate::domain::{
    codes::{ChildPlace, FamilyRole, GoalStatus, Scale},
    documents::papers::{
        ON_PHONE, allocation, assessment, consent, course, court_paper, family_card, handover, meeting,
        plan as plan_paper, review as review_paper,
        sample_file::{self as sample, id, me, written},
        testing::{self, CHILD, GOAL},
    },
    form::{Cell, Key, Source, Value},
    record::Record,
    testing::day,
};

fn known(records: &[Record]) -> Known<'_> {
    Known::of(records, me(), day(sample::TODAY))
}

/// Where a prefilled field comes from.
enum From {
    /// From these records of the sample file.
    Records(&'static [u128]),
    /// From the day, the person, the kind of paper or the law's own number.
    Begun,
}

use From::{Begun, Records};

const CARD: From = Records(&[sample::CARD]);
const CASE: From = Records(&[sample::CASE_NOW]);
const BOTH: From = Records(&[sample::CASE_NOW, sample::CARD]);
const REVIEW: From = Records(&[sample::REVIEW]);
const ENTRY: From = Records(&[sample::URGENT]);

/// Every prefilled field of the papers of a case, and its source in the sample file. A row that a person adds
/// first is written behind it: `field @ path=text`.
///
/// An office has no setting yet for three of them ("z ustawień ośrodka"): the place and who signs for the court
/// come from the last such paper, the number of visits from the last plan, and are open in the first one. Of
/// the court itself Asysta knows only what a referral or an earlier letter says.
#[rustfmt::skip]
const FIELDS: &[(Paper, &str, From)] = &[
    (Paper::Referral, "informed_on", Begun),
    (Paper::Referral, "family_name", CARD),
    (Paper::Referral, "locality", CARD),
    (Paper::Referral, "address", CARD),
    (Paper::Allocation, "interview_date", CASE),
    (Paper::Allocation, "referral_source", Records(&[sample::REFERRAL])),
    (Paper::Allocation, "basis", CASE),
    (Paper::Allocation, "court_sign", Records(&[sample::REFERRAL])),
    (Paper::Allocation, "court_date", Records(&[sample::REFERRAL])),
    (Paper::Allocation, "court_info_date", Records(&[sample::REFERRAL])),
    (Paper::Allocation, "members", CARD),
    (Paper::Allocation, "scope", Records(&[sample::OLD_REOPENING])),
    (Paper::Allocation, "requested_by", Begun),
    (Paper::Handover, "from", CASE),
    (Paper::Handover, "to", CASE),
    (Paper::Handover, "sent_on", Begun),
    (Paper::Handover, "received_on", Begun),
    (Paper::Handover, "contacts", CARD),
    (Paper::Consent, "variant", Begun),
    (Paper::Consent, "court_ordered", CASE),
    (Paper::Consent, "declarants/*/address @ declarants/n/member=01900000-0000-7000-8000-000000000002", CARD),
    (Paper::Consent, "meeting_date", Records(&[sample::VISIT_LATE])),
    (Paper::Consent, "meeting_place", Records(&[sample::VISIT_LATE, sample::CARD])),
    (Paper::Consent, "worker", CASE),
    (Paper::FamilyCard, "since", CASE),
    (Paper::FamilyCard, "basis", CASE),
    (Paper::FamilyCard, "children/*/place", CARD),
    (Paper::Assessment, "period_from", CASE),
    (Paper::Assessment, "period_to", Begun),
    (Paper::Assessment, "children/*/school", Records(&[sample::FAMILY_CARD])),
    (Paper::Assessment, "children/*/authority", Records(&[sample::FAMILY_CARD, sample::CARD])),
    (Paper::Plan, "kind", BOTH),
    (Paper::Plan, "valid_from", Begun),
    (Paper::Plan, "valid_to", Begun),
    (Paper::Plan, "goals/*/baseline @ goals/n/area=A02", Records(&[sample::ASSESSMENT])),
    (Paper::Plan, "goals/*/baseline_score @ goals/n/area=A02", Records(&[sample::ASSESSMENT])),
    (Paper::Plan, "goals/*/status", REVIEW),
    (Paper::Plan, "actions/*/status @ actions/n/action=x", Begun),
    (Paper::Plan, "visit_frequency", Records(&[sample::PLAN])),
    (Paper::Plan, "next_review", Begun),
    (Paper::Review, "period_from", REVIEW),
    (Paper::Review, "period_to", Begun),
    (Paper::Review, "child_in_care", BOTH),
    (Paper::Review, "family_state", CARD),
    (Paper::Review, "changes", Records(&[sample::CHANGED])),
    (Paper::Review, "children/*/place", CARD),
    (Paper::Review, "situation_care", REVIEW),
    (Paper::Review, "situation_housing", REVIEW),
    (Paper::Review, "situation_material", Records(&[sample::ASSESSMENT])),
    (Paper::Review, "situation_health", Records(&[sample::ASSESSMENT])),
    (Paper::Review, "situation_relations", REVIEW),
    (Paper::Review, "situation_social", REVIEW),
    (Paper::Review, "situation_legal", Records(&[sample::ASSESSMENT])),
    (Paper::Review, "goal_reviews/*/status", Records(&[sample::PLAN])),
    (Paper::Review, "sent_manager", Begun),
    (Paper::ClosingRequest, "goals/*/status", REVIEW),
    (Paper::ClosingRequest, "effects", REVIEW),
    (Paper::ClosingRequest, "child_in_care", BOTH),
    (Paper::Monitoring, "from", Records(&[sample::CASE_NOW, sample::CLOSING])),
    (Paper::Monitoring, "to", Records(&[sample::CASE_NOW, sample::CLOSING])),
    (Paper::Monitoring, "entries", Records(&[sample::PHONE_LATE])),
    (Paper::MonitoringEnd, "period_from", Records(&[sample::MONITORING])),
    (Paper::MonitoringEnd, "period_to", Begun),
    (Paper::MonitoringEnd, "tasks_closed", Records(&[sample::TASK_ASSISTANT])),
    (Paper::MonitoringEnd, "positive", Records(&[sample::MONITORING])),
    (Paper::Meeting, "called_by", CASE),
    (Paper::Meeting, "decisions/*/status @ decisions/n/what=x", Begun),
    (Paper::Note, "happened_on", ENTRY),
    (Paper::Note, "happened_at", ENTRY),
    (Paper::Note, "kind", ENTRY),
    (Paper::Note, "urgent", ENTRY),
    (Paper::Note, "belongs_to", ENTRY),
    (Paper::Note, "facts", ENTRY),
    (Paper::Note, "actions", ENTRY),
    (Paper::Extension, "started_on", Records(&[sample::PLAN])),
    (Paper::Extension, "goals/*/status", REVIEW),
    (Paper::Extension, "effects", REVIEW),
    (Paper::CourtPaper, "court", Records(&[sample::COURT])),
    (Paper::CourtPaper, "division", Records(&[sample::COURT])),
    (Paper::CourtPaper, "case_number", Records(&[sample::COURT])),
    (Paper::CourtPaper, "due @ letter_received_on=2026-11-20", Begun),
    (Paper::CourtPaper, "signed_by", Records(&[sample::COURT])),
    (Paper::CourtPaper, "period_from", CASE),
    (Paper::CourtPaper, "period_to", Begun),
    (Paper::CourtPaper, "persons", CARD),
    (Paper::CourtPaper, "address", CARD),
    (Paper::CourtPaper, "child_in_care", CARD),
    (Paper::CourtPaper, "care", REVIEW),
    (Paper::CourtPaper, "living", REVIEW),
    (Paper::CourtPaper, "attitude", REVIEW),
    (Paper::CourtPaper, "institutions", REVIEW),
    (Paper::CourtPaper, "assistance", REVIEW),
    (Paper::CourtPaper, "bond", REVIEW),
    (Paper::CourtPaper, "children_in_care", REVIEW),
    (Paper::ZzApplication, "applicant", CARD),
    (Paper::ZzApplication, "address", CARD),
    (Paper::ZzApplication, "phone", CARD),
    (Paper::ZzCatalogue, "persons", Records(&[sample::APPLICATION, sample::CARD])),
    (Paper::ZzCatalogue, "supports/*/born @ supports/n/kind=ONE_OFF", CARD),
    (Paper::ZzAuthorisation, "persons", Records(&[sample::APPLICATION, sample::CARD])),
    (Paper::ZzAuthorisation, "assistant", CASE),
    (Paper::ZzAuthorisation, "granted_on", Begun),
    (Paper::ZzRequest, "persons", Records(&[sample::AUTHORISATION])),
    (Paper::ZzRequest, "authorised_on", Records(&[sample::AUTHORISATION])),
    (Paper::ZzRequest, "subject", Records(&[sample::CATALOGUE])),
    (Paper::CareBoard, "children", CARD),
    (Paper::AlimonyOpinion, "children", CARD),
    (Paper::AlimonyOpinion, "recipient", Records(&[sample::FAMILY_CARD])),
    (Paper::BlueCardLog, "started_by", Begun),
    (Paper::BlueCardLog, "sent_by", Begun),
    // The head, the same for all.
    (Paper::SupportingFamily, "case_sign", CASE),
    (Paper::SupportingFamily, "place", Records(&[sample::REFERRAL])),
    (Paper::SupportingFamily, "doc_date", Begun),
];

/// Papers of a case, each once: those that share a declaration share its fields.
const CASE_PAPERS: &[Paper] = &[
    Paper::Referral,
    Paper::Allocation,
    Paper::Handover,
    Paper::Consent,
    Paper::FamilyCard,
    Paper::Assessment,
    Paper::Plan,
    Paper::Review,
    Paper::ClosingRequest,
    Paper::Monitoring,
    Paper::MonitoringEnd,
    Paper::Reopening,
    Paper::Meeting,
    Paper::Note,
    Paper::Extension,
    Paper::CourtPaper,
    Paper::ZzApplication,
    Paper::ZzCatalogue,
    Paper::ZzAuthorisation,
    Paper::ZzRequest,
    Paper::SupportingFamily,
    Paper::CareBoard,
    Paper::AlimonyOpinion,
    Paper::BlueCardLog,
];

/// `goals/*/status` of `goals/7/status`; a table by its own name too.
fn fits(path: &str, pattern: &str) -> bool {
    let mut parts = path.split('/');
    match pattern.split('/').collect::<Vec<_>>()[..] {
        [table, _, cell] => parts.next() == Some(table) && parts.nth(1) == Some(cell) && parts.next().is_none(),
        [field] => parts.next() == Some(field),
        _ => false,
    }
}

#[test]
fn every_prefilled_field_says_which_record_it_comes_from() {
    let records = sample::file();
    let known = known(&records);
    for (paper, field, from) in FIELDS {
        let (pattern, row) = field.split_once(" @ ").unwrap_or((field, ""));
        let pairs: Vec<(&str, &str)> = row.split_once('=').into_iter().collect();
        let figures = prefilled(*paper, &written(*paper, &pairs), &known);
        let added = pairs.first().and_then(|(path, _)| path.rsplit_once('/')).map(|(row, _)| format!("{row}/"));
        let mut fitting = figures.iter().filter(|figure| {
            fits(&figure.path, pattern) && added.as_ref().is_none_or(|row| figure.path.starts_with(row))
        });
        let figure = fitting.next();
        let sources = |figure: &Figure| figure.from.clone();
        match from {
            Records(numbers) => {
                let expected: Vec<RecordId> = numbers.iter().map(|number| id(*number)).collect();
                assert_eq!(figure.map(sources), Some(expected), "{paper:?} {field}");
            }
            Begun => assert_eq!(figure.map(sources), Some(vec![]), "{paper:?} {field}"),
        }
    }
}

#[test]
fn no_prefilled_field_of_a_case_is_left_out() {
    let head = ["case_sign", "place", "doc_date"];
    for paper in CASE_PAPERS {
        let form = form_of(*paper).unwrap();
        let decided: Vec<&str> = form.decision.iter().flat_map(|part| part.fields).map(|field| field.key).collect();
        let mut declared: Vec<(String, &str)> = Vec::new();
        for field in form.fields().filter(|field| !head.contains(&field.key) && !decided.contains(&field.key)) {
            if matches!(field.source, Source::Prefilled(_)) {
                declared.push((field.key.to_owned(), field.key));
            }
            let cells = field.kind.cells().unwrap_or_default();
            // A table that is filled as a whole says so once.
            let cells = cells.iter().filter(|cell| matches!(cell.source, Source::Prefilled(_)));
            declared.extend(cells.map(|cell| (format!("{}/*/{}", field.key, cell.key), field.key)));
        }
        for (path, table) in declared {
            let listed = FIELDS.iter().any(|(of, field, _)| {
                let pattern = field.split(" @ ").next().unwrap_or_default();
                of == paper && (pattern == path || pattern == table)
            });
            assert!(listed, "{paper:?} {path} is prefilled, but from what?");
        }
    }
    for (paper, field, _) in FIELDS {
        let pattern = field.split(" @ ").next().unwrap_or_default();
        let form = form_of(*paper).unwrap();
        let is_declared = testing::paths(form)
            .iter()
            .any(|(path, declared)| path == pattern && matches!(declared.source, Source::Prefilled(_)))
            || form.field(pattern).is_some_and(|field| matches!(field.source, Source::Prefilled(_)));
        assert!(is_declared, "{paper:?} {field} is not prefilled");
    }
}

#[test]
fn what_is_known_is_there_from_the_beginning() {
    let records = sample::file();
    let known = known(&records);
    let consent = begin(Paper::Refusal, &known);
    assert_eq!(consent.get(super::CASE), Some(id(sample::CASE_NOW)));
    assert_eq!(consent.get(consent::VARIANT), Some(consent::Variant::Refusal));
    assert_eq!(consent.get(consent::MEETING_DATE), Some(day("2026-11-05")));
    assert_eq!(consent.text(Key::new("meeting_place")), "ul. Wzorcowa 3, Zbąszynek");
    assert_eq!(consent.get(consent::COURT_ORDERED), Some(true));
    assert_eq!(consent.get(DOC_DATE), Some(day(sample::TODAY)));
    assert_eq!(consent.text(SIGN), "OPS.4231.7.2026");
    assert_eq!(consent.text(PLACE), "Zbąszynek");
    let meeting = begin(Paper::Meeting, &known);
    assert_eq!(meeting.get(meeting::CALLED_BY), Some(me()));
}

#[test]
fn a_paper_that_was_begun_may_be_kept_and_is_not_whole_yet() {
    let records = sample::file();
    let known = known(&records);
    for paper in CASE_PAPERS.iter().chain(ON_PHONE).copied() {
        let answers = begin(paper, &known);
        let step = |after| {
            let role = crate::domain::documents::papers::rights::of(paper).prepare[0];
            course::judge(&course::Move { before: None, after, role, today: day(sample::TODAY) })
        };
        assert_eq!(step(&answers), Ok(()), "{paper:?}");
        let form = form_of(paper).unwrap();
        assert!(step(&hand_in(form, &answers, day(sample::TODAY))).is_err(), "{paper:?}");
    }
}

#[test]
fn tables_begin_with_whom_and_what_they_are_about() {
    let records = sample::file();
    let known = known(&records);
    let assessment = begin(Paper::Assessment, &known);
    assert_eq!(assessment.rows(assessment::AREAS).len(), crate::domain::codes::Area::ALL.len());
    assert_eq!(assessment.row(assessment::CHILDREN, sample::UNBORN).get(Key::new("role")), Some(FamilyRole::Unborn));
    let authority = assessment.row(assessment::CHILDREN, CHILD).get::<String>(Key::new("authority")).unwrap();
    assert_eq!(
        authority,
        "Anna: ograniczona – umieszczenie w pieczy (art. 109 § 2 pkt 5), sygn. III Nsm 12/26; piecza: rodzina zastępcza spokrewniona"
    );
    let card = begin(Paper::FamilyCard, &known);
    let child = card.row(family_card::CHILDREN, CHILD);
    assert_eq!(child.get(family_card::CHILD_PLACE), Some(ChildPlace::FosterKin));
    assert_eq!(child.get(Key::<String>::new("school")).as_deref(), Some("Szkoła Podstawowa nr 1"));
}

#[test]
fn the_first_plan_grows_from_the_assessment_worst_first() {
    let records = sample::without(&[sample::PLAN, sample::REVIEW]);
    let plan = begin(Paper::Plan, &known(&records));
    let goals = plan_paper::goals(&plan);
    let told: Vec<_> = goals.iter().map(|goal| (goal.no, goal.area.unwrap().code(), goal.goal.as_str())).collect();
    assert_eq!(told, [(1, "A02", "Spłacić czynsz w ratach"), (2, "A01", "")]);
    let first = plan.row(plan_paper::GOALS, &goals[0].id);
    assert_eq!(first.get(Key::<String>::new("baseline")).as_deref(), Some("Długi za czynsz."));
    assert_eq!(first.get(Key::<Scale>::new("baseline_score")), Some(Scale::Serious));
    assert!(goals[0].id.parse::<uuid::Uuid>().is_ok(), "visits and tasks refer to goals by their id");
    assert_eq!(plan.text(Key::new("main_goal")), "Żeby Ola wróciła do domu.");
    assert_eq!(plan.text(Key::new("resources")), "Rodzina: Trzymają się razem.\nOtoczenie: Babcia.");
    assert_eq!(plan.get(plan_paper::VISIT_FREQUENCY), Some(1));
    assert_eq!(begin(Paper::Plan, &known(&records)), plan, "the same on every device");
}

#[test]
fn the_next_plan_goes_on_from_the_one_before_as_it_was_judged() {
    let records = sample::file();
    let plan = begin(Paper::Plan, &known(&records));
    let statuses: Vec<_> = plan_paper::goals(&plan).into_iter().map(|goal| (goal.id, goal.status)).collect();
    let expected = [(GOAL, GoalStatus::Partly), (sample::GOAL_2, GoalStatus::Reached)];
    assert_eq!(statuses, expected.map(|(id, status)| (id.to_owned(), status)));
    assert_eq!(
        plan.row(plan_paper::ACTIONS, "a").get(Key::<String>::new("action")).as_deref(),
        Some("Raty z administracją")
    );
    assert_eq!(plan.text(Key::new("main_goal")), "Powrót Oli do domu.");
    assert_eq!(plan.get(plan_paper::KIND), Some(plan_paper::PlanKind::Coordinated));
    assert_eq!(plan.get(plan_paper::NEXT_REVIEW), Some(day("2027-05-22")));
}

#[test]
fn an_assessment_that_is_older_than_the_plan_has_no_say_in_its_goals() {
    let mut records = sample::without(&[sample::PLAN]);
    let goals = [(format!("goals/{GOAL}/no"), "1"), (format!("goals/{GOAL}/status"), "DROPPED")];
    let goals: Vec<(&str, &str)> = goals.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    records.push(sample::paper(43, Paper::Plan, Some(sample::CASE_NOW), "2026-09-15", &goals));
    let status =
        |paper, table: &str| begin(paper, &known(&records)).row(table, GOAL).get(Key::<GoalStatus>::new("status"));
    assert_eq!(status(Paper::Plan, "goals"), Some(GoalStatus::Dropped));
    assert_eq!(status(Paper::ClosingRequest, "goals"), Some(GoalStatus::Dropped));
    assert_eq!(begin(Paper::Plan, &known(&records)).get(plan_paper::VERSION), Some(2));
}

#[test]
fn an_assessment_looks_back_from_the_last_one_and_not_over_half_a_year() {
    let all = sample::file();
    let next = begin(Paper::Review, &known(&all));
    assert_eq!(next.get(Key::new("period_from")), Some(day("2026-09-01")));
    assert_eq!(next.get(review_paper::PERIOD_TO), Some(day(sample::TODAY)));
    assert_eq!(next.text(Key::new("changes")), "10 września 2026: sytuacja zawodowa – ojciec podjął pracę");
    let state = next.text(Key::new("family_state"));
    assert!(state.starts_with("Matka: Anna, 36 lat\nDziecko: Ola, 8 lat, rodzina zastępcza"), "{state}");
    let first = sample::without(&[sample::REVIEW]);
    let first = begin(Paper::Review, &known(&first));
    assert_eq!(first.get(Key::new("period_from")), Some(day("2026-03-02")));
    assert_eq!(first.get(review_paper::PERIOD_TO), Some(day("2026-09-02")));
}

#[test]
fn monitoring_takes_the_entries_of_its_time_and_no_attempts() {
    let records = sample::file();
    let card = begin(Paper::Monitoring, &known(&records));
    let expected = [sample::URGENT, sample::PHONE_LATE, sample::VISIT_LATE].map(|number| id(number).to_string());
    assert_eq!(card.rows("entries"), expected.into_iter().collect());
    let visit = card.row("entries", &id(sample::VISIT_LATE).to_string());
    assert_eq!(visit.get(Key::<String>::new("note")).as_deref(), Some("Rozmowa o rytmie dnia.\nCzysto, ciepło."));
    assert_eq!(visit.get(Key::<i64>::new("minutes")), Some(50));
}

#[test]
fn an_urgent_entry_gets_its_note_once() {
    let mut records = sample::file();
    let note = begin(Paper::Note, &known(&records));
    assert_eq!(note.text(Key::new("facts")), "Dziecko bez opieki wieczorem.");
    assert_eq!(note.text(Key::new("actions")), "zawiadomiono kierownika; zawiadomiono Policję (112)");
    let told = [("belongs_to", id(sample::URGENT).to_string())];
    let told: Vec<(&str, &str)> = told.iter().map(|(key, value)| (*key, value.as_str())).collect();
    records.push(sample::paper(40, Paper::Note, Some(sample::CASE_NOW), "2026-11-21", &told));
    assert!(!begin(Paper::Note, &known(&records)).filled("facts"));
}

#[test]
fn what_follows_is_filled_and_what_a_person_wrote_stays() {
    let records = sample::file();
    let known = known(&records);
    let before = begin(Paper::Plan, &known);
    let after = before.clone().with(plan_paper::VALID_FROM, day("2026-12-01"));
    let paths = |figures: Vec<Figure>| figures.into_iter().map(|figure| figure.path).collect::<Vec<_>>();
    assert_eq!(paths(follow(Paper::Plan, &before, &after, &known)), ["valid_to", "next_review"]);
    let own = before.clone().with(plan_paper::NEXT_REVIEW, day("2026-12-24"));
    let after = own.clone().with(plan_paper::VALID_FROM, day("2026-12-01"));
    assert_eq!(paths(follow(Paper::Plan, &own, &after, &known)), ["valid_to"]);
    let mut row = before.clone();
    row.set_raw("goals/n/area", Some(Value::Text("A01".into())));
    assert_eq!(
        paths(follow(Paper::Plan, &before, &row, &known)),
        ["goals/n/status", "goals/n/baseline", "goals/n/baseline_score"]
    );
    let mut dropped = before.clone();
    dropped.drop_row(plan_paper::GOALS, GOAL);
    assert_eq!(follow(Paper::Plan, &before, &dropped, &known), [], "a row that was taken away stays away");
}

#[test]
fn the_decision_begins_with_its_day() {
    let records = sample::file();
    let known = known(&records);
    let asked = written(Paper::Allocation, &[]).with(allocation::ALLOCATED_ON, day("2026-11-20"));
    let figures = begin_decision(Paper::Allocation, &asked, &known);
    assert_eq!(figures.len(), 1);
    assert_eq!(figures[0].value, day("2026-11-20").write());
    let review = begin_decision(Paper::Review, &written(Paper::Review, &[]), &known);
    assert_eq!(review[0].value, day(sample::TODAY).write());
}

#[test]
fn a_person_writes_where_they_wrote_last() {
    let mut records = sample::without(&[sample::REFERRAL]);
    assert_eq!(known(&records).place, None);
    assert_eq!(known(&records).or_place(Some("Łagów".into())).place, Some(("Łagów".into(), None)));
    let mut other = sample::paper(50, Paper::Note, Some(sample::CASE_NOW), "2026-11-21", &[("place", "Świebodzin")]);
    records.push(other.clone());
    other.id = id(41);
    other.made.by = me();
    other.answers.put(PLACE, "Zbąszynek".into());
    records.push(other);
    assert_eq!(known(&records).place, Some(("Zbąszynek".into(), Some(id(41)))));
}

#[test]
fn the_court_hears_of_a_refusal_in_its_words() {
    let mut records = sample::file();
    let said = [("variant", "RESIGNATION"), ("meeting_date", "2026-11-18")];
    records.push(sample::paper(42, Paper::Resignation, Some(sample::CASE_NOW), "2026-11-18", &said));
    let notice = begin(Paper::CourtPaper, &known(&records));
    assert_eq!(notice.get(court_paper::NOTICE_REASON), Some(court_paper::NoticeReason::Resignation));
    assert_eq!(notice.get(Key::new("event_on")), Some(day("2026-11-18")));
}

#[test]
fn what_is_not_asked_is_not_kept() {
    let mut answers = testing::answers(&handover::FORM, &[("complete", "nie"), ("missing", "Opinia szkoły.")]);
    assert!(put_aside(&handover::FORM, &answers).filled("missing"));
    answers.set_raw("complete", Some(Value::Flag(true)));
    let kept = hand_in(&handover::FORM, &answers, day(sample::TODAY));
    assert!(!kept.filled("missing"));
    assert_eq!(kept.get(LIFE), Some(Life::Signed));
    let returned = answers.with(LIFE, Life::Returned);
    assert_eq!(put_aside(&handover::FORM, &returned).get(LIFE), Some(Life::Returned));
}

#[test]
fn a_referral_after_the_last_case_is_not_part_of_it() {
    let mut records = sample::file();
    let begun = |records: &[Record], paper| {
        let answers = begin(paper, &known(records));
        (answers.get(super::CASE).is_some(), answers.filled(SIGN.name()))
    };
    assert_eq!(begun(&records, Paper::Referral), (true, true));
    let case = records.iter_mut().find(|record| record.id == id(sample::CASE_NOW)).unwrap();
    case.answers.put(case_card::STAGE, Stage::Closed);
    assert_eq!(begun(&records, Paper::Referral), (false, false));
    assert_eq!(begun(&records, Paper::ZzApplication), (false, false));
    assert_eq!(begun(&records, Paper::Note), (true, true));
}
