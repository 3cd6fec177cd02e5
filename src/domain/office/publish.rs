//! Publishing: a draft of an overlay is checked against the declaration and the version before it, and becomes
//! the next version.

use super::{
    FormVersion, OWN, Overlay, OwnField, Published, Subject,
    flaws::{Flaws, called, declared},
    own::look_at_own,
    rules::columns,
    why_it_stays,
};
use crate::domain::{
    form::{Form, Problem},
    ids::Rev,
};

/// Greatest own number.
pub(super) const GREATEST: i64 = 1_000_000_000;
/// Longest label and longest line of help, as the screens bear them.
pub(super) const LABEL: usize = 120;
pub(super) const HELP: usize = 300;
/// Longest text beside a form.
const TEXT: usize = 8000;
/// Own fields that one form asks for, and those that it has ever had.
const SHOWN: usize = 30;
const EVER: usize = 120;

/// Makes the next version of a draft; `tag` is the revision of the office that it takes.
///
/// # Errors
/// Everything that is wrong with it, each at its place, in Polish, saying how to mend it.
pub fn publish(
    subject: Subject,
    previous: Option<&Published>,
    draft: &Overlay,
    tag: Rev,
) -> Result<Published, Vec<Problem>> {
    let form = subject.declared;
    let nothing = Overlay::default();
    let before = previous.map_or(&nothing, |published| &published.overlay);
    let last = previous.map_or(0, |published| published.version);
    let mut flaws = Flaws::default();
    look_at_reworded(form, draft, &mut flaws);
    look_at_hidden(subject, form, draft, &mut flaws);
    look_at_own(subject, before, draft, &mut flaws);
    look_at_number_of_fields(draft, &mut flaws);
    look_at_texts(draft, &mut flaws);
    if draft == before {
        flaws.add("version", "", format!("Nie ma czego ogłosić: nic się nie zmieniło od wersji {last}."));
    }
    if last >= FormVersion::MOST_OVERLAYS {
        flaws.add("version", "", "Ten formularz ma już największą możliwą liczbę wersji.");
    }
    if !flaws.0.is_empty() {
        return Err(flaws.0);
    }
    Ok(Published { version: last + 1, declaration: form.version, tag, overlay: draft.clone() })
}

fn look_at_reworded(form: &Form, draft: &Overlay, flaws: &mut Flaws) {
    for (path, words) in &draft.reworded {
        if path.starts_with(OWN) {
            flaws.add("reworded", path, "Nazwę pola własnego zmień w samym polu.");
            continue;
        }
        let Some(field) = declared(form, path) else {
            flaws.add("reworded", path, unknown(path));
            continue;
        };
        let what = ["Pole „", field.label, "”"].concat();
        if let Some(label) = &words.label {
            flaws.line("reworded", path, &[&what, " – nazwa"].concat(), label, LABEL);
        }
        if let Some(help) = &words.help {
            flaws.length("reworded", path, &[&what, " – objaśnienie"].concat(), help, HELP);
        }
    }
}

fn look_at_hidden(subject: Subject, form: &'static Form, draft: &Overlay, flaws: &mut Flaws) {
    for path in draft.hidden.iter().filter(|path| draft.own(path).is_none()) {
        if declared(form, path).is_none() {
            flaws.add("hidden", path, unknown(path));
        } else if let Some(why) = why_it_stays(subject, form, path) {
            let text = ["Pola „", &called(form, draft, path), "” nie można ukryć: ", &why, "."].concat();
            flaws.add("hidden", path, text);
        }
    }
    let is_hidden = |path: &str| draft.hidden.contains(path);
    for table in form.fields().filter(|field| !columns(field).is_empty() && !is_hidden(field.key)) {
        if columns(table).iter().all(|cell| is_hidden(&[table.key, "/", cell.key].concat())) {
            let text = ["W tabeli „", table.label, "” nie zostaje żadna kolumna. Ukryj całą tabelę."].concat();
            flaws.add("hidden", table.key, text);
        }
    }
}

fn look_at_number_of_fields(draft: &Overlay, flaws: &mut Flaws) {
    let shown = draft.own.iter().filter(|own| !is_hidden(draft, own)).count();
    if shown > SHOWN {
        let text =
            format!("Pól własnych jest {shown}, a może być najwyżej {SHOWN}. Ukryj te, o które już nie pytacie.");
        flaws.add("own", "", text);
    }
    if draft.own.len() > EVER {
        flaws.add("own", "", format!("Razem z ukrytymi może być najwyżej {EVER} pól własnych."));
    }
}

fn is_hidden(draft: &Overlay, own: &OwnField) -> bool {
    draft.hidden.contains(&own.key)
}

fn look_at_texts(draft: &Overlay, flaws: &mut Flaws) {
    for (place, text) in &draft.texts {
        let what = ["Tekst „", place.label(), "”"].concat();
        flaws.line("texts", place.code(), &what, text, TEXT);
    }
}

/// What to say of a name that is no field of the form.
pub(super) fn unknown(path: &str) -> String {
    ["W tym formularzu nie ma pola „", path, "”. Usuń je z nakładki albo wybierz inne."].concat()
}
