//! The course of a paper (DOC STATUS of spec/domain.md 3.0): szkic → złożony → zatwierdzony, or returned with
//! remarks and handed in again. Once it is handed in nothing in it changes any more; what was wrong is said
//! beside it, with a day and a reason (sprostowanie).
//!
//! [`judge`] is asked by the device before a person may go on, and by the office with authority.

use super::{
    consultation, early_end, form_of,
    outcome::outcome,
    parts::{DOC_DATE, SIGNED_BY},
    rights,
};
use crate::domain::{
    access::Role,
    calendar::warsaw_day,
    change::edits_between,
    form::{Answers, Field, Form, Key, Kind, Must, Problem, Rule, Section, Weight},
    ids::{RecordId, UserId},
    procedure::{Life, Paper},
    record::Record,
    signature::{self, Method},
};
use chrono::NaiveDate;

/// Which paper it is; said once, when it is begun.
pub const PAPER: Key<Paper> = Key::new("paper");
/// The case that it belongs to; said once.
pub const CASE: Key<RecordId> = Key::new("case");
/// How far it has come.
pub const LIFE: Key<Life> = Key::new("life");
/// Why it was returned.
pub const REMARKS: Key<String> = Key::new("remarks");
/// Day on which it was handed in the last time.
pub const HANDED_IN_ON: Key<NaiveDate> = Key::new("handed_in_on");
/// Corrections of a paper that was handed in, a row each.
pub const CORRECTIONS: &str = "corrections";

/// Pages that were printed, signed by hand and photographed or scanned, a row each.
pub const SIGNED_PAGES: &str = "signed_pages";

/// Terms count from this day, so nobody may set it ahead.
const HANDED_IN_BY_TODAY: Rule =
    Rule::new("handed_in_on", Must::NotInFuture, "Dzień złożenia nie może być późniejszy niż dzisiejszy.");

/// The cells of a correction (sprostowanie, aneks). Who wrote it, the record says.
pub const CORRECTION: &[Field] = &[
    Field::new("on", "Data sprostowania", Kind::Date).required(),
    Field::new("what", "Jest / powinno być", Kind::Text { min: 3, max: 2000 }).required(),
    Field::new("reason", "Powód", Kind::Line { max: 300 }).required(),
];

/// What every paper has besides its own fields. People do not fill it in: it follows from what they do.
pub static FORM: Form = Form {
    number: "",
    title: "Dokument",
    version: 1,
    sections: &[Section {
        title: "Obieg",
        fields: &[
            Field::new("paper", "Dokument", Kind::Line { max: 40 }).required(),
            Field::new("case", "Sprawa", Kind::Line { max: 64 }),
            Field::new("life", "Stan", Kind::One(Life::CHOICES)).required(),
            Field::new("handed_in_on", "Złożono dnia", Kind::Date),
            Field::new("remarks", "Uwagi przy zwrocie", Kind::Text { min: 3, max: 2000 }),
            Field::new("corrections", "Sprostowania", Kind::Rows(CORRECTION)),
            Field::new("signed_pages", "Podpisany wydruk", Kind::Files { most: 12 }),
        ],
    }],
    decision: &[],
    rules: &[],
};

/// The day that a paper counts from: that of its handing in, else of its drawing up, else of its making.
pub fn day_of(record: &Record) -> NaiveDate {
    let drawn_up = record.answers.get(DOC_DATE);
    record.answers.get(HANDED_IN_ON).or(drawn_up).unwrap_or_else(|| warsaw_day(record.made.at))
}

/// A change of a paper, as it shall be judged.
#[derive(Clone, Copy, Debug)]
pub struct Move<'a> {
    /// The paper as it stands; nothing when it is begun.
    pub before: Option<&'a Answers>,
    /// As it would stand.
    pub after: &'a Answers,
    /// The form that it was begun with.
    pub form: &'static Form,
    /// Who writes.
    pub by: UserId,
    /// What the person is in the office.
    pub role: Role,
    /// The day of whoever writes.
    pub today: NaiveDate,
}

