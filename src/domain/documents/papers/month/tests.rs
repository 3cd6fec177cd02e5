use super::*;
use crate::domain::{
    codes::*,
    documents::{
        RecordKind,
        case_card::{self, ClosingReason, Stage},
        family_card, family_task,
        papers::{
            course::{LIFE, PAPER},
            form_of, meeting, mileage, monthly_report, timesheet, training,
        },
        visit_card,
    },
    form::{Answers, Key, Weight},
    procedure::{Life, Paper},
    testing::{day, record},
};
use proptest::prelude::*;
use std::cell::Cell;
use uuid::Uuid;

const ME: UserId = UserId(Uuid::from_u128(7));

fn of(family: u128, by: u128, record: Record) -> Record {
    let mut record = Record { family: FamilyId(Uuid::from_u128(family)), ..record };
    record.made.by = UserId(Uuid::from_u128(by));
    record
}

fn card(family: u128, code: &str) -> Record {
    let answers = Answers::default().with(family_card::CODE, code.into()).with(family_card::SURNAME, "Próbna".into());
    of(family, 1, record(family * 1000, RecordKind::Family, answers))
}

fn case(family: u128, stage: Stage, allocated: &str) -> Record {
    let answers = Answers::default()
        .with(case_card::STAGE, stage)
        .with(case_card::ASSISTANT, ME)
        .with(case_card::ALLOCATED_ON, day(allocated));
    of(family, 1, record(family * 1000 + 1, RecordKind::Case, answers))
}

fn entry(n: u128, family: u128, kind: EntryKind, on: &str, minutes: i64) -> Record {
    let answers = Answers::default()
        .with(visit_card::KIND, kind)
        .with(visit_card::DATE, day(on))
        .with(visit_card::DURATION, minutes)
        .with(visit_card::ACTIONS, format!("Opis wpisu numer {n}."));
    of(family, 7, record(n, RecordKind::Visit, answers))
}

fn visit(n: u128, family: u128, outcome: Outcome, on: &str, minutes: i64) -> Record {
    let mut entry = entry(n, family, EntryKind::Visit, on, minutes);
    entry.answers.put(visit_card::OUTCOME, outcome);
    entry
}

trait With {
    fn and<T: crate::domain::form::Cell>(self, key: Key<T>, answer: T) -> Self;
}

impl With for Record {
    fn and<T: crate::domain::form::Cell>(mut self, key: Key<T>, answer: T) -> Self {
        self.answers.put(key, answer);
        self
    }
}

fn codes(codes: &[&str]) -> std::collections::BTreeSet<String> {
    codes.iter().map(|code| (*code).to_owned()).collect()
}

fn task(n: u128, family: u128, given: &str, status: TaskStatus, checked: Option<&str>) -> Record {
    let mut answers = Answers::default()
        .with(family_task::TASK, "Umówić wizytę u pediatry".into())
        .with(family_task::GIVEN_ON, day(given))
        .with(family_task::STATUS, status);
    if let Some(checked) = checked {
        answers.put(family_task::CHECKED_ON, day(checked));
    }
    of(family, 7, record(n, RecordKind::Task, answers))
}

fn paper(n: u128, family: u128, paper: Paper, life: Life) -> Record {
    of(family, 7, record(n, RecordKind::Paper, Answers::default().with(PAPER, paper).with(LIFE, life)))
}

