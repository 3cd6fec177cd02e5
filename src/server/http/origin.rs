//! Whatever changes something must come from our own page (S3): plain forms of other pages need no
//! leave to be sent, so the browser's word about where a request comes from is asked for.

use crate::server::state::State;
use axum::{
    extract::{Request, State as Extract},
    http::{
        HeaderMap, Method, StatusCode,
        header::{HOST, ORIGIN},
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::sync::Arc;

/// Lets reading pass, and writing of our own page.
pub async fn same_or_refused(Extract(state): Extract<Arc<State>>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if reads || is_same(request.headers(), state.public_url.origin()) {
        return next.run(request).await;
    }
    (StatusCode::FORBIDDEN, "request of another origin").into_response()
}

fn is_same(headers: &HeaderMap, public: Option<&str>) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return site == "same-origin";
    }
    let Some(origin) = text(ORIGIN.as_str()) else { return false };
    match (public, text(HOST.as_str())) {
        (Some(public), _) => origin == public,
        (None, Some(host)) => origin.split_once("://").is_some_and(|(_, named)| named == host),
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Headers, the public origin, and whether the request may write.
    type Case<'a> = (&'a [(&'a str, &'a str)], Option<&'a str>, bool);

    #[test]
    fn s03_only_our_own_page_writes() {
        let cases: &[Case<'_>] = &[
            (&[], None, false),
            (&[("sec-fetch-site", "same-origin")], None, true),
            (&[("sec-fetch-site", "same-site")], None, false),
            (&[("sec-fetch-site", "cross-site"), ("origin", "http://a:1"), ("host", "a:1")], None, false),
            (&[("sec-fetch-site", "none")], None, false),
            (&[("origin", "http://a:1"), ("host", "a:1")], None, true),
            (&[("origin", "http://b:1"), ("host", "a:1")], None, false),
            (&[("origin", "null"), ("host", "a:1")], None, false),
            (&[("origin", "https://a"), ("host", "inner")], Some("https://a"), true),
            (&[("origin", "http://a"), ("host", "a")], Some("https://a"), false),
        ];
        for (headers, public, expected) in cases {
            let headers: HeaderMap =
                headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
            assert_eq!(is_same(&headers, *public), *expected, "{headers:?}");
        }
    }
}
