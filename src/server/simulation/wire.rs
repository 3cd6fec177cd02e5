//! The network between a phone and the office, with everything that networks do.

use super::{office::Office, random::Random};
use crate::{
    domain::access::Actor,
    sync::{
        ports::{ExchangeError, Local, Remote},
        protocol::{Request, Response},
    },
};
use std::{
    cell::{Cell, RefCell},
    future::{Future, poll_fn},
    pin::pin,
    rc::Rc,
    task::Poll,
};

/// A phone's way to the office.
pub struct Wire {
    office: Rc<Office>,
    actor: Actor,
    random: Random,
    /// Do faults happen?
    pub faulty: Cell<bool>,
    /// Requests that the network still holds: they arrive late, and their answers reach nobody.
    late: RefCell<Vec<Request>>,
}

/// What happens to one request.
enum Fate {
    Arrives,
    /// The request is lost.
    Lost,
    /// It arrives, its answer is lost.
    AnswerLost,
    /// It arrives twice; the second answer comes through.
    Twice,
    /// It arrives later, out of order; the phone has given up by then.
    Late,
    /// The office dies while it works on it.
    OfficeDies,
    /// A busy office, a stranger's answer, a session that ended.
    Refused(ExchangeError),
}

impl Wire {
    pub fn new(office: Rc<Office>, actor: Actor, seed: u64) -> Self {
        Self { office, actor, random: Random::new(seed), faulty: Cell::new(true), late: RefCell::default() }
    }

    fn fate(&self) -> Fate {
        if !self.faulty.get() {
            return Fate::Arrives;
        }
        match self.random.below(20) {
            0 | 1 => Fate::Lost,
            2..=4 => Fate::AnswerLost,
            5 | 6 => Fate::Twice,
            7 | 8 => Fate::Late,
            9 | 10 => Fate::OfficeDies,
            11 => Fate::Refused(ExchangeError::Malformed),
            12 => Fate::Refused(ExchangeError::TooLarge),
            13 => Fate::Refused(ExchangeError::SignedOut),
            _ => Fate::Arrives,
        }
    }

    async fn send(&self, request: &Request) -> Result<Response, ExchangeError> {
        self.office.answer(&self.actor, request).await.map_err(|_| ExchangeError::Busy)
    }

    /// What the network held arrives now, in any order.
    pub async fn deliver_late(&self) {
        loop {
            let next = {
                let mut late = self.late.borrow_mut();
                let place = self.random.below(late.len() as u64) as usize;
                (!late.is_empty()).then(|| late.swap_remove(place))
            };
            let Some(request) = next else { return };
            // Whatever the office says now, nobody hears it.
            drop(self.send(&request).await);
        }
    }
}

impl Remote for Wire {
    fn exchange<'a>(&'a self, request: &'a Request) -> Local<'a, Result<Response, ExchangeError>> {
        Box::pin(async move {
            match self.fate() {
                Fate::Arrives => self.send(request).await,
                Fate::Lost => Err(ExchangeError::Offline),
                Fate::AnswerLost => {
                    drop(self.send(request).await);
                    Err(ExchangeError::Offline)
                }
                Fate::Twice => {
                    drop(self.send(request).await);
                    self.send(request).await
                }
                Fate::Late => {
                    self.late.borrow_mut().push(request.clone());
                    Err(ExchangeError::Offline)
                }
                Fate::OfficeDies => {
                    let steps = self.random.below(24);
                    match cut_short(self.send(request), steps).await {
                        // It was done before the end came; the answer went down with it.
                        Some(_) | None => Err(ExchangeError::Offline),
                    }
                }
                Fate::Refused(error) => Err(error),
            }
        })
    }
}

/// Lets a future take so many steps and then drops it, as a killed process drops what it was doing.
async fn cut_short<T>(work: impl Future<Output = T>, steps: u64) -> Option<T> {
    let mut work = pin!(work);
    let mut left = steps;
    poll_fn(move |context| match work.as_mut().poll(context) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending if left == 0 => Poll::Ready(None),
        Poll::Pending => {
            left -= 1;
            Poll::Pending
        }
    })
    .await
}
