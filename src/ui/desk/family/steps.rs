//! What comes next in a case: what somebody does now, and which papers the other steps wait for.

use super::{
    FileFacts,
    hands::Hands,
    step_dialog::AskedStep,
    ways::{Way, are_one},
};
use crate::{
    domain::{
        access::Role,
        documents::{
            RecordKind,
            papers::course::{CASE, LIFE, PAPER},
        },
        procedure::{self, CaseNow, Facts, Hindrance, Life, Paper, Step, Transition, facts_of_case},
        record::Record,
        words,
    },
    ui::{
        desk::{intake::Path, writing::About},
        parts::{Badge, Icon, Tone},
    },
};
use leptos::prelude::*;

/// The card "Co dalej".
pub fn section(facts: &FileFacts) -> Option<AnyView> {
    let case = facts.newest(RecordKind::Case)?;
    let (found, steps) = steps_of(facts, case);
    if steps.is_empty() {
        return another_case(facts);
    }
    let (onward, other): (Vec<&Step>, Vec<&Step>) =
        steps.iter().filter(|step| concerns(step)).partition(|step| leads_on(step));
    let other: Vec<&Step> = other.into_iter().filter(|step| is_theirs(step, facts.role)).collect();
    let onward = onward.into_iter().map(|step| row(facts, case, step, &found)).collect_view();
    let rare = (!other.is_empty()).then(|| {
        let rows = other.into_iter().map(|step| row(facts, case, step, &found)).collect_view();
        view! {
            <details class="more no-print">
                <summary class="btn btn-quiet"><Icon name="down"/>" Inne kroki"</summary>
                <ul class="list">{rows}</ul>
            </details>
        }
    });
    Some(card(view! { <ul class="list">{onward}</ul>{rare} }.into_any()))
}

/// The steps that lead away from where the case is, and what the records say about them.
pub fn steps_of(facts: &FileFacts, case: &Record) -> (Facts, Vec<Step>) {
    let found = facts_of_case(case, &facts.file.records, facts.file.today);
    let steps = procedure::steps(&CaseNow::of(case.id, &case.answers), &found, &facts.file.book.settings);
    (found, steps)
}

fn card(body: AnyView) -> AnyView {
    view! {
        <section class="card" aria-labelledby="co-dalej">
            <div class="card-head"><h2 id="co-dalej">"Co dalej"</h2></div>
            {body}
        </section>
    }
    .into_any()
}

/// When a case has ended, work goes on in a new one.
fn another_case(facts: &FileFacts) -> Option<AnyView> {
    facts.role.filter(|role| facts.file.line.stage.is_ended() && !Path::open_to(*role).is_empty())?;
    let href = ["/nowa-rodzina?rodzina=", &facts.file.line.code].concat();
    let body = view! {
        <div class="card-body no-print">
            <p>"Sprawa jest zakończona. Dalsza praca wymaga nowej sprawy."</p>
            <p><a class="btn" href=href><Icon name="plus"/>" Nowa sprawa tej rodziny"</a></p>
        </div>
    };
    Some(card(body.into_any()))
}

/// Steps that carry the case further. Ending it early or changing the assistant is possible at every stage, and
/// would only hide what the case waits for.
pub fn leads_on(step: &Step) -> bool {
    use Transition::*;
    !matches!(step.rule.transition, CloseEarly | Close | CloseZz | ChangeAssistant | ConvertZz)
}

/// Is the step for a family like this at all? The direct way of a minor parent would only puzzle the others.
pub fn concerns(step: &Step) -> bool {
    !step.hindrances.contains(&Hindrance::NotMinorParent)
}

fn is_theirs(step: &Step, role: Option<Role>) -> bool {
    role.is_some_and(|role| step.rule.who.contains(&role))
}

fn row(facts: &FileFacts, case: &Record, step: &Step, found: &Facts) -> AnyView {
    let name = words::sentence(step.rule.transition.label());
    let who: Vec<&str> = step.rule.who.iter().map(|role| role.label()).collect();
    let by_itself = step.rule.follows_by_itself();
    let mine = is_theirs(step, facts.role);
    let state = match (by_itself, step.is_open()) {
        (_, false) => view! { <Badge tone=Tone::Plain icon="clock" text="czeka"/> },
        (true, true) => view! { <Badge tone=Tone::Plain icon="clock" text="po dokumencie"/> },
        (false, true) => view! { <Badge tone=Tone::Ok icon="check" text="można"/> },
    };
    let act = match !by_itself && step.is_open() {
        true => mine.then(|| take_button(facts, case, step)),
        false => links(facts, case, step, found),
    };
    let in_the_way = step.hindrances.iter().map(|hindrance| view! { <p class="row-meta">{hindrance.text()}</p> });
    view! {
        <li class="row">
            <span class="row-lead"><Icon name="forward"/></span>
            <div class="row-main">
                <p class="row-title">{name}</p>
                <p class="row-meta">{who.join(", ")}</p>
                {in_the_way.collect_view()}
                {act}
            </div>
            <div class="row-trail">{state}</div>
        </li>
    }
    .into_any()
}

/// A step that somebody takes, once nothing is in the way.
fn take_button(facts: &FileFacts, case: &Record, step: &Step) -> AnyView {
    let Some(hands) = use_context::<Hands>() else { return ().into_any() };
    let about = About::of(case);
    let cautions = step.cautions.iter().map(|caution| caution.text()).collect();
    let now = facts.file.line.assistant;
    let settings = facts.file.book.settings.clone();
    let asked =
        AskedStep { about, transition: step.rule.transition, stage: facts.file.line.stage, now, cautions, settings };
    let label = words::sentence(step.rule.transition.label());
    view! {
        <p class="no-print"><button class="btn" type="button" on:click=move |_| hands.take(asked.clone())>{label}</button></p>
    }
    .into_any()
}

