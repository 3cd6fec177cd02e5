use super::*;
use crate::domain::{
    documents::{papers, visit_card},
    form::Value,
    procedure::Paper,
};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn plan(pairs: &[(&str, &str)]) -> Answers {
    let mut answers = Answers::default().with(PAPER, Paper::Plan);
    pairs.iter().for_each(|(path, words)| answers.set_raw(path, Some(text(words))));
    answers
}

fn compared(older: &Answers, newer: &Answers) -> Comparison {
    let form = papers::form_of(Paper::Plan).unwrap();
    within(form, older, form, newer, |_| true)
}

fn within(
    old: &'static Form,
    older: &Answers,
    new: &'static Form,
    newer: &Answers,
    may_see: fn(Sensitivity) -> bool,
) -> Comparison {
    let (older, newer) = (Side { form: old, answers: older }, Side { form: new, answers: newer });
    compare(older, newer, &Referred::default(), &|id: &str| id.to_owned(), may_see)
}

fn joined(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect()
}

/// All lines: head, fate, both sides.
fn lines(comparison: &Comparison) -> Vec<(String, Fate, String, String)> {
    let items = comparison.sections.iter().flat_map(|section| &section.items);
    let mut lines = Vec::new();
    let mut push = |head: String, both: &Both| lines.push((head, both.fate, joined(&both.older), joined(&both.newer)));
    for item in items {
        match item {
            ItemPair::Line(label, both) => push((*label).to_owned(), both),
            ItemPair::Rows(_, rows) => rows.iter().for_each(|row| {
                row.lines.iter().for_each(|(head, both)| push([&row.title, "/", *head].concat(), both))
            }),
        }
    }
    lines
}

const OLD: &[(&str, &str)] = &[
    ("main_goal", "Spokojny dom i szkoła bez spóźnień"),
    ("goals/g1/goal", "Regularna nauka"),
    ("goals/g1/indicator", "Brak spóźnień w listopadzie"),
    ("goals/g2/goal", "Domowy budżet"),
];

#[test]
fn each_field_and_row_says_what_became_of_it() {
    let newer = plan(&[
        ("main_goal", "Spokojny dom i szkoła bez nieobecności"),
        ("goals/g1/goal", "Regularna nauka"),
        ("goals/g1/indicator", "Brak spóźnień w grudniu"),
        ("goals/g3/goal", "Terapia dziecka"),
    ]);
    let comparison = compared(&plan(OLD), &newer);
    assert_eq!(comparison.counts(), [(Fate::Changed, 2), (Fate::Added, 1), (Fate::Removed, 1)]);
    let said = lines(&comparison.clone().differences());
    let fates: Vec<(&str, Fate)> = said.iter().map(|(head, fate, ..)| (head.as_str(), *fate)).collect();
    let form = papers::form_of(Paper::Plan).unwrap();
    let label = |key: &str, cell: &str| {
        let cells = form.field(key).and_then(|field| field.kind.cells()).unwrap();
        cells.iter().find(|field| field.key == cell).unwrap().label
    };
    let (goal, success) = (label("goals", "goal"), label("goals", "indicator"));
    assert!(fates.contains(&(["Regularna nauka/", success].concat().as_str(), Fate::Changed)), "{fates:?}");
    assert!(!fates.iter().any(|(_, fate)| *fate == Fate::Same), "only differences are left: {fates:?}");
    assert!(fates.contains(&(["Domowy budżet/", goal].concat().as_str(), Fate::Removed)), "{fates:?}");
    assert!(fates.contains(&(["Terapia dziecka/", goal].concat().as_str(), Fate::Added)), "{fates:?}");
    let main = lines(&comparison).into_iter().find(|(head, ..)| head == "Cel główny").unwrap();
    assert_eq!(
        (main.1, main.2.as_str(), main.3.as_str()),
        (Fate::Changed, OLD[0].1, "Spokojny dom i szkoła bez nieobecności")
    );
}

#[test]
fn rows_written_anew_are_met_by_what_they_are_about() {
    let newer = plan(&[
        ("main_goal", "Spokojny dom i szkoła bez spóźnień"),
        ("goals/x1/goal", "Regularna nauka"),
        ("goals/x1/indicator", "Brak spóźnień w listopadzie"),
        ("goals/x2/goal", "Domowy budżet"),
    ]);
    assert!(compared(&plan(OLD), &newer).is_same());
}

#[test]
fn a_correction_stands_among_the_differences() {
    let mut corrected = plan(OLD);
    corrected.set_raw("corrections/1/what", Some(text("Jest 3, powinno być 5.")));
    corrected.set_raw("corrections/1/reason", Some(text("pomyłka")));
    let comparison = compared(&plan(OLD), &corrected).differences();
    assert_eq!(comparison.sections.iter().map(|section| section.title).collect::<Vec<_>>(), ["Po złożeniu"]);
    assert!(lines(&comparison).iter().all(|(_, fate, older, _)| *fate == Fate::Added && older.is_empty()));
}

