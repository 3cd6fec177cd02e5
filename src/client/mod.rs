//! The browser: the only place that touches its storage, workers, locks and events.
//!
//! * `flow`: from the start to an open device or desk, and back.
//! * `host`: what pages may ask for; `signals`: what they are told.
//! * `phone`: an open device; `heartbeat`: when it talks to the office; `remote`: how.
//! * `vault`, `crypto`, `kdf`, `passkey`: the key, and what opens it; `door`: how that is
//!   changed; `guard`: when the key is put away.
//! * `store`, `database`, `connection`, `index`: what lies on the disk.
//! * `packets`, `courier`: unsent changes sealed to the office, and the way there without opening the vault.
//! * `rescue`: unsent changes as a file, where no network ever comes.
//! * `tab`: one tab holds the device; `worker`: the program without a network.
//! * `photo`: pictures, drawn anew; `look`: light or dark, how large.
//! * `clock`, `browser`: small things.

mod browser;
mod clock;
mod connection;
mod courier;
mod crypto;
mod database;
mod door;
mod flow;
mod guard;
mod heartbeat;
mod host;
mod index;
mod kdf;
mod look;
mod packets;
mod passkey;
mod phone;
mod photo;
mod remote;
mod rescue;
mod signals;
mod store;
mod tab;
mod vault;
mod worker;

use crate::ui::app::AppRoot;
use host::Browser;
use leptos::{mount::mount_to_body, prelude::*};
use signals::Signals;
use std::rc::Rc;
use wasm_bindgen::prelude::wasm_bindgen;

/// Starts the app in the browser.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
    look::put_on();
    if let Some(skeleton) = document().get_element_by_id("skeleton") {
        skeleton.remove();
    }
    mount_to_body(|| {
        let signals = Signals::new();
        signals.watch_network();
        clock::watch_today(signals);
        let browser = Browser::new(signals);
        provide_context(signals.app(Rc::new(browser.clone())));
        browser.0.worker.register();
        guard::watch(&browser);
        browser.begin();
        courier::attend(&browser);
        view! { <AppRoot/> }
    });
}
