//! What can be printed of a family's file beside its papers: the cards, the sheet for the family, empty forms.

use super::Icon;
use crate::domain::{
    print::{Blank, What},
    words,
};
use chrono::NaiveDate;
use leptos::prelude::*;

/// Months that are offered at once; the file has the older ones in its time line.
const MONTHS: usize = 12;

/// The card. `months` are those that have entries, the newest first.
pub fn prints_card(code: &str, months: Vec<NaiveDate>) -> AnyView {
    let link = |what: What, words: String| {
        view! { <a class="btn btn-quiet" href=what.address(code)><Icon name="print"/>" "{words}</a> }.into_any()
    };
    let cards: Vec<AnyView> =
        months.into_iter().take(MONTHS).map(|month| link(What::WorkCard(month), words::month(month))).collect();
    let work = match cards.is_empty() {
        true => view! { <p class="muted">"Nie ma jeszcze wpisów, z których powstaje karta pracy."</p> }.into_any(),
        false => view! { <div class="actions">{cards}</div> }.into_any(),
    };
    let blanks: Vec<AnyView> =
        Blank::all().into_iter().map(|blank| link(What::Blank(blank), words::sentence(&blank.title()))).collect();
    view! {
        <section class="card no-print" aria-labelledby="wydruki">
            <div class="card-head"><h2 id="wydruki">"Wydruki"</h2></div>
            <div class="card-body stack">
                <h3>"Karta pracy asystenta (zał. 8)"</h3>
                {work}
                <h3>"Zadania"</h3>
                <div class="actions">
                    {link(What::TaskCard, "Karta pracy rodziny (zał. 9)".to_owned())}
                    {link(What::OurTasks, "Arkusz „Nasze zadania”".to_owned())}
                </div>
                <details class="more">
                    <summary class="btn btn-quiet"><Icon name="down"/>" Drukuj pusty formularz"</summary>
                    <div class="actions">{blanks}</div>
                </details>
            </div>
        </section>
    }
    .into_any()
}
