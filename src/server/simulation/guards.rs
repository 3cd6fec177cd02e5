//! Each guard taken away, one at a time: the simulation must notice within a thousand schedules. What it would not
//! notice, it would not protect.

use super::{
    run::{ground, on_this_thread, run_one},
    shrink, story,
};
use crate::domain::guards::{Guard, without};

const WITHIN: u64 = 1_000;

/// The first seed that goes wrong without a guard, and why.
async fn first_to_notice() -> Option<(u64, String)> {
    let ground = ground().await;
    for seed in 0..WITHIN {
        if let Some(complaint) = run_one(&ground.db, seed, &story::events(seed), false).await.complaint {
            return Some((seed, complaint));
        }
    }
    None
}

#[expect(clippy::print_stdout, reason = "at which seed it was noticed is what one wants to know")]
fn is_noticed(guard: Guard) {
    let noticed = without(guard, || on_this_thread(first_to_notice()));
    let (seed, complaint) = noticed.unwrap_or_else(|| panic!("nobody misses {guard:?}"));
    println!("without {guard:?}: seed {seed}: {complaint}");
}

#[test]
fn r02_without_idempotency_the_simulation_complains() {
    is_noticed(Guard::Idempotency);
}

#[test]
fn r08_without_the_base_version_the_simulation_complains() {
    is_noticed(Guard::BaseVersion);
}

#[test]
fn r08_without_the_value_that_was_seen_the_simulation_complains() {
    is_noticed(Guard::SeenValue);
}

#[test]
fn r03_without_the_order_of_the_outbox_the_simulation_complains() {
    is_noticed(Guard::Order);
}

#[test]
fn p01_without_the_receipt_before_the_delete_the_simulation_complains() {
    is_noticed(Guard::ReceiptFirst);
}

#[test]
fn a_failing_seed_is_told_as_a_short_story() {
    without(Guard::ReceiptFirst, || {
        on_this_thread(async {
            let (seed, complaint) = first_to_notice().await.expect("a seed that goes wrong");
            let events = story::events(seed);
            let (fewer, ended) = shrink::shortest(seed, &events).await;
            assert!(ended.complaint.is_some(), "{complaint}");
            assert!(fewer.len() * 2 < events.len(), "{} of {} events", fewer.len(), events.len());
            assert!(!ended.story.is_empty());
        });
    });
}
