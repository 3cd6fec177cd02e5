//! What an office says about one form, as data.

use crate::domain::{
    form::{Choice, Sensitivity, choices},
    ids::Rev,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Own keys begin with it; no declared key does.
pub const OWN: &str = "own_";

/// What an office lays over one form. Fields are named by their path: `place`, and `items/kind` for a column of
/// a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Overlay {
    /// Declared fields in the office's words.
    pub reworded: BTreeMap<String, Reworded>,
    /// Optional and own fields that are not asked for.
    pub hidden: BTreeSet<String>,
    /// The office's own fields, in the order in which those after one field follow each other.
    pub own: Vec<OwnField>,
    /// Texts that stand beside the fields.
    pub texts: BTreeMap<Place, String>,
}

/// Other words for a declared field; what is empty stays as declared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reworded {
    /// The label.
    pub label: Option<String>,
    /// The line of help; an empty text takes it away.
    pub help: Option<String>,
}

/// A field that the office adds. It stays in the overlay for ever: what is no longer asked for is hidden.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnField {
    /// Stable name, beginning with [`OWN`].
    pub key: String,
    /// Polish label.
    pub label: String,
    /// One line of help, or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub help: String,
    /// What is answered.
    pub kind: OwnKind,
    /// Must it be answered?
    #[serde(default)]
    pub required: bool,
    /// Class of the data.
    #[serde(default)]
    pub class: Sensitivity,
    /// The field that it stands after, in the section of that one.
    pub after: String,
    /// What is counted, for numbers ("zł").
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// Smallest and largest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<(i64, i64)>,
    /// The list, for kinds that pick from one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<OwnChoice>,
}

choices! {
    /// What an own field may ask for: no more than what needs no code to be understood.
    OwnKind {
        Line = "LINE", "jeden wiersz tekstu";
        Text = "TEXT", "dłuższy tekst";
        Date = "DATE", "data";
        Number = "NUMBER", "liczba";
        Flag = "FLAG", "tak lub nie";
        One = "ONE", "jedna odpowiedź z listy";
        Many = "MANY", "kilka odpowiedzi z listy";
    }
}

impl OwnKind {
    /// Does it pick from a list?
    pub fn picks(self) -> bool {
        matches!(self, OwnKind::One | OwnKind::Many)
    }
}

/// One answer of an own list. It stays in the list for ever; what is no longer offered is withdrawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnChoice {
    /// The stable code that is stored.
    pub code: String,
    /// The Polish words.
    pub label: String,
    /// No longer offered. Papers of earlier versions keep it and its words.
    #[serde(default)]
    pub withdrawn: bool,
}

choices! {
    /// Where a text of the office stands.
    Place {
        Intro = "INTRO", "wprowadzenie nad formularzem";
        Clause = "CLAUSE", "klauzula informacyjna";
        Foot = "FOOT", "stopka dokumentu";
    }
}

/// The texts of the office beside a form, as they stand there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    /// Above the form.
    pub intro: Option<String>,
    /// The clause of information, below it.
    pub clause: Option<String>,
    /// Below everything.
    pub foot: Option<String>,
}

/// A published version. Made by [`super::publish`]; nothing in it changes any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// 1, 2, 3 … for each form.
    pub version: u16,
    /// Version of the declaration that it was checked against.
    pub declaration: u16,
    /// The revision of the office that its publishing took: by it the office knows who published it and when.
    #[serde(default)]
    pub tag: Rev,
    /// What it says.
    pub overlay: Overlay,
}

impl Overlay {
    /// The own field of that name.
    pub fn own(&self, key: &str) -> Option<&OwnField> {
        self.own.iter().find(|field| field.key == key)
    }

    /// The words that it has for a declared field.
    pub fn words(&self, path: &str) -> Option<&Reworded> {
        self.reworded.get(path)
    }
}

impl OwnField {
    /// The answers that are offered.
    pub fn offered(&self) -> impl Iterator<Item = &OwnChoice> {
        self.choices.iter().filter(|choice| !choice.withdrawn)
    }

    /// The answer of that code.
    pub fn choice(&self, code: &str) -> Option<&OwnChoice> {
        self.choices.iter().find(|choice| choice.code == code)
    }
}

impl OwnChoice {
    /// As forms hold it, for the life of the program.
    pub(super) fn kept(&self) -> Choice {
        Choice { code: self.code.clone().leak(), label: self.label.clone().leak() }
    }
}
