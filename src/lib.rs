//! **Asysta**, the working tool of Polish family assistants (asystent rodziny).
//!
//! # The map
//!
//! Four groups of rooms, one rule each (`ARCHITECTURE.md` tells the reasons):
//!
//! * [`domain`] and [`sync`] are pure: no clock, database, browser or framework. They run on the
//!   phone at once and on the server with authority.
//! * `api` holds the doors: one server function each, a guard and a call.
//! * `server` (feature `ssr`) keeps and decides; all SQL is in `server::db`.
//! * `client` (feature `hydrate`) is the only place that touches the browser's storage and workers.
//! * `ui` (feature `ui`) shows; `ui::phone` reads the device, `ui::desk` reads the server.
//!
//! A visit card is defined and checked in [`domain::documents::visit_card`], merged in
//! [`domain::record`], kept on the phone by [`sync::replica`], sent by [`sync::engine`], decided and
//! kept in the office by `server::sync`, and shown by `ui::phone::visit` and `ui::desk::family`.
//!
//! Features are named in this file and in `main.rs`, and nowhere else.

#[cfg(test)]
mod architecture;
pub mod domain;
pub mod sync;

#[cfg(feature = "ui")]
pub mod api;
#[cfg(feature = "hydrate")]
mod client;
#[cfg(feature = "ssr")]
pub mod server;
// The server shows no screen, so it does not compile them; their tests run beside its own, not beside the simulation.
#[cfg(any(feature = "hydrate", all(feature = "ui", not(feature = "simulation"), any(test, doc))))]
pub mod ui;
