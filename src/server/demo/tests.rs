//! The town obeys the office's own rules, and its figures are those of spec/domain.md 8.

use super::{Step, Town, families::Milestone, roster::FAMILIES, town};
use crate::domain::{
    access::{Actor, Tie, Ties, tie},
    calendar::{holiday, warsaw_day},
    caseload::{FamilyLine, family_line},
    codes::*,
    decide::{Hand, Standing, decide},
    documents::{
        RecordKind,
        case_card::{self, Case, CaseFlag, Stage},
        family_card,
        family_task::{self, FamilyTask},
        papers::{consultation, plan},
        visit_card::{self, Surroundings, VisitCard},
    },
    duties::open_duties,
    form::Answers,
    ids::{FamilyId, RecordId, Rev, UserId},
    office::OfficeBook,
    procedure::Duty,
    record::{Meeting, Record},
};
use chrono::{Datelike, NaiveDate, Timelike, Weekday};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

const TODAY: &str = "2026-11-22";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The days on which the town is tried: every weekday, ends of months and years, feasts, leap days.
const DAYS: &[&str] = &[
    "2026-11-22",
    "2026-11-23",
    "2026-11-24",
    "2026-11-25",
    "2026-11-26",
    "2026-11-27",
    "2026-11-28",
    "2026-01-02",
    "2026-01-07",
    "2026-12-28",
    "2027-01-01",
    "2026-04-06",
    "2026-05-04",
    "2026-06-05",
    "2026-08-16",
    "2026-11-12",
    "2028-02-29",
    "2028-03-01",
    "2026-02-28",
    "2026-03-31",
    "2026-10-26",
    "2025-12-27",
    "2027-03-30",
];

/// An office in memory that decides every step with the real rules.
struct Office {
    today: NaiveDate,
    records: BTreeMap<RecordId, Record>,
    disputed: Vec<RecordId>,
}

fn ties(town: &Town, case: Option<&Record>) -> Ties {
    let case = case.and_then(|case| Case::read(&case.answers));
    let (assistant, worker) = case.map_or((None, None), |case| (case.assistant, case.worker));
    Ties { office: town.office, assistant, worker, substitute: false, former: false }
}

fn run(town: &Town, today: NaiveDate) -> Office {
    let mut office = Office { today, records: BTreeMap::new(), disputed: Vec::new() };
    let mut cases: BTreeMap<FamilyId, RecordId> = BTreeMap::new();
    let mut last = None;
    for (index, Step { received, change }) in town.steps.iter().enumerate() {
        assert!(last <= Some(*received), "steps come in the order of receipt");
        assert!(change.at <= *received, "nothing is received before it is written");
        assert!(warsaw_day(*received) < today, "nothing happens on the day itself or later");
        last = Some(*received);
        let person = town.people.iter().find(|person| person.user == change.author).unwrap();
        let actor = Actor { user: person.user, office: town.office, role: person.role };
        let case = cases.get(&change.family).and_then(|case| office.records.get(case));
        let tie = tie(&actor, &ties(town, case));
        assert!(matches!(tie, Tie::Own | Tie::Office));
        let record = office.records.get(&change.record);
        let standing = Standing {
            actor: &actor,
            tie,
            record,
            rev: Rev(index as i64 + 1),
            now: *received,
            hand: Hand::Office,
            person: None,
            book: &OfficeBook::default(),
        };
        let (record, meeting) = decide(change, standing).unwrap_or_else(|refusal| {
            panic!("{today}: step {index} by {} is refused: {refusal:?} {change:?}", person.login)
        });
        if record.kind == RecordKind::Case {
            cases.insert(record.family, record.id);
        }
        if let Meeting::Disputed(_) = meeting {
            office.disputed.push(record.id);
        } else {
            assert_eq!(meeting, Meeting::Clean, "step {index}");
        }
        office.records.insert(record.id, record);
    }
    office
}

/// The town on each of [`DAYS`], decided once for all tests.
static OFFICES: LazyLock<Vec<(Town, Office)>> = LazyLock::new(|| {
    let one = |today: &&str| {
        let town = town(day(today), 7);
        let office = run(&town, day(today));
        (town, office)
    };
    DAYS.iter().map(one).collect()
});

fn office(today: &str) -> &'static (Town, Office) {
    OFFICES.iter().find(|(_, office)| office.today == day(today)).unwrap()
}

impl Office {
    fn of(&self, kind: RecordKind) -> impl Iterator<Item = &Record> {
        self.records.values().filter(move |record| record.kind == kind)
    }

