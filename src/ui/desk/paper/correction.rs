//! A correction (sprostowanie): what was wrong in a paper that was handed in, said beside it.

use super::{opening::may_correct, writer::Writer};
use crate::{
    api::session::Me,
    domain::{
        change::edits_between,
        documents::papers::course::{CORRECTION, CORRECTIONS, FORM},
        form::{Answers, Cell, Problem},
        record::Record,
    },
    ui::{
        context::App,
        form::{
            Sheet,
            field::cell_view,
            sheet::{Slot, control_id},
        },
        parts::Icon,
    },
};
use leptos::prelude::*;

/// The fold with its form, for those who may write one.
pub fn section(app: App, record: &Record, me: &Me, done: Callback<String>) -> Option<AnyView> {
    if !may_correct(record, me.role) {
        return None;
    }
    let row = app.host().new_id().to_string();
    let begun = {
        let mut answers = Answers::default();
        answers.set_raw(&[CORRECTIONS, "/", &row, "/on"].concat(), Some(app.today.get_untracked().write()));
        answers
    };
    let sheet = Sheet::new(begun, problems);
    let writer = Writer::new(app, record, sheet, done);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if sheet.attempt() {
            let first = sheet.problems.with_untracked(|problems| problems.first().map(|problem| problem.field.clone()));
            return app.host().focus(&control_id(&first.unwrap_or_default()));
        }
        let edits = sheet.answers.with_untracked(|answers| edits_between(&Answers::default(), answers));
        writer.write(edits, "Dopisano sprostowanie.");
    };
    let cells: Vec<AnyView> = CORRECTION
        .iter()
        .map(|field| cell_view(Slot { sheet, field, row: Some((CORRECTIONS, row.clone())) }))
        .collect();
    let busy = move || writer.is_busy().then_some("true");
    Some(
        view! {
            <details class="more no-print" id="sprostowanie">
                <summary class="btn btn-quiet"><Icon name="edit"/>" Sprostowanie"</summary>
                <form class="card card-body" on:submit=submit novalidate aria-label="Sprostowanie">
                    <p class="muted">
                        "Złożonego dokumentu się nie zmienia. Sprostowanie stanie przed jego treścią, z datą i nazwiskiem."
                    </p>
                    {cells}
                    <button class="btn btn-primary" type="submit" id="dopisz-sprostowanie" aria-busy=busy>
                        "Dopisz sprostowanie"
                    </button>
                </form>
            </details>
        }
        .into_any(),
    )
}

/// What is wrong with the row; how far the paper has come is no matter of it.
fn problems(answers: &Answers) -> Vec<Problem> {
    let mut problems = FORM.check(answers);
    problems.retain(|problem| problem.field.starts_with(CORRECTIONS));
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::form::Value;

    #[test]
    fn a_correction_says_what_and_why() {
        let mut answers = Answers::default();
        let put = |answers: &mut Answers, cell: &str, text: &str| {
            answers.set_raw(&["corrections/1/", cell].concat(), Some(Value::Text(text.to_owned())));
        };
        put(&mut answers, "on", "2026-11-22");
        let fields = |answers: &Answers| problems(answers).into_iter().map(|problem| problem.field).collect::<Vec<_>>();
        assert_eq!(fields(&answers), ["corrections/1/what", "corrections/1/reason"]);
        put(&mut answers, "what", "Jest 3, powinno być 5.");
        put(&mut answers, "reason", "Pomyłka.");
        assert_eq!(fields(&answers), [""; 0]);
    }
}
