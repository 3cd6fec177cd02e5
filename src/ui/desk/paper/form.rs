//! The form of a paper at the desk.

use super::{
    background::InOffice,
    opening::Opening,
    place::{Around, Place},
    progress,
    saved::{self, Saved},
    saving::Saving,
};
use crate::{
    api::session::Me,
    domain::{
        documents::{
            RecordKind,
            papers::{self, begin::hand_in},
        },
        form::Answers,
        paper_words,
    },
    ui::{
        context::App,
        form::{
            Sheet,
            field::ErrorSummary,
            own::{closing, intro},
            paper::{returned, sections},
            traces::sources_dialog,
        },
        parts::{Banner, Icon, Tone, page::TITLE_ID},
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use std::rc::Rc;

/// The form.
pub fn form(app: App, around: &Around, me: Me, opening: Opening) -> AnyView {
    let Opening { paper, form, record, answers, resumed, keeping, offers, fixed } = opening;
    let today = app.today.get_untracked();
    let check = move |answers: &Answers| papers::check(paper, form, answers, today);
    let texts = around.book().texts(RecordKind::Paper, &answers, form.version);
    let background = InOffice::new(around.clone(), paper, me, today);
    let sheet =
        Sheet::new(answers.clone(), check).of(form).fixing(fixed).with_directory(around.book().directory.clone());
    let sheet = offers.lay_out(sheet).tracing(Rc::new(background));
    let place = around.place();
    let to_papers = to_papers(&place);
    let handed_in = Callback::new(move |said: String| {
        app.say(said);
        to_papers.run(());
    });
    let saving = Saving::new(app, form, sheet, (place.clone(), record), keeping, handed_in);
    let sheet = sheet.with_files(Rc::new(saving.clone()));
    let kept = StoredValue::new_local(saving.clone());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        // What nobody types is counted last; it may show that something is missing.
        let whole = sheet.counted();
        match sheet.attempt() {
            true => app.host().focus("summary-errors"),
            false => {
                let whole = hand_in(form, &whole, app.today.get_untracked());
                kept.with_value(|saving| saving.hand_in(whole));
            }
        }
    };
    let busy = move || kept.with_value(Saving::is_writing).then_some("true");
    let is_resumed = resumed;
    let resumed = resumed.then(|| {
        view! { <Banner tone=Tone::Plain lead="To jest szkic zaczęty wcześniej.".to_owned() text="Jest zapisany w ośrodku.".to_owned()/> }
    });
    let print = StoredValue::new(place.print(record));
    let saved = saving.saved;
    let printing = move || {
        // A draft that the office has can be printed: it says that it is one.
        let is_there = matches!(saved.get(), Saved::At(_)) || (is_resumed && matches!(saved.get(), Saved::Nothing));
        is_there
            .then(|| view! { <a class="btn btn-quiet" href=print.get_value()><Icon name="print"/>" Drukuj szkic"</a> })
    };
    view! {
        {head(app, around, &answers)}
        <div class="paper-desk">
            {progress::view(sheet, form.sections)}
            <form on:submit=submit novalidate>
                <ErrorSummary sheet/>
                {returned(&answers)}
                {resumed}
                {intro(&texts)}
                {sections(sheet, form, form.sections)}
                {closing(&texts)}
                <div class="sticky-actions">
                    <button class="btn btn-primary" type="submit" id="zloz" aria-busy=busy>"Złóż"</button>
                    {leave(&saving, to_papers)}
                    {printing}
                    {saved::note(app, &saving)}
                </div>
            </form>
        </div>
        {sources_dialog(sheet)}
    }
    .into_any()
}

/// Where the papers of the file stand.
fn to_papers(place: &Place) -> Callback<()> {
    let address = place.papers();
    let navigate = StoredValue::new_local(use_navigate());
    Callback::new(move |()| navigate.with_value(|navigate| navigate(&address, Default::default())))
}

fn head(app: App, around: &Around, answers: &Answers) -> AnyView {
    Effect::new(move |_| app.host().focus(TITLE_ID));
    view! {
        <header class="page-head">
            <div>
                <p class="page-over"><a href=around.place().papers()>"Dokumenty"</a>" · "{around.title()}</p>
                <h1 id=TITLE_ID tabindex="-1">{paper_words::title(answers)}</h1>
            </div>
        </header>
    }
    .into_any()
}

/// "Wróć": first what was typed is saved; when that fails, the person says whether they go without it.
fn leave(saving: &Saving, away: Callback<()>) -> AnyView {
    let saved = saving.saved;
    let kept = StoredValue::new_local(saving.clone());
    let leaving = RwSignal::new(false);
    Effect::new(move |_| {
        let settled = leaving.get() && matches!(saved.get(), Saved::At(_));
        if settled && kept.with_value(Saving::is_kept) {
            away.run(());
        }
    });
    let failed = move || matches!(saved.get(), Saved::Not(_));
    let press = move |_| {
        if kept.with_value(Saving::is_kept) || failed() {
            return away.run(());
        }
        leaving.set(true);
        kept.with_value(Saving::save);
    };
    let words = move || if failed() { "Wróć bez zapisania" } else { "Wróć" };
    view! { <button class="btn" type="button" id="wroc" on:click=press>{words}</button> }.into_any()
}
