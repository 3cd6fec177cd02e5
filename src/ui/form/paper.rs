//! The form of a paper, wherever it is filled in: its sections, who and what can be picked in it, and what is
//! known when it begins. Where its draft is kept, the phone and the desk say themselves.

use super::{
    field::FieldView,
    goals::goals_of_family,
    sheet::{Family, Pick, Sheet, Slot},
    traces::{counted_view, is_computed},
};
use crate::{
    domain::{
        documents::{
            RecordKind,
            family_card::{self, Member},
            papers::course::{LIFE, PAPER, REMARKS},
        },
        form::{Answers, Field, Form, Section},
        procedure::{Life, Paper},
        record::Record,
        words,
    },
    ui::parts::Icon,
};
use chrono::NaiveDate;
use leptos::prelude::*;

/// Whom and what the fields of a paper offer to pick.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offers {
    /// Members of the family.
    pub members: Vec<Pick>,
    /// Those of them who are children, and the others.
    pub kin: Family,
    /// Goals of the plan that counts.
    pub goals: Vec<Pick>,
    /// People of the office.
    pub people: Vec<Pick>,
}

impl Offers {
    /// What a family's records offer. `people` of the office come from elsewhere.
    pub fn of(records: &[&Record], people: Vec<Pick>, today: NaiveDate) -> Self {
        let members = members(records);
        let pick = |member: &Member| member_pick(member, today);
        let (children, adults): (Vec<&Member>, Vec<&Member>) = members.iter().partition(|member| member.is_child());
        let kin = Family {
            children: children.into_iter().map(pick).collect(),
            adults: adults.into_iter().map(pick).collect(),
            ..Family::default()
        };
        let goals = goals_of_family(records.iter().copied());
        Self { members: members.iter().map(pick).collect(), kin, goals, people }
    }

    /// Lays them out for the fields of a sheet.
    pub fn lay_out(self, sheet: Sheet) -> Sheet {
        let sheet = sheet.offering(self.members, self.kin.children.clone(), self.goals);
        let sheet = sheet.with_people(self.people).with_family(self.kin);
        // The goals of a plan are those that are being written in it.
        let is_plan = sheet.answers.with_untracked(|answers| answers.get(PAPER) == Some(Paper::Plan));
        if is_plan { sheet.offering_own_goals() } else { sheet }
    }
}

fn of_kind<'a>(records: &[&'a Record], kind: RecordKind) -> impl Iterator<Item = &'a Record> {
    records.iter().copied().filter(move |record| record.kind == kind)
}

/// The newest record of a kind of which one counts: card, case.
fn newest<'a>(records: &[&'a Record], kind: RecordKind) -> Option<&'a Record> {
    of_kind(records, kind).max_by_key(|record| record.id)
}

fn members(records: &[&Record]) -> Vec<Member> {
    let card = newest(records, RecordKind::Family);
    card.map(|card| family_card::members(&card.answers)).unwrap_or_default()
}

/// A member of the family, as something to pick.
pub fn member_pick(member: &Member, today: NaiveDate) -> Pick {
    Pick { id: member.id.clone(), label: member.first_name.clone(), note: member_note(member, today) }
}

/// "4 lata · dziecko", with the place of stay when it is not home.
pub fn member_note(member: &Member, today: NaiveDate) -> String {
    let mut parts = Vec::new();
    if let Some(born) = member.born {
        parts.push(words::age(born, today));
    }
    parts.push(member.role.label().to_owned());
    if let Some(place) = member.stays.filter(|place| *place != crate::domain::codes::ChildPlace::Home) {
        parts.push(place.label().to_owned());
    }
    parts.join(" · ")
}

/// All sections of a paper, in order.
pub fn sections(sheet: Sheet, form: &'static Form, sections: &'static [Section]) -> AnyView {
    let views: Vec<AnyView> =
        sections.iter().enumerate().map(|(place, section)| section_view(sheet, form, section, place)).collect();
    views.into_any()
}

/// Id of the heading of the section at this place.
pub fn section_id(place: usize) -> String {
    format!("sekcja-{}", place + 1)
}

/// A section, on one page or as a step: what people fill in, and in its place what nobody types.
pub fn section_view(sheet: Sheet, form: &'static Form, section: &'static Section, place: usize) -> AnyView {
    let field = |field: &'static Field| match is_computed(field.source) || sheet.is_fixed(field.key) {
        true => counted_view(Slot { sheet, field, row: None }),
        false => view! { <FieldView sheet form key=field.key/> }.into_any(),
    };
    let fields: Vec<AnyView> = section.fields.iter().map(field).collect();
    let is_there = Memo::new(move |_| sheet.answers.with(|answers| asks(section, answers)) || sheet.says_in(section));
    view! {
        <section class="section" hidden=move || !is_there.get()>
            <h2 class="section-head" id=section_id(place) tabindex="-1">{section.title}</h2>
            {fields}
        </section>
    }
    .into_any()
}

/// Does the section ask for anything under these answers?
pub fn asks(section: &Section, answers: &Answers) -> bool {
    section.fields.iter().any(|field| !is_computed(field.source) && field.is_shown(answers))
}

/// What the manager wants put right.
pub fn returned(answers: &Answers) -> Option<AnyView> {
    let remarks = answers.text(REMARKS).to_owned();
    (answers.get(LIFE) == Some(Life::Returned)).then(|| {
        view! {
            <div class="banner" data-state="warn">
                <Icon name="undo"/><div><p><b>"Zwrócono z uwagami: "</b>{remarks}</p></div>
            </div>
        }
        .into_any()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        codes::{ChildPlace, FamilyRole},
        testing::day,
    };

    fn member(role: FamilyRole, stays: Option<ChildPlace>) -> Member {
        let born = Some(day("2022-05-01"));
        Member { id: "1".into(), first_name: "Maja".into(), role, born, stays, co_resident: true, left_on: None }
    }

    #[test]
    fn a_member_is_told_apart_by_age_role_and_place() {
        let today = day("2026-11-22");
        let note = |place| member_note(&member(FamilyRole::Child, Some(place)), today);
        assert_eq!(note(ChildPlace::Home), "4 lata · dziecko");
        assert_eq!(note(ChildPlace::Relatives), "4 lata · dziecko · u krewnych bez orzeczenia");
    }
}
