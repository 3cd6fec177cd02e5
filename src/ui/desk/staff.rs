//! *Pracownicy*: the assistants, how many families each has, and how their reports of the last months stand; who stands
//! in for whom; who may work with the data, and until when.

use super::{
    live::Live,
    own_work::{file_href, paper_href},
};
use crate::{
    api::desk::{AuthorisedLine, DeskStaff, StaffLine, StandInLine, read_staff},
    domain::{
        calendar::add_months,
        deadlines::Settings,
        documents::papers::{
            authorisation::Validity,
            month::{MonthReport, due_on, months_shown},
        },
        order::sort_by_key,
        procedure::{FamilyLoad, Life, Paper},
        words,
    },
    ui::{
        desk::overview::name,
        parts::{Badge, Empty, Icon, PageHead, Tone},
    },
};
use chrono::NaiveDate;
use leptos::prelude::*;

/// The page `/pracownicy`.
#[component]
pub fn DeskStaffPage() -> AnyView {
    let live = Live::new(|staff: &DeskStaff| staff.rev, || Box::pin(read_staff()));
    view! {
        <PageHead title="Pracownicy".to_owned() lead=live.freshness()/>
        {live.view("Odczyt listy pracowników", move || live.with(all))}
    }
    .into_any()
}

fn all(staff: &DeskStaff) -> AnyView {
    view! { <div class="stack">{list(staff)}{stand_ins(staff)}{authorised(staff)}</div> }.into_any()
}

/// Who stands in for whom, now and later.
fn stand_ins(staff: &DeskStaff) -> AnyView {
    let rows: Vec<AnyView> = staff.stand_ins.iter().map(|line| stand_in(line, staff)).collect();
    let body = match rows.is_empty() {
        true => view! {
            <div class="card-body"><p class="muted">
                "Nikt nikogo nie zastępuje. Zastępstwo zaczyna się na stronie nieobecnego asystenta albo w teczce rodziny."
            </p></div>
        }
        .into_any(),
        false => view! { <ul class="list">{rows}</ul> }.into_any(),
    };
    let count = staff.stand_ins.len();
    view! {
        <section class="card" aria-labelledby="zastepstwa">
            <div class="card-head"><h2 id="zastepstwa">"Zastępstwa "<span class="count">{count}</span></h2></div>
            {body}
        </section>
    }
    .into_any()
}

fn stand_in(line: &StandInLine, staff: &DeskStaff) -> AnyView {
    let of = |user| name(&staff.people, Some(user));
    let title = [&of(line.substitute), " za: ", &of(line.absent)].concat();
    let href = match &line.file {
        Some((code, _)) => ["/rodziny/", code, "/dokumenty/", &line.card.to_string()].concat(),
        None => paper_href(line.absent, line.card),
    };
    let families = match (line.all, &line.file) {
        (true, _) | (false, None) => "wszystkie rodziny".to_owned(),
        (false, Some((code, surname))) => [code.as_str(), surname].join(" "),
    };
    let days = ["od ", &words::date(line.from), " do ", &words::date(line.until)].concat();
    let ended = line.ended.as_ref().map(|why| view! { <p class="row-meta">"Kończy się wcześniej: "{why.clone()}</p> });
    let (tone, icon, text) = match line.from <= staff.today {
        true => (Tone::Accent, "check", "trwa"),
        false => (Tone::Plain, "clock", "jeszcze się nie zaczęło"),
    };
    view! {
        <li class="row">
            <span class="row-lead"><Icon name="person"/></span>
            <div class="row-main">
                <a class="row-title" href=href>{title}</a>
                <p class="row-meta">{[families, days].join(" · ")}</p>
                {ended}
            </div>
            <div class="row-trail"><Badge tone icon text/></div>
        </li>
    }
    .into_any()
}

/// Who may work with the data, and until when: those first who may not, or not for long.
fn authorised(staff: &DeskStaff) -> AnyView {
    let mut lines: Vec<&AuthorisedLine> = staff.authorised.iter().collect();
    sort_by_key(&mut lines, |line| match line.validity {
        Validity::Missing | Validity::Over(_) => 0,
        Validity::EndsSoon(_) => 1,
        Validity::Open | Validity::Until(_) => 2,
    });
    let rows: Vec<AnyView> = lines.into_iter().map(authorised_row).collect();
    view! {
        <div><div class="table-wrap table-wrap-stack" role="region" aria-labelledby="upowaznienia" tabindex="0">
            <table class="table">
                <caption id="upowaznienia">"Upoważnienia do danych "<span class="count">{rows.len()}</span></caption>
                <thead><tr>
                    <th scope="col">"Osoba"</th>
                    <th scope="col">"Stanowisko"</th>
                    <th scope="col">"Upoważnienie"</th>
                    <th scope="col">"Dokument"</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div></div>
    }
    .into_any()
}

fn authorised_row(line: &AuthorisedLine) -> AnyView {
    let (tone, icon, text) = validity_look(line.validity);
    let paper = match line.paper {
        Some(paper) => view! { <a href=paper_href(line.user, paper)>"Zobacz"</a> }.into_any(),
        None => {
            let href = [&file_href(line.user), "/dokumenty/nowy/", Paper::Authorisation.code()].concat();
            view! { <a href=href>"Wpisz"<span class="visually-hidden">" upoważnienie: "{line.name.clone()}</span></a> }
                .into_any()
        }
    };
    view! {
        <tr>
            <th scope="row"><a href=file_href(line.user)>{line.name.clone()}</a></th>
            <td data-label="Stanowisko"><span>{line.role.label()}</span></td>
            <td data-label="Upoważnienie"><span><Badge tone icon text/></span></td>
            <td data-label="Dokument"><span>{paper}</span></td>
        </tr>
    }
    .into_any()
}

/// How an authorisation stands, in a word.
fn validity_look(validity: Validity) -> (Tone, &'static str, String) {
    match validity {
        Validity::Missing => (Tone::Overdue, "warning", "brak".to_owned()),
        Validity::Over(day) => (Tone::Overdue, "warning", ["wygasło ", &words::date(day)].concat()),
        Validity::EndsSoon(day) => (Tone::Warn, "deadline", ["kończy się ", &words::date(day)].concat()),
        Validity::Until(day) => (Tone::Ok, "check", ["ważne do ", &words::date(day)].concat()),
        Validity::Open => (Tone::Ok, "check", "ważne bez terminu".to_owned()),
    }
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
    fn an_authorisation_that_is_missing_or_ends_is_said_aloud() {
        let to = day("2026-12-10");
        for (validity, tone, text) in [
            (Validity::Missing, Tone::Overdue, "brak"),
            (Validity::Over(to), Tone::Overdue, "wygasło 10 grudnia 2026"),
            (Validity::EndsSoon(to), Tone::Warn, "kończy się 10 grudnia 2026"),
            (Validity::Until(to), Tone::Ok, "ważne do 10 grudnia 2026"),
            (Validity::Open, Tone::Ok, "ważne bez terminu"),
        ] {
            let (found, _, said) = validity_look(validity);
            assert_eq!((found, said.as_str()), (tone, text));
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
