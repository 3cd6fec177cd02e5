//! Everything that an office has set: what it laid over the forms, its terms and its letterhead. Kept by the
//! office, carried to every device whole, and only when its tag says that it is newer.

use super::{FormVersion, Institution, Letterhead, Overlay, OwnField, Place, Published, Subject, Texts, lay, publish};
use crate::domain::{
    answer_words::{Referred, answer_words},
    deadlines::Settings,
    documents::RecordKind,
    form::{Answers, Field, Form, Problem, Value},
    ids::Rev,
    procedure::Paper,
    record::Record,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The office's own book.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OfficeBook {
    /// The revision of the office that last changed it: a device that has this one has all of it.
    pub tag: Rev,
    /// Lengths of terms and what else the procedure leaves to the office.
    pub settings: Settings,
    /// Published versions by the code of the form, oldest first. Forms of a newer program are kept.
    pub overlays: BTreeMap<String, Vec<Published>>,
    /// The head of its papers.
    pub letterhead: Letterhead,
    /// The institutions that it works with.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub directory: Vec<Institution>,
}

/// An answer that the form of a record has no field for: of a version that this device does not know yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    /// Where it stands.
    pub path: String,
    /// What was asked, as far as anybody here knows; else the path.
    pub label: String,
    /// What was answered, raw if need be.
    pub words: String,
}

impl OfficeBook {
    /// Reads what an office has kept or sent; nothing when a newer program wrote what this one does not know.
    pub fn read(body: &[u8]) -> Option<Self> {
        serde_json::from_slice(body).ok()
    }

