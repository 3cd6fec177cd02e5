//! What phone and office say to each other: one exchange carries changes up, and receipts and
//! records down (P11). Packed as a version byte and deflated JSON; unknown fields are passed over,
//! so that neighbouring versions understand each other.

use crate::domain::{
    change::Change,
    devices::Unlock,
    ids::{ChangeId, DeviceId, Epoch, FamilyId, FileId, RecordId, Rev, UserId},
    record::{Record, Refusal},
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use chrono::{DateTime, Utc};
use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned};
use serde_json::value::RawValue;
use std::{
    collections::BTreeMap,
    io::{Read, Write},
};
use uuid::Uuid;

/// Version of the protocol: the first byte of every message.
pub const VERSION: u8 = 1;
/// Media type of every message; an answer of another type is not ours (captive portals).
pub const MEDIA_TYPE: &str = "application/vnd.asysta.sync";
/// Most changes in one exchange.
pub const MAX_CHANGES: usize = 500;
/// Most changes and most files that are compared in one exchange.
pub const MAX_COMPARED: usize = 20_000;
/// Most files in one exchange.
pub const MAX_CONTENTS: usize = 4;
/// Most records in one answer.
pub const PAGE: usize = 500;
/// Largest message on the wire, in bytes.
pub const MAX_PACKED: usize = 1024 * 1024;
/// Largest message unpacked, in bytes.
pub const MAX_UNPACKED: usize = 8 * 1024 * 1024;
/// Largest single change, as JSON in bytes.
pub const MAX_CHANGE: usize = 256 * 1024;

/// What a device asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The installation.
    pub device: DeviceId,
    /// Version of the app, for the manager's board.
    #[serde(default)]
    pub app: String,
    /// Changes that wait for an answer, oldest first.
    #[serde(default)]
    pub changes: Vec<Change>,
    /// For each family on the device: the revision up to which everything is known.
    #[serde(default)]
    pub cursors: BTreeMap<FamilyId, Rev>,
    /// Changes that wait on the device in all, these included.
    #[serde(default)]
    pub waiting: u32,
    /// When the oldest of them was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oldest: Option<DateTime<Utc>>,
    /// Tag of the list of people that the device knows; empty for none.
    #[serde(default)]
    pub people_tag: String,
    /// Tag of the office's settings that the device has; nothing from an app that knows of none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub book_tag: Option<Rev>,
    /// Files whose papers the office has already; few at a time, for they are large.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contents: Vec<Content>,
    /// The epoch that everything on the device belongs to; nothing from an app that knows of none (P12).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub epoch: Option<Epoch>,
    /// The last change of the device that the office took: one that does not know it was brought back from a copy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newest: Option<ChangeId>,
    /// Which of these does the office lack? Asked once in a new epoch, before anything else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compare: Option<Lot>,
    /// The office's key that the device seals to, nil for none yet; nothing from an app that knows of no keys.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seal_key: Option<Uuid>,
    /// What the device says of itself, once after it was opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<About>,
    /// Rounds that failed since the last that came through.
    #[serde(default)]
    pub failures: u32,
}

/// Changes and files by their ids.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lot {
    /// Changes that the office once took.
    #[serde(default)]
    pub changes: Vec<ChangeId>,
    /// Files that they describe.
    #[serde(default)]
    pub files: Vec<FileId>,
}

/// A file's bytes on their way to the office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The paper that describes the file.
    pub record: RecordId,
    /// The file.
    pub file: FileId,
    /// Its bytes.
    pub bytes: Base64,
}

/// What a device says of itself, for the list of devices (P13).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// Browser and system, in plain words.
    pub name: String,
    /// The public half of the key that it signs with; a point of P-256, uncompressed. The first one counts.
    pub key: Base64,
    /// What opens its data.
    #[serde(default)]
    pub unlock: Option<Unlock>,
    /// Space that the browser leaves us, in MB.
    #[serde(default)]
    pub free_mb: Option<u32>,
}

/// Bytes as text: JSON knows no others, and deflating takes away what base 64 adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base64(pub Vec<u8>);

impl Serialize for Base64 {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&BASE64_STANDARD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Base64 {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        BASE64_STANDARD.decode(text).map(Self).map_err(serde::de::Error::custom)
    }
}

/// The office's answer to a file. It may change only from "unknown" to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Taken {
    /// The office has it, now or since earlier.
    Kept,
    /// The office does not know its paper (yet): send it again later.
    Unknown,
    /// It is not what its paper says, or not this person's to give.
    Refused,
}

/// A file and the office's answer to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentReceipt {
    /// The file.
    pub file: FileId,
    /// What became of it.
    pub taken: Taken,
}

