//! Makes the story of a failing seed as short as a few tries can: leaves out half of the events, then quarters, and
//! so on, as long as it still goes wrong.

use super::{
    run::on_its_own,
    story::{Ended, Event},
};

/// Tries at most.
const TRIES: usize = 80;

/// The fewest events found that still go wrong, and their story.
pub async fn shortest(seed: u64, events: &[Event]) -> (Vec<Event>, Ended) {
    let mut left = events.to_vec();
    let mut tries = 0;
    let mut piece = left.len() / 2;
    while piece > 0 {
        let mut start = 0;
        while start < left.len() && tries < TRIES {
            let mut fewer = left.clone();
            fewer.drain(start..(start + piece).min(left.len()));
            tries += 1;
            if on_its_own(seed, &fewer, false).await.complaint.is_some() {
                left = fewer;
            } else {
                start += piece;
            }
        }
        piece /= 2;
    }
    let ended = on_its_own(seed, &left, true).await;
    (left, ended)
}
