//! Puts an open device away: by hand, when nobody touches it, when it is out of view.
//!
//! The order is that of D4: the screen is cleared at once, what is half written is sealed, then the
//! key goes. Where the app can start without a network it starts anew after that, because only a
//! page that is gone has surely let go of what it once showed. When to do it, `sync::watch` says.

use super::{
    browser::{is_visible, within},
    clock::now_ms,
    host::Browser,
    phone::Phone,
    worker,
};
use crate::{
    sync::{
        ports::Local,
        watch::{PinTry, Verdict, Watch},
    },
    ui::context::{Phase, Saving},
};
use leptos::{
    leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle},
    prelude::{GetUntracked, Set, document, window_event_listener_untyped},
    task::spawn_local,
};
use std::{
    cell::{Cell, RefCell},
    rc::{Rc, Weak},
    time::Duration,
};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Longest wait for what is half written, before the key goes.
const SEALING_MS: u32 = 800;
/// Stands on the page while it is out of view: the style sheet shows nothing then, so that neither
/// does the picture that the phone takes for its list of apps.
const AWAY: &str = "data-away";
/// Signs of a person.
const TOUCHES: [&str; 4] = ["pointerdown", "keydown", "wheel", "touchmove"];

/// What is known about the person, and what is to be saved before the device goes.
pub struct Guard {
    watch: Cell<Watch>,
    timer: Cell<Option<TimeoutHandle>>,
    unsaved: RefCell<Vec<Weak<Saving>>>,
}

impl Guard {
    /// Of a device that is not open.
    pub fn new() -> Self {
        Self { watch: Cell::new(Watch::opened(0)), timer: Cell::new(None), unsaved: RefCell::default() }
    }

    /// A form that is to be saved before the device goes, as long as it is on the screen.
    pub fn keep(&self, saving: Weak<Saving>) {
        let mut unsaved = self.unsaved.borrow_mut();
        unsaved.retain(|saving| saving.strong_count() > 0);
        unsaved.push(saving);
    }

    /// What is not saved yet, on its way. Taken before the screen is cleared: then the forms are gone.
    fn save(&self) -> Vec<Local<'static, ()>> {
        let forms: Vec<Rc<Saving>> = self.unsaved.borrow().iter().filter_map(Weak::upgrade).collect();
        forms.iter().filter_map(|save| save()).collect()
    }

    fn change(&self, change: impl FnOnce(&mut Watch)) {
        let mut watch = self.watch.get();
        change(&mut watch);
        self.watch.set(watch);
    }
}

/// Watches the person from now on.
pub fn watch(browser: &Browser) {
    for event in TOUCHES {
        listen(browser, event, touched);
    }
    listen(browser, "visibilitychange", |browser| if is_visible() { came_back(browser) } else { left(browser) });
    // Pages that are left for good, and some that are only put to sleep, say nothing else.
    listen(browser, "pagehide", left);
}

fn listen(browser: &Browser, event: &'static str, heard: fn(&Browser)) {
    let browser = browser.downgrade();
    window_event_listener_untyped(event, move |_| {
        if let Some(browser) = browser() {
            heard(&browser);
        }
    });
}

fn touched(browser: &Browser) {
    // After a long sleep the first touch comes before any timer: it must not wipe the time away.
    if browser.judge() == Verdict::Open {
        browser.0.guard.change(|watch| watch.active = now_ms());
    }
}

fn left(browser: &Browser) {
    if browser.0.phone.borrow().is_none() {
        return;
    }
    set_away(true);
    browser.0.guard.change(|watch| watch.hidden = watch.hidden.or(Some(now_ms())));
    spawn_local(all(browser.0.guard.save()));
    browser.look_later();
}

fn came_back(browser: &Browser) {
    browser.judge();
    browser.0.guard.change(|watch| {
        watch.hidden = None;
        watch.active = now_ms();
    });
    browser.look_later();
    set_away(false);
}

fn set_away(away: bool) {
    let Some(page) = document().document_element() else { return };
    // Neither name nor value can be wrong.
    drop(if away { page.set_attribute(AWAY, "") } else { page.remove_attribute(AWAY) });
}

