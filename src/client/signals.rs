//! What the browser's side tells the pages: the signals of [`App`], before there is a host for it.

use super::{browser, clock};
use crate::ui::context::{App, Host, Phase, Toast};
use chrono::NaiveDate;
use leptos::prelude::*;
use std::rc::Rc;

/// See the fields of [`App`].
#[derive(Clone, Copy)]
pub struct Signals {
    pub phase: RwSignal<Phase, LocalStorage>,
    pub tick: RwSignal<u64>,
    pub pulse: RwSignal<u64>,
    pub online: RwSignal<bool>,
    pub needs_sign_in: RwSignal<bool>,
    pub update_ready: RwSignal<bool>,
    pub toast: RwSignal<Option<Toast>, LocalStorage>,
    pub today: RwSignal<NaiveDate>,
}

impl Signals {
    /// As they stand at the start.
    pub fn new() -> Self {
        Self {
            phase: RwSignal::new_local(Phase::Starting),
            tick: RwSignal::new(0),
            pulse: RwSignal::new(0),
            online: RwSignal::new(browser::is_online()),
            needs_sign_in: RwSignal::new(false),
            update_ready: RwSignal::new(false),
            toast: RwSignal::new_local(None),
            today: RwSignal::new(clock::today()),
        }
    }

    /// The surroundings that pages find.
    pub fn app(self, host: Rc<dyn Host>) -> App {
        App {
            phase: self.phase,
            tick: self.tick,
            pulse: self.pulse,
            online: self.online,
            needs_sign_in: self.needs_sign_in,
            update_ready: self.update_ready,
            toast: self.toast,
            today: self.today,
            host: StoredValue::new_local(host),
        }
    }

    /// Shows a short message.
    pub fn say(&self, text: impl ToString) {
        self.toast.set(Some(Toast { text: text.to_string(), undo: None, in_form: false }));
    }

    /// Keeps `online` as the browser believes.
    pub fn watch_network(self) {
        for (event, online) in [("online", true), ("offline", false)] {
            window_event_listener_untyped(event, move |_| self.online.set(online));
        }
    }
}