    /// The form that a record of this version is filled in, checked, read and printed by. Of a version that is
    /// not known here yet the newest one; what that does not show, [`OfficeBook::beside`] does.
    pub fn form(&self, kind: RecordKind, answers: &Answers, version: u16) -> &'static Form {
        // A paper of a newer program has its course, and the rest of it stands beside.
        Subject::of(kind, answers).map_or(kind.form(), |subject| self.form_in(subject, version))
    }

    /// The form of a record, in the version that it was begun with.
    pub fn form_of(&self, record: &Record) -> &'static Form {
        self.form(record.kind, &record.answers, record.form)
    }

    /// The form that a new record begins with; its `version` is what the record states.
    pub fn newest(&self, subject: Subject) -> &'static Form {
        self.published(subject).last().map_or(subject.declared, |published| lay(subject, subject.declared, published))
    }

    /// The form of a subject in this version.
    pub fn form_in(&self, subject: Subject, version: u16) -> &'static Form {
        let declared = subject.declared_in(FormVersion::read(version).declaration);
        self.laid_in(subject, version).map_or(declared, |published| lay(subject, declared, published))
    }

    /// The newest form of a kind of record that has one form: an entry, a task, a card.
    pub fn newest_of(&self, kind: RecordKind) -> &'static Form {
        Subject::of(kind, &Answers::default()).map_or(kind.form(), |subject| self.newest(subject))
    }

    /// The newest form of a paper; nothing for those that are not filled in here.
    pub fn newest_paper(&self, paper: Paper) -> Option<&'static Form> {
        Subject::paper(paper).map(|subject| self.newest(subject))
    }

    /// What to say of a new record that states a version of its form which was never published here. Its device may
    /// remember what the office has lost; nobody can check it by a form that is not there.
    pub fn foreign_version(&self, record: &Record) -> Option<Problem> {
        let subject = Subject::of(record.kind, &record.answers)?;
        let stated = FormVersion::read(record.form).overlay;
        let published = self.published(subject);
        if stated == 0 || published.iter().any(|published| published.version == stated) {
            return None;
        }
        let last = published.last().map_or(0, |published| published.version);
        let title = subject.declared.title;
        let text = format!(
            "Formularz „{title}” wypełniono w wersji {stated}, której ośrodek nie ma (ostatnia: {last}). \
             Zsynchronizuj telefon albo odśwież stronę, potem zapisz to jeszcze raz."
        );
        Some(Problem::error("form", text))
    }

    /// A text of the office beside a form of this version.
    pub fn text(&self, subject: Subject, version: u16, place: Place) -> Option<&str> {
        self.laid_in(subject, version)?.overlay.texts.get(&place).map(String::as_str)
    }

    /// The texts of the office beside a record of this version.
    pub fn texts(&self, kind: RecordKind, answers: &Answers, version: u16) -> Texts {
        let Some(subject) = Subject::of(kind, answers) else { return Texts::default() };
        let text = |place| self.text(subject, version, place).map(str::to_owned);
        Texts { intro: text(Place::Intro), clause: text(Place::Clause), foot: text(Place::Foot) }
    }

    /// The texts of the office beside a record.
    pub fn texts_of(&self, record: &Record) -> Texts {
        self.texts(record.kind, &record.answers, record.form)
    }

    /// The versions that were published over a form, oldest first.
    pub fn published(&self, subject: Subject) -> &[Published] {
        self.overlays.get(subject.code).map(Vec::as_slice).unwrap_or_default()
    }

    /// Publishes a draft as the next version of a form. `tag` is the revision that this takes.
    ///
    /// # Errors
    /// What is wrong with it; see [`publish()`].
    pub fn publish(&mut self, subject: Subject, draft: &Overlay, tag: Rev) -> Result<u16, Vec<Problem>> {
        let next = publish(subject, self.published(subject).last(), draft, tag)?;
        let version = next.version;
        self.overlays.entry(subject.code.to_owned()).or_default().push(next);
        self.tag = tag;
        Ok(version)
    }

    /// What lies over a form in this version: nothing, that version, or the newest when it is not known.
    fn laid_in(&self, subject: Subject, version: u16) -> Option<&Published> {
        let wanted = FormVersion::read(version).overlay;
        let published = self.published(subject);
        if wanted == 0 {
            return None;
        }
        published.iter().find(|published| published.version == wanted).or(published.last())
    }

    /// The answers of a record that its form has no field for. They are shown, so that nothing is lost to sight.
    pub fn beside(&self, record: &Record, referred: &Referred) -> Vec<Beside> {
        let form = self.form_of(record);
        let course = record.kind.form();
        let knows = |path: &str| is_in(form, path) || is_in(course, path);
        let unknown = record.answers.0.iter().filter(|(path, value)| !value.is_blank() && !knows(path));
        let subject = Subject::of(record.kind, &record.answers);
        unknown.map(|(path, value)| self.told(subject, path, value, referred)).collect()
    }

    fn told(&self, subject: Option<Subject>, path: &str, value: &Value, referred: &Referred) -> Beside {
        let field = subject.and_then(|subject| self.field_of_any_version(subject, path));
        let label = field.map_or_else(|| path.to_owned(), |field| field.label.to_owned());
        let said = field.and_then(|field| answer_words(field, value, referred));
        let words = said.unwrap_or_else(|| raw_words(value));
        Beside { path: path.to_owned(), label, words }
    }

    /// A field of the form under any version, the newest first.
    fn field_of_any_version(&self, subject: Subject, path: &str) -> Option<&'static Field> {
        let laid = self.published(subject).iter().rev().map(|published| lay(subject, subject.declared, published));
        laid.chain([subject.declared]).find_map(|form| declared(form, path))
    }

    /// The words of an own answer by its code, also of one that was withdrawn: for lists and figures over records
    /// of several versions.
    pub fn own_word(&self, subject: Subject, key: &str, code: &str) -> Option<&str> {
        let own: &OwnField = self.published(subject).last()?.overlay.own(key)?;
        own.choice(code).map(|choice| choice.label.as_str())
    }
}

fn is_in(form: &Form, path: &str) -> bool {
    declared(form, path).is_some()
}

/// The field of an answer's path; rows have their id in it.
fn declared(form: &Form, path: &str) -> Option<&'static Field> {
    let mut steps = path.split('/');
    let field = form.field(steps.next()?)?;
    match (steps.next(), steps.next(), steps.next()) {
        (None, _, _) => Some(field),
        (Some(_row), Some(cell), None) => field.kind.cells()?.iter().find(|field| field.key == cell),
        _ => None,
    }
}

fn raw_words(value: &Value) -> String {
    match value {
        Value::Flag(true) => "tak".to_owned(),
        Value::Flag(false) => "nie".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        Value::Set(set) => set.iter().cloned().collect::<Vec<_>>().join("; "),
    }
}
