//! A long paper step by step: one section at a time, how far one has come, and a list of sections to jump to.
//! Nobody is held back: what is missing is said when the paper is handed in, and leads to its section.

use crate::{
    domain::{
        documents::papers::parts::{HEADER, SIGNATURES},
        form::{Answers, Form, Section, Weight},
    },
    ui::{
        context::{App, app},
        form::{
            Sheet,
            paper::{asks, section_id, section_view},
        },
        parts::Icon,
    },
};
use leptos::prelude::*;

/// Sections beside head and signatures up to which a paper is one page.
const ONE_PAGE: usize = 3;

/// Is this paper filled in step by step?
pub fn is_long(form: &Form) -> bool {
    let shared = [HEADER.title, SIGNATURES.title];
    form.sections.iter().filter(|section| !shared.contains(&section.title)).count() > ONE_PAGE
}

/// The places of the sections in which there is something to fill in under these answers, or to read: `says` knows
/// which those are.
fn places(form: &Form, answers: &Answers, says: impl Fn(&Section) -> bool) -> Vec<usize> {
    let is_there = |section: &Section| asks(section, answers) || says(section);
    form.sections.iter().enumerate().filter(|(_, section)| is_there(section)).map(|(place, _)| place).collect()
}

/// The place of the section that a problem belongs to, by the path of its field.
fn place_of(form: &Form, path: &str) -> Option<usize> {
    let root = path.split('/').next().unwrap_or(path);
    form.sections.iter().position(|section| section.fields.iter().any(|field| field.key == root))
}

/// Where one is, when the section that was open is asked no more: the nearest one before it.
fn nearest(places: &[usize], at: usize) -> usize {
    places.iter().copied().filter(|place| *place <= at).max().or(places.first().copied()).unwrap_or(0)
}

/// A paper on its way through its sections.
#[derive(Clone, Copy)]
pub struct Steps {
    app: App,
    sheet: Sheet,
    form: &'static Form,
    /// Places of the sections to go through.
    places: Memo<Vec<usize>>,
    /// The section that was opened last.
    opened: RwSignal<usize>,
    /// The section in view.
    at: Memo<usize>,
}

impl Steps {
    /// Goes on where the draft was left.
    pub fn new(sheet: Sheet, form: &'static Form, opened: usize) -> Self {
        let opened = RwSignal::new(opened);
        let places =
            Memo::new(move |_| sheet.answers.with(|answers| places(form, answers, |section| sheet.says_in(section))));
        let at = Memo::new(move |_| places.with(|places| nearest(places, opened.get())));
        Self { app: app(), sheet, form, places, opened, at }
    }

    /// The section in view, by its place in the paper.
    pub fn at(self) -> Memo<usize> {
        self.at
    }

    /// Is this the last section?
    pub fn is_last(self) -> bool {
        self.places.with(|places| places.last().is_none_or(|last| *last == self.at.get()))
    }

    /// Is this the first section?
    pub fn is_first(self) -> bool {
        self.places.with(|places| places.first().is_none_or(|first| *first == self.at.get()))
    }

    /// To the next section.
    pub fn forward(self) {
        let at = self.at.get_untracked();
        let next = self.places.with_untracked(|places| places.iter().copied().find(|place| *place > at));
        next.into_iter().for_each(|place| self.open(place));
    }

    /// To the section before.
    pub fn back(self) {
        let at = self.at.get_untracked();
        let before = self.places.with_untracked(|places| places.iter().copied().rfind(|place| *place < at));
        before.into_iter().for_each(|place| self.open(place));
    }

    /// Brings the section of a field into view; who wants the focus elsewhere asks for it afterwards.
    pub fn reach(self, path: &str) {
        if let Some(place) = place_of(self.form, path) {
            self.opened.set(place);
        }
    }

    fn open(self, place: usize) {
        self.opened.set(place);
        self.app.host().focus(&section_id(place));
    }

    /// How many errors stand in a section, once the person tried to hand the paper in.
    fn errors_in(self, place: usize) -> usize {
        if !self.sheet.attempted() {
            return 0;
        }
        let is_here = |path: &str| place_of(self.form, path) == Some(place);
        self.sheet.problems.with(|problems| {
            problems.iter().filter(|problem| problem.weight == Weight::Error && is_here(&problem.field)).count()
        })
    }
}

