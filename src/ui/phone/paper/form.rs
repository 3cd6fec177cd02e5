//! The form of a paper: its sections in order, what may be put aside and what is handed in.

use super::{
    background::OnDevice,
    opening::{Opening, counted},
    steps::{Steps, is_long, steps_view},
};
use crate::{
    domain::{
        caseload::FamilyLine,
        change::{Action, Intent, edits_between},
        documents::papers::{
            self,
            begin::{hand_in, put_aside},
            course::{LIFE, PAPER},
        },
        form::{Answers, stops},
        ids::{FamilyId, RecordId},
        paper_words,
        procedure::{Life, Paper},
    },
    ui::{
        context::{App, PhoneSession, app, intend},
        form::{
            Sheet,
            field::ErrorSummary,
            own::{closing, intro},
            paper::{returned, sections},
            traces::sources_dialog,
        },
        parts::Icon,
        phone::drafting::{Desk, Drafting, Saved, autosave, begun_earlier, saved_note},
    },
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_navigate};
use std::rc::Rc;

/// The form.
#[component]
pub fn PaperForm(session: PhoneSession, home: Home, opening: Opening) -> AnyView {
    let app: App = app();
    let Opening { paper, form, draft, resumed, offers, month } = opening;
    let today = app.today.get_untracked();
    let check = move |answers: &Answers| papers::check(paper, form, answers, today);
    let texts = session.device.replica().book().texts(draft.kind, &draft.answers, draft.form);
    let background = OnDevice::new(Rc::clone(&session.device), draft.family, paper, today).knowing(month);
    let directory = session.device.replica().book().directory.clone();
    let sheet = Sheet::new(draft.answers.clone(), check).of(form).with_directory(directory);
    let sheet = offers.lay_out(sheet).tracing(Rc::new(background));
    let saved = RwSignal::new(if resumed { Saved::At(draft.saved_at) } else { Saved::Nothing });
    let opened = usize::from(draft.section);
    let family = draft.family;
    let head = head(&home, &draft.answers, draft.record, saved);
    let returned = returned(&draft.answers);
    let device = Rc::clone(&session.device);
    let desk = StoredValue::new_local(Drafting { app, session, draft, over: false });
    autosave(sheet, desk, saved);
    let steps = is_long(form).then(|| Steps::new(sheet, form, opened));
    if let Some(steps) = steps {
        remember(steps, desk);
    }

    let back = home.href;
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
            if let Some(steps) = steps.filter(|steps| !untrack(|| steps.is_last())) {
                steps.forward();
                return;
            }
            sheet.settle();
            let (today, standing) = (app.today.get_untracked(), sheet.answers.get_untracked());
            // What nobody types is counted last; it may show that something is missing.
            let whole = device.with_pen(|pen| counted(&device.replica(), family, paper, &standing, pen));
            if whole != standing {
                sheet.answers.set(whole.clone());
            }
            match sheet.attempt() {
                true => app.host().focus("summary-errors"),
                false => leave(hand_in(form, &whole, today), "Złożono. Zapisane na tym telefonie."),
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
            {match steps {
                Some(steps) => view! { <ErrorSummary sheet reach=UnsyncCallback::new(move |path: String| steps.reach(&path))/> }.into_any(),
                None => view! { <ErrorSummary sheet/> }.into_any(),
            }}
            {returned}
            {resumed.then(|| begun_earlier(desk, sheet, back, "To jest szkic zaczęty wcześniej. Jest tylko na tym telefonie."))}
            {intro(&texts)}
            {steps.map_or_else(|| sections(sheet, form, form.sections), steps_view)}
            {closing(&texts)}
            <div class="sticky-actions">
                <button class="btn btn-primary" type="submit" aria-busy=move || busy.get().then_some("true")>{submits(steps)}</button>
                {steps.map(back_button)}
                <button class="btn" type="button" on:click=aside>"Odłóż do teczki"</button>
                <span class="sticky-note" role="status">{move || saved_note(app, saved.get())}</span>
            </div>
        </form>
        {sources_dialog(sheet)}
    }
    .into_any()
}

