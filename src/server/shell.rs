//! The page without data that every address of the app begins with, on- and offline alike: no
//! family's data ever stands in HTML that is kept somewhere.
//!
//! scripts/pack-site.mjs counts this file and the icons into the version of the site: when the page changes, the
//! phones fetch it anew.

use super::state::State;
use axum::{
    extract::{Request, State as Extract},
    http::{Method, StatusCode},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use serde::Deserialize;
use std::{path::PathBuf, sync::Arc};

/// The built browser part.
#[derive(Clone, Debug)]
pub struct Site {
    /// Its folder.
    pub folder: PathBuf,
}

/// What scripts/pack-site.mjs says about it.
#[derive(Debug, Deserialize)]
struct Assets {
    js: String,
    wasm: String,
    css: String,
    version: String,
}

impl Site {
    /// The site in a folder.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// Read anew for each page: a new build is swapped in while the server runs, and phones keep the
    /// page, so it is asked for rarely.
    async fn assets(&self) -> Option<Assets> {
        let text = tokio::fs::read_to_string(self.folder.join("assets.json")).await.ok()?;
        serde_json::from_str(&text).ok()
    }
}

/// The page.
pub async fn page(Extract(state): Extract<Arc<State>>) -> Response {
    match state.site.assets().await {
        Some(assets) => Html(html(&assets)).into_response(),
        None => (StatusCode::SERVICE_UNAVAILABLE, Html(NOT_BUILT)).into_response(),
    }
}

/// Where the site has no such file, the app may have such a page; an address with a dot in its last
/// part is a file that is missing.
pub async fn page_for_what_is_no_file(Extract(state): Extract<Arc<State>>, request: Request, next: Next) -> Response {
    let asks = matches!(*request.method(), Method::GET | Method::HEAD);
    let names_a_file = request.uri().path().rsplit('/').next().is_some_and(|last| last.contains('.'));
    let answer = if names_a_file || !asks { Some(next.run(request).await) } else { None };
    match answer {
        Some(answer) => answer,
        None => page(Extract(state)).await,
    }
}

/// The drawings that pages use.
const ICONS: &str = include_str!("../../style/icons.svg");

fn html(assets: &Assets) -> String {
    let Assets { js, wasm, css, version } = assets;
    format!(
        r##"<!DOCTYPE html>
<html lang="pl">
<head>
<meta charset="utf-8">
<title>Asysta</title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="description" content="Wizyty, zadania i dokumenty asysty rodzinnej — także bez zasięgu.">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" media="(prefers-color-scheme: light)" content="#f8f7f2">
<meta name="theme-color" media="(prefers-color-scheme: dark)" content="#121715">
<meta name="asysta-version" content="{version}">
<link rel="stylesheet" href="{css}">
<link rel="modulepreload" href="{js}">
<link rel="preload" href="{wasm}" as="fetch" type="application/wasm" crossorigin>
<link rel="manifest" href="/manifest.webmanifest">
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="apple-touch-icon" href="/apple-touch-icon.png">
<script type="module" src="{js}"></script>
</head>
<body>
<div hidden>{ICONS}</div>
<div class="app" id="skeleton">
<header class="topbar"><span class="topbar-brand"><svg class="icon" aria-hidden="true"><use href="#icon-mark"/></svg> <span>Asysta</span></span></header>
<main class="page">
<div class="loading boot-running" role="status"><p>Otwieranie aplikacji…</p></div>
<div class="banner boot-failed" data-state="danger" role="alert" hidden><div><p><b>Aplikacja nie uruchomiła się.</b> Zaktualizuj przeglądarkę albo otwórz tę stronę w Chrome, Edge, Firefox lub Safari. Niczego nie tracisz. <a href="/pomoc">Pomoc</a></p></div></div>
<noscript><div class="banner" data-state="warn"><div><p><b>Asysta potrzebuje JavaScriptu.</b> Włącz go w ustawieniach przeglądarki i odśwież stronę. <a href="/pomoc">Pomoc</a></p></div></div></noscript>
</main>
</div>
</body>
</html>
"##
    )
}

/// What stands there while the browser part is not built: for developers, and for a broken installation.
const NOT_BUILT: &str = r#"<!DOCTYPE html>
<html lang="pl">
<head><meta charset="utf-8"><title>Asysta</title><meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><main>
<h1>Część przeglądarkowa nie jest zbudowana</h1>
<p>Serwer działa, ale w folderze strony nie ma pliku <code>assets.json</code>. Zbuduj ją poleceniem <code>scripts/site.sh</code> i odśwież tę stronę.</p>
</main></body>
</html>
"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s08_the_page_needs_nothing_inline() {
        let path = |name: &str| format!("/pkg/{name}");
        let (js, wasm, css) = (path("boot.1.js"), path("asysta_bg.2.wasm"), path("asysta.3.css"));
        let page = html(&Assets { js, wasm, css, version: "v".into() });
        assert!(!page.contains(" style=") && !page.contains("<style") && !page.contains(" onload="));
        assert!(page.contains(r#"<script type="module" src="/pkg/boot.1.js"></script>"#));
        assert_eq!(page.matches("<script").count(), 1);
        assert!(page.contains(r##"<symbol id="icon-mark""##) && page.contains(r##"<use href="#icon-mark"/>"##));
    }
}
