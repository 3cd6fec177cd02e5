//! A status: a word and an icon as well as a colour.

use super::Icon;
use crate::domain::documents::case_card::Stage;
use leptos::prelude::*;

/// What a colour says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing in particular.
    #[default]
    Plain,
    /// Done, in order.
    Ok,
    /// Of today.
    Today,
    /// Deserves a look.
    Warn,
    /// Its day has passed.
    Overdue,
    /// Danger for people.
    Danger,
    /// Work goes on.
    Accent,
}

impl Tone {
    /// The value of `data-state`; none for [`Tone::Plain`].
    pub fn state(self) -> Option<&'static str> {
        match self {
            Tone::Plain => None,
            Tone::Ok => Some("ok"),
            Tone::Today => Some("today"),
            Tone::Warn => Some("warn"),
            Tone::Overdue => Some("overdue"),
            Tone::Danger => Some("danger"),
            Tone::Accent => Some("accent"),
        }
    }
}

/// A status in a word.
#[component]
pub fn Badge(
    /// What the colour says.
    tone: Tone,
    /// Icon beside the word.
    icon: &'static str,
    /// The word.
    #[prop(into)]
    text: String,
) -> AnyView {
    view! { <span class="badge" data-state=tone.state()><Icon name=icon/>{text}</span> }.into_any()
}

/// The stage of a case.
#[component]
pub fn StageBadge(
    /// The stage.
    stage: Stage,
) -> AnyView {
    let (tone, icon) = stage_look(stage);
    Badge(BadgeProps { tone, icon, text: stage.label().to_owned() })
}

fn stage_look(stage: Stage) -> (Tone, &'static str) {
    use Stage::*;
    match stage {
        Referred | Interview | ZzRequested => (Tone::Plain, "inbox"),
        Requested | ClosingRequested | MonitoringEndRequested | ReopenRequested => (Tone::Warn, "clock"),
        Allocated | HandedOver | FirstMeeting | Diagnosis | Planning | Cooperation | ZzAllocated | ZzCatalogue
        | ZzCoordination => (Tone::Accent, "family"),
        Monitoring => (Tone::Plain, "eye"),
        NotAllocated | Refused => (Tone::Plain, "close"),
        Closed => (Tone::Plain, "check"),
    }
}
