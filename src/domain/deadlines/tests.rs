//! Every term by table: month ends, leap years, holidays, 24 December, the change of clocks,
//! and the families of the demonstration town (spec/domain.md 8.2).

mod golden;
mod order;

use super::{Happening::*, *};
use crate::domain::{
    codes::Basis,
    documents::case_card::{self, CaseFlag, Stage},
    form::Answers,
    ids::MemberId,
};
use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use uuid::Uuid;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

const ONE: Of = Of::Thing(Uuid::from_u128(1));
const TWO: Of = Of::Thing(Uuid::from_u128(2));

/// "2026-01-31 CONSENT" as events of the case; `#1` and `#2` tie an event to a thing,
/// `@2026-02-28` sets its last day, `%2026-03-31` names the period.
fn events(text: &str) -> Vec<Event> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(event).collect()
}

fn event(line: &str) -> Event {
    let mut words = line.split_whitespace();
    let (on, what) = (words.next().unwrap(), words.next().unwrap());
    let mut event = Event::new(what.parse().unwrap_or_else(|()| panic!("{what}")), day(on));
    for word in words {
        event = match word.split_at(1) {
            ("#", "1") => event.of(ONE),
            ("#", "2") => event.of(TWO),
            ("@", text) => event.until(day(text)),
            ("%", text) => event.of(Of::Period(day(text))),
            _ => panic!("{word}"),
        };
    }
    event
}

fn facts(text: &str) -> Facts {
    Facts { label: "R01".into(), stage: Some(Stage::Cooperation), ..Facts::default() }.with(events(text)).complete()
}

/// "due state" of every term with this code: "2026-03-03 soon", "2026-03-03 kept 2026-03-01".
fn told(code: Code, facts: &Facts, settings: &Settings, today: &str) -> Vec<String> {
    let said = |deadline: &Deadline| match deadline.state {
        State::Upcoming => format!("{} runs", deadline.due),
        State::DueSoon => format!("{} soon", deadline.due),
        State::Overdue => format!("{} over", deadline.due),
        State::Kept(on) => format!("{} kept {on}", deadline.due),
        State::Missed(on) => format!("{} missed {on}", deadline.due),
    };
    let mut told: Vec<String> =
        deadlines(facts, settings, day(today)).iter().filter(|deadline| deadline.code == code).map(said).collect();
    told.sort();
    told
}

fn check(rows: &[(Code, &str, &str, &[&str])]) {
    for (code, text, today, expected) in rows {
        let mut facts = facts(text);
        facts.births =
            vec![(MemberId(Uuid::from_u128(1)), day("2024-06-30")), (MemberId(Uuid::from_u128(2)), day("2015-01-01"))];
        if *code == Code::D11M {
            facts.stage = Some(Stage::Monitoring);
        }
        assert_eq!(told(*code, &facts, &Settings::default(), today), *expected, "{code:?} {text} on {today}");
    }
}

