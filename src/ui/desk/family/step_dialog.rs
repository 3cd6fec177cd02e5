//! The question of a step: exactly what its rule asks for, and what deserves a look before.

use super::{
    hands::Hands,
    step_question::{ASSISTANT, BASIS, CLOSING, FORM, begun, given, load_says, offered, reasons},
};
use crate::{
    api::{
        desk::{DeskPerson, list_colleagues},
        error::ApiError,
    },
    domain::{
        change::{Action, Change},
        codes::Basis,
        deadlines::Settings,
        documents::case_card::{ClosingReason, Stage},
        form::{Answers, Problem, Value},
        ids::UserId,
        procedure::{Ask, Transition, rule},
        words,
    },
    ui::{
        context::{App, app},
        desk::writing::{About, NotWritten, change, send},
        form::{
            FieldView, Pick, Sheet,
            chips::{chip, set_chips},
            field::{grouped, picks},
            sheet::Slot,
        },
        parts::{Banner, Dialog, Loading, Tone},
    },
};
use leptos::{prelude::*, task::spawn_local};

/// A step that somebody is about to take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedStep {
    /// The case.
    pub about: About,
    /// The step.
    pub transition: Transition,
    /// Where the case is.
    pub stage: Stage,
    /// Who is its assistant.
    pub now: Option<UserId>,
    /// What deserves a look before.
    pub cautions: Vec<String>,
    /// What the office has set: how many families an assistant may have.
    pub settings: Settings,
}

/// The question of the step that is being taken.
pub fn dialog(hands: Hands) -> AnyView {
    let title = Signal::derive(move || {
        hands.step.with(|step| step.as_ref().map(|step| words::sentence(step.transition.label())).unwrap_or_default())
    });
    view! {
        <Dialog open=hands.step_open title id="krok">
            {move || untrack(|| hands.step.get()).map(|asked| question(hands, asked))}
        </Dialog>
    }
    .into_any()
}

/// The colleagues, once they are read.
type People = RwSignal<Option<Result<Vec<DeskPerson>, ApiError>>>;

fn question(hands: Hands, asked: AskedStep) -> AnyView {
    if !rule(asked.transition).asks.contains(&Ask::Assistant) {
        return form(hands, asked, Vec::new());
    }
    let people: People = RwSignal::new(None);
    spawn_local(async move {
        let read = list_colleagues().await;
        people.try_set(Some(read));
    });
    (move || match people.get() {
        None => view! { <Loading text="Odczyt listy asystentów"/> }.into_any(),
        Some(Ok(people)) => form(hands, asked.clone(), people),
        Some(Err(error)) => view! {
            <Banner tone=Tone::Warn lead="Nie udało się odczytać listy asystentów.".to_owned() text=error.to_string()/>
            <div class="dialog-actions">{cancel(hands.step_open)}</div>
        }
        .into_any(),
    })
    .into_any()
}

/// What the office answered, and what was sent.
#[derive(Clone, Copy)]
struct Answer {
    refused: RwSignal<Vec<Problem>>,
    said: RwSignal<Vec<String>>,
    busy: RwSignal<bool>,
    sent: StoredValue<Option<(Answers, Change)>, LocalStorage>,
}

fn form(hands: Hands, asked: AskedStep, people: Vec<DeskPerson>) -> AnyView {
    let app = app();
    let today = app.today.get_untracked();
    let (settings, step_rule) = (asked.settings.clone(), rule(asked.transition));
    let answer = Answer {
        refused: RwSignal::new(Vec::new()),
        said: RwSignal::new(Vec::new()),
        busy: RwSignal::new(false),
        sent: StoredValue::new_local(None),
    };
    let sheet = Sheet::new(begun(step_rule, today), move |answers| {
        let mut problems = FORM.check_on(answers, today);
        answer.refused.with(|refused| problems.extend(refused.iter().cloned()));
        problems
    })
    .with_people(offered(&people, asked.now, &settings));
    let stage = step_rule.leads_to(Some(asked.stage)).unwrap_or(asked.stage);
    let load = move || {
        let chosen = sheet.answers.with(|answers| answers.get(ASSISTANT));
        load_says(&people, chosen, stage, &settings).map(|text| view! { <Banner tone=Tone::Warn lead=text/> })
    };
    let cautions =
        asked.cautions.iter().map(|text| view! { <Banner tone=Tone::Warn lead=text.clone()/> }).collect_view();
    let action = words::sentence(asked.transition.label());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        answer.refused.set(Vec::new());
        answer.said.set(Vec::new());
        if answer.busy.get_untracked() || sheet.attempt() {
            return;
        }
        answer.busy.set(true);
        let asked = asked.clone();
        app.host().spawn(Box::pin(async move {
            take(app, hands, asked, answer, sheet.answers.get_untracked()).await;
            answer.busy.try_set(false);
        }));
    };
    let said =
        move || answer.said.get().into_iter().map(|text| view! { <Banner tone=Tone::Warn lead=text/> }).collect_view();
    view! {
        <form on:submit=submit novalidate>
            {cautions}
            <FieldView sheet form=&FORM key="on"/>
            <FieldView sheet form=&FORM key="assistant"/>
            {load}
            {basis(sheet)}
            {closing(sheet, reasons(step_rule))}
            <FieldView sheet form=&FORM key="months"/>
            <FieldView sheet form=&FORM key="reason"/>
            <div role="alert">{said}</div>
            <div class="dialog-actions">
                <button class="btn btn-primary" type="submit" aria-busy=move || answer.busy.get().then_some("true")>{action}</button>
                {cancel(hands.step_open)}
            </div>
        </form>
    }
    .into_any()
}

