//! *Ukryj*: one tap, or Escape twice, and the screen shows nothing of anybody. With a PIN the screen is
//! cleared and asks for it; without one it is covered, and what is being written stays under the cover.

use crate::ui::{
    context::{App, app},
    parts::Icon,
};
use leptos::{ev, html, prelude::*};

/// Two presses of Escape within so many milliseconds hide the screen.
const TWICE_MS: f64 = 600.0;

/// Hides the screen.
#[derive(Clone, Copy)]
pub struct Hide(RwSignal<bool>);

impl Hide {
    /// A screen that is shown. Hears the keyboard as long as the caller stands.
    pub fn listening() -> Self {
        let (hide, app) = (Self(RwSignal::new(false)), app());
        let last = StoredValue::new(f64::NEG_INFINITY);
        let heard = window_event_listener(ev::keydown, move |event| {
            if event.key() != "Escape" || event.repeat() {
                return;
            }
            let now = event.time_stamp();
            if now - last.get_value() < TWICE_MS {
                hide.now(app);
            }
            last.set_value(now);
        });
        on_cleanup(move || heard.remove());
        hide
    }

    /// At once.
    pub fn now(self, app: App) {
        if !app.host().hide() {
            self.0.set(true);
        }
    }

    /// Is something in the page to be hidden?
    pub fn covers(self) -> bool {
        self.0.get()
    }
}

/// What is seen instead. A dialog of the browser, so that it lies also over questions that stand open.
#[component]
pub fn Cover(
    /// What hides the screen.
    hide: Hide,
) -> AnyView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let (covers, Some(dialog)) = (hide.covers(), node.get()) else { return };
        if !covers {
            dialog.close();
        } else if !dialog.open() && dialog.show_modal().is_err() {
            // Only a dialog that is not in the page cannot be shown modally; shown plainly it still covers.
            dialog.show();
        }
    });
    // Escape hides and never shows: browsers close a dialog at the second one, whatever is said to them.
    let stay = move |_| {
        if let (true, Some(dialog)) = (hide.0.get_untracked(), node.get_untracked()) {
            drop(dialog.show_modal());
        }
    };
    view! {
        <dialog class="cover" node_ref=node aria-label="Ekran ukryty" on:cancel=move |event: ev::Event| event.prevent_default() on:close=stay>
            <Icon name="lock"/>
            <p>"Ekran ukryty"</p>
            <button class="btn btn-primary" type="button" autofocus on:click=move |_| hide.0.set(false)>"Odkryj"</button>
        </dialog>
    }
    .into_any()
}
