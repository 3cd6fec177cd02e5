//! Who is there: passwords, sessions, the guard of every door.

pub mod guard;
pub mod lookups;
pub mod password;
pub mod session;
pub mod sign_in;

pub use guard::{Signed, signed};
