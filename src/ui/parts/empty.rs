//! An empty place that says why it is empty and what to do.

use super::Icon;
use leptos::prelude::*;

/// Why there is nothing here, with ways on as children.
#[component]
pub fn Empty(
    /// Icon above the words.
    icon: &'static str,
    /// What is not here.
    #[prop(into)]
    title: String,
    /// Why, and what can be done.
    #[prop(optional, into)]
    text: String,
    /// Links and buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> AnyView {
    let text = (!text.is_empty()).then(|| view! { <p>{text}</p> });
    view! {
        <div class="empty"><Icon name=icon/><h2>{title}</h2>{text}{children.map(|children| children())}</div>
    }
    .into_any()
}
