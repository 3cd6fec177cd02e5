//! The short message at the foot of the screen, with "Cofnij" where there is a way back.

use super::Icon;
use crate::ui::context::app;
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
use std::time::Duration;

/// Long enough to read two lines and to reach "Cofnij".
const STAYS: Duration = Duration::from_secs(8);

/// Shows what [`crate::ui::context::App::say`] says. Stands once, at the end of the shell; the
/// region is always there, so that screen readers hear what appears in it.
#[component]
pub fn ToastHost() -> AnyView {
    let app = app();
    let timer = StoredValue::new_local(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(handle) = timer.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    };
    Effect::new(move |_| {
        stop();
        if app.toast.with(Option::is_some) {
            let handle = set_timeout_with_handle(move || app.toast.set(None), STAYS);
            timer.set_value(handle.ok());
        }
    });
    on_cleanup(stop);
    let undo = move |_| {
        let undo = app.toast.with_untracked(|toast| toast.as_ref().and_then(|toast| toast.undo.clone()));
        app.toast.set(None);
        if let Some(undo) = undo {
            undo();
        }
    };
    let shown = move || {
        let (text, can_undo) =
            app.toast.with(|toast| toast.as_ref().map(|toast| (toast.text.clone(), toast.undo.is_some())))?;
        let button = can_undo.then(|| {
            view! { <button class="btn" type="button" on:click=undo><Icon name="undo"/>" Cofnij"</button> }
        });
        Some(view! { <div class="toast"><span>{text}</span>{button}</div> })
    };
    view! { <div class="toasts" role="status">{shown}</div> }.into_any()
}
