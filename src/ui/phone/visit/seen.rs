//! Who is present has been seen.

use crate::{
    domain::{documents::visit_card, form::Value},
    ui::form::Sheet,
};
use leptos::prelude::*;

/// A child who is present has been seen: one tap says both.
pub fn also_seen(sheet: Sheet) {
    let children: Vec<String> =
        sheet.children.with_value(|children| children.iter().map(|child| child.id.clone()).collect());
    let present = sheet.value(visit_card::PRESENT.name());
    Effect::new(move |before: Option<Option<Value>>| {
        let now = present.get();
        // What the form opens with was settled before: only a tap says something new.
        let Some(had) = before else { return now };
        let newly: Vec<&String> =
            children.iter().filter(|child| is_in(now.as_ref(), child) && !is_in(had.as_ref(), child)).collect();
        if !newly.is_empty() {
            let mut seen =
                sheet.answers.with_untracked(|answers| answers.get(visit_card::CHILDREN_SEEN)).unwrap_or_default();
            seen.extend(newly.into_iter().cloned());
            sheet.set(visit_card::CHILDREN_SEEN.name(), Some(Value::Set(seen)));
        }
        now
    });
}

fn is_in(value: Option<&Value>, id: &str) -> bool {
    value.and_then(Value::set).is_some_and(|set| set.contains(id))
}
