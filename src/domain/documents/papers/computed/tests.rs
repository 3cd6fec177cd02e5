use super::*;
use crate::domain::{
    codes::Scale,
    content,
    documents::papers::{
        begin::{begin, hand_in},
        course::{self, CASE, LIFE, PAPER},
        parts::{DOC_DATE, SIGNED_BY},
        review::{self, Trend},
        sample_file::{self as sample, id, me, written},
        testing::{self, CHILD, GOAL, MEMBER},
    },
    form::Value,
    ids::RecordId,
    procedure::Life,
    record::Record,
    testing::day,
};
use proptest::prelude::*;

fn known(records: &[Record]) -> Known<'_> {
    Known::of(records, me(), day(sample::TODAY))
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn number(number: i64) -> Value {
    Value::Number(number)
}

/// A paper, what is written in it, and one of its figures: path, value, and the records that it counts.
type Case = (Paper, Vec<(&'static str, &'static str)>, &'static str, Value, Vec<u128>);

/// Papers, what is written in them, and their figures with the records that each counts.
fn cases() -> Vec<Case> {
    use sample::*;
    let autumn = || vec![("period_from", "2026-09-01"), ("period_to", "2026-11-22"), ("areas/A01/now", "5")];
    let goal = |cell: &str| -> &'static str { format!("goal_reviews/{GOAL}/{cell}").leak() };
    let in_people = |cell: &str| -> &'static str { format!("people/{MEMBER}/{cell}").leak() };
    vec![
        (Paper::Plan, vec![], "version", number(2), vec![PLAN]),
        (Paper::Plan, vec![], "doc_no", text("2/6/2026"), vec![PLAN]),
        (Paper::Meeting, vec![], "doc_no", text("1/16/2026"), vec![]),
        (Paper::Resignation, vec![("doc_date", "2027-01-02")], "doc_no", text("2/3/2027"), vec![CONSENT]),
        (Paper::PeriodicReport, vec![], "doc_no", text("2/7/2026"), vec![REVIEW]),
        (Paper::CourtPaper, vec![], "doc_no", text("2/2026"), vec![COURT]),
        (Paper::CourtPaper, vec![("doc_no", "7/2026")], "doc_no", text("7/2026"), vec![]),
        (
            Paper::FamilyCard,
            vec![],
            "earlier_cases",
            text("od 5 lutego 2024 do 5 marca 2025: osiągnięcie celów planu"),
            vec![OLD_CASE],
        ),
        (Paper::FamilyCard, vec![], format!("children/{CHILD}/role").leak(), text("CHILD"), vec![CARD]),
        (Paper::Assessment, vec![], format!("children/{UNBORN}/role").leak(), text("UNBORN"), vec![CARD]),
        (Paper::Assessment, vec![], format!("children_health/{UNBORN}/role").leak(), text("UNBORN"), vec![CARD]),
        (Paper::Review, autumn(), "previous_on", text("2026-08-31"), vec![REVIEW]),
        (Paper::Review, autumn(), "plan_version", number(1), vec![PLAN]),
        (Paper::Review, autumn(), "visits", number(2), vec![CHANGED, VISIT_LATE]),
        (Paper::Review, autumn(), "visits_missed", number(1), vec![MISSED]),
        (Paper::Review, autumn(), "contacts", number(2), vec![PHONE_LATE, URGENT]),
        (Paper::Review, autumn(), "institution_contacts", number(0), vec![]),
        // 95 + 10 + 50 + 40 minutes are 3 hours and a quarter.
        (Paper::Review, autumn(), "hours", number(33), vec![CHANGED, PHONE_LATE, VISIT_LATE, URGENT]),
        (Paper::Review, autumn(), "by_kind/VISIT/kind", text("VISIT"), vec![CHANGED, VISIT_LATE]),
        (Paper::Review, autumn(), "by_kind/VISIT/count", number(2), vec![CHANGED, VISIT_LATE]),
        (Paper::Review, autumn(), "by_task/T03_LIFE_SITUATION/task", text("T03_LIFE_SITUATION"), vec![CHANGED]),
        (Paper::Review, autumn(), "by_task/T03_LIFE_SITUATION/count", number(1), vec![CHANGED]),
        (Paper::Review, autumn(), "tasks_given", number(2), vec![TASK_DONE, TASK_MISSED]),
        (Paper::Review, autumn(), "tasks_done", number(1), vec![TASK_DONE]),
        (Paper::Review, autumn(), goal("tasks_given"), number(2), vec![TASK_DONE, TASK_MISSED]),
        (Paper::Review, autumn(), goal("tasks_done"), number(1), vec![TASK_DONE]),
        (Paper::Review, autumn(), goal("tasks_missed"), number(1), vec![TASK_MISSED]),
        (Paper::Review, autumn(), goal("visits"), number(1), vec![CHANGED]),
        (Paper::Review, autumn(), "areas/A01/previous", text("4"), vec![REVIEW]),
        (Paper::Review, autumn(), "areas/A01/first", text("3"), vec![ASSESSMENT]),
        (Paper::Review, autumn(), "areas/A01/trend", text("UP"), vec![REVIEW]),
        (Paper::Review, autumn(), "areas/A02/previous", text("2"), vec![ASSESSMENT]),
        (Paper::ClosingRequest, vec![], "period_from", text("2026-02-02"), vec![CASE_NOW, CONSENT]),
        (Paper::ClosingRequest, vec![("doc_date", "2026-11-01")], "period_to", text("2026-11-01"), vec![]),
        (Paper::ClosingRequest, vec![("doc_date", "2026-11-01")], "meetings", number(2), vec![MET, CHANGED]),
        // 60 + 95 + 10 minutes, rounded.
        (Paper::ClosingRequest, vec![("doc_date", "2026-11-01")], "hours", number(28), vec![MET, CHANGED, PHONE_LATE]),
        (Paper::FamilyCard, vec![], "family_phones", text("600 100 200 – matka"), vec![CARD]),
        (Paper::FamilyCard, vec![], "parties/s/institution", text("SCHOOL"), vec![CARD]),
        (Paper::FamilyCard, vec![], "parties/s/name", text("Szkoła Podstawowa nr 1, Zofia Pedagogiczna"), vec![CARD]),
        (Paper::FamilyCard, vec![], "parties/s/phone", text("600 000 004"), vec![CARD]),
        (Paper::FamilyCard, vec![], "parties/s/role", text("pedagog Oli"), vec![CARD]),
        // Written in an earlier nr 4, when the card had no contacts yet.
        (Paper::FamilyCard, vec![], "parties/p/name", text("Zofia Koordynująca"), vec![CARD]),
        (Paper::FamilyCard, vec![], "family_address", text("ul. Wzorcowa 3, Zbąszynek"), vec![CARD]),
        (Paper::FamilyCard, vec![], in_people("name"), text("Anna"), vec![CARD]),
        (Paper::FamilyCard, vec![], in_people("role"), text("MOTHER"), vec![CARD]),
        (Paper::FamilyCard, vec![], in_people("born"), text("1990-05-01"), vec![CARD]),
        (Paper::FamilyCard, vec![], in_people("co_resident"), Value::Flag(true), vec![CARD]),
        (Paper::MonitoringEnd, vec![], "visits", number(2), vec![VISIT_LATE, URGENT]),
        (Paper::MonitoringEnd, vec![], "contacts", number(2), vec![PHONE_LATE, MONITORING]),
        (
            Paper::MonitoringEnd,
            vec![],
            format!("goal_retention/{GOAL}/retention").leak(),
            text("KEPT"),
            vec![MONITORING],
        ),
        (Paper::Reopening, vec![], "entries/x/date", text("2026-10-20"), vec![MONITORING]),
        (Paper::Reopening, vec![], "entries/x/kind", text("INSTITUTION"), vec![MONITORING]),
        (Paper::Extension, vec![("started_on", "2026-03-02")], "two_years_on", text("2028-03-02"), vec![]),
        (Paper::CourtPaper, vec![("period_from", "2026-09-01")], "visits", number(2), vec![CHANGED, VISIT_LATE]),
        (
            Paper::CourtPaper,
            vec![("period_from", "2026-09-01")],
            "visit_days",
            text("10.09.2026, 5.11.2026"),
            vec![CHANGED, VISIT_LATE],
        ),
    ]
}

#[test]
fn every_figure_follows_from_the_records_that_it_names() {
    let records = sample::file();
    let known = known(&records);
    for (paper, pairs, path, value, from) in cases() {
        let figures = computed(paper, &written(paper, &pairs), &known);
        let figure = figures.iter().find(|figure| figure.path == path);
        let from: Vec<RecordId> = from.into_iter().map(id).collect();
        let expected = Figure { path: path.to_owned(), value, from };
        assert_eq!(figure, Some(&expected), "{paper:?}");
    }
}

#[test]
fn no_computed_field_of_a_case_is_left_out() {
    let tried = cases();
    let papers = Paper::ALL.iter().copied().filter(|paper| is_counted_here(*paper));
    for paper in papers {
        let Some(form) = form_of(paper) else { continue };
        for (path, field) in testing::paths(form) {
            if !matches!(field.source, Source::Computed(_)) || path == NUMBER.name() {
                continue;
            }
            let pattern: Vec<&str> = path.split('/').collect();
            let is_tried = tried.iter().any(|(of, _, told, ..)| {
                let told: Vec<&str> = told.split('/').collect();
                let same_form = form_of(*of).is_some_and(|other| std::ptr::eq(other, form));
                let same_path = told.len() == pattern.len()
                    && told.iter().zip(&pattern).all(|(told, part)| *part == "*" || told == part);
                same_form && same_path
            });
            assert!(is_tried, "{paper:?} {path} is computed, but by whom?");
        }
    }
}

#[test]
fn every_figure_has_its_field_and_fits_it() {
    let records = sample::file();
    let known = known(&records);
    for paper in Paper::ALL.iter().copied() {
        let Some(form) = form_of(paper) else { continue };
        let whole = with_computed(paper, &begin(paper, &known), &known);
        assert_eq!(form.check_limits(&whole), [], "{paper:?}");
        for figure in computed(paper, &whole, &known) {
            let mut parts = figure.path.split('/');
            let field = parts.next().and_then(|key| form.field(key)).unwrap();
            let source = match (parts.next(), parts.next()) {
                (Some(_), Some(cell)) => {
                    field.kind.cells().unwrap().iter().find(|known| known.key == cell).unwrap().source
                }
                _ => field.source,
            };
            assert!(matches!(source, Source::Computed(_)), "{paper:?} {}", figure.path);
        }
    }
}

#[test]
fn handing_in_changes_nothing_that_was_signed() {
    let records = sample::file();
    let known = known(&records);
    for paper in Paper::ALL.iter().copied() {
        let Some(form) = form_of(paper) else { continue };
        let draft = begin(paper, &known);
        let whole = hand_in(form, &with_computed(paper, &draft, &known), known.today);
        let seal = |answers: &Answers| content::seal(form, SIGNED_BY, answers);
        assert_eq!(seal(&draft), seal(&whole), "{paper:?}");
    }
}

#[test]
fn a_paper_that_is_handed_in_keeps_its_figures() {
    let records = sample::file();
    let known = known(&records);
    let paper = Paper::Review;
    let mut draft = begin(paper, &known);
    // Left over from an earlier handing in: no longer true.
    draft.set_raw("by_kind/TEAM/kind", Some(text("TEAM")));
    draft.set_raw("areas/A05/trend", Some(text("UP")));
    draft.put(NUMBER, "2/7/2026".into());
    let whole = hand_in(form_of(paper).unwrap(), &with_computed(paper, &draft, &known), known.today);
    assert_eq!(whole.raw("visits"), Some(&number(2)));
    assert!(!whole.filled("by_kind/TEAM/kind") && !whole.filled("areas/A05/trend"));
    assert_eq!(whole.text(NUMBER), "2/7/2026");
    let step = course::Move {
        before: Some(&draft),
        after: &whole,
        form: form_of(paper).unwrap(),
        by: me(),
        role: crate::domain::access::Role::Assistant,
        today: known.today,
    };
    let Err(course::Refused::Problems(problems)) = course::judge(&step) else { panic!("it is not whole") };
    let about: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
    assert!(about.contains(&"areas/A02/now"), "what was rated before is rated again: {about:?}");
    assert!(!about.iter().any(|field| field.starts_with("by_kind") || *field == "visits"), "{about:?}");
}

#[test]
fn a_number_is_never_given_twice() {
    let mut records = sample::file();
    let mut returned = sample::paper(70, Paper::Plan, Some(sample::CASE_NOW), "2026-11-01", &[("doc_no", "4/6/2026")]);
    returned.answers.put(LIFE, Life::Returned);
    records.push(returned);
    let of = |records: &[Record]| {
        let figures = computed(Paper::Plan, &written(Paper::Plan, &[]), &known(records));
        figures.into_iter().find(|figure| figure.path == NUMBER.name()).map(|figure| figure.value)
    };
    assert_eq!(of(&records), Some(text("5/6/2026")));
    let mut draft = sample::paper(71, Paper::Plan, Some(sample::CASE_NOW), "2026-11-01", &[]);
    draft.answers.put(LIFE, Life::Draft);
    records.push(draft);
    records.push(sample::paper(72, Paper::Plan, Some(sample::OLD_CASE), "2026-11-01", &[("doc_no", "9/6/2026")]));
    assert_eq!(of(&records), Some(text("5/6/2026")), "drafts and other cases take no numbers");
}

#[test]
fn an_area_that_was_not_rated_is_shown_only_when_it_is_rated_now() {
    let records = sample::file();
    let known = known(&records);
    let paths = |pairs: &[(&str, &str)]| -> Vec<String> {
        computed(Paper::Review, &written(Paper::Review, pairs), &known)
            .into_iter()
            .map(|figure| figure.path)
            .filter(|path| path.starts_with("areas/A04/"))
            .collect()
    };
    assert!(paths(&[]).is_empty());
    assert_eq!(paths(&[("areas/A04/now", "4")]), ["areas/A04/first", "areas/A04/previous"]);
    assert_eq!(review::trend(Scale::Good, Scale::Danger), Some(Trend::Worse));
}

#[test]
fn hundreds_of_visits_are_read_once() {
    let mut records = sample::file();
    for n in 0..2000_u128 {
        let date = (day("2026-09-01") + chrono::Days::new((n % 80) as u64)).to_string();
        let visit =
            [("kind", "VISIT"), ("outcome", "HELD"), ("date", date.as_str()), ("duration", "30"), ("goals", GOAL)];
        records.push(sample::of_kind(1000 + n, crate::domain::documents::RecordKind::Visit, &visit));
    }
    let known = known(&records);
    let whole = with_computed(Paper::Review, &begin(Paper::Review, &known), &known);
    assert_eq!(whole.raw("visits"), Some(&number(2002)));
    assert_eq!(whole.raw(&format!("goal_reviews/{GOAL}/visits")), Some(&number(2001)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn nothing_depends_on_the_order_of_the_records(records in Just(sample::file()).prop_shuffle()) {
        let sorted = sample::file();
        let (one, other) = (known(&sorted), known(&records));
        for paper in Paper::ALL.iter().copied() {
            let begun = begin(paper, &one);
            prop_assert_eq!(&begun, &begin(paper, &other));
            prop_assert_eq!(computed(paper, &begun, &one), computed(paper, &begun, &other));
        }
    }
}

#[test]
fn without_a_case_there_is_no_number_and_a_new_case_begins_with_one() {
    let records = sample::file();
    let known = known(&records);
    let mut answers = Answers::default().with(PAPER, Paper::Review).with(DOC_DATE, day(sample::TODAY));
    let number = |answers: &Answers| with_computed(Paper::Review, answers, &known).text(NUMBER).to_owned();
    assert_eq!(number(&answers), "");
    answers.put(CASE, id(sample::CASE_NOW));
    assert_eq!(number(&answers), "2/7/2026");
    answers.put(CASE, id(99));
    assert_eq!(number(&answers), "1/7/2026");
}

#[test]
fn a_contact_that_stands_in_both_cards_counts_once_and_is_opened_where_it_was_written() {
    let mut records = sample::file();
    let row = id(sample::VISIT_LATE).to_string();
    let cells = [(format!("entries/{row}/date"), "2026-11-05"), (format!("entries/{row}/kind"), "VISIT")];
    let cells: Vec<(&str, &str)> = cells.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    records.push(sample::paper(73, Paper::Monitoring, Some(sample::CASE_NOW), "2026-11-21", &cells));
    let figures = computed(Paper::Reopening, &written(Paper::Reopening, &[]), &known(&records));
    let about: Vec<_> = figures.iter().filter(|figure| figure.path == format!("entries/{row}/date")).collect();
    assert_eq!(about.len(), 1);
    assert_eq!(about[0].from, [id(sample::VISIT_LATE)]);
}
