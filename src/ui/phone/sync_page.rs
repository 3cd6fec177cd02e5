//! *Wysyłanie i pobieranie*: what waits on this phone, what was sent, and what needs the person.

use super::shell::sync_words;
use crate::{
    domain::{
        access::own_file,
        answer_words::{Referred, answer_words},
        calendar::warsaw_time,
        change::{Action, Change},
        documents::{RecordKind, family_card},
        ids::{ChangeId, FamilyId, RecordId},
        order::sort_by_key,
        record::Refusal,
        words,
    },
    sync::{
        protocol::Verdict,
        replica::{Answered, Replica, Restored},
    },
    ui::{
        calendar_feed::CalendarFeed,
        context::{App, app},
        devices::OwnDevices,
        look::LookChooser,
        parts::{Dialog, Icon},
        rescue::RescueCard,
    },
};
use leptos::prelude::*;
use leptos_router::components::A;

/// How many sent changes the page shows.
const RECENT: usize = 20;

/// The page.
#[component]
pub fn SyncPage() -> impl IntoView {
    let app: App = app();
    let words = Memo::new(move |_| sync_words(app));
    let ask = Ask { open: RwSignal::new(false), whom: RwSignal::new(None) };
    let body = move || {
        app.read(
            |replica| view! { {troubles(replica, ask)} {refused_files(replica)} {waiting(replica)} {sent(replica)} },
        )
    };
    let (calendar, devices) = (RwSignal::new(false), RwSignal::new(false));
    let clock = move || {
        let ahead = app.read_standing(|replica| replica.state().clock_ahead).unwrap_or(0);
        (ahead.abs() > 600).then(|| {
            let text = format!(
                "Zegar tego urządzenia różni się o {}. Ustaw go w telefonie.",
                words::MINUTES.count(ahead.abs() / 60)
            );
            view! { <div class="banner" data-state="warn"><Icon name="clock"/><div><p>{text}</p></div></div> }
        })
    };
    let restored = move || app.read_standing(restored_words).flatten().map(restored_banner);
    view! {
        <header class="page-head">
            <div>
                <h1>"Wysyłanie i pobieranie"</h1>
                <p class="page-lead">{move || words.get().map(|words| format!("{} {}", words.text, words.note))}</p>
            </div>
            <div class="actions">
                <button class="btn btn-primary" type="button" on:click=move |_| app.host().sync()><Icon name="sync"/> " Synchronizuj"</button>
                <button class="btn" type="button" on:click=move |_| app.host().lock()><Icon name="lock"/> " Zablokuj"</button>
            </div>
        </header>
        <div class="stack">
            {clock}
            {restored}
            {move || (!app.online.get()).then(|| view! {
                <div class="banner"><Icon name="offline"/><div><p>"Brak sieci. Wszystko działa dalej; wpisy poczekają na tym telefonie."</p></div></div>
            })}
            {body}
            <section class="card" aria-labelledby="door">
                <div class="card-head"><h2 id="door">"Ten telefon"</h2></div>
                <div class="card-body">
                    <p>"Hasło urządzenia, klucz dostępu, PIN ekranu."</p>
                    <A href="/telefon" attr:class="btn"><Icon name="lock"/> " Co otwiera ten telefon"</A>
                </div>
            </section>
            <RescueCard/>
            <section class="card" aria-labelledby="look">
                <div class="card-head"><h2 id="look">"Wygląd na tym urządzeniu"</h2></div>
                <div class="card-body"><LookChooser/></div>
            </section>
            <section class="card" aria-labelledby="calendar">
                <div class="card-head"><h2 id="calendar">"Terminy w kalendarzu"</h2></div>
                <div class="card-body">
                    {move || match calendar.get() {
                        true => view! { <CalendarFeed/> }.into_any(),
                        // It needs the network, so nothing is asked before somebody wants it.
                        false => view! {
                            <button class="btn" type="button" on:click=move |_| calendar.set(true)>"Pokaż ustawienia"</button>
                        }.into_any(),
                    }}
                </div>
            </section>
            <section class="card" aria-labelledby="devices">
                <div class="card-head"><h2 id="devices">"Moje urządzenia"</h2></div>
                <div class="card-body">
                    {move || match devices.get() {
                        true => view! { <OwnDevices/> }.into_any(),
                        false => view! {
                            <button class="btn" type="button" on:click=move |_| devices.set(true)>"Pokaż urządzenia"</button>
                        }.into_any(),
                    }}
                </div>
            </section>
            <DiscardDialog ask/>
        </div>
    }
}

