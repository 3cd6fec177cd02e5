//! The form that people see, and the version that it is opened in.

use super::*;
use crate::domain::{
    answer_words::{Referred, filled},
    documents::{
        RecordKind, declaration,
        papers::course::{LIFE, PAPER},
        visit_card,
    },
    form::{Answers, Kind, Value},
    paper_words,
    procedure::{Life, Paper},
    record::Record,
};

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn note(version: u16, more: &[(&str, Value)]) -> Record {
    let mut answers = Answers::default().with(PAPER, Paper::Note).with(LIFE, Life::Draft);
    for (path, value) in more {
        answers.set_raw(path, Some(value.clone()));
    }
    Record { form: version, ..crate::domain::testing::record(1, RecordKind::Paper, answers) }
}

fn book(drafts: &[&Overlay]) -> OfficeBook {
    let mut book = OfficeBook::default();
    for (draft, rev) in drafts.iter().zip(1..) {
        book.publish(subject(NOTE), draft, Rev(rev)).unwrap_or_else(|problems| panic!("{problems:#?}"));
    }
    book
}

#[test]
fn nothing_laid_over_is_the_declaration_itself() {
    let book = OfficeBook::default();
    for subject in Subject::all() {
        assert!(std::ptr::eq(book.newest(subject), subject.declared), "{}", subject.code);
    }
    let record = note(1, &[]);
    assert!(std::ptr::eq(book.form_of(&record), declaration(record.kind, &record.answers)));
    let foreign = Record { answers: Answers::default(), ..record };
    assert!(std::ptr::eq(book.form_of(&foreign), RecordKind::Paper.form()), "a paper of a newer program");
}

/// Nobody can say of a visit that did not take place what the office wants to know of every visit.
#[test]
fn what_an_office_requires_of_visits_is_asked_of_those_that_took_place() {
    let must = |name: &str| OwnField { required: true, ..own(name, OwnKind::Line, "actions") };
    let draft = with_own(vec![must("must"), own("may", OwnKind::Line, "actions")]);
    let form = lay(subject("visit"), subject("visit").declared, &first("visit", &draft));
    let of = |outcome: &str| {
        let mut answers = Answers::default();
        answers.set_raw("kind", Some(text("VISIT")));
        answers.set_raw("outcome", Some(text(outcome)));
        let asked = |key: &str| form.field(key).unwrap().is_shown(&answers);
        let missing = form.check(&answers).iter().any(|problem| problem.field == "own_must");
        (asked("own_must"), missing, asked("own_may"))
    };
    assert_eq!(of("HELD"), (true, true, true));
    assert_eq!(of("NOBODY_HOME"), (false, false, true));
    // Of any other form it is asked always.
    let form = lay(
        subject(NOTE),
        subject(NOTE).declared,
        &first(NOTE, &with_own(vec![OwnField { after: "place".into(), ..must("must") }])),
    );
    assert!(form.check(&Answers::default()).iter().any(|problem| problem.field == "own_must"));
}

#[test]
fn own_fields_stand_where_they_were_put_and_in_their_order() {
    let draft = with_own(vec![
        own("a", OwnKind::Line, "doc_date"),
        own("b", OwnKind::Number, "own_a"),
        own("c", OwnKind::Flag, "doc_date"),
        own("d", OwnKind::Many, "place"),
    ]);
    let form = lay(subject(NOTE), subject(NOTE).declared, &first(NOTE, &draft));
    let declared = keys(subject(NOTE).declared);
    let expected = [&declared[..3], &["own_d"], &declared[3..4], &["own_a", "own_b", "own_c"], &declared[4..]].concat();
    assert_eq!(keys(form), expected, "place and doc_date are the third and fourth");
    assert_eq!(form.field("own_b").unwrap().kind, Kind::Number { min: 0, max: 1_000_000_000, unit: "szt." });
    // What stood after a field that the declaration no longer has comes last, and is not lost.
    let mut stray = first(NOTE, &draft);
    stray.overlay.own[0].after = "gone".into();
    let form = lay(subject(NOTE), subject(NOTE).declared, &stray);
    assert_eq!(keys(form).last(), Some(&"own_b"));
}

#[test]
fn a_form_is_laid_out_once() {
    let published = first(NOTE, &with_own(vec![own("once", OwnKind::Line, "doc_date")]));
    let form = lay(subject(NOTE), subject(NOTE).declared, &published);
    assert!(std::ptr::eq(form, lay(subject(NOTE), subject(NOTE).declared, &published.clone())));
    let untouched = |title: &str| {
        let section = |form: &crate::domain::form::Form| *form.sections.iter().find(|one| one.title == title).unwrap();
        std::ptr::eq(section(form).fields, section(subject(NOTE).declared).fields)
    };
    assert!(!untouched("Dokument") && untouched("Podpisy"), "only what differs is laid out anew");
    assert_ne!(form.version, subject(NOTE).declared.version);
    assert_eq!(FormVersion::read(form.version), FormVersion { overlay: 1, declaration: 1 });
}

