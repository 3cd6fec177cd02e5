//! Brings what lies sealed to the office there, of every vault on this device, whether anybody opens it or not: a
//! locked one, that of the colleague who had the tablet before, one whose passphrase is forgotten. And hears whether
//! the office has cut one of them off; then its data go, and the office is told so.

use super::{
    browser::{is_online, member},
    database::{CONTENTS, Database, DbError, ITEMS, META, SEALED, Step},
    host::Browser,
    index::Index,
};
use crate::{
    api::{error::ApiError, exchange::bring_sealed},
    domain::ids::{ChangeId, DeviceId},
    sync::{
        packet::Packet,
        protocol::{Base64, Parcel},
        wraps::VaultFile,
    },
    ui::context::Phase,
};
use js_sys::{Array, Uint8Array};
use leptos::{
    prelude::{Effect, Get, GetUntracked, Track, WithUntracked, set_interval, window},
    task::spawn_local,
};
use std::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::ServiceWorkerRegistration;

/// While the app stays open, it looks this often.
const LOOK_EVERY: Duration = Duration::from_secs(60);
/// Packets in one parcel.
const MOST: usize = 20;
/// Bytes of packets in one parcel; one alone may be larger, it is below the door's limit all the same.
const MOST_BYTES: usize = 600_000;
/// Changes that the office has, of those that lie sealed here until their receipt is stored as well.
const TAKEN: &str = "taken";
const VAULT: &str = "vault";

const WIPED: &str = "Ośrodek odłączył to urządzenie. Dane Asysty zostały z niego usunięte.";

/// Why one vault was not served. The next time is soon.
#[derive(Debug, thiserror::Error)]
enum Trouble {
    #[error("{0}")]
    Db(#[from] DbError),
    #[error("{0}")]
    Office(#[from] ApiError),
}

/// Where the courier is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Courier {
    /// Nowhere.
    #[default]
    Resting,
    /// On its way.
    OnTheWay,
    /// On its way, and called once more meanwhile.
    CalledAgain,
}

impl Courier {
    fn called(self) -> Self {
        match self {
            Courier::Resting => Courier::OnTheWay,
            Courier::OnTheWay | Courier::CalledAgain => Courier::CalledAgain,
        }
    }
}

/// Begins: whenever somebody comes or goes, the network comes back, or a minute has passed.
pub fn attend(browser: &Browser) {
    let signals = browser.0.signals;
    let on_turn = browser.clone();
    Effect::new(move |_| {
        signals.phase.track();
        signals.needs_sign_in.track();
        if signals.online.get() {
            call(&on_turn);
        }
    });
    let on_time = browser.clone();
    set_interval(move || call(&on_time), LOOK_EVERY);
}

fn call(browser: &Browser) {
    // Before the first phase is known, nobody knows what is open.
    let starting = browser.0.signals.phase.with_untracked(|phase| matches!(phase, Phase::Starting));
    if starting || !is_online() {
        return;
    }
    // Called while on the way: what it was called for may concern a vault that it has passed already.
    if browser.0.courier.replace(browser.0.courier.get().called()) != Courier::Resting {
        return;
    }
    let browser = browser.clone();
    spawn_local(async move {
        loop {
            // Whatever went wrong, everything lies where it lay, and is looked at again.
            drop(round(&browser).await);
            if browser.0.courier.replace(Courier::Resting) != Courier::CalledAgain {
                return;
            }
            browser.0.courier.set(Courier::OnTheWay);
        }
    });
}

async fn round(browser: &Browser) -> Result<(), Trouble> {
    let index = Index::read().await?;
    for name in index.vaults.iter().chain(&index.orphans) {
        // An open vault speaks for itself as long as its session lives.
        let speaks = browser.0.phone.borrow().as_ref().is_some_and(|phone| phone.database() == name);
        if !speaks || browser.0.signals.needs_sign_in.get_untracked() {
            serve(browser, &Database::new(name.as_str())).await?;
        }
    }
    report(&Index::read().await?).await
}

/// Sends what lies sealed in one vault, and does what the office says about it.
async fn serve(browser: &Browser, database: &Database) -> Result<(), Trouble> {
    let file = database.text(VAULT).await?;
    let file = file.map(|text| VaultFile::read(&text));
    // A file that this version cannot read may be opened by the next one.
    let has_wraps = file.as_ref().is_some_and(|file| file.as_ref().map_or(true, |file| !file.wraps.is_empty()));
    let mut sealed = Sealed::read(database).await?;
    let Some(device) = file.and_then(Result::ok).map(|file| file.installation).or_else(|| sealed.device()) else {
        return sweep(database, &sealed).await;
    };
    let wipe = sealed.bring(device).await?;
    if wipe {
        wipe_out(browser, database, device, &sealed).await?;
    } else if has_wraps {
        // Its owner gets the receipts, and till then everything stays.
        sealed.mark(database).await?;
    } else {
        sealed.let_go(database).await?;
        sweep(database, &sealed).await?;
    }
    database.close();
    Ok(())
}

/// These packets in parcels that the door takes; one without any when there are none, to ask how the device stands.
pub fn parcels<'a>(device: DeviceId, packets: impl Iterator<Item = &'a [u8]>) -> impl Iterator<Item = Parcel> {
    let (mut all, mut parcel, mut size) = (Vec::new(), Vec::new(), 0);
    for packet in packets {
        if parcel.len() == MOST || !parcel.is_empty() && size + packet.len() > MOST_BYTES {
            all.push(std::mem::take(&mut parcel));
            size = 0;
        }
        size += packet.len();
        parcel.push(Base64(packet.to_vec()));
    }
    all.push(parcel);
    all.into_iter().map(move |packets| Parcel { device, packets, wiped: false, alone: false })
}

