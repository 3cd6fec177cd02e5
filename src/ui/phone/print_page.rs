//! Prints on the phone, made of what is on the device: without a network as well.

use super::{
    family::{code_param, family_of_address},
    shell::NotHere,
};
use crate::{
    api::session::Me,
    domain::{
        answer_words::Referred,
        caseload::FamilyLine,
        documents::RecordKind,
        ids::{ChangeId, RecordId, Rev},
        print::{Around, What, office, paper},
        record::{Record, Stamp},
    },
    sync::replica::{Draft, Replica},
    ui::{
        context::{App, app},
        parts::{
            Empty,
            print_sheet::{print_page, sheet_view},
            task_sheet::{Frame, task_sheet},
        },
    },
};
use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};

/// `/rodziny/R11/druk/…`: see [`What`].
#[component]
pub fn PrintPage() -> AnyView {
    let app: App = app();
    let line = family_of_address(app, code_param());
    let params = use_params_map();
    let what = Memo::new(move |_| params.with(|params| params.get("what")?.parse::<What>().ok()));
    (move || {
        let shown = line.get().zip(what.get()).zip(app.me()).and_then(|((line, what), me)| {
            app.read(|replica| shown(app, &me, replica, &line, what, app.today.get())).flatten()
        });
        shown.unwrap_or_else(|| view! { <NotHere/> }.into_any())
    })
    .into_any()
}

fn shown(app: App, me: &Me, replica: &Replica, line: &FamilyLine, what: What, today: NaiveDate) -> Option<AnyView> {
    let draft = match what {
        What::Paper(id) => as_written(replica, id),
        _ => None,
    };
    let mut records: Vec<&Record> = replica.records().filter(|record| record.family == line.family).collect();
    if let Some(draft) = &draft {
        records.retain(|record| record.id != draft.id);
        records.push(draft);
    }
    let base = ["/rodziny/", &line.code].concat();
    if what == What::OurTasks {
        return Some(our_tasks(app, me, replica, line, &records, today));
    }
    let back = match what {
        What::Paper(id) => [&base, "/dokumenty/", &id.to_string()].concat(),
        _ => [&base, "/dokumenty"].concat(),
    };
    let referred = Referred::of(records.iter().copied());
    let sheet = with_around(replica, me, Some(line), &records, &referred, today, |around| what.sheet(around))?;
    Some(print_page(app, back, sheet_view(sheet)))
}

/// `/miesiac/2026-11/druk/<id>`: a paper about the person's own work.
#[component]
pub fn PrintMonthPage() -> AnyView {
    let app: App = app();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<RecordId>().ok()));
    let back =
        Memo::new(move |_| ["/miesiac/", &params.with(|params| params.get("month")).unwrap_or_default()].concat());
    (move || {
        let shown = id.get().zip(app.me()).and_then(|(id, me)| {
            app.read(|replica| {
                let record = as_written(replica, id).or_else(|| replica.record(id).cloned())?;
                let referred = Referred::of(replica.records().filter(|record| record.kind == RecordKind::Family));
                let sheet =
                    with_around(replica, &me, None, &[], &referred, app.today.get(), |around| paper(around, &record));
                Some(print_page(app, back.get(), sheet_view(sheet)))
            })
            .flatten()
        });
        shown.unwrap_or_else(|| view! { <NotHere/> }.into_any())
    })
    .into_any()
}

fn with_around<T>(
    replica: &Replica,
    me: &Me,
    family: Option<&FamilyLine>,
    records: &[&Record],
    referred: &Referred,
    today: NaiveDate,
    print: impl FnOnce(&Around<'_>) -> T,
) -> T {
    let name_of = |id: &str| id.parse().map(|id| replica.name_of(id).to_owned()).unwrap_or_default();
    // Everybody in the case team reads the whole paper.
    print(&Around {
        family,
        records,
        referred,
        book: replica.book(),
        office_name: &me.office_name,
        name_of: &name_of,
        may_see: |_| true,
        today,
    })
}

/// A paper as it is being written on this device.
fn as_written(replica: &Replica, id: RecordId) -> Option<Record> {
    let draft = replica.drafts().into_iter().find(|draft| draft.kind == RecordKind::Paper && draft.record == id)?;
    let standing = replica.record(id).cloned();
    Some(Record { answers: draft.answers.clone(), ..standing.unwrap_or_else(|| begun(replica, draft)) })
}

/// A record that nobody has but this device.
fn begun(replica: &Replica, draft: &Draft) -> Record {
    let stamp = Stamp { by: replica.me, at: draft.saved_at, change: ChangeId(draft.id.0) };
    Record {
        id: draft.record,
        kind: draft.kind,
        family: draft.family,
        rev: Rev::NONE,
        made: stamp.clone(),
        changed: stamp,
        form: draft.form,
        answers: draft.answers.clone(),
        rewrites: Vec::new(),
        disputes: Vec::new(),
        marks: Default::default(),
    }
}

fn our_tasks(
    app: App,
    me: &Me,
    replica: &Replica,
    line: &FamilyLine,
    records: &[&Record],
    today: NaiveDate,
) -> AnyView {
    let back = ["/rodziny/", &line.code, "/zadania"].concat();
    let frame = Frame {
        office: office(replica.book(), &me.office_name),
        next: line.next_visit,
        assistant: me.name.clone(),
        today,
    };
    match task_sheet(records, line.family, frame) {
        Some(sheet) => print_page(app, back, sheet),
        None => view! {
            <Empty icon="task" title="Nie ma otwartych zadań" text="Arkusz powstaje z zadań, które rodzina ma do zrobienia.">
                <A href=back attr:class="btn">"Wróć do zadań"</A>
            </Empty>
        }
        .into_any(),
    }
}
