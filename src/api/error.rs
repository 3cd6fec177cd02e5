//! What may cross the wire when something goes wrong, and what the person reads.

use serde::{Deserialize, Serialize};
use server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};

/// An answer that is not the one that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum ApiError {
    /// Nobody is signed in, or the session has ended.
    #[error("Sesja wygasła. Zaloguj się ponownie.")]
    SignedOut,
    /// Not there, or not for this person: the answer does not tell which (S1).
    #[error("Nie znaleziono takiej strony lub brak do niej dostępu.")]
    NotFound,
    /// Login or password is wrong.
    #[error("Login lub hasło nie pasuje. Sprawdź i spróbuj ponownie.")]
    WrongCredentials,
    /// Too many tries; seconds to wait.
    #[error("Za dużo prób. Odczekaj {0} s i spróbuj ponownie.")]
    TooManyTries(u64),
    /// The account may not be used: the authorisation is missing or has ended (DP1).
    #[error("Konto jest nieaktywne. Zgłoś się do kierownika.")]
    AccountInactive,
    /// The office has cut this device off.
    #[error("To urządzenie zostało odłączone od ośrodka.")]
    DeviceRevoked,
    /// The request cannot be read.
    #[error("Nie udało się odczytać żądania. Odśwież aplikację.")]
    Malformed,
    /// The request is of a protocol version that the office does not speak.
    #[error("Zaktualizuj aplikację. Niczego nie tracisz.")]
    Outdated,
    /// Too much at once.
    #[error("Za dużo danych naraz.")]
    TooLarge,
    /// The server is busy or broken; trying again helps.
    #[error("Serwer chwilowo nie odpowiada. Spróbuj ponownie za chwilę.")]
    Busy,
    /// No network, or no answer.
    #[error("Brak sieci. Sprawdź połączenie.")]
    Offline,
}

impl ApiError {
    /// The HTTP status that goes with it.
    pub fn status(&self) -> u16 {
        match self {
            ApiError::SignedOut | ApiError::WrongCredentials | ApiError::DeviceRevoked => 401,
            ApiError::NotFound => 404,
            ApiError::TooManyTries(_) => 429,
            ApiError::AccountInactive => 403,
            ApiError::Malformed => 400,
            ApiError::Outdated => 426,
            ApiError::TooLarge => 413,
            ApiError::Busy | ApiError::Offline => 503,
        }
    }

    /// Can trying the same again help?
    pub fn is_passing(&self) -> bool {
        matches!(self, ApiError::Busy | ApiError::Offline | ApiError::TooManyTries(_))
    }
}

impl FromServerFnError for ApiError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        use crate::sync::protocol::Unpack;
        match error {
            ServerFnErrorErr::Request(_) => ApiError::Offline,
            ServerFnErrorErr::Deserialization(text) | ServerFnErrorErr::Args(text) => match text {
                text if text == Unpack::Version.to_string() => ApiError::Outdated,
                text if text == Unpack::TooLarge.to_string() => ApiError::TooLarge,
                _ => ApiError::Malformed,
            },
            ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Serialization(_) => ApiError::Malformed,
            _ => ApiError::Busy,
        }
    }
}
