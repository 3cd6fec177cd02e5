use super::*;
use crate::domain::{
    documents::papers::course::{LIFE, PAPER},
    form::{Answers, Value},
    ids::Rev,
    procedure::Paper,
    testing::record,
};

fn plan(n: u128, rev: i64, life: Life, goal: &str) -> Record {
    let mut answers = Answers::default().with(PAPER, Paper::Plan).with(LIFE, life);
    answers.set_raw("main_goal", Some(Value::Text(goal.to_owned())));
    Record { rev: Rev(rev), ..record(n, RecordKind::Paper, answers) }
}

fn compared(own: Vec<Record>, others: Vec<Record>) -> Compared {
    Compared {
        base: "/rodziny/R09/porownanie/x".to_owned(),
        standing: own.last().cloned().unwrap(),
        own,
        others,
        book: OfficeBook::default(),
        referred: Referred::default(),
        people: BTreeMap::new(),
        may_see: |_| true,
    }
}

#[test]
fn the_address_chooses_and_else_the_usual_two_stand_beside_each_other() {
    let own = vec![
        plan(9, 3, Life::Signed, "Dom"),
        plan(9, 4, Life::Returned, "Dom"),
        plan(9, 6, Life::Signed, "Dom i szkoła"),
    ];
    let compared = compared(own, vec![plan(5, 2, Life::Approved, "Dawny cel")]);
    let revs = |asked: &Asked| compared.pair(asked).map(|(older, newer)| (older.rev.0, newer.rev.0));
    assert_eq!(revs(&Asked::default()), Some((4, 6)), "since the remarks");
    let first = Asked { older: Some(Meant::At(Rev(3))), ..Asked::default() };
    assert_eq!(revs(&first), Some((3, 6)));
    let other = Asked { older: Some(compared.meant(&compared.others[0])), newer: Some(Meant::At(Rev(3))), whole: true };
    assert_eq!(revs(&other), Some((2, 3)));
    let unknown = Asked { older: Some(Meant::At(Rev(77))), ..Asked::default() };
    assert_eq!(revs(&unknown), Some((4, 6)), "what is not there is not asked for");
    let names: Vec<String> = compared.choices().into_iter().map(|(_, name)| name).collect();
    assert_eq!(names.len(), 4);
    assert!(names[2].starts_with("zwrócony z uwagami, 1 stycznia 1970"), "{names:?}");
}

#[test]
fn what_happened_is_counted_in_words() {
    let own = vec![plan(9, 3, Life::Returned, "Dom"), plan(9, 4, Life::Signed, "Szkoła")];
    let compared = compared(own, vec![]);
    let (older, newer) = compared.pair(&Asked::default()).unwrap();
    assert_eq!(summary(&compared.compare(older, newer)), "Zmieniono: 1");
    assert_eq!(summary(&compared.compare(older, older)), "");
}

#[test]
fn an_entry_is_called_by_its_day() {
    let answers = Answers::default().with(visit_card::DATE, "2026-11-20".parse().unwrap());
    let entry = title(&record(1, RecordKind::Visit, answers));
    assert!(entry.ends_with(", 20 listopada 2026"), "{entry}");
}
