//! The visit card being filled in (zał. 8): one hand, no network, a minute. Everything is saved field by
//! field; finishing writes the entry, its new tasks and its checks in one durable step.

use super::{
    families::FamilyList,
    family::{card, code_param, family_of_address, member_note, open_tasks},
    phrases::PhraseBank,
    shell::NotHere,
    task_rows::{NewTasks, TaskChecks},
    visit_time::VisitTime,
};
use crate::{
    domain::{
        caseload::FamilyLine,
        change::Pen,
        clock_text::moment_text,
        codes::{EntryKind, Outcome, StatutoryTask},
        documents::{
            RecordKind,
            family_card::{self, children_at_home},
            plan, visit_card,
        },
        form::{Answers, Value},
        ids::{DraftId, RecordId},
        order::sort_by_key,
        record::Record,
        visit_draft, words,
    },
    sync::replica::{Draft, Replica},
    ui::{
        context::{App, PhoneSession, app, drop_draft, intend, save_draft},
        form::{
            FieldView, Pick, Sheet,
            chips::{choice_chips, set_chips},
            field::{ErrorSummary, grouped, picks},
            sheet::Slot,
        },
        parts::Icon,
    },
};
use chrono::{Days, NaiveDateTime, Timelike};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};
use std::{collections::BTreeMap, time::Duration};

/// How long after the last key press the draft is saved. Less than the second that P5 allows.
const SAVE_AFTER: Duration = Duration::from_millis(300);

/// `/wizyty/nowa`: whose visit it is.
#[component]
pub fn PickFamilyPage() -> impl IntoView {
    let query = use_query_map();
    let start = query.with_untracked(|query| query.get("start").is_some());
    let href = if start {
        |code: &str| format!("/rodziny/{code}/wizyty/nowa?start=1")
    } else {
        |code: &str| format!("/rodziny/{code}/wizyty/nowa")
    };
    view! {
        <header class="page-head"><div><h1>"U kogo?"</h1><p class="page-lead">"Wybierz rodzinę, której dotyczy wpis."</p></div></header>
        <FamilyList href/>
    }
}

/// `/rodziny/R11/wizyty/nowa`: the card itself.
#[component]
pub fn NewVisitPage() -> impl IntoView {
    let app: App = app();
    let code = code_param();
    let line = family_of_address(app, code);
    let query = use_query_map();
    let kind = Memo::new(move |_| {
        query
            .with(|query| query.get("rodzaj").and_then(|code| code.parse::<EntryKind>().ok()))
            .unwrap_or(EntryKind::Visit)
    });
    let start = query.with_untracked(|query| query.get("start").is_some());
    let family = Memo::new(move |_| line.with(|line| line.as_ref().map(|line| line.family)));
    // The form is made once per family and kind; news that arrive meanwhile do not disturb it.
    move || match (family.get(), app.session()) {
        (Some(_), Some(session)) => match line.get_untracked() {
            Some(line) => view! { <VisitForm session line kind=kind.get() start/> }.into_any(),
            None => view! { <NotHere/> }.into_any(),
        },
        _ => view! { <NotHere/> }.into_any(),
    }
}

/// What the form needs from the device, read once when it opens.
struct Opening {
    draft: Draft,
    resumed: bool,
    last: Option<Answers>,
    tasks: Vec<Record>,
    members: Vec<Pick>,
    children: Vec<Pick>,
    goals: Vec<Pick>,
    favourites: Vec<Pick>,
}

fn open(replica: &Replica, line: &FamilyLine, kind: EntryKind, start: bool, pen: &Pen<'_>) -> Opening {
    let family = line.family;
    let standing = replica
        .drafts()
        .into_iter()
        .find(|draft| draft.family == family && draft.answers.get(visit_card::KIND) == Some(kind))
        .cloned();
    let resumed = standing.is_some();
    let draft = standing.unwrap_or_else(|| {
        let mut answers = visit_draft::begin(kind, pen);
        if start {
            answers.put(visit_card::START, pen.local_time().time());
        }
        Draft {
            id: DraftId(pen.id()),
            record: RecordId(pen.id()),
            kind: RecordKind::Visit,
            family,
            form: visit_card::FORM.version,
            answers,
            section: 0,
            saved_at: pen.now,
        }
    });
    let today = pen.today();
    let members = card(replica, family).map(|card| family_card::members(&card.answers)).unwrap_or_default();
    let at_home = card(replica, family).map(|card| children_at_home(&card.answers)).unwrap_or_default();
    let pick = |member: &family_card::Member| Pick {
        id: member.id.clone(),
        label: member.first_name.clone(),
        note: member_note(member, today),
    };
    Opening {
        draft,
        resumed,
        last: last_like(replica, line, kind),
        tasks: open_tasks(replica, family),
        children: members.iter().filter(|member| at_home.contains(&member.id)).map(pick).collect(),
        members: members.iter().map(pick).collect(),
        goals: goal_picks(replica, line),
        favourites: favourites(replica),
    }
}

