//! The two ways by which a family comes to the office, and what each of them asks.

use crate::domain::{
    access::Role,
    documents::{
        family_card,
        papers::{referral, zz_application},
    },
    form::{Field, Form, Key, Kind, Section},
    ids::UserId,
    office::OfficeBook,
    procedure::{Paper, Transition, rule},
};
use chrono::NaiveDate;

/// Who the family is, where the paper does not say it: the application "Za życiem" names a person.
pub static FAMILY: Form = Form {
    number: "",
    title: "Rodzina",
    version: 1,
    sections: &[Section {
        title: "Rodzina",
        fields: &[
            Field::new("surname", "Nazwisko rodziny", Kind::Line { max: 80 }).required(),
            Field::new("locality", "Miejscowość zamieszkania", Kind::Line { max: 80 }).required(),
            Field::new("worker", "Pracownik socjalny rodziny", Kind::Person)
                .help("Bez wskazania teczkę zobaczy na razie tylko kierownik."),
        ],
    }],
    decision: &[],
    rules: &[],
};

/// Who belongs to a family that is new: the source of the members in all of its papers.
pub static PEOPLE: Form = Form {
    number: "",
    title: "Członkowie rodziny",
    version: 1,
    sections: &[Section { title: "Członkowie rodziny", fields: &[family_card::WHO] }],
    decision: &[],
    rules: &[],
};

/// The social worker of the family, when somebody else opens the case.
pub const WORKER: Key<UserId> = Key::new("worker");

/// The way by which a family comes to the office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Path {
    /// Somebody tells of a family: referral, interview, request.
    Ordinary,
    /// A person applies under the act "Za życiem".
    ZaZyciem,
}

impl Path {
    /// Both, the usual one first.
    pub const ALL: [Path; 2] = [Path::Ordinary, Path::ZaZyciem];

    /// What it is called.
    pub fn label(self) -> &'static str {
        match self {
            Path::Ordinary => "zwykła",
            Path::ZaZyciem => "„Za życiem”",
        }
    }

    /// The step that opens the case.
    pub fn step(self) -> Transition {
        match self {
            Path::Ordinary => Transition::Refer,
            Path::ZaZyciem => Transition::ApplyZz,
        }
    }

    /// The paper that carries it.
    pub fn paper(self) -> Paper {
        match self {
            Path::Ordinary => Paper::Referral,
            Path::ZaZyciem => Paper::ZzApplication,
        }
    }

    /// The form of the paper, as the office has it now.
    pub fn form(self, book: &OfficeBook) -> &'static Form {
        let declared = match self {
            Path::Ordinary => &referral::FORM,
            Path::ZaZyciem => &zz_application::FORM,
        };
        book.newest_paper(self.paper()).unwrap_or(declared)
    }

    /// Where the surname stands on the screen.
    pub fn surname(self) -> Key<String> {
        match self {
            Path::Ordinary => referral::FAMILY_NAME,
            Path::ZaZyciem => family_card::SURNAME,
        }
    }

    /// The day on which the office learnt of the family.
    pub fn day(self) -> Key<NaiveDate> {
        match self {
            Path::Ordinary => referral::INFORMED_ON,
            Path::ZaZyciem => zz_application::RECEIVED_ON,
        }
    }

    /// The paths that people of this role may open.
    pub fn open_to(role: Role) -> Vec<Path> {
        Self::ALL.into_iter().filter(|path| rule(path.step()).who.contains(&role)).collect()
    }

    /// What the family is asked beside the paper.
    pub fn beside(self) -> impl Iterator<Item = &'static Field> {
        let asked = (self == Path::ZaZyciem).then_some(&FAMILY);
        asked.into_iter().chain([&PEOPLE]).flat_map(Form::fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_paths_are_those_of_the_procedure() {
        for (role, paths) in [
            (Role::SocialWorker, vec![Path::Ordinary, Path::ZaZyciem]),
            (Role::Manager, vec![Path::ZaZyciem]),
            (Role::Assistant, vec![]),
            (Role::SysAdmin, vec![]),
        ] {
            assert_eq!(Path::open_to(role), paths, "{role:?}");
        }
    }
}