/// The changes in a vault that were brought to the office from outside of it.
pub async fn taken(database: &Database) -> Result<Vec<String>, DbError> {
    let text = database.text(TAKEN).await?;
    Ok(text.and_then(|text| serde_json::from_slice(text.as_bytes()).ok()).unwrap_or_default())
}

/// What lies sealed in one vault.
struct Sealed {
    packets: Vec<(String, Vec<u8>)>,
    taken: Vec<String>,
}

impl Sealed {
    async fn read(database: &Database) -> Result<Self, DbError> {
        let (names, values) = database.all(SEALED).await?;
        let packet = |(name, value): (_, wasm_bindgen::JsValue)| {
            Some((wasm_bindgen::JsValue::as_string(&name)?, value.dyn_into::<Uint8Array>().ok()?.to_vec()))
        };
        let packets = names.iter().zip(values.iter()).filter_map(packet).collect();
        Ok(Self { packets, taken: taken(database).await? })
    }

    /// The device that made them: they say so themselves.
    fn device(&self) -> Option<DeviceId> {
        self.packets.iter().find_map(|(_, packet)| Some(Packet::read(packet)?.label.device))
    }

    fn is_taken(&self, name: &str) -> bool {
        self.taken.iter().any(|taken| taken == name)
    }

    /// Is everything with the office?
    fn is_done(&self) -> bool {
        self.packets.iter().all(|(name, _)| self.is_taken(name))
    }

    /// Brings what waits; asks at least how the device stands. Says whether it is to be wiped.
    async fn bring(&mut self, device: DeviceId) -> Result<bool, ApiError> {
        let waiting = self.packets.iter().filter(|(name, _)| !self.is_taken(name));
        let mut wipe = false;
        for parcel in parcels(device, waiting.map(|(_, packet)| packet.as_slice())).collect::<Vec<_>>() {
            let receipt = bring_sealed(parcel).await?;
            self.taken.extend(receipt.taken.iter().map(ChangeId::to_string));
            wipe |= receipt.wipe;
        }
        Ok(wipe)
    }

