//! Visits of a week, held and missed, a standing pair of bars for each day.

use super::frame::{FigureTable, frame, percent};
use crate::domain::{caseload::HeldMissed, words};
use chrono::NaiveDate;
use leptos::prelude::*;

/// Height of the tallest pile, and room above it for its figure and below it for the day.
const TALLEST: usize = 110;
const ABOVE: usize = 20;
const BELOW: usize = 44;

/// Held visits from the ground up, missed ones on top.
#[component]
pub fn StackedDays(
    /// What the chart tells.
    #[prop(into)]
    title: String,
    /// The days, Monday first.
    days: Vec<(NaiveDate, HeldMissed)>,
) -> AnyView {
    let tallest = days.iter().map(|(_, count)| count.held + count.missed).max().unwrap_or(0).max(1) as usize;
    let table = FigureTable {
        caption: title.clone(),
        heads: vec!["Dzień", "Odbyte", "Nieodbyte"],
        rows: days
            .iter()
            .map(|(day, count)| (words::long_date(*day), vec![count.held.to_string(), count.missed.to_string()]))
            .collect(),
    };
    let finding = finding(&title, &days);
    let ground = ABOVE + TALLEST;
    let width = 1000 / days.len().max(1);
    let piles = days.into_iter().enumerate().map(|(n, (day, count))| draw(day, count, n * width, width, tallest));
    let drawing = view! {
        {piles.collect_view()}
        <line class="axis" x1="0" x2="100%" y1=ground.to_string() y2=ground.to_string()></line>
    };
    let note = "odbyte + nieodbyte (szare)".to_owned();
    frame(title, note, finding, ground + BELOW, drawing.into_any(), table)
}

/// The whole chart in a sentence.
fn finding(title: &str, days: &[(NaiveDate, HeldMissed)]) -> String {
    let parts: Vec<String> = days
        .iter()
        .filter(|(_, count)| *count != HeldMissed::default())
        .map(|(day, count)| format!("{}: odbyte {}, nieodbyte {}", words::weekday(*day), count.held, count.missed))
        .collect();
    match parts.is_empty() {
        true => format!("{title}. W tym tygodniu nie ma jeszcze wizyt."),
        false => format!("{title}. {}.", parts.join("; ")),
    }
}

/// "3", "3 + 1".
fn figures(count: HeldMissed) -> String {
    match (count.held, count.missed) {
        (0, 0) => String::new(),
        (held, 0) => held.to_string(),
        (held, missed) => format!("{held} + {missed}"),
    }
}

fn draw(day: NaiveDate, count: HeldMissed, left: usize, width: usize, tallest: usize) -> AnyView {
    let (held, missed) = (count.held as usize * TALLEST / tallest, count.missed as usize * TALLEST / tallest);
    let ground = ABOVE + TALLEST;
    let (x, bar, middle) = (percent(left + width / 5), percent(width * 3 / 5), percent(left + width / 2));
    let text = |y: usize| y.to_string();
    view! {
        <rect class="bar" x=x.clone() y=text(ground - held) width=bar.clone() height=text(held)></rect>
        <rect class="bar" data-state="muted" x=x y=text(ground - held - missed) width=bar height=text(missed)></rect>
        <text class="bar-value-mid" x=middle.clone() y=text(ground - held - missed - 6)>{figures(count)}</text>
        <text class="bar-label-mid" x=middle.clone() y=text(ground + 18)>{words::weekday_short(day)}</text>
        <text class="bar-label-mid" x=middle y=text(ground + 36)>{words::day_month(day)}</text>
    }
    .into_any()
}