/// October 2026 of one assistant. Family 1 (R01) in cooperation, family 2 (R02) closed on the 20th, family 3 (R03)
/// taken on in October and not yet met, family 4 (R04) of a colleague.
fn october() -> Vec<Record> {
    let colleague = UserId(Uuid::from_u128(8));
    vec![
        card(1, "R01"),
        case(1, Stage::Cooperation, "2026-03-02"),
        card(2, "R02"),
        case(2, Stage::Closed, "2026-01-05")
            .and(case_card::ENDED_ON, day("2026-10-20"))
            .and(case_card::CLOSING_REASON, ClosingReason::Moved),
        card(3, "R03"),
        case(3, Stage::Allocated, "2026-10-28"),
        card(4, "R04"),
        case(4, Stage::Cooperation, "2026-10-02").and(case_card::ASSISTANT, colleague),
        // R01: three visits, two of them held: 50 + 70 minutes with parents and children.
        visit(11, 1, Outcome::Held, "2026-10-01", 50)
            .and(visit_card::TASKS, codes(&["T06_PARENTING", "T03_LIFE_SITUATION"]))
            .and(visit_card::TRAVEL, Travel::OwnCar)
            .and(visit_card::TRAVEL_KM, 125)
            .and(visit_card::TRAVEL_FROM, "Zbąszynek".into())
            .and(visit_card::TRAVEL_TO, "Kosieczyn".into())
            .and(visit_card::NEXT_VISIT, day("2026-10-08").and_hms_opt(10, 0, 0).unwrap()),
        visit(12, 1, Outcome::NobodyHome, "2026-10-08", 0)
            .and(visit_card::TRAVEL, Travel::Bus)
            .and(visit_card::TRAVEL_KM, 100)
            .and(visit_card::NEXT_VISIT, day("2026-10-15").and_hms_opt(10, 0, 0).unwrap()),
        visit(13, 1, Outcome::Held, "2026-10-31", 70)
            .and(visit_card::TASKS, codes(&["T11_CHILD_SUPPORT"]))
            .and(visit_card::RISK, Risk::Worrying)
            .and(visit_card::START, chrono::NaiveTime::from_hms_opt(21, 30, 0).unwrap())
            .and(visit_card::END, chrono::NaiveTime::from_hms_opt(22, 40, 0).unwrap()),
        // R01: to the clinic with the family, the school by telephone, the group, papers.
        entry(14, 1, EntryKind::Accompany, "2026-10-09", 90)
            .and(visit_card::INSTITUTION, "CLINIC".into())
            .and(visit_card::TASKS, codes(&["T03_LIFE_SITUATION"])),
        entry(15, 1, EntryKind::Institution, "2026-10-09", 15)
            .and(visit_card::INSTITUTION, "SCHOOL".into())
            .and(visit_card::TASKS, codes(&["T18_COOPERATION"])),
        entry(16, 1, EntryKind::Team, "2026-10-12", 60).and(visit_card::TASKS, codes(&["T19_DV_TEAM"])),
        entry(17, 1, EntryKind::Documentation, "2026-10-12", 30).and(visit_card::TASKS, codes(&["X03"])),
        // R02: a talk before the end; the area was chosen by hand.
        entry(21, 2, EntryKind::PhoneFamily, "2026-10-19", 20).and(visit_card::WORK_AREA, WorkArea::Indirect),
        // Not of this month, not of this person.
        visit(31, 1, Outcome::Held, "2026-09-30", 45)
            .and(visit_card::NEXT_VISIT, day("2026-10-01").and_hms_opt(9, 0, 0).unwrap()),
        visit(32, 1, Outcome::Held, "2026-11-01", 45),
        of(4, 8, visit(33, 4, Outcome::Held, "2026-10-10", 45)),
        // Tasks of R01: given twice in October; done, in part and not done in October; one open.
        task(41, 1, "2026-10-01", TaskStatus::Done, Some("2026-10-31")),
        task(42, 1, "2026-10-31", TaskStatus::Set, None),
        task(43, 1, "2026-09-01", TaskStatus::NotDone, Some("2026-10-08")),
        task(44, 1, "2026-09-01", TaskStatus::Partly, Some("2026-10-08")),
        task(45, 1, "2026-09-01", TaskStatus::Done, Some("2026-11-01")),
        task(46, 4, "2026-10-05", TaskStatus::Set, None),
        // A meeting that was held and handed in, and one that is only a draft.
        paper(51, 1, Paper::Meeting, Life::Signed).and(meeting::HELD_ON, day("2026-10-14")),
        paper(52, 1, Paper::Meeting, Life::Draft).and(meeting::HELD_ON, day("2026-10-15")),
        // The person's own papers of September.
        paper(61, 7, Paper::MonthlyReport, Life::Approved)
            .and(monthly_report::MONTH, "2026-09".into())
            .and(Key::new("contract"), monthly_report::Contract::Service),
        paper(62, 7, Paper::Mileage, Life::Approved)
            .and(mileage::MONTH, "2026-09".into())
            .and(mileage::SETTLEMENT, mileage::Settlement::Kilometres)
            .and(mileage::RATE, 115)
            .and(Key::new("plate"), "FSW 00000".to_owned()),
        paper(63, 7, Paper::Training, Life::Signed),
    ]
}

