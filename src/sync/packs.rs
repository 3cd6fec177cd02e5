//! Many records under one seal. A year of work is four thousand records, and opening as many seals takes longer than
//! everything else in unlocking a phone. So records that come or stand in numbers lie together in packs; what changes
//! later lies alone again, and a record that lies alone counts, whatever a pack still says of it.
//!
//! Pure: which writes of a step become which seals. `client::store` seals them.

use super::replica::{Item, Write};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

/// Records in one pack. A pack is sealed anew when one of its records goes, so it must not be large.
const SIZE: usize = 250;
/// From so many records on, those of one step are packed at once.
const FROM: usize = 100;
/// So many records may lie alone before they are packed.
const LOOSE: usize = 500;
const PREFIX: &str = "pack/";

/// What lies under one key of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// An item alone.
    One(Box<Item>),
    /// A pack of records.
    Pack(Vec<Item>),
}

/// One seal to be made or taken away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seal<'a> {
    /// An item under its own key.
    One(&'a Item),
    /// Records under the key of a pack.
    Pack(Rc<str>, Vec<&'a Item>),
    /// Nothing any more under this key.
    Gone(String),
}

/// Which records lie in which pack, and which lie alone.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Packs {
    packed: BTreeMap<String, Rc<str>>,
    loose: BTreeSet<String>,
}

/// How a step moves records, once its seals are written.
#[derive(Debug, Default)]
pub struct Moves {
    unpacked: Vec<String>,
    packed: Vec<(String, Rc<str>)>,
    gone: Vec<String>,
    loose: Vec<String>,
}

/// Is this the key of a pack?
pub fn is_pack(key: &str) -> bool {
    key.starts_with(PREFIX)
}

/// The key of a pack with this name.
pub fn pack_key(name: uuid::Uuid) -> Rc<str> {
    [PREFIX, &name.to_string()].concat().into()
}

impl Packs {
    /// What a store holds, and the items in it.
    pub fn open(bodies: Vec<(String, Body)>) -> (Self, Vec<Item>) {
        let (mut packs, mut items, mut together) = (Self::default(), Vec::new(), Vec::new());
        for (key, body) in bodies {
            match body {
                Body::One(item) => {
                    if matches!(*item, Item::Record(_)) {
                        packs.loose.insert(key);
                    }
                    items.push(*item);
                }
                Body::Pack(packed) => together.push((Rc::<str>::from(key), packed)),
            }
        }
        for (pack, packed) in together {
            for item in packed {
                let key = item.key();
                let counts = !packs.loose.contains(&key);
                packs.packed.insert(key, Rc::clone(&pack));
                items.extend(counts.then_some(item));
            }
        }
        (packs, items)
    }

    /// Have so many records come to lie alone that they should be packed? They are, when they are written again.
    pub fn is_untidy(&self) -> bool {
        self.loose.len() > LOOSE
    }

    /// Does this record lie alone?
    pub fn is_loose(&self, key: &str) -> bool {
        self.loose.contains(key)
    }

    /// The packs that a step changes: they are to be read before [`Self::plan`].
    pub fn touched(&self, writes: &[Write]) -> BTreeSet<Rc<str>> {
        let last = Last::of(writes);
        let leaving = last.gone.iter().chain(last.together());
        leaving.filter_map(|key| self.packed.get(key).cloned()).collect()
    }

