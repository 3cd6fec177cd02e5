//! A print as it will lie on the table: black on white, with the head of the office. Before it is printed it is
//! looked at on the screen, in the same form.

use super::Icon;
use crate::{
    domain::{
        content::{CHANGED, Fit},
        paper_words::{EntryWords, SignatureWords},
        print::{Block, Cell, Part, Sheet, Table},
        signature::SHEET,
    },
    ui::context::App,
};
use leptos::prelude::*;

/// A page with a print: the way back, the button, the print itself.
pub fn print_page(app: App, back: String, sheet: AnyView) -> AnyView {
    view! {
        <div class="actions no-print">
            <a class="btn btn-quiet" href=back><Icon name="back"/>" Wróć"</a>
            <button class="btn btn-primary" type="button" id="drukuj" on:click=move |_| app.host().print()>
                <Icon name="print"/>" Drukuj"
            </button>
        </div>
        <div class="paper-desktop" role="region" aria-label="Podgląd wydruku" tabindex="0">{sheet}</div>
    }
    .into_any()
}

/// The print itself.
pub fn sheet_view(sheet: Sheet) -> AnyView {
    let Sheet { office, contact, attachment, drawn_up, about, title, subtitle, is_draft, is_wide, .. } = sheet;
    let contact = contact.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    let about: Vec<AnyView> = about.into_iter().map(|(label, words)| about_line(label, words)).collect();
    let draft = is_draft.then(|| {
        view! {
            <p class="paper-mark" aria-hidden="true">"SZKIC"</p>
            <p class="paper-draft">"SZKIC – dokument nie został jeszcze złożony."</p>
        }
    });
    let withheld = sheet.withholds.then(|| view! { <p>"Część treści jest chroniona i nie ma jej na tym wydruku."</p> });
    let subtitle = (!subtitle.is_empty()).then(|| view! { <p class="paper-subtitle">{subtitle}</p> });
    let mut number = 0;
    let parts: Vec<AnyView> = sheet.parts.into_iter().map(|part| part_view(part, &mut number)).collect();
    view! {
        <article class="paper" data-wide=is_wide.then_some("")>
            {draft}
            <header class="paper-head">
                <div><p class="paper-office">{office}</p>{contact}</div>
                <div><p>{attachment}</p><p>{drawn_up}</p></div>
            </header>
            <dl class="paper-about">{about}</dl>
            <h1>{title}</h1>
            {subtitle}
            {corrections(sheet.corrections)}
            {withheld}
            {parts}
            <footer class="paper-foot"><p>{sheet.foot}</p></footer>
        </article>
    }
    .into_any()
}

fn about_line(label: &'static str, words: String) -> AnyView {
    let said = match words.is_empty() {
        true => view! { <dd class="paper-line"></dd> }.into_any(),
        false => view! { <dd>{words}</dd> }.into_any(),
    };
    view! { <div><dt>{label}": "</dt>{said}</div> }.into_any()
}

fn corrections(said: Vec<String>) -> Option<AnyView> {
    if said.is_empty() {
        return None;
    }
    let said = said.into_iter().map(|text| view! { <p>{text}</p> }).collect_view();
    Some(view! { <aside class="paper-corrections" aria-label="Sprostowania">{said}</aside> }.into_any())
}

fn part_view(part: Part, number: &mut u32) -> AnyView {
    let heading = (!part.title.is_empty()).then(|| {
        *number += 1;
        view! { <h2>{*number}". "{part.title}</h2> }
    });
    let mut body: Vec<AnyView> = Vec::new();
    let mut lines: Vec<AnyView> = Vec::new();
    for block in part.blocks {
        match block {
            Block::Line { label, words } => lines.push(answer(label, words)),
            other => {
                body.extend(answers(&mut lines));
                body.push(block_view(other, part.title));
            }
        }
    }
    body.extend(answers(&mut lines));
    view! { <section class="paper-part">{heading}{body}</section> }.into_any()
}

fn answer(label: &'static str, words: String) -> AnyView {
    view! { <tr><th scope="row">{label}</th><td>{words}</td></tr> }.into_any()
}

/// The answers so far as one table; nothing when there are none.
fn answers(lines: &mut Vec<AnyView>) -> Option<AnyView> {
    let lines = std::mem::take(lines);
    (!lines.is_empty())
        .then(|| view! { <table class="paper-table paper-answers"><tbody>{lines}</tbody></table> }.into_any())
}