    fn line(&self, code: &str) -> FamilyLine {
        let card = self.of(RecordKind::Family).find(|card| card.answers.text(family_card::CODE) == code).unwrap();
        family_line(self.records.values().filter(|record| record.family == card.family), self.today).unwrap()
    }

    fn cards(&self) -> Vec<(&Record, VisitCard)> {
        let start = self.today - chrono::Days::new(92);
        self.of(RecordKind::Visit)
            .map(|record| (record, VisitCard::read(&record.answers).unwrap()))
            .filter(|(_, card)| card.date >= start)
            .collect()
    }

    fn count(&self, keep: impl Fn(&VisitCard) -> bool) -> usize {
        self.cards().iter().filter(|(_, card)| keep(card)).count()
    }

    fn case(&self, code: &str) -> &Answers {
        let family = self.line(code).family;
        &self.of(RecordKind::Case).find(|case| case.family == family).unwrap().answers
    }
}

fn within(what: &str, count: usize, low: usize, high: usize) {
    assert!((low..=high).contains(&count), "{what}: {count}, expected {low}–{high}");
}

#[test]
fn a_town_is_made_in_less_than_a_second() {
    // The best of some: the machine may be busy with other tests.
    let times = (0..4).map(|_| {
        let begun = std::time::Instant::now();
        assert!(town(day(TODAY), 7).steps.len() > 900);
        begun.elapsed()
    });
    assert!(times.min().is_some_and(|best| best.as_millis() < 1_000));
}

#[test]
fn the_same_day_and_seed_give_the_same_town() {
    let one = town(day(TODAY), 7);
    assert_eq!(one, town(day(TODAY), 7));
    let bytes =
        |town: &Town| serde_json::to_vec(&town.steps.iter().map(|step| &step.change).collect::<Vec<_>>()).unwrap();
    assert_eq!(bytes(&one), bytes(&town(day(TODAY), 7)));
    assert_ne!(one.steps, town(day(TODAY), 8).steps);
}

#[test]
fn every_step_is_taken_but_for_two_conflicts() {
    for today in DAYS {
        let (_, office) = office(today);
        assert_eq!(office.disputed.len(), 2, "{today}");
        assert!(office.disputed.iter().all(|id| office.records[id].kind == RecordKind::Task));
        assert_eq!(office.of(RecordKind::Family).count(), 25);
    }
}

#[test]
fn ids_are_unique_and_of_version_seven() {
    let town = town(day(TODAY), 7);
    let ids: BTreeSet<_> = town.steps.iter().map(|step| step.change.id).collect();
    assert_eq!(ids.len(), town.steps.len());
    assert!(ids.iter().all(|id| id.0.get_version_num() == 7));
    assert_eq!(town.people.len(), 8);
}

#[test]
fn visits_are_valid_and_at_decent_times() {
    for today in DAYS {
        let (_, office) = office(today);
        let mut times: BTreeMap<(UserId, NaiveDate), Vec<(u32, u32)>> = BTreeMap::new();
        for record in office.of(RecordKind::Visit) {
            let written = warsaw_day(record.made.at);
            let family =
                office.records.values().find(|card| card.kind == RecordKind::Family && card.family == record.family);
            let children_at_home = family.map(|card| family_card::children_at_home(&card.answers)).unwrap_or_default();
            let around = Surroundings { children_at_home, ..Surroundings::default() };
            let problems = visit_card::check(&visit_card::FORM, &record.answers, written, &around);
            assert!(problems.is_empty(), "{today}: {problems:?} {:?}", record.answers);
            let card = VisitCard::read(&record.answers).unwrap();
            assert!(card.date < office.today);
            let start = card.start.unwrap();
            assert!((8..20).contains(&start.hour()), "{today}: {start}");
            if matches!(card.kind, EntryKind::Visit | EntryKind::ContactSupervised | EntryKind::Accompany) {
                assert!(card.date.weekday() != Weekday::Sun && holiday(card.date).is_none(), "{today}: {}", card.date);
            }
            if let Some(next) = card.next_visit {
                assert!((8..19).contains(&next.hour()), "{next}");
            }
            let minutes = start.hour() * 60 + start.minute();
            let day = times.entry((record.made.by, card.date)).or_default();
            day.push((minutes, minutes + card.minutes as u32));
        }
        for (who, mut day) in times {
            day.sort_unstable();
            assert!(day.windows(2).all(|pair| pair[0].1 <= pair[1].0), "{today}: {who:?} in two places {day:?}");
        }
    }
}

