//! A family on the phone: who they are, how to reach them, open tasks, goals, and what happened so far.

use super::{entry::entry_head, families::beside_list};
use crate::{
    domain::{
        access::own_file,
        around,
        caseload::{FamilyLine, family_line},
        codes::{EntryKind, TaskStatus},
        deadlines::{self, Deadline, Past, terms_of_family},
        documents::{
            RecordKind, case_card, family_card, family_task,
            papers::{plan, substitution::Substitution},
        },
        history::has_previous,
        ids::FamilyId,
        order::sort_by_key,
        print::What,
        record::Record,
        story::{Asked, Moment, Strand, Tone as Outlook, story},
        words,
    },
    sync::replica::{Delivery, Replica},
    ui::{
        context::{App, app},
        form::{Pick, goals_of_family, paper::member_note},
        parts::{Badge, Empty, Icon, StageBadge, Timeline, TimelineItem, Tone, helpers_view, terms_card},
        phone::shell::NotHere,
    },
};
use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};

/// The family that the address names, if it is on this device.
pub fn family_of_address(app: App, code: Memo<String>) -> Memo<Option<FamilyLine>> {
    Memo::new(move |_| {
        let today = app.today.get();
        code.with(|code| app.read(|replica| by_code(replica, code, today)).flatten())
    })
}

fn by_code(replica: &Replica, code: &str, today: NaiveDate) -> Option<FamilyLine> {
    let card = replica
        .records()
        .find(|record| record.kind == RecordKind::Family && record.answers.text(family_card::CODE) == code)?;
    family_line(replica.records().filter(|record| record.family == card.family), today)
}

/// The code in the address.
pub fn code_param() -> Memo<String> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get("code").unwrap_or_default()))
}

/// The family card of a family.
pub fn card(replica: &Replica, family: FamilyId) -> Option<&Record> {
    replica.of_family(family, RecordKind::Family).next()
}

/// Goals of a family's plan, to pick from.
pub fn goal_picks(replica: &Replica, family: FamilyId) -> Vec<Pick> {
    goals_of_family(replica.records().filter(|record| record.family == family))
}

/// The page.
#[component]
pub fn FamilyPage() -> impl IntoView {
    let app: App = app();
    let code = code_param();
    let line = family_of_address(app, code);
    beside_list(move || match line.get() {
        None => view! { <NotHere/> }.into_any(),
        Some(line) => page(app, line),
    })
}

fn page(app: App, line: FamilyLine) -> AnyView {
    let today = app.today.get();
    let family = line.family;
    let sections = app.read(|replica| {
        let (reach, members) = match card(replica, family) {
            Some(card) => (reach(card, &line.code), members(card, today)),
            None => (().into_any(), ().into_any()),
        };
        view! {
            {reach}
            {terms_card(&terms(replica, family, today), today)}
            {past_terms(replica, family, today)}
            {tasks(replica, &line, today)}
            {members}
            {who_does_what(replica, &line, today)}
            {goals(replica, family)}
            {history(replica, &line, today)}
        }
    });
    let code = line.code.clone();
    let new = |kind: EntryKind| format!("/rodziny/{code}/wizyty/nowa?rodzaj={}", kind.code());
    view! {
        <header class="page-head">
            <div>
                <p class="page-over"><A href="/rodziny">"Rodziny"</A> " · " {line.code.clone()}</p>
                <h1>{line.surname.clone()}</h1>
                <p class="page-lead"><StageBadge stage=line.stage/> " " {flags(&line)}</p>
            </div>
        </header>
        <div class="stack">
            <A href=format!("/rodziny/{}/wizyty/nowa", line.code) attr:class="btn btn-primary btn-big">
                <Icon name="visit"/> " Nowa wizyta"
            </A>
            <div class="actions">
                <A href=new(EntryKind::PhoneFamily) attr:class="btn"><Icon name="phone"/> " Rozmowa"</A>
                <A href=new(EntryKind::Institution) attr:class="btn"><Icon name="office"/> " Instytucja"</A>
                <A href=new(EntryKind::Accompany) attr:class="btn"><Icon name="person"/> " Towarzyszenie"</A>
                <A href=format!("/rodziny/{}/dokumenty", line.code) attr:class="btn"><Icon name="document"/> " Dokumenty"</A>
            </div>
            {sections}
        </div>
    }
    .into_any()
}

fn terms(replica: &Replica, family: FamilyId, today: NaiveDate) -> Vec<Deadline> {
    let records = replica.records().filter(|record| record.family == family);
    terms_of_family(records, &replica.book().settings, today)
}

