//! What browsers may do with words that are typed here: nothing that keeps or sends them (D8).
//!
//! * Nothing is remembered for the next form: it would offer one family's words in another's.
//! * Nothing is sent to be checked: browsers have spelling helpers that live in the network.
//! * Names, numbers and addresses are not corrected into other ones. Prose may be, for that happens
//!   in the phone's keyboard, which sees every key press in any case.

use leptos::attr::{
    any_attribute::{AnyAttribute, IntoAnyAttribute},
    custom::custom_attribute,
};

/// For single lines: names, numbers, addresses, searches.
pub fn private_line() -> Vec<AnyAttribute> {
    attributes(&[("autocomplete", "off"), ("autocorrect", "off"), ("spellcheck", "false")])
}

/// For prose about people.
pub fn private_prose() -> Vec<AnyAttribute> {
    attributes(&[("autocomplete", "off"), ("spellcheck", "false")])
}

/// For secrets, taken letter by letter; what a password manager is offered, each says itself.
pub fn secret() -> Vec<AnyAttribute> {
    attributes(&[("autocapitalize", "none"), ("autocorrect", "off"), ("spellcheck", "false")])
}

fn attributes(named: &[(&'static str, &'static str)]) -> Vec<AnyAttribute> {
    named.iter().map(|(name, value)| custom_attribute(*name, *value).into_any_attr()).collect()
}
