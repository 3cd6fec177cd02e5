//! The page of those whose role sees no case content: administrator and data protection officer.

use crate::{
    domain::access::Role,
    ui::{
        context::app,
        parts::{Empty, PageHead},
    },
};
use leptos::prelude::*;

/// What will be here for them, and why no family is.
#[component]
pub fn DeskOther() -> AnyView {
    let app = app();
    let role = Memo::new(move |_| app.me().map(|me| me.role));
    let lead = Signal::derive(move || role.get().map(|role| role.label().to_owned()).unwrap_or_default());
    let text = move || match role.get() {
        Some(Role::Dpo) => {
            "Tu znajdzie się rejestr dostępu: kto, kiedy i co odczytał lub zapisał. \
             Treść spraw rodzin nie jest widoczna dla tej roli."
        }
        _ => {
            "Tu znajdą się konta osób, ich role i urządzenia. \
             Treść spraw rodzin nie jest widoczna dla tej roli."
        }
    };
    view! {
        <PageHead title="Konto".to_owned() lead=lead/>
        {move || view! { <Empty icon="lock" title="Bez dostępu do spraw rodzin" text=text()/> }}
    }
    .into_any()
}
