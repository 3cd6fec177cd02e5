//! What is new in a version of a form, in words for people: "Dodano pole …", "Ukryto pole …".

use super::{Overlay, OwnChoice, OwnField, Place, Subject, flaws::called};
use crate::domain::{
    form::{Form, Sensitivity},
    order::set_of,
};

/// What changed from one overlay to another; [`Overlay::default`] is the declared form.
pub fn changes(subject: Subject, from: &Overlay, to: &Overlay) -> Vec<String> {
    let form = subject.declared;
    let mut changes = Vec::new();
    for own in &to.own {
        match from.own(&own.key) {
            None => changes.push(added(form, to, own)),
            Some(then) => own_changes(form, to, then, own, &mut changes),
        }
    }
    shown_and_hidden(form, from, to, &mut changes);
    reworded(form, from, to, &mut changes);
    texts(from, to, &mut changes);
    changes
}

/// "… pole „Nazwa”…".
fn say(before: &str, label: &str, after: &str) -> String {
    [before, " „", label, "”", after, "."].concat()
}

fn added(form: &Form, to: &Overlay, own: &OwnField) -> String {
    let asked = if own.required { ", wymagane" } else { "" };
    let rest = [asked, " (", own.kind.label(), "), po polu „", &called(form, to, &own.after), "”"].concat();
    say("Dodano pole", &own.label, &rest)
}

fn shown_and_hidden(form: &Form, from: &Overlay, to: &Overlay, changes: &mut Vec<String>) {
    for path in to.hidden.difference(&from.hidden) {
        changes.push(say("Ukryto pole", &called(form, to, path), ""));
    }
    for path in from.hidden.difference(&to.hidden) {
        changes.push(say("Przywrócono pole", &called(form, to, path), ""));
    }
}

fn reworded(form: &Form, from: &Overlay, to: &Overlay, changes: &mut Vec<String>) {
    let nothing = Overlay::default();
    for path in set_of(from.reworded.keys().chain(to.reworded.keys())) {
        let label = |overlay: &Overlay| {
            let own = overlay.words(path).and_then(|words| words.label.clone());
            own.unwrap_or_else(|| called(form, &nothing, path))
        };
        let (then, now) = (label(from), label(to));
        if then != now {
            changes.push(renamed(&then, &now));
        }
        let help = |overlay: &Overlay| overlay.words(path).and_then(|words| words.help.clone());
        if help(from) != help(to) {
            changes.push(say("Zmieniono objaśnienie pola", &now, ""));
        }
    }
}

fn renamed(then: &str, now: &str) -> String {
    say("Zmieniono nazwę pola", then, &[" na „", now, "”"].concat())
}

fn own_changes(form: &Form, to: &Overlay, then: &OwnField, now: &OwnField, changes: &mut Vec<String>) {
    if then.label != now.label {
        changes.push(renamed(&then.label, &now.label));
    }
    if then.help != now.help {
        changes.push(say("Zmieniono objaśnienie pola", &now.label, ""));
    }
    if then.required != now.required {
        let how = if now.required { " jest teraz wymagane" } else { " nie jest już wymagane" };
        changes.push(say("Pole", &now.label, how));
    }
    if then.class != now.class {
        changes.push(say("Pole", &now.label, &[" należy teraz do danych: ", class(now.class)].concat()));
    }
    if then.after != now.after {
        let place = [" za pole „", &called(form, to, &now.after), "”"].concat();
        changes.push(say("Przeniesiono pole", &now.label, &place));
    }
    if then.range != now.range {
        changes.push(say("Zmieniono zakres liczb w polu", &now.label, ""));
    }
    for choice in &now.choices {
        choice_changes(then, now, choice, changes);
    }
}

fn choice_changes(then: &OwnField, now: &OwnField, choice: &OwnChoice, changes: &mut Vec<String>) {
    let place = [" w polu „", &now.label, "”"].concat();
    let Some(before) = then.choice(&choice.code) else {
        changes.push(say("Dodano odpowiedź", &choice.label, &place));
        return;
    };
    if before.label != choice.label {
        let rest = [" na „", &choice.label, "”", &place].concat();
        changes.push(say("Zmieniono brzmienie odpowiedzi", &before.label, &rest));
    }
    match (before.withdrawn, choice.withdrawn) {
        (false, true) => changes.push(say("Wycofano odpowiedź", &choice.label, &place)),
        (true, false) => changes.push(say("Przywrócono odpowiedź", &choice.label, &place)),
        _ => {}
    }
}

fn texts(from: &Overlay, to: &Overlay, changes: &mut Vec<String>) {
    for place in Place::ALL {
        let what = match (from.texts.get(place), to.texts.get(place)) {
            (None, Some(_)) => "Dodano tekst",
            (Some(_), None) => "Usunięto tekst",
            (Some(then), Some(now)) if then != now => "Zmieniono tekst",
            _ => continue,
        };
        changes.push(say(what, place.label(), ""));
    }
}

fn class(class: Sensitivity) -> &'static str {
    match class {
        Sensitivity::Ordinary => "zwykłe",
        Sensitivity::Health => "o zdrowiu i podobne (art. 9 RODO)",
        Sensitivity::Criminal => "o skazaniach (art. 10 RODO)",
        Sensitivity::BlueCard => "„Niebieska Karta”",
    }
}
