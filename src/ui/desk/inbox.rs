//! *Do decyzji*: what waits for the manager, one paper at a time beside the list. For the social worker the same
//! page is *Moje dokumenty*: their drafts and what came back.

use super::{
    keys::{focused_id, on_keys},
    live::Live,
    overview::name,
    paper,
};
use crate::{
    api::desk::{DeskInbox, WaitingPaper, read_inbox},
    domain::{
        access::Role,
        ids::{RecordId, Rev, UserId},
        procedure::Life,
        words,
    },
    ui::{
        context::{App, app},
        parts::{Badge, Empty, Icon, PageHead, Tone},
    },
};
use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    components::A,
    hooks::{use_navigate, use_query_map},
};
use std::collections::BTreeMap;

const ADDRESS: &str = "/do-decyzji";
const ROW_ID: &str = "czeka-";

/// What waits for this person, read once for the page and for the count beside its name.
#[derive(Clone, Copy)]
pub struct Inbox {
    live: Live<DeskInbox>,
    /// Decided here a moment ago, in a reading that still lists it.
    decided: RwSignal<Option<(RecordId, Rev)>>,
}

impl Inbox {
    /// Reads it and follows it; the pages below find it around them.
    pub fn provide() -> Self {
        let live = Live::new(|inbox: &DeskInbox| inbox.rev, || Box::pin(read_inbox()));
        let inbox = Self { live, decided: RwSignal::new(None) };
        provide_context(inbox);
        inbox
    }

    /// The papers to decide about. Tracks them.
    fn waiting(self) -> Vec<WaitingPaper> {
        let Some(inbox) = self.live.get() else { return Vec::new() };
        without(&inbox, self.decided.get())
    }

    /// How many papers wait: for the manager those to decide about, for others their own.
    fn count(self, role: Role) -> usize {
        match role {
            Role::Manager => self.waiting().len(),
            _ => self.live.get().map_or(0, |inbox| inbox.own.len()),
        }
    }
}

/// The papers to decide about, without the one that was decided since they were read.
fn without(inbox: &DeskInbox, decided: Option<(RecordId, Rev)>) -> Vec<WaitingPaper> {
    let is_over = |paper: &WaitingPaper| decided == Some((paper.record, inbox.rev));
    inbox.decide.iter().filter(|paper| !is_over(paper)).cloned().collect()
}

/// What the page is called for this role.
fn title(role: Role) -> &'static str {
    match role {
        Role::Manager => "Do decyzji",
        _ => "Moje dokumenty",
    }
}

/// The place in the navigation, with how many papers wait.
#[component]
pub fn InboxPlace(
    /// What waits.
    inbox: Inbox,
    /// Whose desk it is.
    role: Role,
) -> AnyView {
    let count = Memo::new(move |_| inbox.count(role));
    let shown = move || (count.get() > 0).then(|| view! { " "<span class="count">{count.get()}</span> });
    view! { <A href=ADDRESS><Icon name="inbox"/>" "{title(role)}{shown}</A> }.into_any()
}

/// The page `/do-decyzji`.
#[component]
pub fn DeskInboxPage() -> AnyView {
    let app = app();
    let inbox = expect_context::<Inbox>();
    let role = untrack(|| app.me()).map_or(Role::SocialWorker, |me| me.role);
    let page = Page::new(app, inbox);
    page.listen();
    let live = inbox.live;
    view! {
        <PageHead title=title(role).to_owned() lead=live.freshness()/>
        {live.view("Odczyt dokumentów", move || page.panes(role))}
    }
    .into_any()
}

/// Code of the family and the paper.
type Chosen = (String, RecordId);

/// The page at work.
#[derive(Clone, Copy)]
struct Page {
    app: App,
    inbox: Inbox,
    chosen: Memo<Option<Chosen>>,
    go: Callback<Option<Chosen>>,
}

impl Page {
    fn new(app: App, inbox: Inbox) -> Self {
        let query = use_query_map();
        let navigate = StoredValue::new_local(use_navigate());
        let chosen = Memo::new(move |_| {
            query.with(|parts| Some((parts.get("rodzina")?, parts.get("dokument")?.parse::<RecordId>().ok()?)))
        });
        let go = Callback::new(move |to: Option<Chosen>| {
            let options = NavigateOptions { scroll: false, ..NavigateOptions::default() };
            navigate.with_value(|navigate| navigate(&address(to.as_ref()), options));
        });
        Self { app, inbox, chosen, go }
    }

    fn panes(self, role: Role) -> AnyView {
        let (inbox, chosen) = (self.inbox, self.chosen);
        // The list is drawn anew with each reading; the open paper beside it stays as it is.
        let list = inbox.live.with(move |data| {
            let open = chosen.get().map(|(_, id)| id);
            list(data, &without(data, inbox.decided.get()), open, role)
        });
        if role != Role::Manager {
            return list;
        }
        let show = move || if chosen.with(Option::is_some) { "detail" } else { "list" };
        let detail = move || match chosen.get() {
            Some(chosen) => self.detail(chosen),
            None => view! { <p class="muted">"Wybierz dokument z listy."</p> }.into_any(),
        };
        view! {
            <div class="panes" data-show=show>
                <section class="pane-list" aria-label="Lista dokumentów">{list}</section>
                <section class="pane-detail" aria-label="Dokument">{detail}</section>
            </div>
        }
        .into_any()
    }

