//! Who belongs to the family, read from its card.

use super::{BORN, CO_RESIDENT, FIRST_NAME, LEFT_ON, MEMBERS, ROLE, STAYS};
use crate::domain::{
    calendar::age_on,
    codes::{ChildPlace, FamilyRole},
    form::Answers,
    order::sort_by_key,
    words,
};
use chrono::NaiveDate;

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
    /// Since when they are no longer in the family.
    pub left_on: Option<NaiveDate>,
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

/// The members as they are now: parents and other adults first, then children from the oldest.
pub fn members(answers: &Answers) -> Vec<Member> {
    let mut members = everyone(answers);
    members.retain(|member| member.left_on.is_none());
    members
}

/// The same with those who have left; papers of earlier days name them.
pub fn everyone(answers: &Answers) -> Vec<Member> {
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
                left_on: cells.get(LEFT_ON),
                id,
            })
        })
        .collect();
    sort_by_key(&mut members, |member| (member.is_child(), member.role, member.born, member.id.clone()));
    members
}

/// "Jan (od 1 września 2026)": those who have left, by name and day; nothing when nobody has.
pub fn left_words(answers: &Answers) -> Option<String> {
    let gone = everyone(answers).into_iter().filter_map(|member| {
        let day = words::date(member.left_on?);
        Some([&member.first_name, " (od ", &day, ")"].concat())
    });
    let gone: Vec<String> = gone.collect();
    (!gone.is_empty()).then(|| gone.join(", "))
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

    fn names(members: Vec<Member>) -> Vec<String> {
        members.into_iter().map(|member| member.first_name).collect()
    }

    #[test]
    fn members_stand_adults_first_then_by_age() {
        let mut card = Answers::default();
        card.put_row(MEMBERS, "1", row(FamilyRole::Child, "Ola", "2020-01-01"));
        card.put_row(MEMBERS, "2", row(FamilyRole::Child, "Jan", "2012-01-01").with(STAYS, ChildPlace::CareHome));
        card.put_row(MEMBERS, "3", row(FamilyRole::Mother, "Anna", "1990-01-01"));
        assert_eq!(names(members(&card)), ["Anna", "Jan", "Ola"]);
        assert_eq!(children_at_home(&card), ["1"]);
    }

    #[test]
    fn who_has_left_is_named_still_and_counted_no_more() {
        let mut card = Answers::default();
        card.put_row(MEMBERS, "1", row(FamilyRole::Child, "Ola", "2008-01-01"));
        let gone = row(FamilyRole::Child, "Jan", "2006-01-01").with(LEFT_ON, "2026-09-01".parse().unwrap());
        card.put_row(MEMBERS, "2", gone);
        assert_eq!(names(members(&card)), ["Ola"]);
        assert_eq!(children_at_home(&card), ["1"]);
        assert_eq!(names(everyone(&card)), ["Jan", "Ola"]);
        assert_eq!(left_words(&card).as_deref(), Some("Jan (od 1 września 2026)"));
        assert_eq!(left_words(&Answers::default()), None);
    }
}
