//! An assistant's open device: its key, its data, its rhythm.

use super::{
    browser::member,
    clock::{BrowserClock, BrowserRandom},
    heartbeat::{Heartbeat, Reason},
    remote::Office,
    signals::Signals,
    store::{Loss, SealedStore},
    vault::{Opened, Vault, VaultError},
    worker::Worker,
};
use crate::{
    api::session::Me,
    domain::{
        devices::{Unlock, plain_name},
        record::Refusal,
    },
    sync::{
        engine::{Changed, Device, Parts},
        ports::StoreError,
        protocol::{About, Base64},
        watch::{PinTry, ScreenPin},
    },
    ui::context::{Phase, PhoneSession, UnlockError},
};
use leptos::prelude::*;
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen_futures::JsFuture;

/// What is open.
pub struct Phone {
    pub device: Rc<Device>,
    vault: Rc<Vault>,
    opened: RefCell<Opened>,
    store: Rc<SealedStore>,
    heart: RefCell<Option<Rc<Heartbeat>>>,
    signals: Signals,
}

impl Phone {
    /// Opens the device with its key and begins its rhythm.
    pub async fn open(
        vault: Rc<Vault>,
        opened: Opened,
        signals: Signals,
        worker: Worker,
        on_loss: impl Fn(Loss) + 'static,
    ) -> Result<Self, UnlockError> {
        let place = (opened.me.office, vault.installation());
        let held = SealedStore::hold(vault.database.clone(), opened.key.clone(), place, on_loss).await;
        let store = Rc::new(held.map_err(VaultError::from)?);
        let office = Rc::new(Office::new(opened.me.user));
        let parts = Parts {
            store: store.clone(),
            remote: office.clone(),
            clock: Rc::new(BrowserClock),
            random: Rc::new(BrowserRandom),
            app: env!("CARGO_PKG_VERSION").into(),
        };
        let device = Device::open(opened.me.user, vault.installation(), parts).await.map_err(unreadable)?;
        let device = Rc::new(device);
        device.on_change(move |changed| {
            let grown = match changed {
                Changed::Held => signals.tick,
                Changed::Standing => signals.pulse,
            };
            grown.update(|count| *count += 1);
        });
        if let Some(point) = store.point() {
            device.introduce(about(point, &vault).await);
        }
        let heart = Heartbeat::start(device.clone(), office, signals, worker);
        Ok(Self { device, vault, opened: RefCell::new(opened), store, heart: RefCell::new(Some(heart)), signals })
    }

    /// The vault that it came out of.
    pub fn vault(&self) -> &Vault {
        &self.vault
    }

    /// Is there a PIN of the screen?
    pub fn has_pin(&self) -> bool {
        self.opened.borrow().pin.is_some()
    }

    /// Keeps another PIN of the screen, or none.
    pub async fn set_pin(&self, pin: Option<ScreenPin>) -> Result<(), VaultError> {
        let key = self.opened.borrow().key.clone();
        self.vault.keep_pin(&key, pin.as_ref()).await?;
        self.opened.borrow_mut().pin = pin;
        Ok(())
    }

    /// Tries the PIN of the screen. Without one nothing brings the screen back.
    pub fn try_pin(&self, typed: &str) -> PinTry {
        self.opened.borrow_mut().pin.as_mut().map_or(PinTry::Last, |pin| pin.attempt(typed))
    }

    /// Waits until the steps that were begun have been kept.
    pub async fn settle(&self) {
        // Nothing is written, so nothing can fail.
        drop(self.device.step(|_, _| Ok::<_, Refusal>(Vec::new())).await);
    }

    /// The owner.
    pub fn me(&self) -> Me {
        self.opened.borrow().me.clone()
    }

    /// Name of the database that it lies in.
    pub fn database(&self) -> &str {
        self.vault.database.name()
    }

    /// What the pages work with.
    pub fn phase(&self) -> Phase {
        Phase::Phone(PhoneSession { me: self.me(), device: self.device.clone() })
    }

    /// Begins a round.
    pub fn beat(&self) {
        if let Some(heart) = &*self.heart.borrow() {
            heart.beat(Reason::Person);
        }
    }

    /// The owner has signed in again: what the office says about them is kept, and the door is open.
    pub async fn signed_in(&self, me: Me) {
        if self.me() != me {
            self.opened.borrow_mut().me = me.clone();
            // A screen that was cleared meanwhile stays so.
            if matches!(self.signals.phase.get_untracked(), Phase::Phone(_)) {
                self.signals.phase.set(self.phase());
            }
            let key = self.opened.borrow().key.clone();
            if let Err(error) = self.vault.keep_me(&key, &me).await {
                self.signals.say(UnlockError::from(error));
            }
        }
        if let Some(heart) = &*self.heart.borrow() {
            heart.signed_in();
        }
    }

    /// Forgets the key and stops. Pages that still hold the device can do nothing with it.
    pub fn close(&self) {
        self.heart.take();
        self.store.close();
    }
}

/// What the office is told of this device.
async fn about(point: Vec<u8>, vault: &Vault) -> About {
    let unlock = if vault.has_passkey() { Unlock::Passkey } else { Unlock::Passphrase };
    let agent = window().navigator().user_agent().unwrap_or_default();
    About { name: plain_name(&agent), key: Base64(point), unlock: Some(unlock), free_mb: free_mb().await }
}

/// Space that the browser leaves us.
async fn free_mb() -> Option<u32> {
    let navigator = window().navigator();
    member(&navigator, "storage")?;
    let estimate = JsFuture::from(navigator.storage().estimate().ok()?).await.ok()?;
    let bytes = |name| member(&estimate, name).and_then(|value| value.as_f64());
    // Rounded down, and never below nothing.
    Some(((bytes("quota")? - bytes("usage")?) / 1e6) as u32)
}

fn unreadable(error: StoreError) -> UnlockError {
    UnlockError::Store(match error {
        StoreError::Sealed => "zapis jest uszkodzony".into(),
        StoreError::Full => "brak miejsca".into(),
        StoreError::Unavailable(why) => why,
    })
}
