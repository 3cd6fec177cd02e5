mod sources;

use super::*;
use crate::domain::{
    codes::{ChildPlace, FamilyRole, GoalStatus, Scale},
    documents::papers::{
        ON_PHONE, assessment, consent, course, court_paper, family_card, form_of, handover, meeting,
        plan as plan_paper, review as review_paper,
        sample_file::{self as sample, id, me},
        testing::{self, CHILD, GOAL, MEMBER},
    },
    form::{Key, Value},
    record::Record,
    testing::day,
};

use sources::CASE_PAPERS;

fn known(records: &[Record]) -> Known<'_> {
    Known::of(records, me(), day(sample::TODAY))
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
            let form = form_of(paper).unwrap();
            let today = day(sample::TODAY);
            course::judge(&course::Move { before: None, after, form, by: sample::me(), role, today })
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
    let mut records = sample::file();
    let attempt = [("kind", "VISIT"), ("outcome", "NOT_LET_IN"), ("date", "2026-11-12")];
    records.push(sample::of_kind(44, crate::domain::documents::RecordKind::Visit, &attempt));
    let own_work = [("kind", "DOC"), ("date", "2026-11-13"), ("duration", "30")];
    records.push(sample::of_kind(45, crate::domain::documents::RecordKind::Visit, &own_work));
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
    assert_eq!(note.text(Key::new("actions")), "zawiadomiono Policję (112); zawiadomiono kierownika");
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

#[test]
fn a_referral_of_an_earlier_case_says_nothing_about_this_one() {
    let mut records = sample::without(&[sample::REFERRAL]);
    let said = [("referral_source", "SCHOOL"), ("court_sign", "I Nsm 1/23")];
    records.push(sample::paper(0, Paper::Referral, None, "2024-01-08", &said));
    let request = begin(Paper::Allocation, &known(&records));
    assert!(!request.filled("court_sign") && !request.filled("referral_source"));
}

#[test]
fn a_letter_leans_on_an_authorisation_that_was_not_revoked() {
    let mut records = sample::file();
    let of = |records: &[Record]| begin(Paper::ZzRequest, &known(records)).get(Key::new("authorised_on"));
    let revoked = [("persons", MEMBER), ("granted_on", "2026-05-05"), ("revoked_on", "2026-06-01")];
    records.push(sample::paper(46, Paper::ZzAuthorisation, Some(sample::CASE_NOW), "2026-05-05", &revoked));
    assert_eq!(of(&records), Some(day("2026-03-06")));
}
