//! The figures of a month. A tap on one shows the cards that it counts; they are looked up only then.

use super::opening::says_something;
use crate::{
    domain::{
        answer_words::{Referred, answer_words},
        documents::{
            RecordKind, case_card, family_card, family_task,
            papers::{
                course::day_of,
                month::{Care, Counted, Month},
                monthly_report::ROWS,
            },
            visit_card,
        },
        form::{Field, Form, field::label_of},
        ids::RecordId,
        paper_words,
        record::Record,
        words,
    },
    sync::replica::Replica,
    ui::{
        context::{App, app},
        parts::Icon,
        phone::{entry::entry_head, family},
    },
};
use leptos::prelude::*;
use leptos_router::components::A;

/// All figures, in the words of the form that the report has or will begin with: those of the month, then those of each family with the texts that the report begins with.
pub fn figures(replica: &Replica, form: &'static Form, month: &Month, open: RwSignal<Option<String>>) -> AnyView {
    let count = month.care.len();
    let whole = month.figures.iter().filter(|figure| !figure.path.starts_with(ROWS));
    let whole = whole.filter_map(|figure| line(form, figure, open)).collect_view();
    let families = month.care.iter().map(|care| family_figures(replica, form, month, care, open)).collect_view();
    view! {
        <section class="card" aria-labelledby="whole-month">
            <div class="card-head"><h2 id="whole-month">"Cały miesiąc"</h2></div>
            <ul class="list">{whole}</ul>
            <div class="card-foot"><p class="muted">"Liczby wynikają z kart pracy. Dotknij liczby, żeby zobaczyć, z których."</p></div>
        </section>
        <section class="section" aria-labelledby="by-family">
            <h2 class="section-head" id="by-family">"Rodziny " <span class="count">{count}</span></h2>
            {families}
        </section>
    }
    .into_any()
}

/// A family's figures in a fold.
fn family_figures(
    replica: &Replica,
    form: &'static Form,
    month: &Month,
    care: &Care,
    open: RwSignal<Option<String>>,
) -> AnyView {
    let row = [ROWS, "/", &care.family.to_string(), "/"].concat();
    let own = month.figures.iter().filter(|figure| figure.path.starts_with(&row));
    let lines = own.filter(|figure| says_something(&figure.value)).filter_map(|figure| line(form, figure, open));
    let lines = lines.collect_view();
    let texts = month.drafts.iter().filter(|(path, _)| path.starts_with(&row));
    let texts = texts
        .filter_map(|(path, text)| {
            let text = text.clone();
            let label = field_of(form, path)?.label;
            Some(view! { <div class="facts-long"><dt>{label}</dt><dd>{text}</dd></div> }.into_any())
        })
        .collect_view();
    let known = family::card(replica, care.family).is_some();
    let href = known.then(|| ["/rodziny/", &care.code].concat());
    view! {
        <details class="more">
            <summary class="btn btn-quiet">
                <Icon name="down"/> " " {care.surname.clone()} " " <span class="muted">{care.code.clone()}</span>
            </summary>
            <div class="card">
                <ul class="list">{lines}</ul>
                <div class="card-body">
                    <h3>"Szkic tekstów do raportu"</h3>
                    <dl class="facts">{texts}</dl>
                    {href.map(|href| view! { <p><A href=href attr:class="btn">"Otwórz rodzinę"</A></p> })}
                </div>
            </div>
        </details>
    }
    .into_any()
}

/// One figure, and behind it what it counts.
fn line(form: &'static Form, figure: &Counted, open: RwSignal<Option<String>>) -> Option<AnyView> {
    let app: App = app();
    let field = field_of(form, &figure.path)?;
    let label = label_in_table(&figure.path, field)?;
    let said = answer_words(field, &figure.value, &Referred::default())?;
    let path = figure.path.clone();
    if figure.from.is_empty() {
        return Some(
            view! {
                <li class="row"><div class="row-main"><p>{label}</p></div><div class="row-trail"><b class="num">{said}</b></div></li>
            }
            .into_any(),
        );
    }
    let is_open = Memo::new(move |_| open.with(|open| open.as_ref() == Some(&path)));
    let path = figure.path.clone();
    let toggle = move |_| {
        let path = path.clone();
        open.update(|open| *open = if open.as_ref() == Some(&path) { None } else { Some(path) });
    };
    let from = figure.from.clone();
    let behind = move || is_open.get().then(|| app.read(|replica| behind(replica, &from)));
    Some(
        view! {
            <li class="row">
                <div class="row-main">
                    <button class="btn btn-quiet" type="button" on:click=toggle
                        aria-expanded=move || if is_open.get() { "true" } else { "false" }>
                        <Icon name="down"/> " " {label} ": " <b>{said}</b>
                    </button>
                    {behind}
                </div>
            </li>
        }
        .into_any(),
    )
}

