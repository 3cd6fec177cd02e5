//! *Telefony*: every device of the office, when it was last heard of and what waits on it (P13); cutting one off; and
//! what came late from those that were cut off.

use super::live::Live;
use crate::{
    api::devices::{DeviceBoard, DeviceLine, LateId, LateLine, judge_late, read_devices},
    domain::{
        answer_words::{Referred, answer_words},
        change::{Action, Change},
        devices::{DeviceStanding, LateFate},
        documents::declaration,
        form::Answers,
        print::{Block, Part, Sheet},
        words,
    },
    ui::{
        context::{App, app},
        devices::{Revoking, badges, facts, facts_view, moment, name_of},
        parts::{
            Badge, Empty, Icon, PageHead, Tone,
            print_sheet::{print_page, sheet_view},
        },
        rescue::BringCopy,
    },
};
use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

fn live() -> Live<DeviceBoard> {
    Live::new(|board: &DeviceBoard| board.rev, || Box::pin(read_devices()))
}

/// The page `/telefony`.
#[component]
pub fn DeskDevices() -> AnyView {
    let live = live();
    let revoking = Revoking::new();
    let judging = Judging { app: app(), reason: RwSignal::new(String::new()), done: RwSignal::new(0) };
    Effect::new(move |before: Option<(u32, u32)>| {
        let now = (revoking.done.get(), judging.done.get());
        if before.is_some_and(|before| before != now) {
            live.reload();
        }
        now
    });
    let page = move || {
        view! {
            {live.with(move |board| late(board, judging).into_any())}
            {live.with(move |board| list(board, revoking))}
        }
        .into_any()
    };
    view! {
        <PageHead title="Telefony".to_owned() lead=live.freshness()><BringCopy/></PageHead>
        <div class="stack">{live.view("Odczyt listy telefonów", page)}</div>
        {revoking.dialog()}
    }
    .into_any()
}

fn list(board: &DeviceBoard, revoking: Revoking) -> AnyView {
    if board.devices.is_empty() {
        return view! {
            <Empty icon="phone" title="Żaden telefon jeszcze się nie zgłosił"
                text="Telefon pojawi się tutaj, gdy asystent zaloguje się na nim pierwszy raz."/>
        }
        .into_any();
    }
    let (at_work, cut_off): (Vec<_>, Vec<_>) =
        board.devices.iter().partition(|line| line.standing == DeviceStanding::Well);
    let rows: Vec<AnyView> = at_work.into_iter().chain(cut_off).map(|line| row(line, board.today, revoking)).collect();
    view! {
        <section class="card" aria-labelledby="urzadzenia">
            <div class="card-head"><h2 id="urzadzenia">"Urządzenia "<span class="count">{rows.len()}</span></h2></div>
            <ul class="list">{rows}</ul>
        </section>
    }
    .into_any()
}

fn row(line: &DeviceLine, today: NaiveDate, revoking: Revoking) -> AnyView {
    let print = ["/telefony/", &line.device.to_string(), "/druk"].concat();
    view! {
        <li class="row">
            <span class="row-lead"><Icon name="phone"/></span>
            <div class="row-main">
                <p class="row-title">{line.owner.clone()}" – "{name_of(line)}</p>
                <p class="row-meta">"Ostatni kontakt: "{moment(line.last_seen)}</p>
                <details>
                    <summary>"Szczegóły"</summary>
                    {facts_view(line)}
                    <div class="actions">
                        {revoking.button(line)}
                        <a class="btn btn-quiet" href=print><Icon name="print"/>" Wydruk do oceny naruszenia"</a>
                    </div>
                </details>
            </div>
            <div class="row-trail">{badges(line, today)}</div>
        </li>
    }
    .into_any()
}

/// Deciding about what came late.
#[derive(Clone, Copy)]
struct Judging {
    app: App,
    reason: RwSignal<String>,
    done: RwSignal<u32>,
}

impl Judging {
    fn judge(self, late: Vec<LateId>, rejects: bool) {
        let reason = self.reason.get_untracked().trim().to_owned();
        if rejects && reason.is_empty() {
            self.app.say("Wpisz powód odrzucenia.".to_owned());
            self.app.host().focus(REASON_ID);
            return;
        }
        let (asked, rejected) = (late.len(), rejects.then_some(reason));
        self.app.host().spawn(Box::pin(async move {
            match judge_late(late, rejected).await {
                Ok(count) if usize::try_from(count) == Ok(asked) => {}
                Ok(_) => self.app.say("Część wpisów czeka na wcześniejsze. Przyjmij najpierw tamte.".to_owned()),
                Err(error) => self.app.say(error.to_string()),
            }
            self.done.update(|done| *done += 1);
        }));
    }
}

const REASON_ID: &str = "powod-odrzucenia";

fn late(board: &DeviceBoard, judging: Judging) -> Option<AnyView> {
    let waiting: Vec<LateId> =
        board.late.iter().filter(|late| late.fate == LateFate::Waiting).map(|late| late.id).collect();
    let rows: Vec<AnyView> = board.late.iter().map(|late| late_row(late, judging)).collect();
    if rows.is_empty() {
        return None;
    }
    let count = waiting.len();
    let decide = (count > 0).then(|| {
        view! {
            <div class="card-body">
                <p>"Wpisy dotarły z odłączonego urządzenia albo dla zamkniętego konta. Przyjęte trafią do teczek jako wpisy \
                    swoich autorów. Odrzucone zostają tutaj z powodem."</p>
                <div class="field">
                    <label for=REASON_ID>"Powód odrzucenia"</label>
                    <input id=REASON_ID type="text" maxlength="500" prop:value=move || judging.reason.get()
                        on:input=move |event| judging.reason.set(event_target_value(&event))/>
                </div>
                <button class="btn btn-primary" type="button" on:click=move |_| judging.judge(waiting.clone(), false)>
                    "Przyjmij wszystkie czekające"
                </button>
            </div>
        }
    });
    Some(
        view! {
            <section class="card" aria-labelledby="kwarantanna">
                <div class="card-head"><h2 id="kwarantanna">"Spóźnione wpisy do decyzji "<span class="count">{count}</span></h2></div>
                {decide}
                <ul class="list">{rows}</ul>
            </section>
        }
        .into_any(),
    )
}

