//! The doors: one server function each, a guard and a call. Every one of them is a public address;
//! the table-driven test in `server::tests` walks them all and fails on one without a row.
//!
//! Addresses are fixed and versioned (`/api/v1/…`): an app that was cached weeks ago still finds them.

pub mod calendar;
pub mod desk;
pub mod devices;
pub mod directory;
pub mod error;
pub mod exchange;
pub mod forms;
pub mod history;
pub mod session;
pub mod settings;