#[test]
fn volumes_lie_in_their_bands() {
    for today in DAYS {
        let (_, office) = office(today);
        let cards = office.cards();
        within(&format!("{today}: held"), office.count(VisitCard::is_held_visit), 182, 203);
        assert_eq!(office.count(VisitCard::is_missed_visit), 24, "{today}");
        let missed = |outcome| office.count(|card| card.is_missed_visit() && card.outcome == Some(outcome));
        assert_eq!(missed(Outcome::NobodyHome), 14);
        assert_eq!(missed(Outcome::CancelledByFamily) + missed(Outcome::CancelledByAssistant), 6);
        let kind = |kind| office.count(|card| card.kind == kind);
        assert_eq!(kind(EntryKind::PhoneFamily), 90, "{today}");
        assert_eq!(kind(EntryKind::Institution), 110, "{today}");
        assert_eq!(kind(EntryKind::Accompany), 14, "{today}");
        assert_eq!(kind(EntryKind::Team), 3);
        for (_, card) in &cards {
            if card.is_held_visit() {
                assert!((35..=110).contains(&card.minutes), "{}", card.minutes);
            }
            if card.kind == EntryKind::PhoneFamily {
                assert!((5..=15).contains(&card.minutes));
            }
        }
        let km = cards.iter().map(|(_, card)| card.travel_tenths).sum::<i64>() / 10;
        within(&format!("{today}: km"), km as usize, 2_200, 2_500);
    }
}

#[test]
fn institutions_have_their_shares() {
    let (_, office) = office(TODAY);
    let share = |codes: &[&str]| {
        let of = |record: &Record| codes.contains(&record.answers.text(visit_card::INSTITUTION));
        office.cards().iter().filter(|(record, card)| card.kind == EntryKind::Institution && of(record)).count()
    };
    assert_eq!(share(&["SCHOOL"]), 33);
    within("court", share(&["COURT", "PROBATION"]), 16, 18);
    assert_eq!(share(&["PCPR"]), 13);
    within("health", share(&["CLINIC", "HOSPITAL", "MIDWIFE", "MENTAL_HEALTH", "ADDICTION"]), 16, 18);
    within("office", share(&["OPS_WORKER", "OPS_BENEFITS"]), 19, 21);
}

#[test]
fn every_statutory_task_is_met() {
    for today in DAYS {
        let (_, office) = office(today);
        for task in StatutoryTask::ALL.iter().filter(|task| task.is_statutory()) {
            let count = office.count(|card| card.tasks.contains(task));
            match task {
                StatutoryTask::ChildHearing => assert_eq!(count, 1, "{today}"),
                StatutoryTask::ZaZyciem => assert_eq!(count, 6, "{today}"),
                _ => assert!(count >= 2, "{today}: {task:?} {count}"),
            }
        }
    }
}

#[test]
fn tasks_live_as_planned() {
    for today in DAYS {
        let (_, office) = office(today);
        let start = office.today - chrono::Days::new(92);
        let tasks: Vec<FamilyTask> = office
            .of(RecordKind::Task)
            .map(|record| FamilyTask::parse(&record.answers).unwrap_or_else(|problems| panic!("{problems:?}")))
            .filter(|task| task.given_on >= start)
            .collect();
        within(&format!("{today}: tasks"), tasks.len(), 128, 132);
        let of = |status| tasks.iter().filter(|task| task.status == status).count();
        within("done", of(TaskStatus::Done), 79, 83);
        within("partly", of(TaskStatus::Partly), 17, 19);
        within("not", of(TaskStatus::NotDone), 15, 17);
        assert_eq!(tasks.iter().filter(|task| task.is_overdue(office.today)).count(), 9, "{today}");
        let model = office.line("R09").family;
        let statuses = office
            .of(RecordKind::Task)
            .filter(|record| record.family == model)
            .filter_map(|record| record.answers.get(family_task::STATUS));
        assert_eq!(crate::domain::caseload::done_percent(statuses), Some(80), "{today}");
    }
}

