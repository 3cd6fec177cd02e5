//! Waiting for the first data, with a count where one is known.

use leptos::prelude::*;

/// A quiet "wait", announced once.
#[component]
pub fn Loading(
    /// What is awaited: "Pobieranie rodzin".
    #[prop(into)]
    text: String,
    /// Done and all, when they are known.
    #[prop(optional, into)]
    count: Option<Signal<(usize, usize)>>,
) -> AnyView {
    let Some(count) = count else {
        return view! { <div class="loading" role="status"><p>{text}</p><progress></progress></div> }.into_any();
    };
    let words = move || {
        let (done, all) = count.get();
        format!("{done} z {all}")
    };
    view! {
        <div class="loading" role="status">
            <p>{text}" "<b>{words}</b></p>
            <progress value=move || count.get().0.to_string() max=move || count.get().1.max(1).to_string()></progress>
        </div>
    }
    .into_any()
}
