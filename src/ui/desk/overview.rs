//! *Pulpit*: what needs the manager at half past seven.

use super::{
    family::{duties, hands::Hands},
    figures::{Tiles, is_phone_silent, last_seen},
    live::Live,
    owing,
};
use crate::{
    api::desk::{self, read_overview},
    domain::{
        access::{Deed, Object, Tie, may},
        caseload::{FamilyLine, PhoneFact, Silence},
        deadlines::rule,
        documents::case_card::Stage,
        ids::UserId,
        order::map_of,
        words,
    },
    ui::{
        context::app,
        parts::{
            Badge, Empty, Icon, OfFamily, PageHead, Tone,
            chart::{Bar, BarChart, LoadBar, LoadBars, StackedDays},
            term_row,
        },
    },
};
use chrono::NaiveDate;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// Terms in view; the others unfold.
const TERMS_IN_VIEW: usize = 7;

/// The page `/pulpit`.
#[component]
pub fn DeskOverview() -> AnyView {
    let app = app();
    let live = Live::new(|data: &desk::DeskOverview| data.rev, || Box::pin(async { read_overview().await?.read() }));
    let today = Signal::derive(move || words::long_date(app.today.get()));
    let hands = Hands::provide();
    let decides = app.me().is_some_and(|me| may(me.role, Deed::Decide, Object::Accounts, Tie::Office));
    view! {
        <PageHead title="Pulpit".to_owned() over=today lead=live.freshness()>
            <button class="btn no-print" type="button" on:click=move |_| app.host().print()>
                <Icon name="print"/>" Drukuj"
            </button>
        </PageHead>
        {live.view("Odczyt pulpitu", move || live.with(move |data| page(data, decides)))}
        {duties::dialog(hands)}
    }
    .into_any()
}

fn page(data: &desk::DeskOverview, decides: bool) -> AnyView {
    let figures = &data.overview;
    view! {
        <div class="stack">
            {owing::alarms(data)}
            {tiles(&Tiles::of(data))}
            <div class="columns">
                {terms(data)}
                <div class="stack">
                    {owing::section(data)}
                    {silence(data)}
                    {phones(data, decides)}
                </div>
            </div>
            <div class="columns">
                <div class="stack">
                    <section class="card">{week(data)}</section>
                    <section class="card">{loads(data)}</section>
                </div>
                <section class="card">
                    <BarChart
                        title="Rodziny według etapu"
                        note="dziś, wszystkie sprawy"
                        bars=figures.by_stage.iter().map(|(stage, count)| stage_bar(*stage, *count)).collect()
                        heads=["Etap", "Rodziny"]
                    />
                </section>
            </div>
        </div>
    }
    .into_any()
}

fn stage_bar(stage: Stage, value: usize) -> Bar {
    Bar { label: stage.label().to_owned(), value, tone: Tone::Plain }
}

fn week(data: &desk::DeskOverview) -> AnyView {
    view! { <StackedDays title="Wizyty w tym tygodniu" days=data.overview.week.clone()/> }.into_any()
}

fn loads(data: &desk::DeskOverview) -> AnyView {
    let bars = data.overview.load.iter().map(|load| LoadBar {
        name: name(&data.people, Some(load.assistant)),
        active: load.active,
        monitoring: load.monitoring,
    });
    let limit = data.settings.cap() as usize;
    view! { <LoadBars title="Obciążenie asystentów" bars=bars.collect() limit/> }.into_any()
}

/// A person's name; a dash for nobody.
pub fn name(people: &BTreeMap<UserId, String>, user: Option<UserId>) -> String {
    user.and_then(|user| people.get(&user)).cloned().unwrap_or_else(|| "—".to_owned())
}

