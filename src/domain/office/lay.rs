//! The form that people see: a declaration with an overlay laid over it.
//!
//! Laid out once for each published version and kept for the life of the program, because everything reads
//! `&'static Form`. What is kept is bounded by what offices have published: [`super::publish`] limits how much one
//! version holds and how many there are, and sections that an overlay leaves alone are those of the declaration.

use super::{FormVersion, Overlay, OwnField, OwnKind, Published, Subject, why_it_stays};
use crate::domain::{
    documents::{RecordKind, visit_card::TOOK_PLACE},
    form::{Choice, Field, Form, Kind, Rule, Section},
};
use std::sync::{Mutex, PoisonError};

/// Longest answers of own fields of text.
const LINE: usize = 300;
const TEXT: usize = 4000;

/// A version that somebody opened.
struct Laid {
    declared: &'static Form,
    published: Published,
    form: &'static Form,
}

static KEPT: Mutex<Vec<Laid>> = Mutex::new(Vec::new());

/// The form of a published version over this declaration. The declaration may be another than the one that it was
/// checked against: what does not fit there is passed over, and own fields are never lost.
pub fn lay(subject: Subject, declared: &'static Form, published: &Published) -> &'static Form {
    // Nothing can be half done in it: whoever panicked meanwhile left it whole.
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    let known = kept.iter().find(|laid| std::ptr::eq(laid.declared, declared) && laid.published == *published);
    if let Some(laid) = known {
        return laid.form;
    }
    let form: &'static Form = Box::leak(Box::new(laid_out(subject, declared, published)));
    kept.push(Laid { declared, published: published.clone(), form });
    form
}

fn laid_out(subject: Subject, declared: &'static Form, published: &Published) -> Form {
    let layer = Layer { subject, declared, overlay: &published.overlay };
    let version = FormVersion { overlay: published.version, declaration: declared.version };
    Form {
        version: version.packed(),
        sections: sections(declared.sections, layer.body()),
        decision: sections(declared.decision, layer.decision()),
        rules: layer.rules(),
        ..*declared
    }
}

/// Sections with these fields; those that nothing changed in are the declared ones, and empty ones are left out.
fn sections(declared: &'static [Section], fields: Vec<Vec<Field>>) -> &'static [Section] {
    let mut sections = Vec::new();
    for (section, fields) in declared.iter().zip(fields).filter(|(_, fields)| !fields.is_empty()) {
        let fields = if fields == section.fields { section.fields } else { fields.leak() };
        sections.push(Section { title: section.title, fields });
    }
    if sections == declared { declared } else { sections.leak() }
}

struct Layer<'a> {
    subject: Subject,
    declared: &'static Form,
    overlay: &'a Overlay,
}

impl Layer<'_> {
    /// The fields of the paper itself, section by section, own ones among them.
    fn body(&self) -> Vec<Vec<Field>> {
        let mut sections: Vec<Vec<Field>> =
            self.declared.sections.iter().map(|section| section.fields.to_vec()).collect();
        // The last to stand after a field is put there first, so that they follow each other as listed.
        let mut waiting: Vec<&OwnField> = self.overlay.own.iter().collect();
        while let Some(place) = waiting.iter().rposition(|own| position(&sections, &own.after).is_some()) {
            let own = waiting.remove(place);
            if let Some((section, index)) = position(&sections, &own.after) {
                sections[section].insert(index + 1, self.kept_field(own));
            }
        }
        // Where they stood is gone from the declaration: they stand at the end.
        if let Some(last) = sections.last_mut() {
            last.extend(waiting.into_iter().map(|own| self.kept_field(own)));
        }
        sections.into_iter().map(|fields| self.shown(fields)).collect()
    }

    fn decision(&self) -> Vec<Vec<Field>> {
        self.declared.decision.iter().map(|section| self.shown(section.fields.to_vec())).collect()
    }

    fn kept_field(&self, own: &OwnField) -> Field {
        let field = kept_field(own);
        // Of a visit that did not take place nobody can say what the office asks of every visit.
        let of_visits = own.required && self.subject.code == RecordKind::Visit.code();
        if of_visits { field.required_when(TOOK_PLACE).shown_when(TOOK_PLACE) } else { field }
    }

    /// Without what is hidden, in the office's words.
    fn shown(&self, fields: Vec<Field>) -> Vec<Field> {
        fields.into_iter().filter(|field| !self.hides(field.key)).map(|field| self.worded(field, field.key)).collect()
    }

    fn hides(&self, path: &str) -> bool {
        self.overlay.hidden.contains(path) && why_it_stays(self.subject, self.declared, path).is_none()
    }

    fn worded(&self, mut field: Field, path: &str) -> Field {
        if let Some(words) = self.overlay.words(path) {
            field.label = words.label.as_ref().map_or(field.label, |label| kept_text(label));
            field.help = words.help.as_ref().map_or(field.help, |help| kept_text(help));
        }
        field.kind = match field.kind {
            Kind::Rows(cells) => Kind::Rows(self.cells(path, cells)),
            Kind::RowsOf(each, cells) => Kind::RowsOf(each, self.cells(path, cells)),
            other => other,
        };
        field
    }

    fn cells(&self, table: &str, cells: &'static [Field]) -> &'static [Field] {
        let path = |cell: &Field| [table, "/", cell.key].concat();
        let shown = cells.iter().filter(|cell| !self.hides(&path(cell)));
        let laid: Vec<Field> = shown.map(|cell| self.worded(*cell, &path(cell))).collect();
        if laid == cells { cells } else { laid.leak() }
    }

    /// The rules of what is still there.
    fn rules(&self) -> &'static [Rule] {
        let is_there = |rule: &&Rule| match rule.rows {
            None => !self.hides(rule.field),
            Some(table) => !self.hides(table) && !self.hides(&[table, "/", rule.field].concat()),
        };
        let rules: Vec<Rule> = self.declared.rules.iter().filter(is_there).copied().collect();
        if rules.len() == self.declared.rules.len() { self.declared.rules } else { rules.leak() }
    }
}

/// Section and place of a field.
fn position(sections: &[Vec<Field>], key: &str) -> Option<(usize, usize)> {
    sections.iter().enumerate().find_map(|(section, fields)| {
        let index = fields.iter().position(|field| field.key == key)?;
        Some((section, index))
    })
}

fn kept_field(own: &OwnField) -> Field {
    let field = Field::new(kept_text(&own.key), kept_text(&own.label), kept_kind(own))
        .help(kept_text(&own.help))
        .class(own.class);
    if own.required { field.required() } else { field }
}

fn kept_kind(own: &OwnField) -> Kind {
    let choices = || -> &'static [Choice] {
        let offered: Vec<Choice> = own.offered().map(|choice| choice.kept()).collect();
        offered.leak()
    };
    match own.kind {
        OwnKind::Line => Kind::Line { max: LINE },
        OwnKind::Text => Kind::Text { min: 0, max: TEXT },
        OwnKind::Date => Kind::Date,
        OwnKind::Number => {
            let (min, max) = own.range.unwrap_or((0, super::publish::GREATEST));
            Kind::Number { min, max, unit: kept_text(&own.unit) }
        }
        OwnKind::Flag => Kind::Flag,
        OwnKind::One => Kind::One(choices()),
        OwnKind::Many => Kind::Many(choices()),
    }
}

fn kept_text(text: &str) -> &'static str {
    if text.is_empty() { "" } else { text.to_owned().leak() }
}