fn counted() -> Month {
    month_of(ME, day("2026-10-01"), &october(), day("2026-11-03"))
}

fn row(family: u128, cell: &str) -> String {
    format!("rows/{}/{cell}", Uuid::from_u128(family))
}

#[test]
fn october_by_hand() {
    let month = counted();
    let number = Value::Number;
    let text = |text: &str| Value::Text(text.to_owned());
    // Every figure: what it is, and the entries that it was counted from on paper.
    let expected: Vec<(String, Value, Vec<u128>)> = vec![
        (row(1, "stage"), text("COOPERATION"), vec![1001]),
        (row(1, "visits_held"), number(2), vec![11, 13]),
        (row(1, "visits_not_held"), number(1), vec![12]),
        (row(1, "not_held_reasons"), text("nieodbyta – nikogo nie zastano (1)"), vec![12]),
        (row(1, "contacts_family"), number(1), vec![14]),
        (row(1, "contacts_institutions"), number(3), vec![14, 15, 16]),
        (row(1, "institutions"), text("POZ lub przychodnia (1); szkoła (1)"), vec![14, 15]),
        // 50 (parents) + 70 (children) + 90 (parents).
        (row(1, "minutes_direct"), number(210), vec![11, 14, 13]),
        // 15 + 60.
        (row(1, "minutes_indirect"), number(75), vec![15, 16]),
        (row(1, "minutes_documentation"), number(30), vec![17]),
        (
            row(1, "tasks_art15"),
            text("pkt 3 – 2 wpisy; pkt 6 – 1 wpis; pkt 11 – 1 wpis; pkt 18 – 1 wpis; pkt 19 – 1 wpis"),
            vec![11, 14, 13, 15, 16],
        ),
        (row(1, "tasks_set"), number(2), vec![41, 42]),
        (row(1, "tasks_done"), number(1), vec![41]),
        (row(1, "tasks_not_done"), number(1), vec![43]),
        (row(2, "stage"), text("CLOSED"), vec![2001]),
        (row(2, "visits_held"), number(0), vec![]),
        (row(2, "visits_not_held"), number(0), vec![]),
        (row(2, "contacts_family"), number(1), vec![21]),
        (row(2, "contacts_institutions"), number(0), vec![]),
        (row(2, "minutes_direct"), number(0), vec![]),
        (row(2, "minutes_indirect"), number(20), vec![21]),
        (row(2, "minutes_documentation"), number(0), vec![]),
        (row(2, "tasks_set"), number(0), vec![]),
        (row(2, "tasks_done"), number(0), vec![]),
        (row(2, "tasks_not_done"), number(0), vec![]),
        (row(3, "stage"), text("ALLOCATED"), vec![3001]),
        (row(3, "visits_held"), number(0), vec![]),
        (row(3, "visits_not_held"), number(0), vec![]),
        (row(3, "contacts_family"), number(0), vec![]),
        (row(3, "contacts_institutions"), number(0), vec![]),
        (row(3, "minutes_direct"), number(0), vec![]),
        (row(3, "minutes_indirect"), number(0), vec![]),
        (row(3, "minutes_documentation"), number(0), vec![]),
        (row(3, "tasks_set"), number(0), vec![]),
        (row(3, "tasks_done"), number(0), vec![]),
        (row(3, "tasks_not_done"), number(0), vec![]),
        // On 31 October: R01 and R03. R02 has ended, R04 is a colleague's.
        ("families_total".into(), number(2), vec![1001, 3001]),
        ("by_stage/ALLOCATED/stage".into(), text("ALLOCATED"), vec![3001]),
        ("by_stage/ALLOCATED/families".into(), number(1), vec![3001]),
        ("by_stage/COOPERATION/stage".into(), text("COOPERATION"), vec![1001]),
        ("by_stage/COOPERATION/families".into(), number(1), vec![1001]),
        ("families_taken_on".into(), number(1), vec![3001]),
        ("families_ended".into(), number(1), vec![2001]),
        ("ended_reasons/MOVED/reason".into(), text("MOVED"), vec![2001]),
        ("ended_reasons/MOVED/families".into(), number(1), vec![2001]),
        // 1, 8, 31, 9, 12 and 19 October.
        ("work_days".into(), number(6), vec![11, 12, 14, 15, 16, 17, 13, 21]),
        // 210 + 75 + 30 + 20 = 335 minutes = 5.583 h.
        ("work_hours".into(), number(56), vec![11, 12, 14, 15, 16, 17, 13, 21]),
        // 12.5 + 10.0 km; by car only the first, at 1.15 zł: 14.375.
        ("travel_km".into(), number(225), vec![11, 12]),
        ("travel_cost".into(), text("14,38 zł"), vec![11]),
        ("meetings".into(), number(1), vec![51]),
        ("group_meetings".into(), number(1), vec![16]),
    ];
    let expected: Vec<Counted> = expected
        .into_iter()
        .map(|(path, value, from)| {
            let from = from.into_iter().map(|id| RecordId(Uuid::from_u128(id))).collect();
            Counted { path, value, from }
        })
        .collect();
    for (found, expected) in month.figures.iter().zip(&expected) {
        assert_eq!(found, expected);
    }
    assert_eq!(month.figures.len(), expected.len());
    let families: Vec<&str> = month.care.iter().map(|care| care.code.as_str()).collect();
    assert_eq!(families, ["R01", "R02", "R03"]);
}

