//! Addresses: every one that the office answers stands in [`ROUTES`], which builds the router and is
//! walked by the authorisation test (S1). What wraps them all is in `wrap`.

mod limits;
mod log;
mod origin;
mod protection;

use super::{calendar, pages, shell, state::State};
use crate::{
    api::{error::ApiError, exchange::ExchangeChanges},
    sync::protocol::MEDIA_TYPE,
};
use axum::{
    Router,
    body::Body,
    extract::{Request, State as Extract},
    http::{
        HeaderValue, StatusCode,
        header::{ACCEPT, CONTENT_TYPE, RETRY_AFTER},
    },
    middleware,
    response::{Html, IntoResponse, Response},
    routing::{MethodRouter, any, get, get_service},
};
use leptos::prelude::provide_context;
use serde_json::json;
use server_fn::{ServerFn, error::SERVER_FN_ERROR_HEADER};
use std::{sync::Arc, time::Duration};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer, CompressionLevel,
        predicate::{DefaultPredicate, NotForContentType, Predicate},
    },
    services::{ServeDir, ServeFile},
    timeout::TimeoutLayer,
};

/// What is answered at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// "I am well."
    Health,
    /// A server function.
    Door,
    /// Nothing: an address of the programs that does not exist.
    NoDoor,
    /// A built file with its hash in its name.
    Package,
    /// The service worker.
    Worker,
    /// The page without data, as the service worker keeps it.
    Shell,
    /// A calendar feed, at an address that only its owner knows.
    Calendar,
    /// Help, without wasm.
    Help,
    /// The declaration of accessibility, without wasm.
    Accessibility,
    /// A file of the site, or else the page without data: the app finds its way itself.
    Page,
}

/// All addresses.
pub const ROUTES: &[(&str, Target)] = &[
    ("/api/health", Target::Health),
    ("/api/v1/{door}", Target::Door),
    ("/api/{*rest}", Target::NoDoor),
    ("/pkg/{*file}", Target::Package),
    ("/sw.js", Target::Worker),
    ("/_shell", Target::Shell),
    ("/kalendarz/{file}", Target::Calendar),
    ("/pomoc", Target::Help),
    ("/dostepnosc", Target::Accessibility),
    ("/", Target::Page),
    ("/{*path}", Target::Page),
];

/// A request that takes longer makes no progress; the phone tries again (P11).
const TIMEOUT: Duration = Duration::from_secs(60);

/// The office's answers to all addresses.
pub fn router(state: State) -> Router {
    let state = Arc::new(state);
    let router =
        ROUTES.iter().fold(Router::new(), |router, (path, target)| router.route(path, target_of(*target, &state)));
    wrap(router, &state).with_state(state)
}

fn target_of(target: Target, state: &State) -> MethodRouter<Arc<State>> {
    let folder = &state.site.folder;
    match target {
        Target::Health => get(health),
        Target::Door => any(door),
        Target::NoDoor => any(async || refusal(&ApiError::NotFound)),
        Target::Package => get_service(packed(ServeDir::new(folder))),
        Target::Worker => get_service(ServeFile::new(folder.join("sw.js")).precompressed_br().precompressed_gzip()),
        Target::Shell => get(shell::page),
        Target::Calendar => get(calendar::feed),
        Target::Help => get(async || Html(pages::HELP)),
        Target::Accessibility => get(async || Html(pages::ACCESSIBILITY)),
        Target::Page => get_service(packed(ServeDir::new(folder).append_index_html_on_directories(false)))
            .layer(middleware::from_fn_with_state(Arc::new(state.clone()), shell::page_for_what_is_no_file)),
    }
}

fn packed(files: ServeDir) -> ServeDir {
    files.precompressed_br().precompressed_gzip()
}

/// What holds for every answer, from the inside out.
fn wrap(router: Router<Arc<State>>, state: &Arc<State>) -> Router<Arc<State>> {
    // Exchanges are packed already; what they would gain is less than what packing twice costs.
    let worth = DefaultPredicate::new().and(NotForContentType::const_new(MEDIA_TYPE));
    router
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(worth))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, TIMEOUT))
        .layer(CatchPanicLayer::custom(log::panicked))
        .layer(middleware::from_fn_with_state(Arc::clone(state), origin::same_or_refused))
        .layer(middleware::from_fn_with_state(Arc::clone(state), protection::headers))
        .layer(middleware::from_fn(log::requests))
}

async fn health(Extract(state): Extract<Arc<State>>) -> Response {
    let answers = match state.db.read().await {
        Ok(mut link) => link.ping().await.is_ok(),
        Err(_) => false,
    };
    let status = if answers { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, axum::Json(json!({ "version": env!("CARGO_PKG_VERSION"), "ok": answers }))).into_response()
}

/// Hands a request to its server function.
async fn door(Extract(state): Extract<Arc<State>>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let is_door =
        server_fn::axum::server_fn_paths().any(|(path, method)| path == parts.uri.path() && method == parts.method);
    if !is_door {
        return refusal(&ApiError::NotFound);
    }
    // Plain forms ask for a page and would be sent back with the error in the address (S12).
    parts.headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    let body = match limits::read(body).await {
        Ok(bytes) => Body::from(bytes),
        Err(error) => return refusal(&error),
    };
    let is_exchange = parts.uri.path() == ExchangeChanges::PATH;
    let _place = if is_exchange { Arc::clone(&state.places).acquire_owned().await.ok() } else { None };
    let request = Request::from_parts(parts, body);
    let answer = leptos_axum::handle_server_fns_with_context(move || provide_context(Arc::clone(&state)), request);
    with_true_status(answer.await.into_response()).await
}

/// Server functions answer every error with 500; ours say themselves what they are.
async fn with_true_status(answer: Response) -> Response {
    if !answer.headers().contains_key(SERVER_FN_ERROR_HEADER) {
        return answer;
    }
    let (parts, body) = answer.into_parts();
    let error = match limits::read(body).await {
        Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or(ApiError::Busy),
        Err(error) => error,
    };
    let mut answer = refusal(&error);
    for (name, value) in parts.headers.iter().filter(|(name, _)| *name != CONTENT_TYPE && *name != "content-length") {
        answer.headers_mut().append(name.clone(), value.clone());
    }
    answer
}

/// An error as an answer.
pub fn refusal(error: &ApiError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
    let mut answer = (status, axum::Json(error)).into_response();
    let wait = match error {
        ApiError::TooManyTries(seconds) => Some(*seconds),
        ApiError::Busy => Some(5),
        _ => None,
    };
    if let Some(seconds) = wait {
        answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    answer
}
