//! The early end of what the manager has given for some time: a substitution, an authorisation. It is written into the
//! paper after its course, by the manager alone, with the last day that counts and the reason; whatever follows from
//! the paper asks [`last_day`], so access is gone from the next day on without anybody's hand.
//!
//! Nobody ends anything backwards: what was done meanwhile was done rightly (spec/trust.md P4).

use super::{
    authorisation,
    course::{LIFE, PAPER},
    rights, substitution,
};
use crate::domain::{
    access::Role,
    form::{Answers, Field, Key, Kind, Problem, Section},
    procedure::{Life, Paper},
};
use chrono::NaiveDate;

/// The last day that counts, when it is an earlier one than was planned.
pub const LAST_DAY: Key<NaiveDate> = Key::new("ended_early_on");
/// Why it ends earlier.
pub const REASON: Key<String> = Key::new("ended_early_why");

const BY_MANAGER: &str = "kierownik, gdy kończy się wcześniej";

/// Part of the papers that can be ended.
pub const EARLY_END: Section = Section {
    title: "Wcześniejsze zakończenie",
    fields: &[
        Field::new("ended_early_on", "Ostatni dzień", Kind::Date)
            .help("Od następnego dnia nie ma dostępu do danych.")
            .consulted(BY_MANAGER),
        Field::new("ended_early_why", "Powód", Kind::Line { max: 300 }).consulted(BY_MANAGER),
    ],
};

/// Is this a field that is written only when a paper of this kind ends early?
pub fn is_end(paper: Paper, key: &str) -> bool {
    can_end(paper) && EARLY_END.fields.iter().any(|field| field.key == key)
}

const fn can_end(paper: Paper) -> bool {
    matches!(paper, Paper::Substitution | Paper::Authorisation)
}

/// The last day as it was planned; nothing for what has no end or cannot be ended.
fn planned(answers: &Answers) -> Option<NaiveDate> {
    match answers.get(PAPER)? {
        Paper::Substitution => answers.get(substitution::ENDS_ON),
        Paper::Authorisation => answers.get(authorisation::VALID_TO),
        _ => None,
    }
}

/// The last day that counts; nothing where there is none.
pub fn last_day(answers: &Answers) -> Option<NaiveDate> {
    match (planned(answers), answers.get(LAST_DAY)) {
        (Some(planned), Some(early)) => Some(planned.min(early)),
        (planned, early) => planned.or(early),
    }
}

/// May this role end it now? What is over by itself is over.
pub fn may_end(answers: &Answers, role: Role, today: NaiveDate) -> bool {
    let Some(paper) = answers.get(PAPER).filter(|paper| can_end(*paper)) else { return false };
    let rights = rights::of(paper);
    let counts = match rights.decide.is_empty() {
        true => matches!(answers.get(LIFE), Some(Life::Signed | Life::Approved)),
        false => answers.get(LIFE) == Some(Life::Approved),
    };
    let is_theirs = if rights.decide.is_empty() { rights.prepare } else { rights.decide }.contains(&role);
    counts && is_theirs && last_day(answers).is_none_or(|last| today <= last)
}

/// What is wrong with an end that is written today.
pub fn problems(after: &Answers, today: NaiveDate) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut say = |key: &str, text: &str| problems.push(Problem::error(key, text));
    match after.get(LAST_DAY) {
        None => say(LAST_DAY.name(), "Podaj ostatni dzień."),
        Some(day) if day < today => {
            say(LAST_DAY.name(), "Nie można zakończyć wstecz: podaj dzisiejszy dzień albo późniejszy.")
        }
        Some(day) if planned(after).is_some_and(|planned| planned <= day) => {
            say(LAST_DAY.name(), "Tego dnia i tak się kończy: podaj wcześniejszy dzień.");
        }
        Some(_) => {}
    }
    if !after.filled(REASON.name()) {
        say(REASON.name(), "Podaj powód.");
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::day;

    const TODAY: &str = "2026-11-22";

    fn card(life: Life, until: &str) -> Answers {
        Answers::default().with(PAPER, Paper::Substitution).with(LIFE, life).with(substitution::ENDS_ON, day(until))
    }

    fn authorised(life: Life, until: Option<&str>) -> Answers {
        let answers = Answers::default().with(PAPER, Paper::Authorisation).with(LIFE, life);
        until.map_or(answers.clone(), |until| answers.with(authorisation::VALID_TO, day(until)))
    }

    #[test]
    fn only_the_manager_ends_what_was_given_and_is_not_over() {
        let manager = Role::Manager;
        for (answers, role, may, why) in [
            (card(Life::Approved, "2026-12-04"), manager, true, "it is under way"),
            (card(Life::Approved, TODAY), manager, true, "its last day"),
            (card(Life::Approved, "2026-11-21"), manager, false, "it is over"),
            (card(Life::Signed, "2026-12-04"), manager, false, "nobody has approved it"),
            (card(Life::Approved, "2026-12-04"), Role::Assistant, false, "it is the manager's"),
            (card(Life::Approved, "2026-12-04").with(LAST_DAY, day("2026-11-21")), manager, false, "it was ended"),
            (authorised(Life::Signed, None), manager, true, "it has no end"),
            (authorised(Life::Draft, None), manager, false, "it was not given yet"),
            (authorised(Life::Signed, Some("2026-11-21")), manager, false, "it is over"),
            (authorised(Life::Signed, None), Role::SysAdmin, false, "it is the manager's"),
            (Answers::default().with(PAPER, Paper::Note).with(LIFE, Life::Signed), manager, false, "a note has no end"),
        ] {
            assert_eq!(may_end(&answers, role, day(TODAY)), may, "{why}");
        }
    }

    #[test]
    fn an_end_is_neither_backwards_nor_after_the_end_nor_without_a_reason() {
        let ended = |on: &str, why: &str| {
            card(Life::Approved, "2026-12-04").with(LAST_DAY, day(on)).with(REASON, why.to_owned())
        };
        let fields = |answers: &Answers| {
            problems(answers, day(TODAY)).into_iter().map(|problem| problem.field).collect::<Vec<_>>()
        };
        assert_eq!(fields(&ended(TODAY, "Powrót do pracy.")), Vec::<String>::new());
        assert_eq!(fields(&ended("2026-12-03", "Powrót do pracy.")), Vec::<String>::new());
        assert_eq!(fields(&ended("2026-11-21", "Powrót do pracy.")), [LAST_DAY.name()]);
        assert_eq!(fields(&ended("2026-12-04", "Powrót do pracy.")), [LAST_DAY.name()]);
        assert_eq!(fields(&ended(TODAY, " ")), [REASON.name()]);
        assert_eq!(fields(&card(Life::Approved, "2026-12-04")), [LAST_DAY.name(), REASON.name()]);
    }

    #[test]
    fn the_earlier_of_the_two_ends_counts() {
        let card = card(Life::Approved, "2026-12-04");
        assert_eq!(last_day(&card), Some(day("2026-12-04")));
        assert_eq!(last_day(&card.clone().with(LAST_DAY, day(TODAY))), Some(day(TODAY)));
        let open = authorised(Life::Signed, None);
        assert_eq!(last_day(&open), None);
        assert_eq!(last_day(&open.with(LAST_DAY, day(TODAY))), Some(day(TODAY)));
    }
}
