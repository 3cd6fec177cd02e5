//! A duty that somebody at the desk says is done.

use crate::{domain::duties::Owed, ui::desk::writing::About};

/// What the question is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedDuty {
    /// The case.
    pub about: About,
    /// The duty as it stood on the screen.
    pub owed: Owed,
}