#[test]
fn families_stand_where_the_table_has_them() {
    let expected: &[(&str, Stage, u32, u32, &str)] = &[
        ("R01", Stage::Referred, 2, 2, ""),
        ("R02", Stage::Interview, 1, 3, ""),
        ("R03", Stage::Requested, 2, 1, ""),
        ("R04", Stage::Allocated, 1, 2, "ar1"),
        ("R05", Stage::HandedOver, 2, 4, "ar2"),
        ("R06", Stage::FirstMeeting, 1, 1, "ar1"),
        ("R07", Stage::Diagnosis, 2, 3, "ar2"),
        ("R08", Stage::Planning, 1, 2, "ar3"),
        ("R09", Stage::Cooperation, 2, 3, "ar1"),
        ("R10", Stage::Cooperation, 1, 2, "ar1"),
        ("R11", Stage::Cooperation, 2, 4, "ar2"),
        ("R12", Stage::Cooperation, 1, 1, "ar1"),
        ("R13", Stage::Cooperation, 2, 2, "ar2"),
        ("R14", Stage::Cooperation, 1, 3, "ar2"),
        ("R15", Stage::Cooperation, 2, 2, "ar1"),
        ("R16", Stage::ClosingRequested, 2, 2, "ar2"),
        ("R17", Stage::Monitoring, 1, 1, "ar3"),
        ("R18", Stage::Monitoring, 2, 3, "ar3"),
        ("R19", Stage::MonitoringEndRequested, 2, 2, "ar3"),
        ("R20", Stage::ReopenRequested, 1, 2, "ar3"),
        ("R21", Stage::Closed, 2, 1, "ar1"),
        ("R22", Stage::Closed, 1, 2, "ar2"),
        ("R23", Stage::Closed, 2, 3, "ar1"),
        ("R24", Stage::Refused, 2, 1, "ar1"),
        ("R25", Stage::ZzCoordination, 2, 1, "ar1"),
    ];
    for today in DAYS {
        let (town, office) = office(today);
        for &(code, stage, adults, children, assistant) in expected {
            let line = office.line(code);
            let login = |user| town.people.iter().find(|person| person.user == user).map_or("", |person| person.login);
            assert_eq!(
                (line.stage, line.adults, line.children, line.assistant.map_or("", login)),
                (stage, adults, children, assistant),
                "{code}"
            );
            assert_eq!(office.of(RecordKind::Case).filter(|case| case.family == line.family).count(), 1);
        }
    }
}

#[test]
fn key_days_are_the_tables() {
    let (_, office) = office(TODAY);
    let ago = |code: &str, key| office.case(code).get(key).map(|day: NaiveDate| (office.today - day).num_days());
    for (code, days) in [("R01", 4), ("R02", 11), ("R25", 22)] {
        assert_eq!(ago(code, case_card::REFERRED_ON), Some(days), "{code}");
    }
    assert_eq!(ago("R03", case_card::REQUESTED_ON), Some(2));
    assert_eq!(ago("R04", case_card::ALLOCATED_ON), Some(5));
    assert_eq!(ago("R05", case_card::RECEIVED_ON), Some(7));
    assert_eq!(ago("R06", case_card::COURT_INFO_ON), Some(4));
    for (code, days) in [("R07", 19), ("R08", 34)] {
        assert_eq!(ago(code, case_card::CONSENT_ON), Some(days), "{code}");
    }
    for (code, days) in
        [("R09", 95), ("R10", 150), ("R11", 178), ("R12", 60), ("R13", 40), ("R14", 690), ("R15", 210), ("R16", 400)]
    {
        assert_eq!(ago(code, case_card::PLAN_FROM), Some(days), "{code}");
    }
    for (code, days) in [("R17", 70), ("R18", 30), ("R19", 120), ("R20", 100)] {
        assert_eq!(ago(code, case_card::MONITORING_FROM), Some(days), "{code}");
    }
    for (code, days) in [("R21", 25), ("R22", 18), ("R23", 50), ("R24", 14)] {
        assert_eq!(ago(code, case_card::ENDED_ON), Some(days), "{code}");
    }
    let flags = |code: &str| office.case(code).set_of::<CaseFlag>(case_card::FLAGS);
    assert_eq!(flags("R11"), [CaseFlag::ChildInCare, CaseFlag::CourtOrdered, CaseFlag::Probation]);
    assert_eq!(flags("R13"), [CaseFlag::BlueCard]);
    assert_eq!(flags("R12"), [CaseFlag::MinorParent]);
    let in_care = |code: &str| {
        let family = office.line(code).family;
        let card = office.of(RecordKind::Family).find(|card| card.family == family).unwrap();
        let members = family_card::members(&card.answers);
        members.iter().filter(|member| member.stays.is_some_and(ChildPlace::is_care)).count()
    };
    assert_eq!(["R10", "R11", "R18", "R09"].map(in_care), [2, 1, 0, 0]);
}

