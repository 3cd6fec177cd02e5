//! What the desk of the manager and the social worker reads.

#![expect(missing_docs, reason = "the server macro makes structs of the arguments")]

use super::{error::ApiError, exchange::Packed};
use crate::{
    domain::{
        access::Role,
        caseload::{CallingTerms, FamilyLine, Overview, PhoneFact, Silence},
        change::Change,
        deadlines::Settings,
        documents::papers::{authorisation::Validity, month::MonthReport},
        duties::CaseDuty,
        ids::{DeviceId, FamilyId, FileId, RecordId, Rev, UserId},
        office::OfficeBook,
        procedure::{FamilyLoad, Life, Paper, Transition},
        record::Record,
    },
    sync::protocol::{Base64, Receipt, Taken},
};
use bytes::Bytes;
use chrono::NaiveDate;
use leptos::prelude::*;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use server_fn::{ContentType, Decodes, Encodes, Format, FormatType, codec::Post};
use std::{collections::BTreeMap, convert::Infallible, marker::PhantomData};

/// An answer as its JSON: written once, and given as it is to everybody who asks for the same.
#[derive(Clone, Debug)]
pub struct Written<T> {
    json: Bytes,
    kind: PhantomData<fn() -> T>,
}

impl<T> Written<T> {
    /// An answer that is written already.
    pub fn ready(json: Bytes) -> Self {
        Self { json, kind: PhantomData }
    }
}

impl<T: DeserializeOwned> Written<T> {
    /// Reads it.
    ///
    /// # Errors
    /// [`ApiError::Malformed`] when it is something else.
    pub fn read(&self) -> Result<T, ApiError> {
        serde_json::from_slice(&self.json).map_err(|_| ApiError::Malformed)
    }
}

/// JSON that passes as it is.
pub struct WrittenEncoding;

impl ContentType for WrittenEncoding {
    const CONTENT_TYPE: &'static str = "application/json";
}

impl FormatType for WrittenEncoding {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T> Encodes<Written<T>> for WrittenEncoding {
    type Error = Infallible;

    fn encode(written: &Written<T>) -> Result<Bytes, Infallible> {
        Ok(written.json.clone())
    }
}

impl<T> Decodes<Written<T>> for WrittenEncoding {
    type Error = Infallible;

    fn decode(json: Bytes) -> Result<Written<T>, Infallible> {
        Ok(Written::ready(json))
    }
}

/// Pulpit: today's figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskOverview {
    /// The office's revision that the figures speak of.
    pub rev: Rev,
    /// The day they speak of.
    pub today: NaiveDate,
    /// The figures.
    pub overview: Overview,
    /// Terms that are near or past.
    #[serde(default)]
    pub terms: CallingTerms,
    /// The families that figures and terms name, by id.
    pub families: Vec<FamilyLine>,
    /// Phones, the most silent first.
    pub phones: Vec<PhoneFact>,
    /// Names of the people that the figures name.
    pub people: BTreeMap<UserId, String>,
    /// What this person owes, alarms first; the manager and the social worker also see alarms that the other may
    /// take note of.
    #[serde(default)]
    pub duties: Vec<CaseDuty>,
    /// By what lengths terms were counted, and how many families an assistant may have.
    #[serde(default)]
    pub settings: Settings,
}

/// The list of families that this person may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskFamilies {
    /// The office's revision.
    pub rev: Rev,
    /// The day that "silent" and "overdue" speak of.
    pub today: NaiveDate,
    /// The families, by code.
    pub families: Vec<FamilyLine>,
    /// Names of assistants and social workers.
    pub people: BTreeMap<UserId, String>,
    /// From when on a family is silent in this office.
    #[serde(default)]
    pub silence: Silence,
}

/// A family's file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FamilyFile {
    /// The office's revision.
    pub rev: Rev,
    /// The day that "overdue" speaks of.
    pub today: NaiveDate,
    /// The family at a glance.
    pub line: FamilyLine,
    /// All records of the file.
    pub records: Vec<Record>,
    /// Who stands in for the assistant with all families, by cards that stand in the assistant's own file.
    #[serde(default)]
    pub stand_ins: Vec<Record>,
    /// Names of the people who wrote them.
    pub people: BTreeMap<UserId, String>,
    /// What the office has set: its terms, letterhead and forms hold for the file.
    #[serde(default)]
    pub book: OfficeBook,
}

