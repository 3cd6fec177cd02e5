//! Two versions of a paper or an entry beside each other, by the declaration of their form: each field is the same,
//! changed, added or removed, in the words in which people read it.
//!
//! One function for all: two plans, a report before and after it was returned, an entry and its correction.

mod pieces;
mod rows;

pub use pieces::Piece;

use super::{
    answer_words::Referred,
    documents::papers::course::{CORRECTIONS, FORM as COURSE, PAPER, SIGNED_PAGES},
    form::{Answers, Field, Form, Kind, Sensitivity},
    paper_words::Reader,
};
use pieces::{Cut, pieces, whole};

/// What became of a field, or of a row, from the older version to the newer one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It says the same.
    Same,
    /// It says something else.
    Changed,
    /// Only the newer version has it.
    Added,
    /// Only the older version has it.
    Removed,
}

impl Fate {
    /// In a word, for a mark beside it.
    pub fn label(self) -> &'static str {
        match self {
            Fate::Same => "bez zmian",
            Fate::Changed => "zmieniono",
            Fate::Added => "dodano",
            Fate::Removed => "usunięto",
        }
    }

    fn of(older: bool, newer: bool, is_same: bool) -> Self {
        match (older, newer) {
            (true, false) => Fate::Removed,
            (false, true) => Fate::Added,
            _ if is_same => Fate::Same,
            _ => Fate::Changed,
        }
    }
}

/// One answer in both versions. What is marked in the pieces, the other side does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Both {
    /// What became of it.
    pub fate: Fate,
    /// As the older version has it; nothing when it says nothing.
    pub older: Vec<Piece>,
    /// As the newer version has it.
    pub newer: Vec<Piece>,
}

impl Both {
    fn of(older: Option<&str>, newer: Option<&str>, cut: Cut) -> Option<Self> {
        let (marked_old, marked_new) = match (older, newer) {
            (Some(older), Some(newer)) => pieces(older, newer, cut),
            (older, newer) => (whole(older.unwrap_or_default(), true), whole(newer.unwrap_or_default(), true)),
        };
        if marked_old.is_empty() && marked_new.is_empty() {
            return None;
        }
        let is_same = !marked_old.iter().chain(&marked_new).any(|piece| piece.marked);
        Some(Self { fate: Fate::of(older.is_some(), newer.is_some(), is_same), older: marked_old, newer: marked_new })
    }

    /// Marks all of it: what changed cannot be said in words, as with a signature that was drawn anew.
    fn all_marked(mut self) -> Self {
        self.older.iter_mut().chain(&mut self.newer).for_each(|piece| piece.marked = true);
        Self { fate: if self.fate == Fate::Same { Fate::Changed } else { self.fate }, ..self }
    }
}

/// One row in both versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowPair {
    /// What became of it.
    pub fate: Fate,
    /// Whom or what it is about.
    pub title: String,
    /// Its cells: heads and answers.
    pub lines: Vec<(&'static str, Both)>,
}

/// One field in both versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemPair {
    /// A single answer.
    Line(&'static str, Both),
    /// Rows of several answers.
    Rows(&'static str, Vec<RowPair>),
}

impl ItemPair {
    fn is_same(&self) -> bool {
        match self {
            ItemPair::Line(_, both) => both.fate == Fate::Same,
            ItemPair::Rows(_, rows) => rows.iter().all(|row| row.fate == Fate::Same),
        }
    }

    fn differences(self) -> Option<Self> {
        match self {
            _ if self.is_same() => None,
            ItemPair::Rows(label, mut rows) => {
                rows.retain(|row| row.fate != Fate::Same);
                for row in rows.iter_mut().filter(|row| row.fate == Fate::Changed) {
                    row.lines.retain(|(_, both)| both.fate != Fate::Same);
                }
                Some(ItemPair::Rows(label, rows))
            }
            line => Some(line),
        }
    }
}

/// One part of a paper in both versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionPair {
    /// Its heading.
    pub title: &'static str,
    /// Its fields, in the order of the paper.
    pub items: Vec<ItemPair>,
}

/// Two versions of a paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// The parts that say something in one of them.
    pub sections: Vec<SectionPair>,
}

impl Comparison {
    /// Does the newer version say just what the older one says?
    pub fn is_same(&self) -> bool {
        self.sections.iter().all(|section| section.items.iter().all(ItemPair::is_same))
    }

    /// The differences alone.
    pub fn differences(self) -> Self {
        let sections = self.sections.into_iter().map(|section| SectionPair {
            items: section.items.into_iter().filter_map(ItemPair::differences).collect(),
            ..section
        });
        Self { sections: sections.filter(|section| !section.items.is_empty()).collect() }
    }

    /// How many fields and rows were changed, added and removed.
    pub fn counts(&self) -> [(Fate, usize); 3] {
        let fates: Vec<Fate> = self.sections.iter().flat_map(|section| &section.items).flat_map(fates).collect();
        [Fate::Changed, Fate::Added, Fate::Removed]
            .map(|asked| (asked, fates.iter().filter(|fate| **fate == asked).count()))
    }
}

