//! Opens what a phone sealed; see [`crate::sync::packet`] for how it lies.

use crate::sync::packet::Packet;
use aes_gcm::{
    Aes256Gcm, KeyInit, Nonce,
    aead::{Aead, Payload},
};
use hkdf::Hkdf;
use p256::{
    PublicKey, SecretKey,
    ecdh::diffie_hellman,
    ecdsa::{Signature, VerifyingKey, signature::Verifier},
};
use sha2::Sha256;

/// Did the holder of this key sign the packet?
pub fn is_signed_by(packet: &Packet<'_>, point: &[u8]) -> bool {
    let (Ok(key), Ok(signature)) = (VerifyingKey::from_sec1_bytes(point), Signature::from_slice(packet.signature))
    else {
        return false;
    };
    key.verify(packet.signed, &signature).is_ok()
}

/// What is in the packet; `None` when it was not sealed to this key, or is not whole.
pub fn open(packet: &Packet<'_>, secret: &[u8]) -> Option<Vec<u8>> {
    let secret = SecretKey::from_slice(secret).ok()?;
    let theirs = PublicKey::from_sec1_bytes(packet.point).ok()?;
    let shared = diffie_hellman(secret.to_nonzero_scalar(), theirs.as_affine());
    let bound = packet.label.bound(packet.point);
    let mut key = [0; 32];
    Hkdf::<Sha256>::new(None, shared.raw_secret_bytes().as_slice()).expand(&bound, &mut key).ok()?;
    let cipher = Aes256Gcm::new_from_slice(&key).ok()?;
    let nonce = <&Nonce<_>>::try_from(packet.iv).ok()?;
    cipher.decrypt(nonce, Payload { msg: packet.ciphertext, aad: &bound }).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    // Made once by a browser's WebCrypto, of ids that are 01…, 02…, 03… and 04….
    const SECRET: &str = "a95d29ee6b0d48673c7d60b7e60509aef45cbbcece8b4f157043e8c5515f3ee9";
    const POINT: &str = "040b6418bbbc570adaa5d2dc3132bfc9313bbef9f28f6b78d780040c705f09983bf6fd1ddc47a574ed1bd7d26887d8990145 \
         2da3959271f31455dba05b1f95156e";
    const PACKET: &str = "0101010101010101010101010101010101020202020202020202020202020202020303030303030303030303030303030304 \
         040404040404040404040404040404045a604b3038bceb0d7a6fd39abeae3e8d472cdd08cc9abcc599b142b2fe6603690293 \
         70f4f23b26c18fb96e1812005525ba59b4435873142de970a3284950e0be06060606060606060606060630cffca8d342b539 \
         e0cd6674b1e4ee1f6a35905671e0e144a523f94264aabe3c695dce6659a5abbf4a39a21bf5887999a361d68e1c9b86e95bef \
         994b1371e89e2a70ecbc1af25598eaf46fd8324a3d71dc51a743b7ecee2aef4afcf16ef7f4b2ce37f1";

    fn bytes(hex: &str) -> Vec<u8> {
        let hex: Vec<u8> = hex.bytes().filter(|digit| !digit.is_ascii_whitespace()).collect();
        hex.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
    }

    #[test]
    fn what_a_browser_sealed_opens_here() {
        let (secret, point, bytes) = (bytes(SECRET), bytes(POINT), bytes(PACKET));
        let packet = Packet::read(&bytes).unwrap();
        assert!(is_signed_by(&packet, &point));
        assert_eq!(open(&packet, &secret).unwrap(), r#"{"id":"zażółć"}"#.as_bytes());
    }

    #[test]
    fn one_bit_anywhere_and_it_is_neither_signed_nor_opened() {
        let (secret, point, whole) = (bytes(SECRET), bytes(POINT), bytes(PACKET));
        let signature_from = whole.len() - 64;
        for place in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[place] ^= 1;
            let Some(packet) = Packet::read(&bytes) else { continue };
            assert!(!is_signed_by(&packet, &point), "{place}");
            assert!(place >= signature_from || open(&packet, &secret).is_none(), "{place}");
        }
    }

    #[test]
    fn keys_that_are_none_open_nothing() {
        let bytes = bytes(PACKET);
        let packet = Packet::read(&bytes).unwrap();
        for secret in [[0; 32], [255; 32], [1; 32]] {
            assert_eq!(open(&packet, &secret), None);
        }
        assert_eq!(open(&packet, &[]), None);
        for point in [vec![], vec![4; 65], vec![0; 33]] {
            assert!(!is_signed_by(&packet, &point));
        }
    }
}
