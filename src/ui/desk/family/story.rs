//! *Oś czasu*: everything that happened in a file in one order, the newest first: entries with all that was written,
//! tasks, papers, steps of the case and terms. What is asked for stands in the address.

use super::FileFacts;
use crate::{
    domain::{
        answer_words::{Referred, filled},
        codes::{EntryKind, Outcome, Risk},
        deadlines::version_words,
        documents::{
            RecordKind,
            family_card::everyone,
            papers::{
                course::{CASE, day_of},
                plan,
            },
            visit_card::{self, VisitCard},
        },
        form::{Form, Kind, Sensitivity},
        order::sort_by_key,
        record::{Mark, Record},
        signals::alarm::steps_words,
        story::{Asked, Moment, Period, Story, Strand, Tone as Outlook, story},
        words,
    },
    ui::parts::{Empty, Icon, Timeline, TimelineItem, Tone},
};
use leptos::prelude::*;
use leptos_router::params::ParamsMap;

/// Moments that are drawn at once.
const PAGE: usize = 100;

/// Fields that stand in the head of an entry already.
const IN_HEAD: &[&str] = &["kind", "outcome", "date", "start", "end", "risk", "urgent_steps"];

/// What the address asks for; what it cannot read shows all.
pub fn read_asked(query: &ParamsMap) -> Asked {
    let part = |key: &str| query.get(key).unwrap_or_default();
    Asked {
        strand: part("rodzaj").parse().ok(),
        person: Some(part("osoba")).filter(|id| !id.is_empty()),
        period: part("okres").parse().ok(),
    }
}

/// The part of the file. A long file opens with its newest pages; `pages` says how many.
pub fn section(facts: &FileFacts, asked: &Asked, pages: RwSignal<usize>) -> AnyView {
    let records: Vec<&Record> = facts.file.records.iter().collect();
    let Story { mut moments, counts } = story(&records, asked, &facts.file.book.settings, facts.file.today);
    let total: usize = counts.iter().map(|(_, count)| count).sum();
    if total == 0 && *asked == Asked::default() {
        return view! {
            <Empty
                icon="visit"
                title="Nie ma jeszcze wpisów"
                text="Wizyta pojawi się tutaj kilka sekund po wysłaniu z telefonu asystenta."
            />
        }
        .into_any();
    }
    let older = moments.len().saturating_sub(pages.get() * PAGE);
    moments.truncate(moments.len() - older);
    let items: Vec<TimelineItem> = moments.iter().map(|moment| told(facts, moment)).collect();
    let more = (older > 0).then(|| {
        let words = ["Pokaż starsze (jeszcze ", &older.to_string(), ")"].concat();
        view! { <button class="btn no-print" type="button" on:click=move |_| pages.update(|pages| *pages += 1)>{words}</button> }
    });
    let body = match items.is_empty() {
        true => view! {
            <Empty icon="search" title="Nic tu nie pasuje" text="Zmień rodzaj, osobę albo okres."/>
        }
        .into_any(),
        false => view! { <Timeline items/> }.into_any(),
    };
    view! {
        {strands(facts, asked, &counts)}
        {people_and_periods(facts, asked)}
        <section class="card" aria-label="Oś czasu"><div class="card-body">{body}{more}</div></section>
    }
    .into_any()
}

/// The address of the file when this is asked for.
fn address(facts: &FileFacts, asked: &Asked) -> String {
    let parts = [
        asked.strand.map(|strand| ["rodzaj=", strand.code()].concat()),
        asked.person.as_ref().map(|person| ["osoba=", person].concat()),
        asked.period.map(|period| ["okres=", period.code()].concat()),
    ];
    let query: Vec<String> = parts.into_iter().flatten().collect();
    let base = ["/rodziny/", &facts.file.line.code].concat();
    if query.is_empty() { base } else { [&base, "?", &query.join("&")].concat() }
}