fn block_view(block: Block, title: &str) -> AnyView {
    match block {
        Block::Line { label, words } => view! { <p>{label}": "{words}</p> }.into_any(),
        Block::Table(table) => table_view(table, title),
        Block::Entries { label, entries } => entries_view(label, entries, title),
        Block::Sums(sums) => sums_view(sums),
        Block::Signatures(signed) => {
            let signed: Vec<AnyView> = signed.into_iter().map(signature).collect();
            view! { <div class="paper-signatures">{signed}</div> }.into_any()
        }
        Block::ToSign(who) => {
            let lines: Vec<AnyView> = who.into_iter().map(|who| to_sign(who.to_owned())).collect();
            view! { <div class="paper-signatures">{lines}</div> }.into_any()
        }
        Block::ToWrite { label, lines } => to_write(label, lines),
        Block::ToTick { label, options } => to_tick(label, options),
    }
}

fn table_view(table: Table, title: &str) -> AnyView {
    let Table { label, heads, rows } = table;
    let caption = (!label.is_empty() && label != title).then(|| view! { <caption>{label}</caption> });
    let heads = heads.into_iter().map(|head| view! { <th scope="col">{head}</th> }).collect_view();
    let rows: Vec<AnyView> = rows.into_iter().map(row_view).collect();
    view! { <table class="paper-table">{caption}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table> }
        .into_any()
}

fn row_view(cells: Vec<Cell>) -> AnyView {
    let is_empty = cells.iter().all(|cell| cell.words.is_empty() && cell.drawn.is_empty());
    let cells: Vec<AnyView> = cells.into_iter().map(cell_view).collect();
    view! { <tr class=is_empty.then_some("paper-empty")>{cells}</tr> }.into_any()
}

fn cell_view(cell: Cell) -> AnyView {
    let drawn = cell.drawn.into_iter().map(drawing).collect_view();
    view! { <td>{drawn}{cell.words}</td> }.into_any()
}

fn drawing(path: String) -> AnyView {
    let sheet = ["0 0 ", &SHEET.0.to_string(), " ", &SHEET.1.to_string()].concat();
    view! { <svg class="paper-drawn" viewBox=sheet role="img" aria-label="Podpis"><path d=path/></svg> }.into_any()
}

fn entries_view(label: &'static str, entries: Vec<EntryWords>, title: &str) -> AnyView {
    let heading = (label != title).then(|| view! { <p class="paper-label">{label}</p> });
    let entries: Vec<AnyView> = entries
        .into_iter()
        .map(|entry| {
            let lines: Vec<AnyView> = entry.lines.into_iter().map(|(head, words)| answer(head, words)).collect();
            view! {
                <table class="paper-table paper-answers"><caption>{entry.title}</caption><tbody>{lines}</tbody></table>
            }
            .into_any()
        })
        .collect();
    view! { {heading}{entries} }.into_any()
}

fn sums_view(sums: Vec<(&'static str, String)>) -> AnyView {
    let sums: Vec<AnyView> = sums
        .into_iter()
        .map(|(label, sum)| view! { <div><dt>{label}": "</dt><dd>{sum}</dd></div> }.into_any())
        .collect();
    view! { <dl class="paper-about paper-sums"><div><dt>"Razem"</dt></div>{sums}</dl> }.into_any()
}

/// A signature that was given. One on the print is made where its line is.
fn signature(signed: SignatureWords) -> AnyView {
    let SignatureWords { words, drawn, fit, .. } = signed;
    let changed = matches!(fit, Some(Fit::Changed)).then(|| view! { <p class="paper-draft">{CHANGED}</p> });
    view! {
        <div class="paper-signature">
            <div class="paper-sign-here">{drawn.map(drawing)}</div>
            <p class="paper-how">{words}</p>
            {changed}
        </div>
    }
    .into_any()
}

fn to_sign(who: String) -> AnyView {
    view! {
        <div class="paper-signature"><div class="paper-sign-here"></div><p class="paper-how">{who}</p></div>
    }
    .into_any()
}

fn to_write(label: &'static str, lines: u8) -> AnyView {
    let lines = (0..lines).map(|_| view! { <span class="paper-line"></span> }.into_any()).collect::<Vec<_>>();
    let is_short = lines.len() == 1;
    view! { <div class="paper-write" data-short=is_short.then_some("")><span>{label}":"</span>{lines}</div> }.into_any()
}

fn to_tick(label: &'static str, options: Vec<&'static str>) -> AnyView {
    let options = options
        .into_iter()
        .map(|option| view! { <li><span class="paper-box" aria-hidden="true"></span>{option}</li> })
        .collect_view();
    view! { <div class="paper-tick"><span>{label}":"</span><ul>{options}</ul></div> }.into_any()
}
