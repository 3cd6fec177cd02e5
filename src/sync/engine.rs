//! One person's device at work: each step is decided on the replica, kept by the store, then shown;
//! rounds bring the outbox to the office and news back.

use super::{
    ports::{Clock, DeviceStore, ExchangeError, Randomness, Remote, StoreError},
    protocol::{About, Base64, Content, MAX_CHANGES, Response, Taken},
    replica::{Replica, Write},
};
use crate::domain::{
    change::Pen,
    ids::{DeviceId, FileId, UserId},
};
use futures_util::lock::Mutex;
use std::{
    cell::{Cell, Ref, RefCell},
    collections::BTreeSet,
    rc::Rc,
};

/// What a device is built of.
pub struct Parts {
    /// Keeps the items.
    pub store: Rc<dyn DeviceStore>,
    /// Reaches the office.
    pub remote: Rc<dyn Remote>,
    /// Tells the time.
    pub clock: Rc<dyn Clock>,
    /// Makes ids unforeseeable.
    pub random: Rc<dyn Randomness>,
    /// Version of the app, for the manager's board.
    pub app: String,
}

/// How the exchange with the office stands (P9).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Exchange {
    /// Nothing is being exchanged.
    #[default]
    Quiet,
    /// A round is on its way: records fetched so far.
    Running(usize),
    /// The last round failed; the outbox is as it was.
    Failed(ExchangeError),
}

/// What a listener is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// What the device holds, and pages show. How the exchange stands may have changed with it.
    Held,
    /// How the exchange stands, and nothing else.
    Standing,
}

type Listener = Box<dyn Fn(Changed)>;

/// Why a step did not happen.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StepError<E> {
    /// The step itself says no.
    #[error("{0}")]
    Refused(E),
    /// The store could not keep it.
    #[error("{0}")]
    Store(#[from] StoreError),
}