/// A request as the office reads it: each change apart, so that one that cannot be read does not
/// hold up the others.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RequestEnvelope {
    /// See [`Request::device`].
    pub device: DeviceId,
    /// See [`Request::app`].
    #[serde(default)]
    pub app: String,
    /// The changes, not read yet.
    #[serde(default)]
    pub changes: Vec<Box<RawValue>>,
    /// See [`Request::cursors`].
    #[serde(default)]
    pub cursors: BTreeMap<FamilyId, Rev>,
    /// See [`Request::waiting`].
    #[serde(default)]
    pub waiting: u32,
    /// See [`Request::oldest`].
    #[serde(default)]
    pub oldest: Option<DateTime<Utc>>,
    /// See [`Request::people_tag`].
    #[serde(default)]
    pub people_tag: String,
    /// See [`Request::book_tag`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub book_tag: Option<Rev>,
    /// See [`Request::contents`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contents: Vec<Content>,
    /// See [`Request::epoch`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub epoch: Option<Epoch>,
    /// See [`Request::newest`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newest: Option<ChangeId>,
    /// See [`Request::compare`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compare: Option<Lot>,
    /// See [`Request::seal_key`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seal_key: Option<Uuid>,
    /// See [`Request::about`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<About>,
    /// See [`Request::failures`].
    #[serde(default)]
    pub failures: u32,
}

impl RequestEnvelope {
    /// Wraps a request for the wire.
    ///
    /// # Errors
    /// Never for our own types; the error of the JSON writer otherwise.
    pub fn of(request: &Request) -> serde_json::Result<Self> {
        Ok(Self {
            device: request.device,
            app: request.app.clone(),
            changes: request.changes.iter().map(serde_json::value::to_raw_value).collect::<Result<_, _>>()?,
            cursors: request.cursors.clone(),
            waiting: request.waiting,
            oldest: request.oldest,
            people_tag: request.people_tag.clone(),
            book_tag: request.book_tag,
            contents: request.contents.clone(),
            epoch: request.epoch,
            newest: request.newest,
            compare: request.compare.clone(),
            seal_key: request.seal_key,
            about: request.about.clone(),
            failures: request.failures,
        })
    }
}

impl Response<Box<RawValue>> {
    /// Reads the records of an answer.
    ///
    /// # Errors
    /// When a record is not one: the answer is not ours, or of a later version.
    pub fn read(self) -> serde_json::Result<Response> {
        // As bytes, like everything that is read in the browser: text would bring a second reader of each type.
        let records = self.records.iter().map(|raw| serde_json::from_slice(raw.get().as_bytes()));
        let records = records.collect::<Result<_, _>>()?;
        Ok(Response {
            now: self.now,
            receipts: self.receipts,
            records,
            cursors: self.cursors,
            forget: self.forget,
            people: self.people,
            book: self.book,
            contents: self.contents,
            seal_key: self.seal_key,
            more: self.more,
            epoch: self.epoch,
            lost: self.lost,
        })
    }
}

/// The least that identifies a change that cannot be read.
#[derive(Debug, Deserialize)]
pub struct ChangeHead {
    /// Its id.
    pub id: ChangeId,
}

/// The office's answer to one change: exactly one per change, for ever the same (P2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Applied on exactly the version its author saw.
    Accepted {
        /// The revision it took.
        rev: Rev,
    },
    /// Applied on a newer version; nothing was in the way.
    Merged {
        /// The revision it took.
        rev: Rev,
    },
    /// Applied; these fields wait for a person's choice.
    NeedsDecision {
        /// The revision it took.
        rev: Rev,
        /// The fields.
        fields: Vec<String>,
    },
    /// Not applied; kept by its author under "Do wyjaśnienia".
    Refused(Refusal),
}

/// A verdict and the change that it answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The change.
    pub change: ChangeId,
    /// When the office decided, by its clock.
    pub at: DateTime<Utc>,
    /// What it decided.
    pub verdict: Verdict,
}

/// A colleague, so that a device can say whose version is whose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colleague {
    /// The person.
    pub id: UserId,
    /// Name and surname.
    pub name: String,
}

/// The people of the office, when the device does not know the newest list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct People {
    /// Changes with the list.
    pub tag: String,
    /// The list.
    pub list: Vec<Colleague>,
}

/// What the office has set, when the device does not have the newest.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewBook {
    /// Changes with it.
    pub tag: Rev,
    /// An [`OfficeBook`](crate::domain::office::OfficeBook), not read yet: one of a newer office that this app does
    /// not understand must not take the rest of the answer along.
    pub body: Box<RawValue>,
}

