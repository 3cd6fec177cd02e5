//! Headers that every answer carries (S8).

use crate::server::state::State;
use axum::{
    extract::{Request, State as Extract},
    http::{
        HeaderName, HeaderValue, StatusCode,
        header::{
            CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
        },
    },
    middleware::Next,
    response::Response,
};
use std::sync::Arc;

/// No inline script or style, no other origin, no frame.
///
/// `require-trusted-types-for 'script'` is left out: Leptos writes its static templates through
/// `innerHTML`, and registering the service worker is such a sink too. A default policy that lets
/// everything through would only look like protection.
const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
                      img-src 'self' data: blob:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; \
                      form-action 'self'; object-src 'none'";
const NO_DEVICES: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), \
                          magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=()";
/// Two years, as browsers' lists ask for.
const ENCRYPTED_ONLY: &str = "max-age=63072000; includeSubDomains";

/// Adds them.
pub async fn headers(Extract(state): Extract<Arc<State>>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let mut answer = next.run(request).await;
    let keeping = keeping(&path, answer.status());
    let headers = answer.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(keeping));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    for (name, value) in [
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", NO_DEVICES),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if state.public_url.is_https() {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(ENCRYPTED_ONLY));
    }
    answer
}

/// How long a browser may keep an answer: data never; files with their hash in their name for ever;
/// all else only after asking.
fn keeping(path: &str, status: StatusCode) -> &'static str {
    if path.starts_with("/api/") || path.starts_with("/kalendarz/") {
        "no-store"
    } else if path.starts_with("/pkg/") && (status.is_success() || status == StatusCode::NOT_MODIFIED) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    }
}