fn last_like(replica: &Replica, line: &FamilyLine, kind: EntryKind) -> Option<Answers> {
    replica
        .of_family(line.family, RecordKind::Visit)
        .filter(|record| record.answers.get(visit_card::KIND) == Some(kind) && visit_card::took_place(&record.answers))
        .max_by_key(|record| (record.answers.get(visit_card::DATE), record.id))
        .map(|record| record.answers.clone())
}

fn goal_picks(replica: &Replica, line: &FamilyLine) -> Vec<Pick> {
    let plan = replica.of_family(line.family, RecordKind::Plan).last();
    plan.map(|plan| plan::goals(&plan.answers))
        .unwrap_or_default()
        .into_iter()
        .map(|goal| Pick { id: goal.id, label: format!("{}. {}", goal.no, goal.goal), note: String::new() })
        .collect()
}

/// Statutory tasks, the ones this person uses most first.
fn favourites(replica: &Replica) -> Vec<Pick> {
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    for record in replica.records().filter(|record| record.kind == RecordKind::Visit && record.made.by == replica.me) {
        for code in record.answers.get(visit_card::TASKS).unwrap_or_default() {
            *uses.entry(code).or_default() += 1;
        }
    }
    let mut tasks = picks(StatutoryTask::CHOICES);
    sort_by_key(&mut tasks, |pick| std::cmp::Reverse(uses.get(&pick.id).copied().unwrap_or(0)));
    for pick in &mut tasks {
        if let Some(point) = pick.id.parse::<StatutoryTask>().ok().and_then(StatutoryTask::point) {
            pick.label = format!("{point} · {}", pick.label);
        }
    }
    tasks
}

/// The form.
#[component]
fn VisitForm(session: PhoneSession, line: FamilyLine, kind: EntryKind, start: bool) -> impl IntoView {
    let app: App = app();
    let opening = session.device.with_pen(|pen| open(&session.device.replica(), &line, kind, start, pen));
    let Opening { draft, resumed, last, tasks, members, children, goals, favourites } = opening;
    let at_home: Vec<String> = children.iter().map(|child| child.id.clone()).collect();
    let around = visit_card::Surroundings {
        children_at_home: at_home,
        other_times: other_times(&session.device.replica(), &draft.answers),
    };
    let checked = tasks.clone();
    let check_around = around.clone();
    let day = app.today.get_untracked();
    let sheet = Sheet::new(draft.answers.clone(), move |answers| {
        visit_draft::check(answers, day, &check_around, &checked.iter().collect::<Vec<_>>())
    })
    .offering(members, children, goals);

    let desk = StoredValue::new_local(Writing { app, session, draft, tasks: tasks.clone(), around, over: false });
    let saved = RwSignal::new(match resumed {
        true => Saved::At(desk.with_value(|desk| desk.draft.saved_at)),
        false => Saved::Nothing,
    });
    autosave(sheet, desk, saved);
    also_seen(sheet);

    let busy = RwSignal::new(false);
    let navigate = use_navigate();
    let home = format!("/rodziny/{}", line.code);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        if sheet.attempt() {
            app.host().focus("summary-errors");
            return;
        }
        busy.set(true);
        let (navigate, home) = (navigate.clone(), home.clone());
        app.host().spawn(Box::pin(async move {
            match finish(desk, sheet).await {
                Ok(()) => {
                    app.say("Zapisane na tym telefonie.");
                    navigate(&home, Default::default());
                }
                Err(said) => app.say(said),
            }
            busy.set(false);
        }));
    };
    let saved_note = move || {
        let offset = app.host().offset_minutes();
        match saved.get() {
            Saved::Nothing => String::new(),
            Saved::Writing => "Zapisywanie szkicu…".to_owned(),
            Saved::At(at) => {
                let local = at.naive_utc() + chrono::Duration::minutes(offset.into());
                format!("Szkic zapisany {}", words::time(local.time()))
            }
        }
    };
    view! {
        <header class="page-head">
            <div>
                <p class="page-over">{line.code.clone()} " · " {line.locality.clone()}</p>
                <h1>{kind_title(kind)} " – " {line.surname.clone()}</h1>
            </div>
        </header>
        <form on:submit=submit novalidate>
            <ErrorSummary sheet/>
            {resumed.then(|| resumed_banner(desk, line.code.clone()))}
            {last.map(|last| like_last(app, sheet, last))}
            {when_and_who(sheet)}
            {what_we_did(sheet, favourites)}
            {tasks_section(sheet, tasks)}
            {what_next(sheet)}
            <div class="sticky-actions">
                <button class="btn btn-primary" type="submit" aria-busy=move || busy.get().then_some("true")>"Zapisz"</button>
                <span class="sticky-note" role="status">{saved_note}</span>
            </div>
        </form>
    }
}

