//! One phone of a schedule: the real device core over a store in memory. What its person does stands in `person`.

use super::{
    office::Office,
    random::Random,
    store::{LedgerStore, PhoneClock},
    wire::Wire,
};
use crate::{
    domain::{
        access::Actor,
        documents::RecordKind,
        ids::{ChangeId, DeviceId, FamilyId, FileId},
        record::Record,
    },
    server::db::points::{Side, cut_after},
    sync::{
        engine::{Device, Parts, RoundError},
        memory::Failure,
    },
};
use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
    rc::Rc,
    task::Poll,
};

/// One phone.
pub struct Phone {
    pub name: String,
    pub actor: Actor,
    pub wire: Rc<Wire>,
    pub store: Rc<LedgerStore>,
    pub random: Rc<Random>,
    pub office: Rc<Office>,
    id: DeviceId,
    clock: Rc<PhoneClock>,
    device: RefCell<Rc<Device>>,
}

impl Phone {
    pub async fn new(office: Rc<Office>, actor: Actor, name: &str, seed: u64) -> Result<Self, String> {
        let random = Rc::new(Random::new(seed));
        let wire = Rc::new(Wire::new(office.clone(), actor.clone(), seed ^ 0xABCD));
        let clock = PhoneClock { office: office.clone(), wrong_by: Cell::new(0), offset: Cell::new(60) };
        let (clock, store) = (Rc::new(clock), Rc::new(LedgerStore::default()));
        let id = DeviceId(random.uuid());
        let device = RefCell::new(Rc::new(open(&actor, id, &store, &wire, &clock, &random).await?));
        Ok(Self { name: name.to_owned(), actor, wire, store, random, office, id, clock, device })
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

    /// What happens from here on follows from this seed, whatever happened before.
    pub fn reseed(&self, seed: u64) {
        self.random.restart(seed);
        self.wire.reseed(seed ^ 0xABCD);
    }

    /// The tab is killed and opened again: only what the store kept is there.
    pub async fn restart(&self) -> Result<(), String> {
        self.store.inner.forget_failure();
        let device = open(&self.actor, self.id, &self.store, &self.wire, &self.clock, &self.random).await?;
        *self.device.borrow_mut() = Rc::new(device);
        Ok(())
    }

    /// The clock is set wrong, or right again.
    pub fn set_clock(&self, wrong_by_minutes: i64, offset: i16) {
        self.clock.wrong_by.set(wrong_by_minutes);
        self.clock.offset.set(offset);
    }

    /// One round; whatever the network does, it ends.
    pub async fn sync(&self) -> Result<(), RoundError> {
        let ended = self.device().round().await;
        self.office.tell(|| match &ended {
            Ok(()) => format!("{}: the round is over, {} wait", self.name, self.waiting()),
            Err(error) => format!("{}: the round ends early ({error:?}), {} wait", self.name, self.waiting()),
        });
        ended
    }

    pub fn waiting(&self) -> usize {
        self.device().replica().waiting()
    }

    /// A round during which the phone dies: at some place of its work, or while its store writes.
    pub async fn sync_and_die(&self) -> Result<(), String> {
        if self.random.percent(50) {
            let places = self.random.below(8);
            let device = self.device();
            let cut = cut_after(Side::Phone, places, device.round()).await.is_none();
            self.office.tell(|| format!("{}: dies at place {places} of a round: {cut}", self.name));
        } else {
            let failure = if self.random.percent(50) { Failure::DiesAfter } else { Failure::DiesBefore };
            self.store.inner.fail_next(failure);
            self.until_dead(async { drop(self.device().round().await) }).await;
            self.office.tell(|| format!("{}: {failure:?}: dies while it stores an answer", self.name));
        }
        // What was written without an answer counts as kept: the person may have seen it.
        self.restart().await
    }

    /// Runs work until it is done or waits for what never comes (a store that died).
    pub async fn until_dead(&self, work: impl Future<Output = ()>) {
        let mut work = std::pin::pin!(work);
        std::future::poll_fn(|context| match work.as_mut().poll(context) {
            Poll::Pending if !self.store.inner.has_died() => Poll::Pending,
            _ => Poll::Ready(()),
        })
        .await;
    }

    pub fn families(&self) -> Vec<FamilyId> {
        let device = self.device();
        let replica = device.replica();
        replica.records().map(|record| record.family).collect::<BTreeSet<_>>().into_iter().collect()
    }

    pub fn of_kind(&self, kind: RecordKind) -> Vec<Record> {
        let device = self.device();
        let replica = device.replica();
        replica.records().filter(|record| record.kind == kind).cloned().collect()
    }
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
