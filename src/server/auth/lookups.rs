//! Looking up sessions. Every request does it, and always in the database: a session that was ended,
//! or an account that was switched off, is refused from the next request on. Requests that come while
//! a read is under way share the next one, which begins after they came.

use crate::server::db::{
    Db, DbResult,
    sessions::{self, Session, TokenHash},
};
use std::{
    collections::HashMap,
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::oneshot;

/// Most tokens of one read.
const MOST: usize = 64;

/// Those who wait for a session.
#[derive(Clone, Default)]
pub struct Lookups(Arc<Mutex<Hall>>);

#[derive(Default)]
struct Hall {
    waiting: Vec<Waiting>,
    /// Somebody reads, and will take care of those who come meanwhile.
    is_served: bool,
}

struct Waiting {
    token: TokenHash,
    answer: oneshot::Sender<Option<Session>>,
}

/// The read did not happen. Why stands in the log, once for all who waited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotRead;

impl Lookups {
    /// The session with this token, as it stands now.
    ///
    /// # Errors
    /// [`NotRead`] when the database does not answer.
    pub async fn find(&self, db: &Db, token: TokenHash) -> Result<Option<Session>, NotRead> {
        let (answer, heard) = oneshot::channel();
        if self.line_up(Waiting { token, answer }) {
            // A task of its own: whoever came first may leave, and the others still wait.
            tokio::spawn(Service { lookups: self.clone(), is_over: false }.work(db.clone()));
        }
        heard.await.map_err(|_| NotRead)
    }

    /// Says whether nobody serves yet.
    fn line_up(&self, waiting: Waiting) -> bool {
        let mut hall = self.hall();
        hall.waiting.push(waiting);
        !mem::replace(&mut hall.is_served, true)
    }

    /// Those whose turn it is. When nobody is there, the service ends in the same moment.
    fn next(&self) -> Vec<Waiting> {
        let mut hall = self.hall();
        let many = hall.waiting.len().min(MOST);
        let group: Vec<_> = hall.waiting.drain(..many).collect();
        hall.is_served = !group.is_empty();
        group
    }

    fn hall(&self) -> MutexGuard<'_, Hall> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Service {
    lookups: Lookups,
    is_over: bool,
}

impl Service {
    async fn work(mut self, db: Db) {
        loop {
            let group = self.lookups.next();
            if group.is_empty() {
                self.is_over = true;
                return;
            }
            answer(&db, group).await;
        }
    }
}

impl Drop for Service {
    /// After a panic nobody may wait for a service that does not exist any more.
    fn drop(&mut self) {
        if !self.is_over {
            *self.lookups.hall() = Hall::default();
        }
    }
}

async fn answer(db: &Db, group: Vec<Waiting>) {
    let tokens: Vec<TokenHash> = group.iter().map(|waiting| waiting.token).collect();
    match read(db, &tokens).await {
        Ok(found) => {
            for Waiting { token, answer } in group {
                // Whoever has gone does not hear it.
                drop(answer.send(found.get(&token).cloned()));
            }
        }
        // Dropped, and so heard as not read.
        Err(error) => tracing::error!(%error, "sessions could not be read"),
    }
}

async fn read(db: &Db, tokens: &[TokenHash]) -> DbResult<HashMap<TokenHash, Session>> {
    sessions::find_all(&mut db.read().await?, tokens).await
}