/// Why a change is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Others prepare or decide this paper.
    NotTheirs,
    /// What is wrong with it, in Polish.
    Problems(Vec<Problem>),
}

impl From<Problem> for Refused {
    fn from(problem: Problem) -> Self {
        Refused::Problems(vec![problem])
    }
}

/// May this change be made?
///
/// # Errors
/// [`Refused`].
pub fn judge(step: &Move<'_>) -> Result<(), Refused> {
    let Some(paper) = step.after.get(PAPER) else {
        return Err(Problem::error(PAPER.name(), "Nie wiadomo, jaki to dokument.").into());
    };
    if form_of(paper).is_none() {
        return Err(Problem::error(PAPER.name(), "Tego dokumentu nie wypełnia się w Asyście.").into());
    }
    let form = step.form;
    if let Some(before) = step.before {
        stays_itself(before, step.after)?;
    }
    if writes_only(step, |key| consultation::is_opinion(paper, key)) {
        return opinion(step, form);
    }
    if writes_only(step, |key| early_end::is_end(paper, key)) {
        return ends_early(step, form);
    }
    let from = step.before.and_then(|before| before.get(LIFE)).unwrap_or(Life::Draft);
    let to = step.after.get(LIFE).unwrap_or(Life::Draft);
    let rights = rights::of(paper);
    let theirs = |roles: &[Role]| if roles.contains(&step.role) { Ok(()) } else { Err(Refused::NotTheirs) };
    refuse(page_problems(step.after))?;
    match (from, to) {
        (Life::Draft, Life::Draft) | (Life::Returned, Life::Returned) => {
            theirs(rights.prepare)?;
            touches_only(step, |key| is_in(form, key, Part::Paper) && !comes_later(paper, key))?;
            refuse(form.check_limits(step.after))
        }
        (Life::Draft | Life::Returned, Life::Signed) => {
            theirs(rights.prepare)?;
            let handed_in = |key: &str| key == LIFE.name() || key == HANDED_IN_ON.name();
            let written = |key: &str| is_in(form, key, Part::Paper) && !comes_later(paper, key);
            touches_only(step, |key| handed_in(key) || written(key))?;
            let mut problems = super::check(paper, form, step.after, step.today);
            HANDED_IN_BY_TODAY.check(step.after, step.today, &mut problems);
            refuse(problems)
        }
        (Life::Signed, Life::Approved) => {
            theirs(rights.decide)?;
            touches_only(step, |key| key == LIFE.name() || is_in(form, key, Part::Decision))?;
            follows_ruling(paper, step.after, to)?;
            refuse(form.check_decision(step.after, step.today))
        }
        (Life::Signed, Life::Returned) => {
            theirs(rights.decide)?;
            touches_only(step, |key| key == LIFE.name() || key == REMARKS.name() || is_in(form, key, Part::Decision))?;
            follows_ruling(paper, step.after, to)?;
            let says = step.after.filled(REMARKS.name());
            if says { Ok(()) } else { Err(Problem::error(REMARKS.name(), "Napisz, co trzeba poprawić.").into()) }
        }
        (Life::Signed, Life::Signed) | (Life::Approved, Life::Approved) => {
            theirs(&[rights.prepare, rights.decide].concat())?;
            only_adds(step)
        }
        _ => Err(Problem::error(LIFE.name(), "Dokument nie może przejść do tego stanu.").into()),
    }
}

/// Is it written only after the handing in, beside the paper's course?
fn comes_later(paper: Paper, key: &str) -> bool {
    consultation::is_opinion(paper, key) || early_end::is_end(paper, key)
}

/// Does a change of a standing paper write such fields, and nothing else?
fn writes_only(step: &Move<'_>, is_such: impl Fn(&str) -> bool) -> bool {
    let edits = step.before.map(|before| edits_between(before, step.after)).unwrap_or_default();
    !edits.is_empty() && edits.keys().all(|key| is_such(key))
}

