//! How an unsent change lies sealed to the office, so that it can be sent without its author: from a locked vault, by
//! the next user of the tablet, after a forgotten passphrase.
//!
//! ```text
//! packet     = version (1 byte) | office | device | change | office's key (16 bytes each)
//!              | public half of a pair made for this packet (P-256, 65 bytes, uncompressed)
//!              | IV (12 bytes) | ciphertext with its tag (16 bytes or more)
//!              | signature of everything before it (64 bytes: r, s)
//! bound      = seal::bind("packet", version, office, device, change, office's key, public half)
//! key        = HKDF-SHA-256(ECDH of that pair and the office's key; no salt; info = bound)
//! ciphertext = AES-256-GCM(key, IV, the change as JSON; additional data = bound)
//! signature  = ECDSA P-256 with SHA-256, by the key that the device registered
//! ```
//!
//! Each packet has a pair of its own and so a content key of its own, which nobody keeps: not even the device can open
//! what it sealed. The ciphers are the browser's (`client::packets`) and the server's (`server::outbox`).

use super::seal::{IV_BYTES, bind};
use crate::domain::ids::{ChangeId, DeviceId, OfficeId};
use uuid::Uuid;

/// Version of the packet: its first byte.
pub const VERSION: u8 = 1;
/// Bytes of a public key: an uncompressed point of P-256.
pub const POINT_BYTES: usize = 65;
/// Bytes of a signature.
pub const SIGNATURE_BYTES: usize = 64;
/// Most packets in one message.
pub const MAX_PACKETS: usize = 50;
const ID_BYTES: usize = 16;
const TAG_BYTES: usize = 16;

/// What a packet says in the open: random ids, nothing of anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// The office that it is for.
    pub office: OfficeId,
    /// The installation that made it.
    pub device: DeviceId,
    /// The change in it.
    pub change: ChangeId,
    /// The office's key that it is sealed to.
    pub key: Uuid,
}

impl Label {
    fn ids(&self) -> [&[u8; ID_BYTES]; 4] {
        [self.office.0.as_bytes(), self.device.0.as_bytes(), self.change.0.as_bytes(), self.key.as_bytes()]
    }

    /// What key and ciphertext are bound to.
    pub fn bound(&self, point: &[u8]) -> Vec<u8> {
        let [office, device, change, key] = self.ids();
        bind(&[b"packet", &[VERSION], office, device, change, key, point])
    }

    /// Puts a packet together, all but its signature.
    pub fn close(&self, point: &[u8], iv: &[u8; IV_BYTES], ciphertext: &[u8]) -> Vec<u8> {
        let mut packet = vec![VERSION];
        for id in self.ids() {
            packet.extend(id);
        }
        for part in [point, iv, ciphertext] {
            packet.extend(part);
        }
        packet
    }
}

/// A packet, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packet<'a> {
    /// What it says in the open.
    pub label: Label,
    /// Public half of its pair.
    pub point: &'a [u8],
    /// The initialisation vector.
    pub iv: &'a [u8],
    /// The change, sealed.
    pub ciphertext: &'a [u8],
    /// What was signed.
    pub signed: &'a [u8],
    /// The signature.
    pub signature: &'a [u8],
}

impl<'a> Packet<'a> {
    /// Takes a packet apart; `None` when it is not one of ours.
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        let (signed, signature) = bytes.split_at_checked(bytes.len().checked_sub(SIGNATURE_BYTES)?)?;
        let (&version, mut rest) = signed.split_first()?;
        if version != VERSION {
            return None;
        }
        let mut take = |count: usize| {
            let (part, after) = rest.split_at_checked(count)?;
            rest = after;
            Some(part)
        };
        let mut id = || Uuid::from_slice(take(ID_BYTES)?).ok();
        let label = Label { office: OfficeId(id()?), device: DeviceId(id()?), change: ChangeId(id()?), key: id()? };
        let (point, iv) = (take(POINT_BYTES)?, take(IV_BYTES)?);
        (rest.len() >= TAG_BYTES).then_some(Self { label, point, iv, ciphertext: rest, signed, signature })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn label() -> Label {
        let id = |byte| Uuid::from_bytes([byte; 16]);
        Label { office: OfficeId(id(1)), device: DeviceId(id(2)), change: ChangeId(id(3)), key: id(4) }
    }

    #[test]
    fn a_packet_lies_as_documented() {
        let mut packet = label().close(&[5; POINT_BYTES], &[6; IV_BYTES], &[7; 20]);
        packet.extend([8; SIGNATURE_BYTES]);
        let golden: [&[u8]; 9] = [&[1], &[1; 16], &[2; 16], &[3; 16], &[4; 16], &[5; 65], &[6; 12], &[7; 20], &[8; 64]];
        assert_eq!(packet, golden.concat());
        let read = Packet::read(&packet).unwrap();
        assert_eq!(read.label, label());
        assert_eq!(
            (read.point, read.iv, read.ciphertext),
            ([5; 65].as_slice(), [6; 12].as_slice(), [7; 20].as_slice())
        );
        assert_eq!((read.signed, read.signature), (&packet[..packet.len() - 64], [8; 64].as_slice()));
    }

    #[test]
    fn what_it_is_bound_to_is_as_documented() {
        let golden: [&[u8]; 18] = [
            &[0, 0, 0, 6],
            b"asysta",
            &[0, 0, 0, 1],
            &[1],
            &[0, 0, 0, 6],
            b"packet",
            &[0, 0, 0, 1],
            &[1],
            &[0, 0, 0, 16],
            &[1; 16],
            &[0, 0, 0, 16],
            &[2; 16],
            &[0, 0, 0, 16],
            &[3; 16],
            &[0, 0, 0, 16],
            &[4; 16],
            &[0, 0, 0, 65],
            &[5; 65],
        ];
        assert_eq!(label().bound(&[5; POINT_BYTES]), golden.concat());
    }

    #[test]
    fn s10_what_is_too_short_or_of_another_version_is_no_packet() {
        let mut packet = label().close(&[5; POINT_BYTES], &[6; IV_BYTES], &[7; TAG_BYTES]);
        packet.extend([8; SIGNATURE_BYTES]);
        assert!(Packet::read(&packet).is_some());
        for length in 0..packet.len() {
            assert_eq!(Packet::read(&packet[..length]), None, "{length}");
        }
        packet[0] = 2;
        assert_eq!(Packet::read(&packet), None);
    }

    proptest! {
        #[test]
        fn s10_no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            Packet::read(&bytes);
        }
    }
}
