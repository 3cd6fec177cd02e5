//! Devices, as their owner and the manager see them: what is known of each, and cutting one off.

use super::{
    context::{App, app},
    parts::{Badge, Dialog, Icon, Tone},
};
use crate::{
    api::devices::{DeviceLine, read_devices, revoke_device},
    domain::{
        calendar::warsaw_time,
        devices::{DeviceStanding, is_silent},
        words,
    },
};
use chrono::{DateTime, NaiveDate, Utc};
use leptos::prelude::*;

const REASON_ID: &str = "powod-odlaczenia";

/// "20 listopada 2026, 9:00".
pub fn moment(at: DateTime<Utc>) -> String {
    let at = warsaw_time(at);
    [words::date(at.date()), words::time(at.time())].join(", ")
}

/// What a device is called.
pub fn name_of(line: &DeviceLine) -> String {
    if line.name.is_empty() { "urządzenie bez nazwy".to_owned() } else { line.name.clone() }
}

/// Whether a device is in order, in words and colours.
pub fn badges(line: &DeviceLine, today: NaiveDate) -> Vec<AnyView> {
    let looks = match line.standing {
        DeviceStanding::Well => of_one_at_work(line, today),
        DeviceStanding::Revoked(_) => vec![(Tone::Warn, "clock", "odłączone, jeszcze się nie zgłosiło".to_owned())],
        DeviceStanding::Wiped(_) => vec![(Tone::Ok, "check", "odłączone, dane usunięte".to_owned())],
    };
    looks.into_iter().map(|(tone, icon, text)| view! { <Badge tone icon text/> }.into_any()).collect()
}

fn of_one_at_work(line: &DeviceLine, today: NaiveDate) -> Vec<(Tone, &'static str, String)> {
    let silent = is_silent(line.last_seen, today);
    let mut looks = Vec::new();
    if silent {
        let since = words::date(warsaw_time(line.last_seen).date());
        looks.push((Tone::Overdue, "offline", ["milczy od ", &since].concat()));
    }
    if line.failures > 0 {
        looks.push((Tone::Warn, "warning", ["nieudane próby: ", &line.failures.to_string()].concat()));
    }
    match line.waiting {
        0 if silent => {}
        0 => looks.push((Tone::Ok, "sent", "wszystko wysłane".to_owned())),
        count => looks.push((Tone::Warn, "send", ["do wysłania: ", &words::CHANGES.count(count.into())].concat())),
    }
    looks
}

/// All that is known of a device: what is asked and what it is.
pub fn facts(line: &DeviceLine) -> Vec<(&'static str, String)> {
    let families = match (line.families.is_empty(), line.other_families) {
        (true, 0) => "żadna".to_owned(),
        (true, others) => words::FAMILIES.count(others.into()),
        (false, 0) => line.families.join(", "),
        (false, others) => [&line.families.join(", "), " i inne: ", &others.to_string()].concat(),
    };
    let copies = if line.seals { "tak: dotrą także z zamkniętego urządzenia" } else { "jeszcze nie" };
    let mut facts = vec![
        ("Ostatni kontakt", moment(line.last_seen)),
        ("Pierwszy kontakt", line.first_seen.map_or_else(|| "nieznany".to_owned(), moment)),
        ("Niewysłane zmiany", line.waiting.to_string()),
        ("Najstarsza niewysłana", line.oldest.map_or_else(|| "brak".to_owned(), moment)),
        ("Niewysłane zabezpieczone dla ośrodka", copies.to_owned()),
        ("Rodziny na urządzeniu", families),
        ("Odblokowanie", line.unlock.map_or("nieznane", |unlock| unlock.label()).to_owned()),
        ("Wolne miejsce", line.free_mb.map_or_else(|| "nieznane".to_owned(), space)),
        ("Wersja aplikacji", line.app.clone()),
    ];
    match line.standing {
        DeviceStanding::Well => {}
        DeviceStanding::Revoked(at) => {
            facts.push(("Odłączone", moment(at)));
            facts.push(("Usunięcie danych", "jeszcze się nie zgłosiło".to_owned()));
        }
        DeviceStanding::Wiped(at) => {
            facts.push(("Usunięcie danych", ["usunięto dane z urządzenia ", &moment(at)].concat()));
        }
    }
    facts.extend(line.reason.clone().map(|reason| ("Powód odłączenia", reason)));
    facts
}

fn space(mb: u32) -> String {
    if mb < 1_000 { [&mb.to_string(), " MB"].concat() } else { [&(mb / 1_000).to_string(), " GB"].concat() }
}

/// Facts as a list.
pub fn facts_view(line: &DeviceLine) -> AnyView {
    let facts: Vec<AnyView> = facts(line)
        .into_iter()
        .map(|(label, words)| view! { <div><dt>{label}</dt><dd>{words}</dd></div> }.into_any())
        .collect();
    view! { <dl class="facts">{facts}</dl> }.into_any()
}

/// The question before a device is cut off.
#[derive(Clone, Copy)]
pub struct Revoking {
    app: App,
    open: RwSignal<bool>,
    whom: RwSignal<Option<DeviceLine>>,
    reason: RwSignal<String>,
    problem: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
    /// Counts devices that were cut off here: whoever shows the list reads it anew.
    pub done: RwSignal<u32>,
}

