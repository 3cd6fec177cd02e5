//! The office of one schedule: its people, its families, its clock, and the manager's own deeds.

use super::random::Random;
use crate::{
    domain::{
        access::{Actor, Role},
        change::{Action, Change, Edit, edits_between},
        codes::{Basis, FamilyRole},
        decide::Hand,
        documents::{
            RecordKind,
            case_card::{self, Stage},
            family_card,
        },
        form::{Answers, Cell as _},
        ids::{ChangeId, DeviceId, FamilyId, FileId, OfficeId, RecordId, Rev, UserId},
    },
    server::{
        db::{Db, contents, offices, users},
        exchange::{Caller, Origin, exchange, take},
    },
    sync::{
        ports::ExchangeError,
        protocol::{Receipt, Request, RequestEnvelope, Response, Verdict},
    },
};
use chrono::{DateTime, Duration, Utc};
use serde_json::value::to_raw_value;
use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
};

/// One family and who has it now.
pub struct Family {
    pub id: FamilyId,
    pub name: String,
    pub case: RecordId,
    pub assistant: Cell<usize>,
    pub(super) case_rev: Cell<Rev>,
}

/// The office.
pub struct Office {
    pub(super) db: RefCell<Db>,
    pub random: Random,
    pub assistants: Vec<Actor>,
    pub families: Vec<Family>,
    manager: Actor,
    desk: DeviceId,
    now: Cell<DateTime<Utc>>,
    /// Whose account is locked: they are told to sign in, and nothing else.
    pub locked: [Cell<bool>; 2],
    /// Every receipt that ever left: none may be told differently later.
    pub(super) receipts: RefCell<BTreeMap<ChangeId, Receipt>>,
    complaint: RefCell<Option<String>>,
    /// What the manager knew when the copy was made: who has each family, on which revision of its case.
    pub(super) kept: RefCell<Option<Vec<(usize, Rev)>>>,
    pub(super) restores: Cell<u32>,
    /// What happened, in plain words; only where somebody wants to read it.
    story: Option<RefCell<Vec<String>>>,
    names: RefCell<BTreeMap<RecordId, usize>>,
}

impl Office {
    /// A new office with two assistants and a few families, kept by the same exchange as everything.
    pub async fn new(db: &Db, seed: u64, is_told: bool) -> Result<Self, String> {
        let random = Random::new(seed);
        let office = OfficeId(random.uuid());
        let person = |role| Actor { user: UserId(random.uuid()), office, role };
        let (manager, first, second) = (person(Role::Manager), person(Role::Assistant), person(Role::Assistant));
        let mut link = db.begin().await.map_err(|error| error.to_string())?;
        offices::add(&mut link, office, "Próbny", true).await.map_err(|error| error.to_string())?;
        for actor in [&manager, &first, &second] {
            let account = users::Account {
                actor: actor.clone(),
                login: format!("{}", actor.user),
                name: "Osoba Próbna".into(),
                password_hash: String::new(),
                standing: users::Standing::default(),
            };
            users::add(&mut link, &account).await.map_err(|error| error.to_string())?;
        }
        link.commit().await.map_err(|error| error.to_string())?;
        let now = "2026-03-02T08:00:00Z".parse().map_err(|_| "no such moment")?;
        let mut made = Self {
            db: RefCell::new(db.clone()),
            assistants: vec![first, second],
            families: Vec::new(),
            manager,
            desk: DeviceId(random.uuid()),
            now: Cell::new(now),
            locked: Default::default(),
            receipts: RefCell::default(),
            complaint: RefCell::default(),
            kept: RefCell::default(),
            restores: Cell::new(0),
            story: is_told.then(RefCell::default),
            names: RefCell::default(),
            random,
        };
        for number in 0..2 + made.random.below(2) {
            let family = made.found_family(number).await?;
            made.families.push(family);
        }
        Ok(made)
    }

    /// The office's clock; each look moves it a little.
    pub fn now(&self) -> DateTime<Utc> {
        self.now.set(self.now.get() + Duration::milliseconds(20));
        self.now.get()
    }

    /// Time passes.
    pub fn wait(&self, minutes: i64) {
        self.now.set(self.now.get() + Duration::minutes(minutes));
    }

    pub fn db(&self) -> Db {
        self.db.borrow().clone()
    }

    pub fn id(&self) -> OfficeId {
        self.manager.office
    }

    /// Goes on with the story.
    pub fn tell(&self, words: impl FnOnce() -> String) {
        if let Some(story) = &self.story {
            story.borrow_mut().push(words());
        }
    }

    /// The story so far.
    pub fn story(&self) -> Vec<String> {
        self.story.as_ref().map(|story| story.borrow().clone()).unwrap_or_default()
    }

    /// A record's name in the story.
    pub fn name_of(&self, record: RecordId) -> String {
        let mut names = self.names.borrow_mut();
        let next = names.len() + 1;
        format!("record {}", names.entry(record).or_insert(next))
    }

    /// What was seen to be wrong on the way.
    pub fn complaint(&self) -> Option<String> {
        self.complaint.borrow().clone()
    }

