//! *Porównanie wersji* on the phone. Papers of one kind stand on the device, so they are compared without a network;
//! how one of them stood before it was returned or corrected only the office keeps.

use super::{
    family::{code_param, family_of_address},
    shell::NotHere,
};
use crate::{
    api::{
        error::ApiError,
        history::{RecordHistory, read_history},
    },
    domain::{
        answer_words::Referred,
        caseload::FamilyLine,
        documents::{RecordKind, people_named},
        form::Sensitivity,
        history::of_same_kind,
        ids::{RecordId, UserId},
        order::map_of,
        record::Record,
    },
    sync::replica::Replica,
    ui::{
        context::{App, app},
        parts::{
            Banner, Icon, Loading, Tone,
            comparison::{Asked, Compared, comparison_view, title},
        },
    },
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    components::A,
    hooks::{use_navigate, use_params_map, use_query_map},
};
use std::{collections::BTreeMap, sync::Arc};

/// What the office has said of earlier versions; nothing until it answers.
type Answered = RwSignal<Option<Result<RecordHistory, ApiError>>>;

/// `/rodziny/R11/porownanie/<id>`.
#[component]
pub fn ComparisonPage() -> AnyView {
    let app: App = app();
    let line = family_of_address(app, code_param());
    let family = Memo::new(move |_| line.with(|line| line.as_ref().map(|line| line.family)));
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<RecordId>().ok()));
    // Made once per record: what arrives meanwhile does not move under the eyes of whoever reads.
    (move || {
        let _family = family.get();
        let shown = line.get_untracked().zip(id.get()).and_then(|(line, id)| {
            let standing = app.read(|replica| here(replica, &line, id)).flatten()?;
            Some(page(app, line, standing))
        });
        shown.unwrap_or_else(|| view! { <NotHere/> }.into_any())
    })
    .into_any()
}

fn here(replica: &Replica, line: &FamilyLine, id: RecordId) -> Option<Record> {
    let told =
        |record: &&Record| matches!(record.kind, RecordKind::Paper | RecordKind::Visit) && record.family == line.family;
    replica.record(id).filter(told).cloned()
}

fn page(app: App, line: FamilyLine, standing: Record) -> AnyView {
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(Asked::read));
    let navigate = StoredValue::new_local(use_navigate());
    let go = Callback::new(move |to: String| {
        let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
        navigate.with_value(|navigate| navigate(&to, options));
    });
    let answered: Answered = RwSignal::new(None);
    let id = standing.id;
    app.host().spawn(Box::pin(async move {
        let answer = read_history(id).await;
        if answer == Err(ApiError::SignedOut) {
            app.needs_sign_in.try_set(true);
        }
        // The page may have been left meanwhile.
        answered.try_set(Some(answer));
    }));
    let named = title(&standing);
    let back = match standing.kind {
        RecordKind::Visit => ["/rodziny/", &line.code, "/wizyty/", &id.to_string()].concat(),
        _ => ["/rodziny/", &line.code, "/dokumenty/", &id.to_string()].concat(),
    };
    let surname = line.surname.clone();
    let body = move || {
        let Some(answer) = answered.get() else {
            return view! { <Loading text="Odczyt wcześniejszych wersji…"/> }.into_any();
        };
        let away = answer.as_ref().err().map(unread);
        let compared = untrack(|| app.read(|replica| compared(replica, &line, &standing, answer.ok())));
        let shown = compared.map(|compared| comparison_view(Arc::new(compared), asked, go));
        view! { {away}{shown} }.into_any()
    };
    view! {
        <header class="page-head">
            <div>
                <p class="page-over"><A href=back>{named}</A>" · "{surname}</p>
                <h1>"Porównanie wersji"</h1>
            </div>
            <div class="actions">
                <button class="btn" type="button" on:click=move |_| app.host().print()><Icon name="print"/>" Drukuj"</button>
            </div>
        </header>
        {body}
    }
    .into_any()
}

/// Why the office's versions are not here; those on the phone are.
fn unread(why: &ApiError) -> AnyView {
    let text = match why {
        ApiError::NotFound => "Tego zapisu nie ma jeszcze w ośrodku.".to_owned(),
        ApiError::SignedOut => "Zaloguj się, aby je odczytać.".to_owned(),
        other => other.to_string(),
    };
    let lead = "Wcześniejsze wersje tego zapisu są w ośrodku.".to_owned();
    view! { <Banner tone=Tone::Warn lead text/> }.into_any()
}

fn compared(replica: &Replica, line: &FamilyLine, standing: &Record, history: Option<RecordHistory>) -> Compared {
    let of_family = || replica.records().filter(|record| record.family == line.family);
    let (own, told) = history.map(|history| (history.versions, history.people)).unwrap_or_default();
    let others = of_same_kind(standing, of_family());
    let in_papers = others.iter().chain([standing]).flat_map(|record| {
        [record.changed.by, record.made.by].into_iter().chain(people_named(record.kind, &record.answers))
    });
    let mut people: BTreeMap<UserId, String> = map_of(in_papers.map(|user| (user, replica.name_of(user).to_owned())));
    people.extend(told);
    // An entry is read as it is on its own page: without what is protected.
    let may_see: fn(Sensitivity) -> bool = match standing.kind {
        RecordKind::Paper => |_| true,
        _ => |class| class == Sensitivity::Ordinary,
    };
    Compared {
        base: ["/rodziny/", &line.code, "/porownanie/", &standing.id.to_string()].concat(),
        // What the office holds may be newer than what stands here, or older.
        standing: own.last().unwrap_or(standing).clone(),
        own,
        others,
        book: replica.book().clone(),
        referred: Referred::of(of_family()),
        people,
        may_see,
    }
}
