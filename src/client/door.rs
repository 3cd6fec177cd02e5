//! What opens this device, as its owner sets it while it is open.

use super::{host::Browser, phone::Phone, vault::Proof};
use crate::{
    sync::{
        passphrase::{even, is_long_enough},
        watch::{ScreenPin, is_obvious},
    },
    ui::context::{Door, DoorChange, UnlockError},
};
use std::rc::Rc;
use zeroize::Zeroizing;

/// How it stands.
pub fn door(browser: &Browser) -> Door {
    let phone = browser.0.phone.borrow();
    let vault = browser.0.vault.borrow();
    Door {
        passkey: vault.as_ref().is_some_and(|vault| vault.has_passkey()),
        pin: phone.as_ref().is_some_and(|phone| phone.has_pin()),
    }
}

/// Changes one thing; the others stay.
pub async fn change(browser: Browser, change: DoorChange) -> Result<(), UnlockError> {
    let phone = browser.0.phone.borrow().clone();
    let Some(phone) = phone else { return Err(UnlockError::Locked) };
    match change {
        DoorChange::Pin(pin) => set_pin(&phone, pin).await,
        DoorChange::RemovePasskey => Ok(phone.vault().remove_passkey().await?),
        DoorChange::AddPasskey { passphrase } => {
            let passphrase = made_even(passphrase);
            after_proof(&browser, phone.vault().add_passkey(&passphrase).await)
        }
        DoorChange::Passphrase { now, new } => {
            let new = made_even(new);
            if !is_long_enough(&new) {
                return Err(UnlockError::TooShort);
            }
            let now = now.map(made_even);
            let proof = now.as_ref().map_or(Proof::Passkey, |now| Proof::Passphrase(now));
            after_proof(&browser, phone.vault().change_passphrase(proof, &new).await)
        }
    }
}

/// The tenth wrong passphrase may have destroyed the wraps: then nothing here stays open.
fn after_proof(browser: &Browser, done: Result<(), super::vault::VaultError>) -> Result<(), UnlockError> {
    let done = done.map_err(UnlockError::from);
    if done == Err(UnlockError::Closed) {
        browser.put_away();
    }
    done
}

async fn set_pin(phone: &Rc<Phone>, digits: Option<String>) -> Result<(), UnlockError> {
    let pin = match digits.map(Zeroizing::new) {
        None => None,
        Some(digits) if is_obvious(&digits) => return Err(UnlockError::ObviousPin),
        Some(digits) => Some(ScreenPin::new(&digits).ok_or(UnlockError::NoPin)?),
    };
    Ok(phone.set_pin(pin).await?)
}

fn made_even(typed: String) -> Zeroizing<String> {
    Zeroizing::new(even(&Zeroizing::new(typed)))
}
