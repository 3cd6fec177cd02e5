//! What the tiles of Pulpit count.

use crate::{
    api::desk::DeskOverview,
    domain::{
        calendar,
        caseload::{HeldMissed, PhoneFact, Silence},
        devices,
    },
};
use chrono::{DateTime, NaiveDate, NaiveDateTime};

/// The first look in the morning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tiles {
    /// Families at work, counted to the cap.
    pub at_work: usize,
    /// Visits of this week.
    pub week: HeldMissed,
    /// From when on a family is silent in this office.
    pub silence: Silence,
    /// Families without a held visit for longer.
    pub silent: usize,
    /// Those for which that is serious.
    pub very_silent: usize,
    /// Family tasks past their day.
    pub overdue_tasks: u32,
    /// Open family tasks.
    pub open_tasks: u32,
    /// Terms past their day and red.
    pub terms_red: usize,
    /// The other terms that call.
    pub terms_near: usize,
    /// Phones that hold unsent work or are silent.
    pub phones_behind: usize,
}

impl Tiles {
    /// Counts.
    pub fn of(data: &DeskOverview) -> Self {
        let (figures, silence) = (&data.overview, Silence::of(&data.settings));
        Self {
            silence,
            at_work: figures.by_stage.iter().filter(|(stage, _)| stage.counts_to_cap()).map(|(_, count)| count).sum(),
            week: figures.week.iter().fold(HeldMissed::default(), |sum, (_, day)| HeldMissed {
                held: sum.held + day.held,
                missed: sum.missed + day.missed,
            }),
            silent: figures.silent.len(),
            very_silent: figures.silent.iter().filter(|(_, days)| silence.is_serious(*days)).count(),
            overdue_tasks: figures.overdue_tasks,
            open_tasks: figures.open_tasks,
            terms_red: data.terms.red,
            terms_near: data.terms.all.saturating_sub(data.terms.red),
            phones_behind: data.phones.iter().filter(|phone| is_behind(phone, data.today)).count(),
        }
    }
}

/// When a phone last came through, on a Polish wall clock.
pub fn last_seen(phone: &PhoneFact) -> NaiveDateTime {
    calendar::warsaw_time(DateTime::from_timestamp_millis(phone.last_seen_ms).unwrap_or_default())
}

/// No word from the phone for three working days.
pub fn is_phone_silent(phone: &PhoneFact, today: NaiveDate) -> bool {
    devices::is_silent(DateTime::from_timestamp_millis(phone.last_seen_ms).unwrap_or_default(), today)
}

fn is_behind(phone: &PhoneFact, today: NaiveDate) -> bool {
    phone.waiting > 0 || is_phone_silent(phone, today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        caseload::{CallingTerms, Overview},
        documents::case_card::Stage,
        ids::{FamilyId, Rev, UserId},
    };
    use uuid::Uuid;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn phone(at: &str, waiting: u32) -> PhoneFact {
        let last_seen_ms = at.parse::<DateTime<chrono::Utc>>().unwrap().timestamp_millis();
        PhoneFact { user: UserId(Uuid::nil()), last_seen_ms, waiting }
    }

    #[test]
    fn a_phone_is_silent_after_three_working_days() {
        // Thursday evening: Friday, Monday and Tuesday pass without a word.
        let seen = phone("2026-11-19T18:00:00Z", 0);
        assert!(!is_phone_silent(&seen, day("2026-11-23")));
        assert!(is_phone_silent(&seen, day("2026-11-24")));
    }

    #[test]
    fn an_office_in_six_figures() {
        let held = |held, missed| (day("2026-11-16"), HeldMissed { held, missed });
        let silent = |n, days| (FamilyId(Uuid::from_u128(n)), days);
        let data = DeskOverview {
            rev: Rev(3),
            today: day("2026-11-20"),
            overview: Overview {
                by_stage: vec![(Stage::Referred, 2), (Stage::Cooperation, 8), (Stage::Monitoring, 3)],
                load: vec![],
                week: vec![held(3, 1), held(2, 0)],
                silent: vec![silent(1, 20), silent(2, 14), silent(3, 8)],
                open_tasks: 30,
                overdue_tasks: 9,
            },
            terms: CallingTerms::default(),
            families: vec![],
            phones: vec![
                phone("2026-11-20T06:00:00Z", 0),
                phone("2026-11-20T06:00:00Z", 2),
                phone("2026-11-12T06:00:00Z", 0),
            ],
            people: Default::default(),
            duties: vec![],
            settings: Default::default(),
        };
        let tiles = Tiles::of(&data);
        assert_eq!((tiles.at_work, tiles.silent, tiles.very_silent, tiles.phones_behind), (8, 3, 1, 2));
        assert_eq!(tiles.week, HeldMissed { held: 5, missed: 1 });
    }
}
