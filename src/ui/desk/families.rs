//! *Rodziny*: the list of families, narrowed and ordered by its address.

use super::{
    family_filter::FamilyFilter,
    intake::Path,
    keys::{focused_id, on_keys},
    live::Live,
    overview::{name, silence_badge},
};
use crate::{
    api::desk::{self, list_families},
    domain::{caseload::FamilyLine, documents::case_card::Stage, ids::UserId, words},
    ui::{
        context::app,
        form::privacy::private_line,
        parts::{Empty, Icon, PageHead, Sort, SortHeader, Tone},
    },
};
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};
use std::{collections::BTreeSet, time::Duration};

/// Letters typed within this time make one step of the address.
const TYPING: Duration = Duration::from_millis(300);
const SEARCH_ID: &str = "szukaj";
const ROW_ID: &str = "wiersz-";

/// What the list is narrowed to, and the ways to change it.
#[derive(Clone, Copy)]
struct Narrowing {
    /// As the address says, with the text as typed.
    filter: Memo<FamilyFilter>,
    text: RwSignal<String>,
    go: Callback<(FamilyFilter, bool)>,
}

impl Narrowing {
    fn change(self, change: impl FnOnce(&mut FamilyFilter)) {
        let mut filter = self.filter.get_untracked();
        change(&mut filter);
        self.go.run((filter, false));
    }

    fn sort(self, sort: Sort) {
        self.go.run((FamilyFilter { sort, ..self.filter.get_untracked() }, true));
    }

    fn clear(self) {
        self.text.set(String::new());
        let sort = self.filter.get_untracked().sort;
        self.go.run((FamilyFilter { sort, ..FamilyFilter::read(|_| None) }, false));
    }
}

/// The page `/rodziny`.
#[component]
pub fn DeskFamilies() -> AnyView {
    let live = Live::new(|data: &desk::DeskFamilies| data.rev, || Box::pin(async { list_families().await?.read() }));
    let narrowing = narrowing();
    let chosen = Memo::new(move |_| {
        let filter = narrowing.filter.get();
        live.get().map(|data| filter.choose(&data.families, &data.people, data.today)).unwrap_or_default()
    });
    keys(chosen);
    view! {
        <PageHead title="Rodziny".to_owned() lead=live.freshness()>{new_case()}</PageHead>
        {live.view("Odczyt listy rodzin", move || view! {
            {filters(live, narrowing)}
            {live.with(move |data| list(data, chosen.get(), narrowing))}
        }.into_any())}
    }
    .into_any()
}

/// The way to a new case, for those who open one.
fn new_case() -> Option<AnyView> {
    let opens = app().me().is_some_and(|me| !Path::open_to(me.role).is_empty());
    opens.then(|| {
        view! { <a class="btn btn-primary no-print" href="/nowa-rodzina"><Icon name="plus"/>" Nowe zgłoszenie"</a> }
            .into_any()
    })
}

/// The address is the truth; only the text being typed runs ahead of it.
fn narrowing() -> Narrowing {
    let query = use_query_map();
    let navigate = use_navigate();
    let from_address = Memo::new(move |_| query.with(|parts| FamilyFilter::read(|key| parts.get(key))));
    let text = RwSignal::new(from_address.get_untracked().text);
    let written = StoredValue::new(text.get_untracked());
    Effect::new(move |_| {
        let address = from_address.get().text;
        if written.with_value(|written| *written != address) {
            written.set_value(address.clone());
            text.set(address);
        }
    });
    let filter = Memo::new(move |_| FamilyFilter { text: text.get(), ..from_address.get() });
    let navigate = StoredValue::new_local(move |address: &str, replace: bool| {
        navigate(address, NavigateOptions { replace, scroll: false, ..NavigateOptions::default() });
    });
    let go = Callback::new(move |(filter, replace): (FamilyFilter, bool)| {
        written.set_value(filter.text.trim().to_owned());
        navigate.with_value(|navigate| navigate(&filter.address(), replace));
    });
    Narrowing { filter, text, go }
}

/// Value and words of each choice.
type Choices = Memo<Vec<(String, String)>>;

/// What the families in view can be narrowed to, in the order of `of`'s answers.
fn choices(live: Live<desk::DeskFamilies>, of: fn(&desk::DeskFamilies) -> Vec<(String, String)>) -> Choices {
    Memo::new(move |_| live.get().map(|data| of(&data)).unwrap_or_default())
}

fn stages(data: &desk::DeskFamilies) -> Vec<(String, String)> {
    let stages = Stage::ALL.iter().filter(|stage| data.families.iter().any(|line| line.stage == **stage));
    stages.map(|stage| (stage.code().to_owned(), stage.label().to_owned())).collect()
}

fn assistants(data: &desk::DeskFamilies) -> Vec<(String, String)> {
    let users: BTreeSet<UserId> = data.families.iter().filter_map(|line| line.assistant).collect();
    let mut names: Vec<_> = users.into_iter().map(|user| (user.to_string(), name(&data.people, Some(user)))).collect();
    names.sort_by(|(_, one), (_, other)| one.cmp(other));
    names
}