/// The public half of an office's key: what changes are sealed to, see [`super::packet`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealKey {
    /// Its id.
    pub id: Uuid,
    /// A point of P-256, uncompressed.
    pub point: Base64,
}

/// Sealed changes on their way to the office, without a session: each is signed by its device. Also without any, to
/// ask how the device stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    /// The installation.
    pub device: DeviceId,
    /// The packets.
    #[serde(default)]
    pub packets: Vec<Base64>,
    /// The device has been wiped, as the office asked.
    #[serde(default)]
    pub wiped: bool,
    /// Nobody else has anything on this browser: all that it keeps of us may go.
    #[serde(default)]
    pub alone: bool,
}

/// The office's answer to a [`Parcel`]. Of a device that it does not know it says the same as of one that is well.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParcelReceipt {
    /// Changes that the office has durably, now or since earlier.
    #[serde(default)]
    pub taken: Vec<ChangeId>,
    /// The device is to be wiped.
    #[serde(default)]
    pub wipe: bool,
}

/// What the office answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Response<R = Record> {
    /// The office's clock.
    pub now: DateTime<Utc>,
    /// One receipt per change that was decided. A change without one stays where it is: the one
    /// before it on the same record has not arrived yet.
    #[serde(default)]
    pub receipts: Vec<Receipt>,
    /// Records that are new to the device, in the order of their revisions within a family.
    #[serde(default = "Vec::new")]
    pub records: Vec<R>,
    /// New cursors of the families that this answer speaks of.
    #[serde(default)]
    pub cursors: BTreeMap<FamilyId, Rev>,
    /// Families that are no longer the person's: the device forgets them.
    #[serde(default)]
    pub forget: Vec<FamilyId>,
    /// The people, when the list is new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<People>,
    /// What the office has set, when that is new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub book: Option<NewBook>,
    /// One answer per file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contents: Vec<ContentReceipt>,
    /// The office's key, when the device does not seal to the newest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seal_key: Option<SealKey>,
    /// There is more to fetch: ask again at once.
    #[serde(default)]
    pub more: bool,
    /// The office's epoch. To a device of another one nothing else is said until it has compared (P12).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub epoch: Option<Epoch>,
    /// What the office lacks of that which the device asked about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lost: Option<Lot>,
}

/// Why a message cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unpack {
    /// It is of a protocol version that this side does not speak.
    #[error("unknown protocol version")]
    Version,
    /// It is larger than allowed.
    #[error("message too large")]
    TooLarge,
    /// It is not what it says.
    #[error("malformed message")]
    Malformed,
}

/// Level 6, the usual one, takes twice as long for three percent.
const LEVEL: u32 = 4;
/// A message that is not longer is not worth deflating: it would hardly become shorter, and preparing the
/// encoder costs more than everything else about "nothing new".
const SMALL: usize = 256;

/// Packs a message: version byte, then deflated JSON.
pub fn pack<T: Serialize>(message: &T) -> Vec<u8> {
    // Our messages have no maps with odd keys.
    let json = serde_json::to_vec(message);
    debug_assert!(json.is_ok());
    let json = json.unwrap_or_default();
    if json.len() <= SMALL {
        return stored(&json);
    }
    let mut encoder = DeflateEncoder::new(vec![VERSION], Compression::new(LEVEL));
    let written = encoder.write_all(&json);
    // Writing to memory cannot fail.
    debug_assert!(written.is_ok());
    encoder.finish().unwrap_or_default()
}

/// One block of RFC 1951 that holds its bytes as they are.
fn stored(json: &[u8]) -> Vec<u8> {
    const LAST_AND_STORED: u8 = 1;
    // It is called with what is small only.
    let length = u16::try_from(json.len()).unwrap_or(u16::MAX);
    let mut packed = vec![VERSION, LAST_AND_STORED];
    packed.extend(length.to_le_bytes());
    packed.extend((!length).to_le_bytes());
    packed.extend(json);
    packed
}

