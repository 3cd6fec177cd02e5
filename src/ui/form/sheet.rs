//! The answers of a form while it is being filled in: what stands, what is wrong, and what the person
//! has already touched (a field does not scold before that).

use super::{files::FilesAtDesk, goals::goals_of, traces::Traces};
use crate::{
    domain::{
        form::{Answers, Field, Form, Problem, Value, Weight},
        office::Institution,
        order::set_of,
    },
    ui::context::{Toast, app},
};
use leptos::prelude::*;
use std::{collections::BTreeSet, rc::Rc};

/// Something that can be picked beside the declared lists: a member of the family, a goal of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pick {
    /// What is stored.
    pub id: String,
    /// What is read.
    pub label: String,
    /// A second, smaller line ("4 lata"), or empty.
    pub note: String,
}

/// The members of a family, or families, as tables about them need them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Family {
    /// Children, also those who are not born yet or stay elsewhere.
    pub children: Vec<Pick>,
    /// Everybody else.
    pub adults: Vec<Pick>,
    /// Whole families, in papers about a person's work with all of them.
    pub families: Vec<Pick>,
}

/// The rows of a card that lives on, as they stood when it was opened.
#[derive(Clone, Debug, Default)]
struct StandingRows {
    /// Each as "table/row".
    rows: BTreeSet<String>,
    /// Tables whose rows stay: others point at them.
    staying: &'static [&'static str],
}

/// A form being filled in.
#[derive(Clone, Copy)]
pub struct Sheet {
    /// What has been written so far.
    pub answers: RwSignal<Answers>,
    /// Everything that is wrong or unusual with it.
    pub problems: Memo<Vec<Problem>>,
    /// Members of the family, for fields that pick them.
    pub members: StoredValue<Vec<Pick>>,
    /// Children who live at home, for "seen at the visit".
    pub children: StoredValue<Vec<Pick>>,
    /// Goals of the plan.
    pub goals: Signal<Vec<Pick>>,
    /// People of the office, for fields that pick one.
    pub people: StoredValue<Vec<Pick>>,
    /// Children and adults of the family, for tables that have a row for each.
    pub family: StoredValue<Family>,
    /// What is known of the records around it, in a paper.
    pub traces: Option<Traces>,
    /// Institutions that can be picked by their names.
    pub directory: StoredValue<Vec<Institution>>,
    /// Rows that stood when a card was opened that lives on.
    standing: StoredValue<StandingRows>,
    /// The form that is being filled in, where somebody signs it.
    pub form: Option<&'static Form>,
    /// Where files go that are chosen at a desk.
    pub files: Option<StoredValue<Rc<dyn FilesAtDesk>, LocalStorage>>,
    /// Fields whose answers are known and not typed here.
    fixed: &'static [&'static str],
    touched: RwSignal<BTreeSet<String>>,
    attempted: RwSignal<bool>,
    /// What the office found wrong, until it is written anew or tried again.
    refused: RwSignal<Vec<Problem>>,
    toast: RwSignal<Option<Toast>, LocalStorage>,
}

impl Sheet {
    /// A sheet over these answers, judged by `check`.
    pub fn new(answers: Answers, check: impl Fn(&Answers) -> Vec<Problem> + Send + Sync + 'static) -> Self {
        let answers = RwSignal::new(answers);
        let toast = app().toast;
        on_cleanup(move || {
            toast.maybe_update(|toast| toast.take_if(|toast| toast.in_form).is_some());
        });
        let refused = RwSignal::new(Vec::<Problem>::new());
        let problems = Memo::new(move |_| {
            let own = answers.with(&check);
            let foreign =
                refused.with(|refused| refused.iter().filter(|problem| !own.contains(problem)).cloned().collect());
            [own, foreign].concat()
        });
        Self {
            answers,
            problems,
            refused,
            members: StoredValue::new(Vec::new()),
            children: StoredValue::new(Vec::new()),
            goals: Signal::stored(Vec::new()),
            people: StoredValue::new(Vec::new()),
            family: StoredValue::new(Family::default()),
            traces: None,
            directory: StoredValue::new(Vec::new()),
            standing: StoredValue::new(StandingRows::default()),
            form: None,
            files: None,
            fixed: &[],
            touched: RwSignal::default(),
            attempted: RwSignal::new(false),
            toast,
        }
    }