fn chip(facts: &FileFacts, asked: &Asked, to: Asked, words: &str, count: Option<usize>) -> AnyView {
    let current = (to == *asked).then_some("true");
    let count = count.map(|count| view! { " "<span class="count">{count}</span> });
    view! { <a class="chip" href=address(facts, &to) aria-current=current>{words.to_owned()}{count}</a> }.into_any()
}

fn strands(facts: &FileFacts, asked: &Asked, counts: &[(Strand, usize)]) -> AnyView {
    let to = |strand: Option<Strand>| Asked { strand, ..asked.clone() };
    let all = counts.iter().map(|(_, count)| count).sum();
    let whole = chip(facts, asked, to(None), "wszystko", Some(all));
    let own = counts.iter().filter(|(strand, count)| *count > 0 || asked.strand == Some(*strand));
    let chips: Vec<AnyView> =
        own.map(|(strand, count)| chip(facts, asked, to(Some(*strand)), strand.label(), Some(*count))).collect();
    view! { <nav class="chips no-print" aria-label="Co pokazać">{whole}{chips}</nav> }.into_any()
}

/// Whose, and how far back: folded away until somebody asks.
fn people_and_periods(facts: &FileFacts, asked: &Asked) -> AnyView {
    let people = facts.newest(RecordKind::Family).map(|card| everyone(&card.answers)).unwrap_or_default();
    let whose = |person: Option<String>| Asked { person, ..asked.clone() };
    let everybody = chip(facts, asked, whose(None), "cała rodzina", None);
    let people: Vec<AnyView> = people
        .iter()
        .map(|member| chip(facts, asked, whose(Some(member.id.clone())), &member.first_name, None))
        .collect();
    let since = |period: Option<Period>| Asked { period, ..asked.clone() };
    let always = chip(facts, asked, since(None), "od początku", None);
    let periods: Vec<AnyView> =
        Period::ALL.iter().map(|period| chip(facts, asked, since(Some(*period)), period.label(), None)).collect();
    let open = asked.person.is_some() || asked.period.is_some();
    view! {
        <details class="more no-print" open=open>
            <summary class="btn btn-quiet"><Icon name="down"/>" Osoba i okres"</summary>
            <nav class="chips" aria-label="Osoba">{everybody}{people}</nav>
            <nav class="chips" aria-label="Okres">{always}{periods}</nav>
        </details>
    }
    .into_any()
}

/// A moment as the time line shows it.
fn told(facts: &FileFacts, moment: &Moment<'_>) -> TimelineItem {
    let entry = moment.record.filter(|record| record.kind == RecordKind::Visit);
    if let Some((card, record)) = entry.and_then(|record| Some((VisitCard::read(&record.answers)?, record))) {
        return item(facts, &card, record);
    }
    let (tone, icon) = match moment.status.0 {
        Outlook::Plain => (Tone::Plain, "info"),
        Outlook::Good => (Tone::Ok, "check"),
        Outlook::Bad => (Tone::Warn, "warning"),
    };
    let badge = (!moment.status.1.is_empty()).then(|| (tone, icon, moment.status.1.clone()));
    let note = (!moment.note.is_empty()).then(|| (String::new(), moment.note.clone()));
    TimelineItem {
        day: moment.day,
        icon: match moment.strand {
            Strand::Visits => "visit",
            Strand::Tasks => "task",
            Strand::Papers => "document",
            Strand::Steps => "forward",
            Strand::Terms => "deadline",
        },
        title: moment.title.clone(),
        href: way_to(facts, moment),
        compare: moment.record.filter(|_| moment.strand == Strand::Papers).and_then(|record| facts.comparison(record)),
        badges: badge.into_iter().collect(),
        lines: note.into_iter().chain(versions(facts, moment)).collect(),
        ..TimelineItem::default()
    }
}

