//! What a form's conditions and rules read, and whether a form holds together. Asked of every declaration, and
//! of every form that an office has laid something over.

use super::{Field, Form, Must, Rule, When};

impl When {
    /// The fields that the condition reads.
    pub fn reads(&self) -> Vec<&'static str> {
        match self {
            When::Always | When::Never => Vec::new(),
            When::Is(field, _) | When::Filled(field) | When::Yes(field) | When::No(field) => vec![field],
            When::Both(one, other) | When::Either(one, other) => [one.reads(), other.reads()].concat(),
            When::Not(one) => one.reads(),
        }
    }
}

impl Must {
    /// The other fields that it reads.
    pub fn reads(&self) -> Vec<&'static str> {
        match self {
            Must::NotBefore(other)
            | Must::After(other)
            | Must::WithinMonths(other, _)
            | Must::MonthsAfter(other, _)
            | Must::WithinDays(other, _) => vec![other],
            Must::AnyOf(others) => others.to_vec(),
            _ => Vec::new(),
        }
    }

    /// Is it broken when nothing was answered?
    pub fn asks_for_an_answer(&self) -> bool {
        matches!(
            self,
            Must::BeTrue
                | Must::BeOneOf(_)
                | Must::HaveAtLeast(_)
                | Must::HaveRows(_)
                | Must::AnyOf(_)
                | Must::SignedBy(_)
        )
    }
}

impl Rule {
    /// The fields that it reads beside the one that it is about.
    pub fn reads(&self) -> Vec<&'static str> {
        [self.when.reads(), self.must.reads()].concat()
    }
}

/// What does not hold together in a form; nothing in a good one. For engineers, hence not in Polish.
pub fn flaws(form: &Form) -> Vec<String> {
    let mut flaws = Vec::new();
    let fields: Vec<&Field> = form.fields().collect();
    look_at_fields(&fields, "", &mut flaws);
    for rule in form.rules {
        look_at_rule(form, rule, &mut flaws);
    }
    flaws
}

fn look_at_fields(fields: &[&Field], path: &str, flaws: &mut Vec<String>) {
    for (index, field) in fields.iter().enumerate() {
        let name = [path, field.key].concat();
        if field.label.trim().is_empty() {
            flaws.push(format!("{name} has no label"));
        }
        if field.key.is_empty() || field.key.contains('/') {
            flaws.push(format!("{name}: '/' is for rows"));
        }
        if fields[..index].iter().any(|earlier| earlier.key == field.key) {
            flaws.push(format!("{name} stands twice"));
        }
        for read in [field.required.reads(), field.shown.reads()].concat() {
            if !fields.iter().any(|other| other.key == read) {
                flaws.push(format!("{name} reads {read}, which is not there"));
            }
        }
        if let Some(cells) = field.kind.cells() {
            let cells: Vec<&Field> = cells.iter().collect();
            look_at_fields(&cells, &[&name, "/"].concat(), flaws);
        }
    }
}

fn look_at_rule(form: &Form, rule: &Rule, flaws: &mut Vec<String>) {
    let is_there = |key: &str| match rule.rows {
        None => form.field(key).is_some(),
        Some(table) => {
            let cells = form.field(table).and_then(|field| field.kind.cells()).unwrap_or_default();
            cells.iter().any(|cell| cell.key == key)
        }
    };
    let named = [vec![rule.field], rule.reads()].concat();
    for key in named.into_iter().filter(|key| !is_there(key)) {
        flaws.push(format!("the rule \"{}\" names {key}, which is not there", rule.text));
    }
}
