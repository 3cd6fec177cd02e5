//! One drawing of the icon family.

use leptos::prelude::*;

/// An icon by its name in `style/icons.svg`, which stands in every page: naming a drawing in another file takes a cheap
/// phone most of a millisecond each, and a family has 150. Decoration: a word always stands beside it.
#[component]
pub fn Icon(
    /// Its id in `style/icons.svg`, without `icon-`.
    name: &'static str,
) -> AnyView {
    let drawing = ["#icon-", name].concat();
    view! { <svg class="icon" aria-hidden="true"><use href=drawing></use></svg> }.into_any()
}