fn kind_title(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Visit => "Wizyta",
        EntryKind::MeetingOut => "Spotkanie poza domem",
        EntryKind::Accompany => "Towarzyszenie",
        EntryKind::PhoneFamily => "Rozmowa",
        EntryKind::Institution => "Kontakt z instytucją",
        EntryKind::Team => "Spotkanie zespołu",
        EntryKind::Intervention => "Interwencja",
        EntryKind::ChildHearing => "Towarzyszenie dziecku",
        EntryKind::ContactSupervised => "Kontakt z dzieckiem w pieczy",
        EntryKind::Documentation => "Dokumentacja",
    }
}

/// A form at work: what it is saved into and finished from.
struct Writing {
    app: App,
    session: PhoneSession,
    draft: Draft,
    tasks: Vec<Record>,
    around: visit_card::Surroundings,
    /// Finished or thrown away: nothing more is saved.
    over: bool,
}

type Desk = StoredValue<Writing, LocalStorage>;

/// How the draft stands on the device.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Saved {
    /// Nothing has been written yet.
    Nothing,
    /// The last words are on their way to the store.
    Writing,
    /// Everything in view is kept since then.
    At(chrono::DateTime<chrono::Utc>),
}

/// Saves the draft a moment after the last key press.
fn autosave(sheet: Sheet, desk: Desk, saved: RwSignal<Saved>) {
    let pending = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |first: Option<()>| {
        sheet.answers.track();
        if first.is_none() {
            return;
        }
        saved.set(Saved::Writing);
        if let Some(timer) = pending.get_value() {
            timer.clear();
        }
        let save = move || {
            let task = desk.try_update_value(|desk| {
                desk.draft.answers = sheet.answers.get_untracked();
                desk.draft.saved_at = desk.app.host().now();
                (!desk.over).then(|| (desk.app, desk.session.clone(), desk.draft.clone()))
            });
            let Some(Some((app, session, draft))) = task else { return };
            app.host().spawn(Box::pin(async move {
                let at = draft.saved_at;
                match save_draft(&session, draft).await {
                    Ok(()) => saved.set(Saved::At(at)),
                    Err(said) => app.say(said),
                }
            }));
        };
        pending.set_value(set_timeout_with_handle(save, SAVE_AFTER).ok());
    });
}

/// A child who is present has been seen: one tap says both.
fn also_seen(sheet: Sheet) {
    let children: Vec<String> =
        sheet.children.with_value(|children| children.iter().map(|child| child.id.clone()).collect());
    let present = sheet.value(visit_card::PRESENT.name());
    Effect::new(move |before: Option<Option<Value>>| {
        let now = present.get();
        let had = before.flatten();
        let newly: Vec<&String> =
            children.iter().filter(|child| is_in(now.as_ref(), child) && !is_in(had.as_ref(), child)).collect();
        if !newly.is_empty() {
            let mut seen =
                sheet.answers.with_untracked(|answers| answers.get(visit_card::CHILDREN_SEEN)).unwrap_or_default();
            seen.extend(newly.into_iter().cloned());
            sheet.set(visit_card::CHILDREN_SEEN.name(), Some(Value::Set(seen)));
        }
        now
    });
}

fn is_in(value: Option<&Value>, id: &str) -> bool {
    value.and_then(Value::set).is_some_and(|set| set.contains(id))
}

