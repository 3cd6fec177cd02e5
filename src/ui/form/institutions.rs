//! Institutions are picked, not typed: names of the office's list stand under the field while one writes, and a name
//! that is picked brings what the list knows of it into the empty cells beside it.

use super::sheet::Slot;
use crate::domain::{
    documents::family_card::{CONTACTS, EMAIL, INSTITUTION, NAME, PERSON, PHONE},
    form::Value,
    office::Institution,
};
use leptos::prelude::*;

/// The list for a field that names an institution or somebody there, with its id; nothing for other fields.
pub fn suggested(slot: &Slot) -> Option<(String, AnyView)> {
    let (sheet, kind) = (slot.sheet, kind_path(slot)?);
    if sheet.directory.with_value(Vec::is_empty) {
        return None;
    }
    let id = [&slot.id(), "-wykaz"].concat();
    let kind = sheet.value(&kind);
    let options = move || {
        let kind = kind.get().as_ref().and_then(Value::text).unwrap_or_default().to_owned();
        let of_kind = |one: &&Institution| kind.is_empty() || one.kind == kind;
        sheet.directory.with_value(|list| {
            let names = list.iter().filter(of_kind).map(|one| one.name.clone());
            names.map(|name| view! { <option value=name></option> }.into_any()).collect_view()
        })
    };
    Some((id.clone(), view! { <datalist id=id>{options}</datalist> }.into_any()))
}

/// Where the kind of institution stands that belongs to this field.
fn kind_path(slot: &Slot) -> Option<String> {
    let names_one = match (&slot.row, slot.field.key) {
        (Some((table, _)), "name") => *table == CONTACTS,
        (Some(_), "institution_name") => true,
        (None, "person") => true,
        _ => false,
    };
    let beside = |row: &(&str, String)| [row.0, &row.1, INSTITUTION.name()].join("/");
    names_one.then(|| slot.row.as_ref().map_or_else(|| INSTITUTION.name().to_owned(), beside))
}

/// A name was picked from the list: the cells beside it that are still empty follow.
pub fn picked(slot: &Slot, name: &str) {
    let Some((table, row)) = slot.row.as_ref().filter(|(table, _)| *table == CONTACTS) else { return };
    let known = slot.sheet.directory.with_value(|list| list.iter().find(|one| one.name == name).cloned());
    let (Some(one), true) = (known, slot.field.key == NAME.name()) else { return };
    for (key, text) in [(INSTITUTION, one.kind), (PERSON, one.person), (PHONE, one.phone), (EMAIL, one.email)] {
        let path = [table, row.as_str(), key.name()].join("/");
        let empty = slot.sheet.answers.with_untracked(|answers| !answers.filled(&path));
        if empty && !text.is_empty() {
            slot.sheet.set(&path, Some(Value::Text(text)));
        }
    }
}
