//! The places at which the simulation takes hold: it ends work there as a killed process would, or lets somebody else
//! go first. Only places are counted, never polls of a future, so a seed tells the same story on every machine.
//!
//! Two pieces of work may go side by side; one of them goes on at a time, and hands over only where it holds no
//! transaction that writes.

use std::{
    cell::Cell,
    future::{Future, poll_fn},
    pin::pin,
    task::Poll,
};

/// A place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Point {
    /// The office is about to open the database.
    Begin,
    /// It is about to ask it something.
    Statement,
    /// It is about to commit, or has just done so.
    Commit,
    /// It has committed.
    Committed,
    /// A phone is about to ask the office, or has its answer.
    Phone,
    /// A phone is about to keep something, or has kept it: others wait for that, so nobody else can go first.
    Keep,
}

/// Whose work is cut short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// A phone's.
    Phone,
    /// The office's.
    Office,
}

impl Point {
    fn side(self) -> Side {
        match self {
            Point::Phone | Point::Keep => Side::Phone,
            Point::Begin | Point::Statement | Point::Commit | Point::Committed => Side::Office,
        }
    }

    fn may_hand_over(self) -> bool {
        matches!(self, Point::Begin | Point::Committed | Point::Phone)
    }
}

/// How the life of a piece of work goes on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Life {
    #[default]
    Whole,
    /// So many places are left to it.
    Counted(u64),
    Over,
}

thread_local! {
    /// Of both pieces of work: the phone's life and the office's.
    static LIVES: [[Cell<Life>; 2]; 2] = const { [const { [const { Cell::new(Life::Whole) }; 2] }; 2] };
    /// Which of the two goes on.
    static TURN: Cell<usize> = const { Cell::new(0) };
    /// What decides about handing over, while two go side by side.
    static COIN: Cell<Option<u64>> = const { Cell::new(None) };
}

fn life<T>(task: usize, side: Side, look: impl FnOnce(&Cell<Life>) -> T) -> T {
    LIVES.with(|lives| look(&lives[task][side as usize]))
}

/// Passes a place. Outside of the simulation it does nothing.
pub async fn pass(point: Point) {
    let mut arrived = None;
    poll_fn(move |_| {
        let task = TURN.get();
        let me = *arrived.get_or_insert_with(|| {
            count(task, point.side());
            // Whoever dies here hands nothing over: what outlives the dead work still has the turn.
            let dies = life(task, point.side(), Cell::get) == Life::Over;
            if point.may_hand_over() && !dies {
                toss();
            }
            task
        });
        let is_over = life(me, point.side(), Cell::get) == Life::Over;
        if is_over || TURN.get() != me { Poll::Pending } else { Poll::Ready(()) }
    })
    .await;
}

fn count(task: usize, side: Side) {
    life(task, side, |life| match life.get() {
        Life::Counted(0) => life.set(Life::Over),
        Life::Counted(left) => life.set(Life::Counted(left - 1)),
        Life::Whole | Life::Over => {}
    });
}

/// Lets the other one go on, half of the time.
fn toss() {
    let Some(state) = COIN.get() else { return };
    let next = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    COIN.set(Some(next));
    if (next >> 40) & 1 == 1 {
        TURN.set(1 - TURN.get());
    }
}

/// Lets work pass so many places and then drops it, as a process that is killed drops what it was doing.
pub async fn cut_after<T>(side: Side, places: u64, work: impl Future<Output = T>) -> Option<T> {
    let task = TURN.get();
    life(task, side, |life| life.set(Life::Counted(places)));
    let mut work = pin!(work);
    let done = poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending if life(task, side, Cell::get) == Life::Over => Poll::Ready(None),
        Poll::Pending => Poll::Pending,
    })
    .await;
    life(task, side, |life| life.set(Life::Whole));
    done
}

/// Does two pieces of work side by side; the seed decides at which places one lets the other go on.
pub async fn side_by_side(seed: u64, one: impl Future<Output = ()>, other: impl Future<Output = ()>) {
    let (mut one, mut other) = (pin!(one), pin!(other));
    let mut done = [false; 2];
    TURN.set(0);
    COIN.set(Some(seed));
    poll_fn(|context| {
        loop {
            let turn = TURN.get();
            let polled = if turn == 0 { one.as_mut().poll(context) } else { other.as_mut().poll(context) };
            if polled.is_ready() {
                done[turn] = true;
                // Nobody is left to hand over to.
                COIN.set(None);
                TURN.set(1 - turn);
            } else if TURN.get() == turn {
                return Poll::Pending;
            }
            if done == [true; 2] {
                return Poll::Ready(());
            }
        }
    })
    .await;
    TURN.set(0);
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    async fn walk(name: &str, said: &RefCell<Vec<String>>) {
        for step in 0..4 {
            pass(Point::Begin).await;
            said.borrow_mut().push(format!("{name}{step}"));
        }
    }

    #[tokio::test]
    async fn work_is_cut_at_the_place_that_was_said() {
        let said = RefCell::new(Vec::new());
        assert_eq!(cut_after(Side::Office, 2, walk("a", &said)).await, None);
        assert_eq!(*said.borrow(), ["a0", "a1"]);
        assert_eq!(cut_after(Side::Phone, 2, walk("b", &said)).await, Some(()));
        assert_eq!(said.borrow().len(), 6, "the office's places do not count for a phone");
    }

    #[tokio::test]
    async fn two_go_side_by_side_in_an_order_that_follows_from_the_seed() {
        let mut orders = std::collections::BTreeSet::new();
        for seed in 0..20 {
            let tell = async || {
                let said = RefCell::new(Vec::new());
                side_by_side(seed, walk("a", &said), walk("b", &said)).await;
                said.into_inner()
            };
            let order = tell().await;
            assert_eq!(order.len(), 8);
            assert_eq!(order, tell().await);
            orders.insert(order);
        }
        assert!(orders.len() > 5, "{orders:?}");
    }
}
