//! Family tasks (zał. 9) on the phone: the list, and one task with its whole life.

use super::{
    family::{card, code_param, family_of_address, goal_picks},
    shell::NotHere,
    two_versions::TwoVersions,
};
use crate::{
    domain::{
        change::{Action, Intent, edits_between},
        codes::{TaskOrigin, TaskStatus},
        documents::{
            RecordKind, family_card,
            family_task::{self, FamilyTask},
        },
        form::{Answers, Cell as _, Value},
        order::sort_by_key,
        print::What,
        record::Record,
        signals::notice,
        words,
    },
    sync::replica::{Delivery, Replica},
    ui::{
        context::{App, app, intend},
        form::{FieldView, Pick, Sheet, field::ErrorSummary, own::own_section, paper::member_pick},
        parts::{Empty, Icon},
    },
};
use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_router::{
    components::A,
    hooks::{use_navigate, use_params_map},
};

/// A task in a list.
pub fn task_row(code: &str, record: &Record, task: &FamilyTask, today: NaiveDate) -> AnyView {
    let href = format!("/rodziny/{code}/zadania/{}", record.id);
    let disputed = (!record.disputes.is_empty()).then(|| {
        view! { <span class="badge" data-state="warn"><Icon name="copy"/> "dwie wersje"</span> }
    });
    let (what, note, badge) = (task.task.clone(), task_note(task, today), status_badge(task, today));
    let icon = if task.status.is_closed() { "check" } else { "task" };
    view! {
        <li class="row">
            <span class="row-lead"><Icon name=icon/></span>
            <div class="row-main">
                <A href=href attr:class="row-title">{what}</A>
                <p class="row-meta">{note}</p>
            </div>
            <div class="row-trail">{disputed} {badge}</div>
        </li>
    }
    .into_any()
}

fn task_note(task: &FamilyTask, today: NaiveDate) -> String {
    let due = match (task.due, task.checked_on) {
        (_, Some(checked)) => format!("sprawdzone {}", words::relative_day(checked, today)),
        (Some(due), _) => format!("do {}", words::date(due)),
        _ => task.due_kind.label().to_owned(),
    };
    format!("zlecone {} · {due}", words::relative_day(task.given_on, today))
}

fn status_badge(task: &FamilyTask, today: NaiveDate) -> AnyView {
    let (state, icon, word) = match task.status {
        _ if task.is_overdue(today) => ("overdue", "deadline", "po terminie"),
        TaskStatus::Done => ("ok", "check", "wykonane"),
        TaskStatus::Partly => ("warn", "check", "częściowo"),
        TaskStatus::NotDone => ("warn", "close", "niewykonane"),
        TaskStatus::Obsolete => ("", "close", "nieaktualne"),
        TaskStatus::Set | TaskStatus::InProgress => ("", "task", task.status.label()),
    };
    view! { <span class="badge" data-state=state><Icon name=icon/> {word}</span> }.into_any()
}

/// `/rodziny/R11/zadania`: all tasks, open ones first.
#[component]
pub fn TasksPage() -> impl IntoView {
    let app: App = app();
    let code = code_param();
    let line = family_of_address(app, code);
    move || {
        let Some(line) = line.get() else { return view! { <NotHere/> }.into_any() };
        let today = app.today.get();
        let rows = app.read(|replica| rows(replica, line.family, &line.code, today)).unwrap_or_default();
        let (open, closed) = rows;
        let list = |title: &'static str, rows: Vec<AnyView>| {
            (!rows.is_empty()).then(|| {
                let count = rows.len();
                view! {
                    <section class="card">
                        <div class="card-head"><h2>{title} " " <span class="count">{count}</span></h2></div>
                        <ul class="list">{rows}</ul>
                    </section>
                }
            })
        };
        let empty = (open.is_empty() && closed.is_empty()).then(|| view! {
            <Empty icon="task" title="Nie ma jeszcze zadań" text="Zadania dla rodziny zapisuje się w karcie wizyty, w części „Zadania”."/>
        });
        view! {
            <header class="page-head">
                <div>
                    <p class="page-over"><A href=format!("/rodziny/{}", line.code)>{line.surname.clone()}</A></p>
                    <h1>"Zadania rodziny"</h1>
                </div>
                <div class="actions">
                    <A href=What::OurTasks.address(&line.code) attr:class="btn"><Icon name="print"/> " Arkusz „Nasze zadania”"</A>
                    <A href=What::TaskCard.address(&line.code) attr:class="btn btn-quiet"><Icon name="print"/> " Karta (zał. 9)"</A>
                </div>
            </header>
            <div class="stack">{empty} {list("Do zrobienia", open)} {list("Zakończone", closed)}</div>
        }
        .into_any()
    }
}