/// What the manager has given for some time ends earlier.
fn ends_early(step: &Move<'_>, form: &Form) -> Result<(), Refused> {
    if !step.before.is_some_and(|before| early_end::may_end(before, step.role, step.today)) {
        return Err(Refused::NotTheirs);
    }
    let mut problems = early_end::problems(step.after, step.today);
    let fields = [early_end::LAST_DAY.name(), early_end::REASON.name()];
    let limits = form.check_limits(step.after).into_iter();
    problems.extend(limits.filter(|problem| fields.contains(&problem.field.as_str())));
    refuse(problems)
}

fn opinion(step: &Move<'_>, form: &Form) -> Result<(), Refused> {
    if !step.before.is_some_and(|before| consultation::may_give(before, step.role)) {
        return Err(Refused::NotTheirs);
    }
    let mut problems = consultation::problems(step.after, step.by, step.today);
    let limits = form.check_limits(step.after).into_iter();
    problems.extend(limits.filter(|problem| consultation::FIELDS.contains(&problem.field.as_str())));
    refuse(problems)
}

/// Which paper it is and whose never changes.
fn stays_itself(before: &Answers, after: &Answers) -> Result<(), Refused> {
    let same = before.raw(PAPER.name()) == after.raw(PAPER.name()) && before.raw(CASE.name()) == after.raw(CASE.name());
    if same {
        return Ok(());
    }
    Err(Problem::error(PAPER.name(), "Dokument nie może zmienić się w inny ani przejść do innej sprawy.").into())
}

/// Where the form has a ruling, the paper goes where the ruling says.
fn follows_ruling(paper: Paper, after: &Answers, to: Life) -> Result<(), Refused> {
    if outcome(paper, after).is_none_or(|life| life == to) {
        return Ok(());
    }
    Err(Problem::error("decision", "Rozstrzygnięcie mówi co innego niż stan dokumentu.").into())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Paper,
    Decision,
}

/// Does this path belong to that part of the paper? What no form knows belongs to the paper: a newer one may.
fn is_in(form: &Form, path: &str, part: Part) -> bool {
    let root = path.split('/').next().unwrap_or(path);
    // Remarks that a form itself asks the manager for are part of the decision, whatever they are called.
    if form.decision.iter().flat_map(|section| section.fields).any(|field| field.key == root) {
        return part == Part::Decision;
    }
    let is_course = [LIFE.name(), REMARKS.name(), HANDED_IN_ON.name(), CORRECTIONS].contains(&root);
    !is_course && part == Part::Paper
}

fn touches_only(step: &Move<'_>, may: impl Fn(&str) -> bool) -> Result<(), Refused> {
    let nothing = Answers::default();
    let edits = edits_between(step.before.unwrap_or(&nothing), step.after);
    // Where a paper begins is said with it; whatever else others write is theirs from the first moment on.
    let begins = |key: &str| step.before.is_none() && key == LIFE.name();
    let foreign = edits.keys().filter(|key| !begins(key) && !may(key));
    let problems: Vec<Problem> = foreign.map(|key| Problem::error(key, "Tego pola nie można teraz zmienić.")).collect();
    refuse(problems)
}

/// After the handing in nothing changes; a correction stands beside it, and so do the pages that were printed and
/// signed by hand. Both stay as well.
fn only_adds(step: &Move<'_>) -> Result<(), Refused> {
    let before = step.before.cloned().unwrap_or_default();
    let (standing, pages) = (before.rows(CORRECTIONS), before.rows(SIGNED_PAGES));
    touches_only(step, |key| match key.split('/').collect::<Vec<_>>()[..] {
        [CORRECTIONS, row, _] => !standing.contains(row),
        [SIGNED_PAGES, row, _] => !pages.contains(row),
        _ => false,
    })?;
    let mut problems = Vec::new();
    for row in step.after.rows(CORRECTIONS).difference(&standing) {
        let cells = step.after.row(CORRECTIONS, row);
        let missing = CORRECTION.iter().filter(|cell| !cells.filled(cell.key));
        let prefix = format!("{CORRECTIONS}/{row}/");
        problems.extend(missing.map(|cell| Problem::error(format!("{prefix}{}", cell.key), cell.ask())));
    }
    refuse(problems)
}

