//! Who does what now, and the cases of the family: this one, those before it and those after.

use super::{
    FileFacts, progress,
    steps::{concerns, leads_on, steps_of},
};
use crate::{
    domain::{
        access::Role,
        around,
        documents::{
            RecordKind,
            case_card::{self, Stage},
            papers::{
                course::{CASE, LIFE, PAPER},
                plan::Responsible,
                rights,
            },
        },
        ids::RecordId,
        order::sort_by_key,
        paper_words,
        procedure::{Life, Step},
        record::Record,
        words,
    },
    ui::{
        desk::overview::name,
        parts::{Badge, StageBadge, Tone, helpers_view},
    },
};
use leptos::prelude::*;
use std::cmp::Reverse;

/// The card "Kto co robi": the people of the office while the case goes on, and everybody around the family.
pub fn who_does_what(facts: &FileFacts) -> Option<AnyView> {
    let records: Vec<&Record> = facts.file.records.iter().collect();
    let of_office = of_office(facts, &records).unwrap_or_default();
    let around = around::around(&records);
    if of_office.is_empty() && around.is_empty() {
        return None;
    }
    let around = (!around.is_empty()).then(|| view! { <ul class="people">{helpers_view(around)}</ul> });
    Some(
        view! {
            <section class="card" aria-labelledby="kto">
                <div class="card-head"><h2 id="kto">"Kto co robi"</h2></div>
                <div class="card-body"><dl class="facts">{of_office}</dl></div>
                {around}
            </section>
        }
        .into_any(),
    )
}

/// The three of the office with their next steps and what the plan asks of them; nothing once the case has ended.
fn of_office(facts: &FileFacts, records: &[&Record]) -> Option<Vec<AnyView>> {
    let case = facts.newest(RecordKind::Case)?;
    let (_, steps) = steps_of(facts, case);
    if steps.is_empty() {
        return None;
    }
    let (line, people) = (&facts.file.line, &facts.file.people);
    let does =
        |role: Role, by: Responsible| [next_of(role, &steps), around::planned(records.iter().copied(), by)].concat();
    let (assistant, worker) = (name(people, line.assistant), name(people, line.worker));
    let mut rows = vec![person(Role::Assistant, Some(assistant), does(Role::Assistant, Responsible::Assistant))];
    let names = |user| name(people, Some(user));
    let with_cards: Vec<&Record> = records.iter().copied().chain(&facts.file.stand_ins).collect();
    let stand_in =
        around::of_office(&with_cards, &names, facts.file.today).into_iter().filter(|helper| helper.is_stand_in);
    rows.extend(stand_in.map(|helper| row_of(words::sentence(&helper.role), Some(helper.name), helper.does)));
    rows.push(person(Role::SocialWorker, Some(worker), does(Role::SocialWorker, Responsible::Worker)));
    rows.push(person(Role::Manager, None, decisions(facts, case)));
    Some(rows)
}

fn person(role: Role, who: Option<String>, does: Vec<String>) -> AnyView {
    row_of(words::sentence(role.label()), who, does)
}

fn row_of(role: String, who: Option<String>, does: Vec<String>) -> AnyView {
    let does: Vec<AnyView> = does.into_iter().map(|text| view! { <br/><small>{text}</small> }.into_any()).collect();
    view! { <div><dt>{role}</dt><dd>{who}{does}</dd></div> }.into_any()
}

/// The steps that people of this role take next.
fn next_of(role: Role, steps: &[Step]) -> Vec<String> {
    let theirs = steps.iter().filter(|step| leads_on(step) && concerns(step) && step.rule.who.contains(&role));
    theirs.map(|step| words::sentence(step.rule.transition.label())).collect()
}

/// The papers that wait for the manager, or that none does.
fn decisions(facts: &FileFacts, case: &Record) -> Vec<String> {
    let waiting: Vec<String> = facts
        .records(RecordKind::Paper)
        .filter(|record| record.answers.get(CASE) == Some(case.id) && waits(record))
        .map(|record| ["Do decyzji: ", &paper_words::title(&record.answers)].concat())
        .collect();
    match waiting.is_empty() {
        true => vec!["Nic nie czeka na decyzję.".to_owned()],
        false => waiting,
    }
}

/// Does this paper wait for the manager's decision?
fn waits(record: &Record) -> bool {
    let decided = record.answers.get(PAPER).is_some_and(|paper| rights::of(paper).decide.contains(&Role::Manager));
    decided && record.answers.get(LIFE) == Some(Life::Signed)
}

/// The card of the family's cases, the newest first; nothing when there is only one.
pub fn all(facts: &FileFacts) -> Option<AnyView> {
    let mut cases: Vec<&Record> = facts.records(RecordKind::Case).collect();
    if cases.len() < 2 {
        return None;
    }
    sort_by_key(&mut cases, |case| Reverse(case.id));
    let current = cases.first().map(|case| case.id);
    let rows: Vec<AnyView> = cases.iter().map(|case| row(case, &cases, current)).collect();
    Some(
        view! {
            <section class="card" aria-labelledby="sprawy">
                <div class="card-head"><h2 id="sprawy">"Sprawy rodziny "<span class="count">{rows.len()}</span></h2></div>
                <ul class="list">{rows}</ul>
            </section>
        }
        .into_any(),
    )
}

