//! What an office may lay over a form, what it may not and how it is told; how a paper opens in its version; and
//! what holds for any overlay and any answers.

mod always;
mod computed;
mod draft;
mod forms;
mod refused;

use super::*;
use crate::domain::{form::Sensitivity, ids::Rev};

/// A paper with tables, conditions, rules and a decision.
const REPORT: &str = "NR_14";
/// One without a decision.
const NOTE: &str = "NOTE";

fn subject(code: &str) -> Subject {
    Subject::read(code).unwrap_or_else(|| panic!("{code}"))
}

fn own(name: &str, kind: OwnKind, after: &str) -> OwnField {
    OwnField {
        key: [OWN, name].concat(),
        label: format!("Pole {name}"),
        help: String::new(),
        kind,
        required: false,
        class: Sensitivity::Ordinary,
        after: after.to_owned(),
        unit: if kind == OwnKind::Number { "szt.".to_owned() } else { String::new() },
        range: None,
        choices: if kind.picks() { vec![choice("A", "pierwsza"), choice("B", "druga")] } else { Vec::new() },
    }
}

fn choice(code: &str, label: &str) -> OwnChoice {
    OwnChoice { code: code.to_owned(), label: label.to_owned(), withdrawn: false }
}

fn with_own(own: Vec<OwnField>) -> Overlay {
    Overlay { own, ..Overlay::default() }
}

fn reworded(path: &str, label: &str) -> Overlay {
    let words = Reworded { label: Some(label.to_owned()), help: None };
    Overlay { reworded: [(path.to_owned(), words)].into(), ..Overlay::default() }
}

fn hidden(path: &str) -> Overlay {
    Overlay { hidden: [path.to_owned()].into(), ..Overlay::default() }
}

fn first(code: &str, draft: &Overlay) -> Published {
    publish(subject(code), None, draft, Rev(1)).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn keys(form: &crate::domain::form::Form) -> Vec<&'static str> {
    form.fields().map(|field| field.key).collect()
}
