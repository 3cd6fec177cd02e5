//! What the sync core asks of its surroundings: a clock, randomness, a store, a way to the office.
//! The browser provides them, and so does the simulation.

use super::{
    protocol::{Request, Response},
    replica::{Item, Write},
};
use crate::domain::ids::FileId;
use chrono::{DateTime, Utc};
use std::{future::Future, pin::Pin};

/// A future of one thread: the browser has no other.
pub type Local<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// The device's clock.
pub trait Clock {
    /// Now, by the device.
    fn now(&self) -> DateTime<Utc>;
    /// Minutes that local time is ahead of UTC.
    fn offset_minutes(&self) -> i16;
}

/// The device's randomness.
pub trait Randomness {
    /// Ten unforeseeable bytes.
    fn bytes(&self) -> [u8; 10];
}

/// Why the store on the device failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// No space is left on the device.
    #[error("Brak miejsca na tym urządzeniu. Zwolnij miejsce i zapisz ponownie.")]
    Full,
    /// The browser closed or lost the store.
    #[error("Pamięć urządzenia nie odpowiada. Otwórz aplikację ponownie.")]
    Unavailable(String),
    /// What is stored cannot be opened with this key.
    #[error("Nie można odczytać danych na tym urządzeniu.")]
    Sealed,
}

/// Keeps one person's items on one device, sealed.
pub trait DeviceStore {
    /// Everything that is kept.
    fn load(&self) -> Local<'_, Result<Vec<Item>, StoreError>>;
    /// Writes all or nothing, durably: when it answers, the writes survive a power cut.
    fn commit(&self, writes: Vec<Write>) -> Local<'_, Result<(), StoreError>>;
    /// The bytes of a file, if they are here.
    fn content(&self, file: FileId) -> Local<'_, Result<Option<Vec<u8>>, StoreError>>;
    /// Which files' bytes are here.
    fn contents(&self) -> Local<'_, Result<Vec<FileId>, StoreError>>;
}

/// Why an exchange brought nothing. None of these removes a change from the outbox (P1).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExchangeError {
    /// No network, or the office did not answer.
    #[error("Brak sieci.")]
    Offline,
    /// The session has ended: sign in, then go on (P6).
    #[error("Sesja wygasła. Zaloguj się, aby wysłać.")]
    SignedOut,
    /// Too much at once: try with half.
    #[error("Za dużo naraz.")]
    TooLarge,
    /// The office does not speak this version any more.
    #[error("Zaktualizuj aplikację, aby wysłać. Nic nie zginie.")]
    Outdated,
    /// The office is busy or broken; trying again helps.
    #[error("Serwer chwilowo nie odpowiada. Spróbujemy ponownie.")]
    Busy,
    /// An answer that is not ours.
    #[error("Niezrozumiała odpowiedź. Sprawdź, czy sieć nie wymaga logowania.")]
    Malformed,
}

/// The way to the office.
pub trait Remote {
    /// One exchange.
    fn exchange<'a>(&'a self, request: &'a Request) -> Local<'a, Result<Response, ExchangeError>>;
}