fn rows(
    replica: &Replica,
    family: crate::domain::ids::FamilyId,
    code: &str,
    today: NaiveDate,
) -> (Vec<AnyView>, Vec<AnyView>) {
    let mut tasks: Vec<_> = replica
        .of_family(family, RecordKind::Task)
        .filter_map(|record| Some((record, FamilyTask::read(&record.answers)?)))
        .collect();
    sort_by_key(&mut tasks, |(record, task)| (std::cmp::Reverse(task.given_on), record.id));
    let (open, closed): (Vec<_>, Vec<_>) = tasks.into_iter().partition(|(_, task)| !task.status.is_closed());
    let draw = |tasks: Vec<(&Record, FamilyTask)>| {
        tasks.iter().map(|(record, task)| task_row(code, record, task, today)).collect()
    };
    (draw(open), draw(closed))
}

/// `/rodziny/R11/zadania/<id>`: one task.
#[component]
pub fn TaskPage() -> impl IntoView {
    let app: App = app();
    let code = code_param();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let standing = Memo::new(move |_| {
        let id = id.get().parse().ok()?;
        app.read(|replica| replica.record(id).cloned()).flatten().filter(|record| record.kind == RecordKind::Task)
    });
    // The form is made anew when the record itself changed: by a choice between versions, or by news.
    move || match standing.get() {
        None => view! { <NotHere/> }.into_any(),
        Some(record) => view! { <TaskForm record code=code.get_untracked()/> }.into_any(),
    }
}

const NOTICE_HELP: &str = "Do terminu tego zadania rodzina sama zgłasza zmianę pracownikowi socjalnemu. Potem informuje go \
                           asystent (rozdział 12 procedury). Zaznacz, jak się dowiedział; w polu „Efekt” można dodać uwagi.";

