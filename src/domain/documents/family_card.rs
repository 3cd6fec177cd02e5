//! Who the family is and how to reach them: the first part of zał. 4 (karta informacyjna).
//! The members' table here is the source of all others (spec/domain.md 3.4).

use crate::domain::{
    calendar::age_on,
    codes::*,
    form::{Answers, Field, Form, Key, Kind, Section, Sensitivity, When},
    order::sort_by_key,
};
use chrono::NaiveDate;

/// The family's code ("R11"), unique in the office; stands in addresses and on lock screens.
pub const CODE: Key<String> = Key::new("code");
/// Surname.
pub const SURNAME: Key<String> = Key::new("surname");
/// Town or village.
pub const LOCALITY: Key<String> = Key::new("locality");
/// Street and number.
pub const ADDRESS: Key<String> = Key::new("address");
/// How to find the door.
pub const ACCESS_HINT: Key<String> = Key::new("access_hint");
/// What matters for the safety of visits; for the case team only.
pub const SAFETY: Key<String> = Key::new("safety");
/// Members, a row each.
pub const MEMBERS: &str = "members";
/// Telephone numbers, a row each.
pub const PHONES: &str = "phones";

/// A member's given name (a cell of [`MEMBERS`]).
pub const FIRST_NAME: Key<String> = Key::new("first_name");
/// A member's surname.
pub const LAST_NAME: Key<String> = Key::new("last_name");
/// A member's role.
pub const ROLE: Key<FamilyRole> = Key::new("role");
/// Day of birth, or the expected one.
pub const BORN: Key<NaiveDate> = Key::new("born");
/// Where a child stays.
pub const STAYS: Key<ChildPlace> = Key::new("place");
/// Lives with the family.
pub const CO_RESIDENT: Key<bool> = Key::new("co_resident");
/// A telephone number (a cell of [`PHONES`]).
pub const NUMBER: Key<String> = Key::new("number");
/// Whose number it is.
pub const WHOSE: Key<String> = Key::new("whose");
/// When to call.
pub const BEST_TIME: Key<String> = Key::new("best_time");

/// The members' table, as whoever opens a case fills it in as well.
pub const WHO: Field = Field::new(
    MEMBERS,
    "Członkowie rodziny",
    Kind::Rows(&[
        Field::new("first_name", "Imię", Kind::Line { max: 60 })
            .required_when(When::Not(&When::Is("role", &["UNBORN"]))),
        Field::new("last_name", "Nazwisko", Kind::Line { max: 80 }),
        Field::new("role", "Rola", Kind::One(FamilyRole::CHOICES)).required(),
        Field::new("born", "Data urodzenia", Kind::Date),
        Field::new("place", "Miejsce pobytu dziecka", Kind::One(ChildPlace::CHOICES))
            .shown_when(When::Is("role", &["CHILD", "UNBORN"])),
        Field::new("co_resident", "Mieszka wspólnie", Kind::Flag),
    ]),
)
.required();

/// The declaration.
pub static FORM: Form = Form {
    number: "4",
    title: "Karta informacyjna dotycząca rodziny",
    version: 1,
    sections: &[
        Section {
            title: "Rodzina",
            fields: &[
                Field::new("code", "Kod rodziny", Kind::Line { max: 16 }).required(),
                Field::new("surname", "Nazwisko", Kind::Line { max: 80 }).required(),
                Field::new("locality", "Miejscowość", Kind::Line { max: 80 }).required(),
                Field::new("address", "Adres", Kind::Line { max: 200 }),
                Field::new("access_hint", "Wskazówki dojazdu", Kind::Text { min: 0, max: 500 }),
                Field::new(
                    PHONES,
                    "Telefony",
                    Kind::Rows(&[
                        Field::new("number", "Numer", Kind::Line { max: 20 }).required(),
                        Field::new("whose", "Czyj", Kind::Line { max: 80 }),
                        Field::new("best_time", "Kiedy dzwonić", Kind::Line { max: 80 }),
                    ]),
                ),
                Field::new("safety", "Bezpieczeństwo wizyt", Kind::Text { min: 0, max: 1000 })
                    .class(Sensitivity::Health),
            ],
        },
        Section { title: "Członkowie rodziny", fields: &[WHO] },
    ],
    decision: &[],
    rules: &[],
};

/// One member of a family, read from the card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Id of the row; visits and tasks refer to it.
    pub id: String,
    /// Given name, or "dziecko" for an unborn child.
    pub first_name: String,
    /// Role in the family.
    pub role: FamilyRole,
    /// Day of birth, or the expected one.
    pub born: Option<NaiveDate>,
    /// Where a child stays.
    pub stays: Option<ChildPlace>,
    /// Lives with the family.
    pub co_resident: bool,
}

impl Member {
    /// A child (also one that is not born yet).
    pub fn is_child(&self) -> bool {
        matches!(self.role, FamilyRole::Child | FamilyRole::Unborn)
    }

    /// A child that can be seen at a visit at home.
    pub fn is_child_at_home(&self) -> bool {
        self.role == FamilyRole::Child && self.co_resident && !self.stays.is_some_and(ChildPlace::is_care)
    }

    /// Age in whole years on a day.
    pub fn age(&self, on: NaiveDate) -> Option<u32> {
        (self.role != FamilyRole::Unborn).then(|| self.born.map(|born| age_on(born, on)))?
    }
}

/// The members: parents and other adults first, then children from the oldest.
pub fn members(answers: &Answers) -> Vec<Member> {
    let mut members: Vec<Member> = answers
        .rows(MEMBERS)
        .into_iter()
        .filter_map(|id| {
            let cells = answers.row(MEMBERS, &id);
            let role = cells.get(ROLE)?;
            Some(Member {
                first_name: cells.get(FIRST_NAME).unwrap_or_else(|| role.label().to_owned()),
                role,
                born: cells.get(BORN),
                stays: cells.get(STAYS),
                co_resident: cells.get(CO_RESIDENT).unwrap_or(false),
                id,
            })
        })
        .collect();
    sort_by_key(&mut members, |member| (member.is_child(), member.role, member.born, member.id.clone()));
    members
}

/// Ids of the children who live at home: whom a visit should have seen.
pub fn children_at_home(answers: &Answers) -> Vec<String> {
    members(answers).into_iter().filter(Member::is_child_at_home).map(|member| member.id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(role: FamilyRole, name: &str, born: &str) -> Answers {
        Answers::default()
            .with(FIRST_NAME, name.into())
            .with(ROLE, role)
            .with(BORN, born.parse().unwrap())
            .with(CO_RESIDENT, true)
    }

    #[test]
    fn members_stand_adults_first_then_by_age() {
        let mut card = Answers::default();
        card.put_row(MEMBERS, "1", row(FamilyRole::Child, "Ola", "2020-01-01"));
        card.put_row(MEMBERS, "2", row(FamilyRole::Child, "Jan", "2012-01-01").with(STAYS, ChildPlace::CareHome));
        card.put_row(MEMBERS, "3", row(FamilyRole::Mother, "Anna", "1990-01-01"));
        let names: Vec<_> = members(&card).into_iter().map(|member| member.first_name).collect();
        assert_eq!(names, ["Anna", "Jan", "Ola"]);
        assert_eq!(children_at_home(&card), ["1"]);
    }
}
