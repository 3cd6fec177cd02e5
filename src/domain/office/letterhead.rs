//! How the office names itself at the head of its papers.

use crate::domain::form::Problem;
use serde::{Deserialize, Serialize};

/// The head of printed papers (HDR of spec/domain.md 3.0).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Letterhead {
    /// "Ośrodek Pomocy Społecznej w Zbąszynku".
    pub name: String,
    /// Street and number, postal code and town.
    pub address: String,
    /// Where papers are drawn up ("Zbąszynek"); new papers begin with it.
    pub place: String,
    /// Telephone.
    pub phone: String,
    /// Address of e-mail.
    pub email: String,
    /// How the person at its head signs ("Kierownik Ośrodka").
    pub head: String,
}

impl Letterhead {
    /// Where new papers are drawn up, once the office has said so.
    pub fn place(&self) -> Option<String> {
        Some(self.place.trim().to_owned()).filter(|place| !place.is_empty())
    }

    /// What is wrong with it, each at its field (`letterhead/name`), in Polish.
    pub fn problems(&self) -> Vec<Problem> {
        let lines = [
            ("name", &self.name, 160),
            ("address", &self.address, 160),
            ("place", &self.place, 80),
            ("phone", &self.phone, 40),
            ("email", &self.email, 120),
            ("head", &self.head, 80),
        ];
        let mut problems = Vec::new();
        for (field, text, max) in lines {
            let length = text.chars().count();
            if length > max {
                problems.push(problem(field, format!("Skróć do {max} znaków (jest {length}).")));
            }
        }
        if self.name.trim().is_empty() {
            problems.push(problem("name", "Podaj nazwę ośrodka. Stoi na każdym wydruku.".to_owned()));
        }
        if !self.email.is_empty() && !self.email.contains('@') {
            problems.push(problem("email", "Podaj adres e-mail, na przykład ops@gmina.pl.".to_owned()));
        }
        problems
    }
}

fn problem(field: &str, text: String) -> Problem {
    Problem::error(["letterhead/", field].concat(), text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_has_a_name_and_lines_that_fit() {
        let fields =
            |head: &Letterhead| -> Vec<String> { head.problems().into_iter().map(|problem| problem.field).collect() };
        assert_eq!(fields(&Letterhead::default()), ["letterhead/name"]);
        let mut head =
            Letterhead { name: "OPS w Zbąszynku".into(), place: "Zbąszynek".into(), ..Letterhead::default() };
        assert_eq!(fields(&head), [""; 0]);
        head.email = "biuro".into();
        head.place = "x".repeat(81);
        assert_eq!(fields(&head), ["letterhead/place", "letterhead/email"]);
    }
}