/// The field of nr 14 that a path fills, also in its tables; nothing for what the office does not ask.
fn field_of(form: &'static Form, path: &str) -> Option<&'static Field> {
    let mut parts = path.split('/');
    let field = form.field(parts.next()?)?;
    match (parts.next(), parts.next()) {
        (Some(_), Some(cell)) => field.kind.cells()?.iter().find(|field| field.key == cell),
        _ => Some(field),
    }
}

/// A count in a table of codes is called by its code; the code itself is no figure.
fn label_in_table(path: &str, field: &'static Field) -> Option<String> {
    let parts: Vec<&str> = path.split('/').collect();
    let choices = match parts.first() {
        Some(&"by_stage") => case_card::Stage::CHOICES,
        Some(&"ended_reasons") => case_card::ClosingReason::CHOICES,
        _ => return Some(field.label.to_owned()),
    };
    let code = parts.get(1)?;
    (field.key == "families").then(|| words::sentence(label_of(choices, code)))
}

/// The records behind a figure, each with the way to it.
fn behind(replica: &Replica, from: &[RecordId]) -> AnyView {
    let rows = from.iter().filter_map(|id| replica.record(*id)).filter_map(|record| record_line(replica, record));
    let rows = rows.map(|(href, title)| view! { <li><A href=href>{title}</A></li> }.into_any()).collect_view();
    view! { <ul class="list">{rows}</ul> }.into_any()
}

fn record_line(replica: &Replica, record: &Record) -> Option<(String, String)> {
    let card = family::card(replica, record.family)?;
    let (code, surname) = (card.answers.text(family_card::CODE), card.answers.text(family_card::SURNAME));
    let (place, words) = match record.kind {
        RecordKind::Visit => {
            let day = record.answers.get(visit_card::DATE).map(words::short_date).unwrap_or_default();
            let (_, title, time) = entry_head(record);
            (["/wizyty/", &record.id.to_string()].concat(), [day, title, time].join(" · "))
        }
        RecordKind::Task => {
            let text = record.answers.text(family_task::TASK).to_owned();
            (["/zadania/", &record.id.to_string()].concat(), text)
        }
        RecordKind::Paper => {
            let title = [paper_words::title(&record.answers), words::date(day_of(record))].join(", ");
            (["/dokumenty/", &record.id.to_string()].concat(), title)
        }
        RecordKind::Case => {
            let stage = record.answers.get(case_card::STAGE).map(|stage| stage.label()).unwrap_or_default();
            (String::new(), stage.to_owned())
        }
        RecordKind::Family => return None,
    };
    Some((["/rodziny/", code, &place].concat(), [surname, " – ", &words].concat()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        documents::papers::monthly_report::FORM,
        form::Value,
        ids::Rev,
        office::{OfficeBook, Overlay, Reworded, Subject},
        procedure::Paper,
    };

    #[test]
    fn figures_are_called_as_the_office_calls_them() {
        let subject = Subject::paper(Paper::MonthlyReport).unwrap();
        let words = Reworded { label: Some("Dni w terenie".into()), help: None };
        let draft = Overlay { reworded: [("work_days".to_owned(), words)].into(), ..Overlay::default() };
        let mut book = OfficeBook::default();
        book.publish(subject, &draft, Rev(1)).unwrap();
        let form = book.newest_paper(Paper::MonthlyReport).unwrap();
        assert_eq!(field_of(form, "work_days").map(|field| field.label), Some("Dni w terenie"));
    }

    #[test]
    fn figures_are_called_as_in_the_report() {
        let label = |path: &str| field_of(&FORM, path).and_then(|field| label_in_table(path, field));
        assert_eq!(label("rows/01900000-0000-7000-8000-000000000005/visits_held").as_deref(), Some("Wizyty odbyte"));
        assert_eq!(label("work_days").as_deref(), Some("Dni pracy"));
        assert_eq!(label("by_stage/COOPERATION/families").as_deref(), Some("Współpraca"));
        assert_eq!(label("by_stage/COOPERATION/stage"), None);
        assert_eq!(label("nothing"), None);
        assert!(!says_something(&Value::Number(0)) && says_something(&Value::Number(1)));
    }
}