/// Unpacks a message of at most [`MAX_UNPACKED`] bytes.
///
/// # Errors
/// [`Unpack`]; never a panic, whatever the bytes.
pub fn unpack<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Unpack> {
    let (&version, packed) = bytes.split_first().ok_or(Unpack::Malformed)?;
    if version != VERSION {
        // A captive portal answers with a page: text, where we would have a small number.
        return Err(if version.is_ascii_control() && !version.is_ascii_whitespace() {
            Unpack::Version
        } else {
            Unpack::Malformed
        });
    }
    let mut json = Vec::new();
    let mut decoder = DeflateDecoder::new(packed).take(MAX_UNPACKED as u64 + 1);
    decoder.read_to_end(&mut json).map_err(|_| Unpack::Malformed)?;
    if json.len() > MAX_UNPACKED {
        return Err(Unpack::TooLarge);
    }
    serde_json::from_slice(&json).map_err(|_| Unpack::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn messages_survive_the_wire() {
        let request: Request = serde_json::from_str(
            r#"{"device":"0190a000-0000-7000-8000-000000000001","cursors":{"0190a000-0000-7000-8000-000000000002":41},"later":"unknown"}"#,
        )
        .unwrap();
        let packed = pack(&request);
        assert_eq!(packed[0], VERSION);
        assert_eq!(unpack::<Request>(&packed).unwrap(), request);
    }

    #[test]
    fn a_photo_hardly_grows_on_the_wire() {
        // As unforeseeable as a photo: each byte follows from the one before by a rule of its own.
        let noise =
            std::iter::successors(Some(1u32), |seed| Some(seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223)));
        let photo: Vec<u8> = noise.map(|seed| (seed >> 24) as u8).take(crate::domain::files::MAX_BYTES).collect();
        let packed = pack(&Base64(photo.clone()));
        assert!(packed.len() < photo.len() + photo.len() / 20, "{} of {}", packed.len(), photo.len());
        assert!(packed.len() < MAX_PACKED);
        assert_eq!(unpack::<Base64>(&packed).unwrap(), Base64(photo));
    }

    #[test]
    fn apps_and_offices_of_before_the_settings_understand_each_other() {
        let device = DeviceId(uuid::Uuid::from_u128(1));
        let old: RequestEnvelope = serde_json::from_value(serde_json::json!({ "device": device })).unwrap();
        assert_eq!(old.book_tag, None, "it is sent no settings");
        assert!(!serde_json::to_string(&old).unwrap().contains("book_tag"));
        let old = r#"{"now":"2026-11-20T08:00:00Z"}"#;
        assert!(serde_json::from_str::<Response<Box<RawValue>>>(old).unwrap().read().unwrap().book.is_none());
        // One of a newer office that this app knows nothing of does not take the rest along.
        let newer =
            r#"{"now":"2026-11-20T08:00:00Z","book":{"tag":7,"body":{"settings":{"terms":{"D99":1}}}},"more":true}"#;
        let packed = pack(&serde_json::from_str::<Box<RawValue>>(newer).unwrap());
        let read = unpack::<Response<Box<RawValue>>>(&packed).unwrap().read().unwrap();
        let book = read.book.unwrap();
        assert!(read.more && book.tag == Rev(7));
        assert!(crate::domain::office::OfficeBook::read(book.body.get().as_bytes()).is_none());
    }

    #[test]
    fn apps_and_offices_of_before_the_epoch_understand_each_other() {
        let device = DeviceId(uuid::Uuid::from_u128(1));
        let old: RequestEnvelope = serde_json::from_value(serde_json::json!({ "device": device })).unwrap();
        assert_eq!((old.epoch, old.newest, &old.compare), (None, None, &None));
        assert_eq!(serde_json::to_string(&old).unwrap().matches("epoch").count(), 0);
        let answer: Response = serde_json::from_str(r#"{"now":"2026-11-20T08:00:00Z"}"#).unwrap();
        assert!(answer.epoch.is_none() && answer.lost.is_none());
    }

    #[test]
    fn small_and_large_messages_survive_the_wire() {
        for length in [0, 1, SMALL - 3, SMALL - 2, SMALL - 1, SMALL, 70_000] {
            let text = "ż".repeat(length / 2) + &"x".repeat(length % 2);
            assert_eq!(unpack::<String>(&pack(&text)).unwrap(), text);
        }
    }

    #[test]
    fn a_bomb_is_refused() {
        let bomb = pack(&" ".repeat(MAX_UNPACKED + 10));
        assert!(bomb.len() < 100_000);
        assert_eq!(unpack::<String>(&bomb), Err(Unpack::TooLarge));
    }

    #[test]
    fn another_version_is_said_plainly() {
        assert_eq!(unpack::<Request>(&[VERSION + 1, 0, 0]), Err(Unpack::Version));
        assert_eq!(unpack::<Request>(&[]), Err(Unpack::Malformed));
    }

    #[test]
    fn a_page_of_a_captive_portal_is_not_a_later_version() {
        for page in ["<!doctype html>", "\n<html>", "\u{feff}<html>", "{}"] {
            assert_eq!(unpack::<Request>(page.as_bytes()), Err(Unpack::Malformed));
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let mut message = vec![VERSION];
            message.extend(bytes);
            prop_assert!(unpack::<Request>(&message).is_err());
        }
    }
}
