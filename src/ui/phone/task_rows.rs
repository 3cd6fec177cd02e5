//! Family tasks inside the visit card: earlier ones to tick off, new ones to agree on.

use crate::{
    domain::{
        codes::{EffectScore, TaskStatus},
        documents::family_task,
        form::{Answers, Form, Value},
        record::Record,
        visit_draft::{NEW_TASKS, TASK_CHECKS},
        words,
    },
    ui::{
        context::{App, app},
        form::{FieldView, Sheet, own::own_cells},
        parts::Icon,
    },
};
use leptos::prelude::*;

/// Earlier open tasks, each with "wykonane / częściowo / nie" and what follows from the answer.
#[component]
pub fn TaskChecks(
    /// The sheet of the card.
    sheet: Sheet,
    /// Open tasks of the family, each with its form.
    tasks: Vec<(Record, &'static Form)>,
) -> impl IntoView {
    if tasks.is_empty() {
        return view! { <p class="muted">"Nie ma wcześniejszych zadań do sprawdzenia."</p> }.into_any();
    }
    let rows = tasks.into_iter().map(|(task, form)| check_row(sheet, task, form)).collect_view();
    view! { <h3>"Sprawdzenie zadań z poprzednich wizyt"</h3> {rows} }.into_any()
}

fn check_row(sheet: Sheet, task: Record, form: &'static Form) -> AnyView {
    let row = task.id.to_string();
    let path = format!("{TASK_CHECKS}/{row}/{}", family_task::STATUS.name());
    let status = sheet.value(&path);
    let due = task.answers.get(family_task::DUE).map(|day| format!("do {}", words::date(day))).unwrap_or_default();
    let choose = {
        let row = row.clone();
        move |chosen: TaskStatus| choose_status(sheet, &row, chosen)
    };
    let buttons = [(TaskStatus::Done, "Wykonane"), (TaskStatus::Partly, "Częściowo"), (TaskStatus::NotDone, "Nie")]
        .into_iter()
        .map(|(code, label)| {
            let choose = choose.clone();
            let pressed = move || status.with(|value| value.as_ref().and_then(Value::text) == Some(code.code()));
            view! {
                <button type="button" aria-pressed=move || pressed().to_string() on:click=move |_| choose(code)>{label}</button>
            }
            .into_any()
        })
        .collect_view();
    let answered = Memo::new(move |_| status.with(Option::is_some));
    let more = move || {
        answered.get().then(|| {
            let cell = |key: &'static str| view! { <FieldView sheet form key row=(TASK_CHECKS, row.clone())/> };
            view! { {cell("effect")} {cell("effect_score")} {cell("reason")} {cell("followup")} {cell("self")} }
        })
    };
    view! {
        <div class="taskcheck">
            <p class="taskcheck-what">{task.answers.text(family_task::TASK).to_owned()} " " <small>{due}</small></p>
            <div class="segmented" role="group" aria-label="Czy wykonane?">{buttons}</div>
        </div>
        {more}
    }
    .into_any()
}

/// Writes the status with the usual effect; the same one again takes the check back.
fn choose_status(sheet: Sheet, row: &str, chosen: TaskStatus) {
    let standing = sheet.answers.with_untracked(|answers| answers.row(TASK_CHECKS, row).get(family_task::STATUS));
    sheet.answers.update(|answers| {
        if standing == Some(chosen) {
            answers.drop_row(TASK_CHECKS, row);
            return;
        }
        let mut cells = answers.row(TASK_CHECKS, row).with(family_task::STATUS, chosen);
        if standing.is_none() {
            let (effect, score) = usual_effect(chosen);
            cells.put(family_task::EFFECT, effect.to_owned());
            cells.put(family_task::EFFECT_SCORE, score);
        }
        answers.put_row(TASK_CHECKS, row, cells);
    });
}

fn usual_effect(status: TaskStatus) -> (&'static str, EffectScore) {
    match status {
        TaskStatus::Done => ("Wykonano zgodnie z ustaleniem.", EffectScore::Visible),
        TaskStatus::Partly => ("Wykonano częściowo.", EffectScore::Small),
        _ => ("Nie wykonano.", EffectScore::None),
    }
}

/// New tasks agreed at this visit.
#[component]
pub fn NewTasks(
    /// The sheet of the card.
    sheet: Sheet,
    /// The form of new tasks.
    form: &'static Form,
) -> impl IntoView {
    let app: App = app();
    let rows = Memo::new(move |_| sheet.answers.with(|answers| answers.rows(NEW_TASKS)));
    let add = move |_| {
        let Some(session) = app.session() else { return };
        let row = session.device.with_pen(|pen| pen.id()).to_string();
        let everybody_home = sheet.members.with_value(|members| members.first().map(|member| member.id.clone()));
        let mut cells = Answers::default().with(family_task::DUE_KIND, crate::domain::codes::DueKind::NextMeeting);
        if let Some(first) = everybody_home {
            cells.put(family_task::WHO, [first].into());
        }
        sheet.answers.update(|answers| answers.put_row(NEW_TASKS, &row, cells));
        app.host().focus(&crate::ui::form::sheet::control_id(&format!("{NEW_TASKS}/{row}/task")));
    };
    view! {
        <h3>"Nowe zadania"</h3>
        <For each=move || rows.get() key=|row| row.clone() children=move |row| new_row(sheet, form, row)/>
        <p><button class="btn" type="button" on:click=add><Icon name="plus"/> " Dodaj zadanie"</button></p>
    }
}

fn new_row(sheet: Sheet, form: &'static Form, row: String) -> AnyView {
    let cell = |key: &'static str| view! { <FieldView sheet form key row=(NEW_TASKS, row.clone())/> }.into_any();
    let fields = view! {
        {cell("task")} {cell("who")} {cell("due_kind")} {cell("due")} {cell("rhythm")}
        <details class="more"><summary class="btn btn-quiet"><Icon name="down"/> " Obszar, cel, pomoc"</summary>
            {cell("area")} {cell("goal")} {cell("help")} {cell("by_assistant")}
        </details>
        {own_cells(sheet, form, (NEW_TASKS, row.clone()))}
    };
    let remove = move |_| {
        let cells = sheet.answers.with_untracked(|answers| answers.row(NEW_TASKS, &row));
        sheet.answers.update(|answers| answers.drop_row(NEW_TASKS, &row));
        let (row, cells) = (row.clone(), cells);
        sheet.say_with_undo("Zadanie usunięte.", move |answers| answers.put_row(NEW_TASKS, &row, cells.clone()));
    };
    view! {
        <fieldset class="card card-body newtask">
            <legend>"Nowe zadanie"</legend>
            {fields}
            <button class="btn btn-quiet" type="button" on:click=remove><Icon name="close"/> " Usuń to zadanie"</button>
        </fieldset>
    }
    .into_any()
}
