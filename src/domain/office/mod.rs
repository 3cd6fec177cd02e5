//! What an office lays over the declared forms (spec/architecture.md, decision 2), and its settings: data with
//! published versions, so that a new field of the office needs no release.
//!
//! An [`Overlay`] rewords fields, hides optional ones, adds fields of the office's own and carries its texts.
//! [`publish`] checks it and makes the next version of it. [`OfficeBook::form`] gives the form that a paper of a
//! given version is filled in, checked, read and printed by.
//!
//! **An effective form is a plain [`Form`](crate::domain::form::Form).** Everything in the crate reads
//! `&'static Form`, so what is published is laid out once and kept for the life of the program ([`lay`]), and
//! nothing else knows of overlays. The other way, owned or borrowed text in `Form` and `Field`, would touch every
//! declaration, every screen and every check, make constants impossible and weigh in the browser with a clone and
//! a drop for each; this costs a few kilobytes for each published version that somebody opens, and only the
//! sections that differ. Drafts of an overlay are checked without being laid out.
//!
//! **One number says the version** ([`FormVersion`]): that of the declaration and that of what lies over it, packed
//! into the `u16` that changes and records carry anyway. `1`, which all records so far have, is the first
//! declaration with nothing over it. An effective form has this number as its own [`version`], so whoever makes a
//! record states `form.version` as always. A record keeps the number that it was begun with: a draft lives in its
//! version, and an archived paper opens as it was.
//!
//! Keys are never given another meaning and never taken away: own fields and answers of own lists are hidden or
//! withdrawn. So an answer means the same in every version, and what a version does not show stays where it is.
//!
//! [`version`]: crate::domain::form::Form::version

mod book;
mod compare;
mod directory;
pub mod draft;
mod flaws;
mod lay;
mod letterhead;
mod overlay;
mod own;
mod publish;
mod rules;
mod sheet;
mod subject;
#[cfg(test)]
mod tests;
mod version;

pub use book::{Beside, OfficeBook};
pub use compare::changes;
pub use directory::{DIRECTORY, Institution, ROWS as DIRECTORY_ROWS, check_directory, directory_answers, directory_of};
pub use lay::lay;
pub use letterhead::Letterhead;
pub use overlay::{OWN, Overlay, OwnChoice, OwnField, OwnKind, Place, Published, Reworded, Texts};
pub use publish::publish;
pub use rules::why_it_stays;
pub use sheet::{check_settings, settings_answers, settings_changes, settings_form, settings_of, settings_problems};
pub use subject::Subject;
pub use version::FormVersion;
