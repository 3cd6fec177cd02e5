//! Keeps the look of the app on this device, and puts it on the page.

use crate::ui::look::Look;
use gloo_storage::{LocalStorage, Storage};
use leptos::prelude::document;

const KEY: &str = "asysta-look";

/// The look that was chosen here, or the usual one.
pub fn kept() -> Look {
    // As plain text: a reader of JSON for one word would weigh more than the rest of this file.
    Look::read(&LocalStorage::raw().get_item(KEY).ok().flatten().unwrap_or_default())
}

/// Puts the kept look on the page, before anything is drawn.
pub fn put_on() {
    wear(kept());
}

/// Keeps a look and puts it on. A browser that keeps nothing still shows it until it is closed.
pub fn set(look: Look) {
    drop(LocalStorage::raw().set_item(KEY, &look.written()));
    wear(look);
}

fn wear(look: Look) {
    let Some(page) = document().document_element() else { return };
    for (name, value) in [("data-theme", look.theme.code()), ("data-text", look.text.code())] {
        // Only a name that is no name is refused.
        drop(page.set_attribute(name, value));
    }
}
