//! The record of working time (ewidencja pracy) from the month's entries: a row for each day with entries, and one
//! to be answered for each working day without, because absences are always recorded.

use super::{Month, Work, drafts::kind_word, figures::tenths_of_hours, month_text};
use crate::domain::{
    calendar::{holiday, is_working_day},
    codes::WorkArea,
    documents::papers::{
        monthly_report::Contract,
        timesheet::{DAYS, DayKind, Employment, MONTH, WORKER},
    },
    form::{Answers, Cell, Key},
};
use chrono::{Datelike, Days, NaiveDate, NaiveTime, Timelike};

const DATE: Key<NaiveDate> = Key::new("date");
const KIND: Key<DayKind> = Key::new("kind");
const ACTIONS: Key<String> = Key::new("actions");
const NIGHT: Key<bool> = Key::new("night");
const HOLIDAY: Key<bool> = Key::new("holiday");
const EMPLOYMENT: Key<Employment> = Key::new("employment");
const CONTRACT: Key<Contract> = Key::new("contract");
const HOURS: Key<i64> = Key::new("hours");

/// The three columns of minutes with their totals.
const COLUMNS: [(Key<i64>, Key<i64>); 3] = [
    (Key::new("direct"), Key::new("direct_total")),
    (Key::new("indirect"), Key::new("indirect_total")),
    (Key::new("workshop"), Key::new("workshop_total")),
];

/// The night between these hours; an office may have agreed on others, so a person may change the mark.
const NIGHT_FROM: u32 = 22;
const NIGHT_TO: u32 = 6;

impl Month {
    /// Fills an empty record of working time.
    pub fn begin_timesheet(&self, answers: &mut Answers, today: NaiveDate) {
        answers.put(WORKER, self.by.to_string());
        answers.put(MONTH, month_text(self.first));
        if let Some(employment) = self.employment() {
            answers.put(EMPLOYMENT, employment);
        }
        let mut day = self.first;
        while day <= self.last().min(today) {
            let row = format!("{:02}", day.day());
            if self.work_on(day).next().is_some() {
                answers.put_row(DAYS, &row, Answers::default().with(DATE, day).with(KIND, DayKind::Work));
            } else if is_working_day(day) {
                answers.put_row(DAYS, &row, Answers::default().with(DATE, day));
            }
            let Some(next) = day.checked_add_days(Days::new(1)) else { break };
            day = next;
        }
        self.count_timesheet(answers);
        for row in answers.rows(DAYS) {
            let mut cells = answers.row(DAYS, &row);
            let Some(day) = cells.get(DATE) else { continue };
            if self.work_on(day).any(is_at_night) {
                cells.put(NIGHT, true);
            }
            if holiday(day).is_some() {
                cells.put(HOLIDAY, true);
            }
            answers.put_row(DAYS, &row, cells);
        }
        let minutes: i64 = COLUMNS.iter().filter_map(|(_, total)| answers.get(*total)).sum();
        if minutes > 0 {
            answers.put(HOURS, tenths_of_hours(minutes));
        }
    }

    /// Writes what nobody types: the work of each day in the rows, and the totals.
    pub fn count_timesheet(&self, answers: &mut Answers) {
        let mut totals = [0; COLUMNS.len()];
        for row in answers.rows(DAYS) {
            let mut cells = answers.row(DAYS, &row);
            let day = cells.get(DATE);
            let work: Vec<&Work> = day.into_iter().flat_map(|day| self.work_on(day)).collect();
            let actions = work.iter().map(|work| [kind_word(work.card.kind), " ", &work.code].concat());
            let actions = actions.collect::<Vec<_>>().join(", ");
            cells.set_raw(ACTIONS.name(), (!actions.is_empty()).then(|| actions.write()));
            for (place, (column, _)) in COLUMNS.iter().enumerate() {
                let minutes = work.iter().filter(|work| column_of(work) == place).map(|work| work.card.minutes).sum();
                totals[place] += minutes;
                cells.put(*column, minutes);
            }
            answers.drop_row(DAYS, &row);
            answers.put_row(DAYS, &row, cells);
        }
        for (total, (_, key)) in totals.into_iter().zip(COLUMNS) {
            answers.put(key, total);
        }
    }

    fn work_on(&self, day: NaiveDate) -> impl Iterator<Item = &Work> {
        self.work.iter().filter(move |work| work.card.date == day)
    }

    /// As in the last record of working time, else as in the last report.
    fn employment(&self) -> Option<Employment> {
        let last = self.earlier.timesheet.as_ref().and_then(|(_, answers)| answers.get(EMPLOYMENT));
        let contract = || self.earlier.report.as_ref().and_then(|(_, answers)| answers.get(CONTRACT));
        last.or_else(|| {
            contract().map(|contract| match contract {
                Contract::Employment => Employment::TaskBased,
                Contract::Service => Employment::Services,
            })
        })
    }
}

/// The place among [`COLUMNS`] of an entry's minutes.
fn column_of(work: &Work) -> usize {
    match work.area {
        WorkArea::Parents | WorkArea::Children => 0,
        WorkArea::Indirect => 1,
        WorkArea::Workshop => 2,
    }
}

fn is_at_night(work: &Work) -> bool {
    let at_night = |time: NaiveTime| time.hour() >= NIGHT_FROM || time.hour() < NIGHT_TO;
    // What ends as the night begins was not in it.
    let end = work.end.filter(|end| (end.hour(), end.minute()) != (NIGHT_FROM, 0));
    work.card.start.is_some_and(at_night) || end.is_some_and(at_night)
}