#[test]
fn words_change_and_optional_fields_go() {
    let mut draft = reworded("emails/whose", "Kogo dotyczy");
    draft.reworded.insert("doc_date".into(), Reworded { label: Some("Dzień".into()), help: Some("Z pisma.".into()) });
    draft.hidden = ["emails/note", "past_help", "housing_title"].map(str::to_owned).into();
    let form = lay(subject("NR_4"), subject("NR_4").declared, &first("NR_4", &draft));
    assert_eq!((form.field("doc_date").unwrap().label, form.field("doc_date").unwrap().help), ("Dzień", "Z pisma."));
    let emails = form.field("emails").unwrap().kind.cells().unwrap();
    assert!(emails.iter().any(|cell| cell.label == "Kogo dotyczy"));
    assert!(!emails.iter().any(|cell| cell.key == "note"));
    assert!(form.field("past_help").is_none() && form.field("housing_title").is_none());
}

/// Every form of the program, with everything gone that may go.
#[test]
fn what_is_left_holds_together() {
    let mut tried = 0;
    for subject in Subject::all() {
        let mut draft = with_own(vec![]);
        for field in subject.declared.fields() {
            let columns = rules::columns(field).iter().map(|cell| [field.key, "/", cell.key].concat());
            let may_go = |path: &String| why_it_stays(subject, subject.declared, path).is_none();
            // Columns go where their table stays.
            let gone: Vec<String> = match may_go(&field.key.to_owned()) {
                true => vec![field.key.to_owned()],
                false => columns.filter(may_go).collect(),
            };
            draft.hidden.extend(gone);
        }
        if draft.hidden.is_empty() {
            continue;
        }
        tried += 1;
        let form = lay(subject, subject.declared, &first(subject.code, &draft));
        assert_eq!(crate::domain::form::coherence::flaws(form), [""; 0], "{}", subject.code);
        let left = |path: &str| form.field(path).is_some();
        assert!(draft.hidden.iter().filter(|path| !path.contains('/')).all(|path| !left(path)), "{}", subject.code);
    }
    assert!(tried > 20, "{tried}");
}

#[test]
fn a_required_own_field_is_asked_for_as_any_other() {
    let required = OwnField { required: true, ..own("pets", OwnKind::One, "actions") };
    let published = publish(subject("visit"), None, &with_own(vec![required]), Rev(1)).unwrap();
    let form = lay(subject("visit"), &visit_card::FORM, &published);
    assert!(form.field("own_pets").unwrap().is_required(&Answers::default()));
    let said = |answers: &Answers| -> Vec<String> {
        let problems = form.check(answers).into_iter().filter(|problem| problem.field == "own_pets");
        problems.map(|problem| problem.text).collect()
    };
    let mut answers = Answers::default();
    assert_eq!(said(&answers), ["Wybierz: pole pets."]);
    answers.set_raw("own_pets", Some(text("Z")));
    assert_eq!(said(&answers), ["Wybierz pozycję z listy."]);
    answers.set_raw("own_pets", Some(text("B")));
    assert_eq!(said(&answers), [""; 0]);
    let lines = filled(form, &answers, &Referred::default(), &[], |_| true);
    assert_eq!(lines, [("Pole pets".to_owned(), "druga".to_owned())]);
    let sections = paper_words::sections(form, &answers, &Referred::default(), &str::to_owned, |_| true);
    assert_eq!(sections.len(), 1);
}

