//! People and institutions around the family, read from its card.

use super::{CASE_SIGN, CONTACTS, DOES, EMAIL, INSTITUTION, NAME, PERSON, PHONE};
use crate::domain::{
    codes::INSTITUTIONS,
    form::{Answers, field::label_of},
    order::sort_by_key,
};

/// One of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// Id of the row.
    pub id: String,
    /// Kind of institution, a code of [`INSTITUTIONS`].
    pub institution: String,
    /// What it is called, or empty.
    pub name: String,
    /// Who there, or empty.
    pub person: String,
    /// What they do for this family, or empty.
    pub does: String,
    /// Telephone, or empty.
    pub phone: String,
    /// E-mail, or empty.
    pub email: String,
    /// Sign of the case there, or empty.
    pub sign: String,
}

impl Contact {
    /// The kind of institution in words.
    pub fn kind(&self) -> &str {
        label_of(INSTITUTIONS, &self.institution)
    }

    /// What it is called and who is there: "Szkoła nr 2, Zofia Wzorcowa"; empty when neither is known.
    pub fn called(&self) -> String {
        let parts = [self.name.as_str(), self.person.as_str()].into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(", ")
    }
}

/// All of them, in the order of the list of institutions.
pub fn contacts(answers: &Answers) -> Vec<Contact> {
    let read = |id: String| {
        let cells = answers.row(CONTACTS, &id);
        let said = |key| cells.text(key).trim().to_owned();
        Contact {
            institution: said(INSTITUTION),
            name: said(NAME),
            person: said(PERSON),
            does: said(DOES),
            phone: said(PHONE),
            email: said(EMAIL),
            sign: said(CASE_SIGN),
            id,
        }
    };
    let mut contacts: Vec<Contact> = answers.rows(CONTACTS).into_iter().map(read).collect();
    let place = |code: &str| INSTITUTIONS.iter().position(|choice| choice.code == code).unwrap_or(usize::MAX);
    sort_by_key(&mut contacts, |contact| (place(&contact.institution), contact.id.clone()));
    contacts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_stand_in_the_order_of_the_list() {
        let mut card = Answers::default();
        let row = |kind: &str, name: &str| Answers::default().with(INSTITUTION, kind.into()).with(NAME, name.into());
        card.put_row(CONTACTS, "1", row("SCHOOL", " Szkoła nr 2 "));
        card.put_row(CONTACTS, "2", row("COURT", "Sąd Rejonowy"));
        let found = contacts(&card);
        assert_eq!(
            found.iter().map(|contact| contact.name.as_str()).collect::<Vec<_>>(),
            ["Sąd Rejonowy", "Szkoła nr 2"]
        );
        assert_eq!(found[1].kind(), "szkoła");
    }
}
