//! "Czy rodzina jest już w Asyście?": families with such a name, while it is being typed.

use super::office::Office;
use crate::{
    domain::{caseload::FamilyLine, order::sort_by_key, words},
    ui::{
        desk::live::Live,
        form::Sheet,
        parts::{Badge, Icon, StageBadge, Tone},
    },
};
use leptos::prelude::*;

/// So many letters say enough to search by.
const ENOUGH: usize = 2;
/// More would not be read.
const MOST: usize = 8;

/// The families that may be the one in question, those of the same place first.
pub fn alike(families: &[FamilyLine], surname: &str, locality: &str) -> Vec<FamilyLine> {
    let typed = stem(&words::folded(surname.trim()));
    if typed.chars().count() < ENOUGH {
        return Vec::new();
    }
    let place = words::folded(locality.trim());
    let is_there = |line: &FamilyLine| !place.is_empty() && words::folded(&line.locality).starts_with(&place);
    let mut found: Vec<FamilyLine> = families.iter().filter(|line| is_called(&line.surname, &typed)).cloned().collect();
    sort_by_key(&mut found, |line| (!is_there(line), line.surname.clone(), line.code.clone()));
    found.truncate(MOST);
    found
}

/// One of a family's names begins like this.
fn is_called(surname: &str, typed: &str) -> bool {
    let folded = words::folded(surname);
    folded.starts_with(typed) || folded.split([' ', '-']).any(|name| name.starts_with(typed))
}

/// Without the ending that differs between Kowalski, Kowalska and Kowalscy.
fn stem(name: &str) -> String {
    let without = name.strip_suffix(['a', 'i', 'y', 'e']).unwrap_or(name);
    let without = match without.strip_suffix("sc") {
        Some(root) => [root, "sk"].concat(),
        None => without.to_owned(),
    };
    if without.chars().count() < ENOUGH { name.to_owned() } else { without }
}

/// The families found, below the name.
pub fn found(live: Live<Office>, sheet: Sheet, surname: &'static str, locality: &'static str) -> AnyView {
    let said = move |key: &'static str| {
        let value = sheet.value(key);
        Memo::new(move |_| {
            value.with(|value| value.as_ref().and_then(|value| value.text()).unwrap_or_default().to_owned())
        })
    };
    let (surname, locality) = (said(surname), said(locality));
    let lines = Memo::new(move |_| {
        let (surname, locality) = (surname.get(), locality.get());
        live.get().map(|data| alike(&data.families.families, &surname, &locality)).unwrap_or_default()
    });
    let answer = move || {
        let lines = lines.get();
        let (asked, read) = (surname.with(|name| name.trim().chars().count() >= ENOUGH), live.get().is_some());
        match (lines.is_empty(), asked && read) {
            (false, _) => list(&lines),
            (true, true) => {
                view! { <p class="field-help">"Nie ma takiej rodziny na liście dostępnej na tym koncie."</p> }
                    .into_any()
            }
            (true, false) => view! { <p class="field-help">"Wpisz nazwisko, aby to sprawdzić."</p> }.into_any(),
        }
    };
    view! {
        <section class="field" aria-labelledby="juz-jest">
            <h3 id="juz-jest">"Czy rodzina jest już w Asyście?"</h3>
            <div role="status">{answer}</div>
        </section>
    }
    .into_any()
}

fn list(lines: &[FamilyLine]) -> AnyView {
    let rows: Vec<AnyView> = lines.iter().map(row).collect();
    view! { <ul class="list card">{rows}</ul> }.into_any()
}

fn row(line: &FamilyLine) -> AnyView {
    let href = ["/rodziny/", &line.code].concat();
    let again = line.stage.is_ended().then(|| {
        let href = ["/nowa-rodzina?rodzina=", &line.code].concat();
        view! { <a class="btn btn-small" href=href><Icon name="plus"/>" Nowa sprawa tej rodziny"</a> }
    });
    let open =
        (!line.stage.is_ended()).then(|| view! { <Badge tone=Tone::Warn icon="info" text="ma otwartą sprawę"/> });
    view! {
        <li class="row">
            <span class="row-lead"><Icon name="family"/></span>
            <div class="row-main">
                <p class="row-title"><a href=href>{line.code.clone()}" "{line.surname.clone()}</a></p>
                <p class="row-meta">{line.locality.clone()}</p>
            </div>
            <div class="row-trail"><StageBadge stage=line.stage/>" "{open}{again}</div>
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{documents::case_card::Stage, ids::FamilyId};
    use uuid::Uuid;

    fn line(code: &str, surname: &str, locality: &str) -> FamilyLine {
        FamilyLine {
            family: FamilyId(Uuid::nil()),
            code: code.into(),
            surname: surname.into(),
            locality: locality.into(),
            stage: Stage::Closed,
            assistant: None,
            worker: None,
            flags: vec![],
            adults: 0,
            children: 0,
            since: None,
            last_visit: None,
            next_visit: None,
            open_tasks: 0,
            overdue_tasks: 0,
        }
    }

    #[test]
    fn a_family_is_found_by_any_form_of_its_name() {
        let families = [
            line("R01", "Źdźbłowska", "Kosieczyn"),
            line("R02", "Nowak-Źdźbłowski", "Wzorcowo"),
            line("R03", "Lebiodowski", "Wzorcowo"),
        ];
        for (surname, locality, codes) in [
            ("zdzblowski", "", vec!["R02", "R01"]),
            ("Źdźbłowscy", "kosie", vec!["R01", "R02"]),
            (" źdźbło ", "", vec!["R02", "R01"]),
            ("Lebiod", "Kosieczyn", vec!["R03"]),
            ("nowak", "", vec!["R02"]),
            ("z", "", vec![]),
            ("", "Wzorcowo", vec![]),
            ("Kowalska", "", vec![]),
        ] {
            let found: Vec<String> = alike(&families, surname, locality).into_iter().map(|line| line.code).collect();
            assert_eq!(found, codes, "{surname} {locality}");
        }
    }
}
