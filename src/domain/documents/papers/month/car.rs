//! The record of the private car (ewidencja przebiegu pojazdu) from the ways of the month's entries.

use super::{Month, Work, month_text};
use crate::domain::{
    calendar::is_working_day,
    codes::Travel,
    documents::{
        papers::{
            mileage::{
                DAYS_ABSENT, KM, LIMIT_KM, MONTH, RATE, SETTLEMENT, STATEMENT, Settlement, TRIPS, WORKER, totals,
                trip_amount,
            },
            timesheet::{self, DayKind},
        },
        visit_card,
    },
    form::{Answers, Cell, Key},
    words,
};
use chrono::NaiveDate;

const DATE: Key<NaiveDate> = Key::new("date");
const ROUTE: Key<String> = Key::new("route");
const AIM: Key<String> = Key::new("aim");
const AMOUNT: Key<i64> = Key::new("amount");
const REDUCTION: Key<i64> = Key::new("reduction");
const KM_TOTAL: Key<i64> = Key::new("km_total");
const AMOUNT_TOTAL: Key<i64> = Key::new("amount_total");

/// What stays the same from month to month.
const SAME: &[&str] = &[SETTLEMENT.name(), "make", "engine", "plate", RATE.name(), LIMIT_KM.name()];
/// Longest route (3.20).
const ROUTE_MAX: usize = 160;

/// Was this way made with the person's own car?
pub(super) fn is_own_car(answers: &Answers) -> bool {
    answers.get(visit_card::TRAVEL) == Some(Travel::OwnCar)
}

impl Month {
    /// Fills an empty record of the car. Where an entry does not say from where to where, the route is asked for.
    pub fn begin_mileage(&self, answers: &mut Answers) {
        answers.put(WORKER, self.by.to_string());
        answers.put(MONTH, month_text(self.first));
        if let Some((_, last)) = &self.earlier.mileage {
            for key in SAME {
                answers.set_raw(key, last.raw(key).cloned());
            }
        }
        if answers.get(SETTLEMENT) != Some(Settlement::LumpSum) {
            for work in self.trips() {
                answers.put_row(TRIPS, &work.record.to_string(), trip(work));
            }
        }
        if let Some(days) = self.days_absent() {
            answers.put(DAYS_ABSENT, days);
        }
        let statement = [
            "Oświadczam, że w miesiącu ",
            &words::month(self.first),
            " samochód prywatny był używany do celów służbowych w podanym zakresie.",
        ];
        answers.put(STATEMENT, statement.concat());
        self.count_mileage(answers);
    }

    /// Writes what nobody types: the amounts and the totals.
    pub fn count_mileage(&self, answers: &mut Answers) {
        let rate = answers.get(RATE);
        for row in answers.rows(TRIPS) {
            let tenths = answers.row(TRIPS, &row).get(KM);
            let amount = rate.zip(tenths).map(|(rate, tenths)| trip_amount(tenths, rate).write());
            answers.set_raw(&[TRIPS, "/", &row, "/", AMOUNT.name()].concat(), amount);
        }
        let sums = totals(answers);
        let by_kilometres = answers.get(SETTLEMENT) == Some(Settlement::Kilometres);
        answers.set_raw(KM_TOTAL.name(), sums.filter(|_| by_kilometres).map(|sums| sums.tenths.write()));
        answers.set_raw(REDUCTION.name(), sums.filter(|_| !by_kilometres).map(|sums| sums.reduction.write()));
        answers.set_raw(AMOUNT_TOTAL.name(), sums.map(|sums| sums.amount.write()));
    }

    /// Ways with the person's own car.
    fn trips(&self) -> impl Iterator<Item = &Work> {
        self.work.iter().filter(|work| work.own_car && work.card.travel_tenths > 0)
    }

    /// Working days of leave, illness or a journey, once the record of working time says so.
    fn days_absent(&self) -> Option<i64> {
        let days = self.earlier.this_timesheet.as_ref()?;
        let rows = days.rows(timesheet::DAYS).into_iter().map(|row| days.row(timesheet::DAYS, &row));
        let absent = rows.filter(|row| {
            let kind = row.get(Key::<DayKind>::new("kind"));
            let away = matches!(kind, Some(DayKind::Leave | DayKind::Sick | DayKind::Trip));
            away && row.get(DATE).is_some_and(is_working_day)
        });
        i64::try_from(absent.count()).ok()
    }
}

fn trip(work: &Work) -> Answers {
    let mut cells = Answers::default().with(DATE, work.card.date).with(AIM, work.code.clone());
    cells.put(KM, work.card.travel_tenths);
    if !work.route.is_empty() {
        cells.put(ROUTE, work.route.chars().take(ROUTE_MAX).collect());
    }
    cells
}
