//! A phone with the real core of the app, without a network in between.

use super::office::TestOffice;
use crate::{
    domain::{
        change::{Change, Intent, Pen},
        ids::DeviceId,
    },
    server::{
        db::testing::fresh,
        exchange::{self, Caller},
    },
    sync::{
        protocol::{MAX_CHANGES, Request, RequestEnvelope, Response},
        replica::Replica,
    },
};
use chrono::{DateTime, Utc};

pub struct Phone {
    pub replica: Replica,
    pub caller: Caller,
    pub now: DateTime<Utc>,
}

impl Phone {
    pub fn new(office: &TestOffice, name: &str) -> Self {
        let caller = office.who(name).clone();
        Self { replica: Replica::new(caller.actor.user, DeviceId(fresh())), caller, now: office.now }
    }

    /// Writes into the outbox; gives the changes that it became.
    pub fn write(&mut self, intents: Vec<Intent>) -> Vec<Change> {
        let count = intents.len();
        let random = || fresh().as_bytes()[..10].try_into().unwrap();
        let pen = Pen { author: self.replica.me, now: self.now, offset: 60, random: &random };
        let writes = self.replica.intend(intents, None, &pen).unwrap();
        self.replica.absorb(writes);
        let waiting: Vec<_> = self.replica.outbox().cloned().collect();
        waiting[waiting.len() - count..].to_vec()
    }

    pub fn request(&self) -> Request {
        self.replica.request(MAX_CHANGES, "test")
    }

    /// Asks, and hands the answer over without taking it in.
    pub async fn ask(&self, office: &TestOffice, request: &Request) -> Response {
        let envelope = RequestEnvelope::of(request).unwrap();
        let answer = exchange::exchange(&office.db, &self.caller, envelope, office.now).await.unwrap();
        answer.read().unwrap()
    }

    pub fn settle(&mut self, answer: Response) {
        let writes = self.replica.settle(answer, self.now);
        self.replica.absorb(writes);
    }

    /// One exchange, settled.
    pub async fn sync(&mut self, office: &TestOffice) -> Response {
        let answer = self.ask(office, &self.request()).await;
        self.settle(answer.clone());
        answer
    }

    /// Exchanges until the office has no more.
    pub async fn sync_all(&mut self, office: &TestOffice) {
        while self.sync(office).await.more || self.replica.is_catching_up() {}
    }
}
