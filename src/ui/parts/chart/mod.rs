//! Our own charts: SVG in percentages so that letters keep their size, a sentence for those who
//! do not see them, and the same figures in a table behind.

mod bars;
mod frame;
mod loads;
mod week;

pub use bars::{Bar, BarChart};
pub use frame::FigureTable;
pub use loads::{LoadBar, LoadBars};
pub use week::StackedDays;
