//! One line per request, without anything personal: the address as it stands in the table of
//! addresses, not as it was asked for (S12).

use super::refusal;
use crate::api::error::ApiError;
use axum::{
    extract::{MatchedPath, Request},
    middleware::Next,
    response::Response,
};
use std::{any::Any, time::Instant};

/// Writes the line.
pub async fn requests(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let began = Instant::now();
    let answer = next.run(request).await;
    let route = route.as_ref().map_or("-", MatchedPath::as_str);
    let (status, ms) = (answer.status().as_u16(), began.elapsed().as_millis());
    if status >= 500 {
        tracing::warn!(%method, route, status, ms, "answered");
    } else {
        tracing::debug!(%method, route, status, ms, "answered");
    }
    answer
}

/// A panic ends its request only. Its message may hold data, so it is not repeated here; the place
/// where it happened is written by the panic hook.
pub fn panicked(_message: Box<dyn Any + Send + 'static>) -> Response {
    tracing::error!("a request ended in a panic");
    refusal(&ApiError::Busy)
}
