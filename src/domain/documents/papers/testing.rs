//! How every paper is tried: only what is required, then everything, then each rule broken once.

use super::parts::SIGNED_BY;
use crate::domain::{
    content,
    form::{Answers, Field, Form, Kind, Problem, Source, Value, Weight},
};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Some person of the office.
pub const PERSON: &str = "01900000-0000-7000-8000-000000000001";
/// Some member of the family.
pub const MEMBER: &str = "01900000-0000-7000-8000-000000000002";
/// Another one.
pub const CHILD: &str = "01900000-0000-7000-8000-000000000003";
/// Some goal of the plan.
pub const GOAL: &str = "01900000-0000-7000-8000-000000000004";

/// Signatures of social worker and assistant.
pub const SIGNED: &[&str] = &["SOCIAL_WORKER", "ASSISTANT"];

/// One way to fill a paper. Paths as problems name them (`items/1/kind`); an answer is text, "tak" or "nie"
/// for flags, figures for numbers (tenths too), codes or ids between commas for sets.
pub struct Sample {
    /// No more than what is required under these answers.
    pub required: &'static [(&'static str, &'static str)],
    /// What may be there as well.
    pub more: &'static [(&'static str, &'static str)],
    /// Roles that sign (codes).
    pub signed: &'static [&'static str],
    /// Path, an answer that breaks something (blank: none at all), and the sentence that people then read.
    pub broken: &'static [(&'static str, &'static str, &'static str)],
}

/// The day of the tests, a Sunday.
pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}

/// Answers from paths and texts.
pub fn answers(form: &Form, pairs: &[(&str, &str)]) -> Answers {
    let mut answers = Answers::default();
    for (path, text) in pairs {
        put(form, &mut answers, path, text);
    }
    answers
}

fn put(form: &Form, answers: &mut Answers, path: &str, text: &str) {
    let field = declared(form, path).unwrap_or_else(|| panic!("{} has no field {path}", form.title));
    answers.set_raw(path, (!text.is_empty()).then(|| value(field.kind, path, text)));
}

fn value(kind: Kind, path: &str, text: &str) -> Value {
    match kind {
        Kind::Flag => Value::Flag(match text {
            "tak" => true,
            "nie" => false,
            other => panic!("{path}: {other} is neither tak nor nie"),
        }),
        Kind::Number { .. } | Kind::Tenths { .. } => {
            Value::Number(text.parse().unwrap_or_else(|_| panic!("{path}: {text} is no number")))
        }
        Kind::Many(_) | Kind::Members | Kind::Goals | Kind::Records => {
            Value::Set(text.split(',').map(str::to_owned).collect())
        }
        _ => Value::Text(text.to_owned()),
    }
}

fn declared(form: &Form, path: &str) -> Option<&'static Field> {
    let mut steps = path.split('/');
    let field = form.field(steps.next()?)?;
    let Some(_row) = steps.next() else { return Some(field) };
    let cell = steps.next()?;
    field.kind.cells()?.iter().find(|field| field.key == cell)
}

/// Signs on paper, in these roles.
pub fn sign(form: &Form, answers: &mut Answers, roles: &[&str]) {
    for role in roles {
        put(form, answers, &format!("signatures/{role}/role"), role);
        put(form, answers, &format!("signatures/{role}/name"), "Jan Przykładny");
        put(form, answers, &format!("signatures/{role}/method"), "PAPER");
    }
}

fn errors(form: &Form, answers: &Answers) -> Vec<Problem> {
    let mut problems = form.check_on(answers, today());
    problems.extend(form.check_decision(answers, today()));
    problems.retain(|problem| problem.weight == Weight::Error);
    problems
}

/// Fills the paper in each of these ways and breaks each of its rules.
///
/// # Panics
/// When a paper is refused that should be whole, taken that should not be, or a field or rule is left out.
pub fn exercise(form: &Form, samples: &[Sample]) {
    let mut filled: BTreeSet<String> = BTreeSet::new();
    let mut said: BTreeSet<String> = BTreeSet::new();
    for (number, sample) in samples.iter().enumerate() {
        let title = format!("{} ({})", form.title, number + 1);
        let mut least = answers(form, sample.required);
        sign(form, &mut least, sample.signed);
        assert_eq!(errors(form, &least), [], "{title}: only what is required");
        for (path, _) in sample.required {
            let mut without = least.clone();
            without.set_raw(path, None);
            assert!(!errors(form, &without).is_empty(), "{title}: {path} is not required");
        }
        let mut whole = least.clone();
        for (path, text) in sample.more {
            assert!(whole.raw(path).is_none(), "{title}: {path} stands twice");
            put(form, &mut whole, path, text);
        }
        assert_eq!(errors(form, &whole), [], "{title}: everything");
        for (path, text, sentence) in sample.broken {
            let mut wrong = whole.clone();
            put(form, &mut wrong, path, text);
            let mut problems = form.check_on(&wrong, today());
            problems.extend(form.check_decision(&wrong, today()));
            assert!(
                problems.iter().any(|problem| problem.text == *sentence),
                "{title}: {path} = {text:?} says {problems:?}"
            );
            said.insert((*sentence).to_owned());
        }
        each_answer_counts_under_a_signature(form, &whole, &title);
        filled.extend(whole.0.keys().map(|path| pattern(path)));
    }
    for (path, field) in paths(form) {
        let is_entered = !matches!(field.source, Source::Computed(_));
        assert!(!is_entered || filled.contains(&path), "{}: no sample fills {path}", form.title);
    }
    for rule in form.rules {
        assert!(said.contains(rule.text), "{}: no sample breaks \"{}\"", form.title, rule.text);
    }
}

/// Whoever signs on the screen signs every answer that a person wrote; the opinion of whoever is consulted comes
/// after the signatures and bears their own name.
fn each_answer_counts_under_a_signature(form: &Form, whole: &Answers, title: &str) {
    let before = content::content(form, SIGNED_BY, whole);
    let is_decided = |root: &str| form.decision.iter().flat_map(|section| section.fields).any(|f| f.key == root);
    for path in whole.0.keys() {
        let field = declared(form, path).unwrap_or_else(|| panic!("{title}: {path}"));
        let root = path.split('/').next().unwrap_or(path);
        let table = form.field(root).map(|table| table.kind);
        let is_left_out = is_decided(root) || table == Some(Kind::Signatures);
        if is_left_out || matches!(field.source, Source::Computed(_) | Source::Consulted(_)) {
            continue;
        }
        let mut other = whole.clone();
        other.set_raw(path, None);
        assert_ne!(content::content(form, SIGNED_BY, &other), before, "{title}: {path} is not signed");
    }
}

/// `items/1/kind` as `items/*/kind`.
fn pattern(path: &str) -> String {
    match path.split('/').collect::<Vec<_>>()[..] {
        [table, _, cell] => format!("{table}/*/{cell}"),
        _ => path.to_owned(),
    }
}

/// Every field of a paper with its path, cells of tables as `items/*/kind`; files and signatures as one.
pub fn paths(form: &Form) -> Vec<(String, &'static Field)> {
    let mut paths = Vec::new();
    for field in form.fields() {
        match field.kind {
            Kind::Rows(cells) | Kind::RowsOf(_, cells) => {
                paths.extend(cells.iter().map(|cell| (format!("{}/*/{}", field.key, cell.key), cell)));
            }
            Kind::Files { .. } | Kind::Signatures => {}
            _ => paths.push((field.key.to_owned(), field)),
        }
    }
    paths
}
