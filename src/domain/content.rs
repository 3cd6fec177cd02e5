//! What a signature stands under: the content of a paper as bytes, and their fingerprint.
//!
//! A signature that is made on the screen keeps the fingerprint of the content at that moment ([`seal`]). Whoever
//! checks the paper later makes it again from the answers and compares: phone, office and reader with this code.
//!
//! **The bytes**, version 1. First the line `asysta-content/1`, then the form's number, then every answer that
//! counts, in the order of the keys' bytes: key and value, each text as its length in bytes, a colon and the text;
//! before the value a letter for its shape (`t` text, `n` number, `f` flag, `s` set with the count of its elements);
//! a line feed after each answer. Lengths make it impossible that two contents have the same bytes.
//!
//! **What counts** is what people answered and what the paper is printed with. Left out are
//! * signatures themselves, and pages that were signed by hand and photographed: they come after the content;
//! * how far the paper has come (returned, handed in, corrected), and under the paper itself the manager's decision;
//! * what is not asked under the other answers, and blank answers: they are not kept;
//! * the opinion of whoever is consulted: it is asked for after the handing in and bears their own name and day;
//! * what Asysta counts (the number of the paper, sums): it is written when the paper is handed in;
//! * tasks that were agreed or checked at a visit: each is a record with a life of its own.
//!
//! Answers that this version does not know (an office's own field, a newer form) count as they stand.

use super::{
    documents::{papers::course, visit_card},
    form::{Answers, Field, Form, Kind, Problem, Section, Source, Value},
    signature::{self, Method},
};
use sha2::{Digest, Sha256};

/// Says by which rules the bytes were made; other rules get another number.
const VERSION: &str = "1";

/// What a signature says that stands under another content than the one that was signed.
pub const CHANGED: &str = "Treść zmieniono po podpisie — poproś o ponowny podpis.";
/// What it says when nobody knows under which content it was drawn.
pub const UNBOUND: &str = "Nie wiadomo, pod jaką treścią złożono ten podpis — poproś o ponowny podpis.";

/// How a signature that was made on the screen stands to the content above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// The content is the one that was signed.
    Same,
    /// Something was changed afterwards.
    Changed,
    /// The signature does not say what was signed.
    Unbound,
}

/// The seal of a signature that is made now in this field: version and fingerprint of the content.
pub fn seal(form: &Form, signed_in: &str, answers: &Answers) -> String {
    [VERSION, ":", &fingerprint(&content(form, signed_in, answers))].concat()
}

/// How this signature fits; nothing for one that was not made on the screen.
pub fn fit(form: &Form, signed_in: &str, answers: &Answers, signature: &Answers) -> Option<Fit> {
    if signature.get(signature::METHOD) != Some(Method::Screen) || !signature.filled(signature::DRAWING.name()) {
        return None;
    }
    let said = signature.text(signature::SEAL);
    Some(match said {
        "" => Fit::Unbound,
        said if said == seal(form, signed_in, answers) => Fit::Same,
        _ => Fit::Changed,
    })
}

/// Takes signatures along from what was filled in to the paper that is made of it: those that fit what was signed
/// fit the paper.
pub fn take_along(form: &Form, written: &Answers, paper: &mut Answers) {
    let fields = form.fields().filter(|field| field.kind == Kind::Signatures);
    for field in fields {
        let now = seal(form, field.key, paper);
        for row in paper.rows(field.key) {
            if fit(form, field.key, written, &written.row(field.key, &row)) == Some(Fit::Same) {
                let path = [field.key, &row, signature::SEAL.name()].join("/");
                paper.set_raw(&path, Some(Value::Text(now.clone())));
            }
        }
    }
}

