//! Something about the whole page that should not be missed.

use super::{Icon, Tone};
use leptos::prelude::*;

/// A banner: bold lead, a sentence, and actions as children.
#[component]
pub fn Banner(
    /// Plain tells, Ok confirms, Warn and Danger ask to act.
    tone: Tone,
    /// The point, in bold.
    #[prop(into)]
    lead: Signal<String>,
    /// What to do.
    #[prop(optional, into)]
    text: Option<Signal<String>>,
    /// Links and buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> AnyView {
    let (state, icon) = match tone {
        Tone::Ok => ("ok", "check"),
        Tone::Warn | Tone::Today => ("warn", "warning"),
        Tone::Danger | Tone::Overdue => ("danger", "danger"),
        Tone::Plain | Tone::Accent => ("info", "info"),
    };
    let text = text.map(|text| view! { " "{text} });
    view! {
        <div class="banner" data-state=state>
            <Icon name=icon/><div><p><b>{lead}</b>{text}</p></div>{children.map(|children| children())}
        </div>
    }
    .into_any()
}
