//! The office: keeps and decides.
//!
//! * [`doors`]: what stands behind the server functions: who, may they, do it, answer.
//! * [`exchange`]: one request of a phone as one transaction.
//! * [`desk`]: figures, lists and files for the manager and the social worker.
//! * [`writing`]: what the desk writes, and what waits there for somebody.
//! * [`outbox`], [`devices`]: changes that phones sealed to the office, and the phones themselves.
//! * [`own_work`], [`staff`]: the assistants and the papers of their own work.
//! * [`settings`], [`forms`], [`directory`]: the office's book: what it has set, what it lays over its forms, its list
//!   of institutions.
//! * [`calendar`]: open terms at a secret address, for calendars.
//! * [`auth`]: passwords, sessions, the guard.
//! * [`db`]: all SQL.
//! * [`http`]: addresses, headers, the page without data ([`shell`]).
//! * [`demo`] and [`load`]: a town that never existed, and the way in which it is taken in.

pub mod auth;
pub mod calendar;
pub mod config;
pub mod db;
pub mod demo;
pub mod desk;
pub mod devices;
pub mod directory;
pub mod doors;
pub mod exchange;
pub mod forms;
mod history;
pub mod http;
pub mod load;
pub mod outbox;
pub mod own_work;
mod pages;
pub mod settings;
pub mod shell;
#[cfg(test)]
mod simulation;
pub mod staff;
pub mod state;
#[cfg(test)]
mod tests;
pub mod ties;
pub mod writing;