/// Where all of it stands.
fn way_to(facts: &FileFacts, moment: &Moment<'_>) -> Option<String> {
    let base = ["/rodziny/", &facts.file.line.code].concat();
    Some(match moment.strand {
        Strand::Visits | Strand::Steps => return None,
        Strand::Tasks => [&base, "?widok=zadania"].concat(),
        Strand::Terms => [&base, "?widok=terminy"].concat(),
        Strand::Papers => [&base, "?widok=dokumenty&dokument=", &moment.record?.id.to_string()].concat(),
    })
}

/// The versions of a plan stand together, at the newest one.
fn versions(facts: &FileFacts, moment: &Moment<'_>) -> Option<(String, String)> {
    let record = moment.record.filter(|record| moment.strand == Strand::Papers && plan::is_plan(record))?;
    let case = record.answers.get(CASE);
    let mut plans: Vec<&Record> = facts.records(RecordKind::Paper).filter(|paper| plan::is_plan(paper)).collect();
    plans.retain(|paper| plan::stands(paper) && paper.answers.get(CASE) == case);
    sort_by_key(&mut plans, |paper| (day_of(paper), paper.id));
    if plans.len() < 2 || plans.last().map(|paper| paper.id) != Some(record.id) {
        return None;
    }
    let named =
        plans.iter().filter_map(|paper| Some([&version_words(paper)?, " z ", &words::date(day_of(paper))].concat()));
    let named: Vec<String> = named.collect();
    Some(("Wersje".to_owned(), named.join(", ")))
}

fn item(facts: &FileFacts, card: &VisitCard, record: &Record) -> TimelineItem {
    let end = record.answers.get(visit_card::END);
    let form = facts.book.form_of(record);
    let (mut lines, facts_of) = long_and_short(form, record, &facts.referred, facts.may_see());
    let at_once = steps_words(&record.answers);
    if !at_once.is_empty() {
        lines.push(("Co zrobiono od razu".to_owned(), at_once));
    }
    let times: Vec<String> = card.start.into_iter().chain(end).map(words::time).collect();
    TimelineItem {
        day: card.date,
        time: times.join("–"),
        icon: icon(card.kind),
        anchor: ["wpis-", &record.id.to_string()].concat(),
        title: upper_first(card.kind.label()),
        href: None,
        compare: facts.comparison(record),
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
        let records: Vec<&Record> = file.records.iter().collect();
        let story = story(&records, &Asked::default(), &file.book.settings, file.today);
        let order: Vec<_> = story.moments.iter().filter_map(|moment| Some(moment.record?.id.0.as_u128())).collect();
        assert_eq!(order, [2, 3, 1]);
        let record = story.moments[1].record.unwrap();
        let card = &VisitCard::read(&record.answers).unwrap();
        let words: Vec<_> = badges(card, record).into_iter().map(|(_, _, text)| text).collect();
        assert_eq!(words, ["nieodbyta – nikogo nie zastano", "ryzyko: pilne", "złożona po zmianie asystenta"]);
        assert_eq!(item(&facts, card, record).title, "Wizyta w środowisku");
    }

    #[test]
    fn what_is_asked_for_stands_in_the_address() {
        let file = file(vec![]);
        let facts = FileFacts::of(&file, None);
        let asked = Asked { strand: Some(Strand::Papers), person: Some("m1".into()), period: Some(Period::Year) };
        assert_eq!(address(&facts, &asked), "/rodziny/R09?rodzaj=dokumenty&osoba=m1&okres=rok");
        assert_eq!(address(&facts, &Asked::default()), "/rodziny/R09");
        let mut query = ParamsMap::new();
        for (key, word) in [("rodzaj", "dokumenty"), ("osoba", "m1"), ("okres", "rok")] {
            query.insert(key, word.to_owned());
        }
        assert_eq!(read_asked(&query), asked);
        query.replace("rodzaj", "nonsense".to_owned());
        assert_eq!(read_asked(&query).strand, None);
    }
}