#[test]
fn silence_and_plans_tell_the_stories() {
    for today in DAYS {
        let (town, office) = office(today);
        within(
            &format!("{today}: silence of R15"),
            office.line("R15").silent_days(office.today).unwrap() as usize,
            12,
            15,
        );
        let family = office.line("R15").family;
        let mut entries: Vec<_> = office.cards().into_iter().filter(|(record, _)| record.family == family).collect();
        entries.retain(|(_, card)| card.kind == EntryKind::Visit);
        entries.sort_by_key(|(_, card)| (card.date, card.start));
        assert!(entries.iter().rev().take(4).all(|(_, card)| card.is_missed_visit()), "{today}");
        assert!(entries.iter().rev().nth(4).is_some_and(|(_, card)| card.is_held_visit()), "{today}");
        let planned = |login: &str, ahead: std::ops::RangeInclusive<i64>| {
            let user = town.people.iter().find(|person| person.login == login).unwrap().user;
            FAMILIES
                .iter()
                .map(|family| office.line(family.code))
                .filter(|line| line.assistant == Some(user))
                .filter_map(|line| line.next_visit)
                .filter(|next| ahead.contains(&(next.date() - office.today).num_days()))
                .count()
        };
        assert!(planned("ar1", 0..=0) >= 3, "{today}");
        for assistant in ["ar1", "ar2", "ar3"] {
            assert!(planned(assistant, 0..=0) >= 1 && planned(assistant, 1..=8) >= 2, "{today} {assistant}");
        }
        for family in FAMILIES.iter().filter(|family| family.since(Milestone::Plan).is_some()) {
            let family_id = office.line(family.code).family;
            let file = || office.records.values().filter(|record| record.family == family_id);
            let plan = plan::current(file()).unwrap();
            assert!(plan::stands(plan), "{}", family.code);
            within("goals", plan::goals(&plan.answers).len(), 2, 5);
            let versions = file().filter(|record| plan::is_plan(record)).count() as i64;
            assert_eq!(plan.answers.get(plan::VERSION), Some(versions), "{}", family.code);
            let changed = |moment: &Milestone| matches!(moment, Milestone::Assessed | Milestone::Closing);
            let changes = family.milestones.iter().filter(|(moment, _)| changed(moment)).count() as i64;
            assert_eq!(versions, 1 + changes, "{}", family.code);
        }
    }
}

/// What waits for somebody at the desk can be shown: an alarm that nobody has taken note of, a plan without opinion.
#[test]
fn an_alarm_and_a_plan_wait_for_somebody() {
    for today in DAYS {
        let (_, office) = office(today);
        let cases: Vec<Record> = office.of(RecordKind::Case).cloned().collect();
        let open = open_duties(&cases).into_iter().filter(|duty| duty.owed.what == Duty::KnowOfAlarm);
        let families: Vec<_> = open.map(|duty| duty.family).collect();
        assert_eq!(families, [office.line("R20").family], "{today}");
        let waiting = office.of(RecordKind::Paper).filter(|record| consultation::is_awaited(&record.answers));
        let families: Vec<_> = waiting.map(|record| record.family).collect();
        assert_eq!(families, [office.line("R16").family], "{today}");
    }
}

#[test]
fn some_work_was_done_offline() {
    for today in DAYS {
        let town = town(day(today), 7);
        let late = |step: &&Step| (step.received - step.change.at).num_minutes() >= 60;
        let visits = town.steps.iter().filter(|step| step.change.kind == RecordKind::Visit);
        assert_eq!(visits.filter(late).count(), 12, "{today}");
    }
}

#[test]
fn nothing_real_is_in_it() {
    let (_, office) = office(TODAY);
    for record in office.records.values() {
        for value in record.answers.0.values() {
            let Some(text) = value.text() else { continue };
            let digits = text.split(|letter: char| !letter.is_ascii_digit()).map(str::len).max().unwrap_or(0);
            assert!(text.parse::<uuid::Uuid>().is_ok() || digits < 9, "looks like a PESEL: {text}");
        }
    }
    let phones = office.of(RecordKind::Family).flat_map(|card| {
        let rows = card.answers.rows(family_card::PHONES);
        rows.into_iter().map(|row| card.answers.row(family_card::PHONES, &row).text(family_card::NUMBER).to_owned())
    });
    assert!(phones.into_iter().all(|number| number.starts_with("600 000 0")));
}

#[test]
fn other_seeds_do_as_well() {
    for seed in 0..6 {
        let today = day(TODAY);
        let town = town(today, seed);
        let office = run(&town, today);
        within(&format!("seed {seed}: held"), office.count(VisitCard::is_held_visit), 182, 203);
        let overdue: u32 = FAMILIES.iter().map(|family| office.line(family.code).overdue_tasks).sum();
        assert_eq!(overdue, 9, "seed {seed}");
    }
}
