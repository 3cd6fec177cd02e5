//! The words of what stops an overlay from being published: which field, what is wrong, how to mend it.

use super::{Overlay, rules::columns};
use crate::domain::form::{Field, Form, Problem};

/// Collects what is wrong, each at its place in the overlay (`hidden/place`, `own/own_dogs`, `texts/CLAUSE`).
#[derive(Default)]
pub(super) struct Flaws(pub(super) Vec<Problem>);

impl Flaws {
    pub(super) fn add(&mut self, part: &str, name: &str, text: impl Into<String>) {
        let place = if name.is_empty() { part.to_owned() } else { [part, "/", name].concat() };
        self.0.push(Problem::error(place, text));
    }

    /// A line that must say something in so many characters.
    pub(super) fn line(&mut self, part: &str, name: &str, what: &str, text: &str, max: usize) {
        if text.trim().is_empty() {
            self.add(part, name, format!("{what}: wpisz tekst. Teraz jest pusto."));
        }
        self.length(part, name, what, text, max);
    }

    pub(super) fn length(&mut self, part: &str, name: &str, what: &str, text: &str, max: usize) {
        let length = text.chars().count();
        if length > max {
            self.add(part, name, format!("{what}: skróć do {max} znaków (jest {length})."));
        }
    }
}

/// The declared field of a path, columns of tables included.
pub(super) fn declared(form: &Form, path: &str) -> Option<&'static Field> {
    match path.split_once('/') {
        None => form.field(path),
        Some((table, cell)) => columns(form.field(table)?).iter().find(|field| field.key == cell),
    }
}

/// What people call a field: its label under this overlay, and for a column that of its table too.
pub(super) fn called(form: &Form, overlay: &Overlay, path: &str) -> String {
    if let Some(own) = overlay.own(path) {
        return own.label.clone();
    }
    let reworded = overlay.words(path).and_then(|words| words.label.clone());
    let label = reworded.or_else(|| Some(declared(form, path)?.label.to_owned())).unwrap_or_else(|| path.to_owned());
    match path.split_once('/') {
        None => label,
        Some((table, _)) => [called(form, overlay, table), label].join(" → "),
    }
}
