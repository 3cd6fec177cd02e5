//! *Oś czasu*: every entry of the work card, the newest first, with all that was written.

use super::FileFacts;
use crate::{
    domain::{
        answer_words::{Referred, filled},
        codes::{EntryKind, Outcome, Risk},
        documents::{
            RecordKind,
            visit_card::{self, VisitCard},
        },
        form::{Form, Kind, Sensitivity},
        order::sort_by_key,
        record::{Mark, Record},
        words,
    },
    ui::parts::{Empty, Timeline, TimelineItem, Tone},
};
use leptos::prelude::*;
use std::cmp::Reverse;

/// Kinds of entries as the filter groups them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    Visits,
    Meetings,
    Contacts,
    Interventions,
    OwnWork,
}

/// Each group with its word in addresses and its word for people.
const GROUPS: [(Group, &str, &str); 5] = [
    (Group::Visits, "wizyty", "wizyty"),
    (Group::Meetings, "spotkania", "spotkania i towarzyszenie"),
    (Group::Contacts, "kontakty", "rozmowy i instytucje"),
    (Group::Interventions, "interwencje", "interwencje"),
    (Group::OwnWork, "dokumentacja", "dokumentacja"),
];

impl Group {
    /// Reads the part of an address; what it cannot read shows all.
    pub fn read(word: Option<&str>) -> Option<Self> {
        GROUPS.iter().find(|(_, own, _)| Some(*own) == word).map(|(group, ..)| *group)
    }

    fn of(kind: EntryKind) -> Self {
        use EntryKind::*;
        match kind {
            Visit => Group::Visits,
            MeetingOut | Accompany | Team | ChildHearing | ContactSupervised => Group::Meetings,
            PhoneFamily | Institution => Group::Contacts,
            Intervention => Group::Interventions,
            Documentation => Group::OwnWork,
        }
    }
}

/// Entries that are shown at once.
const FIRST_LOOK: usize = 20;

/// Fields that stand in the head of an entry already.
const IN_HEAD: &[&str] = &["kind", "outcome", "date", "start", "end", "risk"];

/// The part of the file.
///
/// A long file opens with its newest entries; `all` shows the rest.
pub fn section(facts: &FileFacts, group: Option<Group>, all: RwSignal<bool>) -> AnyView {
    let entries = entries(facts);
    if entries.is_empty() {
        return view! {
            <Empty
                icon="visit"
                title="Nie ma jeszcze wpisów"
                text="Wizyta pojawi się tutaj kilka sekund po wysłaniu z telefonu asystenta."
            />
        }
        .into_any();
    }
    let chips = chips(facts, &entries, group);
    let mut chosen: Vec<_> =
        entries.into_iter().filter(|(card, _)| group.is_none_or(|group| group == Group::of(card.kind))).collect();
    let older = chosen.len().saturating_sub(if all.get() { usize::MAX } else { FIRST_LOOK });
    chosen.truncate(chosen.len() - older);
    let items: Vec<TimelineItem> = chosen.into_iter().map(|(card, record)| item(facts, &card, record)).collect();
    let more = (older > 0).then(|| {
        let words = ["Pokaż starsze: ", &words::ENTRIES.count(older as i64)].concat();
        view! { <button class="btn" type="button" on:click=move |_| all.set(true)>{words}</button> }
    });
    let body = match items.is_empty() {
        true => view! { <Empty icon="search" title="Nie ma wpisów tego rodzaju"/> }.into_any(),
        false => view! { <Timeline items/> }.into_any(),
    };
    view! { {chips}<section class="card" aria-label="Oś czasu"><div class="card-body">{body}{more}</div></section> }
        .into_any()
}

/// The entries, the newest day first; of one day, the latest first.
fn entries<'a>(facts: &FileFacts<'a>) -> Vec<(VisitCard, &'a Record)> {
    let mut entries: Vec<_> = facts
        .records(RecordKind::Visit)
        .filter_map(|record| Some((VisitCard::read(&record.answers)?, record)))
        .collect();
    sort_by_key(&mut entries, |(card, record)| Reverse((card.date, card.start, record.id)));
    entries
}

fn chips(facts: &FileFacts, entries: &[(VisitCard, &Record)], group: Option<Group>) -> AnyView {
    let base = ["/rodziny/", &facts.file.line.code].concat();
    let chip = |own: Option<Group>, query: &str, words: &'static str, count: usize| {
        let current = (own == group).then_some("true");
        let href = [base.as_str(), query].concat();
        view! { <a class="chip" href=href aria-current=current>{words}" "<span class="count">{count}</span></a> }
    };
    let count = |own: Group| entries.iter().filter(|(card, _)| Group::of(card.kind) == own).count();
    let groups = GROUPS
        .iter()
        .map(|(own, word, label)| (*own, ["?rodzaj=", word].concat(), *label, count(*own)))
        .filter(|(.., count)| *count > 0)
        .map(|(own, query, label, count)| chip(Some(own), &query, label, count))
        .collect_view();
    view! {
        <nav class="chips no-print" aria-label="Rodzaj wpisu">{chip(None, "", "wszystko", entries.len())}{groups}</nav>
    }
    .into_any()
}