/// Flags that may be seen on a phone beside the family: nothing of "Niebieska Karta" (DP12).
fn flags(line: &FamilyLine) -> Vec<AnyView> {
    line.flags
        .iter()
        .filter_map(|code| code.parse::<case_card::CaseFlag>().ok())
        .filter(|flag| *flag != case_card::CaseFlag::BlueCard)
        .map(|flag| view! { <span class="badge"><Icon name="info"/> {flag.label()}</span> " " }.into_any())
        .collect()
}

fn reach(card: &Record, code: &str) -> AnyView {
    let edit = ["/rodziny/", code, "/karta"].concat();
    let disputed = (!card.disputes.is_empty()).then(|| {
        view! { <p class="card-body"><span class="badge" data-state="warn"><Icon name="copy"/> "dwie wersje"</span></p> }
    });
    let notes = card.answers.text(family_card::NOTES).to_owned();
    let notes = (!notes.trim().is_empty()).then(|| view! { <p class="card-body">{notes}</p> });
    let text = |key| card.answers.text(key).to_owned();
    let (address, locality, hint, safety) = (
        text(family_card::ADDRESS),
        text(family_card::LOCALITY),
        text(family_card::ACCESS_HINT),
        text(family_card::SAFETY),
    );
    let place = [address, locality].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let map = format!("geo:0,0?q={}", place.replace(' ', "+"));
    let phones = card
        .answers
        .rows(family_card::PHONES)
        .into_iter()
        .map(|row| {
            let cells = card.answers.row(family_card::PHONES, &row);
            let number = cells.text(family_card::NUMBER).to_owned();
            let whose = cells.text(family_card::WHOSE).to_owned();
            let when = cells.text(family_card::BEST_TIME).to_owned();
            let tel = format!("tel:{}", number.replace(' ', ""));
            view! {
                <li class="person">
                    <div><b>{whose.clone()}</b><p>{number} " " <span class="muted">{when}</span></p></div>
                    <a class="btn btn-icon" href=tel aria-label=format!("Zadzwoń: {whose}")><Icon name="phone"/></a>
                </li>
            }
        })
        .collect_view();
    let safety = (!safety.is_empty()).then(|| {
        view! {
            <details class="banner" data-state="warn">
                <summary><Icon name="warning"/> " Bezpieczeństwo wizyty"</summary>
                <p>{safety}</p>
            </details>
        }
    });
    view! {
        <section class="card" aria-labelledby="reach">
            <div class="card-head">
                <h2 id="reach">"Jak dotrzeć"</h2>
                <A href=edit>"Popraw kartę"</A>
            </div>
            {disputed}
            <ul class="people card-body">
                <li class="person">
                    <div><b>{place}</b><p>{hint}</p></div>
                    <a class="btn btn-icon" href=map aria-label="Pokaż na mapie"><Icon name="map"/></a>
                </li>
                {phones}
            </ul>
            {notes}
            {safety}
        </section>
    }
    .into_any()
}

fn members(card: &Record, today: NaiveDate) -> AnyView {
    let people = family_card::members(&card.answers)
        .into_iter()
        .map(|member| {
            let mark = member.first_name.chars().next().map(String::from).unwrap_or_default();
            view! {
                <li class="person">
                    <span class="person-mark" aria-hidden="true">{mark}</span>
                    <div><b>{member.first_name.clone()}</b><p>{member_note(&member, today)}</p></div>
                </li>
            }
        })
        .collect_view();
    let left = family_card::left_words(&card.answers)
        .map(|left| view! { <p class="card-foot muted">"Nie są już w rodzinie: "{left}</p> });
    view! {
        <section class="card" aria-labelledby="members">
            <div class="card-head"><h2 id="members">"Kto jest w rodzinie"</h2></div>
            <ul class="people card-body">{people}</ul>
            {left}
        </section>
    }
    .into_any()
}

