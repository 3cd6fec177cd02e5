//! One tab holds the device (Web Locks); the others say so and can take it over.
//!
//! Where a browser has no Web Locks, every tab goes on: the store itself lets only the tab write
//! that opened it last (see [`super::store`]), and the other hears of it at its next save.

use super::browser::{deferred, member, method, name_of};
use js_sys::{Object, Promise, Reflect};
use leptos::{prelude::window, task::spawn_local};
use std::{cell::Cell, cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;

const LOCK: &str = "asysta-device";

/// Ends the hold.
type Release = Box<dyn FnOnce()>;

/// How a tab asks for the device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Only if no other tab has it.
    Politely,
    /// In any case; the other tab loses it.
    Firmly,
}

/// This tab's hold on the device.
#[derive(Clone)]
pub struct Tab {
    held: Rc<Cell<bool>>,
    release: Rc<RefCell<Option<Release>>>,
    on_lost: Rc<dyn Fn()>,
}

impl Tab {
    /// A tab that holds nothing yet. `on_lost` is called when another tab has taken over.
    pub fn new(on_lost: impl Fn() + 'static) -> Self {
        Self { held: Rc::default(), release: Rc::default(), on_lost: Rc::new(on_lost) }
    }

    /// Holds the device from now on; `false` when another tab has it.
    pub async fn hold(&self, ask: Ask) -> bool {
        if self.held.get() {
            return true;
        }
        let Some(locks) = member(&window().navigator(), "locks") else { return true };
        let (decided, decide) = deferred();
        let Some(request) = self.request(&locks, ask, decide.clone()) else { return true };
        spawn_local(watch(self.clone(), request, decide));
        // A promise that is only ever resolved.
        let _: Result<JsValue, JsValue> = JsFuture::from(decided).await;
        self.held.get()
    }

    /// Lets the device go.
    pub fn release(&self) {
        self.held.set(false);
        if let Some(release) = self.release.take() {
            release();
        }
    }

    fn request(&self, locks: &JsValue, ask: Ask, decide: impl FnOnce() + 'static) -> Option<Promise> {
        let options = Object::new();
        let option = match ask {
            Ask::Politely => "ifAvailable",
            Ask::Firmly => "steal",
        };
        Reflect::set(&options, &option.into(), &true.into()).ok()?;
        let tab = self.clone();
        let granted = Closure::once_into_js(move |lock: JsValue| {
            let kept = if lock.is_null() { JsValue::UNDEFINED } else { tab.keep() };
            decide();
            kept
        });
        method(locks, "request")?.call3(locks, &LOCK.into(), &options, &granted).ok()?.dyn_into().ok()
    }

    fn stolen(&self) {
        if self.held.replace(false) {
            self.release.take();
            (self.on_lost)();
        }
    }

    /// The lock is ours as long as this promise is open.
    fn keep(&self) -> JsValue {
        let (open, release) = deferred();
        *self.release.borrow_mut() = Some(Box::new(release));
        self.held.set(true);
        open.into()
    }
}

/// Waits for the end of the hold: released by us, or stolen. A browser that has locks but does not
/// give any (an embedded page) is one without them.
async fn watch(tab: Tab, request: Promise, decide: impl Fn()) {
    if let Err(error) = JsFuture::from(request).await {
        match name_of(&error).as_str() {
            "AbortError" => tab.stolen(),
            _ => tab.held.set(true),
        }
    }
    decide();
}
