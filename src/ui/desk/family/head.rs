//! Beside the file: who the family is, who works with it, and the key days.

use super::{FileFacts, cases, duties, progress, steps};
use crate::{
    domain::{
        access::{Deed, Object, Role, Tie, may},
        answer_words::{answer_words, filled},
        caseload::Silence,
        codes::ChildPlace,
        deadlines::terms_of_family,
        documents::{
            RecordKind,
            case_card::{self, CaseFlag},
            family_card::{self, Member, members},
            papers::plan,
        },
        form::{Answers, Form, Kind},
        words,
    },
    ui::{
        desk::overview::{name, silence_badge},
        parts::{Badge, StageBadge, Tone, terms_card},
    },
};
use leptos::prelude::*;

/// Below the name: stage, flags, and who works with the family.
pub fn line(facts: &FileFacts) -> AnyView {
    let line = &facts.file.line;
    let person = |key: &str, user| [label(&case_card::FORM, key), ": ", &name(&facts.file.people, user)].concat();
    let people = [person("assistant", line.assistant), person("worker", line.worker)].join(" · ");
    let goals = plan::current(&facts.file.records).map(|plan| plan::goals(&plan.answers)).unwrap_or_default();
    view! {
        <div class="stack">
            <div>
                <p><StageBadge stage=line.stage/>" "{flags(facts)}</p>
                <p class="muted">{people}</p>
            </div>
            {progress::course(line.stage)}
            {progress::areas(&goals)}
        </div>
    }
    .into_any()
}

/// The cards beside the file.
pub fn aside(facts: &FileFacts) -> AnyView {
    view! {
        {steps::section(facts)}
        {duties::section(facts)}
        {cases::who_does_what(facts)}
        {case(facts)}
        {terms(facts)}
        {people(facts)}
        {reach(facts)}
        {cases::all(facts)}
        {days(facts)}
    }
    .into_any()
}

