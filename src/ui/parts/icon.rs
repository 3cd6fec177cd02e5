//! One drawing of the icon family.

use leptos::prelude::*;

/// An icon by its name in `icons.svg`. Decoration: a word always stands beside it.
#[component]
pub fn Icon(
    /// Its id in `icons.svg`.
    name: &'static str,
) -> AnyView {
    let drawing = ["/icons.svg#", name].concat();
    view! { <svg class="icon" aria-hidden="true"><use href=drawing></use></svg> }.into_any()
}