    fn detail(self, chosen: Chosen) -> AnyView {
        let (code, id) = chosen.clone();
        let done = Callback::new(move |said: String| {
            self.app.say(said);
            let next = self.neighbour(id, 1).or_else(|| self.neighbour(id, -1));
            if let Some(data) = untrack(|| self.inbox.live.get()) {
                self.inbox.decided.set(Some((id, data.rev)));
            }
            self.inbox.live.reload();
            self.go.run(next);
        });
        view! {
            <p class="inbox-back no-print"><a class="btn btn-quiet" href=ADDRESS><Icon name="back"/>" Lista dokumentów"</a></p>
            <p class="muted keys no-print">
                <kbd class="kbd">"j"</kbd>" – następny, "<kbd class="kbd">"k"</kbd>" – poprzedni"
            </p>
            {paper::chosen(self.app, code, id, done)}
        }
        .into_any()
    }

    /// The paper after or before this one, among those that wait and can be opened.
    fn neighbour(self, id: RecordId, step: isize) -> Option<Chosen> {
        untrack(|| beside(&self.inbox.waiting(), Some(id), step))
    }

    /// `j` and `k` open the next and the previous paper; arrows do it where the list has the focus.
    fn listen(self) {
        on_keys(move |key| {
            let in_list = || focused_id().starts_with(ROW_ID);
            let step = match key {
                "j" => 1,
                "k" => -1,
                "ArrowDown" if in_list() => 1,
                "ArrowUp" if in_list() => -1,
                _ => return false,
            };
            let here = self.chosen.with_untracked(|chosen| chosen.as_ref().map(|(_, id)| *id));
            let next = untrack(|| beside(&self.inbox.waiting(), here, step));
            if let Some(next) = next {
                self.go.run(Some(next));
            }
            true
        });
    }
}

/// The paper so many steps from this one; the first one when none is open. Nothing beyond the ends.
fn beside(waiting: &[WaitingPaper], here: Option<RecordId>, step: isize) -> Option<Chosen> {
    let open: Vec<&WaitingPaper> = waiting.iter().filter(|paper| paper.family.is_some()).collect();
    let at = here.and_then(|id| open.iter().position(|paper| paper.record == id));
    let next = match at {
        Some(at) => at.checked_add_signed(step)?,
        None => 0,
    };
    let paper = open.get(next)?;
    Some((paper.family.as_ref()?.0.clone(), paper.record))
}

fn address(to: Option<&Chosen>) -> String {
    match to {
        Some((code, id)) => [ADDRESS, "?rodzina=", code, "&dokument=", &id.to_string()].concat(),
        None => ADDRESS.to_owned(),
    }
}

fn list(data: &DeskInbox, waiting: &[WaitingPaper], open: Option<RecordId>, role: Role) -> AnyView {
    let decide = (role == Role::Manager).then(|| decide_card(data, waiting, open));
    let own: Vec<AnyView> = data.own.iter().map(|paper| own_row(paper, data.today)).collect();
    let own = match own.is_empty() {
        true if role == Role::Manager => ().into_any(),
        true => view! {
            <Empty icon="check" title="Nie ma niedokończonych dokumentów"
                text="Szkice i dokumenty zwrócone z uwagami pojawią się tutaj. Nowy dokument zaczyna się w teczce rodziny.">
                <a class="btn" href="/rodziny">"Rodziny"</a>
            </Empty>
        }
        .into_any(),
        false => view! {
            <section class="card" aria-labelledby="moje">
                <div class="card-head"><h2 id="moje">"Do dokończenia "<span class="count">{own.len()}</span></h2></div>
                <ul class="list">{own}</ul>
            </section>
        }
        .into_any(),
    };
    view! { <div class="stack">{decide}{own}</div> }.into_any()
}

fn decide_card(data: &DeskInbox, waiting: &[WaitingPaper], open: Option<RecordId>) -> AnyView {
    if waiting.is_empty() {
        return view! {
            <Empty icon="check" title="Nic nie czeka na decyzję."
                text="Dokument pojawi się tutaj kilka sekund po tym, jak ktoś go złoży."/>
        }
        .into_any();
    }
    let rows: Vec<AnyView> = waiting.iter().map(|paper| waiting_row(paper, &data.people, data.today, open)).collect();
    view! {
        <section class="card" aria-labelledby="czekaja">
            <div class="card-head"><h2 id="czekaja">"Czekają na decyzję "<span class="count">{rows.len()}</span></h2></div>
            <ul class="list">{rows}</ul>
        </section>
    }
    .into_any()
}

