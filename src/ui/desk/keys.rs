//! Keys of the desk: single letters, while nobody is typing and no question covers the page.

use leptos::{ev, prelude::*};

/// Calls `act` with the key; when it says that it did something, the browser does nothing of its own.
pub fn on_keys(act: impl Fn(&str) -> bool + 'static) {
    let listener = window_event_listener(ev::keydown, move |event| {
        let alone = !event.ctrl_key() && !event.alt_key() && !event.meta_key();
        let key = event.key();
        // What is held down only moves: it must not decide about the next paper as well.
        let held = event.repeat() && !matches!(key.as_str(), "j" | "k" | "ArrowDown" | "ArrowUp");
        if alone && !held && !is_typing() && act(&key) {
            event.prevent_default();
        }
    });
    on_cleanup(move || listener.remove());
}

/// Id of the element in focus.
pub fn focused_id() -> String {
    document().active_element().map(|node| node.id()).unwrap_or_default()
}

fn is_typing() -> bool {
    let in_field = document()
        .active_element()
        .is_some_and(|node| matches!(node.tag_name().as_str(), "INPUT" | "SELECT" | "TEXTAREA"));
    // A page without a dialogue that is open answers with nothing.
    in_field || matches!(document().query_selector("dialog[open]"), Ok(Some(_)))
}
