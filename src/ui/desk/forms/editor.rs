//! One document in the office's words: its fields, the office's own ones, its texts; what would come of it, and the
//! publishing of it.

use super::{FORMS, fields, preview, texts, title, versions};
use crate::{
    api::{
        error::ApiError,
        forms::{OfficeForms, publish_form},
        settings::Publishing,
    },
    domain::{
        form::{Answers, Problem},
        office::{
            Overlay, Published, Subject, changes,
            draft::{cell_of, draft_answers, draft_problems, overlay_of},
        },
    },
    ui::{
        context::App,
        desk::{live::Live, settings::hand, unsaved::Unsaved},
        form::{Sheet, field::ErrorSummary},
        parts::{Banner, Dialog, PageHead, Tone},
    },
};
use leptos::prelude::*;

/// Where the office's answer stands that belongs to no field.
const SAID: &str = "formularz-uwagi";

/// A form while it is edited.
#[derive(Clone, Copy)]
pub struct Editor {
    pub app: App,
    pub subject: Subject,
    pub sheet: Sheet,
    live: Live<OfficeForms>,
    /// What it is changed from.
    last: StoredValue<Option<Published>>,
    asking: RwSignal<bool>,
    /// What the office answered, and whether others have published meanwhile.
    said: RwSignal<Option<(String, bool)>>,
    busy: RwSignal<bool>,
}

/// The page.
pub fn page(app: App, live: Live<OfficeForms>, forms: &OfficeForms, subject: Subject) -> AnyView {
    let last = forms.book.published(subject).last().cloned();
    let lead = match &last {
        Some(last) => ["Obowiązuje wersja ", &last.version.to_string(), " ośrodka."].concat(),
        None => "Obowiązuje formularz Asysty, bez zmian ośrodka.".to_owned(),
    };
    let begun = draft_answers(subject, &last.as_ref().map(|last| last.overlay.clone()).unwrap_or_default());
    let before = last.clone();
    let sheet = Sheet::new(begun, move |answers: &Answers| draft_problems(subject, before.as_ref(), answers));
    let editor = Editor {
        app,
        subject,
        sheet,
        live,
        last: StoredValue::new(last),
        asking: RwSignal::new(false),
        said: RwSignal::new(None),
        busy: RwSignal::new(false),
    };
    Unsaved::in_form(move || editor.differs());
    view! {
        <PageHead title=title(subject.declared) lead=lead back=(FORMS, "Formularze")/>
        <div class="with-aside">
            {form(editor)}
            <div class="stack side-stays">
                {preview::card(editor)}
                <aside aria-label="Wersje formularza">{versions::card(forms, subject, app.today.get_untracked())}</aside>
            </div>
        </div>
        {question(editor)}
    }
    .into_any()
}

impl Editor {
    /// What the sheet says now.
    pub fn draft(self) -> Overlay {
        self.sheet.answers.with_untracked(|answers| overlay_of(self.subject, answers))
    }

    /// What is published now.
    pub fn standing(self) -> Overlay {
        self.last.with_value(|last| last.as_ref().map(|last| last.overlay.clone()).unwrap_or_default())
    }

    /// Is this own field in a version that was published?
    pub fn is_published(self, key: &str) -> bool {
        self.last.with_value(|last| last.as_ref().is_some_and(|last| last.overlay.own(key).is_some()))
    }

    /// Was this answer of an own list published?
    pub fn is_published_choice(self, key: &str, code: &str) -> bool {
        let has = |last: &Published| last.overlay.own(key).and_then(|own| own.choice(code)).is_some();
        self.last.with_value(|last| last.as_ref().is_some_and(has))
    }

    fn version(self) -> u16 {
        self.last.with_value(|last| last.as_ref().map_or(0, |last| last.version))
    }

    fn differs(self) -> bool {
        self.sheet
            .answers
            .try_with_untracked(|answers| overlay_of(self.subject, answers) != self.standing())
            .unwrap_or(false)
    }

    /// Asks before it is published, once nothing is in the way.
    fn ask(self) {
        self.said.set(None);
        if self.sheet.attempt() {
            return self.app.host().focus("summary-errors");
        }
        match self.differs() {
            true => self.asking.set(true),
            false => self.app.say("Nic się nie zmieniło."),
        }
    }