#[test]
fn a_signature_drawn_anew_is_a_change_although_it_reads_the_same() {
    let signed = |drawing: &str| {
        plan(&[
            ("signatures/a/role", "ASSISTANT"),
            ("signatures/a/name", "Jan Próbny"),
            ("signatures/a/method", "SCREEN"),
            ("signatures/a/drawing", drawing),
        ])
    };
    assert!(compared(&signed("1,2 3,4"), &signed("1,2 3,4")).is_same());
    assert_eq!(compared(&signed("1,2 3,4"), &signed("5,6 7,8")).counts()[0], (Fate::Changed, 1));
}

#[test]
fn what_only_one_of_the_two_forms_asks_is_compared_as_well() {
    static EARLIER: Form = Form {
        sections: &[crate::domain::form::Section {
            title: "Dawniej",
            fields: &[Field::new("dropped", "Już nie pytamy", Kind::Line { max: 80 })],
        }],
        decision: &[],
        rules: &[],
        ..visit_card::FORM
    };
    let (mut older, mut newer) = (Answers::default(), Answers::default());
    older.set_raw("dropped", Some(text("było")));
    newer.set_raw("actions", Some(text("rozmowa")));
    let comparison = within(&EARLIER, &older, &visit_card::FORM, &newer, |_| true);
    let fates: Vec<(String, Fate)> = lines(&comparison).into_iter().map(|(head, fate, ..)| (head, fate)).collect();
    assert!(fates.contains(&("Już nie pytamy".to_owned(), Fate::Removed)), "{fates:?}");
    assert!(fates.iter().any(|(_, fate)| *fate == Fate::Added), "{fates:?}");
}

#[test]
fn what_a_reader_may_not_see_stands_in_neither_version() {
    let form = papers::form_of(Paper::Note).unwrap();
    let note = |facts: &str| {
        let mut note = Answers::default().with(PAPER, Paper::Note);
        note.set_raw("facts", Some(text(facts)));
        note
    };
    let ordinary: fn(Sensitivity) -> bool = |class| class == Sensitivity::Ordinary;
    let (older, newer) = (note("dawniej"), note("teraz"));
    assert!(within(form, &older, form, &newer, ordinary).is_same());
    assert!(!within(form, &older, form, &newer, |_| true).is_same());
    let sides = [Side { form, answers: &older }, Side { form, answers: &newer }];
    assert!(withholds(sides, ordinary) && !withholds(sides, |_| true));
}

/// What one reads in a version: heads and words.
fn read(form: &'static Form, answers: &Answers) -> Vec<(String, String)> {
    let nothing = Answers::default();
    let all = within(form, &nothing, form, answers, |_| true);
    lines(&all).into_iter().map(|(head, _, _, newer)| (without_title(head), newer)).collect()
}

/// A row may be called otherwise in the other version.
fn without_title(head: String) -> String {
    head.rsplit('/').next().unwrap_or_default().to_owned()
}

fn bag(lines: impl IntoIterator<Item = (String, String)>) -> BTreeMap<(String, String), usize> {
    let mut bag = BTreeMap::new();
    lines.into_iter().for_each(|line| *bag.entry(line).or_default() += 1);
    bag
}

fn some_plan() -> impl Strategy<Value = Answers> {
    let goals =
        proptest::collection::btree_map("g[1-4]", ("[ab]{1,2}( [ab]{1,2}){0,3}", "[ab]{0,2}( [ab]{1,2}){0,3}"), 0..4);
    ("[ab]{0,3}( [ab]{1,2}){0,4}", goals).prop_map(|(goal, goals)| {
        let mut answers = plan(&[("main_goal", &goal)]);
        for (row, (goal, success)) in goals {
            answers.set_raw(&["goals/", &row, "/goal"].concat(), Some(text(&goal)));
            answers.set_raw(&["goals/", &row, "/indicator"].concat(), Some(text(&success)));
        }
        answers
    })
}

proptest! {
    #[test]
    fn comparing_equals_gives_nothing(answers in some_plan()) {
        let comparison = compared(&answers, &answers);
        prop_assert!(comparison.is_same());
        prop_assert_eq!(comparison.counts().map(|(_, count)| count), [0, 0, 0]);
        prop_assert_eq!(comparison.differences(), Comparison::default());
    }

    /// The newer column is the newer version, whole and nothing else; so whoever applies what is shown has it.
    #[test]
    fn what_is_shown_leads_from_one_version_to_the_other(older in some_plan(), newer in some_plan()) {
        let form = papers::form_of(Paper::Plan).unwrap();
        let comparison = compared(&older, &newer);
        let sides = lines(&comparison).into_iter().map(|(head, _, older, newer)| (without_title(head), older, newer));
        let (left, right): (Vec<_>, Vec<_>) =
            sides.map(|(head, older, newer)| ((head.clone(), older), (head, newer))).unzip();
        let said = |side: Vec<(String, String)>| bag(side.into_iter().filter(|(_, words)| !words.is_empty()));
        prop_assert_eq!(said(left), bag(read(form, &older)));
        prop_assert_eq!(said(right), bag(read(form, &newer)));
        let is_same = read(form, &older) == read(form, &newer);
        prop_assert!(!is_same || comparison.is_same());
        // Without what is the same, the same differences are left.
        prop_assert_eq!(comparison.clone().differences().counts(), comparison.counts());
    }
}