#[test]
fn the_way_into_the_family() {
    use Code::*;
    check(&[
        // R-DAY over the end of February, and in a leap year.
        (D01, "2026-02-26 HELP_PLAN_APPROVED", "2026-02-27", &["2026-03-01 runs"]),
        (D01, "2026-02-26 HELP_PLAN_APPROVED", "2026-02-28", &["2026-03-01 soon"]),
        (D01, "2026-02-26 HELP_PLAN_APPROVED", "2026-03-01", &["2026-03-01 soon"]),
        (D01, "2026-02-26 HELP_PLAN_APPROVED", "2026-03-02", &["2026-03-01 over"]),
        (D01, "2028-02-27 HELP_PLAN_APPROVED", "2028-02-28", &["2028-03-01 runs"]),
        (
            D01,
            "2026-02-26 HELP_PLAN_APPROVED\n2026-03-01 DOCUMENTS_RECEIVED",
            "2026-04-01",
            &["2026-03-01 kept 2026-03-01"],
        ),
        (
            D01,
            "2026-02-26 HELP_PLAN_APPROVED\n2026-03-02 DOCUMENTS_RECEIVED",
            "2026-04-01",
            &["2026-03-01 missed 2026-03-02"],
        ),
        // The change of clocks on 29 March takes no day away.
        (D02, "2026-03-24 DOCUMENTS_RECEIVED", "2026-03-30", &["2026-04-03 runs"]),
        (D02, "2026-03-24 DOCUMENTS_RECEIVED", "2026-03-31", &["2026-04-03 soon"]),
        (D02, "2026-12-24 DOCUMENTS_RECEIVED\n2027-01-03 FAMILY_MET", "2027-02-01", &["2027-01-03 kept 2027-01-03"]),
        // The assistant knew the family before the papers came: stages may overlap.
        (D02, "2026-12-24 DOCUMENTS_RECEIVED\n2026-12-20 FAMILY_MET", "2027-02-01", &["2027-01-03 kept 2026-12-20"]),
        (D03, "2026-12-23 COURT_ORDER_KNOWN", "2026-12-25", &["2026-12-28 runs"]),
        (D03, "2026-12-23 COURT_ORDER_KNOWN", "2026-12-26", &["2026-12-28 soon"]),
        (D03, "2026-12-23 COURT_ORDER_KNOWN\n2026-12-29 FAMILY_MET", "2027-01-01", &["2026-12-28 missed 2026-12-29"]),
        // A case that ended before its term owes nothing, one that ended after it has missed it.
        (D02, "2026-03-24 DOCUMENTS_RECEIVED\n2026-04-01 CASE_ENDED", "2026-05-01", &[]),
        (D02, "2026-03-24 DOCUMENTS_RECEIVED\n2026-04-09 CASE_ENDED", "2026-05-01", &["2026-04-03 missed 2026-04-09"]),
        // R-WORK: Easter, then Christmas with the 24th as a day off since 2025.
        (D21, "2026-03-31 REFERRAL", "2026-04-01", &["2026-04-21 runs"]),
        (D21, "2026-12-18 REFERRAL", "2027-01-09", &["2027-01-13 runs"]),
        (D21, "2026-12-18 REFERRAL", "2027-01-10", &["2027-01-13 soon"]),
        (D21, "2024-12-18 REFERRAL\n2025-01-10 INTERVIEW_DONE", "2025-02-01", &["2025-01-13 kept 2025-01-10"]),
        (D21P, "2026-12-23 URGENT_REFERRAL", "2026-12-24", &["2026-12-29 runs"]),
        (D21P, "2024-12-23 URGENT_REFERRAL", "2024-12-24", &["2024-12-27 runs"]),
    ]);
}