/// The signatures of these sections that do not fit, each as an error at what was drawn.
pub fn check(form: &Form, sections: &[Section], answers: &Answers, problems: &mut Vec<Problem>) {
    let fields = sections.iter().flat_map(|section| section.fields);
    for field in fields.filter(|field| field.kind == Kind::Signatures && field.is_shown(answers)) {
        for row in answers.rows(field.key) {
            let text = match fit(form, field.key, answers, &answers.row(field.key, &row)) {
                Some(Fit::Changed) => CHANGED,
                Some(Fit::Unbound) => UNBOUND,
                Some(Fit::Same) | None => continue,
            };
            let path = [field.key, &row, signature::DRAWING.name()].join("/");
            problems.push(Problem::error(path, text));
        }
    }
}

/// The content above the signatures of one field, as bytes. Under the manager's signature stands the decision too.
pub fn content(form: &Form, signed_in: &str, answers: &Answers) -> Vec<u8> {
    let is_decision = is_decided(form, signed_in);
    let mut bytes = ["asysta-content/", VERSION, "\n", form.number, "\n"].concat().into_bytes();
    let counted =
        answers.0.iter().filter(|(path, value)| !value.is_blank() && counts(form, path, answers, is_decision));
    for (path, value) in counted {
        write_text(path, &mut bytes);
        write_value(value, &mut bytes);
        bytes.push(b'\n');
    }
    bytes
}

/// SHA-256, hexadecimal.
pub fn fingerprint(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let digits = |byte: &u8| [byte >> 4, byte & 15].map(|digit| char::from_digit(digit.into(), 16).unwrap_or('0'));
    digest.iter().flat_map(digits).collect()
}

/// Does this answer count?
fn counts(form: &Form, path: &str, answers: &Answers, is_decision: bool) -> bool {
    let mut steps = path.splitn(3, '/');
    let root = steps.next().unwrap_or(path);
    let Some(field) = form.field(root) else { return !is_of_course(root) };
    let stands = field.is_shown(answers) && (is_decision || !is_decided(form, root)) && is_content(field);
    if !stands {
        return false;
    }
    let (Some(row), Some(key)) = (steps.next(), steps.next()) else { return true };
    let cell = field.kind.cells().and_then(|cells| cells.iter().find(|cell| cell.key == key));
    cell.is_none_or(|cell| is_content(cell) && cell.is_shown(&answers.row(root, row)))
}

fn is_decided(form: &Form, key: &str) -> bool {
    form.decision.iter().flat_map(|section| section.fields).any(|field| field.key == key)
}

/// Written by what people do with the paper, not by filling it in.
fn is_of_course(key: &str) -> bool {
    let names = [course::LIFE.name(), course::REMARKS.name(), course::HANDED_IN_ON.name()];
    names.contains(&key) || [course::CORRECTIONS, course::SIGNED_PAGES].contains(&key)
}

fn is_content(field: &Field) -> bool {
    let of_their_own = [visit_card::NEW_TASKS.name(), visit_card::TASK_CHECKS.name()];
    let is_record = matches!(field.kind, Kind::Records) && of_their_own.contains(&field.key);
    !is_record
        && field.kind != Kind::Signatures
        && field.key != course::SIGNED_PAGES
        && !matches!(field.source, Source::Computed(_) | Source::Consulted(_))
}

fn write_text(text: &str, bytes: &mut Vec<u8>) {
    bytes.extend_from_slice(text.len().to_string().as_bytes());
    bytes.push(b':');
    bytes.extend_from_slice(text.as_bytes());
}

fn write_value(value: &Value, bytes: &mut Vec<u8>) {
    match value {
        Value::Flag(flag) => bytes.extend_from_slice(if *flag { b"f1" } else { b"f0" }),
        Value::Number(number) => {
            bytes.push(b'n');
            bytes.extend_from_slice(number.to_string().as_bytes());
        }
        Value::Text(text) => {
            bytes.push(b't');
            write_text(text, bytes);
        }
        Value::Set(set) => {
            bytes.push(b's');
            bytes.extend_from_slice(set.len().to_string().as_bytes());
            bytes.push(b':');
            set.iter().for_each(|element| write_text(element, bytes));
        }
    }
}

#[cfg(test)]
mod tests;
