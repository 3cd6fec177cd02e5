//! The simulation: several phones and one office, the real code of both, and seeded faults. After each
//! schedule the world heals, and then every change must have exactly one effect or a visible reason,
//! and all devices must agree with the office (offline.md scenario 15; trust.md R2, R4, R8, R9).
//!
//! A failing seed is printed; `ASYSTA_SIM_SEED=… cargo test --features ssr simulation` runs it alone,
//! `ASYSTA_SIM_SCHEDULES=…` sets how many run.

mod office;
mod phone;
mod random;
mod schedule;
mod wire;

use super::db::Db;
use random::Random;

/// Schedules of one ordinary test run.
const SCHEDULES: u64 = 2_000;

fn from_env(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Runs schedules one after another on one database, each in an office of its own.
fn run(seeds: impl Iterator<Item = u64>) {
    let folder = tempfile::tempdir().expect("a folder for the database");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let tasks = tokio::task::LocalSet::new();
    tasks.block_on(&runtime, async {
        let url = format!("sqlite://{}", folder.path().join("simulation.sqlite").display());
        let db = Db::open(&url).await.expect("a database");
        for seed in seeds {
            if let Err(complaint) = schedule::run(&db, seed).await {
                panic!("seed {seed}: {complaint}\nrun it alone: ASYSTA_SIM_SEED={seed} cargo test --features ssr simulation");
            }
        }
        db.close().await;
    });
}

/// Half of the schedules: the two halves run side by side on two cores.
fn half(which: u64) {
    if let Some(seed) = from_env("ASYSTA_SIM_SEED") {
        return run((which == 0).then_some(seed).into_iter());
    }
    let schedules = from_env("ASYSTA_SIM_SCHEDULES").unwrap_or(SCHEDULES);
    run((0..schedules).filter(|seed| seed % 2 == which));
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
fn the_same_seed_gives_the_same_numbers() {
    let draw = |seed| {
        let random = Random::new(seed);
        (0..8).map(|_| random.below(1000)).collect::<Vec<_>>()
    };
    assert_eq!(draw(7), draw(7));
    assert_ne!(draw(7), draw(8));
}