fn other_times(replica: &Replica, draft: &Answers) -> Vec<(chrono::NaiveTime, chrono::NaiveTime)> {
    let day = draft.get(visit_card::DATE);
    replica
        .records()
        .filter(|record| record.kind == RecordKind::Visit && record.made.by == replica.me)
        .filter(|record| record.answers.get(visit_card::DATE) == day)
        .filter_map(|record| Some((record.answers.get(visit_card::START)?, record.answers.get(visit_card::END)?)))
        .collect()
}

/// Writes the entry with its tasks and checks, and takes the draft away, in one step.
async fn finish(desk: Desk, sheet: Sheet) -> Result<(), String> {
    let taken = desk.try_update_value(|desk| {
        let answers = sheet.answers.get_untracked();
        let tasks: Vec<&Record> = desk.tasks.iter().collect();
        let intents = desk.session.device.with_pen(|pen| {
            visit_draft::finish(&answers, desk.draft.record, desk.draft.family, &desk.around, &tasks, pen)
        });
        desk.over = intents.is_ok();
        intents.map(|intents| (desk.app, desk.session.clone(), intents, desk.draft.id))
    });
    let Some(Ok((app, session, intents, draft))) = taken else {
        return Err("Popraw zaznaczone miejsca.".to_owned());
    };
    let written = intend(app, &session, intents, Some(draft)).await;
    if written.is_err() {
        desk.try_update_value(|desk| desk.over = false);
    }
    written
}

fn resumed_banner(desk: Desk, code: String) -> AnyView {
    let navigate = use_navigate();
    let anew = move |_| {
        let taken = desk.try_update_value(|desk| {
            desk.over = true;
            (desk.app, desk.session.clone(), desk.draft.clone())
        });
        let Some((app, session, draft)) = taken else { return };
        let (navigate, code) = (navigate.clone(), code.clone());
        app.host().spawn(Box::pin(async move {
            if let Err(said) = drop_draft(&session, draft.id).await {
                app.say(said);
                return;
            }
            navigate(&format!("/rodziny/{code}"), Default::default());
            app.say_with_undo("Szkic usunięty.", move || {
                let (session, draft) = (session.clone(), draft.clone());
                app.host().spawn(Box::pin(async move {
                    if let Err(said) = save_draft(&session, draft).await {
                        app.say(said);
                    }
                }));
            });
        }));
    };
    view! {
        <div class="banner">
            <Icon name="edit"/>
            <div><p>"To jest szkic zaczęty wcześniej."</p></div>
            <button class="btn" type="button" on:click=anew>"Usuń szkic"</button>
        </div>
    }
    .into_any()
}

/// "Jak ostatnio": the circumstances of the last entry of this kind, with a way back.
fn like_last(app: App, sheet: Sheet, last: Answers) -> AnyView {
    let day = last.get(visit_card::DATE).map(words::short_date).unwrap_or_default();
    let fill = move |_| {
        let before = sheet.answers.get_untracked();
        sheet.answers.set(visit_draft::like_last_time(&before, &last));
        app.say_with_undo("Wpisano jak ostatnio.", move || sheet.answers.set(before.clone()));
    };
    view! {
        <p><button class="btn" type="button" on:click=fill><Icon name="copy"/> " Jak ostatnio (" {day} ")"</button></p>
    }
    .into_any()
}

fn section(id: &'static str, title: &'static str, content: AnyView) -> AnyView {
    let head = format!("{id}-head");
    let labelledby = head.clone();
    view! {
        <section class="section" id=id aria-labelledby=labelledby>
            <h2 class="section-head" id=head>{title}</h2>
            {content}
        </section>
    }
    .into_any()
}

/// A field of the card.
fn field(sheet: Sheet, key: &'static str) -> AnyView {
    view! { <FieldView sheet form=&visit_card::FORM key/> }.into_any()
}