/// What a change is about, in words.
fn about(replica: &Replica, change: &Change) -> String {
    let family = family_name(replica, change.family);
    let what = match &change.action {
        Action::Settle { .. } => "wybór wersji",
        Action::Take { .. } => "krok procedury",
        Action::Write(_) if change.makes_record() => change.kind.label(),
        Action::Write(_) if change.kind == RecordKind::Visit => "poprawki wpisu w karcie pracy",
        Action::Write(_) if change.kind == RecordKind::Family => "zmiana w karcie rodziny",
        Action::Write(_) => "zmiana",
    };
    format!("{family} – {what}")
}

fn family_name(replica: &Replica, family: FamilyId) -> String {
    if family == own_file(replica.me) {
        return "Mój miesiąc".to_owned();
    }
    super::family::card(replica, family)
        .map(|card| card.answers.text(family_card::SURNAME).to_owned())
        .unwrap_or_else(|| "rodzina spoza urządzenia".to_owned())
}

fn made(change: &Change) -> String {
    let local = change.local_time();
    format!("{}, {}", words::short_date(local.date()), words::time(local.time()))
}

fn troubles(replica: &Replica, ask: Ask) -> Option<AnyView> {
    let rows: Vec<_> = replica.troubles().map(|answered| trouble_row(replica, answered, ask)).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="troubles">
                <div class="card-head"><h2 id="troubles">"Do wyjaśnienia " <span class="count">{rows.len()}</span></h2></div>
                <div class="card-body"><p>"Ośrodek nie przyjął tych zapisów. Nic nie zginęło: cała treść jest tutaj."</p></div>
                <ul class="list">{rows}</ul>
            </section>
        }
        .into_any()
    })
}

fn trouble_row(replica: &Replica, answered: &Answered, ask: Ask) -> AnyView {
    let id = answered.change.id;
    let reason = match &answered.receipt.verdict {
        Verdict::Refused(Refusal::Invalid(problems)) => {
            problems.iter().map(|problem| problem.text.clone()).collect::<Vec<_>>().join(" ")
        }
        Verdict::Refused(refusal) => refusal.to_string(),
        _ => String::new(),
    };
    let (about, made) = (about(replica, &answered.change), made(&answered.change));
    let content = content(replica, &answered.change);
    let discard = move |_| {
        ask.whom.set(Some(id));
        ask.open.set(true);
    };
    view! {
        <li class="row">
            <span class="row-lead"><Icon name="warning"/></span>
            <div class="row-main">
                <p class="row-title">{about}</p>
                <p class="row-meta">{made}</p>
                <p>{reason}</p>
                <details><summary>"Pokaż treść"</summary><dl class="facts">{content}</dl></details>
                <button class="btn btn-quiet" type="button" on:click=discard>"Usuń z listy"</button>
            </div>
        </li>
    }
    .into_any()
}

/// The question before a refused change is thrown away.
#[derive(Clone, Copy)]
struct Ask {
    open: RwSignal<bool>,
    whom: RwSignal<Option<ChangeId>>,
}

#[component]
fn DiscardDialog(ask: Ask) -> impl IntoView {
    let app: App = app();
    let discard = move |_| {
        let (Some(session), Some(id)) = (app.session(), ask.whom.get_untracked()) else { return };
        ask.open.set(false);
        app.host().spawn(Box::pin(async move {
            let done = session.device.step(|replica, _| Ok::<_, Refusal>(replica.discard_trouble(id))).await;
            if let Err(error) = done {
                app.say(error.to_string());
            }
        }));
    };
    view! {
        <Dialog open=ask.open title="Usunąć ten zapis?" id="discard">
            <p>"Treść zniknie z tego telefonu i nie da się jej odzyskać."</p>
            <div class="dialog-actions">
                <button class="btn btn-danger" type="button" on:click=discard>"Usuń zapis"</button>
                <button class="btn btn-quiet" type="button" on:click=move |_| ask.open.set(false)>"Zostaw"</button>
            </div>
        </Dialog>
    }
}

fn content(replica: &Replica, change: &Change) -> Vec<AnyView> {
    let Action::Write(edits) = &change.action else { return Vec::new() };
    let mut answers = replica.record(change.record).map(|record| record.answers.clone()).unwrap_or_default();
    edits.iter().for_each(|(key, edit)| answers.set_raw(key, edit.after.clone()));
    let version = replica.record(change.record).map_or(change.form, |record| record.form);
    let form = replica.book().form(change.kind, &answers, version);
    let referred = Referred::of(replica.records().filter(|record| record.family == change.family));
    edits
        .iter()
        .filter_map(|(key, edit)| {
            let (_, field) = form.at(key)?;
            let words = edit.after.as_ref().and_then(|value| answer_words(field, value, &referred));
            let words = words.unwrap_or_else(|| "(puste)".to_owned());
            Some(view! { <div><dt>{field.label}</dt><dd>{words}</dd></div> }.into_any())
        })
        .collect()
}

