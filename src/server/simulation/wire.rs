//! The network between a phone and the office, with everything that networks do.

use super::{office::Office, random::Random};
use crate::{
    domain::access::Actor,
    server::db::points::{Point, Side, cut_after, pass},
    sync::{
        ports::{ExchangeError, Local, Remote},
        protocol::{Request, Response},
    },
};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

/// Places of an exchange in the office; whoever dies later dies after the answer.
const PLACES: u64 = 40;

/// A phone's way to the office.
pub struct Wire {
    office: Rc<Office>,
    actor: Actor,
    random: Random,
    /// Do faults happen?
    pub faulty: Cell<bool>,
    /// Is the app of before the last release? It says less, and understands less.
    pub is_old: Cell<bool>,
    /// Requests that the network still holds: they arrive late, and their answers reach nobody.
    late: RefCell<Vec<Request>>,
}

/// What happens to one request.
#[derive(Debug)]
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
    /// Its later part overtakes the whole.
    Overtaken,
    /// The office dies while it works on it.
    OfficeDies,
    /// A busy office, a stranger's answer, a session that ended.
    Refused(ExchangeError),
}

impl Wire {
    pub fn new(office: Rc<Office>, actor: Actor, seed: u64) -> Self {
        let (random, faulty, is_old) = (Random::new(seed), Cell::new(true), Cell::new(false));
        Self { office, actor, random, faulty, is_old, late: RefCell::default() }
    }

    pub fn reseed(&self, seed: u64) {
        self.random.restart(seed);
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
            14 => Fate::Overtaken,
            _ => Fate::Arrives,
        }
    }

    async fn send(&self, request: &Request) -> Result<Response, ExchangeError> {
        if !self.is_old.get() {
            return self.office.answer(&self.actor, request).await;
        }
        let request = Request { epoch: None, newest: None, compare: None, ..request.clone() };
        let answer = self.office.answer(&self.actor, &request).await?;
        Ok(Response { epoch: None, lost: None, ..answer })
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

    async fn carry(&self, request: &Request) -> Result<Response, ExchangeError> {
        let fate = self.fate();
        self.office.tell(|| format!("  the network: {fate:?}, with {} changes", request.changes.len()));
        match fate {
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
            Fate::Overtaken => {
                drop(self.send(&later_part(request)).await);
                self.send(request).await
            }
            Fate::OfficeDies => {
                let places = self.random.below(PLACES);
                let cut = cut_after(Side::Office, places, self.send(request)).await.is_none();
                self.office.tell(|| format!("  the office dies at place {places}: {cut}"));
                // It may have been done before the end came; the answer went down with it.
                Err(ExchangeError::Offline)
            }
            Fate::Refused(error) => Err(error),
        }
    }
}

/// Only what follows another change: the office must put it off.
fn later_part(request: &Request) -> Request {
    let mut later = request.clone();
    later.changes.retain(|change| change.after.is_some());
    later.changes.reverse();
    later
}

impl Remote for Wire {
    fn exchange<'a>(&'a self, request: &'a Request) -> Local<'a, Result<Response, ExchangeError>> {
        Box::pin(async move {
            pass(Point::Phone).await;
            let answer = self.carry(request).await;
            pass(Point::Phone).await;
            answer
        })
    }
}
