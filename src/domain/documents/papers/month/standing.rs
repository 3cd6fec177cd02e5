//! Which month is to be reported, which paper of it stands, and how far a case had come on a day.

use super::month_text;
use crate::domain::{
    calendar::add_months,
    documents::{
        RecordKind,
        case_card::{self, Stage},
        papers::{
            course::{LIFE, PAPER},
            mileage, monthly_report, timesheet,
        },
    },
    form::Answers,
    ids::UserId,
    procedure::{Life, Paper},
    record::Record,
};
use chrono::{Datelike, NaiveDate};

/// Day of the next month by which nr 14 is handed in (D09).
const REPORT_DAY: u32 = 5;

/// The first day of the month that a person reports today: the one before until the 5th, then the current one.
pub fn month_to_report(today: NaiveDate) -> NaiveDate {
    let first = today.with_day(1).unwrap_or(today);
    if today.day() > REPORT_DAY { first } else { month_before(today).unwrap_or(first) }
}

/// The first day of the month before that of this day; nothing before the calendar begins.
pub fn month_before(day: NaiveDate) -> Option<NaiveDate> {
    day.with_day(1)?.pred_opt()?.with_day(1)
}

/// The last day on which nr 14 of this month is in time (D09).
pub fn due_on(first: NaiveDate) -> NaiveDate {
    let next = add_months(first.with_day(1).unwrap_or(first), 1);
    next.with_day(REPORT_DAY).unwrap_or(next)
}

/// The person's paper of this kind about this month. Two devices may each have begun one: the further one counts.
pub fn paper_of<'a>(
    records: impl IntoIterator<Item = &'a Record>,
    by: UserId,
    paper: Paper,
    first: NaiveDate,
) -> Option<&'a Record> {
    let month = month_text(first);
    let own = records.into_iter().filter(|record| {
        record.kind == RecordKind::Paper
            && record.made.by == by
            && record.answers.get(PAPER) == Some(paper)
            && month_of_paper(paper, &record.answers).is_some_and(|of| of == month)
    });
    own.max_by_key(|record| (rank(record), record.id))
}

/// The month that a paper about a month says it is about ("2026-11").
pub fn month_of_paper(paper: Paper, answers: &Answers) -> Option<&str> {
    match paper {
        Paper::MonthlyReport => Some(answers.text(monthly_report::MONTH)),
        Paper::Timesheet => Some(answers.text(timesheet::MONTH)),
        Paper::Mileage => Some(answers.text(mileage::MONTH)),
        _ => None,
    }
}

fn rank(record: &Record) -> u8 {
    match record.answers.get(LIFE) {
        Some(Life::Approved) => 3,
        Some(Life::Signed) => 2,
        Some(Life::Returned) => 1,
        _ => 0,
    }
}

/// The stage of a case on a day. The card says how things stand now; days that it names tell what stood before.
/// Only "opracowanie planu" has no day of its own: looked back upon it is "diagnoza".
pub fn stage_on(case: &Answers, day: NaiveDate) -> Option<Stage> {
    let now = case.get(case_card::STAGE)?;
    let since = |stage: Stage| begins_with(stage).and_then(|key| case.get(key));
    if since(now).is_none_or(|since| since <= day) {
        return Some(now);
    }
    let before = Stage::ALL.iter().rev().copied().filter(|stage| *stage < now);
    before.into_iter().find(|stage| since(*stage).is_some_and(|since| since <= day))
}

/// The day of the card on which a stage begins.
fn begins_with(stage: Stage) -> Option<crate::domain::form::Key<NaiveDate>> {
    use Stage::*;
    Some(match stage {
        Referred => case_card::REFERRED_ON,
        Interview => case_card::INTERVIEW_ON,
        Requested => case_card::REQUESTED_ON,
        Allocated | ZzAllocated => case_card::ALLOCATED_ON,
        HandedOver => case_card::RECEIVED_ON,
        FirstMeeting => case_card::MET_ON,
        Diagnosis => case_card::CONSENT_ON,
        Cooperation => case_card::PLAN_FROM,
        ClosingRequested => case_card::CLOSING_REQUESTED_ON,
        Monitoring => case_card::MONITORING_FROM,
        MonitoringEndRequested => case_card::MONITORING_END_REQUESTED_ON,
        ReopenRequested => case_card::REOPEN_REQUESTED_ON,
        NotAllocated | Refused | Closed => case_card::ENDED_ON,
        Planning | ZzRequested | ZzCatalogue | ZzCoordination => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{documents::papers::parts::DOC_DATE, testing};
    use testing::day;

    #[test]
    fn until_the_fifth_one_reports_the_month_before() {
        for (today, first, due) in [
            ("2026-11-22", "2026-11-01", "2026-12-05"),
            ("2026-11-06", "2026-11-01", "2026-12-05"),
            ("2026-11-05", "2026-10-01", "2026-11-05"),
            ("2027-01-01", "2026-12-01", "2027-01-05"),
        ] {
            assert_eq!(month_to_report(day(today)), day(first), "{today}");
            assert_eq!(due_on(day(first)), day(due), "{first}");
        }
    }

    #[test]
    fn a_case_is_looked_back_upon() {
        let case = Answers::default()
            .with(case_card::STAGE, Stage::Monitoring)
            .with(case_card::ALLOCATED_ON, day("2026-08-03"))
            .with(case_card::CONSENT_ON, day("2026-09-08"))
            .with(case_card::PLAN_FROM, day("2026-10-05"))
            .with(case_card::MONITORING_FROM, day("2026-12-02"));
        for (on, stage) in [
            ("2026-12-02", Some(Stage::Monitoring)),
            ("2026-11-30", Some(Stage::Cooperation)),
            ("2026-10-05", Some(Stage::Cooperation)),
            ("2026-09-30", Some(Stage::Diagnosis)),
            ("2026-08-03", Some(Stage::Allocated)),
            ("2026-08-02", None),
        ] {
            assert_eq!(stage_on(&case, day(on)), stage, "{on}");
        }
        let planning = case.with(case_card::STAGE, Stage::Planning);
        assert_eq!(stage_on(&planning, day("2026-08-02")), Some(Stage::Planning), "nothing is known of its day");
        let ended = planning.with(case_card::STAGE, Stage::Closed).with(case_card::ENDED_ON, day("2026-12-20"));
        assert_eq!(stage_on(&ended, day("2026-12-19")), Some(Stage::Monitoring));
    }

    #[test]
    fn of_two_reports_the_further_one_counts() {
        let by = UserId(uuid::Uuid::nil());
        let report = |n, life: Life, month: &str| {
            let answers = Answers::default()
                .with(PAPER, Paper::MonthlyReport)
                .with(LIFE, life)
                .with(DOC_DATE, day("2026-11-02"))
                .with(monthly_report::MONTH, month.to_owned());
            testing::record(n, RecordKind::Paper, answers)
        };
        let records =
            [report(1, Life::Signed, "2026-10"), report(2, Life::Draft, "2026-10"), report(3, Life::Draft, "2026-09")];
        let found = paper_of(&records, by, Paper::MonthlyReport, day("2026-10-01"));
        assert_eq!(found.map(|record| record.id), Some(records[0].id));
        assert_eq!(paper_of(&records, by, Paper::Timesheet, day("2026-10-01")), None);
    }
}
