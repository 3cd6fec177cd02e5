//! The opinion of whoever is consulted about a paper of another (the social worker about the plan): they write it
//! themselves, beside the paper, and it stands in it with their name and the day.

use super::writer::Writer;
use crate::{
    api::session::Me,
    domain::{
        change::edits_between,
        documents::papers::{
            consultation::{given, may_give, problems},
            plan::{FORM, WORKER_OPINION},
        },
        form::{Answers, Value},
        record::Record,
    },
    ui::{
        context::App,
        desk::unsaved::Unsaved,
        form::{
            Sheet,
            field::control,
            sheet::{Slot, control_id},
        },
        parts::Icon,
    },
};
use leptos::prelude::*;

/// The place for it, for those who are asked and may still give it.
pub fn section(app: App, record: &Record, me: &Me, done: Callback<String>) -> Option<AnyView> {
    if !may_give(&record.answers, me.role) {
        return None;
    }
    let field = FORM.field(WORKER_OPINION.name())?;
    let (by, today) = (me.user, app.today.get_untracked());
    let standing = record.answers.clone();
    let mut begun = Answers::default();
    begun.set_raw(field.key, standing.raw(field.key).cloned());
    let first = begun.clone();
    let whole = {
        let standing = standing.clone();
        move |answers: &Answers| given(&standing, answers.text(WORKER_OPINION), by, today)
    };
    let check = {
        let whole = whole.clone();
        move |answers: &Answers| {
            let mut found = problems(&whole(answers), by, today);
            found.extend(FORM.check_limits(answers));
            found
        }
    };
    let sheet = Sheet::new(begun, check);
    Unsaved::in_form(move || {
        let typed = sheet.answers.try_with_untracked(|answers| answers.raw(WORKER_OPINION.name()).cloned());
        typed.is_some_and(|typed| typed.as_ref() != first.raw(WORKER_OPINION.name()) && !is_blank(typed.as_ref()))
    });
    let writer = Writer::new(app, record, sheet, done);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if sheet.attempt() {
            return app.host().focus(&control_id(WORKER_OPINION.name()));
        }
        let edits = sheet.answers.with_untracked(|answers| edits_between(&standing, &whole(answers)));
        writer.write(edits, "Zapisano opinię.");
    };
    let busy = move || writer.is_busy().then_some("true");
    let name = me.name.clone();
    Some(
        view! {
            <form class="card card-body no-print" id="opinia" on:submit=submit novalidate aria-labelledby="opinia-tytul">
                <h3 id="opinia-tytul">"Twoja opinia o planie"</h3>
                <p class="muted">{["Stanie w planie z podpisem: ", &name, " i dzisiejszą datą. Plan na nią nie czeka."].concat()}</p>
                {control(Slot { sheet, field, row: None })}
                <p><button class="btn btn-primary" type="submit" id="zapisz-opinie" aria-busy=busy>
                    <Icon name="check"/>" Zapisz opinię"
                </button></p>
            </form>
        }
        .into_any(),
    )
}

fn is_blank(value: Option<&Value>) -> bool {
    value.is_none_or(Value::is_blank)
}
