//! *Ustawienia ośrodka*: the parameters of the procedure and the head of papers, for the manager.

use super::{forms::FORMS, live::Live};
use crate::{
    api::{
        error::ApiError,
        settings::{BookVersion, OfficeSettings, Publishing, publish_book, read_office_settings},
    },
    domain::{
        access::{Deed, Object, Tie, may},
        calendar,
        form::{Answers, Section},
        ids::Rev,
        office::{check_settings, settings_answers, settings_form, settings_of},
        words,
    },
    ui::{
        context::{App, app},
        form::{
            Sheet,
            field::{ErrorSummary, FieldView},
        },
        parts::{Banner, Empty, Icon, PageHead, Tone},
    },
};
use chrono::{DateTime, NaiveDate, Utc};
use leptos::prelude::*;

/// Where the office's answer stands that belongs to no field.
const SAID: &str = "ustawienia-uwagi";

/// The page `/ustawienia`.
#[component]
pub fn DeskSettings() -> AnyView {
    let app = app();
    let Some(me) = untrack(|| app.me()) else { return ().into_any() };
    if !may(me.role, Deed::Write, Object::Settings, Tie::Own) {
        return view! {
            <PageHead title="Ustawienia ośrodka".to_owned()/>
            <Empty icon="lock" title="Ustawienia zmienia kierownik" text="Na tym koncie ich nie widać."/>
        }
        .into_any();
    }
    // Read once: what others change must not move what is being filled in.
    let live = Live::once(|settings: &OfficeSettings| settings.book.tag, || Box::pin(read_office_settings()));
    let name = me.office_name;
    let shown = live.view("Odczyt ustawień", move || {
        let name = name.clone();
        live.with(move |settings| page(app, live, settings, &name))
    });
    view! {
        <PageHead title="Ustawienia ośrodka".to_owned()
            lead="Obowiązują wszystkich w ośrodku, także na telefonach asystentów.".to_owned()>
            <a class="btn" href=FORMS><Icon name="document"/>" Formularze"</a>
        </PageHead>
        {shown}
    }
    .into_any()
}

/// The settings while they are filled in.
#[derive(Clone, Copy)]
struct Desk {
    app: App,
    live: Live<OfficeSettings>,
    /// What they are changed from.
    tag: Rev,
    /// What the office answered, and whether others have changed them.
    said: RwSignal<Option<(String, bool)>>,
    busy: RwSignal<bool>,
}

fn page(app: App, live: Live<OfficeSettings>, settings: &OfficeSettings, office_name: &str) -> AnyView {
    let desk = Desk { app, live, tag: settings.book.tag, said: RwSignal::new(None), busy: RwSignal::new(false) };
    let sheet = Sheet::new(begun(settings, office_name), check_settings);
    view! {
        <div class="with-aside">
            {form(desk, sheet)}
            <aside aria-label="Historia ustawień">{history(&settings.versions, app.today.get_untracked())}</aside>
        </div>
    }
    .into_any()
}

/// What holds; an office that has set nothing yet is called as it was when it was made.
fn begun(settings: &OfficeSettings, office_name: &str) -> Answers {
    let mut head = settings.book.letterhead.clone();
    if head.name.trim().is_empty() {
        head.name = office_name.to_owned();
    }
    settings_answers(&settings.book.settings, &head)
}

fn form(desk: Desk, sheet: Sheet) -> AnyView {
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if desk.busy.get_untracked() {
            return;
        }
        desk.said.set(None);
        if sheet.attempt() {
            return desk.app.host().focus("summary-errors");
        }
        desk.busy.set(true);
        desk.app.host().spawn(Box::pin(async move {
            let (parameters, head) = settings_of(&sheet.answers.get_untracked());
            let answer = publish_book(desk.tag, parameters, head).await;
            // The page may have been left meanwhile.
            if desk.busy.try_set(false).is_none() {
                tell(desk, sheet, answer);
            }
        }));
    };
    let sections = settings_form().sections.iter().map(|section| section_view(sheet, section)).collect_view();
    let said = move || {
        let (text, changed) = desk.said.get()?;
        let reload = changed.then(|| {
            view! { <button class="btn" type="button" on:click=move |_| desk.live.reload()>"Wczytaj aktualne"</button> }
        });
        Some(
            view! { <div role="alert" id=SAID tabindex="-1"><Banner tone=Tone::Warn lead=text>{reload}</Banner></div> },
        )
    };
    view! {
        <form on:submit=submit novalidate>
            <ErrorSummary sheet/>
            {said}
            {sections}
            <div class="sticky-actions">
                <button class="btn btn-primary" type="submit" aria-busy=move || desk.busy.get().then_some("true")>
                    "Zapisz ustawienia"
                </button>
            </div>
        </form>
    }
    .into_any()
}

