//! *Terminy*: the history of what was kept and missed, for whoever inspects the work. What runs stands beside the file.

use super::FileFacts;
use crate::{
    domain::{
        deadlines::{Past, history, tally},
        words,
    },
    ui::parts::{Badge, Empty, Icon, Tone},
};
use leptos::prelude::*;

/// Rows in view; the others unfold.
const IN_VIEW: usize = 100;

/// The part of the file.
pub fn section(facts: &FileFacts) -> AnyView {
    let past = history(&facts.file.records, &facts.file.book.settings, facts.file.today);
    match past.is_empty() {
        true => view! {
            <Empty icon="deadline" title="Nie ma jeszcze historii terminów"
                text="Termin pojawi się tutaj, gdy zostanie dotrzymany albo przekroczony."/>
        }
        .into_any(),
        false => table(&past),
    }
}

fn table(past: &[Past]) -> AnyView {
    let (kept, missed) = tally(past);
    let said = ["w terminie: ", &kept.to_string(), ", po terminie: ", &missed.to_string()].concat();
    let mut rows: Vec<AnyView> = past.iter().map(row).collect();
    let rest = rows.split_off(rows.len().min(IN_VIEW));
    let hidden = (!rest.is_empty()).then(|| {
        view! {
            <details class="more">
                <summary class="btn btn-quiet"><Icon name="down"/>" Starsze ("{rest.len()}")"</summary>
                <div class="table-wrap table-wrap-stack"><table class="table">{head()}<tbody>{rest}</tbody></table></div>
            </details>
        }
    });
    view! {
        <div>
            <div class="table-wrap table-wrap-stack" role="region" aria-labelledby="historia-terminow" tabindex="0">
                <table class="table">
                    <caption id="historia-terminow">"Historia terminów "<small class="muted">{said}</small></caption>
                    {head()}
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {hidden}
        </div>
    }
    .into_any()
}

const HEADS: [&str; 5] = ["Termin i źródło", "Od dnia", "Do dnia", "Wykonano", "Wynik"];

fn head() -> AnyView {
    let heads = Vec::from(HEADS.map(|head| view! { <th scope="col">{head}</th> }.into_any()));
    view! { <thead><tr>{heads}</tr></thead> }.into_any()
}

fn row(past: &Past) -> AnyView {
    let (tone, icon) = if past.kept { (Tone::Ok, "check") } else { (Tone::Overdue, "warning") };
    let [_, since, due, on, result] = HEADS;
    let source = [past.code.code(), " · ", past.source()].concat();
    view! {
        <tr>
            <th scope="row">{words::sentence(past.code.label())}<small class="muted">{source}</small></th>
            <td data-label=since>{words::date(past.since)}</td>
            <td data-label=due>{words::date(past.due)}</td>
            <td data-label=on>{words::date(past.on)}</td>
            <td data-label=result><span><Badge tone icon text=past.words()/></span></td>
        </tr>
    }
    .into_any()
}