#[test]
fn what_happens_in_a_colleagues_family_is_theirs() {
    // A visit in place of the colleague makes a row; the tasks that the colleague gave there stay theirs.
    let mut records = october();
    records.push(visit(19, 4, Outcome::Held, "2026-10-22", 40));
    let month = month_of(ME, day("2026-10-01"), &records, day("2026-11-03"));
    assert_eq!(month.number(&row(4, "visits_held")), 1);
    assert_eq!(month.number(&row(4, "tasks_set")), 0);
    assert_eq!(month.number("families_total"), 2);
    assert_eq!(month.number("families_taken_on"), 1);
}

#[test]
fn a_planned_visit_without_a_card_is_found() {
    // The visit of the 8th was tried, that of the 15th has no card and no other day was agreed before it.
    let month = counted();
    let gaps: Vec<_> = month.gaps.iter().map(|gap| (gap.code.as_str(), gap.day, gap.planned_in.0.as_u128())).collect();
    assert_eq!(gaps, [("R01", day("2026-10-15"), 12)]);
    let mut put_off = october();
    put_off.push(
        entry(18, 1, EntryKind::PhoneFamily, "2026-10-14", 5)
            .and(visit_card::NEXT_VISIT, day("2026-10-31").and_hms_opt(10, 0, 0).unwrap()),
    );
    assert!(month_of(ME, day("2026-10-01"), &put_off, day("2026-11-03")).gaps.is_empty());
    assert!(month_of(ME, day("2026-10-01"), &october(), day("2026-10-15")).gaps.is_empty(), "the day is not over");
}

