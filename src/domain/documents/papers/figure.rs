//! A value that stands in a paper because it stands in records already, and which records those are: what is
//! there when a paper opens and what is counted for it have the same shape.

use crate::domain::{
    form::{Answers, Cell, Value},
    ids::RecordId,
    record::Record,
};

/// A value of a paper together with the records that it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Where it stands: a field, or `table/row/cell`.
    pub path: String,
    /// What stands there.
    pub value: Value,
    /// The records that it was read or counted from, in their order; nothing for what follows from the day or
    /// the person.
    pub from: Vec<RecordId>,
}

/// Figures as they are found, one after another.
#[derive(Debug, Default)]
pub(super) struct Found(pub Vec<Figure>);

impl Found {
    /// A value with its sources; what says nothing is left out.
    pub fn put(&mut self, path: impl Into<String>, value: Option<Value>, from: &[RecordId]) {
        if let Some(value) = value.filter(|value| !value.is_blank()) {
            self.0.push(Figure { path: path.into(), value, from: from.to_vec() });
        }
    }

    /// A value that is known without any record: the day, the person.
    pub fn known(&mut self, path: &str, value: impl Cell) {
        self.put(path, Some(value.write()), &[]);
    }

    /// A value of one record, read by `key`.
    pub fn copy(&mut self, path: impl Into<String>, record: Option<&Record>, key: &str) {
        if let Some(record) = record {
            self.put(path, record.answers.raw(key).cloned(), &[record.id]);
        }
    }

    /// Words, cut to what the field takes.
    pub fn words(&mut self, path: impl Into<String>, words: &str, max: usize, from: &[RecordId]) {
        self.put(path, Some(Value::Text(clipped(words.trim(), max))), from);
    }

    /// A cell of a row.
    pub fn cell(&mut self, (table, row): (&str, &str), cell: &str, value: Option<Value>, from: &[RecordId]) {
        self.put(format!("{table}/{row}/{cell}"), value, from);
    }

    /// Has something been found for this place?
    pub fn has(&self, path: &str) -> bool {
        self.0.iter().any(|figure| figure.path == path)
    }
}

/// Writes figures into answers, over what stands there.
pub(super) fn write(figures: Vec<Figure>, answers: &mut Answers) {
    for figure in figures {
        answers.0.insert(figure.path, figure.value);
    }
}

/// The first so many characters; the cut is shown.
pub(super) fn clipped(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(max.saturating_sub(1)).collect();
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_are_cut_where_the_field_ends() {
        assert_eq!(clipped("żółć", 4), "żółć");
        assert_eq!(clipped("żółć gęś", 5), "żółć…");
    }

    #[test]
    fn what_says_nothing_is_no_figure() {
        let mut found = Found::default();
        found.put("a", Some(Value::Text("  ".into())), &[]);
        found.put("b", None, &[]);
        found.put("t/r/c", Some(Value::Number(0)), &[]);
        assert_eq!(found.0.len(), 1);
    }
}
