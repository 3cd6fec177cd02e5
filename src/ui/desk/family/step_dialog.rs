//! The question of a step: exactly what its rule asks for, and what deserves a look before.

use super::hands::Hands;
use crate::{
    api::{
        desk::{DeskPerson, list_colleagues},
        error::ApiError,
    },
    domain::{
        access::Role,
        change::{Action, Change},
        codes::Basis,
        deadlines::Settings,
        documents::case_card::{ClosingReason, Stage},
        form::{Answers, Field, Form, Key, Kind, Must, Problem, Rule as FieldRule, Section, Value, When},
        ids::UserId,
        order::set_of,
        procedure::{Ask, Given, Rule, Transition, rule},
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
use chrono::NaiveDate;
use leptos::{prelude::*, task::spawn_local};
use std::collections::BTreeSet;

const ON: Key<NaiveDate> = Key::new("on");
const ASSISTANT: Key<UserId> = Key::new("assistant");
const BASIS: Key<BTreeSet<String>> = Key::new("basis");
const CLOSING: Key<ClosingReason> = Key::new("closing");
const MONTHS: Key<i64> = Key::new("months");
const REASON: Key<String> = Key::new("reason");

/// What the step asks for stands among the answers, so that the fields depend on it as on any answer.
const ASKS_ASSISTANT: Key<bool> = Key::new("asks_assistant");
const ASKS_BASIS: Key<bool> = Key::new("asks_basis");
const ASKS_CLOSING: Key<bool> = Key::new("asks_closing");
const ASKS_MONTHS: Key<bool> = Key::new("asks_months");
const TAKES_REASON: Key<bool> = Key::new("takes_reason");
const ASKS_REASON: Key<bool> = Key::new("asks_reason");

const OF_ASSISTANT: When = When::Yes("asks_assistant");
const OF_BASIS: When = When::Yes("asks_basis");
const OF_CLOSING: When = When::Yes("asks_closing");
const OF_MONTHS: When = When::Yes("asks_months");

/// Everything that any step asks for.
static FORM: Form = Form {
    number: "",
    title: "Krok",
    version: 1,
    sections: &[Section {
        title: "Krok",
        fields: &[
            Field::new("on", "Dzień", Kind::Date).required(),
            Field::new("assistant", "Asystent rodziny", Kind::Person)
                .required_when(OF_ASSISTANT)
                .shown_when(OF_ASSISTANT),
            Field::new("basis", "Podstawa objęcia", Kind::Many(Basis::CHOICES))
                .required_when(OF_BASIS)
                .shown_when(OF_BASIS),
            Field::new("closing", "Przyczyna zakończenia", Kind::One(ClosingReason::CHOICES))
                .required_when(OF_CLOSING)
                .shown_when(OF_CLOSING),
            Field::new("months", "Ile miesięcy monitoringu", Kind::Number { min: 1, max: 12, unit: "mies." })
                .required_when(OF_MONTHS)
                .shown_when(OF_MONTHS),
            Field::new("reason", "Uzasadnienie", Kind::Text { min: 3, max: 1000 })
                .required_when(When::Either(&When::Yes("asks_reason"), &When::Is("closing", &["OTHER"])))
                .shown_when(When::Yes("takes_reason")),
        ],
    }],
    decision: &[],
    rules: &[FieldRule::new("on", Must::NotInFuture, "Data nie może być późniejsza niż dziś.")],
};

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
}

/// The answers that the question begins with.
fn begun(rule: &Rule, today: NaiveDate) -> Answers {
    let mut answers = Answers::default().with(ON, today);
    for ask in rule.asks {
        match ask {
            Ask::Reason => {
                answers.put(TAKES_REASON, true);
                answers.put(ASKS_REASON, true);
            }
            Ask::ReasonIfShort => answers.put(TAKES_REASON, true),
            Ask::Assistant => answers.put(ASKS_ASSISTANT, true),
            Ask::Basis => answers.put(ASKS_BASIS, true),
            Ask::Closing(_) => {
                answers.put(ASKS_CLOSING, true);
                answers.put(TAKES_REASON, true);
            }
            Ask::Months => answers.put(ASKS_MONTHS, true),
        }
    }
    answers
}

/// What is said with the step.
fn given(answers: &Answers, today: NaiveDate) -> Given {
    let mut given = Given::on(answers.get(ON).unwrap_or(today));
    given.reason = answers.text(REASON).trim().to_owned();
    given.assistant = answers.get(ASSISTANT);
    given.basis = set_of(answers.set_of(BASIS));
    given.closing = answers.get(CLOSING);
    given.months = answers.get(MONTHS).and_then(|months| u32::try_from(months).ok());
    given
}

/// The reasons that the step may give.
fn reasons(rule: &Rule) -> &'static [ClosingReason] {
    let closing = rule.asks.iter().find_map(|ask| match ask {
        Ask::Closing(reasons) => Some(*reasons),
        _ => None,
    });
    closing.unwrap_or(&[])
}

/// Assistants to choose from, with their load: "Anna Kowal – 12 z 15".
fn offered(people: &[DeskPerson], now: Option<UserId>, settings: &Settings) -> Vec<Pick> {
    let others = people.iter().filter(|person| person.role == Role::Assistant && Some(person.user) != now);
    let pick = |person: &DeskPerson| {
        let load = [person.load.counted(settings).to_string(), settings.cap().to_string()].join(" z ");
        Pick { id: person.user.to_string(), label: [person.name.as_str(), &load].join(" – "), note: String::new() }
    };
    others.map(pick).collect()
}

