//! Any answer of any form in Polish words: what was filled in, in the order of the paper, under
//! the labels of the declaration.

use super::{
    codes::StatutoryTask,
    documents::{
        RecordKind,
        family_card::{CODE, SURNAME, everyone},
        family_task,
        papers::{course::day_of, plan},
    },
    form::{Answers, Cell, Choice, Field, Form, Kind, Sensitivity, Value, field::read_month},
    ids::FamilyId,
    office::OWN,
    order::sort_by_key,
    paper_words,
    record::Record,
    words,
};
use chrono::{NaiveDate, NaiveDateTime};
use std::collections::{BTreeMap, BTreeSet};

/// Words for what answers refer to by id: members, goals of the plan, family tasks, papers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Referred(BTreeMap<String, String>);

impl Referred {
    /// Everything in a family's file that other papers refer to.
    pub fn of<'a>(records: impl IntoIterator<Item = &'a Record>) -> Self {
        let (mut words, mut plans) = (BTreeMap::new(), Vec::new());
        for record in records {
            match record.kind {
                RecordKind::Family => {
                    words.extend(everyone(&record.answers).into_iter().map(|member| (member.id, member.first_name)));
                    let (code, surname) = (record.answers.text(CODE), record.answers.text(SURNAME));
                    words.insert(record.family.to_string(), [code, surname].join(" "));
                }
                RecordKind::Task => {
                    words.insert(record.id.to_string(), record.answers.text(family_task::TASK).to_owned());
                }
                RecordKind::Paper => {
                    words.insert(record.id.to_string(), paper_words::name(record));
                    plans.extend(plan::is_plan(record).then_some(record));
                }
                RecordKind::Visit | RecordKind::Case => {}
            }
        }
        // A goal is called as the last version that was handed in calls it.
        sort_by_key(&mut plans, |plan| (plan::stands(plan), day_of(plan), plan.id));
        let mut referred = Self(words);
        for plan in plans {
            referred.call_goals(&plan.answers);
        }
        referred
    }

    /// The same words, with families by their code and surname, where their own cards are not at hand.
    pub fn with_families(mut self, families: &BTreeMap<FamilyId, (String, String)>) -> Self {
        for (id, (code, surname)) in families {
            self.0.insert(id.to_string(), [code.as_str(), surname].join(" "));
        }
        self
    }

    /// The same words, with the goals as this paper itself calls them: an earlier version of a plan reads as it
    /// was signed.
    pub fn within(&self, answers: &Answers) -> Self {
        let mut own = self.clone();
        own.call_goals(answers);
        own
    }

    fn call_goals(&mut self, answers: &Answers) {
        self.0.extend(plan::goals(answers).into_iter().map(|goal| (goal.id, goal.goal)));
    }

    /// The word for an id; what is not known is said to be so.
    pub fn word(&self, id: &str) -> String {
        self.0.get(id).cloned().unwrap_or_else(|| "pozycja spoza teczki".to_owned())
    }
}

/// What was filled in: label and words, without the fields in `besides` and those of a class that
/// `may_see` does not let pass.
pub fn filled(
    form: &Form,
    answers: &Answers,
    referred: &Referred,
    besides: &[&str],
    may_see: fn(Sensitivity) -> bool,
) -> Vec<(String, String)> {
    form.fields()
        .filter(|field| !besides.contains(&field.key) && may_see(field.class))
        .filter_map(|field| Some((field.label.to_owned(), answer_words(field, answers.raw(field.key)?, referred)?)))
        .collect()
}

/// What was filled in of the fields that the office has added.
pub fn own_filled(
    form: &Form,
    answers: &Answers,
    referred: &Referred,
    may_see: fn(Sensitivity) -> bool,
) -> Vec<(String, String)> {
    let declared: Vec<&str> = form.fields().map(|field| field.key).filter(|key| !key.starts_with(OWN)).collect();
    filled(form, answers, referred, &declared, may_see)
}

