//! *Terminy w kalendarzu* at the desk.

use crate::ui::{calendar_feed::CalendarFeed, parts::PageHead};
use leptos::prelude::*;

/// The page `/kalendarz`.
#[component]
pub fn DeskCalendar() -> AnyView {
    view! {
        <PageHead title="Terminy w kalendarzu".to_owned()/>
        <section class="card" aria-label="Adres kalendarza"><div class="card-body"><CalendarFeed/></div></section>
    }
    .into_any()
}
