//! Everything that stops a card, or a change of one. The phone asks as one types, the office with authority.

use super::{CODE, FORM, MEMBERS};
use crate::domain::form::{Answers, Problem};
use chrono::NaiveDate;

/// What is wrong with the card as it stands. `today` is the day of whoever writes.
pub fn check(answers: &Answers, today: NaiveDate) -> Vec<Problem> {
    FORM.check_on(answers, today)
}

/// The card as it is finished: without answers to questions that the other answers have taken away.
pub fn finished(answers: &Answers) -> Answers {
    let mut whole = answers.clone();
    for field in FORM.fields() {
        for row in answers.rows(field.key) {
            let own = answers.row(field.key, &row);
            let cells = field.kind.cells().unwrap_or_default();
            for cell in cells.iter().filter(|cell| !cell.is_shown(&own)) {
                whole.set_raw(&[field.key, &row, cell.key].join("/"), None);
            }
        }
    }
    whole
}

/// What stops a card that was changed: what is wrong with it now and was not before, and what had to stay.
pub fn changed(before: &Answers, after: &Answers, today: NaiveDate) -> Vec<Problem> {
    let earlier = check(before, today);
    let mut problems = check(after, today);
    problems.retain(|problem| !earlier.contains(problem));
    problems.extend(kept(before, after));
    problems
}

/// What a change takes away that must stay: entries, tasks and papers point at the members by the ids of their rows,
/// and whoever made the family gave it its code.
pub fn kept(before: &Answers, after: &Answers) -> Vec<Problem> {
    let mut problems = Vec::new();
    if !before.rows(MEMBERS).is_subset(&after.rows(MEMBERS)) {
        let text = "Osób nie usuwa się z karty, bo wskazują na nie dokumenty. Wpisz dzień, od którego ktoś \
                    nie jest już w rodzinie.";
        problems.push(Problem::error(MEMBERS, text));
    }
    if before.filled(CODE.name()) && before.raw(CODE.name()) != after.raw(CODE.name()) {
        problems.push(Problem::error(CODE.name(), "Kod rodziny nadaje ośrodek; nie można go zmienić."));
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{documents::papers::testing, form::Value, testing::day};

    const WHOLE: &[(&str, &str)] = &[
        ("code", "R11"),
        ("surname", "Próbna"),
        ("locality", "Wzorcowo"),
        ("members/a/first_name", "Anna"),
        ("members/a/role", "MOTHER"),
        ("members/a/born", "1990-05-01"),
    ];

    fn card(more: &[(&str, &str)]) -> Answers {
        testing::answers(&FORM, &[WHOLE, more].concat())
    }

    fn found(more: &[(&str, &str)]) -> Vec<String> {
        check(&card(more), day("2026-11-22")).into_iter().map(|problem| problem.field).collect()
    }

    #[test]
    fn a_card_is_checked_field_by_field_and_between_them() {
        for (more, wrong) in [
            (&[][..], &[][..]),
            (&[("members/b/role", "UNBORN"), ("members/b/born", "2027-02-01")], &[]),
            (
                &[("members/b/role", "CHILD"), ("members/b/first_name", "Ola"), ("members/b/born", "2027-02-01")],
                &["members/b/born"],
            ),
            (&[("members/b/role", "CHILD")], &["members/b/first_name"]),
            (&[("members/a/left_on", "2026-11-01")], &["members/a/left_why"]),
            (&[("members/a/left_on", "2026-11-01"), ("members/a/left_why", "MOVED")], &[]),
            (&[("members/a/left_on", "2026-11-23"), ("members/a/left_why", "MOVED")], &["members/a/left_on"]),
            (&[("members/a/left_on", "1989-01-01"), ("members/a/left_why", "MOVED")], &["members/a/left_on"]),
            (&[("contacts/c/name", "Szkoła nr 2")], &["contacts/c/institution"]),
            (&[("phones/p/whose", "matka")], &["phones/p/number"]),
        ] {
            assert_eq!(found(more), wrong, "{more:?}");
        }
    }

    #[test]
    fn a_reason_without_a_day_goes_with_it() {
        let back = card(&[
            ("members/a/left_why", "MOVED"),
            ("contacts/c/institution", "COURT"),
            ("contacts/c/sign", "III Nsm 1/26"),
        ]);
        let whole = finished(&back);
        assert_eq!(whole.raw("members/a/left_why"), None);
        assert!(whole.filled("contacts/c/sign") && whole.filled("members/a/first_name"));
    }

    #[test]
    fn members_and_the_code_stay() {
        let before = card(&[("members/b/role", "CHILD"), ("members/b/first_name", "Ola")]);
        let wrong = |after: &Answers| -> Vec<String> {
            kept(&before, after).into_iter().map(|problem| problem.field).collect()
        };
        assert_eq!(wrong(&before), [""; 0]);
        let mut without = before.clone();
        without.drop_row(MEMBERS, "b");
        assert_eq!(wrong(&without), ["members"]);
        let mut renamed = before.clone();
        renamed.set_raw("code", Some(Value::Text("R12".into())));
        assert_eq!(wrong(&renamed), ["code"]);
        let mut gap = before.clone();
        gap.set_raw("locality", None);
        let mut later = gap.clone();
        later.set_raw("surname", Some(Value::Text("Inna".into())));
        let today = day("2026-11-22");
        assert_eq!(changed(&gap, &later, today), [], "a gap that was there before stops nobody");
        assert_eq!(changed(&before, &gap, today).len(), 1);
        let mut more = before.clone();
        more.set_raw("members/c/role", Some(Value::Text("CHILD".into())));
        assert_eq!(wrong(&more), [""; 0]);
    }
}
