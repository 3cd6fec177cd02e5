//! What the assistant learns about a family and makes of it: nr 4 and nr 5.

use super::{Known, beside::as_it_stood};
use crate::domain::{
    codes::{Area, FamilyRole, Scale},
    documents::{
        case_card,
        family_card::Member,
        papers::{assessment, family_card, figure::Found},
    },
    form::{Answers, Cell, Key},
    ids::RecordId,
    procedure::Paper,
    record::Record,
};

const ROLE: Key<FamilyRole> = Key::new("role");

/// What was written down once stands in the next card too; what the case and the family's card say now is newer.
pub(super) fn family_card(known: &Known<'_>, found: &mut Found) {
    as_it_stood(known.last_of_family(Paper::FamilyCard), Paper::FamilyCard, found);
    let since = [case_card::CONSENT_ON, case_card::ALLOCATED_ON];
    let since = since.into_iter().find(|key| known.of_case(*key).is_some());
    if let Some(key) = since {
        found.copy(family_card::SINCE.name(), known.case, key.name());
    }
    found.copy(family_card::BASIS.name(), known.case, case_card::BASIS.name());
    for child in children(known) {
        let row = (family_card::CHILDREN, child.id.as_str());
        found.cell(row, ROLE.name(), Some(child.role.write()), &known.card_id());
        if let Some(place) = child.stays {
            found.cell(row, family_card::CHILD_PLACE.name(), Some(place.write()), &known.card_id());
        }
    }
}

/// What nobody has judged yet is "brak danych" (3.5).
pub(super) fn assessment(known: &Known<'_>, found: &mut Found) {
    found.copy(assessment::PERIOD_FROM.name(), known.case, case_card::CONSENT_ON.name());
    found.known(assessment::PERIOD_TO.name(), known.today);
    for area in Area::ALL {
        let row = (assessment::AREAS, area.code());
        found.cell(row, assessment::SCORE.name(), Some(Scale::Unknown.write()), &[]);
    }
    let card = known.last_of_family(Paper::FamilyCard);
    for child in children(known) {
        for table in [assessment::CHILDREN, "children_health"] {
            found.cell((table, &child.id), ROLE.name(), Some(child.role.write()), &known.card_id());
        }
        let Some(card) = card else { continue };
        if child.role != FamilyRole::Unborn {
            let school = format!("{}/{}/school", family_card::CHILDREN, child.id);
            found.copy(format!("{}/{}/school", assessment::CHILDREN, child.id), Some(card), &school);
        }
        let (words, from) = authority(child, card, known);
        found.words(format!("{}/{}/authority", assessment::CHILDREN, child.id), &words, 300, &from);
    }
}

fn children<'k>(known: &'k Known<'_>) -> impl Iterator<Item = &'k Member> {
    known.members.iter().filter(|member| member.is_child())
}

/// "Anna: pełna; Jan: zawieszona (art. 110), sygn. III Nsm 1/26; piecza: rodzinny dom dziecka".
fn authority(child: &Member, card: &Record, known: &Known<'_>) -> (String, Vec<RecordId>) {
    let rows = card.answers.rows(family_card::AUTHORITIES).into_iter();
    let rows = rows.map(|row| card.answers.row(family_card::AUTHORITIES, &row));
    let own = rows.filter(|row| row.get(family_card::CHILD).is_some_and(|children| children.contains(&child.id)));
    let mut parts: Vec<String> = own.filter_map(|row| authority_words(&row, known)).collect();
    let mut from = vec![card.id];
    if let Some(stays) = child.stays.filter(|stays| stays.is_care()) {
        parts.push(format!("piecza: {}", stays.label()));
        from.extend(known.card_id());
    }
    (parts.join("; "), from)
}

fn authority_words(row: &Answers, known: &Known<'_>) -> Option<String> {
    let authority = row.get(family_card::AUTHORITY)?.label();
    let parents: Vec<String> = row.get(family_card::PARENT)?.into_iter().collect();
    let names: Vec<String> = parents.iter().filter_map(|parent| known.name_of(parent)).collect();
    let sign = row.raw("sign").and_then(|sign| sign.text()).filter(|sign| !sign.is_empty());
    let sign = sign.map(|sign| format!(", sygn. {sign}")).unwrap_or_default();
    Some(format!("{}: {authority}{sign}", names.join(", ")))
}
