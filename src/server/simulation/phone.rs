//! One phone of a schedule: the real device core over a store in memory, held by a person who writes,
//! forgets, drops it and picks it up again.

use super::{office::Office, random::Random, wire::Wire};
use crate::{
    domain::{
        access::Actor,
        change::{Action, Edit, Intent, edits_between},
        codes::{Area, DueKind, EntryKind, TaskStatus},
        content::fingerprint,
        documents::{RecordKind, family_task, visit_card},
        files::{self, MediaType},
        form::{Answers, Key, Value},
        ids::{ChangeId, DeviceId, FamilyId, FileId, RecordId},
        record::{Record, Refusal},
        visit_draft::{self, Forms},
    },
    sync::{
        engine::{Device, Parts, StepError},
        memory::{Failure, MemoryStore},
        ports::{Clock, DeviceStore, ExchangeError, Local, Randomness, StoreError},
        replica::{Item, Write},
    },
};
use chrono::{DateTime, Duration, Utc};
use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
    rc::Rc,
    task::Poll,
};

/// A phone's clock: the office's, and wrong by so much.
struct PhoneClock {
    office: Rc<Office>,
    wrong_by: Cell<i64>,
}

impl Clock for PhoneClock {
    fn now(&self) -> DateTime<Utc> {
        self.office.now() + Duration::minutes(self.wrong_by.get())
    }

    fn offset_minutes(&self) -> i16 {
        60
    }
}

impl Randomness for Random {
    fn bytes(&self) -> [u8; 10] {
        Random::bytes(self)
    }
}

/// A store that notes which changes it was told to keep: what the person was promised.
struct LedgerStore {
    inner: MemoryStore,
    promised: RefCell<BTreeSet<ChangeId>>,
    promised_files: RefCell<BTreeSet<FileId>>,
}

impl DeviceStore for LedgerStore {
    fn load(&self) -> Local<'_, Result<Vec<Item>, StoreError>> {
        self.inner.load()
    }

    fn content(&self, file: FileId) -> Local<'_, Result<Option<Vec<u8>>, StoreError>> {
        self.inner.content(file)
    }

    fn contents(&self) -> Local<'_, Result<Vec<FileId>, StoreError>> {
        self.inner.contents()
    }

    fn commit(&self, writes: Vec<Write>) -> Local<'_, Result<(), StoreError>> {
        let made: Vec<ChangeId> = writes
            .iter()
            .filter_map(|write| match write {
                Write::Put(item) => match &**item {
                    Item::Waiting(waiting) => Some(waiting.change.id),
                    _ => None,
                },
                Write::Drop(_) | Write::PutContent(..) | Write::DropContent(_) => None,
            })
            .collect();
        let files: Vec<FileId> = writes
            .iter()
            .filter_map(|write| match write {
                Write::Put(item) => match &**item {
                    Item::Unsent(unsent) => Some(unsent.file),
                    _ => None,
                },
                _ => None,
            })
            .collect();
        Box::pin(async move {
            self.inner.commit(writes).await?;
            self.promised_files.borrow_mut().extend(files);
            self.promised.borrow_mut().extend(made);
            Ok(())
        })
    }
}

/// One phone.
pub struct Phone {
    pub actor: Actor,
    pub wire: Rc<Wire>,
    id: DeviceId,
    clock: Rc<PhoneClock>,
    store: Rc<LedgerStore>,
    random: Rc<Random>,
    device: RefCell<Rc<Device>>,
}

impl Phone {
    pub async fn new(office: Rc<Office>, actor: Actor, seed: u64) -> Result<Self, String> {
        let random = Rc::new(Random::new(seed));
        let wire = Rc::new(Wire::new(office.clone(), actor.clone(), seed ^ 0xABCD));
        let clock = Rc::new(PhoneClock { office, wrong_by: Cell::new(0) });
        let store = Rc::new(LedgerStore {
            inner: MemoryStore::default(),
            promised: RefCell::default(),
            promised_files: RefCell::default(),
        });
        let id = DeviceId(random.uuid());
        let device = open(&actor, id, &store, &wire, &clock, &random).await?;
        Ok(Self { actor, wire, id, clock, store, random, device: RefCell::new(Rc::new(device)) })
    }

    pub fn device(&self) -> Rc<Device> {
        self.device.borrow().clone()
    }

    /// Every file that the store said waits to be sent.
    pub fn promised_files(&self) -> BTreeSet<FileId> {
        self.store.promised_files.borrow().clone()
    }

    /// Every change that the store said it keeps.
    pub fn promised(&self) -> BTreeSet<ChangeId> {
        self.store.promised.borrow().clone()
    }

    /// The tab is killed and opened again: only what the store kept is there.
    pub async fn restart(&self) -> Result<(), String> {
        let device = open(&self.actor, self.id, &self.store, &self.wire, &self.clock, &self.random).await?;
        *self.device.borrow_mut() = Rc::new(device);
        Ok(())
    }

