//! An overlay while somebody edits it, as the answers of a sheet: a row for each declared field, for each field of
//! the office's own, for each answer of its lists and for each text. What is wrong with it stands at its cell.

use super::{
    Overlay, OwnChoice, OwnField, OwnKind, Place, Published, Reworded, Subject, flaws::declared, publish,
    rules::columns,
};
use crate::domain::{
    form::{Answers, Cell, Choice, Field, Form, Key, Kind, Problem, Section, Sensitivity, Value, When},
    ids::Rev,
    order::sort_by_key,
};

/// Rows of declared fields; a row is called by the path of its field ([`row_of`]).
pub const FIELDS: &str = "field";
/// Rows of own fields, called by their keys.
pub const OWN_FIELDS: &str = "own";
/// Rows of answers of own lists, called by the key of the field and the code ([`choice_row`]).
pub const CHOICES: &str = "choice";
/// Rows of texts, called by their places.
pub const TEXTS: &str = "text";

/// The name of a field or the words of an answer.
pub const LABEL: Key<String> = Key::new("label");
/// The line of help.
pub const HELP: Key<String> = Key::new("help");
/// It is not asked for; of an answer: it is no longer offered.
pub const HIDDEN: Key<bool> = Key::new("hidden");
/// What an own field asks for.
pub const KIND: Key<OwnKind> = Key::new("kind");
/// The field that an own one stands after.
pub const AFTER: Key<String> = Key::new("after");
const REQUIRED: Key<bool> = Key::new("required");
const CLASS: Key<String> = Key::new("class");
const UNIT: Key<String> = Key::new("unit");
const LEAST: Key<i64> = Key::new("min");
const MOST: Key<i64> = Key::new("max");
/// Place among the others of its list.
const PLACE: Key<i64> = Key::new("no");
/// The words of a text.
const TEXT: Key<String> = Key::new("text");

/// Classes of data with their codes.
const CLASSES: &[(Sensitivity, &str)] = &[
    (Sensitivity::Ordinary, "ORDINARY"),
    (Sensitivity::Health, "HEALTH"),
    (Sensitivity::Criminal, "CRIMINAL"),
    (Sensitivity::BlueCard, "BLUE_CARD"),
];

const CLASS_CHOICES: &[Choice] = &[
    Choice { code: "ORDINARY", label: "zwykłe" },
    Choice { code: "HEALTH", label: "o zdrowiu i podobne (art. 9 RODO)" },
    Choice { code: "CRIMINAL", label: "o skazaniach (art. 10 RODO)" },
    Choice { code: "BLUE_CARD", label: "„Niebieska Karta”" },
];

const GREATEST: i64 = super::publish::GREATEST;
const IS_NUMBER: When = When::Is("kind", &["NUMBER"]);
// Longer than what is published, so that what is too long can be told and mended.
const LINE: Kind = Kind::Line { max: 1000 };
const NUMBER: Kind = Kind::Number { min: -GREATEST, max: GREATEST, unit: "" };

/// What is edited of a declared field.
pub static DECLARED_CELLS: &[Field] =
    &[Field::new("label", "Nazwa", LINE).required(), Field::new("help", "Objaśnienie", LINE)];
