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

use super::db::{Db, testing::on_postgres};
use random::Random;

/// Schedules of one ordinary test run.
const SCHEDULES: u64 = 2_000;

/// One in so many of them runs on PostgreSQL too, where a round trip costs more.
const ONE_IN: u64 = 20;

fn from_env(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Something that waits for a database, run to its end on this thread.
fn on_this_thread(work: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    tokio::task::LocalSet::new().block_on(&runtime, work);
}

/// Runs schedules one after another on one database, each in an office of its own.
async fn run(db: &Db, seeds: impl Iterator<Item = u64>) {
    for seed in seeds {
        if let Err(complaint) = schedule::run(db, seed).await {
            panic!(
                "seed {seed}: {complaint}\nrun it alone: ASYSTA_SIM_SEED={seed} cargo test --features ssr simulation"
            );
        }
    }
}

/// The seeds of this run that the rule takes; all of them when one is asked for by name.
fn seeds(takes: impl Fn(u64) -> bool) -> impl Iterator<Item = u64> {
    let (first, end) = match from_env("ASYSTA_SIM_SEED") {
        Some(seed) => (seed, seed + 1),
        None => (0, from_env("ASYSTA_SIM_SCHEDULES").unwrap_or(SCHEDULES)),
    };
    (first..end).filter(move |seed| end == first + 1 || takes(*seed))
}

/// Half of the schedules: the two halves run side by side on two cores.
fn half(which: u64) {
    let folder = tempfile::tempdir().expect("a folder for the database");
    let url = format!("sqlite://{}", folder.path().join("simulation.sqlite").display());
    on_this_thread(async {
        let db = Db::open(&url).await.expect("a database");
        run(&db, seeds(|seed| seed % 2 == which)).await;
        db.close().await;
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
    on_this_thread(on_postgres(async |db| run(&db, seeds(|seed| seed % ONE_IN == 0)).await));
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
