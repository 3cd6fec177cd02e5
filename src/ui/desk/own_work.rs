//! The papers of somebody's own work at the desk: their report of a month, records of time and of the car, trainings.

use super::{
    family::{Reader, papers},
    live::Live,
    paper::{Beside, body_in},
};
use crate::{
    api::desk::{DeskPerson, OwnWork, list_colleagues, read_own_work},
    domain::{
        deadlines::Settings,
        documents::{
            RecordKind,
            papers::{
                course::{PAPER, day_of},
                month::month_of_paper,
            },
        },
        form::field::read_month,
        ids::{RecordId, UserId},
        order::sort_by_key,
        paper_words,
        record::Record,
        words,
    },
    ui::{
        context::{App, app},
        parts::{Empty, Icon, PageHead, Timeline, TimelineItem, page::TITLE_ID},
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use std::cmp::Reverse;

const STAFF: &str = "/pracownicy";

/// Where the file of a person's own work stands.
pub fn file_href(user: UserId) -> String {
    [STAFF, "/", &user.to_string()].concat()
}

fn print_href(user: UserId, id: RecordId) -> String {
    ["/pracownicy/", &user.to_string(), "/druk/", &id.to_string()].concat()
}

/// Where one of its papers stands.
pub fn paper_href(user: UserId, paper: RecordId) -> String {
    [&file_href(user), "/dokumenty/", &paper.to_string()].concat()
}

/// `/pracownicy/:user`: everything that the office has of somebody's own work, the newest first.
#[component]
pub fn DeskOwnWork() -> AnyView {
    let user = user_param();
    // One person's papers must never stand under another one's name: a new person is a new page.
    view! { {move || user.get().map_or_else(not_here, file)} }.into_any()
}

/// `/pracownicy/:user/dokumenty/:id`: one of those papers.
#[component]
pub fn DeskOwnPaper() -> AnyView {
    let app = app();
    let (user, params) = (user_param(), use_params_map());
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<RecordId>().ok()));
    // After a decision it is read anew, as it stands now.
    let turn = RwSignal::new(0);
    let done = Callback::new(move |said: String| {
        app.say(said);
        turn.update(|turn| *turn += 1);
    });
    view! {
        {move || {
            turn.track();
            match user.get().zip(id.get()) {
                Some((user, id)) => paper_page(app, user, id, done),
                None => not_here(),
            }
        }}
    }
    .into_any()
}

fn user_param() -> Memo<Option<UserId>> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get("user")?.parse::<UserId>().ok()))
}

/// A paper beside the list that it was chosen from. `done` is called with what to tell when it is decided.
pub fn chosen(app: App, user: UserId, id: RecordId, done: Callback<String>) -> AnyView {
    let live = around(user);
    let show = move || {
        let Some(around) = untrack(|| live.get()) else { return ().into_any() };
        Effect::new(move |_| app.host().focus(papers::HEADING_ID));
        view! {
            <p class="no-print"><a href=file_href(user)>"Praca własna: "{around.name(user)}</a></p>
            {around.body(app, id, done)}
        }
        .into_any()
    };
    live.view("Odczyt dokumentu", show)
}

fn paper_page(app: App, user: UserId, id: RecordId, done: Callback<String>) -> AnyView {
    let live = around(user);
    let show = move || {
        let Some(around) = untrack(|| live.get()) else { return ().into_any() };
        Effect::new(move |_| app.host().focus(TITLE_ID));
        view! {
            <header class="page-head">
                <div>
                    <p class="page-over no-print"><a href=file_href(user)>"Praca własna"</a></p>
                    <h1 id=TITLE_ID tabindex="-1">{around.name(user)}</h1>
                </div>
                <div class="actions">
                    <a class="btn no-print" href=print_href(user, id)><Icon name="print"/>" Drukuj"</a>
                </div>
            </header>
            {around.body(app, id, done)}
        }
        .into_any()
    };
    live.view("Odczyt dokumentu", show)
}

/// The file and the people of the office, read once: a decision must not move under the hands.
struct Around {
    work: OwnWork,
    people: Vec<DeskPerson>,
}

impl Around {
    fn name(&self, user: UserId) -> String {
        self.work.people.get(&user).cloned().unwrap_or_default()
    }

    fn body(&self, app: App, id: RecordId, done: Callback<String>) -> AnyView {
        let role = untrack(|| app.me()).map(|me| me.role);
        let reader = Reader::of_own_work(&self.work, role);
        // Nobody is allocated by a paper of one's own work: the office's cap is not asked for.
        let settings = Settings::default();
        let beside = Beside { records: &self.work.records, people: &self.people, settings, reader };
        body_in(app, &beside, id, done).unwrap_or_else(not_here)
    }
}

