//! Terms (terminy) in a list: what is owed, until when, and by which rule.

use super::Icon;
use crate::domain::{
    deadlines::{Alarm, Deadline, rule},
    words,
};
use chrono::NaiveDate;
use leptos::prelude::*;

/// How many terms of a family stand in view; the others unfold.
const IN_VIEW: usize = 5;

/// What the colour of a term's badge says.
fn state(alarm: Alarm) -> Option<&'static str> {
    match alarm {
        Alarm::Red => Some("overdue"),
        Alarm::Amber => Some("warn"),
        Alarm::None => None,
    }
}

/// Where a term of one family stands among those of others.
pub struct OfFamily {
    /// The family, as the list names it.
    pub name: String,
    /// Its file.
    pub href: String,
}

/// One term. Among those of other families it leads to its own; in the family's file it names its source.
pub fn term_row(term: &Deadline, today: NaiveDate, family: Option<OfFamily>) -> AnyView {
    let name = words::sentence(term.code.label());
    let until = term.due_words();
    let (title, about) = match family {
        Some(family) => {
            (view! { <a href=family.href class="row-title">{name}</a> }.into_any(), [family.name, until].join(" · "))
        }
        None => {
            let source = rule(term.code).source.to_owned();
            (view! { <p class="row-title">{name}</p> }.into_any(), [until, source].join(" · "))
        }
    };
    view! {
        <li class="row">
            <span class="row-lead"><Icon name="deadline"/></span>
            <div class="row-main">{title}<p class="row-meta">{about}</p></div>
            <div class="row-trail"><span class="badge" data-state=state(term.alarm)>{term.words(today)}</span></div>
        </li>
    }
    .into_any()
}

/// The terms of one family, the nearest first.
pub fn terms_card(terms: &[Deadline], today: NaiveDate) -> Option<AnyView> {
    if terms.is_empty() {
        return None;
    }
    let rows = |terms: &[Deadline]| terms.iter().map(|term| term_row(term, today, None)).collect_view();
    let (first, rest) = terms.split_at(terms.len().min(IN_VIEW));
    let rest = (!rest.is_empty()).then(|| {
        view! {
            <details class="more">
                <summary class="btn btn-quiet"><Icon name="down"/>" Pozostałe terminy ("{rest.len()}")"</summary>
                <ul class="list">{rows(rest)}</ul>
            </details>
        }
    });
    Some(
        view! {
            <section class="card" aria-labelledby="terminy">
                <div class="card-head"><h2 id="terminy">"Terminy "<span class="count">{terms.len()}</span></h2></div>
                <ul class="list">{rows(first)}</ul>
                {rest}
            </section>
        }
        .into_any(),
    )
}