fn row(case: &Record, cases: &[&Record], current: Option<RecordId>) -> AnyView {
    let now = (current == Some(case.id)).then(|| view! { " "<Badge tone=Tone::Accent icon="info" text="obecna"/> });
    let stage = case.answers.get(case_card::STAGE).map(|stage| view! { <StageBadge stage/> });
    let earlier = case.answers.get(case_card::FOLLOWS).and_then(|id| link(cases, id, "Kontynuuje sprawę "));
    let later = cases.iter().find(|other| other.answers.get(case_card::FOLLOWS) == Some(case.id));
    let later = later.and_then(|other| link(cases, other.id, "Dalszy ciąg: sprawa "));
    let end = end(case).map(|text| view! { <p class="row-meta">{text}</p> });
    view! {
        <li class="row" id=anchor(case.id) tabindex="-1">
            <div class="row-main">
                <p class="row-title">{title(case)}</p>
                {end}
                {earlier}
                {later}
            </div>
            <div class="row-trail">{stage}{now}</div>
        </li>
    }
    .into_any()
}

fn link(cases: &[&Record], id: RecordId, lead: &'static str) -> Option<AnyView> {
    let case = cases.iter().find(|case| case.id == id)?;
    let href = ["#", &anchor(id)].concat();
    Some(view! { <p class="row-meta">{lead}<a href=href>{title(case)}</a></p> }.into_any())
}

fn anchor(id: RecordId) -> String {
    ["sprawa-", &id.to_string()].concat()
}

/// "OPS.4231.7.2026, od 3 sierpnia 2026".
fn title(case: &Record) -> String {
    let sign = case.answers.text(case_card::SIGN);
    let since = case.answers.get(case_card::REFERRED_ON).map(|day| ["od ", &words::date(day)].concat());
    let parts: Vec<String> = Some(sign.to_owned()).filter(|sign| !sign.is_empty()).into_iter().chain(since).collect();
    if parts.is_empty() { "bez daty zgłoszenia".to_owned() } else { parts.join(", ") }
}

/// How and when an ended case came to its end.
fn end(case: &Record) -> Option<String> {
    let stage: Stage = case.answers.get(case_card::STAGE)?;
    if !stage.is_ended() {
        return None;
    }
    let on = case.answers.get(case_card::ENDED_ON).map(|day| ["do ", &words::date(day)].concat());
    let why = case.answers.get(case_card::CLOSING_REASON).map(|reason| reason.label().to_owned());
    let far =
        (stage == Stage::Closed).then(|| ["ostatni etap: ", &progress::came_to(&case.answers).to_lowercase()].concat());
    let parts: Vec<String> = on.into_iter().chain(why).chain(far).collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        deadlines::Settings,
        documents::case_card::ClosingReason,
        form::Answers,
        procedure::{self, CaseNow, Facts, Paper},
        testing::{day, record},
    };

    fn case(n: u128, stage: Stage) -> Record {
        record(n, RecordKind::Case, Answers::default().with(case_card::STAGE, stage))
    }

    #[test]
    fn everybody_reads_what_is_theirs_to_do_next() {
        let case = case(1, Stage::Interview);
        let now = CaseNow::of(case.id, &case.answers);
        let steps = procedure::steps(&now, &Facts::on(day("2026-11-22")), &Settings::default());
        assert_eq!(next_of(Role::SocialWorker, &steps), ["Złóż wniosek do kierownika"]);
        assert!(next_of(Role::Manager, &steps).is_empty());
        assert!(next_of(Role::Assistant, &steps).is_empty());
    }

    #[test]
    fn only_what_a_manager_decides_waits_for_them() {
        let paper = |paper: Paper, life: Life| {
            record(2, RecordKind::Paper, Answers::default().with(PAPER, paper).with(LIFE, life))
        };
        for (which, life, expected) in [
            (Paper::ClosingRequest, Life::Signed, true),
            (Paper::ClosingRequest, Life::Draft, false),
            (Paper::ClosingRequest, Life::Approved, false),
            (Paper::Referral, Life::Signed, false),
        ] {
            assert_eq!(waits(&paper(which, life)), expected, "{which:?} {life:?}");
        }
    }

    #[test]
    fn a_case_is_named_by_sign_and_day_and_says_how_it_ended() {
        let mut closed = case(1, Stage::Closed);
        assert_eq!(title(&closed), "bez daty zgłoszenia");
        closed.answers.put(case_card::SIGN, "OPS.4231.7.2025".into());
        closed.answers.put(case_card::REFERRED_ON, day("2025-08-03"));
        closed.answers.put(case_card::ENDED_ON, day("2026-02-01"));
        closed.answers.put(case_card::CLOSING_REASON, ClosingReason::Moved);
        assert_eq!(title(&closed), "OPS.4231.7.2025, od 3 sierpnia 2025");
        let words = "do 1 lutego 2026 · zmiana miejsca zamieszkania poza gminę · ostatni etap: przyjęcie rodziny";
        assert_eq!(end(&closed).as_deref(), Some(words));
        assert_eq!(end(&case(2, Stage::Cooperation)), None);
    }
}
