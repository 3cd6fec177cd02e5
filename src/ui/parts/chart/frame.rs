//! What is around every chart: caption, drawing, and the table behind.

use leptos::prelude::*;

/// The longest bar, in thousandths of the width; the rest belongs to its figure.
const LONGEST: usize = 860;
/// Height of one row of lying bars.
pub(super) const ROW: usize = 44;
/// Room for the word of a limit above the rows.
pub(super) const LIMIT_ROOM: usize = 22;

/// The figures of a chart as a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureTable {
    /// What the table tells.
    pub caption: String,
    /// Heads of the columns; the first one names the rows.
    pub heads: Vec<&'static str>,
    /// The rows: name and figures.
    pub rows: Vec<(String, Vec<String>)>,
}

/// Thousandths of the width as SVG takes them. Whole numbers: floats and their printing are heavy.
pub(super) fn percent(thousandths: usize) -> String {
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}

/// Length of a bar of `value` when a bar of `all` is the longest, in thousandths of the width.
pub(super) fn share(value: usize, all: usize) -> usize {
    value * LONGEST / all.max(1)
}

/// Puts caption, drawing and table together.
pub(super) fn frame(
    title: String,
    note: String,
    finding: String,
    height: usize,
    drawing: AnyView,
    table: FigureTable,
) -> AnyView {
    let note = (!note.is_empty()).then(|| view! { " "<small>{note}</small> });
    view! {
        <figure class="chart">
            <figcaption>{title}{note}</figcaption>
            <svg width="100%" height=height.to_string() role="img" aria-label=finding>{drawing}</svg>
            <details class="chart-table">
                <summary>"Pokaż tabelę"</summary>
                {figure_table(table)}
            </details>
        </figure>
    }
    .into_any()
}

fn figure_table(table: FigureTable) -> AnyView {
    let heads = table.heads.into_iter().enumerate().map(|(index, head)| {
        view! { <th scope="col" class=(index > 0).then_some("num")>{head}</th> }
    });
    let rows = table.rows.into_iter().map(|(name, figures)| {
        let cells = figures.into_iter().map(|figure| view! { <td class="num">{figure}</td> }).collect_view();
        view! { <tr><th scope="row">{name}</th>{cells}</tr> }
    });
    view! {
        <table class="table">
            <caption>{table.caption}</caption>
            <thead><tr>{heads.collect_view()}</tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}