#[test]
fn the_work_with_the_family() {
    use Code::*;
    check(&[
        (D04, "2026-01-31 CONSENT", "2026-02-01", &["2026-02-28 runs"]),
        (D04, "2028-01-31 CONSENT", "2028-02-22", &["2028-02-29 soon"]),
        (D04, "2026-01-31 CONSENT\n2026-02-28 PLAN_STARTED", "2026-05-01", &["2026-02-28 kept 2026-02-28"]),
        // R-MONTH into February, common and leap; each assessment starts the next term.
        (D05, "2026-08-31 PLAN_STARTED", "2027-01-28", &["2027-02-28 runs"]),
        (D05, "2026-08-31 PLAN_STARTED", "2027-01-29", &["2027-02-28 soon"]),
        (D05, "2027-08-31 PLAN_STARTED", "2028-03-01", &["2028-02-29 over"]),
        (
            D05,
            "2026-01-15 PLAN_STARTED\n2026-07-15 PERIODIC_ASSESSMENT\n2027-01-20 PERIODIC_ASSESSMENT",
            "2027-02-01",
            &["2026-07-15 kept 2026-07-15", "2027-01-15 missed 2027-01-20", "2027-07-20 runs"],
        ),
        (D05, "2026-01-15 PLAN_STARTED\n2026-06-30 MONITORING_STARTED", "2026-09-01", &[]),
        (
            D05,
            "2026-01-15 PLAN_STARTED\n2026-07-20 MONITORING_STARTED",
            "2026-09-01",
            &["2026-07-15 missed 2026-07-20"],
        ),
        (
            D06,
            "2026-01-15 PLAN_STARTED\n2026-12-11 SITUATION_CHANGE #1\n2026-12-20 PLAN_UPDATED",
            "2027-01-01",
            &["2026-12-25 kept 2026-12-20"],
        ),
        (D06, "2026-01-15 PLAN_STARTED\n2026-07-15 PERIODIC_ASSESSMENT", "2026-07-26", &["2026-07-29 soon"]),
        // Without a plan there is nothing to bring up to date.
        (D06, "2026-12-11 SITUATION_CHANGE #1", "2026-12-12", &[]),
        (D07, "2028-02-29 PLAN_STARTED", "2029-12-29", &["2030-02-28 runs"]),
        (D07, "2028-02-29 PLAN_STARTED", "2029-12-30", &["2030-02-28 soon"]),
        (D07, "2026-01-15 PLAN_STARTED\n2027-12-01 CLOSING_REQUESTED", "2028-03-01", &["2028-01-15 kept 2027-12-01"]),
        // A returned request is none; the term runs again.
        (
            D07,
            "2026-01-15 PLAN_STARTED\n2027-12-01 CLOSING_REQUESTED\n2027-12-10 REQUEST_RETURNED",
            "2027-12-11",
            &["2028-01-15 soon"],
        ),
        (D07P, "2026-01-15 PLAN_STARTED", "2027-12-11", &[]),
        (D07P, "2026-01-15 PLAN_STARTED\n2027-12-01 COOPERATION_EXTENDED", "2027-12-11", &["2029-01-15 runs"]),
        (D08, "2026-08-31 MONITORING_STARTED", "2026-12-01", &["2027-02-28 runs"]),
        (D08, "2026-08-31 MONITORING_STARTED @2026-11-30", "2026-12-01", &["2026-11-30 over"]),
        (D08, "2026-08-31 MONITORING_STARTED @2028-01-01", "2027-02-14", &["2027-02-28 soon"]),
        (
            D08,
            "2026-08-31 MONITORING_STARTED\n2026-12-01 MONITORING_END_REQUESTED",
            "2027-03-01",
            &["2027-02-28 kept 2026-12-01"],
        ),
        (
            D08,
            "2026-08-31 MONITORING_STARTED\n2026-12-01 REOPEN_REQUESTED\n2026-12-01 REQUEST_RETURNED",
            "2027-03-01",
            &["2027-02-28 over"],
        ),
        // Two changes at once: each is reported by itself, also when the case has ended.
        (
            D10,
            "2026-12-18 SITUATION_CHANGE #1\n2026-12-18 SITUATION_CHANGE #2\n2026-12-23 WORKER_INFORMED #2\n\
             2026-12-20 CASE_ENDED",
            "2026-12-26",
            &["2026-12-25 kept 2026-12-23", "2026-12-25 over"],
        ),
        (D11, "2026-03-24 CONSENT\n2026-03-24 VISIT_HELD", "2026-03-31", &["2026-03-31 soon"]),
        (D11, "2026-03-17 CONSENT\n2026-03-24 VISIT_HELD", "2026-04-01", &["2026-03-31 over"]),
        (D11M, "2026-03-17 MONITORING_STARTED\n2026-03-24 MONITORING_CONTACT", "2026-04-01", &["2026-04-30 runs"]),
        (
            D17,
            "2026-11-30 CHILD_PLACED #1\n2026-11-30 CHILD_PLACED #2",
            "2026-12-01",
            &["2027-02-28 runs", "2027-05-30 runs"],
        ),
        (
            D17,
            "2026-11-30 CHILD_PLACED #1\n2027-02-20 CHILD_ASSESSED #1\n2027-03-01 CHILD_RETURNED #1",
            "2027-06-01",
            &["2027-02-28 kept 2027-02-20"],
        ),
    ]);
}

