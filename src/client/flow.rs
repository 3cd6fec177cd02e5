//! From the start to an open device or desk, and back: one function for each way.

use super::{
    browser::within,
    crypto::CryptoError,
    database::DbError,
    host::Browser,
    index::{Index, Last},
    phone::Phone,
    store::Loss,
    tab::Ask,
    vault::{Besides, Created, Opened, Vault, VaultError, database_of},
};
use crate::{
    api::{
        error::ApiError,
        session::{self, Me, who_am_i},
    },
    domain::access::Role,
    sync::passphrase::{even, is_long_enough},
    ui::context::{Phase, UnlockError},
};
use leptos::prelude::GetUntracked;
use std::rc::Rc;
use zeroize::Zeroizing;

const NO_STORE: &str = "Ta przeglądarka nie pozwala przechowywać danych na tym urządzeniu. Otwórz Asystę \
    w zwykłym oknie (nie prywatnym) aktualnej przeglądarki.";
const VAULT_GONE: &str = "Dane Asysty na tym urządzeniu zostały usunięte. Zaloguj się, aby pobrać to, \
    co zostało wysłane.";

const STORE_SILENT: &str = "Pamięć tego urządzenia nie odpowiada. Jeśli są na nim dane Asysty, zamknij \
    aplikację i otwórz ją ponownie.";
const STORE_WIPED: &str = "Przeglądarka usunęła dane Asysty z tego urządzenia. Nie zamykaj aplikacji, \
    dopóki wszystko się nie wyśle.";

const PASSKEY_LATER: &str = "Urządzenie jest gotowe, ale klucza dostępu nie ustawiono. Można to zrobić później \
    na stronie Ten telefon.";

/// Longest wait for the office where a person waits for the next page.
const PATIENCE_MS: u32 = 10_000;

/// Finds out who is here: a vault needs no network to be opened; without one, the office is asked.
pub async fn begin(browser: Browser, ask: Ask) {
    let _turn = browser.0.gate.lock().await;
    begin_with_index(&browser, ask).await;
}

async fn begin_with_index(browser: &Browser, ask: Ask) {
    let index = Index::read().await.unwrap_or_else(|_| {
        // People at the desk can work without a store; an assistant is stopped where they need it.
        browser.0.signals.say(STORE_SILENT);
        Index::default()
    });
    match index.vaults.first() {
        Some(name) if index.last == Last::Vault => begin_locked(browser, name, ask).await,
        _ => begin_online(browser, &index, ask).await,
    }
}

async fn begin_locked(browser: &Browser, name: &str, ask: Ask) {
    if !browser.0.tab.hold(ask).await {
        return browser.show(Phase::OtherTab);
    }
    match Vault::find(name).await {
        Ok(Some(vault)) => show_lock(browser, vault),
        Ok(None) => begin_without(browser, name, ask).await,
        Err(error) => browser.show(broken(&error)),
    }
}

fn show_lock(browser: &Browser, vault: Vault) {
    let phase = if vault.is_closed() { Phase::Closed } else { Phase::Locked };
    browser.0.vault.replace(Some(Rc::new(vault)));
    browser.show(phase);
}

/// The browser, or a person, has wiped the vault: that is said, and the next way is tried.
async fn begin_without(browser: &Browser, name: &str, ask: Ask) {
    browser.0.signals.say(VAULT_GONE);
    match Index::vault_gone(name).await {
        Ok(()) => Box::pin(begin_with_index(browser, ask)).await,
        Err(error) => browser.show(broken(&error)),
    }
}

async fn begin_online(browser: &Browser, index: &Index, ask: Ask) {
    match (patiently(who_am_i()).await, index.vaults.first()) {
        (Ok(Some(me)), _) => enter_as(browser, me, ask).await,
        // Someone worked at the desk last; offline, only the vault is of use.
        (Err(ApiError::Offline), Some(name)) => begin_locked(browser, name, ask).await,
        (Ok(None) | Err(_), _) => browser.show(Phase::SignIn),
    }
}

/// A person has signed in.
pub async fn enter(browser: Browser, me: Me) {
    let _turn = browser.0.gate.lock().await;
    enter_as(&browser, me, Ask::Politely).await;
}

async fn enter_as(browser: &Browser, me: Me, ask: Ask) {
    if me.role != Role::Assistant {
        return enter_desk(browser, me).await;
    }
    let phone = browser.0.phone.borrow().clone();
    if let Some(phone) = phone.filter(|phone| phone.me().user == me.user) {
        return phone.signed_in(me).await;
    }
    // A colleague signed in on the same device: the vault that may be open is not theirs.
    browser.close_phone();
    if !browser.0.tab.hold(ask).await {
        return browser.show(Phase::OtherTab);
    }
    match find_vault(&me).await {
        Ok(Some(vault)) if !vault.is_closed() => enter_vault(browser, vault).await,
        // Or closed for ever: a new one takes its place.
        Ok(_) => browser.show(Phase::Enrol(me)),
        Err(error) => browser.show(broken(&error)),
    }
}

async fn enter_desk(browser: &Browser, me: Me) {
    browser.close_phone();
    browser.0.tab.release();
    // Only for the next start, and the desk works without any store.
    drop(Index::desk_used().await);
    browser.show(Phase::Desk(me));
}

