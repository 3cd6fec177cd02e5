//! The office: keeps and decides.
pub mod demo;
pub mod doors;