fn places(data: &desk::DeskFamilies) -> Vec<(String, String)> {
    let places: BTreeSet<&String> = data.families.iter().map(|line| &line.locality).collect();
    places.into_iter().map(|place| (place.clone(), place.clone())).collect()
}

fn filters(live: Live<desk::DeskFamilies>, narrowing: Narrowing) -> AnyView {
    let filter = narrowing.filter;
    let (stages, assistants, places) = (choices(live, stages), choices(live, assistants), choices(live, places));
    let stage = Signal::derive(move || filter.get().stage.map(|stage| stage.code().to_owned()).unwrap_or_default());
    let assistant = Signal::derive(move || filter.get().assistant.map(|user| user.to_string()).unwrap_or_default());
    let place = Signal::derive(move || filter.get().locality);
    let toggle = move |label, on: fn(&FamilyFilter) -> bool, change: Box<dyn Fn(&mut FamilyFilter)>| {
        let pressed = move || if filter.with(on) { "true" } else { "false" };
        view! {
            <button class="chip" type="button" aria-pressed=pressed on:click=move |_| narrowing.change(&change)>{label}</button>
        }
    };
    view! {
        <form class="filters no-print" role="search" on:submit=|event| event.prevent_default()>
            {search(narrowing)}
            {select("f-etap", "Etap", stages, stage, move |code| narrowing.change(|filter| filter.stage = code.parse().ok()))}
            {select("f-asystent", "Asystent", assistants, assistant, move |id| {
                narrowing.change(|filter| filter.assistant = id.parse().ok());
            })}
            {select("f-miejsce", "Miejscowość", places, place, move |place| {
                narrowing.change(|filter| filter.locality = place);
            })}
            <div class="chips" role="group" aria-label="Zawężenie listy">
                {toggle("tylko ciche", |filter| filter.silent.is_some(), Box::new(move |filter| {
                    let silence = untrack(|| live.get()).map(|data| data.silence).unwrap_or_default();
                    filter.silent = filter.silent.is_none().then_some(silence.after);
                }))}
                {toggle("w pracy", |filter| filter.at_work, Box::new(|filter| filter.at_work = !filter.at_work))}
                {toggle("zadania po terminie", |filter| filter.overdue, Box::new(|filter| filter.overdue = !filter.overdue))}
            </div>
            {move || filter.with(FamilyFilter::narrows).then(|| view! {
                <button class="btn btn-small" type="button" on:click=move |_| narrowing.clear()>"Wyczyść"</button>
            })}
        </form>
    }
    .into_any()
}

fn search(narrowing: Narrowing) -> AnyView {
    let timer = StoredValue::new_local(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(handle) = timer.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    };
    let typed = move |event| {
        narrowing.text.set(event_target_value(&event));
        stop();
        let later = move || narrowing.go.run((narrowing.filter.get_untracked(), true));
        timer.set_value(set_timeout_with_handle(later, TYPING).ok());
    };
    on_cleanup(stop);
    view! {
        <label class="search">
            <span class="visually-hidden">"Szukaj rodziny"</span>
            <Icon name="search"/>
            <input
                id=SEARCH_ID type="search" placeholder="Nazwisko, kod, miejscowość"
                prop:value=narrowing.text on:input={typed} {..private_line()}
            />
            <kbd class="kbd">"/"</kbd>
        </label>
    }
    .into_any()
}

fn select(
    id: &'static str,
    label: &'static str,
    options: Choices,
    chosen: Signal<String>,
    on_change: impl Fn(String) + Send + 'static,
) -> AnyView {
    let options = move || -> Vec<AnyView> { options.get().into_iter().map(|choice| option(choice, chosen)).collect() };
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <select id=id on:change=move |event| on_change(event_target_value(&event)) prop:value=chosen>
                <option value="" selected=move || chosen.with(String::is_empty)>"wszystkie"</option>
                {options}
            </select>
        </div>
    }
    .into_any()
}

fn option((value, words): (String, String), chosen: Signal<String>) -> AnyView {
    let own = value.clone();
    view! { <option value=value selected=move || chosen.with(|chosen| *chosen == own)>{words}</option> }.into_any()
}

fn list(data: &desk::DeskFamilies, lines: Vec<FamilyLine>, narrowing: Narrowing) -> AnyView {
    if data.families.is_empty() {
        return view! {
            <Empty
                icon="families"
                title="Nie ma jeszcze rodzin"
                text="Rodzina pojawi się tutaj, gdy trafi pod Twoją opiekę lub do Twojego rejonu."
            />
        }
        .into_any();
    }
    match lines.is_empty() {
        true => none_fits(narrowing),
        false => table(data, lines, narrowing),
    }
}