    /// The seals of a step, in order, and what to [`Self::take`] when they are written. `opened` holds what is in the
    /// touched packs; `name` makes a key for a new one.
    pub fn plan<'a>(
        &self,
        writes: &'a [Write],
        opened: &'a BTreeMap<Rc<str>, Vec<Item>>,
        mut name: impl FnMut() -> Rc<str>,
    ) -> (Vec<Seal<'a>>, Moves) {
        let last = Last::of(writes);
        let (mut seals, mut moves) = (Vec::with_capacity(writes.len()), Moves::default());
        let together: BTreeSet<&String> = last.together().collect();
        for write in writes {
            match write {
                Write::Put(item) => match last.records.contains_key(&item.key()) && !together.is_empty() {
                    true => {}
                    false => seals.push(Seal::One(item)),
                },
                Write::Drop(key) => seals.push(Seal::Gone(key.clone())),
                Write::PutContent(..) | Write::DropContent(_) => {}
            }
        }
        let leaves = |key: &String| last.gone.contains(key) || together.contains(key) || self.loose.contains(key);
        for (pack, items) in opened {
            let (gone, rest): (Vec<&Item>, Vec<&Item>) = items.iter().partition(|item| leaves(&item.key()));
            moves.unpacked.extend(gone.iter().map(|item| item.key()));
            seals.push(match rest.is_empty() {
                true => Seal::Gone(pack.to_string()),
                false => Seal::Pack(Rc::clone(pack), rest),
            });
        }
        let packing: Vec<&'a Item> =
            last.records.iter().filter(|(key, _)| together.contains(key)).map(|(_, item)| *item).collect();
        for some in packing.chunks(SIZE) {
            let pack = name();
            for item in some {
                let key = item.key();
                if self.loose.contains(&key) {
                    seals.push(Seal::Gone(key.clone()));
                    moves.gone.push(key.clone());
                }
                moves.packed.push((key, Rc::clone(&pack)));
            }
            seals.push(Seal::Pack(pack, some.to_vec()));
        }
        if together.is_empty() {
            moves.loose.extend(last.records.into_keys());
        }
        moves.gone.extend(last.gone);
        (seals, moves)
    }

    /// The seals of a step are written.
    pub fn take(&mut self, moves: Moves) {
        for key in moves.unpacked {
            self.packed.remove(&key);
        }
        self.packed.extend(moves.packed);
        for key in moves.gone {
            self.loose.remove(&key);
        }
        self.loose.extend(moves.loose);
    }
}

/// What a step leaves of each key that it writes: of two writes the later one counts.
struct Last<'a> {
    records: BTreeMap<String, &'a Item>,
    gone: BTreeSet<String>,
}

impl<'a> Last<'a> {
    fn of(writes: &'a [Write]) -> Self {
        let mut last = Self { records: BTreeMap::new(), gone: BTreeSet::new() };
        for write in writes {
            match write {
                Write::Put(item) if matches!(**item, Item::Record(_)) => {
                    last.gone.remove(&item.key());
                    last.records.insert(item.key(), item);
                }
                Write::Drop(key) => {
                    last.records.remove(key);
                    last.gone.insert(key.clone());
                }
                Write::Put(_) | Write::PutContent(..) | Write::DropContent(_) => {}
            }
        }
        last
    }

    /// The records that are packed in this step.
    fn together(&self) -> impl Iterator<Item = &String> {
        let are_many = self.records.len() >= FROM;
        self.records.keys().filter(move |_| are_many)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{documents::RecordKind, form::Answers, ids::Rev, testing::record},
        sync::replica::SyncState,
    };
    use proptest::prelude::*;
    use uuid::Uuid;

    fn item(n: u128, rev: i64) -> Item {
        Item::Record(crate::domain::record::Record {
            rev: Rev(rev),
            ..record(n, RecordKind::Visit, Answers::default())
        })
    }

    fn put(item: Item) -> Write {
        Write::Put(Box::new(item))
    }

    fn puts(range: std::ops::Range<u128>, rev: i64) -> Vec<Write> {
        range.map(|n| put(item(n, rev))).collect()
    }

    /// A store in which seals lie open.
    #[derive(Default)]
    struct Store {
        bodies: BTreeMap<String, Body>,
        packs: Packs,
        names: u128,
    }

    impl Store {
        fn commit(&mut self, writes: &[Write]) -> usize {
            let touched = self.packs.touched(writes);
            let read = |pack: &Rc<str>| match &self.bodies[&**pack] {
                Body::Pack(items) => items.clone(),
                Body::One(_) => panic!("not a pack"),
            };
            let opened = touched.into_iter().map(|pack| (Rc::clone(&pack), read(&pack))).collect();
            let names = &mut self.names;
            let (seals, moves) = self.packs.plan(writes, &opened, || {
                *names += 1;
                pack_key(Uuid::from_u128(*names))
            });
            let count = seals.len();
            for seal in seals {
                match seal {
                    Seal::One(item) => drop(self.bodies.insert(item.key(), Body::One(Box::new(item.clone())))),
                    Seal::Pack(pack, items) => {
                        let items = items.into_iter().cloned().collect();
                        self.bodies.insert(pack.to_string(), Body::Pack(items));
                    }
                    Seal::Gone(key) => drop(self.bodies.remove(&key)),
                }
            }
            self.packs.take(moves);
            count
        }

