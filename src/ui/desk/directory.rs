//! *Instytucje*: the office's list of institutions, one form for managers and social workers. Phones have it too.

use super::{live::Live, unsaved::Unsaved};
use crate::{
    api::{
        directory::{Directory, publish_directory, read_directory},
        error::ApiError,
        settings::Publishing,
    },
    domain::{
        form::Answers,
        ids::Rev,
        office::{DIRECTORY, DIRECTORY_ROWS, check_directory, directory_answers, directory_of},
    },
    ui::{
        context::{App, app},
        form::{
            Sheet,
            field::{ErrorSummary, FieldView},
        },
        parts::{Banner, PageHead, Tone},
    },
};
use leptos::prelude::*;

/// Where the office's answer stands that belongs to no field.
const SAID: &str = "wykaz-uwagi";

/// The page `/instytucje`.
#[component]
pub fn DeskDirectory() -> AnyView {
    let app = app();
    // Read once: what others change must not move what is being filled in.
    let live = Live::once(|directory: &Directory| directory.tag, || Box::pin(read_directory()));
    let shown = live.view("Odczyt wykazu instytucji", move || live.with(move |directory| form(app, live, directory)));
    view! {
        <PageHead title="Instytucje".to_owned()
            lead="Wpisane raz, do wyboru w kartach rodzin i wpisach – także na telefonach, bez sieci.".to_owned()/>
        {shown}
    }
    .into_any()
}

/// The list while it is written.
#[derive(Clone, Copy)]
struct Desk {
    app: App,
    live: Live<Directory>,
    /// What it is changed from.
    tag: Rev,
    sheet: Sheet,
    /// What the office answered, and whether others have changed it.
    said: RwSignal<Option<(String, bool)>>,
    busy: RwSignal<bool>,
}

fn form(app: App, live: Live<Directory>, directory: &Directory) -> AnyView {
    let begun = directory_answers(&directory.list);
    let sheet = Sheet::new(begun.clone(), check_directory).living_on(&[]);
    let desk = Desk { app, live, tag: directory.tag, sheet, said: RwSignal::new(None), busy: RwSignal::new(false) };
    Unsaved::in_form(move || sheet.answers.try_with_untracked(|answers| *answers != begun).unwrap_or(false));
    let empty = directory.list.is_empty().then(|| {
        view! { <p class="muted">"Wykaz jest pusty. Zacznij od szkół, przychodni i sądu, z którymi ośrodek pracuje najczęściej."</p> }
    });
    let said = move || {
        let (text, changed) = desk.said.get()?;
        let reload = changed.then(|| {
            view! { <button class="btn" type="button" on:click=move |_| desk.live.reload()>"Wczytaj aktualne"</button> }
        });
        Some(
            view! { <div role="alert" id=SAID tabindex="-1"><Banner tone=Tone::Warn lead=text>{reload}</Banner></div> },
        )
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        desk.submit();
    };
    view! {
        <form on:submit=submit novalidate>
            <ErrorSummary sheet/>
            {said}
            {empty}
            <section class="section"><FieldView sheet form=&DIRECTORY key=DIRECTORY_ROWS/></section>
            <div class="sticky-actions">
                <button class="btn btn-primary" type="submit" aria-busy=move || desk.busy.get().then_some("true")>
                    "Zapisz wykaz"
                </button>
            </div>
        </form>
    }
    .into_any()
}

impl Desk {
    fn submit(self) {
        if self.busy.get_untracked() {
            return;
        }
        self.said.set(None);
        if self.sheet.attempt() {
            return self.app.host().focus("summary-errors");
        }
        self.busy.set(true);
        let answers: Answers = self.sheet.answers.get_untracked();
        self.app.host().spawn(Box::pin(async move {
            let answer = publish_directory(self.tag, directory_of(&answers)).await;
            // The page may have been left meanwhile.
            if self.busy.try_set(false).is_none() {
                self.tell(answer);
            }
        }));
    }

    fn tell(self, answer: Result<Publishing, ApiError>) {
        let text = match answer {
            Ok(Publishing::Published) => {
                self.app.say("Wykaz instytucji zapisany.");
                return self.live.reload();
            }
            Ok(Publishing::Same) => return self.app.say("Nic się nie zmieniło."),
            Ok(Publishing::Refused(problems)) => {
                self.sheet.refuse(problems);
                return self.app.host().focus("summary-errors");
            }
            Ok(Publishing::Meanwhile { by, .. }) => {
                let lead = ["Ktoś w międzyczasie zmienił ustawienia ośrodka lub wykaz: ", &by, ". "].concat();
                ([&lead, "Nie zapisano tego, co jest w formularzu."].concat(), true)
            }
            Err(error) => {
                (["Nie zapisano. ", &error.to_string(), " Wpisane dane zostają w formularzu."].concat(), false)
            }
        };
        self.said.set(Some(text));
        self.app.host().focus(SAID);
    }
}
