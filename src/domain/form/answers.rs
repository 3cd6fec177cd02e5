//! What has been written into a form so far: storable at any moment, merged key by key.

use crate::domain::{
    clock_text::{moment_text, read_moment, read_time, time_text},
    order::{map_of, set_of},
};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{Error, SeqAccess, Visitor},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    marker::PhantomData,
};

/// One answer. Written as plain JSON: a text, a whole number, yes/no, or a set of texts.
///
/// Dates, times, codes and references are texts (`2026-11-22`, `14:05`, `VISIT`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// Yes or no.
    Flag(bool),
    /// A whole number in the unit that its field names.
    Number(i64),
    /// Words, a date, a time, a code or a reference.
    Text(String),
    /// Several codes or references; merged element by element.
    Set(BTreeSet<String>),
}

impl Value {
    /// Nothing was really said: blank text or an empty set.
    pub fn is_blank(&self) -> bool {
        match self {
            Value::Text(text) => text.trim().is_empty(),
            Value::Set(set) => set.is_empty(),
            Value::Flag(_) | Value::Number(_) => false,
        }
    }

    /// The text, if it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The set, if it is one.
    pub fn set(&self) -> Option<&BTreeSet<String>> {
        match self {
            Value::Set(set) => Some(set),
            _ => None,
        }
    }
}

/// By hand: what serde writes for an enum without tags keeps a copy of every answer and describes, for
/// each kind that it is not, the whole text in an error that nobody reads. Most of a card is text.
impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an answer")
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Flag(flag))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        i64::try_from(number).map(Value::Number).map_err(|_| E::custom("number too large"))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        self.visit_string(text.to_owned())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Value, A::Error> {
        let mut set = BTreeSet::new();
        while let Some(text) = sequence.next_element()? {
            set.insert(text);
        }
        Ok(Value::Set(set))
    }
}

/// A type that an answer can be read as.
pub trait Cell: Sized {
    /// Reads an answer; `None` when it says something else.
    fn read(value: &Value) -> Option<Self>;
    /// Writes it as an answer.
    fn write(self) -> Value;
}

impl Cell for String {
    fn read(value: &Value) -> Option<Self> {
        value.text().map(str::to_owned)
    }
    fn write(self) -> Value {
        Value::Text(self)
    }
}

impl Cell for i64 {
    fn read(value: &Value) -> Option<Self> {
        match value {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }
    fn write(self) -> Value {
        Value::Number(self)
    }
}

impl Cell for bool {
    fn read(value: &Value) -> Option<Self> {
        match value {
            Value::Flag(flag) => Some(*flag),
            _ => None,
        }
    }
    fn write(self) -> Value {
        Value::Flag(self)
    }
}

impl Cell for NaiveDate {
    fn read(value: &Value) -> Option<Self> {
        value.text()?.parse().ok()
    }
    fn write(self) -> Value {
        Value::Text(self.to_string())
    }
}

impl Cell for NaiveTime {
    fn read(value: &Value) -> Option<Self> {
        read_time(value.text()?)
    }
    fn write(self) -> Value {
        Value::Text(time_text(self))
    }
}

impl Cell for NaiveDateTime {
    fn read(value: &Value) -> Option<Self> {
        read_moment(value.text()?)
    }
    fn write(self) -> Value {
        Value::Text(moment_text(self))
    }
}

/// Ids are answers too; a set of ids or codes is read by [`Answers::set_of`].
macro_rules! id_cells {
    ($($id:ty),*) => {$(
        impl Cell for $id {
            fn read(value: &Value) -> Option<Self> {
                value.text()?.parse().ok()
            }
            fn write(self) -> Value {
                Value::Text(self.to_string())
            }
        }
    )*};
}
id_cells!(
    crate::domain::ids::UserId,
    crate::domain::ids::FamilyId,
    crate::domain::ids::MemberId,
    crate::domain::ids::RecordId
);

impl Cell for BTreeSet<String> {
    fn read(value: &Value) -> Option<Self> {
        value.set().cloned()
    }
    fn write(self) -> Value {
        Value::Set(self)
    }
}

/// The name of a field together with the type of its answer.
pub struct Key<T> {
    name: &'static str,
    answer: PhantomData<fn() -> T>,
}

impl<T> Clone for Key<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Key<T> {}

impl<T> Key<T> {
    /// Names a field. Names are stable for ever: old papers are read by them.
    pub const fn new(name: &'static str) -> Self {
        Self { name, answer: PhantomData }
    }

    /// The stable name.
    pub const fn name(self) -> &'static str {
        self.name
    }
}

/// A flat map from field to answer. Keys that this version does not know are kept.
///
/// A cell of a repeating row has a key with the row's id in it: `members/<row>/born`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(pub BTreeMap<String, Value>);