    /// The real exchange, as a phone's request reaches it.
    pub async fn answer(&self, actor: &Actor, request: &Request) -> Result<Response, ExchangeError> {
        let place = self.assistants.iter().position(|assistant| assistant == actor);
        if place.is_some_and(|place| self.locked[place].get()) {
            return Err(ExchangeError::SignedOut);
        }
        let envelope = RequestEnvelope::of(request).map_err(|_| ExchangeError::Malformed)?;
        let caller = Caller { actor: actor.clone(), people_rev: 1 };
        let (db, now) = (self.db(), self.now());
        let answer = exchange(&db, &caller, envelope, now).await.map_err(|error| {
            self.tell(|| format!("  the office cannot: {error}"));
            ExchangeError::Busy
        })?;
        let answer = answer.read().map_err(|_| ExchangeError::Malformed)?;
        self.remember(&answer.receipts);
        Ok(answer)
    }

    /// One answer per change, for ever the same (P2).
    fn remember(&self, receipts: &[Receipt]) {
        let mut known = self.receipts.borrow_mut();
        for receipt in receipts {
            self.tell(|| format!("  the office answers: {:?}", receipt.verdict));
            let first = known.entry(receipt.change).or_insert_with(|| receipt.clone());
            if first != receipt {
                *self.complaint.borrow_mut() = Some(format!("two answers to one change: {first:?} and {receipt:?}"));
            }
        }
    }

    /// The bytes of a file, as the office keeps them.
    pub async fn file(&self, file: FileId) -> Result<Option<Vec<u8>>, String> {
        let mut link = self.db().read().await.map_err(|error| error.to_string())?;
        contents::any(&mut link, self.manager.office, file).await.map_err(|error| error.to_string())
    }

    async fn found_family(&mut self, number: u64) -> Result<Family, String> {
        let (id, case) = (FamilyId(self.random.uuid()), RecordId(self.random.uuid()));
        let assistant = self.random.below(2) as usize;
        let case_answers = Answers::default()
            .with(case_card::STAGE, Stage::Cooperation)
            .with(case_card::BASIS, [Basis::Difficulties.code().to_owned()].into())
            .with(case_card::ASSISTANT, self.assistants[assistant].user);
        let mut card = Answers::default()
            .with(family_card::CODE, format!("R{number}"))
            .with(family_card::SURNAME, "Próbna".into())
            .with(family_card::LOCALITY, "Przykładowo".into());
        let member =
            Answers::default().with(family_card::FIRST_NAME, "Anna".into()).with(family_card::ROLE, FamilyRole::Mother);
        card.put_row(family_card::MEMBERS, &self.random.uuid().to_string(), member);
        // The file begins with the case; the manager may decide on both while they are not there yet.
        let case_rev =
            self.deed(case, RecordKind::Case, id, Rev::NONE, edits_between(&Answers::default(), &case_answers)).await?;
        Ok(Family {
            id,
            name: format!("R{number}"),
            case,
            assistant: Cell::new(assistant),
            case_rev: Cell::new(case_rev),
        })
    }

    /// The manager gives a family to the other assistant.
    pub async fn move_family(&self, family: &Family) -> Result<(), String> {
        let (from, to) = (family.assistant.get(), 1 - family.assistant.get());
        let edit =
            Edit { before: Some(self.assistants[from].user.write()), after: Some(self.assistants[to].user.write()) };
        let edits = [(case_card::ASSISTANT.name().to_owned(), edit)].into();
        let rev = self.deed(family.case, RecordKind::Case, family.id, family.case_rev.get(), edits).await?;
        family.case_rev.set(rev);
        family.assistant.set(to);
        self.tell(|| format!("the manager gives family {} to assistant {to}", family.name));
        Ok(())
    }

    async fn deed(
        &self,
        record: RecordId,
        kind: RecordKind,
        family: FamilyId,
        base: Rev,
        edits: BTreeMap<String, Edit>,
    ) -> Result<Rev, String> {
        let change = Change {
            id: ChangeId(self.random.uuid()),
            record,
            kind,
            family,
            base,
            after: None,
            action: Action::Write(edits),
            author: self.manager.user,
            at: self.now(),
            offset: 60,
            form: 1,
        };
        let raw = to_raw_value(&change).map_err(|error| error.to_string())?;
        let mut link = self.db().begin().await.map_err(|error| error.to_string())?;
        let last = offices::lock(&mut link, self.manager.office).await.map_err(|error| error.to_string())?;
        let caller = Caller { actor: self.manager.clone(), people_rev: 1 };
        let origin = Origin { device: self.desk, last, hand: Hand::Office, now: self.now() };
        let answer = take(&mut link, &caller, vec![raw], origin).await.map_err(|error| error.to_string())?;
        link.commit().await.map_err(|error| error.to_string())?;
        match answer.receipts.as_slice() {
            [Receipt { verdict: Verdict::Accepted { rev } | Verdict::Merged { rev }, .. }] => Ok(*rev),
            other => Err(format!("the manager's deed was answered by {other:?}")),
        }
    }
}
