//! The papers of a person at the desk: those about their own work (the report of a month, records of time and of the
//! car, trainings), and those that the manager writes about them (authorisation, who stands in for them).

use super::{
    family::papers,
    live::Live,
    paper::{Place, Which, not_here, page},
};
use crate::{
    api::desk::{OwnWork, read_own_work},
    domain::{
        access::Role,
        documents::{
            RecordKind,
            papers::{
                about_person,
                course::{PAPER, day_of},
                month::month_of_paper,
            },
        },
        form::field::read_month,
        ids::{RecordId, UserId},
        order::sort_by_key,
        paper_words,
        procedure::Paper,
        record::Record,
        words,
    },
    ui::{
        context::app,
        parts::{Empty, Icon, PageHead, Timeline, TimelineItem},
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use std::cmp::Reverse;

const STAFF: &str = "/pracownicy";

/// Where the file of a person stands.
pub fn file_href(user: UserId) -> String {
    [STAFF, "/", &user.to_string()].concat()
}

/// Where the print of one of its papers stands.
pub fn print_href(user: UserId, id: RecordId) -> String {
    ["/pracownicy/", &user.to_string(), "/druk/", &id.to_string()].concat()
}

/// Where one of its papers stands.
pub fn paper_href(user: UserId, paper: RecordId) -> String {
    [&file_href(user), "/dokumenty/", &paper.to_string()].concat()
}

/// `/pracownicy/:user`: everything that stands in the file of a person, the newest first.
#[component]
pub fn DeskOwnWork() -> AnyView {
    let user = user_param();
    // One person's papers must never stand under another one's name: a new person is a new page.
    view! { {move || user.get().map_or_else(not_here, file)} }.into_any()
}

/// `/pracownicy/:user/dokumenty/nowy/:paper`: a paper about a person that begins.
#[component]
pub fn DeskNewOwnPaper() -> AnyView {
    let app = app();
    let (user, params) = (user_param(), use_params_map());
    let paper = Memo::new(move |_| params.with(|params| params.get("paper")?.parse::<Paper>().ok()));
    view! {
        {move || match user.get().zip(paper.get()) {
            Some((user, paper)) => page(app, Place::Person(user), Which::New(paper), None),
            None => not_here(),
        }}
    }
    .into_any()
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
                Some((user, id)) => page(app, Place::Person(user), Which::Standing(id), Some(done)),
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

fn file(user: UserId) -> AnyView {
    let app = app();
    let live = Live::new(|work: &OwnWork| work.rev, move || Box::pin(read_own_work(user)));
    let title = live.fact(move |work| work.people.get(&user).cloned().unwrap_or_default());
    let over = live.fact(move |work| work.role.label().to_owned());
    let role = untrack(|| app.me()).map(|me| me.role);
    let back = match role {
        Some(Role::Manager) => (STAFF, "Pracownicy"),
        _ => ("/do-decyzji", "Moje dokumenty"),
    };
    view! {
        <PageHead title over lead=live.freshness() back>
            <button class="btn no-print" type="button" on:click=move |_| app.host().print()>
                <Icon name="print"/>" Drukuj"
            </button>
        </PageHead>
        {live.view("Odczyt dokumentów", move || live.with(move |work| {
            let new = (role == Some(Role::Manager)).then(|| new(work, user));
            view! { <div class="stack">{new}{papers_of(work, user)}</div> }.into_any()
        }))}
    }
    .into_any()
}

/// What the manager can begin here.
fn new(work: &OwnWork, user: UserId) -> AnyView {
    let link = |paper: &Paper| {
        let href = [&file_href(user), "/dokumenty/nowy/", paper.code()].concat();
        view! { <a class="btn" href=href><Icon name="plus"/>" "{words::sentence(paper.label())}</a> }.into_any()
    };
    let links: Vec<AnyView> = about_person(work.role).iter().map(link).collect();
    view! {
        <section class="section no-print" aria-labelledby="nowy-dokument">
            <h2 class="section-head" id="nowy-dokument">"Nowy dokument"</h2>
            <div class="actions">{links}</div>
        </section>
    }
    .into_any()
}

fn papers_of(work: &OwnWork, user: UserId) -> AnyView {
    let items: Vec<TimelineItem> = newest_first(&work.records).into_iter().map(|record| item(record, user)).collect();
    if items.is_empty() {
        return view! {
            <Empty icon="document" title="Nie ma jeszcze dokumentów"
                text="Będą tutaj upoważnienie i zastępstwa tej osoby, a u asystenta także raporty, ewidencje i szkolenia z telefonu."/>
        }
        .into_any();
    }
    view! {
        <section class="card" aria-labelledby="praca-wlasna">
            <div class="card-head">
                <h2 id="praca-wlasna">"Dokumenty "<span class="count">{items.len()}</span></h2>
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