    /// Remembers what the office has, so that it is not brought again and again.
    async fn mark(&mut self, database: &Database) -> Result<(), DbError> {
        let (packets, before) = (&self.packets, self.taken.len());
        self.taken.retain(|taken| packets.iter().any(|(name, _)| name == taken));
        if before == 0 {
            return Ok(());
        }
        let text = serde_json::to_string(&self.taken).map_err(|error| DbError::Browser(error.to_string()))?;
        database.write(&[Step::Put(META, TAKEN.into(), text.into())], None).await
    }

    /// Nobody can open this vault any more: what the office has may leave it.
    async fn let_go(&mut self, database: &Database) -> Result<(), DbError> {
        let gone = self.packets.iter().filter(|(name, _)| self.is_taken(name));
        let steps: Vec<Step> = gone.map(|(name, _)| Step::Delete(SEALED, name.clone())).collect();
        if !steps.is_empty() {
            database.write(&steps, None).await?;
        }
        Ok(())
    }
}

/// A database that holds nothing any more goes too, if it is one of those without a vault.
async fn sweep(database: &Database, sealed: &Sealed) -> Result<(), Trouble> {
    let is_orphan = Index::read().await?.orphans.iter().any(|name| name == database.name());
    if is_orphan && sealed.is_done() {
        database.remove().await?;
        Index::change(|index| index.orphans.retain(|name| name != database.name())).await?;
    }
    Ok(())
}

/// The office has cut this device off: its key and data go now; what is sealed to the office goes when the office has
/// it.
async fn wipe_out(browser: &Browser, database: &Database, device: DeviceId, sealed: &Sealed) -> Result<(), Trouble> {
    let was_here = browser.forget_vault(database.name());
    database.write(&[Step::Clear(ITEMS), Step::Clear(CONTENTS), Step::Clear(META)], None).await?;
    let done = sealed.is_done();
    if done {
        database.remove().await?;
    }
    Index::change(|index| {
        index.vaults.retain(|name| name != database.name());
        index.orphans.retain(|name| name != database.name());
        if !done {
            index.orphans.push(database.name().to_owned());
        }
        if !index.wiped.contains(&device) {
            index.wiped.push(device);
        }
    })
    .await?;
    if was_here {
        browser.show(Phase::SignIn);
        browser.0.signals.say(WIPED);
    }
    Ok(())
}

/// Tells the office which devices are wiped; the last one takes the program along.
async fn report(index: &Index) -> Result<(), Trouble> {
    for device in &index.wiped {
        let alone = index.vaults.is_empty() && index.orphans.is_empty();
        match bring_sealed(Parcel { device: *device, packets: Vec::new(), wiped: true, alone }).await {
            // The farewell: there is no session any more either.
            Ok(_) | Err(ApiError::SignedOut) => {}
            Err(error) => return Err(error.into()),
        }
        Index::change(|index| index.wiped.retain(|other| other != device)).await?;
        if alone {
            forget_program().await;
        }
    }
    Ok(())
}

/// Caches and worker go. Browsers that know `Clear-Site-Data` have done it by themselves; the others are asked here,
/// and what they refuse holds nothing of anybody.
async fn forget_program() {
    if let Ok(caches) = window().caches() {
        let names = JsFuture::from(caches.keys()).await.map(JsCast::unchecked_into::<Array>).unwrap_or_default();
        for name in names.iter().filter_map(|name| name.as_string()) {
            drop(JsFuture::from(caches.delete(&name)).await);
        }
    }
    if member(&window().navigator(), "serviceWorker").is_none() {
        return;
    }
    let found = JsFuture::from(window().navigator().service_worker().get_registration()).await;
    let registration = found.ok().and_then(|found| found.dyn_into::<ServiceWorkerRegistration>().ok());
    if let Some(Ok(leaving)) = registration.map(|registration| registration.unregister()) {
        drop(JsFuture::from(leaving).await);
    }
}