#[test]
fn the_texts_begin_with_the_entries() {
    let month = counted();
    let text = |family, cell| {
        let path = row(family, cell);
        month.drafts.iter().find(|(of, _)| *of == path).map(|(_, text)| text.as_str())
    };
    assert_eq!(
        text(1, "summary"),
        Some(
            "1.10 – wizyta: Opis wpisu numer 11.\n8.10 – wizyta: Opis wpisu numer 12.\n\
             9.10 – towarzyszenie: Opis wpisu numer 14.\n9.10 – instytucja: Opis wpisu numer 15.\n\
             12.10 – zespół: Opis wpisu numer 16.\n12.10 – dokumentacja: Opis wpisu numer 17.\n\
             31.10 – wizyta: Opis wpisu numer 13.\n\
             Zadania rodziny: wykonane – 1, wykonane częściowo – 1, niewykonane – 1."
        )
    );
    assert_eq!(
        text(1, "difficulties"),
        Some("8.10 – wizyta: nieodbyta – nikogo nie zastano.\n31.10 – sygnał ryzyka: niepokojące.")
    );
    assert_eq!(text(1, "next"), Some("Zadanie do sprawdzenia: Umówić wizytę u pediatry."));
    assert_eq!(text(3, "summary"), Some("W tym miesiącu nie było wpisów."));
    assert_eq!(text(3, "difficulties"), None);
}

#[test]
fn long_entries_are_told_in_short() {
    let long = "Omówiono plan dnia dzieci i obowiązki domowe. ".repeat(40);
    let records: Vec<Record> =
        [card(1, "R01"), case(1, Stage::Cooperation, "2026-03-02")]
            .into_iter()
            .chain((1..=28).map(|n| {
                visit(n, 1, Outcome::Held, &format!("2026-10-{n:02}"), 60).and(visit_card::ACTIONS, long.clone())
            }))
            .collect();
    let month = month_of(ME, day("2026-10-01"), &records, day("2026-11-03"));
    let (_, summary) = &month.drafts[0];
    assert!(summary.chars().count() <= 1500, "{}", summary.chars().count());
    assert!(summary.starts_with("1.10 – wizyta: Omówiono plan dnia dzieci i obowiązki domowe."), "{summary}");
}

#[test]
fn the_report_opens_whole_but_for_what_only_a_person_knows() {
    let month = counted();
    let mut answers = Answers::default();
    month.begin(Paper::MonthlyReport, &mut answers, day("2026-11-03"));
    let form = form_of(Paper::MonthlyReport).unwrap();
    let mut missing: Vec<String> = form
        .check_on(&answers, day("2026-11-03"))
        .into_iter()
        .filter(|problem| problem.weight == Weight::Error)
        .map(|problem| problem.field)
        .collect();
    missing.dedup();
    // Head and signature; September's contract was one of services, so no share of a post is asked for.
    assert_eq!(missing, ["place", "doc_date", "signatures"]);
    assert_eq!(answers.get(Key::<bool>::new("late")), Some(false));
    assert_eq!(answers.text(monthly_report::MONTH), "2026-10");
}

#[test]
fn what_is_handed_in_is_counted_again() {
    let mut answers = Answers::default();
    counted().begin(Paper::MonthlyReport, &mut answers, day("2026-11-03"));
    answers.put(monthly_report::SUBMITTED_ON, day("2026-11-06"));
    let edited = row(1, "summary");
    answers.set_raw(&edited, Some(Value::Text("Własne słowa.".into())));
    let wrong = Answers::default()
        .with(monthly_report::FIGURE, monthly_report::Figure::VisitsHeld)
        .with(Key::new("family_code"), "R01".to_owned());
    answers.put_row(monthly_report::OVERRIDES, "1", wrong);
    let kilometres = Answers::default().with(monthly_report::FIGURE, monthly_report::Figure::TravelKm);
    answers.put_row(monthly_report::OVERRIDES, "2", kilometres);
    // Meanwhile the failed visit was taken out of the month.
    let later: Vec<Record> = october().into_iter().filter(|record| record.id.0.as_u128() != 12).collect();
    month_of(ME, day("2026-10-01"), &later, day("2026-11-06")).count(Paper::MonthlyReport, &mut answers);
    assert_eq!(answers.raw(&row(1, "visits_not_held")), Some(&Value::Number(0)));
    assert_eq!(answers.raw(&row(1, "not_held_reasons")), None, "the reason went with the visit");
    assert_eq!(answers.raw(&edited), Some(&Value::Text("Własne słowa.".into())));
    assert_eq!(answers.get(Key::<bool>::new("late")), Some(true));
    assert_eq!(answers.raw("overrides/1/old"), Some(&Value::Number(2)));
    assert_eq!(answers.raw("overrides/2/old"), Some(&Value::Number(13)), "12.5 km in whole kilometres");
}

