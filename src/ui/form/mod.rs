//! Forms on the screen: one sheet of answers, and one view for every kind of field. Labels, limits and
//! conditions come from the declaration; nothing is said twice.

pub mod chips;
pub mod family_card;
pub mod field;
pub mod files;
pub mod goals;
mod institutions;
pub mod own;
pub mod paper;
pub mod privacy;
pub mod rows;
pub mod sheet;
mod signatures;
pub mod told;
pub mod traces;

pub use field::FieldView;
pub use goals::goals_of_family;
pub use sheet::{Family, Pick, Sheet};