    /// A card that lives on: the rows that stand are folded, and in these tables nobody takes them away.
    pub fn living_on(self, staying: &'static [&'static str]) -> Self {
        let rows = self.answers.with_untracked(|answers| {
            let of_rows = answers.0.keys().filter_map(|path| path.rsplit_once('/').map(|(row, _)| row.to_owned()));
            set_of(of_rows)
        });
        self.standing.set_value(StandingRows { rows, staying });
        self
    }

    /// Did this row stand when a card was opened that lives on? Then: may it be taken away?
    pub fn stood(self, table: &str, row: &str) -> Option<bool> {
        self.standing.with_value(|standing| {
            let stood = standing.rows.contains(&[table, row].join("/"));
            stood.then(|| !standing.staying.contains(&table))
        })
    }

    /// Says that the answers were changed, with "Cofnij" for as long as the form is open.
    pub fn say_with_undo(self, text: impl Into<String>, undo: impl Fn(&mut Answers) + 'static) {
        let undo = move || self.answers.update(&undo);
        self.toast.set(Some(Toast { text: text.into(), undo: Some(Rc::new(undo)), in_form: true }));
    }

    /// Offers members, children at home and goals to pick from.
    pub fn offering(mut self, members: Vec<Pick>, children: Vec<Pick>, goals: Vec<Pick>) -> Self {
        self.members.set_value(members);
        self.children.set_value(children);
        self.goals = Signal::stored(goals);
        self
    }

    /// Says which form it is: who signs on the screen signs what it asks for.
    pub fn of(mut self, form: &'static Form) -> Self {
        self.form = Some(form);
        self
    }

    /// Takes files at a desk, and gives them to whoever keeps the paper.
    pub fn with_files(mut self, files: Rc<dyn FilesAtDesk>) -> Self {
        self.files = Some(StoredValue::new_local(files));
        self
    }

    /// Shows these fields as they stand: nobody types them here.
    pub fn fixing(mut self, fixed: &'static [&'static str]) -> Self {
        self.fixed = fixed;
        self
    }

    /// Is this field one of those?
    pub fn is_fixed(self, key: &str) -> bool {
        self.fixed.contains(&key)
    }

    /// Offers the goals that stand in this form itself, as they are being written.
    pub fn offering_own_goals(mut self) -> Self {
        let answers = self.answers;
        self.goals = Memo::new(move |_| answers.with(goals_of)).into();
        self
    }

    /// Says who the children and the adults are.
    pub fn with_family(self, family: Family) -> Self {
        self.family.set_value(family);
        self
    }

    /// Offers institutions to pick from by their names.
    pub fn with_directory(self, directory: Vec<Institution>) -> Self {
        self.directory.set_value(directory);
        self
    }

    /// Offers people of the office to pick from.
    pub fn with_people(self, people: Vec<Pick>) -> Self {
        self.people.set_value(people);
        self
    }

    /// The answer of one field.
    pub fn value(self, path: &str) -> Memo<Option<Value>> {
        let path = path.to_owned();
        Memo::new(move |_| self.answers.with(|answers| answers.raw(&path).cloned()))
    }

    /// Writes an answer, if it differs.
    pub fn set(self, path: &str, value: Option<Value>) {
        let value = value.filter(|value| !value.is_blank() || matches!(value, Value::Text(text) if !text.is_empty()));
        if self.answers.with_untracked(|answers| answers.raw(path) != value.as_ref()) {
            self.answers.update(|answers| answers.set_raw(path, value));
        }
        if self.refused.with_untracked(|refused| refused.iter().any(|problem| problem.field == path)) {
            self.refused.update(|refused| refused.retain(|problem| problem.field != path));
        }
        self.touch(path);
    }

    /// The office did not take it: its reasons stand at their fields, and in the summary once the person has
    /// tried to finish.
    pub fn refuse(self, problems: Vec<Problem>) {
        for problem in &problems {
            self.touch(&problem.field);
        }
        self.refused.set(problems);
    }

    /// The person has been here: from now on the field says what is wrong with it.
    pub fn touch(self, path: &str) {
        // A field that is taken off the screen loses the focus after its form has gone.
        if self.touched.try_with_untracked(|touched| !touched.contains(path)) == Some(true) {
            self.touched.update(|touched| {
                touched.insert(path.to_owned());
            });
        }
    }

    /// Has the person been here?
    pub fn is_touched(self, path: &str) -> bool {
        self.touched.with_untracked(|touched| touched.contains(path))
    }

    /// The person wants to finish: every field says what is wrong with it. Is anything in the way?
    pub fn attempt(self) -> bool {
        self.attempted.set(true);
        // What the office said of the last try it says again, if it is still so.
        if self.refused.with_untracked(|refused| !refused.is_empty()) {
            self.refused.set(Vec::new());
        }
        self.problems.with_untracked(|problems| crate::domain::form::stops(problems))
    }

    /// Has the person tried to finish?
    pub fn attempted(self) -> bool {
        self.attempted.get()
    }

    /// What stands beside a field now: an error or a warning.
    pub fn problem(self, path: &str) -> Memo<Option<Problem>> {
        let path = path.to_owned();
        Memo::new(move |_| {
            let said = self.attempted.get() || self.touched.with(|touched| touched.contains(&path));
            self.problems.with(|problems| problems.iter().find(|problem| said && problem.field == path).cloned())
        })
    }

    /// Everything that stops the form, once the person tried to finish.
    pub fn errors(self) -> Memo<Vec<Problem>> {
        Memo::new(move |_| match self.attempted.get() {
            false => Vec::new(),
            true => self
                .problems
                .with(|problems| problems.iter().filter(|problem| problem.weight == Weight::Error).cloned().collect()),
        })
    }
}