/// Some fields hand over what was typed only when they are left.
fn leave_field() {
    if let Some(field) = document().active_element().and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        // Leaving a field cannot fail.
        drop(field.blur());
    }
}

impl Browser {
    /// A device has been opened: the watch begins.
    pub fn guard_phone(&self) {
        self.0.guard.watch.set(Watch::opened(now_ms()));
        self.look_later();
    }

    /// Does what is due now, if a device is open.
    fn judge(&self) -> Verdict {
        let Some(phone) = self.0.phone.borrow().clone() else { return Verdict::Open };
        let watch = Watch { pin: phone.has_pin(), ..self.0.guard.watch.get() };
        let verdict = watch.judge(now_ms());
        match verdict {
            Verdict::Open => {}
            Verdict::Rest if watch.resting.is_some() => {}
            Verdict::Rest => self.rest(),
            Verdict::Lock => self.put_away(),
        }
        verdict
    }

    fn look_later(&self) {
        if let Some(timer) = self.0.guard.timer.take() {
            timer.clear();
        }
        if self.0.phone.borrow().is_none() {
            return;
        }
        let wait = u64::try_from(self.0.guard.watch.get().look_in(now_ms())).unwrap_or(0);
        let browser = self.downgrade();
        let look = move || {
            if let Some(browser) = browser() {
                browser.judge();
                browser.look_later();
            }
        };
        // A browser without timers is judged at the next touch.
        self.0.guard.timer.set(set_timeout_with_handle(look, Duration::from_millis(wait)).ok());
    }

    /// Clears the screen and keeps the key: the PIN brings the screen back. `false` without a PIN.
    pub fn rest_if_pin(&self) -> bool {
        let has_pin = self.0.phone.borrow().as_ref().is_some_and(|phone| phone.has_pin());
        if has_pin {
            self.rest();
        }
        has_pin
    }

    fn rest(&self) {
        leave_field();
        let saving = self.0.guard.save();
        self.0.guard.change(|watch| watch.resting = Some(now_ms()));
        self.0.signals.toast.set(None);
        self.show(Phase::Resting);
        spawn_local(all(saving));
        self.look_later();
    }

    /// Tries the PIN of the screen. The last wrong one locks.
    pub fn show_again(&self, pin: &str) -> PinTry {
        let Some(phone) = self.0.phone.borrow().clone() else { return PinTry::Last };
        let tried = phone.try_pin(pin);
        match tried {
            PinTry::Right => {
                self.guard_phone();
                self.show(phone.phase());
            }
            PinTry::Wrong(_) => {}
            PinTry::Last => self.put_away(),
        }
        tried
    }

    /// Locks: the screen goes, what is half written is sealed, the key goes.
    pub fn put_away(&self) {
        let Some(phone) = self.0.phone.take() else { return };
        leave_field();
        let saving = self.0.guard.save();
        self.0.signals.toast.set(None);
        self.show(Phase::Starting);
        spawn_local(finish(self.clone(), phone, saving));
    }
}

/// One after the other, as the device takes its steps anyway.
async fn all(saving: Vec<Local<'static, ()>>) {
    for one in saving {
        one.await;
    }
}

async fn finish(browser: Browser, phone: Rc<Phone>, saving: Vec<Local<'static, ()>>) {
    // What was being saved already goes before what is saved now: steps of a device queue.
    let sealed = async {
        all(saving).await;
        phone.settle().await;
    };
    // What takes longer than a person may have to wait for a locked screen is as lost as in a crash.
    let _: Option<()> = within(SEALING_MS, sealed).await;
    phone.close();
    browser.0.signals.needs_sign_in.set(false);
    if !matches!(browser.0.signals.phase.get_untracked(), Phase::Starting) {
        return;
    }
    // First, so that a page that cannot start again is locked all the same.
    browser.show(Phase::Locked);
    if browser.0.worker.starts_offline() {
        worker::reload();
    }
}