/// "Kto co robi": the people of the office and everybody around the family, with what each does.
fn who_does_what(replica: &Replica, line: &FamilyLine, today: NaiveDate) -> AnyView {
    let records: Vec<&Record> = replica.records().filter(|record| record.family == line.family).collect();
    let name_of = |user| replica.name_of(user).to_owned();
    // A substitution for all families of somebody stands in their own file.
    let own = replica.of_family(own_file(replica.me), RecordKind::Paper);
    let with_cards: Vec<&Record> =
        records.iter().copied().chain(own.filter(|record| Substitution::of(record).is_some())).collect();
    let mut helpers = around::of_office(&with_cards, &name_of, today);
    // Colleagues are reached at the office.
    let office = replica.book().letterhead.phone.trim().to_owned();
    for helper in &mut helpers {
        helper.phone.clone_from(&office);
    }
    helpers.extend(around::around(&records));
    let edit = ["/rodziny/", &line.code, "/karta"].concat();
    view! {
        <section class="card" aria-labelledby="who">
            <div class="card-head"><h2 id="who">"Kto co robi"</h2><A href=edit>"Dodaj osobę"</A></div>
            <ul class="people card-body">{helpers_view(helpers)}</ul>
        </section>
    }
    .into_any()
}

fn tasks(replica: &Replica, line: &FamilyLine, today: NaiveDate) -> AnyView {
    let mut open: Vec<_> = replica
        .of_family(line.family, RecordKind::Task)
        .filter_map(|record| Some((record, family_task::FamilyTask::read(&record.answers)?)))
        .filter(|(_, task)| !task.status.is_closed())
        .collect();
    sort_by_key(&mut open, |(record, task)| (task.due.is_none(), task.due, record.id));
    let all = format!("/rodziny/{}/zadania", line.code);
    let rows = open.iter().map(|(record, task)| super::task::task_row(&line.code, record, task, today)).collect_view();
    let empty =
        open.is_empty().then(|| view! { <div class="card-body"><p class="muted">"Nie ma otwartych zadań."</p></div> });
    view! {
        <section class="card" aria-labelledby="tasks">
            <div class="card-head">
                <h2 id="tasks">"Zadania rodziny " <span class="count">{open.len()}</span></h2>
                <A href=all>"Wszystkie"</A>
            </div>
            {empty}
            <ul class="list">{rows}</ul>
            <div class="card-foot">
                <A href=What::OurTasks.address(&line.code) attr:class="btn btn-quiet"><Icon name="print"/> " Arkusz „Nasze zadania”"</A>
            </div>
        </section>
    }
    .into_any()
}

fn goals(replica: &Replica, family: FamilyId) -> Option<AnyView> {
    let current = plan::current(replica.records().filter(|record| record.family == family))?;
    let title = if plan::stands(current) { "Cele planu" } else { "Cele planu (szkic)" };
    let main = current.answers.text(plan::MAIN_GOAL).to_owned();
    let rows = plan::goals(&current.answers)
        .into_iter()
        .map(|goal| {
            view! {
                <li class="row">
                    <span class="row-lead num">{goal.no}</span>
                    <div class="row-main"><p class="row-title">{goal.goal}</p><p class="row-meta">{goal.status.label()}</p></div>
                </li>
            }
        })
        .collect_view();
    Some(
        view! {
            <section class="card" aria-labelledby="goals">
                <div class="card-head"><h2 id="goals">{title}</h2></div>
                <div class="card-body"><p>{main}</p></div>
                <ul class="list">{rows}</ul>
            </section>
        }
        .into_any(),
    )
}

/// How many moments the time line shows at first.
const RECENT: usize = 15;
/// How many the fold shows beneath.
const MORE: usize = 100;

fn history(replica: &Replica, line: &FamilyLine, today: NaiveDate) -> AnyView {
    let records: Vec<&Record> = replica.records().filter(|record| record.family == line.family).collect();
    let mut moments = story(&records, &Asked::default(), &replica.book().settings, today).moments;
    if moments.is_empty() {
        return view! {
            <Empty icon="visit" title="Jeszcze nic tu nie zapisano" text="Pierwsza wizyta pojawi się na osi czasu."/>
        }
        .into_any();
    }
    let mut older = moments.split_off(moments.len().min(RECENT));
    let hidden = older.split_off(older.len().min(MORE)).len();
    let items = moments.iter().map(|moment| told(replica, &line.code, moment)).collect();
    let more = (!older.is_empty()).then(|| {
        let items = older.iter().map(|moment| told(replica, &line.code, moment)).collect();
        let rest = (hidden > 0).then(|| {
            let text = ["Jeszcze starsze: ", &hidden.to_string(), ". Są w teczce rodziny w ośrodku."].concat();
            view! { <p class="muted">{text}</p> }
        });
        view! {
            <details class="more">
                <summary class="btn btn-quiet"><Icon name="down"/>" Starsze ("{older.len()}")"</summary>
                <Timeline items/>
                {rest}
            </details>
        }
    });
    view! {
        <section aria-labelledby="history">
            <h2 id="history">"Co było"</h2>
            <Timeline items/>
            {more}
        </section>
    }
    .into_any()
}

