//! The family's card on the phone, being corrected: its draft stays on the device until it is finished, and what is
//! finished is a change with what its author saw, so that it meets what others write.

use super::{
    drafting::{Desk, Drafting, Saved, autosave, give_up, saved_note},
    family::{card, code_param, family_of_address},
    shell::NotHere,
    two_versions::TwoVersions,
};
use crate::{
    domain::{
        caseload::FamilyLine,
        change::{Action, Intent, Pen, edits_between},
        documents::{RecordKind, family_card},
        ids::{DraftId, RecordId},
        record::Record,
        visit_draft::brought_onto,
    },
    sync::replica::{Draft, Replica},
    ui::{
        context::{App, PhoneSession, app, intend},
        form::{
            Sheet,
            family_card::{card_sections, card_sheet},
            field::ErrorSummary,
        },
        parts::Icon,
    },
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_navigate};

/// `/rodziny/R11/karta`.
#[component]
pub fn FamilyCardPage() -> AnyView {
    let app: App = app();
    let line = family_of_address(app, code_param());
    let family = Memo::new(move |_| line.with(|line| line.as_ref().map(|line| line.family)));
    // The form is made anew when somebody chose between two versions, and not for other news.
    let disputes = Memo::new(move |_| {
        let family = family.get()?;
        app.read(|replica| card(replica, family).map(|card| card.disputes.len())).flatten()
    });
    (move || {
        let (family, _disputes, session) = (family.get(), disputes.get(), app.session());
        let form = line.get_untracked().zip(family).zip(session).and_then(|((line, family), session)| {
            let opening = untrack(|| {
                let replica = session.device.replica();
                let card = card(&replica, family)?;
                Some((card.clone(), session.device.with_pen(|pen| open(&replica, card, pen))))
            });
            let (card, (draft, resumed)) = opening?;
            Some(form(session, line, card, draft, resumed))
        });
        form.unwrap_or_else(|| view! { <NotHere/> }.into_any())
    })
    .into_any()
}

/// What was written here and not finished, on top of what stands by now.
fn open(replica: &Replica, card: &Record, pen: &Pen<'_>) -> (Draft, bool) {
    let fresh = Draft {
        id: DraftId(pen.id()),
        record: card.id,
        kind: RecordKind::Family,
        family: card.family,
        form: card.form,
        answers: card.answers.clone(),
        before: Some(card.answers.clone()),
        section: 0,
        saved_at: pen.now,
    };
    match begun(replica, card.id) {
        None => (fresh, false),
        Some(begun) => {
            let before = begun.before.clone().unwrap_or_default();
            let (seen, written) = brought_onto(&card.answers, &before, &begun.answers);
            (Draft { id: begun.id, saved_at: begun.saved_at, answers: written, before: Some(seen), ..fresh }, true)
        }
    }
}

fn begun(replica: &Replica, card: RecordId) -> Option<&Draft> {
    replica.drafts().into_iter().find(|draft| draft.kind == RecordKind::Family && draft.record == card)
}

fn form(session: PhoneSession, line: FamilyLine, card: Record, draft: Draft, resumed: bool) -> AnyView {
    let app: App = app();
    let today = app.today.get_untracked();
    let before = draft.before.clone().unwrap_or_default();
    let directory = untrack(|| app.read(|replica| replica.book().directory.clone())).unwrap_or_default();
    let sheet = card_sheet(draft.answers.clone(), before, &directory, today);
    let saved = RwSignal::new(if resumed { Saved::At(draft.saved_at) } else { Saved::Nothing });
    let desk = StoredValue::new_local(Drafting { app, session, draft, over: false });
    autosave(sheet, desk, saved);
    let page = ["/rodziny/", &line.code].concat();
    let busy = RwSignal::new(false);
    let submit = {
        let (navigate, page) = (use_navigate(), page.clone());
        move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            if busy.get_untracked() {
                return;
            }
            if sheet.attempt() {
                return app.host().focus("summary-errors");
            }
            busy.set(true);
            let (navigate, page) = (navigate.clone(), page.clone());
            app.host().spawn(Box::pin(async move {
                match finish(desk, sheet).await {
                    Ok(wrote) => {
                        app.say(if wrote { "Karta rodziny zapisana na tym telefonie." } else { "Nic nie zmieniono." });
                        navigate(&page, Default::default());
                    }
                    Err(said) => app.say(said),
                }
                busy.try_set(false);
            }));
        }
    };
    let disputes = card.disputes.clone();
    let versions =
        disputes.into_iter().map(|dispute| view! { <TwoVersions record=card.clone() dispute/> }).collect_view();
    let resumed = resumed.then(|| {
        view! {
            <div class="banner">
                <Icon name="edit"/>
                <div><p>"To są zmiany zaczęte wcześniej. Są tylko na tym telefonie."</p></div>
            </div>
        }
    });
    view! {
        <header class="page-head">
            <div>
                <p class="page-over"><A href=page.clone()>{line.surname.clone()}</A> " · " {line.code.clone()}</p>
                <h1>"Karta rodziny"</h1>
                <p class="page-lead">"Adres, telefony, osoby i instytucje. Dokumenty biorą je stąd."</p>
            </div>
        </header>
        {versions}
        <form on:submit=submit novalidate>
            <ErrorSummary sheet/>
            {resumed}
            {card_sections(sheet, |_| true)}
            <div class="sticky-actions">
                <button class="btn btn-primary" type="submit" aria-busy=move || busy.get().then_some("true")>"Zapisz kartę"</button>
                {leave_button(desk, sheet, saved, page)}
                <span class="sticky-note" role="status">{move || saved_note(app, saved.get())}</span>
            </div>
        </form>
    }
    .into_any()
}

/// Leaves the card as it was; what was written can be brought back for a moment.
fn leave_button(desk: Desk, sheet: Sheet, saved: RwSignal<Saved>, page: String) -> AnyView {
    let navigate = use_navigate();
    let leave = move |_| {
        let (navigate, page) = (navigate.clone(), page.clone());
        let leave = move || navigate(&page, Default::default());
        match saved.get_untracked() {
            Saved::Nothing => leave(),
            Saved::Writing | Saved::At(_) => give_up(desk, sheet, "Zmiany porzucone.", leave),
        }
    };
    view! { <button class="btn btn-quiet" type="button" on:click=leave>"Porzuć zmiany"</button> }.into_any()
}

/// Writes what differs from the card that was seen, and takes the draft away, in one step. Says whether anything did.
async fn finish(desk: Desk, sheet: Sheet) -> Result<bool, String> {
    let taken = desk.try_update_value(|desk| {
        desk.over = true;
        let draft = &desk.draft;
        let before = draft.before.clone().unwrap_or_default();
        let after = family_card::finished(&sheet.answers.get_untracked());
        let edits = edits_between(&before, &after);
        let (record, kind, family, form) = (draft.record, draft.kind, draft.family, draft.form);
        let intent = |action| Intent { record, kind, family, form, action };
        let intents: Vec<Intent> = (!edits.is_empty()).then(|| intent(Action::Write(edits))).into_iter().collect();
        (desk.app, desk.session.clone(), intents, draft.id)
    });
    let Some((app, session, intents, draft)) = taken else { return Err("Formularz został zamknięty.".to_owned()) };
    let wrote = !intents.is_empty();
    let written = intend(app, &session, intents, Some(draft)).await;
    if written.is_err() {
        desk.try_update_value(|desk| desk.over = false);
    }
    written.map(|()| wrote)
}