#[test]
fn a_paper_opens_in_its_version_for_ever() {
    let first = with_own(vec![own("c", OwnKind::One, "doc_date")]);
    let mut second = first.clone();
    second.own[0].label = "Inaczej".into();
    second.own[0].choices.push(choice("C", "trzecia"));
    second.own[0].choices[0].withdrawn = true;
    let mut third = second.clone();
    third.hidden.insert("own_c".into());
    let book = book(&[&first, &second, &third]);
    assert_eq!(book.tag, Rev(3));
    let version = |overlay| FormVersion { overlay, declaration: 1 }.packed();
    let said = |overlay, code: &str| {
        let record = note(version(overlay), &[("own_c", text(code))]);
        filled(book.form_of(&record), &record.answers, &Referred::default(), &[], |_| true)
    };
    let line = |label: &str, words: &str| vec![(label.to_owned(), words.to_owned())];
    assert_eq!(said(1, "A"), line("Pole c", "pierwsza"));
    assert_eq!(said(2, "B"), line("Inaczej", "druga"));
    let offered = |overlay| match book.form_in(subject(NOTE), version(overlay)).field("own_c").unwrap().kind {
        Kind::One(choices) => choices.iter().map(|choice| choice.code).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!((offered(1), offered(2)), (vec!["A", "B"], vec!["B", "C"]), "what was withdrawn is no longer offered");
    assert!(said(3, "B").is_empty());
    // Begun before anything was laid over: the declaration.
    assert!(std::ptr::eq(book.form_of(&note(1, &[])), subject(NOTE).declared));
    assert_eq!(book.newest(subject(NOTE)).version, version(3));
    // The words of an answer that was withdrawn are still known to lists over many papers.
    assert_eq!(book.own_word(subject(NOTE), "own_c", "A"), Some("pierwsza"));
}

#[test]
fn a_version_that_is_not_known_yet_shows_everything() {
    let book = book(&[&with_own(vec![own("c", OwnKind::One, "doc_date")])]);
    let newer = FormVersion { overlay: 7, declaration: 3 }.packed();
    let tomorrow: Value = Value::Set(["X".to_owned(), "Y".to_owned()].into());
    let record = note(newer, &[("own_c", text("A")), ("own_new", tomorrow), ("brand_new/r1/x", Value::Number(3))]);
    let form = book.form_of(&record);
    assert!(std::ptr::eq(form, book.newest(subject(NOTE))));
    let beside = book.beside(&record, &Referred::default());
    let told: Vec<(&str, &str)> = beside.iter().map(|one| (one.label.as_str(), one.words.as_str())).collect();
    assert_eq!(told, [("brand_new/r1/x", "3"), ("own_new", "X; Y")]);
    // What only another version asks for is told in its words.
    let earlier = note(1, &[("own_c", text("A"))]);
    let beside = book.beside(&earlier, &Referred::default());
    assert_eq!((beside[0].label.as_str(), beside[0].words.as_str()), ("Pole c", "pierwsza"));
}

#[test]
fn texts_belong_to_versions_too() {
    let with = |words: &str| Overlay { texts: [(Place::Clause, words.to_owned())].into(), ..Overlay::default() };
    let book = book(&[&with("Administratorem jest ośrodek."), &with("Administratorem jest CUS.")]);
    let text = |overlay, place| book.text(subject(NOTE), FormVersion { overlay, declaration: 1 }.packed(), place);
    assert_eq!(text(1, Place::Clause), Some("Administratorem jest ośrodek."));
    assert_eq!(text(2, Place::Clause), Some("Administratorem jest CUS."));
    assert_eq!((text(0, Place::Clause), text(2, Place::Foot)), (None, None));
}

#[test]
fn versions_are_compared_in_words() {
    let mut before = with_own(vec![own("c", OwnKind::One, "doc_date"), own("n", OwnKind::Number, "doc_date")]);
    before.reworded = reworded("place", "Gdzie").reworded;
    let mut after = before.clone();
    after.own.push(OwnField { required: true, ..own("z", OwnKind::Date, "own_c") });
    after.own[0].label = "Nowa nazwa".into();
    after.own[0].choices.push(choice("C", "trzecia"));
    after.own[0].choices[0].withdrawn = true;
    after.own[0].choices[1].label = "inna".into();
    after.own[1].required = true;
    after.own[1].range = Some((1, 5));
    after.own[1].class = Sensitivity::Health;
    after.own[1].after = "place".into();
    after.hidden.insert("source_note".into());
    after.reworded = reworded("doc_date", "Dzień").reworded;
    after.texts.insert(Place::Foot, "Koniec.".into());
    assert_eq!(
        changes(subject(NOTE), &before, &after),
        [
            "Zmieniono nazwę pola „Pole c” na „Nowa nazwa”.",
            "Wycofano odpowiedź „pierwsza” w polu „Nowa nazwa”.",
            "Zmieniono brzmienie odpowiedzi „druga” na „inna” w polu „Nowa nazwa”.",
            "Dodano odpowiedź „trzecia” w polu „Nowa nazwa”.",
            "Pole „Pole n” jest teraz wymagane.",
            "Pole „Pole n” należy teraz do danych: o zdrowiu i podobne (art. 9 RODO).",
            "Przeniesiono pole „Pole n” za pole „Miejscowość”.",
            "Zmieniono zakres liczb w polu „Pole n”.",
            "Dodano pole „Pole z”, wymagane (data), po polu „Nowa nazwa”.",
            "Ukryto pole „Czyja relacja, jaki dokument”.",
            "Zmieniono nazwę pola „Data sporządzenia” na „Dzień”.",
            "Zmieniono nazwę pola „Gdzie” na „Miejscowość”.",
            "Dodano tekst „stopka dokumentu”.",
        ]
    );
    assert_eq!(changes(subject(NOTE), &before, &before), [""; 0]);
    assert_eq!(changes(subject("NR_4"), &hidden("emails/note"), &Overlay::default()).len(), 1);
}