fn links(facts: &FileFacts, case: &Record, step: &Step, found: &Facts) -> Option<AnyView> {
    let role = facts.role?;
    let ways = Way::towards(step, found, role);
    let links: Vec<AnyView> = ways.into_iter().map(|way| link(facts, case, way)).collect();
    (!links.is_empty()).then(|| view! { <p class="actions no-print">{links}</p> }.into_any())
}

fn link(facts: &FileFacts, case: &Record, way: Way) -> AnyView {
    let file = ["/rodziny/", &facts.file.line.code].concat();
    let (href, word) = match way {
        Way::Begin(paper) => ([&file, "/dokumenty/nowy/", paper.code()].concat(), "Przygotuj: "),
        Way::GoOn(paper) => match begun_paper(&facts.file.records, case, paper) {
            Some(record) => ([&file, "/dokumenty/", &record.id.to_string()].concat(), "Dokończ: "),
            None => ([&file, "?widok=dokumenty"].concat(), "Dokończ: "),
        },
        Way::Decide(_) => ("/do-decyzji".to_owned(), "Do decyzji: "),
    };
    view! { <a class="btn btn-small" href=href><Icon name="document"/>" "{word}{way.paper().title()}</a> }.into_any()
}

/// The latest paper of this form that is not handed in yet.
fn begun_paper<'a>(records: &'a [Record], case: &Record, paper: Paper) -> Option<&'a Record> {
    let of_case = records.iter().filter(|record| {
        record.kind == RecordKind::Paper && record.answers.get(CASE) == Some(case.id) && is_unfinished(record)
    });
    let same = of_case.filter(|record| record.answers.get(PAPER).is_some_and(|other| are_one(other, paper)));
    same.max_by_key(|record| record.id)
}

fn is_unfinished(record: &Record) -> bool {
    matches!(record.answers.get(LIFE).unwrap_or(Life::Draft), Life::Draft | Life::Returned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        deadlines::Settings,
        documents::case_card::{self, Stage},
        form::Answers,
        procedure::RULES,
        testing::{day, record},
    };

    fn steps_at(stage: Stage, facts: &Facts) -> Vec<Step> {
        let card = Answers::default().with(case_card::STAGE, stage);
        let case = record(1, RecordKind::Case, card);
        procedure::steps(&CaseNow::of(case.id, &case.answers), facts, &Settings::default())
    }

    fn today() -> Facts {
        Facts::on(day("2026-11-22"))
    }

    fn names(stage: Stage) -> Vec<&'static str> {
        let steps = steps_at(stage, &today());
        steps.iter().filter(|step| leads_on(step)).map(|step| step.rule.transition.code()).collect()
    }

    #[test]
    fn a_case_is_told_what_carries_it_on_and_not_how_to_break_it_off() {
        assert_eq!(names(Stage::Diagnosis), ["T11"]);
        assert!(names(Stage::Cooperation).contains(&"T15"));
        assert!(names(Stage::Closed).is_empty());
        assert_eq!(names(Stage::ZzCoordination), Vec::<&str>::new());
    }

    #[test]
    fn the_way_of_a_minor_parent_is_shown_to_nobody_else() {
        let concerned = |flags: &[&str]| {
            let flags = flags.iter().map(|flag| (*flag).to_owned()).collect();
            let card = Answers::default().with(case_card::STAGE, Stage::Interview).with(case_card::FLAGS, flags);
            let case = record(1, RecordKind::Case, card);
            let steps = procedure::steps(&CaseNow::of(case.id, &case.answers), &today(), &Settings::default());
            steps.iter().any(|step| step.rule.transition == Transition::AllocateDirectly && concerns(step))
        };
        assert!(concerned(&["MINOR_PARENT"]));
        assert!(!concerned(&[]));
    }

    #[test]
    fn people_take_these_steps_themselves() {
        let explicit = RULES.iter().filter(|rule| !rule.follows_by_itself()).map(|rule| rule.transition.code());
        let explicit: Vec<&str> = explicit.collect();
        assert_eq!(explicit, ["T01", "T02", "T24", "T25", "T26", "Z01", "Z05", "Z06"]);
    }

    #[test]
    fn one_goes_on_with_the_paper_that_is_begun() {
        let case = record(1, RecordKind::Case, Answers::default());
        let paper = |n: u128, which: Paper, life: Life, of: u128| {
            let of = record(of, RecordKind::Case, Answers::default()).id;
            record(n, RecordKind::Paper, Answers::default().with(PAPER, which).with(LIFE, life).with(CASE, of))
        };
        let records = [
            paper(2, Paper::Review, Life::Draft, 1),
            paper(3, Paper::Review, Life::Signed, 1),
            paper(4, Paper::Review, Life::Draft, 9),
            paper(5, Paper::Note, Life::Returned, 1),
            paper(6, Paper::Plan, Life::Approved, 1),
        ];
        for (wanted, found) in [
            (Paper::Review, Some(records[0].id)),
            (Paper::PeriodicReport, Some(records[0].id)),
            (Paper::Note, Some(records[3].id)),
            (Paper::Plan, None),
            (Paper::Consent, None),
        ] {
            assert_eq!(begun_paper(&records, &case, wanted).map(|record| record.id), found, "{wanted:?}");
        }
    }
}
