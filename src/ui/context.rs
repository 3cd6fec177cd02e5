//! What pages ask their surroundings for: who is here, the device, the network, today.
//! The browser provides a [`Host`]; pages never touch the browser's storage themselves.

use super::look::Look;
use crate::{
    api::session::Me,
    domain::{
        change::Intent,
        files::MediaType,
        form::Problem,
        ids::{DraftId, FileId},
        record::Refusal,
    },
    sync::{
        engine::Device,
        ports::Local,
        replica::{Draft, Replica, Write},
        watch::PinTry,
    },
};
use chrono::{DateTime, NaiveDate, Utc};
use leptos::prelude::*;
use std::rc::{Rc, Weak};
use uuid::Uuid;

/// Why the vault on this device did not open.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnlockError {
    /// The passphrase is wrong.
    #[error("Hasło urządzenia nie pasuje. Sprawdź i spróbuj ponownie.")]
    WrongPassphrase,
    /// The next try is possible after so many seconds.
    #[error("Za dużo prób. Odczekaj {0} s.")]
    Wait(u32),
    /// The passphrase is too short for a new vault.
    #[error("Hasło urządzenia musi mieć co najmniej 14 znaków. Najprościej przyjąć proponowane słowa.")]
    TooShort,
    /// The passkey did not answer.
    #[error("Klucz dostępu nie odpowiedział albo już go nie ma. Wpisz hasło urządzenia.")]
    NoPasskey,
    /// The passkey is another one than the vault knows.
    #[error(
        "Ten klucz dostępu nie otwiera danych na tym urządzeniu. Wpisz hasło urządzenia, a potem ustaw klucz od nowa na stronie Ten telefon."
    )]
    OtherPasskey,
    /// The device has passkeys, but not such that can open anything.
    #[error("Klucz dostępu na tym urządzeniu nie potrafi otwierać danych. Zostaje hasło urządzenia.")]
    PasskeyUnfit,
    /// It is no PIN.
    #[error("PIN ma 6 cyfr.")]
    NoPin,
    /// Everybody would try it first.
    #[error("Ten PIN łatwo zgadnąć. Wybierz inny niż jedna powtórzona cyfra albo cyfry po kolei.")]
    ObviousPin,
    /// The device has been locked meanwhile.
    #[error("Urządzenie jest zablokowane. Odblokuj je i spróbuj ponownie.")]
    Locked,
    /// The wraps have been destroyed.
    #[error("Dane na tym urządzeniu zostały zamknięte na zawsze.")]
    Closed,
    /// The browser's store does not work.
    #[error("Pamięć urządzenia nie odpowiada ({0}). Zamknij aplikację i otwórz ją ponownie.")]
    Store(String),
}

/// Who is here and what they may see now.
#[derive(Clone)]
pub enum Phase {
    /// The app is finding out.
    Starting,
    /// Nobody is signed in and nobody has a vault here.
    SignIn,
    /// An assistant signed in for the first time on this device: a passphrase is to be chosen.
    Enrol(Me),
    /// A vault is here, locked. The name is not shown: whose it is, its owner knows.
    Locked,
    /// A vault is here that nothing opens any more.
    Closed,
    /// An assistant's device is open, and its screen cleared: the PIN brings it back.
    Resting,
    /// An assistant's device, open.
    Phone(PhoneSession),
    /// A manager or social worker, signed in.
    Desk(Me),
    /// The app is open in another tab, which holds the device.
    OtherTab,
    /// The device cannot keep data (no IndexedDB, private window); the reason in Polish.
    Broken(String),
}

/// An assistant's open device.
#[derive(Clone)]
pub struct PhoneSession {
    /// The person, as known at the last sign-in.
    pub me: Me,
    /// Their device.
    pub device: Rc<Device>,
}

/// A photo that was taken or chosen: a JPEG of at most [`crate::domain::files::MAX_BYTES`], drawn anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    /// The picture and nothing else.
    pub bytes: Vec<u8>,
    /// SHA-256, hexadecimal.
    pub hash: String,
}

/// A scan or photo of a signed page: of at most [`crate::domain::files::MAX_BYTES`]. Pictures are drawn anew; a PDF
/// is taken as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scan {
    /// What it is, by its content.
    pub media: MediaType,
    /// The file.
    pub bytes: Vec<u8>,
    /// SHA-256, hexadecimal.
    pub hash: String,
}

/// What opens this device besides the passphrase.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Door {
    /// A passkey opens the vault.
    pub passkey: bool,
    /// A PIN brings the screen back.
    pub pin: bool,
}