#[component]
fn TaskForm(record: Record, code: String) -> impl IntoView {
    let app: App = app();
    let today = app.today.get_untracked();
    let (members, goals) = app
        .session()
        .map(|session| {
            let replica = session.device.replica();
            (member_picks(&replica, &record, today), goal_picks(&replica, record.family))
        })
        .unwrap_or_default();
    let before = record.answers.clone();
    let form = app.read(|replica| replica.book().form_of(&record)).unwrap_or(record.kind.form());
    let check = move |answers: &Answers| family_task::check(form, answers);
    let sheet = Sheet::new(record.answers.clone(), check).of(form).offering(members, Vec::new(), goals);
    let closing = Memo::new(move |_| {
        sheet.answers.with(|answers| answers.get(family_task::STATUS).is_some_and(TaskStatus::is_closed))
    });
    Effect::new(move |_| {
        if closing.get() && sheet.answers.with_untracked(|answers| !answers.filled(family_task::CHECKED_ON.name())) {
            sheet.set(family_task::CHECKED_ON.name(), Some(Value::Text(today.to_string())));
        }
    });
    let is_notice = notice::is_notice(&record.answers);
    // Whoever says how the social worker came to know has said that it is done.
    let told = sheet.value(family_task::TOLD.name());
    Effect::new(move |before: Option<Option<Value>>| {
        let now = told.get();
        if before.is_some_and(|before| before != now) && now.is_some() {
            sheet.set(family_task::STATUS.name(), Some(TaskStatus::Done.write()));
        }
        now
    });
    let navigate = use_navigate();
    let back = format!("/rodziny/{code}/zadania");
    let (id, family, version) = (record.id, record.family, record.form);
    let save = {
        let before = before.clone();
        move |answers: Answers, said: &'static str| {
            let edits = edits_between(&before, &answers);
            let Some(session) = app.session() else { return };
            let (navigate, back) = (navigate.clone(), back.clone());
            app.host().spawn(Box::pin(async move {
                if !edits.is_empty() {
                    let (kind, action) = (RecordKind::Task, Action::Write(edits));
                    let intent = Intent { record: id, kind, family, form: version, action };
                    if let Err(text) = intend(app, &session, vec![intent], None).await {
                        app.say(text);
                        return;
                    }
                }
                app.say(said);
                navigate(&back, Default::default());
            }));
        }
    };
    let remind = {
        let save = save.clone();
        move |_| {
            // The reminder takes along what else was written here, so that must be whole too.
            if sheet.attempt() {
                app.host().focus("summary-errors");
                return;
            }
            let answers = sheet.answers.get_untracked().with(family_task::REMINDED_ON, today);
            save(answers, "Zapisano przypomnienie.");
        }
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match sheet.attempt() {
            true => app.host().focus("summary-errors"),
            false => save(sheet.answers.get_untracked(), "Zapisane na tym telefonie."),
        }
    };
    let field = move |key: &'static str| view! { <FieldView sheet form key/> }.into_any();
    let delivery = app.read(|replica| replica.delivery(id)).map(delivery_words);
    let made = app.read(|replica| replica.name_of(record.made.by).to_owned()).unwrap_or_default();
    let disputes = record.disputes.clone();
    let origin = origin(&code, &record);
    let title = record.answers.text(family_task::TASK).to_owned();
    view! {
        <header class="page-head">
            <div>
                <p class="page-over"><A href=format!("/rodziny/{code}/zadania")>"Zadania rodziny"</A></p>
                <h1>{title}</h1>
                <p class="page-lead">"zlecone przez: " {made} {delivery.map(|words| format!(" · {words}"))}{origin}</p>
            </div>
        </header>
        {disputes.into_iter().map(|dispute| view! { <TwoVersions record=record.clone() dispute/> }.into_any()).collect_view()}
        <form on:submit=submit novalidate>
            <ErrorSummary sheet/>
            <section class="section" aria-labelledby="effect-head">
                <h2 class="section-head" id="effect-head">{family_task::FORM.sections[1].title}</h2>
                {is_notice.then(|| view! { <p class="muted">{NOTICE_HELP}</p> })}
                {["told", "status", "checked_on", "effect", "effect_score", "reason", "obsolete_reason", "followup", "self"].map(field)}
                <p><button class="btn" type="button" on:click=remind><Icon name="clock"/> " Przypomniano dziś"</button></p>
            </section>
            <section class="section" aria-labelledby="task-head">
                <h2 class="section-head" id="task-head">{family_task::FORM.sections[0].title}</h2>
                {["task", "who", "by_assistant", "area", "goal", "due_kind", "due", "rhythm", "help"].map(field)}
            </section>
            {own_section(sheet, form)}
            <div class="sticky-actions"><button class="btn btn-primary" type="submit">"Zapisz"</button></div>
        </form>
    }
}

/// What the task comes from, with the way to the meeting that decided it.
fn origin(code: &str, record: &Record) -> Option<AnyView> {
    let origin: TaskOrigin = record.answers.get(family_task::ORIGIN)?;
    let meeting = record.answers.text(family_task::MEETING);
    Some(match meeting.is_empty() {
        true => view! { " · "{origin.label()} }.into_any(),
        false => {
            let href = ["/rodziny/", code, "/dokumenty/", meeting].concat();
            view! { " · "<A href=href>{origin.label()}</A> }.into_any()
        }
    })
}

/// Where a record stands on its way, in words.
pub fn delivery_words(delivery: Delivery) -> &'static str {
    match delivery {
        Delivery::Waiting => "na telefonie, czeka na wysłanie",
        Delivery::Trouble => "do wyjaśnienia",
        Delivery::Sent => "wysłane",
    }
}

fn member_picks(replica: &Replica, record: &Record, today: NaiveDate) -> Vec<Pick> {
    // Somebody who has left stays in a task that names them.
    let named = record.answers.get(family_task::WHO).unwrap_or_default();
    card(replica, record.family)
        .map(|card| family_card::everyone(&card.answers))
        .unwrap_or_default()
        .iter()
        .filter(|member| member.left_on.is_none() || named.contains(&member.id))
        .map(|member| member_pick(member, today))
        .collect()
}