    /// The clock is set wrong, or right again.
    pub fn set_clock(&self, wrong_by_minutes: i64) {
        self.clock.wrong_by.set(wrong_by_minutes);
    }

    /// One round; whatever the network does, it ends.
    pub async fn sync(&self) -> Result<(), ExchangeError> {
        match self.device().round().await {
            Err(crate::sync::engine::RoundError::Exchange(error)) => Err(error),
            _ => Ok(()),
        }
    }

    /// A round during which the phone dies: its store stops answering at some commit.
    pub async fn sync_and_die(&self) -> Result<(), String> {
        let failure = if self.random.percent(50) { Failure::DiesAfter } else { Failure::DiesBefore };
        self.store.inner.fail_next(failure);
        self.until_stuck(async { drop(self.device().round().await) }).await;
        self.store.inner.forget_failure();
        // What was written without an answer counts as kept: the person may have seen it.
        self.restart().await
    }

    /// Runs work until it is done or waits for what never comes (a store that died).
    async fn until_stuck(&self, work: impl Future<Output = ()>) {
        let mut work = std::pin::pin!(work);
        let mut idle = 0;
        std::future::poll_fn(|context| match work.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(()),
            Poll::Pending if self.store.inner.has_died() && idle > 2 => Poll::Ready(()),
            Poll::Pending => {
                idle += u32::from(self.store.inner.has_died());
                if self.store.inner.has_died() {
                    context.waker().wake_by_ref();
                }
                Poll::Pending
            }
        })
        .await;
    }

    fn families(&self) -> Vec<FamilyId> {
        let device = self.device();
        let replica = device.replica();
        replica.records().map(|record| record.family).collect::<BTreeSet<_>>().into_iter().collect()
    }

    fn tasks(&self) -> Vec<Record> {
        self.of_kind(RecordKind::Task)
    }

    fn of_kind(&self, kind: RecordKind) -> Vec<Record> {
        let device = self.device();
        let replica = device.replica();
        replica.records().filter(|record| record.kind == kind).cloned().collect()
    }

    /// The person does one thing or another.
    pub async fn act(&self) -> Result<(), String> {
        let intents = match self.random.below(10) {
            0..=2 => self.new_task(),
            3 | 4 => self.new_visit().await,
            5 => self.settle(),
            6 => self.correct_visit(),
            _ => self.edit_task(),
        };
        let Some(intents) = intents else { return Ok(()) };
        if self.random.percent(5) {
            self.store.inner.fail_next(Failure::Full);
        }
        let done = self.device().step(|replica, pen| replica.intend(intents, None, pen)).await;
        match done {
            // No space: the person is told, and nothing was promised.
            Ok(()) | Err(StepError::Store(StoreError::Full)) => Ok(()),
            Err(StepError::Refused(Refusal::NoSuchRecord | Refusal::SettledAlready)) => Ok(()),
            Err(error) => Err(format!("a step on the phone failed: {error:?}")),
        }
    }

    fn words(&self) -> String {
        format!("słowa {:08x} o dzieciach", self.random.below(u64::from(u32::MAX)))
    }

    fn new_task(&self) -> Option<Vec<Intent>> {
        let family = *self.random.pick(&self.families())?;
        let task = Answers::default()
            .with(family_task::GIVEN_ON, "2026-03-01".parse().ok()?)
            .with(family_task::TASK, self.words())
            .with(family_task::BY_ASSISTANT, true)
            .with(family_task::AREA, Area::A10)
            .with(family_task::DUE_KIND, DueKind::NextMeeting)
            .with(family_task::STATUS, TaskStatus::Set);
        let action = Action::Write(edits_between(&Answers::default(), &task));
        Some(vec![Intent { record: RecordId(self.random.uuid()), kind: RecordKind::Task, family, form: 1, action }])
    }

    /// A visit with a new task and, if there is one, an earlier task checked: three changes of one moment.
    async fn new_visit(&self) -> Option<Vec<Intent>> {
        let photo = if self.random.percent(40) { Some(self.photo().await?) } else { None };
        let family = *self.random.pick(&self.families())?;
        let tasks: Vec<Record> = self.tasks().into_iter().filter(|task| task.family == family).take(1).collect();
        let device = self.device();
        device.with_pen(|pen| {
            let mut draft = visit_draft::begin(EntryKind::Visit, pen)
                .with(visit_card::DURATION, 45)
                .with(visit_card::PRESENT_OTHERS, "babcia".into())
                .with(visit_card::TASKS, ["T06_PARENTING".to_owned()].into())
                .with(visit_card::AREAS, ["A10".to_owned()].into())
                .with(visit_card::ACTIONS, self.words());
            let new = Answers::default().with(family_task::TASK, self.words()).with(family_task::BY_ASSISTANT, true);
            draft.put_row(visit_draft::NEW_TASKS, &pen.id().to_string(), new);
            if let Some((file, row)) = photo {
                draft.put_row("files", &file.to_string(), row);
            }
            for task in &tasks {
                let check = Answers::default().with(family_task::STATUS, TaskStatus::InProgress);
                draft.put_row(visit_draft::TASK_CHECKS, &task.id.to_string(), check);
            }
            let known: Vec<&Record> = tasks.iter().collect();
            let book = self.device().replica().book().clone();
            let forms = Forms { entry: book.newest_of(RecordKind::Visit), book: &book };
            let entry = visit_draft::Entry { record: RecordId(pen.id()), family, before: None, forms };
            visit_draft::finish(&draft, entry, &Default::default(), &known, pen).ok()
        })
    }

    /// A photo is taken: its bytes are kept at once, and its row goes into the draft.
    async fn photo(&self) -> Option<(FileId, Answers)> {
        let file = self.device().with_pen(|pen| FileId(pen.id()));
        let bytes = photo_of(file);
        let row = Answers::default()
            .with(files::MEDIA, MediaType::Jpeg)
            .with(files::BYTES, i64::try_from(bytes.len()).ok()?)
            .with(files::HASH, fingerprint(&bytes));
        let kept = self.device().step(|_, _| Ok::<_, Refusal>(vec![Write::PutContent(file, bytes)])).await;
        kept.ok().map(|()| (file, row))
    }

    /// Corrects an entry of one's own: its words, its length, or a task that was forgotten.
    fn correct_visit(&self) -> Option<Vec<Intent>> {
        let mut visits = self.of_kind(RecordKind::Visit);
        visits.retain(|visit| visit.made.by == self.actor.user);
        let visit = self.random.pick(&visits)?;
        let mut draft = visit.answers.clone();
        match self.random.below(3) {
            0 => draft.put(visit_card::DURATION, 30 + self.random.below(60) as i64),
            1 => {
                let new =
                    Answers::default().with(family_task::TASK, self.words()).with(family_task::BY_ASSISTANT, true);
                draft.put_row(visit_draft::NEW_TASKS, &self.random.uuid().to_string(), new);
            }
            _ => draft.put(visit_card::ACTIONS, self.words()),
        }
        let book = self.device().replica().book().clone();
        let forms = Forms { entry: book.form_of(visit), book: &book };
        let entry = visit_draft::Entry { record: visit.id, family: visit.family, before: Some(&visit.answers), forms };
        self.device().with_pen(|pen| visit_draft::finish(&draft, entry, &Default::default(), &[], pen).ok())
    }

    fn edit_task(&self) -> Option<Vec<Intent>> {
        const FREE: [Key<String>; 2] = [family_task::TASK, family_task::RHYTHM];
        let tasks = self.tasks();
        let task = self.random.pick(&tasks)?;
        let mut after = task.answers.clone();
        match self.random.below(4) {
            0 => {
                let mut who = after.get(family_task::WHO).unwrap_or_default();
                who.insert(self.random.uuid().to_string());
                after.put(family_task::WHO, who);
            }
            1 => {
                after.put(FREE[0], self.words());
                after.put(FREE[1], self.words());
            }
            field => after.put(FREE[(field % 2) as usize], self.words()),
        }
        let action = Action::Write(edits_between(&task.answers, &after));
        Some(vec![Intent { record: task.id, kind: RecordKind::Task, family: task.family, form: task.form, action }])
    }

    fn settle(&self) -> Option<Vec<Intent>> {
        let all = self.tasks().into_iter().chain(self.of_kind(RecordKind::Visit));
        let open: Vec<Record> = all.filter(|record| !record.disputes.is_empty()).collect();
        let record = self.random.pick(&open)?;
        let dispute = self.random.pick(&record.disputes)?;
        let before = record.answers.raw(&dispute.field).cloned();
        let after: Option<Value> = if self.random.percent(50) { dispute.value.clone() } else { before.clone() };
        let action =
            Action::Settle { field: dispute.field.clone(), of: dispute.stamp.change, edit: Edit { before, after } };
        Some(vec![Intent { record: record.id, kind: record.kind, family: record.family, form: record.form, action }])
    }
}

/// The bytes of a photo follow from its id: whoever knows it can tell whether they are all there.
pub fn photo_of(file: FileId) -> Vec<u8> {
    let mut bytes = vec![0xff, 0xd8, 0xff];
    bytes.extend(file.0.as_bytes().repeat(20));
    bytes
}

async fn open(
    actor: &Actor,
    id: DeviceId,
    store: &Rc<LedgerStore>,
    wire: &Rc<Wire>,
    clock: &Rc<PhoneClock>,
    random: &Rc<Random>,
) -> Result<Device, String> {
    let parts = Parts {
        store: store.clone(),
        remote: wire.clone(),
        clock: clock.clone(),
        random: random.clone(),
        app: "simulation".into(),
    };
    Device::open(actor.user, id, parts).await.map_err(|error| error.to_string())
}
