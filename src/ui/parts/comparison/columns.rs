//! Two versions beside each other; on a phone one under the other. What became of each answer stands in a word, and
//! the words that differ are marked, so nobody needs colours.

use crate::{
    domain::comparison::{Both, Comparison, Fate, ItemPair, Piece, RowPair, SectionPair},
    ui::parts::{Badge, Tone},
};
use leptos::prelude::*;

/// The parts of a comparison, each a card.
pub fn columns(comparison: Comparison) -> AnyView {
    let sections: Vec<AnyView> = comparison.sections.into_iter().map(section).collect();
    sections.into_any()
}

fn section(section: SectionPair) -> AnyView {
    let SectionPair { title, items } = section;
    let items: Vec<AnyView> = items.into_iter().map(|item| item_view(item, title)).collect();
    view! {
        <section class="card" aria-label=title>
            <div class="card-head"><h2>{title}</h2></div>
            <div class="card-body compare">{items}</div>
        </section>
    }
    .into_any()
}

fn item_view(item: ItemPair, title: &'static str) -> AnyView {
    match item {
        ItemPair::Line(label, both) => view! { <dl class="compare-list">{line(label, both, None)}</dl> }.into_any(),
        ItemPair::Rows(label, rows) => {
            let heading = (label != title).then(|| view! { <h3>{label}</h3> });
            let rows: Vec<AnyView> = rows.into_iter().map(row).collect();
            view! { {heading}{rows} }.into_any()
        }
    }
}

fn row(row: RowPair) -> AnyView {
    let RowPair { fate, title, lines } = row;
    // A row that came or went as a whole says so once.
    let lines: Vec<AnyView> = lines.into_iter().map(|(head, both)| line(head, both, Some(fate))).collect();
    view! {
        <div class="compare-row">
            <h4>{title}" "{mark(fate)}</h4>
            <dl class="compare-list">{lines}</dl>
        </div>
    }
    .into_any()
}

/// One answer: what was asked, what became of it, and how both versions have it.
fn line(label: &'static str, both: Both, of_row: Option<Fate>) -> AnyView {
    let Both { fate, older, newer } = both;
    let badge = if of_row == Some(fate) && fate != Fate::Changed { None } else { mark(fate) };
    let sides = match fate {
        Fate::Same => view! { <dd class="compare-side" data-wide="">{text(newer)}</dd> }.into_any(),
        _ => view! {
            <dd class="compare-side"><span class="compare-when">"wcześniej"</span>{side(older, Mark::Gone)}</dd>
            <dd class="compare-side"><span class="compare-when">"później"</span>{side(newer, Mark::Come)}</dd>
        }
        .into_any(),
    };
    view! { <div class="compare-item"><dt>{label}" "{badge}</dt>{sides}</div> }.into_any()
}

/// What became of it, in a word.
fn mark(fate: Fate) -> Option<AnyView> {
    let (tone, icon) = match fate {
        Fate::Same => return None,
        Fate::Changed => (Tone::Accent, "edit"),
        Fate::Added => (Tone::Ok, "plus"),
        Fate::Removed => (Tone::Warn, "close"),
    };
    Some(view! { <Badge tone icon text=fate.label()/> }.into_any())
}

/// How words are marked that only one version has.
#[derive(Clone, Copy)]
enum Mark {
    Gone,
    Come,
}

fn side(pieces: Vec<Piece>, with: Mark) -> AnyView {
    if pieces.is_empty() {
        return view! { <span class="muted">"(puste)"</span> }.into_any();
    }
    let pieces: Vec<AnyView> = pieces.into_iter().map(|piece| piece_view(piece, with)).collect();
    view! { <span class="compare-text">{pieces}</span> }.into_any()
}

/// Marked words say to the ear what they say to the eye.
fn piece_view(piece: Piece, with: Mark) -> AnyView {
    let Piece { text, marked } = piece;
    match (marked, with) {
        (false, _) => text.into_any(),
        (true, Mark::Gone) => view! { <del><span class="visually-hidden">" [usunięto: "</span>{text}<span class="visually-hidden">"] "</span></del> }.into_any(),
        (true, Mark::Come) => view! { <ins><span class="visually-hidden">" [dodano: "</span>{text}<span class="visually-hidden">"] "</span></ins> }.into_any(),
    }
}

fn text(pieces: Vec<Piece>) -> AnyView {
    let text: String = pieces.into_iter().map(|piece| piece.text).collect();
    view! { <span class="compare-text">{text}</span> }.into_any()
}