/// The way through the paper and the section in view.
pub fn steps_view(steps: Steps) -> AnyView {
    let Steps { sheet, form, .. } = steps;
    let section = move || {
        let place = steps.at.get();
        form.sections.get(place).map(|section| section_view(sheet, form, section, place))
    };
    view! {
        {way(steps)}
        {section}
    }
    .into_any()
}

/// "3 z 7", and the list of sections behind it.
fn way(steps: Steps) -> AnyView {
    let count = move || steps.places.with(Vec::len);
    let number =
        move || steps.places.with(|places| places.iter().take_while(|place| **place <= steps.at.get()).count());
    let title = move || steps.form.sections.get(steps.at.get()).map(|section| section.title).unwrap_or_default();
    let list = move || {
        let places = steps.places.get();
        let rows: Vec<AnyView> =
            places.into_iter().enumerate().map(|(index, place)| jump(steps, index + 1, place)).collect();
        rows
    };
    view! {
        <details class="more">
            <summary>"Część " {number} " z " {count} ": " {title}</summary>
            <ol class="list" aria-label="Części dokumentu">{list}</ol>
        </details>
        <progress max=count prop:value=number aria-label="Postęp"></progress>
    }
    .into_any()
}

fn jump(steps: Steps, number: usize, place: usize) -> AnyView {
    let title = steps.form.sections.get(place).map(|section| section.title).unwrap_or_default();
    let current = move || (steps.at.get() == place).then_some("step");
    let missing = move || {
        let errors = steps.errors_in(place);
        (errors > 0).then(
            || view! { <span class="badge" data-state="warn"><Icon name="warning"/> "do poprawy: " {errors}</span> },
        )
    };
    view! {
        <li>
            <button class="btn btn-quiet" type="button" aria-current=current on:click=move |_| steps.open(place)>
                {number} ". " {title}
            </button>
            " " {missing}
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        documents::papers::{form_of, plan},
        procedure::Paper,
    };

    fn form(paper: Paper) -> &'static Form {
        form_of(paper).unwrap()
    }

    #[test]
    fn only_long_papers_are_cut_into_steps() {
        for (paper, long) in [
            (Paper::Note, false),
            (Paper::Extension, false),
            (Paper::CareBoard, false),
            (Paper::Plan, true),
            (Paper::Assessment, true),
            (Paper::Review, true),
        ] {
            assert_eq!(is_long(form(paper)), long, "{paper:?}");
        }
    }

    #[test]
    fn a_section_that_asks_nothing_is_no_step() {
        let form = form(Paper::Plan);
        let titles = |answers: &Answers| -> Vec<&str> {
            places(form, answers, |_| false).into_iter().map(|place| form.sections[place].title).collect()
        };
        let ordinary = titles(&Answers::default().with(plan::KIND, plan::PlanKind::Ordinary));
        let coordinated = titles(&Answers::default().with(plan::KIND, plan::PlanKind::Coordinated));
        assert_eq!(coordinated.len(), ordinary.len() + 1);
        assert!(!ordinary.contains(&"Uzgodnienie z koordynatorem pieczy"));
        assert_eq!((ordinary.first(), ordinary.last()), (Some(&"Dokument"), Some(&"Podpisy")));
    }

    #[test]
    fn a_section_that_is_only_read_is_a_step_too() {
        let form = form(Paper::MonthlyReport);
        let month = |section: &Section| section.title == "Podsumowanie miesiąca";
        let without = places(form, &Answers::default(), |_| false);
        let with = places(form, &Answers::default(), month);
        assert_eq!(with.len(), without.len() + 1);
    }

    #[test]
    fn a_problem_leads_to_its_section() {
        let form = form(Paper::Plan);
        let title = |path: &str| place_of(form, path).map(|place| form.sections[place].title);
        assert_eq!(title("goals/1/due"), Some("Cele szczegółowe"));
        assert_eq!(title("actions"), Some("Działania"));
        assert_eq!(title("signatures"), Some("Podpisy"));
        assert_eq!(title("nothing"), None);
    }

    #[test]
    fn who_stands_in_a_section_that_is_asked_no_more_goes_back_to_the_one_before() {
        for (places, at, found) in [(&[0, 1, 3][..], 2, 1), (&[0, 1, 3], 3, 3), (&[1, 2], 0, 1), (&[], 4, 0)] {
            assert_eq!(nearest(places, at), found, "{places:?} {at}");
        }
    }
}