/// Keeps the section in view with the draft, so that it opens there again.
fn remember(steps: Steps, desk: Desk) {
    Effect::new(move |_| {
        let at = u8::try_from(steps.at().get()).unwrap_or(0);
        desk.try_update_value(|desk| desk.draft.section = at);
    });
}

/// What the main button does: on, and at the end hand in.
fn submits(steps: Option<Steps>) -> AnyView {
    (move || if steps.is_none_or(Steps::is_last) { "Złóż" } else { "Dalej" }).into_any()
}

fn back_button(steps: Steps) -> AnyView {
    let button = move || {
        view! { <button class="btn" type="button" on:click=move |_| steps.back()>"Wstecz"</button> }
    };
    (move || (!steps.is_first()).then(button)).into_any()
}

/// Where a paper stands, and what it leads back to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// Address of the page with the papers.
    pub href: String,
    /// What that page is called.
    pub title: String,
    /// Whose they are: the family, or the month.
    pub of: String,
    /// Where its prints stand, without the paper's id.
    pub prints: String,
}

impl Home {
    /// The papers of a family.
    pub fn of_family(line: &FamilyLine) -> Self {
        let href = ["/rodziny/", &line.code, "/dokumenty"].concat();
        let prints = ["/rodziny/", &line.code, "/druk/"].concat();
        Self { href, title: "Dokumenty".to_owned(), of: line.surname.clone(), prints }
    }
}

fn head(home: &Home, answers: &Answers, record: RecordId, saved: RwSignal<Saved>) -> AnyView {
    let (Home { href, title, of, prints }, name) = (home.clone(), paper_words::title(answers));
    let print = [prints, record.to_string()].concat();
    view! {
        <header class="page-head">
            <div>
                <p class="page-over"><A href=href>{title}</A> " · " {of}</p>
                <h1>{name}</h1>
            </div>
            {move || matches!(saved.get(), Saved::At(_)).then(|| view! {
                <div class="actions"><A href=print.clone() attr:class="btn btn-quiet"><Icon name="print"/> " Drukuj szkic"</A></div>
            })}
        </header>
    }
    .into_any()
}

/// What a paper that is handed in says about the family goes to its card in the same step, so that nobody types it
/// twice.
fn to_card(session: &PhoneSession, family: FamilyId, answers: &Answers) -> Option<Intent> {
    let says = answers.get(PAPER) == Some(Paper::FamilyCard) && answers.get(LIFE) == Some(Life::Signed);
    let replica = session.device.replica();
    let card = crate::ui::phone::family::card(&replica, family).filter(|_| says)?;
    let edits = papers::family_card::to_card(answers, &card.answers);
    let action = (!edits.is_empty()).then_some(Action::Write(edits))?;
    Some(Intent { record: card.id, kind: card.kind, family, form: card.form, action })
}

/// Writes the paper and takes the draft away, in one step.
async fn write(desk: Desk, answers: Answers) -> Result<(), String> {
    let taken = desk.try_update_value(|desk| {
        desk.over = true;
        let draft = &desk.draft;
        let before = draft.before.clone().unwrap_or_default();
        let action = Action::Write(edits_between(&before, &answers));
        let (record, kind, family, form) = (draft.record, draft.kind, draft.family, draft.form);
        let paper = Intent { record, kind, family, form, action };
        let intents: Vec<Intent> = [paper].into_iter().chain(to_card(&desk.session, draft.family, &answers)).collect();
        (desk.app, desk.session.clone(), intents, draft.id)
    });
    let Some((app, session, intents, draft)) = taken else { return Err("Formularz został zamknięty.".to_owned()) };
    let written = intend(app, &session, intents, Some(draft)).await;
    if written.is_err() {
        desk.try_update_value(|desk| desk.over = false);
    }
    written
}
