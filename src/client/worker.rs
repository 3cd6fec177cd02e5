//! The service worker: it makes the app start without a network, and a new version waits in it until
//! a person asks for it. See `public/sw.js` for the other side.

use super::{
    browser::{is_visible, member},
    signals::Signals,
};
use js_sys::{Object, Promise, Reflect};
use leptos::{
    prelude::{Set, location, set_interval, window, window_event_listener_untyped},
    task::spawn_local,
};
use std::{cell::RefCell, rc::Rc, time::Duration};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState};

/// How often an app that stays open looks for a new version.
const LOOK_EVERY: Duration = Duration::from_secs(60 * 60);

/// The worker of this page.
#[derive(Clone)]
pub struct Worker {
    signals: Signals,
    registration: Rc<RefCell<Option<ServiceWorkerRegistration>>>,
}

impl Worker {
    /// A worker that is not registered yet.
    pub fn new(signals: Signals) -> Self {
        Self { signals, registration: Rc::default() }
    }

    /// Registers the worker, in the background. Without it the app works, but not without a network.
    pub fn register(&self) {
        let Some(container) = container() else { return };
        let worker = self.clone();
        spawn_local(async move {
            let Some(registration) = registered(container.register("/sw.js")).await else { return };
            worker.watch(&registration);
            worker.registration.replace(Some(registration));
        });
        self.look_now_and_then();
    }

    /// Asks whether there is a new version.
    pub fn look(&self) {
        if let Some(Ok(looking)) = self.registration.borrow().as_ref().map(ServiceWorkerRegistration::update) {
            // Without a network there is no answer, and the next look finds it.
            spawn_local(async move { drop(JsFuture::from(looking).await) });
        }
    }

    /// Would the app start again now, whatever the network does?
    pub fn starts_offline(&self) -> bool {
        container().is_some_and(|container| container.controller().is_some())
    }

    /// Takes the waiting version over and starts it; starts again also when none waits.
    pub fn apply(&self) {
        let waiting = self.registration.borrow().as_ref().and_then(ServiceWorkerRegistration::waiting);
        let (Some(container), Some(waiting)) = (container(), waiting) else { return reload() };
        let on_change = Closure::once_into_js(reload);
        container.set_oncontrollerchange(Some(on_change.unchecked_ref()));
        if waiting.post_message(&take_over()).is_err() {
            reload();
        }
    }

    fn watch(&self, registration: &ServiceWorkerRegistration) {
        self.tell_if_waiting(registration);
        let (worker, watched) = (self.clone(), registration.clone());
        let on_found = Closure::<dyn Fn()>::new(move || worker.watch_installing(&watched));
        // As long as the page lives.
        registration.set_onupdatefound(Some(on_found.into_js_value().unchecked_ref()));
        self.watch_installing(registration);
    }

    fn watch_installing(&self, registration: &ServiceWorkerRegistration) {
        let Some(installing) = registration.installing() else { return };
        let (worker, watched, seen) = (self.clone(), registration.clone(), installing.clone());
        let on_state = Closure::<dyn Fn()>::new(move || {
            if seen.state() == ServiceWorkerState::Installed {
                worker.tell_if_waiting(&watched);
            }
        });
        installing.set_onstatechange(Some(on_state.into_js_value().unchecked_ref()));
    }

    /// A waiting worker is news only where another one is in charge: the very first is no update.
    fn tell_if_waiting(&self, registration: &ServiceWorkerRegistration) {
        let in_charge = container().is_some_and(|container| container.controller().is_some());
        if in_charge && registration.waiting().is_some() {
            self.signals.update_ready.set(true);
        }
    }

    fn look_now_and_then(&self) {
        let worker = self.clone();
        set_interval(move || worker.look(), LOOK_EVERY);
        let worker = self.clone();
        window_event_listener_untyped("visibilitychange", move |_| {
            if is_visible() {
                worker.look();
            }
        });
    }
}

/// Some browsers have no workers in private windows, and none has them on insecure pages.
fn container() -> Option<ServiceWorkerContainer> {
    Some(member(&window().navigator(), "serviceWorker")?.unchecked_into())
}

async fn registered(registering: Promise) -> Option<ServiceWorkerRegistration> {
    Some(JsFuture::from(registering).await.ok()?.unchecked_into())
}

fn take_over() -> JsValue {
    let message = Object::new();
    // Setting a member of a new object cannot fail.
    let _: Result<bool, JsValue> = Reflect::set(&message, &"type".into(), &"take-over".into());
    message.into()
}

/// Starts the page anew.
pub fn reload() {
    // The browser may refuse only on pages without a location, such as about:blank.
    let _: Result<(), JsValue> = location().reload();
}