/// One field of a sheet: where its answer lives and which answers its conditions read.
#[derive(Clone)]
pub struct Slot {
    /// The sheet.
    pub sheet: Sheet,
    /// The declaration.
    pub field: &'static Field,
    /// Repeating field and row that it stands in, if any.
    pub row: Option<(&'static str, String)>,
}

impl Slot {
    /// The key of the answer: the field's own, or its cell in the row.
    pub fn path(&self) -> String {
        match &self.row {
            None => self.field.key.to_owned(),
            Some((rows, row)) => format!("{rows}/{row}/{}", self.field.key),
        }
    }

    /// Id of the control in the page.
    pub fn id(&self) -> String {
        control_id(&self.path())
    }

    /// The answers that the field's conditions read: the sheet's, or the row's own.
    fn with_answers<T>(&self, look: impl FnOnce(&Answers) -> T) -> T {
        self.sheet.answers.with(|answers| match &self.row {
            None => look(answers),
            Some((rows, row)) => look(&answers.row(rows, row)),
        })
    }

    /// Is the field there now?
    pub fn shown(&self) -> Memo<bool> {
        let slot = self.clone();
        Memo::new(move |_| slot.with_answers(|answers| slot.field.is_shown(answers)))
    }

    /// Must it be answered now?
    pub fn required(&self) -> Memo<bool> {
        let slot = self.clone();
        Memo::new(move |_| slot.with_answers(|answers| slot.field.is_required(answers)))
    }

    /// Its answer.
    pub fn value(&self) -> Memo<Option<Value>> {
        self.sheet.value(&self.path())
    }

    /// Its answer as text, empty when there is none.
    pub fn text(&self) -> Memo<String> {
        let value = self.value();
        Memo::new(move |_| value.with(|value| value.as_ref().and_then(Value::text).unwrap_or_default().to_owned()))
    }

    /// Writes its answer.
    pub fn set(&self, value: Option<Value>) {
        self.sheet.set(&self.path(), value);
    }

    /// Writes text; an empty one takes the answer away.
    pub fn set_text(&self, text: String) {
        self.set((!text.is_empty()).then_some(Value::Text(text)));
    }

    /// What is wrong with it now.
    pub fn problem(&self) -> Memo<Option<Problem>> {
        self.sheet.problem(&self.path())
    }
}

/// Id of the control of a field, for labels and links from the summary of errors.
pub fn control_id(path: &str) -> String {
    format!("f-{}", path.replace('/', "-"))
}