/// What is wrong with the pages that were signed by hand.
fn page_problems(answers: &Answers) -> Vec<Problem> {
    let mut problems = FORM.check(answers);
    problems.retain(|problem| problem.field.split('/').next() == Some(SIGNED_PAGES));
    problems
}

/// May this person put pages beside a paper that was handed in, or correct it?
pub fn may_add(answers: &Answers, role: Role) -> bool {
    let Some(paper) = answers.get(PAPER).filter(|paper| form_of(*paper).is_some()) else { return false };
    let rights = rights::of(paper);
    let is_handed_in = matches!(answers.get(LIFE), Some(Life::Signed | Life::Approved));
    is_handed_in && (rights.prepare.contains(&role) || rights.decide.contains(&role))
}

/// What people read while [`owes_page`] holds.
pub const PAGE_OWED: &str = "brakuje podpisanego wydruku";

/// Does the office still wait for the page that was signed by hand? Papers that need the written form (forma
/// pisemna) are not in order without it; they may be handed in before, for one prints what is final.
pub fn owes_page(answers: &Answers) -> bool {
    let in_writing = [Paper::Consent, Paper::Resignation, Paper::ZzAuthorisation];
    let is_written = answers.get(PAPER).is_some_and(|paper| in_writing.contains(&paper));
    let is_handed_in = matches!(answers.get(LIFE), Some(Life::Signed | Life::Approved));
    let mut signed = answers.rows(SIGNED_BY).into_iter().map(|row| answers.row(SIGNED_BY, &row));
    let on_print = signed.any(|row| row.get(signature::METHOD) == Some(Method::Paper));
    is_written && is_handed_in && on_print && answers.rows(SIGNED_PAGES).is_empty()
}

fn refuse(mut problems: Vec<Problem>) -> Result<(), Refused> {
    problems.retain(|problem| problem.weight == Weight::Error);
    if problems.is_empty() { Ok(()) } else { Err(Refused::Problems(problems)) }
}

#[cfg(test)]
mod tests {
    use super::{super::testing, *};
    use crate::domain::{documents::papers::handover, form::Value};
    use uuid::Uuid;

    const WHOLE: &[(&str, &str)] = &[
        ("place", "Zbąszynek"),
        ("doc_date", "2026-11-20"),
        ("from", testing::PERSON),
        ("to", testing::PERSON),
        ("sent_on", "2026-11-19"),
        ("received_on", "2026-11-20"),
        ("items/1/kind", "INTERVIEW"),
        ("items/1/form", "COPY"),
        ("complete", "tak"),
        ("signatures/a/role", "SOCIAL_WORKER"),
        ("signatures/a/name", "Anna Próbna"),
        ("signatures/a/method", "PAPER"),
        ("signatures/b/role", "ASSISTANT"),
        ("signatures/b/name", "Jan Próbny"),
        ("signatures/b/method", "PAPER"),
    ];

    fn handover(life: Life, pairs: &[(&str, &str)]) -> Answers {
        testing::answers(&handover::FORM, pairs)
            .with(PAPER, Paper::Handover)
            .with(CASE, RecordId(Uuid::from_u128(7)))
            .with(LIFE, life)
    }

    fn report(life: Life) -> Answers {
        Answers::default().with(PAPER, Paper::MonthlyReport).with(LIFE, life)
    }

    fn judged(before: Option<&Answers>, after: &Answers, role: Role) -> Result<(), Refused> {
        let form = after.get(PAPER).and_then(form_of).unwrap_or(&FORM);
        judge(&Move { before, after, form, by: me(), role, today: testing::today() })
    }

    fn me() -> UserId {
        UserId(Uuid::from_u128(70))
    }

    fn plan(life: Life) -> Answers {
        Answers::default().with(PAPER, Paper::Plan).with(LIFE, life)
    }

