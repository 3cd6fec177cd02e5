//! *Pracownicy*: the assistants, how many families each has, and how their reports of the last months stand.

use super::{
    live::Live,
    own_work::{file_href, paper_href},
};
use crate::{
    api::desk::{DeskStaff, StaffLine, read_staff},
    domain::{
        calendar::add_months,
        deadlines::Settings,
        documents::papers::month::{MonthReport, due_on, months_shown},
        procedure::{FamilyLoad, Life},
        words,
    },
    ui::parts::{Badge, Empty, PageHead, Tone},
};
use chrono::NaiveDate;
use leptos::prelude::*;

/// The page `/pracownicy`.
#[component]
pub fn DeskStaffPage() -> AnyView {
    let live = Live::new(|staff: &DeskStaff| staff.rev, || Box::pin(read_staff()));
    view! {
        <PageHead title="Pracownicy".to_owned() lead=live.freshness()/>
        {live.view("Odczyt listy pracowników", move || live.with(list))}
    }
    .into_any()
}

fn list(staff: &DeskStaff) -> AnyView {
    if staff.assistants.is_empty() {
        return view! {
            <Empty icon="person" title="Nie ma jeszcze asystentów"
                text="Asystent pojawi się tutaj, gdy administrator założy mu konto."/>
        }
        .into_any();
    }
    let heads: Vec<AnyView> = months_shown(staff.today)
        .into_iter()
        .map(|month| view! { <th scope="col">{report_head(month)}</th> }.into_any())
        .collect();
    let rows: Vec<AnyView> = staff.assistants.iter().map(|line| row(line, &staff.settings, staff.today)).collect();
    view! {
        <div><div class="table-wrap table-wrap-stack" role="region" aria-labelledby="asystenci" tabindex="0">
            <table class="table">
                <caption id="asystenci">"Asystenci rodziny "<span class="count">{rows.len()}</span></caption>
                <thead><tr>
                    <th scope="col">"Asystent"</th>
                    <th scope="col">"Rodziny liczone do limitu"</th>
                    <th scope="col">"Monitorowanie i Za życiem"</th>
                    {heads}
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div></div>
    }
    .into_any()
}

fn report_head(month: NaiveDate) -> String {
    ["Raport: ", &words::month(month)].concat()
}

fn row(line: &StaffLine, settings: &Settings, today: NaiveDate) -> AnyView {
    let reports: Vec<AnyView> = line
        .reports
        .iter()
        .map(|report| {
            view! { <td data-label=report_head(report.month)><span>{report_cell(line, report, today)}</span></td> }
                .into_any()
        })
        .collect();
    view! {
        <tr>
            <th scope="row"><a href=file_href(line.user)>{line.name.clone()}</a></th>
            <td data-label="Rodziny liczone do limitu"><span>{load_cell(line, settings)}</span></td>
            <td data-label="Monitorowanie i Za życiem"><span>{beside_cap(line.load)}</span></td>
            {reports}
        </tr>
    }
    .into_any()
}

/// "12 z 15", with a word when there is no place left; the way to those families.
fn load_cell(line: &StaffLine, settings: &Settings) -> AnyView {
    let (counted, cap) = (line.load.counted(settings), settings.cap());
    let href = ["/rodziny?asystent=", &line.user.to_string()].concat();
    let full = (counted >= cap).then(|| view! { " "<Badge tone=Tone::Warn icon="warning" text="komplet"/> });
    view! { <a href=href>{counted.to_string()}" z "{cap.to_string()}</a>{full} }.into_any()
}

/// What the office may count or not: the law's number and its reading are both seen.
fn beside_cap(load: FamilyLoad) -> String {
    let parts = [("monitorowanie: ", load.monitoring), ("Za życiem: ", load.za_zyciem)];
    let there = parts.into_iter().filter(|(_, count)| *count > 0);
    let said: Vec<String> = there.map(|(words, count)| [words, &count.to_string()].concat()).collect();
    if said.is_empty() { "—".to_owned() } else { said.join(", ") }
}

fn report_cell(line: &StaffLine, report: &MonthReport, today: NaiveDate) -> AnyView {
    let (tone, icon, text) = report_look(report, line.began, today);
    let badge = view! { <Badge tone icon text/> };
    match report.record {
        Some(record) => view! { <a href=paper_href(line.user, record)>{badge}</a> }.into_any(),
        None => badge.into_any(),
    }
}

/// How a report stands, in a word.
fn report_look(report: &MonthReport, began: Option<NaiveDate>, today: NaiveDate) -> (Tone, &'static str, String) {
    let due = due_on(report.month);
    // Whoever came after a month owes no report of it.
    let came_later = began.is_some_and(|began| began >= add_months(report.month, 1));
    match report.life {
        Some(Life::Approved) => (Tone::Ok, "check", "zatwierdzony".to_owned()),
        Some(Life::Signed) => (Tone::Accent, "sent", "złożony".to_owned()),
        Some(Life::Returned) => (Tone::Warn, "undo", "zwrócony".to_owned()),
        None if came_later => (Tone::Plain, "info", "przed rozpoczęciem pracy".to_owned()),
        _ if report.is_missing(today) => (Tone::Overdue, "deadline", "brak".to_owned()),
        _ => (Tone::Plain, "clock", ["do ", &words::day_month(due)].concat()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::day;

    #[test]
    fn a_report_is_called_missing_only_when_its_day_has_passed() {
        for (month, life, today, text, tone) in [
            ("2026-10-01", None, "2026-11-05", "do 5.11", Tone::Plain),
            ("2026-10-01", None, "2026-11-06", "brak", Tone::Overdue),
            ("2026-10-01", Some(Life::Draft), "2026-11-06", "brak", Tone::Overdue),
            ("2026-10-01", Some(Life::Returned), "2026-11-06", "zwrócony", Tone::Warn),
            ("2026-10-01", Some(Life::Signed), "2026-11-06", "złożony", Tone::Accent),
            ("2026-10-01", Some(Life::Approved), "2026-11-06", "zatwierdzony", Tone::Ok),
        ] {
            let report = MonthReport { month: day(month), record: None, life };
            let (found, _, said) = report_look(&report, None, day(today));
            assert_eq!((said.as_str(), found), (text, tone));
        }
    }

    #[test]
    fn whoever_came_later_owes_no_report() {
        let report = |life| MonthReport { month: day("2026-09-01"), record: None, life };
        let said = |began: &str, life| report_look(&report(life), Some(day(began)), day("2026-11-22")).2;
        assert_eq!(said("2026-10-01", None), "przed rozpoczęciem pracy");
        assert_eq!(said("2026-09-30", None), "brak");
        assert_eq!(said("2026-10-01", Some(Life::Signed)), "złożony");
    }

    #[test]
    fn both_readings_of_the_load_are_seen() {
        let load = FamilyLoad { working: 12, monitoring: 2, za_zyciem: 1 };
        assert_eq!(beside_cap(load), "monitorowanie: 2, Za życiem: 1");
        assert_eq!(beside_cap(FamilyLoad { working: 3, ..FamilyLoad::default() }), "—");
    }
}
