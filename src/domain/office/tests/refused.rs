//! What is not published, and what is said about it.

use super::*;

/// The only thing that is wrong with a draft: place and words.
fn flaw(code: &str, previous: Option<&Published>, draft: &Overlay) -> (String, String) {
    let problems = publish(subject(code), previous, draft, Rev(1)).unwrap_err();
    assert_eq!(problems.len(), 1, "{problems:#?}");
    (problems[0].field.clone(), problems[0].text.clone())
}

#[test]
fn what_is_needed_elsewhere_stays() {
    for (code, path, why) in [
        (NOTE, "doc_date", "jest wymagane."),
        (NOTE, "case_sign", "archiwum."),
        (NOTE, "urgent", ""),
        ("visit", "change_signal", ""),
        ("visit", "next_visit", "korzystają z niego terminy"),
        ("visit", "outcome", ""),
        ("visit", "institution", ""),
        ("case", "closing_note", "bywa wymagane."),
        ("case", "sign", "korzysta z niego sam program."),
        ("task", "followup", "korzysta z niego sam program."),
        ("NR_2", "completed_on", "korzystają z niego terminy"),
        ("NR_6", "sw_opinion", ""),
    ] {
        let (place, text) = flaw(code, None, &hidden(path));
        assert_eq!(place, ["hidden/", path].concat());
        assert!(text.contains("nie można ukryć: ") && text.contains(why), "{code} {path}: {text}");
    }
    let (_, text) = flaw("visit", None, &hidden("change_signal"));
    assert_eq!(
        text,
        "Pola „Zmiana sytuacji do zgłoszenia” nie można ukryć: zależy od niego pole „Na czym polega zmiana”."
    );
    assert!(publish(subject("visit"), None, &hidden("observations"), Rev(1)).is_ok());
}

#[test]
fn words_name_what_is_there_and_say_something() {
    for (draft, place, text) in [
        (reworded("no_such", "Nazwa"), "reworded/no_such", "W tym formularzu nie ma pola „no_such”"),
        (reworded("doc_date/x", "Nazwa"), "reworded/doc_date/x", "nie ma pola"),
        (reworded("signatures/role", "Kto"), "reworded/signatures/role", "nie ma pola"),
        (reworded("doc_date", "  "), "reworded/doc_date", "Pole „Data sporządzenia” – nazwa: wpisz tekst."),
        (reworded("doc_date", &"x".repeat(121)), "reworded/doc_date", "skróć do 120 znaków (jest 121)"),
        (hidden("no_such"), "hidden/no_such", "W tym formularzu nie ma pola „no_such”"),
    ] {
        let (found, said) = flaw(NOTE, None, &draft);
        assert_eq!(found, place);
        assert!(said.contains(text), "{said}");
    }
    let empty = Overlay { texts: [(Place::Clause, " ".to_owned())].into(), ..Overlay::default() };
    assert_eq!(flaw(NOTE, None, &empty).1, "Tekst „klauzula informacyjna”: wpisz tekst. Teraz jest pusto.");
    let (place, text) = flaw(NOTE, None, &Overlay::default());
    assert_eq!((place.as_str(), text.as_str()), ("version", "Nie ma czego ogłosić: nic się nie zmieniło od wersji 0."));
}

