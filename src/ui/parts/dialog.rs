//! A question that covers the page, on the browser's own `<dialog>`: it keeps the focus inside,
//! closes with Escape and gives the focus back.

use leptos::{html, prelude::*};

/// A dialog, open while the signal says so. Children: the words, then
/// `<div class="dialog-actions">` with the buttons.
#[component]
pub fn Dialog(
    /// Is it open? Set to `false` also when the person closes it.
    open: RwSignal<bool>,
    /// The question, naming the thing.
    #[prop(into)]
    title: Signal<String>,
    /// Unique id of the heading.
    id: &'static str,
    /// What stands below the heading; made anew at each opening.
    children: ChildrenFn,
) -> AnyView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let (open, Some(dialog)) = (open.get(), node.get()) else { return };
        if !open {
            dialog.close();
        } else if !dialog.open() && dialog.show_modal().is_err() {
            // Only a dialog that is not in the page cannot be shown modally; shown plainly it still asks.
            dialog.show();
        }
    });
    view! {
        <dialog class="dialog" node_ref=node aria-labelledby=id on:close=move |_| open.set(false)>
            <Show when=move || open.get()>
                <h2 id=id>{title}</h2>
                {children()}
            </Show>
        </dialog>
    }
    .into_any()
}