fn late_row(late: &LateLine, judging: Judging) -> AnyView {
    let id = late.id;
    let family = late.family.clone().unwrap_or_else(|| "bez kodu rodziny".to_owned());
    let what = late.change.as_ref().map_or("nie da się odczytać", |change| change.kind.label());
    let content = late.change.as_ref().map(content).unwrap_or_default();
    let (tone, icon) = match late.fate {
        LateFate::Waiting => (Tone::Warn, "clock"),
        LateFate::Accepted => (Tone::Ok, "check"),
        LateFate::Rejected => (Tone::Plain, "close"),
    };
    let decided = late.decided.clone().map(|(by, at)| [by.as_str(), &moment(at)].join(", "));
    let buttons = (late.fate == LateFate::Waiting).then(|| {
        view! {
            <div class="actions">
                <button class="btn" type="button" on:click=move |_| judging.judge(vec![id], false)>"Przyjmij"</button>
                <button class="btn btn-quiet" type="button" on:click=move |_| judging.judge(vec![id], true)>"Odrzuć"</button>
            </div>
        }
    });
    view! {
        <li class="row">
            <span class="row-lead"><Icon name="inbox"/></span>
            <div class="row-main">
                <p class="row-title">{family}" – "{what}</p>
                <p class="row-meta">{late.owner.clone()}" · dotarło "{moment(late.received_at)}</p>
                {decided.map(|decided| view! { <p class="row-meta">"Decyzja: "{decided}</p> })}
                {late.reason.clone().map(|reason| view! { <p>{reason}</p> })}
                <details><summary>"Pokaż treść"</summary><dl class="facts">{content}</dl></details>
                {buttons}
            </div>
            <div class="row-trail"><Badge tone icon text=late.fate.label()/></div>
        </li>
    }
    .into_any()
}

fn content(change: &Change) -> Vec<AnyView> {
    let Action::Write(edits) = &change.action else { return Vec::new() };
    let mut answers = Answers::default();
    edits.iter().for_each(|(key, edit)| answers.set_raw(key, edit.after.clone()));
    let (form, referred) = (declaration(change.kind, &answers), Referred::default());
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

/// The page `/telefony/:device/druk`: what was on a device, for the assessment of a breach.
#[component]
pub fn DeskDevicePrint() -> AnyView {
    let app = app();
    let params = use_params_map();
    let device = Memo::new(move |_| params.with(|params| params.get("device")).unwrap_or_default());
    let live = Live::once(|board: &DeviceBoard| board.rev, || Box::pin(read_devices()));
    let show = move || {
        let board = untrack(|| live.get());
        let found = board.as_ref().and_then(|board| {
            let line = board.devices.iter().find(|line| line.device.to_string() == device.get_untracked())?;
            Some(sheet(line, board.today, untrack(|| app.me()).map(|me| me.office_name).unwrap_or_default()))
        });
        match found {
            Some(sheet) => print_page(app, "/telefony".to_owned(), sheet_view(sheet)),
            None => view! { <Empty icon="phone" title="Nie ma takiego urządzenia" text="Wróć do listy telefonów."/> }
                .into_any(),
        }
    };
    live.view("Przygotowanie wydruku", show)
}

fn sheet(line: &DeviceLine, today: NaiveDate, office: String) -> Sheet {
    let lines = |facts: Vec<(&'static str, String)>| {
        facts.into_iter().map(|(label, words)| Block::Line { label, words }).collect::<Vec<_>>()
    };
    let count = line.families.len() + usize::try_from(line.other_families).unwrap_or(0);
    let scope = vec![
        ("Liczba rodzin", count.to_string()),
        ("Zakres danych", "teczki wymienionych rodzin: karta rodziny, karty pracy, zadania, dokumenty, zdjęcia dokumentów, które na \
            tym urządzeniu oglądano lub zrobiono".to_owned()),
        ("Zabezpieczenie", "szyfrowanie AES-256-GCM, klucz otwiera tylko hasło urządzenia albo klucz dostępu; na dysku leżą wyłącznie \
            dane zaszyfrowane".to_owned()),
    ];
    let signers = vec!["Kierownik", "Inspektor ochrony danych"];
    Sheet {
        office,
        title: "Zgubione lub przejęte urządzenie".to_owned(),
        subtitle: "dane do oceny naruszenia ochrony danych (art. 33 i 34 RODO)".to_owned(),
        about: vec![("Osoba", line.owner.clone()), ("Urządzenie", name_of(line))],
        parts: vec![
            Part { title: "Co wiadomo o urządzeniu", blocks: lines(facts(line)) },
            Part { title: "Co na nim było", blocks: lines(scope) },
            Part {
                title: "Ocena",
                blocks: vec![
                    Block::ToWrite { label: "Okoliczności", lines: 4 },
                    Block::ToWrite { label: "Ryzyko dla osób i dalsze kroki", lines: 4 },
                    Block::ToSign(signers),
                ],
            },
        ],
        foot: ["Sporządzono w Asyście, wydruk z dnia ", &words::date(today)].concat(),
        ..Sheet::default()
    }
}
