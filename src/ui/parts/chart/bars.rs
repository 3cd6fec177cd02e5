//! Lying bars with their words and figures beside them.

use super::frame::{FigureTable, ROW, frame, percent, share};
use crate::ui::parts::Tone;
use leptos::prelude::*;

/// One bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// What is counted.
    pub label: String,
    /// How many.
    pub value: usize,
    /// What its colour says.
    pub tone: Tone,
}

/// Bars in the order given.
#[component]
pub fn BarChart(
    /// What the chart tells.
    #[prop(into)]
    title: String,
    /// When and of whom.
    #[prop(optional, into)]
    note: String,
    /// The bars.
    bars: Vec<Bar>,
    /// Heads of the table: what the bars are, what is counted.
    heads: [&'static str; 2],
) -> AnyView {
    let longest = bars.iter().map(|bar| bar.value).max().unwrap_or(0);
    let finding = finding(&title, &bars);
    let height = bars.len() * ROW;
    let table = FigureTable {
        caption: title.clone(),
        heads: heads.to_vec(),
        rows: bars.iter().map(|bar| (bar.label.clone(), vec![bar.value.to_string()])).collect(),
    };
    let drawing = bars.into_iter().enumerate().map(|(row, bar)| draw(bar, row * ROW, longest)).collect_view();
    frame(title, note, finding, height, drawing.into_any(), table)
}

/// The whole chart in a sentence.
fn finding(title: &str, bars: &[Bar]) -> String {
    let parts: Vec<String> = bars.iter().map(|bar| format!("{}: {}", bar.label, bar.value)).collect();
    format!("{title}. {}.", parts.join(", "))
}

fn draw(bar: Bar, top: usize, longest: usize) -> AnyView {
    let width = percent(share(bar.value, longest));
    let y = |down: usize| (top + down).to_string();
    view! {
        <text class="bar-label" x="0" y=y(14)>{bar.label}</text>
        <rect class="bar" data-state=bar.tone.state() x="0" y=y(20) width=width.clone() height="14"></rect>
        <text class="bar-value" x=width y=y(32) dx="8">{bar.value}</text>
    }
    .into_any()
}
