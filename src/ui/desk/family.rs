//! *Teczka*: a family's file, as the office holds it now.

mod cases;
mod disputes;
pub(super) mod duties;
pub(super) mod hands;
mod head;
pub(super) mod owed;
pub(super) mod papers;
mod plan;
mod progress;
mod reader;
mod step_dialog;
mod step_question;
mod steps;
mod story;
mod tasks;
mod terms;
mod ways;

pub(super) use reader::Reader;

use super::live::Live;
use crate::{
    api::desk::{FamilyFile, read_family},
    domain::{access::Role, documents::RecordKind, record::Record},
    ui::{
        context::app,
        parts::{Icon, PageHead},
    },
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use std::ops::Deref;

/// The page `/rodziny/:code`.
#[component]
pub fn DeskFamily() -> AnyView {
    let params = use_params_map();
    let code = Memo::new(move |_| params.with(|params| params.get("code")).unwrap_or_default());
    // One family's data must never stand under another one's code: a new code is a new page.
    view! { {move || file_of(code.get())} }.into_any()
}

fn file_of(code: String) -> AnyView {
    let app = app();
    let asked = code.clone();
    let live = Live::new(|file: &FamilyFile| file.rev, move || Box::pin(read_family(asked.clone())));
    let query = use_query_map();
    let view = Memo::new(move |_| query.with(|parts| FileView::read(parts.get("widok").as_deref())));
    let open = Memo::new(move |_| query.with(|parts| parts.get("dokument")));
    let asked = Memo::new(move |_| query.with(story::read_asked));
    let pages = RwSignal::new(1);
    let role = Memo::new(move |_| app.me().map(|me| me.role));
    let hands = hands::Hands::provide();
    let over = live.fact(|file| [file.line.code.as_str(), &file.line.locality].join(" · "));
    let title = {
        let surname = live.fact(|file| file.line.surname.clone());
        Signal::derive(move || Some(surname.get()).filter(|name| !name.is_empty()).unwrap_or_else(|| code.clone()))
    };
    view! {
        <PageHead title over lead=live.freshness() back=("/rodziny", "Rodziny")>
            <button class="btn no-print" type="button" on:click=move |_| app.host().print()>
                <Icon name="print"/>" Drukuj"
            </button>
        </PageHead>
        {live.view("Odczyt teczki", move || live.with(move |file| {
            let facts = FileFacts::of(file, role.get());
            // A paper that is printed is a paper; what is known of the family beside it is not part of it.
            let reads = view.get() == FileView::Papers && open.with(Option::is_some);
            let beside = if reads { "stack no-print" } else { "stack" };
            view! {
                <div class="stack">
                    {duties::alarms(&facts)}
                    {head::line(&facts)}
                    {disputes::section(&facts)}
                    <div class="with-aside">
                        <div class="stack">
                            {tabs(&facts, view.get())}
                            {match view.get() {
                                FileView::Story => asked.with(|asked| story::section(&facts, asked, pages)),
                                FileView::Tasks => tasks::section(&facts),
                                FileView::Plan => plan::section(&facts),
                                FileView::Terms => terms::section(&facts),
                                FileView::Papers => papers::section(&facts, open.get().as_deref()),
                            }}
                        </div>
                        <aside class=beside aria-label="O rodzinie">{head::aside(&facts)}</aside>
                    </div>
                </div>
            }
            .into_any()
        }))}
        {step_dialog::dialog(hands)}
        {duties::dialog(hands)}
    }
    .into_any()
}

/// Which part of the file is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FileView {
    Story,
    Tasks,
    Plan,
    Papers,
    Terms,
}

impl FileView {
    fn read(word: Option<&str>) -> Self {
        match word {
            Some("zadania") => FileView::Tasks,
            Some("plan") => FileView::Plan,
            Some("dokumenty") => FileView::Papers,
            Some("terminy") => FileView::Terms,
            _ => FileView::Story,
        }
    }
}

/// A file as its parts read it.
pub(super) struct FileFacts<'a> {
    file: &'a FamilyFile,
    reader: Reader<'a>,
}

/// Its papers are read as any others are.
impl<'a> Deref for FileFacts<'a> {
    type Target = Reader<'a>;

    fn deref(&self) -> &Reader<'a> {
        &self.reader
    }
}

impl<'a> FileFacts<'a> {
    pub(super) fn of(file: &'a FamilyFile, role: Option<Role>) -> Self {
        Self { file, reader: Reader::of_family(file, role) }
    }

    fn records(&self, kind: RecordKind) -> impl Iterator<Item = &'a Record> {
        self.file.records.iter().filter(move |record| record.kind == kind)
    }

    /// The newest record of a kind of which one counts: card, case, plan.
    fn newest(&self, kind: RecordKind) -> Option<&'a Record> {
        self.records(kind).max_by_key(|record| record.id)
    }
}

fn tabs(facts: &FileFacts, view: FileView) -> AnyView {
    let base = ["/rodziny/", &facts.file.line.code].concat();
    let open = facts.file.line.open_tasks as usize;
    let papers = facts.records(RecordKind::Paper).count();
    let tab = |own: FileView, query: &str, words: &'static str, count: Option<usize>| {
        let count = count.map(|count| view! { " "<span class="count">{count}</span> });
        view! { <a href=[base.as_str(), query].concat() aria-current=(own == view).then_some("page")>{words}{count}</a> }
    };
    view! {
        <nav class="tabs" aria-label="Teczka">
            {tab(FileView::Story, "", "Oś czasu", None)}
            {tab(FileView::Tasks, "?widok=zadania", "Zadania rodziny", Some(open))}
            {tab(FileView::Plan, "?widok=plan", "Plan", None)}
            {tab(FileView::Papers, "?widok=dokumenty", "Dokumenty", Some(papers))}
            {tab(FileView::Terms, "?widok=terminy", "Terminy", None)}
        </nav>
    }
    .into_any()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::domain::{
        caseload::FamilyLine,
        documents::case_card::Stage,
        form::Answers,
        ids::{FamilyId, Rev},
        testing,
    };
    use uuid::Uuid;

    /// A record without answers.
    pub fn record(n: u128, kind: RecordKind) -> Record {
        testing::record(n, kind, Answers::default())
    }

    /// A file of Sunday, 22 November 2026.
    pub fn file(records: Vec<Record>) -> FamilyFile {
        let line = FamilyLine {
            family: FamilyId(Uuid::nil()),
            code: "R09".into(),
            surname: "Próbna".into(),
            locality: "Wzorcowo".into(),
            stage: Stage::Cooperation,
            assistant: None,
            worker: None,
            flags: vec![],
            adults: 1,
            children: 1,
            since: None,
            last_visit: None,
            next_visit: None,
            open_tasks: 0,
            overdue_tasks: 0,
        };
        let today = "2026-11-22".parse().unwrap_or_default();
        FamilyFile {
            rev: Rev(1),
            today,
            line,
            records,
            stand_ins: vec![],
            people: Default::default(),
            book: Default::default(),
        }
    }
}