#[test]
fn own_fields_are_of_the_safe_kind() {
    let spoiled = |kind, spoil: &dyn Fn(&mut OwnField)| {
        let mut field = own("a", kind, "doc_date");
        spoil(&mut field);
        with_own(vec![field])
    };
    use OwnKind::*;
    let cases: Vec<(Overlay, &str)> = vec![
        (spoiled(Line, &|own| own.key = "dogs".into()), "ma zły klucz: zacznij go od „own_”"),
        (spoiled(Line, &|own| own.key = "own_".into()), "ma zły klucz"),
        (spoiled(Line, &|own| own.key = "own_Psy".into()), "ma zły klucz"),
        (spoiled(Line, &|own| own.key = "own_a/b".into()), "ma zły klucz"),
        (spoiled(Line, &|own| own.key = format!("own_{}", "a".repeat(40))), "ma zły klucz"),
        (spoiled(Line, &|own| own.label = String::new()), "Pole „own_a” – nazwa: wpisz tekst."),
        (spoiled(Line, &|own| own.help = "x".repeat(301)), "objaśnienie: skróć do 300"),
        (spoiled(Line, &|own| own.after = "nowhere".into()), "nie ma miejsca. Wybierz pole formularza"),
        (spoiled(Line, &|own| own.after = "own_a".into()), "nie ma miejsca"),
        (spoiled(Line, &|own| own.after = "decided_on".into()), "nie może stać w decyzji kierownika"),
        (spoiled(Number, &|own| own.unit = String::new()), "jednostka: wpisz tekst"),
        (spoiled(Number, &|own| own.range = Some((5, 5))), "ma zły zakres"),
        (spoiled(Number, &|own| own.range = Some((0, i64::MAX))), "ma zły zakres"),
        (spoiled(One, &|own| own.choices[1].withdrawn = true), "co najmniej dwóch odpowiedzi"),
        (spoiled(Many, &|own| own.choices.clear()), "co najmniej jednej odpowiedzi"),
        (spoiled(One, &|own| own.choices[0].code = String::new()), "odpowiedź „pierwsza” potrzebuje kodu"),
        (spoiled(One, &|own| own.choices[0].code = "mała".into()), "potrzebuje kodu"),
        (spoiled(One, &|own| own.choices[0].code = "B".into()), "ma kod innej odpowiedzi"),
        (spoiled(One, &|own| own.choices[0].label = String::new()), "wpisz tekst"),
    ];
    for (draft, text) in cases {
        let (place, said) = flaw(REPORT, None, &draft);
        assert!(place.starts_with("own/") && said.contains(text), "{place}: {said} – expected {text}");
    }
    let twice = with_own(vec![own("a", Line, "doc_date"), own("a", Date, "doc_date")]);
    assert!(flaw(NOTE, None, &twice).1.contains("ma klucz „own_a”, który ma już inne pole"));
    let required = with_own(vec![OwnField { required: true, ..own("a", Line, "sign") }]);
    assert!(flaw("case", None, &required).1.contains("nie może być wymagane"));
    let many: Vec<OwnField> = (0..31).map(|n| own(&format!("f{n}"), Line, "doc_date")).collect();
    assert!(flaw(NOTE, None, &with_own(many.clone())).1.starts_with("Pól własnych jest 31, a może być najwyżej 30."));
    let less = Overlay { hidden: ["own_f0".to_owned()].into(), ..with_own(many) };
    assert!(publish(subject(NOTE), None, &less, Rev(1)).is_ok(), "what is hidden does not count");
}

#[test]
fn a_key_means_the_same_for_ever() {
    let before = first(
        NOTE,
        &with_own(vec![
            own("a", OwnKind::Line, "doc_date"),
            own("n", OwnKind::Number, "doc_date"),
            own("c", OwnKind::One, "doc_date"),
        ]),
    );
    let changed = |change: &dyn Fn(&mut Vec<OwnField>)| {
        let mut draft = before.overlay.clone();
        change(&mut draft.own);
        flaw(NOTE, Some(&before), &draft)
    };
    assert_eq!(
        changed(&|own| own[0].kind = OwnKind::Date),
        (
            "own/own_a".to_owned(),
            "Pole „Pole a” miało rodzaj „jeden wiersz tekstu”, a wcześniejsze odpowiedzi zostają. Przywróć go albo \
             ukryj to pole i dodaj nowe."
                .to_owned()
        )
    );
    assert!(changed(&|own| own[1].unit = "zł".into()).1.contains("liczyło się w jednostce „szt.”"));
    assert!(changed(&|own| drop(own.remove(0))).1.contains("nie można usunąć, bo są dokumenty, w których stoi"));
    let (place, text) = changed(&|own| {
        own[2].choices.remove(0);
        own[2].choices.push(choice("C", "trzecia"));
    });
    assert_eq!(place, "own/own_c/A");
    assert!(text.contains("odpowiedzi „pierwsza” nie można usunąć. Oznacz ją jako wycofaną."), "{text}");
    assert_eq!(flaw(NOTE, Some(&before), &before.overlay).1, "Nie ma czego ogłosić: nic się nie zmieniło od wersji 1.");
    let last = Published { version: FormVersion::MOST_OVERLAYS, ..before.clone() };
    assert!(flaw(NOTE, Some(&last), &hidden_own(&before)).1.contains("największą możliwą liczbę wersji"));
}

fn hidden_own(published: &Published) -> Overlay {
    Overlay { hidden: ["own_a".to_owned()].into(), ..published.overlay.clone() }
}

#[test]
fn a_table_keeps_a_column_or_goes_as_a_whole() {
    let all = ["housing_title"].map(str::to_owned);
    assert!(publish(subject("NR_4"), None, &Overlay { hidden: all.into(), ..Overlay::default() }, Rev(1)).is_ok());
    let cells = ["emails/whose", "emails/note"].map(str::to_owned);
    assert!(publish(subject("NR_4"), None, &Overlay { hidden: cells.into(), ..Overlay::default() }, Rev(1)).is_ok());
    let relation = ["ecomap/relation", "ecomap/strength", "ecomap/with"].map(str::to_owned);
    assert!(
        publish(subject("NR_4"), None, &Overlay { hidden: relation.into(), ..Overlay::default() }, Rev(1)).is_err()
    );
}
