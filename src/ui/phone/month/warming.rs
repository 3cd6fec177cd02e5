//! The form of the report is the largest of all. The first drawing meets code that the engine has not compiled yet, and
//! on a slow phone that alone takes longer than a person should wait: so it is drawn ahead, where nobody sees it,
//! while the page of the month is being read.

use super::{home, opening::open};
use crate::{
    domain::procedure::Paper,
    ui::{
        context::{App, app},
        phone::paper::PaperForm,
    },
};
use chrono::NaiveDate;
use leptos::{mount::mount_to, prelude::*, wasm_bindgen::JsCast, web_sys::HtmlElement};
use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

/// How long the page has been in view before.
const AFTER: Duration = Duration::from_millis(700);

/// Between two drawings, so that nobody who touches the screen waits for both.
const PAUSE: Duration = Duration::from_millis(300);

/// The first drawing compiles, the second runs what only a drawn form does.
const TIMES: u8 = 2;

/// Once in the life of the app is enough.
static IS_WARM: AtomicBool = AtomicBool::new(false);

/// Draws the report of this month once, a moment from now, if the page is still there.
pub fn warm_up(month: Memo<Option<NaiveDate>>) {
    let (app, owner): (App, Option<Owner>) = (app(), Owner::current());
    let draw = move || {
        let first = month.try_get_untracked().flatten();
        if let Some((owner, first)) = owner.zip(first).filter(|_| !IS_WARM.load(Ordering::Relaxed)) {
            draw_unseen(app, owner, first, TIMES);
        }
    };
    // Without a timer it is drawn when it is asked for, as ever.
    if let Ok(timer) = set_timeout_with_handle(draw, AFTER) {
        on_cleanup(move || timer.clear());
    }
}

/// Draws and forgets. A form writes nothing before somebody types.
fn draw_unseen(app: App, page: Owner, first: NaiveDate, times: u8) {
    let paper = Paper::MonthlyReport;
    let Some(session) = app.session().filter(|_| times > 0) else { return };
    let Some(opening) = session.device.with_pen(|pen| open(&session.device.replica(), paper, first, pen)) else {
        return;
    };
    let Some(nowhere) = document().create_element("div").ok().and_then(|div| div.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    IS_WARM.store(true, Ordering::Relaxed);
    let form = move || view! { <PaperForm session home=home(first) opening/> };
    let drawn = page.with(|| mount_to(nowhere.clone(), form));
    lay_out(&nowhere);
    let again = move || {
        drop(drawn);
        draw_unseen(app, page, first, times - 1);
    };
    // Without a timer it is forgotten at once.
    drop(set_timeout_with_handle(again, PAUSE));
}

/// Its styles and places are found, too; it is gone again before anything is painted or read aloud.
fn lay_out(nowhere: &HtmlElement) {
    let Ok(Some(main)) = document().query_selector("main") else { return };
    if main.append_child(nowhere).is_ok() {
        // Asking for a size makes the browser find it.
        let _: i32 = nowhere.offset_height();
        nowhere.remove();
    }
}
