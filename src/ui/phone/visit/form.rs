//! The form of the visit card: its head, its sections, and what happens at "Zapisz".

use super::{
    opening::{Opening, open, other_times},
    sections::{tasks_section, what_next, what_we_did, when_and_who},
    seen::also_seen,
    writing::{Desk, Saved, Writing, autosave, finish},
};
use crate::{
    domain::{caseload::FamilyLine, codes::EntryKind, documents::visit_card, form::Answers, visit_draft, words},
    ui::{
        context::{App, PhoneSession, app, drop_draft, save_draft},
        form::{Sheet, field::ErrorSummary},
        parts::Icon,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

/// The form.
#[component]
pub fn VisitForm(session: PhoneSession, line: FamilyLine, kind: EntryKind, start: bool) -> impl IntoView {
    let app: App = app();
    let opening = session.device.with_pen(|pen| open(&session.device.replica(), &line, kind, start, pen));
    let Opening { draft, resumed, last, tasks, members, children, goals, favourites } = opening;
    let at_home: Vec<String> = children.iter().map(|child| child.id.clone()).collect();
    let around = visit_card::Surroundings {
        children_at_home: at_home,
        other_times: other_times(&session.device.replica(), &draft.answers),
    };
    let checked = tasks.clone();
    let check_around = around.clone();
    let day = app.today.get_untracked();
    let sheet = Sheet::new(draft.answers.clone(), move |answers| {
        visit_draft::check(answers, day, &check_around, &checked.iter().collect::<Vec<_>>())
    })
    .offering(members, children, goals);

    let desk = StoredValue::new_local(Writing { app, session, draft, tasks: tasks.clone(), around, over: false });
    let saved = RwSignal::new(match resumed {
        true => Saved::At(desk.with_value(|desk| desk.draft.saved_at)),
        false => Saved::Nothing,
    });
    autosave(sheet, desk, saved);
    also_seen(sheet);

    let busy = RwSignal::new(false);
    let navigate = use_navigate();
    let home = format!("/rodziny/{}", line.code);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        if sheet.attempt() {
            app.host().focus("summary-errors");
            return;
        }
        busy.set(true);
        let (navigate, home) = (navigate.clone(), home.clone());
        app.host().spawn(Box::pin(async move {
            match finish(desk, sheet).await {
                Ok(()) => {
                    app.say("Zapisane na tym telefonie.");
                    navigate(&home, Default::default());
                }
                Err(said) => app.say(said),
            }
            busy.set(false);
        }));
    };
    let saved_note = move || {
        let offset = app.host().offset_minutes();
        match saved.get() {
            Saved::Nothing => String::new(),
            Saved::Writing => "Zapisywanie szkicu…".to_owned(),
            Saved::At(at) => {
                let local = at.naive_utc() + chrono::Duration::minutes(offset.into());
                format!("Szkic zapisany {}", words::time(local.time()))
            }
        }
    };
    view! {
        <header class="page-head">
            <div>
                <p class="page-over">{line.code.clone()} " · " {line.locality.clone()}</p>
                <h1>{kind_title(kind)} " – " {line.surname.clone()}</h1>
            </div>
        </header>
        <form on:submit=submit novalidate>
            <ErrorSummary sheet/>
            {resumed.then(|| resumed_banner(desk, line.code.clone()))}
            {last.map(|last| like_last(app, sheet, last))}
            {when_and_who(sheet)}
            {what_we_did(sheet, favourites)}
            {tasks_section(sheet, tasks)}
            {what_next(sheet)}
            <div class="sticky-actions">
                <button class="btn btn-primary" type="submit" aria-busy=move || busy.get().then_some("true")>"Zapisz"</button>
                <span class="sticky-note" role="status">{saved_note}</span>
            </div>
        </form>
    }
}

fn kind_title(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Visit => "Wizyta",
        EntryKind::MeetingOut => "Spotkanie poza domem",
        EntryKind::Accompany => "Towarzyszenie",
        EntryKind::PhoneFamily => "Rozmowa",
        EntryKind::Institution => "Kontakt z instytucją",
        EntryKind::Team => "Spotkanie zespołu",
        EntryKind::Intervention => "Interwencja",
        EntryKind::ChildHearing => "Towarzyszenie dziecku",
        EntryKind::ContactSupervised => "Kontakt z dzieckiem w pieczy",
        EntryKind::Documentation => "Dokumentacja",
    }
}

fn resumed_banner(desk: Desk, code: String) -> AnyView {
    let navigate = use_navigate();
    let anew = move |_| {
        let taken = desk.try_update_value(|desk| {
            desk.over = true;
            (desk.app, desk.session.clone(), desk.draft.clone())
        });
        let Some((app, session, draft)) = taken else { return };
        let (navigate, code) = (navigate.clone(), code.clone());
        app.host().spawn(Box::pin(async move {
            if let Err(said) = drop_draft(&session, draft.id).await {
                app.say(said);
                return;
            }
            navigate(&format!("/rodziny/{code}"), Default::default());
            app.say_with_undo("Szkic usunięty.", move || {
                let (session, draft) = (session.clone(), draft.clone());
                app.host().spawn(Box::pin(async move {
                    if let Err(said) = save_draft(&session, draft).await {
                        app.say(said);
                    }
                }));
            });
        }));
    };
    view! {
        <div class="banner">
            <Icon name="edit"/>
            <div><p>"To jest szkic zaczęty wcześniej."</p></div>
            <button class="btn" type="button" on:click=anew>"Usuń szkic"</button>
        </div>
    }
    .into_any()
}

/// "Jak ostatnio": the circumstances of the last entry of this kind, with a way back.
fn like_last(app: App, sheet: Sheet, last: Answers) -> AnyView {
    let day = last.get(visit_card::DATE).map(words::short_date).unwrap_or_default();
    let fill = move |_| {
        let before = sheet.answers.get_untracked();
        sheet.answers.set(visit_draft::like_last_time(&before, &last));
        app.say_with_undo("Wpisano jak ostatnio.", move || sheet.answers.set(before.clone()));
    };
    view! {
        <p><button class="btn" type="button" on:click=fill><Icon name="copy"/> " Jak ostatnio (" {day} ")"</button></p>
    }
    .into_any()
}
