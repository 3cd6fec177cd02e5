//! The form of an intake.

use super::{
    changes::{Ids, begun, check},
    found::found,
    office::Office,
    path::{FAMILY, PEOPLE, Path, WORKER},
    sending::{Desk, SAID, open_case},
    worker,
};
use crate::{
    api::{desk::FamilyFile, session::Me},
    domain::{
        access::Role,
        documents::{
            RecordKind, family_card,
            papers::{course::PAPER, referral},
        },
        form::{Answers, Form, Section, Source},
        ids::{FamilyId, RecordId},
        office::OfficeBook,
    },
    ui::{
        context::app,
        desk::{live::Live, unsaved::Unsaved},
        form::{
            Pick, Sheet,
            field::{ErrorSummary, FieldView},
            own::{closing, intro},
        },
        parts::{Banner, Tone},
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use std::{collections::BTreeMap, rc::Rc, sync::Arc};

/// The form, with the choice of the path where there is one.
pub fn view(me: Me, book: OfficeBook, known: Option<Arc<FamilyFile>>, families: Option<Live<Office>>) -> AnyView {
    let app = app();
    let paths = Path::open_to(me.role);
    let Some(first) = paths.first().copied() else { return ().into_any() };
    let new_id = || app.host().new_id();
    let ids = Ids {
        family: known.as_ref().map_or_else(|| FamilyId(new_id()), |known| known.line.family),
        card: RecordId(new_id()),
        case: RecordId(new_id()),
        paper: RecordId(new_id()),
    };
    let desk = Desk {
        app,
        me: StoredValue::new(me),
        book: StoredValue::new(book),
        known: StoredValue::new(known),
        ids: StoredValue::new(ids),
        path: RwSignal::new(first),
        written: StoredValue::new(BTreeMap::new()),
        sent: StoredValue::new_local(None),
        refused: RwSignal::new(Vec::new()),
        said: RwSignal::new(None),
        busy: RwSignal::new(false),
    };
    view! {
        {chooser(desk, paths)}
        {move || paper(desk, desk.path.get(), families)}
    }
    .into_any()
}

fn chooser(desk: Desk, paths: Vec<Path>) -> AnyView {
    if let [only] = paths.as_slice() {
        return view! { <p>"Ścieżka: "<b>{only.label()}</b></p> }.into_any();
    }
    let chips: Vec<AnyView> = paths
        .iter()
        .copied()
        .map(|path| {
            let pressed = move || if desk.path.get() == path { "true" } else { "false" };
            view! {
                <button class="chip" type="button" aria-pressed=pressed on:click=move |_| desk.path.set(path)>{path.label()}</button>
            }
            .into_any()
        })
        .collect();
    view! {
        <fieldset class="field">
            <legend>"Jaka ścieżka?"</legend>
            <div class="chips">{chips}</div>
        </fieldset>
    }
    .into_any()
}

fn paper(desk: Desk, path: Path, families: Option<Live<Office>>) -> AnyView {
    desk.refused.set(Vec::new());
    desk.said.set(None);
    // What was written on the other path counts as well.
    let written = desk.written.with_value(|written| !written.is_empty());
    let sheet = sheet(desk, path);
    let begun = sheet.answers.get_untracked();
    let differs = move || sheet.answers.try_with_untracked(|answers| *answers != begun).unwrap_or(false);
    Unsaved::in_form(move || written || differs());
    let navigate = Rc::new(use_navigate());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        // What the office found last time is judged again by the office.
        desk.refused.set(Vec::new());
        desk.said.set(None);
        if desk.busy.get_untracked() {
            return;
        }
        if sheet.attempt() {
            return desk.app.host().focus("summary-errors");
        }
        let navigate = Rc::clone(&navigate);
        desk.busy.set(true);
        desk.app.host().spawn(Box::pin(async move {
            let written = open_case(desk, path, sheet.answers.get_untracked()).await;
            desk.busy.set(false);
            if let Some(address) = written {
                navigate(&address, Default::default());
            }
        }));
    };
    let family = about_family(desk, path, sheet, families);
    let form = desk.form(path);
    let rest = form.sections.iter().filter(|section| !is_family(path, section));
    let rest = rest.map(|section| section_view(sheet, form, section)).collect_view();
    let texts = desk.book.with_value(|book| {
        let of_paper = Answers::default().with(PAPER, path.paper());
        book.texts(RecordKind::Paper, &of_paper, form.version)
    });
    view! {
        <form on:submit=submit novalidate>
            <ErrorSummary sheet/>
            {move || desk.said.get().map(|said| view! { <div role="alert" id=SAID tabindex="-1"><Banner tone=Tone::Warn lead=said/></div> })}
            {intro(&texts)}
            {family}
            {rest}
            {closing(&texts)}
            <div class="sticky-actions">
                <button class="btn btn-primary" type="submit" aria-busy=move || desk.busy.get().then_some("true")>"Załóż sprawę"</button>
                <a class="btn btn-quiet" href="/rodziny">"Anuluj"</a>
            </div>
        </form>
    }
    .into_any()
}

/// The sheet of a path: what was written on it, else what is known, else what was written on the other.
fn sheet(desk: Desk, path: Path) -> Sheet {
    let today = desk.app.today.get_untracked();
    let me = desk.me.get_value();
    let answers = desk.written.with_value(|written| written.get(&path).cloned()).unwrap_or_else(|| {
        let known = desk.known.get_value();
        let mut answers = begun(path, me.user, today, known.as_deref());
        desk.written
            .with_value(|written| written.iter().for_each(|(other, said)| carry(*other, said, path, &mut answers)));
        answers
    });
    let (is_new, form) = (desk.known.with_value(Option::is_none), desk.form(path));
    let sheet = Sheet::new(answers, move |answers| {
        let mut problems = check(path, form, is_new, answers, today);
        desk.refused.with(|refused| problems.extend(refused.iter().cloned()));
        problems
    })
    .of(form);
    Effect::new(move |_| {
        let answers = sheet.answers.get();
        desk.written.update_value(|written| {
            written.insert(path, answers);
        });
    });
    // Under the application only the person who applies signs.
    match path {
        Path::Ordinary => {
            sheet.with_people(vec![Pick { id: me.user.to_string(), label: me.name, note: String::new() }])
        }
        Path::ZaZyciem => sheet,
    }
}

/// Takes along what is asked on both paths.
fn carry(from: Path, said: &Answers, to: Path, answers: &mut Answers) {
    let names = [
        (from.surname().name(), to.surname().name()),
        (referral::LOCALITY.name(), referral::LOCALITY.name()),
        (referral::ADDRESS.name(), referral::ADDRESS.name()),
    ];
    for (from, to) in names.into_iter().filter(|(from, _)| said.filled(from)) {
        answers.set_raw(to, said.raw(from).cloned());
    }
    for row in said.rows(family_card::MEMBERS) {
        answers.put_row(family_card::MEMBERS, &row, said.row(family_card::MEMBERS, &row));
    }
}

/// Is it the section that says who the family is? It stands first: one looks whether the family is known.
fn is_family(path: Path, section: &Section) -> bool {
    section.fields.iter().any(|field| field.key == path.surname().name())
}

fn about_family(desk: Desk, path: Path, sheet: Sheet, families: Option<Live<Office>>) -> AnyView {
    let forms: [&'static Form; 2] = [desk.form(path), &FAMILY];
    let sections = forms.into_iter().flat_map(|form| form.sections.iter().map(move |section| (form, section)));
    let sections = sections.filter(|(_, section)| is_family(path, section));
    let fields = sections.map(|(form, section)| section_view(sheet, form, section)).collect_view();
    let opened_for_others = path == Path::ZaZyciem && desk.me.with_value(|me| me.role != Role::SocialWorker);
    let worker = opened_for_others.then(|| worker::choice(sheet));
    let (surname, locality) = (path.surname().name(), referral::LOCALITY.name());
    let is_new = desk.known.with_value(Option::is_none);
    let found = families.filter(|_| is_new).map(|live| found(live, sheet, surname, locality));
    let people =
        is_new.then(|| PEOPLE.sections.iter().map(|section| section_view(sheet, &PEOPLE, section)).collect_view());
    view! { {fields}{worker}{found}{people} }.into_any()
}

/// A section; what is computed stands in it once it is there.
fn section_view(sheet: Sheet, form: &'static Form, section: &'static Section) -> AnyView {
    let entered = section.fields.iter().filter(|field| !matches!(field.source, Source::Computed(_)));
    // Who is chosen from a list that is read first stands beside it.
    let entered = entered.filter(|field| field.key != WORKER.name());
    let fields = entered.map(|field| view! { <FieldView sheet form key=field.key/> }).collect_view();
    view! { <section class="section"><h2 class="section-head">{section.title}</h2>{fields}</section> }.into_any()
}
