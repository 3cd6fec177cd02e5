//! The form of the visit card: its head, its sections, and what happens at "Zapisz".

use super::{
    banners::{closed, correction_begun_earlier, like_last},
    opening::Opening,
    sections::{papers, tasks_section, what_next, what_we_did, when_and_who},
    seen::also_seen,
    urgent::is_urgent,
    writing::{Beside, entry_of, finish},
};
use crate::{
    domain::{
        caseload::FamilyLine, codes::EntryKind, documents::visit_card, form::Answers, ids::RecordId, procedure::Paper,
        visit_draft, words,
    },
    ui::{
        context::{App, PhoneSession, app},
        form::{
            Sheet,
            field::ErrorSummary,
            own::{closing, intro, own_section},
        },
        phone::drafting::{Desk, Drafting, Saved, autosave, begun_earlier, give_up, saved_note},
    },
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use std::rc::Rc;

/// The form, of a new entry or of one that is corrected.
#[component]
pub fn VisitForm(session: PhoneSession, line: FamilyLine, opening: Opening) -> impl IntoView {
    let app: App = app();
    let Opening {
        draft,
        form,
        book,
        resumed,
        last,
        tasks,
        with_it,
        around,
        members,
        children,
        goals,
        favourites,
        directory,
        numbers,
    } = opening;
    let day = app.today.get_untracked();
    let texts = book.texts(draft.kind, &draft.answers, draft.form);
    let begun_with = draft.clone();
    let (check_around, checked, check_book) = (around.clone(), tasks.clone(), book.clone());
    let sheet = Sheet::new(draft.answers.clone(), move |answers| {
        let entry = entry_of(&begun_with, form, &check_book);
        visit_draft::check(answers, entry, day, &check_around, &checked.iter().collect::<Vec<_>>())
    })
    .of(form)
    .offering(members, children, goals)
    .with_directory(directory);
    let ends = Ends::of(&line, draft.before.is_some().then_some(draft.record));
    let head = head(&line, &draft.answers, draft.before.as_ref());
    let too_late = draft.before.as_ref().and_then(|before| closed(before, day, &around.reported));
    let saved = RwSignal::new(if resumed { Saved::At(draft.saved_at) } else { Saved::Nothing });
    let desk = StoredValue::new_local(Drafting { app, session, draft, over: false });
    let beside = Rc::new(Beside { tasks: tasks.clone(), around, form, book: book.clone() });
    autosave(sheet, desk, saved);
    also_seen(sheet);
    let urgent = is_urgent(sheet);

    let (busy, then_note) = (RwSignal::new(false), RwSignal::new(false));
    let note_page = ["/rodziny/", &line.code, "/dokumenty/nowy/", Paper::Note.code()].concat();
    let navigate = use_navigate();
    let submit = {
        let ends = ends.clone();
        move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            if busy.get_untracked() {
                return;
            }
            if sheet.attempt() {
                app.host().focus("summary-errors");
                return;
            }
            busy.set(true);
            let (navigate, mut ends, beside) = (navigate.clone(), ends.clone(), Rc::clone(&beside));
            // The way back from the note leads to the family, not into another new visit.
            let options = NavigateOptions { replace: then_note.get_untracked(), ..NavigateOptions::default() };
            if options.replace {
                ends.page.clone_from(&note_page);
            }
            app.host().spawn(Box::pin(async move {
                match finish(desk, sheet, &beside).await {
                    Ok(wrote) => {
                        app.say(if wrote { ends.said } else { "Nic nie zmieniono." });
                        navigate(&ends.page, options);
                    }
                    Err(said) => app.say(said),
                }
                busy.set(false);
            }));
        }
    };
    let begun = resumed.then(|| match ends.corrects {
        true => correction_begun_earlier(),
        false => begun_earlier(desk, sheet, ends.page.clone(), "To jest szkic zaczęty wcześniej."),
    });
    view! {
        {head}
        <form on:submit=submit novalidate>
            <ErrorSummary sheet/>
            {too_late}
            {begun}
            {last.map(|last| like_last(sheet, last))}
            {intro(&texts)}
            {when_and_who(sheet, form)}
            {what_we_did(sheet, form, favourites)}
            {tasks_section(sheet, (tasks, &book), &line.code, with_it)}
            {what_next(sheet, form, numbers)}
            {own_section(sheet, form)}
            {papers(sheet, form)}
            {closing(&texts)}
            <div class="sticky-actions">
                <button class="btn btn-primary" type="submit" aria-busy=move || busy.get().then_some("true")
                    on:click=move |_| then_note.set(false)>{ends.save}</button>
                {move || urgent.get().then(|| view! {
                    <button class="btn" type="submit" on:click=move |_| then_note.set(true)>"Zapisz i zacznij notatkę"</button>
                })}
                {ends.corrects.then(|| give_up_button(desk, sheet, saved, ends.page.clone()))}
                <span class="sticky-note" role="status">{move || saved_note(app, saved.get())}</span>
            </div>
        </form>
    }
}

/// What the ends of a new entry and of a correction say, and where they lead.
#[derive(Clone)]
struct Ends {
    corrects: bool,
    save: &'static str,
    said: &'static str,
    page: String,
}

impl Ends {
    fn of(line: &FamilyLine, corrected: Option<RecordId>) -> Self {
        let family = format!("/rodziny/{}", line.code);
        match corrected {
            None => Self { corrects: false, save: "Zapisz", said: "Zapisane na tym telefonie.", page: family },
            Some(entry) => Self {
                corrects: true,
                save: "Zapisz poprawki",
                said: "Poprawki zapisane na tym telefonie.",
                page: format!("{family}/wizyty/{entry}"),
            },
        }
    }
}

fn head(line: &FamilyLine, answers: &Answers, before: Option<&Answers>) -> AnyView {
    let kind = kind_title(answers.get(visit_card::KIND).unwrap_or(EntryKind::Visit));
    let (over, title) = match before {
        None => ([line.code.as_str(), &line.locality].join(" · "), [kind, &line.surname].join(" – ")),
        Some(before) => {
            let day = before.get(visit_card::DATE).map(words::long_date).unwrap_or_default();
            ([line.surname.as_str(), kind, &day].join(" · "), "Poprawianie wpisu".to_owned())
        }
    };
    view! { <header class="page-head"><div><p class="page-over">{over}</p><h1>{title}</h1></div></header> }.into_any()
}

/// Leaves the entry as it was; what was written can be brought back for a moment.
fn give_up_button(desk: Desk, sheet: Sheet, saved: RwSignal<Saved>, page: String) -> AnyView {
    let navigate = use_navigate();
    let leave = move |_| {
        let (navigate, page) = (navigate.clone(), page.clone());
        let leave = move || navigate(&page, Default::default());
        match saved.get_untracked() {
            Saved::Nothing => leave(),
            Saved::Writing | Saved::At(_) => give_up(desk, sheet, "Poprawki porzucone.", leave),
        }
    };
    view! { <button class="btn btn-quiet" type="button" on:click=leave>"Porzuć poprawki"</button> }.into_any()
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
