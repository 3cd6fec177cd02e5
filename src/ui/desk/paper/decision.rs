//! The manager's decision under a paper: approved, or returned with remarks. Where the form has a ruling of its
//! own, the ruling says which of the two it is.

use super::{
    opening::{assistants, people, waits_for},
    reading::Beside,
    writer::Writer,
};
use crate::{
    api::session::Me,
    domain::{
        change::edits_between,
        documents::papers::{
            course::{self, LIFE, PAPER, REMARKS},
            outcome::{begin_decision, note_of, ruling, send_back, sent_back_by, settle},
        },
        form::{Answers, Form, Problem, Value},
        procedure::{Life, Paper},
        record::Record,
    },
    ui::{
        context::App,
        desk::keys::on_keys,
        form::{
            FieldView, Sheet,
            field::ErrorSummary,
            paper::{Offers, sections},
            sheet::control_id,
        },
        parts::Icon,
    },
};
use leptos::prelude::*;

/// The form of the decision, when the paper waits for this person's.
pub fn section(app: App, beside: &Beside, record: &Record, me: &Me, done: Callback<String>) -> Option<AnyView> {
    let paper = record.answers.get(PAPER).filter(|_| waits_for(record, me.role))?;
    let form = beside.reader.book.form_of(record);
    let deciding = Deciding::new(app, (paper, form), beside, record, me, done);
    deciding.listen();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        deciding.settle();
    };
    let busy = move || deciding.writer.is_busy().then_some("true");
    let remarks = move || deciding.returning.get().then(|| deciding.remarks());
    let sheet = deciding.sheet;
    Some(
        view! {
            <section class="card no-print" aria-labelledby="decyzja">
                <div class="card-head"><h2 id="decyzja">"Decyzja"</h2></div>
                <form class="card-body" on:submit=submit novalidate>
                    <ErrorSummary sheet/>
                    {sections(sheet, form, form.decision)}
                    {remarks}
                    <div class="actions">
                        <button class="btn btn-primary" type="submit" id="zatwierdz" aria-busy=busy aria-keyshortcuts="z">
                            <Icon name="check"/>" "{deciding.settles_as()}
                        </button>
                        <button class="btn" type="button" id="zwroc" aria-keyshortcuts="r"
                            on:click=move |_| deciding.give_back()>
                            <Icon name="undo"/>" Zwróć z uwagami"
                        </button>
                    </div>
                    <p class="muted keys">
                        <kbd class="kbd">"z"</kbd>" – "{deciding.settles_as().to_lowercase()}", "
                        <kbd class="kbd">"r"</kbd>" – zwróć z uwagami"
                    </p>
                </form>
            </section>
        }
        .into_any(),
    )
}

/// A decision being made.
#[derive(Clone, Copy)]
struct Deciding {
    app: App,
    paper: Paper,
    form: &'static Form,
    standing: StoredValue<Answers>,
    sheet: Sheet,
    /// Where the remarks are written: the form's own field, or one beside it.
    remarks: Sheet,
    returning: RwSignal<bool>,
    writer: Writer,
}

impl Deciding {
    fn new(
        app: App,
        (paper, form): (Paper, &'static Form),
        beside: &Beside,
        record: &Record,
        me: &Me,
        done: Callback<String>,
    ) -> Self {
        let today = app.today.get_untracked();
        let begun = begin_decision(form, &record.answers, &me.name, &app.host().new_id().to_string(), today);
        let records: Vec<&Record> = beside.records.iter().collect();
        let people = match paper {
            Paper::Request | Paper::Allocation => assistants(beside.people, &beside.settings),
            _ => people(beside.people),
        };
        let check = move |answers: &Answers| form.check_decision(answers, app.today.get_untracked());
        let sheet = Offers::of(&records, people, today).lay_out(Sheet::new(begun, check).of(form));
        let asks = form.decision.iter().flat_map(|section| section.fields).any(|field| field.key == REMARKS.name());
        let remarks = if asks { sheet } else { Sheet::new(Answers::default(), |_| Vec::new()) };
        let (standing, returning) = (StoredValue::new(record.answers.clone()), RwSignal::new(false));
        let writer = Writer::new(app, record, sheet, done);
        Self { app, paper, form, standing, sheet, remarks, returning, writer }
    }

    fn settles_as(self) -> &'static str {
        match ruling(self.paper) {
            Some(_) => "Zapisz decyzję",
            None => "Zatwierdź",
        }
    }

    fn settle(self) {
        if self.sheet.attempt() {
            return self.app.host().focus("summary-errors");
        }
        let settled = self.sheet.answers.with_untracked(|answers| settle(self.paper, self.form, answers));
        let lead = match settled.get(LIFE) {
            Some(Life::Returned) => "Zwrócono z uwagami.",
            _ if ruling(self.paper).is_some() => "Zapisano decyzję.",
            _ => "Zatwierdzono.",
        };
        self.write(&settled, lead);
    }

    /// Where the form can say it itself, its ruling does; else the remarks are asked for.
    fn give_back(self) {
        if let Some(code) = sent_back_by(self.paper) {
            self.sheet.set("decision", Some(Value::Text(code.to_owned())));
            return self.app.host().focus(&control_id(note_of(self.paper)));
        }
        self.returning.set(true);
        self.app.host().focus(&control_id(REMARKS.name()));
    }

    fn send_back(self) {
        let remarks = self.remarks.answers.with_untracked(|answers| answers.text(REMARKS).to_owned());
        if remarks.trim().is_empty() {
            self.remarks.refuse(vec![Problem::error(REMARKS.name(), "Napisz, co trzeba poprawić.")]);
            return self.app.host().focus(&control_id(REMARKS.name()));
        }
        let back = self.standing.with_value(|standing| send_back(self.form, standing, &remarks));
        self.write(&back, "Zwrócono z uwagami.");
    }

    fn write(self, after: &Answers, lead: &'static str) {
        let edits = self.standing.with_value(|standing| edits_between(standing, after));
        self.writer.write(edits, lead);
    }

    /// What must be put right, and the button that sends it back.
    fn remarks(self) -> AnyView {
        let own = self.form.field(REMARKS.name()).is_none();
        let field = own.then(|| view! { <FieldView sheet=self.remarks form=&course::FORM key="remarks"/> });
        let busy = move || self.writer.is_busy().then_some("true");
        view! {
            {field}
            <p>
                <button class="btn btn-primary" type="button" id="zwroc-teraz" aria-busy=busy
                    on:click=move |_| self.send_back()>
                    <Icon name="undo"/>" Zwróć"
                </button>
            </p>
        }
        .into_any()
    }

    fn listen(self) {
        on_keys(move |key| {
            match key {
                "z" => self.settle(),
                "r" => self.give_back(),
                _ => return false,
            }
            true
        });
    }
}
