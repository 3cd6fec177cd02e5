//! The form of a paper: its sections in order, what may be put aside and what is handed in.

use super::opening::Opening;
use crate::{
    domain::{
        caseload::FamilyLine,
        change::{Action, Intent, edits_between},
        documents::papers::{
            self,
            begin::{hand_in, put_aside},
            course::{LIFE, REMARKS},
        },
        form::{Answers, Form, Section, Source, stops},
        paper_words,
        procedure::{Life, Paper},
    },
    ui::{
        context::{App, PhoneSession, app, intend},
        form::{
            Sheet,
            field::{ErrorSummary, FieldView},
        },
        parts::Icon,
        phone::drafting::{Desk, Drafting, Saved, autosave, begun_earlier, saved_note},
    },
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_navigate};

/// The form.
#[component]
pub fn PaperForm(session: PhoneSession, line: FamilyLine, opening: Opening) -> AnyView {
    let app: App = app();
    let Opening { paper, form, draft, resumed, members, kin, goals, people } = opening;
    let today = app.today.get_untracked();
    let check = move |answers: &Answers| papers::check(paper, form, answers, today);
    let sheet = Sheet::new(draft.answers.clone(), check)
        .offering(members, Vec::new(), goals)
        .with_people(people)
        .with_family(kin);
    // The goals of a plan are those that are being written in it.
    let sheet = if paper == Paper::Plan { sheet.offering_own_goals() } else { sheet };
    let saved = RwSignal::new(if resumed { Saved::At(draft.saved_at) } else { Saved::Nothing });
    let head = head(&line, &draft.answers);
    let returned = returned(&draft.answers);
    let desk = StoredValue::new_local(Drafting { app, session, draft, over: false });
    autosave(sheet, desk, saved);

    let back = format!("/rodziny/{}/dokumenty", line.code);
    let busy = RwSignal::new(false);
    let leave = {
        let (navigate, back) = (use_navigate(), back.clone());
        move |answers: Answers, said: &'static str| {
            if busy.get_untracked() {
                return;
            }
            busy.set(true);
            let (navigate, back) = (navigate.clone(), back.clone());
            app.host().spawn(Box::pin(async move {
                match write(desk, answers).await {
                    Ok(()) => {
                        app.say(said);
                        navigate(&back, Default::default());
                    }
                    Err(said) => app.say(said),
                }
                busy.set(false);
            }));
        }
    };
    let submit = {
        let leave = leave.clone();
        move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            match sheet.attempt() {
                true => app.host().focus("summary-errors"),
                false => leave(
                    hand_in(form, &sheet.answers.get_untracked(), app.today.get_untracked()),
                    "Złożono. Zapisane na tym telefonie.",
                ),
            }
        }
    };
    let aside = move |_| {
        let answers = put_aside(form, &sheet.answers.get_untracked());
        if stops(&form.check_limits(&answers)) {
            sheet.attempt();
            app.host().focus("summary-errors");
            return;
        }
        leave(answers, "Szkic zapisany w teczce.");
    };
    view! {
        {head}
        <form on:submit=submit novalidate>
            <ErrorSummary sheet/>
            {returned}
            {resumed.then(|| begun_earlier(desk, sheet, back, "To jest szkic zaczęty wcześniej. Jest tylko na tym telefonie."))}
            {form.sections.iter().map(|section| section_view(sheet, form, section)).collect_view()}
            <div class="sticky-actions">
                <button class="btn btn-primary" type="submit" aria-busy=move || busy.get().then_some("true")>"Złóż"</button>
                <button class="btn" type="button" on:click=aside>"Odłóż do teczki"</button>
                <span class="sticky-note" role="status">{move || saved_note(app, saved.get())}</span>
            </div>
        </form>
    }
    .into_any()
}

fn head(line: &FamilyLine, answers: &Answers) -> AnyView {
    view! {
        <header class="page-head">
            <div>
                <p class="page-over"><A href=format!("/rodziny/{}/dokumenty", line.code)>"Dokumenty"</A> " · " {line.surname.clone()}</p>
                <h1>{paper_words::title(answers)}</h1>
            </div>
        </header>
    }
    .into_any()
}

/// What the manager wants put right.
fn returned(answers: &Answers) -> Option<AnyView> {
    let remarks = answers.text(REMARKS).to_owned();
    (answers.get(LIFE) == Some(Life::Returned)).then(|| {
        view! {
            <div class="banner" data-state="warn">
                <Icon name="undo"/><div><p><b>"Zwrócono z uwagami: "</b>{remarks}</p></div>
            </div>
        }
        .into_any()
    })
}

/// A section; what is computed stands in it once it is there.
fn section_view(sheet: Sheet, form: &'static Form, section: &'static Section) -> AnyView {
    let entered = section.fields.iter().filter(|field| !matches!(field.source, Source::Computed(_)));
    let fields = entered.map(|field| view! { <FieldView sheet form key=field.key/> }).collect_view();
    view! {
        <section class="section">
            <h2 class="section-head">{section.title}</h2>
            {fields}
        </section>
    }
    .into_any()
}

/// Writes the paper and takes the draft away, in one step.
async fn write(desk: Desk, answers: Answers) -> Result<(), String> {
    let taken = desk.try_update_value(|desk| {
        desk.over = true;
        let draft = &desk.draft;
        let before = draft.before.clone().unwrap_or_default();
        let action = Action::Write(edits_between(&before, &answers));
        let intent = Intent { record: draft.record, kind: draft.kind, family: draft.family, action };
        (desk.app, desk.session.clone(), intent, draft.id)
    });
    let Some((app, session, intent, draft)) = taken else { return Err("Formularz został zamknięty.".to_owned()) };
    let written = intend(app, &session, vec![intent], Some(draft)).await;
    if written.is_err() {
        desk.try_update_value(|desk| desk.over = false);
    }
    written
}
