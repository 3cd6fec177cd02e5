//! Sessions: an unforeseeable token in a cookie that scripts cannot read; only its hash is kept.

use crate::{domain::access::Role, server::db::sessions::Session};
use axum::http::{HeaderMap, HeaderValue, header::COOKIE};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Duration, Utc};
use rand::{TryRngCore, rngs::OsRng};
use sha2::{Digest, Sha256};

/// How long sessions live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// At the desk: unused for so long, it is over. An assistant's phone has its own lock, and the
    /// session is not the work (P6): it lives until [`Terms::absolute`].
    pub idle: Duration,
    /// However much it is used.
    pub absolute: Duration,
}

impl Default for Terms {
    fn default() -> Self {
        Self { idle: Duration::hours(12), absolute: Duration::days(30) }
    }
}

impl Terms {
    /// Is the session still alive?
    pub fn hold(&self, session: &Session, now: DateTime<Utc>) -> bool {
        let idle = if session.actor.role == Role::Assistant { self.absolute } else { self.idle };
        now - session.made_at < self.absolute && now - session.seen_at < idle
    }
}

/// A token, of a session or of a secret address: 256 bits from the system's source of randomness.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// Makes a new one.
    ///
    /// # Errors
    /// When the system has no randomness.
    pub fn new() -> Result<Self, rand::rand_core::OsError> {
        let mut bytes = [0; 32];
        OsRng.try_fill_bytes(&mut bytes)?;
        Ok(Self(URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// As it is given out.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// What is kept of it.
    pub fn hash(&self) -> [u8; 32] {
        sha256(&[self.0.as_bytes()])
    }
}

/// SHA-256 of parts, one after another.
pub fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// The cookie that carries the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cookie {
    /// The address is https: the cookie is bound to the host and to encrypted connections.
    pub secure: bool,
}

impl Cookie {
    fn name(self) -> &'static str {
        if self.secure { "__Host-asysta" } else { "asysta" }
    }

    /// The token that a request carries.
    pub fn read(self, headers: &HeaderMap) -> Option<Token> {
        headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|header| header.to_str().ok())
            .flat_map(|header| header.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(name, _)| *name == self.name())
            .map(|(_, value)| Token(value.to_owned()))
    }

    /// Gives the token to the browser.
    pub fn give(self, token: &Token, terms: Terms) -> Option<HeaderValue> {
        self.header(&token.0, terms.absolute.num_seconds())
    }

    /// Takes the token from the browser.
    pub fn take(self) -> Option<HeaderValue> {
        self.header("", 0)
    }

    fn header(self, value: &str, max_age: i64) -> Option<HeaderValue> {
        let secure = if self.secure { "; Secure" } else { "" };
        let text = format!("{}={value}; Path=/; Max-Age={max_age}; HttpOnly; SameSite=Lax{secure}", self.name());
        HeaderValue::from_str(&text).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s07_tokens_are_long_and_never_the_same() {
        let (one, other) = (Token::new().unwrap(), Token::new().unwrap());
        assert_eq!(URL_SAFE_NO_PAD.decode(&one.0).unwrap().len(), 32);
        assert!(one != other);
    }

    #[test]
    fn s08_the_cookie_is_bound_to_host_and_page() {
        let token = Token("abc".into());
        let header = Cookie { secure: true }.give(&token, Terms::default()).unwrap();
        assert_eq!(header, "__Host-asysta=abc; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax; Secure");
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, HeaderValue::from_static("theme=dark; __Host-asysta=abc"));
        assert!(Cookie { secure: true }.read(&headers) == Some(token));
        assert!(Cookie { secure: false }.read(&headers).is_none());
    }
}
