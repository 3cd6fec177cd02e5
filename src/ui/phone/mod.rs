//! The phone of the assistant (and the tablet): everything here reads and writes the device, never the
//! network, and so works the same without one. Only earlier versions ([`comparison`]) and photos that others took
//! are asked of the office, and the screen says so when it does not answer.

pub mod card;
pub mod comparison;
pub mod cover;
pub mod device;
pub mod drafting;
pub mod entry;
pub mod families;
pub mod family;
pub mod month;
pub mod pages;
pub mod paper;
pub mod phrases;
pub mod print_page;
pub mod shell;
pub mod signals;
pub mod sync_page;
pub mod task;
pub mod task_rows;
pub mod today;
pub mod two_versions;
pub mod visit;
pub mod visit_time;
