//! The card of a family while it is corrected, on the phone and at the desk: the same fields and the same checks.
//! Where the words are kept until they are finished, each side says itself.

use super::{field::FieldView, paper::section_id, sheet::Sheet};
use crate::domain::{
    documents::family_card::{self, CODE, FORM, MEMBERS},
    form::{Answers, Field, Section, Sensitivity},
    office::Institution,
};
use chrono::NaiveDate;
use leptos::prelude::*;

/// A sheet over the card. `before` is the card as its author saw it; institutions are picked from `directory`.
pub fn card_sheet(answers: Answers, before: Answers, directory: &[Institution], today: NaiveDate) -> Sheet {
    let check = move |answers: &Answers| family_card::changed(&before, answers, today);
    Sheet::new(answers, check).living_on(&[MEMBERS]).with_directory(directory.to_vec())
}

/// All sections but what only the office gives, and what this person may not see.
pub fn card_sections(sheet: Sheet, may_see: fn(Sensitivity) -> bool) -> AnyView {
    let sections = FORM.sections.iter().enumerate();
    sections.map(|(place, section)| card_section(sheet, section, place, may_see)).collect_view().into_any()
}

fn card_section(sheet: Sheet, section: &'static Section, place: usize, may_see: fn(Sensitivity) -> bool) -> AnyView {
    let fields = section.fields.iter().filter(|field| is_asked(field, may_see));
    let fields = fields.map(|field| view! { <FieldView sheet form=&FORM key=field.key/> }).collect_view();
    let id = section_id(place);
    let labelledby = id.clone();
    view! {
        <section class="section" aria-labelledby=labelledby>
            <h2 class="section-head" id=id tabindex="-1">{section.title}</h2>
            {fields}
        </section>
    }
    .into_any()
}

fn is_asked(field: &Field, may_see: fn(Sensitivity) -> bool) -> bool {
    field.key != CODE.name() && may_see(field.class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_is_nobodys_to_write_and_safety_only_for_those_who_read_it() {
        let asked = |may_see: fn(Sensitivity) -> bool| -> Vec<&str> {
            FORM.fields().filter(|field| is_asked(field, may_see)).map(|field| field.key).collect()
        };
        let everything = asked(|_| true);
        assert!(!everything.contains(&"code") && everything.contains(&"safety"));
        assert!(!asked(|class| class == Sensitivity::Ordinary).contains(&"safety"));
    }
}