/// Why a round ended early.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RoundError {
    /// The exchange brought nothing.
    #[error("{0}")]
    Exchange(#[from] ExchangeError),
    /// The store could not keep what came.
    #[error("{0}")]
    Store(#[from] StoreError),
}

/// One person's device.
pub struct Device {
    parts: Parts,
    replica: RefCell<Replica>,
    exchange: RefCell<Exchange>,
    /// Steps follow one another: decided on the newest state, absorbed before the next one.
    gate: Mutex<()>,
    running: Cell<bool>,
    limit: Cell<usize>,
    /// What this device says of itself, until the office has heard it.
    about: RefCell<Option<About>>,
    /// Rounds that failed since the last that came through.
    failures: Cell<u32>,
    changed: RefCell<Option<Listener>>,
}

impl Device {
    /// Opens a person's device from its store.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn open(me: UserId, device: DeviceId, parts: Parts) -> Result<Self, StoreError> {
        let items = parts.store.load().await?;
        let replica = Replica::open(me, device, items);
        // Photos of drafts that were thrown away, and of families that moved: nobody will ask for them.
        let strays = replica.strays(&parts.store.contents().await?, parts.clock.now());
        if !strays.is_empty() {
            parts.store.commit(strays).await?;
        }
        Ok(Self {
            parts,
            replica: RefCell::new(replica),
            exchange: RefCell::default(),
            gate: Mutex::new(()),
            running: Cell::new(false),
            limit: Cell::new(MAX_CHANGES),
            about: RefCell::default(),
            failures: Cell::new(0),
            changed: RefCell::new(None),
        })
    }

    /// Whom to tell when something changed.
    pub fn on_change(&self, listener: impl Fn(Changed) + 'static) {
        *self.changed.borrow_mut() = Some(Box::new(listener));
    }

    /// What to tell the office of this device, at the next exchange.
    pub fn introduce(&self, about: About) {
        *self.about.borrow_mut() = Some(about);
    }

    /// What the device holds. Do not keep it over an `await`.
    pub fn replica(&self) -> Ref<'_, Replica> {
        self.replica.borrow()
    }

    /// How the exchange stands.
    pub fn exchange(&self) -> Exchange {
        self.exchange.borrow().clone()
    }

    /// A pen for this moment and person.
    pub fn with_pen<T>(&self, write: impl FnOnce(&Pen<'_>) -> T) -> T {
        let random = || self.parts.random.bytes();
        write(&Pen {
            author: self.replica.borrow().me,
            now: self.parts.clock.now(),
            offset: self.parts.clock.offset_minutes(),
            random: &random,
        })
    }

    /// One step: decided on the replica, kept durably, then absorbed and shown.
    ///
    /// # Errors
    /// The step's own refusal, or the store's failure; then nothing happened.
    pub async fn step<E>(
        &self,
        decide: impl FnOnce(&Replica, &Pen<'_>) -> Result<Vec<Write>, E>,
    ) -> Result<(), StepError<E>> {
        let _turn = self.gate.lock().await;
        let writes = self.with_pen(|pen| decide(&self.replica.borrow(), pen)).map_err(StepError::Refused)?;
        self.keep(writes).await?;
        Ok(())
    }

    async fn keep(&self, writes: Vec<Write>) -> Result<(), StoreError> {
        if !writes.is_empty() {
            self.parts.store.commit(writes.clone()).await?;
            let shows = writes.iter().any(|write| self.replica.borrow().shows(write));
            self.replica.borrow_mut().absorb(writes);
            self.tell(if shows { Changed::Held } else { Changed::Standing });
        }
        Ok(())
    }

    fn tell(&self, changed: Changed) {
        if let Some(listener) = &*self.changed.borrow() {
            listener(changed);
        }
    }

    fn set_exchange(&self, exchange: Exchange) {
        *self.exchange.borrow_mut() = exchange;
        self.tell(Changed::Standing);
    }

    /// Sends what waits and fetches what is new, until neither side has more. A second call while
    /// one runs does nothing.
    ///
    /// # Errors
    /// Why the round ended early; the outbox keeps whatever has no stored receipt (P1).
    pub async fn round(&self) -> Result<(), RoundError> {
        if self.running.replace(true) {
            return Ok(());
        }
        let _running = Running(&self.running);
        self.set_exchange(Exchange::Running(0));
        let outcome = self.exchanges().await;
        self.failures.set(if outcome.is_ok() { 0 } else { self.failures.get().saturating_add(1) });
        self.set_exchange(match &outcome {
            Err(RoundError::Exchange(error)) => Exchange::Failed(error.clone()),
            _ => Exchange::Quiet,
        });
        outcome
    }

    async fn exchanges(&self) -> Result<(), RoundError> {
        let mut fetched = 0;
        // Files that the office cannot take yet: not asked about again in this round.
        let mut put_off = BTreeSet::new();
        loop {
            let mut request = self.replica.borrow().request(self.limit.get(), &self.parts.app);
            let caught_up = !self.replica.borrow().is_catching_up();
            if request.changes.is_empty() && caught_up {
                request.contents.extend(self.next_content(&mut put_off).await?);
            }
            request.about = self.about.borrow().clone();
            request.failures = self.failures.get();
            let response = match self.parts.remote.exchange(&request).await {
                Err(ExchangeError::TooLarge) if request.changes.len() > 1 => {
                    self.limit.set(request.changes.len() / 2);
                    continue;
                }
                Err(ExchangeError::TooLarge) if !request.contents.is_empty() => {
                    put_off.extend(request.contents.iter().map(|content| content.file));
                    continue;
                }
                other => other?,
            };
            // Unless something newer was to be said meanwhile.
            self.about.borrow_mut().take_if(|about| Some(&*about) == request.about.as_ref());
            self.limit.set((self.limit.get() * 2).min(MAX_CHANGES));
            fetched += response.records.len();
            let kept = response.contents.iter().filter(|receipt| receipt.taken != Taken::Unknown).count();
            let unknown = response.contents.iter().filter(|receipt| receipt.taken == Taken::Unknown);
            put_off.extend(unknown.map(|receipt| receipt.file));
            let forgets = !response.forget.is_empty();
            let (decided, more) = (response.receipts.len() + kept, response.more);
            self.settle(response).await?;
            if forgets {
                self.forget_strays().await?;
            }
            self.set_exchange(Exchange::Running(fetched));
            let waiting = self.replica.borrow().waiting();
            let goes_on = more || !caught_up || self.replica.borrow().is_catching_up();
            if !goes_on && (waiting == 0 || decided == 0) {
                return Ok(());
            }
        }
    }

    /// The next file to send, with its bytes.
    async fn next_content(&self, put_off: &mut BTreeSet<FileId>) -> Result<Option<Content>, StoreError> {
        let Some(unsent) = self.replica.borrow().next_file(put_off) else { return Ok(None) };
        let bytes = self.parts.store.content(unsent.file).await?;
        // Bytes that the browser has lost cannot be sent; the entry goes on saying that they wait.
        if bytes.is_none() {
            put_off.insert(unsent.file);
        }
        Ok(bytes.map(|bytes| Content { record: unsent.record, file: unsent.file, bytes: Base64(bytes) }))
    }

    async fn forget_strays(&self) -> Result<(), StoreError> {
        let here = self.parts.store.contents().await?;
        let strays = self.replica.borrow().strays(&here, self.parts.clock.now());
        self.keep(strays).await
    }

    /// The bytes of a file, if they are on this device.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn content(&self, file: FileId) -> Result<Option<Vec<u8>>, StoreError> {
        self.parts.store.content(file).await
    }

    async fn settle(&self, response: Response) -> Result<(), StoreError> {
        let _turn = self.gate.lock().await;
        let writes = self.replica.borrow().settle(response, self.parts.clock.now());
        self.keep(writes).await
    }
}

/// Ends a round also when its future is dropped in the middle.
struct Running<'a>(&'a Cell<bool>);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.set(false);
    }
}

/// Seconds to wait before the next try after so many failures: 1, 2, 4 … 256, then 300, with up
/// to a quarter more by chance (`jitter` from 0 to 255), so that phones do not knock together (P11).
pub fn back_off_seconds(failures: u32, jitter: u8) -> f64 {
    let base = match failures {
        0..=8 => f64::from(1u32 << failures),
        _ => 300.0,
    };
    base * (1.0 + f64::from(jitter) / 1020.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_grows_to_five_minutes() {
        let waits: Vec<_> = (0..11).map(|failures| back_off_seconds(failures, 0)).collect();
        assert_eq!(waits, [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 300.0, 300.0]);
        assert_eq!(back_off_seconds(9, 255), 375.0);
    }
}
