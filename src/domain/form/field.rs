//! Forms as static data: sections, fields, their kinds, limits and conditions, and the one
//! engine that checks answers against them.

use super::{Answers, Problem, Rule, Value};
use crate::domain::{
    clock_text::{read_moment, read_time},
    content, files,
    signature::{self, Drawing},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One entry of a closed list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The stable code that is stored.
    pub code: &'static str,
    /// The Polish words.
    pub label: &'static str,
}

/// How sensitive an answer is (spec/domain.md 7.1). The code is for the fields that an office adds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Sensitivity {
    /// RODO art. 6.
    #[default]
    Ordinary,
    /// RODO art. 9: health, addictions and the like.
    Health,
    /// RODO art. 10: convictions.
    Criminal,
    /// "Niebieska Karta": never on family-facing prints and screens.
    BlueCard,
}

/// A condition over the other answers, as data, so that an office's published form can carry it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// In every case.
    Always,
    /// In no case.
    Never,
    /// The field has one of these codes.
    Is(&'static str, &'static [&'static str]),
    /// Something was answered there.
    Filled(&'static str),
    /// "Yes" was answered there.
    Yes(&'static str),
    /// "No" was answered there.
    No(&'static str),
    /// Both hold.
    Both(&'static When, &'static When),
    /// At least one holds.
    Either(&'static When, &'static When),
    /// It does not hold.
    Not(&'static When),
}

impl When {
    /// Does the condition hold for these answers?
    pub fn holds(&self, answers: &Answers) -> bool {
        match self {
            When::Always => true,
            When::Never => false,
            When::Is(field, codes) => match answers.raw(field) {
                Some(Value::Text(code)) => codes.contains(&code.as_str()),
                Some(Value::Set(set)) => codes.iter().any(|code| set.contains(*code)),
                _ => false,
            },
            When::Filled(field) => answers.filled(field),
            When::Yes(field) => matches!(answers.raw(field), Some(Value::Flag(true))),
            When::No(field) => matches!(answers.raw(field), Some(Value::Flag(false))),
            When::Both(one, other) => one.holds(answers) && other.holds(answers),
            When::Either(one, other) => one.holds(answers) || other.holds(answers),
            When::Not(one) => !one.holds(answers),
        }
    }
}

/// What kind of answer a field takes, and its limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One line of at most so many characters.
    Line {
        /// Longest text, in characters.
        max: usize,
    },
    /// Several lines.
    Text {
        /// Shortest text that says something, in characters.
        min: usize,
        /// Longest text, in characters.
        max: usize,
    },
    /// A day.
    Date,
    /// A time of day, to the minute.
    Time,
    /// A day and a time, local.
    Moment,
    /// A whole number of `unit`.
    Number {
        /// Smallest value.
        min: i64,
        /// Largest value.
        max: i64,
        /// What is counted, as the screen says it ("min").
        unit: &'static str,
    },
    /// A number with one decimal, stored in tenths of `unit`.
    Tenths {
        /// Smallest value, in tenths.
        min: i64,
        /// Largest value, in tenths.
        max: i64,
        /// What is measured ("km").
        unit: &'static str,
    },
    /// Yes or no.
    Flag,
    /// One of a closed list.
    One(&'static [Choice]),
    /// Several of a closed list.
    Many(&'static [Choice]),
    /// Members of the family, several.
    Members,
    /// Goals of the plan, several.
    Goals,
    /// Other records, several (family tasks given or checked).
    Records,
    /// Repeating rows with cells of their own.
    Rows(&'static [Field]),
    /// One row for each of these; the row's id is theirs.
    RowsOf(Each, &'static [Field]),
    /// A person of the office.
    Person,
    /// A calendar month ("2026-11").
    Month,
    /// Files that belong to the paper, at most so many; see [`crate::domain::files`].
    Files {
        /// Most files.
        most: usize,
    },
    /// Signatures (podpisy); see [`crate::domain::signature`].
    Signatures,
    /// Lines drawn by a finger; see [`crate::domain::signature::Drawing`].
    Drawing,
}

impl Kind {
    /// The cells of each row, for the kinds that repeat.
    pub fn cells(self) -> Option<&'static [Field]> {
        match self {
            Kind::Rows(cells) | Kind::RowsOf(_, cells) => Some(cells),
            Kind::Files { .. } => Some(files::ROW),
            Kind::Signatures => Some(signature::ROW),
            _ => None,
        }
    }
}

/// Of what a table has one row each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Each {
    /// A life area; the id is the code of [`crate::domain::codes::Area`].
    Area,
    /// A child of the family; the id is the member's.
    Child,
    /// An adult of the family; the id is the member's.
    Adult,
    /// A goal of the plan; the id is the goal's.
    Goal,
    /// A family in the assistant's care; the id is the family's.
    Family,
}

/// Where the answer of a field comes from. The words say it to people: "z kart pracy (zał. 8)".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A person writes it.
    Entered,
    /// It is there when the paper opens, and a person may change it.
    Prefilled(&'static str),
    /// It follows from other papers; nobody types it.
    Computed(&'static str),
    /// Somebody who is consulted writes it themselves, in the paper of another; the words say who.
    Consulted(&'static str),
}

/// Is a missing answer a problem?
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gaps {
    /// Yes, where one is required.
    Count,
    /// Not yet.
    Pass,
}

/// One field of a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Stable name; see [`super::Key`].
    pub key: &'static str,
    /// Polish label, as on the paper.
    pub label: &'static str,
    /// One line of help, or empty.
    pub help: &'static str,
    /// Kind of answer and its limits.
    pub kind: Kind,
    /// When an answer is required ("●" in the tables).
    pub required: When,
    /// When the field is there at all.
    pub shown: When,
    /// Class of the data.
    pub class: Sensitivity,
    /// Where the answer comes from.
    pub source: Source,
}

impl Field {
    /// An optional, ordinary field that is always there.
    pub const fn new(key: &'static str, label: &'static str, kind: Kind) -> Self {
        Self {
            key,
            label,
            help: "",
            kind,
            required: When::Never,
            shown: When::Always,
            class: Sensitivity::Ordinary,
            source: Source::Entered,
        }
    }

    /// Must always be answered.
    pub const fn required(mut self) -> Self {
        self.required = When::Always;
        self
    }

    /// Must be answered when the condition holds.
    pub const fn required_when(mut self, when: When) -> Self {
        self.required = when;
        self
    }

    /// Is there only when the condition holds.
    pub const fn shown_when(mut self, when: When) -> Self {
        self.shown = when;
        self
    }

    /// Adds a line of help.
    pub const fn help(mut self, help: &'static str) -> Self {
        self.help = help;
        self
    }

    /// Sets the class of the data.
    pub const fn class(mut self, class: Sensitivity) -> Self {
        self.class = class;
        self
    }

    /// Is there when the paper opens; the words say where from.
    pub const fn prefilled(mut self, from: &'static str) -> Self {
        self.source = Source::Prefilled(from);
        self
    }

    /// Follows from other papers; the words say from which.
    pub const fn computed(mut self, from: &'static str) -> Self {
        self.source = Source::Computed(from);
        self
    }

    /// Is written by somebody who is consulted; the words say who.
    pub const fn consulted(mut self, by: &'static str) -> Self {
        self.source = Source::Consulted(by);
        self
    }

    /// Does whoever fills the paper in write it? Not what is counted, nor what others are asked for.
    pub const fn is_typed(&self) -> bool {
        matches!(self.source, Source::Entered | Source::Prefilled(_))
    }

    /// Must this be answered, given the other answers?
    pub fn is_required(&self, answers: &Answers) -> bool {
        self.is_shown(answers) && self.required.holds(answers)
    }

    /// Is this field there, given the other answers?
    pub fn is_shown(&self, answers: &Answers) -> bool {
        self.shown.holds(answers)
    }

    /// Collects the problems of one answer. `prefix` is the row's path, or empty.
    fn check(&self, answers: &Answers, prefix: &str, gaps: Gaps, problems: &mut Vec<Problem>) {
        if !self.is_shown(answers) {
            return;
        }
        let path = format!("{prefix}{}", self.key);
        if let Some(cells) = self.kind.cells() {
            self.check_rows(cells, answers, &path, gaps, problems);
            return;
        }
        match answers.raw(self.key).filter(|value| !value.is_blank()) {
            None if gaps == Gaps::Count && self.required.holds(answers) => {
                problems.push(Problem::error(path, self.ask()))
            }
            None => {}
            Some(value) => {
                if let Some(text) = self.limit(value) {
                    problems.push(Problem::error(path, text));
                }
            }
        }
    }

    fn check_rows(&self, cells: &[Field], answers: &Answers, path: &str, gaps: Gaps, problems: &mut Vec<Problem>) {
        let rows = answers.rows(self.key);
        if rows.is_empty() && gaps == Gaps::Count && self.required.holds(answers) {
            problems.push(Problem::error(path, self.ask()));
        }
        if let Kind::Files { most } = self.kind
            && rows.len() > most
        {
            problems.push(Problem::error(path, format!("Można dodać najwyżej {most} (jest {}).", rows.len())));
        }
        for row in rows {
            let own = answers.row(self.key, &row);
            for cell in cells {
                cell.check(&own, &format!("{path}/{row}/"), gaps, problems);
            }
        }
    }

    /// What to say when the answer is missing.
    pub fn ask(&self) -> String {
        match self.kind {
            Kind::One(_) => format!("Wybierz: {}.", lower_first(self.label)),
            Kind::Many(_) | Kind::Members | Kind::Goals | Kind::Records => {
                format!("Zaznacz co najmniej jedno: {}.", lower_first(self.label))
            }
            Kind::Rows(_) | Kind::RowsOf(..) | Kind::Files { .. } => {
                format!("Dodaj co najmniej jedną pozycję: {}.", lower_first(self.label))
            }
            Kind::Signatures => "Potrzebny jest podpis albo powód, dla którego go nie ma.".to_owned(),
            Kind::Flag => format!("Odpowiedz: {}.", lower_first(self.label)),
            _ => format!("Uzupełnij: {}.", lower_first(self.label)),
        }
    }

    /// What is wrong with a given answer, if anything.
    fn limit(&self, value: &Value) -> Option<String> {
        match (self.kind, value) {
            (Kind::Line { max }, Value::Text(text)) => too_long(text, max),
            (Kind::Text { min, max }, Value::Text(text)) => too_short(text, min).or_else(|| too_long(text, max)),
            (Kind::Date, Value::Text(text)) => {
                text.parse::<NaiveDate>().err().map(|_| "Podaj datę, na przykład 27.11.2026.".to_owned())
            }
            (Kind::Time, Value::Text(text)) => {
                read_time(text).is_none().then(|| "Podaj godzinę, na przykład 14:05.".to_owned())
            }
            (Kind::Moment, Value::Text(text)) => {
                read_moment(text).is_none().then(|| "Podaj datę i godzinę.".to_owned())
            }
            (Kind::Number { min, max, unit }, Value::Number(number)) => {
                (!(min..=max).contains(number)).then(|| format!("Podaj liczbę od {min} do {max} ({unit})."))
            }
            (Kind::Tenths { min, max, unit }, Value::Number(number)) => (!(min..=max).contains(number))
                .then(|| format!("Podaj wartość od {} do {} {unit}.", min / 10, max / 10)),
            (Kind::Flag, Value::Flag(_)) => None,
            (Kind::Drawing, Value::Text(text)) => Drawing::read(text)
                .is_none()
                .then(|| "Tego podpisu nie da się odczytać. Narysuj go jeszcze raz.".to_owned()),
            (Kind::One(choices), Value::Text(code)) => {
                (!known(choices, code)).then(|| "Wybierz pozycję z listy.".to_owned())
            }
            (Kind::Many(choices), Value::Set(codes)) => {
                codes.iter().any(|code| !known(choices, code)).then(|| "Wybierz pozycje z listy.".to_owned())
            }
            (Kind::Members | Kind::Goals | Kind::Records, Value::Set(ids)) => references(ids),
            (Kind::Person, Value::Text(id)) => {
                id.parse::<uuid::Uuid>().is_err().then(|| "Wybierz osobę z listy.".to_owned())
            }
            (Kind::Month, Value::Text(text)) => {
                read_month(text).is_none().then(|| "Podaj miesiąc, na przykład 2026-11.".to_owned())
            }
            _ => Some("Ta odpowiedź ma nieznaną postać. Wpisz ją jeszcze raz.".to_owned()),
        }
    }
}

/// The first day of a month written as "2026-11".
pub fn read_month(text: &str) -> Option<NaiveDate> {
    (text.len() == 7).then(|| format!("{text}-01").parse().ok())?
}

fn known(choices: &[Choice], code: &str) -> bool {
    choices.iter().any(|choice| choice.code == code)
}

fn references(ids: &BTreeSet<String>) -> Option<String> {
    ids.iter()
        .any(|id| id.parse::<uuid::Uuid>().is_err())
        .then(|| "Zaznaczono pozycję, której już nie ma. Wybierz jeszcze raz.".to_owned())
}

fn too_short(text: &str, min: usize) -> Option<String> {
    let length = text.trim().chars().count();
    (length < min).then(|| format!("Napisz co najmniej {min} znaków (jest {length})."))
}

fn too_long(text: &str, max: usize) -> Option<String> {
    let length = text.chars().count();
    (length > max).then(|| format!("Skróć do {max} znaków (jest {length})."))
}

/// "Data wizyty" inside a sentence: "data wizyty"; names and abbreviations stay.
fn lower_first(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() || second == ' ' => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => label.to_owned(),
    }
}

/// A titled group of fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Section {
    /// Polish heading.
    pub title: &'static str,
    /// Its fields, in the order of the paper.
    pub fields: &'static [Field],
}

/// A paper: its sections and the number it has in the procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// Number of the attachment (załącznik), or empty.
    pub number: &'static str,
    /// Polish title.
    pub title: &'static str,
    /// Grows with every published change of the declaration.
    pub version: u16,
    /// Sections in order.
    pub sections: &'static [Section],
    /// What the manager adds: the decision. It is asked for when the paper is decided, not before.
    pub decision: &'static [Section],
    /// What must hold between the fields.
    pub rules: &'static [Rule],
}

impl Form {
    /// All fields in order, those of the decision last.
    pub fn fields(&self) -> impl Iterator<Item = &'static Field> {
        self.sections.iter().chain(self.decision).flat_map(|section| section.fields)
    }

    /// The field of that name.
    pub fn field(&self, key: &str) -> Option<&'static Field> {
        self.fields().find(|field| field.key == key)
    }

    /// The field that a path leads to, and the one that answers there: itself, or a cell of it (`rows/<id>/cell`).
    pub fn at(&self, path: &str) -> Option<(&'static Field, &'static Field)> {
        let mut steps = path.split('/');
        let field = self.field(steps.next()?)?;
        let answers = match steps.nth(1) {
            Some(cell) => field.kind.cells()?.iter().find(|field| field.key == cell)?,
            None => field,
        };
        Some((field, answers))
    }

    /// All problems of single fields, in the order of the paper, and signatures that do not fit it.
    pub fn check(&self, answers: &Answers) -> Vec<Problem> {
        self.signed(self.sections, answers)
    }

    /// What is wrong with the answers that are there: a draft may have gaps.
    pub fn check_limits(&self, answers: &Answers) -> Vec<Problem> {
        checked(self.sections, answers, Gaps::Pass)
    }

    /// All problems of a paper that is handed in: those of its fields, then those between them. `today` is
    /// the day of whoever writes.
    pub fn check_on(&self, answers: &Answers, today: NaiveDate) -> Vec<Problem> {
        self.judged(self.sections, answers, today)
    }

    /// All problems of the decision.
    pub fn check_decision(&self, answers: &Answers, today: NaiveDate) -> Vec<Problem> {
        self.judged(self.decision, answers, today)
    }

    fn judged(&self, sections: &'static [Section], answers: &Answers, today: NaiveDate) -> Vec<Problem> {
        let mut problems = self.signed(sections, answers);
        let is_there = |key: &str| sections.iter().flat_map(|section| section.fields).any(|field| field.key == key);
        for rule in self.rules.iter().filter(|rule| is_there(rule.rows.unwrap_or(rule.field))) {
            rule.check(answers, today, &mut problems);
        }
        problems
    }

    /// Gaps, limits, and signatures that stand under another content than this.
    fn signed(&self, sections: &'static [Section], answers: &Answers) -> Vec<Problem> {
        let mut problems = checked(sections, answers, Gaps::Count);
        content::check(self, sections, answers, &mut problems);
        problems
    }

    /// Answers to fields that are not there under these answers (hidden by a condition).
    /// They are left out when the paper is finished.
    pub fn hidden<'a>(&'a self, answers: &'a Answers) -> impl Iterator<Item = &'static Field> + 'a {
        self.fields().filter(|field| !field.is_shown(answers))
    }
}

fn checked(sections: &[Section], answers: &Answers, gaps: Gaps) -> Vec<Problem> {
    let mut problems = Vec::new();
    for field in sections.iter().flat_map(|section| section.fields) {
        field.check(answers, "", gaps, &mut problems);
    }
    problems
}

/// The label of a code, or the code itself when the list does not know it (an older or newer phone).
pub fn label_of<'a>(choices: &[Choice], code: &'a str) -> &'a str
where
    'static: 'a,
{
    choices.iter().find(|choice| choice.code == code).map_or(code, |choice| choice.label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::form::Key;

    const KIND: Key<String> = Key::new("kind");
    const ITEMS: &[Choice] = &[Choice { code: "A", label: "a" }, Choice { code: "B", label: "b" }];
    static FORM: Form = Form {
        number: "0",
        title: "Próbna",
        version: 1,
        sections: &[Section {
            title: "Wszystko",
            fields: &[
                Field::new("kind", "Rodzaj", Kind::One(ITEMS)).required(),
                Field::new("why", "Powód odmowy", Kind::Text { min: 5, max: 10 })
                    .required()
                    .shown_when(When::Is("kind", &["B"])),
                Field::new(
                    "rows",
                    "Pozycje",
                    Kind::Rows(&[Field::new("n", "Liczba", Kind::Number { min: 1, max: 9, unit: "szt." }).required()]),
                ),
            ],
        }],
        decision: &[],
        rules: &[],
    };

    fn fields_with_problems(answers: &Answers) -> Vec<String> {
        FORM.check(answers).into_iter().map(|problem| problem.field).collect()
    }

    #[test]
    fn conditions_decide_what_is_there_and_required() {
        let mut answers = Answers::default();
        assert_eq!(fields_with_problems(&answers), ["kind"]);
        answers.put(KIND, "A".into());
        assert!(fields_with_problems(&answers).is_empty());
        answers.put(KIND, "B".into());
        assert_eq!(fields_with_problems(&answers), ["why"]);
        assert_eq!(FORM.check(&answers)[0].text, "Uzupełnij: powód odmowy.");
        answers.put(KIND, "X".into());
        assert_eq!(fields_with_problems(&answers), ["kind"]);
    }

    #[test]
    fn limits_count_characters_not_bytes() {
        let mut answers = Answers::default().with(KIND, "B".into());
        answers.set_raw("why", Some(Value::Text("żółć".into())));
        assert_eq!(FORM.check(&answers)[0].text, "Napisz co najmniej 5 znaków (jest 4).");
        answers.set_raw("why", Some(Value::Text("żółć gęś".into())));
        assert!(FORM.check(&answers).is_empty());
    }

    #[test]
    fn a_path_leads_to_a_field_and_to_the_cell_that_answers() {
        let keys = |path: &str| FORM.at(path).map(|(field, answers)| (field.key, answers.key));
        assert_eq!(keys("kind"), Some(("kind", "kind")));
        assert_eq!(keys("rows/r1/n"), Some(("rows", "n")));
        assert_eq!(keys("rows/r1/other"), None);
        assert_eq!(keys("other"), None);
    }

    #[test]
    fn problems_in_rows_name_the_row() {
        let mut answers = Answers::default().with(KIND, "A".into());
        answers.set_raw("rows/r1/n", Some(Value::Number(12)));
        answers.set_raw("rows/r2/other", Some(Value::Flag(true)));
        assert_eq!(fields_with_problems(&answers), ["rows/r1/n", "rows/r2/n"]);
    }

    #[test]
    fn an_answer_of_a_strange_shape_is_a_problem_not_a_panic() {
        let mut answers = Answers::default();
        answers.set_raw("kind", Some(Value::Number(7)));
        assert_eq!(fields_with_problems(&answers), ["kind"]);
    }
}