#[test]
fn courts_violence_and_za_zyciem() {
    use Code::*;
    check(&[
        (D13, "2026-01-10 COURT_REPORT_ORDERED #1 @2026-05-01", "2026-04-16", &["2026-05-01 runs"]),
        (D13, "2026-01-10 COURT_REPORT_ORDERED #1 @2026-05-01", "2026-04-17", &["2026-05-01 soon"]),
        (
            D13,
            "2026-01-10 COURT_REPORT_ORDERED #1 @2026-05-01\n2026-01-10 COURT_REPORT_ORDERED #2 @2026-11-01\n\
             2026-04-30 COURT_REPORT_SENT #1",
            "2026-06-01",
            &["2026-05-01 kept 2026-04-30", "2026-11-01 runs"],
        ),
        // An order without a date sets no term yet.
        (D13, "2026-01-10 COURT_REPORT_ORDERED #1", "2026-06-01", &[]),
        (D14, "2026-02-20 COURT_OPINION_ASKED #1", "2026-02-21", &["2026-03-06 soon"]),
        (D14, "2026-02-20 COURT_OPINION_ASKED #1 @2026-02-28", "2026-03-01", &["2026-02-28 over"]),
        (D15, "2026-02-20 ZZ_APPLICATION\n2026-03-07 ZZ_ANSWERED", "2026-04-01", &["2026-03-06 missed 2026-03-07"]),
        (D15P, "2026-02-27 ZZ_APPLICATION", "2026-02-28", &["2026-03-01 soon"]),
        (D16, "2026-12-22 BLUE_CARD_STARTED #1", "2026-12-27", &["2026-12-31 runs"]),
        (D16, "2024-12-20 BLUE_CARD_STARTED #1", "2024-12-22", &["2024-12-31 runs"]),
        (
            D16,
            "2026-04-30 BLUE_CARD_STARTED #1\n2026-05-11 BLUE_CARD_SENT #1",
            "2026-06-01",
            &["2026-05-08 missed 2026-05-11"],
        ),
    ]);
}

#[test]
fn reports_come_with_the_calendar() {
    let own = |text: &str, until| Facts::of_assistant(day("2026-09-15"), until, events(text));
    let settings = Settings::default();
    let text = "2026-10-05 MONTHLY_REPORT %2026-09-30\n2026-11-06 MONTHLY_REPORT %2026-10-31";
    assert_eq!(
        told(Code::D09, &own(text, None), &settings, "2026-12-01"),
        [
            "2026-10-05 kept 2026-10-05",
            "2026-11-05 missed 2026-11-06",
            // Warned about from the first of the month.
            "2026-12-05 soon",
            "2027-01-05 runs",
        ]
    );
    assert_eq!(told(Code::D09, &own(text, None), &settings, "2026-11-30").last().unwrap(), "2026-12-05 runs");
    // Who left in October owes nothing for November.
    assert_eq!(told(Code::D09, &own("", Some(day("2026-10-10"))), &settings, "2026-12-01").len(), 2);

    let office = Facts::of_office(day("2026-01-01"), events("2026-07-31 STATE_REPORT %2026-06-30"));
    assert_eq!(
        told(Code::D18, &office, &settings, "2027-01-01"),
        ["2026-07-31 kept 2026-07-31", "2027-01-31 soon", "2027-07-31 runs",]
    );
    assert_eq!(told(Code::D19, &office, &settings, "2027-03-01")[0], "2027-03-31 soon");
    assert_eq!(told(Code::D20, &office, &settings, "2027-05-01")[0], "2027-04-30 over");
    assert_eq!(told(Code::D12, &office, &settings, "2027-05-01"), [""; 0]);
}

#[test]
fn seventy_two_hours_are_hours() {
    // Friday evening before the clocks go forward: 72 hours end on Monday one hour later on the wall.
    let found = "2026-03-27T19:30:00Z".parse().unwrap();
    let breach = Event::moment(BreachFound, found).of(ONE);
    let office = |more: Vec<Event>| Facts::of_office(day("2026-01-01"), more).with([breach]);
    let term = |facts: &Facts, today| {
        let all = deadlines(facts, &Settings::default(), day(today));
        all.into_iter().find(|deadline| deadline.code == Code::D22).unwrap()
    };
    let open = term(&office(vec![]), "2026-03-28");
    assert_eq!((open.due, open.due_at), (day("2026-03-30"), Some("2026-03-30T19:30:00Z".parse().unwrap())));
    assert_eq!(open.due_words(), "do poniedziałku, 30 marca 2026, godz. 21:30");
    assert_eq!(open.state, State::DueSoon);
    assert!(!open.is_past("2026-03-30T19:30:00Z".parse().unwrap()));
    assert!(open.is_past("2026-03-30T19:30:01Z".parse().unwrap()));
    // In autumn the same 72 hours end earlier on the wall.
    let autumn =
        Facts::of_office(day("2026-01-01"), vec![Event::moment(BreachFound, "2026-10-24T22:30:00Z".parse().unwrap())]);
    assert_eq!(term(&autumn, "2026-10-26").due_words(), "do wtorku, 27 października 2026, godz. 23:30");
    // On the last day the hour decides.
    let sent = |at: &str| Event::moment(BreachReported, at.parse().unwrap()).of(ONE);
    let state = |at| term(&office(vec![sent(at)]), "2026-04-10").state;
    assert_eq!(state("2026-03-30T19:00:00Z"), State::Kept(day("2026-03-30")));
    assert_eq!(state("2026-03-30T19:45:00Z"), State::Missed(day("2026-03-30")));
}