/// The papers of a person: those about their own work, and those that the manager writes about them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnWork {
    /// The office's revision.
    pub rev: Rev,
    /// What the person is.
    pub role: Role,
    /// Today in Poland.
    pub today: NaiveDate,
    /// All records of the file.
    pub records: Vec<Record>,
    /// Code and surname of the families that the papers name.
    pub families: BTreeMap<FamilyId, (String, String)>,
    /// Names of the people who wrote them or are named in them.
    pub people: BTreeMap<UserId, String>,
    /// What the office has set: the forms that they are read by, the letterhead of prints.
    #[serde(default)]
    pub book: OfficeBook,
}

/// What became of what the desk wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskReceipt {
    /// One answer for each change, in their order. When one of them is refused, none was applied.
    pub receipts: Vec<Receipt>,
    /// Steps of the procedure that were taken with it, also those that followed by themselves.
    pub steps: Vec<Transition>,
    /// What deserves a second look, in Polish.
    pub cautions: Vec<String>,
}

/// A paper that somebody is waited for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingPaper {
    /// The record.
    pub record: RecordId,
    /// The family's code and surname; nothing for papers in the file of a person.
    pub family: Option<(String, String)>,
    /// Whose file it stands in, when it is a person's.
    #[serde(default)]
    pub person: Option<UserId>,
    /// Which paper.
    pub paper: Paper,
    /// How far it has come.
    pub life: Life,
    /// Who wrote it.
    pub by: UserId,
    /// The day that it counts from.
    pub on: NaiveDate,
    /// Why it was returned, while it is.
    #[serde(default)]
    pub remarks: Option<String>,
}

/// What waits for this person at the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskInbox {
    /// The office's revision.
    pub rev: Rev,
    /// Today in Poland.
    pub today: NaiveDate,
    /// Papers that they decide about, the oldest first.
    pub decide: Vec<WaitingPaper>,
    /// Papers of their families that wait for their opinion, the oldest first.
    #[serde(default)]
    pub consult: Vec<WaitingPaper>,
    /// Their own papers that are not handed in yet or were returned, the newest first.
    pub own: Vec<WaitingPaper>,
    /// Names of the people named here.
    pub people: BTreeMap<UserId, String>,
}

/// Somebody of the office, as lists to choose from show them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskPerson {
    /// The person.
    pub user: UserId,
    /// Name and surname.
    pub name: String,
    /// What they are.
    pub role: Role,
    /// Their families, for assistants.
    pub load: FamilyLoad,
}

/// An assistant at work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffLine {
    /// The person.
    pub user: UserId,
    /// Name and surname.
    pub name: String,
    /// Since when they may work here, as far as it is written down.
    #[serde(default)]
    pub began: Option<NaiveDate>,
    /// Their families.
    pub load: FamilyLoad,
    /// Their reports of the last months, the newest month first.
    pub reports: Vec<MonthReport>,
}

/// Somebody who has an account, and how they are authorised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorisedLine {
    /// The person.
    pub user: UserId,
    /// Name and surname.
    pub name: String,
    /// What they are.
    pub role: Role,
    /// How their authorisation stands today.
    pub validity: Validity,
    /// The paper that counts, when it was written here.
    pub paper: Option<RecordId>,
}

/// A substitution that is under way or will be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandInLine {
    /// The card.
    pub card: RecordId,
    /// Code and surname of the family whose file it stands in; nothing when that is the file of whom it stands in for.
    pub file: Option<(String, String)>,
    /// Whether it is about all families of the absent assistant.
    pub all: bool,
    /// Who is stood in for.
    pub absent: UserId,
    /// Who stands in.
    pub substitute: UserId,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
    /// Why it ends earlier than it was planned, when it does.
    pub ended: Option<String>,
}

