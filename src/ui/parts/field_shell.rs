//! What stands around a control: label, help, and the problem beside it.

use super::Icon;
use crate::domain::form::{Problem, Weight};
use leptos::prelude::*;

/// What a control tells the screen reader about its shell. A control inside a [`FieldShell`] has
/// the shell's id and these attributes.
#[derive(Clone, Copy)]
pub struct FieldAria {
    /// `aria-describedby`: the ids of help and problem, where they are.
    pub described_by: Signal<Option<String>>,
    /// `aria-invalid`: "true" when the answer stops the paper.
    pub invalid: Signal<Option<&'static str>>,
}

impl FieldAria {
    /// The attributes of the control `id`.
    pub fn of(id: &str, has_help: bool, problem: Signal<Option<Problem>>) -> Self {
        let id = id.to_owned();
        Self {
            described_by: Signal::derive(move || {
                let help = has_help.then(|| help_id(&id));
                let error = problem.with(Option::is_some).then(|| error_id(&id));
                let ids: Vec<String> = help.into_iter().chain(error).collect();
                (!ids.is_empty()).then(|| ids.join(" "))
            }),
            invalid: Signal::derive(move || problem.with(|problem| stops(problem.as_ref())).then_some("true")),
        }
    }
}

fn stops(problem: Option<&Problem>) -> bool {
    problem.is_some_and(|problem| problem.weight == Weight::Error)
}

fn help_id(id: &str) -> String {
    [id, "-help"].concat()
}

fn error_id(id: &str) -> String {
    [id, "-error"].concat()
}

/// A field: the control (or, with `group`, a group of chips or checks) comes as children.
#[component]
pub fn FieldShell(
    /// Id of the control; of the group itself when it is one.
    #[prop(into)]
    id: String,
    /// Label, as on the paper.
    #[prop(into)]
    label: String,
    /// Must it be answered now?
    #[prop(into)]
    required: Signal<bool>,
    /// One line of help, or empty.
    #[prop(optional, into)]
    help: String,
    /// What is wrong with the answer.
    #[prop(into)]
    problem: Signal<Option<Problem>>,
    /// Several controls under one legend.
    #[prop(optional)]
    group: bool,
    /// A narrow control: number, date.
    #[prop(optional)]
    short: bool,
    /// The control.
    children: Children,
) -> AnyView {
    let class = if short { "field field-short" } else { "field" };
    let star = move || required.get().then(|| view! { " "<span class="req" aria-hidden="true">"*"</span> });
    let aria = FieldAria::of(&id, !help.is_empty(), problem);
    let help = (!help.is_empty()).then(|| view! { <p class="field-help" id=help_id(&id)>{help}</p> });
    let error = problem_line(error_id(&id), problem);
    if group {
        view! {
            <fieldset class=class id=id tabindex="-1" aria-describedby=aria.described_by>
                <legend>{label}{star}</legend>{help}{children()}{error}
            </fieldset>
        }
        .into_any()
    } else {
        view! { <div class=class><label for=id>{label}{star}</label>{help}{children()}{error}</div> }.into_any()
    }
}

fn problem_line(id: String, problem: Signal<Option<Problem>>) -> impl IntoView {
    move || {
        let problem = problem.get()?;
        let warns = problem.weight == Weight::Warning;
        let icon = if warns { "info" } else { "warning" };
        Some(view! {
            <p class="field-error" id=id.clone() data-state=warns.then_some("warn")><Icon name=icon/>{problem.text}</p>
        })
    }
}