#[test]
fn a_day_off_is_marked_and_moves_only_where_it_may() {
    let moving = Settings::check(Parameters { shift_to_working_day: true, ..Parameters::default() }).unwrap();
    let rows = [
        // Sunday; the 24th of December and the days after it; a Saturday.
        (Code::D01, "2026-02-26 HELP_PLAN_APPROVED", "2026-03-01", "2026-03-02"),
        (Code::D02, "2026-12-14 DOCUMENTS_RECEIVED", "2026-12-24", "2026-12-28"),
        (Code::D02, "2024-12-14 DOCUMENTS_RECEIVED", "2024-12-24", "2024-12-24"),
        // The law's terms and the court's days stay where they are.
        (Code::D05, "2026-02-15 PLAN_STARTED", "2026-08-15", "2026-08-15"),
        (Code::D14, "2026-11-01 COURT_OPINION_ASKED #1", "2026-11-15", "2026-11-15"),
        (Code::D11, "2026-11-15 VISIT_HELD", "2026-11-22", "2026-11-22"),
    ];
    for (code, text, plain, moved) in rows {
        let today = events(text)[0].on;
        for (settings, due) in [(&Settings::default(), plain), (&moving, moved)] {
            let all = deadlines(&facts(text), settings, today);
            let deadline = all.iter().find(|deadline| deadline.code == code).unwrap();
            assert_eq!(deadline.due, day(due), "{code:?}");
        }
    }
    let all = deadlines(&facts("2026-02-26 HELP_PLAN_APPROVED"), &Settings::default(), day("2026-02-26"));
    assert_eq!(all[0].due_words(), "do niedzieli, 1 marca 2026 (dzień wolny)");
}

#[test]
fn alarms_are_as_loud_as_the_procedure_wants() {
    let alarm = |code, text: &str, today: &str| {
        let all = deadlines(&facts(text), &Settings::default(), day(today));
        all.into_iter().find(|deadline| deadline.code == code).unwrap().alarm
    };
    // Recommended: never red.
    assert_eq!(alarm(Code::D04, "2026-01-31 CONSENT", "2026-12-01"), Alarm::Amber);
    assert_eq!(alarm(Code::D21, "2026-01-31 REFERRAL", "2026-12-01"), Alarm::Amber);
    assert_eq!(alarm(Code::D01, "2026-01-31 HELP_PLAN_APPROVED", "2026-12-01"), Alarm::Red);
    // D11: amber after 7 days, red after 14.
    for (today, expected) in [
        ("2026-03-06", Alarm::None),
        ("2026-03-08", Alarm::Amber),
        ("2026-03-09", Alarm::Amber),
        ("2026-03-15", Alarm::Amber),
        ("2026-03-16", Alarm::Red),
    ] {
        assert_eq!(alarm(Code::D11, "2026-03-01 VISIT_HELD", today), expected, "{today}");
    }
}

#[test]
fn suspension_stops_visits_and_nothing_else() {
    let mut facts = facts("2026-01-15 PLAN_STARTED\n2026-03-01 VISIT_HELD");
    facts.suspended = true;
    let codes: Vec<Code> =
        deadlines(&facts, &Settings::default(), day("2026-03-20")).iter().map(|deadline| deadline.code).collect();
    assert_eq!(codes, [Code::D05, Code::D07]);
}

