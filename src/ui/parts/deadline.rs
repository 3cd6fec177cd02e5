//! A term: the day in words, how long it still runs, and where it comes from.

use super::Icon;
use crate::domain::words;
use chrono::NaiveDate;
use leptos::prelude::*;

/// Days before a term from which it asks for attention.
const SOON: i64 = 3;

/// One term.
#[component]
pub fn Deadline(
    /// What is due.
    #[prop(into)]
    what: String,
    /// Whose it is, or empty.
    #[prop(optional, into)]
    whose: String,
    /// Where it is done, or empty.
    #[prop(optional, into)]
    href: String,
    /// Last day.
    due: NaiveDate,
    /// The day it is.
    today: NaiveDate,
    /// Where the term comes from, with its legal basis; or empty.
    #[prop(optional, into)]
    basis: String,
) -> AnyView {
    let state = match (due - today).num_days() {
        ..0 => Some("overdue"),
        0..=SOON => Some("warn"),
        _ => None,
    };
    let what = match href.is_empty() {
        true => what.into_any(),
        false => view! { <a href=href>{what}</a> }.into_any(),
    };
    let basis =
        (!basis.is_empty()).then(|| view! { <details><summary>"Skąd ten termin"</summary><p>{basis}</p></details> });
    view! {
        <div class="deadline" data-state=state>
            <Icon name="deadline"/>
            <div>
                <p class="deadline-what">{what}" "<span>{whose}</span></p>
                <p class="deadline-when">
                    <time datetime=due.to_string()>{words::until(due)}</time>" "<b>{words::days_left(due, today)}</b>
                </p>
                {basis}
            </div>
        </div>
    }
    .into_any()
}
