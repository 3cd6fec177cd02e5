//! What an office's own fields must be like, and what of them never changes from version to version.

use super::{
    OWN, Overlay, OwnChoice, OwnField, OwnKind, Subject,
    flaws::Flaws,
    publish::{GREATEST, HELP, LABEL},
};
use crate::domain::form::Form;

/// Longest key and longest code, in bytes.
const NAME: usize = 40;
/// Longest unit.
const UNIT: usize = 20;
/// Answers that a list offers at most, and those that it has ever had.
const OFFERED: usize = 60;
const EVER: usize = 200;

pub(super) fn look_at_own(subject: Subject, before: &Overlay, draft: &Overlay, flaws: &mut Flaws) {
    for (index, own) in draft.own.iter().enumerate() {
        let earlier = &draft.own[..index];
        look_at_key(subject.declared, earlier, own, flaws);
        look_at_words(own, flaws);
        look_at_place(subject.declared, earlier, own, flaws);
        look_at_kind(own, flaws);
        // Nobody would be there to answer: steps of the procedure write this card.
        if subject.code == "case" && own.required {
            say(own, "nie może być wymagane: karta sprawy powstaje z kroków postępowania", flaws);
        }
        if let Some(then) = before.own(&own.key) {
            look_at_meaning(then, own, flaws);
        }
    }
    for gone in before.own.iter().filter(|own| draft.own(&own.key).is_none()) {
        say(gone, "nie można usunąć, bo są dokumenty, w których stoi. Ukryj je", flaws);
    }
}

/// "Pole „Liczba psów” …".
fn say(own: &OwnField, what: &str, flaws: &mut Flaws) {
    flaws.add("own", &own.key, [&name(own), " ", what, "."].concat());
}

fn name(own: &OwnField) -> String {
    let label = own.label.trim();
    ["Pole „", if label.is_empty() { &own.key } else { label }, "”"].concat()
}

fn look_at_key(form: &Form, earlier: &[OwnField], own: &OwnField, flaws: &mut Flaws) {
    let rest = own.key.strip_prefix(OWN).unwrap_or_default();
    let is_plain = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'_';
    if rest.is_empty() || own.key.len() > NAME || !rest.bytes().all(is_plain) {
        let text =
            "ma zły klucz: zacznij go od „own_”, dalej małe litery bez polskich znaków, cyfry i „_”, razem do 40";
        say(own, text, flaws);
    }
    if earlier.iter().any(|other| other.key == own.key) || form.field(&own.key).is_some() {
        let text = ["ma klucz „", &own.key, "”, który ma już inne pole. Nadaj mu inny"].concat();
        say(own, &text, flaws);
    }
}

fn look_at_words(own: &OwnField, flaws: &mut Flaws) {
    let what = name(own);
    flaws.line("own", &own.key, &[&what, " – nazwa"].concat(), &own.label, LABEL);
    flaws.length("own", &own.key, &[&what, " – objaśnienie"].concat(), &own.help, HELP);
}

/// Own fields stand in the paper itself, among fields that are known before them.
fn look_at_place(form: &Form, earlier: &[OwnField], own: &OwnField, flaws: &mut Flaws) {
    let stands_in = |sections: &[crate::domain::form::Section]| {
        sections.iter().flat_map(|section| section.fields).any(|field| field.key == own.after)
    };
    if stands_in(form.sections) || earlier.iter().any(|other| other.key == own.after) {
        return;
    }
    let text = if stands_in(form.decision) {
        "nie może stać w decyzji kierownika. Wybierz miejsce w treści dokumentu"
    } else {
        "nie ma miejsca. Wybierz pole formularza, po którym ma stać"
    };
    say(own, text, flaws);
}

fn look_at_kind(own: &OwnField, flaws: &mut Flaws) {
    match own.kind {
        OwnKind::Number => look_at_number(own, flaws),
        OwnKind::One | OwnKind::Many => look_at_choices(own, flaws),
        OwnKind::Line | OwnKind::Text | OwnKind::Date | OwnKind::Flag => {}
    }
}

fn look_at_number(own: &OwnField, flaws: &mut Flaws) {
    let what = [&name(own), " – jednostka"].concat();
    flaws.line("own", &own.key, &what, &own.unit, UNIT);
    let (min, max) = own.range.unwrap_or((0, GREATEST));
    if min >= max || min < -GREATEST || max > GREATEST {
        say(own, "ma zły zakres: najmniejsza liczba musi być mniejsza niż największa, a obie do miliarda", flaws);
    }
}

fn look_at_choices(own: &OwnField, flaws: &mut Flaws) {
    for (index, choice) in own.choices.iter().enumerate() {
        look_at_choice(own, &own.choices[..index], choice, flaws);
    }
    let least = if own.kind == OwnKind::One { 2 } else { 1 };
    let offered = own.offered().count();
    if offered < least {
        let text = if least == 2 {
            "potrzebuje co najmniej dwóch odpowiedzi"
        } else {
            "potrzebuje co najmniej jednej odpowiedzi"
        };
        say(own, text, flaws);
    }
    if offered > OFFERED || own.choices.len() > EVER {
        say(own, "ma za długą listę: najwyżej 60 odpowiedzi, z wycofanymi 200", flaws);
    }
}

fn look_at_choice(own: &OwnField, earlier: &[OwnChoice], choice: &OwnChoice, flaws: &mut Flaws) {
    let place = [&own.key, "/", &choice.code].concat();
    let what = [&name(own), ", odpowiedź „", &choice.label, "”"].concat();
    let is_plain = |letter: u8| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == b'_';
    if choice.code.is_empty() || choice.code.len() > NAME || !choice.code.bytes().all(is_plain) {
        let text = " potrzebuje kodu: wielkie litery bez polskich znaków, cyfry i „_”, do 40.";
        flaws.add("own", &place, [&what, text].concat());
    }
    if earlier.iter().any(|other| other.code == choice.code) {
        flaws.add("own", &place, [&what, " ma kod innej odpowiedzi. Nadaj jej inny."].concat());
    }
    flaws.line("own", &place, &what, &choice.label, LABEL);
}

/// What was answered under a key means the same for ever.
fn look_at_meaning(then: &OwnField, now: &OwnField, flaws: &mut Flaws) {
    if then.kind != now.kind {
        let text = [
            "miało rodzaj „",
            then.kind.label(),
            "”, a wcześniejsze odpowiedzi zostają. Przywróć go albo ukryj to pole i dodaj nowe",
        ];
        say(now, &text.concat(), flaws);
        return;
    }
    if then.kind == OwnKind::Number && then.unit != now.unit {
        let text = ["liczyło się w jednostce „", &then.unit, "”. Przywróć ją albo ukryj to pole i dodaj nowe"];
        say(now, &text.concat(), flaws);
    }
    for gone in then.choices.iter().filter(|choice| now.choice(&choice.code).is_none()) {
        let text = [&name(now), ": odpowiedzi „", &gone.label, "” nie można usunąć. Oznacz ją jako wycofaną."];
        flaws.add("own", &[&now.key, "/", &gone.code].concat(), text.concat());
    }
}
