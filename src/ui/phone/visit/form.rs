//! The form of the visit card: its head, its sections, and what happens at "Zapisz".

use super::{
    banners::{closed, correction_begun_earlier, like_last},
    opening::Opening,
    sections::{papers, tasks_section, what_next, what_we_did, when_and_who},
    seen::also_seen,
    writing::{Beside, finish},
};
use crate::{
    domain::{
        caseload::FamilyLine, codes::EntryKind, documents::visit_card, form::Answers, ids::RecordId, visit_draft, words,
    },
    ui::{
        context::{App, PhoneSession, app},
        form::{Sheet, field::ErrorSummary},
        phone::drafting::{Desk, Drafting, Saved, autosave, begun_earlier, give_up, saved_note},
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use std::rc::Rc;

/// The form, of a new entry or of one that is corrected.
#[component]
pub fn VisitForm(session: PhoneSession, line: FamilyLine, opening: Opening) -> impl IntoView {
    let app: App = app();
    let Opening { draft, resumed, last, tasks, with_it, around, members, children, goals, favourites } = opening;
    let day = app.today.get_untracked();
    let (before, check_around, checked) = (draft.before.clone(), around.clone(), tasks.clone());
    let sheet = Sheet::new(draft.answers.clone(), move |answers| {
        visit_draft::check(answers, before.as_ref(), day, &check_around, &checked.iter().collect::<Vec<_>>())
    })
    .of(&visit_card::FORM)
    .offering(members, children, goals);
    let ends = Ends::of(&line, draft.before.is_some().then_some(draft.record));
    let head = head(&line, &draft.answers, draft.before.as_ref());
    let too_late = draft.before.as_ref().and_then(|before| closed(before, day, &around.reported));
    let saved = RwSignal::new(if resumed { Saved::At(draft.saved_at) } else { Saved::Nothing });
    let desk = StoredValue::new_local(Drafting { app, session, draft, over: false });
    let beside = Rc::new(Beside { tasks: tasks.clone(), around });
    autosave(sheet, desk, saved);
    also_seen(sheet);

    let busy = RwSignal::new(false);
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
            let (navigate, ends, beside) = (navigate.clone(), ends.clone(), Rc::clone(&beside));
            app.host().spawn(Box::pin(async move {
                match finish(desk, sheet, &beside).await {
                    Ok(wrote) => {
                        app.say(if wrote { ends.said } else { "Nic nie zmieniono." });
                        navigate(&ends.page, Default::default());
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
            {when_and_who(sheet)}
            {what_we_did(sheet, favourites)}
            {tasks_section(sheet, tasks, &line.code, with_it)}
            {what_next(sheet)}
            {papers(sheet)}
            <div class="sticky-actions">
                <button class="btn btn-primary" type="submit" aria-busy=move || busy.get().then_some("true")>{ends.save}</button>
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
