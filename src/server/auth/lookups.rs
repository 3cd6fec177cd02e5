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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            access::{Actor, Role},
            ids::{OfficeId, UserId},
        },
        server::db::{
            offices,
            testing::{fresh, on_each},
            users::{self, Account, Standing},
        },
    };
    use futures_util::future::join_all;

    const NOW: &str = "2026-11-20T08:00:00Z";

    /// A session of somebody new.
    async fn session(db: &Db, token: TokenHash) -> UserId {
        let actor = Actor { user: UserId(fresh()), office: OfficeId(fresh()), role: Role::Assistant };
        let (user, login) = (actor.user, actor.user.to_string());
        let mut link = db.begin().await.unwrap();
        offices::add(&mut link, actor.office, "OPS", false).await.unwrap();
        let (password_hash, standing) = ("-".into(), Standing::default());
        users::add(&mut link, &Account { actor, login, name: "Ala".into(), password_hash, standing }).await.unwrap();
        sessions::add(&mut link, &token, user, NOW.parse().unwrap()).await.unwrap();
        link.commit().await.unwrap();
        user
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn s01_each_of_a_crowd_gets_their_own_session_and_a_stranger_none() {
        on_each(async |db| {
            let lookups = Lookups::default();
            let tokens: Vec<TokenHash> = (0..8).map(|number| [number; 32]).collect();
            let users = [session(&db, tokens[0]).await, session(&db, tokens[1]).await];
            for _ in 0..3 {
                let asked = (0..200).map(|place| lookups.find(&db, tokens[place % tokens.len()]));
                for (place, found) in join_all(asked).await.into_iter().enumerate() {
                    let user = found.unwrap().map(|session| session.actor.user);
                    assert_eq!(user, users.get(place % tokens.len()).copied());
                }
            }
            let mut link = db.begin().await.unwrap();
            sessions::end(&mut link, &tokens[0]).await.unwrap();
            link.commit().await.unwrap();
            assert!(lookups.find(&db, tokens[0]).await.unwrap().is_none(), "it has ended: from now on");
            assert!(lookups.find(&db, tokens[1]).await.unwrap().is_some());
        })
        .await;
    }

    #[tokio::test]
    async fn a_database_that_is_gone_is_said_and_the_next_is_served() {
        on_each(async |db| {
            let lookups = Lookups::default();
            db.close().await;
            for _ in 0..2 {
                assert_eq!(lookups.find(&db, [1; 32]).await.unwrap_err(), NotRead);
            }
        })
        .await;
    }
}