/// A change of what opens this device.
pub enum DoorChange {
    /// Makes a passkey, or another one; the passphrase proves who asks.
    AddPasskey {
        /// As typed.
        passphrase: String,
    },
    /// The passphrase alone opens it from now on.
    RemovePasskey,
    /// Another passphrase.
    Passphrase {
        /// The one that holds, as typed; without it the passkey proves who asks.
        now: Option<String>,
        /// The new one, as typed.
        new: String,
    },
    /// A PIN of the screen, or none.
    Pin(Option<String>),
}

/// Saves what is half written: what is to be done, or nothing when all is saved.
pub type Saving = dyn Fn() -> Option<Local<'static, ()>>;

/// What became of a rescue copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Brought {
    /// Changes that the office has now.
    pub taken: usize,
    /// Changes in the file.
    pub of: usize,
}

/// What the browser does for the pages.
pub trait Host {
    /// The device's clock.
    fn now(&self) -> DateTime<Utc>;
    /// Minutes that local time is ahead of UTC.
    fn offset_minutes(&self) -> i16;
    /// An id for a new thing (UUID version 7).
    fn new_id(&self) -> Uuid;
    /// A person has just signed in (online): opens, asks for a passphrase, or shows the desk.
    fn signed_in(&self, me: Me);
    /// Makes the person's vault on this device and opens it.
    fn enrol(&self, me: Me, passphrase: String, passkey: bool) -> Local<'_, Result<(), UnlockError>>;
    /// Opens the vault on this device by its passkey; the device asks the person.
    fn unlock_by_passkey(&self) -> Local<'_, Result<(), UnlockError>>;
    /// Can this device make passkeys that open a vault?
    fn offers_passkeys(&self) -> Local<'_, bool>;
    /// What opens this device besides the passphrase.
    fn door(&self) -> Door;
    /// Changes what opens the open device.
    fn change_door(&self, change: DoorChange) -> Local<'_, Result<(), UnlockError>>;
    /// Opens the vault on this device.
    fn unlock(&self, passphrase: String) -> Local<'_, Result<(), UnlockError>>;
    /// Closes the vault: what is half written is sealed, the key leaves memory, the screen goes to "Odblokuj".
    fn lock(&self);
    /// Clears the screen and keeps the key, where a PIN brings it back; `false` where there is none.
    fn hide(&self) -> bool;
    /// Tries the PIN of the screen.
    fn show_again(&self, pin: &str) -> PinTry;
    /// A form that is to be saved before the device is locked, for as long as it is kept.
    fn before_lock(&self, saving: Weak<Saving>);
    /// Ends the session of the desk.
    fn sign_out(&self);
    /// Begins a round of sending and fetching, if none is running.
    fn sync(&self);
    /// Makes this tab the one that holds the device.
    fn take_over(&self);
    /// Lets the waiting version take over: the page reloads. Saved drafts stay.
    fn apply_update(&self);
    /// Words for a new passphrase, chosen by chance.
    fn suggest_passphrase(&self) -> Local<'_, Result<String, UnlockError>>;
    /// Opens the print dialogue for the page in view.
    fn print(&self);
    /// Puts the keyboard focus on the element with this id and brings it into view.
    fn focus(&self, id: &str);
    /// How the app looks on this device.
    fn look(&self) -> Look;
    /// Changes how it looks, at once and for good.
    fn set_look(&self, look: Look);
    /// The photo chosen in the file input with this id; `None` when none was.
    fn photo<'a>(&'a self, input: &'a str) -> Local<'a, Result<Option<Photo>, String>>;
    /// Hands the person a file of all that waits, sealed to the office (P10); says how many changes are in it.
    fn save_copy(&self, today: NaiveDate) -> Local<'_, Result<usize, String>>;
    /// Brings such a file, chosen in the file input with this id, to the office; `None` when none was chosen.
    fn bring_copy<'a>(&'a self, input: &'a str) -> Local<'a, Result<Option<Brought>, String>>;
    /// The scan chosen in the file input with this id: a picture or a PDF; `None` when none was.
    fn scan<'a>(&'a self, input: &'a str) -> Local<'a, Result<Option<Scan>, String>>;
    /// An address in this page under which these bytes can be shown, until it is let go of.
    fn address_of(&self, bytes: &[u8], media: MediaType) -> Option<String>;
    /// Lets go of the bytes behind an address.
    fn forget_address(&self, address: &str);
    /// Runs a task to its end, also when the page that began it is left.
    fn spawn(&self, task: Local<'static, ()>);
}

/// What pages find around them.
#[derive(Clone, Copy)]
pub struct App {
    /// Who is here.
    pub phase: RwSignal<Phase, LocalStorage>,
    /// Grows whenever what the device holds changed.
    pub tick: RwSignal<u64>,
    /// Grows whenever the state of its exchange changed.
    pub pulse: RwSignal<u64>,
    /// The browser believes that there is a network.
    pub online: RwSignal<bool>,
    /// The session on the server has ended: sign in again to send (P6).
    pub needs_sign_in: RwSignal<bool>,
    /// A new version waits for a safe moment.
    pub update_ready: RwSignal<bool>,
    /// A short message with an optional way back.
    pub toast: RwSignal<Option<Toast>, LocalStorage>,
    /// Day on the device's calendar; changes at midnight.
    pub today: RwSignal<NaiveDate>,
    /// The browser.
    pub host: StoredValue<Rc<dyn Host>, LocalStorage>,
}

/// A short message.
#[derive(Clone)]
pub struct Toast {
    /// What happened.
    pub text: String,
    /// What "Cofnij" does, if it can be undone.
    pub undo: Option<Rc<dyn Fn()>>,
    /// Its way back leads into a form, so it goes when the form does.
    pub in_form: bool,
}

/// The surroundings. Every page is under them.
pub fn app() -> App {
    expect_context::<App>()
}

impl App {
    /// The browser.
    pub fn host(&self) -> Rc<dyn Host> {
        self.host.get_value()
    }

