//! The browser as the pages know it: [`Host`] over vault, store, heartbeat and tab.

use super::{
    browser::member,
    clock::{BrowserClock, random},
    courier::Courier,
    door, flow,
    guard::Guard,
    look, passkey,
    phone::Phone,
    photo, rescue,
    signals::Signals,
    tab::{Ask, Tab},
    vault::Vault,
    worker::Worker,
};
use crate::{
    api::session::Me,
    domain::{change::Pen, files::MediaType, ids::UserId},
    sync::{
        passphrase,
        ports::{Clock, Local},
        watch::PinTry,
    },
    ui::{
        context::{Brought, Door, DoorChange, Host, Phase, Photo, Saving, Scan, UnlockError},
        look::Look,
    },
};
use chrono::{DateTime, NaiveDate, Utc};
use futures_util::lock::Mutex;
use leptos::{
    prelude::{Set, WithUntracked, document, request_animation_frame, window},
    task::spawn_local,
};
use std::{
    cell::{Cell, RefCell},
    rc::{Rc, Weak},
};
use uuid::Uuid;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement, Response};

/// The browser.
#[derive(Clone)]
pub struct Browser(pub Rc<Inner>);

/// What is open here.
pub struct Inner {
    pub signals: Signals,
    pub worker: Worker,
    pub tab: Tab,
    /// The vault that "Odblokuj" opens.
    pub vault: RefCell<Option<Rc<Vault>>>,
    /// The open device.
    pub phone: RefCell<Option<Rc<Phone>>>,
    /// Watches the person at it.
    pub guard: Guard,
    /// Ways from one phase to another follow one another: a double tap opens a vault once.
    pub gate: Mutex<()>,
    /// Where the courier is.
    pub courier: Cell<Courier>,
    asked_to_persist: Cell<bool>,
}

impl Browser {
    /// A browser in which nothing is open yet.
    pub fn new(signals: Signals) -> Self {
        Self(Rc::new_cyclic(|inner: &Weak<Inner>| {
            let inner = inner.clone();
            let on_lost = move || {
                if let Some(inner) = inner.upgrade() {
                    Browser(inner).lose();
                }
            };
            Inner {
                signals,
                worker: Worker::new(signals),
                tab: Tab::new(on_lost),
                vault: RefCell::default(),
                phone: RefCell::default(),
                guard: Guard::new(),
                gate: Mutex::new(()),
                courier: Cell::default(),
                asked_to_persist: Cell::new(false),
            }
        }))
    }

    /// A way back to this browser that does not keep it alive.
    pub fn downgrade(&self) -> impl Fn() -> Option<Browser> + 'static {
        let inner = Rc::downgrade(&self.0);
        move || inner.upgrade().map(Browser)
    }

    /// Finds out who is here.
    pub fn begin(&self) {
        spawn_local(flow::begin(self.clone(), Ask::Politely));
    }

    /// Shows a page.
    pub fn show(&self, phase: Phase) {
        self.0.signals.phase.set(phase);
    }

    /// Another tab holds the device now.
    pub fn lose(&self) {
        self.close_phone();
        self.0.tab.release();
        self.show(Phase::OtherTab);
    }

    /// Drops the device and its key. Pages that still hold the device can do nothing with it.
    pub fn close_phone(&self) {
        if let Some(phone) = self.0.phone.take() {
            phone.close();
        }
        self.0.signals.needs_sign_in.set(false);
    }

    /// Lets the vault of this database go, open or locked; says whether it was the one on the screen.
    pub fn forget_vault(&self, name: &str) -> bool {
        let open = self.0.phone.borrow().as_ref().is_some_and(|phone| phone.database() == name);
        if open {
            self.close_phone();
        }
        let locked = self.0.vault.borrow().as_ref().is_some_and(|vault| vault.database.name() == name);
        if locked {
            self.0.vault.take();
        }
        let on_screen = self.0.signals.phase.with_untracked(|phase| matches!(phase, Phase::Phone(_) | Phase::Locked));
        (open || locked) && on_screen
    }

    /// Asks the browser to keep our data when space runs out: at the first save, because some
    /// browsers ask the person, and then the question makes sense to them.
    fn ask_to_persist(&self) {
        let saved = self.0.phone.borrow().as_ref().is_some_and(|phone| phone.device.replica().waiting() > 0);
        if !saved || self.0.asked_to_persist.replace(true) {
            return;
        }
        let storage = window().navigator();
        let Some(Ok(asked)) = member(&storage, "storage").map(|_| storage.storage().persist()) else { return };
        // Whether it was granted is read anew wherever it matters.
        spawn_local(async move { drop(JsFuture::from(asked).await) });
    }
}

impl Host for Browser {
    fn now(&self) -> DateTime<Utc> {
        BrowserClock.now()
    }

    fn offset_minutes(&self) -> i16 {
        BrowserClock.offset_minutes()
    }

