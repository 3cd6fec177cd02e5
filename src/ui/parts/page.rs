//! The head of a page: one h1, which takes the focus when the page is opened.

use crate::ui::context::app;
use leptos::prelude::*;

/// Id of every page's h1.
pub const TITLE_ID: &str = "page-title";

/// Heading, what stands above and below it, and the page's actions as children.
#[component]
pub fn PageHead(
    /// The heading.
    #[prop(into)]
    title: Signal<String>,
    /// A line above it: the day, the code.
    #[prop(optional, into)]
    over: Option<Signal<String>>,
    /// A line below it: what to expect here.
    #[prop(optional, into)]
    lead: Option<Signal<String>>,
    /// The way back: address and its name ("/rodziny", "Rodziny").
    #[prop(optional)]
    back: Option<(&'static str, &'static str)>,
    /// Buttons and links.
    #[prop(optional)]
    children: Option<Children>,
) -> AnyView {
    let app = app();
    Effect::new(move |_| app.host().focus(TITLE_ID));
    let has_over = over.is_some();
    let back = back.map(|(to, name)| {
        let between = has_over.then(|| view! { <span class="no-print">" / "</span> });
        view! { <a class="no-print" href=to>{name}</a>{between} }
    });
    let above = (back.is_some() || over.is_some()).then(|| view! { <p class="page-over">{back}{over}</p> });
    let lead = lead.map(|lead| view! { <p class="page-lead">{lead}</p> });
    let actions = children.map(|children| view! { <div class="actions">{children()}</div> });
    view! {
        <header class="page-head">
            <div>{above}<h1 id=TITLE_ID tabindex="-1">{title}</h1>{lead}</div>
            {actions}
        </header>
    }
    .into_any()
}