fn tiles(tiles: &Tiles) -> AnyView {
    let warn = |count: usize| if count > 0 { Tone::Warn } else { Tone::Plain };
    let red = |count: usize| if count > 0 { Tone::Overdue } else { Tone::Plain };
    let overdue = tiles.overdue_tasks as usize;
    let missed = ["nieodbyte: ", &tiles.week.missed.to_string()].concat();
    let near = ["zbliża się: ", &tiles.terms_near.to_string()].concat();
    let after = tiles.silence.after;
    let open = ["otwartych: ", &tiles.open_tasks.to_string()].concat();
    view! {
        <dl class="stats">
            {tile("Rodziny w pracy", "/rodziny?grupa=praca", tiles.at_work, Tone::Plain, "liczone do limitu".into())}
            {tile("Wizyty odbyte w tym tygodniu", "", tiles.week.held as usize, Tone::Plain, missed)}
            {tile(&silent_for(after), &silent_at(after), tiles.silent, warn(tiles.silent), "bez odbytej wizyty".into())}
            {tile(&silent_for(2 * after), &silent_at(2 * after), tiles.very_silent, red(tiles.very_silent), "wymaga uwagi".into())}
            {tile("Zadania po terminie", "/rodziny?zadania=po-terminie", overdue, red(overdue), open)}
            {tile("Terminy przekroczone", "#terminy", tiles.terms_red, red(tiles.terms_red), near)}
            {tile("Telefony z zaległościami", "#telefony", tiles.phones_behind, warn(tiles.phones_behind), "niewysłane lub milczą".into())}
        </dl>
    }
    .into_any()
}

fn silent_for(days: i64) -> String {
    ["Cisza ponad ", &words::DAYS.count(days)].concat()
}

fn silent_at(days: i64) -> String {
    ["/rodziny?cisza=", &days.to_string()].concat()
}

fn tile(label: &str, href: &str, value: usize, tone: Tone, note: String) -> AnyView {
    let (label, href) = (label.to_owned(), href.to_owned());
    let label = match href.is_empty() {
        true => label.into_any(),
        false => view! { <a href=href>{label}</a> }.into_any(),
    };
    view! {
        <div class="stat" data-state=tone.state()>
            <dt>{label}</dt><dd>{value}</dd><dd class="stat-note">{note}</dd>
        </div>
    }
    .into_any()
}

/// Terms of all families that are near or past: some in view, the others unfold.
fn terms(data: &desk::DeskOverview) -> AnyView {
    let lines = map_of(data.families.iter().map(|line| (line.family, line)));
    let rows: Vec<AnyView> = data
        .terms
        .shown
        .iter()
        .filter_map(|(family, term)| {
            let line = lines.get(family)?;
            let who: Vec<&str> = rule(term.code).who.iter().map(|role| role.label()).collect();
            let name = [line.code.as_str(), " ", &line.surname, " · ", &who.join(", ")].concat();
            let href = ["/rodziny/", &line.code].concat();
            Some(term_row(term, data.today, Some(OfFamily { name, href })))
        })
        .collect();
    let body = match rows.is_empty() {
        true => view! {
            <Empty icon="check" title="Żaden termin nie nagli" text="Terminy bliskie i przekroczone pojawią się tutaj."/>
        }
        .into_any(),
        false => folded(rows),
    };
    let hidden = data.terms.all - data.terms.shown.len();
    let hidden = (hidden > 0).then(|| {
        let text = ["Oraz ", &words::TERMS.count(hidden as i64), " w teczkach rodzin."].concat();
        view! { <div class="card-foot"><p class="muted">{text}</p></div> }
    });
    view! {
        <section class="card" aria-labelledby="terminy">
            <div class="card-head"><h2 id="terminy" tabindex="-1">"Terminy "<span class="count">{data.terms.all}</span></h2></div>
            {body}
            {hidden}
        </section>
    }
    .into_any()
}

/// The first rows of a list; the others behind a fold.
fn folded(mut rows: Vec<AnyView>) -> AnyView {
    let rest = rows.split_off(rows.len().min(TERMS_IN_VIEW));
    let more = (!rest.is_empty()).then(|| {
        view! {
            <details class="more">
                <summary class="btn btn-quiet"><Icon name="down"/>" Pozostałe ("{rest.len()}")"</summary>
                <ul class="list">{rest}</ul>
            </details>
        }
    });
    view! { <ul class="list">{rows}</ul>{more} }.into_any()
}

fn silence(data: &desk::DeskOverview) -> AnyView {
    let lines = map_of(data.families.iter().map(|line| (line.family, line)));
    let rows: Vec<AnyView> = data
        .overview
        .silent
        .iter()
        .filter_map(|(family, days)| Some(silent_row(lines.get(family)?, *days, data)))
        .collect();
    let count = rows.len();
    let body = match rows.is_empty() {
        true => view! {
            <Empty
                icon="check"
                title="Żadna rodzina nie milczy"
                text=visited_lately(Silence::of(&data.settings))
            />
        }
        .into_any(),
        false => view! { <ul class="list">{rows}</ul> }.into_any(),
    };
    view! {
        <section class="card" aria-labelledby="cisza">
            <div class="card-head"><h2 id="cisza">"Cisza "<span class="count">{count}</span></h2></div>
            {body}
        </section>
    }
    .into_any()
}

