//! What happened, day by day.

use super::{Badge, Icon, Tone, attachments};
use crate::domain::{record::Record, story::month_of, words};
use chrono::NaiveDate;
use leptos::prelude::*;

/// One thing that happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimelineItem {
    /// Its day.
    pub day: NaiveDate,
    /// Its time, in words ("14:10–15:15"), or empty.
    pub time: String,
    /// Icon of its kind.
    pub icon: &'static str,
    /// What other pages find it by, or empty.
    pub anchor: String,
    /// What it was.
    pub title: String,
    /// Where all of it stands.
    pub href: Option<String>,
    /// Where it stands beside its earlier version.
    pub compare: Option<String>,
    /// Statuses.
    pub badges: Vec<(Tone, &'static str, String)>,
    /// What was written: label (or empty) and text.
    pub lines: Vec<(String, String)>,
    /// The smaller facts, run in: label and text.
    pub facts: Vec<(String, String)>,
    /// The paper whose photos and signatures are shown with it.
    pub paper: Option<Record>,
    /// Who wrote it, and when.
    pub meta: String,
}

/// Items in the order given, under a heading for each month and for each day.
#[component]
pub fn Timeline(
    /// The items, those of one day beside each other.
    items: Vec<TimelineItem>,
) -> AnyView {
    let (mut month, mut day) = (None, None);
    let mut entries = Vec::with_capacity(items.len() + 8);
    for item in items {
        if month != Some(month_of(item.day)) {
            month = Some(month_of(item.day));
            entries.push(view! { <li class="timeline-month"><h2>{words::month(item.day)}</h2></li> }.into_any());
        }
        if day != Some(item.day) {
            day = Some(item.day);
            entries.push(view! { <li class="timeline-day"><h3>{words::long_date(item.day)}</h3></li> }.into_any());
        }
        entries.push(entry(item));
    }
    view! { <ol class="timeline">{entries}</ol> }.into_any()
}

fn entry(item: TimelineItem) -> AnyView {
    let title = match item.href {
        Some(href) => view! { <a href=href>{item.title}</a> }.into_any(),
        None => view! { <b>{item.title}</b> }.into_any(),
    };
    let time = (!item.time.is_empty()).then(|| view! { <time>{item.time}</time> });
    let badges = (!item.badges.is_empty()).then(|| {
        let badges = item.badges.into_iter().map(|(tone, icon, text)| view! { <Badge tone icon text/>" " });
        view! { <p>{badges.collect_view()}</p> }
    });
    let lines = item.lines.into_iter().map(|(label, text)| line(label, text)).collect_view();
    let facts = (!item.facts.is_empty()).then(|| view! { <p class="timeline-meta">{run_in(item.facts)}</p> });
    let hanging = item.paper.as_ref().and_then(attachments);
    let id = (!item.anchor.is_empty()).then_some(item.anchor);
    let meta = (!item.meta.is_empty()).then(|| view! { <p class="timeline-meta">{item.meta}</p> });
    let compare = item.compare.map(|href| {
        view! { <p class="no-print"><a href=href>"Porównaj z poprzednią wersją"</a></p> }
    });
    view! {
        <li class="timeline-item" id=id>
            <Icon name=item.icon/>
            <div><p class="timeline-head">{title}{time}</p>{badges}{lines}{facts}{hanging}{meta}{compare}</div>
        </li>
    }
    .into_any()
}

/// A labelled text; its own paragraphs stay apart.
fn line(label: String, text: String) -> AnyView {
    let mut label = (!label.is_empty()).then(|| view! { <span class="muted">{label}": "</span> });
    let paragraphs = text.lines().filter(|line| !line.trim().is_empty());
    let paragraphs: Vec<_> = paragraphs.map(|line| view! { <p>{label.take()}{line.to_owned()}</p> }).collect();
    view! { {paragraphs} }.into_any()
}

fn run_in(facts: Vec<(String, String)>) -> String {
    let facts: Vec<String> = facts.into_iter().map(|(label, text)| [label, text].join(": ")).collect();
    facts.join(" · ")
}
