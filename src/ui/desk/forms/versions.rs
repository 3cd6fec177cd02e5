//! The versions of a form that the office has published: when, by whom, and what each changed.

use crate::{
    api::forms::OfficeForms,
    domain::office::{Overlay, Published, Subject, changes},
    ui::desk::settings::hand,
};
use chrono::NaiveDate;
use leptos::prelude::*;

/// The newest first.
pub fn card(forms: &OfficeForms, subject: Subject, today: NaiveDate) -> AnyView {
    let published = forms.book.published(subject);
    let rows: Vec<AnyView> = told(forms, subject, published, today).into_iter().rev().map(row).collect();
    let body = match rows.is_empty() {
        true => {
            view! { <div class="card-body"><p class="muted">"Ośrodek nie zmieniał jeszcze tego formularza."</p></div> }
                .into_any()
        }
        false => view! { <ul class="list">{rows}</ul> }.into_any(),
    };
    view! {
        <section class="card" aria-labelledby="wersje">
            <div class="card-head"><h2 id="wersje">"Wersje"</h2></div>
            {body}
        </section>
    }
    .into_any()
}

/// A version: its number, whose hand and when, and what it changed.
struct Told {
    version: u16,
    by: String,
    changes: Vec<String>,
}

fn told(forms: &OfficeForms, subject: Subject, published: &[Published], today: NaiveDate) -> Vec<Told> {
    let nothing = Overlay::default();
    let before = std::iter::once(&nothing).chain(published.iter().map(|published| &published.overlay));
    let told = before.zip(published).map(|(before, now)| {
        let of = forms.hands.iter().find(|hand| hand.tag == now.tag);
        let by = of.map_or_else(|| "inna osoba".to_owned(), |of| hand(&of.by, of.at, today));
        Told { version: now.version, by, changes: changes(subject, before, &now.overlay) }
    });
    told.collect()
}

fn row(told: Told) -> AnyView {
    let changes: Vec<AnyView> = told.changes.into_iter().map(|text| view! { <p>{text}</p> }.into_any()).collect();
    let head = ["Wersja ", &told.version.to_string(), " · ", &told.by].concat();
    view! { <li><div><p class="muted">{head}</p>{changes}</div></li> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        api::forms::FormHand,
        domain::{
            ids::Rev,
            office::{OfficeBook, Reworded},
            testing::day,
        },
    };

    #[test]
    fn each_version_says_who_made_it_and_what_it_changed() {
        let subject = Subject::read("NOTE").unwrap();
        let label = |text: &str| {
            let words = Reworded { label: Some(text.to_owned()), help: None };
            Overlay { reworded: [("doc_date".to_owned(), words)].into(), ..Overlay::default() }
        };
        let mut book = OfficeBook::default();
        book.publish(subject, &label("Dzień"), Rev(7)).unwrap();
        book.publish(subject, &label("Data notatki"), Rev(9)).unwrap();
        let hands = vec![FormHand { tag: Rev(7), at: "2026-11-22T13:05:00Z".parse().unwrap(), by: "Kira".into() }];
        let forms = OfficeForms { book, hands };
        let told = told(&forms, subject, forms.book.published(subject), day("2026-11-22"));
        let said: Vec<_> = told.iter().map(|told| (told.version, told.by.as_str(), told.changes.len())).collect();
        assert_eq!(said, [(1, "Kira, dziś, 14:05", 1), (2, "inna osoba", 1)]);
        assert_eq!(told[1].changes, ["Zmieniono nazwę pola „Dzień” na „Data notatki”."]);
    }
}