async fn find_vault(me: &Me) -> Result<Option<Vault>, DbError> {
    Vault::find(&database_name(me).await?).await
}

async fn enter_vault(browser: &Browser, vault: Vault) {
    match Index::vault_used(vault.database.name()).await {
        Ok(()) => show_lock(browser, vault),
        Err(error) => browser.show(broken(&error)),
    }
}

/// Makes the person's vault and opens it.
pub async fn enrol(browser: Browser, me: Me, passphrase: String, passkey: bool) -> Result<(), UnlockError> {
    let passphrase = Zeroizing::new(even(&Zeroizing::new(passphrase)));
    if !is_long_enough(&passphrase) {
        return Err(UnlockError::TooShort);
    }
    let _turn = browser.0.gate.lock().await;
    if !may_open(&browser) {
        return Ok(());
    }
    let name = database_name(&me).await.map_err(VaultError::from)?;
    let besides = if passkey { Besides::Passkey } else { Besides::Nothing };
    let Created { vault, opened, passkey } = match Vault::create(&name, &me, &passphrase, besides).await {
        // Made meanwhile, or left by a crash: it is opened, never made again.
        Err(VaultError::Exists) => {
            enter_as(&browser, me, Ask::Politely).await;
            return Ok(());
        }
        made => made?,
    };
    Index::vault_used(&name).await.map_err(VaultError::from)?;
    let vault = Rc::new(vault);
    browser.0.vault.replace(Some(vault.clone()));
    open_phone(&browser, vault, opened).await?;
    if passkey.is_err() {
        browser.0.signals.say(PASSKEY_LATER);
    }
    Ok(())
}

/// Opens the vault that is here by its passkey.
pub async fn unlock_by_passkey(browser: Browser) -> Result<(), UnlockError> {
    let _turn = browser.0.gate.lock().await;
    let vault = browser.0.vault.borrow().clone();
    let Some(vault) = vault.filter(|_| may_open(&browser)) else { return Ok(()) };
    let opened = vault.unlock_by_passkey().await?;
    open_phone(&browser, vault, opened).await
}

/// Opens the vault that is here.
pub async fn unlock(browser: Browser, passphrase: String) -> Result<(), UnlockError> {
    let passphrase = Zeroizing::new(even(&Zeroizing::new(passphrase)));
    let _turn = browser.0.gate.lock().await;
    let vault = browser.0.vault.borrow().clone();
    let Some(vault) = vault.filter(|_| may_open(&browser)) else { return Ok(()) };
    let opened = match vault.unlock(&passphrase).await {
        Err(VaultError::Closed) => {
            browser.show(Phase::Closed);
            return Ok(());
        }
        unlocked => unlocked?,
    };
    open_phone(&browser, vault, opened).await
}

/// Is a vault waiting to be made or opened here? Not when it has just been opened (a double tap),
/// nor when another tab took the device over while the key was being made.
fn may_open(browser: &Browser) -> bool {
    matches!(browser.0.signals.phase.get_untracked(), Phase::Locked | Phase::Enrol(_))
}

async fn open_phone(browser: &Browser, vault: Rc<Vault>, opened: Opened) -> Result<(), UnlockError> {
    if !may_open(browser) {
        return Ok(());
    }
    let (signals, worker) = (browser.0.signals, browser.0.worker.clone());
    let phone = Rc::new(Phone::open(vault, opened, signals, worker, on_loss(browser)).await?);
    if !may_open(browser) {
        phone.close();
        return Ok(());
    }
    browser.0.phone.replace(Some(phone.clone()));
    browser.guard_phone();
    browser.show(phone.phase());
    Ok(())
}

fn on_loss(browser: &Browser) -> impl Fn(Loss) + 'static {
    let browser = browser.downgrade();
    move |loss| match (browser(), loss) {
        (Some(browser), Loss::TakenOver) => browser.lose(),
        (Some(browser), Loss::Wiped) => browser.0.signals.say(STORE_WIPED),
        (None, _) => {}
    }
}

/// Ends the session. The vault stays on the device, locked.
pub async fn sign_out(browser: Browser) {
    let _turn = browser.0.gate.lock().await;
    let at_desk = matches!(browser.0.signals.phase.get_untracked(), Phase::Desk(_));
    browser.close_phone();
    match patiently(session::sign_out()).await {
        Ok(()) | Err(ApiError::SignedOut) => {}
        Err(error) => {
            browser.0.signals.say(&error);
            // The session goes on: a desk that looked closed would be a lie.
            if at_desk {
                return;
            }
        }
    }
    browser.0.vault.take();
    browser.0.tab.release();
    browser.show(Phase::SignIn);
}

/// The office's answer, if it comes while a person can still be expected to wait.
async fn patiently<T>(asked: impl Future<Output = Result<T, ApiError>>) -> Result<T, ApiError> {
    within(PATIENCE_MS, asked).await.unwrap_or(Err(ApiError::Offline))
}

async fn database_name(me: &Me) -> Result<String, DbError> {
    database_of(me.user).await.map_err(|error: CryptoError| DbError::Browser(error.to_string()))
}

fn broken(error: &DbError) -> Phase {
    Phase::Broken(format!("{NO_STORE} ({error})"))
}