/// That a field is hidden.
pub static HIDING: Field = Field::new("hidden", "Nie pytaj o to pole", Kind::Flag);
/// What an own field is called and how it is explained.
pub static OWN_WORDS: &[Field] = &[
    Field::new("label", "Nazwa pola", LINE).required(),
    Field::new("help", "Objaśnienie", LINE).help("Jedno zdanie pod nazwą. Może zostać puste."),
];
/// What an own field asks for.
pub static OWN_KIND: Field = Field::new("kind", "Rodzaj odpowiedzi", Kind::One(OwnKind::CHOICES)).required();
/// The field that it stands after; what can be chosen depends on the form.
pub static OWN_AFTER: Field = Field::new("after", "Stoi po polu", LINE).required();
/// The rest of an own field.
pub static OWN_MORE: &[Field] = &[
    Field::new("unit", "Jednostka", Kind::Line { max: 40 }).help("Na przykład: zł, szt., godz.").shown_when(IS_NUMBER),
    Field::new("min", "Najmniejsza liczba", NUMBER).shown_when(IS_NUMBER),
    Field::new("max", "Największa liczba", NUMBER).shown_when(IS_NUMBER),
    Field::new("required", "Odpowiedź jest wymagana", Kind::Flag),
    Field::new("class", "Rodzaj danych", Kind::One(CLASS_CHOICES))
        .help("Odpowiedzi na pola szczególne widzą tylko uprawnieni."),
];
/// An answer of an own list.
pub static CHOICE_CELL: Field = Field::new("label", "Odpowiedź", LINE).required();
/// That an answer is no longer offered.
pub static WITHDRAWING: Field = Field::new("hidden", "Wycofana", Kind::Flag);
/// A text of the office.
pub static TEXT_CELL: Field = Field::new("text", "Tekst", Kind::Text { min: 0, max: 20_000 });

/// The cells that take no more than their kind allows, whatever is published.
static LIMITED: Form = Form {
    number: "",
    title: "",
    version: 1,
    sections: &[Section { title: "", fields: &[Field::new(OWN_FIELDS, "", Kind::Rows(LIMITED_CELLS))] }],
    decision: &[],
    rules: &[],
};
const LIMITED_CELLS: &[Field] = &[
    Field::new("kind", "", Kind::One(OwnKind::CHOICES)),
    Field::new("min", "", NUMBER).shown_when(IS_NUMBER),
    Field::new("max", "", NUMBER).shown_when(IS_NUMBER),
];

/// The row of a declared field; a path of a column has a stroke, which rows cannot have.
pub fn row_of(path: &str) -> String {
    path.replace('/', ".")
}

/// The row of an answer of an own list.
pub fn choice_row(own: &str, code: &str) -> String {
    [own, ".", code].concat()
}

/// Codes of the answers of an own field, in their order.
pub fn choices_of(answers: &Answers, own: &str) -> Vec<String> {
    let prefix = [own, "."].concat();
    let mut rows: Vec<String> = answers.rows(CHOICES).into_iter().filter(|row| row.starts_with(&prefix)).collect();
    sort_by_key(&mut rows, |row| answers.row(CHOICES, row).get(PLACE));
    rows.into_iter().filter_map(|row| row.strip_prefix(&prefix).map(str::to_owned)).collect()
}

/// Keys of the own fields, in their order.
pub fn own_of(answers: &Answers) -> Vec<String> {
    let mut rows: Vec<String> = answers.rows(OWN_FIELDS).into_iter().collect();
    sort_by_key(&mut rows, |row| answers.row(OWN_FIELDS, row).get(PLACE));
    rows
}

/// Paths of the fields whose words and places an office may change: those of the paper and of its decision, with
/// the columns of tables after their table.
pub fn paths_of(fields: &[Field]) -> Vec<String> {
    let mut paths = Vec::new();
    for field in fields {
        paths.push(field.key.to_owned());
        paths.extend(columns(field).iter().map(|cell| [field.key, "/", cell.key].concat()));
    }
    paths
}

/// What a declared field is called without the office.
pub fn declared_label(subject: Subject, path: &str) -> &'static str {
    declared(subject.declared, path).map_or("", |field| field.label)
}

/// Is this a column of a table?
pub fn is_column(path: &str) -> bool {
    path.contains('/')
}

/// The sheet of an overlay.
pub fn draft_answers(subject: Subject, overlay: &Overlay) -> Answers {
    let mut answers = Answers::default();
    for section in subject.declared.sections.iter().chain(subject.declared.decision) {
        for path in paths_of(section.fields) {
            answers.put_row(FIELDS, &row_of(&path), declared_row(subject, overlay, &path));
        }
    }
    for (own, place) in overlay.own.iter().zip(0..) {
        answers.put_row(OWN_FIELDS, &own.key, own_row(own, place, overlay.hidden.contains(&own.key)));
        for (choice, place) in own.choices.iter().zip(0..) {
            let mut row = Answers::default().with(LABEL, choice.label.clone()).with(PLACE, place);
            flag(&mut row, HIDDEN, choice.withdrawn);
            answers.put_row(CHOICES, &choice_row(&own.key, &choice.code), row);
        }
    }
    for (place, text) in &overlay.texts {
        answers.put_row(TEXTS, place.code(), Answers::default().with(TEXT, text.clone()));
    }
    answers
}

