//! Families of each assistant against the limit of the law; monitoring shown apart.

use super::frame::{FigureTable, LIMIT_ROOM, ROW, frame, percent, share};
use crate::ui::parts::Tone;
use leptos::prelude::*;

/// The load of one assistant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadBar {
    /// The assistant.
    pub name: String,
    /// Families that count to the limit.
    pub active: usize,
    /// Families in monitoring, which do not.
    pub monitoring: usize,
}

/// Bars of load with the mark of the limit.
#[component]
pub fn LoadBars(
    /// What the chart tells.
    #[prop(into)]
    title: String,
    /// The assistants, in the order given.
    bars: Vec<LoadBar>,
    /// The limit.
    limit: usize,
) -> AnyView {
    let longest = bars.iter().map(|bar| bar.active + bar.monitoring).max().unwrap_or(0).max(limit);
    let height = LIMIT_ROOM + bars.len() * ROW;
    let finding = finding(&title, &bars, limit);
    let table = FigureTable {
        caption: title.clone(),
        heads: vec!["Asystent", "Rodziny", "Granica", "Monitoring"],
        rows: bars
            .iter()
            .map(|bar| (bar.name.clone(), [bar.active, limit, bar.monitoring].map(|n| n.to_string()).to_vec()))
            .collect(),
    };
    let mark = percent(share(limit, longest));
    let rows = bars.into_iter().enumerate().map(|(row, bar)| draw(bar, LIMIT_ROOM + row * ROW, longest, limit));
    let drawing = view! {
        <line class="limit" x1=mark.clone() x2=mark.clone() y1="18" y2=height.to_string()></line>
        <text class="limit-label" x=mark y="12">"granica "{limit}</text>
        {rows.collect_view()}
    };
    let note = format!("dziś; granica ustawowa: {limit}, monitoring liczony osobno");
    frame(title, note, finding, height, drawing.into_any(), table)
}

/// The whole chart in a sentence.
fn finding(title: &str, bars: &[LoadBar], limit: usize) -> String {
    let parts: Vec<String> = bars.iter().map(|bar| format!("{}: {}", bar.name, in_words(bar, limit))).collect();
    format!("{title}. {}.", parts.join("; "))
}

/// "7/15", "1/15, w monitoringu 4".
fn in_words(bar: &LoadBar, limit: usize) -> String {
    match bar.monitoring {
        0 => format!("{}/{limit}", bar.active),
        monitoring => format!("{}/{limit}, w monitoringu {monitoring}", bar.active),
    }
}

/// Colour from the limit: reached is red, two below it deserves a look (spec/domain.md 2.2).
fn tone(active: usize, limit: usize) -> Tone {
    match active {
        active if active >= limit => Tone::Overdue,
        active if active + 2 >= limit => Tone::Warn,
        _ => Tone::Plain,
    }
}

/// Where the figure stands: behind the bar, or behind the mark of the limit when it would lie on it.
fn figure_from(active: usize, monitoring: usize, longest: usize, limit: usize) -> usize {
    let end = active + monitoring;
    let near = end <= limit && end + 3 >= limit;
    share(if near { limit } else { end }, longest)
}

fn draw(bar: LoadBar, top: usize, longest: usize, limit: usize) -> AnyView {
    let (active, all) = (share(bar.active, longest), share(bar.active + bar.monitoring, longest));
    let figure = [bar.active, limit].map(|count| count.to_string()).join("/");
    let after = percent(figure_from(bar.active, bar.monitoring, longest, limit));
    let apart = match bar.monitoring {
        0 => String::new(),
        count => [", w monitoringu: ", &count.to_string()].concat(),
    };
    let y = |down: usize| (top + down).to_string();
    let monitoring = (bar.monitoring > 0).then(|| {
        view! {
            <rect class="bar" data-state="muted" x=percent(active) y=y(20) width=percent(all - active) height="14"></rect>
        }
    });
    view! {
        <text class="bar-label" x="0" y=y(14)>{bar.name}{apart}</text>
        <rect class="bar" data-state=tone(bar.active, limit).state() x="0" y=y(20) width=percent(active) height="14"></rect>
        {monitoring}
        <text class="bar-value" x=after y=y(32) dx="8">{figure}</text>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_shows_in_colour_and_words() {
        assert_eq!(tone(15, 15), Tone::Overdue);
        assert_eq!(tone(13, 15), Tone::Warn);
        assert_eq!(tone(12, 15), Tone::Plain);
        let bar = LoadBar { name: "Lilianna".into(), active: 1, monitoring: 4 };
        assert_eq!(finding("Obciążenie", &[bar], 15), "Obciążenie. Lilianna: 1/15, w monitoringu 4.");
    }
}
