//! The early end of what the manager has given for some time, written beside the paper that gave it.

use super::writer::Writer;
use crate::{
    api::session::Me,
    domain::{
        change::edits_between,
        documents::papers::{
            course::PAPER,
            early_end::{LAST_DAY, REASON, may_end, problems},
            form_of,
        },
        form::Answers,
        procedure::Paper,
        record::Record,
    },
    ui::{
        context::App,
        desk::unsaved::Unsaved,
        form::{
            Sheet,
            field::{ErrorSummary, control},
            sheet::Slot,
        },
        parts::Icon,
    },
};
use leptos::prelude::*;

/// The place for it, while it can still be ended.
pub fn section(app: App, record: &Record, me: &Me, done: Callback<String>) -> Option<AnyView> {
    let today = app.today.get_untracked();
    if !may_end(&record.answers, me.role, today) {
        return None;
    }
    let paper = record.answers.get(PAPER)?;
    let form = form_of(paper)?;
    let fields = (form.field(LAST_DAY.name())?, form.field(REASON.name())?);
    let standing = record.answers.clone();
    let mut begun = Answers::default();
    for field in [fields.0, fields.1] {
        begun.set_raw(field.key, standing.raw(field.key).cloned());
    }
    let first = begun.clone();
    let whole = {
        let standing = standing.clone();
        move |typed: &Answers| {
            let mut after = standing.clone();
            for key in [LAST_DAY.name(), REASON.name()] {
                after.set_raw(key, typed.raw(key).cloned());
            }
            after
        }
    };
    let check = {
        let whole = whole.clone();
        move |typed: &Answers| {
            let mut found = problems(&whole(typed), today);
            found.extend(form.check_limits(typed));
            found
        }
    };
    let sheet = Sheet::new(begun, check);
    Unsaved::in_form(move || sheet.answers.try_with_untracked(|typed| *typed != first).unwrap_or(false));
    let writer = Writer::new(app, record, sheet, done);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if sheet.attempt() {
            return app.host().focus("summary-errors");
        }
        let edits = sheet.answers.with_untracked(|typed| edits_between(&standing, &whole(typed)));
        writer.write(edits, "Zapisano wcześniejsze zakończenie.");
    };
    let busy = move || writer.is_busy().then_some("true");
    Some(
        view! {
            <details class="card card-body no-print" id="wczesniej">
                <summary class="btn btn-quiet"><Icon name="close"/>" "{title(paper)}</summary>
                <form class="stack" on:submit=submit novalidate>
                    <ErrorSummary sheet/>
                    <p class="muted">{said(paper)}</p>
                    {control(Slot { sheet, field: fields.0, row: None })}
                    {control(Slot { sheet, field: fields.1, row: None })}
                    <p><button class="btn btn-primary" type="submit" id="zakoncz-wczesniej" aria-busy=busy>
                        <Icon name="check"/>" Zakończ"
                    </button></p>
                </form>
            </details>
        }
        .into_any(),
    )
}

fn title(paper: Paper) -> &'static str {
    match paper {
        Paper::Substitution => "Zakończ zastępstwo wcześniej",
        _ => "Cofnij upoważnienie",
    }
}

fn said(paper: Paper) -> &'static str {
    match paper {
        Paper::Substitution => {
            "Od dnia po ostatnim dniu rodziny znikają z telefonu zastępcy. To, co zapisano wcześniej, jeszcze dojdzie."
        }
        _ => "Od dnia po ostatnim dniu ta osoba nie zaloguje się do Asysty.",
    }
}