impl Revoking {
    /// Nothing is asked yet.
    pub fn new() -> Self {
        Self {
            app: app(),
            open: RwSignal::new(false),
            whom: RwSignal::new(None),
            reason: RwSignal::new(String::new()),
            problem: RwSignal::new(None),
            busy: RwSignal::new(false),
            done: RwSignal::new(0),
        }
    }

    /// The button that asks; nothing for a device that is cut off already.
    pub fn button(self, line: &DeviceLine) -> Option<AnyView> {
        let line = (line.standing == DeviceStanding::Well).then(|| line.clone())?;
        let ask = move |_| {
            self.whom.set(Some(line.clone()));
            self.reason.set(String::new());
            self.problem.set(None);
            self.open.set(true);
        };
        Some(
            view! { <button class="btn" type="button" on:click=ask><Icon name="lock"/>" Odłącz urządzenie"</button> }
                .into_any(),
        )
    }

    fn revoke(self) {
        let Some(line) = self.whom.get_untracked() else { return };
        let reason = self.reason.get_untracked().trim().to_owned();
        if reason.is_empty() {
            self.problem.set(Some("Wpisz powód, na przykład: telefon zgubiony 20 listopada.".to_owned()));
            self.app.host().focus(REASON_ID);
            return;
        }
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.app.host().spawn(Box::pin(async move {
            match revoke_device(line.user, line.device, reason).await {
                Ok(()) => {
                    self.open.set(false);
                    self.done.update(|done| *done += 1);
                    self.app.say("Urządzenie odłączone. Dane znikną z niego przy najbliższym kontakcie.".to_owned());
                }
                Err(error) => self.problem.set(Some(error.to_string())),
            }
            self.busy.set(false);
        }));
    }

    /// The dialogue.
    pub fn dialog(self) -> AnyView {
        let title = Signal::derive(move || {
            let name = self.whom.with(|line| line.as_ref().map(name_of)).unwrap_or_default();
            ["Odłączyć: ", &name, "?"].concat()
        });
        view! {
            <Dialog open=self.open title id="odlacz">
                <p>"Zalogowanie na tym urządzeniu kończy się od razu, a dane rodzin znikną z niego przy najbliższym \
                    kontakcie. Niewysłane wpisy, które jeszcze z niego dotrą, poczekają na decyzję kierownika."</p>
                <div class="field">
                    <label for=REASON_ID>"Powód"</label>
                    <textarea id=REASON_ID rows="2" maxlength="500" prop:value=move || self.reason.get()
                        aria-invalid=move || self.problem.with(Option::is_some).then_some("true")
                        on:input=move |event| self.reason.set(event_target_value(&event))></textarea>
                    <div role="alert">{move || self.problem.get().map(|text| view! {
                        <p class="field-error"><Icon name="warning"/> <span>{text}</span></p>
                    })}</div>
                </div>
                <div class="dialog-actions">
                    <button class="btn btn-danger" type="button" disabled=move || self.busy.get() on:click=move |_| self.revoke()>
                        "Odłącz urządzenie"
                    </button>
                    <button class="btn btn-quiet" type="button" on:click=move |_| self.open.set(false)>"Zostaw"</button>
                </div>
            </Dialog>
        }
        .into_any()
    }
}

impl Default for Revoking {
    fn default() -> Self {
        Self::new()
    }
}

/// One's own devices. It needs the network.
#[component]
pub fn OwnDevices() -> AnyView {
    let app: App = app();
    let revoking = Revoking::new();
    let board = RwSignal::new(None);
    Effect::new(move |_| {
        revoking.done.track();
        app.host().spawn(Box::pin(async move {
            let read = read_devices().await;
            // The page may have been left meanwhile.
            board.try_set(Some(read));
        }));
    });
    let list = move || match board.get() {
        None => view! { <p class="muted" role="status">"Odczyt listy urządzeń…"</p> }.into_any(),
        Some(Err(error)) => view! { <p class="muted" role="status">{error.to_string()}</p> }.into_any(),
        Some(Ok(board)) => {
            let rows: Vec<AnyView> = board.devices.iter().map(|line| row(line, board.today, revoking)).collect();
            view! { <ul class="list">{rows}</ul> }.into_any()
        }
    };
    view! {
        <p>"Zgubione urządzenie odłącz od razu: nikt nie zaloguje się na nim, a dane znikną przy najbliższym kontakcie."</p>
        {list}
        {revoking.dialog()}
    }
    .into_any()
}

fn row(line: &DeviceLine, today: NaiveDate, revoking: Revoking) -> AnyView {
    view! {
        <li class="row">
            <span class="row-lead"><Icon name="phone"/></span>
            <div class="row-main">
                <p class="row-title">{name_of(line)}</p>
                <p class="row-meta">"Ostatni kontakt: "{moment(line.last_seen)}</p>
                <p>{badges(line, today)}</p>
                <details><summary>"Szczegóły"</summary>{facts_view(line)}</details>
                {revoking.button(line)}
            </div>
        </li>
    }
    .into_any()
}