/// The people of the office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskStaff {
    /// The office's revision.
    pub rev: Rev,
    /// Today in Poland.
    pub today: NaiveDate,
    /// The assistants, by name.
    pub assistants: Vec<StaffLine>,
    /// Everybody with an account, by name, and how they are authorised.
    #[serde(default)]
    pub authorised: Vec<AuthorisedLine>,
    /// Who stands in for whom, now and later.
    #[serde(default)]
    pub stand_ins: Vec<StandInLine>,
    /// Names of the people named here.
    #[serde(default)]
    pub people: BTreeMap<UserId, String>,
    /// What the office has set.
    pub settings: Settings,
}

/// Writes what a person at the desk has done: papers, family cards, steps of the procedure. All of it or
/// nothing; the same changes sent again are answered and not written twice. `device` stands for this window.
#[server(prefix = "/api/v1", endpoint = "write", input = server_fn::codec::Json)]
pub async fn write_changes(device: DeviceId, changes: Vec<Change>) -> Result<DeskReceipt, ApiError> {
    crate::server::doors::write(device, changes).await
}

/// What waits for this person.
#[server(prefix = "/api/v1", endpoint = "inbox", input = server_fn::codec::Json)]
pub async fn read_inbox() -> Result<DeskInbox, ApiError> {
    crate::server::doors::inbox().await
}

/// The people of the office who work with families, with the load of assistants.
#[server(prefix = "/api/v1", endpoint = "colleagues", input = server_fn::codec::Json)]
pub async fn list_colleagues() -> Result<Vec<DeskPerson>, ApiError> {
    crate::server::doors::colleagues().await
}

/// The assistants, with their load and how their reports stand. For the manager.
#[server(prefix = "/api/v1", endpoint = "staff", input = server_fn::codec::Json)]
pub async fn read_staff() -> Result<DeskStaff, ApiError> {
    crate::server::doors::staff().await
}

/// The office's revision: changes as soon as anything was written. Cheap; the desk asks often.
#[server(prefix = "/api/v1", endpoint = "pulse", input = server_fn::codec::Json)]
pub async fn read_pulse() -> Result<Rev, ApiError> {
    crate::server::doors::pulse().await
}

/// Today's figures of the office, or of the social worker's own area.
#[server(prefix = "/api/v1", endpoint = "overview", input = server_fn::codec::Json, output = Post<WrittenEncoding>)]
pub async fn read_overview() -> Result<Written<DeskOverview>, ApiError> {
    crate::server::doors::overview().await
}

/// The families that this person may see.
#[server(prefix = "/api/v1", endpoint = "families", input = server_fn::codec::Json, output = Post<WrittenEncoding>)]
pub async fn list_families() -> Result<Written<DeskFamilies>, ApiError> {
    crate::server::doors::families().await
}

/// A family's file, by its code. Reading it is written into the access log.
#[server(prefix = "/api/v1", endpoint = "family", input = server_fn::codec::Json)]
pub async fn read_family(code: String) -> Result<FamilyFile, ApiError> {
    crate::server::doors::family(code).await
}

/// The papers about somebody's own work. Reading them is written into the access log.
#[server(prefix = "/api/v1", endpoint = "own-work", input = server_fn::codec::Json)]
pub async fn read_own_work(person: UserId) -> Result<OwnWork, ApiError> {
    crate::server::doors::own_work(person).await
}

/// The bytes of a file (a photo of a document), by the record that describes it. Reading it is
/// written into the access log.
#[server(prefix = "/api/v1", endpoint = "file", input = Packed, output = Packed)]
pub async fn read_file(record: RecordId, file: FileId) -> Result<Base64, ApiError> {
    crate::server::doors::file(record, file).await
}

/// Keeps the bytes of a file (a scan) that the record describes already.
#[server(prefix = "/api/v1", endpoint = "keep-file", input = Packed, output = Packed)]
pub async fn keep_file(record: RecordId, file: FileId, bytes: Base64) -> Result<Taken, ApiError> {
    crate::server::doors::keep_file(record, file, bytes).await
}