/// A moment as the time line shows it, with the way to all of it.
fn told(replica: &Replica, code: &str, moment: &Moment<'_>) -> TimelineItem {
    let base = ["/rodziny/", code].concat();
    let id = moment.record.map(|record| record.id.to_string()).unwrap_or_default();
    let (icon, href) = match moment.strand {
        Strand::Visits => ("visit", Some([&base, "/wizyty/", &id].concat())),
        Strand::Tasks => ("task", Some([&base, "/zadania/", &id].concat())),
        Strand::Papers => ("document", Some([&base, "/dokumenty/", &id].concat())),
        Strand::Steps => ("forward", None),
        Strand::Terms => ("deadline", None),
    };
    let entry = moment.record.filter(|_| moment.strand == Strand::Visits).map(entry_head);
    let (icon, title, time) = entry.unwrap_or((icon, moment.title.clone(), String::new()));
    let text: String = moment.note.chars().take(160).collect();
    TimelineItem {
        day: moment.day,
        time,
        icon,
        title: words::sentence(&title),
        href,
        compare: compare_href(replica, &base, moment),
        badges: badges(replica, moment),
        lines: Some((String::new(), text)).filter(|(_, text)| !text.is_empty()).into_iter().collect(),
        ..TimelineItem::default()
    }
}

fn compare_href(replica: &Replica, base: &str, moment: &Moment<'_>) -> Option<String> {
    let record = moment.record.filter(|_| matches!(moment.strand, Strand::Visits | Strand::Papers))?;
    let of_family = replica.records().filter(|other| other.family == record.family);
    has_previous(record, of_family).then(|| [base, "/porownanie/", &record.id.to_string()].concat())
}

fn badges(replica: &Replica, moment: &Moment<'_>) -> Vec<(Tone, &'static str, String)> {
    let (tone, icon) = match moment.status.0 {
        Outlook::Plain => (Tone::Plain, "info"),
        Outlook::Good => (Tone::Ok, "check"),
        Outlook::Bad => (Tone::Warn, "warning"),
    };
    let status = Some((tone, icon, moment.status.1.clone())).filter(|(.., text)| !text.is_empty());
    let waits = moment.record.is_some_and(|record| replica.delivery(record.id) == Delivery::Waiting);
    status.into_iter().chain(waits.then(|| (Tone::Warn, "saved", "na telefonie".to_owned()))).collect()
}

/// *Historia terminów* in short: how many were kept, and the last ones.
fn past_terms(replica: &Replica, family: FamilyId, today: NaiveDate) -> Option<AnyView> {
    const SHOWN: usize = 5;
    let records = replica.records().filter(|record| record.family == family);
    let past = deadlines::history(records, &replica.book().settings, today);
    if past.is_empty() {
        return None;
    }
    let (kept, missed) = deadlines::tally(&past);
    let rows: Vec<AnyView> = past.iter().take(SHOWN).map(past_row).collect();
    Some(
        view! {
            <details class="more">
                <summary class="btn btn-quiet">
                    <Icon name="down"/>" Historia terminów: w terminie "{kept}", po terminie "{missed}
                </summary>
                <ul class="list">{rows}</ul>
            </details>
        }
        .into_any(),
    )
}

fn past_row(past: &Past) -> AnyView {
    let (tone, icon) = if past.kept { (Tone::Ok, "check") } else { (Tone::Overdue, "warning") };
    let about = [words::until(past.due), ["wykonano ", &words::date(past.on)].concat()].join(" · ");
    view! {
        <li class="row">
            <div class="row-main">
                <p class="row-title">{words::sentence(past.code.label())}</p>
                <p class="row-meta">{about}</p>
            </div>
            <div class="row-trail"><Badge tone icon text=past.words()/></div>
        </li>
    }
    .into_any()
}

/// The tasks of a family that may still be checked, oldest first.
pub fn open_tasks(replica: &Replica, family: FamilyId) -> Vec<Record> {
    let mut tasks: Vec<_> = replica
        .of_family(family, RecordKind::Task)
        .filter(|record| record.answers.get(family_task::STATUS).is_some_and(|status| !TaskStatus::is_closed(status)))
        .cloned()
        .collect();
    sort_by_key(&mut tasks, |record| (record.answers.get(family_task::GIVEN_ON), record.id));
    tasks
}