fn none_fits(narrowing: Narrowing) -> AnyView {
    let filter = narrowing.filter.get();
    let text = match (filter.silent.is_some(), filter.text.is_empty()) {
        (true, true) => "Wśród wybranych rodzin żadna nie milczy dłużej, niż podano.",
        (_, false) => "Sprawdź pisownię albo poszukaj po kodzie, nazwisku lub miejscowości.",
        _ => "Zmień lub wyczyść zawężenie listy.",
    };
    view! {
        <Empty icon="search" title="Żadna rodzina nie pasuje" text>
            <button class="btn" type="button" on:click=move |_| narrowing.clear()>"Pokaż wszystkie"</button>
        </Empty>
    }
    .into_any()
}

fn table(data: &desk::DeskFamilies, lines: Vec<FamilyLine>, narrowing: Narrowing) -> AnyView {
    let count = match (lines.len(), data.families.len()) {
        (shown, all) if shown == all => all.to_string(),
        (shown, all) => [shown.to_string(), all.to_string()].join(" z "),
    };
    let sort = Signal::derive(move || narrowing.filter.get().sort);
    let on_sort = Callback::new(move |sort| narrowing.sort(sort));
    let rows: Vec<AnyView> = lines.iter().map(|line| row(line, data)).collect();
    view! {
        // In a box of its own: the table is wider than a small desk, and then scrolls in itself.
        <div><div class="table-wrap table-wrap-stack" role="region" aria-labelledby="lista" tabindex="0">
            <table class="table">
                <caption id="lista">"Rodziny "<span class="count" role="status">{count}</span></caption>
                <thead><tr>
                    <SortHeader column="nazwisko" label="Rodzina" sort on_sort/>
                    <SortHeader column="kod" label="Kod" sort on_sort/>
                    <SortHeader column="miejscowosc" label="Miejscowość" minor=true sort on_sort/>
                    <SortHeader column="etap" label="Etap" sort on_sort/>
                    <SortHeader column="asystent" label="Asystent" sort on_sort/>
                    <SortHeader column="ostatnia" label="Ostatnia wizyta" sort on_sort/>
                    <SortHeader column="kolejna" label="Kolejna wizyta" sort on_sort/>
                    <SortHeader column="zadania" label="Zadania" sort on_sort/>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div></div>
        <p class="keys no-print">
            "Szukaj "<kbd class="kbd">"/"</kbd>" przejdź "<kbd class="kbd">"j"</kbd>" "<kbd class="kbd">"k"</kbd>
            " otwórz "<kbd class="kbd">"Enter"</kbd>
        </p>
    }
    .into_any()
}

fn row(line: &FamilyLine, data: &desk::DeskFamilies) -> AnyView {
    let (href, id) = (["/rodziny/", &line.code].concat(), [ROW_ID, &line.code].concat());
    let last = line.last_visit.map(|day| words::relative_day(day, data.today));
    let silence = line.silent_days(data.today).and_then(|days| silence_badge(days, data.silence));
    let next = line.next_visit.map(|at| [words::short_date(at.date()), words::time(at.time())].join(", "));
    let overdue = (line.overdue_tasks > 0).then(|| {
        let text = [line.overdue_tasks.to_string().as_str(), " po terminie"].concat();
        view! { <br/><span class="badge" data-state=Tone::Overdue.state()>{text}</span> }
    });
    view! {
        <tr>
            <th scope="row"><a href=href id=id>{line.surname.clone()}</a></th>
            <td data-label="Kod">{line.code.clone()}</td>
            <td data-label="Miejscowość" data-minor="">{line.locality.clone()}</td>
            <td data-label="Etap">{line.stage.label()}</td>
            <td data-label="Asystent">{name(&data.people, line.assistant)}</td>
            <td data-label="Ostatnia wizyta"><span>{last.unwrap_or_else(|| "—".to_owned())}" "{silence}</span></td>
            <td data-label="Kolejna wizyta">{next.unwrap_or_else(|| "—".to_owned())}</td>
            <td data-label="Zadania"><span>{line.open_tasks}{overdue}</span></td>
        </tr>
    }
    .into_any()
}

/// `/` goes to the search, `j` and `k` from row to row; `Enter` opens the link that has the focus.
fn keys(chosen: Memo<Vec<FamilyLine>>) {
    let app = app();
    on_keys(move |key| {
        let step = match key {
            "/" => {
                app.host().focus(SEARCH_ID);
                return true;
            }
            "j" => 1,
            "k" => -1,
            _ => return false,
        };
        let here = focused_id();
        let next = chosen.with_untracked(|lines| neighbour(lines, here.strip_prefix(ROW_ID), step));
        if let Some(code) = next {
            app.host().focus(&[ROW_ID, &code].concat());
        }
        true
    });
}

/// Code of the row after or before the one in focus; the first one when none is.
fn neighbour(lines: &[FamilyLine], here: Option<&str>, step: isize) -> Option<String> {
    let at = here.and_then(|code| lines.iter().position(|line| line.code == code));
    let next = at.map_or(0, |at| at.saturating_add_signed(step));
    lines.get(next).map(|line| line.code.clone())
}
