use super::*;
use crate::domain::{
    codes::{EntryKind, Outcome},
    documents::papers::{consultation, course::CASE, form_of, handover, parts::SIGNED_BY},
    form::{Sensitivity, Weight, When},
    ids::{RecordId, UserId},
    procedure::{Life, Paper},
    signature::Signer,
    testing::day,
};
use proptest::prelude::*;
use uuid::Uuid;

const ROWS: &[Field] = &[
    Field::new("what", "Co", Kind::Line { max: 90 }),
    Field::new("sum", "Suma", Kind::Line { max: 90 }).computed("z kart"),
];

static FORM: Form = Form {
    number: "0",
    title: "Próbna",
    version: 1,
    sections: &[Section {
        title: "Wszystko",
        fields: &[
            Field::new("words", "Słowa", Kind::Text { min: 0, max: 900 }),
            Field::new("is_so", "Czy tak", Kind::Flag),
            Field::new("count", "Ile", Kind::Number { min: 0, max: 9, unit: "szt." }),
            Field::new("some", "Które", Kind::Members).class(Sensitivity::Health),
            Field::new("rows", "Pozycje", Kind::Rows(ROWS)),
            Field::new("files", "Zdjęcia", Kind::Files { most: 3 }),
            Field::new("why", "Dlaczego", Kind::Line { max: 90 }).shown_when(When::Yes("is_so")),
            Field::new("doc_no", "Numer", Kind::Line { max: 9 }).computed("kolejny"),
            Field::new("signatures", "Podpisy", Kind::Signatures),
        ],
    }],
    decision: &[Section {
        title: "Decyzja",
        fields: &[
            Field::new("ruling", "Rozstrzygnięcie", Kind::Line { max: 90 }),
            Field::new("manager_signatures", "Podpis kierownika", Kind::Signatures),
        ],
    }],
    rules: &[],
};

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn with(answers: &Answers, path: &str, value: Option<Value>) -> Answers {
    let mut other = answers.clone();
    other.set_raw(path, value);
    other
}

fn filled() -> Answers {
    let pairs = [
        ("words", text("Rodzina współpracuje.")),
        ("is_so", Value::Flag(true)),
        ("count", Value::Number(3)),
        ("some", Value::Set(["a".to_owned(), "b".to_owned()].into())),
        ("rows/1/what", text("pierwsza")),
        ("rows/2/what", text("druga")),
        ("files/f1/hash", text("abc")),
        ("why", text("bo tak")),
        ("own/adres", text("pole ośrodka")),
        ("paper", text("NOTE")),
    ];
    Answers(pairs.into_iter().map(|(path, value)| (path.to_owned(), value)).collect())
}

/// Signs on the screen under what stands now.
fn signed(form: &Form, field: &str, mut answers: Answers) -> Answers {
    let row = Answers::default()
        .with(signature::ROLE, Signer::Assistant)
        .with(signature::NAME, "Jan Przykładny".into())
        .with(signature::METHOD, Method::Screen)
        .with(signature::SIGNED_ON, day("2026-11-22"))
        .with(signature::SEAL, seal(form, field, &answers));
    answers.put_row(field, "a", row);
    with(&answers, &[field, "/a/drawing"].concat(), Some(text("1,1 2,2 3,3 4,4 5,5")))
}

fn fits(form: &Form, field: &str, answers: &Answers) -> Option<Fit> {
    fit(form, field, answers, &answers.row(field, "a"))
}