/// Label of a field of the family card or the case, as declared.
fn label(form: &'static Form, key: &str) -> &'static str {
    form.field(key).map_or("", |field| field.label)
}

fn fact(label: &'static str, value: String) -> AnyView {
    view! { <div><dt>{label}</dt><dd>{value}</dd></div> }.into_any()
}

fn case(facts: &FileFacts) -> AnyView {
    let (line, today) = (&facts.file.line, facts.file.today);
    let silence = Silence::of(&facts.file.book.settings);
    let case = facts.newest(RecordKind::Case);
    let summary = case.map(|case| case.answers.text(case_card::SUMMARY).to_owned()).unwrap_or_default();
    let basis = case.map(|case| filled_one(facts, &case_card::FORM, &case.answers, "basis")).unwrap_or_default();
    let last = line.last_visit.map_or("—".to_owned(), |day| words::relative_day(day, today));
    let next =
        line.next_visit.map_or("—".to_owned(), |at| [words::long_date(at.date()), words::time(at.time())].join(", "));
    view! {
        <section class="card" aria-labelledby="sprawa">
            <div class="card-head"><h2 id="sprawa">"Sprawa"</h2></div>
            <div class="card-body">
                {(!summary.is_empty()).then(|| view! { <p>{summary}</p> })}
                <dl class="facts">
                    {(!basis.is_empty()).then(|| fact(label(&case_card::FORM, "basis"), basis))}
                    <div>
                        <dt>"Ostatnia odbyta wizyta"</dt>
                        <dd>{last}" "{line.silent_days(today).and_then(|days| silence_badge(days, silence))}</dd>
                    </div>
                    {fact("Kolejna wizyta", next)}
                </dl>
            </div>
        </section>
    }
    .into_any()
}

fn filled_one(facts: &FileFacts, form: &'static Form, answers: &Answers, key: &str) -> String {
    let field = form.field(key);
    let words = field.and_then(|field| answer_words(field, answers.raw(key)?, &facts.referred));
    words.unwrap_or_default()
}

fn flags(facts: &FileFacts) -> Vec<AnyView> {
    shown_flags(&facts.file.line.flags, facts.role)
        .into_iter()
        .map(|flag| {
            let (tone, icon) = match flag {
                CaseFlag::BlueCard => (Tone::Danger, "warning"),
                CaseFlag::Suspended | CaseFlag::Substitution => (Tone::Warn, "info"),
                _ => (Tone::Plain, "info"),
            };
            // What lies on a desk as paper must not tell of a "Niebieska Karta" (DP12).
            let class = (flag == CaseFlag::BlueCard).then_some("no-print");
            view! { <span class=class><Badge tone icon text=flag.label()/></span>" " }.into_any()
        })
        .collect()
}

/// The flags that a role reads: "Niebieska Karta" only manager, and social worker and assistant
/// of the family (spec/domain.md 1.2); a file opens for those only.
fn shown_flags(codes: &[String], role: Option<Role>) -> Vec<CaseFlag> {
    let blue_card = matches!(role, Some(Role::Manager | Role::SocialWorker | Role::Assistant));
    codes.iter().filter_map(|code| code.parse().ok()).filter(|flag| *flag != CaseFlag::BlueCard || blue_card).collect()
}

fn terms(facts: &FileFacts) -> Option<AnyView> {
    let terms = terms_of_family(&facts.file.records, &facts.file.book.settings, facts.file.today);
    terms_card(&terms, facts.file.today)
}

fn people(facts: &FileFacts) -> Option<AnyView> {
    let card = facts.newest(RecordKind::Family)?;
    let people: Vec<AnyView> = members(&card.answers).iter().map(|member| person(facts, member)).collect();
    let (adults, children) = (facts.file.line.adults, facts.file.line.children);
    let left = family_card::left_words(&card.answers)
        .map(|left| view! { <p class="card-foot muted">"Nie są już w rodzinie: "{left}</p> });
    let count = [words::ADULTS.count(adults.into()), words::CHILDREN.count(children.into())].join(", ");
    Some(
        view! {
            <section class="card" aria-labelledby="osoby">
                <div class="card-head"><h2 id="osoby">"Rodzina"</h2><span class="muted">{count}</span></div>
                {match people.is_empty() {
                    true => view! { <div class="card-body"><p class="muted">"Osób jeszcze nie wpisano."</p></div> }.into_any(),
                    false => view! { <ul class="people">{people}</ul> }.into_any(),
                }}
                {left}
            </section>
        }
        .into_any(),
    )
}

fn person(facts: &FileFacts, member: &Member) -> AnyView {
    let mark = member.first_name.chars().next().map(String::from).unwrap_or_default();
    let age = member.born.map(|born| words::age(born, facts.file.today));
    let stays = member.stays.filter(|place| *place != ChildPlace::Home);
    let about: Vec<String> = age
        .into_iter()
        .chain([member.role.label().to_owned()])
        .chain(stays.filter(|place| !place.is_care()).map(|place| place.label().to_owned()))
        .collect();
    let care = stays.filter(|place| place.is_care()).map(|place| {
        let text = ["piecza: ", place.label()].concat();
        view! { <p><Badge tone=Tone::Warn icon="child" text/></p> }
    });
    view! {
        <li class="person">
            <span class="person-mark" aria-hidden="true">{mark}</span>
            <div><b>{member.first_name.clone()}</b><p>{about.join(" · ")}</p>{care}</div>
        </li>
    }
    .into_any()
}

fn reach(facts: &FileFacts) -> Option<AnyView> {
    let card = facts.newest(RecordKind::Family)?;
    let (form, answers) = (facts.book.form_of(card), &card.answers);
    let besides = ["code", "surname"];
    let lines = filled(form, answers, &facts.referred, &besides, facts.may_see());
    let lines: Vec<AnyView> = lines
        .into_iter()
        .map(|(label, text)| view! { <div><dt>{label}</dt><dd>{text}</dd></div> }.into_any())
        .collect();
    let phones: Vec<AnyView> = answers
        .rows(family_card::PHONES)
        .iter()
        .map(|row| {
            let cells = answers.row(family_card::PHONES, row);
            let number = cells.text(family_card::NUMBER).to_owned();
            let whose = [cells.text(family_card::WHOSE), cells.text(family_card::BEST_TIME)];
            let whose: Vec<&str> = whose.into_iter().filter(|text| !text.is_empty()).collect();
            let href = ["tel:", &number.replace(' ', "")].concat();
            view! { <p><a href=href class="nowrap">{number}</a>" "<span class="muted">{whose.join(", ")}</span></p> }
                .into_any()
        })
        .collect();
    let phones =
        (!phones.is_empty()).then(|| view! { <div><dt>{label(form, family_card::PHONES)}</dt><dd>{phones}</dd></div> });
    Some(
        view! {
            <section class="card" aria-labelledby="kontakt">
                <div class="card-head"><h2 id="kontakt">"Adres i telefony"</h2>{edit_link(facts)}</div>
                <div class="card-body"><dl class="facts">{lines}{phones}</dl></div>
            </section>
        }
        .into_any(),
    )
}

/// The way to the card, for those who may write in it.
fn edit_link(facts: &FileFacts) -> Option<AnyView> {
    let writes = facts.role.is_some_and(|role| may(role, Deed::Write, Object::FamilyFile, Tie::Own));
    let href = ["/rodziny/", &facts.file.line.code, "/karta"].concat();
    writes.then(|| view! { <a class="no-print" href=href>"Popraw kartę"</a> }.into_any())
}

fn days(facts: &FileFacts) -> Option<AnyView> {
    let case = facts.newest(RecordKind::Case)?;
    let days: Vec<AnyView> = case_card::FORM
        .fields()
        .filter(|field| field.kind == Kind::Date)
        .map(|field| (field.label, filled_one(facts, &case_card::FORM, &case.answers, field.key)))
        .filter(|(_, day)| !day.is_empty())
        .map(|(label, day)| fact(label, day))
        .collect();
    (!days.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="daty">
                <div class="card-head"><h2 id="daty">"Ważne daty"</h2></div>
                <div class="card-body"><dl class="facts">{days}</dl></div>
            </section>
        }
        .into_any()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_blue_card_shows_only_to_those_who_may_know() {
        let codes = ["BLUE_CARD".to_owned(), "PROBATION".to_owned(), "unknown".to_owned()];
        let both = vec![CaseFlag::BlueCard, CaseFlag::Probation];
        assert_eq!(shown_flags(&codes, Some(Role::Manager)), both);
        assert_eq!(shown_flags(&codes, Some(Role::SocialWorker)), both);
        assert_eq!(shown_flags(&codes, Some(Role::SysAdmin)), [CaseFlag::Probation]);
        assert_eq!(shown_flags(&codes, None), [CaseFlag::Probation]);
    }
}
