//! *Plan* (zał. 6): the version that counts, read as every paper, and the way to the other ones.

use super::{FileFacts, papers};
use crate::{
    domain::{
        documents::{
            RecordKind,
            papers::{course::day_of, plan},
        },
        order::sort_by_key,
        record::Record,
    },
    ui::parts::{Banner, Empty, Tone},
};
use leptos::prelude::*;
use std::cmp::Reverse;

/// The part of the file.
pub fn section(facts: &FileFacts) -> AnyView {
    let Some(current) = plan::current(&facts.file.records) else {
        return view! {
            <Empty icon="document" title="Nie ma jeszcze planu" text="Plan powstaje po diagnozie sytuacji rodziny."/>
        }
        .into_any();
    };
    let in_the_making = (!plan::stands(current)).then(|| {
        view! {
            <Banner tone=Tone::Plain lead="Plan jest w przygotowaniu.".to_owned()
                text="Obowiązuje, gdy asystent go złoży.".to_owned()/>
        }
    });
    view! {
        {in_the_making}
        {papers::article(facts, current)}
        {others(facts, current)}
    }
    .into_any()
}

/// Earlier versions, those of earlier cases, and one that is being written; the newest first.
fn others(facts: &FileFacts, current: &Record) -> Option<AnyView> {
    let mut plans: Vec<&Record> = facts.records(RecordKind::Paper).filter(|record| plan::is_plan(record)).collect();
    plans.retain(|plan| plan.id != current.id);
    if plans.is_empty() {
        return None;
    }
    sort_by_key(&mut plans, |plan| Reverse((day_of(plan), plan.id)));
    let rows: Vec<AnyView> = plans.iter().map(|plan| papers::row(facts, plan)).collect();
    Some(
        view! {
            <section class="card no-print" aria-labelledby="wersje">
                <div class="card-head"><h2 id="wersje">"Inne wersje planu "<span class="count">{rows.len()}</span></h2></div>
                <ul class="list">{rows}</ul>
            </section>
        }
        .into_any(),
    )
}