    /// The open device, if the person works on one. Tracks the phase.
    pub fn session(&self) -> Option<PhoneSession> {
        match self.phase.get() {
            Phase::Phone(session) => Some(session),
            _ => None,
        }
    }

    /// The person who is here, on a phone or at a desk. Tracks the phase.
    pub fn me(&self) -> Option<Me> {
        match self.phase.get() {
            Phase::Phone(session) => Some(session.me),
            Phase::Desk(me) | Phase::Enrol(me) => Some(me),
            _ => None,
        }
    }

    /// Reads what the device holds and how its exchange stands, and again whenever one of them changes: many times in a
    /// round.
    pub fn read_standing<T>(&self, look: impl FnOnce(&Replica) -> T) -> Option<T> {
        self.pulse.track();
        self.read(look)
    }

    /// Reads what the device holds, and again whenever that changes.
    pub fn read<T>(&self, look: impl FnOnce(&Replica) -> T) -> Option<T> {
        self.tick.track();
        self.session().map(|session| look(&session.device.replica()))
    }

    /// Shows a short message.
    pub fn say(&self, text: impl Into<String>) {
        self.toast.set(Some(Toast { text: text.into(), undo: None, in_form: false }));
    }

    /// Shows a short message with "Cofnij".
    pub fn say_with_undo(&self, text: impl Into<String>, undo: impl Fn() + 'static) {
        self.toast.set(Some(Toast { text: text.into(), undo: Some(Rc::new(undo)), in_form: false }));
    }
}

/// What a step on the device may say: the Polish sentence for the person.
pub type Said = Result<(), String>;

/// Saves a draft on the device.
pub async fn save_draft(session: &PhoneSession, draft: Draft) -> Said {
    step(session, |replica| Ok::<_, Refusal>(replica.save_draft(draft))).await
}

/// Keeps the bytes of a file on the device.
pub async fn keep_content(session: &PhoneSession, file: FileId, bytes: Vec<u8>) -> Said {
    step(session, |_| Ok::<_, Refusal>(vec![Write::PutContent(file, bytes)])).await
}

/// Throws a draft away.
pub async fn drop_draft(session: &PhoneSession, id: DraftId) -> Said {
    step(session, |replica| Ok::<_, Refusal>(replica.drop_draft(id))).await
}

/// Writes intents into the outbox, with the draft that became them; then begins to send.
pub async fn intend(app: App, session: &PhoneSession, intents: Vec<Intent>, done: Option<DraftId>) -> Said {
    let written = session.device.step(|replica, pen| replica.intend(intents, done, pen)).await;
    written.map_err(|error| error.to_string())?;
    app.host().sync();
    Ok(())
}

async fn step<E: std::fmt::Display>(
    session: &PhoneSession,
    decide: impl FnOnce(&Replica) -> Result<Vec<Write>, E>,
) -> Said {
    session.device.step(|replica, _| decide(replica)).await.map_err(|error| error.to_string())
}

/// The first problem of a field, if it has one.
pub fn problem_of<'a>(problems: &'a [Problem], field: &str) -> Option<&'a Problem> {
    problems.iter().find(|problem| problem.field == field)
}