#[test]
fn the_bytes_are_those_of_version_one() {
    let mut answers = Answers::default();
    answers.set_raw("words", Some(text("żó")));
    answers.set_raw("is_so", Some(Value::Flag(false)));
    answers.set_raw("count", Some(Value::Number(-7)));
    answers.set_raw("some", Some(Value::Set(["b".to_owned(), "aa".to_owned()].into())));
    let bytes = content(&FORM, SIGNED_BY, &answers);
    let expected = "asysta-content/1\n0\n5:countn-7\n5:is_sof0\n4:somes2:2:aa1:b\n5:wordst4:żó\n";
    assert_eq!(String::from_utf8(bytes).unwrap(), expected);
    // Known from outside: whoever checks a signature with another program must come to the same.
    assert_eq!(fingerprint(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

#[test]
fn every_answer_that_is_printed_counts() {
    let answers = filled();
    let before = seal(&FORM, SIGNED_BY, &answers);
    for path in answers.0.keys() {
        for value in [None, Some(text("coś innego")), Some(Value::Number(99))] {
            let other = with(&answers, path, value.clone());
            assert_ne!(seal(&FORM, SIGNED_BY, &other), before, "{path} {value:?}");
        }
    }
    let more = with(&answers, "rows/3/what", Some(text("trzecia")));
    assert_ne!(seal(&FORM, SIGNED_BY, &more), before);
}

#[test]
fn what_comes_after_the_content_does_not_count() {
    let answers = filled();
    let before = seal(&FORM, SIGNED_BY, &answers);
    for (path, value) in [
        ("life", text("SIGNED")),
        ("remarks", text("Popraw datę.")),
        ("handed_in_on", text("2026-11-22")),
        ("corrections/1/what", text("Jest 3, powinno być 5.")),
        ("signed_pages/f9/hash", text("def")),
        ("signatures/b/name", text("Anna Nowak")),
        ("ruling", text("zgoda")),
        ("doc_no", text("4/2026")),
        ("rows/1/sum", text("12")),
        ("blank", text("  ")),
        ("rows/2/blank", text("")),
    ] {
        assert_eq!(seal(&FORM, SIGNED_BY, &with(&answers, path, Some(value))), before, "{path}");
    }
    // What is not asked any more is not kept either.
    let other = with(&answers, "is_so", Some(Value::Flag(false)));
    assert_eq!(seal(&FORM, SIGNED_BY, &other), seal(&FORM, SIGNED_BY, &with(&other, "why", None)));
}

#[test]
fn an_opinion_that_is_asked_for_after_the_handing_in_leaves_signatures_as_they_are() {
    let form = form_of(Paper::Plan).unwrap();
    let plan = Answers::default().with(course::PAPER, Paper::Plan).with(course::LIFE, Life::Signed);
    let asked = UserId(Uuid::from_u128(7));
    let given = consultation::given(&plan, "Popieram plan.", asked, day("2026-11-22"));
    assert_ne!(given, plan);
    for field in form.fields().filter(|field| field.kind == Kind::Signatures) {
        assert_eq!(seal(form, field.key, &given), seal(form, field.key, &plan), "{}", field.key);
    }
}

#[test]
fn the_manager_signs_the_paper_and_the_decision() {
    const FIELD: &str = "manager_signatures";
    let answers = signed(&FORM, FIELD, with(&filled(), "ruling", Some(text("zgoda"))));
    assert_eq!(fits(&FORM, FIELD, &answers), Some(Fit::Same));
    for (path, value) in [("ruling", "odmowa"), ("words", "Coś innego.")] {
        assert_eq!(fits(&FORM, FIELD, &with(&answers, path, Some(text(value)))), Some(Fit::Changed), "{path}");
    }
    let mut problems = Vec::new();
    let wrong = with(&answers, "ruling", Some(text("odmowa")));
    check(&FORM, FORM.decision, &wrong, &mut problems);
    assert_eq!(problems, [Problem::error("manager_signatures/a/drawing", CHANGED)]);
    problems.clear();
    check(&FORM, FORM.sections, &wrong, &mut problems);
    assert_eq!(problems, [], "the paper itself is not judged by what the manager signs");
}

#[test]
fn only_what_was_drawn_on_the_screen_is_bound() {
    let answers = signed(&FORM, SIGNED_BY, filled());
    assert_eq!(fits(&FORM, SIGNED_BY, &answers), Some(Fit::Same));
    assert_eq!(fits(&FORM, SIGNED_BY, &with(&answers, "signatures/a/seal", None)), Some(Fit::Unbound));
    let later = with(&answers, "signatures/a/seal", Some(text("2:abc")));
    assert_eq!(fits(&FORM, SIGNED_BY, &later), Some(Fit::Changed), "other rules of a newer program");
    for method in [Method::Paper, Method::Oral, Method::Refused, Method::Trusted, Method::Qualified] {
        let other = with(&answers, "signatures/a/method", Some(text(method.code())));
        assert_eq!(fits(&FORM, SIGNED_BY, &with(&other, "words", None)), None, "{method:?}");
    }
}

#[test]
fn a_paper_and_a_card_are_not_whole_with_a_signature_that_does_not_fit() {
    let form = form_of(Paper::Handover).unwrap();
    let paper = Answers::default().with(course::PAPER, Paper::Handover).with(CASE, RecordId(Uuid::from_u128(7)));
    let paper = signed(form, SIGNED_BY, with(&paper, "place", Some(text("Zbąszynek"))));
    let stale = |problems: Vec<Problem>| -> Vec<String> {
        let errors = problems.into_iter().filter(|problem| problem.weight == Weight::Error);
        errors.filter(|problem| [CHANGED, UNBOUND].contains(&problem.text.as_str())).map(|p| p.field).collect()
    };
    assert_eq!(stale(handover::FORM.check_on(&paper, day("2026-11-22"))), [""; 0]);
    let handed_in = paper.clone().with(course::LIFE, Life::Signed).with(course::HANDED_IN_ON, day("2026-11-22"));
    assert_eq!(stale(handover::FORM.check_on(&handed_in, day("2026-11-22"))), [""; 0]);
    let moved = with(&handed_in, "place", Some(text("Babimost")));
    assert_eq!(stale(handover::FORM.check_on(&moved, day("2026-11-22"))), ["signatures/a/drawing"]);
    assert_eq!(stale(handover::FORM.check_limits(&moved)), [""; 0], "a draft may wait for its signature");
    // Taken over from another paper of the same case: not the same content.
    let other = handed_in.with(course::PAPER, Paper::Note);
    assert_eq!(fits(form, SIGNED_BY, &other), Some(Fit::Changed));

    let card = Answers::default().with(visit_card::KIND, EntryKind::Visit).with(visit_card::OUTCOME, Outcome::Held);
    let draft = with(&card, "new_tasks/1/task", Some(text("Umówić wizytę u pediatry")));
    let draft = signed(&visit_card::FORM, SIGNED_BY, draft);
    // The tasks of the draft become records, and the entry refers to them.
    let mut entry = with(&draft, "new_tasks/1/task", None);
    entry.set_raw("new_tasks", Some(Value::Set([Uuid::from_u128(3).to_string()].into())));
    assert_eq!(stale(visit_card::FORM.check(&entry)), [""; 0]);
    let other = entry.with(visit_card::ACTIONS, "Rozmowa o czym innym.".into());
    assert_eq!(stale(visit_card::FORM.check(&other)), ["signatures/a/drawing"]);
}

#[test]
fn what_an_intake_makes_of_a_form_keeps_its_signatures_as_they_fit() {
    let written = signed(&FORM, SIGNED_BY, filled());
    let made = |written: &Answers| {
        let mut paper = with(written, "own/adres", None).with(CASE, RecordId(Uuid::from_u128(7)));
        take_along(&FORM, written, &mut paper);
        fits(&FORM, SIGNED_BY, &paper)
    };
    assert_eq!(made(&written), Some(Fit::Same));
    assert_eq!(made(&with(&written, "words", None)), Some(Fit::Changed));
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<bool>().prop_map(Value::Flag),
        any::<i64>().prop_map(Value::Number),
        "[a-ż0-9:;/ \n]{1,12}".prop_map(Value::Text),
        proptest::collection::btree_set("[a-c:0-9]{1,4}", 1..4).prop_map(Value::Set),
    ]
}

fn answers() -> impl Strategy<Value = Answers> {
    let path = prop_oneof![Just("words".to_owned()), "(rows|files|own)/[12]/(what|more)", "[a-z]{1,6}"];
    proptest::collection::btree_map(path, value(), 0..8).prop_map(Answers)
}

proptest! {
    /// Neither the order of writing nor storage nor blank answers change what was signed.
    #[test]
    fn the_same_content_has_the_same_seal(answers in answers(), blanks in proptest::collection::vec("[a-z]{7,9}", 0..4)) {
        let before = seal(&FORM, SIGNED_BY, &answers);
        let mut backwards = Answers::default();
        for (path, value) in answers.0.iter().rev() {
            backwards.set_raw(path, Some(value.clone()));
        }
        for blank in blanks {
            backwards.set_raw(&blank, Some(text(" ")));
        }
        let stored: Answers = serde_json::from_str(&serde_json::to_string(&backwards).unwrap()).unwrap();
        prop_assert_eq!(seal(&FORM, SIGNED_BY, &stored), before);
    }

    /// Two contents that differ have different bytes, whatever stands in them.
    #[test]
    fn other_content_has_other_bytes(one in answers(), other in answers()) {
        let counted = |answers: &Answers| -> Vec<(String, Value)> {
            let all = answers.0.iter().filter(|(path, value)| !value.is_blank() && counts(&FORM, path, answers, false));
            all.map(|(path, value)| (path.clone(), value.clone())).collect()
        };
        let same = counted(&one) == counted(&other);
        prop_assert_eq!(content(&FORM, SIGNED_BY, &one) == content(&FORM, SIGNED_BY, &other), same);
    }
}
