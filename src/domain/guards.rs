//! The guards that keep work from being lost, by name, so that tests can take one away and see that the simulation
//! notices. In the program itself every guard stands: there is no switch.

/// A guard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// A change that was decided before is answered again, not decided again.
    Idempotency,
    /// A change counts as made on the standing version only when its author saw that version.
    BaseVersion,
    /// A field is written only over the value that its author saw.
    SeenValue,
    /// A change that follows another is decided after it.
    Order,
    /// A change leaves the outbox only with its receipt.
    ReceiptFirst,
}

/// Does this guard stand?
#[cfg(not(test))]
#[inline(always)]
pub(crate) const fn stands(_guard: Guard) -> bool {
    true
}

#[cfg(test)]
pub(crate) use switch::{stands, without};

#[cfg(test)]
mod switch {
    use super::Guard;
    use std::cell::Cell;

    thread_local! {
        static DOWN: Cell<Option<Guard>> = const { Cell::new(None) };
    }

    /// Does this guard stand on this thread?
    pub fn stands(guard: Guard) -> bool {
        DOWN.get() != Some(guard)
    }

    /// Does something without a guard.
    pub fn without<T>(guard: Guard, work: impl FnOnce() -> T) -> T {
        DOWN.set(Some(guard));
        let done = work();
        DOWN.set(None);
        done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guard_is_down_only_while_that_is_asked_for() {
        let down = || (stands(Guard::Order), stands(Guard::Idempotency));
        assert_eq!(down(), (true, true));
        assert_eq!(without(Guard::Order, down), (false, true));
        assert_eq!(down(), (true, true));
    }
}
