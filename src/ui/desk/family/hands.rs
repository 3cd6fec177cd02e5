//! What a person does in a file. The questions stand beside the file and not in it: the file is drawn anew
//! whenever anything was written in the office, and a question half answered must outlive that.

use super::{owed::AskedDuty, step_dialog::AskedStep};
use leptos::prelude::*;

/// The questions of a file.
#[derive(Clone, Copy)]
pub struct Hands {
    /// The step that is being taken.
    pub step: RwSignal<Option<AskedStep>>,
    /// Its question is open.
    pub step_open: RwSignal<bool>,
    /// The duty that is being settled.
    pub duty: RwSignal<Option<AskedDuty>>,
    /// Its question is open.
    pub duty_open: RwSignal<bool>,
}

impl Hands {
    /// Nothing is asked yet. The parts of the file find it around them.
    pub fn provide() -> Self {
        let hands = Self {
            step: RwSignal::new(None),
            step_open: RwSignal::new(false),
            duty: RwSignal::new(None),
            duty_open: RwSignal::new(false),
        };
        provide_context(hands);
        hands
    }

    /// Asks about a step.
    pub fn take(self, step: AskedStep) {
        self.step.set(Some(step));
        self.step_open.set(true);
    }

    /// Asks about a duty.
    pub fn settle(self, duty: AskedDuty) {
        self.duty.set(Some(duty));
        self.duty_open.set(true);
    }
}
