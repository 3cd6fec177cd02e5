//! What nobody types: numbers of papers, versions, counts of work, trends. Each figure says which records it was
//! counted from. When a paper is handed in they are written into it, so that it opens later as it was.

mod cases;
mod ending;
mod number;
mod review;
#[cfg(test)]
mod tests;
mod work;

pub use number::next_version_of;

use super::{
    begin::Known,
    figure::{Figure, Found, write},
    form_of,
    parts::NUMBER,
};
use crate::domain::{
    form::{Answers, Form, Source},
    procedure::Paper,
};

/// Every computed value of a paper as it is written, with the records that it counts.
pub fn computed(paper: Paper, answers: &Answers, known: &Known<'_>) -> Vec<Figure> {
    let mut found = Found::default();
    number::number(paper, answers, known, &mut found);
    match paper {
        Paper::FamilyCard => cases::family_card(known, &mut found),
        Paper::Assessment => cases::assessment(known, &mut found),
        Paper::Plan => number::version(answers, known, &mut found),
        Paper::Review | Paper::PeriodicReport => review::review(answers, known, &mut found),
        Paper::ClosingRequest => ending::closing_request(answers, known, &mut found),
        Paper::MonitoringEnd => ending::monitoring_end(known, &mut found),
        Paper::Reopening => ending::reopening(known, &mut found),
        Paper::Extension => ending::extension(answers, &mut found),
        Paper::CourtPaper => ending::court_paper(answers, known, &mut found),
        _ => {}
    }
    found.0
}

/// The paper with its computed values, as it is handed in.
pub fn with_computed(paper: Paper, answers: &Answers, known: &Known<'_>) -> Answers {
    let figures = computed(paper, answers, known);
    let mut whole = answers.clone();
    if is_counted_here(paper)
        && let Some(form) = form_of(paper)
    {
        clear(form, &mut whole);
    }
    write(figures, &mut whole);
    whole
}

/// Papers of a month count for themselves.
fn is_counted_here(paper: Paper) -> bool {
    !matches!(paper, Paper::MonthlyReport | Paper::Timesheet | Paper::Mileage | Paper::Training)
}

/// What was computed when the paper was handed in before may no longer hold; its number stays.
fn clear(form: &Form, answers: &mut Answers) {
    let is_computed = |source: Source| matches!(source, Source::Computed(_));
    for field in form.fields().filter(|field| field.key != NUMBER.name()) {
        match field.kind.cells() {
            None if is_computed(field.source) => answers.set_raw(field.key, None),
            None => {}
            Some(_) if is_computed(field.source) => {
                for row in answers.rows(field.key) {
                    answers.drop_row(field.key, &row);
                }
            }
            Some(cells) => {
                for row in answers.rows(field.key) {
                    for cell in cells.iter().filter(|cell| is_computed(cell.source)) {
                        answers.set_raw(&format!("{}/{row}/{}", field.key, cell.key), None);
                    }
                }
            }
        }
    }
}