#[test]
fn the_rhythm_that_was_agreed_counts() {
    let mut work = facts("2026-03-01 VISIT_HELD");
    for (rhythm, due) in [(Some(3), "2026-03-04"), (Some(30), "2026-03-08"), (None, "2026-03-08")] {
        work.rhythm = rhythm;
        assert_eq!(deadlines(&work, &Settings::default(), day("2026-03-01"))[0].due, day(due), "{rhythm:?}");
    }
    let mut after = facts("2026-03-01 MONITORING_CONTACT");
    after.stage = Some(Stage::Monitoring);
    after.rhythm = Some(14);
    assert_eq!(deadlines(&after, &Settings::default(), day("2026-03-01"))[0].due, day("2026-03-22"));
}

/// The families of 8.2 whose story is a term, read from nothing but their case cards and last visits.
#[test]
fn the_demonstration_town_shows_its_stories() {
    use Code::*;
    use Stage::*;
    let today = day("2026-11-22");
    let ago = |days: u64| today - Days::new(days);
    let card = |stage| Answers::default().with(case_card::STAGE, stage);
    /// Code, stage, key days as days ago; then the term, the days left and its state.
    type Story = (&'static str, Stage, &'static [(crate::domain::form::Key<NaiveDate>, u64)], Code, i64, State);
    let rows: &[Story] = &[
        ("R02", Interview, &[(case_card::REFERRED_ON, 11)], D21, 9, State::Upcoming),
        ("R04", Allocated, &[(case_card::ALLOCATED_ON, 5)], D01, -2, State::Overdue),
        ("R05", HandedOver, &[(case_card::RECEIVED_ON, 7)], D02, 3, State::DueSoon),
        ("R06", FirstMeeting, &[(case_card::COURT_INFO_ON, 4)], D03, 1, State::DueSoon),
        ("R08", Planning, &[(case_card::CONSENT_ON, 34)], D04, -3, State::Overdue),
        ("R11", Cooperation, &[(case_card::PLAN_FROM, 178)], D05, 6, State::DueSoon),
        ("R14", Cooperation, &[(case_card::PLAN_FROM, 690)], D07, 40, State::DueSoon),
        ("R15", Cooperation, &[(case_card::PLAN_FROM, 210)], D05, -27, State::Overdue),
        ("R17", Monitoring, &[(case_card::MONITORING_FROM, 70)], D08, 111, State::Upcoming),
    ];
    for (family, stage, days, code, left, state) in rows {
        let mut answers = card(*stage);
        for (key, before) in *days {
            answers.put(*key, ago(*before));
        }
        let all = deadlines(&Facts::of_case(*family, &answers), &Settings::default(), today);
        let deadline = all.iter().find(|deadline| deadline.code == *code).unwrap_or_else(|| panic!("{family}"));
        assert_eq!(((deadline.due - today).num_days(), deadline.state), (*left, *state), "{family}");
        assert_eq!(deadline.label, *family);
    }
    let silent = Facts::of_case("R15", &card(Cooperation)).with([Event::new(VisitHeld, ago(12))]);
    let all = deadlines(&silent, &Settings::default(), today);
    assert_eq!((all[0].code, all[0].alarm, all[0].words(today).as_str()), (D11, Alarm::Amber, "5 dni po terminie"));
}

#[test]
fn the_card_of_za_zyciem_knows_no_interview() {
    let card = Answers::default()
        .with(case_card::STAGE, Stage::ZzAllocated)
        .with(case_card::BASIS, [Basis::ZaZyciem.code().to_owned()].into())
        .with(case_card::REFERRED_ON, day("2026-11-02"))
        .with(case_card::ALLOCATED_ON, day("2026-11-03"));
    let codes = |facts: &Facts| -> Vec<Code> {
        deadlines(facts, &Settings::default(), day("2026-11-10")).iter().map(|deadline| deadline.code).collect()
    };
    assert_eq!(codes(&Facts::of_case("R25", &card)), [Code::D15]);
    assert_eq!(codes(&Facts::of_case("R25", &card).complete()), [Code::D15, Code::D15P]);
}