fn fates(item: &ItemPair) -> Vec<Fate> {
    match item {
        ItemPair::Line(_, both) => vec![both.fate],
        ItemPair::Rows(_, rows) => rows.iter().map(|row| row.fate).collect(),
    }
}

/// One of the two versions.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// The form that it was begun with.
    pub form: &'static Form,
    /// What was answered.
    pub answers: &'a Answers,
}

/// Compares two versions of the same kind of paper. What `may_see` does not let pass stands in neither.
pub fn compare(
    older: Side<'_>,
    newer: Side<'_>,
    referred: &Referred,
    name_of: &dyn Fn(&str) -> String,
    may_see: fn(Sensitivity) -> bool,
) -> Comparison {
    let (of_older, of_newer) = (referred.within(older.answers), referred.within(newer.answers));
    let pair = Pair {
        older: (Reader { referred: &of_older, name_of, may_see, form: None }, older.answers),
        newer: (Reader { referred: &of_newer, name_of, may_see, form: None }, newer.answers),
    };
    let sections = parts(older, newer).into_iter().map(|(title, fields)| SectionPair {
        title,
        items: fields.into_iter().filter_map(|(old, new)| pair.item(old, new)).collect(),
    });
    Comparison { sections: sections.filter(|section| !section.items.is_empty()).collect() }
}

/// A field as each of the two forms declares it.
type Declared = (Option<&'static Field>, Option<&'static Field>);

/// The parts of both forms in the order of the newer one; what only the older one asks ends its part.
fn parts(older: Side<'_>, newer: Side<'_>) -> Vec<(&'static str, Vec<Declared>)> {
    let (old, new) = (asked(older), asked(newer));
    let find = |parts: &Parts, key: &str| {
        parts.iter().flat_map(|(_, fields)| fields).copied().find(|field: &&Field| field.key == key)
    };
    let mut parts: Vec<(&'static str, Vec<Declared>)> = new
        .iter()
        .map(|(title, fields)| (*title, fields.iter().map(|field| (find(&old, field.key), Some(*field))).collect()))
        .collect();
    for (title, fields) in &old {
        let gone = fields.iter().filter(|field| find(&new, field.key).is_none()).map(|field| (Some(*field), None));
        match parts.iter_mut().find(|(known, _)| known == title) {
            Some((_, known)) => known.extend(gone),
            None => parts.push((title, gone.collect())),
        }
    }
    parts
}

type Parts = Vec<(&'static str, Vec<&'static Field>)>;

/// Everything that a version may say: its form, the decision, and of a paper what was put beside it.
fn asked(side: Side<'_>) -> Parts {
    let sections = side.form.sections.iter().chain(side.form.decision);
    let mut parts: Parts = sections.map(|section| (section.title, section.fields.iter().collect())).collect();
    if side.answers.get(PAPER).is_some() {
        let beside = [CORRECTIONS, SIGNED_PAGES].into_iter().filter(|key| side.form.field(key).is_none());
        parts.push(("Po złożeniu", beside.filter_map(|key| COURSE.field(key)).collect()));
    }
    parts
}

/// Both versions, with how each is read.
struct Pair<'a> {
    older: (Reader<'a>, &'a Answers),
    newer: (Reader<'a>, &'a Answers),
}

impl Pair<'_> {
    fn item(&self, old: Option<&'static Field>, new: Option<&'static Field>) -> Option<ItemPair> {
        let field = new.or(old)?;
        if field.kind.cells().is_some() {
            let rows = self.rows(old, new, field);
            return (!rows.is_empty()).then_some(ItemPair::Rows(field.label, rows));
        }
        let ((reader_old, older), (reader_new, newer)) = (&self.older, &self.newer);
        let older = old.and_then(|field| reader_old.words(field, older));
        let newer = new.and_then(|field| reader_new.words(field, newer));
        Both::of(older.as_deref(), newer.as_deref(), cut(field.kind)).map(|both| ItemPair::Line(field.label, both))
    }

    /// Rows of both, in the order of their making.
    fn rows(&self, old: Option<&'static Field>, new: Option<&'static Field>, field: &'static Field) -> Vec<RowPair> {
        let read = |(reader, answers): &(Reader<'_>, &Answers), field: Option<&'static Field>| {
            field.map(|field| rows::read(reader, field, answers)).unwrap_or_default()
        };
        rows::paired(read(&self.older, old), read(&self.newer, new), field)
    }
}

/// Where an answer of this kind may be cut to mark what changed in it.
fn cut(kind: Kind) -> Cut {
    match kind {
        Kind::Text { .. } | Kind::Line { .. } => Cut::Words,
        Kind::Many(_) | Kind::Members | Kind::Goals | Kind::Records => Cut::Items,
        _ => Cut::Nowhere,
    }
}

/// Was anything said, in one of the two, that this reader does not see?
pub fn withholds(sides: [Side<'_>; 2], may_see: fn(Sensitivity) -> bool) -> bool {
    sides.iter().any(|side| super::paper_words::withholds(side.form, side.answers, may_see))
}

#[cfg(test)]
mod tests;
