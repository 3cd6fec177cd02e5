//! When the device talks to the office: after a step, when the network or the person comes back,
//! now and then; after failures later and later (P11). Never in a loop against a closed door (P6).

use super::{
    browser::{is_visible, painted},
    clock::random,
    remote::Office,
    signals::Signals,
    worker::Worker,
};
use crate::sync::{
    engine::{Device, RoundError, back_off_seconds},
    ports::ExchangeError,
};
use futures_util::future::{AbortHandle, abortable};
use leptos::{
    leptos_dom::helpers::{TimeoutHandle, WindowListenerHandle, set_timeout_with_handle},
    prelude::{GetUntracked, Set, window_event_listener_untyped},
    task::spawn_local,
};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::Duration,
};

/// Seconds between rounds while the page is in view and all is well.
const CALM_SECONDS: f64 = 60.0;

/// Why a round begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The person asked, saved a step, or has just opened the device.
    Person,
    /// The network or the person came back.
    Back,
    /// It is time.
    Time,
}

/// The rhythm of one open device. Ends when it is dropped.
pub struct Heartbeat {
    device: Rc<Device>,
    office: Rc<Office>,
    signals: Signals,
    worker: Worker,
    failures: Cell<u32>,
    running: RefCell<Option<AbortHandle>>,
    /// Asked for while a round was running: what was saved meanwhile goes in the next one.
    again: Cell<bool>,
    timer: Cell<Option<TimeoutHandle>>,
    listeners: RefCell<Vec<WindowListenerHandle>>,
}

impl Heartbeat {
    /// Begins, with a round at once.
    pub fn start(device: Rc<Device>, office: Rc<Office>, signals: Signals, worker: Worker) -> Rc<Self> {
        let heart = Rc::new(Self {
            device,
            office,
            signals,
            worker,
            failures: Cell::new(0),
            running: RefCell::default(),
            again: Cell::new(false),
            timer: Cell::new(None),
            listeners: RefCell::default(),
        });
        heart.listen();
        heart.beat(Reason::Person);
        heart
    }

    /// Begins a round, unless the office asked for a sign-in first.
    pub fn beat(self: &Rc<Self>, reason: Reason) {
        if reason != Reason::Time {
            self.failures.set(0);
        }
        if self.signals.needs_sign_in.get_untracked() {
            return;
        }
        if self.running.borrow().is_some() {
            self.again.set(true);
            return;
        }
        self.stop_timer();
        let (round, handle) = abortable(round(self.device.clone()));
        self.running.replace(Some(handle));
        let heart = Rc::downgrade(self);
        spawn_local(async move {
            let Ok(outcome) = round.await else { return };
            if let Some(heart) = heart.upgrade() {
                heart.settle(outcome);
            }
        });
    }

    /// The owner has signed in: the door is open again.
    pub fn signed_in(self: &Rc<Self>) {
        self.office.confirm();
        self.signals.needs_sign_in.set(false);
        self.beat(Reason::Person);
    }

    fn settle(self: &Rc<Self>, outcome: Result<(), RoundError>) {
        self.running.take();
        let again = self.again.replace(false);
        match outcome {
            Ok(()) => {
                self.failures.set(0);
                if again {
                    return self.beat(Reason::Person);
                }
                if is_visible() {
                    self.beat_in(CALM_SECONDS);
                }
            }
            Err(RoundError::Exchange(ExchangeError::SignedOut)) => self.signals.needs_sign_in.set(true),
            Err(RoundError::Exchange(ExchangeError::Outdated)) => self.worker.look(),
            Err(RoundError::Store(error)) => {
                self.signals.say(error);
                self.back_off();
            }
            Err(RoundError::Exchange(_)) => self.back_off(),
        }
    }

    fn back_off(self: &Rc<Self>) {
        let failures = self.failures.get();
        self.failures.set(failures.saturating_add(1));
        let [jitter] = random();
        self.beat_in(back_off_seconds(failures, jitter));
    }

    fn beat_in(self: &Rc<Self>, seconds: f64) {
        self.stop_timer();
        let heart = Rc::downgrade(self);
        let beat = move || {
            if let Some(heart) = heart.upgrade() {
                heart.beat(Reason::Time);
            }
        };
        // A browser without timers has no rhythm; coming back and saving still begin rounds.
        self.timer.set(set_timeout_with_handle(beat, Duration::from_secs_f64(seconds)).ok());
    }

    fn stop_timer(&self) {
        if let Some(timer) = self.timer.take() {
            timer.clear();
        }
    }

    fn listen(self: &Rc<Self>) {
        let hear = |event, heard: fn(&Rc<Self>)| {
            let heart = Rc::downgrade(self);
            window_event_listener_untyped(event, move |_| {
                if let Some(heart) = heart.upgrade() {
                    heard(&heart);
                }
            })
        };
        let online = hear("online", |heart| heart.beat(Reason::Back));
        let visible = hear("visibilitychange", |heart| {
            if is_visible() {
                // Another tab may have been in view meanwhile, and another person in it.
                heart.office.doubt_session();
                heart.beat(Reason::Back);
            }
        });
        self.listeners.replace(vec![online, visible]);
    }
}

impl Drop for Heartbeat {
    fn drop(&mut self) {
        self.stop_timer();
        if let Some(running) = self.running.take() {
            running.abort();
        }
        for listener in self.listeners.take() {
            listener.remove();
        }
    }
}

/// A round, after what the person just did has been painted.
async fn round(device: Rc<Device>) -> Result<(), RoundError> {
    painted().await;
    device.round().await
}
