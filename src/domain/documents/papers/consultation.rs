//! The opinion of somebody who is consulted about a paper of another: they write it themselves, with their own name and
//! day, and into nothing else (spec/domain.md 1.2: "R + consult (opinion)", 2.2). A paper waits for it in sight and not
//! in its course: nothing of the procedure stands still because of it. It is asked for from the handing in on, so that
//! whoever still writes the paper is never overtaken.

use super::{
    course::{LIFE, PAPER},
    plan::{WORKER_OPINION, WORKER_OPINION_BY, WORKER_OPINION_ON},
};
use crate::domain::{
    access::Role::{self, SocialWorker},
    form::{Answers, Cell as _, Problem},
    ids::UserId,
    procedure::{Life, Paper},
};
use chrono::NaiveDate;

/// Said wherever such a paper is shown.
pub const AWAITED: &str = "czeka na opinię pracownika socjalnego";

/// Who is consulted about a paper.
pub const fn consulted(paper: Paper) -> &'static [Role] {
    match paper {
        Paper::Plan => &[SocialWorker],
        _ => &[],
    }
}

/// The fields of a consultation: what is thought, by whom and when.
pub const FIELDS: [&str; 3] = [WORKER_OPINION.name(), WORKER_OPINION_BY.name(), WORKER_OPINION_ON.name()];

/// Is this a field that only those write who are consulted?
pub fn is_opinion(paper: Paper, key: &str) -> bool {
    !consulted(paper).is_empty() && FIELDS.contains(&key)
}

/// Is the opinion still missing from a paper that was handed in?
pub fn is_awaited(answers: &Answers) -> bool {
    let asks = answers.get(PAPER).is_some_and(|paper| !consulted(paper).is_empty());
    asks && stands(answers) && !answers.filled(WORKER_OPINION.name())
}

/// May this role give its opinion now? Once the paper is decided about, an opinion that was given stays.
pub fn may_give(answers: &Answers, role: Role) -> bool {
    let asked = answers.get(PAPER).is_some_and(|paper| consulted(paper).contains(&role));
    let open = answers.get(LIFE) == Some(Life::Signed) || !answers.filled(WORKER_OPINION.name());
    asked && stands(answers) && open
}

fn stands(answers: &Answers) -> bool {
    matches!(answers.get(LIFE), Some(Life::Signed | Life::Approved))
}

/// The opinion as it is given, over what stands.
pub fn given(answers: &Answers, words: &str, by: UserId, on: NaiveDate) -> Answers {
    let mut after = answers.clone();
    after.set_raw(WORKER_OPINION.name(), Some(words.trim().to_owned().write()));
    after.put(WORKER_OPINION_BY, by);
    after.put(WORKER_OPINION_ON, on);
    after
}

/// What is wrong with an opinion that this person gives on this day. Nobody gives it in another's name.
pub fn problems(after: &Answers, by: UserId, today: NaiveDate) -> Vec<Problem> {
    let mut problems = Vec::new();
    if !after.filled(WORKER_OPINION.name()) {
        problems.push(Problem::error(WORKER_OPINION.name(), "Napisz opinię o planie."));
    }
    if after.get(WORKER_OPINION_BY) != Some(by) {
        problems.push(Problem::error(WORKER_OPINION_BY.name(), "Opinię podpisuje ten, kto ją pisze."));
    }
    if after.get(WORKER_OPINION_ON).is_none_or(|on| on > today) {
        let text = "Data konsultacji nie może być późniejsza niż dzisiejsza.";
        problems.push(Problem::error(WORKER_OPINION_ON.name(), text));
    }
    problems
}