fn declared_row(subject: Subject, overlay: &Overlay, path: &str) -> Answers {
    let mut row = Answers::default();
    let Some(field) = declared(subject.declared, path) else { return row };
    let words = overlay.words(path);
    let said = |own: Option<&String>, declared: &str| own.map_or_else(|| declared.to_owned(), Clone::clone);
    text(&mut row, LABEL, &said(words.and_then(|words| words.label.as_ref()), field.label));
    text(&mut row, HELP, &said(words.and_then(|words| words.help.as_ref()), field.help));
    flag(&mut row, HIDDEN, overlay.hidden.contains(path));
    row
}

fn own_row(own: &OwnField, place: i64, hidden: bool) -> Answers {
    let mut row = Answers::default().with(KIND, own.kind).with(AFTER, own.after.clone()).with(PLACE, place);
    text(&mut row, LABEL, &own.label);
    text(&mut row, HELP, &own.help);
    text(&mut row, UNIT, &own.unit);
    if let Some((least, most)) = own.range {
        row.put(LEAST, least);
        row.put(MOST, most);
    }
    let class = CLASSES.iter().find(|(class, _)| *class == own.class).map_or("", |(_, code)| *code);
    text(&mut row, CLASS, class);
    flag(&mut row, REQUIRED, own.required);
    flag(&mut row, HIDDEN, hidden);
    row
}

/// An empty field of the office's own, with the key that it gets: one that none had before.
pub fn new_own(answers: &Answers, after: &str) -> (String, Answers) {
    let number = answers.rows(OWN_FIELDS).len() + 1;
    let is_taken = |key: &String| answers.rows(OWN_FIELDS).contains(key);
    let mut keys = (number..).map(|number| [super::OWN, "pole_", &number.to_string()].concat());
    let key = keys.find(|key| !is_taken(key)).unwrap_or_default();
    let last = answers.rows(OWN_FIELDS).iter().filter_map(|row| answers.row(OWN_FIELDS, row).get(PLACE)).max();
    let row = Answers::default()
        .with(KIND, OwnKind::Line)
        .with(AFTER, after.to_owned())
        .with(CLASS, "ORDINARY".to_owned())
        .with(PLACE, last.map_or(0, |last| last + 1));
    (key, row)
}

/// An empty answer of an own list, with the row that it gets.
pub fn new_choice(answers: &Answers, own: &str) -> (String, Answers) {
    let codes = choices_of(answers, own);
    let mut fresh = (codes.len() + 1..).map(|number| ["ODP_", &number.to_string()].concat());
    let code = fresh.find(|code| !codes.contains(code)).unwrap_or_default();
    let places = codes.iter().filter_map(|code| answers.row(CHOICES, &choice_row(own, code)).get(PLACE));
    let place = places.max().map_or(0, |last| last + 1);
    (choice_row(own, &code), Answers::default().with(PLACE, place))
}

/// The overlay that a sheet says.
pub fn overlay_of(subject: Subject, answers: &Answers) -> Overlay {
    let mut overlay = Overlay::default();
    for section in subject.declared.sections.iter().chain(subject.declared.decision) {
        for path in paths_of(section.fields) {
            read_declared(subject, &path, &answers.row(FIELDS, &row_of(&path)), &mut overlay);
        }
    }
    for key in own_of(answers) {
        let row = answers.row(OWN_FIELDS, &key);
        if row.get(HIDDEN) == Some(true) {
            overlay.hidden.insert(key.clone());
        }
        overlay.own.push(read_own(answers, &key, &row));
    }
    for place in Place::ALL {
        let said = answers.row(TEXTS, place.code()).text(TEXT).trim_end().to_owned();
        if !said.trim().is_empty() {
            overlay.texts.insert(*place, said);
        }
    }
    overlay
}