impl Answers {
    /// The answer read as its type; `None` when missing or of another shape.
    pub fn get<T: Cell>(&self, key: Key<T>) -> Option<T> {
        T::read(self.0.get(key.name)?)
    }

    /// The text of a field, or an empty one.
    pub fn text(&self, key: Key<String>) -> &str {
        self.raw(key.name).and_then(Value::text).unwrap_or_default()
    }

    /// Writes an answer.
    pub fn put<T: Cell>(&mut self, key: Key<T>, answer: T) {
        self.0.insert(key.name.to_owned(), answer.write());
    }

    /// Writes an answer and hands the answers on; for building them in one expression.
    pub fn with<T: Cell>(mut self, key: Key<T>, answer: T) -> Self {
        self.put(key, answer);
        self
    }

    /// The answer as it stands.
    pub fn raw(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// Writes or (with `None`) takes away an answer by its name.
    pub fn set_raw(&mut self, name: &str, value: Option<Value>) {
        match value {
            Some(value) => self.0.insert(name.to_owned(), value),
            None => self.0.remove(name),
        };
    }

    /// Something was really said here.
    pub fn filled(&self, name: &str) -> bool {
        self.raw(name).is_some_and(|value| !value.is_blank())
    }

    /// The elements of a set that can be read as `T`; unknown ones are passed over.
    pub fn set_of<T: std::str::FromStr>(&self, key: Key<BTreeSet<String>>) -> Vec<T> {
        self.raw(key.name)
            .and_then(Value::set)
            .map(|set| set.iter().filter_map(|text| text.parse().ok()).collect())
            .unwrap_or_default()
    }

    /// Ids of the rows of a repeating field, in the order of their making.
    pub fn rows(&self, field: &str) -> BTreeSet<String> {
        let prefix = format!("{field}/");
        let cells = self.0.range(prefix.clone()..).map_while(|(key, _)| key.strip_prefix(&prefix));
        set_of(cells.filter_map(|rest| rest.split_once('/')).map(|(row, _)| row.to_owned()))
    }

    /// The cells of one row as answers of their own.
    pub fn row(&self, field: &str, row: &str) -> Answers {
        let prefix = format!("{field}/{row}/");
        let cells = self.0.range(prefix.clone()..);
        Answers(map_of(cells.map_while(|(key, value)| Some((key.strip_prefix(&prefix)?.to_owned(), value.clone())))))
    }

    /// Writes answers as the cells of one row.
    pub fn put_row(&mut self, field: &str, row: &str, cells: Answers) {
        for (key, value) in cells.0 {
            self.0.insert(format!("{field}/{row}/{key}"), value);
        }
    }

    /// Takes away a whole row.
    pub fn drop_row(&mut self, field: &str, row: &str) {
        let prefix = format!("{field}/{row}/");
        self.0.retain(|key, _| !key.starts_with(&prefix));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BORN: Key<NaiveDate> = Key::new("born");
    const NAME: Key<String> = Key::new("name");

    #[test]
    fn an_answer_survives_json_in_its_plain_shape() {
        let mut answers = Answers::default().with(NAME, "Żaneta".into());
        answers.set_raw("km", Some(Value::Number(125)));
        answers.set_raw("seen", Some(Value::Flag(true)));
        answers.set_raw("areas", Some(Value::Set(["A01".to_owned()].into())));
        let json = serde_json::to_string(&answers).unwrap();
        assert_eq!(json, r#"{"areas":["A01"],"km":125,"name":"Żaneta","seen":true}"#);
        assert_eq!(serde_json::from_str::<Answers>(&json).unwrap(), answers);
    }

    #[test]
    fn what_is_no_answer_is_refused() {
        for json in ["null", "1.5", "18446744073709551615", "{}", "[1]", r#"["a",null]"#] {
            assert!(serde_json::from_str::<Value>(json).is_err(), "{json}");
        }
        assert_eq!(serde_json::from_str::<Value>("-7").unwrap(), Value::Number(-7));
    }

    #[test]
    fn rows_are_cells_under_a_row_id() {
        let mut answers = Answers::default();
        let child = Answers::default().with(NAME, "Ola".into());
        answers.put_row("members", "b", child.clone());
        answers.put_row("members", "a", Answers::default().with(NAME, "Jan".into()));
        answers.set_raw("members2/x/name", Some(Value::Text("nie ten".into())));
        assert_eq!(answers.rows("members"), ["a".to_owned(), "b".to_owned()].into());
        assert_eq!(answers.row("members", "b"), child);
        answers.drop_row("members", "b");
        assert_eq!(answers.rows("members").len(), 1);
    }

    #[test]
    fn a_wrong_shape_reads_as_nothing() {
        let mut answers = Answers::default();
        answers.set_raw("born", Some(Value::Text("wczoraj".into())));
        assert_eq!(answers.get(BORN), None);
        assert!(answers.filled("born"));
    }
}