fn item(facts: &FileFacts, card: &VisitCard, record: &Record) -> TimelineItem {
    let end = record.answers.get(visit_card::END);
    let (lines, facts_of) = long_and_short(facts.book.form_of(record), record, &facts.referred, facts.may_see());
    let times: Vec<String> = card.start.into_iter().chain(end).map(words::time).collect();
    TimelineItem {
        day: card.date,
        time: times.join("–"),
        icon: icon(card.kind),
        title: upper_first(card.kind.label()),
        href: None,
        badges: badges(card, record),
        lines,
        facts: facts_of,
        paper: Some(record.clone()),
        meta: ["Zapis: ", &facts.stamp(&record.made), &changed(facts, record)].concat(),
    }
}

/// When the entry was changed after it was made.
fn changed(facts: &FileFacts, record: &Record) -> String {
    match record.changed == record.made {
        true => String::new(),
        false => [" · poprawiono: ", &facts.stamp(&record.changed)].concat(),
    }
}

type Lines = Vec<(String, String)>;

/// What was written: texts and tasks as lines of their own, the rest as facts to run in.
fn long_and_short(
    form: &Form,
    record: &Record,
    referred: &Referred,
    may_see: fn(Sensitivity) -> bool,
) -> (Lines, Lines) {
    let long = |label: &str| {
        let field = form.fields().find(|field| field.label == label);
        field.is_some_and(|field| matches!(field.kind, Kind::Text { .. } | Kind::Records | Kind::Moment))
    };
    let lines = filled(form, &record.answers, referred, IN_HEAD, may_see);
    lines.into_iter().partition(|(label, _)| long(label))
}

fn icon(kind: EntryKind) -> &'static str {
    use EntryKind::*;
    match kind {
        Visit => "visit",
        MeetingOut | Team => "families",
        Accompany | ChildHearing | ContactSupervised => "child",
        PhoneFamily => "phone",
        Institution => "office",
        Intervention => "danger",
        Documentation => "document",
    }
}

fn upper_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn badges(card: &VisitCard, record: &Record) -> Vec<(Tone, &'static str, String)> {
    let mut badges = Vec::new();
    match card.outcome {
        Some(Outcome::Held) => badges.push((Tone::Ok, "check", Outcome::Held.label().to_owned())),
        Some(missed) => badges.push((Tone::Warn, "close", missed.label().to_owned())),
        None => {}
    }
    let risk = || ["ryzyko: ", card.risk.label()].concat();
    match card.risk {
        Risk::None => {}
        Risk::Watch => badges.push((Tone::Plain, "eye", risk())),
        Risk::Worrying => badges.push((Tone::Warn, "warning", risk())),
        Risk::Urgent => badges.push((Tone::Danger, "danger", risk())),
    }
    if !record.disputes.is_empty() {
        badges.push((Tone::Warn, "copy", "dwie wersje".to_owned()));
    }
    for mark in &record.marks {
        let tone = if *mark == Mark::Parallel { Tone::Plain } else { Tone::Warn };
        badges.push((tone, "info", mark.label().to_owned()));
    }
    badges
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::desk::family::tests::{file, record};

    #[test]
    fn entries_stand_newest_first_with_their_statuses() {
        let visit = |n, date: &str, start: &str, outcome| {
            let mut visit = record(n, RecordKind::Visit);
            visit.answers.put(visit_card::KIND, EntryKind::Visit);
            visit.answers.put(visit_card::DATE, date.parse().unwrap());
            visit.answers.put(visit_card::START, start.parse().unwrap());
            visit.answers.put(visit_card::OUTCOME, outcome);
            visit
        };
        let mut late = visit(3, "2026-11-20", "15:00:00", Outcome::NobodyHome);
        late.marks.insert(Mark::AfterHandover);
        late.answers.put(visit_card::RISK, Risk::Urgent);
        let records = vec![
            visit(1, "2026-11-20", "09:00:00", Outcome::Held),
            late,
            visit(2, "2026-11-21", "08:00:00", Outcome::Held),
        ];
        let file = file(records);
        let facts = FileFacts::of(&file, None);
        let entries = entries(&facts);
        let order: Vec<_> = entries.iter().map(|(_, record)| record.id.0.as_u128()).collect();
        assert_eq!(order, [2, 3, 1]);
        let (card, record) = &entries[1];
        let words: Vec<_> = badges(card, record).into_iter().map(|(_, _, text)| text).collect();
        assert_eq!(words, ["nieodbyta – nikogo nie zastano", "ryzyko: pilne", "złożona po zmianie asystenta"]);
        assert_eq!(item(&facts, card, record).title, "Wizyta w środowisku");
    }

    #[test]
    fn every_kind_of_entry_belongs_to_a_group() {
        assert_eq!(Group::read(Some("wizyty")), Some(Group::Visits));
        assert_eq!(Group::read(Some("nonsense")), None);
        for (group, ..) in GROUPS {
            assert!(EntryKind::ALL.iter().any(|kind| Group::of(*kind) == group), "{group:?}");
        }
    }
}
