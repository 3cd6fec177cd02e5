//! How a sealed thing lies on the device: the bytes around the ciphertext, and the additional data
//! that tie it to its place, so that nothing can be swapped, moved or put back in an older shape.
//!
//! ```text
//! envelope        = version (1 byte) | IV (12 bytes) | ciphertext with its tag (16 bytes or more)
//! additional data = each of: "asysta", envelope version, store, item, schema, key id
//!                   as length (4 bytes, big end first) | bytes
//! ```
//!
//! The cipher itself (AES-256-GCM) is the browser's; see `client::crypto`.

use uuid::Uuid;

/// Version of the envelope: its first byte.
pub const ENVELOPE: u8 = 1;
/// Version of what is inside: the shape of the stored items.
pub const SCHEMA: u16 = 1;
/// Bytes of an initialisation vector; every seal takes a fresh one.
pub const IV_BYTES: usize = 12;
/// Bytes that prove the ciphertext whole.
const TAG_BYTES: usize = 16;

/// Where a sealed thing belongs. It opens in this place and in no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// The store: `items`, `meta`.
    pub store: &'a str,
    /// The key in the store.
    pub item: &'a str,
    /// The key that sealed it.
    pub key: Uuid,
}

impl Place<'_> {
    /// The additional data of this place.
    pub fn additional_data(&self) -> Vec<u8> {
        let schema = SCHEMA.to_be_bytes();
        bind(&[self.store.as_bytes(), self.item.as_bytes(), &schema, self.key.as_bytes()])
    }
}

/// Additional data of these parts. The lengths are in, so that no two lists give the same bytes.
pub fn bind(parts: &[&[u8]]) -> Vec<u8> {
    let version = [ENVELOPE];
    let mut bound = Vec::new();
    for part in [b"asysta".as_slice(), &version].iter().chain(parts) {
        // Parts are names and ids, far below 4 GiB.
        bound.extend((part.len() as u32).to_be_bytes());
        bound.extend(*part);
    }
    bound
}

/// Puts the envelope around a ciphertext.
pub fn close(iv: &[u8; IV_BYTES], ciphertext: &[u8]) -> Vec<u8> {
    let mut envelope = Vec::with_capacity(1 + IV_BYTES + ciphertext.len());
    envelope.push(ENVELOPE);
    envelope.extend(iv);
    envelope.extend(ciphertext);
    envelope
}

/// Takes an envelope apart into IV and ciphertext; `None` when it is not one of ours.
pub fn split(envelope: &[u8]) -> Option<(&[u8], &[u8])> {
    let (&version, rest) = envelope.split_first()?;
    if version != ENVELOPE || rest.len() < IV_BYTES + TAG_BYTES {
        return None;
    }
    Some(rest.split_at(IV_BYTES))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    #[test]
    fn an_envelope_has_version_iv_and_ciphertext() {
        let envelope = close(&[7; IV_BYTES], &[9; 20]);
        assert_eq!(envelope.len(), 33);
        assert_eq!(envelope[0], 1);
        assert_eq!(split(&envelope), Some(([7; 12].as_slice(), [9; 20].as_slice())));
    }

    #[test]
    fn what_is_not_an_envelope_is_not_split() {
        let whole = close(&[0; IV_BYTES], &[0; TAG_BYTES]);
        assert!(split(&whole).is_some());
        assert_eq!(split(&whole[..whole.len() - 1]), None);
        assert_eq!(split(&[]), None);
        let mut other = whole;
        other[0] = 2;
        assert_eq!(split(&other), None);
    }

    #[test]
    fn every_place_has_its_own_additional_data() {
        let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let places = [("items", "state", one), ("items", "state", two), ("meta", "state", one), ("items", "stat", one)];
        let bound: BTreeSet<_> =
            places.map(|(store, item, key)| Place { store, item, key }.additional_data()).into_iter().collect();
        assert_eq!(bound.len(), places.len());
    }

    #[test]
    fn the_additional_data_are_as_documented() {
        let bound = Place { store: "items", item: "state", key: Uuid::nil() }.additional_data();
        let expected: [&[u8]; 12] = [
            &[0, 0, 0, 6],
            b"asysta",
            &[0, 0, 0, 1],
            &[1],
            &[0, 0, 0, 5],
            b"items",
            &[0, 0, 0, 5],
            b"state",
            &[0, 0, 0, 2],
            &[0, 1],
            &[0, 0, 0, 16],
            &[0; 16],
        ];
        assert_eq!(bound, expected.concat());
    }

    proptest! {
        #[test]
        fn moving_a_border_changes_the_additional_data(text in "[a-z]{2,12}", at in 1usize..11, to in 1usize..11) {
            let (at, to) = (at.min(text.len() - 1), to.min(text.len() - 1));
            let cut = |place: usize| bind(&[&text.as_bytes()[..place], &text.as_bytes()[place..]]);
            prop_assert_eq!(cut(at) == cut(to), at == to);
        }
    }
}