fn read_declared(subject: Subject, path: &str, row: &Answers, overlay: &mut Overlay) {
    let Some(field) = declared(subject.declared, path) else { return };
    let changed = |key: Key<String>, declared: &str| Some(row.text(key).to_owned()).filter(|text| text != declared);
    let words = Reworded { label: changed(LABEL, field.label), help: changed(HELP, field.help) };
    if words != Reworded::default() {
        overlay.reworded.insert(path.to_owned(), words);
    }
    if row.get(HIDDEN) == Some(true) {
        overlay.hidden.insert(path.to_owned());
    }
}

fn read_own(answers: &Answers, key: &str, row: &Answers) -> OwnField {
    let kind = row.get(KIND).unwrap_or(OwnKind::Line);
    let class = row.text(CLASS);
    let range = (row.get(LEAST), row.get(MOST));
    let number = kind == OwnKind::Number;
    OwnField {
        key: key.to_owned(),
        label: row.text(LABEL).to_owned(),
        help: row.text(HELP).to_owned(),
        kind,
        required: row.get(REQUIRED) == Some(true),
        class: CLASSES.iter().find(|(_, code)| *code == class).map_or(Sensitivity::Ordinary, |(class, _)| *class),
        after: row.text(AFTER).to_owned(),
        unit: if number { row.text(UNIT).to_owned() } else { String::new() },
        range: match range {
            (None, None) => None,
            (least, most) if number => Some((least.unwrap_or(0), most.unwrap_or(GREATEST))),
            _ => None,
        },
        choices: if kind.picks() { read_choices(answers, key) } else { Vec::new() },
    }
}

fn read_choices(answers: &Answers, own: &str) -> Vec<OwnChoice> {
    let codes = choices_of(answers, own).into_iter();
    codes
        .map(|code| {
            let row = answers.row(CHOICES, &choice_row(own, &code));
            let label = row.text(LABEL).to_owned();
            OwnChoice { code, label, withdrawn: row.get(HIDDEN) == Some(true) }
        })
        .collect()
}

/// What stops a sheet from being published, each at its cell. One that says what is published already has nothing
/// wrong with it.
pub fn draft_problems(subject: Subject, previous: Option<&Published>, answers: &Answers) -> Vec<Problem> {
    let limits = LIMITED.check_limits(answers);
    if !limits.is_empty() {
        return limits;
    }
    let draft = overlay_of(subject, answers);
    if previous.map_or(&Overlay::default(), |published| &published.overlay) == &draft {
        return Vec::new();
    }
    let problems = publish(subject, previous, &draft, Rev::NONE).err().unwrap_or_default();
    problems.into_iter().map(|problem| Problem { field: cell_of(&problem.field), ..problem }).collect()
}

/// The cell of a sheet that a problem of an overlay stands at.
pub fn cell_of(place: &str) -> String {
    let (part, name) = place.split_once('/').unwrap_or((place, ""));
    let row = row_of(name);
    match part {
        "reworded" => [FIELDS, "/", &row, "/label"].concat(),
        "hidden" if name.starts_with(super::OWN) => [OWN_FIELDS, "/", &row, "/hidden"].concat(),
        "hidden" => [FIELDS, "/", &row, "/hidden"].concat(),
        "own" if name.contains('/') => [CHOICES, "/", &row, "/label"].concat(),
        "own" if !name.is_empty() => [OWN_FIELDS, "/", &row, "/label"].concat(),
        "texts" => [TEXTS, "/", name, "/text"].concat(),
        _ => place.to_owned(),
    }
}

fn text(row: &mut Answers, key: Key<String>, text: &str) {
    let value = (!text.is_empty()).then(|| Value::Text(text.to_owned()));
    row.set_raw(key.name(), value);
}

/// A flag that is not up is not there, as the controls leave it.
fn flag(row: &mut Answers, key: Key<bool>, is_up: bool) {
    row.set_raw(key.name(), is_up.then(|| true.write()));
}
