//! A whole office in a line: `TestOffice::new(db).await.with_assistant("Ala").await.with_family("R01", "Ala").await`.

use super::{
    papers::{card, case, made, making, morning},
    phone::Phone,
};
use crate::{
    domain::{
        access::{Actor, Role},
        change::{Change, Intent},
        decide::Hand,
        documents::RecordKind,
        ids::{DeviceId, FamilyId, OfficeId, RecordId, UserId},
    },
    server::{
        db::{
            Db, offices,
            testing::fresh,
            users::{self, Account, Standing},
        },
        exchange::{self, Answer, Caller},
    },
    sync::protocol::{Receipt, RequestEnvelope, Verdict},
};
use chrono::{DateTime, Utc};
use serde_json::value::{RawValue, to_raw_value};
use std::collections::BTreeMap;

/// Argon2 hash of "Przyklad-2026" takes too long for every test; those that sign in make one.
const NO_PASSWORD: &str = "-";

#[derive(Clone)]
pub struct TestOffice {
    pub db: Db,
    pub office: OfficeId,
    pub now: DateTime<Utc>,
    pub password_hash: String,
    people: BTreeMap<String, Caller>,
    families: BTreeMap<String, (FamilyId, RecordId)>,
}

impl TestOffice {
    /// An office with a manager, "Kira".
    pub async fn new(db: Db) -> Self {
        Self::with_password(db, NO_PASSWORD).await
    }

    /// An office whose people sign in with the password of this hash.
    pub async fn with_password(db: Db, hash: &str) -> Self {
        let office = OfficeId(fresh());
        let mut link = db.begin().await.unwrap();
        offices::add(&mut link, office, "OPS w Przykładowie", false).await.unwrap();
        link.commit().await.unwrap();
        let (people, families) = (BTreeMap::new(), BTreeMap::new());
        let empty = Self { db, office, now: morning(), password_hash: hash.into(), people, families };
        empty.with_person("Kira", Role::Manager).await
    }

    pub async fn with_assistant(self, name: &str) -> Self {
        self.with_person(name, Role::Assistant).await
    }

    pub async fn with_person(mut self, name: &str, role: Role) -> Self {
        let actor = Actor { user: UserId(fresh()), office: self.office, role };
        let papers = Some("2026-01-02".parse().unwrap());
        let standing = Standing { active: true, authorised_on: papers, secrecy_on: papers, authorised_until: None };
        let account = Account {
            actor: actor.clone(),
            login: format!("{}-{}", name.to_lowercase(), self.office),
            name: name.into(),
            password_hash: self.password_hash.clone(),
            standing,
        };
        let mut link = self.db.begin().await.unwrap();
        users::add(&mut link, &account).await.unwrap();
        link.commit().await.unwrap();
        self.people.insert(name.into(), Caller { actor, people_rev: 1 });
        self
    }

    /// A family with card and case, given to an assistant by the manager.
    pub async fn with_family(self, code: &str, assistant: &str) -> Self {
        self.with_family_of_worker(code, assistant, None).await
    }

    pub async fn with_family_of_worker(mut self, code: &str, assistant: &str, worker: Option<&str>) -> Self {
        let family = FamilyId(fresh());
        let worker = worker.map(|name| self.user(name));
        let case = making(RecordKind::Case, family, &case(self.user(assistant), worker));
        let case_record = case.record;
        let card = making(RecordKind::Family, family, &card(code, "Nowak"));
        self.lay("Kira", case).await;
        self.accept(assistant, card).await;
        self.families.insert(code.into(), (family, case_record));
        self
    }

    pub fn who(&self, name: &str) -> &Caller {
        &self.people[name]
    }

    pub fn user(&self, name: &str) -> UserId {
        self.who(name).actor.user
    }

    pub fn login(&self, name: &str) -> String {
        format!("{}-{}", name.to_lowercase(), self.office)
    }

    pub fn family(&self, code: &str) -> FamilyId {
        self.families[code].0
    }

    pub fn case(&self, code: &str) -> RecordId {
        self.families[code].1
    }

    pub fn phone(&self, name: &str) -> Phone {
        Phone::new(self, name)
    }

    /// Sends an intent as this person and expects it to be taken.
    pub async fn accept(&self, name: &str, intent: Intent) -> Change {
        let change = made(self.user(name), intent);
        let receipts = self.push(name, std::slice::from_ref(&change)).await;
        assert!(matches!(receipts[0].verdict, Verdict::Accepted { .. }), "{:?}", receipts[0].verdict);
        change
    }

    /// Lays a record into the office's books: what the story finds when it begins.
    pub async fn lay(&self, name: &str, intent: Intent) -> Change {
        let change = made(self.user(name), intent);
        let mut link = self.db.begin().await.unwrap();
        let last = offices::lock(&mut link, self.office).await.unwrap();
        let origin = exchange::Origin { device: DeviceId(fresh()), last, hand: Hand::Office, now: self.now };
        let raw = vec![to_raw_value(&change).unwrap()];
        let taken = exchange::take(&mut link, self.who(name), raw, origin).await.unwrap();
        assert!(!taken.is_refused(), "{:?}", taken.receipts);
        link.commit().await.unwrap();
        change
    }

    /// Sends changes as this person.
    pub async fn push(&self, name: &str, changes: &[Change]) -> Vec<Receipt> {
        let raw = changes.iter().map(|change| to_raw_value(change).unwrap()).collect();
        self.send(name, raw).await.receipts
    }

    /// Sends whatever this is as this person.
    pub async fn send(&self, name: &str, changes: Vec<Box<RawValue>>) -> Answer {
        let request = RequestEnvelope { changes, ..empty_request() };
        self.exchange(name, request).await
    }

    pub async fn exchange(&self, name: &str, request: RequestEnvelope) -> Answer {
        exchange::exchange(&self.db, self.who(name), request, self.now).await.unwrap()
    }
}

/// A device that asks for nothing in particular.
pub fn empty_request() -> RequestEnvelope {
    RequestEnvelope {
        device: DeviceId(fresh()),
        app: "test".into(),
        changes: Vec::new(),
        cursors: BTreeMap::new(),
        waiting: 0,
        oldest: None,
        people_tag: String::new(),
        book_tag: None,
        contents: Vec::new(),
        epoch: None,
        newest: None,
        compare: None,
        seal_key: None,
        about: None,
        failures: 0,
    }
}