#[test]
fn a_report_that_was_begun_opens_again_with_what_has_come_since() {
    let mut answers = Answers::default();
    let early: Vec<Record> = october().into_iter().filter(|record| record.family.0.as_u128() != 3).collect();
    month_of(ME, day("2026-10-01"), &early, day("2026-10-26")).begin(
        Paper::MonthlyReport,
        &mut answers,
        day("2026-10-26"),
    );
    answers.set_raw(&row(1, "summary"), Some(Value::Text("Własne słowa.".into())));
    answers.set_raw(&row(1, "next"), None);
    let month = counted();
    month.reopen(Paper::MonthlyReport, &mut answers);
    assert_eq!(answers.raw("families_total"), Some(&Value::Number(2)));
    let said = |family, cell| answers.raw(&row(family, cell)).and_then(Value::text);
    assert_eq!(said(3, "summary"), Some("W tym miesiącu nie było wpisów."));
    assert_eq!((said(1, "summary"), said(1, "next")), (Some("Własne słowa."), None));
    // The family goes to a colleague before the handing in: its figures are all that is left of it here.
    let records: Vec<Record> = october().into_iter().filter(|record| record.family.0.as_u128() != 2).collect();
    let whole = fill::counted(Paper::MonthlyReport, answers, ME, &records, day("2026-11-06"));
    assert_eq!(whole.raw(&row(2, "contacts_family")), Some(&Value::Number(1)));
    assert_eq!(whole.get(Key::<bool>::new("late")), Some(true));
    assert_eq!(whole.get(monthly_report::SUBMITTED_ON), Some(day("2026-11-06")));
}

#[test]
fn every_computed_field_is_counted() {
    use crate::domain::form::Source;
    let mut records = october();
    records.push(paper(64, 7, Paper::Training, Life::Signed));
    let training =
        Answers::default().with(Key::new("date"), day("2026-10-14")).with(Key::new("topic"), "Opór".to_owned());
    records.last_mut().unwrap().answers.put_row(training::EVENTS, "1", training);
    let month = month_of(ME, day("2026-10-01"), &records, day("2026-11-03"));
    let mut answers = Answers::default();
    month.begin(Paper::MonthlyReport, &mut answers, day("2026-11-03"));
    assert_eq!(answers.rows("training").len(), 1);
    // Of a row put right by hand the person says first which one; the number of the paper is the office's.
    let besides = ["doc_no", "overrides/old"];
    let mut empty = Vec::new();
    for field in form_of(Paper::MonthlyReport).unwrap().fields() {
        let rows: Vec<Answers> = answers.rows(field.key).iter().map(|row| answers.row(field.key, row)).collect();
        match field.kind.cells() {
            Some(cells) => empty.extend(
                cells
                    .iter()
                    .filter(|cell| matches!(cell.source, Source::Computed(_)))
                    .filter(|cell| rows.iter().all(|row| row.raw(cell.key).is_none()))
                    .map(|cell| format!("{}/{}", field.key, cell.key)),
            ),
            None if matches!(field.source, Source::Computed(_)) && answers.raw(field.key).is_none() => {
                empty.push(field.key.to_owned());
            }
            None => {}
        }
    }
    empty.retain(|path| !besides.contains(&path.as_str()));
    assert!(empty.is_empty(), "{empty:?}");
}

