//! The office: keeps and decides.
pub mod doors;
