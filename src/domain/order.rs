//! Putting things in order, with one sort for the whole program.
//!
//! The standard library compiles its sort anew for every type and every key, some 5 kB each, and a
//! map or set that is collected brings one more. The browser downloads all of them; our lists are
//! short. So there is one sort of places here, and things are moved by it.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

/// Sorts by a key; what is equal stays as it was.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(items, |one, other| key(one).cmp(&key(other)));
}

/// Sorts by comparing; what is equal stays as it was.
pub fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    for (one, other) in swaps(items.len(), &|one, other| compare(&items[one], &items[other])) {
        items.swap(one, other);
    }
}

/// The swaps of places that bring things in order.
fn swaps(len: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<(usize, usize)> {
    let mut comes_from: Vec<usize> = (0..len).collect();
    comes_from.sort_by(|one, other| compare(*one, *other));
    let mut swaps = Vec::new();
    for start in 0..len {
        let mut place = start;
        // Along a ring: each place gets what belongs there, until it closes.
        while comes_from[place] != start {
            let from = std::mem::replace(&mut comes_from[place], place);
            swaps.push((place, from));
            place = from;
        }
        comes_from[place] = place;
    }
    swaps
}

/// A map of pairs, a later one in the place of an earlier.
pub fn map_of<K: Ord, V>(pairs: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    // Not `collect`, which sorts.
    map.extend(pairs);
    map
}

/// A set of things.
pub fn set_of<T: Ord>(things: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    set.extend(things);
    set
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn as_the_standard_library_sorts(numbers in proptest::collection::vec(0u8..20, 0..60)) {
            // Each with its place, so that a changed order of equal ones would show.
            let mut ours: Vec<(u8, usize)> = numbers.iter().copied().zip(0..).collect();
            let mut theirs = ours.clone();
            sort_by_key(&mut ours, |(number, _)| *number);
            theirs.sort_by_key(|(number, _)| *number);
            prop_assert_eq!(&ours, &theirs);
            sort_by(&mut ours, |one, other| other.0.cmp(&one.0));
            theirs.sort_by_key(|pair| std::cmp::Reverse(pair.0));
            prop_assert_eq!(ours, theirs);
        }
    }

    #[test]
    fn a_later_pair_takes_the_place_of_an_earlier() {
        let map = map_of([("b", 1), ("a", 2), ("b", 3)]);
        assert_eq!(map.into_iter().collect::<Vec<_>>(), [("a", 2), ("b", 3)]);
    }
}