fn waiting_row(
    paper: &WaitingPaper,
    people: &BTreeMap<UserId, String>,
    today: NaiveDate,
    open: Option<RecordId>,
) -> AnyView {
    let what = words::sentence(&paper.paper.title());
    let meta = [family(paper), name(people, Some(paper.by)), words::relative_day(paper.on, today)].join(" · ");
    let title = match &paper.family {
        Some((code, _)) => {
            let href = address(Some(&(code.clone(), paper.record)));
            let id = [ROW_ID, &paper.record.to_string()].concat();
            let current = (open == Some(paper.record)).then_some("true");
            view! { <a class="row-title" href=href id=id aria-current=current>{what}</a> }.into_any()
        }
        None => view! { <p class="row-title">{what}</p> }.into_any(),
    };
    view! {
        <li class="row">
            <span class="row-lead"><Icon name="document"/></span>
            <div class="row-main">{title}<p class="row-meta">{meta}</p></div>
            <svg class="icon row-go" aria-hidden="true"><use href="/icons.svg#forward"></use></svg>
        </li>
    }
    .into_any()
}

fn own_row(paper: &WaitingPaper, today: NaiveDate) -> AnyView {
    let what = words::sentence(&paper.paper.title());
    let meta = [family(paper), words::relative_day(paper.on, today)].join(" · ");
    let title = match &paper.family {
        Some((code, _)) => {
            let href = ["/rodziny/", code, "/dokumenty/", &paper.record.to_string()].concat();
            view! { <a class="row-title" href=href>{what}</a> }.into_any()
        }
        None => view! { <p class="row-title">{what}</p> }.into_any(),
    };
    let remarks = paper.remarks.clone().filter(|_| paper.life == Life::Returned);
    let remarks = remarks.map(|text| view! { <p class="row-meta">"Do poprawy: "{text}</p> });
    let (tone, icon) = match paper.life {
        Life::Returned => (Tone::Warn, "undo"),
        _ => (Tone::Plain, "edit"),
    };
    view! {
        <li class="row">
            <span class="row-lead"><Icon name="edit"/></span>
            <div class="row-main">{title}<p class="row-meta">{meta}</p>{remarks}</div>
            <div class="row-trail"><Badge tone icon text=paper.life.label()/></div>
            <svg class="icon row-go" aria-hidden="true"><use href="/icons.svg#forward"></use></svg>
        </li>
    }
    .into_any()
}

fn family(paper: &WaitingPaper) -> String {
    match &paper.family {
        Some((code, surname)) => [code.as_str(), surname].join(" "),
        None => "poza teczkami rodzin".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::procedure::Paper;
    use uuid::Uuid;

    fn id(n: u128) -> RecordId {
        RecordId(Uuid::from_u128(n))
    }

    fn waits(n: u128, code: Option<&str>) -> WaitingPaper {
        WaitingPaper {
            record: id(n),
            family: code.map(|code| (code.to_owned(), "Próbna".to_owned())),
            paper: Paper::Request,
            life: Life::Signed,
            by: UserId(Uuid::from_u128(9)),
            on: "2026-11-20".parse().unwrap(),
            remarks: None,
        }
    }

    fn inbox() -> DeskInbox {
        DeskInbox {
            rev: Rev(5),
            today: "2026-11-22".parse().unwrap(),
            decide: vec![waits(1, Some("R01")), waits(2, None), waits(3, Some("R03"))],
            own: vec![],
            people: BTreeMap::new(),
        }
    }

    #[test]
    fn one_goes_from_paper_to_paper_and_not_beyond_the_ends() {
        let waiting = inbox().decide;
        let step = |here: Option<u128>, step| {
            beside(&waiting, here.map(id), step).map(|(code, record)| (code, record.0.as_u128()))
        };
        assert_eq!(step(None, 1), Some(("R01".into(), 1)));
        assert_eq!(step(Some(1), 1), Some(("R03".into(), 3)), "what has no family's file is passed over");
        assert_eq!(step(Some(3), 1), None);
        assert_eq!(step(Some(3), -1), Some(("R01".into(), 1)));
        assert_eq!(step(Some(1), -1), None);
    }

    #[test]
    fn what_was_just_decided_waits_no_more_until_it_comes_back() {
        let mut data = inbox();
        let ids = |data: &DeskInbox, decided| without(data, decided).iter().map(|p| p.record).collect::<Vec<_>>();
        assert_eq!(ids(&data, None).len(), 3);
        assert_eq!(ids(&data, Some((id(1), Rev(5)))), [id(2), id(3)]);
        data.rev = Rev(9);
        assert_eq!(ids(&data, Some((id(1), Rev(5)))).len(), 3, "a newer reading says itself what waits");
    }

    #[test]
    fn an_open_paper_has_an_address() {
        let chosen = ("R01".to_owned(), id(1));
        let expected = "/do-decyzji?rodzina=R01&dokument=00000000-0000-0000-0000-000000000001";
        assert_eq!(address(Some(&chosen)), expected);
        assert_eq!(address(None), "/do-decyzji");
    }
}
