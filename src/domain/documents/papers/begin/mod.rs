//! How a paper begins, and what it becomes when it is put aside or handed in. The same on every device: what
//! records know already is there when a paper opens, and each value says which records it comes from.

mod beside;
mod court;
mod ending;
mod inquiry;
mod known;
mod opening;
mod plan;
mod review;
#[cfg(test)]
mod tests;
mod za_zyciem;

pub(super) use beside::address;
pub use ending::contact;
pub use known::{Entry, Known, Sheet};

use super::{
    course::{CASE, HANDED_IN_ON, LIFE, PAPER},
    figure::{Figure, Found, write},
    parts::{DOC_DATE, PLACE, SIGN},
};
use crate::domain::{
    documents::case_card::{self, Stage},
    form::{Answers, Form},
    ids::RecordId,
    procedure::{Life, Paper},
    record::Record,
};
use chrono::NaiveDate;

/// The answers that a paper begins with: nothing that is known is typed again.
pub fn begin(paper: Paper, known: &Known<'_>) -> Answers {
    let mut answers = Answers::default().with(PAPER, paper).with(LIFE, Life::Draft);
    if let Some(case) = known.case.filter(|case| !opens_another(paper, case)) {
        answers.put(CASE, case.id);
    }
    write(prefilled(paper, &answers, known), &mut answers);
    answers
}

/// A referral or an application after the last case is over belongs to the case that it will open.
fn opens_another(paper: Paper, case: &Record) -> bool {
    let is_over = case.answers.get(case_card::STAGE).is_some_and(Stage::is_ended);
    is_over && matches!(paper, Paper::Referral | Paper::ZzApplication)
}

/// Everything that stands in records already and belongs into this paper, as far as it is written.
pub fn prefilled(paper: Paper, answers: &Answers, known: &Known<'_>) -> Vec<Figure> {
    let mut found = Found::default();
    head(paper, known, &mut found);
    match paper {
        Paper::Referral => opening::referral(known, &mut found),
        Paper::Request | Paper::Allocation => opening::allocation(known, &mut found),
        Paper::Handover => opening::handover(known, &mut found),
        Paper::Substitution => opening::substitution(known, &mut found),
        Paper::Authorisation => opening::authorisation(known, &mut found),
        Paper::Consent | Paper::Refusal | Paper::Resignation => {
            opening::consent(paper, answers, known, &mut found);
        }
        Paper::FamilyCard => inquiry::family_card(known, &mut found),
        Paper::Assessment => inquiry::assessment(known, &mut found),
        Paper::Plan => plan::plan(answers, known, &mut found),
        Paper::Review | Paper::PeriodicReport => review::review(known, &mut found),
        Paper::ClosingRequest => ending::closing_request(known, &mut found),
        Paper::Monitoring => ending::monitoring(known, &mut found),
        Paper::MonitoringEnd => ending::monitoring_end(known, &mut found),
        Paper::Extension => ending::extension(known, &mut found),
        Paper::CourtPaper => court::court_paper(answers, known, &mut found),
        Paper::ZzApplication => za_zyciem::application(known, &mut found),
        Paper::ZzCatalogue => za_zyciem::catalogue(answers, known, &mut found),
        Paper::ZzAuthorisation => za_zyciem::authorisation(known, &mut found),
        Paper::ZzRequest => za_zyciem::request(known, &mut found),
        Paper::Meeting => beside::meeting(answers, known, &mut found),
        Paper::Note => beside::note(known, &mut found),
        Paper::SupportingFamily => beside::as_it_stood(known.last(&[paper]), paper, &mut found),
        Paper::CareBoard => beside::children_in_care(known, &mut found),
        Paper::AlimonyOpinion => beside::alimony_opinion(known, &mut found),
        Paper::BlueCardLog => beside::blue_card_log(known, &mut found),
        _ => {}
    }
    found.0
}

/// What follows from what was written just now: a new row gets what is known about it, a term moves with its
/// first day. What a person wrote themselves stays.
pub fn follow(paper: Paper, before: &Answers, after: &Answers, known: &Known<'_>) -> Vec<Figure> {
    let earlier = prefilled(paper, before, known).into_iter();
    let earlier = crate::domain::order::map_of(earlier.map(|figure| (figure.path, figure.value)));
    let mut figures = prefilled(paper, after, known);
    figures.retain(|figure| {
        let was = earlier.get(&figure.path);
        was != Some(&figure.value) && after.raw(&figure.path) == was
    });
    figures
}

/// The head that every paper has.
fn head(paper: Paper, known: &Known<'_>, found: &mut Found) {
    found.known(DOC_DATE.name(), known.today);
    if let Some((place, of)) = &known.place {
        let of: Vec<RecordId> = of.iter().copied().collect();
        found.words(PLACE.name(), place, 80, &of);
    }
    let case = known.case.filter(|case| !opens_another(paper, case));
    found.copy(SIGN.name(), case, case_card::SIGN.name());
}

/// The paper as it is put aside: a draft stays a draft, and what was returned stays returned.
pub fn put_aside(form: &Form, answers: &Answers) -> Answers {
    let life = match answers.get(LIFE) {
        Some(Life::Returned) => Life::Returned,
        _ => Life::Draft,
    };
    shown(form, answers).with(LIFE, life)
}

/// The paper as it is handed in.
pub fn hand_in(form: &Form, answers: &Answers, today: NaiveDate) -> Answers {
    shown(form, answers).with(LIFE, Life::Signed).with(HANDED_IN_ON, today)
}

/// Without the answers to questions that are not asked under the other answers.
fn shown(form: &Form, answers: &Answers) -> Answers {
    let mut shown = answers.clone();
    let hidden: Vec<&str> = form.hidden(answers).map(|field| field.key).collect();
    for key in hidden {
        shown.set_raw(key, None);
        for row in answers.rows(key) {
            shown.drop_row(key, &row);
        }
    }
    shown
}