fn section_view(sheet: Sheet, section: &'static Section) -> AnyView {
    let fields = section.fields.iter();
    let fields = fields.map(|field| view! { <FieldView sheet form=settings_form() key=field.key/> }).collect_view();
    view! { <section class="section"><h2 class="section-head">{section.title}</h2>{fields}</section> }.into_any()
}

fn tell(desk: Desk, sheet: Sheet, answer: Result<Publishing, ApiError>) {
    let text = match answer {
        Ok(Publishing::Published) => {
            desk.app.say("Ustawienia zapisane. Obowiązują od teraz.");
            return desk.live.reload();
        }
        Ok(Publishing::Same) => return desk.app.say("Nic się nie zmieniło."),
        Ok(Publishing::Refused(problems)) => {
            sheet.refuse(problems);
            return desk.app.host().focus("summary-errors");
        }
        Ok(Publishing::Meanwhile { by, at }) => (meanwhile(&by, at, desk.app.today.get_untracked()), true),
        Err(error) => {
            (["Nie zapisano. ", &error.to_string(), " Wpisane ustawienia zostają w formularzu."].concat(), false)
        }
    };
    desk.said.set(Some(text));
    desk.app.host().focus(SAID);
}

fn meanwhile(by: &str, at: Option<DateTime<Utc>>, today: NaiveDate) -> String {
    let who = at.map_or_else(|| by.to_owned(), |at| hand(by, at, today));
    ["Ktoś w międzyczasie zmienił ustawienia: ", &who, ". Nie zapisano tych, które są w formularzu."].concat()
}

/// Who and when, on a Polish wall clock.
pub(super) fn hand(by: &str, at: DateTime<Utc>, today: NaiveDate) -> String {
    let at = calendar::warsaw_time(at);
    [by.to_owned(), words::relative_day(at.date(), today), words::time(at.time())].join(", ")
}

fn history(versions: &[BookVersion], today: NaiveDate) -> AnyView {
    let body = match versions.is_empty() {
        true => {
            view! { <div class="card-body"><p class="muted">"Obowiązują ustawienia z procedury."</p></div> }.into_any()
        }
        false => {
            let rows = versions.iter().map(|version| version_row(version, today)).collect_view();
            view! { <ul class="list">{rows}</ul> }.into_any()
        }
    };
    view! {
        <section class="card" aria-labelledby="historia">
            <div class="card-head"><h2 id="historia">"Historia zmian"</h2></div>
            {body}
        </section>
    }
    .into_any()
}

fn version_row(version: &BookVersion, today: NaiveDate) -> AnyView {
    let changes = told(version).into_iter().map(|text| view! { <p>{text}</p> }).collect_view();
    view! { <li><div><p class="muted">{hand(&version.by, version.at, today)}</p>{changes}</div></li> }.into_any()
}

/// What a version changed.
fn told(version: &BookVersion) -> Vec<String> {
    match version.changes.is_empty() {
        true => vec!["Zmian nie można tu pokazać: zapisała je nowsza wersja programu.".to_owned()],
        false => version.changes.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{office::OfficeBook, testing::day};

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn an_office_that_has_set_nothing_begins_with_its_name() {
        let mut settings = OfficeSettings { book: OfficeBook::default(), versions: vec![] };
        let name = |settings: &OfficeSettings| settings_of(&begun(settings, "Ośrodek Próbny")).1.name;
        assert_eq!(name(&settings), "Ośrodek Próbny");
        assert_eq!(check_settings(&begun(&settings, "Ośrodek Próbny")), []);
        settings.book.letterhead.name = "OPS we Wzorcowie".into();
        assert_eq!(name(&settings), "OPS we Wzorcowie");
    }

    #[test]
    fn who_was_first_is_said_with_the_time() {
        let told = |at| meanwhile("Żaneta Wzorcowa", at, day("2026-11-22"));
        assert_eq!(
            told(Some(at("2026-11-22T13:05:00Z"))),
            "Ktoś w międzyczasie zmienił ustawienia: Żaneta Wzorcowa, dziś, 14:05. \
             Nie zapisano tych, które są w formularzu."
        );
        assert!(told(None).contains("Żaneta Wzorcowa. Nie zapisano"));
    }

    #[test]
    fn a_version_of_a_newer_program_says_why_it_is_silent() {
        let version = |changes| BookVersion { at: at("2026-11-22T13:05:00Z"), by: "Żaneta Wzorcowa".into(), changes };
        assert_eq!(told(&version(vec!["A: 1 → 2".into()])), ["A: 1 → 2"]);
        assert!(told(&version(vec![]))[0].contains("nowsza wersja programu"));
    }
}