#[test]
fn the_record_of_working_time_has_a_row_for_each_working_day() {
    let mut answers = Answers::default();
    counted().begin(Paper::Timesheet, &mut answers, day("2026-11-03"));
    // 22 working days of October 2026, and the Saturday that was worked on: the 31st.
    assert_eq!(answers.rows(timesheet::DAYS).len(), 23);
    let said = |row: &str| {
        let cells = answers.row(timesheet::DAYS, row);
        let minutes = ["direct", "indirect", "workshop"].map(|key| cells.get(Key::<i64>::new(key)));
        (cells.text(Key::new("kind")).to_owned(), cells.text(Key::new("actions")).to_owned(), minutes)
    };
    let work = |actions: &str, minutes: [i64; 3]| ("WORK".to_owned(), actions.to_owned(), minutes.map(Some));
    assert_eq!(said("09"), work("towarzyszenie R01, instytucja R01", [90, 15, 0]));
    assert_eq!(said("12"), work("zespół R01, dokumentacja R01", [0, 60, 30]));
    assert_eq!(said("31"), work("wizyta R01", [70, 0, 0]));
    assert_eq!(said("02"), (String::new(), String::new(), [0, 0, 0].map(Some)), "an absence must be said");
    assert_eq!(answers.row(timesheet::DAYS, "31").get(Key::new("night")), Some(true));
    assert_eq!(answers.row(timesheet::DAYS, "01").get(Key::<bool>::new("night")), None);
    let totals =
        ["direct_total", "indirect_total", "workshop_total", "hours"].map(|key| answers.get(Key::<i64>::new(key)));
    // 50 + 90 + 70; 15 + 60 + 20; 30; 335 minutes.
    assert_eq!(totals, [Some(210), Some(95), Some(30), Some(56)]);
    assert_eq!(answers.get(Key::new("employment")), Some(timesheet::Employment::Services), "as in the last report");
}

#[test]
fn the_record_of_the_car_has_its_ways_and_pays_by_the_last_rate() {
    let mut records = october();
    let mut days = paper(65, 7, Paper::Timesheet, Life::Draft).and(timesheet::MONTH, "2026-10".into());
    for (row, on, kind) in [("1", "2026-10-02", "LEAVE"), ("2", "2026-10-03", "SICK"), ("3", "2026-10-05", "SICK")] {
        let cells = Answers::default().with(Key::new("date"), day(on)).with(Key::new("kind"), kind.to_owned());
        days.answers.put_row(timesheet::DAYS, row, cells);
    }
    records.push(days);
    let month = month_of(ME, day("2026-10-01"), &records, day("2026-11-03"));
    let mut answers = Answers::default();
    month.begin(Paper::Mileage, &mut answers, day("2026-11-03"));
    let rows = answers.rows(mileage::TRIPS);
    assert_eq!(rows.len(), 1);
    let trip = answers.row(mileage::TRIPS, rows.first().unwrap());
    assert_eq!((trip.text(Key::new("route")), trip.text(Key::new("aim"))), ("Zbąszynek – Kosieczyn", "R01"));
    // 12.5 km at 115 gr: 1437.5.
    assert_eq!((trip.get(mileage::KM), trip.get(Key::new("amount"))), (Some(125), Some(1438)));
    assert_eq!(answers.get(Key::new("amount_total")), Some(1438));
    assert_eq!(answers.text(Key::new("plate")), "FSW 00000");
    assert_eq!(answers.get(mileage::DAYS_ABSENT), Some(2), "a Saturday of illness is no working day");
    answers.put(mileage::RATE, 89);
    month.count(Paper::Mileage, &mut answers);
    assert_eq!(answers.get(Key::new("amount_total")), Some(1113));
}

#[test]
fn records_are_gone_through_once_and_in_any_order() {
    let mut records = october();
    let touched = Cell::new(0);
    let counting = records.iter().inspect(|_| touched.set(touched.get() + 1));
    let month = month_of(ME, day("2026-10-01"), counting, day("2026-11-03"));
    assert_eq!(touched.get(), records.len());
    records.reverse();
    let other = month_of(ME, day("2026-10-01"), &records, day("2026-11-03"));
    assert_eq!(month.figures, other.figures);
    assert_eq!(month.drafts, other.drafts);
}