    #[test]
    fn an_opinion_is_given_by_whom_it_is_asked_of_in_their_own_name_and_beside_nothing_else() {
        use Life::*;
        use consultation::given;
        let today = testing::today();
        let as_it_is = |life| given(&plan(life), "Popieram plan.", me(), today);
        for (life, role, taken) in [
            (Signed, Role::SocialWorker, true),
            (Approved, Role::SocialWorker, true),
            (Draft, Role::SocialWorker, false),
            (Returned, Role::SocialWorker, false),
            (Signed, Role::Assistant, false),
            (Signed, Role::Manager, false),
            (Draft, Role::Assistant, false),
        ] {
            let judged = judged(Some(&plan(life)), &as_it_is(life), role);
            assert_eq!(judged.is_ok(), taken, "{life:?} {role:?}: {judged:?}");
        }
        let of_another = given(&plan(Signed), "Popieram plan.", UserId(Uuid::from_u128(71)), today);
        assert!(says(judged(Some(&plan(Signed)), &of_another, Role::SocialWorker), "ten, kto ją pisze"));
        let ahead = given(&plan(Signed), "Popieram plan.", me(), today.succ_opt().unwrap());
        assert!(says(judged(Some(&plan(Signed)), &ahead, Role::SocialWorker), "Data konsultacji"));
        let empty = given(&plan(Signed), "  ", me(), today);
        assert!(says(judged(Some(&plan(Signed)), &empty, Role::SocialWorker), "Napisz opinię"));
        let mut more = as_it_is(Signed);
        more.set_raw("main_goal", Some(Value::Text("Inny cel".into())));
        assert!(judged(Some(&plan(Signed)), &more, Role::SocialWorker).is_err());
    }

    #[test]
    fn an_opinion_is_rewritten_only_until_the_paper_is_decided_about() {
        use consultation::given;
        let said = |life| given(&plan(life), "Popieram plan.", me(), testing::today());
        let again = |life| given(&said(life), "Popieram z uwagą.", me(), testing::today());
        assert_eq!(judged(Some(&said(Life::Signed)), &again(Life::Signed), Role::SocialWorker), Ok(()));
        let late = judged(Some(&said(Life::Approved)), &again(Life::Approved), Role::SocialWorker);
        assert_eq!(late, Err(Refused::NotTheirs));
    }

    #[test]
    fn whoever_writes_the_paper_does_not_write_the_opinion() {
        let typed = consultation::given(&plan(Life::Draft), "Popieram plan.", me(), testing::today());
        assert!(says(judged(None, &typed, Role::Assistant), "nie można teraz zmienić"));
        let mut more = typed.clone();
        more.set_raw("main_goal", Some(Value::Text("Spokojny dom".into())));
        assert!(says(judged(Some(&plan(Life::Draft)), &more, Role::Assistant), "nie można teraz zmienić"));
    }

    fn says(result: Result<(), Refused>, part: &str) -> bool {
        matches!(result, Err(Refused::Problems(problems)) if problems.iter().any(|problem| problem.text.contains(part)))
    }

    #[test]
    fn what_was_given_is_ended_early_by_the_manager_and_beside_nothing_else() {
        let card = |life| {
            let answers = Answers::default().with(PAPER, Paper::Substitution).with(LIFE, life);
            answers.with(super::super::substitution::ENDS_ON, "2026-12-04".parse().unwrap())
        };
        let ended = |life, on: &str| {
            let answers = card(life).with(early_end::LAST_DAY, on.parse().unwrap());
            answers.with(early_end::REASON, "Powrót do pracy.".into())
        };
        let standing = card(Life::Approved);
        let today = "2026-11-22";
        assert_eq!(judged(Some(&standing), &ended(Life::Approved, today), Role::Manager), Ok(()));
        let of_others = judged(Some(&standing), &ended(Life::Approved, today), Role::Assistant);
        assert_eq!(of_others, Err(Refused::NotTheirs));
        assert!(says(judged(Some(&standing), &ended(Life::Approved, "2026-11-21"), Role::Manager), "wstecz"));
        let more =
            ended(Life::Approved, today).with(super::super::substitution::ENDS_ON, "2026-12-05".parse().unwrap());
        assert!(says(judged(Some(&standing), &more, Role::Manager), "nie można teraz zmienić"));
        // Nobody writes an end into a draft, nor approves one along.
        let draft = judged(None, &ended(Life::Draft, today), Role::Manager);
        assert!(says(draft, "nie można teraz zmienić"));
        let along = judged(Some(&card(Life::Signed)), &ended(Life::Approved, today), Role::Manager);
        assert!(says(along, "nie można teraz zmienić"));
    }