    fn new_id(&self) -> Uuid {
        let pen = Pen { author: UserId(Uuid::nil()), now: self.now(), offset: 0, random: &random };
        pen.id()
    }

    fn signed_in(&self, me: Me) {
        spawn_local(flow::enter(self.clone(), me));
    }

    fn enrol(&self, me: Me, passphrase: String, passkey: bool) -> Local<'_, Result<(), UnlockError>> {
        Box::pin(flow::enrol(self.clone(), me, passphrase, passkey))
    }

    fn unlock(&self, passphrase: String) -> Local<'_, Result<(), UnlockError>> {
        Box::pin(flow::unlock(self.clone(), passphrase))
    }

    fn unlock_by_passkey(&self) -> Local<'_, Result<(), UnlockError>> {
        Box::pin(flow::unlock_by_passkey(self.clone()))
    }

    fn offers_passkeys(&self) -> Local<'_, bool> {
        Box::pin(passkey::is_offered())
    }

    fn door(&self) -> Door {
        door::door(self)
    }

    fn change_door(&self, change: DoorChange) -> Local<'_, Result<(), UnlockError>> {
        Box::pin(door::change(self.clone(), change))
    }

    fn lock(&self) {
        self.put_away();
    }

    fn hide(&self) -> bool {
        self.rest_if_pin()
    }

    fn show_again(&self, pin: &str) -> PinTry {
        Browser::show_again(self, pin)
    }

    fn before_lock(&self, saving: Weak<Saving>) {
        self.0.guard.keep(saving);
    }

    fn sign_out(&self) {
        spawn_local(flow::sign_out(self.clone()));
    }

    fn sync(&self) {
        if let Some(phone) = &*self.0.phone.borrow() {
            phone.beat();
        }
        self.ask_to_persist();
    }

    fn take_over(&self) {
        spawn_local(flow::begin(self.clone(), Ask::Firmly));
    }

    fn apply_update(&self) {
        self.0.worker.apply();
    }

    fn suggest_passphrase(&self) -> Local<'_, Result<String, UnlockError>> {
        Box::pin(suggest())
    }

    fn print(&self) {
        if window().print().is_err() {
            self.0.signals.say("Ta przeglądarka nie drukuje. Otwórz stronę w innej.");
        }
    }

    fn focus(&self, id: &str) {
        let id = id.to_owned();
        // The element may be drawn only now, as the answer to the same tap.
        request_animation_frame(move || {
            if let Some(element) = document().get_element_by_id(&id) {
                focus(&element);
            }
        });
    }

    fn look(&self) -> Look {
        look::kept()
    }

    fn set_look(&self, look: Look) {
        look::set(look);
    }

    fn photo<'a>(&'a self, input: &'a str) -> Local<'a, Result<Option<Photo>, String>> {
        Box::pin(photo::chosen(input))
    }

    fn save_copy(&self, today: NaiveDate) -> Local<'_, Result<usize, String>> {
        Box::pin(async move {
            let phone = self.0.phone.borrow().clone();
            let Some(phone) = phone else { return Ok(0) };
            rescue::save(&phone.vault().database, phone.vault().installation(), today).await
        })
    }

    fn bring_copy<'a>(&'a self, input: &'a str) -> Local<'a, Result<Option<Brought>, String>> {
        Box::pin(rescue::bring(input))
    }

    fn scan<'a>(&'a self, input: &'a str) -> Local<'a, Result<Option<Scan>, String>> {
        Box::pin(photo::scanned(input))
    }

    fn address_of(&self, bytes: &[u8], media: MediaType) -> Option<String> {
        photo::address_of(bytes, media)
    }

    fn forget_address(&self, address: &str) {
        photo::forget_address(address);
    }

    fn spawn(&self, task: Local<'static, ()>) {
        spawn_local(task);
    }
}

async fn suggest() -> Result<String, UnlockError> {
    let text = words().await.map_err(|_| no_words())?;
    let words = passphrase::read_list(&text).ok_or_else(no_words)?;
    Ok(passphrase::propose(&words, random))
}

fn no_words() -> UnlockError {
    UnlockError::Store("brak listy słów".into())
}

async fn words() -> Result<String, JsValue> {
    let response: Response = JsFuture::from(window().fetch_with_str("/slowa.txt")).await?.dyn_into()?;
    Ok(JsFuture::from(response.text()?).await?.as_string().unwrap_or_default())
}

/// Leads the person to it, also into folds that are closed.
fn focus(element: &Element) {
    while let Ok(Some(fold)) = element.closest("details:not([open])") {
        if fold.set_attribute("open", "").is_err() {
            break;
        }
    }
    element.scroll_into_view();
    let Some(focusable) = element.dyn_ref::<HtmlElement>() else { return };
    let focused = || focusable.focus().is_ok() && document().active_element().as_ref() == Some(element);
    if !focused() {
        // Headings and messages take the focus only when told that they may.
        focusable.set_tab_index(-1);
        focused();
    }
}
