//! Facts and the terms that follow from them, checked in as JSON: `golden.json`.
//!
//! **One function on both sides.** `domain` is compiled without features and knows no clock, database or browser,
//! so the office (`ssr`, native) and the phone (`hydrate`, WebAssembly) build these very lines: [`deadlines`] and
//! [`facts_of_family`] have no second body, no `cfg` and no floating number. What differs is only where
//! the records come from and who says what day it is, and both are arguments. Records reach either side as the
//! same JSON.
//!
//! So a difference could come only from the build: another version of a calendar table, of `chrono`, another
//! width of `usize`. The file is part of the program (`include_str!`), read with the same `serde_json`, and the tests
//! run on both builds: natively (`scripts/test.sh unit`) and as WebAssembly (`scripts/test.sh wasm`). What it says was
//! checked by hand against spec/domain.md 2.3. A change of a rule shows here as a difference to be read and approved;
//! on failure the test prints what it found in the form of the file.

use super::*;
use crate::domain::record::Record;
use serde::Deserialize;

const FILE: &str = include_str!("golden.json");

/// One family, assistant or office on one day.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    today: NaiveDate,
    #[serde(default)]
    settings: Settings,
    /// A family's records, as they are kept and sent.
    #[serde(default)]
    records: Vec<Record>,
    /// Or, for terms that no record tells yet, events as the tables of these tests write them.
    #[serde(default)]
    events: Vec<String>,
    #[serde(default)]
    stage: Option<Stage>,
    deadlines: Vec<Deadline>,
}

impl Case {
    fn told(&self) -> Vec<Deadline> {
        let from_events = Facts { label: "R01".into(), stage: self.stage, ..Facts::default() }
            .with(self.events.iter().map(|line| event(line)))
            .complete();
        let facts = match self.records.is_empty() {
            true => from_events,
            false => facts_of_family(&self.records).unwrap(),
        };
        deadlines(&facts, &self.settings, self.today)
    }
}

#[test]
fn every_build_tells_the_same_terms() {
    let cases: Vec<Case> = serde_json::from_str(FILE).unwrap();
    assert!(cases.len() >= 8);
    for case in &cases {
        let told = case.told();
        let printed = serde_json::to_string_pretty(&told).unwrap();
        assert!(told == case.deadlines, "{}: now it is\n{printed}", case.name);
        // The words of the file are those of the wire: nothing is lost on the way.
        assert_eq!(serde_json::from_str::<Vec<Deadline>>(&printed).unwrap(), told);
    }
}

#[test]
fn the_file_shows_every_term_of_a_family() {
    let cases: Vec<Case> = serde_json::from_str(FILE).unwrap();
    let shown = |code: Code| cases.iter().flat_map(|case| &case.deadlines).any(|deadline| deadline.code == code);
    let told_of_cases = RULES.iter().filter(|rule| rule.scope == Scope::Case && rule.code != Code::D12);
    let missing: Vec<Code> = told_of_cases.map(|rule| rule.code).filter(|code| !shown(*code)).collect();
    assert_eq!(missing, []);
}
