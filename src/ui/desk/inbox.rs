//! *Do decyzji*: what waits for the manager, one paper at a time beside the list. For the social worker the same
//! page is *Moje dokumenty*: their drafts and what came back.

mod list;
mod page;

pub use page::DeskInboxPage;

use super::live::Live;
use crate::{
    api::desk::{DeskInbox, WaitingPaper, read_inbox},
    domain::{
        access::Role,
        ids::{RecordId, Rev, UserId},
    },
    ui::parts::Icon,
};
use leptos::prelude::*;
use leptos_router::components::A;

const ADDRESS: &str = "/do-decyzji";

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

    /// How many papers wait: for the manager those to decide about, for others their own and those that they are
    /// consulted about.
    fn count(self, role: Role) -> usize {
        match role {
            Role::Manager => self.waiting().len(),
            _ => self.live.get().map_or(0, |inbox| inbox.own.len() + inbox.consult.len()),
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

/// In which file a paper stands.
#[derive(Clone, Debug, PartialEq, Eq)]
enum File {
    /// In that of the family with this code.
    Family(String),
    /// In that of this person.
    OfPerson(UserId),
}

/// A file and the paper in it.
type Chosen = (File, RecordId);

/// Where a paper that waits can be opened; nothing for one whose file is not known here.
fn opened(paper: &WaitingPaper) -> Option<Chosen> {
    let file = match &paper.family {
        Some((code, _)) => File::Family(code.clone()),
        None => File::OfPerson(paper.person?),
    };
    Some((file, paper.record))
}

/// Where the page stands with this paper open.
fn address(to: Option<&Chosen>) -> String {
    let Some((file, id)) = to else { return ADDRESS.to_owned() };
    let (part, of) = match file {
        File::Family(code) => ("?rodzina=", code.clone()),
        File::OfPerson(user) => ("?pracownik=", user.to_string()),
    };
    [ADDRESS, part, &of, "&dokument=", &id.to_string()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::procedure::{Life, Paper};
    use std::collections::BTreeMap;
    use uuid::Uuid;

    pub fn id(n: u128) -> RecordId {
        RecordId(Uuid::from_u128(n))
    }

    fn waits(n: u128, code: Option<&str>) -> WaitingPaper {
        WaitingPaper {
            record: id(n),
            family: code.map(|code| (code.to_owned(), "Próbna".to_owned())),
            person: None,
            paper: Paper::Request,
            life: Life::Signed,
            by: UserId(Uuid::from_u128(9)),
            on: "2026-11-20".parse().unwrap(),
            remarks: None,
        }
    }

    /// Three papers wait; the second one says of no file in which it stands.
    pub fn inbox() -> DeskInbox {
        DeskInbox {
            rev: Rev(5),
            today: "2026-11-22".parse().unwrap(),
            consult: vec![],
            decide: vec![waits(1, Some("R01")), waits(2, None), waits(3, Some("R03"))],
            own: vec![],
            people: BTreeMap::new(),
        }
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
        let chosen = (File::Family("R01".to_owned()), id(1));
        let expected = "/do-decyzji?rodzina=R01&dokument=00000000-0000-0000-0000-000000000001";
        assert_eq!(address(Some(&chosen)), expected);
        let person = Some(UserId(Uuid::from_u128(9)));
        let report = WaitingPaper { person, paper: Paper::MonthlyReport, ..waits(2, None) };
        let expected = "/do-decyzji?pracownik=00000000-0000-0000-0000-000000000009\
                        &dokument=00000000-0000-0000-0000-000000000002";
        assert_eq!(opened(&report).map(|chosen| address(Some(&chosen))).as_deref(), Some(expected));
        assert_eq!(opened(&waits(2, None)), None, "a family's paper whose family is not known here");
        assert_eq!(address(None), "/do-decyzji");
    }
}
