//! What stands above the sections: that this was begun earlier, that it is too late, and the offer to
//! fill in as last time.

use crate::{
    domain::{
        correction,
        documents::visit_card,
        form::{Answers, Problem},
        visit_draft, words,
    },
    ui::{form::Sheet, parts::Icon},
};
use chrono::NaiveDate;
use leptos::prelude::*;
use std::collections::BTreeSet;

/// A correction that was begun earlier; the way to give it up stands beside "Zapisz poprawki".
pub fn correction_begun_earlier() -> AnyView {
    view! { <div class="banner"><Icon name="edit"/><div><p>"To są poprawki zaczęte wcześniej."</p></div></div> }
        .into_any()
}

/// The month was closed meanwhile: said at once, not only at the end.
pub fn closed(before: &Answers, day: NaiveDate, reported: &BTreeSet<NaiveDate>) -> Option<AnyView> {
    let late = correction::too_late(before, before, day);
    let Problem { text, .. } = late.or_else(|| correction::after_report(before, before, reported))?;
    Some(
        view! { <div class="banner" data-state="warn"><Icon name="warning"/><div><p>{text}</p></div></div> }.into_any(),
    )
}

/// "Jak ostatnio": the circumstances of the last entry of this kind, with a way back.
pub fn like_last(sheet: Sheet, last: Answers) -> AnyView {
    let day = last.get(visit_card::DATE).map(words::short_date).unwrap_or_default();
    let fill = move |_| {
        let before = sheet.answers.get_untracked();
        sheet.answers.set(visit_draft::like_last_time(&before, &last));
        sheet.say_with_undo("Wpisano jak ostatnio.", move |answers| *answers = before.clone());
    };
    view! {
        <p><button class="btn" type="button" on:click=fill><Icon name="copy"/> " Jak ostatnio (" {day} ")"</button></p>
    }
    .into_any()
}
