//! The term of the next visit in one tap.

use crate::{
    domain::{
        clock_text::moment_text,
        documents::visit_card,
        form::{Answers, Value},
    },
    ui::form::Sheet,
};
use chrono::{Days, NaiveDateTime, Timelike};
use leptos::prelude::*;

/// Quick terms for the next visit, at the hour of this one.
pub fn next_visit_chips(sheet: Sheet) -> AnyView {
    let chip = |label: &'static str, days: u64| {
        let tap = move |_| {
            let next = sheet.answers.with_untracked(|answers| next_term(answers, days));
            sheet.set(visit_card::NEXT_VISIT.name(), next.map(|next| Value::Text(moment_text(next))));
        };
        view! { <button class="chip" type="button" on:click=tap>{label}</button> }.into_any()
    };
    view! {
        <div class="chips" role="group" aria-label="Szybki termin">
            {chip("za 2 dni", 2)} {chip("za 3 dni", 3)} {chip("za tydzień", 7)} {chip("za 2 tygodnie", 14)}
        </div>
    }
    .into_any()
}

/// So many days later, at the full or half hour of this visit.
fn next_term(answers: &Answers, days: u64) -> Option<NaiveDateTime> {
    let date = answers.get(visit_card::DATE)? + Days::new(days);
    let start = answers.get(visit_card::START);
    let (hour, minute) = start.map_or((10, 0), |time| (time.hour(), if time.minute() < 30 { 0 } else { 30 }));
    date.and_hms_opt(hour, minute, 0)
}