#[test]
fn an_order_of_the_court_stands_before_everything() {
    let text = "2026-11-01 HELP_PLAN_APPROVED\n2026-11-20 COURT_ORDER_KNOWN";
    let codes: Vec<Code> =
        deadlines(&facts(text), &Settings::default(), day("2026-11-22")).iter().map(|deadline| deadline.code).collect();
    assert_eq!(codes, [Code::D03, Code::D01]);
}

#[test]
fn flags_of_the_card_are_read() {
    let card = Answers::default()
        .with(case_card::STAGE, Stage::Cooperation)
        .with(case_card::FLAGS, [CaseFlag::Suspended.code().to_owned()].into());
    assert!(Facts::of_case("R01", &card).suspended);
}

fn any_event() -> impl Strategy<Value = Event> {
    let of = prop_oneof![Just(Of::Case), Just(ONE), Just(TWO)];
    (proptest::sample::select(Happening::ALL), 0u64..1500, of, proptest::option::of(0u64..1500)).prop_map(
        |(what, on, of, until)| Event {
            stated: until.map(|days| day("2024-01-31") + Days::new(days)),
            ..Event::new(what, day("2024-01-31") + Days::new(on)).of(of)
        },
    )
}

fn any_facts() -> impl Strategy<Value = Facts> {
    let stage = proptest::option::of(proptest::sample::select(Stage::ALL));
    (proptest::collection::vec(any_event(), 0..20), stage)
        .prop_map(|(events, stage)| Facts { stage, ..Facts::default() }.with(events).complete())
}

proptest! {
    #[test]
    fn the_order_of_events_does_not_matter(facts in any_facts(), today in 0u64..2000) {
        let today = day("2024-01-31") + Days::new(today);
        let mut turned = facts.clone();
        turned.events.reverse();
        prop_assert_eq!(
            deadlines(&facts, &Settings::default(), today),
            deadlines(&turned, &Settings::default(), today)
        );
    }

    #[test]
    fn what_was_kept_or_missed_stays_so(facts in any_facts(), today in 0u64..2000, later in 1u64..2000) {
        let today = day("2024-01-31") + Days::new(today);
        let mut facts = facts;
        // A return may undo what a request fulfilled: that is its meaning.
        facts.events.retain(|event| event.what != RequestReturned);
        // Later events of the case's life may still stop a start; here the past is closed.
        facts.events.retain(|event| event.on <= today);
        let before = deadlines(&facts, &Settings::default(), today);
        let after = deadlines(&facts, &Settings::default(), today + Days::new(later));
        for done in before.iter().filter(|deadline| !deadline.is_open()) {
            prop_assert!(after.contains(done), "{done:?}");
        }
        for open in after.iter().filter(|deadline| deadline.is_open()) {
            prop_assert!(before.iter().any(|deadline| (deadline.code, deadline.due) == (open.code, open.due)));
        }
    }

    #[test]
    fn states_tell_the_truth_about_days(facts in any_facts(), today in 0u64..2000) {
        let today = day("2024-01-31") + Days::new(today);
        for deadline in deadlines(&facts, &Settings::default(), today) {
            match deadline.state {
                State::Upcoming | State::DueSoon => prop_assert!(today <= deadline.due),
                State::Overdue => prop_assert!(deadline.due < today),
                State::Kept(on) => prop_assert!(on <= deadline.due && on <= today),
                State::Missed(on) => prop_assert!(deadline.due < on && on <= today),
            }
            prop_assert!(deadline.since <= today);
        }
    }

    #[test]
    fn a_stricter_office_is_never_later(facts in any_facts(), months in 1u32..=6, days in 1u32..=5) {
        let terms = [(Code::D05, Term::Months(months)), (Code::D16, Term::WorkingDays(days))].into();
        let strict = Settings::check(Parameters { terms, ..Parameters::default() }).unwrap();
        let today = day("2028-06-30");
        let usual = deadlines(&facts, &Settings::default(), today);
        for deadline in deadlines(&facts, &strict, today) {
            let same = usual.iter().find(|other| {
                (other.code, other.since, other.of) == (deadline.code, deadline.since, deadline.of)
            });
            if let Some(same) = same {
                prop_assert!(deadline.due <= same.due);
            }
        }
    }
}
