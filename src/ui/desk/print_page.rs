//! Prints at the desk: of a family's file, and of papers about somebody's own work.

use super::{family::Reader, live::Live};
use crate::{
    api::desk::{FamilyFile, OwnWork, read_family, read_own_work},
    domain::{
        answer_words::Referred,
        ids::{RecordId, UserId},
        print::{Around, What, office, paper},
        record::Record,
    },
    ui::{
        context::{App, app},
        parts::{
            Empty,
            print_sheet::{print_page, sheet_view},
            task_sheet::{Frame, task_sheet},
        },
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// `/rodziny/:code/druk/:what`: see [`What`].
#[component]
pub fn DeskPrint() -> AnyView {
    let app = app();
    let params = use_params_map();
    let code = Memo::new(move |_| params.with(|params| params.get("code")).unwrap_or_default());
    let what = Memo::new(move |_| params.with(|params| params.get("what")?.parse::<What>().ok()));
    view! {
        {move || match what.get() {
            Some(what) => of_family(app, code.get(), what),
            None => not_here(),
        }}
    }
    .into_any()
}

fn of_family(app: App, code: String, what: What) -> AnyView {
    let live = Live::once(|file: &FamilyFile| file.rev, move || Box::pin(read_family(code.clone())));
    let show = move || {
        let file = untrack(|| live.get());
        file.and_then(|file| family_print(app, &file, what)).unwrap_or_else(not_here)
    };
    live.view("Przygotowanie wydruku", show)
}

fn family_print(app: App, file: &FamilyFile, what: What) -> Option<AnyView> {
    let base = ["/rodziny/", &file.line.code].concat();
    let back = match what {
        What::Paper(id) => [&base, "?widok=dokumenty&dokument=", &id.to_string()].concat(),
        What::OurTasks | What::TaskCard => [&base, "?widok=zadania"].concat(),
        What::WorkCard(_) | What::Blank(_) => [&base, "?widok=dokumenty"].concat(),
    };
    let records: Vec<&Record> = file.records.iter().collect();
    let me = untrack(|| app.me())?;
    let reader = Reader::of_family(file, Some(me.role));
    if what == What::OurTasks {
        let frame = Frame {
            office: office(&file.book, &me.office_name),
            next: file.line.next_visit,
            assistant: file.line.assistant.and_then(|user| file.people.get(&user)).cloned().unwrap_or_default(),
            today: file.today,
        };
        return Some(match task_sheet(&records, file.line.family, frame) {
            Some(sheet) => print_page(app, back, sheet),
            None => view! {
                <Empty icon="task" title="Nie ma otwartych zadań" text="Arkusz powstaje z zadań, które rodzina ma do zrobienia.">
                    <a class="btn" href=back>"Wróć do zadań"</a>
                </Empty>
            }
            .into_any(),
        });
    }
    let referred = Referred::of(&file.records);
    let name_of = |id: &str| reader.person(id);
    let around = Around {
        family: Some(&file.line),
        records: &records,
        referred: &referred,
        book: &file.book,
        office_name: &me.office_name,
        name_of: &name_of,
        may_see: reader.may_see(),
        today: file.today,
    };
    Some(print_page(app, back, sheet_view(what.sheet(&around)?)))
}

/// `/pracownicy/:user/druk/:id`: a paper about somebody's own work.
#[component]
pub fn DeskOwnPrint() -> AnyView {
    let app = app();
    let params = use_params_map();
    let user = Memo::new(move |_| params.with(|params| params.get("user")?.parse::<UserId>().ok()));
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<RecordId>().ok()));
    view! {
        {move || match user.get().zip(id.get()) {
            Some((user, id)) => of_own_work(app, user, id),
            None => not_here(),
        }}
    }
    .into_any()
}

fn of_own_work(app: App, user: UserId, id: RecordId) -> AnyView {
    let live = Live::once(|work: &OwnWork| work.rev, move || Box::pin(read_own_work(user)));
    let show = move || {
        let work = untrack(|| live.get());
        work.and_then(|work| own_print(app, &work, user, id)).unwrap_or_else(not_here)
    };
    live.view("Przygotowanie wydruku", show)
}

fn own_print(app: App, work: &OwnWork, user: UserId, id: RecordId) -> Option<AnyView> {
    let record = work.records.iter().find(|record| record.id == id)?;
    let me = untrack(|| app.me())?;
    let reader = Reader::of_own_work(work, Some(me.role));
    let referred = Referred::of(&work.records).with_families(&work.families);
    let name_of = |id: &str| reader.person(id);
    let around = Around {
        family: None,
        records: &[],
        referred: &referred,
        book: &work.book,
        office_name: &me.office_name,
        name_of: &name_of,
        may_see: reader.may_see(),
        today: work.today,
    };
    let back = ["/pracownicy/", &user.to_string(), "/dokumenty/", &id.to_string()].concat();
    Some(print_page(app, back, sheet_view(paper(&around, record))))
}

fn not_here() -> AnyView {
    view! {
        <Empty icon="search" title="Nie ma tu takiego wydruku" text="Dokument mógł zostać usunięty ze szkiców albo jest w innej teczce.">
            <a class="btn" href="/rodziny">"Rodziny"</a>
        </Empty>
    }
    .into_any()
}
