//! Requests that have something to decide wait in line, office by office. Those that come while a
//! transaction is under way share the next one: one turn of the office, one fsync.

use super::{Answer, ExchangeFailure, Job, together};
use crate::{domain::ids::OfficeId, server::db::Db, sync::protocol::MAX_CHANGES};
use std::{
    collections::{HashMap, VecDeque},
    slice,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::oneshot;

/// Most requests in one transaction: their answers are held until it is durable.
const MOST: usize = 16;
/// A transaction takes no further request beyond so many changes: whoever waits for the next one must
/// not wait long.
const ENOUGH: usize = 2 * MAX_CHANGES;

/// The lines of all offices. An office stands here while somebody works for it.
#[derive(Clone, Default)]
pub struct Queue(Arc<Mutex<HashMap<OfficeId, VecDeque<Waiting>>>>);

struct Waiting {
    job: Job,
    answer: oneshot::Sender<Result<Answer, ExchangeFailure>>,
}

impl Queue {
    /// Waits for the decision of a request. It is made even when nobody waits for it any more: others
    /// may stand in the same transaction.
    ///
    /// # Errors
    /// [`ExchangeFailure`]; then nothing was decided.
    pub async fn decide(&self, db: &Db, job: Job) -> Result<Answer, ExchangeFailure> {
        let office = job.caller.actor.office;
        let (answer, heard) = oneshot::channel();
        if self.line_up(office, Waiting { job, answer }) {
            let shift = Shift { queue: self.clone(), office, is_over: false };
            tokio::spawn(shift.work(db.clone()));
        }
        heard.await.unwrap_or(Err(ExchangeFailure::BrokenOff))
    }

    /// Says whether nobody works for this office yet.
    fn line_up(&self, office: OfficeId, waiting: Waiting) -> bool {
        let mut lines = self.lines();
        let is_first = !lines.contains_key(&office);
        lines.entry(office).or_default().push_back(waiting);
        is_first
    }

    /// Those whose turn it is; nobody when the line is empty, and then the office has left the hall.
    fn next(&self, office: OfficeId) -> Vec<Waiting> {
        let mut lines = self.lines();
        let Some(line) = lines.get_mut(&office) else { return Vec::new() };
        let (mut group, mut changes) = (Vec::new(), 0);
        while group.len() < MOST && changes < ENOUGH {
            let Some(waiting) = line.pop_front() else { break };
            changes += waiting.job.asked.len();
            group.push(waiting);
        }
        if group.is_empty() {
            lines.remove(&office);
        }
        group
    }

    fn lines(&self) -> MutexGuard<'_, HashMap<OfficeId, VecDeque<Waiting>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Somebody works for an office until nobody waits any more.
struct Shift {
    queue: Queue,
    office: OfficeId,
    is_over: bool,
}

impl Shift {
    async fn work(mut self, db: Db) {
        loop {
            let group = self.queue.next(self.office);
            if group.is_empty() {
                self.is_over = true;
                return;
            }
            decide(&db, group).await;
        }
    }
}

impl Drop for Shift {
    /// A shift that ended in a panic must not leave the others waiting: they hear that nobody
    /// answers, their devices ask again, and the next request begins a new shift.
    fn drop(&mut self) {
        if !self.is_over {
            self.queue.lines().remove(&self.office);
        }
    }
}

async fn decide(db: &Db, group: Vec<Waiting>) {
    let (jobs, listeners): (Vec<_>, Vec<_>) = group.into_iter().map(|waiting| (waiting.job, waiting.answer)).unzip();
    match together::decide(db, &jobs).await {
        Ok(answers) => {
            for (answer, listener) in answers.into_iter().zip(listeners) {
                tell(listener, Ok(answer));
            }
        }
        Err(error) if jobs.len() <= 1 => {
            // There is one at most.
            if let Some(listener) = listeners.into_iter().next() {
                tell(listener, Err(error.into()));
            }
        }
        Err(_) => {
            // What one of them cannot have must not be kept from the others.
            for (job, listener) in jobs.iter().zip(listeners) {
                tell(listener, alone(db, job).await);
            }
        }
    }
}

async fn alone(db: &Db, job: &Job) -> Result<Answer, ExchangeFailure> {
    let answers = together::decide(db, slice::from_ref(job)).await?;
    answers.into_iter().next().ok_or(ExchangeFailure::BrokenOff)
}

fn tell(listener: oneshot::Sender<Result<Answer, ExchangeFailure>>, answer: Result<Answer, ExchangeFailure>) {
    // Whoever has gone meanwhile asks again and gets the receipts that stand.
    drop(listener.send(answer));
}