        fn reopen(&mut self) -> BTreeMap<String, Item> {
            let (packs, items) = Packs::open(self.bodies.clone().into_iter().collect());
            assert_eq!(packs, self.packs, "what is remembered is what lies there");
            let count = items.len();
            let items: BTreeMap<String, Item> = items.into_iter().map(|item| (item.key(), item)).collect();
            assert_eq!(items.len(), count, "no item twice");
            items
        }

        fn tidy(&mut self) {
            let items = self.reopen().into_iter().filter(|(key, _)| self.packs.is_loose(key));
            let again: Vec<Write> = items.map(|(_, item)| put(item)).collect();
            self.commit(&again);
        }

        fn packs(&self) -> usize {
            self.bodies.keys().filter(|key| is_pack(key)).count()
        }

        /// How often a record lies in the store, in whatever state.
        fn copies(&self, key: &str) -> usize {
            let in_packs = self.bodies.values().filter(|body| match body {
                Body::Pack(items) => items.iter().any(|item| item.key() == key),
                Body::One(item) => item.key() == key,
            });
            in_packs.count()
        }
    }

    #[test]
    fn many_lie_together_and_few_alone() {
        let mut store = Store::default();
        assert_eq!(store.commit(&puts(0..600, 1)), 3, "three seals for six hundred records");
        assert_eq!(store.commit(&[put(item(7, 2)), put(Item::State(SyncState::default()))]), 2);
        assert_eq!((store.packs(), store.bodies.len()), (3, 5));
        assert_eq!(store.reopen()[&item(7, 0).key()], item(7, 2), "what lies alone counts");
    }

    #[test]
    fn what_is_dropped_is_gone_from_its_pack_too() {
        let mut store = Store::default();
        store.commit(&puts(0..300, 1));
        store.commit(&[put(item(3, 2))]);
        let drop = |n| Write::Drop(item(n, 0).key());
        store.commit(&[drop(3), drop(4)]);
        assert_eq!((store.copies(&item(3, 0).key()), store.copies(&item(4, 0).key())), (0, 0));
        assert_eq!(store.reopen().len(), 298);
        store.commit(&(0..300).map(drop).collect::<Vec<_>>());
        assert!(store.bodies.is_empty(), "an empty pack is no pack");
    }

    #[test]
    fn what_comes_again_in_numbers_leaves_no_old_copy() {
        let mut store = Store::default();
        store.commit(&puts(0..300, 1));
        store.commit(&puts(100..220, 2));
        store.commit(&puts(90..95, 3));
        assert!((0..90).chain(95..300).all(|n| store.copies(&item(n, 0).key()) == 1));
        store.tidy();
        assert_eq!(store.reopen()[&item(92, 0).key()], item(92, 3));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        /// Packed or not, a store holds what was last written, nothing else, and nothing twice.
        #[test]
        fn a_store_with_packs_is_a_store(steps in prop::collection::vec(
            prop_oneof![
                (0u128..400, 1u128..6, any::<bool>()).prop_map(|(from, count, drops)| (from, count, drops, false)),
                (0u128..300, 90u128..320, any::<bool>()).prop_map(|(from, count, drops)| (from, count, drops, false)),
                Just((0, 0, false, true)),
            ], 1..14)) {
            let (mut store, mut plain) = (Store::default(), BTreeMap::new());
            for (rev, (from, count, drops, tidies)) in (1i64..).zip(steps) {
                if tidies {
                    store.tidy();
                    continue;
                }
                let mut writes = puts(from..from + count, rev);
                if drops {
                    writes.extend((from..from + count).step_by(2).map(|n| Write::Drop(item(n, 0).key())));
                }
                for write in &writes {
                    match write {
                        Write::Put(item) => drop(plain.insert(item.key(), (**item).clone())),
                        Write::Drop(key) => drop(plain.remove(key)),
                        _ => {}
                    }
                }
                store.commit(&writes);
                prop_assert_eq!(&store.reopen(), &plain);
            }
        }
    }
}