/// One answer in words; `None` when nothing was really said. What is of another shape than its field
/// takes is said as it stands: a person may have to correct it.
pub fn answer_words(field: &Field, value: &Value, referred: &Referred) -> Option<String> {
    if value.is_blank() {
        return None;
    }
    Some(match (field.kind, value) {
        (Kind::Date, Value::Text(text)) => NaiveDate::read(value).map_or_else(|| text.clone(), words::date),
        (Kind::Moment, Value::Text(text)) => NaiveDateTime::read(value).map_or_else(|| text.clone(), moment),
        (Kind::Number { unit: "min", .. }, Value::Number(minutes)) => words::length(*minutes),
        (Kind::Number { unit: "nr", .. }, Value::Number(number)) => number.to_string(),
        (Kind::Number { unit, .. }, Value::Number(number)) => [number.to_string().as_str(), unit].join(" "),
        (Kind::Tenths { unit, .. }, Value::Number(number)) => [words::tenths(*number).as_str(), unit].join(" "),
        (Kind::One(choices), Value::Text(code)) => label(choices, code),
        (Kind::Many(choices), Value::Set(codes)) => {
            list(choices.iter().map(|choice| choice.code), codes, |code| label(choices, code))
        }
        (Kind::Members | Kind::Goals | Kind::Records, Value::Set(ids)) => {
            list([].into_iter(), ids, |id| referred.word(id))
        }
        (Kind::Month, Value::Text(text)) => read_month(text).map_or_else(|| text.clone(), words::month),
        (_, Value::Flag(flag)) => if *flag { "tak" } else { "nie" }.to_owned(),
        (_, Value::Number(number)) => number.to_string(),
        (_, Value::Text(text)) => text.clone(),
        (_, Value::Set(codes)) => list([].into_iter(), codes, str::to_owned),
    })
}

fn moment(at: NaiveDateTime) -> String {
    [words::long_date(at.date()), words::time(at.time())].join(", ")
}

/// The words of a code, with the point of art. 15 ust. 1 before a statutory task.
fn label(choices: &[Choice], code: &str) -> String {
    let words = choices.iter().find(|choice| choice.code == code).map_or(code, |choice| choice.label);
    match code.parse::<StatutoryTask>().ok().and_then(StatutoryTask::point) {
        Some(point) => ["pkt ", point, " ", words].concat(),
        None => words.to_owned(),
    }
}

/// Several answers in the order of the paper, then those that the paper does not know.
fn list<'a>(order: impl Iterator<Item = &'a str>, codes: &BTreeSet<String>, word: impl Fn(&str) -> String) -> String {
    let known: Vec<&str> = order.filter(|code| codes.contains(*code)).collect();
    let rest = codes.iter().map(String::as_str).filter(|code| !known.contains(code));
    let words: Vec<String> = known.iter().copied().chain(rest).map(word).collect();
    words.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        codes::*,
        documents::visit_card::{self, FORM},
    };

    #[test]
    fn what_has_another_shape_is_said_as_it_stands() {
        let said = |key: &str, value: Value| answer_words(FORM.field(key).unwrap(), &value, &Referred::default());
        let text = |text: &str| Value::Text(text.to_owned());
        assert_eq!(said("date", text("wczoraj")).unwrap(), "wczoraj");
        assert_eq!(said("next_visit", text("jutro")).unwrap(), "jutro");
        assert_eq!(said("travel_km", text("dużo")).unwrap(), "dużo");
        assert_eq!(said("actions", Value::Number(7)).unwrap(), "7");
        assert_eq!(said("place", Value::Set(["X".to_owned()].into())).unwrap(), "X");
        assert_eq!(said("announced", Value::Flag(false)).unwrap(), "nie");
        assert_eq!(said("actions", text("  ")), None);
    }

    #[test]
    fn a_card_reads_in_the_order_and_words_of_the_paper() {
        let answers = Answers::default()
            .with(visit_card::KIND, EntryKind::Visit)
            .with(visit_card::DURATION, 65)
            .with(visit_card::PRESENT, ["m1".to_owned(), "m9".to_owned()].into())
            .with(visit_card::TASKS, ["X01".to_owned(), "T06_PARENTING".to_owned()].into())
            .with(visit_card::ACTIONS, "Omówiono budżet domowy.".into())
            .with(visit_card::URGENT_NOTE, "Notatka chroniona, kilka słów.".into())
            .with(visit_card::NEXT_VISIT, "2026-11-27T14:00:00".parse().unwrap())
            .with(visit_card::TRAVEL_KM, 125);
        let referred = Referred([("m1".to_owned(), "Anna".to_owned())].into());
        let lines = filled(&FORM, &answers, &referred, &["kind"], |class| class == Sensitivity::Ordinary);
        let lines: Vec<(&str, &str)> = lines.iter().map(|(label, text)| (label.as_str(), text.as_str())).collect();
        assert_eq!(
            lines,
            [
                ("Czas trwania", "1 godz. 5 min"),
                ("Obecni członkowie rodziny", "Anna; pozycja spoza teczki"),
                ("Zadania ustawowe", "pkt 6 rozwiązywanie problemów wychowawczych z dziećmi; dojazd"),
                ("Podjęte działania i przebieg", "Omówiono budżet domowy."),
                ("Termin kolejnej wizyty", "piątek, 27 listopada 2026, 14:00"),
                ("Odległość", "12,5 km"),
            ]
        );
    }
}
