//! The real router, asked without a network.

use super::office::{TestOffice, empty_request};
use crate::{
    server::{
        auth::password::Passwords,
        db::Db,
        http,
        load::PASSWORD,
        shell::Site,
        state::{Clock, PublicUrl, State},
    },
    sync::protocol::{MEDIA_TYPE, RequestEnvelope, Response as Answer, pack, unpack},
};
use axum::{
    Router,
    body::Body,
    http::{
        HeaderMap, Method, Request, StatusCode,
        header::{CONTENT_TYPE, COOKIE, HOST, ORIGIN, SET_COOKIE},
    },
};
use chrono::{DateTime, Utc};
use http_body_util::BodyExt;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};
use tokio::sync::OnceCell;
use tower::ServiceExt;

/// One hash for all tests: each would take a fifth of a second.
static HASH: OnceCell<String> = OnceCell::const_new();

/// The hash of the demo's password.
pub async fn password_hash() -> &'static str {
    HASH.get_or_init(async || Passwords::new().hash(PASSWORD.to_owned()).await.unwrap()).await
}

/// What came back.
#[derive(Debug)]
pub struct Seen {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Seen {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// A served office with a clock that stands still until it is moved.
pub struct Web {
    router: Router,
    now: Arc<AtomicI64>,
    /// Holds the folder of the site as long as it is served.
    pub site: tempfile::TempDir,
}

impl Web {
    pub async fn serving(db: &Db, now: DateTime<Utc>) -> Self {
        Self::at(db, now, None).await
    }

    pub async fn at(db: &Db, now: DateTime<Utc>, public_url: Option<&str>) -> Self {
        let site = tempfile::tempdir().unwrap();
        std::fs::create_dir(site.path().join("pkg")).unwrap();
        for (file, text) in [
            ("assets.json", r#"{"js":"/pkg/boot.1.js","wasm":"/pkg/a.1.wasm","css":"/pkg/a.1.css","version":"v1"}"#),
            ("sw.js", "// worker"),
            ("manifest.webmanifest", "{}"),
            ("pkg/boot.1.js", "// boot"),
        ] {
            std::fs::write(site.path().join(file), text).unwrap();
        }
        let now = Arc::new(AtomicI64::new(now.timestamp_millis()));
        let hand = Arc::clone(&now);
        let clock = Clock::new(move || DateTime::from_timestamp_millis(hand.load(Ordering::SeqCst)).unwrap());
        let public_url = PublicUrl(public_url.map(str::to_owned));
        let router = http::router(State::new(db.clone(), clock, Site::new(site.path()), public_url));
        Self { router, now, site }
    }

    pub fn pass(&self, time: chrono::Duration) {
        self.now.fetch_add(time.num_milliseconds(), Ordering::SeqCst);
    }

    pub async fn send(&self, request: Request<Body>) -> Seen {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        Seen { status: parts.status, headers: parts.headers, body }
    }

    pub async fn get(&self, path: &str) -> Seen {
        self.send(Request::get(path).header(HOST, "office").body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, door: &str, cookie: &str, arguments: Value) -> Seen {
        let request = ours(Method::POST, &format!("/api/v1/{door}"), cookie)
            .header(CONTENT_TYPE, "application/json")
            .body(Body::from(arguments.to_string()));
        self.send(request.unwrap()).await
    }

    pub async fn exchange(&self, cookie: &str, request: &RequestEnvelope) -> (Seen, Option<Answer>) {
        self.packed("exchange", cookie, json!({ "request": request })).await
    }

    /// Asks a door that speaks the protocol's packing; `None` when it refuses.
    pub async fn packed<T: DeserializeOwned>(&self, door: &str, cookie: &str, arguments: Value) -> (Seen, Option<T>) {
        let request = ours(Method::POST, &format!("/api/v1/{door}"), cookie)
            .header(CONTENT_TYPE, MEDIA_TYPE)
            .body(Body::from(pack(&arguments)));
        let seen = self.send(request.unwrap()).await;
        let answer = seen.status.is_success().then(|| unpack(&seen.body).unwrap());
        (seen, answer)
    }

    /// Signs a person of a test office in; gives the cookie.
    pub async fn sign_in(&self, office: &TestOffice, name: &str) -> String {
        let seen = self.try_sign_in(&office.login(name), PASSWORD, "").await;
        assert_eq!(seen.status, StatusCode::OK, "{}", seen.text());
        cookie_of(&seen).unwrap()
    }

    pub async fn try_sign_in(&self, login: &str, password: &str, cookie: &str) -> Seen {
        self.post("sign-in", cookie, json!({ "login": login, "password": password })).await
    }
}

/// A request of our own page.
pub fn ours(method: Method, path: &str, cookie: &str) -> axum::http::request::Builder {
    Request::builder()
        .method(method)
        .uri(path)
        .header(HOST, "office")
        .header(ORIGIN, "http://office")
        .header(COOKIE, cookie)
}

/// The cookie that an answer gives.
pub fn cookie_of(seen: &Seen) -> Option<String> {
    let header = seen.headers.get(SET_COOKIE)?.to_str().unwrap();
    header.split(';').next().map(str::to_owned)
}

/// Nothing to send.
pub fn nothing() -> RequestEnvelope {
    empty_request()
}