fn visited_lately(silence: Silence) -> String {
    let days = words::Noun("dniu", "dniach", "dniach").form(silence.after);
    ["Każda rodzina w pracy miała odbytą wizytę w ostatnich ", &silence.after.to_string(), " ", days, "."].concat()
}

fn silent_row(line: &FamilyLine, days: i64, data: &desk::DeskOverview) -> AnyView {
    let last = match line.last_visit {
        Some(day) => ["ostatnia wizyta: ", &words::relative_day(day, data.today)].concat(),
        None => "jeszcze bez odbytej wizyty".to_owned(),
    };
    let meta = [line.locality.clone(), name(&data.people, line.assistant), last].join(" · ");
    let href = ["/rodziny/", &line.code].concat();
    view! {
        <li class="row">
            <div class="row-main">
                <a class="row-title" href=href>{line.code.clone()}" "{line.surname.clone()}</a>
                <p class="row-meta">{meta}</p>
            </div>
            <div class="row-trail">{silence_badge(days, Silence::of(&data.settings))}</div>
            <span class="row-go" aria-hidden="true"></span>
        </li>
    }
    .into_any()
}

/// Days without a held visit, amber when that is silence and red when it is serious; nothing below.
pub fn silence_badge(days: i64, silence: Silence) -> Option<AnyView> {
    let (tone, icon, word) = match days {
        days if silence.is_serious(days) => (Tone::Overdue, "warning", "długa cisza: "),
        days if silence.is_silent(days) => (Tone::Warn, "clock", "cisza: "),
        _ => return None,
    };
    let text = [word, &words::DAYS.count(days)].concat();
    Some(view! { <Badge tone icon text/> }.into_any())
}

fn phones(data: &desk::DeskOverview, decides: bool) -> AnyView {
    let rows: Vec<AnyView> = data.phones.iter().map(|phone| phone_row(phone, &data.people, data.today)).collect();
    let body = match rows.is_empty() {
        true => view! {
            <Empty
                icon="phone"
                title="Żaden telefon jeszcze się nie zgłosił"
                text="Telefon pojawi się tutaj, gdy asystent zaloguje się na nim pierwszy raz."
            />
        }
        .into_any(),
        false => view! { <ul class="list">{rows}</ul> }.into_any(),
    };
    view! {
        <section class="card" aria-labelledby="telefony">
            <div class="card-head">
                <h2 id="telefony" tabindex="-1">"Telefony"</h2>
                {decides.then(|| view! { <a href="/telefony">"Wszystkie telefony"</a> })}
            </div>
            {body}
        </section>
    }
    .into_any()
}

fn phone_row(phone: &PhoneFact, people: &BTreeMap<UserId, String>, today: NaiveDate) -> AnyView {
    let seen = last_seen(phone);
    let contact =
        ["ostatni kontakt: ", &words::relative_day(seen.date(), today), ", ", &words::time(seen.time())].concat();
    let silent = is_phone_silent(phone, today);
    let silence = silent.then(|| {
        let text = ["milczy od ", &words::date(seen.date())].concat();
        view! { <Badge tone=Tone::Overdue icon="offline" text/> }
    });
    let waiting = match phone.waiting {
        0 if silent => None,
        0 => Some(view! { <Badge tone=Tone::Ok icon="sent" text="wszystko wysłane"/> }),
        count => {
            let text = ["do wysłania: ", &words::CHANGES.count(count.into())].concat();
            Some(view! { <Badge tone=Tone::Warn icon="send" text/> })
        }
    };
    view! {
        <li class="row">
            <svg class="icon row-lead" aria-hidden="true"><use href="#icon-phone"></use></svg>
            <div class="row-main">
                <p class="row-title">{name(people, Some(phone.user))}</p>
                <p class="row-meta">{contact}</p>
            </div>
            <div class="row-trail">{silence}{waiting}</div>
        </li>
    }
    .into_any()
}
