//! How far a form has come, section by section: the way through it beside the form, and above it where the
//! screen is narrow.

use crate::{
    domain::{
        form::{Answers, Problem, Section, Weight},
        words::Noun,
    },
    ui::{
        context::{App, app},
        form::{
            Sheet,
            paper::{asks, section_id},
        },
        parts::Icon,
    },
};
use leptos::prelude::*;

const PLACES: Noun = Noun("pole do uzupełnienia", "pola do uzupełnienia", "pól do uzupełnienia");

/// How a section stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// So many fields are missing or wrong.
    Missing(usize),
    /// Everything that it asks for is there.
    Complete,
    /// It must not be filled in, and nothing was said.
    Optional,
    /// It asks for nothing under the other answers.
    Hidden,
}

impl Stand {
    fn words(self) -> String {
        match self {
            Stand::Missing(count) => PLACES.count(count as i64),
            Stand::Complete => "gotowe".to_owned(),
            Stand::Optional => "jeśli potrzeba".to_owned(),
            Stand::Hidden => String::new(),
        }
    }
}

/// How a section stands under these answers and what is wrong with them.
pub fn stand(section: &Section, answers: &Answers, problems: &[Problem]) -> Stand {
    let is_here = |path: &str| {
        let root = path.split('/').next().unwrap_or(path);
        section.fields.iter().any(|field| field.key == root)
    };
    let stops = |problem: &&Problem| problem.weight == Weight::Error && is_here(&problem.field);
    let missing = problems.iter().filter(stops).count();
    let said = || answers.0.iter().any(|(path, value)| !value.is_blank() && is_here(path));
    match missing {
        0 if !asks(section, answers) => Stand::Hidden,
        0 if said() => Stand::Complete,
        0 => Stand::Optional,
        missing => Stand::Missing(missing),
    }
}

/// The way through the form, twice: a list beside it and a fold above it; the style shows one of them.
pub fn view(sheet: Sheet, sections: &'static [Section]) -> AnyView {
    let app = app();
    let stands = Memo::new(move |_| {
        let problems = sheet.problems.get();
        sheet
            .answers
            .with(|answers| sections.iter().map(|section| stand(section, answers, &problems)).collect::<Vec<_>>())
    });
    let lead = move || stands.with(|stands| done(stands));
    view! {
        <nav class="paper-way" aria-label="Części dokumentu">
            <p class="muted" id="postep">{lead}</p>
            {steps(app, stands, sections)}
        </nav>
        <details class="paper-way-fold more">
            <summary class="btn btn-quiet"><Icon name="down"/>" "{lead}</summary>
            <nav aria-label="Części dokumentu">{steps(app, stands, sections)}</nav>
        </details>
    }
    .into_any()
}

/// How many of the sections that ask for something are done.
fn done(stands: &[Stand]) -> String {
    let asked = stands.iter().filter(|stand| **stand != Stand::Hidden);
    let (all, done) = asked.fold((0, 0), |(all, done), stand| match stand {
        Stand::Missing(_) => (all + 1, done),
        _ => (all + 1, done + 1),
    });
    ["Gotowe części: ".to_owned(), done.to_string(), " z ".to_owned(), all.to_string()].concat()
}

fn steps(app: App, stands: Memo<Vec<Stand>>, sections: &'static [Section]) -> AnyView {
    let steps: Vec<AnyView> =
        sections.iter().enumerate().map(|(place, section)| step(app, stands, section.title, place)).collect();
    view! { <ol class="steps">{steps}</ol> }.into_any()
}

fn step(app: App, stands: Memo<Vec<Stand>>, title: &'static str, place: usize) -> AnyView {
    let stand = Memo::new(move |_| stands.with(|stands| stands.get(place).copied().unwrap_or(Stand::Optional)));
    let state = move || (stand.get() == Stand::Complete).then_some("ok");
    let icon = move || match stand.get() {
        Stand::Complete => view! { <Icon name="check"/> }.into_any(),
        Stand::Missing(_) | Stand::Optional | Stand::Hidden => view! { <Icon name="edit"/> }.into_any(),
    };
    let id = section_id(place);
    let href = ["#", &id].concat();
    let go = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        app.host().focus(&id);
    };
    view! {
        <li data-state=state hidden=move || stand.get() == Stand::Hidden>
            {icon}
            <div><a href=href on:click=go>{title}</a><p>{move || stand.get().words()}</p></div>
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::form::{Field, Kind, Value};

    const SECTION: Section = Section {
        title: "Próbna",
        fields: &[
            Field::new("a", "A", Kind::Line { max: 9 }),
            Field::new("rows", "Pozycje", Kind::Rows(&[Field::new("b", "B", Kind::Line { max: 9 })])),
        ],
    };

    #[test]
    fn a_section_is_done_when_nothing_stops_it() {
        let mut answers = Answers::default();
        assert_eq!(stand(&SECTION, &answers, &[]), Stand::Optional);
        let wrong = [
            Problem::error("a", "Uzupełnij."),
            Problem::error("rows/1/b", "Uzupełnij."),
            Problem::error("elsewhere", "Uzupełnij."),
            Problem::warning("a", "Sprawdź."),
        ];
        assert_eq!(stand(&SECTION, &answers, &wrong), Stand::Missing(2));
        answers.set_raw("other", Some(Value::Text("x".into())));
        assert_eq!(stand(&SECTION, &answers, &wrong[2..]), Stand::Optional);
        answers.set_raw("rows/1/b", Some(Value::Text("x".into())));
        assert_eq!(stand(&SECTION, &answers, &wrong[2..]), Stand::Complete);
    }

    #[test]
    fn what_is_not_asked_does_not_count() {
        use crate::domain::form::When;
        const NEVER: Section =
            Section { title: "Nigdy", fields: &[Field::new("a", "A", Kind::Flag).shown_when(When::Yes("x"))] };
        assert_eq!(stand(&NEVER, &Answers::default(), &[]), Stand::Hidden);
        assert_eq!(done(&[Stand::Missing(2), Stand::Complete, Stand::Optional, Stand::Hidden]), "Gotowe części: 2 z 3");
    }

    #[test]
    fn what_is_missing_is_counted_in_words() {
        assert_eq!(Stand::Missing(1).words(), "1 pole do uzupełnienia");
        assert_eq!(Stand::Missing(5).words(), "5 pól do uzupełnienia");
    }
}