    #[test]
    fn a_draft_may_have_gaps_and_what_is_handed_in_may_not() {
        let gaps = handover(Life::Draft, &WHOLE[..3]);
        assert_eq!(judged(None, &gaps, Role::SocialWorker), Ok(()));
        let handed_in = gaps.clone().with(LIFE, Life::Signed);
        assert!(says(judged(Some(&gaps), &handed_in, Role::SocialWorker), "Uzupełnij"));
        let whole = handover(Life::Signed, WHOLE);
        assert_eq!(judged(Some(&gaps), &whole, Role::SocialWorker), Ok(()));
        assert_eq!(judged(None, &whole, Role::SocialWorker), Ok(()));
        let mut odd = gaps.clone();
        odd.set_raw("sent_on", Some(Value::Text("wczoraj".into())));
        assert!(says(judged(Some(&gaps), &odd, Role::SocialWorker), "Podaj datę"));
    }

    #[test]
    fn who_does_not_prepare_it_does_not_write_it() {
        let draft = handover(Life::Draft, &[]);
        assert_eq!(judged(None, &draft, Role::Dpo), Err(Refused::NotTheirs));
        assert_eq!(judged(None, &draft, Role::Manager), Err(Refused::NotTheirs));
    }

    #[test]
    fn nothing_changes_after_the_handing_in_but_corrections_are_added() {
        let signed = handover(Life::Signed, WHOLE);
        let mut other = signed.clone();
        other.set_raw("place", Some(Value::Text("Inna".into())));
        assert!(says(judged(Some(&signed), &other, Role::SocialWorker), "nie można teraz zmienić"));
        let mut corrected = signed.clone();
        corrected.set_raw("corrections/1/on", Some(Value::Text("2026-11-22".into())));
        assert!(says(judged(Some(&signed), &corrected, Role::SocialWorker), "Uzupełnij"));
        corrected.set_raw("corrections/1/what", Some(Value::Text("Jest 3, powinno być 5 stron.".into())));
        corrected.set_raw("corrections/1/reason", Some(Value::Text("pomyłka".into())));
        assert_eq!(judged(Some(&signed), &corrected, Role::SocialWorker), Ok(()));
        let mut without = corrected.clone();
        without.set_raw("corrections/1/reason", Some(Value::Text("inny".into())));
        assert!(says(judged(Some(&corrected), &without, Role::SocialWorker), "nie można teraz zmienić"));
        let back = signed.clone().with(LIFE, Life::Draft);
        assert!(says(judged(Some(&signed), &back, Role::SocialWorker), "tego stanu"));
    }

    #[test]
    fn pages_signed_by_hand_come_beside_the_paper_and_stay() {
        let signed = handover(Life::Signed, WHOLE);
        let page = |answers: &Answers, cells: &[(&str, Value)]| {
            let mut with = answers.clone();
            cells
                .iter()
                .for_each(|(cell, value)| with.set_raw(&["signed_pages/f1/", cell].concat(), Some(value.clone())));
            with
        };
        let text = |text: &str| Value::Text(text.into());
        let whole = [("media", text("image/jpeg")), ("bytes", Value::Number(12)), ("hash", text("ab"))];
        let with = page(&signed, &whole);
        assert_eq!(judged(Some(&signed), &with, Role::SocialWorker), Ok(()));
        assert_eq!(judged(Some(&signed), &with, Role::Manager), Err(Refused::NotTheirs));
        assert!(says(judged(Some(&signed), &page(&signed, &whole[..2]), Role::SocialWorker), "Uzupełnij"));
        let odd = page(&signed, &[("media", text("text/html")), whole[1].clone(), whole[2].clone()]);
        assert!(says(judged(Some(&signed), &odd, Role::SocialWorker), "z listy"));
        let other = page(&with, &[("hash", text("cd"))]);
        assert!(says(judged(Some(&with), &other, Role::SocialWorker), "nie można teraz zmienić"));
        assert!(says(judged(Some(&with), &signed, Role::SocialWorker), "nie można teraz zmienić"));
        // Nobody who decides brings them along unseen.
        let approved = page(&signed, &whole).with(LIFE, Life::Approved);
        assert!(judged(Some(&signed), &approved, Role::Manager).is_err());
    }

