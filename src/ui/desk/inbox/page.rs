//! The page `/do-decyzji` at work: which paper is open, and the way to the next one.

use super::{
    ADDRESS, Chosen, File, Inbox, address,
    list::{ROW_ID, list},
    opened, title, without,
};
use crate::{
    api::desk::WaitingPaper,
    domain::{
        access::Role,
        ids::{RecordId, UserId},
    },
    ui::{
        context::{App, app},
        desk::{
            keys::{focused_id, on_keys},
            own_work::file_href,
            paper::{self, Place},
        },
        parts::{Icon, PageHead},
    },
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

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
            query.with(|parts| {
                let own = || Some(File::OfPerson(parts.get("pracownik")?.parse::<UserId>().ok()?));
                let file = parts.get("rodzina").map(File::Family).or_else(own)?;
                Some((file, parts.get("dokument")?.parse::<RecordId>().ok()?))
            })
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
            let about_me = untrack(|| self.app.me()).map(|me| file_href(me.user));
            return view! {
                {list}
                <p class="no-print"><a href=about_me><Icon name="person"/>" Dokumenty o mnie: upoważnienie"</a></p>
            }
            .into_any();
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
        let (file, id) = chosen;
        let done = Callback::new(move |said: String| {
            self.app.say(said);
            let next = self.neighbour(id, 1).or_else(|| self.neighbour(id, -1));
            if let Some(data) = untrack(|| self.inbox.live.get()) {
                self.inbox.decided.set(Some((id, data.rev)));
            }
            self.inbox.live.reload();
            self.go.run(next);
        });
        let place = match file {
            File::Family(code) => Place::Family(code),
            File::OfPerson(user) => Place::Person(user),
        };
        let paper = paper::chosen(self.app, place, id, done);
        view! {
            <p class="inbox-back no-print"><a class="btn btn-quiet" href=ADDRESS><Icon name="back"/>" Lista dokumentów"</a></p>
            <p class="muted keys no-print">
                <kbd class="kbd">"j"</kbd>" – następny, "<kbd class="kbd">"k"</kbd>" – poprzedni"
            </p>
            {paper}
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
    let open: Vec<Chosen> = waiting.iter().filter_map(opened).collect();
    let at = here.and_then(|id| open.iter().position(|(_, paper)| *paper == id));
    let next = match at {
        Some(at) => at.checked_add_signed(step)?,
        None => 0,
    };
    open.get(next).cloned()
}

#[cfg(test)]
mod tests {
    use super::{
        super::tests::{id, inbox},
        *,
    };

    #[test]
    fn one_goes_from_paper_to_paper_and_not_beyond_the_ends() {
        let waiting = inbox().decide;
        let step = |here: Option<u128>, step| {
            beside(&waiting, here.map(id), step).map(|(file, record)| (file, record.0.as_u128()))
        };
        assert_eq!(step(None, 1), Some((File::Family("R01".into()), 1)));
        assert_eq!(step(Some(1), 1), Some((File::Family("R03".into()), 3)), "what cannot be opened is passed over");
        assert_eq!(step(Some(3), 1), None);
        assert_eq!(step(Some(3), -1), Some((File::Family("R01".into()), 1)));
        assert_eq!(step(Some(1), -1), None);
    }
}
