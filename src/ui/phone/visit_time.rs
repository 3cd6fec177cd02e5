//! When the visit began and ended: one tap each, and the length follows.

use crate::{
    domain::{
        documents::visit_card::{self, minutes_between},
        form::{Form, Key, Value},
        words,
    },
    ui::{
        context::{App, app},
        form::{FieldView, Sheet, sheet::control_id},
        parts::Icon,
    },
};
use chrono::{Duration, NaiveTime, Timelike};
use leptos::prelude::*;

/// Start, end and length of the entry.
#[component]
pub fn VisitTime(
    /// The sheet of the card.
    sheet: Sheet,
    /// The form of the card.
    form: &'static Form,
) -> impl IntoView {
    let app: App = app();
    let there = Memo::new(move |_| sheet.answers.with(visit_card::took_place));
    let start = Memo::new(move |_| sheet.answers.with(|answers| answers.get(visit_card::START)));
    let end = Memo::new(move |_| sheet.answers.with(|answers| answers.get(visit_card::END)));
    // The length follows from the times as long as both are there; without them it is typed. What the
    // form opens with stays until a time is changed.
    Effect::new(move |opened: Option<()>| {
        start.track();
        end.track();
        let minutes = opened.and_then(|()| sheet.answers.with_untracked(minutes_between));
        if let Some(minutes) = minutes {
            sheet.set(visit_card::DURATION.name(), Some(Value::Number(minutes)));
        }
    });
    let now = move || clock(app);
    let running = move || start.get().is_some() && end.get().is_none();
    let finish = move |_| set(sheet, visit_card::END, now());
    let begin = move |_| set(sheet, visit_card::START, now());
    let both = Memo::new(move |_| start.get().is_some() && end.get().is_some());
    move || {
        if !there.get() {
            return ().into_any();
        }
        let live = view! {
            {move || (start.get().is_none()).then(|| view! {
                <p><button class="btn" type="button" on:click=begin><Icon name="clock"/> " Zaczyna się teraz"</button></p>
            })}
            {move || running().then(|| view! {
                <div class="stepper-time" data-running="">
                    <p class="stepper-time-live"><span>"Trwa od " {start.get().map(words::time)}</span></p>
                    <button class="btn btn-primary" type="button" on:click=finish>"Zakończ teraz"</button>
                </div>
            })}
        };
        view! {
            {live}
            <div class="stepper-time">
                {cell(sheet, visit_card::START, "start", "Od", now)}
                {cell(sheet, visit_card::END, "end", "Do", now)}
                {move || both.get().then(|| view! {
                    <p class="stepper-time-sum">"Razem " <b>{sheet.answers.with(minutes_between).map(words::length)}</b></p>
                })}
            </div>
            {problem(sheet, "start")}
            {problem(sheet, "end")}
            {move || (!both.get()).then(|| view! { <FieldView sheet form key="duration"/> })}
        }
        .into_any()
    }
}

fn problem(sheet: Sheet, key: &'static str) -> AnyView {
    let problem = sheet.problem(key);
    (move || {
        problem.get().map(|problem| {
            view! { <p class="field-error" id=format!("{}-error", control_id(key))><Icon name="warning"/> <span>{problem.text}</span></p> }
        })
    })
    .into_any()
}

fn cell(
    sheet: Sheet,
    key: Key<NaiveTime>,
    name: &'static str,
    label: &'static str,
    now: impl Fn() -> NaiveTime + Copy + 'static,
) -> AnyView {
    let id = control_id(name);
    let text =
        move || sheet.answers.with(|answers| answers.raw(name).and_then(Value::text).unwrap_or_default().to_owned());
    let nudge = move |minutes: i64| {
        move |_| {
            let time = sheet.answers.with_untracked(|answers| answers.get(key)).unwrap_or_else(now);
            set(sheet, key, time.overflowing_add_signed(Duration::minutes(minutes)).0);
        }
    };
    let invalid = sheet.problem(name);
    let write = move |event| {
        let text = event_target_value(&event);
        sheet.set(name, (!text.is_empty()).then_some(Value::Text(text)));
    };
    view! {
        <div class="stepper-time-cell">
            <label for=id.clone()>{label}</label>
            <input id=id.clone() type="time" prop:value=text on:input=write
                aria-invalid=move || invalid.with(Option::is_some).then_some("true")
                aria-describedby=format!("{id}-error")/>
            <div class="stepper-time-nudge">
                <button type="button" aria-label=format!("{label}: 5 minut wcześniej") on:click=nudge(-5)>"−5"</button>
                <button type="button" on:click=move |_| set(sheet, key, now()) aria-label=format!("{label}: teraz")>"teraz"</button>
                <button type="button" aria-label=format!("{label}: 5 minut później") on:click=nudge(5)>"+5"</button>
            </div>
        </div>
    }
    .into_any()
}

fn set(sheet: Sheet, key: Key<NaiveTime>, time: NaiveTime) {
    sheet.set(key.name(), Some(Value::Text(words::time(time))));
}

/// The time on the wall, to the minute.
pub fn clock(app: App) -> NaiveTime {
    let host = app.host();
    let local = host.now().naive_utc() + Duration::minutes(host.offset_minutes().into());
    NaiveTime::from_hms_opt(local.hour(), local.minute(), 0).unwrap_or_default()
}