    #[test]
    fn what_must_be_in_writing_owes_its_page() {
        let mut consent = Answers::default().with(PAPER, Paper::Consent).with(LIFE, Life::Signed);
        assert!(!owes_page(&consent));
        consent.set_raw("signatures/a/method", Some(Value::Text("PAPER".into())));
        assert!(owes_page(&consent));
        assert!(!owes_page(&consent.clone().with(LIFE, Life::Draft)));
        assert!(!owes_page(&consent.clone().with(PAPER, Paper::Note)));
        consent.set_raw("signed_pages/f1/hash", Some(Value::Text("ab".into())));
        assert!(!owes_page(&consent));
    }

    #[test]
    fn nobody_writes_the_decision_or_a_correction_beforehand() {
        for (field, text) in [("decided_on", "2026-11-20"), ("decision", "APPROVED")] {
            let mut begun = report(Life::Draft);
            begun.set_raw(field, Some(Value::Text(text.into())));
            assert!(says(judged(None, &begun, Role::Assistant), "nie można teraz zmienić"), "{field}");
        }
        let mut whole = handover(Life::Signed, WHOLE);
        whole.set_raw("corrections/1/what", Some(Value::Text("Powinno być 5 stron.".into())));
        assert!(says(judged(None, &whole, Role::SocialWorker), "nie można teraz zmienić"));
        let remarked = handover(Life::Draft, &[]).with(REMARKS, "Uwagi.".into());
        assert!(says(judged(None, &remarked, Role::SocialWorker), "nie można teraz zmienić"));
    }

    #[test]
    fn nothing_is_handed_in_ahead() {
        let ahead = handover(Life::Signed, WHOLE).with(HANDED_IN_ON, "2026-11-23".parse().unwrap());
        assert!(says(judged(None, &ahead, Role::SocialWorker), "Dzień złożenia"));
        let today = handover(Life::Signed, WHOLE).with(HANDED_IN_ON, testing::today());
        assert_eq!(judged(None, &today, Role::SocialWorker), Ok(()));
    }

    #[test]
    fn a_paper_stays_what_it_is() {
        let draft = handover(Life::Draft, &[]);
        let other = draft.clone().with(PAPER, Paper::Note);
        assert!(says(judged(Some(&draft), &other, Role::SocialWorker), "zmienić się w inny"));
        let moved = draft.clone().with(CASE, RecordId(Uuid::from_u128(8)));
        assert!(says(judged(Some(&draft), &moved, Role::SocialWorker), "innej sprawy"));
        let outside = draft.clone().with(PAPER, Paper::Interview);
        assert!(says(judged(None, &outside, Role::SocialWorker), "nie wypełnia się"));
    }

    #[test]
    fn the_manager_approves_or_returns_with_remarks_and_touches_nothing_else() {
        let signed = report(Life::Signed);
        let returned = signed.clone().with(LIFE, Life::Returned);
        assert!(says(judged(Some(&signed), &returned, Role::Manager), "co trzeba poprawić"));
        let returned = returned.with(REMARKS, "Brakuje podsumowania.".into());
        assert_eq!(judged(Some(&signed), &returned, Role::Manager), Ok(()));
        assert_eq!(judged(Some(&signed), &returned, Role::Assistant), Err(Refused::NotTheirs));
        let approved = signed.clone().with(LIFE, Life::Approved);
        assert!(says(judged(Some(&signed), &approved, Role::Manager), "ecyzj"), "a decision is asked for");
        let mut tampered = returned.clone();
        tampered.set_raw("needs", Some(Value::Text("coś innego".into())));
        assert!(says(judged(Some(&signed), &tampered, Role::Manager), "nie można teraz zmienić"));
    }
}