fn fields(sheet: Sheet, keys: &[&'static str]) -> AnyView {
    keys.iter().map(|key| field(sheet, key)).collect_view().into_any()
}

fn details(title: &'static str, content: AnyView) -> AnyView {
    view! { <details class="more"><summary class="btn btn-quiet"><Icon name="down"/> " " {title}</summary>{content}</details> }
        .into_any()
}

fn when_and_who(sheet: Sheet) -> AnyView {
    section("kiedy", visit_card::FORM.sections[0].title, view! {
        {outcome(sheet)}
        <VisitTime sheet/>
        {field(sheet, "present")}
        {field(sheet, "children_seen")}
        {fields(sheet, &["institution", "person", "channel"])}
        {details("Miejsce, inny dzień, inne osoby", view! {
            {fields(sheet, &["date", "place", "place_note", "announced", "present_others", "not_seen_reason", "kind"])}
        }.into_any())}
    }.into_any())
}

fn what_we_did(sheet: Sheet, favourites: Vec<Pick>) -> AnyView {
    let tasks = visit_card::FORM.field("tasks_art15").map(|field| {
        let slot = Slot { sheet, field, row: None };
        let shown = slot.shown();
        move || shown.get().then(|| grouped(&slot, set_chips(slot.clone(), favourites.clone())))
    });
    let there = move || sheet.answers.with(visit_card::took_place);
    section(
        "co",
        visit_card::FORM.sections[1].title,
        view! {
            {tasks}
            {fields(sheet, &["areas", "goals"])}
            {field(sheet, "actions")}
            {move || there().then(|| view! { <PhraseBank sheet/> })}
            {field(sheet, "observations")}
        }
        .into_any(),
    )
}

/// Held or not is one tap; why not is a second one.
fn outcome(sheet: Sheet) -> AnyView {
    let Some(field) = visit_card::FORM.field(visit_card::OUTCOME.name()) else { return ().into_any() };
    let slot = Slot { sheet, field, row: None };
    let shown = slot.shown();
    let held =
        Memo::new(move |_| sheet.answers.with(|answers| answers.get(visit_card::OUTCOME) == Some(Outcome::Held)));
    let set = move |outcome: Option<Outcome>| {
        sheet.set(visit_card::OUTCOME.name(), outcome.map(|outcome| Value::Text(outcome.code().to_owned())));
    };
    let button = move |label: &'static str, is_held: bool| {
        view! {
            <button type="button" aria-pressed=move || (held.get() == is_held).to_string()
                on:click=move |_| set(is_held.then_some(Outcome::Held))>{label}</button>
        }
        .into_any()
    };
    let why_not = slot.clone();
    let reasons = move || (!held.get()).then(|| choice_chips(why_not.clone(), &Outcome::CHOICES[1..]));
    let controls = StoredValue::new_local((slot, reasons));
    (move || {
        shown.get().then(|| {
            let (slot, reasons) = controls.get_value();
            grouped(
                &slot,
                view! {
                    <div class="segmented">{button("Odbyta", true)} {button("Nieodbyta", false)}</div>
                    {reasons}
                }
                .into_any(),
            )
        })
    })
    .into_any()
}

fn tasks_section(sheet: Sheet, tasks: Vec<Record>) -> AnyView {
    section(
        "zadania",
        visit_card::FORM.sections[2].title,
        view! {
            <TaskChecks sheet tasks/>
            <NewTasks sheet/>
        }
        .into_any(),
    )
}

fn what_next(sheet: Sheet) -> AnyView {
    section("dalej", visit_card::FORM.sections[3].title, view! {
        {field(sheet, "next_visit")}
        {next_visit_chips(sheet)}
        {field(sheet, "engagement")}
        {fields(sheet, &["risk", "urgent_steps", "urgent_note"])}
        {details("Zmiana w rodzinie, dojazd", fields(sheet, &[
            "change_signal", "change_note", "work_area", "travel", "travel_from", "travel_to", "travel_km", "travel_minutes",
        ]))}
    }.into_any())
}

/// Quick terms for the next visit, at the hour of this one.
fn next_visit_chips(sheet: Sheet) -> AnyView {
    let chip = |label: &'static str, days: u64| {
        let tap = move |_| {
            let next = sheet.answers.with_untracked(|answers| next_term(answers, days));
            sheet.set(visit_card::NEXT_VISIT.name(), next.map(|next| Value::Text(moment_text(next))));
        };
        view! { <button class="chip" type="button" on:click=tap>{label}</button> }.into_any()
    };
    view! {
        <div class="chips" role="group" aria-label="Szybki termin">
            {chip("za 2 dni", 2)} {chip("za 3 dni", 3)} {chip("za tydzień", 7)} {chip("za 2 tygodnie", 14)}
        </div>
    }
    .into_any()
}

/// So many days later, at the full or half hour of this visit.
fn next_term(answers: &Answers, days: u64) -> Option<NaiveDateTime> {
    let date = answers.get(visit_card::DATE)? + Days::new(days);
    let start = answers.get(visit_card::START);
    let (hour, minute) = start.map_or((10, 0), |time| (time.hour(), if time.minute() < 30 { 0 } else { 30 }));
    date.and_hms_opt(hour, minute, 0)
}
