//! *Formularze*: what the office lays over its documents. The list of them here; one of them in [`editor`].

mod editor;
mod fields;
mod own;
mod preview;
mod texts;
mod versions;

use super::live::Live;
use crate::{
    api::forms::{OfficeForms, read_office_forms},
    domain::{
        access::{Deed, Object, Tie, may},
        form::Form,
        office::{OfficeBook, Overlay, Subject},
    },
    ui::{
        context::{App, app},
        parts::{Badge, Empty, Icon, PageHead, Tone},
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// Where the list is.
pub const FORMS: &str = "/ustawienia/formularze";

/// `/ustawienia/formularze`: every document, and what the office has changed in it.
#[component]
pub fn DeskForms() -> AnyView {
    let app = app();
    if !may_set(app) {
        return others();
    }
    let live = read();
    view! {
        <PageHead title="Formularze".to_owned() back=("/ustawienia", "Ustawienia ośrodka")
            lead="Nazwy, własne pola i teksty ośrodka w każdym dokumencie.".to_owned()/>
        {live.view("Odczyt formularzy", move || live.with(|forms| list(&forms.book)))}
    }
    .into_any()
}

/// `/ustawienia/formularze/:form`: one document.
#[component]
pub fn DeskForm() -> AnyView {
    let app = app();
    if !may_set(app) {
        return others();
    }
    let params = use_params_map();
    let code = Memo::new(move |_| params.with(|params| params.get("form")).unwrap_or_default());
    // Another document is another page.
    view! {
        {move || match Subject::read(&code.get()).filter(|subject| subject.is_offered()) {
            Some(subject) => {
                let live = read();
                live.view("Odczyt formularza", move || live.with(move |forms| editor::page(app, live, forms, subject)))
            }
            None => not_here(),
        }}
    }
    .into_any()
}

/// Read once: what others publish must not move what is being edited.
fn read() -> Live<OfficeForms> {
    Live::once(|forms: &OfficeForms| forms.book.tag, || Box::pin(read_office_forms()))
}

fn may_set(app: App) -> bool {
    untrack(|| app.me()).is_some_and(|me| may(me.role, Deed::Write, Object::Settings, Tie::Own))
}

fn others() -> AnyView {
    view! {
        <PageHead title="Formularze".to_owned()/>
        <Empty icon="lock" title="Formularze zmienia kierownik" text="Na tym koncie ich nie widać."/>
    }
    .into_any()
}

fn not_here() -> AnyView {
    view! {
        <Empty icon="search" title="Nie ma takiego formularza" text="Adres jest niepełny albo dokument ma inną nazwę.">
            <a class="btn" href=FORMS>"Formularze"</a>
        </Empty>
    }
    .into_any()
}

/// "Karta pracy asystenta (zał. 8)".
fn title(form: &Form) -> String {
    match form.number {
        "" => form.title.to_owned(),
        number => [form.title, " (zał. ", number, ")"].concat(),
    }
}

fn list(book: &OfficeBook) -> AnyView {
    let rows: Vec<AnyView> =
        Subject::all().into_iter().filter(|subject| subject.is_offered()).map(|subject| row(book, subject)).collect();
    view! {
        <section class="card" aria-label="Dokumenty">
            <ul class="list">{rows}</ul>
        </section>
        {closed()}
    }
    .into_any()
}

/// What is not offered, and why.
fn closed() -> AnyView {
    let rows = Subject::all().into_iter().filter_map(|subject| Some((subject, subject.why_closed()?)));
    let rows = rows.map(|(subject, why)| {
        view! {
            <li class="row">
                <span class="row-lead"><Icon name="lock"/></span>
                <div class="row-main"><p class="row-title">{title(subject.declared)}</p><p class="row-meta">{why}</p></div>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="card" aria-labelledby="bez-zmian">
            <div class="card-head"><h2 id="bez-zmian">"Tych kart ośrodek nie zmienia"</h2></div>
            <ul class="list">{rows}</ul>
        </section>
    }
    .into_any()
}

fn row(book: &OfficeBook, subject: Subject) -> AnyView {
    let last = book.published(subject).last();
    let href = [FORMS, "/", subject.code].concat();
    let (tone, icon, word) = match last {
        Some(last) => (Tone::Accent, "edit", ["wersja ", &last.version.to_string()].concat()),
        None => (Tone::Plain, "document", "bez zmian ośrodka".to_owned()),
    };
    let what = last.map(|last| in_short(&last.overlay)).unwrap_or_default();
    view! {
        <li class="row">
            <div class="row-main">
                <a class="row-title" href=href>{title(subject.declared)}</a>
                <p class="row-meta">{what}</p>
            </div>
            <div class="row-trail"><Badge tone icon text=word/></div>
        </li>
    }
    .into_any()
}

/// What an overlay does, in figures: "własne pola: 2 · zmienione nazwy: 1".
fn in_short(overlay: &Overlay) -> String {
    let own = overlay.own.iter().filter(|own| !overlay.hidden.contains(&own.key)).count();
    let hidden = overlay.hidden.iter().filter(|path| overlay.own(path).is_none()).count();
    let parts = [
        ("własne pola", own),
        ("zmienione nazwy i objaśnienia", overlay.reworded.len()),
        ("ukryte pola", hidden),
        ("teksty", overlay.texts.len()),
    ];
    let said: Vec<String> = parts
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(what, count)| [what, ": ", &count.to_string()].concat())
        .collect();
    if said.is_empty() { "jak w Asyście".to_owned() } else { said.join(" · ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::office::Reworded;

    #[test]
    fn an_overlay_is_told_in_short() {
        assert_eq!(in_short(&Overlay::default()), "jak w Asyście");
        let mut overlay = Overlay::default();
        overlay.reworded.insert("place".into(), Reworded { label: Some("Gdzie".into()), help: None });
        overlay.hidden.insert("source_note".into());
        assert_eq!(in_short(&overlay), "zmienione nazwy i objaśnienia: 1 · ukryte pola: 1");
    }

    #[test]
    fn a_document_is_called_with_its_number() {
        let called = |code: &str| title(Subject::read(code).unwrap().declared);
        assert!(called("visit").ends_with("(zał. 8)"));
        assert_eq!(called("NOTE"), "Notatka służbowa");
    }
}
