//! The cap of fifteen families (art. 15 ust. 4), over a load that somebody has counted.
//!
//! Counting and giving a family away must be one step of the office: the server counts inside the
//! transaction that allocates, under the office's lock.

use super::{Caution, Hindrance};
use crate::domain::{deadlines::Settings, documents::case_card::Stage};
use serde::{Deserialize, Serialize};

/// Families of one assistant, by how they may count. All three numbers are always shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FamilyLoad {
    /// In ordinary work.
    pub working: u32,
    /// In monitoring.
    pub monitoring: u32,
    /// On the path "Za życiem".
    pub za_zyciem: u32,
}

impl FamilyLoad {
    /// Counts the stages of an assistant's cases.
    pub fn of(stages: impl IntoIterator<Item = Stage>) -> Self {
        let mut load = Self::default();
        for stage in stages {
            load.add(stage);
        }
        load
    }

    /// Adds one family.
    pub fn add(&mut self, stage: Stage) {
        if stage.is_monitoring() {
            self.monitoring += 1;
        } else if stage.counts_to_cap() && stage.is_za_zyciem() {
            self.za_zyciem += 1;
        } else if stage.counts_to_cap() {
            self.working += 1;
        }
    }

    /// The number that the office holds against the cap.
    pub fn counted(self, settings: &Settings) -> u32 {
        let monitoring = if settings.monitoring_counts() { self.monitoring } else { 0 };
        let za_zyciem = if settings.za_zyciem_counts() { self.za_zyciem } else { 0 };
        self.working.saturating_add(monitoring).saturating_add(za_zyciem)
    }

    /// May one more family at this stage come?
    ///
    /// # Errors
    /// [`Hindrance::CapReached`].
    pub fn takes(self, stage: Stage, settings: &Settings) -> Result<Option<Caution>, Hindrance> {
        let counts = Self::of([stage]).counted(settings) > 0;
        let (counted, cap) = (self.counted(settings), settings.cap());
        if counts && counted >= cap {
            return Err(Hindrance::CapReached { counted, cap });
        }
        let near = counts && counted >= settings.cap_warns_from();
        Ok(near.then_some(Caution::CapNear { counted, cap }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::deadlines::Parameters;

    fn settings(monitoring_counts: bool, za_zyciem_counts: bool) -> Settings {
        Settings::check(Parameters { monitoring_counts, za_zyciem_counts, ..Parameters::default() }).unwrap()
    }

    #[test]
    fn every_stage_is_counted_once_or_not_at_all() {
        for stage in Stage::ALL {
            let load = FamilyLoad::of([*stage]);
            let all = load.working + load.monitoring + load.za_zyciem;
            assert_eq!(all == 1, stage.is_with_assistant(), "{stage:?}");
        }
    }

    #[test]
    fn fifteen_and_no_more() {
        let with = |working| FamilyLoad { working, ..FamilyLoad::default() };
        let usual = Settings::default();
        for (working, expected) in [
            (12, Ok(None)),
            (13, Ok(Some(Caution::CapNear { counted: 13, cap: 15 }))),
            (14, Ok(Some(Caution::CapNear { counted: 14, cap: 15 }))),
            (15, Err(Hindrance::CapReached { counted: 15, cap: 15 })),
            (16, Err(Hindrance::CapReached { counted: 16, cap: 15 })),
        ] {
            assert_eq!(with(working).takes(Stage::Allocated, &usual), expected, "{working}");
        }
    }

    #[test]
    fn the_office_says_what_counts() {
        let load = FamilyLoad { working: 10, monitoring: 3, za_zyciem: 2 };
        for (monitoring, za_zyciem, counted) in
            [(false, true, 12), (true, true, 15), (false, false, 10), (true, false, 13)]
        {
            assert_eq!(load.counted(&settings(monitoring, za_zyciem)), counted);
        }
        assert!(load.takes(Stage::Allocated, &settings(true, true)).is_err());
        // What does not count may always come.
        let full = FamilyLoad { working: 15, ..FamilyLoad::default() };
        assert_eq!(full.takes(Stage::ZzAllocated, &settings(false, false)), Ok(None));
        assert!(full.takes(Stage::ZzAllocated, &settings(false, true)).is_err());
    }
}
