//! The office's list of institutions (wykaz instytucji): whom people call again and again is written down once. It is
//! a part of the office's book, so every phone has it, also without a network.

use crate::domain::{
    codes::INSTITUTIONS,
    form::{Answers, Field, Form, Key, Kind, Problem, Section, field::label_of},
    order::sort_by_key,
    words,
};
use serde::{Deserialize, Serialize};

/// An institution that the office works with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Institution {
    /// Stays the same in every version of the list.
    pub id: String,
    /// What kind it is, a code of [`INSTITUTIONS`].
    pub kind: String,
    /// What it is called.
    pub name: String,
    /// Whom one asks for, or empty.
    pub person: String,
    /// Telephone, or empty.
    pub phone: String,
    /// E-mail, or empty.
    pub email: String,
    /// Street, number and town, or empty.
    pub address: String,
}

/// Its rows on the form.
pub const ROWS: &str = "directory";

const KIND: Key<String> = Key::new("institution");
const NAME: Key<String> = Key::new("name");
const PERSON: Key<String> = Key::new("person");
const PHONE: Key<String> = Key::new("phone");
const EMAIL: Key<String> = Key::new("email");
const ADDRESS: Key<String> = Key::new("address");

/// The form in which it is written.
pub static DIRECTORY: Form = Form {
    number: "",
    title: "Wykaz instytucji",
    version: 1,
    sections: &[Section {
        title: "Instytucje",
        fields: &[Field::new(
            ROWS,
            "Instytucje",
            Kind::Rows(&[
                Field::new("name", "Nazwa", Kind::Line { max: 160 }).required(),
                Field::new("institution", "Rodzaj", Kind::One(INSTITUTIONS)).required(),
                Field::new("person", "Osoba do kontaktu", Kind::Line { max: 120 }),
                Field::new("phone", "Telefon", Kind::Line { max: 40 }),
                Field::new("email", "Adres e-mail", Kind::Line { max: 120 }),
                Field::new("address", "Adres", Kind::Line { max: 200 }),
            ]),
        )],
    }],
    decision: &[],
    rules: &[],
};

/// The list as answers of the form.
pub fn directory_answers(list: &[Institution]) -> Answers {
    let mut answers = Answers::default();
    for one in list {
        let mut cells = Answers::default();
        let said = [
            (KIND, &one.kind),
            (NAME, &one.name),
            (PERSON, &one.person),
            (PHONE, &one.phone),
            (EMAIL, &one.email),
            (ADDRESS, &one.address),
        ];
        for (key, text) in said.into_iter().filter(|(_, text)| !text.is_empty()) {
            cells.put(key, text.clone());
        }
        answers.put_row(ROWS, &one.id, cells);
    }
    answers
}

/// The list that a filled form says, by kind and name.
pub fn directory_of(answers: &Answers) -> Vec<Institution> {
    let rows = answers.rows(ROWS).into_iter();
    let mut list: Vec<Institution> = rows
        .map(|id| {
            let cells = answers.row(ROWS, &id);
            let said = |key| cells.text(key).trim().to_owned();
            Institution {
                kind: said(KIND),
                name: said(NAME),
                person: said(PERSON),
                phone: said(PHONE),
                email: said(EMAIL),
                address: said(ADDRESS),
                id,
            }
        })
        .collect();
    sort_by_key(&mut list, |one| (place(&one.kind), words::folded(&one.name), one.id.clone()));
    list
}

fn place(kind: &str) -> usize {
    INSTITUTIONS.iter().position(|choice| choice.code == kind).unwrap_or(usize::MAX)
}

/// Everything that is wrong with a filled form.
pub fn check_directory(answers: &Answers) -> Vec<Problem> {
    let mut problems = DIRECTORY.check(answers);
    for row in answers.rows(ROWS) {
        let email = answers.row(ROWS, &row).text(EMAIL).trim().to_owned();
        if !email.is_empty() && !email.contains('@') {
            let place = [ROWS, &row, EMAIL.name()].join("/");
            problems.push(Problem::error(place, "Podaj adres e-mail, na przykład sekretariat@szkola.pl."));
        }
    }
    problems
}

/// What changed from one list to the next, in words.
pub(super) fn directory_changes(from: &[Institution], to: &[Institution]) -> Vec<String> {
    let told = |what: &str, one: &Institution| {
        ["Wykaz instytucji: ", what, " – ", &one.name, " (", label_of(INSTITUTIONS, &one.kind), ")"].concat()
    };
    let by_id = |list: &[Institution], id: &str| list.iter().find(|one| one.id == id).cloned();
    let mut changes = Vec::new();
    for one in to {
        match by_id(from, &one.id) {
            None => changes.push(told("dodano", one)),
            Some(before) if before != *one => changes.push(told("zmieniono", one)),
            Some(_) => {}
        }
    }
    changes.extend(from.iter().filter(|one| by_id(to, &one.id).is_none()).map(|one| told("usunięto", one)));
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn school(id: &str, name: &str) -> Institution {
        Institution { id: id.into(), kind: "SCHOOL".into(), name: name.into(), ..Institution::default() }
    }

    #[test]
    fn what_is_filled_in_is_what_is_read() {
        let court =
            Institution { kind: "COURT".into(), email: "sad@modelowo.pl".into(), ..school("c", "Sąd Rejonowy") };
        let list = vec![court, school("b", "Szkoła nr 1"), school("a", "Szkoła nr 2")];
        let answers = directory_answers(&list);
        assert_eq!(check_directory(&answers), []);
        assert_eq!(directory_of(&answers), list);
    }

    #[test]
    fn an_institution_has_a_name_and_a_kind() {
        let list =
            vec![Institution { id: "a".into(), phone: "1".into(), email: "biuro".into(), ..Institution::default() }];
        let problems = check_directory(&directory_answers(&list));
        let fields: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(fields, ["directory/a/name", "directory/a/institution", "directory/a/email"]);
    }

    #[test]
    fn changes_are_told_in_words() {
        let from = [school("a", "Szkoła nr 1"), school("b", "Szkoła nr 2")];
        let to = [school("a", "Szkoła im. Jana Brzechwy"), school("c", "Szkoła nr 3")];
        assert_eq!(
            directory_changes(&from, &to),
            [
                "Wykaz instytucji: zmieniono – Szkoła im. Jana Brzechwy (szkoła)",
                "Wykaz instytucji: dodano – Szkoła nr 3 (szkoła)",
                "Wykaz instytucji: usunięto – Szkoła nr 2 (szkoła)",
            ]
        );
        assert!(directory_changes(&from, &from).is_empty());
    }
}
