//! From the start to an open device or desk, and back: one function for each way.

use super::{
    crypto::CryptoError,
    database::DbError,
    host::Browser,
    index::{Index, Last},
    phone::Phone,
    tab::Ask,
    vault::{Opened, Vault, VaultError, database_of},
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

/// Finds out who is here: a vault needs no network to be opened; without one, the office is asked.
pub async fn begin(browser: Browser, ask: Ask) {
    // Where the store does not work at all, people at the desk can still work.
    let index = Index::read().await.unwrap_or_default();
    match index.vaults.first() {
        Some(name) if index.last == Last::Vault => begin_locked(&browser, name, ask).await,
        _ => begin_online(&browser, &index, ask).await,
    }
}

async fn begin_locked(browser: &Browser, name: &str, ask: Ask) {
    if !browser.0.tab.hold(ask).await {
        return browser.show(Phase::OtherTab);
    }
    match Vault::find(name).await {
        Ok(Some(vault)) => show_lock(browser, vault),
        Ok(None) => begin_again(browser, name, ask).await,
        Err(error) => browser.show(broken(&error)),
    }
}

fn show_lock(browser: &Browser, vault: Vault) {
    browser.0.vault.replace(Some(Rc::new(vault)));
    browser.show(Phase::Locked);
}

/// The browser, or a person, has wiped the vault: that is said, and the next way is tried.
async fn begin_again(browser: &Browser, name: &str, ask: Ask) {
    browser.0.signals.say(VAULT_GONE);
    match Index::vault_gone(name).await {
        Ok(()) => Box::pin(begin(browser.clone(), ask)).await,
        Err(error) => browser.show(broken(&error)),
    }
}

async fn begin_online(browser: &Browser, index: &Index, ask: Ask) {
    match (who_am_i().await, index.vaults.first()) {
        (Ok(me), _) => enter_as(browser, me, ask).await,
        // Someone worked at the desk last; offline, only the vault is of use.
        (Err(ApiError::Offline), Some(name)) => Box::pin(begin_locked(browser, name, ask)).await,
        (Err(_), _) => browser.show(Phase::SignIn),
    }
}

/// A person has signed in.
pub async fn enter(browser: Browser, me: Me) {
    enter_as(&browser, me, Ask::Politely).await;
}

async fn enter_as(browser: &Browser, me: Me, ask: Ask) {
    if me.role != Role::Assistant {
        return enter_desk(browser, me).await;
    }
    let phone = browser.0.phone.borrow().clone();
    match phone {
        Some(phone) if phone.me().user == me.user => return phone.signed_in(me).await,
        // A colleague signed in on the same device: the open vault is not theirs.
        _ => browser.close_phone(),
    }
    if !browser.0.tab.hold(ask).await {
        return browser.show(Phase::OtherTab);
    }
    match find_vault(&me).await {
        Ok(Some(vault)) => enter_vault(browser, vault).await,
        Ok(None) => browser.show(Phase::Enrol(me)),
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
pub async fn enrol(browser: Browser, me: Me, passphrase: String) -> Result<(), UnlockError> {
    let passphrase = Zeroizing::new(even(&Zeroizing::new(passphrase)));
    if !is_long_enough(&passphrase) {
        return Err(UnlockError::TooShort);
    }
    if !browser.0.tab.hold(Ask::Politely).await {
        browser.show(Phase::OtherTab);
        return Ok(());
    }
    let name = database_name(&me).await.map_err(VaultError::from)?;
    let (vault, opened) = match Vault::create(&name, &me, &passphrase).await {
        // Made in another tab meanwhile: it is opened, not made again.
        Err(VaultError::Exists) => {
            enter(browser, me).await;
            return Ok(());
        }
        made => made?,
    };
    Index::vault_used(&name).await.map_err(VaultError::from)?;
    let vault = Rc::new(vault);
    browser.0.vault.replace(Some(vault.clone()));
    open_phone(&browser, vault, opened).await
}

/// Opens the vault that is here.
pub async fn unlock(browser: Browser, passphrase: String) -> Result<(), UnlockError> {
    let passphrase = Zeroizing::new(even(&Zeroizing::new(passphrase)));
    let Some(vault) = browser.0.vault.borrow().clone() else {
        return Err(UnlockError::Store("brak danych".into()));
    };
    let opened = vault.unlock(&passphrase).await?;
    open_phone(&browser, vault, opened).await
}

async fn open_phone(browser: &Browser, vault: Rc<Vault>, opened: Opened) -> Result<(), UnlockError> {
    let loser = browser.downgrade();
    let on_taken_over = move || {
        if let Some(browser) = loser() {
            browser.lose();
        }
    };
    let (signals, worker) = (browser.0.signals, browser.0.worker.clone());
    let phone = Phone::open(vault, opened, signals, worker, on_taken_over).await?;
    // The device may have been taken over, or signed out, while the key was being made.
    if matches!(signals.phase.get_untracked(), Phase::Locked | Phase::Enrol(_)) {
        let phase = phone.phase();
        browser.0.phone.replace(Some(Rc::new(phone)));
        browser.show(phase);
    } else {
        phone.close();
    }
    Ok(())
}

/// Ends the session. The vault stays on the device, locked.
pub async fn sign_out(browser: Browser) {
    let at_desk = matches!(browser.0.signals.phase.get_untracked(), Phase::Desk(_));
    browser.close_phone();
    match session::sign_out().await {
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

async fn database_name(me: &Me) -> Result<String, DbError> {
    database_of(me.user).await.map_err(|error: CryptoError| DbError::Browser(error.to_string()))
}

fn broken(error: &DbError) -> Phase {
    Phase::Broken(format!("{NO_STORE} ({error})"))
}