    fn publish(self) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        let (code, version, draft) = (self.subject.code.to_owned(), self.version(), self.draft());
        self.app.host().spawn(Box::pin(async move {
            let answer = publish_form(code, version, draft).await;
            // The page may have been left meanwhile.
            if self.busy.try_set(false).is_none() {
                self.asking.set(false);
                self.tell(answer);
            }
        }));
    }

    fn tell(self, answer: Result<Publishing, ApiError>) {
        let said = match answer {
            Ok(Publishing::Published) => {
                self.app.say("Ogłoszono. Telefony dostaną tę wersję przy najbliższej synchronizacji.");
                return self.live.reload();
            }
            Ok(Publishing::Same) => return self.app.say("Nic się nie zmieniło."),
            Ok(Publishing::Refused(problems)) => {
                let at_cell = |problem: Problem| Problem { field: cell_of(&problem.field), ..problem };
                self.sheet.refuse(problems.into_iter().map(at_cell).collect());
                return self.app.host().focus("summary-errors");
            }
            Ok(Publishing::Meanwhile { by, at }) => {
                let today = self.app.today.get_untracked();
                let who = at.map_or_else(|| by.clone(), |at| hand(&by, at, today));
                (["Ktoś w międzyczasie ogłosił nową wersję: ", &who, ". Tej nie ogłoszono."].concat(), true)
            }
            Err(error) => (["Nie ogłoszono. ", &error.to_string(), " Zmiany zostają na ekranie."].concat(), false),
        };
        self.said.set(Some(said));
        self.app.host().focus(SAID);
    }

    /// Back to what is published, with a way back from there.
    fn give_up(self) {
        let written = self.sheet.answers.get_untracked();
        self.sheet.answers.set(draft_answers(self.subject, &self.standing()));
        self.sheet.say_with_undo("Zmiany porzucone.", move |answers| *answers = written.clone());
    }
}

fn form(editor: Editor) -> AnyView {
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        editor.ask();
    };
    let said = move || {
        let (text, changed) = editor.said.get()?;
        let reload = changed.then(|| {
            view! { <button class="btn" type="button" on:click=move |_| editor.live.reload()>"Wczytaj aktualną"</button> }
        });
        Some(
            view! { <div role="alert" id=SAID tabindex="-1"><Banner tone=Tone::Warn lead=text>{reload}</Banner></div> },
        )
    };
    let differs = Memo::new(move |_| {
        editor.sheet.answers.track();
        editor.differs()
    });
    let note = move || if differs.get() { "Są nieogłoszone zmiany." } else { "Nie ma nieogłoszonych zmian." };
    view! {
        <form on:submit=submit novalidate>
            <ErrorSummary sheet=editor.sheet/>
            {said}
            {fields::sections(editor)}
            {texts::section(editor)}
            <div class="sticky-actions">
                <button class="btn btn-primary" type="submit" id="oglos">"Ogłoś…"</button>
                {move || differs.get().then(|| view! {
                    <button class="btn" type="button" on:click=move |_| editor.give_up()>"Porzuć zmiany"</button>
                })}
                <span class="sticky-note" role="status">{note}</span>
            </div>
        </form>
    }
    .into_any()
}

/// Asks once more, and says what the new version changes.
fn question(editor: Editor) -> AnyView {
    let title = move || ["Ogłosić wersję ", &(editor.version() + 1).to_string(), "?"].concat();
    let body = move || {
        let lines = changes(editor.subject, &editor.standing(), &editor.draft());
        let lines: Vec<AnyView> = lines.into_iter().map(|line| view! { <li>{line}</li> }.into_any()).collect();
        view! {
            <ul>{lines}</ul>
            <p>"Nowe dokumenty zaczną się w tej wersji. Zaczęte i złożone zostają w swojej. Ogłoszonej wersji nie można cofnąć, można ogłosić następną."</p>
            <div class="dialog-actions">
                <button class="btn btn-primary" type="button" id="oglos-teraz"
                    aria-busy=move || editor.busy.get().then_some("true") on:click=move |_| editor.publish()>"Ogłoś"</button>
                <button class="btn btn-quiet" type="button" on:click=move |_| editor.asking.set(false)>"Wróć do formularza"</button>
            </div>
        }
        .into_any()
    };
    view! { <Dialog open=editor.asking title=Signal::derive(title) id="ogloszenie">{body()}</Dialog> }.into_any()
}