/// What the load of the chosen assistant says about one more family at this stage.
fn load_says(people: &[DeskPerson], chosen: Option<UserId>, stage: Stage, settings: &Settings) -> Option<String> {
    let person = people.iter().find(|person| Some(person.user) == chosen)?;
    match person.load.takes(stage, settings) {
        Ok(caution) => caution.map(|caution| caution.text()),
        Err(hindrance) => Some(hindrance.text()),
    }
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
    let (settings, step_rule) = (Settings::default(), rule(asked.transition));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        procedure::{FamilyLoad, RULES, WORK_ENDS},
        testing::day,
    };
    use uuid::Uuid;

    fn user(n: u128) -> UserId {
        UserId(Uuid::from_u128(n))
    }

    /// Fields that the question of a step shows, those that must be answered with a mark.
    fn asked(transition: Transition) -> Vec<String> {
        let answers = begun(rule(transition), day("2026-11-22"));
        let shown = FORM.fields().filter(|field| field.is_shown(&answers));
        shown.map(|field| [field.key, if field.is_required(&answers) { "*" } else { "" }].concat()).collect()
    }

    #[test]
    fn a_step_asks_what_its_rule_wants() {
        for (transition, fields) in [
            (Transition::Interview, vec!["on*"]),
            (Transition::Close, vec!["on*", "closing*", "reason"]),
            (Transition::CloseEarly, vec!["on*", "closing*", "reason"]),
            (Transition::ChangeAssistant, vec!["on*", "assistant*", "reason*"]),
            (Transition::ConvertZz, vec!["on*", "basis*"]),
            (Transition::BeginMonitoring, vec!["on*", "months*"]),
            (Transition::RequestMonitoringEnd, vec!["on*", "reason"]),
        ] {
            assert_eq!(asked(transition), fields, "{transition:?}");
        }
        assert!(RULES.iter().all(|rule| asked(rule.transition)[0] == "on*"));
        assert_eq!(reasons(rule(Transition::Close)), WORK_ENDS);
        assert!(reasons(rule(Transition::Interview)).is_empty());
    }

    #[test]
    fn other_reasons_need_words_and_days_do_not_lie_ahead() {
        let today = day("2026-11-22");
        let answers = begun(rule(Transition::Close), today).with(CLOSING, ClosingReason::Other);
        let fields = |answers: &Answers| -> Vec<String> {
            FORM.check_on(answers, today).into_iter().map(|problem| problem.field).collect()
        };
        assert_eq!(fields(&answers), ["reason"]);
        assert!(fields(&answers.clone().with(REASON, "Rodzina wyjechała.".into())).is_empty());
        assert!(fields(&answers.clone().with(CLOSING, ClosingReason::Moved)).is_empty());
        assert_eq!(fields(&answers.with(CLOSING, ClosingReason::Moved).with(ON, day("2026-11-23"))), ["on"]);
    }

    #[test]
    fn what_is_answered_is_given() {
        let today = day("2026-11-22");
        let answers = begun(rule(Transition::ChangeAssistant), today)
            .with(ON, day("2026-11-20"))
            .with(ASSISTANT, user(8))
            .with(REASON, " Długi urlop. ".into());
        let mut expected = Given::on(day("2026-11-20"));
        expected.assistant = Some(user(8));
        expected.reason = "Długi urlop.".into();
        assert_eq!(given(&answers, today), expected);
        let basis = BTreeSet::from(["DIFFICULTIES".to_owned()]);
        let answers = Answers::default().with(BASIS, basis).with(MONTHS, 3).with(CLOSING, ClosingReason::Moved);
        let mut expected = Given::on(today);
        expected.basis = BTreeSet::from([Basis::Difficulties]);
        expected.months = Some(3);
        expected.closing = Some(ClosingReason::Moved);
        assert_eq!(given(&answers, today), expected);
    }

    #[test]
    fn assistants_are_offered_with_their_load() {
        let settings = Settings::default();
        let person = |n: u128, name: &str, role: Role, working: u32| DeskPerson {
            user: user(n),
            name: name.into(),
            role,
            load: FamilyLoad { working, ..FamilyLoad::default() },
        };
        let people = [
            person(1, "Anna Kowal", Role::Assistant, 12),
            person(2, "Ewa Próbna", Role::SocialWorker, 0),
            person(3, "Jan Wzór", Role::Assistant, 14),
            person(4, "Ola Pełna", Role::Assistant, 15),
            person(5, "Iga Obecna", Role::Assistant, 3),
        ];
        let labels: Vec<String> =
            offered(&people, Some(user(5)), &settings).into_iter().map(|pick| pick.label).collect();
        assert_eq!(labels, ["Anna Kowal – 12 z 15", "Jan Wzór – 14 z 15", "Ola Pełna – 15 z 15"]);
        let says = |n| load_says(&people, Some(user(n)), Stage::Cooperation, &settings);
        assert_eq!(says(1), None);
        assert_eq!(says(3).as_deref(), Some("Asystent prowadzi już 14 rodzin z 15."));
        assert!(says(4).is_some_and(|text| text.contains("art. 15 ust. 4")));
        assert_eq!(load_says(&people, None, Stage::Cooperation, &settings), None);
    }
}
