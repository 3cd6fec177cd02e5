//! The simulation: several phones and one office, the real code of both, and seeded faults. After each
//! schedule the world heals, and then every change must have exactly one effect or a visible reason,
//! and all devices must agree with the office (offline.md scenario 15; trust.md R2, R4, R8, R9).
//!
//! A failing seed is told as the shortest story that still goes wrong. `ASYSTA_SIM_SEED=…` runs one seed alone,
//! `ASYSTA_SIM_SCHEDULES=…` sets how many run, `ASYSTA_SIM_FIRST=…` from which on.

mod guards;
mod judge;
mod office;
mod person;
mod phone;
mod random;
mod restore;
mod run;
mod shrink;
mod store;
mod story;
mod values;
mod wire;

use super::db::testing::on_postgres;
use random::Random;
use run::{ground, on_its_own, on_this_thread, run_all, seeds};

/// One in so many runs on PostgreSQL too, where a round trip costs more.
const ONE_IN: u64 = 50;

/// Half of the schedules: the two halves run side by side on two cores.
fn half(which: u64) {
    on_this_thread(async {
        let ground = ground().await;
        run_all(&ground.db, seeds(|seed| seed % 2 == which)).await;
        ground.db.close().await;
    });
}

#[test]
fn r09_random_faults_lose_nothing_even_seeds() {
    half(0);
}

#[test]
fn r09_random_faults_lose_nothing_odd_seeds() {
    half(1);
}

#[test]
fn r09_random_faults_lose_nothing_on_postgresql() {
    on_this_thread(on_postgres(async |db| run_all(&db, seeds(|seed| seed % ONE_IN == 0)).await));
}

/// Goes on as long as it is told (`ASYSTA_SOAK_MINUTES`), from any seed (`ASYSTA_SIM_FIRST`).
#[test]
#[ignore = "runs as long as one likes: make soak"]
fn soak() {
    let minutes = run::from_env("ASYSTA_SOAK_MINUTES").unwrap_or(10);
    run::soak(std::time::Duration::from_secs(minutes * 60));
}

#[test]
fn one_seed_tells_one_story() {
    on_this_thread(async {
        for seed in 0..25 {
            let tell = async || on_its_own(seed, &story::events(seed), true).await.story;
            let (one, again) = (tell().await, tell().await);
            assert!(one.len() > 20, "something happens");
            assert_eq!(one, again, "seed {seed}");
        }
    });
}

#[test]
fn the_same_seed_gives_the_same_numbers() {
    let draw = |seed| {
        let random = Random::new(seed);
        (0..8).map(|_| random.below(1000)).collect::<Vec<_>>()
    };
    assert_eq!(draw(7), draw(7));
    assert_ne!(draw(7), draw(8));
}
