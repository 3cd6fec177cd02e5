//! Small things of the browser that several rooms here need.

use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::{request_animation_frame, set_timeout, window};
use std::{cell::RefCell, future::Future, rc::Rc, time::Duration};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::DomException;

/// Waits for so many milliseconds.
pub async fn pause(ms: u32) {
    until(|done| set_timeout(done, Duration::from_millis(ms.into()))).await;
}

/// Waits until what the screen shows now has been painted, so that work that blocks the one thread
/// does not freeze the picture before it. A hidden page paints nothing: then half a second passes.
pub async fn painted() {
    let frame = until(|done| request_animation_frame(move || set_timeout(done, Duration::ZERO)));
    within(500, frame).await;
}

/// The answer of a future, or `None` when it takes longer than so many milliseconds; then it is dropped.
pub async fn within<T>(ms: u32, future: impl Future<Output = T>) -> Option<T> {
    use futures_util::future::{Either, select};
    match select(Box::pin(future), Box::pin(pause(ms))).await {
        Either::Left((answer, _)) => Some(answer),
        Either::Right(_) => None,
    }
}

/// Waits until what was begun calls back.
async fn until(begin: impl FnOnce(Box<dyn FnOnce()>)) {
    let (promise, resolve) = deferred();
    begin(Box::new(resolve));
    // A promise that is only ever resolved.
    let _: Result<JsValue, JsValue> = JsFuture::from(promise).await;
}

/// A promise, and what resolves it. Only the first call does anything.
pub fn deferred() -> (Promise, impl Fn() + Clone + 'static) {
    let kept: Rc<RefCell<Option<Function>>> = Rc::default();
    let promise = Promise::new(&mut |resolve, _| *kept.borrow_mut() = Some(resolve));
    let resolve = move || {
        if let Some(resolve) = kept.take() {
            // Resolving a promise runs no code of ours and cannot throw.
            let _: Result<JsValue, JsValue> = resolve.call0(&JsValue::UNDEFINED);
        }
    };
    (promise, resolve)
}

/// A member of an object that `web_sys` does not know (yet); `None` when the browser lacks it.
pub fn member(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into()).ok().filter(|member| !member.is_undefined() && !member.is_null())
}

/// A method that `web_sys` does not know in the shape that is needed.
pub fn method(object: &JsValue, name: &str) -> Option<Function> {
    member(object, name)?.dyn_into().ok()
}

/// An object with these members.
pub fn object(members: &[(&str, JsValue)]) -> Result<Object, JsValue> {
    let object = Object::new();
    for (name, value) in members {
        Reflect::set(&object, &(*name).into(), value)?;
    }
    Ok(object)
}

/// Name of an error, as the specifications call it: `QuotaExceededError`, `AbortError`.
pub fn name_of(error: &JsValue) -> String {
    let named = error.dyn_ref::<DomException>().map(DomException::name);
    named.or_else(|| member(error, "name")?.as_string()).unwrap_or_else(|| "Error".into())
}

/// Does the browser believe that there is a network?
pub fn is_online() -> bool {
    window().navigator().on_line()
}

/// Is the page in view?
pub fn is_visible() -> bool {
    leptos::prelude::document().visibility_state() == web_sys::VisibilityState::Visible
}