/// One entry of the property below: family, day of the year, kind, outcome, minutes, author.
type Drawn = (u128, u64, usize, usize, i64, bool);

fn drawn(n: u128, (family, later, kind, outcome, minutes, own): Drawn) -> Record {
    let on = (day("2026-09-20") + chrono::Days::new(later)).to_string();
    let mut record = entry(n, family, EntryKind::ALL[kind], &on, minutes);
    if EntryKind::ALL[kind] == EntryKind::Visit {
        record.answers.put(visit_card::OUTCOME, Outcome::ALL[outcome]);
    }
    record.made.by = if own { ME } else { UserId(Uuid::from_u128(8)) };
    record
}

proptest! {
    /// Whatever entries there are, each figure is what counting them again, one question at a time, gives.
    #[test]
    fn figures_are_what_counting_again_gives(
        drawn_entries in proptest::collection::vec(
            (1u128..4, 0u64..60, 0usize..10, 0usize..6, 0i64..300, proptest::bool::ANY),
            0..60,
        ),
    ) {
        let mut records: Vec<Record> = drawn_entries.iter().zip(100..).map(|(entry, n)| drawn(n, *entry)).collect();
        for family in 1..4 {
            records.push(card(family, &format!("R0{family}")));
            records.push(case(family, Stage::Cooperation, "2026-03-02"));
        }
        let month = month_of(ME, day("2026-10-01"), &records, day("2026-11-03"));
        let mine = |record: &&Record| {
            let on = record.answers.get(visit_card::DATE);
            let october = on.is_some_and(|on| on.to_string().starts_with("2026-10"));
            record.kind == RecordKind::Visit && record.made.by == ME && october
        };
        for family in 1u128..4 {
            let own = || records.iter().filter(mine).filter(|record| record.family.0.as_u128() == family);
            let kind = |record: &Record| record.answers.get(visit_card::KIND).unwrap();
            let count = |path: &str, counts: &dyn Fn(&Record) -> bool| {
                let again = own().filter(|record| counts(record)).count() as i64;
                (month.number(&row(family, path)), again)
            };
            let (found, again) = count("visits_held", &|record| {
                kind(record) == EntryKind::Visit && record.answers.get(visit_card::OUTCOME) == Some(Outcome::Held)
            });
            prop_assert_eq!(found, again);
            let (missed, tried) = count("visits_not_held", &|record| kind(record) == EntryKind::Visit);
            prop_assert_eq!(missed, tried - again);
            let (found, again) = count("contacts_institutions", &|record| {
                matches!(kind(record), EntryKind::Institution | EntryKind::Team)
            });
            prop_assert_eq!(found, again);
            let minutes = ["minutes_direct", "minutes_indirect", "minutes_documentation"];
            let found: i64 = minutes.iter().map(|path| month.number(&row(family, path))).sum();
            let again: i64 = own().filter_map(|record| record.answers.get(visit_card::DURATION)).sum();
            prop_assert_eq!(found, again, "every minute stands in one column");
        }
        let all: i64 = records.iter().filter(mine).filter_map(|record| record.answers.get(visit_card::DURATION)).sum();
        prop_assert_eq!(month.number("work_hours"), (all + 3) / 6);
        let days: std::collections::BTreeSet<_> =
            records.iter().filter(mine).filter_map(|record| record.answers.get(visit_card::DATE)).collect();
        prop_assert_eq!(month.number("work_days"), days.len() as i64);
        for figure in &month.figures {
            if let (Value::Number(number), false) = (&figure.value, figure.path.contains("minutes_")) {
                let counts_records = !["work_days", "work_hours", "travel_km"].contains(&figure.path.as_str());
                prop_assert!(!counts_records || *number == figure.from.len() as i64, "{}", figure.path);
            }
        }
    }
}
