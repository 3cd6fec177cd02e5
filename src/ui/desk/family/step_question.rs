//! What is asked when a step is taken: exactly what its rule wants, and what of it is given.

use crate::{
    api::desk::DeskPerson,
    domain::{
        access::Role,
        codes::Basis,
        deadlines::Settings,
        documents::case_card::{ClosingReason, Stage},
        form::{Answers, Field, Form, Key, Kind, Must, Rule as FieldRule, Section, When},
        ids::UserId,
        order::set_of,
        procedure::{Ask, Given, Rule},
    },
    ui::form::Pick,
};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// The day.
pub const ON: Key<NaiveDate> = Key::new("on");
/// The assistant.
pub const ASSISTANT: Key<UserId> = Key::new("assistant");
/// Grounds.
pub const BASIS: Key<BTreeSet<String>> = Key::new("basis");
/// Why the case ends.
pub const CLOSING: Key<ClosingReason> = Key::new("closing");
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
pub static FORM: Form = Form {
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

/// The answers that the question begins with.
pub fn begun(rule: &Rule, today: NaiveDate) -> Answers {
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
pub fn given(answers: &Answers, today: NaiveDate) -> Given {
    let mut given = Given::on(answers.get(ON).unwrap_or(today));
    given.reason = answers.text(REASON).trim().to_owned();
    given.assistant = answers.get(ASSISTANT);
    given.basis = set_of(answers.set_of(BASIS));
    given.closing = answers.get(CLOSING);
    given.months = answers.get(MONTHS).and_then(|months| u32::try_from(months).ok());
    given
}

/// The reasons that the step may give.
pub fn reasons(rule: &Rule) -> &'static [ClosingReason] {
    let closing = rule.asks.iter().find_map(|ask| match ask {
        Ask::Closing(reasons) => Some(*reasons),
        _ => None,
    });
    closing.unwrap_or(&[])
}

/// Assistants to choose from, with their load: "Anna Kowal – 12 z 15".
pub fn offered(people: &[DeskPerson], now: Option<UserId>, settings: &Settings) -> Vec<Pick> {
    let others = people.iter().filter(|person| person.role == Role::Assistant && Some(person.user) != now);
    let pick = |person: &DeskPerson| {
        let load = [person.load.counted(settings).to_string(), settings.cap().to_string()].join(" z ");
        Pick { id: person.user.to_string(), label: [person.name.as_str(), &load].join(" – "), note: String::new() }
    };
    others.map(pick).collect()
}

/// What the load of the chosen assistant says about one more family at this stage.
pub fn load_says(people: &[DeskPerson], chosen: Option<UserId>, stage: Stage, settings: &Settings) -> Option<String> {
    let person = people.iter().find(|person| Some(person.user) == chosen)?;
    match person.load.takes(stage, settings) {
        Ok(caution) => caution.map(|caution| caution.text()),
        Err(hindrance) => Some(hindrance.text()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        procedure::{FamilyLoad, RULES, Transition, WORK_ENDS, rule},
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
