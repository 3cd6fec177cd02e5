//! The screens. [`phone`] reads the device, [`desk`] reads the server; both call the same domain
//! functions, so they can differ in freshness but never in rule.

pub mod app;
pub mod auth;
pub mod calendar_feed;
pub mod context;
pub mod desk;
pub mod desk_shell;
pub mod devices;
mod fetched;
pub mod form;
pub mod look;
pub mod parts;
pub mod phone;
pub mod rescue;
pub mod resting;
pub mod sign_in_again;