fn around(user: UserId) -> Live<Around> {
    Live::once(
        |around: &Around| around.work.rev,
        move || {
            Box::pin(async move { Ok(Around { work: read_own_work(user).await?, people: list_colleagues().await? }) })
        },
    )
}

fn file(user: UserId) -> AnyView {
    let app = app();
    let live = Live::new(|work: &OwnWork| work.rev, move || Box::pin(read_own_work(user)));
    let title = live.fact(move |work| work.people.get(&user).cloned().unwrap_or_default());
    view! {
        <PageHead title lead=live.freshness() back=(STAFF, "Pracownicy")>
            <button class="btn no-print" type="button" on:click=move |_| app.host().print()>
                <Icon name="print"/>" Drukuj"
            </button>
        </PageHead>
        {live.view("Odczyt dokumentów", move || live.with(move |work| papers_of(work, user)))}
    }
    .into_any()
}

fn papers_of(work: &OwnWork, user: UserId) -> AnyView {
    let items: Vec<TimelineItem> = newest_first(&work.records).into_iter().map(|record| item(record, user)).collect();
    if items.is_empty() {
        return view! {
            <Empty icon="document" title="Nie ma jeszcze dokumentów"
                text="Raport miesięczny, ewidencje i szkolenia pojawią się tutaj, gdy asystent złoży je w telefonie."/>
        }
        .into_any();
    }
    view! {
        <section class="card" aria-labelledby="praca-wlasna">
            <div class="card-head">
                <h2 id="praca-wlasna">"Dokumenty pracy własnej "<span class="count">{items.len()}</span></h2>
            </div>
            <div class="card-body"><Timeline items/></div>
        </section>
    }
    .into_any()
}

/// The papers by the day that they count from; of one day, the latest first.
fn newest_first(records: &[Record]) -> Vec<&Record> {
    let mut papers: Vec<&Record> = records.iter().filter(|record| record.kind == RecordKind::Paper).collect();
    sort_by_key(&mut papers, |record| Reverse((day_of(record), record.id)));
    papers
}

fn item(record: &Record, user: UserId) -> TimelineItem {
    let badges = papers::looks(record).into_iter().map(|(tone, icon, text)| (tone, icon, text.to_owned())).collect();
    let remarks = papers::remarks(record).map(|text| ("Do poprawy".to_owned(), text.to_owned()));
    TimelineItem {
        day: day_of(record),
        icon: "document",
        title: title(record),
        href: Some(paper_href(user, record.id)),
        badges,
        lines: remarks.into_iter().collect(),
        ..TimelineItem::default()
    }
}

/// "Raport miesięczny (zał. 14), październik 2026".
fn title(record: &Record) -> String {
    let paper = paper_words::title(&record.answers);
    let month = record.answers.get(PAPER).and_then(|paper| month_of_paper(paper, &record.answers));
    match month.and_then(read_month) {
        Some(first) => [paper, words::month(first)].join(", "),
        None => paper,
    }
}

fn not_here() -> AnyView {
    view! {
        <Empty icon="search" title="Nie ma tu takiego dokumentu" text="Mógł zostać cofnięty albo adres jest niepełny.">
            <a class="btn" href=STAFF>"Pracownicy"</a>
        </Empty>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        documents::papers::{
            course::{HANDED_IN_ON, LIFE, REMARKS},
            monthly_report,
        },
        form::Answers,
        procedure::{Life, Paper},
        testing::{day, record},
    };
    use uuid::Uuid;

    fn paper(n: u128, paper: Paper, life: Life, on: &str) -> Record {
        let answers = Answers::default().with(PAPER, paper).with(LIFE, life).with(HANDED_IN_ON, day(on));
        record(n, RecordKind::Paper, answers)
    }

    #[test]
    fn papers_stand_newest_first_and_say_their_month() {
        let mut report = paper(1, Paper::MonthlyReport, Life::Returned, "2026-11-03");
        report.answers.put(monthly_report::MONTH, "2026-10".into());
        report.answers.put(REMARKS, "Dopisz plan.".into());
        let training = paper(2, Paper::Training, Life::Signed, "2026-11-20");
        let records = [report, training];
        let user = UserId(Uuid::from_u128(9));
        let items: Vec<TimelineItem> = newest_first(&records).into_iter().map(|record| item(record, user)).collect();
        let seen: Vec<_> = items.iter().map(|item| (item.day, item.lines.len())).collect();
        assert_eq!(seen, [(day("2026-11-20"), 0), (day("2026-11-03"), 1)]);
        assert!(items[1].title.ends_with(", październik 2026"), "{}", items[1].title);
        assert!(!items[0].title.contains("2026"), "{}", items[0].title);
        let expected = "/pracownicy/00000000-0000-0000-0000-000000000009\
                        /dokumenty/00000000-0000-0000-0000-000000000002";
        assert_eq!(items[0].href.as_deref(), Some(expected));
    }
}
