//! An overlay on the sheet of its editor: nothing of it is lost there, and what is wrong stands at its cell.

use super::{
    super::draft::{
        AFTER, CHOICES, FIELDS, HIDDEN, LABEL, OWN_FIELDS, cell_of, choice_row, choices_of, draft_answers,
        draft_problems, new_choice, new_own, overlay_of, own_of,
    },
    *,
};
use crate::domain::form::{Answers, Value};

fn edited(overlay: &Overlay, edit: impl FnOnce(&mut Answers)) -> Overlay {
    let mut answers = draft_answers(subject(NOTE), overlay);
    edit(&mut answers);
    overlay_of(subject(NOTE), &answers)
}

fn put(answers: &mut Answers, path: &str, text: &str) {
    answers.set_raw(path, (!text.is_empty()).then(|| Value::Text(text.to_owned())));
}

#[test]
fn an_overlay_comes_back_as_it_went_onto_the_sheet() {
    let mut overlay = with_own(vec![
        own("b", OwnKind::One, "doc_date"),
        OwnField { range: Some((1, 5)), required: true, ..own("a", OwnKind::Number, "own_b") },
        OwnField { class: Sensitivity::BlueCard, ..own("c", OwnKind::Many, "place") },
    ]);
    overlay.own[0].choices[1].withdrawn = true;
    overlay.reworded = reworded("doc_date", "Dzień").reworded;
    overlay.reworded.insert("notified/at".into(), Reworded { label: None, help: Some("W przybliżeniu.".into()) });
    overlay.reworded.insert("facts".into(), Reworded { label: None, help: Some(String::new()) });
    overlay.hidden = ["own_c", "source_note"].map(str::to_owned).into();
    overlay.texts.insert(Place::Clause, "Administratorem jest ośrodek.\nDane są chronione.".into());
    for overlay in [overlay, Overlay::default()] {
        assert_eq!(edited(&overlay, |_| {}), overlay);
    }
    for subject in Subject::all() {
        let answers = draft_answers(subject, &Overlay::default());
        assert_eq!(overlay_of(subject, &answers), Overlay::default(), "{}", subject.code);
    }
}

#[test]
fn what_somebody_does_on_the_sheet_is_what_the_overlay_says() {
    let renamed = edited(&Overlay::default(), |sheet| put(sheet, "field/doc_date/label", "Dzień"));
    assert_eq!(renamed, reworded("doc_date", "Dzień"));
    let declared = subject(NOTE).declared.field("doc_date").unwrap().label;
    assert_eq!(edited(&renamed, |sheet| put(sheet, "field/doc_date/label", declared)), Overlay::default());
    let cell = [FIELDS, "/", "source_note", "/", HIDDEN.name()].concat();
    assert_eq!(
        edited(&Overlay::default(), |sheet| sheet.set_raw(&cell, Some(Value::Flag(true)))),
        hidden("source_note")
    );
    let back = edited(&hidden("source_note"), |sheet| sheet.set_raw(&cell, Some(Value::Flag(false))));
    assert_eq!(back, Overlay::default());

    let mut sheet = draft_answers(subject(NOTE), &with_own(vec![own("x", OwnKind::One, "doc_date")]));
    let (key, row) = new_own(&sheet, "place");
    sheet.put_row(OWN_FIELDS, &key, row.with(LABEL, "Psy".into()));
    let (second, row) = new_own(&sheet, "place");
    sheet.put_row(OWN_FIELDS, &second, row);
    assert_eq!(own_of(&sheet), ["own_x", &key, &second]);
    let (choice, row) = new_choice(&sheet, "own_x");
    sheet.put_row(CHOICES, &choice, row.with(LABEL, "trzecia".into()));
    let overlay = overlay_of(subject(NOTE), &sheet);
    assert_eq!(overlay.own[1].after, "place");
    assert_eq!(overlay.own[0].choices.len(), 3);
    assert_eq!(overlay.own[0].choices[2].label, "trzecia");
    assert_eq!(sheet.row(OWN_FIELDS, &key).text(AFTER), "place");
    sheet.drop_row(CHOICES, &choice);
    assert_eq!(choices_of(&sheet, "own_x"), ["A", "B"]);
}

#[test]
fn what_is_wrong_stands_at_its_cell() {
    let before = first(NOTE, &with_own(vec![own("x", OwnKind::One, "doc_date")]));
    let sheet = draft_answers(subject(NOTE), &before.overlay);
    let fields = |answers: &Answers| -> Vec<String> {
        let problems = draft_problems(subject(NOTE), Some(&before), answers);
        problems.into_iter().map(|problem| problem.field).collect()
    };
    assert_eq!(fields(&sheet), [""; 0], "nothing was done to it yet");
    let with = |edit: &dyn Fn(&mut Answers)| {
        let mut edited = sheet.clone();
        edit(&mut edited);
        fields(&edited)
    };
    assert_eq!(with(&|sheet| put(sheet, "field/doc_date/label", "")), ["field/doc_date/label"]);
    let hide = |path: &'static str| move |sheet: &mut Answers| sheet.set_raw(path, Some(Value::Flag(true)));
    assert_eq!(with(&hide("field/doc_date/hidden")), ["field/doc_date/hidden"]);
    assert_eq!(with(&hide("field/notified.who/hidden")), ["field/notified.who/hidden"]);
    assert_eq!(with(&|sheet| put(sheet, "own/own_x/label", "")), ["own/own_x/label"]);
    assert_eq!(with(&|sheet| put(sheet, "choice/own_x.A/label", "")), ["choice/own_x.A/label"]);
    assert_eq!(
        with(&|sheet| sheet.drop_row(CHOICES, &choice_row("own_x", "A"))).len(),
        2,
        "it is gone, and one is left"
    );
    assert_eq!(with(&|sheet| put(sheet, "own/own_x/kind", "LINE")), ["own/own_x/label"]);
    let number = |sheet: &mut Answers| {
        let (key, row) = new_own(sheet, "place");
        sheet.put_row(OWN_FIELDS, &key, row.with(LABEL, "Psy".into()));
        put(sheet, "own/own_pole_2/kind", "NUMBER");
        put(sheet, "own/own_pole_2/unit", "szt.");
        put(sheet, "own/own_pole_2/min", "dużo");
    };
    assert_eq!(with(&number), ["own/own_pole_2/min"]);
    assert_eq!(cell_of("texts/CLAUSE"), "text/CLAUSE/text");
    assert_eq!(cell_of("hidden/own_x"), "own/own_x/hidden");
}