/// Files that the office did not take: they are still in their entry on this phone.
fn refused_files(replica: &Replica) -> Option<AnyView> {
    let rows: Vec<_> = replica
        .unsent()
        .filter(|unsent| unsent.refused)
        .map(|unsent| file_row(replica, unsent.record, "warning", "nieprzyjęte: nie zgadza się z wpisem"))
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="refused-files">
                <div class="card-head"><h2 id="refused-files">"Zdjęcia do wyjaśnienia " <span class="count">{rows.len()}</span></h2></div>
                <div class="card-body"><p>"Zdjęcie jest nadal we wpisie na tym telefonie. Usuń je tam i dodaj jeszcze raz."</p></div>
                <ul class="list">{rows}</ul>
            </section>
        }
        .into_any()
    })
}

fn file_row(replica: &Replica, record: RecordId, icon: &'static str, note: &'static str) -> AnyView {
    let family = replica.record(record).map(|record| family_name(replica, record.family));
    let title = format!("{} – zdjęcie dokumentu", family.unwrap_or_else(|| "rodzina spoza urządzenia".to_owned()));
    view! {
        <li class="row">
            <span class="row-lead"><Icon name=icon/></span>
            <div class="row-main"><p class="row-title">{title}</p><p class="row-meta">{note}</p></div>
        </li>
    }
    .into_any()
}

fn waiting(replica: &Replica) -> AnyView {
    let files = replica.unsent().filter(|unsent| !unsent.refused);
    let files = files.map(|unsent| file_row(replica, unsent.record, "saved", "po wysłaniu wpisu"));
    let rows: Vec<_> = replica
        .outbox()
        .map(|change| {
            view! {
                <li class="row">
                    <span class="row-lead"><Icon name="saved"/></span>
                    <div class="row-main"><p class="row-title">{about(replica, change)}</p><p class="row-meta">{made(change)}</p></div>
                </li>
            }
            .into_any()
        })
        .chain(files)
        .collect();
    let count = rows.len();
    view! {
        <section class="card" aria-labelledby="waiting">
            <div class="card-head"><h2 id="waiting">"Czeka na wysłanie " <span class="count">{count}</span></h2></div>
            {(count == 0).then(|| view! { <div class="card-body"><p class="muted">"Nic nie czeka."</p></div> })}
            <ul class="list">{rows}</ul>
        </section>
    }
    .into_any()
}

/// Days for which the page tells of a restore of the office.
const TELLS_OF_RESTORE: i64 = 3;

/// The office was brought back from a copy: what that meant for this phone, in a sentence (P12).
fn restored_words(replica: &Replica) -> Option<String> {
    let Restored { at, again } = replica.state().restored?;
    if replica.state().last_sync? - at > chrono::Duration::days(TELLS_OF_RESTORE) {
        return None;
    }
    let what = words::CHANGES.count(i64::from(again));
    Some(match (again, replica.waiting()) {
        (0, _) => "Serwer przywrócono z kopii zapasowej. Wszystko, co stąd wysłano, tam jest.".to_owned(),
        (_, 0) => {
            format!("Serwer przywrócono z kopii zapasowej. Brakowało w niej: {what}. Telefon wysłał to ponownie.")
        }
        _ => format!("Serwer przywrócono z kopii zapasowej. Brakuje w niej: {what}. Telefon sam wysyła to ponownie."),
    })
}

fn restored_banner(text: String) -> AnyView {
    view! { <div class="banner" data-state="info"><Icon name="sent"/><div><p>{text}</p></div></div> }.into_any()
}

fn sent(replica: &Replica) -> Option<AnyView> {
    let mut sent: Vec<&Answered> = replica.sent().collect();
    sort_by_key(&mut sent, |answered| std::cmp::Reverse((answered.receipt.at, answered.change.id)));
    let rows: Vec<_> = sent
        .into_iter()
        .take(RECENT)
        .map(|answered| {
            let at = warsaw_time(answered.receipt.at);
            let disputed = matches!(answered.receipt.verdict, Verdict::NeedsDecision { .. })
                .then(|| view! { <span class="badge" data-state="warn"><Icon name="copy"/> "dwie wersje"</span> });
            view! {
                <li class="row">
                    <span class="row-lead"><Icon name="sent"/></span>
                    <div class="row-main">
                        <p class="row-title">{about(replica, &answered.change)}</p>
                        <p class="row-meta">"Wysłane " {words::short_date(at.date())} " · " {words::time(at.time())}</p>
                    </div>
                    <div class="row-trail">{disputed}</div>
                </li>
            }
            .into_any()
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="sent">
                <div class="card-head"><h2 id="sent">"Wysłane niedawno"</h2></div>
                <ul class="list">{rows}</ul>
            </section>
        }
        .into_any()
    })
}