/// Leaves a question as it is.
pub fn cancel(open: RwSignal<bool>) -> AnyView {
    view! { <button class="btn btn-quiet" type="button" on:click=move |_| open.set(false)>"Anuluj"</button> }.into_any()
}

/// Grounds of the ordinary path: "Za życiem" has its own.
fn basis(sheet: Sheet) -> Option<AnyView> {
    let slot = Slot { sheet, field: FORM.field(BASIS.name())?, row: None };
    let shown = slot.shown();
    let offered: Vec<Pick> =
        picks(Basis::CHOICES).into_iter().filter(|pick| pick.id != Basis::ZaZyciem.code()).collect();
    let view = move || shown.get().then(|| grouped(&slot, set_chips(slot.clone(), offered.clone())));
    Some(view.into_any())
}

/// Only the reasons of this step.
fn closing(sheet: Sheet, reasons: &'static [ClosingReason]) -> Option<AnyView> {
    let slot = Slot { sheet, field: FORM.field(CLOSING.name())?, row: None };
    (!reasons.is_empty()).then(|| {
        let chips = reasons.iter().map(|reason| reason_chip(&slot, *reason)).collect_view();
        grouped(&slot, view! { <div class="chips">{chips}</div> }.into_any())
    })
}

fn reason_chip(slot: &Slot, reason: ClosingReason) -> AnyView {
    let (text, slot) = (slot.text(), slot.clone());
    let pressed = move || text.with(|text| text == reason.code());
    chip(reason.label().to_owned(), pressed, move |_| slot.set(Some(Value::Text(reason.code().to_owned()))))
}

/// Takes the step.
async fn take(app: App, hands: Hands, asked: AskedStep, answer: Answer, answers: Answers) {
    let again = answer.sent.try_with_value(|sent| sent.clone()).flatten().filter(|(before, _)| *before == answers);
    let action = Action::Take { step: asked.transition, given: given(&answers, app.today.get_untracked()) };
    let made = again.map(|(_, change)| change).or_else(|| change(app, asked.about, action));
    let Some(made) = made else { return };
    answer.sent.try_set_value(Some((answers, made.clone())));
    match send(app, vec![made]).await {
        Ok(receipt) => {
            hands.step_open.try_set(false);
            let done = ["Zapisano krok „", &words::sentence(asked.transition.label()), "”."].concat();
            let said: Vec<String> = std::iter::once(done).chain(receipt.cautions).collect();
            app.say(said.join(" "));
        }
        Err(NotWritten::Refused { said, problems }) => {
            answer.sent.try_set_value(None);
            refuse(answer, said, problems);
        }
        Err(not_written) => {
            answer.said.try_set(vec![["Nie wysłano. ", &not_written.text()].concat()]);
        }
    }
}

/// What the office says no to, at its field where there is one.
fn refuse(answer: Answer, said: String, problems: Vec<Problem>) {
    let (here, elsewhere): (Vec<Problem>, Vec<Problem>) =
        problems.into_iter().partition(|problem| FORM.field(&problem.field).is_some());
    let mut texts: Vec<String> = elsewhere.into_iter().map(|problem| problem.text).collect();
    if texts.is_empty() && here.is_empty() {
        texts.push(said);
    }
    answer.said.try_set(texts);
    answer.refused.try_set(here);
}
