//! What the signed-in person owes, on *Pulpit*: alarms that somebody must say they know of, and duties.

use crate::{
    api::desk::DeskOverview,
    domain::{
        caseload::FamilyLine,
        change::{Action, Edit},
        documents::RecordKind,
        duties::{CaseDuty, done, undone},
        ids::Rev,
        order::map_of,
        procedure::Duty,
        words,
    },
    ui::{
        context::{App, app},
        desk::{
            family::{hands::Hands, owed::AskedDuty},
            writing::{About, write_one},
        },
        parts::{Banner, Icon, Tone},
    },
};
use chrono::NaiveDate;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// Duties in view; the others unfold.
const IN_VIEW: usize = 6;

/// Above everything: urgent entries of which nobody in the office has said yet that they know.
pub fn alarms(data: &DeskOverview) -> Vec<AnyView> {
    let app = app();
    let lines = map_of(data.families.iter().map(|line| (line.family, line)));
    let alarms = data.duties.iter().filter(|duty| duty.owed.what == Duty::KnowOfAlarm);
    alarms.filter_map(|duty| Some(alarm(app, lines.get(&duty.family)?, duty))).collect()
}

fn alarm(app: App, line: &FamilyLine, duty: &CaseDuty) -> AnyView {
    let since = duty.owed.since.map(words::date).unwrap_or_default();
    let lead = ["Pilny sygnał: ", &line.code, " ", &line.surname, ", ", &since, "."].concat();
    let href = ["/rodziny/", &line.code].concat();
    let known = duty.clone();
    let know = move |_| settle(app, &known, "Przyjęto do wiadomości.");
    view! {
        <Banner tone=Tone::Danger lead text="Zostaje na górze, dopóki ktoś nie przyjmie go do wiadomości.">
            <a class="btn" href=href>"Otwórz teczkę"</a>
            <button class="btn btn-danger no-print" type="button" on:click=know>
                <Icon name="check"/>" Przyjmuję do wiadomości"
            </button>
        </Banner>
    }
    .into_any()
}

/// *Do załatwienia*: duties of the signed-in person, by their term.
pub fn section(data: &DeskOverview) -> Option<AnyView> {
    let app = app();
    let lines = map_of(data.families.iter().map(|line| (line.family, line)));
    let duties = data.duties.iter().filter(|duty| duty.owed.what != Duty::KnowOfAlarm);
    let mut rows: Vec<AnyView> =
        duties.filter_map(|duty| Some(row(app, lines.get(&duty.family)?, duty, data.today))).collect();
    if rows.is_empty() {
        return None;
    }
    let count = rows.len();
    let rest = rows.split_off(rows.len().min(IN_VIEW));
    let more = (!rest.is_empty()).then(|| {
        view! {
            <details class="more">
                <summary class="btn btn-quiet"><Icon name="down"/>" Pozostałe ("{rest.len()}")"</summary>
                <ul class="list">{rest}</ul>
            </details>
        }
    });
    Some(
        view! {
            <section class="card" aria-labelledby="moje-obowiazki">
                <div class="card-head">
                    <h2 id="moje-obowiazki">"Do załatwienia "<span class="count">{count}</span></h2>
                </div>
                <ul class="list">{rows}</ul>
                {more}
            </section>
        }
        .into_any(),
    )
}

fn row(app: App, line: &FamilyLine, duty: &CaseDuty, today: NaiveDate) -> AnyView {
    let owed = &duty.owed;
    let asked = AskedDuty { about: about_case(duty), owed: owed.clone() };
    let with_note = use_context::<Hands>().map(|hands| {
        let name = owed.title();
        view! {
            <button class="btn btn-small btn-quiet no-print" type="button" on:click=move |_| hands.settle(asked.clone())>
                "Z notatką"<span class="visually-hidden">": "{name}</span>
            </button>
        }
    });
    let since = owed.since.map(|day| [" · od ", &words::date(day)].concat()).unwrap_or_default();
    let about = [line.code.as_str(), " ", &line.surname, &since].concat();
    let due = owed.due.map(|due| {
        let state = if due < today { "overdue" } else { "warn" };
        let state = ((due - today).num_days() <= 7).then_some(state);
        view! { <span class="badge" data-state=state>{words::days_left(due, today)}</span> }
    });
    let (title, href, settled) = (owed.title(), ["/rodziny/", &line.code].concat(), duty.clone());
    let done = move |_| settle(app, &settled, "Załatwione.");
    view! {
        <li class="row">
            <span class="row-lead"><Icon name="task"/></span>
            <div class="row-main"><a class="row-title" href=href>{title}</a><p class="row-meta">{about}</p></div>
            <div class="row-trail">
                {due}
                {with_note}
                <button class="btn btn-small no-print" type="button" on:click=done><Icon name="check"/>" Załatwione"</button>
            </div>
        </li>
    }
    .into_any()
}

fn about_case(duty: &CaseDuty) -> About {
    let (kind, form) = (RecordKind::Case, RecordKind::Case.form().version);
    About { record: duty.case, kind, family: duty.family, base: duty.rev, form }
}

/// Ticks a duty off, with a way back.
fn settle(app: App, duty: &CaseDuty, said: &'static str) {
    let about = about_case(duty);
    let edits = done(&duty.owed.row, &duty.owed.note, app.today.get_untracked(), "");
    app.host().spawn(Box::pin(async move {
        match write_one(app, about, Action::Write(edits.clone())).await {
            Ok(rev) => say_done(app, About { base: rev, ..about }, edits, said),
            Err(text) => app.say(text),
        }
    }));
}

/// Says that a duty was ticked off; "Cofnij" takes it back.
pub fn say_done(app: App, about: About, edits: BTreeMap<String, Edit>, said: &'static str) {
    let undo = move || {
        let edits = undone(&edits);
        app.host().spawn(Box::pin(async move {
            let said = match write_one(app, about, Action::Write(edits)).await {
                Ok(Rev(_)) => "Cofnięto.".to_owned(),
                Err(text) => text,
            };
            app.say(said);
        }));
    };
    app.say_with_undo(said, undo);
}
