//! The table of steps in Polish, printed for a social worker to read and sign off. The text is kept beside
//! this file; whoever changes the procedure changes it too, and sees in the difference what it means.

use super::*;
use std::fmt::Write;

const KEPT: &str = include_str!("table.txt");

fn stages(stages: &[Stage]) -> String {
    stages.iter().map(|stage| stage.label()).collect::<Vec<_>>().join("; ")
}

fn printed() -> String {
    let mut text = String::new();
    for rule in RULES {
        let from = match rule.from {
            Start::Nothing => "(nie ma sprawy)".to_owned(),
            Start::Stages(from) => stages(from),
        };
        let to = match rule.to {
            To::Stage(to) => to.label(),
            To::Same => "(bez zmiany etapu)",
        };
        let who: Vec<&str> = rule.who.iter().map(|role| role.label()).collect();
        let papers: Vec<String> = rule.papers.iter().map(|paper| paper.title()).collect();
        let terms: Vec<String> = rule.starts.iter().map(|code| format!("{} {}", code.code(), code.label())).collect();
        writeln!(text, "{} {}", rule.transition.code(), rule.transition.label()).unwrap();
        for (name, line) in [
            ("z", from),
            ("na", to.to_owned()),
            ("kto", who.join(" lub ")),
            ("dokumenty", papers.join("; ")),
            ("terminy", terms.join("; ")),
            ("podstawa", rule.source.to_owned()),
        ] {
            if !line.is_empty() {
                writeln!(text, "    {name}: {line}").unwrap();
            }
        }
    }
    text
}

#[test]
fn the_table_reads_as_it_was_signed_off() {
    assert!(printed() == KEPT, "the procedure has changed; if it should, keep this as tests/table.txt:\n{}", printed());
}
